//! A future act is one type, never a type plus *future*.
//!
//! ```text
//! Chad agreed to meet the rebels.      AGREE Chad -> rebels
//! Chad will withdraw from Bardo.       CONCEDE Chad
//! Chad plans to close the border.      COERCE/restrict Chad, future
//! Chad vowed to attack the rebels.     THREATEN/violence Chad -> rebels
//! ```

use super::{become_event, threatened};
use crate::EventType;
use crate::lexicon::Effect;
use crate::reading::{Purpose, Reading};
use dateline_text::TokenIdx;

/// Applies a commitment, a plan or a vow.
pub(super) fn apply(effect: Effect, governor: TokenIdx, purpose: Purpose, reading: &mut Reading) {
    use EventType::*;
    let relate = purpose == Purpose::Relate;
    match reading.event {
        Consult | Support | Cooperate | Aid => {
            become_event(reading, Agree, None, governor, effect);
            // What is only planned is still to come; a commitment has been made.
            reading.aux.future |= effect == Effect::Plan;
        }
        Agree => reading.consumed.push(governor),
        // Where one type must say all, a retreat still to come is the promise of one.
        Retreat if relate => become_event(reading, Agree, None, governor, effect),
        Concede if relate && effect == Effect::Agree => {
            become_event(reading, Agree, None, governor, effect);
        }
        Retreat => become_event(reading, Concede, None, governor, effect),
        Concede => {
            reading.consumed.push(governor);
            reading.operator.get_or_insert((governor, effect));
        }
        Protest | Sanction | Mobilize | Coerce | Assault => {
            let threat = effect == Effect::Vow || relate && effect == Effect::Plan;
            if threat {
                threatened::apply(governor, reading);
            } else if relate && effect == Effect::Agree {
                become_event(reading, Agree, None, governor, effect);
            } else {
                reading.aux.future = true;
                reading.consumed.push(governor);
            }
        }
        Request | Accuse | Reject | Threaten => {
            // "vowed to reject": the refusal itself; "plans to sue" is to come.
            reading.aux.future |= effect == Effect::Plan;
            reading.consumed.push(governor);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::assert_codes;

    #[test]
    fn codes_an_agreement_to_meet() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             agreed agree VERB VBD 0 root
             to to PART TO 4 mark
             meet meet VERB VB 2 xcomp
             Niger Niger PROPN NNP 4 obj",
            &[],
            &["AGREE Chad -> Niger"],
        );
    }

    #[test]
    fn codes_a_withdrawal_to_come_as_concession() {
        assert_codes(
            "Chad Chad PROPN NNP 3 nsubj
             will will AUX MD 3 aux
             withdraw withdraw VERB VB 0 root
             its its PRON PRP$ 5 nmod:poss
             troops troop NOUN NNS 3 obj
             from from ADP IN 7 case
             Niger Niger PROPN NNP 3 obl",
            &[],
            &["CONCEDE Chad -> Niger"],
        );
    }

    #[test]
    fn leaves_a_planned_arrest_its_type() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             plans plan VERB VBZ 0 root
             to to PART TO 4 mark
             arrest arrest VERB VB 2 xcomp
             Moro Moro PROPN NNP 4 obj",
            &[],
            &["COERCE/arrest Chad -> Moro future"],
        );
    }

    #[test]
    fn leaves_talks_that_were_held_alone() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             held hold VERB VBD 0 root
             talks talk NOUN NNS 2 obj
             with with ADP IN 5 case
             Niger Niger PROPN NNP 3 nmod",
            &[],
            &["CONSULT Chad, Niger"],
        );
    }
}
