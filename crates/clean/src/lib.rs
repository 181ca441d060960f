#![doc = include_str!("../README.md")]

mod article;
mod clean;
mod corrections;
mod cues;
mod dates;
mod flat;
mod head;
mod language;
mod lines;
mod markup;
mod metadata;
mod page;
mod place_line;
mod region;
mod signals;
mod words;

pub use article::{Article, Excerpt, Reason, Removed};
pub use clean::{Shape, clean};
pub use corrections::{Correction, find_corrections};
