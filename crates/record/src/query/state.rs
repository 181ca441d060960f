//! What a record holds altogether, and up to when.

use crate::Record;
use crate::codes::day;
use crate::error::RecordError;
use jiff::civil::Date;
use rusqlite::OptionalExtension;

/// The state of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordState {
    /// Reports in it.
    pub n_reports: u64,
    /// Rows of events; nearly all of them are told by a report.
    pub n_events: u64,
    /// Rows of statements.
    pub n_statements: u64,
    /// The day on which the first of its reports was published.
    pub first_day: Option<Date>,
    /// The day on which the last of them was.
    pub last_day: Option<Date>,
    /// When something was last added, by the clock of whoever did (ISO 8601).
    pub last_run: Option<String>,
    /// Name and version of what added it.
    pub software: Option<String>,
    /// The trained models that it used.
    pub models: Option<String>,
}

impl Record {
    /// What the record holds. Rows are numbered without gaps that matter, so nothing has to be counted.
    pub fn state(&mut self) -> Result<RecordState, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let number = |sql: &str| connection.prepare_cached(sql)?.query_row([], |row| row.get(0));
            let n = |sql: &str| number(sql).map(|n: Option<i64>| n.unwrap_or(0).unsigned_abs());
            let mut query = connection
                .prepare_cached("SELECT started, software, models FROM run ORDER BY id DESC LIMIT 1")?;
            let run: Option<(Option<String>, String, String)> =
                query.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
            let (last_run, software, models) =
                run.map_or((None, None, None), |(at, software, models)| (at, Some(software), Some(models)));
            Ok(RecordState {
                n_reports: n("SELECT max(id) FROM report")?,
                n_events: n("SELECT max(id) FROM event")?,
                n_statements: n("SELECT max(id) FROM statement")?,
                first_day: number("SELECT min(day) FROM report")?.and_then(day),
                last_day: number("SELECT max(day) FROM report")?.and_then(day),
                last_run,
                software,
                models,
            })
        })
    }
}
