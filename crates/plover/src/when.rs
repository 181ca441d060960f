//! When an event happened, as far as its own clause tells.
//!
//! In:  a trigger and the report's time expressions.
//! Out: an [`EventDate`], or none.
//!
//! Taken are, in this order: an expression inside the trigger's phrase ("Saturday's launch"), one in its clause, one
//! in the clause of a governor that is part of the happening ("agreed on Monday to meet" dates the agreement), one
//! that opens the sentence; what none of them dates may be counted back from a dated clause ([`after`]). "The minister said on Tuesday" dates the saying, not what he told. The publication
//! date is never taken: unknown is unknown.

mod after;
mod stretch;

pub(crate) use after::counted_back;

use crate::EventDate;
use crate::syntax::MAX_STEPS;
use crate::words::Words;
use dateline_resolve::{Resolution, TimeIdx, TimexType};
use dateline_text::{Deprel, SentenceIdx, TokenIdx, TokenSpan};

/// Finds the date of the event whose trigger this is.
pub(crate) fn date_of(
    words: &Words,
    resolution: &Resolution,
    sentence: SentenceIdx,
    trigger: TokenIdx,
    governor: Option<TokenIdx>,
    is_cue: &dyn Fn(TokenIdx) -> bool,
) -> EventDate {
    let document = words.document;
    let tokens = document.sentence(sentence).tokens;
    let times = resolution.times.as_slice();
    let first = times.partition_point(|time| time.tokens.start < tokens.start);
    let mut best: Option<(usize, usize)> = None;
    for (number, time) in
        times.iter().enumerate().skip(first).take_while(|(_, time)| time.tokens.start < tokens.end)
    {
        if !matches!(time.kind, TimexType::Date | TimexType::Time) || time.tokens.n_tokens() == 0 {
            continue;
        }
        let Some(rank) = rank(words, tokens, time.tokens, trigger, governor, is_cue) else { continue };
        // A day tells more than a vague word.
        let rank = rank * 2 + usize::from(time.days.is_none());
        if best.is_none_or(|(old, _)| rank < old) {
            best = Some((rank, number));
        }
    }
    match best {
        Some((_, number)) => EventDate { days: times[number].days, time: Some(TimeIdx::new(number)) },
        None => EventDate::default(),
    }
}

/// What a time expression says of the event whose trigger this is.
pub(crate) fn dated_by(
    words: &Words,
    resolution: &Resolution,
    time: TimeIdx,
    trigger: TokenIdx,
    published: Option<jiff::civil::Date>,
) -> EventDate {
    let days = stretch::days_of(words, resolution, time, trigger, published);
    EventDate { days, time: Some(time) }
}

/// How near a time expression stands to a trigger; smaller is nearer, nothing where it belongs elsewhere.
fn rank(
    words: &Words,
    sentence: TokenSpan,
    time: TokenSpan,
    trigger: TokenIdx,
    governor: Option<TokenIdx>,
    is_cue: &dyn Fn(TokenIdx) -> bool,
) -> Option<usize> {
    let document = words.document;
    let inside = time.iter().find(|&token| !document.head(token).is_some_and(|head| time.holds(head)))?;
    let held_by = document.head(inside);
    if held_by == Some(trigger) {
        return Some(0);
    }
    let clause = held_by.and_then(|token| clause_of(words, token));
    let mine = clause_of(words, trigger);
    if clause.is_some()
        && clause == mine
        && !clause.is_some_and(|verb| is_cue(verb) && Some(verb) != mine_verb(words, trigger))
    {
        return Some(1);
    }
    if governor.is_some() && clause == governor {
        return Some(2);
    }
    // Up from the trigger: the nearest governing clause that is no verb of saying.
    let mut at = mine?;
    for steps in 0..MAX_STEPS {
        let above = document.head(at).and_then(|head| clause_of(words, head))?;
        if is_cue(above) || document.deprel(at) == Deprel::Ccomp {
            break;
        }
        if clause == Some(above) {
            return Some(3 + steps);
        }
        at = above;
    }
    let opens = time.start.saturating_sub(sentence.start) <= 2;
    let under_cue = clause.is_some_and(is_cue);
    (opens && !under_cue).then_some(12)
}

fn mine_verb(words: &Words, trigger: TokenIdx) -> Option<TokenIdx> {
    words.is_verb(trigger).then_some(trigger)
}

/// The verb or predicate whose clause a word stands in.
pub(crate) fn clause_of(words: &Words, token: TokenIdx) -> Option<TokenIdx> {
    let document = words.document;
    let mut at = token;
    for _ in 0..2 * MAX_STEPS {
        if words.is_verb(at) && document.deprel(at) != Deprel::Amod {
            return Some(at);
        }
        match document.head(at) {
            Some(head) => at = head,
            None => return Some(at),
        }
    }
    None
}

/// Whether a date lies so far back that the event is history: a year or more before the report.
pub(crate) fn is_history(
    resolution: &Resolution,
    date: EventDate,
    published: Option<jiff::civil::Date>,
) -> bool {
    let Some(time) = date.time else { return false };
    if let (Some(days), Some(published)) = (date.days, published) {
        let age = published.year() as i32 * 12 + published.month() as i32
            - (days.to.year() as i32 * 12 + days.to.month() as i32);
        return age >= 12;
    }
    // With no publication date a bare year still says that the event is told as history.
    let value = &resolution.times[time].value;
    value.len() == 4
        && value.bytes().all(|byte| byte.is_ascii_digit())
        && published.is_none()
        && value.as_str() < "2015"
}
