//! The table `evidence`: one sentence that tells an event a row, with what is needed to find it again.

use crate::column::{Column, Kind, OfTelling, Telling, Value, column};
use crate::event::ExportEvent;

const NEVER: &str = "always known";
const MISSING: &str = "missing";

/// The sentences that tell an event.
pub(crate) fn tellings(event: &ExportEvent) -> impl Iterator<Item = Telling<'_>> {
    event.evidence.iter().map(move |evidence| Telling { event, evidence })
}

pub(crate) static COLUMNS: &[Column<OfTelling>] = &[
    column("event_id", Kind::Integer, "", "number of the event in its record", NEVER, |telling| {
        Value::id(telling.event.id)
    }),
    column("event", Kind::Text, "PLOVER 2.0", "what happened", NEVER, |telling| {
        Value::text(telling.event.event.as_str())
    }),
    column("report", Kind::Text, "", "id of the report, as given", NEVER, |telling| {
        Value::text(telling.evidence.report.as_str())
    }),
    column("outlet", Kind::Text, "", "who published it", MISSING, |telling| {
        Value::some(&telling.evidence.outlet)
    }),
    column("url", Kind::Text, "URL", "its address", MISSING, |telling| Value::some(&telling.evidence.url)),
    column("title", Kind::Text, "", "its title", MISSING, |telling| Value::some(&telling.evidence.title)),
    column(
        "published",
        Kind::Text,
        "ISO 8601",
        "when it was published, as exactly as it says",
        MISSING,
        |telling| Value::code(telling.evidence.published),
    ),
    column(
        "start",
        Kind::Integer,
        "code points",
        "first character of the sentence in the report's text",
        NEVER,
        |telling| Value::id(telling.evidence.start),
    ),
    column("end", Kind::Integer, "code points", "one past the last", NEVER, |telling| {
        Value::id(telling.evidence.end)
    }),
    column("text", Kind::Text, "", "the sentence", NEVER, |telling| {
        Value::text(telling.evidence.text.as_str())
    }),
    column("prefix", Kind::Text, "", "up to 32 characters before it", "empty at the beginning", |telling| {
        Value::text(telling.evidence.prefix.as_str())
    }),
    column("suffix", Kind::Text, "", "up to 32 characters after it", "empty at the end", |telling| {
        Value::text(telling.evidence.suffix.as_str())
    }),
    column("trigger", Kind::Text, "", "the words in it that evoke the event", MISSING, |telling| {
        Value::some(&telling.evidence.trigger)
    }),
    column("attributed_to", Kind::Text, "", "who says so", "missing: the report itself", |telling| {
        Value::some(&telling.evidence.attributed_to)
    }),
];
