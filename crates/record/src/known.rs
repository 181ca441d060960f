//! What was looked up of the past, one by one: parties, places, sources, statements, actors. It is kept at hand, as the next
//! reports ask for the same.

use crate::Record;
use crate::codes::label;
use crate::error::{Failure, Sql};
use crate::past::Rows;
use crate::stored::read_saying;
use dateline_link::{LinkedActorIdx, Portrait, PortraitRole, Saying, Source, Word, content_words_in};
use dateline_resolve::{ActorKind, CountryCode, Place, Sector};
use dateline_text::ByteSpan;
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Sayings that show what a statement is.
const SAYINGS_SHOWN: i64 = 3;

/// What an actor is as a party of an event.
#[derive(Clone, Copy)]
pub(crate) struct KnownParty {
    pub country: Option<CountryCode>,
    pub is_person: bool,
    pub is_anybody: bool,
}

impl KnownParty {
    /// What is known of the actor with this row.
    pub fn of(connection: &Connection, known: &mut FxHashMap<i64, KnownParty>, id: i64) -> Sql<KnownParty> {
        if let Some(&party) = known.get(&id) {
            return Ok(party);
        }
        let mut query =
            connection.prepare_cached("SELECT country, kind, is_anybody FROM actor WHERE id = ?1")?;
        let party = query.query_row([id], |row| {
            let country: Option<String> = row.get(0)?;
            Ok(KnownParty {
                country: country.and_then(|code| CountryCode::new(&code)),
                is_person: row.get::<_, i64>(1)? == ActorKind::Person as i64,
                is_anybody: row.get(2)?,
            })
        })?;
        known.insert(id, party);
        Ok(party)
    }

    /// A portrait that is like no other.
    pub fn portrait(self) -> Portrait {
        Portrait {
            names: vec![String::new()],
            kind: if self.is_person { ActorKind::Person } else { ActorKind::Group },
            country: self.country,
            sector: None,
            is_named: false,
            head: String::new(),
            forms: Vec::new(),
            roles: Vec::new(),
            read: Default::default(),
        }
    }
}

/// A place by its row.
pub(crate) fn place_of(
    connection: &Connection,
    known: &mut FxHashMap<i64, Arc<Place>>,
    id: i64,
) -> Sql<Arc<Place>> {
    if let Some(place) = known.get(&id) {
        return Ok(Arc::clone(place));
    }
    let mut query = connection
        .prepare_cached("SELECT name, kind, lat, lon, country, geonameid FROM place WHERE id = ?1")?;
    let place = query.query_row([id], |row| {
        let (lat, lon): (Option<f64>, Option<f64>) = (row.get(2)?, row.get(3)?);
        let country: Option<String> = row.get(4)?;
        let kind: i64 = row.get(1)?;
        Ok((
            kind,
            Place {
                name: row.get(0)?,
                kind: dateline_resolve::PlaceKind::Unknown,
                coordinates: lat.zip(lon).map(|(lat, lon)| (lat as f32, lon as f32)),
                country: country.and_then(|code| CountryCode::new(&code)),
                geonameid: row.get(5)?,
            },
        ))
    })?;
    let (kind, mut place) = place;
    place.kind = label(dateline_resolve::PlaceKind::ALL, kind)?;
    let place = Arc::new(place);
    known.insert(id, Arc::clone(&place));
    Ok(place)
}

/// The sayings of a statement as they are stored: report, span and bytes, in order of report and text.
pub(crate) fn saying_rows(
    connection: &Connection,
    statement: i64,
    at_most: Option<i64>,
) -> Sql<Vec<(i64, ByteSpan, Vec<u8>)>> {
    let mut query = connection.prepare_cached(
        "SELECT report, start, end, saying FROM saying \
         WHERE statement = ?1 AND until IS NULL ORDER BY report, number LIMIT ?2",
    )?;
    let found = query.query_map(params![statement, at_most.unwrap_or(-1)], |row| {
        Ok((row.get(0)?, ByteSpan { start: row.get(1)?, end: row.get(2)? }, row.get(3)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A saying as it is stored, and its words.
#[derive(Clone)]
pub(crate) struct KnownSaying {
    pub report: i64,
    pub span: ByteSpan,
    pub bytes: Vec<u8>,
    pub words: Arc<[Word]>,
}

/// The sayings of a statement with the rows of their reports, in order of report and text.
pub(crate) fn sayings_of(
    record: &mut Record,
    rows: &mut Rows,
    statement: i64,
    at_most: Option<i64>,
) -> Sql<Vec<(i64, Saying)>> {
    // Where fewer are at hand than are shown, these are all.
    if let Some(known) = record.sayings.get(statement).filter(|known| known.len() < SAYINGS_SHOWN as usize) {
        return known.iter().map(|known| read_known(known, rows)).collect();
    }
    let known = known_sayings(record, statement, at_most)?;
    known.iter().map(|known| read_known(known, rows)).collect()
}

/// The sayings that show what a statement is, with the rows of their reports.
pub(crate) fn sayings_shown(record: &mut Record, rows: &mut Rows, statement: i64) -> Sql<Vec<(i64, Saying)>> {
    if record.sayings.get(statement).is_none() {
        let known = known_sayings(record, statement, Some(SAYINGS_SHOWN))?;
        record.sayings.insert(statement, known);
    }
    record.sayings.get(statement).into_iter().flatten().map(|known| read_known(known, rows)).collect()
}

fn read_known(known: &KnownSaying, rows: &mut Rows) -> Sql<(i64, Saying)> {
    let saying = read_saying(&known.bytes, 0, known.span, &mut |id| rows.number_of(id))?;
    Ok((known.report, Saying { words: Arc::clone(&known.words), ..saying }))
}

fn known_sayings(record: &mut Record, statement: i64, at_most: Option<i64>) -> Sql<Vec<KnownSaying>> {
    let mut known = Vec::new();
    for (report, span, bytes) in saying_rows(&record.connection, statement, at_most)? {
        let pieces = read_saying(&bytes, 0, span, &mut |_| LinkedActorIdx::new(0))?.pieces;
        let around = record.texts.words_around(&record.connection, report, &pieces)?;
        known.push(KnownSaying { report, span, bytes, words: content_words_in(&around, &pieces) });
    }
    Ok(known)
}

/// What is known of an actor of the past.
pub(crate) fn portrait_shown(record: &mut Record, actor: i64) -> Sql<Arc<Portrait>> {
    if let Some(portrait) = record.portraits.get(actor) {
        return Ok(Arc::clone(portrait));
    }
    let portrait = Arc::new(portrait_of(&record.connection, actor)?);
    record.portraits.insert(actor, Arc::clone(&portrait));
    Ok(portrait)
}

impl Record {
    /// Keeps in mind what shows a statement that one more report gives: the next reports are compared with the latest.
    pub(crate) fn one_more_says(&mut self, statement: i64, is_new: bool, saying: KnownSaying) {
        match self.sayings.get(statement) {
            None if is_new => self.sayings.insert(statement, vec![saying]),
            // Where enough show what it is, later ones do not.
            Some(known) if known.len() < SAYINGS_SHOWN as usize => {
                // A report that is coded anew stands before others.
                if known.last().is_none_or(|last| last.report <= saying.report) {
                    known.push(saying);
                } else {
                    self.sayings.remove(statement);
                }
            }
            _ => {}
        }
    }
}

/// What is known of an actor.
fn portrait_of(connection: &Connection, actor: i64) -> Sql<Portrait> {
    let mut query = connection.prepare_cached(
        "SELECT name, kind, country, sector, is_named, head, offices FROM actor WHERE id = ?1",
    )?;
    let row = query
        .query_row([actor], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get::<_, bool>(4)?,
                row.get::<_, String>(5)?,
                row.get::<_, String>(6)?,
            ))
        })
        .optional()?;
    let (name, kind, country, sector, is_named, head, offices) =
        row.ok_or_else(|| Failure::damaged(format!("there is no actor {actor}")))?;
    let mut others = connection
        .prepare_cached("SELECT name FROM actor_name WHERE actor = ?1 AND is_full AND name <> ?2 LIMIT 12")?;
    let others = others.query_map(params![actor, name], |row| row.get(0))?;
    let mut names = vec![name];
    for other in others {
        names.push(other?);
    }
    let role = |text: &str| PortraitRole {
        text: text.to_owned(),
        country: None,
        sector: None,
        span: ByteSpan::default(),
    };
    Ok(Portrait {
        forms: names.iter().map(|name| (name.clone(), ByteSpan::default())).collect(),
        names,
        kind: label(ActorKind::ALL, kind)?,
        country: country.and_then(|code| CountryCode::new(&code)),
        sector: sector.and_then(|sector| sector.parse::<Sector>().ok()),
        is_named,
        head,
        roles: offices.lines().map(role).collect(),
        read: Default::default(),
    })
}

impl Record {
    /// Where a report comes from; the group is the row of its first report.
    pub(crate) fn source_of(&mut self, report: i64) -> Sql<Source> {
        if let Some(source) = self.sources.get(&report) {
            return Ok(source.clone());
        }
        let source = self
            .connection
            .prepare_cached("SELECT source_group, agency, house FROM report WHERE id = ?1")?
            .query_row([report], |row| {
                let group: i64 = row.get(0)?;
                Ok(Source {
                    group: group as usize,
                    agency: row.get(1)?,
                    house: row.get(2)?,
                    is_derived: group != report,
                })
            })?;
        self.sources.insert(report, source.clone());
        Ok(source)
    }

    /// The row of a place, made where there is none.
    pub(crate) fn place_id(&mut self, place: &Place) -> Sql<i64> {
        let key = (place.name.clone(), place.geonameid, place.country);
        if let Some(&id) = self.place_ids.get(&key) {
            return Ok(id);
        }
        let country = place.country.map(|country| country.to_string());
        let known: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM place WHERE name = ?1 AND geonameid IS ?2 AND country IS ?3")?
            .query_row(params![place.name, place.geonameid, country], |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                let (lat, lon) = place.coordinates.unzip();
                self.connection
                    .prepare_cached(
                        "INSERT INTO place (name, kind, lat, lon, country, geonameid) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    )?
                    .execute(params![place.name, place.kind as i64, lat, lon, country, place.geonameid])?;
                self.connection.last_insert_rowid()
            }
        };
        self.place_ids.insert(key, id);
        Ok(id)
    }
}
