//! The journal of people's corrections.
//!
//! ```text
//! c7  2026-11-28T01:20:00Z  Ada  recode e12: event ASSAULT -> COERCE, "a raid without force"
//! ```

use super::Filters;
use super::places::page;
use crate::Record;
use crate::codes::label;
use crate::error::{Failure, RecordError, Sql};
use crate::layer::{SAME, is_corrected};
use dateline_text::labels;
use rusqlite::types::Value as Bound;
use rusqlite::{Connection, Row, params_from_iter};
use serde_json::Value;

labels! {
    /// What somebody did about an event.
    pub enum CorrectionKind as "kind of correction" {
        Accept = "accept",
        Reject = "reject",
        Merge = "merge",
        Split = "split",
        Recode = "recode",
        Undo = "undo",
    }
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectionRow {
    /// Its row.
    pub id: i64,
    /// What was done.
    pub kind: CorrectionKind,
    /// About which event; of a merge the one that stays.
    pub event: i64,
    /// Of a merge the event that became it, of a split the one that began.
    pub other: Option<i64>,
    /// What the record said, in the words of the lists.
    pub before: Value,
    /// What it says by this entry.
    pub after: Value,
    /// By whom.
    pub who: String,
    /// When (ISO 8601), where it is known.
    pub made: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The entry that it undoes.
    pub undoes: Option<i64>,
    /// The entry that undid it.
    pub undone_by: Option<i64>,
    /// Tellings that it is about.
    pub n_tellings: u32,
}

/// What a [`CorrectionRow`] is read from.
const COLUMNS: &str = "correction.id, kind, event, other, before, after, who, made, why, undoes, \
     (SELECT undo.id FROM correction AS undo WHERE undo.undoes = correction.id), \
     (SELECT count(*) FROM corrected_telling WHERE corrected_telling.correction = correction.id)";

impl Record {
    /// The entries of the journal, the latest first; of the filters only limit and offset count.
    pub fn corrections(&mut self, filters: &Filters) -> Result<Vec<CorrectionRow>, RecordError> {
        self.ask(|record| {
            if record.format < 3 {
                return Ok(Vec::new());
            }
            let sql = format!("SELECT {COLUMNS} FROM correction ORDER BY id DESC LIMIT ?1 OFFSET ?2");
            read(&record.connection, &sql, page(filters).to_vec())
        })
    }

    /// One entry.
    pub fn correction(&mut self, id: i64) -> Result<Option<CorrectionRow>, RecordError> {
        self.ask(|record| correction_row(record, id))
    }
}

/// One entry.
pub(crate) fn correction_row(record: &Record, id: i64) -> Sql<Option<CorrectionRow>> {
    if record.format < 3 {
        return Ok(None);
    }
    let sql = format!("SELECT {COLUMNS} FROM correction WHERE id = ?1");
    Ok(read(&record.connection, &sql, vec![Bound::Integer(id)])?.pop())
}

/// The entries about an event and about those that became it, the earliest first.
pub(super) fn corrections_about(record: &Record, event: i64) -> Sql<Vec<CorrectionRow>> {
    if !is_corrected(record)? {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{SAME} SELECT {COLUMNS} FROM correction WHERE event IN same OR other IN same ORDER BY correction.id"
    );
    read(&record.connection, &sql, vec![Bound::Integer(event)])
}

fn read(connection: &Connection, sql: &str, bound: Vec<Bound>) -> Sql<Vec<CorrectionRow>> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(params_from_iter(bound))?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        read.push(entry(row)?);
    }
    Ok(read)
}

fn entry(row: &Row) -> Sql<CorrectionRow> {
    let json = |column: usize| -> Sql<Value> {
        let text: String = row.get(column)?;
        serde_json::from_str(&text).map_err(|error| Failure::damaged(format!("a correction: {error}")))
    };
    Ok(CorrectionRow {
        id: row.get(0)?,
        kind: label(CorrectionKind::ALL, row.get(1)?)?,
        event: row.get(2)?,
        other: row.get(3)?,
        before: json(4)?,
        after: json(5)?,
        who: row.get(6)?,
        made: row.get(7)?,
        why: row.get(8)?,
        undoes: row.get(9)?,
        undone_by: row.get(10)?,
        n_tellings: row.get(11)?,
    })
}
