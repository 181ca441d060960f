//! Finds the wording that reports share.
//!
//! In:  the words of each report's article.
//! Out: a [`SharedWording`] for each pair of reports that shares passages long enough to tell.
//!
//! Runs of three content words that two reports have in common are seeds; seeds that follow one another closely
//! in both reports make one passage, so a word put in, left out or exchanged does not break it. Passages may
//! stand in another order in the two reports. Runs are found by hashing, and a run that very many reports
//! contain is looked up in the first [`MAX_POSTINGS`] of them only, so the work grows with the text and not with
//! the number of pairs.
//!
//! A text that was rewritten word by word, or translated and translated back, shares few runs; see
//! [`crate::rewording`].
//!
//! ```text
//! The ferry sank off Port Maro late on Friday with 40 people aboard, the coast guard said.
//!     ~~~~~~~~~~~~~~~~~~~~~~~~         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
//! The ferry sank off Port Maro on Friday night with 40 people aboard, the coast guard told reporters.
//! ```

use crate::rewording::{LEAST_IN_COMMON, content_numbers, find_rewording, words_in_common};
use crate::words::Word;
use dateline_text::ByteSpan;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// Content words in a seed. Two would be found in any two reports of one event, four break at each change.
const SEED_WORDS: usize = 3;
/// Content words that may stand between two seeds of one passage.
const MAX_GAP: usize = 4;
/// Content words of a passage that both sides share; shorter ones are set phrases.
const MIN_PASSAGE: usize = 5;
/// The same where one side quotes them: what is quoted is worth showing sooner.
const MIN_QUOTED_PASSAGE: usize = 4;
/// Words of a passage that begin with a small letter; with fewer it is a name or a title.
const MIN_SMALL: usize = 2;
/// Reports in which a seed is looked up.
const MAX_POSTINGS: usize = 12;
/// Pairs that are written out for one report, those that share most first.
const MAX_PARTNERS: usize = 8;

/// The passages that two reports share.
#[derive(Clone, Debug)]
pub struct SharedWording {
    /// Number of the first report.
    pub a: usize,
    /// Number of the second report, greater than `a`.
    pub b: usize,
    /// Part of the shorter article's content words that stand in passages.
    pub shared: f32,
    /// The same of the words outside quotation marks.
    pub shared_unquoted: f32,
    /// How many content words outside quotation marks are shared.
    pub n_unquoted: usize,
    /// Whether one tells the other again in other words; then `shared` counts sentences and the passages are
    /// pairs of sentences.
    pub is_reworded: bool,
    /// The passages, in text order of `a`.
    pub passages: Vec<SharedPassage>,
}

/// Words that two reports share, with small changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedPassage {
    /// In the first report.
    pub a: ByteSpan,
    /// In the second report.
    pub b: ByteSpan,
    /// Whether both have it inside quotation marks.
    pub quoted: bool,
}

/// The wording that pairs of reports share, in the order of their numbers. `texts` holds the words of each; the first
/// `n_past` are compared with the others, and not among themselves.
pub(crate) fn find_shared_wording(texts: &[&[Word]], n_past: usize) -> Vec<SharedWording> {
    let contents: Vec<Vec<Word>> =
        texts.iter().map(|words| words.iter().copied().filter(|word| word.content).collect()).collect();
    let mut postings: FxHashMap<u64, Vec<(u32, u32)>> = FxHashMap::default();
    let mut found = Vec::new();
    for (b, content) in contents.iter().enumerate() {
        let mut seeds: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        let compared = if b < n_past { &[] } else { content.as_slice() };
        for (at_b, window) in compared.windows(SEED_WORDS).enumerate() {
            for &(a, at_a) in postings.get(&hash(window)).into_iter().flatten() {
                seeds.entry(a).or_default().push((at_a, at_b as u32));
            }
        }
        let mut partners: Vec<SharedWording> =
            seeds.into_iter().filter_map(|(a, seeds)| compare(&contents, a as usize, b, seeds)).collect();
        partners.sort_by(|x, y| y.shared.total_cmp(&x.shared).then(x.a.cmp(&y.a)));
        partners.truncate(MAX_PARTNERS);
        found.extend(partners);

        for (at, window) in content.windows(SEED_WORDS).enumerate() {
            let places = postings.entry(hash(window)).or_default();
            // One place a report: a run that a report repeats would be counted twice.
            if places.len() < MAX_POSTINGS && places.last().is_none_or(|&(last, _)| last as usize != b) {
                places.push((b as u32, at as u32));
            }
        }
    }
    found.sort_by_key(|shared| (shared.a, shared.b));
    found
}

/// Adds the pairs that tell the same in other words. Only reports are compared that tell of an event in common,
/// which `in_common` counts by the number of the other report; the first `n_past` are not compared among themselves. Of
/// reports that are of one `source` as far as is known, one is enough.
pub(crate) fn add_rewordings(
    found: &mut Vec<SharedWording>,
    texts: &[&[Word]],
    n_past: usize,
    source: &[usize],
    in_common: &dyn Fn(usize) -> Vec<(usize, usize)>,
) {
    let numbers: Vec<Vec<u32>> = texts.iter().map(|words| content_numbers(words)).collect();
    for b in n_past..texts.len() {
        let mut others = in_common(b);
        others.retain(|&(a, _)| {
            let is_known = || found.iter().any(|known| (known.a, known.b) == (a, b) && known.shared > 0.3);
            // Of reports of the past only some are at hand with their words.
            a < b && !texts[a].is_empty() && !is_known()
        });
        others.sort_by_key(|&(a, n_events)| (std::cmp::Reverse(n_events), a));
        let mut compared = FxHashSet::default();
        others.retain(|&(a, _)| compared.insert(source[a]));
        let mut partners: Vec<(f32, usize)> =
            others.into_iter().map(|(a, _)| (words_in_common(&numbers[a], &numbers[b]), a)).collect();
        partners.retain(|&(in_common, _)| in_common >= LEAST_IN_COMMON);
        partners.sort_by(|(x, a), (y, b)| y.total_cmp(x).then(a.cmp(b)));
        for (_, a) in partners.into_iter().take(MAX_PARTNERS) {
            let Some(rewording) = find_rewording(texts[a], texts[b]) else { continue };
            found.retain(|known| (known.a, known.b) != (a, b));
            found.push(SharedWording {
                a,
                b,
                shared: rewording.share,
                shared_unquoted: rewording.share,
                n_unquoted: rewording.passages.len(),
                is_reworded: true,
                passages: rewording.passages,
            });
        }
    }
    found.sort_by_key(|shared| (shared.a, shared.b));
}

/// The seeds of a text, in text order.
pub(crate) fn seeds(words: &[Word]) -> impl Iterator<Item = u64> {
    let content: Vec<Word> = words.iter().copied().filter(|word| word.content).collect();
    let n = (content.len() + 1).saturating_sub(SEED_WORDS);
    (0..n).map(move |at| hash(&content[at..at + SEED_WORDS]))
}

fn hash(window: &[Word]) -> u64 {
    let mut hasher = FxHasher::default();
    window.iter().for_each(|word| word.number.hash(&mut hasher));
    hasher.finish()
}

/// Joins the seeds of two reports to passages and measures them.
fn compare(contents: &[Vec<Word>], a: usize, b: usize, mut seeds: Vec<(u32, u32)>) -> Option<SharedWording> {
    let (words_a, words_b) = (&contents[a], &contents[b]);
    seeds.sort_unstable_by_key(|&(at_a, at_b)| (at_b, at_a));
    let mut runs: Vec<Run> = Vec::new();
    for (at_a, at_b) in seeds {
        let (at_a, at_b) = (at_a as usize, at_b as usize);
        match runs.last_mut() {
            Some(run) if run.takes(at_a, at_b) => run.extend(at_a, at_b),
            _ => runs.push(Run::start(at_a, at_b)),
        }
    }
    runs.retain(|run| is_passage(run, words_a, words_b));
    if runs.is_empty() {
        return None;
    }
    runs.sort_by_key(|run| (run.from_a, run.from_b));
    let mut passages = Vec::with_capacity(runs.len());
    let (mut n_shared, mut n_unquoted) = (0, 0);
    for run in &runs {
        let (part_a, part_b) = (&words_a[run.from_a..run.to_a], &words_b[run.from_b..run.to_b]);
        let quoted = mostly_quoted(part_a) && mostly_quoted(part_b);
        n_shared += run.n_matched;
        n_unquoted += if quoted { 0 } else { run.n_matched };
        passages.push(SharedPassage { a: cover(part_a), b: cover(part_b), quoted });
    }
    let shorter = if words_a.len() <= words_b.len() { words_a } else { words_b };
    let shorter_unquoted = shorter.iter().filter(|word| !word.quoted).count();
    let part = |n: usize, of: usize| (n as f32 / of.max(1) as f32).min(1.0);
    Some(SharedWording {
        a,
        b,
        shared: part(n_shared, shorter.len()),
        shared_unquoted: part(n_unquoted, shorter_unquoted),
        n_unquoted,
        is_reworded: false,
        passages,
    })
}

fn is_passage(run: &Run, words_a: &[Word], words_b: &[Word]) -> bool {
    let (part_a, part_b) = (&words_a[run.from_a..run.to_a], &words_b[run.from_b..run.to_b]);
    let quoted = mostly_quoted(part_a) || mostly_quoted(part_b);
    let least = if quoted { MIN_QUOTED_PASSAGE } else { MIN_PASSAGE };
    run.n_matched >= least
        && part_b.iter().filter(|word| word.small).count() >= MIN_SMALL
        && same_words(run, words_a, words_b)
}

/// Guards against two runs of words with one hash: the first seed is compared word by word.
fn same_words(run: &Run, words_a: &[Word], words_b: &[Word]) -> bool {
    (0..SEED_WORDS).all(|i| words_a[run.from_a + i].number == words_b[run.from_b + i].number)
}

fn mostly_quoted(words: &[Word]) -> bool {
    2 * words.iter().filter(|word| word.quoted).count() > words.len()
}

fn cover(words: &[Word]) -> ByteSpan {
    words[0].span.cover(words[words.len() - 1].span)
}

/// Seeds that follow one another in both reports.
struct Run {
    from_a: usize,
    to_a: usize,
    from_b: usize,
    to_b: usize,
    /// Words of `b` that seeds cover.
    n_matched: usize,
}

impl Run {
    fn start(a: usize, b: usize) -> Run {
        Run { from_a: a, to_a: a + SEED_WORDS, from_b: b, to_b: b + SEED_WORDS, n_matched: SEED_WORDS }
    }

    /// Whether a seed goes on where the run stops, at most [`MAX_GAP`] words later on either side.
    fn takes(&self, a: usize, b: usize) -> bool {
        a + SEED_WORDS > self.to_a
            && b + SEED_WORDS > self.to_b
            && a <= self.to_a + MAX_GAP
            && b <= self.to_b + MAX_GAP
    }

    fn extend(&mut self, a: usize, b: usize) {
        self.n_matched += (b + SEED_WORDS - self.to_b).min(SEED_WORDS);
        self.to_a = a + SEED_WORDS;
        self.to_b = b + SEED_WORDS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words_of;
    use proptest::prelude::*;

    fn share(texts: &[&str]) -> Vec<SharedWording> {
        let words: Vec<Vec<Word>> =
            texts.iter().map(|text| words_of(text, &[ByteSpan::new(0, text.len())])).collect();
        find_shared_wording(&words.iter().map(Vec::as_slice).collect::<Vec<_>>(), 0)
    }

    const AGENCY: &str = "The ferry Almara sank off Port Maro late on Friday with 40 people aboard, the coast guard \
        said. Fishing boats pulled 31 survivors from the water before dawn, and divers were searching the hull for \
        the nine missing. The cause of the accident was not known, the harbour master told local radio.";

    #[test]
    fn small_changes_do_not_break_a_passage() {
        let copy = "The ferry Almara sank off Port Maro on Friday night with 40 people on board, the coast guard \
            said. Fishing boats pulled 31 survivors out of the water before dawn and divers searched the hull for \
            the nine missing passengers.";
        let shared = share(&[AGENCY, copy]);
        assert_eq!(shared.len(), 1);
        assert!(shared[0].shared > 0.7, "{}", shared[0].shared);
        let first = shared[0].passages[0];
        assert!(first.a.of(AGENCY).starts_with("ferry Almara sank"), "{}", first.a.of(AGENCY));
        assert!(first.b.of(copy).starts_with("ferry Almara sank"), "{}", first.b.of(copy));
    }

    #[test]
    fn reordered_paragraphs_are_still_shared() {
        let copy = "The cause of the accident was not known, the harbour master told local radio. Fishing boats \
            pulled 31 survivors from the water before dawn, and divers were searching the hull for the nine \
            missing. The ferry Almara sank off Port Maro late on Friday with 40 people aboard.";
        let shared = share(&[copy, AGENCY]);
        assert!(shared[0].shared > 0.8, "{}", shared[0].shared);
        assert!(shared[0].passages.len() >= 3);
    }

    #[test]
    fn own_words_about_the_same_event_share_nothing() {
        let own = "Rescuers in Port Maro found no more survivors on Saturday after the Almara, a ferry, went down \
            the night before. Nine of the 40 on board are still missing, officials said.";
        assert!(share(&[AGENCY, own]).is_empty());
    }

    #[test]
    fn quotations_are_told_apart() {
        let a = "“We will not leave this harbour until every single sailor has been found and named,” the captain \
            of the tug said on the quay in Port Maro.";
        let b = "Standing in the rain, the skipper was adamant. “We will not leave this harbour until every single \
            sailor has been found and named.”";
        let shared = share(&[a, b]);
        assert!(shared[0].passages[0].quoted);
        assert!(shared[0].shared > 0.3 && shared[0].shared_unquoted == 0.0, "{shared:?}");
    }

    proptest! {
        #[test]
        fn passages_lie_in_their_texts(
            a in proptest::collection::vec("[a-e]{1}(ara|olo)", 0..120),
            b in proptest::collection::vec("[a-e]{1}(ara|olo)", 0..120),
        ) {
            let (a, b) = (a.join(" "), b.join(" "));
            for shared in share(&[&a, &b]) {
                prop_assert!(shared.shared <= 1.0 && shared.shared_unquoted <= 1.0);
                for passage in &shared.passages {
                    prop_assert!(passage.a.slice(&a).is_some() && passage.b.slice(&b).is_some());
                }
            }
        }
    }
}
