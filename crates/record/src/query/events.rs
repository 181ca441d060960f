//! Events: as rows of a list, and one with all that its reports say.

use super::choose::{Order, choose_events};
use super::corrections::corrections_about;
use super::discrepancies::{AboutRow, discrepancies_about};
use super::evidence::Sources;
use super::parties::party;
use super::places::place_row;
use super::{CorrectionRow, DiscrepancyRow, EvidenceRow, Filters, PartyRow, PlaceRow, Quote};
use crate::Record;
use crate::codes::{contexts, day, label, modes};
use crate::error::{Failure, RecordError, Sql};
use crate::layer::{Told, is_rejected, told};
use crate::merge::followed;
use crate::past::Rows;
use crate::refresh::Tellers;
use dateline_link::{EventSize, Reported, Status, Telling, describe_event};
use dateline_plover::{Context, EventType, Mode, QuadClass};
use dateline_resolve::{DayRange, Place};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Its row.
    pub id: i64,
    /// What.
    pub event: EventType,
    /// How, in the codebook's order.
    pub modes: Vec<Mode>,
    /// About what.
    pub contexts: Vec<Context>,
    /// Whether it happened, by most reports.
    pub status: Status,
    /// Who.
    pub actors: Vec<PartyRow>,
    /// To whom.
    pub recipients: Vec<PartyRow>,
    /// When.
    pub date: Option<DayRange>,
    /// Where.
    pub place: Option<PlaceRow>,
    /// Reports that tell it.
    pub n_reports: u32,
    /// Of these, those that do not come from one another or from one origin.
    pub n_independent: u32,
    /// The day on which the first report was published.
    pub first_told: Option<Date>,
    /// The day on which the last one was.
    pub last_told: Option<Date>,
    /// Of the surest telling, 0 to 1.
    pub confidence: f32,
}

impl EventRow {
    /// The quadrant.
    pub fn quad(&self) -> QuadClass {
        self.event.quad()
    }

    /// PLOVER's score, -10 to 10: that of the first mode, else of the type.
    pub fn scale(&self) -> f32 {
        self.event.scale_with(self.modes.first().copied())
    }
}

/// A value and the words that give it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<T> {
    /// The value.
    pub value: T,
    /// The words, in order of report and text.
    pub evidence: Vec<Quote>,
}

/// One event with all that its reports say.
#[derive(Clone, Debug)]
pub struct EventDetail {
    /// As in a list.
    pub row: EventRow,
    /// Each telling, in order of report and text.
    pub evidence: Vec<EvidenceRow>,
    /// Days, and who gives them.
    pub dates: Vec<Held<DayRange>>,
    /// Places, and who gives them.
    pub places: Vec<Held<Place>>,
    /// Whether it happened, and who says so.
    pub statuses: Vec<Held<Status>>,
    /// Numbers of dead, injured and so on, and who gives them.
    pub sizes: Vec<Held<EventSize>>,
    /// Where the reports differ.
    pub discrepancies: Vec<DiscrepancyRow>,
    /// Tellings that people have rejected; where they are all, no list has the event.
    pub rejected: Vec<EvidenceRow>,
    /// What people have corrected, the earliest first.
    pub corrections: Vec<CorrectionRow>,
}

impl Record {
    /// The events that pass the filters, the latest first; those of no known day come last.
    pub fn events(&mut self, filters: &Filters) -> Result<Vec<EventRow>, RecordError> {
        self.ask(|record| {
            let ids = choose_events(&record.connection, filters, Order::LatestFirst)?;
            ids.into_iter().map(|id| event_row(&record.connection, id)).collect()
        })
    }

    /// The same, the latest added first, whatever their day.
    pub fn newest_events(&mut self, filters: &Filters) -> Result<Vec<EventRow>, RecordError> {
        self.ask(|record| {
            let ids = choose_events(&record.connection, filters, Order::NewestFirst)?;
            ids.into_iter().map(|id| event_row(&record.connection, id)).collect()
        })
    }

    /// The rows of these events only, to go through more than should be held at once.
    pub fn event_ids(&mut self, filters: &Filters) -> Result<Vec<i64>, RecordError> {
        self.ask(|record| choose_events(&record.connection, filters, Order::LatestFirst))
    }

    /// One event with its evidence, if there is one with this number; also where people have rejected it.
    pub fn event(&mut self, id: i64) -> Result<Option<EventDetail>, RecordError> {
        self.ask(|record| {
            let id = followed(record, id)?;
            let mut query =
                record.connection.prepare_cached("SELECT n_reports > 0 FROM event WHERE id = ?1")?;
            let is_told: Option<bool> = query.query_row([id], |row| row.get(0)).optional()?;
            drop(query);
            let is_there = match is_told {
                Some(false) => is_rejected(record, id)?,
                is_told => is_told.is_some(),
            };
            is_there.then(|| event_detail(record, id)).transpose()
        })
    }
}

/// An event as in a list.
pub(crate) fn event_row(connection: &Connection, id: i64) -> Sql<EventRow> {
    let mut query = connection.prepare_cached(
        "SELECT event, modes, contexts, status, date_from, date_to, place, n_reports, n_independent, first_told, \
         last_told, confidence FROM event WHERE id = ?1",
    )?;
    let mut rows = query.query([id])?;
    let row = rows.next()?.ok_or_else(|| Failure::damaged(format!("there is no event {id}")))?;
    let event = label(EventType::ALL, row.get(0)?)?;
    let from = row.get::<_, Option<i64>>(4)?.and_then(day);
    let to = row.get::<_, Option<i64>>(5)?.and_then(day);
    let (actors, recipients) = parties(connection, id)?;
    Ok(EventRow {
        id,
        event,
        modes: modes(event, row.get(1)?),
        contexts: contexts(row.get(2)?),
        status: label(Status::ALL, row.get(3)?)?,
        actors,
        recipients,
        date: from.zip(to).map(|(from, to)| DayRange { from, to }),
        place: row.get::<_, Option<i64>>(6)?.map(|place| place_row(connection, place)).transpose()?,
        n_reports: row.get(7)?,
        n_independent: row.get(8)?,
        first_told: row.get::<_, Option<i64>>(9)?.and_then(day),
        last_told: row.get::<_, Option<i64>>(10)?.and_then(day),
        confidence: row.get(11)?,
    })
}

/// Actors and recipients of an event.
fn parties(connection: &Connection, event: i64) -> Sql<(Vec<PartyRow>, Vec<PartyRow>)> {
    let mut query = connection
        .prepare_cached("SELECT role, actor FROM event_party WHERE event = ?1 ORDER BY role, actor")?;
    let mut rows = query.query([event])?;
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let side = if row.get::<_, i64>(0)? == 0 { &mut actors } else { &mut recipients };
        side.push(party(connection, row.get(1)?)?);
    }
    Ok((actors, recipients))
}

fn event_detail(record: &mut Record, id: i64) -> Sql<EventDetail> {
    let mut rows = Rows::default();
    let mut tellers = Tellers::default();
    let mut tellings: Vec<Telling> = Vec::new();
    let Told { held, rejected } = told(record, &mut rows, id)?;
    for (report, mut telling) in held {
        telling.report = tellers.number(record, report)?;
        tellings.push(telling);
    }
    let corrections = corrections_about(record, id)?;
    let connection = &record.connection;
    let mut sources = Sources::new(&record.texts);
    let mut evidence_of = |report: i64, telling: &Telling| -> Sql<EvidenceRow> {
        let source = sources.of(connection, report)?;
        let (prefix, suffix) = source.around(telling.sentence)?;
        Ok(EvidenceRow {
            quote: source.quote(telling.sentence)?,
            number: telling.number as i64,
            prefix,
            suffix,
            name: source.name.clone(),
            outlet: source.outlet.clone(),
            url: source.url.clone(),
            title: source.title.clone(),
            published: source.published.clone(),
            event: telling.event,
            status: telling.status,
            trigger: Some(source.quote(telling.trigger_span)?).filter(|trigger| !trigger.text.is_empty()),
            attributed_to: telling
                .speaker
                .map(|speaker| party(connection, rows.actors[speaker.index()]))
                .transpose()?,
            confidence: telling.confidence,
        })
    };
    let evidence = tellings.iter().map(|telling| evidence_of(tellers.rows[telling.report], telling));
    let evidence: Vec<EvidenceRow> = evidence.collect::<Sql<_>>()?;
    let rejected = rejected.iter().map(|(report, telling)| evidence_of(*report, telling));
    let rejected: Vec<EvidenceRow> = rejected.collect::<Sql<_>>()?;
    let members: Vec<&Telling> = tellings.iter().collect();
    let fields = if members.is_empty() {
        Default::default()
    } else {
        describe_event(&members, &tellers.sources, &tellers.issues).fields
    };
    let mut quotes = Quotes { connection, reports: &tellers.rows, sources: &mut sources };
    Ok(EventDetail {
        row: event_row(connection, id)?,
        evidence,
        dates: quotes.held(fields.date)?,
        places: quotes.held(fields.place)?,
        statuses: quotes.held(fields.status)?,
        sizes: quotes.held(fields.size)?,
        discrepancies: discrepancies_about(connection, AboutRow::Event(id), quotes.sources)?,
        rejected,
        corrections,
    })
}

/// Turns evidence by number of report into words.
struct Quotes<'a> {
    connection: &'a Connection,
    reports: &'a [i64],
    sources: &'a mut Sources,
}

impl Quotes<'_> {
    fn held<T>(&mut self, values: Vec<Reported<T>>) -> Sql<Vec<Held<T>>> {
        let mut held = Vec::with_capacity(values.len());
        for Reported { value, evidence } in values {
            let mut quotes = Vec::with_capacity(evidence.len());
            for shown in evidence {
                let source = self.sources.of(self.connection, self.reports[shown.report.index()])?;
                quotes.push(source.quote(shown.span)?);
            }
            held.push(Held { value, evidence: quotes });
        }
        Ok(held)
    }
}
