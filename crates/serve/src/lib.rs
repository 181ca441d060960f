#![doc = include_str!("../README.md")]

mod server;

mod router;

mod answer;
mod cache;
mod records;
mod safety;

mod asked;
mod query;

mod api;
mod calendar;
mod feed;
mod mcp;

mod packed;
mod pages;

mod differences;
mod fields;
mod form;
mod formats;
mod importance;
mod layout;
mod lists;
mod markdown;
mod marked;
mod naming;
mod pairs;
mod sayings;
mod series;
mod trends;
mod wording;
mod words;

mod assets;
mod charts;

mod edit;
mod error;

pub use api::api_reference;
pub use edit::Edit;
pub use error::ServeError;
pub use mcp::answer_lines;
pub use router::{Site, app};
pub use safety::Access;
pub use server::{Plan, Tell, serve};
