#![doc = include_str!("../README.md")]

mod actor;
mod change;
mod day;
mod discrepancy;
mod event;
mod place;
mod report;
mod statement;

pub use change::ChangeRow;
pub use day::TimelineRow;
pub use event::detail as event_detail;
pub use report::{detail as report_detail, json as report_json};
pub use statement::detail as statement_detail;

use dateline_record::{PartyRow, Quote};
use dateline_text::visible;
use serde_json::{Value, json};

/// One row of an answer.
pub trait Row {
    /// Names of the columns in CSV.
    const COLUMNS: &'static [&'static str];
    /// Headings of a table.
    const HEADINGS: &'static [&'static str];

    /// One text a column.
    fn cells(&self) -> Vec<String>;

    /// One text a heading.
    fn shown(&self) -> Vec<String>;

    /// For programs.
    fn json(&self) -> Value;
}

/// On one line, with nothing that a terminal would obey.
pub fn plain(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The same, cut where it is long.
fn cut(text: &str, n_chars: usize) -> String {
    let text = plain(text);
    match text.char_indices().nth(n_chars) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// A value, or nothing where there is none.
fn or_empty(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// `Sung Kim, North Korea`, no more than a few.
fn names(parties: &[PartyRow]) -> String {
    const MOST: usize = 4;
    let mut names: Vec<String> = parties.iter().take(MOST).map(|party| plain(&party.name)).collect();
    if parties.len() > MOST {
        names.push(format!("{} more", parties.len() - MOST));
    }
    names.join(", ")
}

fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join("|")
}

/// `KOR/MIL`, `KOR`, nothing.
pub fn code_of(party: &PartyRow) -> String {
    let parts =
        [party.country.map(|country| country.to_string()), party.sector.map(|sector| sector.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

fn party_json(party: &PartyRow) -> Value {
    json!({
        "id": format!("a{}", party.id),
        "name": party.name,
        "kind": party.kind.as_str(),
        "country": party.country.map(|country| country.to_string()),
        "sector": party.sector.map(|sector| sector.as_str()),
    })
}

fn quote_json(quote: &Quote) -> Value {
    json!({"report": format!("r{}", quote.report), "start": quote.start, "end": quote.end, "text": quote.text})
}

fn quotes_json(quotes: &[Quote]) -> Vec<Value> {
    quotes.iter().map(quote_json).collect()
}

/// To two decimals: the figure claims no more.
fn hundredths(number: f32) -> f64 {
    (f64::from(number) * 100.0).round() / 100.0
}

/// To four decimals: a shared part of texts, or a place to ten metres.
fn ten_thousandths(number: f32) -> f64 {
    (f64::from(number) * 1e4).round() / 1e4
}
