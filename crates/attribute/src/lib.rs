#![doc = include_str!("../README.md")]

mod attribute;
mod candidate;
mod direct;
mod lexicon;
mod nominals;
mod quotes;
mod reading;
mod statement;
#[cfg(test)]
mod testing;
mod verbs;

pub use attribute::attribute;
pub use statement::{Statement, StatementIdx, StatementKind};
