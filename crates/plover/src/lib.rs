#![doc = include_str!("../README.md")]

mod arguments;
mod candidate;
mod coded;
mod coder;
mod confidence;
mod context;
mod learned;
mod lexicon;
mod mention;
mod ontology;
mod participants;
mod pipeline;
mod reading;
mod relate;
mod rules;
mod size;
mod syntax;
#[cfg(test)]
mod testing;
mod when;
mod whereabouts;
mod words;

pub use coded::CodedReport;
pub use coder::{Coder, CoderError};
pub use learned::{Calibration, Damaged, EventPlan, Lesson, LessonEvent, Plan, recalibrated, train_events};
pub use lexicon::{LexiconError, LexiconErrorKind};
pub use mention::{
    AuxiliaryModes, Confidence, EventDate, EventMention, EventMentionIdx, FieldConfidence, Size, SizeKind,
};
pub use ontology::{AuxiliaryMode, Context, EventType, Mode, QuadClass};
pub use pipeline::{Pipeline, Uncoded};
pub use relate::Relation;
