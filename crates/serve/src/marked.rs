//! A text cut into pieces, each with all that was read in it.
//!
//! In:  a report with its marks, which may overlap.
//! Out: [`Piece`]s in text order that together are the text: it is cut wherever a mark begins or ends.
//!
//! ```text
//! The ministry said two drones hit the depot.
//!                   ~~~~~~~~~~                  actor
//!                              ^^^              event
//!                   ------------------------    content
//! ->  `The ministry said ` `two drones` ` ` `hit` ` the depot` `.`
//! ```

use crate::words::{cut, quad_class};
use dateline_plover::QuadClass;
use dateline_record::{ActorMark, EventMark, LineageRow, ReportDetail, ReportMarks, StatementMark};
use dateline_text::{ByteSpan, CharSpan, CodePoints};
use std::collections::BTreeSet;

/// A part of the text that no mark cuts.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    /// In bytes of the text.
    pub span: ByteSpan,
    /// What covers it, for the style.
    pub classes: Vec<&'static str>,
    /// The same in words, a few of them.
    pub hints: Vec<String>,
    /// The event that its words evoke.
    pub event: Option<i64>,
    /// The quadrant of an event whose words begin here.
    pub sign: Option<QuadClass>,
    /// Why it was left out; with the last piece of what was.
    pub reason: Option<&'static str>,
    /// Its first code point, where something begins that other pages lead to.
    pub anchor: Option<u32>,
}

/// Hints of one piece.
const HINTS: usize = 4;

#[derive(Clone, Copy)]
enum Mark<'m> {
    Sentence,
    Trigger(&'m EventMark),
    Number,
    Actor(&'m ActorMark),
    Content(&'m StatementMark),
    Shared(i64),
    Removed(&'static str),
}

/// The pieces of the first bytes of a text, as many as may be.
pub(crate) fn pieces(
    report: &ReportDetail,
    marks: &ReportMarks,
    lineage: &[LineageRow],
    max_bytes: u32,
) -> Vec<Piece> {
    let text = &report.text;
    let mut end = text.len().min(max_bytes as usize);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let end = end as u32;
    let points = CodePoints::new(text);
    let mut all = marks_of(report, marks, lineage, &points);
    // A span that is none of this text is left out, whoever wrote it into the record.
    all.retain(|(span, _)| span.start < span.end && span.slice(text).is_some());
    all.sort_by_key(|(span, _)| (span.start, span.end));
    let mut cuts: BTreeSet<u32> = [0, end].into();
    cuts.extend(all.iter().flat_map(|(span, _)| [span.start, span.end]).filter(|&at| at < end));
    let cuts: Vec<u32> = cuts.into_iter().collect();
    let mut waiting = all.into_iter().peekable();
    let mut open: Vec<(ByteSpan, Mark)> = Vec::new();
    let mut pieces = Vec::new();
    for (&from, &to) in cuts.iter().zip(cuts.iter().skip(1)) {
        open.retain(|(span, _)| span.end > from);
        while let Some(mark) = waiting.next_if(|(span, _)| span.start <= from) {
            open.push(mark);
        }
        let mut piece = Piece { span: ByteSpan { start: from, end: to }, ..Piece::default() };
        if open.iter().any(|(span, _)| span.start == from) {
            piece.anchor = Some(points.to_chars(ByteSpan { start: from, end: from }).start);
        }
        open.iter().for_each(|(span, mark)| piece.take(*span, mark));
        piece.hints.dedup();
        pieces.push(piece);
    }
    pieces
}

fn marks_of<'m>(
    report: &'m ReportDetail,
    marks: &'m ReportMarks,
    lineage: &[LineageRow],
    points: &CodePoints,
) -> Vec<(ByteSpan, Mark<'m>)> {
    let mut all: Vec<(ByteSpan, Mark)> = Vec::new();
    for event in &marks.events {
        all.extend([(event.sentence, Mark::Sentence), (event.trigger, Mark::Trigger(event))]);
        all.extend(event.numbers.iter().map(|&span| (span, Mark::Number)));
    }
    all.extend(marks.actors.iter().map(|actor| (actor.span, Mark::Actor(actor))));
    for statement in &marks.statements {
        all.extend(statement.content.iter().map(|&span| (span, Mark::Content(statement))));
    }
    for shared in lineage {
        let spans = shared.passages.iter().filter_map(|passage| {
            points.to_bytes(CharSpan { start: passage.here.start, end: passage.here.end })
        });
        all.extend(spans.map(|span| (span, Mark::Shared(shared.other))));
    }
    all.extend(report.layout.removed.iter().map(|part| (part.span, Mark::Removed(part.reason.as_str()))));
    all
}

impl Piece {
    /// Takes on a mark that covers it.
    fn take(&mut self, span: ByteSpan, mark: &Mark) {
        match mark {
            Mark::Sentence => self.class("sentence"),
            Mark::Number => self.class("number-read"),
            Mark::Trigger(event) => {
                self.class("event");
                self.hint(|| format!("{}, e{}", event.kind, event.event));
                // Words that evoke two events lead to the first, and have its colour.
                if self.event.is_none() {
                    self.event = Some(event.event);
                    self.class(quad_class(event.kind.quad()));
                    self.sign = (span.start == self.span.start).then(|| event.kind.quad());
                }
            }
            Mark::Actor(actor) => {
                self.class("actor");
                self.hint(|| {
                    let code = dateline_rows::code_of(&actor.party);
                    format!("{} {code}", cut(&actor.party.name, 60)).trim_end().to_owned()
                });
            }
            Mark::Content(statement) => {
                self.class("content");
                let speaker = statement.speaker.as_ref();
                self.hint(|| {
                    let speaker = speaker.map_or("somebody".to_owned(), |speaker| cut(&speaker.name, 60));
                    format!("said by {speaker}")
                });
            }
            Mark::Shared(other) => {
                self.class("shared");
                self.hint(|| format!("also in r{other}"));
            }
            Mark::Removed(reason) => {
                self.class("removed");
                self.reason = (span.end == self.span.end).then_some(*reason);
            }
        }
    }

    fn class(&mut self, class: &'static str) {
        if !self.classes.contains(&class) {
            self.classes.push(class);
        }
    }

    fn hint(&mut self, hint: impl FnOnce() -> String) {
        if self.hints.len() < HINTS {
            self.hints.push(hint());
        }
    }
}
