//! Where reports differ, and who says what.

use super::choose::{OfEvent, list_of};
use super::evidence::Sources;
use super::{Filters, Quote};
use crate::Record;
use crate::codes::{day, label};
use crate::error::{Failure, RecordError, Sql};
use crate::stored::read_evidence;
use dateline_link::{Correcting, DiscrepancyKind};
use dateline_text::ByteSpan;
use jiff::civil::Date;
use rusqlite::{Connection, params, params_from_iter};

/// What a discrepancy is about, by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AboutRow {
    /// An actor.
    Actor(i64),
    /// An event.
    Event(i64),
    /// A statement.
    Statement(i64),
}

impl AboutRow {
    fn numbers(self) -> (i64, i64) {
        match self {
            AboutRow::Actor(id) => (0, id),
            AboutRow::Event(id) => (1, id),
            AboutRow::Statement(id) => (2, id),
        }
    }

    fn of(kind: i64, id: i64) -> Sql<AboutRow> {
        match kind {
            0 => Ok(AboutRow::Actor(id)),
            1 => Ok(AboutRow::Event(id)),
            2 => Ok(AboutRow::Statement(id)),
            _ => Err(Failure::damaged(format!("a discrepancy is about a thing of kind {kind}"))),
        }
    }
}

/// Two or more values where there should be one.
#[derive(Clone, Debug, PartialEq)]
pub struct DiscrepancyRow {
    /// Its row. A discrepancy that is worked out anew gets another.
    pub id: i64,
    /// In what they differ.
    pub kind: DiscrepancyKind,
    /// What it is about.
    pub about: AboutRow,
    /// What differs, in one sentence without a full stop.
    pub note: String,
    /// The values, the one with most independent reports first.
    pub values: Vec<DiscrepancyValue>,
}

/// One of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct DiscrepancyValue {
    /// The value.
    pub value: String,
    /// Reports that give it.
    pub n_reports: u32,
    /// The day on which a report first gave it.
    pub since: Option<Date>,
    /// The words of the first of these reports.
    pub evidence: Vec<Quote>,
    /// Which of these reports were corrected since.
    pub corrected: Vec<CorrectedRow>,
}

/// A value that an outlet has taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectedRow {
    /// The row of the report that gave it.
    pub report: i64,
    /// The row of the report that corrects it.
    pub by: i64,
    /// Who published both.
    pub outlet: Option<String>,
    /// The day on which the value was corrected.
    pub day: Option<Date>,
    /// How that is known.
    pub how: Correcting,
}

impl Record {
    /// The discrepancies, the latest found first. With filters those about events that pass them; with one for the
    /// actor alone also those about such an actor.
    pub fn discrepancies(&mut self, filters: &Filters) -> Result<Vec<DiscrepancyRow>, RecordError> {
        self.discrepancies_of(None, filters)
    }

    /// The same of one kind alone, where one is given.
    pub fn discrepancies_of(
        &mut self,
        kind: Option<DiscrepancyKind>,
        filters: &Filters,
    ) -> Result<Vec<DiscrepancyRow>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let mut of_event = OfEvent::of(connection, filters)?;
            let (condition, mut values) = of_event.condition();
            let about_event = format!(
                "about_kind = 1 AND EXISTS (SELECT 1 FROM event WHERE event.id = about AND {condition})"
            );
            let chosen = match &filters.actor {
                _ if filters.take_all() => "1".to_owned(),
                Some(actor) if (Filters { actor: None, ..filters.clone() }).take_all() => {
                    let actors = list_of(&mut values, &actor.actors(connection)?);
                    format!("({about_event} OR about_kind = 0 AND about IN {actors})")
                }
                // An actor has no day, type or place of its own.
                _ => about_event,
            };
            let of_kind = kind.map_or(String::new(), |kind| format!("kind = {} AND ", kind as u8));
            let mut query = connection.prepare_cached(&format!(
                "SELECT id, about_kind, about FROM discrepancy WHERE {of_kind}{chosen} ORDER BY id DESC"
            ))?;
            let mut rows = query.query(params_from_iter(&values))?;
            let (mut ids, mut passed) = (Vec::new(), 0);
            while ids.len() < filters.limit.unwrap_or(usize::MAX)
                && let Some(row) = rows.next()?
            {
                let (id, about) = (row.get(0)?, AboutRow::of(row.get(1)?, row.get(2)?)?);
                if let AboutRow::Event(event) = about
                    && !of_event.takes(connection, event)?
                {
                    continue;
                }
                passed += 1;
                if passed > filters.offset {
                    ids.push(id);
                }
            }
            let mut sources = Sources::new(&record.texts);
            ids.into_iter().map(|id| discrepancy_row(connection, id, &mut sources)).collect()
        })
    }

    /// All discrepancies about some things, in the order of these.
    pub fn discrepancies_about(&mut self, things: &[AboutRow]) -> Result<Vec<DiscrepancyRow>, RecordError> {
        self.ask(|record| {
            let (mut rows, mut sources) = (Vec::new(), Sources::new(&record.texts));
            for &about in things {
                rows.extend(discrepancies_about(&record.connection, about, &mut sources)?);
            }
            Ok(rows)
        })
    }
}

/// All discrepancies about one thing.
pub(super) fn discrepancies_about(
    connection: &Connection,
    about: AboutRow,
    sources: &mut Sources,
) -> Sql<Vec<DiscrepancyRow>> {
    let (kind, id) = about.numbers();
    let mut query = connection.prepare_cached(
        "SELECT id FROM discrepancy WHERE about_kind = ?1 AND about = ?2 ORDER BY kind, note",
    )?;
    let ids: Vec<i64> = query.query_map(params![kind, id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    ids.into_iter().map(|id| discrepancy_row(connection, id, sources)).collect()
}

pub(super) fn discrepancy_row(
    connection: &Connection,
    id: i64,
    sources: &mut Sources,
) -> Sql<DiscrepancyRow> {
    let mut query =
        connection.prepare_cached("SELECT kind, about_kind, about, note FROM discrepancy WHERE id = ?1")?;
    let (kind, about_kind, about, note) =
        query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let mut query = connection.prepare_cached(
        "SELECT value, n_reports, since, evidence FROM discrepancy_value WHERE discrepancy = ?1 ORDER BY number",
    )?;
    let mut rows = query.query([id])?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        let mut evidence = Vec::new();
        let (quoted, withdrawn) = read_evidence(&row.get::<_, Vec<u8>>(3)?)?;
        for numbers in quoted.chunks_exact(3) {
            let outside = || Failure::damaged("the evidence of a discrepancy is no span");
            let end = |number: i64| u32::try_from(number).map_err(|_| outside());
            let span = ByteSpan { start: end(numbers[1])?, end: end(numbers[2])? };
            evidence.push(sources.of(connection, numbers[0])?.quote(span)?);
        }
        let mut corrected = Vec::new();
        for numbers in withdrawn.chunks_exact(3) {
            let source = sources.of(connection, numbers[1])?;
            corrected.push(CorrectedRow {
                report: numbers[0],
                by: numbers[1],
                outlet: source.outlet.clone(),
                day: source.day(),
                how: label(Correcting::ALL, numbers[2])?,
            });
        }
        values.push(DiscrepancyValue {
            value: row.get(0)?,
            n_reports: row.get(1)?,
            since: row.get::<_, Option<i64>>(2)?.and_then(day),
            evidence,
            corrected,
        });
    }
    Ok(DiscrepancyRow {
        id,
        kind: label(DiscrepancyKind::ALL, kind)?,
        about: AboutRow::of(about_kind, about)?,
        note,
        values,
    })
}
