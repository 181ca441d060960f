#![doc = include_str!("../README.md")]

mod attribute;
mod candidate;
mod direct;
mod label;
mod lexicon;
mod nominals;
mod order;
mod quotes;
mod reading;
mod runs;
mod statement;
#[cfg(test)]
mod testing;
mod verbs;

pub use attribute::attribute;
pub use statement::{Statement, StatementIdx, StatementKind};
