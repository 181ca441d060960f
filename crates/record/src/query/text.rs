//! Search in texts: words, phrases, beginnings of words, and what must not be there.
//!
//! In:  what somebody typed.
//! Out: the reports whose title and article have it all.
//!
//! The index knows which report has which word and no more, so a phrase is looked for in the texts that have all
//! its words. Words are quoted before the index sees them: whatever is typed is looked for, never obeyed.
//!
//! ```text
//! "joint exercise" missil* -film
//! ```

use super::FilterError;
use crate::error::{Failure, Sql};
use crate::packed::Blocks;
use crate::pairs::{pair_of, parts};
use crate::schema::FORMAT_WITH_PAIRS;
use crate::stored::read_layout;
use dateline_resolve::fold_name;
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::str::FromStr;
use unicode_normalization::char::is_combining_mark;

/// Reports found by words that are listed; of more, each is looked at when it comes up.
const MAX_LISTED: usize = 1000;
/// The same where their texts must be read for a phrase.
const MAX_READ: usize = 300;

/// What a text must have and must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextQuery {
    wanted: Vec<Term>,
    unwanted: Vec<Term>,
}

/// Words that stand beside each other; mostly one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    /// The same without case and accents.
    folded: Vec<String>,
    /// Whether the last word is only the beginning of one.
    is_prefix: bool,
}

impl FromStr for TextQuery {
    type Err = FilterError;

    fn from_str(typed: &str) -> Result<TextQuery, FilterError> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        let mut rest = typed.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_unwanted = first == '-';
            rest = rest.strip_prefix('-').unwrap_or(rest);
            let opening = rest.chars().next().filter(|&c| is_quotation_mark(c));
            let (words, after) = match opening {
                Some(mark) => {
                    let inside = &rest[mark.len_utf8()..];
                    inside.split_once(is_quotation_mark).unwrap_or((inside, ""))
                }
                None => {
                    let end =
                        rest.find(|c: char| c.is_whitespace() || is_quotation_mark(c)).unwrap_or(rest.len());
                    rest.split_at(end)
                }
            };
            let term = Term {
                words: words_in(words).map(str::to_owned).collect(),
                folded: words_in(words).map(fold_name).collect(),
                is_prefix: opening.is_none() && words.ends_with('*'),
            };
            if !term.words.is_empty() {
                if is_unwanted { &mut unwanted } else { &mut wanted }.push(term);
            }
            rest = after.trim_start();
        }
        if wanted.is_empty() { Err(FilterError::NoWords) } else { Ok(TextQuery { wanted, unwanted }) }
    }
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Runs of letters and digits, as the index takes them.
pub(crate) fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_letter_of_the_index(c)).filter(|word| !word.is_empty())
}

/// Whether the index takes a character for a part of a word. It knows fewer letters than Rust: not the marks below and above
/// letters, vowel signs of India among them. Were they left in a word, the index would find two words there, and refuse the question.
fn is_letter_of_the_index(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || !c.is_ascii()
            && c.is_alphanumeric()
            && !is_combining_mark(c)
            && !SIGNS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Letters of Rust and signs of the index: vowel signs of New Tai Lue, Vedic signs, letters in circles and squares.
const SIGNS: [(char, char); 7] = [
    ('\u{19B0}', '\u{19C0}'),
    ('\u{19C8}', '\u{19C9}'),
    ('\u{1CF2}', '\u{1CF3}'),
    ('\u{24B6}', '\u{24E9}'),
    ('\u{1F130}', '\u{1F149}'),
    ('\u{1F150}', '\u{1F169}'),
    ('\u{1F170}', '\u{1F189}'),
];

/// A word for the index: quoted, so that no word is an operator.
pub(super) fn quoted(word: &str, is_prefix: bool) -> String {
    format!("\"{}\"{}", word.replace('"', "\"\""), if is_prefix { "*" } else { "" })
}

impl TextQuery {
    /// The question in the language of the index. It finds all reports that fit, and where there are phrases, more.
    pub(super) fn expression(&self) -> String {
        let words = |term: &Term| {
            let last = term.words.len() - 1;
            let words = term.words.iter().enumerate();
            words.map(|(at, word)| quoted(word, term.is_prefix && at == last)).collect::<Vec<_>>()
        };
        let wanted = self.wanted.iter().flat_map(words).collect::<Vec<_>>().join(" AND ");
        let unwanted: String = self
            .unwanted
            .iter()
            .filter(|term| term.words.len() == 1)
            .map(|term| format!(" NOT {}", words(term).concat()))
            .collect();
        // `NOT` binds more than `AND`.
        format!("({wanted}){unwanted}")
    }

    /// The phrases for which texts have to be read: that two frequent words stand beside each other is in an index.
    pub(super) fn phrases(&self, connection: &Connection) -> Sql<Phrases<'_>> {
        let has_pairs = has_pairs(connection)?;
        let is_phrase = |term: &&Term| term.words.len() > 1;
        let is_read = |term: &&Term| is_phrase(term) && !(has_pairs && term.is_pair());
        Ok(Phrases {
            wanted: self.wanted.iter().filter(is_read).collect(),
            unwanted: self.unwanted.iter().filter(is_phrase).collect(),
        })
    }

    /// The reports that the index finds: those that fit and, where there are phrases, more.
    pub(super) fn indexed(&self, connection: &Connection) -> Sql<Indexed<'_>> {
        let mut query =
            connection.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid")?;
        let rows = query.query_map([self.expression()], |row| row.get(0))?;
        let mut reports: Vec<i64> = rows.collect::<Result<_, _>>()?;
        if let Some(pairs) = self.pairs(connection)? {
            let mut query =
                connection.prepare_cached("SELECT rowid FROM pairs WHERE pairs MATCH ?1 ORDER BY rowid")?;
            let rows = query.query_map([pairs], |row| row.get(0))?;
            let paired: Vec<i64> = rows.collect::<Result<_, _>>()?;
            reports.retain(|report| paired.binary_search(report).is_ok());
        }
        let phrases = self.phrases(connection)?;
        Ok(Indexed { phrases, reports, read: FxHashMap::default(), blocks: Blocks::default() })
    }

    /// The pairs of frequent words that a report has which has the phrases, as a question for their index; nothing where there
    /// are none, or no such index.
    pub(super) fn pairs(&self, connection: &Connection) -> Sql<Option<String>> {
        let mut pairs: Vec<String> = self.wanted.iter().flat_map(Term::pairs).collect();
        if pairs.is_empty() {
            return Ok(None);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let pairs: Vec<String> = pairs.iter().map(|pair| quoted(pair, false)).collect();
        Ok(has_pairs(connection)?.then(|| pairs.join(" AND ")))
    }
}

/// Whether a record has the index of pairs.
fn has_pairs(connection: &Connection) -> Sql<bool> {
    let format: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(format >= FORMAT_WITH_PAIRS)
}

/// Phrases that texts are read for.
pub(super) struct Phrases<'q> {
    wanted: Vec<&'q Term>,
    unwanted: Vec<&'q Term>,
}

impl Phrases<'_> {
    /// Whether there are none, and no text is read.
    fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }

    /// Whether a report that the index finds has the phrases too.
    pub(super) fn are_in(&self, connection: &Connection, report: i64, blocks: &Blocks) -> Sql<bool> {
        if self.is_empty() {
            return Ok(true);
        }
        let mut query = connection.prepare_cached("SELECT title, text, layout FROM report WHERE id = ?1")?;
        let row = query.query_row([report], |row| {
            Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?))
        });
        let (title, text, layout) =
            row.optional()?.ok_or_else(|| Failure::damaged(format!("there is no report {report}")))?;
        let text = blocks.text(connection, &text)?;
        let kept = read_layout(&layout)?.paragraphs;
        let folded: Vec<Folded> = parts(title.as_deref(), &text, &kept).map(Folded::of).collect();
        let has = |term: &&Term| folded.iter().any(|part| term.stands_in(part));
        Ok(self.wanted.iter().all(has) && !self.unwanted.iter().any(has))
    }
}

/// What the index finds.
pub(super) struct Indexed<'q> {
    phrases: Phrases<'q>,
    /// Ascending.
    reports: Vec<i64>,
    /// Texts that were read for phrases, and whether they have them.
    read: FxHashMap<i64, bool>,
    blocks: Blocks,
}

impl Indexed<'_> {
    /// Whether it is better to look at a report when it comes up than to list all that fit.
    pub(super) fn are_many(&self) -> bool {
        self.reports.len() > if self.phrases.is_empty() { MAX_LISTED } else { MAX_READ }
    }

    /// Whether a report fits.
    pub(super) fn has(&mut self, connection: &Connection, report: i64) -> Sql<bool> {
        if self.reports.binary_search(&report).is_err() {
            return Ok(false);
        }
        if let Some(&fits) = self.read.get(&report) {
            return Ok(fits);
        }
        let fits = self.phrases.are_in(connection, report, &self.blocks)?;
        if !self.phrases.is_empty() {
            self.read.insert(report, fits);
        }
        Ok(fits)
    }

    /// Whether one of the reports fits that a query for something gives.
    pub(super) fn has_any(&mut self, connection: &Connection, sql: &str, of: i64) -> Sql<bool> {
        let mut query = connection.prepare_cached(sql)?;
        let mut reports = query.query([of])?;
        while let Some(row) = reports.next()? {
            if self.has(connection, row.get(0)?)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// All reports that fit.
    pub(super) fn all(mut self, connection: &Connection) -> Sql<Vec<i64>> {
        let mut reports = std::mem::take(&mut self.reports);
        if !self.phrases.is_empty() {
            let mut fitting = Vec::new();
            for report in reports {
                if self.phrases.are_in(connection, report, &self.blocks)? {
                    fitting.push(report);
                }
            }
            reports = fitting;
        }
        Ok(reports)
    }
}

/// A text without case and accents.
pub(crate) struct Folded(pub String);

impl Folded {
    pub fn of(text: &str) -> Folded {
        // Most texts are plain, and then one pass does it.
        Folded(if text.is_ascii() { text.to_ascii_lowercase() } else { fold_name(text) })
    }
}

impl Term {
    /// Whether it is two frequent words, whole ones.
    fn is_pair(&self) -> bool {
        self.folded.len() == 2 && self.pairs().next().is_some()
    }

    /// The pairs of frequent words in it. The last word may go on, where it is cut short.
    fn pairs(&self) -> impl Iterator<Item = String> {
        let n_whole = self.folded.len() - usize::from(self.is_prefix);
        self.folded[..n_whole].windows(2).filter_map(|pair| pair_of(&pair[0], &pair[1]))
    }

    /// Whether the words stand beside each other in a text.
    fn stands_in(&self, Folded(text): &Folded) -> bool {
        let wanted = &self.folded;
        // Finding bytes is much faster than words, and of a longer word there are fewer.
        let longest = wanted.iter().enumerate().max_by_key(|(_, word)| word.len());
        let Some((at, longest)) = longest else { return false };
        text.match_indices(longest.as_str()).any(|(start, _)| {
            let before = wanted[..at].iter().rev().try_fold(start, |end, word| word_before(text, end, word));
            let after = wanted[at..].iter().enumerate().try_fold(start, |start, (number, word)| {
                let is_cut_short = self.is_prefix && at + number + 1 == wanted.len();
                word_from(text, start, word, is_cut_short)
            });
            before.is_some_and(|start| is_end_of_word(&text[..start])) && after.is_some()
        })
    }
}

/// Whether no word goes on behind these letters.
fn is_end_of_word(text: &str) -> bool {
    text.chars().next_back().is_none_or(|last| !is_letter_of_the_index(last))
}

/// Where a word begins that stands before this place, with nothing but spaces and signs between them.
fn word_before(text: &str, end: usize, word: &str) -> Option<usize> {
    let before = text[..end].trim_end_matches(|c| !is_letter_of_the_index(c));
    let rest = before.strip_suffix(word).filter(|_| before.len() < end)?;
    is_end_of_word(rest).then_some(rest.len())
}

/// Where the next word begins, if this one stands here; cut short, it may go on.
fn word_from(text: &str, start: usize, word: &str, is_cut_short: bool) -> Option<usize> {
    let rest = text[start..].strip_prefix(word)?;
    let after = rest.trim_start_matches(is_letter_of_the_index);
    if after.len() < rest.len() && !is_cut_short {
        return None;
    }
    Some(text.len() - after.trim_start_matches(|c| !is_letter_of_the_index(c)).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_looked_for_and_never_obeyed() {
        for (typed, expected) in [
            ("drone", r#"("drone")"#),
            ("two  drones", r#"("two" AND "drones")"#),
            (r#""joint exercise" missil* -film"#, r#"("joint" AND "exercise" AND "missil"*) NOT "film""#),
            ("Kyu-duk", r#"("Kyu" AND "duk")"#),
            ("a OR b", r#"("a" AND "OR" AND "b")"#),
            ("NEAR(a b, 2)", r#"("NEAR" AND "a" AND "b" AND "2")"#),
            ("body:x ^y {z}", r#"("body" AND "x" AND "y" AND "z")"#),
            (r#"never "closed here"#, r#"("never" AND "closed" AND "here")"#),
            ("x'; DROP TABLE report; --", r#"("x" AND "DROP" AND "TABLE" AND "report")"#),
            ("“curly marks” -“no such”", r#"("curly" AND "marks")"#),
            ("Zl\u{321}\u{353}go Ⓐb", r#"("Zl" AND "go" AND "b")"#),
        ] {
            assert_eq!(
                typed.parse::<TextQuery>().map(|query| query.expression()),
                Ok(expected.to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn every_letter_is_one_to_the_index() {
        let connection = Connection::open_in_memory().expect("a database");
        for tokenizer in ["porter unicode61 remove_diacritics 2", "unicode61"] {
            let table = format!(
                "DROP TABLE IF EXISTS t; CREATE VIRTUAL TABLE t USING fts5 (x, detail = none, tokenize = '{tokenizer}')"
            );
            connection.execute_batch(&table).expect("a table");
            let mut query = connection.prepare("SELECT rowid FROM t WHERE t MATCH ?1").expect("a question");
            let split: String = (char::MIN..=char::MAX)
                .filter(|&c| is_letter_of_the_index(c))
                .filter(|c| query.exists([quoted(&format!("a{c}b"), false)]).is_err())
                .collect();
            assert_eq!(split, "", "{tokenizer}: {:?}", split.chars().map(u32::from).collect::<Vec<_>>());
        }
    }

    #[test]
    fn without_a_word_there_is_nothing_to_look_for() {
        for typed in ["", "  ", "-film", "\"", "* - %", "\"\" -"] {
            assert_eq!(typed.parse::<TextQuery>(), Err(FilterError::NoWords), "{typed}");
        }
    }

    #[test]
    fn phrases_are_words_in_a_row() {
        for (phrase, text, expected) in [
            ("\"joint exercise\"", "A joint exercise began", true),
            ("\"joint exercise\"", "An exercise, joint", false),
            ("\"joint exercise\"", "a joint exercises", false),
            ("Kyu-duk", "Noh Kyu-duk spoke", true),
            ("séoul-talk*", "the Seoul talks", true),
            ("\"joint exercise\"", "A disjoint exercise", false),
            ("\"joint exercise\"", "joint exercised, joint\n  (EXERCISE)", true),
            ("\"a joint exercise\"", "not a joint exercise", true),
            ("\"a joint exercise\"", "joint exercise", false),
            ("\"on a joint exercise\"", "Seoul a joint exercise", false),
            ("\"exercise of the navy\"", "an exercise of the—Navy", true),
            ("\"exercise of the navy\"", "exercise exercise of the navy", true),
            ("joint-exer*", "jointexercise", false),
            ("joint-exer*", "joint exercise", true),
            ("\"the the\"", "the", false),
            ("\"the the\"", "the the", true),
        ] {
            let query: TextQuery = phrase.parse().expect("words");
            assert_eq!(query.wanted[0].stands_in(&Folded::of(text)), expected, "{phrase} in {text}");
        }
    }
}
