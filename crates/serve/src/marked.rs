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
use dateline_record::{
    ActorMark, EventMark, LineageRow, PlaceMark, ReportDetail, ReportMarks, StatementMark, TimeMark,
};
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
    Source,
    Cue,
    Place(&'m PlaceMark),
    Time(&'m TimeMark),
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
        all.extend(statement.source.iter().map(|&span| (span, Mark::Source)));
        all.extend(statement.cue.iter().map(|&span| (span, Mark::Cue)));
    }
    all.extend(marks.places.iter().map(|place| (place.span, Mark::Place(place))));
    all.extend(marks.times.iter().map(|time| (time.span, Mark::Time(time))));
    for shared in lineage {
        let spans = shared.passages.iter().filter_map(|passage| {
            points.to_bytes(CharSpan { start: passage.here.start, end: passage.here.end })
        });
        all.extend(spans.map(|span| (span, Mark::Shared(shared.other))));
    }
    all.extend(left_out(report).into_iter().map(|(span, reason)| (span, Mark::Removed(reason))));
    all
}

/// What was left out; neighbours left out for the same reason are one. Ten thousand of them take a browser ten seconds.
fn left_out(report: &ReportDetail) -> Vec<(ByteSpan, &'static str)> {
    let mut parts: Vec<(ByteSpan, &'static str)> = Vec::new();
    for part in report.layout.removed.iter().filter(|part| part.span.slice(&report.text).is_some()) {
        let reason = part.reason.as_str();
        let is_blank = |start| {
            let between = ByteSpan { start, end: part.span.start };
            between.slice(&report.text).is_some_and(|words| words.trim().is_empty())
        };
        match parts.last_mut() {
            Some((last, same)) if *same == reason && is_blank(last.end) => last.end = part.span.end,
            _ => parts.push((part.span, reason)),
        }
    }
    parts
}

/// The first code points of what is marked from there on: places that other pages lead to.
pub(crate) fn places_after(
    report: &ReportDetail,
    marks: &ReportMarks,
    lineage: &[LineageRow],
    start: u32,
) -> BTreeSet<u32> {
    let points = CodePoints::new(&report.text);
    let all = marks_of(report, marks, lineage, &points);
    let all = all.iter().filter(|(span, _)| span.start >= start && span.slice(&report.text).is_some());
    all.map(|(span, _)| points.to_chars(*span).start).collect()
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
                    // The sign of the quadrant stands before its first words.
                    if span.start == self.span.start {
                        self.class("begins");
                    }
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
            Mark::Source => self.class("said-by"),
            Mark::Cue => self.class("cue"),
            Mark::Place(place) => {
                self.class("place");
                self.hint(|| {
                    let country = place.place.place.country.map(|country| country.to_string());
                    format!("{} {}", cut(&place.place.place.name, 60), country.unwrap_or_default())
                        .trim_end()
                        .to_owned()
                });
            }
            Mark::Time(time) => {
                self.class("time");
                if let Some(days) = time.days {
                    self.hint(|| dateline_brief::days(days));
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_clean::{Reason, Removed};
    use dateline_record::{Layout, ReportRow};

    const TEXT: &str = "Menu\n\nThe ministry said “two drones” hit the depot.";

    fn report() -> ReportDetail {
        let row = ReportRow {
            id: 1,
            name: "r".to_owned(),
            url: None,
            outlet: None,
            title: None,
            byline: None,
            published: None,
            day: None,
            language: None,
            version: 1,
            replaces: None,
            counted_as: 1,
            agency: None,
            uncoded: None,
            input: "r.txt".to_owned(),
            n_events: 1,
            n_statements: 1,
        };
        let layout = Layout {
            paragraphs: vec![span("The ministry said “two drones” hit the depot.")],
            removed: vec![Removed { span: span("Menu"), reason: Reason::Menu }],
        };
        ReportDetail {
            row,
            text: TEXT.to_owned(),
            layout,
            corrections: Vec::new(),
            html: None,
            extra: None,
            events: vec![7],
            statements: vec![3],
        }
    }

    fn span(words: &str) -> ByteSpan {
        let start = TEXT.find(words).expect("words of the text");
        ByteSpan::new(start, start + words.len())
    }

    fn marks() -> ReportMarks {
        let event = EventMark {
            event: 7,
            kind: dateline_plover::EventType::Assault,
            modes: Vec::new(),
            status: dateline_link::Status::Reported,
            sentence: span("The ministry said “two drones” hit the depot."),
            trigger: span("hit"),
            numbers: vec![span("two")],
        };
        let content = vec![span("two drones” hit the depot")];
        let (source, cue) = (vec![span("The ministry")], vec![span("said")]);
        let kind = dateline_attribute::StatementKind::Indirect;
        let statement = StatementMark { statement: 3, kind, speaker: None, content, source, cue };
        ReportMarks { events: vec![event], statements: vec![statement], ..ReportMarks::default() }
    }

    #[test]
    fn pieces_are_the_text_and_carry_what_covers_them() {
        let report = report();
        let shown: Vec<String> = pieces(&report, &marks(), &[], u32::MAX)
            .iter()
            .map(|piece| {
                let words = piece.span.slice(TEXT).expect("words");
                let event = piece.event.map_or(String::new(), |event| format!(" e{event}"));
                let anchor = piece.anchor.map_or(String::new(), |anchor| format!(" #{anchor}"));
                let reason = piece.reason.map_or(String::new(), |reason| format!(" ({reason})"));
                format!("{words:?} {}{event}{anchor}{reason}", piece.classes.join("+")).trim_end().to_owned()
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        "Menu" removed #0 (menu)
        "\n\n"
        "The ministry" said-by+sentence #6
        " " sentence
        "said" sentence+cue #19
        " “" sentence
        "two" sentence+number-read+content #25
        " drones” " sentence+content
        "hit" sentence+content+event+q4+begins e7 #37
        " the depot" sentence+content
        "." sentence
        "#);
        let whole: String = pieces(&report, &marks(), &[], u32::MAX)
            .iter()
            .filter_map(|piece| piece.span.slice(TEXT))
            .collect();
        assert_eq!(whole, TEXT);
    }

    #[test]
    fn neighbours_left_out_for_one_reason_are_one() {
        let mut report = report();
        let part = |words, reason| Removed { span: span(words), reason };
        report.layout.removed =
            vec![part("Menu", Reason::Menu), part("The", Reason::Menu), part("ministry", Reason::Appeal)];
        let left_out: Vec<_> = left_out(&report)
            .iter()
            .map(|(span, reason)| (span.slice(TEXT).expect("words"), *reason))
            .collect();
        assert_eq!(left_out, [("Menu\n\nThe", "menu"), ("ministry", "appeal")]);
    }

    #[test]
    fn places_beyond_a_cut_are_known() {
        let quotation = TEXT.find('“').expect("a mark") as u32;
        let report = report();
        let pieces = pieces(&report, &marks(), &[], quotation);
        let within: Vec<u32> = pieces.iter().filter_map(|piece| piece.anchor).collect();
        let beyond: Vec<u32> = places_after(&report, &marks(), &[], quotation).into_iter().collect();
        assert_eq!((within, beyond), (vec![0, 6, 19], vec![25, 37]));
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_wrong_spans_are_left_out() {
        let report = report();
        let mut marks = marks();
        marks.events[0].trigger = ByteSpan { start: 5, end: 9_999 };
        marks.events[0].numbers = vec![ByteSpan { start: 25, end: 26 }];
        let quotation = TEXT.find('“').expect("a mark") as u32;
        for (max_bytes, expected) in
            [(0, 0), (3, 3), (quotation + 1, quotation), (quotation + 3, quotation + 3)]
        {
            let pieces = pieces(&report, &marks, &[], max_bytes);
            let n_bytes: u32 = pieces.iter().map(|piece| piece.span.end - piece.span.start).sum();
            assert_eq!(n_bytes, expected, "{max_bytes}");
        }
    }
}
