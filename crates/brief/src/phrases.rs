//! Event types in plain words, from `phrases.toml`.

use dateline_plover::{EventType, Mode};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How an event reads between its actors and its recipients.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Phrase {
    /// Follows the actors.
    pub phrase: String,
    /// Comes before the recipients.
    pub to: String,
}

/// The words for an event of this type, in its first mode that has words of its own.
pub fn phrase(event: EventType, modes: &[Mode]) -> &'static Phrase {
    static PHRASES: LazyLock<BTreeMap<String, Phrase>> = LazyLock::new(|| {
        toml::from_str(include_str!("../phrases.toml"))
            .expect("invariant: the table is tested to be well formed")
    });
    let of_mode = |mode: &Mode| PHRASES.get(&format!("{event}/{mode}"));
    modes
        .iter()
        .find_map(of_mode)
        .or_else(|| PHRASES.get(event.as_str()))
        .expect("invariant: every type is tested to have words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_and_mode_has_words() {
        for &event in EventType::ALL {
            assert!(!phrase(event, &[]).phrase.is_empty(), "{event}");
            for (mode, _) in event.modes() {
                let words = phrase(event, &[*mode]);
                let blurred = matches!(event, EventType::Concede | EventType::Support);
                assert!(blurred || *words != *phrase(event, &[]), "{event}/{mode}");
            }
        }
    }
}
