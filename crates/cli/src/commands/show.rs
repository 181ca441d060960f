//! `dateline show`: one event, statement or report of a record with its words.

use crate::args::{ShowArgs, ShowFormat, Shown};
use crate::output::Output;
use anyhow::{Result, bail};
use dateline_record::{Record, RecordError};
use dateline_rows::{Row, event_detail, report_detail, report_json, statement_detail};
use serde_json::Value;

/// Shows it.
pub fn show(args: &ShowArgs) -> Result<()> {
    let mut record = Record::read(&args.record.record)?;
    let (text, json) = match args.what {
        Shown::Event => {
            let event = number('e', &args.id).map(|id| record.event(id)).transpose()?.flatten();
            let event = found(event, "event", &args.id)?;
            (event_detail(&event), event.json())
        }
        Shown::Statement => {
            let statement = number('s', &args.id).map(|id| record.statement(id)).transpose()?.flatten();
            let statement = found(statement, "statement", &args.id)?;
            (statement_detail(&statement), statement.json())
        }
        Shown::Report => report(&mut record, &args.id)?,
    };
    let mut output = Output::open(args.output.output.as_deref())?;
    match args.format {
        ShowFormat::Text => output.text(&text)?,
        ShowFormat::Json => output.json_line(&json)?,
    }
    output.finish()
}

/// A report by the number of its row, else the latest one with this id.
fn report(record: &mut Record, id: &str) -> Result<(String, Value)> {
    let shown = record.at_one_time(|record| {
        let by_row = number('r', id).map(|row| record.report(row)).transpose()?.flatten();
        let report = match by_row {
            Some(report) => Some(report),
            None => match record.reports_named(id)?.first() {
                Some(&row) => record.report(row)?,
                None => None,
            },
        };
        let Some(report) = report else { return Ok(None) };
        let lineage = record.lineage_of(report.row.id)?;
        Ok::<_, RecordError>(Some((report_detail(&report, &lineage), report_json(&report, &lineage))))
    })?;
    found(shown, "report", id)
}

fn found<T>(thing: Option<T>, what: &str, id: &str) -> Result<T> {
    match thing {
        Some(thing) => Ok(thing),
        None => bail!("the record has no {what} `{id}`\nhint: `dateline {what}s --record FILE` lists them"),
    }
}

/// The number in an id of the record: `e12`, `12`.
fn number(letter: char, id: &str) -> Option<i64> {
    id.strip_prefix(letter).unwrap_or(id).parse().ok().filter(|&number| number > 0)
}
