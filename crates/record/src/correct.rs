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
use crate::layer::{HOLDS, Judged, is_rejected, words_of};
use crate::merge::followed;
use crate::past::{Rows, tellings_of};
use crate::query::{CorrectionKind, CorrectionRow, EventRow, correction_row, event_row};
use crate::refresh::Touched;
use crate::write::days_of_keys;
use dateline_link::{Status, Telling};
use dateline_plover::{Context, EventType, Mode};
use dateline_resolve::DayRange;
use dateline_text::ByteSpan;
use rusqlite::{OptionalExtension, params};
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

/// A live telling with its key.
struct Member {
    report: i64,
    run: i64,
    number: i64,
    telling: Telling,
}

/// A telling as an entry has it.
struct Noted {
    judged: Judged,
    report: i64,
    before: i64,
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

fn id(letter: char, row: i64) -> String {
    format!("{letter}{row}")
}

fn refresh(record: &mut Record, events: impl IntoIterator<Item = i64>) -> Sql<()> {
    Touched { events: events.into_iter().collect(), ..Touched::default() }.refresh(record)
}

/// The fields that can be corrected, in the words of the lists.
fn fields_of(row: &EventRow) -> Value {
    let ids = |parties: &[crate::PartyRow]| parties.iter().map(|party| party.id).collect::<Vec<_>>();
    let all = Recoding {
        event: Some(row.event),
        modes: Some(row.modes.clone()),
        contexts: Some(row.contexts.clone()),
        status: Some(row.status),
        actors: Some(ids(&row.actors)),
        recipients: Some(ids(&row.recipients)),
        date: Some(row.date),
        place: Some(row.place.as_ref().map(|place| place.id)),
    };
    fields_of_recoding(&all).into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Sets are written in one order, so that the same said in another order is no change.
fn fields_of_recoding(recoding: &Recoding) -> Vec<(&'static str, Value)> {
    let Recoding { event, modes, contexts, status, actors, recipients, date, place } = recoding;
    let parties = |rows: &Vec<i64>| {
        let rows: BTreeSet<i64> = rows.iter().copied().collect();
        json!(rows.into_iter().map(|row| id('a', row)).collect::<Vec<_>>())
    };
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_unstable();
        names.dedup();
        json!(names)
    };
    let days = |days: DayRange| json!({"from": days.from.to_string(), "to": days.to.to_string()});
    let fields = [
        ("event", event.map(|event| json!(event.as_str()))),
        ("mode", modes.as_ref().map(|modes| sorted(modes.iter().map(|mode| mode.as_str()).collect()))),
        (
            "context",
            contexts.as_ref().map(|all| sorted(all.iter().map(|context| context.as_str()).collect())),
        ),
        ("status", status.map(|status| json!(status.as_str()))),
        ("actor", actors.as_ref().map(parties)),
        ("recipient", recipients.as_ref().map(parties)),
        ("date", date.map(|date| date.map_or(Value::Null, days))),
        ("place", place.map(|place| place.map_or(Value::Null, |place| json!(id('p', place))))),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Writes an entry.
fn note(
    record: &Record,
    editor: &Editor,
    kind: CorrectionKind,
    (event, other): (i64, Option<i64>),
    (before, after): (&Value, &Value),
    undoes: Option<i64>,
) -> Sql<i64> {
    let why = editor.why.map(str::trim).filter(|why| !why.is_empty());
    record
        .connection
        .prepare_cached(
            "INSERT INTO correction (kind, event, other, before, after, who, made, why, undoes) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            kind as i64,
            event,
            other,
            before.to_string(),
            after.to_string(),
            editor.who,
            editor.made,
            why,
            undoes
        ])?;
    Ok(record.connection.last_insert_rowid())
}

/// Writes which tellings an entry is about; `events` gives the event of each before and after.
fn note_tellings(
    record: &Record,
    correction: i64,
    members: &[Member],
    events: impl Fn(&Member) -> (i64, i64),
) -> Sql<()> {
    let mut insert = record.connection.prepare_cached(
        "INSERT INTO corrected_telling (correction, report, run, number, start, end, type, event_before, event_after) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for member in members {
        let words = words_of(&member.telling);
        let (before, after) = events(member);
        insert.execute(params![
            correction,
            member.report,
            member.run,
            member.number,
            words.start,
            words.end,
            member.telling.event as i64,
            before,
            after
        ])?;
    }
    Ok(())
}

/// The tellings that an entry moved from one event to another.
fn noted_in(record: &Record, correction: i64) -> Sql<Vec<Noted>> {
    let mut query = record.connection.prepare_cached(
        "SELECT report, type, start, end, event_before, event_after FROM corrected_telling \
         WHERE correction = ?1 AND event_before <> event_after ORDER BY report, number",
    )?;
    let mut rows = query.query([correction])?;
    let mut noted = Vec::new();
    while let Some(row) = rows.next()? {
        let judged = Judged {
            kind: CorrectionKind::Undo,
            event: crate::codes::label(EventType::ALL, row.get(1)?)?,
            words: ByteSpan { start: row.get(2)?, end: row.get(3)? },
            of: row.get(5)?,
        };
        noted.push(Noted { judged, report: row.get(0)?, before: row.get(4)? });
    }
    Ok(noted)
}

/// The tellings of an event with their keys, in order of report and text.
fn members_of(record: &mut Record, event: i64) -> Sql<Vec<Member>> {
    let mut query = record.connection.prepare_cached(
        "SELECT report, run, number FROM mention WHERE event = ?1 AND until IS NULL ORDER BY report, number",
    )?;
    let keys = query.query_map([event], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let keys: Vec<(i64, i64, i64)> = keys.collect::<Result<_, _>>()?;
    drop(query);
    let tellings = tellings_of(record, &mut Rows::default(), event, None)?;
    let member = |((report, run, number), (_, telling))| Member { report, run, number, telling };
    Ok(keys.into_iter().zip(tellings).map(member).collect())
}

/// Puts tellings with another event, and the keys by which it is found.
fn move_tellings(record: &mut Record, moved: &[&Member], from: i64, to: i64) -> Sql<()> {
    let mut update = record.connection.prepare_cached(
        "UPDATE mention SET event = ?2 WHERE event = ?1 AND report = ?3 AND run = ?4 AND number = ?5",
    )?;
    for member in moved {
        update.execute(params![from, to, member.report, member.run, member.number])?;
    }
    drop(update);
    let keys_of = |tellings: &mut dyn Iterator<Item = &Telling>| -> BTreeSet<(u32, i32)> {
        tellings.flat_map(|telling| days_of_keys(telling).collect::<Vec<_>>()).collect()
    };
    let left = tellings_of(record, &mut Rows::default(), from, None)?;
    let left = keys_of(&mut left.iter().map(|(_, telling)| telling));
    let connection = &record.connection;
    for (key, day) in keys_of(&mut moved.iter().map(|member| &member.telling)) {
        if !left.contains(&(key, day)) {
            connection
                .prepare_cached("DELETE FROM event_key WHERE key = ?1 AND day = ?2 AND event = ?3")?
                .execute(params![key, day, from])?;
        }
        connection
            .prepare_cached("INSERT OR IGNORE INTO event_key (key, day, event) VALUES (?1, ?2, ?3)")?
            .execute(params![key, day, to])?;
    }
    Ok(())
}

fn unite(record: &Record, event: i64, into: i64, correction: i64) -> Sql<()> {
    record
        .connection
        .prepare_cached(
            "INSERT OR REPLACE INTO united_event (event, into_event, correction) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![event, into, correction])?;
    Ok(())
}
