#![doc = include_str!("../README.md")]

mod statement;

pub use statement::{Statement, StatementIdx, StatementKind};
