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
        Retreat | Concede if relate && effect == Effect::Agree => {
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
