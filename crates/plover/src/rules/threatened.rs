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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::assert_codes;

    #[test]
    fn codes_what_is_threatened_as_mode() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             threatened threaten VERB VBD 0 root
             to to PART TO 4 mark
             deport deport VERB VB 2 xcomp
             Moro Moro PROPN NNP 4 obj",
            &[],
            &["THREATEN/expel Chad -> Moro"],
        );
    }

    #[test]
    fn every_harmful_act_can_be_threatened() {
        for (event, of, expected) in [
            (EventType::Assault, Some(Mode::Drone), Some(Mode::Violence)),
            (EventType::Coerce, Some(Mode::Arrest), Some(Mode::Arrest)),
            (EventType::Coerce, Some(Mode::Curfew), Some(Mode::Restrict)),
            (EventType::Coerce, Some(Mode::Deport), Some(Mode::Expel)),
            (EventType::Sanction, Some(Mode::Withdraw), Some(Mode::Relations)),
            (EventType::Sanction, Some(Mode::Expel), Some(Mode::Expel)),
            (EventType::Aid, None, None),
        ] {
            assert_eq!(mode(event, of), expected, "{event} {of:?}");
        }
    }
}
