//! The table `statements`: one statement a row, with the words of each telling.

use crate::column::{Column, Kind, OfStatement, Value, column};
use crate::event::{ExportEvidence, ExportStatement};
use std::borrow::Cow;

const NEVER: &str = "always known";
const MISSING: &str = "missing";
const PART: &str = "missing in its place";

pub(crate) static COLUMNS: &[Column<OfStatement>] = &[
    column("id", Kind::Integer, "", "number of the statement in its record", NEVER, |statement| {
        Value::id(statement.id)
    }),
    column("speaker_id", Kind::Integer, "", "number of the speaker in the record", MISSING, |statement| {
        statement.speaker.as_ref().map_or(Value::Missing, |speaker| Value::id(speaker.id))
    }),
    column("speaker", Kind::Text, "", "who said it", MISSING, |statement| {
        statement.speaker.as_ref().map_or(Value::Missing, |speaker| Value::text(speaker.name.as_str()))
    }),
    column(
        "speaker_country",
        Kind::Text,
        "ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC",
        "the state the speaker belongs to",
        MISSING,
        |statement| Value::code(statement.speaker.as_ref().and_then(|speaker| speaker.country)),
    ),
    column(
        "speaker_sector",
        Kind::Text,
        "PLOVER 2.0",
        "the sector the speaker acts in",
        MISSING,
        |statement| Value::code(statement.speaker.as_ref().and_then(|speaker| speaker.sector)),
    ),
    column(
        "kind",
        Kind::Text,
        "direct, indirect, mixed",
        "the most literal form in which a report gives it",
        NEVER,
        |statement| Value::text(statement.kind.as_str()),
    ),
    column("n_reports", Kind::Integer, "reports", "how many reports give it", NEVER, |statement| {
        Value::Integer(statement.n_reports.into())
    }),
    column(
        "n_independent",
        Kind::Integer,
        "reports",
        "how many of them do not come from one another or from one origin",
        NEVER,
        |statement| Value::Integer(statement.n_independent.into()),
    ),
    column(
        "first_told",
        Kind::Day,
        "YYYY-MM-DD",
        "publication of the first report that gives it",
        MISSING,
        |statement| Value::day(statement.first_told),
    ),
    column("last_told", Kind::Day, "YYYY-MM-DD", "publication of the last", MISSING, |statement| {
        Value::day(statement.last_told)
    }),
    column("text", Kind::Texts, "", "what was said, as each report has it", NEVER, |statement| {
        shown(statement, |shown| Some(&shown.text))
    }),
    column("reports", Kind::Texts, "", "ids of those reports, as given", NEVER, |statement| {
        shown(statement, |shown| Some(&shown.report))
    }),
    column("outlets", Kind::Texts, "", "who published them", PART, |statement| {
        shown(statement, |shown| shown.outlet.as_deref())
    }),
    column("urls", Kind::Texts, "URL", "their addresses", PART, |statement| {
        shown(statement, |shown| shown.url.as_deref())
    }),
    column(
        "start",
        Kind::Integers,
        "code points",
        "first character of the words in each report's text",
        NEVER,
        |statement| {
            Value::Integers(
                statement
                    .evidence
                    .iter()
                    .map(|shown| i64::try_from(shown.start).unwrap_or(i64::MAX))
                    .collect(),
            )
        },
    ),
    column("end", Kind::Integers, "code points", "one past the last", NEVER, |statement| {
        Value::Integers(
            statement.evidence.iter().map(|shown| i64::try_from(shown.end).unwrap_or(i64::MAX)).collect(),
        )
    }),
];

fn shown<'a>(statement: &'a ExportStatement, part: fn(&'a ExportEvidence) -> Option<&'a str>) -> Value<'a> {
    Value::Texts(statement.evidence.iter().map(|evidence| part(evidence).map(Cow::Borrowed)).collect())
}
