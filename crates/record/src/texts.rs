//! Texts at hand that were read lately.

use crate::error::{Failure, Sql};
use crate::lately::Lately;
use crate::packed::Blocks;
use crate::stored::read_layout;
use dateline_link::{Word, words_of};
use dateline_text::ByteSpan;
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;

/// A text and its words.
#[derive(Clone)]
pub(crate) struct Read {
    pub text: Arc<str>,
    /// The words of its article.
    pub words: Arc<[Word]>,
}

/// Texts that were read lately.
pub(crate) struct Texts {
    known: Lately<Read>,
    pub blocks: Blocks,
}

/// Texts kept at hand, about 8 KB each, and as many before them: copies of one story come in together.
const MAX_KNOWN: usize = 4000;

impl Default for Texts {
    fn default() -> Texts {
        Texts { known: Lately::keeping(MAX_KNOWN), blocks: Blocks::default() }
    }
}

impl Texts {
    /// The text of a report.
    pub fn of(&mut self, connection: &Connection, report: i64) -> Sql<Read> {
        if let Some(read) = self.known.get(report) {
            return Ok(read.clone());
        }
        let (text, paragraphs) = self.fetch(connection, report)?;
        let words = words_of(&text, &paragraphs).into();
        let read = Read { text, words };
        self.keep(report, read.clone());
        Ok(read)
    }

    /// The words of a report's paragraphs that some spans lie in.
    pub fn words_around(
        &mut self,
        connection: &Connection,
        report: i64,
        spans: &[ByteSpan],
    ) -> Sql<Arc<[Word]>> {
        if let Some(read) = self.known.get(report) {
            return Ok(Arc::clone(&read.words));
        }
        let (text, mut paragraphs) = self.fetch(connection, report)?;
        paragraphs.retain(|paragraph| {
            spans.iter().any(|span| span.start < paragraph.end && paragraph.start < span.end)
        });
        Ok(words_of(&text, &paragraphs).into())
    }

    fn fetch(&mut self, connection: &Connection, report: i64) -> Sql<(Arc<str>, Vec<ByteSpan>)> {
        let mut query = connection.prepare_cached("SELECT text, layout FROM report WHERE id = ?1")?;
        let row: Option<(Vec<u8>, Vec<u8>)> =
            query.query_row([report], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (stored, layout) = row.ok_or_else(|| Failure::damaged(format!("there is no report {report}")))?;
        Ok((self.blocks.text(connection, &stored)?.into(), read_layout(&layout)?.paragraphs))
    }

    /// The text of a report; its words are not looked for.
    pub fn text_of(&mut self, connection: &Connection, report: i64) -> Sql<Arc<str>> {
        if let Some(read) = self.known.get(report) {
            return Ok(Arc::clone(&read.text));
        }
        Ok(self.fetch(connection, report)?.0)
    }

    /// Keeps a text at hand.
    pub fn keep(&mut self, report: i64, read: Read) {
        self.known.insert(report, read);
    }
}
