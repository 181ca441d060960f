//! Days: one line for each event of a timeline, or one for the tension of each day.

use super::{Kind, Row, hundredths};
use dateline_record::{EventRow, Tension};
use serde_json::{Value, json};

/// An event on its day.
pub struct TimelineRow {
    /// Whether it is the first of its day.
    pub begins_day: bool,
    /// The event.
    pub event: EventRow,
}

impl Row for TimelineRow {
    const COLUMNS: &'static [&'static str] = EventRow::COLUMNS;
    const HEADINGS: &'static [&'static str] =
        &["date", "id", "event", "actor", "recipient", "place", "reports"];
    const TYPED: &'static [(&'static str, Kind)] = EventRow::TYPED;

    fn cells(&self) -> Vec<String> {
        self.event.cells()
    }

    fn shown(&self) -> Vec<String> {
        let mut cells = self.event.shown();
        cells.swap(0, 1);
        let is_one_day = self.event.date.is_some_and(|date| date.from == date.to);
        if !self.begins_day && is_one_day {
            cells[0] = String::new();
        }
        cells
    }

    fn json(&self) -> Value {
        self.event.json()
    }
}

impl Row for Tension {
    const COLUMNS: &'static [&'static str] = &["date", "events", "conflict", "cooperation", "sum", "mean"];
    const HEADINGS: &'static [&'static str] = Self::COLUMNS;
    const TYPED: &'static [(&'static str, Kind)] = &[
        ("date", Kind::Day),
        ("events", Kind::Integer),
        ("conflict", Kind::Integer),
        ("cooperation", Kind::Integer),
        ("sum", Kind::Number),
        ("mean", Kind::Number),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.day.to_string(),
            self.n_events.to_string(),
            self.n_conflict.to_string(),
            self.n_cooperation.to_string(),
            self.sum.to_string(),
            hundredths(self.mean as f32).to_string(),
        ]
    }

    fn shown(&self) -> Vec<String> {
        self.cells()
    }

    fn json(&self) -> Value {
        json!({
            "date": self.day.to_string(),
            "events": self.n_events,
            "conflict": self.n_conflict,
            "cooperation": self.n_cooperation,
            "sum": self.sum,
            "mean": hundredths(self.mean as f32),
        })
    }
}
