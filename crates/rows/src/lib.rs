#![doc = include_str!("../README.md")]

mod actor;
mod change;
mod correction;
mod day;
mod discrepancy;
mod event;
mod place;
mod report;
mod statement;

pub use change::ChangeRow;
pub use correction::what as correction_in_words;
pub use day::TimelineRow;
pub use event::detail as event_detail;
pub use report::{detail as report_detail, json as report_json};
pub use statement::detail as statement_detail;

use dateline_record::{PartyRow, Quote};
use dateline_text::visible;
use serde_json::{Value, json};

/// What the cells of a column hold; an empty one, that it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, a code, an id, or a list of them joined by `|`.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A day, ISO 8601.
    Day,
}

/// One row of an answer.
pub trait Row {
    /// Names of the columns in CSV.
    const COLUMNS: &'static [&'static str];
    /// Headings of a table.
    const HEADINGS: &'static [&'static str];
    /// The columns that hold something else than text.
    const TYPED: &'static [(&'static str, Kind)] = &[];

    /// The columns with what each holds.
    fn columns() -> impl Iterator<Item = (&'static str, Kind)> {
        let kind =
            |name| Self::TYPED.iter().find(|(typed, _)| *typed == name).map_or(Kind::Text, |typed| typed.1);
        Self::COLUMNS.iter().map(move |&name| (name, kind(name)))
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_record::{
        ActorRow, CorrectionRow, DiscrepancyRow, EventDetail, EventRow, PlaceCount, ReportRow,
        StatementDetail, StatementRow, Tension,
    };

    #[test]
    fn typed_columns_are_columns() {
        #[track_caller]
        fn check<T: Row>(n_typed: usize) {
            assert_eq!(T::columns().count(), T::COLUMNS.len());
            let typed = T::columns().filter(|(_, kind)| *kind != Kind::Text).count();
            assert_eq!((typed, T::TYPED.len()), (n_typed, n_typed));
        }
        check::<EventRow>(11);
        check::<EventDetail>(11);
        check::<TimelineRow>(11);
        check::<StatementRow>(4);
        check::<StatementDetail>(4);
        check::<ActorRow>(2);
        check::<PlaceCount>(4);
        check::<ReportRow>(3);
        check::<Tension>(6);
        check::<DiscrepancyRow>(0);
        check::<ChangeRow>(0);
        check::<CorrectionRow>(1);
    }
}
