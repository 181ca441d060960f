//! The tool `brief`: what the filters leave, in a few cited lines.
//!
//! Of the latest events that pass the filters those that matter most come first, by the same measure as on the page of
//! the situation; each with one telling of an independent report. Then where their reports differ.

use super::cite::{head, quote};
use crate::asked::Asked;
use crate::error::PageError;
use crate::importance::Importance;
use crate::words::headline;
use dateline_record::{EventDetail, EventRow, Filters, Record};
use dateline_rows::Row;
use serde_json::{Value, json};

/// Events that are weighed, the latest ones.
const WEIGHED: usize = 300;

/// The brief, for programs and as lines.
pub(super) fn brief(record: &mut Record, asked: &Asked) -> Result<(Value, String), PageError> {
    let filters = &asked.query.filters;
    let weighed = record.events(&Filters { limit: Some(WEIGHED), offset: 0, ..filters.clone() })?;
    let n_weighed = weighed.len();
    let mut weighed: Vec<(f64, EventRow)> =
        weighed.into_iter().map(|event| (importance(asked, &event), event)).collect();
    weighed.sort_by(|(one, event), (other, another)| other.total_cmp(one).then(event.id.cmp(&another.id)));
    let (mut lines, mut items, mut differences) = (Vec::new(), Vec::new(), Vec::new());
    for (_, row) in weighed.into_iter().skip(filters.offset).take(filters.limit.unwrap_or(usize::MAX)) {
        let Some(event) = record.event(row.id)? else { continue };
        let json = event.json();
        lines.push(format!("{}: {}", headline(&row), head(&json)));
        let told = telling(record, &event, &json)?;
        lines.extend(told.iter().map(|told| format!("  {}", quote(told))));
        for discrepancy in json["discrepancies"].as_array().into_iter().flatten() {
            let note = discrepancy["note"].as_str().unwrap_or_default();
            differences
                .push(json!({"about": discrepancy["about"], "note": note, "values": discrepancy["values"]}));
        }
        items.push(json!({
            "event": json["id"], "text": headline(&row), "status": json["status"], "date": json["date"], "n_reports": json["n_reports"],
            "independent_reports": json["independent_reports"], "path": format!("/event/e{}", row.id), "evidence": told,
        }));
    }
    if lines.is_empty() {
        lines.push("Nothing in the record fits.".to_owned());
    }
    if !differences.is_empty() {
        lines.push("Where reports differ:".to_owned());
    }
    lines.extend(differences.iter().map(|one| {
        let about = one["about"].as_str().unwrap_or_default();
        format!("  {about}: {}", crate::words::show(one["note"].as_str().unwrap_or_default()))
    }));
    if n_weighed == WEIGHED {
        lines.push(format!(
            "Weighed were the latest {WEIGHED} events that pass; narrow the filters for others."
        ));
    }
    Ok((json!({"lines": items, "discrepancies": differences, "weighed": n_weighed}), lines.join("\n")))
}

/// How much an event matters; what did not happen comes after what did.
fn importance(asked: &Asked, event: &EventRow) -> f64 {
    use dateline_link::Status::{Historical, Reported};
    let day = event.date.map(|date| date.from).or(event.first_told);
    let latest = asked.state.last_day.or(day);
    let age = day.zip(latest).and_then(|(day, latest)| Some(day.until(latest).ok()?.get_days().max(0)));
    let importance =
        Importance { n_independent: event.n_independent, age: age.unwrap_or(0), scale: event.scale() };
    let happened = matches!(event.status, Reported | Historical);
    if happened { importance.value() } else { -1.0 / (1.0 + importance.value()) }
}

/// The first telling of a report that is counted for itself, else the first.
fn telling(record: &mut Record, event: &EventDetail, json: &Value) -> Result<Option<Value>, PageError> {
    let mut first = 0;
    for (number, told) in event.evidence.iter().enumerate() {
        let report = record.report_row(told.quote.report)?;
        if report.is_some_and(|report| report.counted_as == report.id) {
            first = number;
            break;
        }
    }
    Ok(json["evidence"].get(first).cloned())
}
