//! Chooses events, in a way that is fast for what is asked.
//!
//! In:  [`Filters`].
//! Out: the rows of the events that pass them, the latest first, those of no known day last; or in another [`Order`].
//!
//! There are two ways to go. Either along the days, the latest first, looking at each event whether it passes, until
//! the page is full: fast where many pass. Or from the few events of a rare actor, place or word, which are all
//! looked at and then sorted. How many there are is counted in the indexes, up to [`MAX_COUNTED`].

use super::TextQuery;
use super::filters::{Filters, LONGEST_DAYS, PartyFilter, PlaceFilter};
use super::text::Indexed;
use crate::codes::{context_bits, day_number, mode_bits};
use crate::error::Sql;
use dateline_link::Status;
use dateline_plover::EventType;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

/// Rows of an index that are counted to see how rare something is.
const MAX_COUNTED: i64 = 30_000;
/// Events whose reports are listed; where there are more, the latest reports have enough of them.
const FEW: usize = 2_000;

/// In which order, and which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The latest first, one page.
    LatestFirst,
    /// From the first day on, one page, those of a known day only.
    ByDay,
    /// The latest added first, one page, whatever their day.
    NewestFirst,
    /// As they are found, all of them.
    Any,
}

/// The rows of one page of events.
pub(super) fn choose_events(connection: &Connection, filters: &Filters, order: Order) -> Sql<Vec<i64>> {
    let mut choice = Choice::of(connection, filters)?;
    if order == Order::ByDay {
        choice.conditions.push("event.date_from IS NOT NULL".to_owned());
    }
    let wanted = filters.limit.map(|limit| limit.saturating_add(filters.offset));
    let sql = choice.sql(connection, "event.id", wanted, order)?;
    let mut query = connection.prepare_cached(&sql)?;
    let mut rows = query.query(params_from_iter(&choice.values))?;
    let mut events = Vec::new();
    let mut passed = 0;
    let mut look_up = choice.look_up;
    while events.len() < filters.limit.unwrap_or(usize::MAX)
        && let Some(row) = rows.next()?
    {
        let event: i64 = row.get(0)?;
        if let Some(found) = &mut look_up
            && !found.has_any(connection, TOLD_IN, event)?
        {
            continue;
        }
        passed += 1;
        if passed > filters.offset {
            events.push(event);
        }
    }
    Ok(events)
}

/// Goes through all events that pass the filters and some `condition`, in no order. `columns` of each are handed on.
pub(super) fn go_through_events(
    connection: &Connection,
    filters: &Filters,
    condition: &str,
    columns: &str,
    take: &mut dyn FnMut(&Row) -> Sql<()>,
) -> Sql<()> {
    let mut choice = Choice::of(connection, filters)?;
    choice.conditions.push(condition.to_owned());
    if let Some(found) = choice.look_up.take() {
        choice.way_by(found.all(connection)?);
    }
    let sql = choice.sql(connection, columns, None, Order::Any)?;
    let mut query = connection.prepare_cached(&sql)?;
    let mut rows = query.query(params_from_iter(&choice.values))?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// Filters for a question about something that has an event.
pub(super) struct OfEvent<'f>(Choice<'f>);

impl<'f> OfEvent<'f> {
    pub fn of(connection: &Connection, filters: &'f Filters) -> Sql<OfEvent<'f>> {
        Ok(OfEvent(Choice::of(connection, filters)?))
    }

    /// A condition on `event`, and what it binds.
    pub fn condition(&self) -> (String, Vec<Value>) {
        (self.0.conditions.join(" AND "), self.0.values.clone())
    }

    /// Whether an event for which the condition holds passes the filters.
    pub fn takes(&mut self, connection: &Connection, event: i64) -> Sql<bool> {
        self.0.look_up.as_mut().map_or(Ok(true), |found| found.has_any(connection, TOLD_IN, event))
    }

    /// The events for which the condition holds, where they are few and quickly found.
    pub fn few(&self, connection: &Connection) -> Sql<Option<Vec<i64>>> {
        let choice = &self.0;
        if choice.ways.iter().all(|way| way.n >= MAX_COUNTED) {
            return Ok(None);
        }
        let sql = choice.sql(connection, "event.id", None, Order::Any)?;
        let mut query = connection.prepare_cached(&sql)?;
        let mut rows = query.query(params_from_iter(&choice.values))?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            if events.len() == FEW {
                return Ok(None);
            }
            events.push(row.get(0)?);
        }
        Ok(Some(events))
    }
}

/// A list of rows for a condition, bound as one value.
pub(super) fn list_of(values: &mut Vec<Value>, rows: &[i64]) -> String {
    let rows: Vec<String> = rows.iter().map(i64::to_string).collect();
    values.push(format!("[{}]", rows.join(",")).into());
    format!("(SELECT value FROM json_each(?{}))", values.len())
}

/// The reports that tell an event.
const TOLD_IN: &str = "SELECT report FROM mention WHERE event = ?1 AND until IS NULL";

/// A way to the events that one filter leaves.
struct Way {
    /// A query for them.
    sql: String,
    /// How many there are, at least.
    n: i64,
}

/// Filters as SQL.
#[derive(Default)]
struct Choice<'f> {
    conditions: Vec<String>,
    values: Vec<Value>,
    ways: Vec<Way>,
    /// What part of the events probably passes the filters that have no index.
    share: f64,
    /// What has to be looked up for each event, as too many reports fit to list them.
    look_up: Option<Indexed<'f>>,
}

impl<'f> Choice<'f> {
    fn of(connection: &Connection, filters: &'f Filters) -> Sql<Choice<'f>> {
        let mut choice = Choice { share: 1.0, ..Choice::default() };
        choice.conditions.push("event.n_reports > 0".to_owned());
        choice.of_types(filters);
        choice.of_days(filters);
        if let Some(status) = filters.status {
            choice.conditions.push(format!("event.status = {}", status as u8));
            choice.share *= if status == Status::Reported { 0.7 } else { 0.1 };
        }
        if filters.min_independent > 1 {
            // The first of these lets SQLite take the index of such events.
            let enough =
                format!("event.n_independent > 1 AND event.n_independent >= {}", filters.min_independent);
            choice.conditions.push(enough.clone());
            choice.way(connection, format!("SELECT event.id AS event FROM event WHERE {enough}"))?;
        }
        if let Some(country) = filters.country {
            let country = choice.bind(country.to_string());
            let places = format!("(SELECT id FROM place WHERE country = {country})");
            choice.conditions.push(format!("event.place IN {places}"));
            choice.way(
                connection,
                format!("SELECT event.id AS event FROM event WHERE event.place IN {places}"),
            )?;
        }
        if let Some(place) = &filters.place {
            let places = match place {
                PlaceFilter::Place(place) => format!("({place})"),
                PlaceFilter::Name(name) => {
                    let name = choice.bind(name.clone());
                    format!("(SELECT id FROM place WHERE name = {name} COLLATE NOCASE)")
                }
            };
            choice.conditions.push(format!("event.place IN {places}"));
            choice.way(
                connection,
                format!("SELECT event.id AS event FROM event WHERE event.place IN {places}"),
            )?;
        }
        if let Some(context) = filters.context {
            choice.conditions.push(format!("event.contexts & {} <> 0", context_bits(&[context])));
            choice.share *= 0.1;
        }
        for (party, role) in [(&filters.actor, 0), (&filters.recipient, 1)] {
            if let Some(party) = party {
                let actors = choice.actors(connection, party)?;
                // With a plus each party of the event is looked up in the list, and not the other way round.
                choice.conditions.push(format!(
                    "EXISTS (SELECT 1 FROM event_party WHERE event_party.event = event.id \
                     AND event_party.role = {role} AND +event_party.actor IN {actors})"
                ));
                choice.way(
                    connection,
                    format!("SELECT event FROM event_party WHERE actor IN {actors} AND role = {role}"),
                )?;
            }
        }
        if let Some((one, other)) = &filters.dyad {
            let (one, other) = (choice.actors(connection, one)?, choice.actors(connection, other)?);
            choice.conditions.push(format!(
                "EXISTS (SELECT 1 FROM event_party AS a JOIN event_party AS b \
                 ON b.event = a.event AND b.actor <> a.actor \
                 WHERE a.event = event.id AND +a.actor IN {one} AND +b.actor IN {other} AND (a.role = 0 OR b.role = 0))"
            ));
            for side in [one, other] {
                choice.way(
                    connection,
                    format!("SELECT event FROM event_party WHERE event_party.actor IN {side}"),
                )?;
            }
        }
        if let Some(text) = &filters.text {
            choice.of_text(connection, text)?;
        }
        Ok(choice)
    }

    fn of_types(&mut self, filters: &Filters) {
        if !filters.event.is_empty() {
            let one = |event: &super::EventFilter| {
                let number = event.event as u8;
                match event.mode {
                    None => format!("event.event = {number}"),
                    Some(mode) => {
                        format!(
                            "event.event = {number} AND event.modes & {}",
                            mode_bits(event.event, &[mode])
                        )
                    }
                }
            };
            let any: Vec<String> = filters.event.iter().map(|event| format!("({})", one(event))).collect();
            self.conditions.push(format!("({})", any.join(" OR ")));
            self.share *= if filters.event.iter().all(|event| event.mode.is_some()) { 0.01 } else { 0.05 };
        }
        if let Some(quad) = filters.quad {
            let types = EventType::ALL.iter().filter(|event| event.quad() == quad);
            let types: Vec<String> = types.map(|&event| (event as u8).to_string()).collect();
            self.conditions.push(format!("event.event IN ({})", types.join(", ")));
            self.share *= 0.2;
        }
    }

    fn of_days(&mut self, filters: &Filters) {
        if let Some(from) = filters.from.map(day_number) {
            self.conditions.push(format!(
                "event.date_from >= {} AND (event.date_from >= {from} \
                 OR event.date_to >= {from} AND event.date_to - event.date_from < {LONGEST_DAYS})",
                from.saturating_sub(LONGEST_DAYS),
            ));
        }
        if let Some(to) = filters.to.map(day_number) {
            self.conditions.push(format!("event.date_from <= {to}"));
        }
    }

    fn of_text(&mut self, connection: &Connection, text: &'f TextQuery) -> Sql<()> {
        let found = text.indexed(connection)?;
        if found.are_many() {
            self.look_up = Some(found);
            return Ok(());
        }
        self.way_by(found.all(connection)?);
        Ok(())
    }

    /// Takes only events that these reports tell.
    fn way_by(&mut self, reports: Vec<i64>) {
        let n = reports.len() as i64 * 4;
        let reports = self.list(&reports);
        let sql =
            format!("SELECT event FROM mention WHERE mention.report IN {reports} AND mention.until IS NULL");
        self.ways.push(Way { sql, n });
    }

    fn list(&mut self, reports: &[i64]) -> String {
        let reports = list_of(&mut self.values, reports);
        self.conditions.push(format!(
            "EXISTS (SELECT 1 FROM mention WHERE mention.event = event.id AND mention.until IS NULL \
             AND +mention.report IN {reports})"
        ));
        reports
    }

    fn actors(&mut self, connection: &Connection, party: &PartyFilter) -> Sql<String> {
        let actors = party.actors(connection)?;
        Ok(list_of(&mut self.values, &actors))
    }

    fn bind(&mut self, value: String) -> String {
        self.values.push(Value::Text(value));
        format!("?{}", self.values.len())
    }

    /// Remembers a way and counts how long it is.
    fn way(&mut self, connection: &Connection, sql: String) -> Sql<()> {
        let count = format!("SELECT count(*) FROM ({sql} LIMIT {MAX_COUNTED})");
        let mut query = connection.prepare_cached(&count)?;
        // Values that only other conditions use may be bound too.
        let n = query.parameter_count();
        let n = query.query_row(params_from_iter(&self.values[..n]), |row| row.get(0))?;
        self.ways.push(Way { sql, n });
        Ok(())
    }

    /// The whole question. `wanted` rows are enough.
    fn sql(
        &self,
        connection: &Connection,
        columns: &str,
        wanted: Option<usize>,
        order: Order,
    ) -> Sql<String> {
        let mut query = connection.prepare_cached("SELECT coalesce(max(id), 0) FROM event")?;
        let n_events: i64 = query.query_row([], |row| row.get(0))?;
        let parts = self.ways.iter().map(|way| way.n as f64 / (n_events as f64).max(1.0));
        let share = parts.fold(self.share, |share, part| share * part.min(1.0));
        let along_days = match wanted {
            Some(wanted) => (wanted as f64 / share.max(1e-9)).min(n_events as f64),
            None => n_events as f64,
        };
        let conditions = self.conditions.join(" AND ");
        let is_newest = order == Order::NewestFirst;
        let (from, to) = match self.ways.iter().min_by_key(|way| way.n) {
            Some(way) if (way.n as f64) < along_days && way.n < MAX_COUNTED => (
                format!(
                    "(SELECT DISTINCT event FROM ({})) AS found CROSS JOIN event ON event.id = found.event",
                    way.sql
                ),
                "+event.date_from",
            ),
            _ if is_newest || order == Order::Any => ("event NOT INDEXED".to_owned(), "event.id"),
            _ => ("event INDEXED BY event_by_date".to_owned(), "event.date_from"),
        };
        let to = if is_newest { "event.id" } else { to };
        let direction = if order == Order::ByDay { "" } else { " DESC" };
        let order = match order {
            Order::Any => String::new(),
            _ => format!(" ORDER BY {to}{direction}, event.id{direction}"),
        };
        Ok(format!("SELECT {columns} FROM {from} WHERE {conditions}{order}"))
    }
}
