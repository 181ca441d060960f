//! What went wrong where: the kinds of errors that a person would tell apart.

use super::CodedText;
use super::compare::{Pair, bytes, same_words};
use crate::corpus::{ExpectedDate, MarkLabel};
use dateline_plover::EventMention;
use dateline_text::ByteSpan;
use std::fmt;

/// A kind of error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// A marked event of whose trigger nothing was made.
    Missed,
    /// An event where none is marked.
    Invented,
    /// The right words with another type: marked, found.
    OtherType(&'static str, &'static str),
    /// Nobody, or only some, of those who act.
    ActorMissing,
    /// Somebody who does not act.
    ActorWrong,
    /// Nobody, or only some, of those acted on.
    RecipientMissing,
    /// Somebody who is not acted on.
    RecipientWrong,
    /// Another mode.
    Mode,
    /// Another auxiliary mode: planned, denied, possible, long past.
    Auxiliary,
    /// A date where none is told, or none or another where one is.
    Date,
    /// A place likewise.
    Place,
    /// Numbers of dead, injured or arrested.
    Size,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::Missed => write!(f, "event missed"),
            ErrorKind::Invented => write!(f, "event found where none is told"),
            ErrorKind::OtherType(gold, found) => write!(f, "{gold} taken for {found}"),
            ErrorKind::ActorMissing => write!(f, "actor missing"),
            ErrorKind::ActorWrong => write!(f, "actor wrong"),
            ErrorKind::RecipientMissing => write!(f, "recipient missing"),
            ErrorKind::RecipientWrong => write!(f, "recipient wrong"),
            ErrorKind::Mode => write!(f, "mode wrong"),
            ErrorKind::Auxiliary => write!(f, "auxiliary mode wrong"),
            ErrorKind::Date => write!(f, "date wrong"),
            ErrorKind::Place => write!(f, "place wrong"),
            ErrorKind::Size => write!(f, "numbers wrong"),
        }
    }
}

/// The errors of a text, each with the words of the trigger.
pub fn errors_of(text: &CodedText) -> Vec<(ErrorKind, String)> {
    let Some(coded) = &text.coded else { return Vec::new() };
    let document = &coded.document;
    let mut errors = Vec::new();
    let pairs = &text.comparison.pairs;
    let found = coded.events.as_slice();
    let trigger = |number: usize| text.marked.spans(MarkLabel::Trigger, number).next();
    for (number, gold) in text.marked.events.iter().enumerate() {
        let Some(words) = trigger(number) else { continue };
        if pairs.iter().any(|pair| pair.gold == number) {
            continue;
        }
        let other = found.iter().enumerate().find(|(other, event)| {
            words.overlaps(document.bytes(event.trigger)) && !pairs.iter().any(|pair| pair.found == *other)
        });
        let kind = match other {
            Some((_, event)) => ErrorKind::OtherType(gold.event.as_str(), event.event.as_str()),
            None => ErrorKind::Missed,
        };
        errors.push((kind, words.of(&text.marked.text).to_owned()));
    }
    for (number, event) in found.iter().enumerate() {
        let words = document.bytes(event.trigger);
        let marked =
            (0..text.marked.events.len()).any(|gold| trigger(gold).is_some_and(|gold| gold.overlaps(words)));
        if !marked && !pairs.iter().any(|pair| pair.found == number) {
            errors.push((ErrorKind::Invented, format!("{} = {}", words.of(document.text()), event.event)));
        }
    }
    for pair in pairs {
        let event = &found[pair.found];
        let words = document.words(event.trigger).to_owned();
        for (label, tokens, missing, wrong) in [
            (MarkLabel::Actor, &event.actor_tokens, ErrorKind::ActorMissing, ErrorKind::ActorWrong),
            (
                MarkLabel::Recipient,
                &event.recipient_tokens,
                ErrorKind::RecipientMissing,
                ErrorKind::RecipientWrong,
            ),
        ] {
            let gold: Vec<ByteSpan> = text.marked.spans(label, pair.gold).collect();
            let found = bytes(coded, tokens);
            if same_words(&gold, &found) {
                continue;
            }
            let strange = found.iter().any(|one| !gold.iter().any(|gold| gold.overlaps(*one)));
            errors.push((if strange { wrong } else { missing }, words.clone()));
        }
        for (right, kind) in [
            (pair.mode, ErrorKind::Mode),
            (pair.aux, ErrorKind::Auxiliary),
            (pair.date || !pair.whole, ErrorKind::Date),
            (pair.place || !pair.whole, ErrorKind::Place),
            (pair.sizes[0] == pair.sizes[1] && pair.sizes[0] == pair.sizes[2], ErrorKind::Size),
        ] {
            if !right {
                let detail = match kind {
                    ErrorKind::Date => format!("{words} ({})", dates(text, pair, event)),
                    ErrorKind::Place => format!("{words} ({})", places(text, pair, event)),
                    ErrorKind::Size => format!("{words} ({})", sizes(text, pair, event)),
                    _ => words.clone(),
                };
                errors.push((kind, detail));
            }
        }
    }
    errors
}

/// The marked and the found days: `2022-04-17, found none`.
fn dates(text: &CodedText, pair: &Pair, event: &EventMention) -> String {
    let gold = match text.marked.events[pair.gold].date {
        Some(ExpectedDate::Days(from, to)) => format!("{from}..{to}"),
        _ => "none".to_owned(),
    };
    let found = event.date.days.map_or("none".to_owned(), |days| format!("{}..{}", days.from, days.to));
    format!("{gold}, found {found}")
}

/// The marked and the found place.
fn places(text: &CodedText, pair: &Pair, event: &EventMention) -> String {
    let gold: Vec<&str> =
        text.marked.spans(MarkLabel::Place, pair.gold).map(|span| span.of(&text.marked.text)).collect();
    let place = event.place.zip(text.coded.as_ref());
    let found = place.map_or("none", |(place, coded)| coded.resolution.places[place].name.as_str());
    format!("{}, found {found}", if gold.is_empty() { "none".to_owned() } else { gold.join(" and ") })
}

/// The marked and the found numbers: `dead 12, found dead 12, injured 2`.
fn sizes(text: &CodedText, pair: &Pair, event: &EventMention) -> String {
    let listed = |sizes: Vec<String>| if sizes.is_empty() { "none".to_owned() } else { sizes.join(", ") };
    let gold = text.marked.events[pair.gold].sizes.iter().map(|(kind, count)| format!("{kind} {count}"));
    let found = event.sizes.iter().map(|size| format!("{} {}", size.kind, size.count));
    format!("{}, found {}", listed(gold.collect()), listed(found.collect()))
}
