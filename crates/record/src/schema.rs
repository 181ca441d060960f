//! The tables of a record, their version, and how older files are brought up to it.
//!
//! `PRAGMA application_id` tells that a file is a record, `PRAGMA user_version` in which format. A step from one
//! format to the next is one entry of [`STEPS`]; all that are needed run in one transaction when a record is opened
//! for writing. A record opened for reading is read in the format that it has.

use crate::error::{RecordError, Sql};
use crate::pairs::index_all_pairs;
use crate::query::CorrectionKind;
use dateline_attribute::StatementKind;
use dateline_link::{DiscrepancyKind, Status};
use dateline_plover::{Context, EventType, SizeKind};
use dateline_resolve::{ActorKind, PlaceKind};
use rusqlite::{Connection, params};
use std::path::Path;

/// `dtln` in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x6474_6c6e;

/// What makes format `n + 1` of format `n`; the first makes a record of an empty file.
const STEPS: &[&str] = &[
    include_str!("../schema/1.sql"),
    include_str!("../schema/2.sql"),
    include_str!("../schema/3.sql"),
    include_str!("../schema/4.sql"),
];

/// The first format with the indexes `pairs` and `spoken_of`, and with places and times of reports.
pub(crate) const FORMAT_WITH_PAIRS: i64 = 4;
/// The format that this version writes.
pub(crate) const FORMAT: i64 = STEPS.len() as i64;

/// What sort of file this is: its format, 0 for an empty one.
pub(crate) fn format_of(connection: &Connection, path: &Path) -> Result<i64, RecordError> {
    let pragma = |name: &str| -> Result<i64, RecordError> {
        connection
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(|error| RecordError::of(path, error))
    };
    let (application, format) = (pragma("application_id")?, pragma("user_version")?);
    let is_empty = connection
        .query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| RecordError::of(path, error))?;
    match (application, format) {
        (0, 0) if is_empty => Ok(0),
        (APPLICATION_ID, 1..=FORMAT) => Ok(format),
        (APPLICATION_ID, found) => Err(RecordError::Newer { path: path.to_owned(), found, newest: FORMAT }),
        _ => Err(RecordError::Foreign { path: path.to_owned() }),
    }
}

/// Brings a record from the format it has to the newest.
pub(crate) fn migrate(connection: &mut Connection, from: i64) -> Sql<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for step in STEPS.iter().skip(usize::try_from(from).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    if (1..FORMAT_WITH_PAIRS).contains(&from) {
        index_all_pairs(&transaction)?;
    }
    if from < FORMAT {
        write_labels(&transaction)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
    }
    Ok(transaction.commit()?)
}

/// Spells out what numbers stand for.
fn write_labels(connection: &Connection) -> Sql<()> {
    let mut insert =
        connection.prepare("INSERT OR REPLACE INTO label (kind, number, name) VALUES (?1, ?2, ?3)")?;
    let mut write = |kind: &str, names: Vec<&str>| -> Sql<()> {
        for (number, name) in names.into_iter().enumerate() {
            insert.execute(params![kind, number as i64, name])?;
        }
        Ok(())
    };
    write("event", EventType::ALL.iter().map(|label| label.as_str()).collect())?;
    for event in EventType::ALL {
        let modes = event.modes().iter().map(|(mode, _)| mode.as_str()).collect();
        write(&format!("mode of {event}"), modes)?;
    }
    write("context", Context::ALL.iter().map(|label| label.as_str()).collect())?;
    write("status", Status::ALL.iter().map(|label| label.as_str()).collect())?;
    write("size", SizeKind::ALL.iter().map(|label| label.as_str()).collect())?;
    write("actor", ActorKind::ALL.iter().map(|label| label.as_str()).collect())?;
    write("place", PlaceKind::ALL.iter().map(|label| label.as_str()).collect())?;
    write("statement", StatementKind::ALL.iter().map(|label| label.as_str()).collect())?;
    write("correction", CorrectionKind::ALL.iter().map(|label| label.as_str()).collect())?;
    write("discrepancy", DiscrepancyKind::ALL.iter().map(|label| label.as_str()).collect())
}
