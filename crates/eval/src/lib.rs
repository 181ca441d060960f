#![doc = include_str!("../README.md")]

pub mod corpus;
mod error;
mod figures;
mod intervals;
mod matching;
mod measures;
mod records;
mod stages;
mod task;
mod treebank;
mod words;

mod attribution;
mod cleaning;
pub mod coding;
mod coreference;
mod entities;
mod event;
mod language;
mod places;
mod times;

pub use error::EvalError;
pub use figures::{Figure, Figures};
pub use task::{Options, TASKS, Task, run};
