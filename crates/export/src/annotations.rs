//! W3C Web Annotations: one JSON-LD object a line, for each sentence that tells an event.
//!
//! In:  an event and its evidence.
//! Out: an annotation whose body is the event and whose target is the sentence in its report, told twice: by its
//!      words with what stands around them (`TextQuoteSelector`), and by where it stands (`TextPositionSelector`).
//!
//! Positions count code points of the report's text as given, half-open, as the recommendation asks.
//!
//! ```text
//! {"@context":[…],"id":"urn:dateline:event:17:evidence:1","type":"Annotation","motivation":"describing",
//!  "body":[…],"target":{"source":"https://…","selector":[{"type":"TextQuoteSelector",…},{…}]}}
//! ```

use crate::column::{Column, Kind, OfTelling, Telling, Value, column, notes, object};
use crate::event::{ExportEvent, ExportParty};
use crate::format::{About, Part};
use crate::plover;
use crate::table::evidence::tellings;
use crate::text::json_line;
use crate::writer::LineFormat;
use serde_json::json;

pub(crate) const ABOUT: About = About {
    title: "W3C Web Annotations",
    shape: "JSON lines, UTF-8: one annotation (JSON-LD, `http://www.w3.org/ns/anno.jsonld`) a line for each sentence \
            that tells an event.",
    extension: "jsonl",
    losses: &[
        "Nothing of an event: the body holds it as in `plover`. An event without evidence has no annotation.",
        "They hold sentences of the reports: pass them on only where you may.",
    ],
};

pub(crate) const LINES: LineFormat = LineFormat {
    begin: |_| {},
    event: |event, left, line| {
        for telling in tellings(event) {
            left.written += 1;
            line.push_str(&json_line(&object(KEYS, |of| of(telling))));
            line.push('\n');
        }
    },
    end: "",
};

const NEVER: &str = "always known";

pub(crate) static KEYS: &[Column<OfTelling>] = &[
    column(
        "@context",
        Kind::Object,
        "",
        "the vocabulary of annotations, and `event`, ours, as a JSON literal",
        NEVER,
        |_| {
            Value::Object(json!([
                "http://www.w3.org/ns/anno.jsonld",
                {"event": {"@id": "urn:dateline:event", "@type": "@json"}},
            ]))
        },
    ),
    column(
        "id",
        Kind::Text,
        "URN",
        "event and sentence: `urn:dateline:event:17:evidence:1`",
        NEVER,
        |telling| {
            let shown = telling.event.evidence.iter().position(|shown| std::ptr::eq(shown, telling.evidence));
            Value::text(format!(
                "urn:dateline:event:{}:evidence:{}",
                telling.event.id,
                shown.unwrap_or(0) + 1
            ))
        },
    ),
    column("type", Kind::Text, "", "`Annotation`", NEVER, |_| Value::text("Annotation")),
    column("motivation", Kind::Text, "", "`describing`", NEVER, |_| Value::text("describing")),
    column(
        "body",
        Kind::Object,
        "list of two",
        "a line to read (`TextualBody`), and the event (`Dataset` with `event`, keys as in `plover` but for `evidence`)",
        NEVER,
        body,
    ),
    column(
        "target",
        Kind::Object,
        "",
        "`source`: the report's address, else `urn:dateline:report:ID`; `selector`: `TextQuoteSelector` {`exact`, `prefix`, `suffix`} and `TextPositionSelector` {`start`, `end`} in code points of the report's text",
        NEVER,
        target,
    ),
];

pub(crate) fn parts() -> Vec<Part> {
    vec![Part { title: "", notes: notes(KEYS) }]
}

fn body(telling: Telling<'_>) -> Value<'_> {
    let mut event = plover::to_json(telling.event);
    if let Some(keys) = event.as_object_mut() {
        keys.remove("evidence");
    }
    Value::Object(json!([
        {"type": "TextualBody", "format": "text/plain", "value": in_words(telling.event)},
        {"id": format!("urn:dateline:event:{}", telling.event.id), "type": "Dataset", "event": event},
    ]))
}

fn target(telling: Telling<'_>) -> Value<'_> {
    let shown = telling.evidence;
    let source =
        shown.url.clone().unwrap_or_else(|| format!("urn:dateline:report:{}", encoded(&shown.report)));
    Value::Object(json!({
        "source": source,
        "selector": [
            {"type": "TextQuoteSelector", "exact": shown.text, "prefix": shown.prefix, "suffix": shown.suffix},
            {"type": "TextPositionSelector", "start": shown.start, "end": shown.end},
        ],
    }))
}

/// `ASSAULT/drone: North Korea's army, Unit 7 → crew of the "Sea Wolf"`
fn in_words(event: &ExportEvent) -> String {
    let names = |parties: &[ExportParty]| {
        parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut words: String = event.event.to_string();
    event.modes.iter().for_each(|mode| words += &format!("/{mode}"));
    if let Some(aux) = event.aux() {
        words += &format!(" ({aux})");
    }
    if !event.actors.is_empty() {
        words += &format!(": {}", names(&event.actors));
    }
    if !event.recipients.is_empty() {
        words += &format!(" → {}", names(&event.recipients));
    }
    words
}

/// Percent-encoded but for the letters and signs that RFC 3986 leaves free.
fn encoded(id: &str) -> String {
    id.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::format::Format;
    use crate::sample::attack;
    use crate::writer::write_events;
    use serde_json::Value as Json;

    fn annotations() -> Vec<Json> {
        let mut bytes = Vec::new();
        write_events(Format::Annotations, [attack()], &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("text");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    #[test]
    fn each_sentence_is_quoted_and_placed() {
        let annotations = annotations();
        assert_eq!(annotations.len(), 2);
        insta::assert_snapshot!(serde_json::to_string_pretty(&annotations[0]["target"]).expect("JSON"), @r#"
        {
          "source": "https://harbour.example/1",
          "selector": [
            {
              "type": "TextQuoteSelector",
              "exact": "Two drones hit the depot at Marenko.",
              "prefix": "MARENKO, April 18 — ",
              "suffix": " The mayor said so."
            },
            {
              "type": "TextPositionSelector",
              "start": 20,
              "end": 62
            }
          ]
        }
        "#);
        assert_eq!(annotations[0]["id"], "urn:dateline:event:17:evidence:1");
        assert_eq!(
            annotations[0]["body"][0]["value"],
            "ASSAULT/drone/explosives: North Korea's army, Unit 7 → crew of the \"Sea Wolf\""
        );
        assert_eq!(annotations[0]["body"][1]["event"]["date"], "2022-04-17");
        assert_eq!(annotations[1]["id"], "urn:dateline:event:17:evidence:2");
        assert_eq!(annotations[1]["target"]["source"], "urn:dateline:report:valley%202");
    }
}
