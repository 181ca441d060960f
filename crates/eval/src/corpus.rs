//! Reads the example reports of `corpus/`: short texts with marked words.
//!
//! In:  a file of reports, each begun by a line of `---` with its keys.
//! Out: [`MarkedReport`]s: the text without marks, and each mark as bytes of that text.
//!
//! ```text
//! --- outlet: Harbour Post  published: 2022-04-18
//! # a strike with the source at the end
//! [actor:Two drones] hit the depot at [place:Marenko], [source:the mayor] said.
//! = ASSAULT/drone
//! ```

use dateline_plover::{AuxiliaryMode, EventType, Mode};
use dateline_text::{ByteSpan, labels};

/// A report of the corpus.
#[derive(Clone, Debug)]
pub struct MarkedReport {
    /// Unique in its file, where it is given.
    pub id: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published, as written.
    pub published: Option<String>,
    /// What the report is there to exercise.
    pub exercises: String,
    /// Its text, without marks; a blank line parts paragraphs.
    pub text: String,
    /// The marked words, in the order of their opening brackets.
    pub marks: Vec<Mark>,
    /// The events that it tells.
    pub events: Vec<ExpectedEvent>,
    /// The line of its `---`, from 1.
    pub line: usize,
}

/// Marked words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What they are.
    pub label: MarkLabel,
    /// Where they stand in [`MarkedReport::text`].
    pub span: ByteSpan,
}

labels! {
    /// What marked words are.
    pub enum MarkLabel as "label of the corpus" {
        Actor = "actor",
        Recipient = "recipient",
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

/// An event that a report tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedEvent {
    /// Its type.
    pub event: EventType,
    /// Its mode, where the report tells one.
    pub mode: Option<Mode>,
    /// Whether it did not happen, or not yet.
    pub aux: Option<AuxiliaryMode>,
}

/// What is wrong with a file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct CorpusError {
    /// The line, from 1.
    pub line: usize,
    /// What was found and what would be right.
    pub message: String,
}

/// Reads all reports of a file.
pub fn read_marked_reports(file: &str) -> Result<Vec<MarkedReport>, CorpusError> {
    let mut reports: Vec<MarkedReport> = Vec::new();
    let mut body: Vec<(usize, &str)> = Vec::new();
    for (number, line) in file.lines().enumerate() {
        let number = number + 1;
        let error = |message: String| CorpusError { line: number, message };
        if let Some(keys) = line.strip_prefix("---") {
            finish(&mut reports, &mut body)?;
            reports.push(read_header(keys, number)?);
            continue;
        }
        let Some(report) = reports.last_mut() else {
            if line.trim().is_empty() {
                continue;
            }
            return Err(error(format!("`{line}` stands before the first `---`")));
        };
        if let Some(exercises) = line.strip_prefix('#') {
            if !report.exercises.is_empty() {
                return Err(error("the report has a `#` line already".to_owned()));
            }
            report.exercises = exercises.trim().to_owned();
        } else if let Some(event) = line.strip_prefix('=') {
            if event.trim() != "none" {
                report.events.push(read_event(event).map_err(error)?);
            }
        } else {
            body.push((number, line));
        }
    }
    finish(&mut reports, &mut body)?;
    Ok(reports)
}

fn read_header(keys: &str, line: usize) -> Result<MarkedReport, CorpusError> {
    let mut report = MarkedReport {
        id: None,
        outlet: None,
        title: None,
        published: None,
        exercises: String::new(),
        text: String::new(),
        marks: Vec::new(),
        events: Vec::new(),
        line,
    };
    for pair in keys.split("  ").map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(':').unwrap_or((pair, ""));
        let place = match key {
            "id" => &mut report.id,
            "outlet" => &mut report.outlet,
            "title" => &mut report.title,
            "published" => &mut report.published,
            _ => {
                let message = format!("`{key}` is not a key (id, outlet, title, published)");
                return Err(CorpusError { line, message });
            }
        };
        *place = Some(value.trim().to_owned());
    }
    Ok(report)
}

fn read_event(event: &str) -> Result<ExpectedEvent, String> {
    let mut words = event.split_whitespace();
    let code = words.next().unwrap_or_default();
    let (event, mode) = match code.split_once('/') {
        Some((event, mode)) => (event, Some(mode)),
        None => (code, None),
    };
    let event: EventType =
        event.parse().map_err(|unknown: dateline_text::UnknownLabel| unknown.to_string())?;
    let mode = mode.map(|mode| mode.parse::<Mode>().map_err(|unknown| unknown.to_string())).transpose()?;
    if let Some(mode) = mode
        && !event.modes().iter().any(|(known, _)| *known == mode)
    {
        return Err(format!("`{mode}` is not a mode of {event}"));
    }
    let aux = words
        .next()
        .map(|aux| aux.parse::<AuxiliaryMode>().map_err(|unknown| unknown.to_string()))
        .transpose()?;
    Ok(ExpectedEvent { event, mode, aux })
}

/// Puts the lines read since the last `---` into their report.
fn finish(reports: &mut [MarkedReport], body: &mut Vec<(usize, &str)>) -> Result<(), CorpusError> {
    let lines = std::mem::take(body);
    let Some(report) = reports.last_mut() else { return Ok(()) };
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut paragraph_ended = false;
    for (number, line) in lines {
        let fail = |message: String| Err(CorpusError { line: number, message });
        if line.trim().is_empty() {
            paragraph_ended = true;
            continue;
        }
        if !report.text.is_empty() {
            report.text.push_str(if paragraph_ended { "\n\n" } else { " " });
        }
        paragraph_ended = false;
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\\' if rest.starts_with(['[', ']']) => {
                    report.text.push_str(&rest[..1]);
                    rest = &rest[1..];
                }
                '[' => {
                    let Some((label, words)) = rest.split_once(':') else {
                        return fail(
                            "`[` without a label; a bracket that is text is written `\\[`".to_owned(),
                        );
                    };
                    let label: MarkLabel = match label.parse() {
                        Ok(label) => label,
                        Err(unknown) => return fail(unknown.to_string()),
                    };
                    open.push((report.marks.len(), report.text.len()));
                    report.marks.push(Mark { label, span: ByteSpan::default() });
                    rest = words;
                }
                ']' => match open.pop() {
                    Some((mark, start)) => {
                        report.marks[mark].span = ByteSpan::new(start, report.text.len());
                    }
                    None => return fail("`]` without its `[`".to_owned()),
                },
                c => report.text.push(c),
            }
        }
    }
    let fail = |message: &str| Err(CorpusError { line: report.line, message: message.to_owned() });
    if !open.is_empty() {
        return fail("a `[` of this report is never closed");
    }
    if report.exercises.is_empty() {
        return fail("the report has no `#` line that says what it exercises");
    }
    if report.text.is_empty() {
        return fail("the report has no text");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn marks_slice_to_their_words() {
        let reports = read_marked_reports(
            "--- outlet: Harbour Post  published: 2022-04-18\n# nested marks\n[content:[actor:Two drönes] hit Marenko],\n[source:she] said \\[sic\\].\n\nNo more.\n= ASSAULT/drone negation\n--- outlet: Valley Wire\n# nothing\nQuiet.\n= none\n",
        )
        .expect("well formed");
        let [first, second] = reports.as_slice() else { panic!("two reports, not {reports:?}") };
        assert_eq!(first.text, "Two drönes hit Marenko, she said [sic].\n\nNo more.");
        let marks: Vec<(MarkLabel, &str)> =
            first.marks.iter().map(|mark| (mark.label, mark.span.of(&first.text))).collect();
        assert_eq!(
            marks,
            [
                (MarkLabel::Content, "Two drönes hit Marenko"),
                (MarkLabel::Actor, "Two drönes"),
                (MarkLabel::Source, "she"),
            ]
        );
        assert_eq!(first.published.as_deref(), Some("2022-04-18"));
        assert_eq!(first.events[0].aux, Some(AuxiliaryMode::Negation));
        assert_eq!((second.line, second.events.len()), (8, 0));
    }

    #[test]
    fn errors_say_where_and_what() {
        for (file, expected) in [
            ("Text.", "line 1: `Text.` stands before the first `---`"),
            ("--- date: 2022", "line 1: `date` is not a key (id, outlet, title, published)"),
            ("---\n# x\n[who:She] left.", "line 3: `who` is not a label of the corpus"),
            ("---\n# x\nShe] left.", "line 3: `]` without its `[`"),
            ("---\n# x\n[actor:She left.", "line 1: a `[` of this report is never closed"),
            ("---\nShe left.", "line 1: the report has no `#` line that says what it exercises"),
            ("---\n# x\nShe left.\n= ASSAULT/demo", "line 4: `demo` is not a mode of ASSAULT"),
            ("---\n# x\nShe left.\n= FIGHT", "line 4: `FIGHT` is not a PLOVER event type"),
        ] {
            assert_eq!(read_marked_reports(file).expect_err(file).to_string(), expected, "{file}");
        }
    }

    #[test]
    fn every_file_of_the_corpus_is_well_formed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        let mut ids = BTreeSet::new();
        let mut types = BTreeSet::new();
        for entry in std::fs::read_dir(folder).expect("the corpus is there") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "reports") {
                continue;
            }
            let file = std::fs::read_to_string(&path).expect("UTF-8");
            for report in
                read_marked_reports(&file).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            {
                let id = report.id.expect("every report of the corpus has an id");
                assert!(ids.insert(id.clone()), "{id} occurs twice");
                let day = report.published.expect("every report of the corpus has a day");
                assert!(day.parse::<jiff::civil::Date>().is_ok(), "{id}: `{day}` is not a day");
                types.extend(report.events.iter().map(|expected| expected.event));
            }
        }
        assert!(ids.len() >= 30, "{} reports", ids.len());
        let missing: Vec<&EventType> = EventType::ALL.iter().filter(|event| !types.contains(event)).collect();
        assert!(missing.is_empty(), "no report tells {missing:?}");
    }
}
