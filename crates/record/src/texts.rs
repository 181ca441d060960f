//! Texts in few bytes, and those at hand that were read lately.
//!
//! Each text is one zstd frame by itself, packed with the help of [`PHRASES`]: a single report is too short to learn
//! from it how news is written.

use crate::error::{Failure, Sql};
use crate::stored::read_layout;
use dateline_link::{Word, words_of};
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, LazyLock};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Prose that is like what is packed. Part of the format of a record: another prose, another format.
const PHRASES: &[u8] = include_bytes!("../data/phrases-1.txt");
/// zstd's level: of the levels that pack a report in well under a millisecond the one that saves most (load of
/// `cargo xtask load`, November 2026).
const LEVEL: i32 = 9;
/// Bytes that a text may have: spans are 32 bits wide.
const MAX_BYTES: usize = u32::MAX as usize;

static ENCODER: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(PHRASES, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(PHRASES));

thread_local! {
    static PACKER: RefCell<Compressor<'static>> = RefCell::new(
        Compressor::with_prepared_dictionary(&ENCODER).expect("invariant: the phrases are a dictionary"),
    );
    static UNPACKER: RefCell<Decompressor<'static>> = RefCell::new(
        Decompressor::with_prepared_dictionary(&DECODER).expect("invariant: the phrases are a dictionary"),
    );
}

/// A text, packed.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    PACKER.with_borrow_mut(|packer| {
        packer.compress(text.as_bytes()).expect("invariant: zstd packs whatever is in memory")
    })
}

/// A text, unpacked.
pub(crate) fn unpack(bytes: &[u8]) -> Sql<String> {
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok()).filter(|&size| size <= MAX_BYTES);
    let size = size.ok_or_else(|| Failure::damaged("a text does not say how long it is"))?;
    let text = UNPACKER.with_borrow_mut(|unpacker| unpacker.decompress(bytes, size));
    let text = text.map_err(|error| Failure::damaged(error.to_string()))?;
    String::from_utf8(text).map_err(|_| Failure::damaged("a text is not UTF-8"))
}

/// A text and its words.
#[derive(Clone)]
pub(crate) struct Read {
    pub text: Arc<str>,
    /// The words of its article.
    pub words: Arc<[Word]>,
}

/// Texts that were read lately.
#[derive(Default)]
pub(crate) struct Texts {
    known: FxHashMap<i64, Read>,
    order: VecDeque<i64>,
}

/// Texts kept at hand, about 8 KB each: copies of one story come in together.
const MAX_KNOWN: usize = 6000;

impl Texts {
    /// The text of a report.
    pub fn of(&mut self, connection: &Connection, report: i64) -> Sql<Read> {
        if let Some(read) = self.known.get(&report) {
            return Ok(read.clone());
        }
        let row: Option<(Vec<u8>, Vec<u8>)> = connection
            .prepare_cached("SELECT text, layout FROM report WHERE id = ?1")?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (packed, layout) = row.ok_or_else(|| Failure::damaged(format!("there is no report {report}")))?;
        let text: Arc<str> = unpack(&packed)?.into();
        let words = words_of(&text, &read_layout(&layout)?.paragraphs).into();
        let read = Read { text, words };
        self.keep(report, read.clone());
        Ok(read)
    }

    /// The text of a report, where it was read lately.
    pub fn at_hand(&self, report: i64) -> Option<Arc<str>> {
        self.known.get(&report).map(|read| Arc::clone(&read.text))
    }

    /// Keeps a text at hand.
    pub fn keep(&mut self, report: i64, read: Read) {
        if self.known.insert(report, read).is_none() {
            self.order.push_back(report);
        }
        while self.order.len() > MAX_KNOWN {
            if let Some(oldest) = self.order.pop_front() {
                self.known.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_back() {
        for text in ["", "Zwei Drohnen", &"The minister said. ".repeat(5000), "\u{202e}\0\u{10ffff}"] {
            assert_eq!(unpack(&pack(text)).ok().as_deref(), Some(text));
        }
        assert!(unpack(b"no frame").is_err());
    }
}
