//! Discrepancies as blocks: what differs, each value with who holds it since when, and what was taken back.

use crate::error::PageError;
use crate::words::{cut, headline, n_of, short_day, time};
use dateline_record::{AboutRow, DiscrepancyRow, Record};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Reports that are named for a value before the others are only counted.
const HOLDERS: usize = 4;

/// Names of the outlets of the reports that rows quote, by report.
pub(crate) fn outlets(
    record: &mut Record,
    rows: &[DiscrepancyRow],
) -> Result<BTreeMap<i64, String>, PageError> {
    let mut names = BTreeMap::new();
    for quote in rows.iter().flat_map(|row| &row.values).flat_map(|value| value.evidence.iter().take(HOLDERS))
    {
        if !names.contains_key(&quote.report)
            && let Some(report) = record.report_row(quote.report)?
        {
            names.insert(quote.report, cut(report.outlet.as_deref().unwrap_or(&report.name), 40));
        }
    }
    Ok(names)
}

/// What a discrepancy is about, as a link in words.
pub(crate) fn about(record: &mut Record, about: AboutRow) -> Result<Markup, PageError> {
    Ok(match about {
        AboutRow::Event(id) => {
            let words =
                record.event_row(id)?.map_or_else(|| format!("event e{id}"), |event| headline(&event));
            html! { a href=(format!("/event/e{id}")) { (words) } }
        }
        AboutRow::Actor(id) => {
            let words = record
                .actor_row(id)?
                .map_or_else(|| format!("actor a{id}"), |actor| cut(&actor.party.name, 80));
            html! { a href=(format!("/actor/a{id}")) { (words) } }
        }
        AboutRow::Statement(id) => {
            let first = record.statement_row(id)?.and_then(|statement| statement.first);
            let words = first
                .map_or_else(|| format!("statement s{id}"), |quote| format!("“{}”", cut(&quote.text, 120)));
            html! { a href=(format!("/statement/s{id}")) { (words) } }
        }
    })
}

/// The values of a discrepancy.
pub(crate) fn values(row: &DiscrepancyRow, outlets: &BTreeMap<i64, String>) -> Markup {
    html! {
        table.differing {
            thead { tr { th scope="col" { "Value" } th scope="col" { "Since" } th scope="col" { "Given by" } } }
            tbody {
                @for value in &row.values {
                    tr {
                        th scope="row" { (cut(&value.value, 140)) }
                        td { @match value.since { Some(day) => time datetime=(day) { (short_day(day)) }, None => span.faint { "no day" } } }
                        td {
                            (n_of(value.n_reports.into(), "report", "reports"))
                            @for (number, quote) in value.evidence.iter().take(HOLDERS).enumerate() {
                                @if number == 0 { ": " } @else { ", " }
                                a href=(format!("/report/r{}#c{}", quote.report, quote.start)) title=(cut(&quote.text, 160)) {
                                    @match outlets.get(&quote.report) { Some(name) => (name), None => { "r" (quote.report) } }
                                }
                            }
                            @for corrected in &value.corrected {
                                p.withdrawn {
                                    "Taken back"
                                    @if let Some(outlet) = &corrected.outlet { " by " (cut(outlet, 40)) }
                                    @if let Some(day) = corrected.day { " on " (time(day)) }
                                    ": " a href=(format!("/report/r{}", corrected.by)) {
                                        @if corrected.how.as_str() == "note" { "a note says so" } @else { "a later version" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Discrepancies beside what they are about: what differs, and the values.
pub(crate) fn beside(rows: &[DiscrepancyRow], outlets: &BTreeMap<i64, String>) -> Markup {
    html! {
        @for row in rows {
            p.differs { (cut(&row.note, 300)) }
            (values(row, outlets))
        }
    }
}
