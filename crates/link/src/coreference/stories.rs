//! Finds which documents tell the same story.
//!
//! In:  documents.
//! Out: [`Stories`]: a narrow and a wider grouping, and how like two documents are.
//!
//! Two stories of one kind (two shootings, two trials) share most of their words and differ in names and
//! numbers, so these weigh more. Documents are compared by the cosine of their weighted words and joined by
//! average linkage.

use super::linkage::{Likeness, join_by_average};
use crate::tellings::cosine;
use crate::words::{fold, is_function_word, number};
use dateline_text::{Document, TokenIdx, Upos};
use rustc_hash::FxHashMap;

/// How often a name or number counts.
const NAME_WEIGHT: f32 = 2.0;
/// Average likeness of documents of one story. Chosen on the train part of ECB+ (November 2026).
const NARROW: f32 = 0.15;
/// Average likeness of documents that may still tell of one happening.
const WIDER: f32 = 0.07;
/// Documents that a word is looked up in; a word of more documents tells no story from another.
const MAX_POSTINGS: usize = 400;

/// Which documents tell the same story.
pub(super) struct Stories {
    /// The number of each document's story.
    pub narrow: Vec<usize>,
    /// The number of each document's wider story.
    pub wider: Vec<usize>,
    words: Vec<Vec<(u32, f32)>>,
}

impl Stories {
    /// Groups documents by story.
    pub fn find(documents: &[&Document]) -> Stories {
        let words = weighted_words(documents);
        let pairs = pairs(&words);
        Stories {
            narrow: join_by_average(documents.len(), &pairs, NARROW),
            wider: join_by_average(documents.len(), &pairs, WIDER),
            words,
        }
    }

    /// How like two documents are, 0 to 1.
    pub fn likeness(&self, a: usize, b: usize) -> f32 {
        cosine(&self.words[a], &self.words[b])
    }
}

fn weighted_words(documents: &[&Document]) -> Vec<Vec<(u32, f32)>> {
    let counts: Vec<FxHashMap<u32, f32>> = documents.iter().map(|document| count_words(document)).collect();
    let mut n_documents_with: FxHashMap<u32, usize> = FxHashMap::default();
    for &word in counts.iter().flat_map(FxHashMap::keys) {
        *n_documents_with.entry(word).or_default() += 1;
    }
    let n = documents.len() as f32;
    counts
        .into_iter()
        .map(|counts| {
            let weight =
                |(word, count): (u32, f32)| (word, count.sqrt() * (n / n_documents_with[&word] as f32).ln());
            let mut words: Vec<(u32, f32)> = counts.into_iter().map(weight).collect();
            words.sort_unstable_by_key(|&(word, _)| word);
            let length = words.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
            words.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
            words
        })
        .collect()
}

fn count_words(document: &Document) -> FxHashMap<u32, f32> {
    let mut counts: FxHashMap<u32, f32> = FxHashMap::default();
    for token in (0..document.tokens().len()).map(TokenIdx::new) {
        let upos = document.upos(token);
        if matches!(upos, Upos::Punct | Upos::Sym) || is_function_word(document.lower(token)) {
            continue;
        }
        let weight = if matches!(upos, Upos::Propn | Upos::Num) { NAME_WEIGHT } else { 1.0 };
        *counts.entry(number(&fold(document.lemma(token)))).or_default() += weight;
    }
    counts
}

/// The likeness of documents that share a word.
fn pairs(words: &[Vec<(u32, f32)>]) -> Vec<Likeness> {
    let mut postings: FxHashMap<u32, Vec<(usize, f32)>> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (b, words) in words.iter().enumerate() {
        let mut sums: FxHashMap<usize, f32> = FxHashMap::default();
        for &(word, weight) in words {
            let places = postings.entry(word).or_default();
            for &(a, other) in places.iter() {
                *sums.entry(a).or_default() += weight * other;
            }
            if places.len() < MAX_POSTINGS {
                places.push((b, weight));
            }
        }
        let mut found: Vec<Likeness> = sums.into_iter().map(|(a, value)| Likeness { a, b, value }).collect();
        found.sort_unstable_by_key(|pair| pair.a);
        pairs.extend(found.into_iter().filter(|pair| pair.value > 0.01));
    }
    pairs
}
