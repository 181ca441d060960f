//! Arguments of the commands that ask a record: filters, pages, formats.

use super::{OutputArgs, RecordArgs};
use clap::{Args as ClapArgs, ValueEnum};
use dateline_link::Status;
use dateline_plover::{Context, QuadClass};
use dateline_record::{
    EventFilter, Filters, PartyFilter, PlaceFilter, TextQuery, read_context, read_country, read_day,
    read_dyad, read_quad, read_status,
};
use dateline_resolve::CountryCode;
use jiff::civil::Date;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// For reading in a terminal.
    Table,
    /// One JSON object a line, with the evidence.
    Jsonl,
    /// One line a row, lists joined by `|`.
    Csv,
    /// The same columns with types, in a file (`-o`).
    Parquet,
}

/// How one thing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For reading.
    Text,
    /// For programs.
    Json,
}

/// Which rows, and where they go.
#[derive(Debug, ClapArgs)]
pub struct PageArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Form of the rows.
    #[arg(long, value_enum, default_value = "table")]
    pub format: RowFormat,
    /// Rows at most (default: 50 in a table, else all).
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Rows to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Rows of a table where no number is given: a screen or two.
const ROWS_OF_A_TABLE: usize = 50;

impl PageArgs {
    /// The filters with the limits of the page.
    pub fn of(&self, filters: Filters) -> Filters {
        let by_format = (self.format == RowFormat::Table).then_some(ROWS_OF_A_TABLE);
        Filters { limit: self.limit.or(by_format), offset: self.offset, ..filters }
    }
}

/// Filters of events, all but the first day: of `export` the same flag may say how to read reports.
#[derive(Debug, ClapArgs)]
pub struct EventFilterArgs {
    /// Who acts: a country (`KOR`, `South Korea`), a sector of it (`KOR/MIL`), or part of a name.
    #[arg(long, value_name = "WHO")]
    pub actor: Option<PartyFilter>,
    /// To whom.
    #[arg(long, value_name = "WHO")]
    pub recipient: Option<PartyFilter>,
    /// Two sides, whoever of them acts.
    #[arg(long, value_name = "WHO,WHO", value_parser = read_dyad)]
    pub dyad: Option<(PartyFilter, PartyFilter)>,
    /// Type, or type and mode (`ASSAULT/drone`); several are joined by commas.
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    pub event: Vec<EventFilter>,
    /// Quad class: `verbal cooperation`, `material cooperation`, `verbal conflict`, `material conflict`, or 1 to 4.
    #[arg(long, value_name = "CLASS", value_parser = read_quad)]
    pub quad: Option<QuadClass>,
    /// What it is about: `military`, `human_rights` and so on.
    #[arg(long, value_name = "CONTEXT", value_parser = read_context)]
    pub context: Option<Context>,
    /// Country of the place.
    #[arg(long, value_name = "COUNTRY", value_parser = read_country)]
    pub country: Option<CountryCode>,
    /// The place: its name, or its id in the record (`p12`).
    #[arg(long, value_name = "PLACE")]
    pub place: Option<PlaceFilter>,
    /// Up to this day.
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    pub to: Option<Date>,
    /// Told by a report with these words: all of them, `"a phrase"`, `begin*`, `-without`.
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub text: Option<TextQuery>,
    /// Told by so many independent reports.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub min_independent: u32,
    /// reported, planned, denied, hypothetical or historical.
    #[arg(long, value_name = "STATUS", value_parser = read_status)]
    pub status: Option<Status>,
}

impl EventFilterArgs {
    /// As meant, from a day on.
    pub fn filters_from(&self, from: Option<Date>) -> Filters {
        Filters {
            from,
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            dyad: self.dyad.clone(),
            event: self.event.clone(),
            quad: self.quad,
            context: self.context,
            country: self.country,
            place: self.place.clone(),
            to: self.to,
            text: self.text.clone(),
            min_independent: self.min_independent,
            status: self.status,
            ..Filters::default()
        }
    }
}

/// `dateline events`, `places`, `discrepancies`, `reports`, `timeline`, `tension`.
#[derive(Debug, ClapArgs)]
pub struct EventsArgs {
    #[command(flatten)]
    pub page: PageArgs,
    /// From this day on (2022-04-18).
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    pub from: Option<Date>,
    #[command(flatten)]
    pub filters: EventFilterArgs,
}

impl EventsArgs {
    /// As meant.
    pub fn filters(&self) -> Filters {
        self.page.of(self.filters.filters_from(self.from))
    }
}

/// `dateline statements`.
#[derive(Debug, ClapArgs)]
pub struct StatementsArgs {
    #[command(flatten)]
    pub page: PageArgs,
    /// Who speaks: a country (`KOR`, `South Korea`), a sector of it (`KOR/MIL`), or part of a name.
    #[arg(long, value_name = "WHO")]
    pub actor: Option<PartyFilter>,
    /// Country of the speaker.
    #[arg(long, value_name = "COUNTRY", value_parser = read_country)]
    pub country: Option<CountryCode>,
    /// Published on this day or later.
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    pub from: Option<Date>,
    /// Published on this day or earlier.
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    pub to: Option<Date>,
    /// In a report with these words: all of them, `"a phrase"`, `begin*`, `-without`.
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub text: Option<TextQuery>,
    /// Given by so many independent reports.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub min_independent: u32,
}

impl StatementsArgs {
    /// As meant.
    pub fn filters(&self) -> Filters {
        self.page.of(Filters {
            actor: self.actor.clone(),
            country: self.country,
            from: self.from,
            to: self.to,
            text: self.text.clone(),
            min_independent: self.min_independent,
            ..Filters::default()
        })
    }
}

/// `dateline actors`.
#[derive(Debug, ClapArgs)]
pub struct ActorsArgs {
    #[command(flatten)]
    pub page: PageArgs,
    /// A country (`KOR`, `South Korea`), a sector of it (`KOR/MIL`), or part of a name.
    #[arg(long, value_name = "WHO")]
    pub actor: Option<PartyFilter>,
    /// Country of the actor.
    #[arg(long, value_name = "COUNTRY", value_parser = read_country)]
    pub country: Option<CountryCode>,
}

impl ActorsArgs {
    /// As meant.
    pub fn filters(&self) -> Filters {
        self.page.of(Filters { actor: self.actor.clone(), country: self.country, ..Filters::default() })
    }
}

/// `dateline diff`.
#[derive(Debug, ClapArgs)]
pub struct DiffArgs {
    /// A day; what was published by its evening is known.
    #[arg(value_name = "DAY", value_parser = read_day)]
    pub before: Date,
    /// A later day.
    #[arg(value_name = "DAY", value_parser = read_day)]
    pub after: Date,
    #[command(flatten)]
    pub page: PageArgs,
}

/// How corrections are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CorrectionsFormat {
    /// For reading in a terminal.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// One line an entry.
    Csv,
    /// The same columns with types, in a file (`-o`).
    Parquet,
    /// The judged sentences as cases to learn from and to measure with, in the format of `corpus/`.
    Cases,
}

/// `dateline corrections`.
#[derive(Debug, ClapArgs)]
pub struct CorrectionsArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Form of the rows, or `cases`.
    #[arg(long, value_enum, default_value = "table")]
    pub format: CorrectionsFormat,
    /// Rows at most (default: 50 in a table, else all).
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Rows to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl CorrectionsArgs {
    /// Which rows, and where they go.
    pub fn page(&self) -> PageArgs {
        let format = match self.format {
            CorrectionsFormat::Jsonl => RowFormat::Jsonl,
            CorrectionsFormat::Csv => RowFormat::Csv,
            CorrectionsFormat::Parquet => RowFormat::Parquet,
            CorrectionsFormat::Table | CorrectionsFormat::Cases => RowFormat::Table,
        };
        let Self { record, limit, offset, output, .. } = self;
        PageArgs { record: record.clone(), format, limit: *limit, offset: *offset, output: output.clone() }
    }
}

/// What can be shown by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// An event with its evidence.
    Event,
    /// A statement with its evidence.
    Statement,
    /// A report with its text.
    Report,
}

/// `dateline show`.
#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// What to show.
    #[arg(value_enum)]
    pub what: Shown,
    /// Its id as the lists give it (`e12`, `s3`, `r7`); of a report also its own id.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Form of it.
    #[arg(long, value_enum, default_value = "text")]
    pub format: ShowFormat,
    #[command(flatten)]
    pub output: OutputArgs,
}
