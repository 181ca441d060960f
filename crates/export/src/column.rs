//! A column of a format: its name, what it means, and the function that fills it.
//!
//! In:  an event (a telling, a report, …) and a column.
//! Out: a [`Value`], which each format spells in its own way.
//!
//! The table of columns is the one source of a format: the writer goes through it for each row, the data dictionary
//! prints it.
//!
//! ```text
//! column("Event Date", Kind::Day, "day", "when it happened", "empty", |event| …)
//! ```

use crate::event::{ExportEvent, ExportEvidence, ExportParty, ExportPlace, ExportReport, ExportStatement};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// What a dictionary says of a column.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// As the format spells it.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Unit, range or code list; empty where the kind says all.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What stands there where it is not known, and why.
    pub unknown: &'static str,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words or a code.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A calendar day.
    Day,
    /// A list of words or codes.
    Texts,
    /// A list of whole numbers.
    Integers,
    /// An object or a list of objects of JSON.
    Object,
}

impl Kind {
    /// In a word or two.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Day => "day",
            Kind::Texts => "list of texts",
            Kind::Integers => "list of integers",
            Kind::Object => "object",
        }
    }
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Not known.
    Missing,
    Text(Cow<'a, str>),
    Integer(i64),
    /// With so many decimal places at most.
    Number(f64, u8),
    Day(Date),
    /// `None` keeps the place of an unknown one.
    Texts(Vec<Option<Cow<'a, str>>>),
    Integers(Vec<i64>),
    Object(Json),
}

impl<'a> Value<'a> {
    /// Words, or that there are none.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Value<'a> {
        Value::Text(text.into())
    }

    /// Words where there are some.
    pub fn some(text: &'a Option<String>) -> Value<'a> {
        text.as_deref().map_or(Value::Missing, Value::text)
    }

    /// A code where there is one.
    pub fn code(code: Option<impl ToString>) -> Value<'a> {
        code.map_or(Value::Missing, |code| Value::Text(Cow::Owned(code.to_string())))
    }

    /// A number where there is one.
    pub fn integer(number: Option<u32>) -> Value<'a> {
        number.map_or(Value::Missing, |number| Value::Integer(number.into()))
    }

    /// A number of the record.
    pub fn id(id: u64) -> Value<'a> {
        Value::Integer(i64::try_from(id).unwrap_or(i64::MAX))
    }

    /// A day where there is one.
    pub fn day(day: Option<Date>) -> Value<'a> {
        day.map_or(Value::Missing, Value::Day)
    }

    /// Words, each known.
    pub fn texts<T: Into<Cow<'a, str>>>(texts: impl IntoIterator<Item = T>) -> Value<'a> {
        Value::Texts(texts.into_iter().map(|text| Some(text.into())).collect())
    }

    /// Whether it may stand in a column of this kind.
    #[cfg(test)]
    pub fn fits(&self, kind: Kind) -> bool {
        match self {
            Value::Missing => true,
            Value::Text(_) => kind == Kind::Text,
            Value::Integer(_) => kind == Kind::Integer,
            Value::Number(..) => kind == Kind::Number,
            Value::Day(_) => kind == Kind::Day,
            Value::Texts(_) => kind == Kind::Texts,
            Value::Integers(_) => kind == Kind::Integers,
            Value::Object(_) => kind == Kind::Object,
        }
    }

    /// As JSON; days in ISO 8601.
    pub fn into_json(self) -> Json {
        match self {
            Value::Missing => Json::Null,
            Value::Text(text) => Json::from(text.into_owned()),
            Value::Integer(number) => Json::from(number),
            Value::Number(number, places) => Json::from(rounded(number, places)),
            Value::Day(day) => Json::from(day.to_string()),
            Value::Texts(texts) => {
                texts.into_iter().map(|text| text.map_or(Json::Null, |text| Json::from(&*text))).collect()
            }
            Value::Integers(numbers) => numbers.into_iter().collect(),
            Value::Object(object) => object,
        }
    }
}

/// A number to so many decimal places: more would suggest more than is known.
pub(crate) fn rounded(number: f64, places: u8) -> f64 {
    let factor = 10f64.powi(places.into());
    let rounded = (number * factor).round() / factor;
    // No minus before a zero.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// A column and how it is filled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<F> {
    pub note: Note,
    pub value: F,
}

/// Fills a column from an event.
pub(crate) type OfEvent = for<'a> fn(&'a ExportEvent) -> Value<'a>;
/// Fills a column from one telling of an event.
pub(crate) type OfTelling = for<'a> fn(Telling<'a>) -> Value<'a>;
/// Fills a key from an actor or recipient.
pub(crate) type OfParty = for<'a> fn(&'a ExportParty) -> Value<'a>;
/// Fills a key from a place.
pub(crate) type OfPlace = for<'a> fn(&'a ExportPlace) -> Value<'a>;
/// Fills a key from a sentence of a report.
pub(crate) type OfEvidence = for<'a> fn(&'a ExportEvidence) -> Value<'a>;
/// Fills a column from a report.
pub(crate) type OfReport = for<'a> fn(&'a ExportReport) -> Value<'a>;
/// Fills a column from a statement.
pub(crate) type OfStatement = for<'a> fn(&'a ExportStatement) -> Value<'a>;

/// One sentence that tells an event, with the event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling<'a> {
    pub event: &'a ExportEvent,
    pub evidence: &'a ExportEvidence,
}

/// A column, its parts in the order of the dictionary.
pub(crate) const fn column<F: Copy>(
    name: &'static str,
    kind: Kind,
    unit: &'static str,
    meaning: &'static str,
    unknown: &'static str,
    value: F,
) -> Column<F> {
    Column { note: Note { name, kind, unit, meaning, unknown }, value }
}

/// The notes of some columns.
pub(crate) fn notes<F>(columns: &'static [Column<F>]) -> Vec<&'static Note> {
    columns.iter().map(|column| &column.note).collect()
}

/// An object whose keys are the columns, unknown ones `null`, so that each has the same keys.
pub(crate) fn object<'a, F>(columns: &[Column<F>], value: impl Fn(&F) -> Value<'a>) -> Json {
    let keys: Map<String, Json> = columns
        .iter()
        .map(|column| (column.note.name.to_owned(), value(&column.value).into_json()))
        .collect();
    Json::Object(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_without_a_negative_zero() {
        for (number, places, expected) in
            [(0.8304, 2, "0.83"), (-0.001, 1, "0.0"), (-9.5, 1, "-9.5"), (37.566_666, 4, "37.5667")]
        {
            assert_eq!(Value::Number(number, places).into_json().to_string(), expected, "{number}");
        }
    }
}
