//! Numbers of one event that differ: the dead, the injured and so on, and whatever else is counted.
//!
//! ```text
//! two projectiles were fired     projectile: 2
//! fired three projectiles        projectile: 3
//! ```

use super::{discrepancy, words_evidence};
use crate::linked::{About, Discrepancy, DiscrepancyKind, Event, EventIdx, Evidence, Reported};
use crate::tellings::Telling;
use dateline_text::{ByteSpan, Deprel, Document, TokenIdx, Upos, number_word};
use std::collections::{BTreeMap, BTreeSet};

/// The discrepancies of an event in numbers: one for each thing that is counted.
pub(super) fn numbers(about: EventIdx, event: &Event, members: &[&Telling]) -> Vec<Discrepancy> {
    let mut counted: BTreeMap<String, BTreeMap<String, BTreeSet<Evidence>>> = BTreeMap::new();
    let mut in_sizes: BTreeSet<(usize, u32)> = BTreeSet::new();
    for size in &event.given.size {
        let values = counted.entry(size.value.kind.to_string()).or_default();
        values.entry(size.value.count.to_string()).or_default().extend(size.evidence.iter().copied());
        in_sizes.extend(size.evidence.iter().map(|evidence| (evidence.report.index(), evidence.span.start)));
    }
    for telling in members {
        for (thing, number, span) in &telling.counts {
            if in_sizes.contains(&(telling.report, span.start)) {
                continue;
            }
            let evidence = words_evidence(telling.report, *span, None);
            let values = counted.entry(thing.clone()).or_default();
            values.entry(number.to_string()).or_default().insert(evidence);
        }
    }
    let mut found = Vec::new();
    for (thing, values) in counted {
        // Within one report two numbers of a thing are two things, or a sum and its part.
        if !is_between_reports(&values) {
            continue;
        }
        let values = values
            .into_iter()
            .map(|(value, evidence)| Reported { value, evidence: evidence.into_iter().collect() })
            .collect();
        let note = |values: &str| format!("the number ({thing}) is given as {values}");
        found.extend(discrepancy(DiscrepancyKind::Number, About::Event(about), values, note));
    }
    found
}

/// Whether two reports give a number that the other does not give.
fn is_between_reports(values: &BTreeMap<String, BTreeSet<Evidence>>) -> bool {
    let reports = |evidence: &BTreeSet<Evidence>| -> BTreeSet<usize> {
        evidence.iter().map(|evidence| evidence.report.index()).collect()
    };
    let of: Vec<BTreeSet<usize>> = values.values().map(reports).collect();
    let only = |x: &BTreeSet<usize>, y: &BTreeSet<usize>| x.difference(y).next().is_some();
    of.iter().enumerate().any(|(at, x)| of[at + 1..].iter().any(|y| only(x, y) && only(y, x)))
}

/// What is counted in the trigger's own clause: the thing, the number, the word that gives the number.
pub(crate) fn counts(document: &Document, head: TokenIdx) -> Vec<(String, u64, ByteSpan)> {
    let mut found = Vec::new();
    for &noun in document.children(head).iter().chain([&head]) {
        let argument = noun == head
            || matches!(
                document.deprel(noun),
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj | Deprel::Nmod | Deprel::Obl
            );
        if !argument || !matches!(document.upos(noun), Upos::Noun) {
            continue;
        }
        for number in document.children_by(noun, Deprel::Nummod) {
            if let Some(value) = number_value(document.lower(number)) {
                let span = document.token(number).span;
                found.push((document.lemma(noun).to_owned(), value, span));
            }
        }
    }
    found
}

/// The value of a number in figures or, up to twenty, in words.
pub(crate) fn number_value(word: &str) -> Option<u64> {
    if let Some(value) = number_word(word) {
        return Some(u64::from(value));
    }
    let digits: String = word.chars().filter(|char| *char != ',').collect();
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_and_figures() {
        assert_eq!(number_value("eleven"), Some(11));
        assert_eq!(number_value("1,200"), Some(1200));
        assert_eq!(number_value("several"), None);
        assert_eq!(number_value(""), None);
    }
}
