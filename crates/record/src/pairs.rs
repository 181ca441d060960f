//! Frequent words that stand beside each other.
//!
//! The index of words knows which report has which words, not where. Nearly all have `the`, `foreign` and `minister`, and a phrase of
//! such words would be looked for in all of these; so pairs of the most frequent words are in an index of their own.
//!
//! In:  the title and the kept paragraphs of a report, or the words of a phrase.
//! Out: the pairs as words of the index `pairs`.
//!
//! ```text
//! said the foreign minister of Peru  ->  said_the the_foreign foreign_minister minister_of
//! ```

use crate::error::Sql;
use crate::packed::Blocks;
use crate::query::{Folded, words_in};
use crate::stored::read_layout;
use dateline_text::ByteSpan;
use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static FREQUENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../data/frequent-words-1.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// The parts of a report in which a phrase may stand: its title and kept paragraphs; all of it where nothing was kept.
pub(crate) fn parts<'t>(
    title: Option<&'t str>,
    text: &'t str,
    kept: &'t [ByteSpan],
) -> impl Iterator<Item = &'t str> {
    let whole = kept.is_empty().then_some(text);
    title.into_iter().chain(whole).chain(kept.iter().filter_map(|span| span.slice(text)))
}

/// The pairs of a report.
pub(crate) fn pairs_of<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut pairs = BTreeSet::new();
    for part in parts {
        let Folded(text) = Folded::of(part);
        let words: Vec<&str> = words_in(&text).collect();
        pairs.extend(words.windows(2).filter_map(|pair| pair_of(pair[0], pair[1])));
    }
    pairs.into_iter().collect::<Vec<_>>().join(" ")
}

/// Two words as a word of the index, where both are frequent.
pub(crate) fn pair_of(first: &str, second: &str) -> Option<String> {
    (FREQUENT.contains(first) && FREQUENT.contains(second)).then(|| format!("{first}_{second}"))
}

/// Writes the pairs of a report.
pub(crate) fn index_pairs(connection: &Connection, report: i64, pairs: &str) -> Sql<()> {
    connection
        .prepare_cached("INSERT INTO pairs (rowid, words) VALUES (?1, ?2)")?
        .execute(params![report, pairs])?;
    Ok(())
}

/// Writes the pairs of all reports of a record that had no such index.
pub(crate) fn index_all_pairs(connection: &Connection) -> Sql<()> {
    let blocks = Blocks::default();
    let mut query = connection.prepare("SELECT id, title, text, layout FROM report ORDER BY id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (title, text, layout): (Option<String>, Vec<u8>, Vec<u8>) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        let text = blocks.text(connection, &text)?;
        let kept = read_layout(&layout)?.paragraphs;
        index_pairs(connection, row.get(0)?, &pairs_of(parts(title.as_deref(), &text, &kept)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_of_frequent_words_in_one_part() {
        let parts = ["Said the FOREIGN minister’s aide", "of Peru; of the", "foreign ministry"];
        assert_eq!(
            pairs_of(parts.into_iter()),
            "foreign_minister foreign_ministry minister_s of_the said_the the_foreign"
        );
        assert_eq!(pair_of("the", "xylophone"), None);
    }

    #[test]
    fn the_list_is_as_texts_are_read() {
        for word in FREQUENT.iter() {
            let Folded(folded) = Folded::of(word);
            assert_eq!(words_in(&folded).collect::<Vec<_>>(), [*word]);
        }
    }
}
