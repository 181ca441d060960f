//! Works out anew what the record says of the events, statements and actors that new reports touched.
//!
//! In:  the rows that were touched.
//! Out: their summaries and discrepancies in the record, as [`dateline_link`] describes them.

use crate::Record;
use crate::codes::{context_bits, day_number, mode_bits};
use crate::error::Sql;
use crate::known::{saying_rows, sayings_of};
use crate::layer::{recoded, told};
use crate::past::Rows;
use crate::stored::{read_naming, read_saying, store_evidence};
use crate::texts::Read;
use dateline_link::{
    Discrepancy, Evidence, Issue, LinkedActor, ReportIdx, Reported, Saying, Source, Telling, Wording,
    actor_discrepancy, describe_event, describe_statement, event_discrepancies, mark_corrections, one_line,
    statement_discrepancies,
};
use dateline_resolve::ActorKind;
use dateline_text::{ByteSpan, Idx};
use rusqlite::params;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Reports that are kept as evidence of one value; how many there are is kept as a number.
const EVIDENCE_KEPT: usize = 8;
/// Sayings whose wording is compared.
const WORDINGS: i64 = 12;

/// Rows that have to be worked out anew.
#[derive(Default)]
pub(crate) struct Touched {
    pub events: BTreeSet<i64>,
    pub statements: BTreeSet<i64>,
    pub actors: BTreeSet<i64>,
}

impl Touched {
    /// Adds what a report tells.
    pub fn told_in(&mut self, record: &Record, report: i64) -> Sql<()> {
        let connection = &record.connection;
        let mut events =
            connection.prepare_cached("SELECT event FROM mention WHERE report = ?1 AND until IS NULL")?;
        for event in events.query_map([report], |row| row.get(0))? {
            self.events.insert(event?);
        }
        let mut statements =
            connection.prepare_cached("SELECT statement FROM saying WHERE report = ?1 AND until IS NULL")?;
        for statement in statements.query_map([report], |row| row.get(0))? {
            self.statements.insert(statement?);
        }
        Ok(())
    }

    /// Works everything out anew.
    pub fn refresh(&self, record: &mut Record) -> Sql<()> {
        for &actor in &self.actors {
            refresh_actor(record, actor)?;
            record.portraits.remove(actor);
        }
        for &event in &self.events {
            refresh_event(record, event)?;
        }
        for &statement in &self.statements {
            refresh_statement(record, statement)?;
        }
        Ok(())
    }
}

/// The reports that tell something, numbered from 0, with where they come from.
#[derive(Default)]
pub(crate) struct Tellers {
    pub rows: Vec<i64>,
    pub sources: Vec<Source>,
    pub issues: Vec<Issue>,
}

impl Tellers {
    /// The number of a report; reports come in ascending order of their rows.
    pub fn number(&mut self, record: &mut Record, report: i64) -> Sql<usize> {
        if self.rows.last() != Some(&report) {
            self.rows.push(report);
            self.sources.push(record.source_of(report)?);
            self.issues.push(record.issue_of(report)?);
        }
        Ok(self.rows.len() - 1)
    }

    fn first_and_last(&self) -> (Option<i64>, Option<i64>) {
        let days = || (0..self.issues.len()).filter_map(|number| self.day(number));
        (days().min(), days().max())
    }

    /// The day on which a report was published.
    fn day(&self, number: usize) -> Option<i64> {
        self.issues[number].published.map(|published| i64::from(day_number(published.date)))
    }
}

fn refresh_event(record: &mut Record, event: i64) -> Sql<()> {
    let mut rows = Rows::default();
    let mut tellers = Tellers::default();
    let mut tellings: Vec<Telling> = Vec::new();
    for (report, mut telling) in told(record, &mut rows, event)?.held {
        telling.report = tellers.number(record, report)?;
        tellings.push(telling);
    }
    if tellings.is_empty() {
        record
            .connection
            .prepare_cached("UPDATE event SET n_reports = 0, n_independent = 0, date_from = NULL, date_to = NULL, place = NULL \
                 WHERE id = ?1",)?
            .execute([event])?;
        record.connection.prepare_cached("DELETE FROM event_party WHERE event = ?1")?.execute([event])?;
        return write_discrepancies(record, 1, event, Vec::new(), &tellers);
    }
    let members: Vec<&Telling> = tellings.iter().collect();
    let mut told = describe_event(&members, &tellers.sources, &tellers.issues);
    let found = event_discrepancies(Idx::new(0), &told, &members, &|_| None);
    recoded(record, &mut rows, event, &mut told)?;
    let place = told.place.as_ref().map(|place| record.place_id(place)).transpose()?;
    let (first, last) = tellers.first_and_last();
    let confidence = tellings.iter().map(|telling| telling.confidence).fold(0.0, f32::max);
    record
        .connection
        .prepare_cached(
            "UPDATE event SET event = ?2, modes = ?3, contexts = ?4, status = ?5, date_from = ?6, date_to = ?7, \
             place = ?8, n_reports = ?9, n_independent = ?10, first_told = ?11, last_told = ?12, confidence = ?13 \
             WHERE id = ?1",
        )?
        .execute(params![
            event,
            told.event as i64,
            mode_bits(told.event, &told.modes),
            context_bits(&told.contexts),
            told.status as i64,
            told.date.map(|days| day_number(days.from)),
            told.date.map(|days| day_number(days.to)),
            place,
            told.reports.len() as i64,
            told.independent_reports as i64,
            first,
            last,
            (f64::from(confidence) * 1000.0).round() / 1000.0,
        ])?;
    record.connection.prepare_cached("DELETE FROM event_party WHERE event = ?1")?.execute([event])?;
    let mut insert = record
        .connection
        .prepare_cached("INSERT OR IGNORE INTO event_party (event, role, actor) VALUES (?1, ?2, ?3)")?;
    for (role, parties) in [&told.actors, &told.recipients].into_iter().enumerate() {
        for party in parties {
            insert.execute(params![event, role as i64, rows.actors[party.index()]])?;
        }
    }
    drop(insert);
    write_discrepancies(record, 1, event, found, &tellers)
}

fn refresh_statement(record: &mut Record, statement: i64) -> Sql<()> {
    let mut rows = Rows::default();
    let mut tellers = Tellers::default();
    let mut sayings: Vec<Saying> = Vec::new();
    for (report, span, bytes) in saying_rows(&record.connection, statement, None)? {
        let number = tellers.number(record, report)?;
        sayings.push(read_saying(&bytes, number, span, &mut |id| rows.number_of(id))?);
    }
    let members: Vec<&Saying> = sayings.iter().collect();
    if members.is_empty() {
        record
            .connection
            .prepare_cached("UPDATE statement SET n_reports = 0, n_independent = 0 WHERE id = ?1")?
            .execute([statement])?;
        return write_discrepancies(record, 2, statement, Vec::new(), &tellers);
    }
    let told = describe_statement(&members, &tellers.sources);
    let (first, last) = tellers.first_and_last();
    record
        .connection
        .prepare_cached(
            "UPDATE statement SET speaker = ?2, kind = ?3, n_reports = ?4, n_independent = ?5, first_told = ?6, \
             last_told = ?7 WHERE id = ?1",
        )?
        .execute(params![
            statement,
            told.speaker.map(|speaker| rows.actors[speaker.index()]),
            told.kind as i64,
            told.reports.len() as i64,
            told.independent_reports as i64,
            first,
            last,
        ])?;
    if told.reports.len() < 2 {
        return Ok(());
    }
    // Of these few the words are compared.
    let mut worded: Vec<Saying> = Vec::new();
    let mut wordings: FxHashMap<usize, Read> = FxHashMap::default();
    for (report, mut saying) in sayings_of(record, &mut rows, statement, Some(WORDINGS))? {
        saying.report = tellers.rows.binary_search(&report).unwrap_or_default();
        wordings.insert(saying.report, record.texts.of(&record.connection, report)?);
        worded.push(saying);
    }
    let wording = |report: usize| {
        let Read { text, words } = wordings.get(&report)?;
        Some(Wording { text, words })
    };
    let mut names: FxHashMap<usize, String> = FxHashMap::default();
    for (number, &actor) in rows.actors.iter().enumerate() {
        let mut query = record.connection.prepare_cached("SELECT name FROM actor WHERE id = ?1")?;
        names.insert(number, query.query_row([actor], |row| row.get(0))?);
    }
    let name = |actor: dateline_link::LinkedActorIdx| names.get(&actor.index()).cloned().unwrap_or_default();
    let members: Vec<&Saying> = worded.iter().collect();
    let found = statement_discrepancies(Idx::new(0), &members, &name, &wording);
    write_discrepancies(record, 2, statement, found, &tellers)
}

/// The name that most reports give, and spellings of it.
fn refresh_actor(record: &mut Record, actor: i64) -> Sql<()> {
    let mut query = record.connection.prepare_cached(
        "SELECT actor_name.id, actor_name.name, is_full, actor_name.n_reports, actor.kind, actor.name \
         FROM actor_name JOIN actor ON actor.id = actor_name.actor \
         WHERE actor = ?1 ORDER BY actor_name.n_reports DESC, actor_name.id LIMIT 24",
    )?;
    let rows = query.query_map([actor], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
    })?;
    let forms: Vec<(i64, String, bool, i64, i64, String)> = rows.collect::<Result<_, _>>()?;
    drop(query);
    let Some((_, _, _, _, kind, name)) = forms.first() else { return Ok(()) };
    // `Noh` is no name to show beside `Noh Kyu-duk`, however many reports say no more.
    let n_parts = |name: &str| name.split_whitespace().count();
    let full = || forms.iter().filter(|form| form.2);
    let most_parts = full().map(|form| n_parts(&form.1)).max().unwrap_or(0);
    let best = full().find(|form| n_parts(&form.1) >= most_parts.min(2));
    if let Some(best) = best.filter(|best| best.1 != *name) {
        record
            .connection
            .prepare_cached("UPDATE actor SET name = ?2 WHERE id = ?1")?
            .execute(params![actor, best.1])?;
    }
    let kind = crate::codes::label(ActorKind::ALL, *kind)?;
    if forms.len() < 2 || !matches!(kind, ActorKind::Person | ActorKind::Organization) {
        return Ok(());
    }
    let portrait = |evidence: &dyn Fn(i64) -> Vec<Evidence>| {
        let names =
            forms.iter().map(|(id, name, ..)| Reported { value: name.clone(), evidence: evidence(*id) });
        LinkedActor {
            name: name.clone(),
            names: names.filter(|name| !name.evidence.is_empty()).collect(),
            kind,
            country: None,
            sector: None,
            roles: Vec::new(),
            members: Vec::new(),
        }
    };
    // Most have no spelling that differs, and then nobody needs to know where each form stands.
    let somewhere = Evidence { report: ReportIdx::new(0), span: ByteSpan::default(), attributed_to: None };
    if actor_discrepancy(Idx::new(0), &portrait(&|_| vec![somewhere])).is_none() {
        return write_discrepancies(record, 0, actor, Vec::new(), &Tellers::default());
    }
    let mut tellers = Tellers::default();
    let mut evidence: Vec<(i64, Evidence)> = Vec::new();
    let mut query = record.connection.prepare_cached(
        "SELECT report.id, report.actors FROM spoken_of CROSS JOIN report ON report.id = spoken_of.rowid \
         WHERE spoken_of MATCH 'a' || ?1 ORDER BY spoken_of.rowid LIMIT 200",
    )?;
    let rows = query.query_map([actor], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(i64, Vec<u8>)> = rows.collect::<Result<_, _>>()?;
    drop(query);
    for (report, bytes) in rows {
        let text = record.texts.text_of(&record.connection, report)?;
        let report = ReportIdx::new(tellers.number(record, report)?);
        for naming in read_naming(&bytes)?.into_iter().filter(|naming| naming.actor == actor) {
            let words = naming.span.slice(&text).map(one_line).unwrap_or_default();
            let Some(form) = forms.iter().find(|form| form.1 == words) else { continue };
            evidence.push((form.0, Evidence { report, span: naming.span, attributed_to: None }));
        }
    }
    let portrait = portrait(&|id| {
        evidence.iter().filter(|(form, _)| *form == id).map(|&(_, evidence)| evidence).collect()
    });
    let found: Vec<Discrepancy> = actor_discrepancy(Idx::new(0), &portrait).into_iter().collect();
    write_discrepancies(record, 0, actor, found, &tellers)
}

/// Writes the discrepancies about something in place of those that were there.
fn write_discrepancies(
    record: &mut Record,
    about_kind: i64,
    about: i64,
    mut found: Vec<Discrepancy>,
    tellers: &Tellers,
) -> Sql<()> {
    let connection = &record.connection;
    connection
        .prepare_cached(
            "DELETE FROM discrepancy_value WHERE discrepancy IN \
             (SELECT id FROM discrepancy WHERE about_kind = ?1 AND about = ?2)",
        )?
        .execute(params![about_kind, about])?;
    connection
        .prepare_cached("DELETE FROM discrepancy WHERE about_kind = ?1 AND about = ?2")?
        .execute(params![about_kind, about])?;
    let told_in: Vec<ReportIdx> = (0..tellers.rows.len()).map(ReportIdx::new).collect();
    for discrepancy in &mut found {
        mark_corrections(discrepancy, &tellers.issues, &told_in);
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO discrepancy (kind, about_kind, about, note) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![discrepancy.kind as i64, about_kind, about, discrepancy.note])?;
        let id = connection.last_insert_rowid();
        for (number, value) in discrepancy.values.iter().enumerate() {
            let reports = value.reports();
            let since = reports.iter().filter_map(|report| tellers.day(report.index())).min();
            let evidence: Vec<i64> = value
                .evidence
                .iter()
                .take(EVIDENCE_KEPT)
                .flat_map(|evidence| {
                    let report = tellers.rows[evidence.report.index()];
                    [report, i64::from(evidence.span.start), i64::from(evidence.span.end)]
                })
                .collect();
            let corrected = discrepancy.corrected.iter().filter(|corrected| corrected.value == value.value);
            let corrected = corrected.take(EVIDENCE_KEPT).flat_map(|corrected| {
                let row = |report: ReportIdx| tellers.rows[report.index()];
                [row(corrected.report), row(corrected.by), corrected.how as i64]
            });
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO discrepancy_value (discrepancy, number, value, n_reports, since, evidence) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    id,
                    number as i64,
                    value.value,
                    reports.len() as i64,
                    since,
                    store_evidence(&evidence, &corrected.collect::<Vec<i64>>())
                ])?;
        }
    }
    Ok(())
}
