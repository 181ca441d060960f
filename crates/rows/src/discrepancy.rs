//! Discrepancies: `number, e12: 3 dead (2 reports); 4 dead (1 report)`.

use super::{Row, cut, joined, plain, quotes_json};
use dateline_record::{AboutRow, CorrectedRow, DiscrepancyRow, DiscrepancyValue};
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl Row for DiscrepancyRow {
    const COLUMNS: &'static [&'static str] = &["id", "kind", "about", "note", "values", "reports"];
    const HEADINGS: &'static [&'static str] = &["kind", "about", "what differs", "values"];

    fn cells(&self) -> Vec<String> {
        vec![
            format!("d{}", self.id),
            self.kind.to_string(),
            about(self.about),
            self.note.clone(),
            joined(self.values.iter().map(|value| &value.value)),
            joined(self.values.iter().map(|value| value.n_reports)),
        ]
    }

    fn shown(&self) -> Vec<String> {
        let values: Vec<String> = self.values.iter().map(value_shown).collect();
        vec![self.kind.to_string(), about(self.about), plain(&self.note), values.join("; ")]
    }

    fn json(&self) -> Value {
        discrepancy_json(self)
    }
}

pub(super) fn discrepancy_json(row: &DiscrepancyRow) -> Value {
    let values = row.values.iter().map(|value| {
        json!({
            "value": value.value,
            "n_reports": value.n_reports,
            "since": value.since.map(|day| day.to_string()),
            "evidence": quotes_json(&value.evidence),
            "corrected": value.corrected.iter().map(corrected_json).collect::<Vec<_>>(),
            "withdrawn": is_withdrawn(value),
        })
    });
    json!({
        "id": format!("d{}", row.id),
        "kind": row.kind.as_str(),
        "about": about(row.about),
        "values": values.collect::<Vec<_>>(),
        "note": row.note,
    })
}

/// `9 (2 since 2024-05-04)`, `12 (3 since 2024-05-03, 1 withdrawn)`
fn value_shown(value: &DiscrepancyValue) -> String {
    let since = value.since.map_or(String::new(), |day| format!(" since {day}"));
    let withdrawn = match n_withdrawn(value) {
        0 => String::new(),
        n => format!(", {n} withdrawn"),
    };
    format!("{} ({}{since}{withdrawn})", cut(&value.value, 80), value.n_reports)
}

/// The discrepancies about one thing for reading; no line where there are none.
pub(super) fn differences(rows: &[DiscrepancyRow]) -> Vec<String> {
    let mut lines = Vec::new();
    if !rows.is_empty() {
        lines.push("\nDifferences".to_owned());
    }
    for row in rows {
        lines.push(format!("  {}", plain(&row.note)));
        lines.extend(row.values.iter().map(|value| format!("      {}", value_shown(value))));
    }
    lines
}

fn corrected_json(row: &CorrectedRow) -> Value {
    json!({
        "report": format!("r{}", row.report),
        "by": format!("r{}", row.by),
        "outlet": row.outlet,
        "day": row.day.map(|day| day.to_string()),
        "how": row.how.as_str(),
    })
}

/// How many reports have taken a value back.
fn n_withdrawn(value: &DiscrepancyValue) -> usize {
    let reports: BTreeSet<i64> = value.corrected.iter().map(|corrected| corrected.report).collect();
    reports.len()
}

/// Whether all who gave a value have taken it back.
fn is_withdrawn(value: &DiscrepancyValue) -> bool {
    n_withdrawn(value) as u64 >= u64::from(value.n_reports.max(1))
}

fn about(about: AboutRow) -> String {
    match about {
        AboutRow::Actor(id) => format!("a{id}"),
        AboutRow::Event(id) => format!("e{id}"),
        AboutRow::Statement(id) => format!("s{id}"),
    }
}
