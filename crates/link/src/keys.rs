//! The numbers under which a record keeps tellings, statements and texts, so that those which a new report may
//! share are found without looking at all.
//!
//! In:  a telling, a saying, the words of a text.
//! Out: small numbers. Two of a kind that could be joined have one in common, but for
//!      - statements of unknown speakers that share most words and none of the three least numbers,
//!      - texts that share a passage so short that no kept seed lies in it.

use crate::events::{countries, neighbours};
use crate::lineage::seeds;
use crate::statements::Saying;
use crate::tellings::Telling;
use crate::words::Word;
use dateline_plover::EventType;
use dateline_resolve::CountryCode;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

/// One seed in so many is kept of a text. A copy of 60 content words still has four.
const KEPT_SEEDS: u64 = 14;
/// Content words in a row within quotation marks that make a key of a statement: as many as make it the same.
const QUOTED_RUN: usize = 3;
/// Least numbers of a statement's words that are its keys.
const LEAST_WORDS: usize = 3;

impl Telling {
    /// The keys under which a telling is kept: its type with each of its states, with the state it happened in,
    /// and with none.
    pub fn keys(&self) -> Vec<u32> {
        self.states().into_iter().map(|country| key_of(self.event, country)).collect()
    }

    /// The keys under which tellings are kept that this one may belong to: the same for each neighbouring type.
    pub fn candidate_keys(&self) -> Vec<u32> {
        let mut states = self.states();
        states.insert(None);
        let types = neighbours(self.event).iter();
        types.flat_map(|&event| states.iter().map(move |&country| key_of(event, country))).collect()
    }

    fn states(&self) -> BTreeSet<Option<CountryCode>> {
        let mut states = countries(self);
        if let Some(country) = self.place.as_ref().and_then(|place| place.country) {
            states.insert(Some(country));
        }
        states
    }
}

/// 27 values a letter, so that the key takes three bytes.
fn key_of(event: EventType, country: Option<CountryCode>) -> u32 {
    let letters = country.map_or([0; 3], |country| {
        let mut letters = [0; 3];
        for (letter, byte) in letters.iter_mut().zip(country.as_str().bytes()) {
            *letter = u32::from(byte.to_ascii_uppercase().saturating_sub(b'A')).min(25) + 1;
        }
        letters
    });
    let country = letters.iter().fold(0, |number, letter| number * 27 + letter);
    event as u32 * 27 * 27 * 27 + country
}

impl Saying {
    /// The keys under which a statement is kept and looked for: its quoted runs of words, and the least numbers
    /// of its words.
    pub fn keys(&self) -> Vec<u32> {
        let mut keys: BTreeSet<u32> = BTreeSet::new();
        for run in self.words.windows(QUOTED_RUN).filter(|run| run.iter().all(|word| word.quoted)) {
            keys.insert(hash(run.iter().map(|word| word.number)));
        }
        let words: BTreeSet<u32> = self.words.iter().map(|word| word.number).collect();
        if words.len() >= LEAST_WORDS {
            keys.extend(words.into_iter().take(LEAST_WORDS));
        }
        keys.into_iter().collect()
    }
}

/// The keys under which a text is kept and looked for: some of its seeds; see [`crate::lineage`].
pub fn wording_keys(words: &[Word]) -> Vec<u32> {
    let kept = seeds(words).filter(|seed| seed % KEPT_SEEDS == 0);
    let keys: BTreeSet<u32> = kept.map(|seed| (seed / KEPT_SEEDS) as u32).collect();
    keys.into_iter().collect()
}

fn hash(numbers: impl Iterator<Item = u32>) -> u32 {
    let mut hasher = rustc_hash::FxHasher::default();
    numbers.for_each(|number| number.hash(&mut hasher));
    (hasher.finish() >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words_of;
    use dateline_text::ByteSpan;

    #[test]
    fn a_trimmed_copy_shares_keys_with_its_model() {
        let text = include_str!("../README.md");
        let all = words_of(text, &[ByteSpan::new(0, text.len())]);
        let half = &all[all.len() / 2..];
        let (all, half) = (wording_keys(&all), wording_keys(half));
        assert!(half.iter().filter(|key| all.contains(key)).count() > 0, "{all:?} {half:?}");
        assert!(all.len() < text.split_whitespace().count() / 4);
    }

    #[test]
    fn keys_tell_types_and_states_apart() {
        let country = |code: &str| Some(CountryCode::new(code).unwrap());
        let keys = [
            key_of(EventType::Agree, None),
            key_of(EventType::Agree, country("USA")),
            key_of(EventType::Agree, country("ZWE")),
            key_of(EventType::Assault, None),
            key_of(EventType::Assault, country("USA")),
        ];
        let distinct: BTreeSet<u32> = keys.into_iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
