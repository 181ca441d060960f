//! The operations: address, parameters, what comes back, and how it is found. The one table that all else is made from.

use super::excerpt::first_quote;
use super::parameters::{NONE, OF_ACTORS, OF_DIFF, OF_EVENTS, OF_PAGES, OF_SEARCH, OF_STATEMENTS, Parameter};
use super::shapes::Thing;
use super::things::{
    ACTOR, CHANGE, DISCREPANCY, EVENT, EVENT_DETAIL, EVIDENCE, FOUND, PLACE_COUNT, REPORT, REPORT_DETAIL,
    STATE, STATEMENT_DETAIL, TENSION,
};
use crate::asked::Asked;
use crate::error::PageError;
use dateline_record::{Filters, Record, read_day};
use dateline_rows::{ChangeRow, Row, report_json};
use serde_json::{Value, json};

/// Something that can be asked.
pub(crate) struct Operation {
    /// After `/api/v1`.
    pub path: &'static str,
    /// As programs made from the description call it.
    pub name: &'static str,
    /// In one sentence what it gives.
    pub summary: &'static str,
    /// What its query may have.
    pub parameters: &'static [&'static Parameter],
    /// The letter of the id in the path.
    pub letter: Option<char>,
    pub gives: Gives,
}

type ItemsFn = fn(&mut Record, &Asked, &Filters) -> Result<Vec<Value>, PageError>;
type OneFn = fn(&mut Record, &Asked) -> Result<Value, PageError>;

/// What comes back.
pub(crate) enum Gives {
    /// A list, a page at a time.
    Items(&'static Thing, ItemsFn),
    /// One thing.
    One(&'static Thing, OneFn),
}

impl Gives {
    /// What an item, or the thing, is.
    pub fn thing(&self) -> &'static Thing {
        match self {
            Gives::Items(thing, _) | Gives::One(thing, _) => thing,
        }
    }
}

const fn list(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    parameters: &'static [&'static Parameter],
    thing: &'static Thing,
    find: ItemsFn,
) -> Operation {
    Operation { path, name, summary, parameters, letter: None, gives: Gives::Items(thing, find) }
}

const fn one(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    letter: char,
    thing: &'static Thing,
    find: OneFn,
) -> Operation {
    Operation { path, name, summary, parameters: &NONE, letter: Some(letter), gives: Gives::One(thing, find) }
}

/// All of them, lists first.
pub(crate) static OPERATIONS: [Operation; 16] = [
    list(
        "/events",
        "listEvents",
        "Events with their evidence: the latest day first, those of no known day last.",
        &OF_EVENTS,
        &EVENT_DETAIL,
        events,
    ),
    list(
        "/statements",
        "listStatements",
        "Who said what, the latest added first.",
        &OF_STATEMENTS,
        &STATEMENT_DETAIL,
        statements,
    ),
    list(
        "/actors",
        "listActors",
        "Who takes part, those of most reports first.",
        &OF_ACTORS,
        &ACTOR,
        |record, _, filters| Ok(json_of(record.actors(filters)?)),
    ),
    list(
        "/places",
        "listPlaces",
        "Where events happened, those of most events first.",
        &OF_EVENTS,
        &PLACE_COUNT,
        |record, _, filters| Ok(json_of(record.places(filters)?)),
    ),
    list(
        "/discrepancies",
        "listDiscrepancies",
        "Where reports differ, the latest found first.",
        &OF_EVENTS,
        &DISCREPANCY,
        |record, _, filters| Ok(json_of(record.discrepancies(filters)?)),
    ),
    list(
        "/reports",
        "listReports",
        "Reports, the latest added first.",
        &OF_EVENTS,
        &REPORT,
        |record, _, filters| Ok(json_of(record.reports(filters)?)),
    ),
    list(
        "/timeline",
        "listTimeline",
        "Events of a known day, from the first day on.",
        &OF_EVENTS,
        &EVENT,
        |record, _, filters| {
            let days = record.timeline(filters)?;
            Ok(json_of(days.into_iter().flat_map(|day| day.events)))
        },
    ),
    list(
        "/tension",
        "listTension",
        "What the events of each day score together.",
        &OF_EVENTS,
        &TENSION,
        |record, _, filters| Ok(json_of(record.tension(filters)?)),
    ),
    list(
        "/diff",
        "listChanges",
        "What reports published after one day and up to another have brought or changed.",
        &OF_DIFF,
        &CHANGE,
        changes,
    ),
    list(
        "/search",
        "search",
        "Reports that have some words, with the first place that has one of them.",
        &OF_SEARCH,
        &FOUND,
        search,
    ),
    one(
        "/event/{id}",
        "getEvent",
        "One event with all that its reports say.",
        'e',
        &EVENT_DETAIL,
        |record, asked| {
            let event = record.event(asked.id)?;
            Ok(event.ok_or_else(|| missing("event", 'e', asked))?.json())
        },
    ),
    Operation {
        path: "/event/{id}/evidence",
        name: "listEvidence",
        summary: "The sentences that tell an event, in order of report and text.",
        parameters: &OF_PAGES,
        letter: Some('e'),
        gives: Gives::Items(&EVIDENCE, evidence),
    },
    one(
        "/statement/{id}",
        "getStatement",
        "One statement with the words of each report.",
        's',
        &STATEMENT_DETAIL,
        |record, asked| {
            let statement = record.statement(asked.id)?;
            Ok(statement.ok_or_else(|| missing("statement", 's', asked))?.json())
        },
    ),
    one("/actor/{id}", "getActor", "One actor with its names and roles.", 'a', &ACTOR, |record, asked| {
        let actor = record.actor_row(asked.id)?;
        Ok(actor.ok_or_else(|| missing("actor", 'a', asked))?.json())
    }),
    one(
        "/report/{id}",
        "getReport",
        "One report with its text and what was found in it.",
        'r',
        &REPORT_DETAIL,
        |record, asked| {
            let report = record.report(asked.id)?.ok_or_else(|| missing("report", 'r', asked))?;
            let lineage = record.lineage_of(asked.id)?;
            Ok(report_json(&report, &lineage))
        },
    ),
    Operation {
        path: "/state",
        name: "getState",
        summary: "What the record holds, and up to when.",
        parameters: &NONE,
        letter: None,
        gives: Gives::One(&STATE, state),
    },
];

/// The operation of a path.
pub(crate) fn operation(path: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.path == path)
}

fn missing(what: &str, letter: char, asked: &Asked) -> PageError {
    PageError::NotFound(format!("{what} {letter}{} in this record", asked.id))
}

fn json_of<T: Row>(rows: impl IntoIterator<Item = T>) -> Vec<Value> {
    rows.into_iter().map(|row| row.json()).collect()
}

/// A page of what was found all at once.
fn page<T>(items: impl IntoIterator<Item = T>, filters: &Filters) -> impl Iterator<Item = T> {
    items.into_iter().skip(filters.offset).take(filters.limit.unwrap_or(usize::MAX))
}

fn events(record: &mut Record, _: &Asked, filters: &Filters) -> Result<Vec<Value>, PageError> {
    let mut items = Vec::new();
    for id in record.event_ids(filters)? {
        items.extend(record.event(id)?.map(|event| event.json()));
    }
    Ok(items)
}

fn statements(record: &mut Record, _: &Asked, filters: &Filters) -> Result<Vec<Value>, PageError> {
    let mut items = Vec::new();
    for row in record.statements(filters)? {
        items.extend(record.statement(row.id)?.map(|statement| statement.json()));
    }
    Ok(items)
}

fn changes(record: &mut Record, asked: &Asked, filters: &Filters) -> Result<Vec<Value>, PageError> {
    let day = |name: &'static str| {
        read_day(asked.query.own(name).unwrap_or_default()).map_err(|error| PageError::filter(name, &error))
    };
    let (before, after) = (day("before")?, day("after")?);
    if after <= before {
        let reason = format!("{after} is not later than {before}");
        return Err(PageError::Parameter { name: "after".to_owned(), reason });
    }
    let diff = record.diff(before, after)?;
    let events = diff.events.into_iter().map(ChangeRow::Event);
    let statements = diff.statements.into_iter().map(ChangeRow::Statement);
    let discrepancies = diff.discrepancies.into_iter().map(ChangeRow::Discrepancy);
    Ok(json_of(page(events.chain(statements).chain(discrepancies), filters)))
}

fn search(record: &mut Record, asked: &Asked, filters: &Filters) -> Result<Vec<Value>, PageError> {
    let typed = asked.query.typed("text").unwrap_or_default();
    let mut items = Vec::new();
    for row in record.reports(filters)? {
        let report = record.report(row.id)?;
        let mut item = row.json();
        item["quote"] = report.and_then(|report| first_quote(&report, typed)).into();
        items.push(item);
    }
    Ok(items)
}

fn evidence(record: &mut Record, asked: &Asked, filters: &Filters) -> Result<Vec<Value>, PageError> {
    let event = record.event(asked.id)?.ok_or_else(|| missing("event", 'e', asked))?;
    let mut json = event.json();
    let Value::Array(evidence) = json["evidence"].take() else { return Ok(Vec::new()) };
    Ok(page(evidence, filters).collect())
}

fn state(_: &mut Record, asked: &Asked) -> Result<Value, PageError> {
    let state = &asked.state;
    Ok(json!({
        "reports": state.n_reports,
        "events": state.n_events,
        "statements": state.n_statements,
        "first_day": state.first_day.map(|day| day.to_string()),
        "last_day": state.last_day.map(|day| day.to_string()),
        "last_run": state.last_run,
        "software": state.software,
        "models": state.models,
    }))
}
