//! Writes `docs/accuracy.md`: every task of `eval` on the benchmark files of a folder, in one table.

use dateline_eval::{Figures, Options, Task, run};
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
        let options = Options { raw: measurement.raw, ..Options::default() };
        match run(measurement.task, &path, &options) {
            Ok(figures) => write_row(&mut rows, measurement, &figures),
            Err(error) => problems.push(error.to_string()),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let path = root.join("docs/accuracy.md");
    let written = fs::create_dir_all(root.join("docs")).and_then(|()| fs::write(&path, page(&rows)));
    written.map_err(|error| vec![format!("{}: {error}", path.display())])?;
    Ok(format!("wrote {}", path.display()))
}

fn write_row(rows: &mut String, measurement: &Measurement, figures: &Figures) {
    let cells: Vec<String> = measurement
        .figures
        .iter()
        .map(|name| {
            let value = figures.real(name).map_or("–".to_owned(), |value| format!("{value:.3}"));
            format!("{} **{value}**", name.rsplit('.').next().unwrap_or(name))
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
         The data are not in this repository, but for the news sentences (`corpus/`).\n\n\
         | task | data | figures |\n| --- | --- | --- |\n{rows}\n\
         What the figures mean is told in `crates/eval/src`, one file a task. *Given tokens* means that tokens and\n\
         sentence breaks come from the gold data and all else is predicted.\n"
    )
}
