//! Words that tell the same kind of happening.
//!
//! In:  a word in dictionary form.
//! Out: its sense: the set of `data/synonyms.txt` that holds it, else the word without the endings that make nouns
//! of verbs; and whether it names a happening.

use crate::words::stem;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The sense of a word in dictionary form; two words with one sense may tell one happening.
pub(crate) fn sense_of(lemma: &str) -> String {
    match SETS.get(lemma) {
        Some(set) => format!("#{set}"),
        None => base(lemma),
    }
}

/// Whether a noun in dictionary form names a happening, by the lists or by its ending.
pub(crate) fn is_event_noun(lemma: &str) -> bool {
    const ENDINGS: [&str; 4] = ["tion", "sion", "ment", "ing"];
    let has_ending = lemma.len() >= 8 && ENDINGS.iter().any(|ending| lemma.ends_with(ending));
    is_event_word(lemma) || has_ending && !NOUNS.others.contains(lemma)
}

/// Whether the lists know that a word in dictionary form names a happening.
pub(crate) fn is_event_word(lemma: &str) -> bool {
    (SETS.contains_key(lemma) || NOUNS.events.contains(lemma)) && !NOUNS.others.contains(lemma)
}

/// A dictionary form without the commonest endings that make nouns of verbs, so that `explore` and
/// `exploration`, `pay` and `payment` meet.
fn base(lemma: &str) -> String {
    for ending in ["ation", "ition", "ment", "tion", "sion", "ance", "ence", "al", "er", "or"] {
        if let Some(rest) = lemma.strip_suffix(ending)
            && rest.len() >= 4
        {
            return stem(rest).to_owned();
        }
    }
    stem(lemma).to_owned()
}

static SETS: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    let lines = include_str!("../data/synonyms.txt").lines();
    let sets = lines.filter(|line| !line.starts_with('#') && !line.is_empty()).enumerate();
    sets.flat_map(|(number, line)| line.split_whitespace().map(move |word| (word, number))).collect()
});

/// The nouns of `data/event-nouns.txt`.
struct Nouns {
    events: FxHashSet<&'static str>,
    /// Those that name no happening.
    others: FxHashSet<&'static str>,
}

static NOUNS: LazyLock<Nouns> = LazyLock::new(|| {
    let lines = include_str!("../data/event-nouns.txt").lines().filter(|line| !line.starts_with('#'));
    let mut nouns = Nouns { events: FxHashSet::default(), others: FxHashSet::default() };
    for word in lines.flat_map(str::split_whitespace) {
        match word.strip_prefix('-') {
            Some(other) => nouns.others.insert(other),
            None => nouns.events.insert(word),
        };
    }
    nouns
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_in_two_sets() {
        let mut seen = FxHashSet::default();
        let lines = include_str!("../data/synonyms.txt").lines();
        for word in lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
            assert!(seen.insert(word), "{word}");
        }
    }

    #[test]
    fn nouns_meet_their_verbs() {
        for (verb, noun) in [("explore", "exploration"), ("pay", "pay"), ("govern", "government")] {
            assert_eq!(base(verb), base(noun), "{verb} {noun}");
        }
    }

    #[test]
    fn nouns_of_happenings_are_known() {
        for (noun, is_event) in [
            ("blast", true),
            ("landslide", true),
            ("privatisation", true),
            ("bomber", false),
            ("apartment", false),
            ("harbour", false),
        ] {
            assert_eq!(is_event_noun(noun), is_event, "{noun}");
        }
        assert!(!is_event_word("privatisation"));
    }

    #[test]
    fn nouns_stand_in_one_list() {
        assert!(NOUNS.events.iter().all(|noun| !NOUNS.others.contains(noun)));
        // A noun of a set is an event already.
        let needless: Vec<_> = NOUNS.events.iter().filter(|noun| SETS.contains_key(*noun)).collect();
        assert!(needless.is_empty(), "{needless:?}");
    }
}
