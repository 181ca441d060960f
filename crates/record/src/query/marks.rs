//! What was read in one report, and where: to be marked in its text.
//!
//! In:  the row of a report.
//! Out: spans in bytes of its text, as those of its [`Layout`](crate::Layout), each with what it stands for.
//!
//! Of reports that were coded in a record of format 3 or before, places, times and the source and cue of statements are not
//! known.

use super::parties::party;
use super::places::place_row;
use super::{PartyRow, PlaceRow};
use crate::Record;
use crate::codes::day;
use crate::error::{Failure, RecordError, Sql};
use crate::past::{Rows, tellings_in};
use crate::schema::FORMAT_WITH_PAIRS;
use crate::stored::{read_named, read_naming, read_saying};
use dateline_attribute::StatementKind;
use dateline_link::Status;
use dateline_plover::{EventType, Mode};
use dateline_resolve::DayRange;
use dateline_text::{ByteSpan, Idx};
use rusqlite::OptionalExtension;

/// Everything that was read in a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportMarks {
    /// In text order.
    pub events: Vec<EventMark>,
    /// In text order.
    pub actors: Vec<ActorMark>,
    /// In text order.
    pub statements: Vec<StatementMark>,
    /// In text order.
    pub places: Vec<PlaceMark>,
    /// In text order.
    pub times: Vec<TimeMark>,
}

/// Where a report names a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMark {
    /// Which.
    pub place: PlaceRow,
    /// The words.
    pub span: ByteSpan,
}

/// Where a report gives a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeMark {
    /// The words.
    pub span: ByteSpan,
    /// The days that are meant, where they are known.
    pub days: Option<DayRange>,
}

/// Where a report tells an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventMark {
    /// The row of the event.
    pub event: i64,
    /// What this report says it was.
    pub kind: EventType,
    /// How.
    pub modes: Vec<Mode>,
    /// Whether it says that it happened.
    pub status: Status,
    /// The sentence.
    pub sentence: ByteSpan,
    /// The words that evoke it; empty where they are not known.
    pub trigger: ByteSpan,
    /// Where its numbers stand: of dead, of projectiles and so on.
    pub numbers: Vec<ByteSpan>,
}

/// Where a report names or describes an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorMark {
    /// Who.
    pub party: PartyRow,
    /// The words.
    pub span: ByteSpan,
}

/// Where a report gives a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementMark {
    /// The row of the statement.
    pub statement: i64,
    /// How literally.
    pub kind: StatementKind,
    /// Who said it, as far as this report says so.
    pub speaker: Option<PartyRow>,
    /// The pieces of what was said.
    pub content: Vec<ByteSpan>,
    /// The words that name who said it.
    pub source: Vec<ByteSpan>,
    /// The words that attribute: `said`, `according to`.
    pub cue: Vec<ByteSpan>,
}

impl Record {
    /// What was read in a report; nothing where there is no such report.
    pub fn marks(&mut self, report: i64) -> Result<ReportMarks, RecordError> {
        self.ask(|record| {
            let (places, times) = places_and_times(record, report)?;
            Ok(ReportMarks {
                events: events(record, report)?,
                actors: actors(record, report)?,
                statements: statements(record, report)?,
                places,
                times,
            })
        })
    }
}

fn events(record: &mut Record, report: i64) -> Sql<Vec<EventMark>> {
    let mut tellings = tellings_in(record, &mut Rows::default(), report)?;
    // What people have rejected is no event to lead to.
    let is_told = "SELECT n_reports > 0 FROM event WHERE id = ?1";
    let mut is_told = record.connection.prepare_cached(is_told)?;
    let mut told = Vec::with_capacity(tellings.len());
    for (event, _) in &tellings {
        told.push(is_told.query_row([event], |row| row.get::<_, bool>(0))?);
    }
    let mut told = told.into_iter();
    tellings.retain(|_| told.next().unwrap_or(true));
    let mark = |(event, telling): (i64, dateline_link::Telling)| EventMark {
        event,
        kind: telling.event,
        modes: telling.modes,
        status: telling.status,
        sentence: telling.sentence,
        trigger: telling.trigger_span,
        numbers: telling
            .sizes
            .iter()
            .map(|&(_, _, at)| at)
            .chain(telling.counts.iter().map(|&(_, _, at)| at))
            .collect(),
    };
    let mut marks: Vec<EventMark> = tellings.into_iter().map(mark).collect();
    marks.sort_by_key(|mark| (mark.sentence.start, mark.trigger.start, mark.event));
    Ok(marks)
}

fn actors(record: &Record, report: i64) -> Sql<Vec<ActorMark>> {
    let connection = &record.connection;
    let mut query = connection.prepare_cached("SELECT actors FROM report WHERE id = ?1")?;
    let bytes: Option<Vec<u8>> = query.query_row([report], |row| row.get(0)).optional()?;
    let Some(bytes) = bytes else { return Ok(Vec::new()) };
    let mut marks = Vec::new();
    for naming in read_naming(&bytes)? {
        marks.push(ActorMark { party: party(connection, naming.actor)?, span: naming.span });
    }
    marks.sort_by_key(|mark| (mark.span.start, mark.span.end, mark.party.id));
    Ok(marks)
}

fn places_and_times(record: &mut Record, report: i64) -> Sql<(Vec<PlaceMark>, Vec<TimeMark>)> {
    if record.format < FORMAT_WITH_PAIRS {
        return Ok(Default::default());
    }
    let connection = &record.connection;
    let mut query = connection.prepare_cached("SELECT named, day FROM report WHERE id = ?1")?;
    let row: Option<(Option<Vec<u8>>, Option<i64>)> =
        query.query_row([report], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((Some(bytes), published)) = row else { return Ok(Default::default()) };
    let (named, given) = read_named(&bytes, published.and_then(day))?;
    let mut places = Vec::with_capacity(named.len());
    for named in named {
        places.push(PlaceMark { place: place_row(connection, named.place)?, span: named.span });
    }
    let times = given.into_iter().map(|given| TimeMark { span: given.span, days: given.days }).collect();
    Ok((places, times))
}

fn statements(record: &Record, report: i64) -> Sql<Vec<StatementMark>> {
    let connection = &record.connection;
    let mut query = connection.prepare_cached(
        "SELECT statement, start, end, saying FROM saying \
         WHERE report = ?1 AND until IS NULL ORDER BY start, end, statement",
    )?;
    let mut rows = query.query([report])?;
    let mut marks = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(3)?.as_blob().map_err(|_| Failure::damaged("a statement is no blob"))?;
        let span = ByteSpan { start: row.get(1)?, end: row.get(2)? };
        let mut speakers = Vec::new();
        let mut number = |actor| {
            speakers.push(actor);
            Idx::new(speakers.len() - 1)
        };
        // The words of a saying serve to compare it, and nothing is compared here.
        let saying = read_saying(bytes, 0, span, &mut number)?;
        let speaker = speakers.first().map(|&speaker| party(connection, speaker)).transpose()?;
        marks.push(StatementMark {
            statement: row.get(0)?,
            kind: saying.kind,
            speaker,
            content: saying.pieces,
            source: saying.source,
            cue: saying.cue,
        });
    }
    Ok(marks)
}
