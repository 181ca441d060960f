//! Makes one event of two, where new reports show that they are one.
//!
//! In:  pairs of events ([`dateline_link::Joined::merged`]).
//! Out: all tellings with the one event; the other one stays as an empty row, and `merged_event` says what it became.

use crate::Record;
use crate::add::Run;
use crate::error::Sql;
use crate::past::{Rows, tellings_of};
use crate::refresh::Touched;
use crate::write::days_of_keys;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// Moves the tellings of each first event to the second, in this order.
pub(crate) fn merge_events(
    record: &mut Record,
    run: Run,
    pairs: impl Iterator<Item = (i64, i64)>,
    touched: &mut Touched,
) -> Sql<()> {
    for (event, into) in pairs {
        let tellings = tellings_of(record, &mut Rows::default(), event, None)?;
        let keys: BTreeSet<(u32, i32)> =
            tellings.iter().flat_map(|(_, telling)| days_of_keys(telling)).collect();
        let connection = &record.connection;
        let mut delete =
            connection.prepare_cached("DELETE FROM event_key WHERE key = ?1 AND day = ?2 AND event = ?3")?;
        let mut insert = connection
            .prepare_cached("INSERT OR IGNORE INTO event_key (key, day, event) VALUES (?1, ?2, ?3)")?;
        for (key, day) in keys {
            delete.execute(params![key, day, event])?;
            insert.execute(params![key, day, into])?;
        }
        connection
            .prepare_cached("UPDATE mention SET event = ?2 WHERE event = ?1")?
            .execute(params![event, into])?;
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO merged_event (event, into_event, run) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![event, into, run.id()])?;
        touched.events.extend([event, into]);
    }
    Ok(())
}

/// What an event became: itself, or the one that it was merged into.
pub(crate) fn followed(record: &Record, mut event: i64) -> Sql<i64> {
    if record.format < 2 {
        return Ok(event);
    }
    let mut query = record.connection.prepare_cached(match record.format {
        2 => "SELECT into_event FROM merged_event WHERE event = ?1",
        _ => {
            "SELECT into_event FROM merged_event WHERE event = ?1 \
             UNION ALL SELECT into_event FROM united_event WHERE event = ?1 LIMIT 1"
        }
    })?;
    // Each step leads to an event with an older row, so there is an end.
    while let Some(into) = query.query_row([event], |row| row.get::<_, i64>(0)).optional()? {
        if into >= event {
            break;
        }
        event = into;
    }
    Ok(event)
}
