//! Where the words leave open how somebody attacked or mobilised, the instrument named in the clause decides.
//!
//! ```text
//! Chad attacked the depot with drones.    ASSAULT/drone
//! A car bomb killed two officers.         ASSAULT/explosives
//! Two officers were killed.               ASSAULT  (near miss: no instrument)
//! Chad sent warships to the strait.       MOBILIZE/weapons  (weapons, unless troops are named)
//! ```

use crate::candidate::Candidate;
use crate::words::Words;
use crate::{EventType, Mode, syntax};
use dateline_text::TokenIdx;

/// The lists of instruments, the most telling first.
const INSTRUMENTS: &[(&str, Mode)] = &[
    ("chemical", Mode::Unconventional),
    ("suicide", Mode::SuicideAttack),
    ("drones", Mode::Drone),
    ("crowdcontrol", Mode::CrowdControl),
    ("aircraft", Mode::Aerial),
    ("heavy", Mode::HeavyWeapons),
    ("explosives", Mode::Explosives),
    ("firearms", Mode::Firearms),
    ("primitive", Mode::Primitive),
];

/// The mode of an ASSAULT whose frame names none.
pub(crate) fn refine(words: &Words, candidate: &Candidate) -> Option<Mode> {
    let mut near = vec![candidate.head];
    near.extend(syntax::company(words, candidate.head));
    let subject = syntax::subject(words, candidate.head).map(|subject| subject.token);
    if let Some(subject) = subject {
        near.push(subject);
        near.extend(words.document.children(subject).iter().copied().take(6));
    }
    // A noun trigger may be the subject or object of the verb that tells more: "the attack with drones killed".
    INSTRUMENTS
        .iter()
        .find(|(list, _)| near.iter().any(|&token| is_instrument(words, token, candidate.head, list)))
        .map(|&(_, mode)| mode)
}

fn is_instrument(words: &Words, token: TokenIdx, head: TokenIdx, list: &str) -> bool {
    // Weak words need company: "air" and "fire" alone may be anything, so the head itself never counts for them.
    let lower = words.document.lower(token);
    let weak = matches!(
        lower,
        "air" | "raid" | "fire" | "cannon" | "rubber" | "plastic" | "club" | "bat" | "plane" | "gas"
    );
    words.is_in(token, list) && !(weak && (token == head || list == "crowdcontrol" && lower == "cannon"))
}

/// The mode of a MOBILIZE: weapons, ships and vehicles are weapons unless troops are named.
pub(crate) fn mobilized(words: &Words, candidate: &Candidate, mode: Option<Mode>) -> Option<Mode> {
    debug_assert_eq!(candidate.frame.event, EventType::Mobilize);
    if mode != Some(Mode::Weapons) {
        return mode;
    }
    let named = candidate.others.iter().any(|&other| {
        matches!(words.document.lemma(other), "troop" | "soldier" | "infantry" | "paratrooper" | "commando")
    });
    if named { Some(Mode::Troops) } else { mode }
}

#[cfg(test)]
mod tests {
    use crate::testing::assert_codes;

    #[test]
    fn codes_the_instrument_of_an_attack() {
        for (instrument, lemma, expected) in [
            ("drones", "drone", "ASSAULT/drone Chad -> Niger"),
            ("machetes", "machete", "ASSAULT/primitive Chad -> Niger"),
            ("grenades", "grenade", "ASSAULT/explosives Chad -> Niger"),
            ("words", "word", "ASSAULT Chad -> Niger"),
        ] {
            assert_codes(
                &format!(
                    "Chad Chad PROPN NNP 2 nsubj
                     attacked attack VERB VBD 0 root
                     Niger Niger PROPN NNP 2 obj
                     with with ADP IN 5 case
                     {instrument} {lemma} NOUN NNS 2 obl"
                ),
                &[],
                &[expected],
            );
        }
    }

    #[test]
    fn leaves_warships_weapons() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             sent send VERB VBD 0 root
             warships warship NOUN NNS 2 obj
             to to ADP IN 6 case
             the the DET DT 6 det
             strait strait NOUN NN 2 obl",
            &[],
            &["MOBILIZE/weapons Chad"],
        );
    }
}
