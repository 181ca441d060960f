//! The expressions of time of a document.
//!
//! ```text
//! In:  a parsed document, and its day of publication, where known
//! Out: Arena<TimeExpression>, in text order, none overlapping
//! ```

use super::grammar::Words;
use super::tense::{Tense, tense_around};
use super::value::{Anchor, value_of};
use crate::TimeExpression;
use dateline_text::{Arena, Document, TokenIdx, TokenSpan};
use jiff::civil::Date;

/// How far into a text a dateline may stand, in tokens.
const DATELINE_TOKENS: usize = 12;

/// Finds every expression of time and what it means against the day of publication. Where that is not known,
/// a full date in the text's dateline takes its place.
pub fn find_times(document: &Document, published: Option<Date>) -> Arena<TimeExpression> {
    let published = published.or_else(|| dateline_day(document));
    let mut times = Arena::new();
    let (mut told, mut paragraph) = (None, None);
    for sentence in document.sentences() {
        if paragraph != Some(sentence.paragraph) {
            (told, paragraph) = (None, Some(sentence.paragraph));
        }
        let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let words = Words { document, start, end };
        let mut next = start;
        while next < end {
            let Some((stop, meaning)) = words.read(next) else {
                next += 1;
                continue;
            };
            let tokens = TokenSpan::new(next, stop.clamp(next + 1, end));
            let tense =
                deadline(&words, next, tokens.end as usize).unwrap_or_else(|| tense_around(document, tokens));
            let (kind, value, days) = value_of(meaning, Anchor { published, told, tense });
            // What a story comes back to with "the next day" is a day, and none that lies ahead.
            if let Some(days) = days
                && days.from == days.to
                && published.is_none_or(|published| days.to <= published)
            {
                told = Some(days.to);
            }
            times.push(TimeExpression { tokens, span: document.bytes(tokens), kind, value, days });
            next = tokens.end as usize;
        }
    }
    times
}

/// "by Friday", "from Friday", "starting Friday" look ahead, unless the clause is past; what is called or planned "for
/// Friday" always does.
fn deadline(words: &Words<'_>, start: usize, end: usize) -> Option<Tense> {
    let before = start.checked_sub(1).map_or("", |i| words.at(i));
    if before == "for" && !matches!(words.at(end), "'s" | "’s") {
        return Some(Tense::Future);
    }
    if !matches!(before, "by" | "until" | "till" | "from" | "starting" | "beginning") {
        return None;
    }
    match tense_around(words.document, TokenSpan::single(TokenIdx::new(start))) {
        Tense::Past => None,
        _ => Some(Tense::Future),
    }
}

/// The day that a dateline gives in full: `SEOUL, 18 April 2022 (Agency) —`.
fn dateline_day(document: &Document) -> Option<Date> {
    let first = document.sentences().first()?.tokens;
    let (start, end) = (first.start as usize, first.end as usize);
    let words = Words { document, start, end };
    let begins_in_capitals = document.form(first.first()).chars().filter(|c| c.is_uppercase()).count() > 1;
    if !begins_in_capitals {
        return None;
    }
    let anchor = Anchor { published: None, told: None, tense: Tense::Open };
    for i in start..end.min(start + DATELINE_TOKENS) {
        let Some((stop, meaning)) = words.read(i) else { continue };
        let days = value_of(meaning, anchor).2?;
        let closes = matches!(words.at(stop), "(" | "-" | "–" | "—" | "--" | ":");
        return (days.from == days.to && closes).then_some(days.from);
    }
    None
}
