//! Writes new reports and what they hold into the tables.
//!
//! In:  reports that were joined with the past.
//! Out: their rows, those of new actors, events and statements, and the keys by which they are found later. What an
//!      event or statement says as a whole is left to [`crate::refresh`].

use crate::Record;
use crate::add::{Added, NewReport, Run};
use crate::codes::day_number;
use crate::entry::Entry;
use crate::error::Sql;
use crate::known::KnownSaying;
use crate::layer::pins_in;
use crate::pairs::index_pairs;
use crate::past::Rows;
use crate::refresh::Touched;
use crate::stored::{
    NamedPlace, Naming, store_named, store_naming, store_numbers, store_saying, store_telling,
};
use dateline_link::{Joined, LinkedActorIdx, Portrait, Saying, Source, Telling, is_copy, wording_keys};
use dateline_resolve::{CountryCode, fold_name};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reports with which shared wording is kept for one report, those that share most first: with those of one group it
/// shares the same passages.
const MODELS_KEPT: usize = 3;

/// `text` is where its text stands.
pub(crate) fn insert_report(
    record: &mut Record,
    run: Run,
    report: &NewReport,
    source: &Source,
    text: &[u8],
) -> Sql<()> {
    let entry = &report.entry;
    let outlet = entry.outlet.as_deref().map(|outlet| record.outlet_id(outlet)).transpose()?;
    let named = named_in(record, entry)?;
    let extra = (!entry.report.extra.is_empty())
        .then(|| serde_json::Value::Object(entry.report.extra.clone()).to_string());
    record
        .connection
        .prepare_cached(
            "INSERT INTO report (id, name, url, outlet, title, byline, published, day, language, identity, content, \
             version, replaces, source_group, agency, house, uncoded, text, html, layout, actors, extra, input, run, named) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, \
             ?25)",
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
            source.house,
            entry.uncoded,
            text,
            entry.html,
            entry.layout,
            store_naming(&mut []),
            extra,
            entry.report.input.to_string(),
            run.id(),
            named,
        ])?;
    index_pairs(&record.connection, report.id, &entry.pairs)?;
    record
        .connection
        .prepare_cached("INSERT INTO words (rowid, body) VALUES (?1, ?2)")?
        .execute(params![report.id, format!("{}\n{}", entry.title.as_deref().unwrap_or(""), entry.body)])?;
    Ok(())
}

pub(crate) fn insert_lineage(
    record: &mut Record,
    joined: &Joined,
    rows: &Rows,
    reports: &[i64],
    is_there: &BTreeSet<i64>,
) -> Sql<()> {
    for (digest, &id) in joined.digests.iter().zip(reports) {
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
    let mut strongest: Vec<_> = joined.shared.iter().collect();
    strongest.sort_by(|x, y| (x.b.cmp(&y.b)).then(y.shared.total_cmp(&x.shared)).then(x.a.cmp(&y.a)));
    let kept = strongest.chunk_by(|x, y| x.b == y.b).flat_map(|pairs| pairs.iter().take(MODELS_KEPT));
    for shared in kept.filter(|shared| !is_there.contains(&rows.reports[shared.b])) {
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
pub(crate) fn insert_actors(
    record: &mut Record,
    joined: &Joined,
    past: &[Arc<Portrait>],
    rows: &mut Rows,
    reports: &[i64],
    touched: &mut Touched,
) -> Sql<()> {
    let mut keys: BTreeSet<(u32, i64)> = BTreeSet::new();
    let mut words: BTreeMap<i64, String> = BTreeMap::new();
    for ((digest, actors), &report) in joined.digests.iter().zip(&joined.actors).zip(reports) {
        let mut namings = Vec::new();
        for (portrait, actor) in digest.actors.iter().zip(actors) {
            let is_new = rows.actors.len() <= actor.index();
            if is_new {
                let (id, is_made) = record.write_actor(portrait)?;
                rows.actors.push(id);
                if is_made && portrait.is_anybody() {
                    let mut found_by = name_words(&portrait.names[0]) + "\n";
                    found_by.extend(portrait.country.map(country_word));
                    words.insert(id, found_by);
                }
            }
            if portrait.is_anybody() {
                continue;
            }
            let id = rows.actors[actor.index()];
            let is_told_already = !is_new
                && past.get(actor.index()).is_some_and(|known| known.names.contains(&portrait.names[0]));
            if !is_told_already {
                keys.extend(portrait.keys().into_iter().map(|key| (key, id)));
            }
            let new_words = record.portray(id, portrait, &mut namings)?;
            if !new_words.is_empty() {
                words.entry(id).or_default().push_str(&new_words);
            }
            touched.actors.insert(id);
        }
        record
            .connection
            .prepare_cached("UPDATE report SET actors = ?2 WHERE id = ?1")?
            .execute(params![report, store_naming(&mut namings)])?;
        if !namings.is_empty() {
            record
                .connection
                .prepare_cached("INSERT INTO spoken_of (rowid, actors) VALUES (?1, ?2)")?
                .execute(params![report, words_of_actors(&namings)])?;
        }
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

/// The actors of a report as words of the index `spoken_of`.
pub(crate) fn words_of_actors(namings: &[Naming]) -> String {
    let actors: BTreeSet<i64> = namings.iter().map(|naming| naming.actor).collect();
    actors.into_iter().map(|actor| format!("a{actor}")).collect::<Vec<_>>().join(" ")
}

/// Begins the word of a country: a letter of nobody's alphabet, so that no name can pass for one.
const COUNTRY_MARK: char = '\u{e000}';

/// The word by which actors of a country are found.
pub(crate) fn country_word(country: CountryCode) -> String {
    format!("{COUNTRY_MARK}{}", country.as_str().to_ascii_lowercase())
}

/// The words of a name as they are found.
fn name_words(name: &str) -> String {
    fold_name(name).replace(COUNTRY_MARK, "")
}

pub(crate) fn insert_mentions(
    record: &mut Record,
    run: Run,
    joined: &Joined,
    rows: &mut Rows,
    reports: &[i64],
    touched: &mut Touched,
    added: &mut Added,
) -> Sql<()> {
    let mut keys: BTreeSet<(u32, i32, i64)> = BTreeSet::new();
    for ((digest, events), &report) in joined.digests.iter().zip(&joined.events).zip(reports) {
        let pins = pins_in(record, report, &digest.tellings)?;
        for ((telling, &event), pin) in digest.tellings.iter().zip(events).zip(pins) {
            let event = event_row(record, rows, event, pin, telling, added)?;
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
                    run.id(),
                    telling.number as i64
                ])?;
            added.mentions += 1;
            touched.events.insert(event);
            keys.extend(days_of_keys(telling).map(|(key, day)| (key, day, event)));
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

/// The keys by which a telling's event is found, each with the day of what it tells, else of telling.
pub(crate) fn days_of_keys(telling: &Telling) -> impl Iterator<Item = (u32, i32)> {
    let day = telling.days.map(|days| days.from).or(telling.published).map_or(0, day_number);
    telling.keys().into_iter().map(move |key| (key, day))
}

/// The row of a telling's event, made where it is new; `pin` is the one that people say it is of. What an event says is
/// filled in by [`Touched::refresh`].
fn event_row(
    record: &Record,
    rows: &mut Rows,
    event: usize,
    pin: Option<i64>,
    telling: &Telling,
    added: &mut Added,
) -> Sql<i64> {
    if let Some(pin) = pin {
        // Those that the linker put with it, and about which nobody has said anything, are of its event too.
        if rows.events.len() <= event {
            rows.events.push(pin);
        }
        return Ok(pin);
    }
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

pub(crate) fn insert_sayings(
    record: &mut Record,
    run: Run,
    joined: &Joined,
    rows: &mut Rows,
    reports: &[i64],
    touched: &mut Touched,
) -> Sql<()> {
    let mut keys: BTreeSet<(u32, i64)> = BTreeSet::new();
    for ((digest, statements), &report) in joined.digests.iter().zip(&joined.statements).zip(reports) {
        for (saying, &statement) in digest.sayings.iter().zip(statements) {
            let is_new = rows.statements.len() <= statement;
            if is_new {
                record
                    .connection
                    .prepare_cached(
                        "INSERT INTO statement (kind, n_reports, n_independent) VALUES (0, 0, 0)",
                    )?
                    .execute([])?;
                rows.statements.push(record.connection.last_insert_rowid());
            }
            let statement = rows.statements[statement];
            let bytes = store_saying(saying, &|actor: LinkedActorIdx| rows.actors[actor.index()]);
            insert_saying(record, run, saying, report, statement, &bytes)?;
            let known = KnownSaying { report, span: saying.span, bytes, words: Arc::clone(&saying.words) };
            record.one_more_says(statement, is_new, known);
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
    bytes: &[u8],
) -> Sql<()> {
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
            run.id(),
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

    /// The row of an actor that is new. Those who are only described share the row of their description.
    fn write_actor(&mut self, portrait: &Portrait) -> Sql<(i64, bool)> {
        let is_anybody = portrait.is_anybody();
        let key = (portrait.names[0].clone(), portrait.kind as u8, portrait.country, portrait.sector);
        if let Some(&id) = self.anybody.get(&key).filter(|_| is_anybody) {
            return Ok((id, false));
        }
        let sector = portrait.sector.map(|sector| sector.to_string());
        let country = portrait.country.map(|country| country.to_string());
        if is_anybody {
            let known: Option<i64> = self
                .connection
                .prepare_cached(
                    "SELECT id FROM actor WHERE name = ?1 AND is_anybody AND kind = ?2 AND sector IS ?3 AND country IS ?4",
                )?
                .query_row(params![portrait.names[0], portrait.kind as i64, sector, country], |row| row.get(0))
                .optional()?;
            if let Some(id) = known {
                self.anybody.insert(key, id);
                return Ok((id, false));
            }
        }
        self.connection
            .prepare_cached(
                "INSERT INTO actor (name, kind, country, sector, is_named, is_anybody, head, offices, n_reports) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', 0)",
            )?
            .execute(params![
                portrait.names[0],
                portrait.kind as i64,
                country,
                sector,
                portrait.is_named,
                is_anybody,
                portrait.head,
            ])?;
        let id = self.connection.last_insert_rowid();
        if is_anybody {
            self.anybody.insert(key, id);
        }
        Ok((id, true))
    }

    /// Writes what a report says of an actor: the forms of its name and its roles, with their places. Gives the
    /// words by which it could not be found before.
    fn portray(&self, actor: i64, portrait: &Portrait, namings: &mut Vec<Naming>) -> Sql<String> {
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
             RETURNING n_reports = 1",
        )?;
        let mut note = |span| namings.push(Naming { actor, span });
        for (form, span) in forms {
            if name.query_row(params![actor, form, form == full], |row| row.get(0))? {
                words.push_str(&name_words(form));
                words.push('\n');
            }
            note(*span);
        }
        if !portrait.is_named
            && let Some((_, span)) = portrait.forms.first()
        {
            note(*span);
        }
        for role in &portrait.roles {
            note(role.span);
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

/// Where a report names places and gives times; nothing where it does neither.
fn named_in(record: &mut Record, entry: &Entry) -> Sql<Option<Vec<u8>>> {
    let mut places = Vec::with_capacity(entry.places.len());
    for (place, span) in &entry.places {
        places.push(NamedPlace { place: record.place_id(place)?, span: *span });
    }
    let is_there = !(places.is_empty() && entry.times.is_empty());
    let published = entry.published.map(|published| published.date);
    Ok(is_there.then(|| store_named(&mut places, &mut entry.times.clone(), published)))
}

/// Notes what was read in a report that is there already, but for what is linked, and whether anything was coded from it.
pub(crate) fn note_again(record: &mut Record, report: &NewReport) -> Sql<()> {
    let named = named_in(record, &report.entry)?;
    record
        .connection
        .prepare_cached("UPDATE report SET uncoded = ?2, actors = ?3, named = ?4 WHERE id = ?1")?
        .execute(params![report.id, report.entry.uncoded, store_naming(&mut []), named])?;
    Ok(())
}
