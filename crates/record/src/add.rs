//! Adds reports to the record.
//!
//! In:  reports, coded or not ([`Entry`]).
//! Out: the record with all of them linked to what was there, or as it was before; and what became of them
//!      ([`Added`]).
//!
//! A report is known by its URL, else by its id and the file it came from. The same again adds nothing; another
//! text under the same URL is a new version, and both are kept.

use crate::Record;
use crate::entry::{Entry, content_of};
use crate::error::{RecordError, Sql};
use crate::merge::merge_events;
use crate::packed::write_blocks;
use crate::past::{Rows, fetch_past};
use crate::refresh::Touched;
use crate::texts::Read;
use crate::write::{
    insert_actors, insert_lineage, insert_mentions, insert_report, insert_sayings, note_again,
};
use dateline_ingest::Report;
use dateline_link::{Digest, Joined, Source, join, order_of_publication};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Who adds to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run(i64);

impl Run {
    /// Its row.
    pub(crate) fn id(self) -> i64 {
        self.0
    }
}

/// What became of the reports that were to be added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Reports that were not there before.
    pub reports: usize,
    /// Of these, new versions of reports that were there.
    pub versions: usize,
    /// Reports that were there already; nothing was changed for them.
    pub known: usize,
    /// Of the new reports, those from which nothing could be coded.
    pub uncoded: usize,
    /// Events that were not there before.
    pub events: usize,
    /// Tellings of events.
    pub mentions: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Added) {
        self.reports += other.reports;
        self.versions += other.versions;
        self.known += other.known;
        self.uncoded += other.uncoded;
        self.events += other.events;
        self.mentions += other.mentions;
    }
}

impl Record {
    /// Notes who is going to add to the record: software, its models by name and bytes, and when by the caller's
    /// clock.
    pub fn begin_run(
        &mut self,
        software: &str,
        models: &[(&str, &[u8])],
        started: Option<&str>,
    ) -> Result<Run, RecordError> {
        let models: Vec<String> =
            models.iter().map(|(name, bytes)| format!("{name} {:016x}", xxh3_64(bytes))).collect();
        let models = models.join(", ");
        self.at_path(|record| {
            record.connection.execute(
                "INSERT INTO run (software, models, started) VALUES (?1, ?2, ?3)",
                params![software, models, started],
            )?;
            Ok(Run(record.connection.last_insert_rowid()))
        })
    }

    /// Whether a report is there already, as far as it can be told before it is read.
    pub fn knows(&self, report: &Report) -> Result<bool, RecordError> {
        let known = || -> Sql<bool> {
            let mut query = self.connection.prepare_cached(
                "SELECT 1 FROM report WHERE content = ?1 AND CASE WHEN ?2 IS NULL THEN name = ?3 ELSE url = ?2 END",
            )?;
            Ok(query.exists(params![content_of(report), report.url, report.id])?)
        };
        known().map_err(|failure| failure.at(&self.path))
    }

    /// Adds reports: all of them, or none where something fails.
    pub fn add(&mut self, run: Run, entries: Vec<Entry>) -> Result<Added, RecordError> {
        self.in_transaction(|record| {
            let mut added = Added::default();
            let new = sort_out(record, entries, &mut added)?;
            add_new(record, run, new, Touched::default(), &mut added)?;
            Ok(added)
        })
    }

    /// Does all of some work, or none of it.
    pub(crate) fn in_transaction<T>(
        &mut self,
        work: impl FnOnce(&mut Record) -> Sql<T>,
    ) -> Result<T, RecordError> {
        let done = self.at_path(|record| {
            record.connection.execute_batch("BEGIN IMMEDIATE")?;
            record.forget_what_changed()?;
            let done = work(record)?;
            record.connection.execute_batch("COMMIT")?;
            Ok(done)
        });
        if done.is_err() {
            // What was remembered of rows that are gone must be forgotten too.
            if !self.connection.is_autocommit() {
                _ = self.connection.execute_batch("ROLLBACK");
            }
            self.forget();
        }
        done
    }

    /// Forgets what was looked up where somebody else has written since. In a transaction nobody does.
    pub(crate) fn forget_what_changed(&mut self) -> Sql<()> {
        let version = self.data_version_now()?;
        if self.version_looked_up.replace(version) != Some(version) {
            // Texts never change.
            let texts = std::mem::take(&mut self.texts);
            self.forget();
            self.texts = texts;
        }
        Ok(())
    }

    /// Forgets what was looked up, as it may have changed since.
    pub(crate) fn forget(&mut self) {
        self.sources.clear();
        self.issues.clear();
        self.places.clear();
        self.place_ids.clear();
        self.parties.clear();
        self.anybody.clear();
        self.outlets.clear();
        self.sayings.clear();
        self.portraits.clear();
        self.texts = Default::default();
    }
}

/// An entry that is new to the record, or coded anew.
pub(crate) struct NewReport {
    pub entry: Entry,
    pub id: i64,
    pub identity: i64,
    pub content: i64,
    /// The version that it follows.
    pub replaces: Option<(i64, i64)>,
    /// Whether its row is there already.
    pub is_there: bool,
}

impl NewReport {
    /// A report of the record that was coded anew.
    pub fn again(id: i64, entry: Entry) -> NewReport {
        NewReport { entry, id, identity: 0, content: 0, replaces: None, is_there: true }
    }
}

/// Links reports with what is there and writes them.
pub(crate) fn add_new(
    record: &mut Record,
    run: Run,
    mut new: Vec<NewReport>,
    mut touched: Touched,
    added: &mut Added,
) -> Sql<()> {
    let digests: Vec<Digest> = new.iter_mut().filter_map(|report| report.entry.digest.take()).collect();
    let (past, mut rows) = fetch_past(record, &digests)?;
    let joined = join(&past, digests);

    let coded = new.iter().filter(|report| !report.entry.is_uncoded());
    let coded: Vec<i64> = coded.map(|report| report.id).collect();
    rows.reports.extend_from_slice(&coded);
    redraw_groups(
        record,
        &past.reports.iter().map(|report| report.source.group).collect::<Vec<_>>(),
        &joined,
        &rows,
        &mut touched,
    )?;
    let mut sources = joined.ancestry[past.reports.len()..].iter().map(|ancestry| Source {
        group: rows.reports[ancestry.source.group] as usize,
        ..ancestry.source.clone()
    });
    let mut insert = Vec::new();
    for report in &new {
        if report.is_there {
            sources.next();
            note_again(record, report)?;
            continue;
        }
        let alone = Source { group: report.id as usize, ..Source::default() };
        let mut source = if report.entry.uncoded.is_none() { sources.next().unwrap_or(alone) } else { alone };
        // A new version has the origin of the one before it, however much of it was rewritten.
        if let Some((older, _)) = report.replaces
            && source.group as i64 == report.id
        {
            source = Source { house: source.house, ..record.source_of(older)? };
        }
        // A newer version of it may be among the next ones.
        record.sources.insert(report.id, source.clone());
        insert.push((report, source));
    }
    let texts = pack_texts(record, &insert)?;
    for ((report, source), text) in insert.into_iter().zip(texts) {
        insert_report(record, run, report, &source, &text)?;
        let words = report.entry.words.clone();
        record.texts.keep(report.id, Read { text: Arc::clone(&report.entry.text), words });
    }
    let is_there: BTreeSet<i64> =
        new.iter().filter(|report| report.is_there).map(|report| report.id).collect();
    insert_lineage(record, &joined, &rows, &coded, &is_there)?;
    insert_actors(record, &joined, &past.actors, &mut rows, &coded, &mut touched)?;
    let merged: Vec<(i64, i64)> =
        joined.merged.iter().map(|&(event, into)| (rows.events[event], rows.events[into])).collect();
    merge_events(record, run, merged.into_iter(), &mut touched)?;
    insert_mentions(record, run, &joined, &mut rows, &coded, &mut touched, added)?;
    insert_sayings(record, run, &joined, &mut rows, &coded, &mut touched)?;
    touched.refresh(record)
}

/// Packs the texts of new reports, those of one source beside each other; gives what stands in the row of each.
fn pack_texts(record: &Record, reports: &[(&NewReport, Source)]) -> Sql<Vec<Vec<u8>>> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&number| reports[number].1.group);
    let texts: Vec<&str> = order.iter().map(|&number| &*reports[number].0.entry.text).collect();
    let mut packed = vec![Vec::new(); reports.len()];
    for (number, stands) in order.into_iter().zip(write_blocks(&record.connection, &texts)?) {
        packed[number] = stands;
    }
    Ok(packed)
}

/// The entries that are new, the earliest published first, each with its row.
fn sort_out(record: &mut Record, entries: Vec<Entry>, added: &mut Added) -> Sql<Vec<NewReport>> {
    let mut new: Vec<NewReport> = Vec::new();
    let mut latest: rustc_hash::FxHashMap<i64, (i64, i64)> = Default::default();
    let mut seen: BTreeSet<(i64, i64)> = BTreeSet::new();
    let mut next: i64 =
        record.connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM report", [], |row| row.get(0))?;
    let mut order: Vec<Entry> = entries;
    order.sort_by_key(|entry| order_of_publication(entry.published));
    for entry in order {
        let (identity, content) = (entry.identity(), entry.content());
        let known = !seen.insert((identity, content)) || {
            let mut query = record.connection.prepare_cached(
                "SELECT 1 FROM report WHERE content = ?1 AND (identity = ?2 OR name = ?3 AND url IS ?4)",
            )?;
            query.exists(params![content, identity, entry.report.id, entry.url])?
        };
        if known {
            added.known += 1;
            continue;
        }
        let older = match latest.get(&identity) {
            Some(&older) => Some(older),
            None => record
                .connection
                .prepare_cached(
                    "SELECT id, version FROM report WHERE identity = ?1 ORDER BY version DESC LIMIT 1",
                )?
                .query_row([identity], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?,
        };
        latest.insert(identity, (next, older.map_or(1, |(_, version)| version + 1)));
        added.reports += 1;
        added.versions += usize::from(older.is_some());
        added.uncoded += usize::from(entry.uncoded.is_some());
        new.push(NewReport { entry, id: next, identity, content, replaces: older, is_there: false });
        next += 1;
    }
    Ok(new)
}

/// Draws groups of older reports together where a new one has shown that they have one source.
fn redraw_groups(
    record: &mut Record,
    before: &[usize],
    joined: &Joined,
    rows: &Rows,
    touched: &mut Touched,
) -> Sql<()> {
    for (number, ancestry) in joined.ancestry.iter().take(before.len()).enumerate() {
        let (old, now) = (before[number], ancestry.source.group);
        let agency = &ancestry.source.agency;
        let row = rows.reports[number];
        let known = record.source_of(row)?;
        let moved = old != now && old == number;
        if !moved && known.agency == *agency {
            continue;
        }
        let (old, now) =
            (known.group as i64, if old == now { known.group as i64 } else { rows.reports[now] });
        let mut query = record.connection.prepare_cached("SELECT id FROM report WHERE source_group = ?1")?;
        let members: Vec<i64> = query.query_map([old], |row| row.get(0))?.collect::<Result<_, _>>()?;
        drop(query);
        record
            .connection
            .prepare_cached(
                "UPDATE report SET source_group = ?1, agency = coalesce(?2, agency) WHERE source_group = ?3",
            )?
            .execute(params![now, agency, old])?;
        for member in members {
            record.sources.remove(&member);
            touched.told_in(record, member)?;
        }
    }
    Ok(())
}
