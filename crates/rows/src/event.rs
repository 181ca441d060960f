//! Events: `18 April, CONSULT/visit, Sung Kim -> Noh Kyu-duk, 4 reports (3 independent)`.

use super::discrepancy::{differences, discrepancy_json};
use super::place::place_json;
use super::{
    Kind, Row, cut, hundredths, joined, names, or_empty, party_json, plain, quote_json, quotes_json,
    ten_thousandths,
};
use dateline_link::Status;
use dateline_record::{EventDetail, EventRow, EvidenceRow, Held};
use dateline_resolve::DayRange;
use serde_json::{Value, json};

impl Row for EventRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "event",
        "mode",
        "context",
        "quad",
        "scale",
        "status",
        "actor_id",
        "actor",
        "actor_country",
        "actor_sector",
        "recipient_id",
        "recipient",
        "recipient_country",
        "recipient_sector",
        "date_from",
        "date_to",
        "place_id",
        "place",
        "place_kind",
        "place_country",
        "lat",
        "lon",
        "geonameid",
        "reports",
        "independent_reports",
        "first_told",
        "last_told",
        "confidence",
    ];
    const HEADINGS: &'static [&'static str] =
        &["id", "date", "event", "actor", "recipient", "place", "reports"];
    const TYPED: &'static [(&'static str, Kind)] = &[
        ("scale", Kind::Number),
        ("date_from", Kind::Day),
        ("date_to", Kind::Day),
        ("lat", Kind::Number),
        ("lon", Kind::Number),
        ("geonameid", Kind::Integer),
        ("reports", Kind::Integer),
        ("independent_reports", Kind::Integer),
        ("first_told", Kind::Day),
        ("last_told", Kind::Day),
        ("confidence", Kind::Number),
    ];

    fn cells(&self) -> Vec<String> {
        let place = self.place.as_ref();
        let mut cells = vec![
            format!("e{}", self.id),
            self.event.to_string(),
            joined(&self.modes),
            joined(&self.contexts),
            self.quad().to_string(),
            self.scale().to_string(),
            self.status.to_string(),
        ];
        for side in [&self.actors, &self.recipients] {
            cells.push(joined(side.iter().map(|party| format!("a{}", party.id))));
            cells.push(joined(side.iter().map(|party| &party.name)));
            cells.push(joined(side.iter().map(|party| or_empty(party.country))));
            cells.push(joined(side.iter().map(|party| or_empty(party.sector))));
        }
        let coordinates = place.and_then(|place| place.place.coordinates);
        cells.extend([
            or_empty(self.date.map(|date| date.from)),
            or_empty(self.date.map(|date| date.to)),
            or_empty(place.map(|place| format!("p{}", place.id))),
            or_empty(place.map(|place| &place.place.name)),
            or_empty(place.map(|place| place.place.kind)),
            or_empty(place.and_then(|place| place.place.country)),
            or_empty(coordinates.map(|(lat, _)| ten_thousandths(lat))),
            or_empty(coordinates.map(|(_, lon)| ten_thousandths(lon))),
            or_empty(place.and_then(|place| place.place.geonameid)),
            self.n_reports.to_string(),
            self.n_independent.to_string(),
            or_empty(self.first_told),
            or_empty(self.last_told),
            hundredths(self.confidence).to_string(),
        ]);
        cells
    }

    fn shown(&self) -> Vec<String> {
        vec![
            format!("e{}", self.id),
            self.date.map_or_else(|| "not stated".to_owned(), days),
            what(self),
            names(&self.actors),
            names(&self.recipients),
            self.place.as_ref().map_or(String::new(), |place| cut(&place.place.name, 40)),
            reports(self.n_reports, self.n_independent),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "id": format!("e{}", self.id),
            "event": self.event.as_str(),
            "mode": self.modes.iter().map(|mode| mode.as_str()).collect::<Vec<_>>(),
            "context": self.contexts.iter().map(|context| context.as_str()).collect::<Vec<_>>(),
            "quad": self.quad().as_str(),
            "scale": self.scale(),
            "status": self.status.as_str(),
            "actor": self.actors.iter().map(party_json).collect::<Vec<_>>(),
            "recipient": self.recipients.iter().map(party_json).collect::<Vec<_>>(),
            "date": self.date.map(days_json),
            "place": self.place.as_ref().map(place_json),
            "n_reports": self.n_reports,
            "independent_reports": self.n_independent,
            "first_told": self.first_told.map(|day| day.to_string()),
            "last_told": self.last_told.map(|day| day.to_string()),
            "confidence": hundredths(self.confidence),
        })
    }
}

impl Row for EventDetail {
    const COLUMNS: &'static [&'static str] = EventRow::COLUMNS;
    const HEADINGS: &'static [&'static str] = EventRow::HEADINGS;
    const TYPED: &'static [(&'static str, Kind)] = EventRow::TYPED;

    fn cells(&self) -> Vec<String> {
        self.row.cells()
    }

    fn shown(&self) -> Vec<String> {
        self.row.shown()
    }

    fn json(&self) -> Value {
        let mut json = self.row.json();
        let mut reports: Vec<String> =
            self.evidence.iter().map(|shown| format!("r{}", shown.quote.report)).collect();
        reports.dedup();
        json["reports"] = json!(reports);
        json["evidence"] = self.evidence.iter().map(evidence_json).collect();
        json["fields"] = json!({
            "date": held(&self.dates, |&date| days_json(date)),
            "place": held(&self.places, super::place::known_place_json),
            "status": held(&self.statuses, |status| json!(status.as_str())),
            "size": held(&self.sizes, |size| json!({"kind": size.kind.as_str(), "count": size.count})),
        });
        json["discrepancies"] = self.discrepancies.iter().map(discrepancy_json).collect();
        json["rejected"] = self.rejected.iter().map(evidence_json).collect();
        json["corrections"] = self.corrections.iter().map(Row::json).collect();
        json
    }
}

fn held<T>(values: &[Held<T>], write: impl Fn(&T) -> Value) -> Vec<Value> {
    let values = values.iter().map(|held| {
        let mut reports: Vec<String> =
            held.evidence.iter().map(|quote| format!("r{}", quote.report)).collect();
        reports.dedup();
        json!({"value": write(&held.value), "reports": reports, "evidence": quotes_json(&held.evidence)})
    });
    values.collect()
}

fn evidence_json(shown: &EvidenceRow) -> Value {
    let mut json = quote_json(&shown.quote);
    json["number"] = shown.number.into();
    json["attributed_to"] = shown.attributed_to.as_ref().map(party_json).into();
    json["trigger"] = shown.trigger.as_ref().map(quote_json).into();
    json["event"] = shown.event.as_str().into();
    json["status"] = shown.status.as_str().into();
    json["confidence"] = hundredths(shown.confidence).into();
    json["report_name"] = shown.name.as_str().into();
    json["outlet"] = shown.outlet.as_deref().into();
    json["title"] = shown.title.as_deref().into();
    json["url"] = shown.url.as_deref().into();
    json["published"] = shown.published.as_deref().into();
    json["prefix"] = shown.prefix.as_str().into();
    json["suffix"] = shown.suffix.as_str().into();
    json
}

pub(super) fn days_json(range: DayRange) -> Value {
    json!({"from": range.from.to_string(), "to": range.to.to_string()})
}

/// `2022-04-18`, or `2022-04-16 to 2022-04-18`.
fn days(DayRange { from, to }: DayRange) -> String {
    if from == to { from.to_string() } else { format!("{from} to {to}") }
}

/// `ASSAULT/drone`, and what became of it where it did not simply happen.
pub(super) fn what(event: &EventRow) -> String {
    let modes = event.modes.iter().map(|mode| mode.as_str());
    let what = std::iter::once(event.event.as_str()).chain(modes).collect::<Vec<_>>().join("/");
    if event.status == Status::Reported { what } else { format!("{what} ({})", event.status) }
}

/// `4, 3 independent`.
pub(super) fn reports(n_reports: u32, n_independent: u32) -> String {
    if n_reports == 1 { "1".to_owned() } else { format!("{n_reports}, {n_independent} independent") }
}

/// One event for reading, with its quoted evidence.
pub fn detail(event: &EventDetail) -> String {
    let row = &event.row;
    let mut lines = vec![format!("e{}  {}", row.id, what(row))];
    for (heading, parties) in [("actor", &row.actors), ("recipient", &row.recipients)] {
        for party in parties {
            let code = super::code_of(party);
            let code = if code.is_empty() { String::new() } else { format!(" ({code})") };
            lines.push(format!("  {heading:<10} a{}  {}{code}", party.id, plain(&party.name)));
        }
    }
    lines.push(format!("  {:<10} {}", "date", row.date.map_or_else(|| "not stated".to_owned(), days)));
    if let Some(place) = &row.place {
        let country = place.place.country.map_or(String::new(), |country| format!(" ({country})"));
        lines.push(format!("  {:<10} {}{country}", "place", plain(&place.place.name)));
    }
    lines.push(format!("  {:<10} {} ({})", "scale", row.scale(), row.quad()));
    lines.push(format!("  {:<10} {}", "reports", reports(row.n_reports, row.n_independent)));
    lines.push(format!("  {:<10} {}", "confidence", hundredths(row.confidence)));
    lines.push("\nEvidence".to_owned());
    for shown in &event.evidence {
        let who = shown.outlet.as_deref().unwrap_or(&shown.name);
        let when = shown.published.as_deref().unwrap_or("no time of publication");
        let speaker = shown.attributed_to.as_ref().map(|party| format!(", citing {}", plain(&party.name)));
        let quote = &shown.quote;
        lines.push(format!(
            "  r{}  {}, {}{}",
            quote.report,
            plain(who),
            plain(when),
            speaker.unwrap_or_default()
        ));
        lines.push(format!("      “{}”", plain(&quote.text)));
    }
    let mut values = Vec::new();
    let by = |reports: Vec<i64>| joined(reports.iter().map(|report| format!("r{report}"))).replace('|', ", ");
    for held in &event.dates {
        values.push(("date", days(held.value), by(reports_of(held))));
    }
    for held in &event.places {
        values.push(("place", plain(&held.value.name), by(reports_of(held))));
    }
    for held in &event.statuses {
        values.push(("status", held.value.to_string(), by(reports_of(held))));
    }
    for held in &event.sizes {
        values.push(("size", format!("{} {}", held.value.count, held.value.kind), by(reports_of(held))));
    }
    lines.push("\nWho says what".to_owned());
    lines.extend(values.into_iter().map(|(field, value, by)| format!("  {field:<10} {value}: {by}")));
    lines.extend(differences(&event.discrepancies));
    if !event.rejected.is_empty() {
        lines.push("\nRejected".to_owned());
    }
    for shown in &event.rejected {
        lines.push(format!("  r{}  “{}”", shown.quote.report, plain(&shown.quote.text)));
    }
    if !event.corrections.is_empty() {
        lines.push("\nCorrected".to_owned());
    }
    lines.extend(event.corrections.iter().map(|row| format!("  {}", row.shown().join("  "))));
    lines.join("\n") + "\n"
}

fn reports_of<T>(held: &Held<T>) -> Vec<i64> {
    let mut reports: Vec<i64> = held.evidence.iter().map(|quote| quote.report).collect();
    reports.dedup();
    reports
}
