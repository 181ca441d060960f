//! Phrases that show that a block is no article text, by reason.
//!
//! The table is `data/cues.tsv`; its head says what the columns mean. Words between quotation marks do not
//! count: what people are quoted with is article text, whatever it begs for.

use crate::Reason;
use crate::words::{Word, split_words};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How much the phrases of a block speak for each reason, from 0 to 7.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Evidence([f32; Reason::ALL.len()]);

/// Several phrases add up to no more than this.
const MOST: f32 = 7.0;

impl Evidence {
    pub(crate) fn of(&self, reason: Reason) -> f32 {
        self.0[reason as usize]
    }

    pub(crate) fn add(&mut self, reason: Reason, strength: f32) {
        let sum = &mut self.0[reason as usize];
        *sum = (*sum + strength).min(MOST);
    }

    /// The reason that most speaks for, and how much.
    pub(crate) fn best(&self) -> (Reason, f32) {
        let mut best = (Reason::Other, 0.0);
        for &reason in Reason::ALL {
            if self.of(reason) > best.1 {
                best = (reason, self.of(reason));
            }
        }
        best
    }

    /// All of it together, up to the same bound.
    pub(crate) fn total(&self) -> f32 {
        self.0.iter().sum::<f32>().min(MOST)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    Start,
    Any,
    End,
}

struct Phrase {
    words: Vec<String>,
    place: Place,
    strength: f32,
    reason: Reason,
}

/// Phrases by their first word, longest first.
static PHRASES: LazyLock<FxHashMap<String, Vec<Phrase>>> =
    LazyLock::new(|| read_phrases(include_str!("../data/cues.tsv")));

fn read_phrases(table: &str) -> FxHashMap<String, Vec<Phrase>> {
    let mut phrases: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let mut column = || columns.next().expect("invariant: cues.tsv has four columns");
        let reason: Reason = column().parse().expect("invariant: cues.tsv names known reasons");
        let place = match column() {
            "whole" => Place::Whole,
            "start" => Place::Start,
            "any" => Place::Any,
            "end" => Place::End,
            other => panic!("invariant: cues.tsv names known places, not {other}"),
        };
        let strength: f32 = column().parse().expect("invariant: cues.tsv has numbers");
        for phrase in column().split(" | ") {
            let words: Vec<String> = split_words(phrase).into_iter().map(|word| word.text).collect();
            if let Some(first) = words.first() {
                phrases.entry(first.clone()).or_default().push(Phrase { words, place, strength, reason });
            }
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    phrases
}

/// Collects what the phrases of a block say.
pub(crate) fn read_cues(block: &str, words: &[Word]) -> Evidence {
    let mut evidence = Evidence::default();
    if words.is_empty() {
        return evidence;
    }
    if let Some((reason, strength)) = read_whole(words) {
        evidence.add(reason, strength);
        return evidence;
    }
    // A phrase says the less about a block, the more other words there are.
    let scale = (25.0 / words.len() as f32).clamp(0.3, 1.0);
    // A word of a headline or caption says little alone; `Photo:` or `PHOTO` says much.
    let mut covered_to = 0;
    let n_quoted = words.iter().filter(|word| word.is_quoted).count();
    for at in 0..words.len() {
        if words[at].is_quoted && n_quoted < words.len() {
            continue;
        }
        let Some(list) = PHRASES.get(&words[at].text) else { continue };
        for phrase in list {
            let end = at + phrase.words.len();
            let fits = match phrase.place {
                Place::Whole => false,
                Place::Start => at == 0,
                Place::Any => at >= covered_to,
                Place::End => end == words.len(),
            };
            if !fits || !matches(phrase, &words[at..]) {
                continue;
            }
            let mut strength = phrase.strength * scale;
            if phrase.place == Place::Start {
                strength = phrase.strength * start_scale(block, words, phrase.words.len());
            }
            evidence.add(phrase.reason, strength);
            if phrase.place == Place::Any {
                covered_to = end;
            }
        }
    }
    evidence
}

fn matches(phrase: &Phrase, words: &[Word]) -> bool {
    words.len() >= phrase.words.len()
        && phrase.words.iter().zip(words).all(|(expected, word)| *expected == word.text)
}

/// How much a beginning counts: fully in a short block or before a colon.
fn start_scale(block: &str, words: &[Word], n: usize) -> f32 {
    let rest = block[words[n - 1].end..].trim_start();
    if words.len() == n || rest.starts_with([':', '|', '/', '»', '›', '-', '–', '—']) {
        return 1.0;
    }
    let by_length = (14.0 / words.len() as f32).clamp(0.1, 1.0);
    if n == 1 { 0.4 * by_length } else { by_length }
}

/// The reason of a block that consists of known phrases and numbers only.
fn read_whole(words: &[Word]) -> Option<(Reason, f32)> {
    // Runs of known labels are short; what is longer is a list of something.
    if words.len() > 60 {
        return None;
    }
    let mut evidence = Evidence::default();
    let mut strongest: f32 = 0.0;
    let mut at = 0;
    while at < words.len() {
        let phrase = PHRASES.get(&words[at].text).and_then(|list| {
            list.iter().find(|phrase| phrase.place == Place::Whole && matches(phrase, &words[at..]))
        });
        match phrase {
            Some(phrase) => {
                evidence.add(phrase.reason, 0.1 * phrase.words.len() as f32);
                strongest = strongest.max(phrase.strength);
                at += phrase.words.len();
            }
            None if words[at].is_number => at += 1,
            None => return None,
        }
    }
    let (reason, found) = evidence.best();
    (found > 0.0).then_some((reason, strongest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_name_their_reason() {
        for (block, expected) in [
            ("Share Tweet Email 12", Some(Reason::Share)),
            ("3 Comments", Some(Reason::Comments)),
            ("Sign up for our daily newsletter and get the best of the Valley Wire", Some(Reason::SignIn)),
            ("Your donation keeps the Harbour Post on the ground.", Some(Reason::Appeal)),
            ("© 2031 Harbour Post. All rights reserved.", Some(Reason::Footer)),
            ("ADVERTISEMENT", Some(Reason::Advertisement)),
            ("READ MORE: Ferries stay away", Some(Reason::Headlines)),
            ("Photo: a ferry in the harbour of Marenko", Some(Reason::Caption)),
            ("Reporting by Ana Belo; editing by Tom Ruiz", Some(Reason::Credit)),
            ("The mayor said the harbour would open in May.", None),
            // Quoted words are the article's.
            ("“We need your support and your donations,” the mayor told them, and the crowd agreed.", None),
        ] {
            let (reason, strength) = read_cues(block, &split_words(block)).best();
            assert_eq!((strength >= 2.0).then_some(reason), expected, "{block}: {reason} {strength}");
        }
    }
}
