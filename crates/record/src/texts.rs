//! Texts in few bytes: zstd, one frame a text.

use crate::error::{Failure, Sql};
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// zstd's level: 3 is a third faster than 9 and a twentieth larger (reports of the corpus, November 2026).
const LEVEL: i32 = 3;
/// Bytes that a text may have: spans are 32 bits wide.
const MAX_BYTES: usize = u32::MAX as usize;

/// A text, packed.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    zstd::bulk::compress(text.as_bytes(), LEVEL).expect("invariant: zstd packs whatever is in memory")
}

/// A text, unpacked.
pub(crate) fn unpack(bytes: &[u8]) -> Sql<String> {
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok()).filter(|&size| size <= MAX_BYTES);
    let size = size.ok_or_else(|| Failure::damaged("a text does not say how long it is"))?;
    let text = zstd::bulk::decompress(bytes, size).map_err(|error| Failure::damaged(error.to_string()))?;
    String::from_utf8(text).map_err(|_| Failure::damaged("a text is not UTF-8"))
}

/// Texts that were read lately.
#[derive(Default)]
pub(crate) struct Texts {
    known: FxHashMap<i64, Arc<str>>,
    order: VecDeque<i64>,
}

/// Texts kept at hand: copies of one story come in together.
const MAX_KNOWN: usize = 512;

impl Texts {
    /// The text of a report.
    pub fn of(&mut self, connection: &Connection, report: i64) -> Sql<Arc<str>> {
        if let Some(text) = self.known.get(&report) {
            return Ok(Arc::clone(text));
        }
        let packed: Option<Vec<u8>> = connection
            .prepare_cached("SELECT text FROM report WHERE id = ?1")?
            .query_row([report], |row| row.get(0))
            .optional()?;
        let packed = packed.ok_or_else(|| Failure::damaged(format!("there is no report {report}")))?;
        let text: Arc<str> = unpack(&packed)?.into();
        self.keep(report, Arc::clone(&text));
        Ok(text)
    }

    /// Keeps a text at hand.
    pub fn keep(&mut self, report: i64, text: Arc<str>) {
        if self.known.insert(report, text).is_none() {
            self.order.push_back(report);
        }
        while self.order.len() > MAX_KNOWN {
            if let Some(oldest) = self.order.pop_front() {
                self.known.remove(&oldest);
            }
        }
    }
}
