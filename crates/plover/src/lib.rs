#![doc = include_str!("../README.md")]

mod coded;
mod mention;
mod ontology;

pub use coded::CodedReport;
pub use mention::{AuxiliaryModes, Confidence, EventDate, EventMention, EventMentionIdx, Size, SizeKind};
pub use ontology::{AuxiliaryMode, Context, EventType, Mode, QuadClass};
