//! Words that tell what a name names: given names, places, organizations and the words that head such names.

use crate::hash::hash;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The kinds of lists, in the order of their bits.
const LISTS: [&str; 6] = ["given", "place", "organization", "orghead", "placehead", "title"];

static WORDS: LazyLock<FxHashMap<u32, u32>> = LazyLock::new(|| {
    let mut words: FxHashMap<u32, u32> = FxHashMap::default();
    for line in include_str!("../data/name-words.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut entries = line.split_whitespace();
        let Some(list) = entries.next().and_then(|name| LISTS.iter().position(|list| *list == name)) else {
            continue;
        };
        for word in entries {
            *words.entry(hash(word.as_bytes())).or_default() |= 1 << list;
        }
    }
    words
});

/// A bit for each list that holds the word, which is in lower case.
pub(crate) fn lists_of(lower: &str) -> u32 {
    WORDS.get(&hash(lower.as_bytes())).copied().unwrap_or(0)
}

/// Whether a name is one word that is known as a place and as nothing else.
pub(crate) fn is_place(name: &str) -> bool {
    lists_of(&name.to_lowercase()) == 1 << 1
}

/// Whether a name is one word that is known as an organization and as nothing else.
pub(crate) fn is_organization(name: &str) -> bool {
    lists_of(&name.to_lowercase()) == 1 << 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_its_lists() {
        assert_eq!(lists_of("seoul"), 1 << 1);
        assert_eq!(lists_of("milan"), 1 << 0 | 1 << 1);
        assert_eq!(lists_of("ministry"), 1 << 3);
        assert_eq!(lists_of("table"), 0);
    }
}
