//! Events without names and words, for going through many of them.
//!
//! ```text
//! e12: ASSAULT/drone, reported, 18 April, told first on 19 April, 3 independent reports, p4, RUS -> UKR
//! ```

use super::Filters;
use super::choose::{Order, choose_events};
use crate::Record;
use crate::codes::{day, label, modes};
use crate::error::{Failure, RecordError, Sql};
use crate::known::KnownParty;
use dateline_link::Status;
use dateline_plover::{EventType, QuadClass};
use dateline_resolve::CountryCode;
use jiff::civil::Date;
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// What an event is, in few bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct EventOutline {
    /// Its row.
    pub id: i64,
    /// What.
    pub event: EventType,
    /// PLOVER's score of its first mode, else of its type: -10 to 10.
    pub scale: f32,
    /// Whether it happened, by most reports.
    pub status: Status,
    /// Its first day.
    pub day: Option<Date>,
    /// The day on which the first report was published.
    pub first_told: Option<Date>,
    /// Reports that do not come from one another or from one origin.
    pub n_independent: u32,
    /// The row of its place.
    pub place: Option<i64>,
    /// Countries of those who act, each once.
    pub actors: Vec<CountryCode>,
    /// Countries of those to whom, each once.
    pub recipients: Vec<CountryCode>,
}

impl EventOutline {
    /// The quadrant.
    pub fn quad(&self) -> QuadClass {
        self.event.quad()
    }
}

impl Record {
    /// The events that pass the filters in outline, the latest first; those of no known day come last.
    pub fn outlines(&mut self, filters: &Filters) -> Result<Vec<EventOutline>, RecordError> {
        self.ask(|record| {
            let ids = choose_events(&record.connection, filters, Order::LatestFirst)?;
            ids.into_iter().map(|id| outline(&record.connection, &mut record.parties, id)).collect()
        })
    }
}

fn outline(connection: &Connection, parties: &mut FxHashMap<i64, KnownParty>, id: i64) -> Sql<EventOutline> {
    let mut query = connection.prepare_cached(
        "SELECT event, modes, status, date_from, first_told, n_independent, place FROM event WHERE id = ?1",
    )?;
    let mut rows = query.query([id])?;
    let row = rows.next()?.ok_or_else(|| Failure::damaged(format!("there is no event {id}")))?;
    let event = label(EventType::ALL, row.get(0)?)?;
    let mut outline = EventOutline {
        id,
        event,
        scale: event.scale_with(modes(event, row.get(1)?).first().copied()),
        status: label(Status::ALL, row.get(2)?)?,
        day: row.get::<_, Option<i64>>(3)?.and_then(day),
        first_told: row.get::<_, Option<i64>>(4)?.and_then(day),
        n_independent: row.get(5)?,
        place: row.get(6)?,
        actors: Vec::new(),
        recipients: Vec::new(),
    };
    let mut query = connection.prepare_cached("SELECT role, actor FROM event_party WHERE event = ?1")?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let side = if row.get::<_, i64>(0)? == 0 { &mut outline.actors } else { &mut outline.recipients };
        side.extend(KnownParty::of(connection, parties, row.get(1)?)?.country);
    }
    for side in [&mut outline.actors, &mut outline.recipients] {
        side.sort_unstable();
        side.dedup();
    }
    Ok(outline)
}
