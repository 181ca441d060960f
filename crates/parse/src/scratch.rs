//! Working memory that is used again from sentence to sentence.

use crate::atoms::Atoms;
use crate::tokenize::RawToken;

/// Cleared, never rebuilt.
#[derive(Default)]
pub(crate) struct Scratch {
    pub features: Vec<u32>,
    pub scores: Vec<i32>,
    pub atoms: Vec<Atoms>,
    pub raw: Vec<RawToken>,
    pub lower: String,
    pub lemma: String,
    pub state: crate::transition::State,
    /// The name label of each token of the sentence.
    pub names: Vec<u32>,
}
