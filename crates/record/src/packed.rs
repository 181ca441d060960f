//! Texts in few bytes.
//!
//! In:  texts.
//! Out: bytes of rows, and the texts again.
//!
//! A report is too short to learn from it how news is written, so texts are packed with the help of [`PHRASES`], and those of
//! reports that are added together are packed together, as a block. What stands in the row of a report is a frame of its own, as
//! records up to format 3 have it and pages of HTML still do, or 0 and where the text stands in which block.

use crate::error::{Failure, Sql};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Prose that is like what is packed. Part of the format of a record: another prose, another format.
const PHRASES: &[u8] = include_bytes!("../data/phrases-1.txt");
/// zstd's level: of the levels that pack a report in well under a millisecond the one that saves most (load of
/// `cargo xtask load`, November 2026).
const LEVEL: i32 = 9;
/// Bytes that a text may have: spans are 32 bits wide.
const MAX_BYTES: usize = u32::MAX as usize;
/// Bytes of texts in a block, where one text is not longer. Twice as many save a hundredth of a record, and take twice as long
/// to unpack for one text: 60 microseconds.
const BLOCK_BYTES: usize = 32 * 1024;
/// Bytes of a part of a packed block: six parts fill a page. A row of another length leaves a third of its last page empty.
const PART_BYTES: usize = 1350;
/// Bytes of blocks that are kept unpacked: neighbours are mostly asked for together, and the same ones again.
const BYTES_KEPT: usize = 48 * 1024 * 1024;
/// What begins the row of a text that stands in a block. Frames begin with `28 b5 2f fd`.
const IN_BLOCK: u8 = 0;

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

/// A text as a frame of its own.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    PACKER.with_borrow_mut(|packer| {
        packer.compress(text.as_bytes()).expect("invariant: zstd packs whatever is in memory")
    })
}

/// The text of a frame.
pub(crate) fn unpack(bytes: &[u8]) -> Sql<String> {
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok()).filter(|&size| size <= MAX_BYTES);
    let size = size.ok_or_else(|| Failure::damaged("a text does not say how long it is"))?;
    let text = UNPACKER.with_borrow_mut(|unpacker| unpacker.decompress(bytes, size));
    let text = text.map_err(|error| Failure::damaged(error.to_string()))?;
    String::from_utf8(text).map_err(|_| Failure::damaged("a text is not UTF-8"))
}

/// Where a text stands.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Stand {
    /// The row of the first part of its block.
    block: u64,
    n_parts: u32,
    start: u32,
    n_bytes: u32,
}

/// Writes texts into blocks; gives what stands in the row of each.
pub(crate) fn write_blocks(connection: &Connection, texts: &[&str]) -> Sql<Vec<Vec<u8>>> {
    let mut stands = Vec::with_capacity(texts.len());
    let mut rest = texts;
    while !rest.is_empty() {
        let mut block = String::new();
        let mut n_texts = 0;
        while let Some(text) = rest.get(n_texts)
            && (n_texts == 0 || block.len() + text.len() <= BLOCK_BYTES)
        {
            block.push_str(text);
            n_texts += 1;
        }
        let packed = pack(&block);
        let parts = packed.chunks(PART_BYTES);
        let mut stand = Stand { block: 0, n_parts: parts.len() as u32, start: 0, n_bytes: 0 };
        for (number, part) in parts.enumerate() {
            connection.prepare_cached("INSERT INTO text_part (bytes) VALUES (?1)")?.execute(params![part])?;
            if number == 0 {
                stand.block = connection.last_insert_rowid().cast_unsigned();
            }
        }
        for text in &rest[..n_texts] {
            stand = Stand { start: stand.start + stand.n_bytes, n_bytes: text.len() as u32, ..stand };
            let mut bytes = vec![IN_BLOCK];
            bytes.extend(crate::stored::to_bytes(&stand));
            stands.push(bytes);
        }
        rest = &rest[n_texts..];
    }
    Ok(stands)
}

/// Blocks that were asked for; the same ones for all who have a copy of this. A block never changes.
#[derive(Clone, Default)]
pub(crate) struct Blocks(Arc<Mutex<Unpacked>>);

#[derive(Default)]
struct Unpacked {
    texts: FxHashMap<u64, String>,
    /// Those that were unpacked first come first.
    order: VecDeque<u64>,
    n_bytes: usize,
}

impl Blocks {
    /// The text of a report, from what stands in its row.
    pub fn text(&self, connection: &Connection, stored: &[u8]) -> Sql<String> {
        match stored.split_first() {
            Some((&IN_BLOCK, stand)) => {
                let mut unpacked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(unpacked.stands_at(connection, stand)?.to_owned())
            }
            _ => unpack(stored),
        }
    }
}

impl Unpacked {
    fn stands_at(&mut self, connection: &Connection, stand: &[u8]) -> Sql<&str> {
        let Stand { block, n_parts, start, n_bytes } =
            crate::stored::from_bytes(stand, "where a text stands")?;
        if !self.texts.contains_key(&block) {
            self.unpack(connection, block, n_parts)?;
        }
        let span = start as usize..start.saturating_add(n_bytes) as usize;
        let text = self.texts.get(&block).and_then(|texts| texts.get(span));
        text.ok_or_else(|| Failure::damaged("a text ends outside its block"))
    }

    fn unpack(&mut self, connection: &Connection, block: u64, n_parts: u32) -> Sql<()> {
        let mut query = connection
            .prepare_cached("SELECT bytes FROM text_part WHERE id BETWEEN ?1 AND ?1 + ?2 - 1 ORDER BY id")?;
        let mut parts = query.query(params![block.cast_signed(), n_parts])?;
        let mut packed = Vec::new();
        while let Some(part) = parts.next()? {
            packed.extend_from_slice(
                part.get_ref(0)?.as_blob().map_err(|_| Failure::damaged("a text is no blob"))?,
            );
        }
        let texts = unpack(&packed)?;
        while self.n_bytes + texts.len() > BYTES_KEPT
            && let Some(first) = self.order.pop_front()
        {
            self.n_bytes -= self.texts.remove(&first).map_or(0, |texts| texts.len());
        }
        self.n_bytes += texts.len();
        self.order.push_back(block);
        self.texts.insert(block, texts);
        Ok(())
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

    #[test]
    fn texts_of_blocks_read_back_in_any_order() {
        let mut connection = Connection::open_in_memory().expect("a database");
        assert!(crate::schema::migrate(&mut connection, 0).is_ok());
        let long = "Ein Satz – mit Strich. ".repeat(BLOCK_BYTES / 2);
        let texts = ["", "Zwei Drohnen", &long, "\0", &long[..200], "\u{10ffff}", ""];
        let mut stands = Vec::new();
        for _ in 0..BYTES_KEPT / long.len() + 1 {
            stands.extend(write_blocks(&connection, &texts).expect("blocks"));
        }
        let blocks = Blocks::default();
        for (at, stand) in stands.iter().enumerate().rev().chain(stands.iter().enumerate()) {
            let text = blocks.text(&connection, stand).expect("a text");
            assert_eq!(text, texts[at % texts.len()], "text {at}");
        }
        assert_eq!(blocks.text(&connection, &pack("alone")).ok().as_deref(), Some("alone"));
        assert!(
            blocks.text(&connection, &[IN_BLOCK, 1, 1, 200, 200, 200, 1, 1]).is_err(),
            "outside of its block"
        );
        assert!(blocks.text(&connection, &[IN_BLOCK, 200, 200, 100, 1, 0, 1]).is_err(), "no such block");
        assert!(blocks.text(&connection, &[IN_BLOCK]).is_err());
        let unpacked = blocks.0.lock().expect("nobody else");
        assert!(unpacked.n_bytes <= BYTES_KEPT);
        assert_eq!(unpacked.n_bytes, unpacked.texts.values().map(String::len).sum::<usize>());
    }
}
