//! `/tension`: the pairs of countries with most events of the last four weeks, and which way each goes.
//!
//! As of the last day of the record, or of `to`. Looked through are the latest [`LOOKED_THROUGH`] events that pass the filters.

use crate::asked::Asked;
use crate::charts::sparkline;
use crate::error::PageError;
use crate::form;
use crate::layout::Page;
use crate::lists;
use crate::trends::{Direction, DyadTrend, first_day, main_dyads};
use crate::words::{code, country_name, day_in_words, days, headline, n_of, signed, thousands};
use dateline_record::{EventRow, Filters, Record};
use dateline_rows::{Kind, Row};
use maud::{Markup, html};
use serde_json::{Value, json};

/// Events that are looked through.
const LOOKED_THROUGH: usize = 6000;
/// Pairs shown.
const DYADS: usize = 24;

/// A pair with the event that moves it most.
pub(crate) struct DyadRow {
    trend: DyadTrend,
    reason: EventRow,
}

impl Row for DyadRow {
    const COLUMNS: &'static [&'static str] =
        &["a", "b", "events", "recent_mean", "mean_before", "direction", "reason"];
    const HEADINGS: &'static [&'static str] = Self::COLUMNS;
    const TYPED: &'static [(&'static str, Kind)] =
        &[("events", Kind::Integer), ("recent_mean", Kind::Number), ("mean_before", Kind::Number)];

    fn cells(&self) -> Vec<String> {
        let mean = |mean: Option<f64>| mean.map_or(String::new(), |mean| tenths(mean).to_string());
        vec![
            self.trend.sides.0.to_string(),
            self.trend.sides.1.to_string(),
            self.trend.n_events.to_string(),
            mean(self.trend.recent),
            mean(self.trend.before),
            direction(self.trend.direction).to_owned(),
            format!("e{}", self.reason.id),
        ]
    }

    fn shown(&self) -> Vec<String> {
        self.cells()
    }

    fn json(&self) -> Value {
        json!({
            "a": self.trend.sides.0.to_string(),
            "b": self.trend.sides.1.to_string(),
            "events": self.trend.n_events,
            "recent_mean": self.trend.recent.map(tenths),
            "mean_before": self.trend.before.map(tenths),
            "direction": direction(self.trend.direction),
            "reason": format!("e{}", self.reason.id),
        })
    }
}

fn tenths(mean: f64) -> f64 {
    (mean * 10.0).round() / 10.0
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => "rising",
        Direction::Falling => "falling",
        Direction::Steady => "steady",
        Direction::Unknown => "unknown",
    }
}

/// The rows, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<DyadRow>, PageError> {
    let Some(latest) = asked.state.last_day.or(asked.query.filters.to) else { return Ok(Vec::new()) };
    let latest = asked.query.filters.to.map_or(latest, |to| to.min(latest));
    let filters = Filters {
        from: Some(asked.query.filters.from.map_or(first_day(latest), |from| from.max(first_day(latest)))),
        to: Some(latest),
        limit: Some(LOOKED_THROUGH),
        offset: 0,
        ..asked.query.filters.clone()
    };
    let outlines = record.outlines(&filters)?;
    let mut rows = Vec::new();
    for trend in main_dyads(&outlines, latest, DYADS) {
        if let Some(reason) = record.event_row(trend.reason)? {
            rows.push(DyadRow { trend, reason });
        }
    }
    Ok(rows)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let rows = rows(record, asked)?;
    let latest = asked.query.filters.to.or(asked.state.last_day);
    let n = |wanted: Direction| rows.iter().filter(|row| row.trend.direction == wanted).count() as u64;
    let (rising, falling) = (n(Direction::Rising), n(Direction::Falling));
    let opening = format!(
        "{}: tension rising for {}, falling for {}.",
        n_of(rows.len() as u64, "pair of countries", "pairs of countries"),
        thousands(rising),
        thousands(falling),
    );
    let body = html! {
        header.page-head {
            @if let Some(latest) = latest { p.kicker { "As of " (day_in_words(latest)) } }
            h1 { "Tension" }
            @if !rows.is_empty() { p.lede { (opening) } }
        }
        p.note { a href="/dyad" { "Any two sides" } ", also of names and sectors" }
        (form::filters(asked))
        @if rows.is_empty() {
            (lists::nothing("pairs of countries with events of the last four weeks", asked.query.has_filters(), &asked.path))
        } @else {
            ol.dyads.dyad-grid { @for row in &rows { li.item { (pair(row)) } } }
            (as_table(&rows))
            details.explain {
                summary { "How this is worked out" }
                p { "Tension is rising where the mean score of the last 7 days is lower by 1 or more than that of the 21 days before, falling where it \
                     is higher by as much, else steady. With fewer than 2 events on either side nothing is said. Each line shows the mean of each of 28 days, +10 \
                     above and −10 below. Countries take part through whoever belongs to them. " a href="/method#tension" { "The formula" } }
            }
        }
    };
    Ok(Page {
        title: "Tension".to_owned(),
        summary: opening,
        section: "/tension",
        data: vec![
            ("JSON", format!("/tension.json{}", asked.query.address())),
            ("CSV", format!("/tension.csv{}", asked.query.address())),
        ],
        body,
    })
}

fn address(trend: &DyadTrend) -> String {
    format!("/dyad?a={}&b={}", trend.sides.0, trend.sides.1)
}

fn mean_in_words(mean: Option<f64>) -> String {
    mean.map_or("none".to_owned(), |mean| signed(tenths(mean) as f32))
}

fn pair(row: &DyadRow) -> Markup {
    let DyadRow { trend, reason } = row;
    let sign = match trend.direction {
        Direction::Rising => "▲ Rising",
        Direction::Falling => "▼ Falling",
        Direction::Steady => "▶ Steady",
        Direction::Unknown => "· Too few to say",
    };
    html! {
        p.dyad-head {
            span.item-head { a href=(address(trend)) { (country_name(trend.sides.0)) " – " (country_name(trend.sides.1)) } }
            (sparkline(&trend.means))
        }
        p.dyad-trend.(direction(trend.direction)) {
            (sign) ": mean " (mean_in_words(trend.recent)) " in the last 7 days, " (mean_in_words(trend.before)) " before; "
            (n_of(trend.n_events as u64, "event", "events"))
        }
        p.dyad-reason {
            @if matches!(trend.direction, Direction::Rising | Direction::Falling) { "Most by: " } @else { "Gravest: " }
            a href=(format!("/event/e{}", reason.id)) { (headline(reason)) }
            ", " (days(reason.date)) " (" (code(reason)) ", " (signed(reason.scale())) ")."
        }
    }
}

fn as_table(rows: &[DyadRow]) -> Markup {
    html! {
        details.explain {
            summary { "The same as a table" }
            table {
                thead { tr { th scope="col" { "Pair" } th scope="col" { "Tension" } th.number scope="col" { "Last 7 days" } th.number scope="col" { "21 days before" } th.number scope="col" { "Events" } } }
                tbody {
                    @for row in rows {
                        tr {
                            td { a href=(address(&row.trend)) { (country_name(row.trend.sides.0)) " – " (country_name(row.trend.sides.1)) } }
                            td { (direction(row.trend.direction)) }
                            td.number { (mean_in_words(row.trend.recent)) }
                            td.number { (mean_in_words(row.trend.before)) }
                            td.number { (row.trend.n_events) }
                        }
                    }
                }
            }
        }
    }
}
