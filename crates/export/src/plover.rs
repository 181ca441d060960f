//! PLOVER JSON: one event a line, with everything that is known of it.
//!
//! In:  an event.
//! Out: one JSON object on one line, keys as the PLOVER manual 2.0 (chapter 6) names them with underscores, and our
//!      own beside them.
//!
//! Of each event there is one record with one type: the manual allows several in one only for the same actor and
//! recipient, and few readers expect it.
//!
//! ```text
//! {"id":"17","date":"2022-04-17","enddate":null,"actor":[{"code":"PRK","sector":"MIL",…}],…,"event":["ASSAULT"],…}
//! ```

use crate::column::{Column, Kind, OfEvent, OfEvidence, OfParty, OfPlace, Value, column, notes, object};
use crate::event::ExportEvent;
use crate::format::{About, Part};
use crate::text::json_line;
use crate::writer::LineFormat;
use dateline_resolve::PlaceKind;
use serde_json::{Value as Json, json};

pub(crate) const ABOUT: About = About {
    title: "PLOVER JSON",
    shape: "JSON lines, UTF-8: one event a line, always with the same keys, `null` where something is not known.",
    extension: "jsonl",
    losses: &[
        "`date` is `null` where no report tells the day, though the manual asks for one: readers that need a day \
         pass over such lines.",
        "`text` and `evidence` hold sentences of the reports: pass them on only where you may.",
    ],
};

pub(crate) const LINES: LineFormat = LineFormat {
    begin: |_| {},
    event: |event, left, line| {
        left.written += 1;
        left.events_without_day += u64::from(event.date.is_none());
        left.dayless_are_written = true;
        line.push_str(&json_line(&to_json(event)));
        line.push('\n');
    },
    end: "",
};

/// The event as PLOVER JSON.
pub(crate) fn to_json(event: &ExportEvent) -> Json {
    object(EVENT, |of| of(event))
}

/// What this program calls itself.
pub(crate) const CODER: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));

const NEVER: &str = "always known";
const NULL: &str = "`null`";

pub(crate) static EVENT: &[Column<OfEvent>] = &[
    column("id", Kind::Text, "", "number of the event in its record", NEVER, |event| {
        Value::text(event.id.to_string())
    }),
    column(
        "date",
        Kind::Day,
        "YYYY-MM-DD",
        "first day on which it happened, as most reports say",
        NULL,
        |event| Value::day(event.date.map(|days| days.from)),
    ),
    column(
        "enddate",
        Kind::Day,
        "YYYY-MM-DD",
        "last day, where it is another than the first",
        NULL,
        |event| Value::day(event.date.filter(|days| days.from != days.to).map(|days| days.to)),
    ),
    column("actor", Kind::Object, "list of entities", "who", "empty list", |event| {
        Value::Object(event.actors.iter().map(|party| object(ENTITY, |of| of(party))).collect())
    }),
    column("recipient", Kind::Object, "list of entities", "to whom", "empty list", |event| {
        Value::Object(event.recipients.iter().map(|party| object(ENTITY, |of| of(party))).collect())
    }),
    column("event", Kind::Texts, "PLOVER 2.0", "event type, always one", NEVER, |event| {
        Value::texts([event.event.as_str()])
    }),
    column("mode", Kind::Texts, "PLOVER 2.0", "how it happened", "empty list", |event| {
        Value::texts(event.modes.iter().map(|mode| mode.as_str()))
    }),
    column("context", Kind::Texts, "PLOVER 2.0", "what it is about", "empty list", |event| {
        Value::texts(event.contexts.iter().map(|context| context.as_str()))
    }),
    column(
        "quad_code",
        Kind::Integer,
        "1 to 4",
        "verbal cooperation, material cooperation, verbal conflict, material conflict",
        NEVER,
        |event| Value::Integer(event.quad().code().into()),
    ),
    column(
        "event_scale",
        Kind::Number,
        "-10 (conflict) to 10",
        "PLOVER's score of the type with its first mode",
        NEVER,
        |event| Value::Number(event.scale().into(), 1),
    ),
    column("event_loc", Kind::Object, "location", "where it happened", NULL, |event| {
        event.place.as_ref().map_or(Value::Missing, |place| Value::Object(object(LOCATION, |of| of(place))))
    }),
    column(
        "event_text",
        Kind::Texts,
        "",
        "the words that evoke the event, one for each sentence that tells it",
        "empty list",
        |event| Value::texts(event.evidence.iter().filter_map(|shown| shown.trigger.as_deref())),
    ),
    column(
        "size",
        Kind::Object,
        "people",
        "`dead`, `injured`, `arrested`, as most reports say",
        "each `null`",
        |event| {
            let sizes = event.sizes;
            Value::Object(json!({"dead": sizes.dead, "injured": sizes.injured, "arrested": sizes.arrested}))
        },
    ),
    column(
        "text",
        Kind::Text,
        "",
        "the first sentence that tells it, exactly as the report has it",
        NULL,
        |event| event.evidence.first().map_or(Value::Missing, |shown| Value::text(shown.text.as_str())),
    ),
    column(
        "text_info",
        Kind::Object,
        "code points",
        "`start` and `end` of `text` in the report's text, half-open",
        NULL,
        |event| {
            event.evidence.first().map_or(Value::Missing, |shown| {
                Value::Object(json!({"start": shown.start, "end": shown.end}))
            })
        },
    ),
    column(
        "cite_info",
        Kind::Object,
        "",
        "`citation` (the report's id), `publication`, `title`, `url` of the report of `text`; `coder`, `codebook`, `version`",
        NULL,
        |event| {
            event.evidence.first().map_or(Value::Missing, |shown| {
            Value::Object(json!({
                "citation": shown.report, "publication": shown.outlet, "title": shown.title, "url": shown.url,
                "coder": CODER, "codebook": "PLOVER", "version": "2.0",
            }))
        })
        },
    ),
    column("link", Kind::Text, "URL", "address of the report of `text`", NULL, |event| {
        event.evidence.first().map_or(Value::Missing, |shown| Value::some(&shown.url))
    }),
    column("coder", Kind::Text, "", "name and version of the program", NEVER, |_| Value::text(CODER)),
    column(
        "aux",
        Kind::Texts,
        "historical, future, hypothetical, negation",
        "ours: PLOVER's auxiliary modes; an event with one of the last three does not count as having happened",
        "empty list",
        |event| Value::texts(event.aux().map(|aux| aux.as_str())),
    ),
    column(
        "status",
        Kind::Text,
        "reported, planned, denied, hypothetical, historical",
        "ours: the same in one word",
        NEVER,
        |event| Value::text(event.status.as_str()),
    ),
    column("n_reports", Kind::Integer, "reports", "ours: how many reports tell it", NEVER, |event| {
        Value::Integer(event.n_reports.into())
    }),
    column(
        "n_independent",
        Kind::Integer,
        "reports",
        "ours: how many of them do not come from one another or from one origin",
        NEVER,
        |event| Value::Integer(event.n_independent.into()),
    ),
    column(
        "first_told",
        Kind::Day,
        "YYYY-MM-DD",
        "ours: publication of the first report that tells it",
        NULL,
        |event| Value::day(event.first_told),
    ),
    column("last_told", Kind::Day, "YYYY-MM-DD", "ours: publication of the last", NULL, |event| {
        Value::day(event.last_told)
    }),
    column(
        "confidence",
        Kind::Number,
        "0 to 1",
        "ours: probability that type, actor and recipient are right, of the surest telling",
        NEVER,
        |event| Value::Number(event.confidence.into(), 3),
    ),
    column(
        "evidence",
        Kind::Object,
        "list of evidence",
        "ours: every sentence that tells it",
        "empty list",
        |event| Value::Object(event.evidence.iter().map(|shown| object(EVIDENCE, |of| of(shown))).collect()),
    ),
];

static ENTITY: &[Column<OfParty>] = &[
    column(
        "code",
        Kind::Text,
        "ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC",
        "the state it belongs to",
        NULL,
        |party| Value::code(party.country),
    ),
    column("sector", Kind::Text, "PLOVER 2.0", "the sector it acts in", NULL, |party| {
        Value::code(party.sector)
    }),
    column("entity_text", Kind::Text, "", "as the report prints it, else its name", NEVER, |party| {
        Value::text(party.text.as_deref().unwrap_or(&party.name))
    }),
    column("identifier_id", Kind::Text, "Wikidata", "not known to this program", NULL, |_| Value::Missing),
    column("identifier_text", Kind::Text, "", "its name in the record", NEVER, |party| {
        Value::text(party.name.as_str())
    }),
    column("office", Kind::Text, "", "its first office or description, as printed", NULL, |party| {
        party.roles.first().map_or(Value::Missing, |role| Value::text(role.as_str()))
    }),
    column("id", Kind::Integer, "", "ours: its number in the record", NEVER, |party| Value::id(party.id)),
    column(
        "kind",
        Kind::Text,
        "person, organization, state, group",
        "ours: what sort of actor",
        NEVER,
        |party| Value::text(party.kind.as_str()),
    ),
    column(
        "sectors",
        Kind::Texts,
        "PLOVER 2.0",
        "ours: all sectors that its roles give it",
        "empty list",
        |party| Value::texts(party.sectors.iter().map(|sector| sector.as_str())),
    ),
    column(
        "roles",
        Kind::Texts,
        "",
        "ours: all its offices and descriptions, as printed",
        "empty list",
        |party| Value::texts(party.roles.iter().map(String::as_str)),
    ),
];

static LOCATION: &[Column<OfPlace>] = &[
    column("extracted_place", Kind::Text, "", "its name as the reports have it", NEVER, |place| {
        Value::text(place.name.as_str())
    }),
    column("geonameid", Kind::Integer, "GeoNames", "its number there", NULL, |place| {
        Value::integer(place.geonameid)
    }),
    column(
        "lat",
        Kind::Number,
        "degrees north, WGS 84",
        "latitude; see `kind` for how exact it is",
        NULL,
        |place| place.coordinates.map_or(Value::Missing, |(lat, _)| Value::Number(lat, 5)),
    ),
    column("lon", Kind::Number, "degrees east, WGS 84", "longitude", NULL, |place| {
        place.coordinates.map_or(Value::Missing, |(_, lon)| Value::Number(lon, 5))
    }),
    column("city", Kind::Text, "", "its name, where it is a settlement", NULL, |place| {
        named(place, PlaceKind::Settlement)
    }),
    column("province", Kind::Text, "", "its name, where it is a region", NULL, |place| {
        named(place, PlaceKind::Region)
    }),
    column("country", Kind::Text, "", "name of the country it lies in", NULL, |place| {
        place.country.and_then(crate::codes::country_name).map_or(Value::Missing, Value::text)
    }),
    column("country_code", Kind::Text, "ISO 3166 alpha-3", "the country it lies in", NULL, |place| {
        Value::code(place.country)
    }),
    column(
        "feature_class",
        Kind::Text,
        "GeoNames: A, P, S",
        "country or region, settlement, site",
        "`null`, also for natural features",
        |place| match place.kind {
            PlaceKind::Country | PlaceKind::Region => Value::text("A"),
            PlaceKind::Settlement => Value::text("P"),
            PlaceKind::Site => Value::text("S"),
            PlaceKind::Natural | PlaceKind::Unknown => Value::Missing,
        },
    ),
    column(
        "kind",
        Kind::Text,
        "country, region, settlement, site, natural, unknown",
        "ours: what sort of place; the coordinates are those of its middle",
        NEVER,
        |place| Value::text(place.kind.as_str()),
    ),
];

fn named(place: &crate::event::ExportPlace, kind: PlaceKind) -> Value<'_> {
    if place.kind == kind { Value::text(place.name.as_str()) } else { Value::Missing }
}

static EVIDENCE: &[Column<OfEvidence>] = &[
    column("report", Kind::Text, "", "the report's id as given", NEVER, |shown| {
        Value::text(shown.report.as_str())
    }),
    column("outlet", Kind::Text, "", "who published it", NULL, |shown| Value::some(&shown.outlet)),
    column("url", Kind::Text, "URL", "its address", NULL, |shown| Value::some(&shown.url)),
    column("title", Kind::Text, "", "its title", NULL, |shown| Value::some(&shown.title)),
    column(
        "published",
        Kind::Text,
        "ISO 8601",
        "when it was published, as exactly as it says",
        NULL,
        |shown| Value::code(shown.published),
    ),
    column(
        "start",
        Kind::Integer,
        "code points",
        "first character of the words in the report's text",
        NEVER,
        |shown| Value::id(shown.start),
    ),
    column("end", Kind::Integer, "code points", "one past the last", NEVER, |shown| Value::id(shown.end)),
    column("text", Kind::Text, "", "the words, exactly", NEVER, |shown| Value::text(shown.text.as_str())),
    column("trigger", Kind::Text, "", "the words in it that evoke the event", NULL, |shown| {
        Value::some(&shown.trigger)
    }),
    column(
        "attributed_to",
        Kind::Text,
        "",
        "who says so, where it is not the report itself",
        NULL,
        |shown| Value::some(&shown.attributed_to),
    ),
];

pub(crate) fn parts() -> Vec<Part> {
    vec![
        Part { title: "", notes: notes(EVENT) },
        Part { title: "an entity: `actor[]`, `recipient[]`", notes: notes(ENTITY) },
        Part { title: "a location: `event_loc`", notes: notes(LOCATION) },
        Part { title: "evidence: `evidence[]`", notes: notes(EVIDENCE) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{attack, talk};

    /// The keys of the manual, chapter 6, that we give, in its words.
    const KEYS: &str = "id date enddate actor recipient event mode context quad_code event_scale event_loc \
        event_text text text_info cite_info link coder";

    #[test]
    fn keys_of_the_manual_are_there() {
        let event = to_json(&attack());
        for key in KEYS.split_whitespace() {
            assert!(event.get(key).is_some(), "{key}");
        }
        let entity = &event["actor"][0];
        for key in ["code", "sector", "entity_text", "identifier_id", "identifier_text", "office"] {
            assert!(entity.get(key).is_some(), "{key}");
        }
        for key in [
            "extracted_place",
            "geonameid",
            "lat",
            "lon",
            "city",
            "province",
            "country",
            "country_code",
            "feature_class",
        ] {
            assert!(event["event_loc"].get(key).is_some(), "{key}");
        }
    }

    #[test]
    fn an_attack() {
        let json = serde_json::to_string_pretty(&to_json(&attack())).expect("JSON");
        insta::assert_snapshot!(json.replace(CODER, "dateline VERSION"), @r#"
        {
          "id": "17",
          "date": "2022-04-17",
          "enddate": null,
          "actor": [
            {
              "code": "PRK",
              "sector": "MIL",
              "entity_text": "the army",
              "identifier_id": null,
              "identifier_text": "North Korea's army",
              "office": "attacking army",
              "id": 4,
              "kind": "organization",
              "sectors": [
                "MIL",
                "GOV"
              ],
              "roles": [
                "attacking army"
              ]
            },
            {
              "code": "PRK",
              "sector": null,
              "entity_text": "Unit 7",
              "identifier_id": null,
              "identifier_text": "Unit 7",
              "office": null,
              "id": 5,
              "kind": "group",
              "sectors": [],
              "roles": []
            }
          ],
          "recipient": [
            {
              "code": "KOR",
              "sector": "CVL",
              "entity_text": "crew of the \"Sea Wolf\"",
              "identifier_id": null,
              "identifier_text": "crew of the \"Sea Wolf\"",
              "office": null,
              "id": 6,
              "kind": "group",
              "sectors": [
                "CVL"
              ],
              "roles": []
            }
          ],
          "event": [
            "ASSAULT"
          ],
          "mode": [
            "drone",
            "explosives"
          ],
          "context": [
            "military",
            "human_security"
          ],
          "quad_code": 4,
          "event_scale": -9.5,
          "event_loc": {
            "extracted_place": "Marenko",
            "geonameid": 1835848,
            "lat": 37.5667,
            "lon": 126.9783,
            "city": "Marenko",
            "province": null,
            "country": "South Korea",
            "country_code": "KOR",
            "feature_class": "P",
            "kind": "settlement"
          },
          "event_text": [
            "hit",
            "struck"
          ],
          "size": {
            "dead": 2,
            "injured": null,
            "arrested": null
          },
          "text": "Two drones hit the depot at Marenko.",
          "text_info": {
            "start": 20,
            "end": 62
          },
          "cite_info": {
            "citation": "harbour-1",
            "publication": "Harbour Post",
            "title": "Drones hit depot",
            "url": "https://harbour.example/1",
            "coder": "dateline VERSION",
            "codebook": "PLOVER",
            "version": "2.0"
          },
          "link": "https://harbour.example/1",
          "coder": "dateline VERSION",
          "aux": [],
          "status": "reported",
          "n_reports": 2,
          "n_independent": 1,
          "first_told": "2022-04-18",
          "last_told": "2022-04-19",
          "confidence": 0.83,
          "evidence": [
            {
              "report": "harbour-1",
              "outlet": "Harbour Post",
              "url": "https://harbour.example/1",
              "title": "Drones hit depot",
              "published": "2022-04-18T09:19-04:00",
              "start": 20,
              "end": 62,
              "text": "Two drones hit the depot at Marenko.",
              "trigger": "hit",
              "attributed_to": "the mayor"
            },
            {
              "report": "valley 2",
              "outlet": "Valley Wire",
              "url": null,
              "title": null,
              "published": "2022-04-19",
              "start": 0,
              "end": 25,
              "text": "The depot was struck,\nthey said.",
              "trigger": "struck",
              "attributed_to": null
            }
          ]
        }
        "#);
    }

    #[test]
    fn an_event_has_one_type_and_a_talk_without_a_day_keeps_none() {
        let event = to_json(&talk());
        assert_eq!(event["event"], json!(["CONSULT"]));
        assert_eq!(event["date"], Json::Null);
        assert_eq!(event["actor"][1]["code"], "UNO");
    }
}
