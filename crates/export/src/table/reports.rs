//! The table `reports`: one report a row, also those from which nothing was coded.

use crate::column::{Column, Kind, OfReport, Value, column};

const NEVER: &str = "always known";
const MISSING: &str = "missing";

pub(crate) static COLUMNS: &[Column<OfReport>] = &[
    column("id", Kind::Text, "", "its id, as given", NEVER, |report| Value::text(report.id.as_str())),
    column("outlet", Kind::Text, "", "who published it", MISSING, |report| Value::some(&report.outlet)),
    column("url", Kind::Text, "URL", "its address", MISSING, |report| Value::some(&report.url)),
    column("title", Kind::Text, "", "its title", MISSING, |report| Value::some(&report.title)),
    column("byline", Kind::Text, "", "who wrote it, as printed", MISSING, |report| {
        Value::some(&report.byline)
    }),
    column(
        "published",
        Kind::Text,
        "ISO 8601",
        "when it was published, as exactly as it says",
        MISSING,
        |report| Value::code(report.published),
    ),
    column("language", Kind::Text, "ISO 639-1", "its language", MISSING, |report| {
        Value::some(&report.language)
    }),
    column(
        "source_group",
        Kind::Text,
        "",
        "id of the first report that it shares its origin with; its own where it is the first",
        NEVER,
        |report| Value::text(report.source_group.as_str()),
    ),
    column(
        "agency",
        Kind::Text,
        "",
        "the agency that it or a report of the same origin credits",
        MISSING,
        |report| Value::some(&report.agency),
    ),
    column("n_chars", Kind::Integer, "code points", "length of its text", NEVER, |report| {
        Value::id(report.n_chars)
    }),
    column("n_events", Kind::Integer, "events", "how many events it tells", NEVER, |report| {
        Value::Integer(report.n_events.into())
    }),
    column("uncoded", Kind::Text, "", "why nothing was coded from it", "missing: it was coded", |report| {
        Value::some(&report.uncoded)
    }),
];
