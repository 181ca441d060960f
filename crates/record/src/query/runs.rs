//! Who added to the record: each call with its software and models.

use crate::Record;
use crate::error::RecordError;

/// One call that added to the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number, from 1.
    pub id: i64,
    /// When, by the caller's clock (ISO 8601).
    pub started: Option<String>,
    /// Name and version.
    pub software: String,
    /// Which trained models, each with a hash of its bytes.
    pub models: String,
}

impl Record {
    /// The latest calls that added to the record, the last first.
    pub fn runs(&mut self, n: usize) -> Result<Vec<RunRow>, RecordError> {
        self.ask(|record| {
            let mut query = record
                .connection
                .prepare_cached("SELECT id, started, software, models FROM run ORDER BY id DESC LIMIT ?1")?;
            let rows = query.query_map([i64::try_from(n).unwrap_or(i64::MAX)], |row| {
                Ok(RunRow {
                    id: row.get(0)?,
                    started: row.get(1)?,
                    software: row.get(2)?,
                    models: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The format of the file, which counts up with each change of its tables.
    pub fn format(&mut self) -> Result<i64, RecordError> {
        self.ask(|record| Ok(record.connection.pragma_query_value(None, "user_version", |row| row.get(0))?))
    }
}
