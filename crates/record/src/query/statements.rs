//! Statements: as rows of a list, and one with each report's words.

use super::choose::list_of;
use super::discrepancies::{AboutRow, discrepancies_about};
use super::evidence::Sources;
use super::parties::party;
use super::{DiscrepancyRow, Filters, PartyRow, Quote};
use crate::Record;
use crate::codes::{day, day_number, label};
use crate::error::{RecordError, Sql};
use dateline_attribute::StatementKind;
use dateline_link::numbers_in;
use dateline_text::ByteSpan;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::collections::BTreeSet;

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementRow {
    /// Its row.
    pub id: i64,
    /// Who said it.
    pub speaker: Option<PartyRow>,
    /// The most literal form in which a report gives it.
    pub kind: StatementKind,
    /// Reports that give it.
    pub n_reports: u32,
    /// Of these, those that do not come from one another or from one origin.
    pub n_independent: u32,
    /// The day on which the first report was published.
    pub first_told: Option<Date>,
    /// The day on which the last one was.
    pub last_told: Option<Date>,
    /// What was said, as the first report has it.
    pub first: Option<Quote>,
}

/// One statement with the words of each report.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementDetail {
    /// As in a list.
    pub row: StatementRow,
    /// The content from its first to its last piece, in order of report and text.
    pub evidence: Vec<Quote>,
    /// How it was told, the earliest first: each wording once, and again where its numbers change back.
    pub history: Vec<Told>,
    /// Where the reports differ.
    pub discrepancies: Vec<DiscrepancyRow>,
}

/// A statement as one report gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The day on which the report was published.
    pub day: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The words.
    pub quote: Quote,
    /// The numbers in them, without years.
    pub numbers: Vec<u64>,
}

impl Record {
    /// The statements, the latest added first. Of the filters count `actor` (the speaker), `country` (the
    /// speaker's), `from` and `to` (days of publication), `text` and `min_independent`.
    pub fn statements(&mut self, filters: &Filters) -> Result<Vec<StatementRow>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let ids = choose_statements(connection, filters)?;
            let mut sources = Sources::new(&record.texts);
            ids.into_iter().map(|id| statement_row(connection, id, &mut sources)).collect()
        })
    }

    /// One statement with its evidence, if there is one with this number.
    pub fn statement(&mut self, id: i64) -> Result<Option<StatementDetail>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let mut query = connection.prepare_cached("SELECT n_reports > 0 FROM statement WHERE id = ?1")?;
            let is_told: Option<bool> = query.query_row([id], |row| row.get(0)).optional()?;
            if is_told != Some(true) {
                return Ok(None);
            }
            let mut sources = Sources::new(&record.texts);
            let evidence = sayings(connection, id, -1, &mut sources)?;
            Ok(Some(StatementDetail {
                row: statement_row(connection, id, &mut sources)?,
                history: history(connection, &evidence, &mut sources)?,
                evidence,
                discrepancies: discrepancies_about(connection, AboutRow::Statement(id), &mut sources)?,
            }))
        })
    }
}

fn choose_statements(connection: &Connection, filters: &Filters) -> Sql<Vec<i64>> {
    let mut conditions = vec!["statement.n_reports > 0".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    let mut list = |rows: Vec<i64>| list_of(&mut values, &rows);
    if let Some(actor) = &filters.actor {
        let speakers = list(actor.actors(connection)?);
        conditions.push(format!("statement.speaker IN {speakers}"));
    }
    if let Some(country) = filters.country {
        let whole = super::PartyFilter::Country { country, sector: None };
        let speakers = list(whole.actors(connection)?);
        conditions.push(format!("statement.speaker IN {speakers}"));
    }
    let mut look_up = None;
    if let Some(text) = &filters.text {
        let found = text.indexed(connection)?;
        if found.are_many() {
            look_up = Some(found);
        } else {
            let reports = list(found.all(connection)?);
            conditions.push(format!(
                "statement.id IN (SELECT statement FROM saying WHERE until IS NULL AND report IN {reports})"
            ));
        }
    }
    if let Some(from) = filters.from {
        conditions.push(format!("statement.last_told >= {}", day_number(from)));
    }
    if let Some(to) = filters.to {
        conditions.push(format!("statement.first_told <= {}", day_number(to)));
    }
    if filters.min_independent > 1 {
        conditions.push(format!("statement.n_independent >= {}", filters.min_independent));
    }
    let mut query = connection.prepare_cached(&format!(
        "SELECT id FROM statement WHERE {} ORDER BY id DESC",
        conditions.join(" AND ")
    ))?;
    let mut rows = query.query(params_from_iter(&values))?;
    let (mut ids, mut passed) = (Vec::new(), 0);
    while ids.len() < filters.limit.unwrap_or(usize::MAX)
        && let Some(row) = rows.next()?
    {
        let id = row.get(0)?;
        if let Some(found) = &mut look_up
            && !found.has_any(connection, GIVEN_IN, id)?
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

/// The tellings of a statement in order of time, those that change nothing left out.
fn history(connection: &Connection, evidence: &[Quote], sources: &mut Sources) -> Sql<Vec<Told>> {
    let mut told = Vec::with_capacity(evidence.len());
    for quote in evidence {
        let source = sources.of(connection, quote.report)?;
        let numbers = numbers_in(&quote.text).filter(|number| !YEARS.contains(number)).collect();
        told.push(Told { day: source.day(), outlet: source.outlet.clone(), quote: quote.clone(), numbers });
    }
    told.sort_by_key(|told| (told.day.is_none(), told.day, told.quote.report, told.quote.start));
    Ok(changes(told))
}

/// Numbers that name a year.
const YEARS: std::ops::Range<u64> = 1900..2100;

/// Of tellings in order of time those in other words than all before, or with other numbers than the one before.
fn changes(told: Vec<Told>) -> Vec<Told> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut changes: Vec<Told> = Vec::new();
    for told in told {
        let words = told.quote.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_new = seen.insert(words.collect::<Vec<_>>().join(" ").to_lowercase());
        let numbers_change =
            !told.numbers.is_empty() && changes.last().is_some_and(|last| last.numbers != told.numbers);
        if is_new || numbers_change {
            changes.push(told);
        }
    }
    changes
}

/// The reports that give a statement.
const GIVEN_IN: &str = "SELECT report FROM saying WHERE statement = ?1 AND until IS NULL";

pub(super) fn statement_row(connection: &Connection, id: i64, sources: &mut Sources) -> Sql<StatementRow> {
    let mut query = connection.prepare_cached(
        "SELECT speaker, kind, n_reports, n_independent, first_told, last_told FROM statement WHERE id = ?1",
    )?;
    type Row = (Option<i64>, i64, u32, u32, Option<i64>, Option<i64>);
    let (speaker, kind, n_reports, n_independent, first, last): Row = query.query_row([id], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
    })?;
    Ok(StatementRow {
        id,
        speaker: speaker.map(|speaker| party(connection, speaker)).transpose()?,
        kind: label(StatementKind::ALL, kind)?,
        n_reports,
        n_independent,
        first_told: first.and_then(day),
        last_told: last.and_then(day),
        first: sayings(connection, id, 1, sources)?.pop(),
    })
}

/// The first words with which reports give a statement, in order of report and text; all where the limit is -1.
fn sayings(connection: &Connection, id: i64, limit: i64, sources: &mut Sources) -> Sql<Vec<Quote>> {
    let mut query = connection.prepare_cached(
        "SELECT report, start, end FROM saying WHERE statement = ?1 AND until IS NULL \
         ORDER BY report, number LIMIT ?2",
    )?;
    let rows = query.query_map([id, limit], |row| {
        Ok((row.get::<_, i64>(0)?, ByteSpan { start: row.get(1)?, end: row.get(2)? }))
    })?;
    let rows: Vec<(i64, ByteSpan)> = rows.collect::<Result<_, _>>()?;
    rows.into_iter().map(|(report, span)| sources.of(connection, report)?.quote(span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_holds_the_changes() {
        let told = |report: i64, text: &str| Told {
            day: None,
            outlet: None,
            numbers: numbers_in(text).collect(),
            quote: Quote { report, start: 0, end: 0, text: text.to_owned() },
        };
        let texts = ["12 died", "“12 died”", "Nine have died", "12 died", "it was grave", "nine have died"];
        let told = texts.iter().enumerate().map(|(report, text)| told(report as i64, text));
        let reports: Vec<i64> = changes(told.collect()).iter().map(|told| told.quote.report).collect();
        assert_eq!(reports, [0, 2, 3, 4, 5]);
    }
}
