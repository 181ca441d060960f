//! An act that somebody is asked for is REQUEST, and its mode says what is asked.
//!
//! ```text
//! Chad urged Niger to free the captives.    REQUEST/yield Chad -> Niger
//! Chad called for talks with Niger.         REQUEST/meet Chad -> Niger
//! ```

use super::become_event;
use crate::lexicon::Effect;
use crate::reading::Reading;
use crate::{EventType, Mode};
use dateline_text::TokenIdx;

/// Applies a request.
pub(super) fn apply(governor: TokenIdx, reading: &mut Reading) {
    use EventType::*;
    let mode = match reading.event {
        Request => reading.mode,
        Aid | Cooperate | Support => Some(Mode::Assist),
        Consult => Some(Mode::Meet),
        // "urged it not to attack" asks it to yield.
        Assault | Coerce | Mobilize | Sanction if reading.aux.negation => Some(Mode::Yield),
        Retreat | Concede => Some(Mode::Yield),
        Agree => match reading.core.0 {
            Consult => Some(Mode::Meet),
            Aid | Cooperate => Some(Mode::Assist),
            _ => Some(Mode::Change),
        },
        _ => Some(Mode::Change),
    };
    reading.aux.negation = false;
    reading.aux.future = false;
    become_event(reading, Request, mode, governor, Effect::Request);
}
