//! How sure a coding is, from how it was made.
//!
//! In:  what was matched and found.
//! Out: a [`Confidence`] in steps of 0.05: the figure orders codings, and claims no more precision than that.
//!
//! It starts at 0.40; a trigger of several words adds 0.10, each found participant 0.15, a participant that stands
//! right at its role rather than some steps up the tree 0.05; a weak or untagged trigger costs 0.15, each governor that
//! the type depends on 0.05, an unresolved phrase where the actor should stand 0.10.

use crate::Confidence;
use crate::candidate::Candidate;
use crate::participants::Party;
use crate::reading::Reading;
use crate::words::Words;

/// The confidence of a coding.
pub(crate) fn confidence(
    words: &Words,
    candidate: &Candidate,
    reading: &Reading,
    actor: &Party,
    recipient: &Party,
) -> Confidence {
    let mut value: f32 = 0.40;
    if candidate.weight >= 5 {
        value += 0.10;
    }
    for party in [actor, recipient] {
        if !party.is_empty() {
            value += 0.15;
            if party.steps == 0 {
                value += 0.05;
            }
        }
    }
    let tagged = if candidate.verbal { words.is_verb(candidate.head) } else { words.is_noun(candidate.head) };
    if candidate.weak || !tagged {
        value -= 0.15;
    }
    if actor.is_empty() && actor.unresolved.is_some() {
        value -= 0.10;
    }
    value -= 0.05 * reading.consumed.len().min(3) as f32;
    Confidence::new((value * 20.0).round() / 20.0)
}
