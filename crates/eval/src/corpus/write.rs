//! Writes sentences in the format of `corpus/`, so that [`read_marked_sentences`](super::read_marked_sentences) reads
//! them back.
//!
//! In:  [`MarkedText`]s of one line each, in any order of days.
//! Out: the file, and how many could not be written: marks that cross, words that the format takes for something else.

use super::{COUNTED, ExpectedDate, ExpectedEvent, Mark, MarkedText, read_marked_sentences};
use std::fmt::Write;

/// The sentences as a file, and how many it cannot hold.
pub fn write_marked_sentences(texts: &[MarkedText]) -> (String, usize) {
    let mut file = String::new();
    let mut n_left = 0;
    let mut day = None;
    for text in texts {
        let Some(written) = write_one(text) else {
            n_left += 1;
            continue;
        };
        if day != Some(text.published) {
            day = Some(text.published);
            let published = text.published.map_or(String::new(), |day| format!(" published: {day}"));
            _ = writeln!(file, "---{published}");
        }
        _ = writeln!(file, "{written}");
    }
    (file, n_left)
}

/// A sentence with its marks and events, where it reads back as it is.
fn write_one(text: &MarkedText) -> Option<String> {
    let mut written = String::new();
    if !text.note.is_empty() {
        _ = writeln!(written, "# {}", text.note);
    }
    _ = writeln!(written, "{}", with_marks(text)?);
    for event in &text.events {
        _ = writeln!(written, "{}", event_line(event));
    }
    if text.events.is_empty() {
        written.push_str("= none\n");
    }
    let published = text.published.map_or(String::new(), |day| format!(" published: {day}"));
    let read = read_marked_sentences(&format!("---{published}\n{written}")).ok()?;
    let [read] = read.as_slice() else { return None };
    let sorted = |text: &MarkedText| {
        let mut marks: Vec<String> = text.marks.iter().map(|mark| format!("{mark:?}")).collect();
        marks.sort();
        marks
    };
    let is_same = read.text == text.text && read.events == text.events && sorted(read) == sorted(text);
    is_same.then_some(written)
}

/// The text with its marks in brackets; nothing where two of them cross.
fn with_marks(text: &MarkedText) -> Option<String> {
    // Outer marks open first; those of the same words share a bracket.
    let mut marks: Vec<&Mark> = text.marks.iter().collect();
    marks.sort_by_key(|mark| {
        (mark.span.start, std::cmp::Reverse(mark.span.end), mark.event, mark.label as u8)
    });
    let groups: Vec<&[&Mark]> = marks.chunk_by(|a, b| a.span == b.span).collect();
    let mut written = String::new();
    let mut open: Vec<u32> = Vec::new();
    let mut next = groups.iter().peekable();
    for (at, c) in
        text.text.char_indices().map(|(at, c)| (at as u32, c)).chain([(text.text.len() as u32, '\n')])
    {
        while open.last() == Some(&at) {
            open.pop();
            written.push(']');
        }
        while let Some(group) = next.next_if(|group| group[0].span.start == at) {
            if open.last().is_some_and(|&end| end < group[0].span.end) || group[0].span.end <= at {
                return None;
            }
            open.push(group[0].span.end);
            let labels: Vec<String> = group.iter().map(|mark| label(mark)).collect();
            _ = write!(written, "[{}:", labels.join(","));
        }
        match c {
            '\n' if at as usize == text.text.len() => {}
            '[' | ']' => written.extend(['\\', c]),
            c => written.push(c),
        }
    }
    (open.is_empty() && next.peek().is_none()).then_some(written)
}

/// `actor` of the first event, `actor2` of the second.
fn label(mark: &Mark) -> String {
    if mark.event == 0 { mark.label.to_string() } else { format!("{}{}", mark.label, mark.event + 1) }
}

fn event_line(event: &ExpectedEvent) -> String {
    let mut line = format!("= {event}");
    if !event.contexts.is_empty() {
        let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
        _ = write!(line, "  context: {}", contexts.join(", "));
    }
    match event.date {
        None => {}
        Some(ExpectedDate::Unknown) => line.push_str("  date: unknown"),
        Some(ExpectedDate::Days(from, to)) if from == to => _ = write!(line, "  date: {from}"),
        Some(ExpectedDate::Days(from, to)) => _ = write!(line, "  date: {from}..{to}"),
    }
    for (name, kind) in COUNTED {
        for (_, count) in event.sizes.iter().filter(|(known, _)| *known == kind) {
            _ = write!(line, "  {name}: {count}");
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::MarkLabel;
    use dateline_text::ByteSpan;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let file = "--- published: 1998-11-03\n\
            [content:[actor:Police] [trigger:held] [recipient,actor2:six students] who [trigger2:blocked] \\[sic\\] a road [time:on Sunday]], [source:she] [cue:said].\n\
            = COERCE/arrest  context: repression, legal  date: 1998-11-01..1998-11-02  arrested: 6\n\
            = PROTEST/obstruct negation  date: unknown\n\n\
            Rain fell.\n= none\n\n\
            --- published: 1998-11-04\n\
            [actor:It] [trigger:left].\n= RETREAT/withdraw  date: 1998-11-04\n\n";
        let texts = read_marked_sentences(file).expect("well formed");
        let (written, n_left) = write_marked_sentences(&texts);
        assert_eq!(n_left, 0);
        assert_eq!(written, file);
    }

    #[test]
    fn what_would_read_otherwise_is_left() {
        let mark = |start, end| Mark { label: MarkLabel::Actor, event: 0, span: ByteSpan { start, end } };
        let text = |text: &str, marks: Vec<Mark>| MarkedText {
            text: text.to_owned(),
            marks,
            ..MarkedText::default()
        };
        for (text, expected) in [
            (text("Two drones hit.", vec![mark(0, 10)]), 0),
            (text("Two drones hit.", vec![mark(0, 10), mark(4, 14)]), 1),
            (text("Two drones hit.", vec![mark(3, 10)]), 1),
            (text("Two drones hit.", vec![mark(4, 40)]), 1),
            (text("# Two drones hit.", vec![]), 1),
            (text("= none", vec![]), 1),
            (text("--- Two", vec![]), 1),
            (text("Two\ndrones", vec![]), 1),
        ] {
            assert_eq!(write_marked_sentences(std::slice::from_ref(&text)).1, expected, "{text:?}");
        }
    }
}
