#![doc = include_str!("../README.md")]

mod brief;
mod cite;
mod clause;
mod days;
mod phrases;
mod sections;
mod write;

pub use brief::{Brief, Line, Part, Section};
pub use cite::Cite;
pub use days::{day, days, month};
pub use phrases::{Phrase, phrase};
