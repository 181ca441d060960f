//! What is brought to an end counts by what ends: help that ends is SANCTION, harm that ends is RETREAT or CONCEDE.
//!
//! ```text
//! Chad halted aid to Niger.             SANCTION/withdraw Chad -> Niger
//! Chad broke off talks with Niger.      REJECT/meet Chad -> Niger
//! Chad ended its offensive.             RETREAT/ceasefire Chad
//! Chad lifted the curfew.               CONCEDE Chad
//! Chad concluded talks with Niger.      CONSULT Chad, Niger  (near miss: talks that end as planned)
//! ```

use super::become_event;
use crate::lexicon::Effect;
use crate::reading::Reading;
use crate::words::Words;
use crate::{EventType, Mode};
use dateline_text::TokenIdx;

/// Applies an end.
pub(super) fn apply(words: &Words, effect: Effect, governor: TokenIdx, reading: &mut Reading) {
    use EventType::*;
    let document = words.document;
    let lemma = document.lemma(governor);
    let (event, mode) = match reading.event {
        Consult => match lemma {
            "end" | "conclude" | "leave" | "cut" | "exit" | "reduce" | "pause" => return,
            _ => (Reject, Some(Mode::Meet)),
        },
        Cooperate | Support => (Sanction, Some(Mode::Discontinue)),
        Aid => (Sanction, Some(Mode::Withdraw)),
        Agree => (Sanction, Some(Mode::Discontinue)),
        Assault => (Retreat, Some(Mode::Ceasefire)),
        Mobilize => (Retreat, Some(Mode::Withdraw)),
        Coerce | Sanction | Protest | Threaten | Request => (Concede, None),
        Accuse if matches!(lemma, "drop" | "end" | "suspend" | "halt" | "withdraw") => (Concede, None),
        Retreat | Concede | Reject | Accuse => return,
    };
    if effect == Effect::Ease
        && !matches!(reading.event, Coerce | Sanction | Protest | Threaten | Request | Accuse)
    {
        return;
    }
    become_event(reading, event, mode, governor, effect);
}

#[cfg(test)]
mod tests {
    use crate::testing::assert_codes;

    #[test]
    fn codes_aid_that_stops() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             halted halt VERB VBD 0 root
             aid aid NOUN NN 2 obj
             to to ADP IN 5 case
             Niger Niger PROPN NNP 3 nmod",
            &[],
            &["SANCTION/withdraw Chad -> Niger"],
        );
    }

    #[test]
    fn codes_a_curfew_that_is_lifted() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             lifted lift VERB VBD 0 root
             the the DET DT 4 det
             curfew curfew NOUN NN 2 obj",
            &[],
            &["CONCEDE Chad"],
        );
    }

    #[test]
    fn leaves_a_curfew_that_is_imposed_alone() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             imposed impose VERB VBD 0 root
             a a DET DT 4 det
             curfew curfew NOUN NN 2 obj",
            &[],
            &["COERCE/curfew Chad"],
        );
    }
}
