//! GeoJSON (RFC 7946) for maps: one feature an event that is on the map.
//!
//! In:  an event whose place has coordinates.
//! Out: a `Feature` with a `Point`, longitude first; the event in a few properties, flat, as map programs want them.
//!
//! Not done: areas. A country is a point in its middle; `precision` says so.
//!
//! ```text
//! {"type":"Feature","id":17,"geometry":{"type":"Point","coordinates":[126.9783,37.5667]},"properties":{…}}
//! ```

use crate::column::{Column, Kind, OfEvent, Value, column, object, rounded};
use crate::event::ExportParty;
use crate::format::About;
use crate::text::json_line;
use crate::writer::LineFormat;
use serde_json::json;

pub(crate) const ABOUT: About = About {
    title: "GeoJSON",
    shape: "One `FeatureCollection` (RFC 7946), UTF-8, a feature a line: a `Point` in WGS 84, longitude first, `id` the \
            number of the event in its record, and these properties.",
    extension: "geojson",
    losses: &[
        "Events without coordinates are left out.",
        "A point stands for the whole place; `precision` says what sort of place that is.",
        "Of the evidence the first sentence and the addresses are written.",
    ],
};

pub(crate) const LINES: LineFormat = LineFormat {
    begin: |line| line.push_str("{\"type\":\"FeatureCollection\",\"features\":["),
    event: |event, left, line| {
        let Some((lat, lon)) = event.place.as_ref().and_then(|place| place.coordinates) else {
            left.events_without_place += 1;
            return;
        };
        line.push_str(if left.written == 0 { "\n" } else { ",\n" });
        left.written += 1;
        line.push_str(&json_line(&json!({
            "type": "Feature",
            "id": event.id,
            "geometry": {"type": "Point", "coordinates": [rounded(lon, 5), rounded(lat, 5)]},
            "properties": object(PROPERTIES, |of| of(event)),
        })));
    },
    end: "\n]}\n",
};

const NEVER: &str = "always known";
const NULL: &str = "`null`";

pub(crate) static PROPERTIES: &[Column<OfEvent>] = &[
    column("event", Kind::Text, "PLOVER 2.0", "what happened", NEVER, |event| {
        Value::text(event.event.as_str())
    }),
    column("mode", Kind::Texts, "PLOVER 2.0", "how", "empty list", |event| {
        Value::texts(event.modes.iter().map(|mode| mode.as_str()))
    }),
    column("context", Kind::Texts, "PLOVER 2.0", "about what", "empty list", |event| {
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
        "scale",
        Kind::Number,
        "-10 (conflict) to 10",
        "PLOVER's score of type and mode",
        NEVER,
        |event| Value::Number(event.scale().into(), 1),
    ),
    column(
        "status",
        Kind::Text,
        "reported, planned, denied, hypothetical, historical",
        "whether it happened",
        NEVER,
        |event| Value::text(event.status.as_str()),
    ),
    column("actor", Kind::Texts, "", "who", "empty list", |event| names(&event.actors)),
    column("recipient", Kind::Texts, "", "to whom", "empty list", |event| names(&event.recipients)),
    column("date_from", Kind::Day, "YYYY-MM-DD", "first day", NULL, |event| {
        Value::day(event.date.map(|days| days.from))
    }),
    column("date_to", Kind::Day, "YYYY-MM-DD", "last day", NULL, |event| {
        Value::day(event.date.map(|days| days.to))
    }),
    column("place", Kind::Text, "", "where, as the reports name it", NEVER, |event| {
        event.place.as_ref().map_or(Value::Missing, |place| Value::text(place.name.as_str()))
    }),
    column(
        "precision",
        Kind::Text,
        "country, region, settlement, site, natural, unknown",
        "what sort of place the point is the middle of",
        NEVER,
        |event| event.place.as_ref().map_or(Value::Missing, |place| Value::text(place.kind.as_str())),
    ),
    column("country", Kind::Text, "ISO 3166 alpha-3", "the country that the place lies in", NULL, |event| {
        Value::code(event.place.as_ref().and_then(|place| place.country))
    }),
    column("n_reports", Kind::Integer, "reports", "how many reports tell it", NEVER, |event| {
        Value::Integer(event.n_reports.into())
    }),
    column(
        "n_independent",
        Kind::Integer,
        "reports",
        "how many of them are of independent origin",
        NEVER,
        |event| Value::Integer(event.n_independent.into()),
    ),
    column(
        "confidence",
        Kind::Number,
        "0 to 1",
        "probability that type, actor and recipient are right",
        NEVER,
        |event| Value::Number(event.confidence.into(), 3),
    ),
    column("text", Kind::Text, "", "the first sentence that tells it", NULL, |event| {
        event.evidence.first().map_or(Value::Missing, |shown| Value::text(shown.text.as_str()))
    }),
    column(
        "urls",
        Kind::Texts,
        "URL",
        "addresses of the reports that have one, in order",
        "empty list",
        |event| Value::texts(event.evidence.iter().filter_map(|shown| shown.url.as_deref())),
    ),
];

fn names(parties: &[ExportParty]) -> Value<'_> {
    Value::texts(parties.iter().map(|party| party.name.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::format::Format;
    use crate::sample::{attack, several, talk};
    use crate::writer::write_events;
    use serde_json::Value as Json;

    fn written(events: Vec<crate::event::ExportEvent>) -> Json {
        let mut bytes = Vec::new();
        write_events(Format::Geojson, events, &mut bytes).expect("written");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    #[test]
    fn features_of_rfc_7946() {
        for (events, n_features) in
            [(several(), 1), (vec![attack(), attack()], 2), (vec![talk()], 0), (vec![], 0)]
        {
            let collection = written(events);
            assert_eq!(collection["type"], "FeatureCollection");
            let features = collection["features"].as_array().expect("a list");
            assert_eq!(features.len(), n_features);
            for feature in features {
                assert_eq!(feature["type"], "Feature");
                assert_eq!(feature["geometry"]["type"], "Point");
                assert!(feature["properties"].is_object());
                // Longitude first.
                assert_eq!(feature["geometry"]["coordinates"].to_string(), "[126.9783,37.5667]");
            }
        }
    }

    #[test]
    fn properties_of_an_attack() {
        let collection = written(vec![attack()]);
        insta::assert_snapshot!(collection["features"][0]["properties"].to_string(), @r#"{"event":"ASSAULT","mode":["drone","explosives"],"context":["military","human_security"],"quad_code":4,"scale":-9.5,"status":"reported","actor":["North Korea's army","Unit 7"],"recipient":["crew of the \"Sea Wolf\""],"date_from":"2022-04-17","date_to":"2022-04-17","place":"Marenko","precision":"settlement","country":"KOR","n_reports":2,"n_independent":1,"confidence":0.83,"text":"Two drones hit the depot at Marenko.","urls":["https://harbour.example/1"]}"#);
    }
}
