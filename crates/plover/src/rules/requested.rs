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

#[cfg(test)]
mod tests {
    use crate::testing::assert_codes;

    #[test]
    fn codes_a_call_to_release_as_yield() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             urged urge VERB VBD 0 root
             Niger Niger PROPN NNP 2 obj
             to to PART TO 5 mark
             release release VERB VB 2 xcomp
             the the DET DT 7 det
             hostages hostage NOUN NNS 5 obj",
            &[],
            &["REQUEST/yield Chad -> Niger"],
        );
    }

    #[test]
    fn leaves_a_release_alone() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             released release VERB VBD 0 root
             Moro Moro PROPN NNP 2 obj",
            &[],
            &["RETREAT/release Chad -> Moro"],
        );
    }
}
