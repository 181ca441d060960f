//! People correct what the machine read.
//!
//! In:  who corrects which event how ([`Correction`]), or which entry of the journal is undone.
//! Out: a further entry of the journal, and the events that it touches worked out anew.
//!
//! What the machine coded stays as it is: a telling keeps its words and its codes, and only the event that it is put with
//! changes where people say so; the journal keeps the event that it was put with before. Entries about the same event are
//! undone in reverse order, so that what comes back is what was there.
//!
//! Not done: actors and places that are nowhere in the record cannot be given to an event.

use crate::Record;
use crate::error::{Failure, RecordError, Sql};
use crate::journal::{
    Member, Noted, fields_of, fields_of_recoding, id, members_of, move_tellings, note, note_tellings,
    noted_in, unite,
};
use crate::layer::{HOLDS, is_rejected};
use crate::merge::followed;
use crate::query::{CorrectionKind, CorrectionRow, correction_row, event_row};
use crate::refresh::Touched;
use dateline_link::Status;
use dateline_plover::{Context, EventType, Mode};
use dateline_resolve::DayRange;
use rusqlite::OptionalExtension;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Who corrects, when and why.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    /// A name.
    pub who: &'a str,
    /// When, by the caller's clock (ISO 8601).
    pub made: Option<&'a str>,
    /// Why.
    pub why: Option<&'a str>,
}

/// A telling by its report and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TellingId {
    /// The row of the report.
    pub report: i64,
    /// Its number in the report.
    pub number: i64,
}

/// What is to be done about an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// It is right as it is.
    Accept,
    /// Its words tell no such event.
    Reject,
    /// It is the same as another one.
    Merge {
        /// That one.
        with: i64,
    },
    /// Some of its tellings are of another event.
    Split {
        /// Those.
        tellings: Vec<TellingId>,
    },
    /// It was something else.
    Recode(Recoding),
}

/// Fields that an event has in truth; those without a value stay as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recoding {
    /// What.
    pub event: Option<EventType>,
    /// How.
    pub modes: Option<Vec<Mode>>,
    /// About what.
    pub contexts: Option<Vec<Context>>,
    /// Whether it happened.
    pub status: Option<Status>,
    /// Who, by row.
    pub actors: Option<Vec<i64>>,
    /// To whom, by row.
    pub recipients: Option<Vec<i64>>,
    /// When; `Some(None)` where nobody can say.
    pub date: Option<Option<DayRange>>,
    /// Where, by row; `Some(None)` where it has no place.
    pub place: Option<Option<i64>>,
}

impl Record {
    /// Corrects an event, wholly or not at all.
    pub fn correct(
        &mut self,
        editor: &Editor,
        event: i64,
        correction: &Correction,
    ) -> Result<CorrectionRow, RecordError> {
        self.in_transaction(|record| {
            record.forget();
            let event = told_event(record, event)?;
            let id = match correction {
                Correction::Accept => accept(record, editor, event)?,
                Correction::Reject => reject(record, editor, event)?,
                Correction::Merge { with } => merge(record, editor, event, *with)?,
                Correction::Split { tellings } => split(record, editor, event, tellings)?,
                Correction::Recode(recoding) => recode(record, editor, event, recoding)?,
            };
            written(record, id)
        })
    }

    /// Undoes an entry of the journal by a further one.
    pub fn undo(&mut self, editor: &Editor, correction: i64) -> Result<CorrectionRow, RecordError> {
        self.in_transaction(|record| {
            record.forget();
            let id = undo(record, editor, correction)?;
            written(record, id)
        })
    }
}

fn refused<T>(why: impl Into<String>) -> Sql<T> {
    Err(Failure::Refused(why.into()))
}

fn written(record: &Record, id: i64) -> Sql<CorrectionRow> {
    correction_row(record, id)?.ok_or_else(|| Failure::damaged(format!("there is no correction {id}")))
}

/// What an event became, where some report tells it.
fn told_event(record: &mut Record, asked: i64) -> Sql<i64> {
    let event = followed(record, asked)?;
    let mut query = record.connection.prepare_cached("SELECT n_reports > 0 FROM event WHERE id = ?1")?;
    let is_told: Option<bool> = query.query_row([event], |row| row.get(0)).optional()?;
    drop(query);
    match is_told {
        Some(true) => Ok(event),
        Some(false) if is_rejected(record, event)? => {
            refused(format!("e{event} is rejected already; undo that first"))
        }
        Some(false) => refused(format!("no report tells e{event} any more")),
        None => refused(format!("there is no event e{asked}")),
    }
}

fn accept(record: &mut Record, editor: &Editor, event: i64) -> Sql<i64> {
    let members = members_of(record, event)?;
    let fields = fields_of(&event_row(&record.connection, event)?);
    let last = format!(
        "SELECT kind, (SELECT count(*) FROM corrected_telling WHERE correction = correction.id) FROM correction \
         WHERE event = ?1 AND undoes IS NULL AND {HOLDS} ORDER BY id DESC LIMIT 1"
    );
    let last = record
        .connection
        .prepare_cached(&last)?
        .query_row([event], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
    if last.optional()? == Some((CorrectionKind::Accept as i64, members.len() as i64)) {
        return refused(format!("e{event} is accepted already"));
    }
    let id = note(record, editor, CorrectionKind::Accept, (event, None), (&fields, &fields), None)?;
    note_tellings(record, id, &members, |_| (event, event))?;
    Ok(id)
}

fn reject(record: &mut Record, editor: &Editor, event: i64) -> Sql<i64> {
    let members = members_of(record, event)?;
    let fields = fields_of(&event_row(&record.connection, event)?);
    let id = note(record, editor, CorrectionKind::Reject, (event, None), (&fields, &Value::Null), None)?;
    note_tellings(record, id, &members, |_| (event, event))?;
    refresh(record, [event])?;
    Ok(id)
}

fn merge(record: &mut Record, editor: &Editor, event: i64, with: i64) -> Sql<i64> {
    let with = told_event(record, with)?;
    if event == with {
        return refused(format!("e{event} is that event already"));
    }
    // The one with the older row stays, as where the machine merges: so every way to it ends.
    let (into, gone) = (event.min(with), event.max(with));
    let stays = members_of(record, into)?;
    let moves = members_of(record, gone)?;
    let (before, after) =
        (json!({"events": [id('e', into), id('e', gone)]}), json!({"events": [id('e', into)]}));
    let id = note(record, editor, CorrectionKind::Merge, (into, Some(gone)), (&before, &after), None)?;
    note_tellings(record, id, &stays, |_| (into, into))?;
    note_tellings(record, id, &moves, |_| (gone, into))?;
    move_tellings(record, &moves.iter().collect::<Vec<_>>(), gone, into)?;
    unite(record, gone, into, id)?;
    refresh(record, [into, gone])?;
    Ok(id)
}

fn split(record: &mut Record, editor: &Editor, event: i64, chosen: &[TellingId]) -> Sql<i64> {
    let members = members_of(record, event)?;
    let chosen: BTreeSet<TellingId> = chosen.iter().copied().collect();
    let is_chosen =
        |member: &Member| chosen.contains(&TellingId { report: member.report, number: member.number });
    let moves: Vec<&Member> = members.iter().filter(|member| is_chosen(member)).collect();
    match moves.first() {
        _ if moves.len() < chosen.len() => {
            return refused(format!(
                "not all of these tellings are of e{event}; it may have changed meanwhile"
            ));
        }
        None => return refused("no telling is chosen; choose those that tell of another event"),
        Some(_) if moves.len() == members.len() => {
            return refused("all tellings are chosen; leave those that tell of this event");
        }
        Some(_) => {}
    }
    let kind = moves[0].telling.event as i64;
    record
        .connection
        .prepare_cached(
            "INSERT INTO event (event, modes, contexts, status, n_reports, n_independent, confidence) \
             VALUES (?1, 0, 0, 0, 0, 0, 0.0)",
        )?
        .execute([kind])?;
    let begun = record.connection.last_insert_rowid();
    let (before, after) =
        (json!({"events": [id('e', event)]}), json!({"events": [id('e', event), id('e', begun)]}));
    let id = note(record, editor, CorrectionKind::Split, (event, Some(begun)), (&before, &after), None)?;
    note_tellings(record, id, &members, |member| (event, if is_chosen(member) { begun } else { event }))?;
    move_tellings(record, &moves, event, begun)?;
    refresh(record, [event, begun])?;
    Ok(id)
}

fn recode(record: &mut Record, editor: &Editor, event: i64, recoding: &Recoding) -> Sql<i64> {
    let row = event_row(&record.connection, event)?;
    let kind = recoding.event.unwrap_or(row.event);
    if let Some(modes) = &recoding.modes {
        let is_known = |mode: &&Mode| kind.modes().iter().any(|(known, _)| known == *mode);
        if let Some(wrong) = modes.iter().find(|mode| !is_known(mode)) {
            return refused(format!("`{wrong}` is not a mode of {kind}"));
        }
    }
    let parties = [&recoding.actors, &recoding.recipients].into_iter().flatten().flatten();
    for &actor in parties {
        is_there(record, "SELECT 1 FROM actor WHERE id = ?1", 'a', actor)?;
    }
    if let Some(Some(place)) = recoding.place {
        is_there(record, "SELECT 1 FROM place WHERE id = ?1", 'p', place)?;
    }
    if let Some(Some(days)) = recoding.date
        && days.from > days.to
    {
        return refused(format!("{} is later than {}", days.from, days.to));
    }
    let now = fields_of(&row);
    let (mut before, mut after) = (Map::new(), Map::new());
    for (field, value) in fields_of_recoding(recoding) {
        if now[field] != value {
            before.insert(field.to_owned(), now[field].clone());
            after.insert(field.to_owned(), value);
        }
    }
    if after.is_empty() {
        return refused(format!("e{event} has these values already"));
    }
    let members = members_of(record, event)?;
    let (before, after) = (Value::Object(before), Value::Object(after));
    let id = note(record, editor, CorrectionKind::Recode, (event, None), (&before, &after), None)?;
    note_tellings(record, id, &members, |_| (event, event))?;
    refresh(record, [event])?;
    Ok(id)
}

fn undo(record: &mut Record, editor: &Editor, undone: i64) -> Sql<i64> {
    let Some(entry) = correction_row(record, undone)? else {
        return refused(format!("there is no correction c{undone}"));
    };
    if entry.kind == CorrectionKind::Undo {
        return refused(format!("c{undone} is an undo; make the correction again instead"));
    }
    if let Some(by) = entry.undone_by {
        return refused(format!("c{undone} was undone already, by c{by}"));
    }
    if let Some(later) = later_entry(record, &entry)? {
        return refused(format!("c{later} was made later to the same event; undo that first"));
    }
    let id = note(
        record,
        editor,
        CorrectionKind::Undo,
        (entry.event, entry.other),
        (&entry.after, &entry.before),
        Some(undone),
    )?;
    let mut events = BTreeSet::from([followed(record, entry.event)?]);
    let noted = noted_in(record, undone)?;
    // Where the tellings are now, before the way back is open.
    let from = match (entry.kind, entry.other) {
        (CorrectionKind::Merge, _) => Some(followed(record, entry.event)?),
        (CorrectionKind::Split, Some(begun)) => Some(followed(record, begun)?),
        _ => None,
    };
    record.connection.prepare_cached("DELETE FROM united_event WHERE correction = ?1")?.execute([undone])?;
    if let Some(from) = from {
        let members = members_of(record, from)?;
        for member in &members {
            let beside = || members.iter().filter(|other| other.report == member.report);
            let is_meant = |noted: &&Noted| {
                noted.report == member.report
                    && noted.judged.means(&member.telling, beside().map(|other| &other.telling))
            };
            let to = match (entry.kind, noted.iter().find(is_meant)) {
                (_, Some(noted)) => followed(record, noted.before)?,
                // What came to the split-off event since goes with it.
                (CorrectionKind::Split, None) => followed(record, entry.event)?,
                (_, None) => continue,
            };
            if to != from {
                move_tellings(record, &[member], from, to)?;
            }
            events.insert(to);
        }
        if entry.kind == CorrectionKind::Split {
            let into = followed(record, entry.event)?;
            if into < from {
                unite(record, from, into, id)?;
            }
        }
        events.insert(from);
    }
    refresh(record, events)?;
    Ok(id)
}

/// The first entry that holds, was made after this one, and is about one of its events.
fn later_entry(record: &Record, entry: &CorrectionRow) -> Sql<Option<i64>> {
    let events_of = |event: i64, other: Option<i64>| -> Sql<BTreeSet<i64>> {
        std::iter::once(event).chain(other).map(|event| followed(record, event)).collect()
    };
    let ours = events_of(entry.event, entry.other)?;
    let sql = format!(
        "SELECT id, event, other FROM correction WHERE id > ?1 AND undoes IS NULL AND {HOLDS} ORDER BY id DESC"
    );
    let mut query = record.connection.prepare_cached(&sql)?;
    let mut rows = query.query([entry.id])?;
    while let Some(row) = rows.next()? {
        if !ours.is_disjoint(&events_of(row.get(1)?, row.get(2)?)?) {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}

fn is_there(record: &Record, sql: &str, letter: char, row: i64) -> Sql<()> {
    let found = record.connection.prepare_cached(sql)?.query_row([row], |_| Ok(())).optional()?;
    found.map_or_else(|| refused(format!("there is no {letter}{row} in this record")), Ok)
}

fn refresh(record: &mut Record, events: impl IntoIterator<Item = i64>) -> Sql<()> {
    Touched { events: events.into_iter().collect(), ..Touched::default() }.refresh(record)
}
