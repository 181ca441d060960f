//! The journal of people's corrections as it is written, and the tellings that an entry is about.
//!
//! In:  what was decided in [`crate::correct`].
//! Out: entries with their tellings, and tellings put with another event together with the keys by which it is found.

use crate::Record;
use crate::correct::{Editor, Recoding};
use crate::error::Sql;
use crate::layer::{Judged, words_of};
use crate::past::{Rows, tellings_of};
use crate::query::{CorrectionKind, EventRow};
use crate::write::days_of_keys;
use dateline_link::Telling;
use dateline_plover::EventType;
use dateline_resolve::DayRange;
use dateline_text::ByteSpan;
use rusqlite::params;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A live telling with its key.
pub(crate) struct Member {
    pub report: i64,
    pub run: i64,
    pub number: i64,
    pub telling: Telling,
}

/// A telling as an entry has it.
pub(crate) struct Noted {
    pub judged: Judged,
    pub report: i64,
    pub before: i64,
}

/// An id of the record: `e12`.
pub(crate) fn id(letter: char, row: i64) -> String {
    format!("{letter}{row}")
}

/// The fields that can be corrected, in the words of the lists.
pub(crate) fn fields_of(row: &EventRow) -> Value {
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
pub(crate) fn fields_of_recoding(recoding: &Recoding) -> Vec<(&'static str, Value)> {
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
pub(crate) fn note(
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
pub(crate) fn note_tellings(
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
pub(crate) fn noted_in(record: &Record, correction: i64) -> Sql<Vec<Noted>> {
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
pub(crate) fn members_of(record: &mut Record, event: i64) -> Sql<Vec<Member>> {
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
pub(crate) fn move_tellings(record: &mut Record, moved: &[&Member], from: i64, to: i64) -> Sql<()> {
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

pub(crate) fn unite(record: &Record, event: i64, into: i64, correction: i64) -> Sql<()> {
    record
        .connection
        .prepare_cached(
            "INSERT OR REPLACE INTO united_event (event, into_event, correction) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![event, into, correction])?;
    Ok(())
}
