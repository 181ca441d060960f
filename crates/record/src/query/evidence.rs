//! The words that carry something, with the report that has them.

use super::parties::PartyRow;
use crate::error::{Failure, Sql};
use crate::packed::Blocks;
use crate::texts::Texts;
use dateline_ingest::Published;
use dateline_link::Status;
use dateline_plover::EventType;
use dateline_text::{ByteSpan, CodePoints};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Code points shown before and after a quotation, as in a W3C TextQuoteSelector.
const AROUND: usize = 32;

/// Words of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The row of the report.
    pub report: i64,
    /// The first code point of its text.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// One telling: the sentence, and who published it.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRow {
    /// The sentence.
    pub quote: Quote,
    /// The number of the telling in its report.
    pub number: i64,
    /// Up to 32 code points before it.
    pub prefix: String,
    /// Up to 32 code points after it.
    pub suffix: String,
    /// The id of the report as given.
    pub name: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When, as exactly as given (ISO 8601).
    pub published: Option<String>,
    /// What this telling says it was.
    pub event: EventType,
    /// Whether this telling says that it happened.
    pub status: Status,
    /// The words that evoke it.
    pub trigger: Option<Quote>,
    /// Who says so, where it is not the report itself.
    pub attributed_to: Option<PartyRow>,
    /// How likely type, actor and recipient are right in this telling, 0 to 1.
    pub confidence: f32,
}

/// What is needed of a report to quote it.
pub(super) struct Source {
    pub id: i64,
    pub name: String,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub text: String,
}

impl Source {
    /// The words of a span.
    pub(super) fn quote(&self, span: ByteSpan) -> Sql<Quote> {
        let text = self.words(span)?.to_owned();
        let chars = CodePoints::new(&self.text).to_chars(span);
        Ok(Quote { report: self.id, start: chars.start, end: chars.end, text })
    }

    /// The day on which it was published.
    pub(super) fn day(&self) -> Option<Date> {
        let published: Published = self.published.as_deref()?.parse().ok()?;
        Some(published.date)
    }

    fn words(&self, span: ByteSpan) -> Sql<&str> {
        let outside =
            || Failure::damaged(format!("a span {span:?} is not of the text of report {}", self.id));
        if span.start > span.end { Err(outside()) } else { span.slice(&self.text).ok_or_else(outside) }
    }

    /// What stands before and after a span.
    pub(super) fn around(&self, span: ByteSpan) -> Sql<(String, String)> {
        self.words(span)?;
        let (before, after) = (&self.text[..span.start as usize], &self.text[span.end as usize..]);
        let from = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        Ok((before[from..].to_owned(), after.chars().take(AROUND).collect()))
    }
}

/// The reports that one answer quotes, each read once.
pub(super) struct Sources {
    read: FxHashMap<i64, Rc<Source>>,
    blocks: Blocks,
}

impl Sources {
    pub(super) fn new(texts: &Texts) -> Sources {
        Sources { read: FxHashMap::default(), blocks: texts.blocks.clone() }
    }

    pub(super) fn of(&mut self, connection: &Connection, report: i64) -> Sql<Rc<Source>> {
        if let Some(source) = self.read.get(&report) {
            return Ok(Rc::clone(source));
        }
        let mut query = connection.prepare_cached(
            "SELECT report.name, outlet.name, url, title, published, text \
             FROM report LEFT JOIN outlet ON outlet.id = report.outlet WHERE report.id = ?1",
        )?;
        let row = query.query_row([report], |row| {
            let source = Source {
                id: report,
                name: row.get(0)?,
                outlet: row.get(1)?,
                url: row.get(2)?,
                title: row.get(3)?,
                published: row.get(4)?,
                text: String::new(),
            };
            Ok((source, row.get::<_, Vec<u8>>(5)?))
        });
        let (source, packed) =
            row.optional()?.ok_or_else(|| Failure::damaged(format!("there is no report {report}")))?;
        let source = Rc::new(Source { text: self.blocks.text(connection, &packed)?, ..source });
        self.read.insert(report, Rc::clone(&source));
        Ok(source)
    }
}
