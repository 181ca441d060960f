//! Places, and how many events lie in each.

use super::Filters;
use super::choose::go_through_events;
use crate::Record;
use crate::error::{Failure, RecordError, Sql};
use crate::known::place_of;
use dateline_resolve::Place;
use rusqlite::Connection;
use rusqlite::types::Value;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// Its row.
    pub id: i64,
    /// The place.
    pub place: Place,
}

/// A place with the events that pass some filters.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceCount {
    /// The place.
    pub place: PlaceRow,
    /// Events there.
    pub n_events: u32,
}

impl Record {
    /// The places of the events that pass the filters, those with most events first.
    pub fn places(&mut self, filters: &Filters) -> Result<Vec<PlaceCount>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let rows = match filters.take_all() {
                true => places_of_all(connection, filters)?,
                false => places_of(connection, filters)?,
            };
            let counted =
                |(place, n_events)| Ok(PlaceCount { place: place_row(connection, place)?, n_events });
            rows.into_iter().map(counted).collect()
        })
    }
}

/// A page of the places of all events, with how many are there: counted in their index alone.
fn places_of_all(connection: &Connection, filters: &Filters) -> Sql<Vec<(i64, u32)>> {
    let mut query = connection.prepare_cached(
        "SELECT place, count(*) AS n FROM event WHERE place IS NOT NULL \
         GROUP BY place ORDER BY n DESC, place LIMIT ?1 OFFSET ?2",
    )?;
    let rows = query.query_map(page(filters), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A page of the places of the events that pass the filters, with how many are there.
fn places_of(connection: &Connection, filters: &Filters) -> Sql<Vec<(i64, u32)>> {
    let mut counts: FxHashMap<i64, u32> = FxHashMap::default();
    go_through_events(connection, filters, "event.place IS NOT NULL", "event.place", &mut |row| {
        *counts.entry(row.get(0)?).or_default() += 1;
        Ok(())
    })?;
    let mut counts: Vec<(i64, u32)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|&(place, n)| (std::cmp::Reverse(n), place));
    let counts = counts.into_iter().skip(filters.offset);
    Ok(counts.take(filters.limit.unwrap_or(usize::MAX)).collect())
}

impl Record {
    /// The places of this name, in order of their rows.
    pub fn places_named(&mut self, name: &str) -> Result<Vec<PlaceRow>, RecordError> {
        self.ask(|record| {
            let mut query = record.connection.prepare_cached(
                "SELECT id FROM place WHERE name = ?1 COLLATE NOCASE ORDER BY id LIMIT 100",
            )?;
            let ids: Vec<i64> =
                query.query_map([name.trim()], |row| row.get(0))?.collect::<Result<_, _>>()?;
            ids.into_iter().map(|id| place_row(&record.connection, id)).collect()
        })
    }
}

/// Limit and offset of a page, to bind.
pub(super) fn page(filters: &Filters) -> [Value; 2] {
    let limit = filters.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
    [Value::Integer(limit), Value::Integer(i64::try_from(filters.offset).unwrap_or(i64::MAX))]
}

pub(super) fn place_row(connection: &Connection, id: i64) -> Sql<PlaceRow> {
    let place = place_of(connection, &mut FxHashMap::default(), id);
    let place = place.map_err(|failure| match failure {
        Failure::Sqlite(rusqlite::Error::QueryReturnedNoRows) => {
            Failure::damaged(format!("there is no place {id}"))
        }
        other => other,
    })?;
    Ok(PlaceRow { id, place: Arc::unwrap_or_clone(place) })
}
