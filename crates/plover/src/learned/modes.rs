//! How an event happened: the mode of a word that tells of one.
//!
//! ```text
//! Chad asked Niger for grain.    REQUEST, and of its modes assist
//! ```

use super::features::Input;
use super::model::EventModel;
use super::trained::Work;
use super::trigger::{self, Noted};
use crate::participants::Cast;
use crate::words::Words;
use crate::{EventType, Mode};
use dateline_text::TokenIdx;

/// Every mode, and "none" before them.
pub(super) const N_CLASSES: usize = Mode::ALL.len() + 1;

/// The likeliest mode of an event that a word tells of, or none. `by_rules` is what the rules say.
pub(crate) fn mode_at(
    model: &EventModel,
    words: &Words,
    cast: &Cast,
    noted: &[Noted],
    token: TokenIdx,
    event: EventType,
    by_rules: Option<Mode>,
) -> Option<Mode> {
    let (mut input, mut work) = (Input::default(), Work::default());
    read(words, cast, noted, token, event, by_rules, &mut input);
    let chances = model.modes.chances(&input, &mut work);
    let mut best = (chances[0], None);
    for &(mode, _) in event.modes() {
        let chance = chances[mode as usize + 1];
        if chance > best.0 {
            best = (chance, Some(mode));
        }
    }
    best.1
}

/// What the network reads: that of triggers, with the type and the mode that the rules give.
pub(super) fn read(
    words: &Words,
    cast: &Cast,
    noted: &[Noted],
    token: TokenIdx,
    event: EventType,
    by_rules: Option<Mode>,
    input: &mut Input,
) {
    trigger::read(words, cast, noted, token, input);
    let by_rules = by_rules.map_or("none", Mode::as_str);
    input.add(&["event", event.as_str()]);
    input.add(&["mode by rules", by_rules]);
    input.add(&["mode by rules", by_rules, event.as_str()]);
    for &child in words.document.children(token) {
        input.add(&["child of event", event.as_str(), words.document.lemma(child)]);
        for &below in words.document.children(child) {
            input.add(&["below", event.as_str(), words.document.lemma(below)]);
        }
    }
}
