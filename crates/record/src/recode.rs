//! Codes reports anew that an older version coded.
//!
//! In:  reports of the record, coded by this version.
//! Out: the record with what this version finds in them. What was found before stays, marked with the run that
//!      replaced it, and takes no part in events any more.

use crate::Record;
use crate::add::{Added, NewReport, Run, add_new};
use crate::entry::Entry;
use crate::error::{RecordError, Sql};
use crate::packed::unpack;
use crate::refresh::Touched;
use crate::stored::read_naming;
use crate::write::words_of_actors;
use dateline_ingest::{Body, Input, Published, Report};
use dateline_link::one_line;
use rusqlite::params;
use std::collections::BTreeSet;

impl Record {
    /// The reports, after the one given, that were last coded by another run than `run` with other software or
    /// models; at most so many, in order.
    pub fn outdated(&mut self, run: Run, after: i64, at_most: usize) -> Result<Vec<i64>, RecordError> {
        self.at_path(|record| {
            let mut query = record.connection.prepare_cached(
                "SELECT report.id FROM report JOIN run ON run.id = report.run \
                 JOIN run AS now ON now.id = ?1 \
                 WHERE report.id > ?2 AND (run.software <> now.software OR run.models <> now.models) \
                 ORDER BY report.id LIMIT ?3",
            )?;
            let rows = query.query_map(params![run.id(), after, at_most as i64], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// A report as it was added.
    pub fn stored_report(&mut self, id: i64) -> Result<Report, RecordError> {
        self.at_path(|record| {
            let mut query = record.connection.prepare_cached(
                "SELECT report.name, html, url, outlet.name, title, byline, published, extra, input \
                 FROM report LEFT JOIN outlet ON outlet.id = report.outlet WHERE report.id = ?1",
            )?;
            let (html, extra, when, mut report) = query.query_row([id], |row| {
                let mut report = Report::from_text(row.get::<_, String>(0)?, "");
                report.url = row.get(2)?;
                report.outlet = row.get(3)?;
                report.title = row.get(4)?;
                report.byline = row.get(5)?;
                report.input = Input::whole(row.get::<_, String>(8)?);
                let html: Option<Vec<u8>> = row.get(1)?;
                Ok((html, row.get::<_, Option<String>>(7)?, row.get::<_, Option<String>>(6)?, report))
            })?;
            report.body = match html {
                Some(html) => Body::Html(unpack(&html)?.into()),
                None => Body::Text(record.texts.text_of(&record.connection, id)?),
            };
            report.published = when.and_then(|when| when.parse::<Published>().ok());
            report.extra = extra.and_then(|extra| serde_json::from_str(&extra).ok()).unwrap_or_default();
            Ok(report)
        })
    }

    /// Replaces what was coded from some reports: for all of them, or for none where something fails.
    pub fn recode(&mut self, run: Run, entries: Vec<(i64, Entry)>) -> Result<Added, RecordError> {
        self.in_transaction(|record| {
            let mut added = Added::default();
            let mut touched = Touched::default();
            let mut again = Vec::new();
            for (id, entry) in entries {
                retire(record, run, id, &mut touched)?;
                added.reports += 1;
                added.uncoded += usize::from(entry.is_uncoded());
                again.push(NewReport::again(id, entry));
            }
            add_new(record, run, again, touched, &mut added)?;
            Ok(added)
        })
    }
}

/// Takes what was coded from a report out of events and statements, and keeps it.
fn retire(record: &mut Record, run: Run, report: i64, touched: &mut Touched) -> Sql<()> {
    touched.told_in(record, report)?;
    record.sayings.clear();
    for retire in [
        "UPDATE mention SET until = ?1 WHERE report = ?2 AND until IS NULL",
        "UPDATE saying SET until = ?1 WHERE report = ?2 AND until IS NULL",
        "UPDATE report SET run = ?1 WHERE id = ?2",
    ] {
        record.connection.prepare_cached(retire)?.execute(params![run.id(), report])?;
    }
    let bytes: Vec<u8> = record
        .connection
        .prepare_cached("SELECT actors FROM report WHERE id = ?1")?
        .query_row([report], |row| row.get(0))?;
    let text = record.texts.text_of(&record.connection, report)?;
    let mut name = record.connection.prepare_cached(
        "UPDATE actor_name SET n_reports = n_reports - 1 WHERE actor = ?1 AND name = ?2 AND n_reports > 0",
    )?;
    let namings = read_naming(&bytes)?;
    for naming in &namings {
        let words = naming.span.slice(&text).map(one_line).unwrap_or_default();
        name.execute(params![naming.actor, words])?;
    }
    let words = words_of_actors(&namings);
    let named: BTreeSet<i64> = namings.into_iter().map(|naming| naming.actor).collect();
    if named.is_empty() {
        return Ok(());
    }
    record
        .connection
        .prepare_cached("INSERT INTO spoken_of (spoken_of, rowid, actors) VALUES ('delete', ?1, ?2)")?
        .execute(params![report, words])?;
    for actor in named {
        record
            .connection
            .prepare_cached("UPDATE actor SET n_reports = n_reports - 1 WHERE id = ?1 AND n_reports > 0")?
            .execute([actor])?;
        touched.actors.insert(actor);
    }
    Ok(())
}
