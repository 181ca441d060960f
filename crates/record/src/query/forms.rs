//! How reports name an actor and what they say it is, each form with the first report that has it.
//!
//! In:  the row of an actor.
//! Out: its names and its offices as printed, those of most reports first, each with the words of a report.
//!
//! Names stand where the report names the actor; an office is looked for beside such a place.
//!
//! Not done: of an actor of many reports only the first [`LOOKED_THROUGH`] are read, so a form that comes up later has no words.
//!
//! ```text
//! Noh Kyu-duk       r1, 1204 to 1215
//! special envoy     r1, 1180 to 1193, beside the name at 1204
//! ```

use super::Quote;
use super::evidence::Sources;
use crate::Record;
use crate::error::{RecordError, Sql};
use crate::schema::FORMAT_WITH_PAIRS;
use crate::stored::read_naming;
use dateline_text::{ByteSpan, CodePoints};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};

/// Reports that are read for the words.
const LOOKED_THROUGH: i64 = 48;
/// Forms of a name.
const NAMES: i64 = 24;
/// Bytes on either side of a name in which an office is looked for: a sentence or so.
const BESIDE: usize = 200;

/// A form of a name, or an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorForm {
    /// As printed.
    pub words: String,
    /// Reports that have it; not counted for an office.
    pub n_reports: Option<u32>,
    /// The first report, of those looked through, that has it.
    pub first: Option<FormGiven>,
}

/// Where a report gives a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormGiven {
    /// The words.
    pub quote: Quote,
    /// The first code point of the name beside which they stand; of a name, of itself.
    pub named_at: u32,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub day: Option<Date>,
}

impl Record {
    /// The forms of the name of an actor and its offices; nothing where there is no such actor.
    pub fn forms(&mut self, actor: i64) -> Result<(Vec<ActorForm>, Vec<ActorForm>), RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let mut sources = Sources::new(&record.texts);
            let mut names = names_of(connection, actor)?;
            let mut offices = offices_of(connection, actor)?;
            let mut query = connection.prepare_cached(match record.format {
                ..FORMAT_WITH_PAIRS => {
                    "SELECT report FROM actor_report WHERE actor = ?1 ORDER BY report LIMIT ?2"
                }
                _ => "SELECT rowid FROM spoken_of WHERE spoken_of MATCH 'a' || ?1 ORDER BY rowid LIMIT ?2",
            })?;
            let reports = query.query_map([actor, LOOKED_THROUGH], |row| row.get(0))?;
            let reports: Vec<i64> = reports.collect::<Result<_, _>>()?;
            for report in reports {
                if names.iter().chain(&offices).all(|form| form.first.is_some()) {
                    break;
                }
                look_in(connection, &mut sources, report, actor, &mut names, &mut offices)?;
            }
            Ok((names, offices))
        })
    }
}

fn names_of(connection: &Connection, actor: i64) -> Sql<Vec<ActorForm>> {
    let mut query = connection.prepare_cached(
        "SELECT name, n_reports FROM actor_name WHERE actor = ?1 ORDER BY n_reports DESC, id LIMIT ?2",
    )?;
    let rows = query.query_map([actor, NAMES], |row| {
        Ok(ActorForm { words: row.get(0)?, n_reports: Some(row.get(1)?), first: None })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn offices_of(connection: &Connection, actor: i64) -> Sql<Vec<ActorForm>> {
    let mut query = connection.prepare_cached("SELECT offices FROM actor WHERE id = ?1")?;
    let offices: Option<String> = query.query_row([actor], |row| row.get(0)).optional()?;
    let form = |words: &str| ActorForm { words: words.to_owned(), n_reports: None, first: None };
    Ok(offices.unwrap_or_default().lines().map(form).collect())
}

/// Finds in one report the forms that no earlier one had.
fn look_in(
    connection: &Connection,
    sources: &mut Sources,
    report: i64,
    actor: i64,
    names: &mut [ActorForm],
    offices: &mut [ActorForm],
) -> Sql<()> {
    let mut query = connection.prepare_cached("SELECT actors FROM report WHERE id = ?1")?;
    let namings: Vec<u8> = query.query_row([report], |row| row.get(0))?;
    let source = sources.of(connection, report)?;
    let given = |span: ByteSpan, named: ByteSpan| -> Sql<FormGiven> {
        let named_at = CodePoints::new(&source.text).to_chars(named).start;
        Ok(FormGiven {
            quote: source.quote(span)?,
            named_at,
            outlet: source.outlet.clone(),
            day: source.day(),
        })
    };
    for naming in read_naming(&namings)?.iter().filter(|naming| naming.actor == actor) {
        let Some(printed) = naming.span.slice(&source.text) else { continue };
        for form in names.iter_mut().filter(|form| form.first.is_none()) {
            if is_same(printed, &form.words) {
                form.first = Some(given(naming.span, naming.span)?);
            }
        }
        for form in offices.iter_mut().filter(|form| form.first.is_none()) {
            if let Some(span) = beside(&source.text, naming.span, &form.words) {
                form.first = Some(given(span, naming.span)?);
            }
        }
    }
    Ok(())
}

/// Whether words are the same but for spaces and line breaks.
fn is_same(printed: &str, form: &str) -> bool {
    printed.split_whitespace().eq(form.split_whitespace())
}

/// Where some words stand next to a name, or in it; case does not matter.
fn beside(text: &str, name: ByteSpan, words: &str) -> Option<ByteSpan> {
    let mut from = (name.start as usize).saturating_sub(BESIDE);
    let mut to = (name.end as usize).saturating_add(BESIDE).min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    // Of ASCII alone, so that positions stay what they are.
    let (around, words) = (text.get(from..to)?.to_ascii_lowercase(), words.to_ascii_lowercase());
    if words.is_empty() {
        return None;
    }
    let middle = name.start as usize - from;
    let is_word = |at: usize| {
        let (before, after) = (around[..at].chars().next_back(), around[at + words.len()..].chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let found = around.match_indices(&words).map(|(at, _)| at).filter(|&at| is_word(at));
    let at = found.min_by_key(|at| at.abs_diff(middle))?;
    let start = u32::try_from(from + at).ok()?;
    Some(ByteSpan { start, end: start + u32::try_from(words.len()).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_stand_beside_the_name() {
        let text = "An envoy left. The Special Envoy, Noh Kyu-duk, met envoys “Šumava” on Monday.";
        let start = text.find("Noh").expect("a name") as u32;
        let name = ByteSpan { start, end: start + 11 };
        for (words, expected) in [
            ("special envoy", Some("Special Envoy")),
            ("envoy", Some("Envoy")),
            ("minister", None),
            ("special envo", None),
            ("", None),
        ] {
            let found = beside(text, name, words).map(|span| span.slice(text).expect("a span of the text"));
            assert_eq!(found, expected, "{words}");
        }
    }

    #[test]
    fn names_are_the_same_whatever_the_spaces() {
        for (printed, form, expected) in
            [("Noh\n  Kyu-duk", "Noh Kyu-duk", true), ("noh Kyu-duk", "Noh Kyu-duk", false)]
        {
            assert_eq!(is_same(printed, form), expected, "{printed}");
        }
    }
}
