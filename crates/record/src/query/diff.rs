//! What is new between two days of publication.
//!
//! In:  two days.
//! Out: events, statements and discrepancies that reports published after the first day and up to the second have
//!      brought or changed: what was known by the evening of each is described from the reports published by then.
//!
//! Not done: reports without a day of publication tell nothing here, as nobody knows when they came.
//!
//! ```text
//! 18 April: two reports, 3 dead.  20 April: five reports, 4 dead  ->  changed: reports, independent_reports, size
//! ```

use super::discrepancies::discrepancy_row;
use super::events::event_row;
use super::evidence::Sources;
use super::statements::statement_row;
use super::{DiscrepancyRow, EventRow, StatementRow};
use crate::Record;
use crate::codes::day_number;
use crate::error::{RecordError, Sql};
use crate::layer::{recoded, told};
use crate::past::Rows;
use crate::refresh::Tellers;
use dateline_link::{Event, Telling, describe_event};
use jiff::civil::Date;
use rusqlite::params;

/// Whether something was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not.
    New,
    /// It was, and this is told otherwise since: names of fields.
    Fields(Vec<&'static str>),
}

/// Something that is new or changed, as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed<T> {
    /// What became of it.
    pub change: Change,
    /// The row.
    pub row: T,
}

/// What two days differ in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// In order of their rows.
    pub events: Vec<Changed<EventRow>>,
    /// In order of their rows.
    pub statements: Vec<Changed<StatementRow>>,
    /// In order of their rows.
    pub discrepancies: Vec<Changed<DiscrepancyRow>>,
}

impl Record {
    /// What was known by the evening of the second day and not by that of the first.
    pub fn diff(&mut self, before: Date, after: Date) -> Result<Diff, RecordError> {
        let (before, after) = (i64::from(day_number(before)), i64::from(day_number(after)));
        self.ask(|record| {
            Ok(Diff {
                events: events_between(record, before, after)?,
                statements: statements_between(record, before, after)?,
                discrepancies: discrepancies_between(record, before, after)?,
            })
        })
    }
}

fn events_between(record: &mut Record, before: i64, after: i64) -> Sql<Vec<Changed<EventRow>>> {
    let mut query = record.connection.prepare_cached(
        "SELECT DISTINCT mention.event FROM report JOIN mention ON mention.report = report.id \
         WHERE report.day > ?1 AND report.day <= ?2 AND mention.until IS NULL ORDER BY mention.event",
    )?;
    let ids: Vec<i64> =
        query.query_map(params![before, after], |row| row.get(0))?.collect::<Result<_, _>>()?;
    drop(query);
    let mut changed = Vec::with_capacity(ids.len());
    for id in ids {
        let change = match (known_by(record, id, before)?, known_by(record, id, after)?) {
            (Some(then), Some(now)) => match fields_that_differ(&then, &now) {
                fields if fields.is_empty() => continue,
                fields => Change::Fields(fields),
            },
            (None, Some(_)) => Change::New,
            // All that tells it was rejected.
            (_, None) => continue,
        };
        changed.push(Changed { change, row: event_row(&record.connection, id)? });
    }
    Ok(changed)
}

/// An event as told by the evening of a day.
fn known_by(record: &mut Record, event: i64, day: i64) -> Sql<Option<Event>> {
    let mut rows = Rows::default();
    let mut tellers = Tellers::default();
    let mut tellings: Vec<Telling> = Vec::new();
    for (report, mut telling) in told(record, &mut rows, event)?.held {
        if telling.published.is_none_or(|published| i64::from(day_number(published)) > day) {
            continue;
        }
        telling.report = tellers.number(record, report)?;
        tellings.push(telling);
    }
    let members: Vec<&Telling> = tellings.iter().collect();
    if members.is_empty() {
        return Ok(None);
    }
    let mut known = describe_event(&members, &tellers.sources, &tellers.issues);
    recoded(record, &mut rows, event, &mut known)?;
    Ok(Some(known))
}

fn fields_that_differ(then: &Event, now: &Event) -> Vec<&'static str> {
    let values = |event: &Event| {
        let mut sizes: Vec<_> = event.fields.size.iter().map(|size| size.value).collect();
        sizes.sort_unstable();
        sizes
    };
    let fields = [
        ("event", then.event != now.event),
        ("mode", then.modes != now.modes),
        ("status", then.status != now.status),
        // Rows number their actors in order of mention, so the earlier ones have the same numbers in both.
        ("actor", then.actors != now.actors),
        ("recipient", then.recipients != now.recipients),
        ("date", then.date != now.date),
        ("place", then.place != now.place),
        ("size", values(then) != values(now)),
        ("reports", then.reports.len() != now.reports.len()),
        ("independent_reports", then.independent_reports != now.independent_reports),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

fn statements_between(record: &mut Record, before: i64, after: i64) -> Sql<Vec<Changed<StatementRow>>> {
    let connection = &record.connection;
    let mut query = connection.prepare_cached(
        "SELECT statement, min(day) FROM saying JOIN report ON report.id = saying.report \
         WHERE saying.until IS NULL AND statement IN ( \
           SELECT saying.statement FROM report JOIN saying ON saying.report = report.id \
           WHERE report.day > ?1 AND report.day <= ?2 AND saying.until IS NULL) \
         GROUP BY statement ORDER BY statement",
    )?;
    let rows = query.query_map(params![before, after], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(i64, i64)> = rows.collect::<Result<_, _>>()?;
    let mut sources = Sources::new(&record.texts);
    let changed = rows.into_iter().map(|(id, first)| {
        let change = if first > before { Change::New } else { Change::Fields(vec!["reports"]) };
        Ok(Changed { change, row: statement_row(connection, id, &mut sources)? })
    });
    changed.collect()
}

/// A discrepancy is there from the day on which a second value was; it is changed by another value, and by a report that
/// withdraws one.
fn discrepancies_between(record: &mut Record, before: i64, after: i64) -> Sql<Vec<Changed<DiscrepancyRow>>> {
    let connection = &record.connection;
    let mut query = connection.prepare_cached(
        "SELECT discrepancy, sum(since <= ?1), sum(since > ?1 AND since <= ?2) FROM discrepancy_value \
         WHERE discrepancy IN ( \
           SELECT discrepancy FROM discrepancy_value WHERE since > ?1 AND since <= ?2 \
           UNION SELECT discrepancy.id FROM report JOIN mention ON mention.report = report.id \
             JOIN discrepancy ON about_kind = 1 AND about = mention.event \
             WHERE report.day > ?1 AND report.day <= ?2 AND mention.until IS NULL) \
         GROUP BY discrepancy HAVING sum(since <= ?2) >= 2 ORDER BY discrepancy",
    )?;
    let rows = query.query_map(params![before, after], |row| {
        let number = |column| Ok::<i64, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.unwrap_or(0));
        Ok((row.get(0)?, number(1)?, number(2)?))
    })?;
    let rows: Vec<(i64, i64, i64)> = rows.collect::<Result<_, _>>()?;
    let mut sources = Sources::new(&record.texts);
    let mut changed = Vec::new();
    for (id, values_then, values_since) in rows {
        let row = discrepancy_row(connection, id, &mut sources)?;
        let is_corrected = row.values.iter().flat_map(|value| &value.corrected).any(|corrected| {
            let day = corrected.day.map(|day| i64::from(day_number(day)));
            day.is_some_and(|day| day > before && day <= after)
        });
        let fields = [("values", values_since > 0), ("corrected", is_corrected)];
        let fields: Vec<&str> =
            fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
        let change = match (values_then, fields.is_empty()) {
            (..2, false) => Change::New,
            (_, false) => Change::Fields(fields),
            (_, true) => continue,
        };
        changed.push(Changed { change, row });
    }
    Ok(changed)
}
