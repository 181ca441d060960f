//! Statements: `Sung Kim: “we will respond responsibly”, 2 reports (2 independent)`.

use super::discrepancy::{differences, discrepancy_json};
use super::event::reports;
use super::{Kind, Row, cut, or_empty, party_json, plain, quote_json, quotes_json};
use dateline_record::{StatementDetail, StatementRow, Told};
use serde_json::{Value, json};

impl Row for StatementRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "speaker_id",
        "speaker",
        "speaker_country",
        "speaker_sector",
        "kind",
        "text",
        "reports",
        "independent_reports",
        "first_told",
        "last_told",
    ];
    const HEADINGS: &'static [&'static str] = &["id", "published", "speaker", "content", "reports"];
    const TYPED: &'static [(&'static str, Kind)] = &[
        ("reports", Kind::Integer),
        ("independent_reports", Kind::Integer),
        ("first_told", Kind::Day),
        ("last_told", Kind::Day),
    ];

    fn cells(&self) -> Vec<String> {
        let speaker = self.speaker.as_ref();
        vec![
            format!("s{}", self.id),
            or_empty(speaker.map(|speaker| format!("a{}", speaker.id))),
            or_empty(speaker.map(|speaker| &speaker.name)),
            or_empty(speaker.and_then(|speaker| speaker.country)),
            or_empty(speaker.and_then(|speaker| speaker.sector)),
            self.kind.to_string(),
            or_empty(self.first.as_ref().map(|quote| &quote.text)),
            self.n_reports.to_string(),
            self.n_independent.to_string(),
            or_empty(self.first_told),
            or_empty(self.last_told),
        ]
    }

    fn shown(&self) -> Vec<String> {
        vec![
            format!("s{}", self.id),
            or_empty(self.first_told),
            self.speaker.as_ref().map_or(String::new(), |speaker| cut(&speaker.name, 60)),
            self.first.as_ref().map_or(String::new(), |quote| cut(&quote.text, 160)),
            reports(self.n_reports, self.n_independent),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "id": format!("s{}", self.id),
            "speaker": self.speaker.as_ref().map(party_json),
            "kind": self.kind.as_str(),
            "summary": self.first.as_ref().map(|quote| plain(&quote.text)),
            "first": self.first.as_ref().map(quote_json),
            "n_reports": self.n_reports,
            "independent_reports": self.n_independent,
            "first_told": self.first_told.map(|day| day.to_string()),
            "last_told": self.last_told.map(|day| day.to_string()),
        })
    }
}

impl Row for StatementDetail {
    const COLUMNS: &'static [&'static str] = StatementRow::COLUMNS;
    const HEADINGS: &'static [&'static str] = StatementRow::HEADINGS;
    const TYPED: &'static [(&'static str, Kind)] = StatementRow::TYPED;

    fn cells(&self) -> Vec<String> {
        self.row.cells()
    }

    fn shown(&self) -> Vec<String> {
        self.row.shown()
    }

    fn json(&self) -> Value {
        let mut json = self.row.json();
        let mut reports: Vec<String> =
            self.evidence.iter().map(|quote| format!("r{}", quote.report)).collect();
        reports.dedup();
        json["reports"] = json!(reports);
        json["evidence"] = quotes_json(&self.evidence).into();
        json["history"] = self.history.iter().map(told_json).collect();
        json["discrepancies"] = self.discrepancies.iter().map(discrepancy_json).collect();
        json
    }
}

fn told_json(told: &Told) -> Value {
    json!({
        "day": told.day.map(|day| day.to_string()),
        "report": format!("r{}", told.quote.report),
        "outlet": told.outlet,
        "text": told.quote.text,
        "numbers": told.numbers,
    })
}

/// One statement for reading, with the words of each report.
pub fn detail(statement: &StatementDetail) -> String {
    let row = &statement.row;
    let speaker = row.speaker.as_ref().map_or("somebody".to_owned(), |speaker| plain(&speaker.name));
    let mut lines = vec![
        format!("s{}  {speaker} ({})", row.id, row.kind),
        format!("  reports    {}", reports(row.n_reports, row.n_independent)),
        "\nEvidence".to_owned(),
    ];
    lines.extend(
        statement.evidence.iter().map(|quote| format!("  r{}  “{}”", quote.report, plain(&quote.text))),
    );
    if statement.history.len() > 1 {
        lines.push("\nHistory".to_owned());
        lines.extend(statement.history.iter().map(|told| {
            let day = told.day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let outlet = told.outlet.as_deref().map_or(String::new(), |outlet| format!(" {}", plain(outlet)));
            format!("  {day}  r{}{outlet}  “{}”", told.quote.report, plain(&told.quote.text))
        }));
    }
    lines.extend(differences(&statement.discrepancies));
    lines.join("\n") + "\n"
}
