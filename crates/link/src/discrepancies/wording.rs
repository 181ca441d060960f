//! Quotations of the same words that go on differently.
//!
//! ```text
//! “the closest possible watch on the strait”      closest possible watch
//! “the closest possible guard of the strait”      closest possible guard
//! ```
//! A quotation that merely stops earlier than the other is no difference.

use super::{Wording, discrepancy, words_evidence};
use crate::actors::one_line;
use crate::linked::{About, Discrepancy, DiscrepancyKind, LinkedActorIdx, Reported};
use crate::statements::{longest_quoted_run, words_in};
use crate::words::Word;
use dateline_text::ByteSpan;

/// One telling of the words.
pub(super) struct Telling<'t> {
    pub report: usize,
    pub text: &'t str,
    /// All its words, in text order.
    pub words: &'t [Word],
    pub speaker: Option<LinkedActorIdx>,
}

impl<'t> Telling<'t> {
    /// The words of a span of a report, where its text is at hand.
    pub fn of(
        report: usize,
        span: ByteSpan,
        speaker: Option<LinkedActorIdx>,
        wording: &dyn Fn(usize) -> Option<Wording<'t>>,
    ) -> Option<Telling<'t>> {
        let Wording { text, words } = wording(report)?;
        Some(Telling { report, text, words: words_in(words, span), speaker })
    }
}

/// Content words that two quotations must share in a row before they differ.
const MIN_COMMON: usize = 2;
/// Words that are shown after the last common one.
const MAX_SHOWN: usize = 3;
/// Tellings of one statement or event that are compared with each other.
const MAX_TELLINGS: usize = 12;

/// Where the tellings of one statement or event quote different words.
pub(super) fn wordings<'t>(tellings: impl Iterator<Item = Telling<'t>>, about: About) -> Vec<Discrepancy> {
    let mut found: Vec<Discrepancy> = Vec::new();
    let tellings: Vec<Telling> = tellings.take(MAX_TELLINGS).collect();
    for (at, a) in tellings.iter().enumerate() {
        for b in tellings[at + 1..].iter().filter(|b| b.report != a.report) {
            let Some((span_a, span_b)) = difference(a, b) else { continue };
            let mut values: Vec<Reported<String>> = Vec::new();
            for (telling, span) in [(a, span_a), (b, span_b)] {
                let Some(words) = span.slice(telling.text) else { continue };
                let evidence = words_evidence(telling.report, span, telling.speaker);
                values.push(Reported { value: one_line(words), evidence: vec![evidence] });
            }
            merge(&mut found, about, values);
        }
    }
    found
}

/// Adds the values to a discrepancy that has one of them already, or makes a new one.
fn merge(found: &mut Vec<Discrepancy>, about: About, values: Vec<Reported<String>>) {
    let same = |x: &Reported<String>, y: &Reported<String>| x.value.to_lowercase() == y.value.to_lowercase();
    let known = found.iter().position(|known| known.values.iter().any(|x| values.iter().any(|y| same(x, y))));
    let mut all = match known {
        Some(known) => found.remove(known).values,
        None => Vec::new(),
    };
    for value in values {
        match all.iter_mut().find(|known| same(known, &value)) {
            Some(known) => {
                known.evidence.extend(value.evidence);
                known.evidence.sort_unstable();
                known.evidence.dedup();
            }
            None => all.push(value),
        }
    }
    let note = |values: &str| format!("the same words are quoted as {values}");
    found.extend(discrepancy(DiscrepancyKind::Wording, about, all, note));
}

/// The words of two tellings from the beginning of the longest run that both quote to where they differ.
fn difference(a: &Telling, b: &Telling) -> Option<(ByteSpan, ByteSpan)> {
    let content = |words: &[Word]| words.iter().copied().filter(|word| word.content).collect::<Vec<Word>>();
    let (content_a, content_b) = (content(a.words), content(b.words));
    let run = longest_quoted_run(&content_a, &content_b)?;
    if run.n_words < MIN_COMMON {
        return None;
    }
    let (end_a, end_b) = (run.at_a + run.n_words, run.at_b + run.n_words);
    let (shown_a, shown_b) = (goes_on(a, &content_a, end_a), goes_on(b, &content_b, end_b));
    let (first_a, first_b) = (shown_a.first()?, shown_b.first()?);
    if first_a.number == first_b.number {
        return None;
    }
    let cover =
        |content: &[Word], from: usize, shown: &[Word]| content[from].span.cover(shown[shown.len() - 1].span);
    Some((cover(&content_a, run.at_a, shown_a), cover(&content_b, run.at_b, shown_b)))
}

/// The content words that follow the run without a break: no other word, no mark and no end of the quotation.
fn goes_on<'w>(telling: &Telling, content: &'w [Word], end: usize) -> &'w [Word] {
    let mut n = 0;
    while n < MAX_SHOWN && end + n < content.len() {
        let (before, next) = (content[end + n - 1], content[end + n]);
        let between = ByteSpan { start: before.span.end, end: next.span.start }.slice(telling.text);
        if !next.quoted
            || !between.is_some_and(|between| between.chars().all(|c| c.is_whitespace() || c == '-'))
        {
            break;
        }
        n += 1;
    }
    &content[end..end + n]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words_of;
    use dateline_text::Idx;

    fn check(a: &str, b: &str, expected: &[&str]) {
        let words_a = words_of(a, &[ByteSpan::new(0, a.len())]);
        let words_b = words_of(b, &[ByteSpan::new(0, b.len())]);
        let tellings = [
            Telling { report: 0, text: a, words: &words_a, speaker: None },
            Telling { report: 1, text: b, words: &words_b, speaker: None },
        ];
        let found = wordings(tellings.into_iter(), About::Event(Idx::new(0)));
        let values: Vec<&str> =
            found.iter().flat_map(|found| &found.values).map(|value| value.value.as_str()).collect();
        assert_eq!(values, expected, "{a} / {b}");
    }

    #[test]
    fn quotations_that_go_on_differently() {
        check(
            "She promised “the closest possible naval watch” on the strait.",
            "“We keep the closest possible naval guard ships here,” she said.",
            &["closest possible naval watch", "closest possible naval guard ships"],
        );
    }

    #[test]
    fn leaves_shorter_quotations_alone() {
        check("She promised “the closest possible” watch.", "“We keep the closest possible guard.”", &[]);
        check("She promised the closest possible watch.", "“We keep the closest possible guard.”", &[]);
        check("“the closest possible watch”", "“the closest possible watch on the strait”", &[]);
    }
}
