//! Words in brackets: `[actor:Two drones] [trigger:hit] [recipient,actor2:the depot]`.

use super::{CorpusError, MarkedText};
use dateline_text::{ByteSpan, labels};

/// Marked words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What they are.
    pub label: MarkLabel,
    /// In which event, from 0; `actor2` is the actor of event 1.
    pub event: usize,
    /// Where they stand in [`MarkedText::text`].
    pub span: ByteSpan,
}

labels! {
    /// What marked words are.
    pub enum MarkLabel as "label of the corpus" {
        Actor = "actor",
        Recipient = "recipient",
        /// What is acted on where it is no party: a bridge, an accord, a decision.
        Object = "object",
        Trigger = "trigger",
        Place = "place",
        Time = "time",
        Source = "source",
        Cue = "cue",
        Content = "content",
        /// Wording taken from another report.
        Shared = "shared",
    }
}

impl MarkLabel {
    /// Whether it says what the words are in an event.
    pub fn is_of_event(self) -> bool {
        matches!(
            self,
            MarkLabel::Actor
                | MarkLabel::Recipient
                | MarkLabel::Object
                | MarkLabel::Trigger
                | MarkLabel::Place
                | MarkLabel::Time
        )
    }
}

/// Reads the lines of a text and its marks. A blank line parts paragraphs; a line break is a space.
pub(super) fn read(lines: &[(usize, &str)], out: &mut MarkedText) -> Result<(), CorpusError> {
    // For each open bracket its marks, and where its words begin.
    let mut open: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
    let mut paragraph_ended = false;
    for &(line_number, line) in lines {
        let fail = |message: String| Err(CorpusError { line: line_number, message });
        if line.trim().is_empty() {
            paragraph_ended = true;
            continue;
        }
        if !out.text.is_empty() {
            out.text.push_str(if paragraph_ended { "\n\n" } else { " " });
        }
        paragraph_ended = false;
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\\' if rest.starts_with(['[', ']']) => {
                    out.text.push_str(&rest[..1]);
                    rest = &rest[1..];
                }
                '[' => {
                    let Some((labels, words)) = rest.split_once(':') else {
                        return fail(
                            "`[` without a label; a bracket that is text is written `\\[`".to_owned(),
                        );
                    };
                    let first = out.marks.len();
                    for label in labels.split(',') {
                        let (label, event) = match read_label(label) {
                            Ok(read) => read,
                            Err(message) => return fail(message),
                        };
                        out.marks.push(Mark { label, event, span: ByteSpan::default() });
                    }
                    open.push((first..out.marks.len(), out.text.len()));
                    rest = words;
                }
                ']' => {
                    let Some((marks, start)) = open.pop() else {
                        return fail("`]` without its `[`".to_owned());
                    };
                    let words = &out.text[start..];
                    if words.trim() != words || words.is_empty() {
                        return fail(format!("the mark `{words}` begins or ends in a space, or is empty"));
                    }
                    out.marks[marks]
                        .iter_mut()
                        .for_each(|mark| mark.span = ByteSpan::new(start, out.text.len()));
                }
                c => out.text.push(c),
            }
        }
    }
    match open.is_empty() {
        true => Ok(()),
        false => Err(CorpusError { line: out.line, message: "a `[` is never closed".to_owned() }),
    }
}

/// `actor2` is the actor of the second event.
fn read_label(label: &str) -> Result<(MarkLabel, usize), String> {
    let name = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let known: MarkLabel = name.parse().map_err(|_| format!("`{label}` is not a label of the corpus"))?;
    match label[name.len()..].parse::<usize>() {
        Ok(number) if number > 0 && known.is_of_event() => Ok((known, number - 1)),
        Err(_) if name.len() == label.len() => Ok((known, 0)),
        _ => Err(format!("`{label}` is not a label of the corpus")),
    }
}
