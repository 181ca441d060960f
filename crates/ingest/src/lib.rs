#![doc = include_str!("../README.md")]

mod report;

pub use report::{Body, Input, Published, Report};
