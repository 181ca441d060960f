#![doc = include_str!("../README.md")]

mod coded;
mod ontology;
mod mention;
mod coder;
mod lexicon;
mod words;
mod candidate;
mod reading;
mod rules;
mod arguments;
mod syntax;
mod participants;
mod when;
mod whereabouts;
mod size;
mod context;
mod confidence;
mod relate;

pub use coded::CodedReport;
pub use coder::Coder;
pub use lexicon::LexiconError;
pub use mention::{AuxiliaryModes, Confidence, EventDate, EventMention, EventMentionIdx, Size, SizeKind};
pub use ontology::{AuxiliaryMode, Context, EventType, Mode, QuadClass};
pub use relate::Relation;
