//! Places, and how many events lie in each.

use super::Filters;
use super::choose::as_condition;
use crate::Record;
use crate::error::{Failure, RecordError, Sql};
use crate::known::place_of;
use dateline_resolve::Place;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
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
            // All events of a place are counted in its index alone.
            let (condition, mut values) = match filters.take_all() {
                true => ("1".to_owned(), Vec::new()),
                false => as_condition(&record.connection, filters)?,
            };
            let n = values.len();
            values.extend(page(filters));
            let mut query = record.connection.prepare_cached(&format!(
                "SELECT place, count(*) AS n FROM event WHERE place IS NOT NULL AND {condition} \
                 GROUP BY place ORDER BY n DESC, place LIMIT ?{} OFFSET ?{}",
                n + 1,
                n + 2
            ))?;
            let rows = query.query_map(params_from_iter(&values), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(i64, u32)> = rows.collect::<Result<_, _>>()?;
            let counted =
                |(place, n_events)| Ok(PlaceCount { place: place_row(&record.connection, place)?, n_events });
            rows.into_iter().map(counted).collect()
        })
    }
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
