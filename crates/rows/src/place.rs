//! Places: `Seoul, settlement, KOR, 12 events`.

use super::{Kind, Row, cut, or_empty, ten_thousandths};
use dateline_record::{PlaceCount, PlaceRow};
use dateline_resolve::Place;
use serde_json::{Value, json};

impl Row for PlaceCount {
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "kind", "country", "lat", "lon", "geonameid", "events"];
    const HEADINGS: &'static [&'static str] = &["id", "place", "kind", "country", "north", "east", "events"];
    const TYPED: &'static [(&'static str, Kind)] = &[
        ("lat", Kind::Number),
        ("lon", Kind::Number),
        ("geonameid", Kind::Integer),
        ("events", Kind::Integer),
    ];

    fn cells(&self) -> Vec<String> {
        let PlaceRow { id, place } = &self.place;
        vec![
            format!("p{id}"),
            place.name.clone(),
            place.kind.to_string(),
            or_empty(place.country),
            or_empty(place.coordinates.map(|(lat, _)| ten_thousandths(lat))),
            or_empty(place.coordinates.map(|(_, lon)| ten_thousandths(lon))),
            or_empty(place.geonameid),
            self.n_events.to_string(),
        ]
    }

    fn shown(&self) -> Vec<String> {
        let mut cells = self.cells();
        cells[1] = cut(&cells[1], 60);
        cells.remove(6);
        cells
    }

    fn json(&self) -> Value {
        let mut json = place_json(&self.place);
        json["events"] = self.n_events.into();
        json
    }
}

pub(super) fn place_json(row: &PlaceRow) -> Value {
    let mut json = json!({"id": format!("p{}", row.id)});
    if let (Value::Object(json), Value::Object(place)) = (&mut json, known_place_json(&row.place)) {
        json.extend(place);
    }
    json
}

/// A place that some report gives, whether or not it has a row.
pub(super) fn known_place_json(place: &Place) -> Value {
    json!({
        "name": place.name,
        "kind": place.kind.as_str(),
        "lat": place.coordinates.map(|(lat, _)| ten_thousandths(lat)),
        "lon": place.coordinates.map(|(_, lon)| ten_thousandths(lon)),
        "country": place.country.map(|country| country.to_string()),
        "geonameid": place.geonameid,
    })
}
