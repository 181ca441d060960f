//! The codebook's rules that decide hard cases, each in a file that opens with an example.

mod ended;
mod instrument;
mod planned;
mod refused;
mod requested;
mod threatened;

pub(crate) use instrument::{mobilized, refine as refine_by_instrument};
pub(crate) use refused::refused_future;

use crate::lexicon::Effect;
use crate::reading::{Purpose, Reading};
use crate::words::Words;
use crate::{EventType, Mode};
use dateline_text::TokenIdx;

/// Applies what a governor does to a reading.
pub(crate) fn apply(
    words: &Words,
    effect: Effect,
    governor: TokenIdx,
    purpose: Purpose,
    reading: &mut Reading,
) {
    match effect {
        Effect::Agree | Effect::Plan | Effect::Vow => planned::apply(effect, governor, purpose, reading),
        Effect::Threaten => threatened::apply(governor, reading),
        Effect::Request => requested::apply(governor, reading),
        Effect::Reject => refused::apply(words, governor, reading),
        Effect::End | Effect::Ease => ended::apply(words, effect, governor, reading),
        Effect::Negate => {
            reading.aux.negation = !reading.aux.negation;
            reading.consumed.push(governor);
        }
        Effect::Possible => {
            reading.aux.hypothetical = true;
            reading.consumed.push(governor);
        }
        Effect::Allow => {
            if matches!(reading.event, EventType::Aid | EventType::Consult) {
                become_event(reading, EventType::Retreat, Some(Mode::Access), governor, effect);
            }
        }
        Effect::Accuse | Effect::Support | Effect::Transparent => {}
    }
}

/// Turns a reading into an event of its governor.
fn become_event(
    reading: &mut Reading,
    event: EventType,
    mode: Option<Mode>,
    governor: TokenIdx,
    effect: Effect,
) {
    reading.event = event;
    reading.mode = mode;
    reading.operator = Some((governor, effect));
    reading.consumed.push(governor);
}
