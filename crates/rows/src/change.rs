//! What became new or changed: `event, changed (reports, size), e12, …`.

use super::{Row, cut, joined, names, or_empty};
use dateline_record::{Change, Changed, DiscrepancyRow, EventRow, StatementRow};
use serde_json::{Value, json};

/// Anything that two days differ in.
pub enum ChangeRow {
    /// An event.
    Event(Changed<EventRow>),
    /// A statement.
    Statement(Changed<StatementRow>),
    /// A discrepancy.
    Discrepancy(Changed<DiscrepancyRow>),
}

impl ChangeRow {
    fn change(&self) -> &Change {
        match self {
            ChangeRow::Event(changed) => &changed.change,
            ChangeRow::Statement(changed) => &changed.change,
            ChangeRow::Discrepancy(changed) => &changed.change,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            ChangeRow::Event(_) => "event",
            ChangeRow::Statement(_) => "statement",
            ChangeRow::Discrepancy(_) => "discrepancy",
        }
    }

    fn id(&self) -> String {
        match self {
            ChangeRow::Event(changed) => format!("e{}", changed.row.id),
            ChangeRow::Statement(changed) => format!("s{}", changed.row.id),
            ChangeRow::Discrepancy(changed) => format!("d{}", changed.row.id),
        }
    }

    fn fields(&self) -> &[&'static str] {
        match self.change() {
            Change::New => &[],
            Change::Fields(fields) => fields,
        }
    }

    fn word(&self) -> &'static str {
        if *self.change() == Change::New { "new" } else { "changed" }
    }

    fn summary(&self) -> String {
        match self {
            ChangeRow::Event(Changed { row, .. }) => {
                let parties = [names(&row.actors), names(&row.recipients)];
                let parties: Vec<String> = parties.into_iter().filter(|names| !names.is_empty()).collect();
                let when = or_empty(row.date.map(|date| date.from));
                let parts = [super::event::what(row), parties.join(" -> "), when];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
            ChangeRow::Statement(Changed { row, .. }) => {
                let speaker = row.speaker.as_ref().map_or("somebody", |speaker| &speaker.name);
                let words = row.first.as_ref().map_or("", |quote| &quote.text);
                format!("{}: “{}”", cut(speaker, 60), cut(words, 160))
            }
            ChangeRow::Discrepancy(Changed { row, .. }) => cut(&row.note, 200),
        }
    }
}

impl Row for ChangeRow {
    const COLUMNS: &'static [&'static str] = &["kind", "change", "fields", "id", "summary"];
    const HEADINGS: &'static [&'static str] = &["kind", "change", "id", "what"];

    fn cells(&self) -> Vec<String> {
        vec![self.kind().to_owned(), self.word().to_owned(), joined(self.fields()), self.id(), self.summary()]
    }

    fn shown(&self) -> Vec<String> {
        let change = match self.fields() {
            [] => self.word().to_owned(),
            fields => format!("{} ({})", self.word(), fields.join(", ")),
        };
        vec![self.kind().to_owned(), change, self.id(), self.summary()]
    }

    fn json(&self) -> Value {
        let row = match self {
            ChangeRow::Event(changed) => changed.row.json(),
            ChangeRow::Statement(changed) => changed.row.json(),
            ChangeRow::Discrepancy(changed) => changed.row.json(),
        };
        json!({"kind": self.kind(), "change": self.word(), "fields": self.fields(), "id": self.id(), "now": row})
    }
}
