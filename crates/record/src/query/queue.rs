//! Events that most need somebody's eye.
//!
//! In:  [`Filters`].
//! Out: of the latest events that pass them those that nobody has judged, the ones that need it most first.
//!
//! An event needs an eye the more, the less sure its surest telling is, the more reports would carry the error on, and
//! the more its reports differ: `(1 - confidence) * (1 + ln reports) + differences / 4`.

use super::choose::{Order, choose_events};
use super::events::event_row;
use super::{EventRow, Filters};
use crate::Record;
use crate::error::{RecordError, Sql};
use crate::layer::{HOLDS, is_corrected};
use rusqlite::Connection;

/// Events that are weighed, the latest first: all of a large record would take seconds.
pub const WEIGHED: usize = 2000;
/// What one difference between its reports adds to the need of an event.
const A_DIFFERENCE: f32 = 0.25;
/// Differences beyond these add nothing.
const MOST_DIFFERENCES: u32 = 8;

/// An event of the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueRow {
    /// The event.
    pub row: EventRow,
    /// In how many things its reports differ.
    pub n_differences: u32,
    /// How much it needs an eye; 0 where it is sure and its reports agree.
    pub need: f32,
}

impl Record {
    /// The queue: limit and offset of the filters are those of its rows.
    pub fn queue(&mut self, filters: &Filters) -> Result<Vec<QueueRow>, RecordError> {
        self.ask(|record| {
            let weighed = Filters { limit: Some(WEIGHED), offset: 0, ..filters.clone() };
            let events = choose_events(&record.connection, &weighed, Order::LatestFirst)?;
            let is_corrected = is_corrected(record)?;
            let mut queue = Vec::new();
            for event in events {
                if !is_corrected || !is_judged(&record.connection, event)? {
                    queue.push(weigh(&record.connection, event)?);
                }
            }
            queue.sort_by(|a, b| b.need.total_cmp(&a.need).then(b.row.id.cmp(&a.row.id)));
            let rows = queue.into_iter().skip(filters.offset).take(filters.limit.unwrap_or(usize::MAX));
            Ok(rows.collect())
        })
    }
}

fn is_judged(connection: &Connection, event: i64) -> Sql<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM correction WHERE event = ?1 AND undoes IS NULL AND {HOLDS}) \
         OR EXISTS (SELECT 1 FROM correction WHERE other = ?1 AND undoes IS NULL AND {HOLDS})"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([event], |row| row.get(0))?)
}

fn weigh(connection: &Connection, event: i64) -> Sql<QueueRow> {
    let mut query =
        connection.prepare_cached("SELECT count(*) FROM discrepancy WHERE about_kind = 1 AND about = ?1")?;
    let n_differences: u32 = query.query_row([event], |row| row.get(0))?;
    let row = event_row(connection, event)?;
    let doubt = (1.0 - row.confidence).max(0.0) * (1.0 + (row.n_reports.max(1) as f32).ln());
    let need = doubt + A_DIFFERENCE * n_differences.min(MOST_DIFFERENCES) as f32;
    Ok(QueueRow { row, n_differences, need })
}
