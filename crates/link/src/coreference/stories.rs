//! Finds which documents tell the same story.
//!
//! In:  documents.
//! Out: [`Stories`]: the story of each document, and how like two documents are.
//!
//! Two stories of one kind (two shootings, two trials) share most of their words and differ in names and
//! numbers, so these weigh more, and so do pairs of neighbouring words. Documents are compared by the cosine of their
//! weighted words.
//!
//! Two short documents of one story may share few words and yet both be like a third. So, before documents are
//! grouped, each takes over something of the words of its nearest neighbours, where the liking is mutual:
//!
//! ```text
//! Rescuers reach Marenko mine             ┐ alike: `Marenko`
//! Eleven trapped as Marenko shaft floods  ┤
//! Flooded shaft: families of eleven wait  ┘ alike: `eleven`, `shaft`, `flood`
//! ```
//!
//! Not done: a report that tells of two stories belongs to one.

use super::linkage::{Likeness, join_by_average};
use crate::tellings::cosine;
use crate::words::{fold, is_function_word, number};
use dateline_text::{Document, TokenIdx, Upos};
use rustc_hash::FxHashMap;

// The figures below were chosen on the train part of ECB+ by B³ of the documents' subtopics (November 2026).

/// How often a name or number counts.
const NAME_WEIGHT: f32 = 2.0;
/// How often a pair of neighbouring words counts.
const PAIR_WEIGHT: f32 = 0.5;
/// How strongly rare words weigh more than frequent ones: the power of the logarithm.
const RARITY: f32 = 1.5;
/// Documents of other stories that are thought to be there too. Where only a few documents come, all of one story,
/// what they share would be nothing rare.
const UNSEEN_DOCUMENTS: f32 = 10.0;
/// How much a document takes over from a neighbour that is just like it.
const NEIGHBOUR_WEIGHT: f32 = 2.0;
/// Neighbours that a document takes over from.
const MAX_NEIGHBOURS: usize = 10;
/// Likeness of documents that are neighbours.
const NEIGHBOURS: f32 = 0.1;
/// Average likeness of documents of one story, neighbours counted in.
const ONE_STORY: f32 = 0.37;
/// Words that are kept of a document and its neighbours, the weightiest first.
const MAX_WORDS: usize = 150;
/// Documents that a word is looked up in; a word of more documents tells no story from another.
const MAX_POSTINGS: usize = 400;

/// The words of a document, ascending, with what each weighs; the whole has length 1.
type WeightedWords = Vec<(u32, f32)>;

/// Which documents tell the same story.
pub(super) struct Stories {
    /// The number of each document's story: that of its first document.
    pub of: Vec<usize>,
    words: Vec<WeightedWords>,
}

impl Stories {
    /// Groups documents by story.
    pub fn find(documents: &[&Document]) -> Stories {
        let words = weighted_words(documents);
        let widened = with_neighbours(&words, &pairs(&words));
        let of = join_by_average(documents.len(), &pairs(&widened), ONE_STORY);
        Stories { of, words }
    }

    /// How like two documents are by themselves, 0 to 1.
    pub fn likeness(&self, a: usize, b: usize) -> f32 {
        cosine(&self.words[a], &self.words[b])
    }
}

fn weighted_words(documents: &[&Document]) -> Vec<WeightedWords> {
    let counts: Vec<FxHashMap<u32, f32>> = documents.iter().map(|document| count_words(document)).collect();
    let mut n_documents_with: FxHashMap<u32, usize> = FxHashMap::default();
    for &word in counts.iter().flat_map(FxHashMap::keys) {
        *n_documents_with.entry(word).or_default() += 1;
    }
    let n = documents.len() as f32 + UNSEEN_DOCUMENTS;
    let weight = |(word, count): (u32, f32)| {
        (word, count.sqrt() * (n / n_documents_with[&word] as f32).ln().powf(RARITY))
    };
    counts.into_iter().map(|counts| of_length_one(counts.into_iter().map(weight).collect())).collect()
}

fn of_length_one(mut words: WeightedWords) -> WeightedWords {
    words.sort_unstable_by_key(|&(word, _)| word);
    let length = words.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    words.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
    words
}

fn count_words(document: &Document) -> FxHashMap<u32, f32> {
    let mut counts: FxHashMap<u32, f32> = FxHashMap::default();
    let mut before: Option<String> = None;
    for token in (0..document.tokens().len()).map(TokenIdx::new) {
        let upos = document.upos(token);
        if matches!(upos, Upos::Punct | Upos::Sym) || is_function_word(document.lower(token)) {
            before = None;
            continue;
        }
        let word = fold(document.lemma(token));
        let weight = if matches!(upos, Upos::Propn | Upos::Num) { NAME_WEIGHT } else { 1.0 };
        *counts.entry(number(&word)).or_default() += weight;
        if let Some(before) = before {
            let weight = if upos == Upos::Propn { NAME_WEIGHT } else { 1.0 };
            *counts.entry(number(&format!("{before} {word}"))).or_default() += PAIR_WEIGHT * weight;
        }
        before = Some(word);
    }
    counts
}

/// The words of each document with those of its neighbours.
fn with_neighbours(words: &[WeightedWords], pairs: &[Likeness]) -> Vec<WeightedWords> {
    let neighbours = neighbours(words.len(), pairs);
    let is_mutual = |a: usize, b: usize| neighbours[b].iter().any(|&(of_b, _)| of_b == a);
    let widen = |document: usize| {
        let mut sums: FxHashMap<u32, f32> = words[document].iter().copied().collect();
        for &(other, likeness) in neighbours[document].iter().filter(|(other, _)| is_mutual(document, *other))
        {
            for &(word, weight) in &words[other] {
                *sums.entry(word).or_default() += NEIGHBOUR_WEIGHT * likeness * weight;
            }
        }
        let mut sums: WeightedWords = sums.into_iter().collect();
        sums.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        sums.truncate(MAX_WORDS);
        of_length_one(sums)
    };
    (0..words.len()).map(widen).collect()
}

/// The nearest neighbours of each document with their likeness.
fn neighbours(n_documents: usize, pairs: &[Likeness]) -> Vec<Vec<(usize, f32)>> {
    let mut neighbours = vec![Vec::new(); n_documents];
    for pair in pairs.iter().filter(|pair| pair.value >= NEIGHBOURS) {
        neighbours[pair.a].push((pair.b, pair.value));
        neighbours[pair.b].push((pair.a, pair.value));
    }
    for of_one in &mut neighbours {
        of_one.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        of_one.truncate(MAX_NEIGHBOURS);
    }
    neighbours
}

/// The likeness of documents that share a word.
fn pairs(words: &[WeightedWords]) -> Vec<Likeness> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_meet_through_a_third() {
        let document = |words: &[u32]| of_length_one(words.iter().map(|&word| (word, 1.0)).collect());
        let words = [&[1, 2, 3, 4][..], &[3, 4, 5, 6], &[5, 6, 7, 8], &[9, 10]].map(document);
        let alone = pairs(&words);
        let widened = with_neighbours(&words, &alone);
        assert_eq!(cosine(&words[0], &words[2]), 0.0);
        assert!(cosine(&widened[0], &widened[2]) > ONE_STORY);
        let groups = join_by_average(4, &pairs(&widened), ONE_STORY);
        assert_eq!(groups, [0, 0, 0, 3]);
    }

    #[test]
    fn a_document_by_itself_is_left_as_it_is() {
        let words = vec![of_length_one(vec![(4, 2.0), (1, 1.0)])];
        let widened = with_neighbours(&words, &[]);
        assert!((cosine(&words[0], &widened[0]) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn two_documents_alone_can_tell_one_story() {
        let parser = dateline_parse::Parser::embedded().expect("the embedded model reads");
        let parse = |text: &str| parser.parse(text.into(), &[dateline_text::ByteSpan::new(0, text.len())]);
        for (a, b, together) in [
            (
                "A fire in a Marenko fuel depot killed four workers on Monday.",
                "Four workers died on Monday when the Marenko depot burned.",
                true,
            ),
            (
                "A fire in a Marenko fuel depot killed four workers on Monday.",
                "Teachers in Tavara began a strike over pay.",
                false,
            ),
        ] {
            let (first, second) = (parse(a), parse(b));
            let stories = Stories::find(&[&first, &second]);
            assert_eq!(stories.of[0] == stories.of[1], together, "{a} {b}");
        }
    }
}
