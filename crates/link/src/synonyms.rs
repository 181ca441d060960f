//! Words that tell the same kind of happening.
//!
//! In:  a word in dictionary form.
//! Out: its sense: the set of `data/synonyms.txt` that holds it, else the word without the endings that make nouns
//! of verbs.

use crate::words::stem;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The sense of a word in dictionary form; two words with one sense may tell one happening.
pub(crate) fn sense_of(lemma: &str) -> String {
    match SETS.get(lemma) {
        Some(set) => format!("#{set}"),
        None => base(lemma),
    }
}

/// Whether a noun in dictionary form names a happening.
pub(crate) fn is_event_noun(lemma: &str) -> bool {
    const ENDINGS: [&str; 4] = ["tion", "sion", "ment", "ing"];
    SETS.contains_key(lemma) || (lemma.len() >= 8 && ENDINGS.iter().any(|ending| lemma.ends_with(ending)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxHashSet;

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
}
