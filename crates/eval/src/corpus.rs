//! Reads the marked sentences and reports of `corpus/`.
//!
//! In:  a file of sentences (`.sentences`) or of reports (`.reports`); `corpus/README.md` tells the format.
//! Out: [`MarkedText`]s: the text without marks, each mark as bytes of that text, and the events that it tells.
//!
//! ```text
//! --- outlet: Harbour Post  published: 2022-04-18
//! # a strike with the source at the end
//! [actor:Two drones] [trigger:hit] the depot at [place:Marenko] [time:on Sunday], [source:the mayor] said.
//! = ASSAULT/drone  context: military  date: 2022-04-17
//! ```

mod expected;
mod marks;
mod write;

pub use expected::{ExpectedDate, ExpectedEvent};
pub use marks::{Mark, MarkLabel};
pub use write::write_marked_sentences;

use crate::EvalError;
use dateline_plover::SizeKind;
use dateline_text::ByteSpan;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A sentence or a report of the corpus.
#[derive(Clone, Debug, Default)]
pub struct MarkedText {
    /// Unique in its file, where it is given.
    pub id: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// What it is there to exercise, or why it is marked so. Each report says it; sentences where they are hard.
    pub note: String,
    /// Its text, without marks; a blank line parts paragraphs.
    pub text: String,
    /// The marked words, in the order of their opening brackets.
    pub marks: Vec<Mark>,
    /// The events that it tells.
    pub events: Vec<ExpectedEvent>,
    /// The line where it begins, from 1.
    pub line: usize,
}

impl MarkedText {
    /// The words with this label in an event, numbered from 0.
    pub fn spans(&self, label: MarkLabel, event: usize) -> impl Iterator<Item = ByteSpan> {
        self.marks.iter().filter(move |mark| mark.label == label && mark.event == event).map(|mark| mark.span)
    }
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

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Each `---` begins a report; a blank line parts its paragraphs.
    Reports,
    /// Each `---` gives the day of the sentences that follow; a blank line parts them.
    Sentences,
}

/// Reads all reports of a file.
pub fn read_marked_reports(file: &str) -> Result<Vec<MarkedText>, CorpusError> {
    read(file, Layout::Reports)
}

/// Reads all sentences of a file. Every event of theirs has a trigger and a date, be it `unknown`.
pub fn read_marked_sentences(file: &str) -> Result<Vec<MarkedText>, CorpusError> {
    read(file, Layout::Sentences)
}

/// Reads files of the corpus, and all of those in folders, in the order of their names.
pub fn read_corpus(paths: &[PathBuf]) -> Result<Vec<MarkedText>, EvalError> {
    let mut texts = Vec::new();
    for path in paths {
        for (path, layout) in files(path)? {
            let file =
                std::fs::read_to_string(&path).map_err(|error| EvalError::file(&path, error.to_string()))?;
            let read = read(&file, layout);
            texts.extend(read.map_err(|error| EvalError::file(&path, error.to_string()))?);
        }
    }
    Ok(texts)
}

/// The files of the corpus that a path stands for.
fn files(path: &Path) -> Result<Vec<(PathBuf, Layout)>, EvalError> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = entries.map_err(|error| EvalError::file(path, error.to_string()))?;
        entries.sort_by_key(std::fs::DirEntry::path);
        let mut found = Vec::new();
        for path in entries.into_iter().map(|entry| entry.path()) {
            if path.is_dir() || layout_of(&path).is_some() {
                found.extend(files(&path)?);
            }
        }
        return Ok(found);
    }
    match layout_of(path) {
        Some(layout) => Ok(vec![(path.to_owned(), layout)]),
        None => {
            Err(EvalError::file(path, "the name of a file of the corpus ends in `.sentences` or `.reports`"))
        }
    }
}

fn layout_of(path: &Path) -> Option<Layout> {
    match path.extension()?.to_str()? {
        "sentences" => Some(Layout::Sentences),
        "reports" => Some(Layout::Reports),
        _ => None,
    }
}

/// The lines of a sentence or report that are read so far.
#[derive(Default)]
struct Block<'f> {
    /// What the `---` above says.
    header: Option<MarkedText>,
    note: Option<&'f str>,
    body: Vec<(usize, &'f str)>,
    events: Vec<(usize, &'f str)>,
}

fn read(file: &str, layout: Layout) -> Result<Vec<MarkedText>, CorpusError> {
    let mut texts = Vec::new();
    let mut block = Block::default();
    for (number, line) in file.lines().enumerate() {
        let number = number + 1;
        let error = |message: String| CorpusError { line: number, message };
        if let Some(keys) = line.strip_prefix("---") {
            block.finish(layout, &mut texts)?;
            block.header = Some(read_header(keys, number)?);
            continue;
        }
        let blank = line.trim().is_empty();
        if blank && layout == Layout::Sentences {
            block.finish(layout, &mut texts)?;
            continue;
        }
        if block.header.is_none() {
            // The first lines may say what the file is.
            if blank || line.starts_with('#') {
                continue;
            }
            return Err(error(format!("`{line}` stands before the first `---`")));
        }
        if let Some(note) = line.strip_prefix('#') {
            if block.note.replace(note.trim()).is_some() {
                return Err(error("there is a `#` line already".to_owned()));
            }
        } else if let Some(event) = line.strip_prefix('=') {
            block.events.push((number, event));
        } else {
            block.body.push((number, line));
        }
    }
    block.finish(layout, &mut texts)?;
    Ok(texts)
}

impl Block<'_> {
    /// Makes a text of the lines and forgets them; the day of sentences stays.
    fn finish(&mut self, layout: Layout, texts: &mut Vec<MarkedText>) -> Result<(), CorpusError> {
        let (body, events) = (std::mem::take(&mut self.body), std::mem::take(&mut self.events));
        let note = self.note.take();
        let Some(header) = &self.header else { return Ok(()) };
        let mut text = header.clone();
        let has_words = body.iter().any(|(_, line)| !line.trim().is_empty());
        match layout {
            Layout::Reports => self.header = None,
            Layout::Sentences if !has_words && events.is_empty() && note.is_none() => return Ok(()),
            Layout::Sentences => {
                text.line = body.first().or(events.first()).map_or(text.line, |(line, _)| *line);
            }
        }
        let fail = |line, message: String| Err(CorpusError { line, message });
        if !has_words {
            return fail(text.line, "there is no text".to_owned());
        }
        if layout == Layout::Reports && note.is_none() {
            return fail(text.line, "the report has no `#` line that says what it exercises".to_owned());
        }
        if events.is_empty() {
            return fail(text.line, "there is no `=` line; `= none` says that no event is told".to_owned());
        }
        text.note = note.unwrap_or_default().to_owned();
        marks::read(&body, &mut text)?;
        for &(line, event) in &events {
            if event.trim() != "none" {
                let event = ExpectedEvent::read(event).map_err(|message| CorpusError { line, message })?;
                text.events.push(event);
            } else if events.len() > 1 {
                return fail(line, "`none` stands beside events".to_owned());
            }
        }
        check(&text, layout).map_err(|message| CorpusError { line: text.line, message })?;
        texts.push(text);
        Ok(())
    }
}

/// Whether marks and events belong together.
fn check(text: &MarkedText, layout: Layout) -> Result<(), String> {
    for mark in &text.marks {
        if mark.label.is_of_event() && mark.event > 0 && mark.event >= text.events.len() {
            return Err(format!("`{}{}` is marked, but there is no such event", mark.label, mark.event + 1));
        }
    }
    if layout == Layout::Reports && text.events.iter().all(|event| event.date.is_none()) {
        // A report that names its events only.
        return Ok(());
    }
    for (number, event) in text.events.iter().enumerate() {
        let n_triggers = text.spans(MarkLabel::Trigger, number).count();
        if n_triggers != 1 {
            return Err(format!(
                "event {} ({}) has {n_triggers} triggers, and one is right",
                number + 1,
                event
            ));
        }
        if event.date.is_none() {
            return Err(format!("event {} ({event}) has no `date:`; `unknown` is one", number + 1));
        }
    }
    let idle = text
        .marks
        .iter()
        .find(|mark| mark.label == MarkLabel::Trigger && text.events.is_empty() && mark.event == 0);
    match idle {
        Some(_) => Err("a trigger is marked, but no event is told".to_owned()),
        None => Ok(()),
    }
}

fn read_header(keys: &str, line: usize) -> Result<MarkedText, CorpusError> {
    let mut text = MarkedText { line, ..MarkedText::default() };
    for pair in keys.split("  ").map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(':').unwrap_or((pair, ""));
        let value = value.trim();
        match key {
            "id" => text.id = Some(value.to_owned()),
            "outlet" => text.outlet = Some(value.to_owned()),
            "title" => text.title = Some(value.to_owned()),
            "published" => {
                let day = value.parse().map_err(|_| CorpusError {
                    line,
                    message: format!("`{value}` is not a day; `2022-04-18` is one"),
                })?;
                text.published = Some(day);
            }
            _ => {
                let message = format!("`{key}` is not a key (id, outlet, title, published)");
                return Err(CorpusError { line, message });
            }
        }
    }
    Ok(text)
}

/// What is counted in an event line, as it spells it.
pub(crate) const COUNTED: [(&str, SizeKind); 3] =
    [("dead", SizeKind::Dead), ("injured", SizeKind::Injured), ("arrested", SizeKind::Arrested)];

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_plover::{AuxiliaryMode, EventType};
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

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
        assert_eq!(first.published.map(|day| day.to_string()).as_deref(), Some("2022-04-18"));
        assert_eq!(first.events[0].aux, [AuxiliaryMode::Negation]);
        assert_eq!((second.line, second.events.len()), (8, 0));
    }

    #[test]
    fn sentences_share_a_day_and_number_their_events() {
        let sentences = read_marked_sentences(
            "--- published: 1998-11-03\n# two events\n[actor:Police] [trigger:held] [recipient,actor2:six students] who [trigger2:blocked] a road.\n= COERCE/arrest  context: repression, legal  date: 1998-11-01..1998-11-02  arrested: 6\n= PROTEST/obstruct  date: unknown\n\nRain fell.\n= none\n",
        )
        .expect("well formed");
        let [first, second] = sentences.as_slice() else { panic!("two sentences, not {sentences:?}") };
        let words = |label, event| -> Vec<&str> {
            first.spans(label, event).map(|span| span.of(&first.text)).collect()
        };
        assert_eq!(words(MarkLabel::Actor, 1), ["six students"]);
        assert_eq!(words(MarkLabel::Recipient, 0), ["six students"]);
        assert_eq!(words(MarkLabel::Trigger, 1), ["blocked"]);
        assert_eq!(first.events[0].sizes, [(SizeKind::Arrested, 6)]);
        assert_eq!(first.events[1].date, Some(ExpectedDate::Unknown));
        assert_eq!((first.published, second.line), (second.published, 7));
    }

    #[test]
    fn errors_say_where_and_what() {
        for (file, expected) in [
            ("Text.", "line 1: `Text.` stands before the first `---`"),
            ("--- date: 2022", "line 1: `date` is not a key (id, outlet, title, published)"),
            ("--- published: May", "line 1: `May` is not a day; `2022-04-18` is one"),
            ("---\n# x\n[who:She] left.\n= none", "line 3: `who` is not a label of the corpus"),
            ("---\n# x\n[cue2:She] left.\n= none", "line 3: `cue2` is not a label of the corpus"),
            ("---\n# x\nShe] left.\n= none", "line 3: `]` without its `[`"),
            (
                "---\n# x\n[actor:She ]left.\n= none",
                "line 3: the mark `She ` begins or ends in a space, or is empty",
            ),
            ("---\n# x\n[actor:She left.\n= none", "line 1: a `[` is never closed"),
            ("---\nShe left.\n= none", "line 1: the report has no `#` line that says what it exercises"),
            ("---\n# x\nShe left.", "line 1: there is no `=` line; `= none` says that no event is told"),
            ("---\n# x\n= none", "line 1: there is no text"),
            (
                "---\n# x\nShe left.\n= SANCTION/demo",
                "line 4: `demo` is not a mode of SANCTION (convict, expel, withdraw, discontinue)",
            ),
            ("---\n# x\nShe left.\n= FIGHT", "line 4: `FIGHT` is not a PLOVER event type"),
            (
                "---\n# x\nShe left.\n= AID  when: now",
                "line 4: `when` is not a key (context, date, dead, injured, arrested)",
            ),
            ("---\n# x\nShe left.\n= AID  dead: few", "line 4: `few` is not a number of dead"),
            (
                "---\n# x\nShe left.\n= AID  date: unknown",
                "line 1: event 1 (AID) has 0 triggers, and one is right",
            ),
            ("---\n# x\n[actor2:She] left.\n= AID", "line 1: `actor2` is marked, but there is no such event"),
            (
                "---\n# x\nShe left.\n= AID  date: 2022-04-18..2022-04-17",
                "line 4: `2022-04-18..2022-04-17` ends before it begins",
            ),
        ] {
            assert_eq!(read_marked_reports(file).expect_err(file).to_string(), expected, "{file}");
        }
    }

    /// All files of the corpus with this extension.
    fn files(extension: &str) -> Vec<PathBuf> {
        let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")];
        let mut files = Vec::new();
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).expect("the corpus is there") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    waiting.push(path);
                } else if path.extension().is_some_and(|found| found == extension) {
                    files.push(path);
                }
            }
        }
        files.sort();
        files
    }

    #[test]
    fn every_report_of_the_corpus_is_well_formed() {
        let mut ids = BTreeSet::new();
        let mut types = BTreeSet::new();
        for path in files("reports") {
            let file = std::fs::read_to_string(&path).expect("UTF-8");
            for report in
                read_marked_reports(&file).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            {
                let id = report.id.expect("every report of the corpus has an id");
                assert!(ids.insert(id.clone()), "{id} occurs twice");
                assert!(report.published.is_some(), "{id} has no day");
                types.extend(report.events.iter().map(|expected| expected.event));
            }
        }
        assert!(ids.len() >= 180, "{} reports", ids.len());
        let missing: Vec<&EventType> = EventType::ALL.iter().filter(|event| !types.contains(event)).collect();
        assert!(missing.is_empty(), "no report tells {missing:?}");
    }

    #[test]
    fn every_sentence_of_the_corpus_is_well_formed() {
        let mut n_sentences = 0;
        let mut seen = BTreeMap::new();
        let mut told = BTreeSet::new();
        for path in files("sentences") {
            let file = std::fs::read_to_string(&path).expect("UTF-8");
            for sentence in
                read_marked_sentences(&file).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            {
                let place = format!("{}:{}", path.display(), sentence.line);
                assert!(sentence.published.is_some(), "{place} has no day");
                if let Some(other) = seen.insert(sentence.text, place.clone()) {
                    panic!("{place} is the sentence of {other}");
                }
                n_sentences += 1;
                for event in sentence.events {
                    told.insert((event.event, event.mode));
                    told.insert((event.event, None));
                }
            }
        }
        assert!(n_sentences >= 4000, "{n_sentences} sentences");
        for &event in EventType::ALL {
            for &(mode, _) in event.modes() {
                assert!(told.contains(&(event, Some(mode))), "no sentence tells {event}/{mode}");
            }
            assert!(told.contains(&(event, None)), "no sentence tells {event}");
        }
    }
}
