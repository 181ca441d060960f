//! Actors, as rows of a list.

use super::choose::list_of;
use super::parties::party;
use super::places::page;
use super::{Filters, PartyFilter, PartyRow};
use crate::Record;
use crate::error::{RecordError, Sql};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// One actor.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorRow {
    /// Who.
    pub party: PartyRow,
    /// Every form of its name, the most frequent first. Empty where it has none.
    pub names: Vec<String>,
    /// What reports say it is.
    pub offices: Vec<String>,
    /// Reports that speak of it.
    pub n_reports: u32,
    /// Events in which it takes part.
    pub n_events: u32,
}

impl Record {
    /// What reports say an actor is, as printed.
    pub fn offices(&mut self, actor: i64) -> Result<Vec<String>, RecordError> {
        self.ask(|record| {
            let mut query = record.connection.prepare_cached("SELECT offices FROM actor WHERE id = ?1")?;
            let offices: Option<String> = query.query_row([actor], |row| row.get(0)).optional()?;
            Ok(offices.unwrap_or_default().lines().map(str::to_owned).collect())
        })
    }

    /// The actors by `actor` and `country` of the filters, those of most reports first.
    pub fn actors(&mut self, filters: &Filters) -> Result<Vec<ActorRow>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let mut conditions = Vec::new();
            let mut values: Vec<Value> = Vec::new();
            let of_country = filters.country.map(|country| PartyFilter::Country { country, sector: None });
            for actor in [&filters.actor, &of_country].into_iter().flatten() {
                conditions.push(format!("id IN {}", list_of(&mut values, &actor.actors(connection)?)));
            }
            let choose = |condition: &str| -> Sql<Vec<i64>> {
                let all: Vec<&str> = conditions.iter().map(String::as_str).chain([condition]).collect();
                let mut query = connection.prepare_cached(&format!(
                    "SELECT id FROM actor WHERE {} ORDER BY n_reports DESC, id LIMIT ?{} OFFSET ?{}",
                    all.join(" AND "),
                    values.len() + 1,
                    values.len() + 2
                ))?;
                let values = values.iter().cloned().chain(page(filters));
                let rows = query.query_map(params_from_iter(values), |row| row.get(0))?;
                Ok(rows.collect::<Result<_, _>>()?)
            };
            // Those of many reports have an index, and few ask for more.
            let mut ids = choose("n_reports > 19")?;
            if ids.len() < filters.limit.unwrap_or(usize::MAX) {
                ids = choose("n_reports > 0")?;
            }
            ids.into_iter().map(|id| actor_row(connection, id)).collect()
        })
    }
}

pub(super) fn actor_row(connection: &Connection, id: i64) -> Sql<ActorRow> {
    let mut query = connection.prepare_cached(
        "SELECT name FROM actor_name WHERE actor = ?1 ORDER BY n_reports DESC, id LIMIT 24",
    )?;
    let names = query.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut query = connection.prepare_cached(
        "SELECT offices, n_reports, (SELECT count(DISTINCT event) FROM event_party WHERE event_party.actor = actor.id) \
         FROM actor WHERE id = ?1",
    )?;
    let (offices, n_reports, n_events): (String, u32, u32) =
        query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let offices = offices.lines().map(str::to_owned).collect();
    Ok(ActorRow { party: party(connection, id)?, names, offices, n_reports, n_events })
}
