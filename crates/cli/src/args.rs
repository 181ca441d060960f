//! Arguments as typed.
//!
//! In: the command line. Out: [`Args`], still strings and paths; nothing has been opened yet.

mod asking;
mod serving;

pub use asking::{
    ActorsArgs, CorrectionsArgs, CorrectionsFormat, DiffArgs, EventFilterArgs, EventsArgs, PageArgs,
    RowFormat, ShowArgs, ShowFormat, Shown, StatementsArgs,
};

pub use serving::{McpArgs, ServeArgs};

use crate::commands::WrongUsage;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use dateline_export::{Format, Table};
use dateline_record::{Filters, read_day};
use std::path::PathBuf;

/// Keeps one sourced record of international crises from the news.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order a report travels, then the ones that measure and train.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Situation brief of some reports: what happened, who said what, where the reports differ.
    Brief(BriefArgs),
    /// Adds reports to a record; one that is there already is not counted twice.
    Ingest(IngestArgs),
    /// Codes the reports of a record anew that another version coded; what was found before is kept as history.
    Recode(RecodeArgs),
    /// Events of a record, the latest first.
    Events(EventsArgs),
    /// Statements of a record, the latest added first.
    Statements(StatementsArgs),
    /// Actors of a record, those of most reports first.
    Actors(ActorsArgs),
    /// Places of the events of a record, those of most events first.
    Places(EventsArgs),
    /// Where the reports of a record differ, the latest found first.
    Discrepancies(EventsArgs),
    /// Reports of a record, the latest added first.
    Reports(EventsArgs),
    /// Events of a record day by day.
    Timeline(EventsArgs),
    /// How much conflict and cooperation each day brought: sum and mean of the scores of its events.
    Tension(EventsArgs),
    /// What reports published after one day and up to another have brought or changed.
    Diff(DiffArgs),
    /// What people have corrected in a record, the latest first; or the sentences that they judged, to learn from.
    Corrections(CorrectionsArgs),
    /// One event, statement or report of a record with its words.
    Show(ShowArgs),
    /// The web page of a record: see it, check it, share it.
    Serve(ServeArgs),
    /// Answers assistants that ask a record (Model Context Protocol, one message a line on standard input).
    Mcp(McpArgs),
    /// Events of some reports in a format that others read: POLECAT, ICEWS, GDELT, GeoJSON, CSV and more.
    Export(ExportArgs),
    /// The article out of each report, and what was left out with the reason (JSONL).
    Clean(StageArgs),
    /// Sentences, tokens, tags, trees and names (CoNLL-U).
    Parse(ParseArgs),
    /// Actors, places, times, statements and events of each report (JSONL).
    Code(CodeArgs),
    /// How a given actor acts towards a given recipient in a text (JSONL).
    Relate(RelateArgs),
    /// Which event mentions of several reports tell the same event (JSONL).
    Link(LinkArgs),
    /// Measures a stage against a benchmark file.
    Eval(EvalArgs),
    /// Trains the language model from treebanks.
    Train(TrainArgs),
    /// Trains the event model from marked sentences.
    TrainEvents(TrainEventsArgs),
}

/// How to read the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// By content and extension.
    Auto,
    /// Plain text, an article or a whole page.
    Text,
    /// HTML pages.
    Html,
    /// One JSON object a line.
    Jsonl,
    /// Tokens and sentence breaks given (only `parse`).
    Conllu,
    /// RSS, Atom or JSON feeds.
    Feed,
    /// Web archives (WARC), packed or not.
    Warc,
    /// News items of agencies (IPTC ninjs), one or many.
    Ninjs,
}

/// What every command that reads reports takes.
#[derive(Clone, Debug, ClapArgs)]
pub struct InputArgs {
    /// Files or folders (read recursively), or `-` for standard input.
    #[arg(required = true, value_name = "REPORT")]
    pub paths: Vec<PathBuf>,
    /// How to read the input.
    #[arg(long, value_enum, default_value = "auto")]
    pub from: From,
    /// The text is the article already: nothing is removed.
    #[arg(long)]
    pub article: bool,
    /// How many threads to use (default: all cores).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Where the output goes.
#[derive(Clone, Debug, ClapArgs)]
pub struct OutputArgs {
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// What every command that codes takes.
#[derive(Clone, Debug, ClapArgs)]
pub struct LexiconArgs {
    /// Your own words and actors, a TOML file or a folder of them; they win over ours (may be repeated, see
    /// docs/lexicon.md).
    #[arg(long, value_name = "PATH")]
    pub lexicon: Vec<PathBuf>,
}

/// A stage command with nothing special.
#[derive(Debug, ClapArgs)]
pub struct StageArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `dateline code`.
#[derive(Debug, ClapArgs)]
pub struct CodeArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `dateline parse`.
#[derive(Debug, ClapArgs)]
pub struct ParseArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `dateline relate`.
#[derive(Debug, ClapArgs)]
pub struct RelateArgs {
    /// JSONL files `{"id","text","actor":[{"start","end"}],"recipient":[…]}`, or `-`.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How many threads to use (default: all cores).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `dateline link`.
#[derive(Debug, ClapArgs)]
pub struct LinkArgs {
    /// JSONL files `{"id","text","event_mentions":[{"start","end"}]?}`, or `-`.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How many threads to use (default: all cores).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// How a brief is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// For reading in a terminal.
    Terminal,
    /// Markdown.
    Markdown,
    /// One self-contained page.
    Html,
    /// For programs.
    Json,
}

/// `dateline brief`.
#[derive(Debug, ClapArgs)]
pub struct BriefArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Form of the brief (default: terminal on a terminal, markdown otherwise).
    #[arg(long, value_enum)]
    pub format: Option<BriefFormat>,
}

/// Which record.
#[derive(Clone, Debug, ClapArgs)]
pub struct RecordArgs {
    /// The record: one SQLite file.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
}

/// `dateline ingest`.
#[derive(Debug, ClapArgs)]
pub struct IngestArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// `dateline recode`.
#[derive(Debug, ClapArgs)]
pub struct RecodeArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// The texts are articles already: nothing is removed.
    #[arg(long)]
    pub article: bool,
    /// How many threads to use (default: all cores).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// `dateline export`.
#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// Files or folders (read recursively), or `-` for standard input.
    #[arg(required_unless_present_any = ["dictionary", "record"], value_name = "REPORT")]
    pub paths: Vec<PathBuf>,
    /// Exports this record instead of reports.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub record: Option<PathBuf>,
    /// The format; `--dictionary` tells what each column means and what the format cannot hold.
    #[arg(long, value_name = "FORMAT", value_parser = labels(Format::ALL, Format::as_str))]
    pub format: Format,
    /// What the rows of a CSV or Parquet file are.
    #[arg(long, value_name = "TABLE", default_value = "events", value_parser = labels(Table::ALL, Table::as_str))]
    pub table: Table,
    /// Prints the data dictionary of the format (Markdown) and exports nothing.
    #[arg(long, conflicts_with = "paths")]
    pub dictionary: bool,
    /// Of reports how to read them: auto, text, html, jsonl, feed, warc or ninjs. Of a record from which day on
    /// (2022-04-18).
    #[arg(long, value_name = "FORMAT|DAY")]
    pub from: Option<String>,
    /// The text is the article already: nothing is removed.
    #[arg(long)]
    pub article: bool,
    /// How many threads to use (default: all cores).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten, next_help_heading = "Filters of a record")]
    pub filters: EventFilterArgs,
}

impl ExportArgs {
    /// The reports to read.
    pub fn input(&self) -> Result<InputArgs, WrongUsage> {
        if !self.filters.filters_from(None).take_all() {
            return Err(WrongUsage("filters choose from a record; name it with `--record FILE`".to_owned()));
        }
        let from = match self.from.as_deref() {
            None => From::Auto,
            Some(word) => From::from_str(word, false).map_err(|_| {
                WrongUsage(format!(
                    "`{word}` is no way to read reports: `--from` is auto, text, html, jsonl, feed, warc or ninjs\n\
                     hint: with `--record FILE` it is a day"
                ))
            })?,
        };
        Ok(InputArgs { paths: self.paths.clone(), from, article: self.article, threads: self.threads })
    }

    /// Which events of a record.
    pub fn filters(&self) -> Result<Filters, WrongUsage> {
        let day = |word: &str| {
            read_day(word).map_err(|error| {
                WrongUsage(format!("{error}\nhint: with `--record` the value of `--from` is a day"))
            })
        };
        Ok(self.filters.filters_from(self.from.as_deref().map(day).transpose()?))
    }
}

/// Reads one of a closed set of labels, and lists them in the help.
fn labels<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|&label| name(label))).map(move |word| {
        let label = all.iter().copied().find(|&label| name(label) == word);
        label.expect("invariant: clap lets only the names of labels through")
    })
}

/// `dateline eval`.
#[derive(Debug, ClapArgs)]
pub struct EvalArgs {
    /// language, entities, event, attribution, cleaning, places, coreference or times.
    #[arg(value_name = "TASK")]
    pub task: String,
    /// The benchmark file.
    #[arg(long, value_name = "PATH")]
    pub gold: PathBuf,
    /// Score this file of predictions instead of predicting.
    #[arg(long, value_name = "PATH")]
    pub predicted: Option<PathBuf>,
    /// Given less: language and entities from text without tokens, cleaning from HTML, coreference without
    /// the mentions.
    #[arg(long)]
    pub raw: bool,
    /// Give each figure the middle 95 % of 1,000 draws of the documents.
    #[arg(long)]
    pub intervals: bool,
}

/// `dateline train-events`.
#[derive(Debug, ClapArgs)]
pub struct TrainEventsArgs {
    /// Files or folders of marked sentences and reports: `corpus/learn`.
    #[arg(required = true, value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
    /// Others, to fit the confidences on: `corpus/tune`.
    #[arg(long, required = true, num_args = 1.., value_name = "CORPUS")]
    pub tune: Vec<PathBuf>,
    /// The model file to write.
    #[arg(short, long, value_name = "PATH")]
    pub output: PathBuf,
}

/// `dateline train`.
#[derive(Debug, ClapArgs)]
pub struct TrainArgs {
    /// Treebanks in CoNLL-U.
    #[arg(required = true, value_name = "TREEBANK")]
    pub treebanks: Vec<PathBuf>,
    /// Names in IOB2.
    #[arg(long, required = true, num_args = 1.., value_name = "IOB2")]
    pub names: Vec<PathBuf>,
    /// Vectors of words: `crates/parse/data/word-vectors.bin`.
    #[arg(long, value_name = "PATH")]
    pub vectors: PathBuf,
    /// The model file to write.
    #[arg(short, long, value_name = "PATH")]
    pub output: PathBuf,
}
