//! Writes `docs/accuracy.md`: every task of `eval` on the benchmark files of a folder, in one table, and events on our own
//! corpus in detail.

use dateline_eval::coding::{CodedText, code_corpus, errors_of, measure};
use dateline_eval::{Figure, Figures, Options, Task, run};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What is measured: the task, its file below the folder (or this repository), how, and the figures that go into the table.
struct Measurement {
    what: &'static str,
    task: Task,
    file: &'static str,
    raw: bool,
    figures: &'static [&'static str],
}

const MEASUREMENTS: &[Measurement] = &[
    Measurement {
        what: "English-EWT, given tokens",
        task: Task::Language,
        file: "language/dev-ewt.conllu",
        raw: false,
        figures: &["upos", "xpos", "lemma", "uas", "las"],
    },
    Measurement {
        what: "English-EWT, from raw text",
        task: Task::Language,
        file: "language/dev-ewt.conllu",
        raw: true,
        figures: &["sentence_f1", "token_f1", "upos", "las"],
    },
    Measurement {
        what: "GUM, given tokens",
        task: Task::Language,
        file: "language/dev-gum.conllu",
        raw: false,
        figures: &["upos", "xpos", "lemma", "uas", "las"],
    },
    Measurement {
        what: "GUM, from raw text",
        task: Task::Language,
        file: "language/dev-gum.conllu",
        raw: true,
        figures: &["sentence_f1", "token_f1", "upos", "las"],
    },
    Measurement {
        what: "our own news sentences, given tokens",
        task: Task::Language,
        file: "corpus/news-trees-measure.conllu",
        raw: false,
        figures: &["upos", "xpos", "lemma", "uas", "las"],
    },
    Measurement {
        what: "Universal NER English-EWT, given tokens",
        task: Task::Entities,
        file: "entities/dev.iob2",
        raw: false,
        figures: &["precision", "recall", "f1"],
    },
    Measurement {
        what: "Zero-Shot-PLOVER, given actor and recipient",
        task: Task::Event,
        file: "event-coding/dev.jsonl",
        raw: false,
        figures: &["accuracy", "macro_f1", "quad_accuracy", "quad_macro_f1"],
    },
    Measurement {
        what: "PolNeAR",
        task: Task::Attribution,
        file: "attribution/dev.jsonl",
        raw: false,
        figures: &[
            "attribution_f1",
            "content_only_f1",
            "source_token_f1",
            "cue_token_f1",
            "content_token_f1",
        ],
    },
    Measurement {
        what: "article extraction benchmark, flattened text",
        task: Task::Cleaning,
        file: "cleaning/dev.jsonl",
        raw: false,
        figures: &["precision", "recall", "f1"],
    },
    Measurement {
        what: "article extraction benchmark, HTML",
        task: Task::Cleaning,
        file: "cleaning/dev.jsonl",
        raw: true,
        figures: &["precision", "recall", "f1"],
    },
    Measurement {
        what: "GeoWebNews",
        task: Task::Places,
        file: "places/dev.jsonl",
        raw: false,
        figures: &["recognition_f1", "accuracy_161km", "end_to_end_161km"],
    },
    Measurement {
        what: "ECB+, given mentions",
        task: Task::Coreference,
        file: "coreference/dev.jsonl",
        raw: false,
        figures: &["exact.conll_f1"],
    },
    Measurement {
        what: "ECB+, mentions found",
        task: Task::Coreference,
        file: "coreference/dev.jsonl",
        raw: true,
        figures: &["head.conll_f1"],
    },
    Measurement {
        what: "TempEval-3 form",
        task: Task::Times,
        file: "times/dev.jsonl",
        raw: false,
        figures: &["strict_f1", "relaxed_f1", "value_accuracy", "value_f1"],
    },
];

/// Measures whatever the folder holds and writes the table.
pub fn write(root: &Path, folder: &Path) -> Result<String, Vec<String>> {
    let mut rows = String::new();
    let mut problems = Vec::new();
    for measurement in MEASUREMENTS {
        let own = measurement.file.starts_with("corpus/");
        let path = if own { root } else { folder }.join(measurement.file);
        if !path.is_file() {
            eprintln!("{}: not there, left out", path.display());
            continue;
        }
        let options = Options { raw: measurement.raw, intervals: true, ..Options::default() };
        match run(measurement.task, &path, &options) {
            Ok(figures) => write_row(&mut rows, measurement, &figures),
            Err(error) => problems.push(error.to_string()),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let events = code_corpus(&[root.join("corpus/measure")]).map_err(|error| vec![error.to_string()])?;
    let text = format!("{}{}", page(&rows), events_page(&events));
    let path = root.join("docs/accuracy.md");
    let written = fs::create_dir_all(root.join("docs")).and_then(|()| fs::write(&path, text));
    written.map_err(|error| vec![format!("{}: {error}", path.display())])?;
    Ok(format!("wrote {}", path.display()))
}

/// Names of the overall figures of events, and what they say.
const OF_EVENTS: [(&str, &str); 9] = [
    ("whole_f1", "type, actors and recipients all right, F1"),
    ("type_f1", "type right, F1"),
    ("trigger_f1", "words that tell of an event found, F1"),
    ("date", "days right, of the whole events"),
    ("place", "place right, of the whole events"),
    ("mode", "mode right, of the events of the right type"),
    ("aux", "auxiliary modes right, likewise"),
    ("context_f1", "contexts, F1, likewise"),
    ("size_f1", "numbers of dead, injured, arrested, F1, likewise"),
];

/// Kinds of errors that are shown.
const N_ERRORS: usize = 10;

/// Events on the part of the corpus that is kept for measuring, in detail.
fn events_page(texts: &[CodedText]) -> String {
    let figures = measure(texts);
    let of = |name: &str| figures.real(name).unwrap_or(0.0);
    let (n_texts, n_events) = (texts.len(), texts.iter().map(|text| text.marked.events.len()).sum::<usize>());
    let mut page = format!(
        "\n## Events on our own corpus\n\n\
         From text to events, on the {n_texts} sentences and reports of `corpus/measure` with {n_events} marked events, from which \
         nothing\nwas learned and on which nothing was tuned (`dateline eval coding --gold corpus/measure`). In brackets the \
         middle 95 %\nof 1,000 samples of the texts. What counts as right is told in `crates/eval/src/coding.rs`.\n\n\
         | figure | value |\n| --- | --- |\n"
    );
    for (name, meaning) in OF_EVENTS {
        let (low, high) = (of(&format!("interval.{name}_low")), of(&format!("interval.{name}_high")));
        let _ = writeln!(page, "| {meaning} | **{:.3}** ({low:.3} to {high:.3}) |", of(name));
    }
    page += "\n| type | marked | all right, F1 | type right, F1 |\n| --- | --- | --- | --- |\n";
    for (name, value) in group(&figures, "per_type_whole_f1") {
        let marked = count(texts, |event| event.event.as_str() == name);
        let typed = of(&format!("per_type_f1.{name}"));
        let _ = writeln!(page, "| {name} | {marked} | {value:.2} | {typed:.2} |");
    }
    page += "\n| mode | marked | found with type and mode |\n| --- | --- | --- |\n";
    for (name, value) in group(&figures, "per_mode_recall") {
        let marked =
            count(texts, |event| event.mode.is_some_and(|mode| name == format!("{}/{mode}", event.event)));
        let _ = writeln!(page, "| {name} | {marked} | {value:.2} |");
    }
    page += "\n### Confidence\n\nFitted on `corpus/tune`; of the events of `corpus/measure` with a confidence in a tenth, so many are right in type, \
             actors\nand recipients.\n\n| confidence, mean | right | events |\n| --- | --- | --- |\n";
    for tenth in 0..10 {
        let figure = |what: &str| figures.real(&format!("reliability.0.{tenth}_{what}"));
        if let (Some(confidence), Some(right)) = (figure("confidence"), figure("right")) {
            let number = match figures.entries().iter().find(|(name, _)| name == "reliability") {
                Some((_, Figure::Group(rows))) => rows
                    .iter()
                    .find_map(|(name, figure)| match figure {
                        Figure::Count(count) if *name == format!("0.{tenth}_events") => Some(*count),
                        _ => None,
                    })
                    .unwrap_or(0),
                _ => 0,
            };
            let _ = writeln!(page, "| {confidence:.2} | {right:.2} | {number} |");
        }
    }
    page += "\n### The most frequent errors\n\n";
    page += &errors_page(texts);
    page
}

/// The most frequent kinds of errors, each with the shortest sentence that shows it.
fn errors_page(texts: &[CodedText]) -> String {
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for text in texts {
        for (kind, words) in errors_of(text) {
            let shown = format!("{words}: “{}”", text.marked.text.replace('\n', " "));
            let (number, example) = kinds.entry(kind.to_string()).or_default();
            *number += 1;
            if example.is_empty() || shown.len() < example.len() {
                *example = shown;
            }
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, (number, _))| std::cmp::Reverse(*number));
    let mut rows = String::from("| kind | number | example |\n| --- | --- | --- |\n");
    for (kind, (number, example)) in kinds.into_iter().take(N_ERRORS) {
        let _ = writeln!(rows, "| {kind} | {number} | {} |", example.replace('|', "\\|"));
    }
    rows
}

fn count(texts: &[CodedText], is: impl Fn(&dateline_eval::corpus::ExpectedEvent) -> bool) -> usize {
    texts.iter().flat_map(|text| &text.marked.events).filter(|event| is(event)).count()
}

/// The figures of a group by name.
fn group(figures: &Figures, name: &str) -> Vec<(String, f64)> {
    let found = figures.entries().iter().find(|(known, _)| known == name);
    let Some((_, Figure::Group(rows))) = found else { return Vec::new() };
    let real = |(name, figure): &(String, Figure)| match figure {
        Figure::Real(value) => Some((name.clone(), *value)),
        _ => None,
    };
    rows.iter().filter_map(real).collect()
}

fn write_row(rows: &mut String, measurement: &Measurement, figures: &Figures) {
    let cells: Vec<String> = measurement
        .figures
        .iter()
        .map(|name| {
            let value = figures.real(name).map_or("–".to_owned(), |value| format!("{value:.3}"));
            let ends = figures.interval(name);
            let ends = ends.map_or(String::new(), |(low, high)| format!(" ({low:.3} to {high:.3})"));
            format!("{} **{value}**{ends}", name.rsplit('.').next().unwrap_or(name))
        })
        .collect();
    let _ = writeln!(rows, "| {} | {} | {} |", measurement.task, measurement.what, cells.join(", "));
}

fn page(rows: &str) -> String {
    let day = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "# Accuracy\n\n\
         Every stage against public gold data (development parts), by version {version} on {day}. Written by\n\
         `cargo run --release --package xtask -- accuracy FOLDER`; one task alone: `dateline eval TASK --gold FILE`.\n\
         The data are not in this repository, but for the news sentences (`corpus/`). In brackets the middle 95 % of 1,000 draws\n\
         of the documents (records; sentences where the data have no documents; stories for coreference).\n\n\
         | task | data | figures |\n| --- | --- | --- |\n{rows}\n\
         What the figures mean is told in `crates/eval/src`, one file a task. *Given tokens* means that tokens and\n\
         sentence breaks come from the gold data and all else is predicted.\n"
    )
}
