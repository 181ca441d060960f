//! Who shares wording with whom among some reports, without the words.

use crate::Record;
use crate::error::RecordError;
use std::collections::BTreeSet;

/// Wording that two reports share.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedWording {
    /// The report with the lower row.
    pub a: i64,
    /// The other one.
    pub b: i64,
    /// Part of the shorter article that is shared, 0 to 1.
    pub shared: f32,
    /// The same without what both quote.
    pub shared_unquoted: f32,
    /// Whether so much is shared that they count as one source.
    pub is_copy: bool,
}

impl Record {
    /// All pairs of these reports that share wording, those that share most first.
    pub fn shared_among(&mut self, reports: &[i64]) -> Result<Vec<SharedWording>, RecordError> {
        let asked: BTreeSet<i64> = reports.iter().copied().collect();
        self.ask(|record| {
            let mut query = record
                .connection
                .prepare_cached("SELECT b, shared, unquoted, is_copy FROM lineage WHERE a = ?1")?;
            let mut pairs = Vec::new();
            for &a in &asked {
                let mut rows = query.query([a])?;
                while let Some(row) = rows.next()? {
                    let b: i64 = row.get(0)?;
                    if a != b && asked.contains(&b) {
                        pairs.push(SharedWording {
                            a: a.min(b),
                            b: a.max(b),
                            shared: row.get(1)?,
                            shared_unquoted: row.get(2)?,
                            is_copy: row.get(3)?,
                        });
                    }
                }
            }
            pairs.sort_by(|one, other| {
                other.shared.total_cmp(&one.shared).then((one.a, one.b).cmp(&(other.a, other.b)))
            });
            Ok(pairs)
        })
    }
}
