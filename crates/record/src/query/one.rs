//! One thing by its number, as a list shows it.

use super::actors::actor_row;
use super::events::event_row;
use super::evidence::Sources;
use super::places::place_row;
use super::reports::report_row;
use super::statements::statement_row;
use super::{ActorRow, EventRow, PlaceRow, ReportRow, StatementRow};
use crate::Record;
use crate::error::{RecordError, Sql};
use rusqlite::{Connection, OptionalExtension};

impl Record {
    /// One event as in a list, if a report tells it.
    pub fn event_row(&mut self, id: i64) -> Result<Option<EventRow>, RecordError> {
        self.ask(|record| {
            let told = "SELECT 1 FROM event WHERE id = ?1 AND n_reports > 0";
            if_there(&record.connection, told, id, event_row)
        })
    }

    /// One statement as in a list, if a report gives it.
    pub fn statement_row(&mut self, id: i64) -> Result<Option<StatementRow>, RecordError> {
        self.ask(|record| {
            let given = "SELECT 1 FROM statement WHERE id = ?1 AND n_reports > 0";
            let row =
                |connection: &Connection, id| statement_row(connection, id, &mut Sources::new(&record.texts));
            if_there(&record.connection, given, id, row)
        })
    }

    /// One report as in a list.
    pub fn report_row(&mut self, id: i64) -> Result<Option<ReportRow>, RecordError> {
        self.ask(|record| if_there(&record.connection, "SELECT 1 FROM report WHERE id = ?1", id, report_row))
    }

    /// One actor as in a list.
    pub fn actor_row(&mut self, id: i64) -> Result<Option<ActorRow>, RecordError> {
        self.ask(|record| if_there(&record.connection, "SELECT 1 FROM actor WHERE id = ?1", id, actor_row))
    }

    /// One place.
    pub fn place_row(&mut self, id: i64) -> Result<Option<PlaceRow>, RecordError> {
        self.ask(|record| if_there(&record.connection, "SELECT 1 FROM place WHERE id = ?1", id, place_row))
    }
}

fn if_there<T>(
    connection: &Connection,
    sql: &str,
    id: i64,
    row: impl FnOnce(&Connection, i64) -> Sql<T>,
) -> Sql<Option<T>> {
    let is_there = connection.prepare_cached(sql)?.query_row([id], |_| Ok(())).optional()?;
    is_there.map(|()| row(connection, id)).transpose()
}
