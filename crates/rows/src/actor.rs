//! Actors: `Noh Kyu-duk, person, KOR/GOV, 3 reports, 5 events`.

use super::{Kind, Row, code_of, cut, joined, or_empty, party_json};
use dateline_record::ActorRow;
use serde_json::Value;

impl Row for ActorRow {
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "names", "kind", "country", "sector", "offices", "reports", "events"];
    const HEADINGS: &'static [&'static str] = &["id", "actor", "kind", "code", "office", "reports", "events"];
    const TYPED: &'static [(&'static str, Kind)] = &[("reports", Kind::Integer), ("events", Kind::Integer)];

    fn cells(&self) -> Vec<String> {
        vec![
            format!("a{}", self.party.id),
            self.party.name.clone(),
            joined(&self.names),
            self.party.kind.to_string(),
            or_empty(self.party.country),
            or_empty(self.party.sector),
            joined(&self.offices),
            self.n_reports.to_string(),
            self.n_events.to_string(),
        ]
    }

    fn shown(&self) -> Vec<String> {
        vec![
            format!("a{}", self.party.id),
            cut(&self.party.name, 60),
            self.party.kind.to_string(),
            code_of(&self.party),
            self.offices.first().map_or(String::new(), |office| cut(office, 60)),
            self.n_reports.to_string(),
            self.n_events.to_string(),
        ]
    }

    fn json(&self) -> Value {
        let mut json = party_json(&self.party);
        json["names"] = self.names.clone().into();
        json["roles"] = self.offices.clone().into();
        json["n_reports"] = self.n_reports.into();
        json["n_events"] = self.n_events.into();
        json
    }
}
