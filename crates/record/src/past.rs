//! Fetches what is known already, as far as it may matter for some new reports.
//!
//! In:  the digests of new reports, and the record.
//! Out: the [`Past`] that they are linked with, and which rows its numbers stand for ([`Rows`]).
//!
//! Everything is fetched by keys, a bounded number for each, the latest first, so that a new report costs the same
//! in a large record as in a small one.

use crate::Record;
use crate::codes::{day, day_number};
use crate::error::{Failure, Sql};
use crate::known::{KnownParty, place_of, portrait_shown, sayings_shown};
use crate::layer::kept_apart;
use crate::stored::{Numbers, read_telling};
use dateline_link::{
    Digest, LinkedActorIdx, Party, Past, PastReport, Portrait, Saying, Source, Telling, Word, wording_keys,
};
use dateline_resolve::Place;
use dateline_text::{ByteSpan, Idx};
use jiff::civil::Date;
use rusqlite::{Connection, Rows as SqlRows, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Days before and after a report's publication within which another report's telling is looked for.
const DAYS_OF_NEWS: i32 = 14;
/// Events that are fetched for one key and telling, the latest first.
const MAX_EVENTS: i64 = 40;
/// Events that are fetched for one telling.
const MAX_EVENTS_A_TELLING: usize = 80;
/// Tellings that show what an event is.
const TELLINGS_SHOWN: i64 = 6;
/// Actors that are fetched for one key.
const MAX_ACTORS: usize = 60;
/// Actors that are fetched for a part of a name that more bear. It tells nothing, and these show that it is nobody's own.
const BEARERS_SHOWN: usize = 12;
/// Statements that are fetched for one key.
const MAX_STATEMENTS: i64 = 12;
/// Reports in which one run of words is looked up.
const MAX_POSTINGS: i64 = 12;
/// Kept runs that two texts share before they are compared in full.
const MIN_RUNS: usize = 2;
/// Texts that one report is compared with, those that share most first.
const MAX_TEXTS: usize = 8;

/// Texts that one report is compared with because of what they tell.
const MAX_TELLERS: usize = 8;

/// Which rows the numbers of a [`Past`] stand for.
#[derive(Default)]
pub(crate) struct Rows {
    pub reports: Vec<i64>,
    pub actors: Vec<i64>,
    pub events: Vec<i64>,
    pub statements: Vec<i64>,
    actor_numbers: FxHashMap<i64, LinkedActorIdx>,
}

impl Rows {
    /// A number of its own for somebody who is only described.
    fn anybody(&mut self, id: i64) -> LinkedActorIdx {
        self.actors.push(id);
        Idx::new(self.actors.len() - 1)
    }

    /// The number of an actor's row.
    pub fn number_of(&mut self, id: i64) -> LinkedActorIdx {
        let next = self.actors.len();
        *self.actor_numbers.entry(id).or_insert_with(|| {
            self.actors.push(id);
            Idx::new(next)
        })
    }
}

/// What is known that may matter for these reports.
pub(crate) fn fetch_past(record: &mut Record, digests: &[Digest]) -> Sql<(Past, Rows)> {
    let mut rows = Rows::default();
    let mut candidates = BTreeSet::new();
    for digest in digests {
        candidates.extend(reports_alike(&record.connection, &digest.words)?);
    }
    let alike = events_alike(&record.connection, digests)?;
    let events: BTreeSet<i64> = alike.iter().flatten().copied().collect();
    let statements = statements_alike(&record.connection, digests)?;
    for actor in actors_alike(&record.connection, digests)? {
        rows.number_of(actor);
    }

    let n_alike = rows.actors.len();

    let mut reports: BTreeMap<i64, PastReport> = BTreeMap::new();
    let mut tellings: Vec<Vec<(i64, Telling)>> = Vec::new();
    for &event in &events {
        let shown = tellings_of(record, &mut rows, event, Some(TELLINGS_SHOWN))?;
        shown.iter().for_each(|&(report, _)| _ = reports.entry(report).or_default());
        if !shown.is_empty() {
            rows.events.push(event);
            tellings.push(shown);
        }
    }
    candidates.extend(tellers_of_the_same(record, &alike, &rows.events, &tellings)?);
    for report in candidates {
        let words = record.texts.of(&record.connection, report)?.words;
        let root = record.source_of(report)?.group as i64;
        reports.entry(root).or_default();
        reports.entry(report).or_default().words = words;
    }
    let number_of_event = |event: i64| rows.events.binary_search(&event).ok();
    let apart: Vec<(usize, usize)> = kept_apart(record)?
        .into_iter()
        .filter_map(|(a, b)| number_of_event(a).zip(number_of_event(b)))
        .collect();
    let mut sayings: Vec<Vec<(i64, Saying)>> = Vec::new();
    for &statement in &statements {
        let shown = sayings_shown(record, &mut rows, statement)?;
        shown.iter().for_each(|&(report, _)| _ = reports.entry(report).or_default());
        if !shown.is_empty() {
            rows.statements.push(statement);
            sayings.push(shown);
        }
    }

    rows.reports = reports.keys().copied().collect();
    let number_of = |report: i64| rows.reports.binary_search(&report).ok();
    let mut past = Past { apart, ..Past::default() };
    for (number, (&id, mut report)) in rows.reports.iter().zip(reports.into_values()).enumerate() {
        let source = record.source_of(id)?;
        // A report whose text is not compared ties nothing together, so its group need not be known.
        report.source = Source { group: number_of(source.group as i64).unwrap_or(number), ..source };
        past.reports.push(report);
    }
    let numbered = |report: i64| number_of(report).unwrap_or_default();
    past.events = tellings
        .into_iter()
        .map(|shown| {
            let numbered = |(report, telling)| Telling { report: numbered(report), ..telling };
            shown.into_iter().map(numbered).collect()
        })
        .collect();
    past.statements = sayings
        .into_iter()
        .map(|shown| {
            let numbered = |(report, saying)| Saying { report: numbered(report), ..saying };
            shown.into_iter().map(numbered).collect()
        })
        .collect();
    for (number, &actor) in rows.actors.iter().enumerate() {
        past.actors.push(match record.parties.get(&actor).filter(|_| number >= n_alike) {
            // No new report names it, so who it is does not matter.
            Some(party) => Arc::new(party.portrait()),
            None => portrait_shown(record, actor)?,
        });
    }
    Ok((past, rows))
}

/// For each new report the known ones that tell most of the events that it may tell, one of each source: who rewrites a text in
/// other words tells the same events.
fn tellers_of_the_same(
    record: &mut Record,
    alike: &[BTreeSet<i64>],
    events: &[i64],
    tellings: &[Vec<(i64, Telling)>],
) -> Sql<BTreeSet<i64>> {
    let mut all = BTreeSet::new();
    for alike in alike {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for event in alike {
            let Ok(number) = events.binary_search(event) else { continue };
            let mut reports: Vec<i64> = tellings[number].iter().map(|&(report, _)| report).collect();
            reports.dedup();
            reports.into_iter().for_each(|report| *counts.entry(report).or_default() += 1);
        }
        let mut counts: Vec<(i64, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|&(report, n)| (std::cmp::Reverse(n), report));
        let mut sources = BTreeSet::new();
        for (report, _) in counts {
            if sources.len() < MAX_TELLERS && sources.insert(record.source_of(report)?.group) {
                all.insert(report);
            }
        }
    }
    Ok(all)
}

/// The reports that share most kept runs of words with a new one.
fn reports_alike(connection: &Connection, words: &[Word]) -> Sql<Vec<i64>> {
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    let mut query = connection
        .prepare_cached("SELECT report FROM wording_key WHERE key = ?1 ORDER BY report LIMIT ?2")?;
    for key in wording_keys(words) {
        let mut found = query.query(params![key, MAX_POSTINGS])?;
        while let Some(row) = found.next()? {
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    let mut shared: Vec<(i64, usize)> = shared.into_iter().filter(|&(_, n)| n >= MIN_RUNS).collect();
    shared.sort_by_key(|&(report, n)| (std::cmp::Reverse(n), report));
    Ok(shared.into_iter().take(MAX_TEXTS).map(|(report, _)| report).collect())
}

/// The events that tellings of new reports may belong to: of a neighbouring type, with a state in common, told in
/// the same fortnight or of the same day.
fn events_alike(connection: &Connection, digests: &[Digest]) -> Sql<Vec<BTreeSet<i64>>> {
    let mut query = connection.prepare_cached(
        "SELECT DISTINCT event FROM event_key WHERE key = ?1 AND day BETWEEN ?2 AND ?3 \
         ORDER BY day DESC LIMIT ?4",
    )?;
    // Tellings of a chunk ask the same questions again and again.
    let mut asked: FxHashMap<(u32, i32, i32), Vec<i64>> = FxHashMap::default();
    let mut of_digest = |digest: &Digest| -> Sql<BTreeSet<i64>> {
        let mut all = BTreeSet::new();
        for telling in &digest.tellings {
            let mut windows = Vec::new();
            if let Some(days) = telling.days {
                windows.push((day_number(days.from) - 1, day_number(days.to) + 1));
            }
            match telling.published.map(day_number) {
                Some(published) => windows.push((published - DAYS_OF_NEWS, published + DAYS_OF_NEWS)),
                None => windows.push((i32::MIN, i32::MAX)),
            }
            let mut found = BTreeSet::new();
            for key in telling.candidate_keys() {
                for &(from, to) in &windows {
                    let events = match asked.get(&(key, from, to)) {
                        Some(events) => events,
                        None => {
                            let rows =
                                query.query_map(params![key, from, to, MAX_EVENTS], |row| row.get(0))?;
                            asked.entry((key, from, to)).or_insert(rows.collect::<Result<_, _>>()?)
                        }
                    };
                    found.extend(events.iter().copied());
                }
            }
            all.extend(found.into_iter().rev().take(MAX_EVENTS_A_TELLING));
        }
        Ok(all)
    };
    digests.iter().map(&mut of_digest).collect()
}

fn statements_alike(connection: &Connection, digests: &[Digest]) -> Sql<BTreeSet<i64>> {
    let mut query = connection.prepare_cached(
        "SELECT statement FROM statement_key WHERE key = ?1 ORDER BY statement DESC LIMIT ?2",
    )?;
    let mut all = BTreeSet::new();
    for saying in digests.iter().flat_map(|digest| &digest.sayings) {
        for key in saying.keys() {
            let rows = query.query_map(params![key, MAX_STATEMENTS], |row| row.get::<_, i64>(0))?;
            for row in rows {
                all.insert(row?);
            }
        }
    }
    Ok(all)
}

fn actors_alike(connection: &Connection, digests: &[Digest]) -> Sql<BTreeSet<i64>> {
    let mut query =
        connection.prepare_cached("SELECT actor FROM actor_key WHERE key = ?1 ORDER BY actor LIMIT ?2")?;
    let portraits = || digests.iter().flat_map(|digest| &digest.actors);
    let keys: BTreeSet<u32> = portraits().flat_map(Portrait::keys).collect();
    let identities: FxHashSet<u32> = portraits().flat_map(Portrait::identity_keys).collect();
    let mut all = BTreeSet::new();
    for key in keys {
        let rows = query.query_map(params![key, MAX_ACTORS as i64 + 1], |row| row.get::<_, i64>(0))?;
        let bearers: Vec<i64> = rows.collect::<Result<_, _>>()?;
        let is_common = bearers.len() > MAX_ACTORS && !identities.contains(&key);
        all.extend(bearers.into_iter().take(if is_common { BEARERS_SHOWN } else { MAX_ACTORS }));
    }
    Ok(all)
}

struct RowNumbers<'r> {
    rows: &'r mut Rows,
    connection: &'r Connection,
    places: &'r mut FxHashMap<i64, Arc<Place>>,
    parties: &'r mut FxHashMap<i64, KnownParty>,
}

impl Numbers for RowNumbers<'_> {
    fn actor(&mut self, id: i64) -> LinkedActorIdx {
        self.rows.number_of(id)
    }

    fn party(&mut self, id: i64) -> Sql<Party> {
        let known = KnownParty::of(self.connection, self.parties, id)?;
        let actor = if known.is_anybody { self.rows.anybody(id) } else { self.rows.number_of(id) };
        Ok(Party { actor, country: known.country, is_person: known.is_person })
    }

    fn place(&mut self, id: i64) -> Sql<Arc<Place>> {
        place_of(self.connection, self.places, id)
    }
}

/// The tellings of an event with the rows of their reports, in order of report and text.
pub(crate) fn tellings_of(
    record: &mut Record,
    rows: &mut Rows,
    event: i64,
    at_most: Option<i64>,
) -> Sql<Vec<(i64, Telling)>> {
    let mut query = record.connection.prepare_cached(
        "SELECT mention.report, mention.start, mention.end, mention.telling, report.day \
         FROM mention JOIN report ON report.id = mention.report \
         WHERE mention.event = ?1 AND mention.until IS NULL ORDER BY mention.report, mention.number LIMIT ?2",
    )?;
    let found = query.query(params![event, at_most.unwrap_or(-1)])?;
    let mut numbers = RowNumbers {
        rows,
        connection: &record.connection,
        places: &mut record.places,
        parties: &mut record.parties,
    };
    read_tellings(found, &mut numbers)
}

/// The tellings of one report with the rows of their events.
pub(crate) fn tellings_in(record: &mut Record, rows: &mut Rows, report: i64) -> Sql<Vec<(i64, Telling)>> {
    let mut query = record.connection.prepare_cached(
        "SELECT mention.event, mention.start, mention.end, mention.telling, report.day \
         FROM mention JOIN report ON report.id = mention.report \
         WHERE mention.report = ?1 AND mention.until IS NULL ORDER BY mention.number, mention.event",
    )?;
    let found = query.query([report])?;
    let mut numbers = RowNumbers {
        rows,
        connection: &record.connection,
        places: &mut record.places,
        parties: &mut record.parties,
    };
    read_tellings(found, &mut numbers)
}

/// Tellings, each with the row that stands before it: of its report, or of its event.
fn read_tellings(mut found: SqlRows<'_>, numbers: &mut RowNumbers) -> Sql<Vec<(i64, Telling)>> {
    let mut tellings = Vec::new();
    while let Some(row) = found.next()? {
        let (of, start, end): (i64, u32, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let bytes = row.get_ref(3)?.as_blob().map_err(|_| Failure::damaged("an event mention is no blob"))?;
        let published = published(row.get(4)?);
        tellings.push((of, read_telling(bytes, 0, ByteSpan { start, end }, published, numbers)?));
    }
    Ok(tellings)
}

/// The day with this number, where there is one.
pub(crate) fn published(number: Option<i64>) -> Option<Date> {
    number.and_then(day)
}
