//! Reports: as rows of a list, one with its text and layout, and wording shared between them.

use super::choose::{OfEvent, list_of};
use super::evidence::Sources;
use super::{Filters, Quote};
use crate::codes::{day, day_number};
use crate::error::{Failure, RecordError, Sql};
use crate::packed::{Blocks, unpack};
use crate::stored::{read_layout, read_numbers};
use crate::{Layout, Record};
use dateline_clean::find_corrections;
use dateline_text::ByteSpan;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// One report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// Its row.
    pub id: i64,
    /// Its id as given.
    pub name: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When, as exactly as given (ISO 8601).
    pub published: Option<String>,
    /// The day of that.
    pub day: Option<Date>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Which version of it, from 1.
    pub version: u32,
    /// The row of the version that it replaces.
    pub replaces: Option<i64>,
    /// The row of the earliest report that has the same source; its own where it is independent.
    pub counted_as: i64,
    /// The agency credited for it or for a report of the same source.
    pub agency: Option<String>,
    /// Why nothing was coded from it.
    pub uncoded: Option<String>,
    /// Path and line that it was read from.
    pub input: String,
    /// Events that it tells.
    pub n_events: u32,
    /// Statements that it gives.
    pub n_statements: u32,
}

/// One report with its text.
#[derive(Clone, Debug)]
pub struct ReportDetail {
    /// As in a list.
    pub row: ReportRow,
    /// The text that all spans index.
    pub text: String,
    /// Its kept paragraphs and removed parts, in bytes of the text.
    pub layout: Layout,
    /// The notes in which its outlet corrects what it said before, in bytes of the text.
    pub corrections: Vec<ByteSpan>,
    /// The page as given, where the text was made from one.
    pub html: Option<String>,
    /// JSON of the keys of its input that were not understood.
    pub extra: Option<String>,
    /// The events that it tells, by row.
    pub events: Vec<i64>,
    /// The statements that it gives, by row.
    pub statements: Vec<i64>,
}

/// Wording that two reports share.
#[derive(Clone, Debug, PartialEq)]
pub struct LineageRow {
    /// The report that was asked for.
    pub report: i64,
    /// The other one.
    pub other: i64,
    /// Part of the shorter article that is shared, 0 to 1.
    pub shared: f32,
    /// The same without what both quote.
    pub shared_unquoted: f32,
    /// Whether so much is shared that they count as one source.
    pub is_copy: bool,
    /// What is shared, in text order of the first of the two.
    pub passages: Vec<PassageRow>,
}

/// Words that two reports share.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageRow {
    /// In the report that was asked for.
    pub here: Quote,
    /// In the other one.
    pub there: Quote,
    /// Whether both have them inside quotation marks.
    pub quoted: bool,
}

impl Record {
    /// The reports, the latest added first. `from`, `to` and `text` are of the report itself; with another filter,
    /// it tells an event that passes it.
    pub fn reports(&mut self, filters: &Filters) -> Result<Vec<ReportRow>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let ids = choose_reports(connection, filters)?;
            ids.into_iter().map(|id| report_row(connection, id)).collect()
        })
    }

    /// One report with its text, if there is one with this number.
    pub fn report(&mut self, id: i64) -> Result<Option<ReportDetail>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let mut query =
                connection.prepare_cached("SELECT text, layout, html, extra FROM report WHERE id = ?1")?;
            type Row = (Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<String>);
            let row: Option<Row> = query
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .optional()?;
            let Some((text, layout, html, extra)) = row else { return Ok(None) };
            let rows = |sql: &str| -> Sql<Vec<i64>> {
                let mut query = connection.prepare_cached(sql)?;
                let rows = query.query_map([id], |row| row.get(0))?;
                Ok(rows.collect::<Result<_, _>>()?)
            };
            let text = record.texts.blocks.text(connection, &text)?;
            Ok(Some(ReportDetail {
                row: report_row(connection, id)?,
                corrections: find_corrections(&text).into_iter().map(|note| note.span).collect(),
                text,
                layout: read_layout(&layout)?,
                html: html.map(|html| unpack(&html)).transpose()?,
                extra,
                events: rows(
                    "SELECT DISTINCT mention.event FROM mention JOIN event ON event.id = mention.event \
                     WHERE report = ?1 AND until IS NULL AND n_reports > 0 ORDER BY mention.event",
                )?,
                statements: rows(
                    "SELECT DISTINCT statement FROM saying WHERE report = ?1 AND until IS NULL ORDER BY statement",
                )?,
            }))
        })
    }

    /// The rows of all versions of a report, the latest added first.
    pub fn versions_of(&mut self, report: i64) -> Result<Vec<i64>, RecordError> {
        self.ask(|record| {
            let mut query = record.connection.prepare_cached(
                "SELECT id FROM report WHERE identity = (SELECT identity FROM report WHERE id = ?1) ORDER BY id DESC",
            )?;
            let rows = query.query_map([report], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The rows of the reports with this id as given, the latest added first.
    pub fn reports_named(&mut self, name: &str) -> Result<Vec<i64>, RecordError> {
        self.ask(|record| {
            let mut query =
                record.connection.prepare_cached("SELECT id FROM report WHERE name = ?1 ORDER BY id DESC")?;
            let rows = query.query_map([name], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The reports that share wording with one, those that share most first.
    pub fn lineage_of(&mut self, report: i64) -> Result<Vec<LineageRow>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let mut query = connection.prepare_cached(
                "SELECT a, b, shared, unquoted, is_copy, passages FROM lineage WHERE a = ?1 \
                 UNION ALL SELECT a, b, shared, unquoted, is_copy, passages FROM lineage WHERE b = ?1 AND a <> b \
                 ORDER BY shared DESC, a, b",
            )?;
            let mut rows = query.query([report])?;
            let (mut lineage, mut sources) = (Vec::new(), Sources::new(&record.texts));
            while let Some(row) = rows.next()? {
                let (a, b): (i64, i64) = (row.get(0)?, row.get(1)?);
                let mut passages = Vec::new();
                for numbers in read_numbers(&row.get::<_, Vec<u8>>(5)?)?.chunks_exact(5) {
                    let outside = || Failure::damaged("a passage that two reports share is no span");
                    let end = |number: i64| u32::try_from(number).map_err(|_| outside());
                    let span = |at: usize| -> Sql<ByteSpan> {
                        Ok(ByteSpan { start: end(numbers[at])?, end: end(numbers[at + 1])? })
                    };
                    let in_a = sources.of(connection, a)?.quote(span(0)?)?;
                    let in_b = sources.of(connection, b)?.quote(span(2)?)?;
                    let (here, there) = if a == report { (in_a, in_b) } else { (in_b, in_a) };
                    passages.push(PassageRow { here, there, quoted: numbers[4] != 0 });
                }
                lineage.push(LineageRow {
                    report,
                    other: if a == report { b } else { a },
                    shared: row.get(2)?,
                    shared_unquoted: row.get(3)?,
                    is_copy: row.get(4)?,
                    passages,
                });
            }
            Ok(lineage)
        })
    }
}

fn choose_reports(connection: &Connection, filters: &Filters) -> Sql<Vec<i64>> {
    let of_events = Filters { from: None, to: None, text: None, limit: None, offset: 0, ..filters.clone() };
    let mut conditions = vec!["1".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    if !of_events.take_all() {
        let of_event = OfEvent::of(connection, &of_events)?;
        if let Some(events) = of_event.few(connection)? {
            let events = list_of(&mut values, &events);
            conditions.push(format!(
                "report.id IN (SELECT mention.report FROM mention WHERE mention.until IS NULL \
                 AND mention.event IN {events})"
            ));
        } else {
            let (condition, bound) = of_event.condition();
            values = bound;
            conditions.push(format!(
                "EXISTS (SELECT 1 FROM mention JOIN event ON event.id = mention.event \
                 WHERE mention.report = report.id AND mention.until IS NULL AND {condition})"
            ));
        }
    }
    if let Some(from) = filters.from {
        conditions.push(format!("report.day >= {}", day_number(from)));
    }
    if let Some(to) = filters.to {
        conditions.push(format!("report.day <= {}", day_number(to)));
    }
    let text = filters.text.as_ref();
    let from = match text {
        // The index gives its reports in this order by itself, and stops where the page is full.
        Some(text) => {
            values.push(text.expression().into());
            conditions.push(format!("words MATCH ?{}", values.len()));
            if let Some(pairs) = text.pairs(connection)? {
                values.push(pairs.into());
                let paired = format!("SELECT rowid FROM pairs WHERE pairs MATCH ?{}", values.len());
                // With a plus the pairs are a list; without, the index of words would be asked anew for each of them.
                conditions.push(format!("+words.rowid IN ({paired})"));
            }
            "words CROSS JOIN report ON report.id = words.rowid"
        }
        None => "report",
    };
    let order = if text.is_some() { "words.rowid" } else { "report.id" };
    let mut query = connection.prepare_cached(&format!(
        "SELECT report.id FROM {from} WHERE {} ORDER BY {order} DESC",
        conditions.join(" AND ")
    ))?;
    let mut rows = query.query(params_from_iter(&values))?;
    let blocks = Blocks::default();
    let phrases = text.map(|text| text.phrases(connection)).transpose()?;
    let (mut ids, mut passed) = (Vec::new(), 0);
    while ids.len() < filters.limit.unwrap_or(usize::MAX)
        && let Some(row) = rows.next()?
    {
        let id = row.get(0)?;
        if let Some(phrases) = &phrases
            && !phrases.are_in(connection, id, &blocks)?
        {
            continue;
        }
        passed += 1;
        if passed > filters.offset {
            ids.push(id);
        }
    }
    Ok(ids)
}

pub(super) fn report_row(connection: &Connection, id: i64) -> Sql<ReportRow> {
    let mut query = connection.prepare_cached(
        "SELECT report.name, url, outlet.name, title, byline, published, day, language, version, replaces, \
         source_group, agency, uncoded, input, \
         (SELECT count(DISTINCT mention.event) FROM mention JOIN event ON event.id = mention.event \
          WHERE mention.report = report.id AND mention.until IS NULL AND event.n_reports > 0), \
         (SELECT count(DISTINCT statement) FROM saying WHERE saying.report = report.id AND saying.until IS NULL) \
         FROM report LEFT JOIN outlet ON outlet.id = report.outlet WHERE report.id = ?1",
    )?;
    let row = query.query_row([id], |row| {
        Ok(ReportRow {
            id,
            name: row.get(0)?,
            url: row.get(1)?,
            outlet: row.get(2)?,
            title: row.get(3)?,
            byline: row.get(4)?,
            published: row.get(5)?,
            day: row.get::<_, Option<i64>>(6)?.and_then(day),
            language: row.get(7)?,
            version: row.get(8)?,
            replaces: row.get(9)?,
            counted_as: row.get(10)?,
            agency: row.get(11)?,
            uncoded: row.get(12)?,
            input: row.get(13)?,
            n_events: row.get(14)?,
            n_statements: row.get(15)?,
        })
    });
    row.optional()?.ok_or_else(|| Failure::damaged(format!("there is no report {id}")))
}
