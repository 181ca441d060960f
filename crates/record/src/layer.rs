//! The layer of people's corrections, as it bears on what the machine reads.
//!
//! In:  the journal (`correction`, `corrected_telling`) and tellings of the machine.
//! Out: which tellings count ([`told`]), what people say an event is ([`recoded`]), which event they say a telling is of
//!      ([`pins_in`]), and which events they keep apart ([`kept_apart`]).
//!
//! A telling is known again by its words: the same report, words that evoke it in common, and the same type, or another one
//! where no other telling of that type stands there. So a judgement holds when the report is coded anew. What says the
//! same in the same words as a telling that was rejected is rejected with it: copies that come in later need no
//! further look.
//!
//! ```text
//! c7  reject e12, "hit" in r3       r3 is coded anew, "hit" is ACCUSE now: still rejected
//! ```

use crate::Record;
use crate::codes::label;
use crate::error::{Failure, Sql};
use crate::known::place_of;
use crate::merge::followed;
use crate::past::{Rows, tellings_in, tellings_of};
use crate::query::{CorrectionKind, read_day};
use dateline_link::{Event, Telling};
use dateline_plover::EventType;
use dateline_resolve::DayRange;
use dateline_text::ByteSpan;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;
use std::str::FromStr;
use std::sync::Arc;

/// That an entry holds: nobody has undone it.
pub(crate) const HOLDS: &str =
    "NOT EXISTS (SELECT 1 FROM correction AS undo WHERE undo.undoes = correction.id)";

/// The events that became one, by the machine or by people, with that one.
pub(crate) const SAME: &str = "WITH RECURSIVE same (event) AS (SELECT ?1 UNION SELECT link.event FROM same \
     JOIN (SELECT event, into_event FROM merged_event UNION ALL SELECT event, into_event FROM united_event) AS link \
     ON link.into_event = same.event)";

/// A judgement about some words of a report.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub kind: CorrectionKind,
    /// What the words were coded as.
    pub event: EventType,
    /// The words.
    pub words: ByteSpan,
    /// The event that they tell by this judgement.
    pub of: i64,
}

impl Judged {
    /// Whether a telling of the same report is meant; `others` are all tellings of that report.
    pub fn means<'t>(&self, telling: &Telling, mut others: impl Iterator<Item = &'t Telling>) -> bool {
        let is_there = |telling: &Telling| overlap(self.words, words_of(telling));
        is_there(telling)
            && (telling.event == self.event
                || !others.any(|other| other.event == self.event && is_there(other)))
    }
}

/// The words by which a telling is known again.
pub(crate) fn words_of(telling: &Telling) -> ByteSpan {
    let trigger = telling.trigger_span;
    if trigger.start < trigger.end { trigger } else { telling.sentence }
}

fn overlap(a: ByteSpan, b: ByteSpan) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether anybody has corrected anything.
pub(crate) fn is_corrected(record: &Record) -> Sql<bool> {
    if record.format < 3 {
        return Ok(false);
    }
    let mut query = record.connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM correction)")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

/// What people say about the words of a report, the latest first.
pub(crate) fn judged_in(record: &Record, report: i64) -> Sql<Vec<Judged>> {
    let sql = format!(
        "SELECT kind, type, start, end, event_after FROM corrected_telling \
         JOIN correction ON correction.id = corrected_telling.correction \
         WHERE corrected_telling.report = ?1 AND {HOLDS} ORDER BY correction.id DESC, number"
    );
    let mut query = record.connection.prepare_cached(&sql)?;
    let mut rows = query.query([report])?;
    let mut judged = Vec::new();
    while let Some(row) = rows.next()? {
        judged.push(Judged {
            kind: label(CorrectionKind::ALL, row.get(0)?)?,
            event: label(EventType::ALL, row.get(1)?)?,
            words: ByteSpan { start: row.get(2)?, end: row.get(3)? },
            of: row.get(4)?,
        });
    }
    Ok(judged)
}

/// What people say which event each telling of a report is of; nothing where nobody has said so.
pub(crate) fn pins_in(record: &Record, report: i64, tellings: &[Telling]) -> Sql<Vec<Option<i64>>> {
    if !is_corrected(record)? {
        return Ok(vec![None; tellings.len()]);
    }
    let judged = judged_in(record, report)?;
    let pin = |telling: &Telling| {
        let meant = judged.iter().find(|judged| judged.means(telling, tellings.iter()));
        meant.map(|judged| followed(record, judged.of)).transpose()
    };
    tellings.iter().map(pin).collect()
}

/// The tellings of an event with the rows of their reports.
#[derive(Default)]
pub(crate) struct Told {
    /// Those that count.
    pub held: Vec<(i64, Telling)>,
    /// Those that people have rejected.
    pub rejected: Vec<(i64, Telling)>,
}

/// The tellings of an event, those apart that people have rejected.
pub(crate) fn told(record: &mut Record, rows: &mut Rows, event: i64) -> Sql<Told> {
    let tellings = tellings_of(record, rows, event, None)?;
    if !is_corrected(record)? {
        return Ok(Told { held: tellings, rejected: Vec::new() });
    }
    let mut is_rejected = Vec::with_capacity(tellings.len());
    let mut known: Option<i64> = None;
    let (mut judged, mut others): (Vec<Judged>, Vec<(i64, Telling)>) = Default::default();
    for (report, telling) in &tellings {
        if known.replace(*report) != Some(*report) {
            judged = judged_in(record, *report)?;
            judged.retain(|judged| judged.kind == CorrectionKind::Reject);
            // Most reports have nothing rejected, and then nobody needs to know what else they tell.
            others = match judged.is_empty() {
                true => Vec::new(),
                false => tellings_in(record, &mut Rows::default(), *report)?,
            };
        }
        let means = |judged: &Judged| judged.means(telling, others.iter().map(|(_, other)| other));
        is_rejected.push(judged.iter().any(means));
    }
    let rejected: Vec<&Telling> =
        tellings.iter().zip(&is_rejected).filter(|(_, is)| **is).map(|((_, telling), _)| telling).collect();
    let says_the_same = |telling: &Telling| {
        let same = |other: &&Telling| {
            (other.event, other.trigger, &other.words) == (telling.event, telling.trigger, &telling.words)
        };
        !telling.words.is_empty() && rejected.iter().any(same)
    };
    let is_rejected: Vec<bool> =
        tellings.iter().zip(is_rejected).map(|((_, telling), is)| is || says_the_same(telling)).collect();
    let mut told = Told::default();
    for (telling, is_rejected) in tellings.into_iter().zip(is_rejected) {
        if is_rejected { told.rejected.push(telling) } else { told.held.push(telling) }
    }
    Ok(told)
}

/// Gives an event the fields that people say it has, of each the one said last.
pub(crate) fn recoded(record: &mut Record, rows: &mut Rows, event: i64, told: &mut Event) -> Sql<()> {
    if !is_corrected(record)? {
        return Ok(());
    }
    let sql = format!(
        "{SAME} SELECT after FROM correction WHERE kind = {} AND event IN same AND {HOLDS} ORDER BY id",
        CorrectionKind::Recode as i64
    );
    let mut query = record.connection.prepare_cached(&sql)?;
    let said: Vec<String> = query.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?;
    drop(query);
    for said in said {
        let fields: serde_json::Map<String, Value> = serde_json::from_str(&said)
            .map_err(|error| Failure::damaged(format!("the fields of a correction: {error}")))?;
        for (field, value) in &fields {
            recode_field(record, rows, told, field, value)?;
        }
        // Whatever type was said last, an event has no mode of another one.
        let modes = told.event.modes();
        told.modes.retain(|mode| modes.iter().any(|(known, _)| known == mode));
    }
    Ok(())
}

fn recode_field(
    record: &mut Record,
    rows: &mut Rows,
    told: &mut Event,
    field: &str,
    value: &Value,
) -> Sql<()> {
    let unreadable = || Failure::damaged(format!("a correction says {value} of `{field}`"));
    match field {
        "event" => told.event = one(value).ok_or_else(unreadable)?,
        "mode" => told.modes = all(value).ok_or_else(unreadable)?,
        "context" => told.contexts = all(value).ok_or_else(unreadable)?,
        "status" => told.status = one(value).ok_or_else(unreadable)?,
        "actor" | "recipient" => {
            let ids = value.as_array().ok_or_else(unreadable)?.iter();
            let ids = ids.map(|id| row_of('a', id)).collect::<Option<Vec<i64>>>().ok_or_else(unreadable)?;
            let parties = ids.into_iter().map(|id| rows.number_of(id)).collect();
            *(if field == "actor" { &mut told.actors } else { &mut told.recipients }) = parties;
        }
        "date" => told.date = if value.is_null() { None } else { Some(days(value).ok_or_else(unreadable)?) },
        "place" if value.is_null() => told.place = None,
        "place" => {
            let place = row_of('p', value).ok_or_else(unreadable)?;
            told.place = Some(Arc::unwrap_or_clone(place_of(&record.connection, &mut record.places, place)?));
        }
        _ => return Err(unreadable()),
    }
    Ok(())
}

fn one<T: FromStr>(value: &Value) -> Option<T> {
    value.as_str()?.parse().ok()
}

fn all<T: FromStr>(value: &Value) -> Option<Vec<T>> {
    value.as_array()?.iter().map(one).collect()
}

fn days(value: &Value) -> Option<DayRange> {
    let day = |end: &str| read_day(value.get(end)?.as_str()?).ok();
    Some(DayRange { from: day("from")?, to: day("to")? })
}

/// The row in an id such as `a12`.
fn row_of(letter: char, id: &Value) -> Option<i64> {
    id.as_str()?.strip_prefix(letter)?.parse().ok()
}

/// The pairs of events that people keep apart, each as what it is now.
pub(crate) fn kept_apart(record: &Record) -> Sql<Vec<(i64, i64)>> {
    if !is_corrected(record)? {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT event, other FROM correction WHERE kind = {} AND other IS NOT NULL AND {HOLDS} ORDER BY id",
        CorrectionKind::Split as i64
    );
    let mut query = record.connection.prepare_cached(&sql)?;
    let pairs = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let pairs: Vec<(i64, i64)> = pairs.collect::<Result<_, _>>()?;
    pairs.into_iter().map(|(a, b)| Ok((followed(record, a)?, followed(record, b)?))).collect()
}

/// Whether an event is gone because people have rejected all that tells it.
pub(crate) fn is_rejected(record: &mut Record, event: i64) -> Sql<bool> {
    if !is_corrected(record)? {
        return Ok(false);
    }
    let mut query = record
        .connection
        .prepare_cached("SELECT 1 FROM mention WHERE event = ?1 AND until IS NULL LIMIT 1")?;
    if query.query_row(params![event], |_| Ok(())).optional()?.is_none() {
        return Ok(false);
    }
    drop(query);
    let told = told(record, &mut Rows::default(), event)?;
    Ok(told.held.is_empty() && !told.rejected.is_empty())
}
