//! Finds reports that tell the same in other words: rewritten sentence by sentence, or translated and translated
//! back.
//!
//! In:  the words of two reports.
//! Out: the sentences of one that follow those of the other, where so many do that one was made from the other.
//!
//! Who rewrites a text keeps the order in which it tells things, and the names, numbers and chief nouns of each sentence;
//! who reports independently does not. So sentences are laid side by side in order, as in comparing two versions of a
//! file, where a pair counts as the same when it shares enough content words.
//!
//! ```text
//! Gunmen abducted at least 180 pupils from a boarding school in Marenko late on Thursday, police said.
//! According to police, no fewer than 180 pupils were taken from a boarding school in Marenko on Thursday night by gunmen.
//! ```

use crate::lineage::SharedPassage;
use crate::words::Word;
use std::ops::Range;

/// Part of the content words of the shorter sentence that a pair shares at least. Translations back and forth of
/// agency texts share half, independent reports of one event a sixth (`corpus/kidnapping`, November 2026).
const SHARED_WORDS: f32 = 0.35;
/// Content words that a pair shares at least.
const MIN_SHARED: usize = 3;
/// Part of the shorter report's sentences that have a partner: of translations two thirds and more, of independent reports
/// and of an agency's later texts at most a third. A short own report that follows the same day in the same order can
/// reach half.
const SHARED_SENTENCES: f32 = 0.6;
/// Sentences that have a partner at least: in a bulletin of four or five sentences the order of things is no one's own.
const MIN_SENTENCES: usize = 5;
/// Content words that a sentence has at least to be compared.
const MIN_WORDS: usize = 4;
/// Sentences of a report that are compared at most: who copies begins at the beginning.
const MAX_SENTENCES: usize = 60;

/// A report told again in other words.
#[derive(Clone, Debug)]
pub(crate) struct Rewording {
    /// Part of the shorter report's sentences that have a partner.
    pub share: f32,
    /// The pairs, in text order.
    pub passages: Vec<SharedPassage>,
}

struct Sentence {
    words: Range<usize>,
    /// Numbers of its content words, each once, ascending.
    numbers: Vec<u32>,
}

/// The sentences that two reports have in common in other words, where they are so many that one was made from the
/// other.
pub(crate) fn find_rewording(a: &[Word], b: &[Word]) -> Option<Rewording> {
    let (sentences_a, sentences_b) = (sentences(a), sentences(b));
    let n_shorter = sentences_a.len().min(sentences_b.len());
    if n_shorter < MIN_SENTENCES {
        return None;
    }
    let pairs = align(&sentences_a, &sentences_b);
    let share = pairs.len() as f32 / n_shorter as f32;
    if pairs.len() < MIN_SENTENCES || share < SHARED_SENTENCES {
        return None;
    }
    let cover = |words: &[Word]| words[0].span.cover(words[words.len() - 1].span);
    let passages = pairs.into_iter().map(|(i, j)| SharedPassage {
        a: cover(&a[sentences_a[i].words.clone()]),
        b: cover(&b[sentences_b[j].words.clone()]),
        quoted: false,
    });
    Some(Rewording { share: share.min(1.0), passages: passages.collect() })
}

fn sentences(words: &[Word]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        if !word.ends_sentence && at + 1 < words.len() {
            continue;
        }
        let content = words[from..=at].iter().filter(|word| word.content);
        let mut numbers: Vec<u32> = content.map(|word| word.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() >= MIN_WORDS && sentences.len() < MAX_SENTENCES {
            sentences.push(Sentence { words: from..at + 1, numbers });
        }
        from = at + 1;
    }
    sentences
}

/// The longest row of pairs that stands in the same order in both.
fn align(a: &[Sentence], b: &[Sentence]) -> Vec<(usize, usize)> {
    let same: Vec<Vec<bool>> =
        a.iter().map(|x| b.iter().map(|y| is_same(&x.numbers, &y.numbers)).collect()).collect();
    let mut longest = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let paired = if same[i][j] { longest[i + 1][j + 1] + 1 } else { 0 };
            longest[i][j] = paired.max(longest[i + 1][j]).max(longest[i][j + 1]);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if same[i][j] && longest[i][j] == longest[i + 1][j + 1] + 1 {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn is_same(a: &[u32], b: &[u32]) -> bool {
    let n_shared = n_common(a, b);
    n_shared >= MIN_SHARED && n_shared as f32 >= SHARED_WORDS * a.len().min(b.len()) as f32
}

/// How many numbers stand in both ascending lists.
fn n_common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// Part of the content words of the shorter report that are in both, at least, where one may be made from the other.
pub(crate) const LEAST_IN_COMMON: f32 = SHARED_SENTENCES * SHARED_WORDS;

/// Which part of the content words of the shorter report are in both.
pub(crate) fn words_in_common(a: &[u32], b: &[u32]) -> f32 {
    n_common(a, b) as f32 / a.len().min(b.len()).max(1) as f32
}

/// The numbers of a report's content words, each once, ascending.
pub(crate) fn content_numbers(words: &[Word]) -> Vec<u32> {
    let mut numbers: Vec<u32> = words.iter().filter(|word| word.content).map(|word| word.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words_of;
    use dateline_text::ByteSpan;

    fn words(text: &str) -> Vec<Word> {
        words_of(text, &[ByteSpan::new(0, text.len())])
    }

    const AGENCY: &str = "The ferry Almara sank off Port Maro late on Friday with 40 people aboard, the coast guard said. \
        Fishing boats pulled 31 survivors from the water before dawn. Divers were searching the hull for the nine \
        missing passengers. The harbour master, Ana Tarn, blamed an open bow door for the accident. The ferry company \
        has been fined twice since 2019 for overloading its ships. Flags in Port Maro will fly at half mast on Sunday.";

    #[test]
    fn a_translation_back_is_found() {
        let back = "Late on Friday, according to the coast guard, the ship Almara went under near Port Maro carrying 40 \
            people. Before sunrise 31 survivors were brought out of the water by boats that fish there. The nine \
            missing passengers were being sought inside the hull by divers. Ana Tarn, who is master of the harbour, \
            put the accident down to a bow door left open. Twice since 2019 the company had to pay fines because its \
            ships were overloaded. On Sunday Port Maro will lower its flags.";
        let (a, b) = (words(AGENCY), words(back));
        let found = find_rewording(&a, &b).expect("a rewording");
        assert!(found.share > 0.6, "{}", found.share);
        assert!(found.passages[0].b.of(back).starts_with("Late on Friday"));
        assert!(words_in_common(&content_numbers(&a), &content_numbers(&b)) >= LEAST_IN_COMMON);
    }

    #[test]
    fn an_independent_report_is_left_alone() {
        let own = "Rescuers in Port Maro found no more survivors on Saturday after the Almara, a ferry, went down. Nine of \
            the 40 on board are still missing. My brother was a cook on that ship, said a woman at the gate of the \
            port. She had come from the islands with her mother. Prayers were said in the cathedral at noon. The \
            minister of transport promised an inquiry by judges from abroad.";
        assert!(find_rewording(&words(AGENCY), &words(own)).is_none());
    }
}
