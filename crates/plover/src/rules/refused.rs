//! An act that somebody refuses or calls off is REJECT, and its mode says what is refused.
//!
//! ```text
//! Chad refused to meet Niger's envoy.       REJECT/meet Chad -> Niger
//! Chad cancelled the summit with Niger.     REJECT/meet Chad -> Niger
//! Chad called off the offensive.            RETREAT/ceasefire Chad  (near miss: a hostile act called off)
//! Chad will not release the captives.       REJECT/yield Chad -> captives
//! ```

use super::{become_event, ended};
use crate::lexicon::Effect;
use crate::reading::Reading;
use crate::words::Words;
use crate::{EventType, Mode};
use dateline_text::TokenIdx;

/// Applies a refusal.
pub(super) fn apply(words: &Words, governor: TokenIdx, reading: &mut Reading) {
    use EventType::*;
    let lemma = words.document.lemma(governor);
    let called_off = matches!(
        lemma,
        "cancel" | "call" | "scrap" | "postpone" | "abort" | "put" | "defer" | "cancellation"
    );
    let hostile = matches!(reading.event, Protest | Sanction | Mobilize | Coerce | Assault | Threaten);
    if called_off && hostile {
        ended::apply(words, Effect::End, governor, reading);
        return;
    }
    if matches!(reading.event, Accuse | Reject) {
        // "rejected the accusation": the other side's accusation stays an event of its own.
        return;
    }
    let mode = mode(reading);
    reading.aux.future = false;
    become_event(reading, Reject, mode, governor, Effect::Reject);
}

/// "will not meet", "will not release": a refusal in the future tense. A harm that will not come stays negated.
pub(crate) fn refused_future(words: &Words, at: TokenIdx, reading: &mut Reading) {
    use EventType::*;
    match reading.event {
        Consult | Support | Cooperate | Aid | Agree | Concede | Retreat => {
            let mode = mode(reading);
            become_event(reading, Reject, mode, at, Effect::Reject);
        }
        _ => {
            let _ = words;
            reading.aux.negation = true;
            reading.aux.future = true;
        }
    }
}

fn mode(reading: &Reading) -> Option<Mode> {
    use EventType::*;
    match (reading.event, reading.core.0) {
        (Reject, _) => reading.mode,
        (Consult, _) | (Agree, Consult) => Some(Mode::Meet),
        (Aid | Cooperate | Support, _) | (Agree, Aid | Cooperate | Support) => Some(Mode::Assist),
        (Retreat | Concede, _) | (Agree, Retreat | Concede) => Some(Mode::Yield),
        (Request, _) => match reading.mode {
            Some(mode @ (Mode::Assist | Mode::Change | Mode::Yield | Mode::Meet)) => Some(mode),
            _ => Some(Mode::Change),
        },
        _ => Some(Mode::Change),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::assert_codes;

    #[test]
    fn codes_a_refusal_to_meet() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             refused refuse VERB VBD 0 root
             to to PART TO 4 mark
             meet meet VERB VB 2 xcomp
             Niger Niger PROPN NNP 6 nmod:poss
             envoy envoy NOUN NN 4 obj",
            &[],
            &["REJECT/meet Chad -> Niger"],
        );
    }

    #[test]
    fn codes_a_meeting_called_off() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             cancelled cancel VERB VBD 0 root
             talks talk NOUN NNS 2 obj
             with with ADP IN 5 case
             Niger Niger PROPN NNP 3 nmod",
            &[],
            &["REJECT/meet Chad -> Niger"],
        );
    }

    #[test]
    fn leaves_a_meeting_that_did_not_happen_a_meeting() {
        assert_codes(
            "Chad Chad PROPN NNP 4 nsubj
             did do AUX VBD 4 aux
             not not PART RB 4 advmod
             meet meet VERB VB 0 root
             Niger Niger PROPN NNP 4 obj",
            &[],
            &["CONSULT Chad, Niger negation"],
        );
    }
}
