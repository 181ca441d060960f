//! Adds reports to the record.
//!
//! In:  reports, coded or not ([`Entry`]).
//! Out: the record with all of them linked to what was there, or as it was before; and what became of them
//!      ([`Added`]).
//!
//! A report is known by its URL, else by its id and the file it came from. The same again adds nothing; another
//! text under the same URL is a new version, and both are kept.

use crate::Record;
use crate::codes::day_number;
use crate::error::{RecordError, Sql};
use crate::past::{Rows, fetch_past};
use crate::refresh::Touched;
use crate::stored::{
    Layout, Naming, as_stored, store_layout, store_naming, store_numbers, store_saying, store_telling,
};
use crate::texts::{Read, pack};
use dateline_clean::Article;
use dateline_ingest::{Body, Published, Report};
use dateline_link::{
    Digest, Joined, LinkedActorIdx, Portrait, Saying, Source, Telling, Word, is_copy, join, wording_keys,
};
use dateline_plover::CodedReport;
use dateline_resolve::{CountryCode, fold_name};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Who adds to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run(i64);

/// A report ready to be added, made apart from the record so that many can be made side by side.
pub struct Entry {
    report: Report,
    text: Arc<str>,
    packed: Vec<u8>,
    html: Option<Vec<u8>>,
    layout: Vec<u8>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
    byline: Option<String>,
    published: Option<Published>,
    language: Option<String>,
    body: String,
    words: Arc<[Word]>,
    digest: Option<Digest>,
    uncoded: Option<String>,
}

impl Entry {
    /// A report with everything that was found in it.
    pub fn coded(coded: &CodedReport) -> Entry {
        let mut entry = Entry::of(&coded.report, Some(&coded.article));
        let mut digest = Digest::of(coded);
        digest.tellings.iter_mut().for_each(as_stored);
        entry.words = digest.words.as_slice().into();
        entry.digest = Some(digest);
        entry
    }

    /// A report from which nothing could be coded: it is kept all the same, with the reason.
    pub fn uncoded(report: &Report, article: Option<&Article>, reason: &str) -> Entry {
        let mut entry = Entry::of(report, article);
        entry.uncoded = Some(reason.to_owned());
        entry
    }

    fn of(report: &Report, article: Option<&Article>) -> Entry {
        let (given, is_html) = match &report.body {
            Body::Text(text) => (text, false),
            Body::Html(html) => (html, true),
        };
        let text = article.map_or(given, |article| &article.text);
        let layout = article.map_or_else(Layout::default, |article| Layout {
            paragraphs: article.paragraphs.clone(),
            removed: article.removed.clone(),
        });
        let excerpt = |excerpt: &Option<dateline_clean::Excerpt>| {
            excerpt.as_ref().map(|excerpt| excerpt.text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        Entry {
            packed: pack(text),
            html: is_html.then(|| pack(given)),
            layout: store_layout(&layout),
            outlet: article.and_then(|article| article.outlet.clone()).or_else(|| report.outlet.clone()),
            url: report.url.clone().or_else(|| article.and_then(|article| article.url.clone())),
            title: report.title.clone().or_else(|| article.and_then(|article| excerpt(&article.title))),
            byline: report.byline.clone().or_else(|| article.and_then(|article| excerpt(&article.byline))),
            published: article.and_then(|article| article.published).or(report.published),
            language: article.and_then(|article| article.language).map(str::to_owned),
            body: article.map_or_else(|| given.to_string(), Article::body),
            words: Arc::default(),
            digest: None,
            uncoded: None,
            text: Arc::clone(text),
            report: report.clone(),
        }
    }

    /// The same for all versions of one report.
    fn identity(&self) -> i64 {
        let identity = match &self.url {
            Some(url) => format!("url {url}"),
            None => format!("name {} {}", self.report.id, self.report.input.path),
        };
        xxh3_64(identity.as_bytes()).cast_signed()
    }

    /// The same for the same bytes of a report.
    fn content(&self) -> i64 {
        content_of(&self.report)
    }
}

fn content_of(report: &Report) -> i64 {
    let (Body::Text(body) | Body::Html(body)) = &report.body;
    let title = report.title.as_deref().unwrap_or("");
    xxh3_64(format!("{title}\n{body}").as_bytes()).cast_signed()
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
        let added = self.at_path(|record| {
            record.connection.execute_batch("BEGIN IMMEDIATE")?;
            let added = add_all(record, run, entries)?;
            record.connection.execute_batch("COMMIT")?;
            Ok(added)
        });
        if added.is_err() {
            // What was remembered of rows that are gone must be forgotten too.
            if !self.connection.is_autocommit() {
                _ = self.connection.execute_batch("ROLLBACK");
            }
            self.sources.clear();
            self.places.clear();
            self.place_ids.clear();
            self.outlets.clear();
            self.texts = Default::default();
        }
        added
    }
}

/// An entry that is new to the record.
struct NewReport {
    entry: Entry,
    id: i64,
    identity: i64,
    content: i64,
    /// The version that it follows.
    replaces: Option<(i64, i64)>,
}

fn add_all(record: &mut Record, run: Run, entries: Vec<Entry>) -> Sql<Added> {
    let mut added = Added::default();
    let mut new = sort_out(record, entries, &mut added)?;
    let digests: Vec<Digest> = new.iter_mut().filter_map(|report| report.entry.digest.take()).collect();
    let (past, mut rows) = fetch_past(record, &digests)?;
    let joined = join(&past, digests);

    let coded: Vec<usize> = (0..new.len()).filter(|&number| new[number].entry.uncoded.is_none()).collect();
    rows.reports.extend(coded.iter().map(|&number| new[number].id));
    let mut touched = Touched::default();
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
    for report in &new {
        let alone = Source { group: report.id as usize, agency: None };
        let mut source = if report.entry.uncoded.is_none() { sources.next().unwrap_or(alone) } else { alone };
        // A new version has the origin of the one before it, however much of it was rewritten.
        if let Some((older, _)) = report.replaces
            && source.group as i64 == report.id
        {
            source = record.source_of(older)?;
        }
        insert_report(record, run, report, &source)?;
        record.sources.insert(report.id, source);
        let words = report.entry.words.clone();
        record.texts.keep(report.id, Read { text: Arc::clone(&report.entry.text), words });
    }
    insert_lineage(record, &joined, &rows)?;
    insert_actors(record, &joined, &past.actors, &mut rows, &mut touched)?;
    insert_mentions(record, run, &joined, &mut rows, past.reports.len(), &mut touched, &mut added)?;
    insert_sayings(record, run, &joined, &mut rows, past.reports.len(), &mut touched)?;
    touched.refresh(record)?;
    Ok(added)
}

/// The entries that are new, the earliest published first, each with its row.
fn sort_out(record: &mut Record, entries: Vec<Entry>, added: &mut Added) -> Sql<Vec<NewReport>> {
    let mut new: Vec<NewReport> = Vec::new();
    let mut latest: rustc_hash::FxHashMap<i64, (i64, i64)> = Default::default();
    let mut seen: BTreeSet<(i64, i64)> = BTreeSet::new();
    let mut next: i64 =
        record.connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM report", [], |row| row.get(0))?;
    let mut order: Vec<Entry> = entries;
    order.sort_by_key(|entry| {
        let time =
            |published: Published| published.time.map(|time| (time.hour(), time.minute(), time.second()));
        (entry.published.is_none(), entry.published.map(|published| (published.date, time(published))))
    });
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
        new.push(NewReport { entry, id: next, identity, content, replaces: older });
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

fn insert_report(record: &mut Record, run: Run, report: &NewReport, source: &Source) -> Sql<()> {
    let entry = &report.entry;
    let outlet = entry.outlet.as_deref().map(|outlet| record.outlet_id(outlet)).transpose()?;
    let extra = (!entry.report.extra.is_empty())
        .then(|| serde_json::Value::Object(entry.report.extra.clone()).to_string());
    record
        .connection
        .prepare_cached(
            "INSERT INTO report (id, name, url, outlet, title, byline, published, day, language, identity, content, \
             version, replaces, source_group, agency, uncoded, text, html, layout, actors, extra, input, run) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
        )?
        .execute(params![
            report.id,
            entry.report.id,
            entry.url,
            outlet,
            entry.title,
            entry.byline,
            entry.published.map(|published| published.to_string()),
            entry.published.map(|published| day_number(published.date)),
            entry.language,
            report.identity,
            report.content,
            report.replaces.map_or(1, |(_, version)| version + 1),
            report.replaces.map(|(older, _)| older),
            source.group as i64,
            source.agency,
            entry.uncoded,
            entry.packed,
            entry.html,
            entry.layout,
            store_naming(&[]),
            extra,
            entry.report.input.to_string(),
            run.0,
        ])?;
    record
        .connection
        .prepare_cached("INSERT INTO words (rowid, body) VALUES (?1, ?2)")?
        .execute(params![report.id, format!("{}\n{}", entry.title.as_deref().unwrap_or(""), entry.body)])?;
    Ok(())
}

fn insert_lineage(record: &mut Record, joined: &Joined, rows: &Rows) -> Sql<()> {
    let n_past = rows.reports.len() - joined.digests.len();
    for (digest, &id) in joined.digests.iter().zip(&rows.reports[n_past..]) {
        let mut insert = record
            .connection
            .prepare_cached("INSERT OR IGNORE INTO wording_key (key, report) VALUES (?1, ?2)")?;
        for key in wording_keys(&digest.words) {
            insert.execute(params![key, id])?;
        }
    }
    let mut insert = record.connection.prepare_cached(
        "INSERT OR IGNORE INTO lineage (a, b, shared, unquoted, is_copy, passages) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for shared in &joined.shared {
        let mut passages: Vec<i64> = Vec::with_capacity(shared.passages.len() * 5);
        for passage in &shared.passages {
            let ends = [passage.a.start, passage.a.end, passage.b.start, passage.b.end];
            passages.extend(ends.map(i64::from));
            passages.push(i64::from(passage.quoted));
        }
        insert.execute(params![
            rows.reports[shared.a],
            rows.reports[shared.b],
            shared.shared,
            shared.shared_unquoted,
            is_copy(shared),
            store_numbers(&passages),
        ])?;
    }
    Ok(())
}

/// Writes the actors that are new, and what the reports say of each.
fn insert_actors(
    record: &mut Record,
    joined: &Joined,
    past: &[Portrait],
    rows: &mut Rows,
    touched: &mut Touched,
) -> Sql<()> {
    let n_past = rows.reports.len() - joined.digests.len();
    let mut keys: BTreeSet<(u32, i64)> = BTreeSet::new();
    let mut words: BTreeMap<i64, String> = BTreeMap::new();
    for (number, (digest, actors)) in joined.digests.iter().zip(&joined.actors).enumerate() {
        let report = rows.reports[n_past + number];
        let mut namings = Vec::new();
        for (portrait, actor) in digest.actors.iter().zip(actors) {
            let is_new = rows.actors.len() <= actor.index();
            if is_new {
                record
                    .connection
                    .prepare_cached(
                        "INSERT INTO actor (name, kind, country, sector, is_named, head, offices, n_reports) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', 0)",
                    )?
                    .execute(params![
                        portrait.names[0],
                        portrait.kind as i64,
                        portrait.country.map(|country| country.to_string()),
                        portrait.sector.map(|sector| sector.to_string()),
                        portrait.is_named,
                        portrait.head,
                    ])?;
                rows.actors.push(record.connection.last_insert_rowid());
            }
            let id = rows.actors[actor.index()];
            let is_told_already = !is_new
                && past.get(actor.index()).is_some_and(|known| known.names.contains(&portrait.names[0]));
            if !is_told_already {
                keys.extend(portrait.keys().into_iter().map(|key| (key, id)));
            }
            let new_words = record.portray(id, report, portrait, &mut namings)?;
            if !new_words.is_empty() {
                words.entry(id).or_default().push_str(&new_words);
            }
            touched.actors.insert(id);
        }
        record
            .connection
            .prepare_cached("UPDATE report SET actors = ?2 WHERE id = ?1")?
            .execute(params![report, store_naming(&namings)])?;
    }
    let mut insert =
        record.connection.prepare_cached("INSERT OR IGNORE INTO actor_key (key, actor) VALUES (?1, ?2)")?;
    for (key, actor) in keys {
        insert.execute(params![key, actor])?;
    }
    // In the order of their rows: the index writes a part of its own for each step back.
    let mut insert = record.connection.prepare_cached("INSERT INTO names (rowid, name) VALUES (?1, ?2)")?;
    for (actor, words) in words {
        insert.execute(params![actor, words])?;
    }
    Ok(())
}

/// Begins the word of a country: a letter of nobody's alphabet, so that no name can pass for one.
const COUNTRY_MARK: char = '\u{e000}';

/// The word by which actors of a country are found.
pub(crate) fn country_word(country: CountryCode) -> String {
    format!("{COUNTRY_MARK}{}", country.as_str().to_ascii_lowercase())
}

fn insert_mentions(
    record: &mut Record,
    run: Run,
    joined: &Joined,
    rows: &mut Rows,
    n_past: usize,
    touched: &mut Touched,
    added: &mut Added,
) -> Sql<()> {
    let mut keys: BTreeSet<(u32, i32, i64)> = BTreeSet::new();
    for (number, (digest, events)) in joined.digests.iter().zip(&joined.events).enumerate() {
        let report = rows.reports[n_past + number];
        for (telling, &event) in digest.tellings.iter().zip(events) {
            let event = event_row(record, rows, event, telling, added)?;
            let place = telling.place.as_ref().map(|place| record.place_id(place)).transpose()?;
            let bytes = store_telling(telling, place, &|actor: LinkedActorIdx| rows.actors[actor.index()]);
            record
                .connection
                .prepare_cached(
                    "INSERT INTO mention (report, event, start, end, telling, run, number) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    report,
                    event,
                    telling.sentence.start,
                    telling.sentence.end,
                    bytes,
                    run.0,
                    telling.number as i64
                ])?;
            added.mentions += 1;
            touched.events.insert(event);
            let days = [telling.days.map(|days| days.from), telling.published];
            for day in days.into_iter().flatten().map(day_number) {
                keys.extend(telling.keys().into_iter().map(|key| (key, day, event)));
            }
            if telling.days.is_none() && telling.published.is_none() {
                keys.extend(telling.keys().into_iter().map(|key| (key, 0, event)));
            }
        }
    }
    let mut insert = record
        .connection
        .prepare_cached("INSERT OR IGNORE INTO event_key (key, day, event) VALUES (?1, ?2, ?3)")?;
    for (key, day, event) in keys {
        insert.execute(params![key, day, event])?;
    }
    Ok(())
}

/// The row of an event, made where it is new. What it says is filled in by [`Touched::refresh`].
fn event_row(
    record: &Record,
    rows: &mut Rows,
    event: usize,
    telling: &Telling,
    added: &mut Added,
) -> Sql<i64> {
    // New events are numbered in order of their first telling, so each new number is the next one.
    if rows.events.len() <= event {
        record
            .connection
            .prepare_cached(
                "INSERT INTO event (event, modes, contexts, status, n_reports, n_independent, confidence) \
                 VALUES (?1, 0, 0, 0, 0, 0, 0.0)",
            )?
            .execute([telling.event as i64])?;
        rows.events.push(record.connection.last_insert_rowid());
        added.events += 1;
    }
    Ok(rows.events[event])
}

fn insert_sayings(
    record: &mut Record,
    run: Run,
    joined: &Joined,
    rows: &mut Rows,
    n_past: usize,
    touched: &mut Touched,
) -> Sql<()> {
    let mut keys: BTreeSet<(u32, i64)> = BTreeSet::new();
    for (number, (digest, statements)) in joined.digests.iter().zip(&joined.statements).enumerate() {
        let report = rows.reports[n_past + number];
        for (saying, &statement) in digest.sayings.iter().zip(statements) {
            if rows.statements.len() <= statement {
                record
                    .connection
                    .prepare_cached(
                        "INSERT INTO statement (kind, n_reports, n_independent) VALUES (0, 0, 0)",
                    )?
                    .execute([])?;
                rows.statements.push(record.connection.last_insert_rowid());
            }
            let statement = rows.statements[statement];
            insert_saying(record, run, saying, report, statement, rows)?;
            touched.statements.insert(statement);
            keys.extend(saying.keys().into_iter().map(|key| (key, statement)));
        }
    }
    let mut insert = record
        .connection
        .prepare_cached("INSERT OR IGNORE INTO statement_key (key, statement) VALUES (?1, ?2)")?;
    for (key, statement) in keys {
        insert.execute(params![key, statement])?;
    }
    Ok(())
}

fn insert_saying(
    record: &Record,
    run: Run,
    saying: &Saying,
    report: i64,
    statement: i64,
    rows: &Rows,
) -> Sql<()> {
    let bytes = store_saying(saying, &|actor: LinkedActorIdx| rows.actors[actor.index()]);
    record
        .connection
        .prepare_cached(
            "INSERT INTO saying (report, statement, start, end, saying, run, number) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            report,
            statement,
            saying.span.start,
            saying.span.end,
            bytes,
            run.0,
            saying.number as i64
        ])?;
    Ok(())
}

impl Record {
    fn outlet_id(&mut self, name: &str) -> Sql<i64> {
        if let Some(&id) = self.outlets.get(name) {
            return Ok(id);
        }
        self.connection.prepare_cached("INSERT OR IGNORE INTO outlet (name) VALUES (?1)")?.execute([name])?;
        let mut query = self.connection.prepare_cached("SELECT id FROM outlet WHERE name = ?1")?;
        let id = query.query_row([name], |row| row.get(0))?;
        self.outlets.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Writes what a report says of an actor: the forms of its name and its roles, with their places. Gives the
    /// words by which it could not be found before.
    fn portray(
        &self,
        actor: i64,
        report: i64,
        portrait: &Portrait,
        namings: &mut Vec<Naming>,
    ) -> Sql<String> {
        let mut words = String::new();
        if let Some(country) = portrait.country {
            let mut query = self
                .connection
                .prepare_cached("SELECT 1 FROM actor WHERE id = ?1 AND (country IS NULL OR n_reports = 0)")?;
            if query.exists([actor])? {
                words = country_word(country) + "\n";
            }
        }
        let full = &portrait.names[0];
        let forms = portrait.forms.iter().filter(|_| portrait.is_named);
        let mut name = self.connection.prepare_cached(
            "INSERT INTO actor_name (actor, name, is_full, n_reports) VALUES (?1, ?2, ?3, 1) \
             ON CONFLICT (actor, name) DO UPDATE SET n_reports = n_reports + 1, is_full = max(is_full, ?3) \
             RETURNING id, n_reports = 1",
        )?;
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO actor_report (actor, report) VALUES (?1, ?2)")?
            .execute(params![actor, report])?;
        let mut note = |span, name| namings.push(Naming { actor, name, span });
        for (form, span) in forms {
            let (id, is_new): (i64, bool) =
                name.query_row(params![actor, form, form == full], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if is_new {
                words.push_str(&fold_name(form).replace(COUNTRY_MARK, ""));
                words.push('\n');
            }
            note(*span, Some(id));
        }
        if !portrait.is_named
            && let Some((_, span)) = portrait.forms.first()
        {
            note(*span, None);
        }
        for role in &portrait.roles {
            note(role.span, None);
            self.connection
                .prepare_cached(
                    "UPDATE actor SET offices = offices || ?2 || char(10) \
                     WHERE id = ?1 AND length(offices) < 1000 AND instr(offices, ?2) = 0",
                )?
                .execute(params![actor, role.text])?;
        }
        self.connection
            .prepare_cached(
                "UPDATE actor SET n_reports = n_reports + 1, country = coalesce(country, ?2), \
                 sector = coalesce(sector, ?3) WHERE id = ?1",
            )?
            .execute(params![
                actor,
                portrait.country.map(|country| country.to_string()),
                portrait.sector.map(|sector| sector.to_string())
            ])?;
        Ok(words)
    }
}
