//! A threatened act is THREATEN, and its mode says what is threatened.
//!
//! ```text
//! Chad threatened to expel the envoy.     THREATEN/expel Chad -> envoy
//! Chad threatened to shell Bardo.         THREATEN/violence Chad
//! ```

use super::become_event;
use crate::lexicon::Effect;
use crate::reading::Reading;
use crate::{EventType, Mode};
use dateline_text::TokenIdx;

/// Applies a threat.
pub(super) fn apply(governor: TokenIdx, reading: &mut Reading) {
    let mode = mode(reading.event, reading.mode);
    become_event(reading, EventType::Threaten, mode, governor, Effect::Threaten);
}

/// The mode of a threat with this act.
fn mode(event: EventType, mode: Option<Mode>) -> Option<Mode> {
    match (event, mode) {
        (EventType::Threaten, mode) => mode,
        (EventType::Assault, Some(Mode::Abduct)) => Some(Mode::Violence),
        (EventType::Assault | EventType::Mobilize, _) => Some(Mode::Violence),
        (EventType::Coerce, Some(Mode::Arrest)) => Some(Mode::Arrest),
        (EventType::Coerce, Some(Mode::Deport)) | (EventType::Sanction, Some(Mode::Expel)) => {
            Some(Mode::Expel)
        }
        (EventType::Sanction, Some(Mode::Convict)) => Some(Mode::Arrest),
        (EventType::Coerce, _) => Some(Mode::Restrict),
        (EventType::Accuse, Some(Mode::Allege | Mode::Investigate)) => Some(Mode::Arrest),
        (EventType::Sanction | EventType::Reject | EventType::Retreat | EventType::Protest, _) => {
            Some(Mode::Relations)
        }
        _ => None,
    }
}
