//! What can be asked: every parameter with what it may be, what it does and an example.
//!
//! How a value is read is in [`crate::query`]; here is which operation takes what.

use super::shapes::Shape;
use dateline_link::Status;
use dateline_plover::{Context, QuadClass};
use serde_json::{Value, json};

/// One parameter of a query.
pub(crate) struct Parameter {
    pub name: &'static str,
    pub shape: Shape,
    pub meaning: &'static str,
    /// A value of it that makes sense in any record.
    pub example: &'static str,
    pub is_required: bool,
}

impl Parameter {
    /// As JSON Schema.
    pub fn schema(&self) -> Value {
        match self.name {
            "limit" => {
                json!({"type": "integer", "minimum": 1, "maximum": super::MAX_ITEMS, "default": crate::query::ROWS})
            }
            "offset" => {
                json!({"type": "integer", "minimum": 0, "maximum": crate::query::MAX_OFFSET, "default": 0})
            }
            "min_independent" => json!({"type": "integer", "minimum": 0}),
            _ => self.shape.schema(),
        }
    }
}

const fn any(name: &'static str, shape: Shape, meaning: &'static str, example: &'static str) -> Parameter {
    Parameter { name, shape, meaning, example, is_required: false }
}

const fn must(name: &'static str, shape: Shape, meaning: &'static str, example: &'static str) -> Parameter {
    Parameter { is_required: true, ..any(name, shape, meaning, example) }
}

static TEXT: Parameter = any(
    "text",
    Shape::Text,
    "told by a report with these words: all of them, \"a phrase\", begin*, -without",
    "minister",
);
static WORDS: Parameter =
    must("text", Shape::Text, "words to look for: all of them, \"a phrase\", begin*, -without", "minister");
static ACTOR: Parameter = any(
    "actor",
    Shape::Text,
    "who acts, or speaks: a country (KOR, South Korea), a sector of it (KOR/MIL), a number of this record (a12) or \
     part of a name",
    "KOR",
);
static RECIPIENT: Parameter = any("recipient", Shape::Text, "to whom; as actor", "PRK");
static DYAD: Parameter =
    any("dyad", Shape::Text, "two sides with a comma between them, whoever of them acts", "KOR,PRK");
static EVENT: Parameter = any(
    "event",
    Shape::Text,
    "PLOVER type, or type and mode (ASSAULT/drone); several are joined by commas",
    "CONSULT,ASSAULT/drone",
);
static QUAD: Parameter = any(
    "quad",
    Shape::Word(|| {
        let words = QuadClass::ALL.iter().map(|quad| quad.as_str());
        ["1", "2", "3", "4"].into_iter().chain(words).collect()
    }),
    "quadrant, by number or in words",
    "4",
);
static CONTEXT: Parameter = any(
    "context",
    Shape::Word(|| Context::ALL.iter().map(|context| context.as_str()).collect()),
    "what it is about",
    "military",
);
static COUNTRY: Parameter =
    any("country", Shape::Text, "country of the place; of actors and speakers, their country", "KOR");
static PLACE: Parameter =
    any("place", Shape::Text, "the place: its name, or its number in this record (p12)", "Seoul");
static FROM: Parameter = any(
    "from",
    Shape::Day,
    "from this day on; of reports and statements, published on it or later",
    "2022-04-01",
);
static TO: Parameter = any(
    "to",
    Shape::Day,
    "up to this day; of reports and statements, published on it or earlier",
    "2023-12-31",
);
static MIN_INDEPENDENT: Parameter =
    any("min_independent", Shape::Integer, "told by so many independent reports", "2");
static STATUS: Parameter = any(
    "status",
    Shape::Word(|| Status::ALL.iter().map(|status| status.as_str()).collect()),
    "whether it happened, by most reports",
    "reported",
);
static LIMIT: Parameter = any("limit", Shape::Integer, "items at most", "20");
static OFFSET: Parameter = any("offset", Shape::Integer, "items passed over", "1");
static BEFORE: Parameter =
    must("before", Shape::Day, "what was known by the evening of this day is left out", "2022-04-17");
static AFTER: Parameter =
    must("after", Shape::Day, "what was known by the evening of this day is given", "2023-05-04");

/// Which events.
pub(crate) static OF_EVENTS: [&Parameter; 15] = [
    &TEXT,
    &ACTOR,
    &RECIPIENT,
    &DYAD,
    &EVENT,
    &QUAD,
    &CONTEXT,
    &COUNTRY,
    &PLACE,
    &FROM,
    &TO,
    &MIN_INDEPENDENT,
    &STATUS,
    &LIMIT,
    &OFFSET,
];
/// Which reports with some words.
pub(crate) static OF_SEARCH: [&Parameter; 15] = [
    &WORDS,
    &ACTOR,
    &RECIPIENT,
    &DYAD,
    &EVENT,
    &QUAD,
    &CONTEXT,
    &COUNTRY,
    &PLACE,
    &FROM,
    &TO,
    &MIN_INDEPENDENT,
    &STATUS,
    &LIMIT,
    &OFFSET,
];
/// Which statements.
pub(crate) static OF_STATEMENTS: [&Parameter; 8] =
    [&TEXT, &ACTOR, &COUNTRY, &FROM, &TO, &MIN_INDEPENDENT, &LIMIT, &OFFSET];
/// Which actors.
pub(crate) static OF_ACTORS: [&Parameter; 4] = [&ACTOR, &COUNTRY, &LIMIT, &OFFSET];
/// Between which days.
pub(crate) static OF_DIFF: [&Parameter; 4] = [&BEFORE, &AFTER, &LIMIT, &OFFSET];
/// Of the evidence of one event.
pub(crate) static OF_PAGES: [&Parameter; 2] = [&LIMIT, &OFFSET];
/// Of one thing.
pub(crate) static NONE: [&Parameter; 0] = [];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_can_be_asked_for() {
        let names: Vec<&str> = OF_EVENTS.iter().map(|parameter| parameter.name).collect();
        assert_eq!(names[..13], crate::query::NAMES);
        assert_eq!(names[13..], ["limit", "offset"]);
    }
}
