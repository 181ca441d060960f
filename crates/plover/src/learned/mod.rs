//! What is learned from the marked sentences of `corpus/learn`: which words tell of which event, and who stands
//! where beside them.
//!
//! In:  words, the lexicon's candidates for them and their readings, the report's actors.
//! Out: chances; the coder decides. The rules and the lexicon are among the features, so that the network learns
//! where to trust them.
//!
//! A document analysed by hand has no [contexts](dateline_text::Contexts); there the lexicon decides alone.

mod bytes;
mod calibration;
mod contexts;
mod features;
mod fit;
mod links;
mod model;
mod modes;
mod net;
mod roles;
mod train;
mod trained;
mod trigger;

pub use bytes::Damaged;
pub use calibration::Calibration;
pub(crate) use calibration::Certainty;
pub(crate) use contexts::{About, learned_contexts};
pub use fit::Plan;
pub(crate) use links::{Linked, Mention, link_chance};
pub(crate) use model::EventModel;
pub(crate) use modes::mode_at;
pub(crate) use roles::{RoleChances, Told, phrases, role_chances};
pub use train::{EventPlan, Lesson, LessonEvent, train_events};
pub(crate) use train::{candidate_for, note};
pub(crate) use trigger::{Chances, chances_of};

/// The bytes of a model file with another calibration.
pub fn recalibrated(model: &[u8], calibration: Calibration) -> Result<Vec<u8>, Damaged> {
    EventModel::recalibrated(model, calibration)
}

use crate::words::Words;
use dateline_text::TokenIdx;
use features::Input;

/// Numbers at the end of a context that are the vector of the word itself.
const VECTOR: usize = 100;

/// Adds all that the language model saw in a word.
fn add_context(words: &Words, token: TokenIdx, width: usize, input: &mut Input) {
    match words.document.contexts().of(token) {
        Some(row) => input.dense.extend_from_slice(row),
        None => input.dense.resize(input.dense.len() + width, 0),
    }
}

/// Adds the vector of a word, or zeros where there is no word.
fn add_vector(words: &Words, token: Option<TokenIdx>, input: &mut Input) {
    match token.and_then(|token| words.document.contexts().of(token)) {
        Some(row) => input.dense.extend_from_slice(&row[row.len().saturating_sub(VECTOR)..]),
        None => input.dense.resize(input.dense.len() + VECTOR, 0),
    }
}
