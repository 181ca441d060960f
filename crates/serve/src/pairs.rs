//! Two reports that share wording, as a row of the lineage.
//!
//! ```text
//! r5 Harbour Post 18 April, r9 Valley Wire 19 April: 84 % shared, one source
//! ```

use dateline_record::{ReportRow, SharedWording};
use dateline_rows::{Kind, Row};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Two reports that share wording, the earlier first.
pub(crate) struct PairRow {
    pub earlier: ReportRow,
    pub later: ReportRow,
    pub shared: SharedWording,
}

impl PairRow {
    pub fn of(a: &ReportRow, b: &ReportRow, shared: SharedWording) -> PairRow {
        let (earlier, later) = if when(a) <= when(b) { (a, b) } else { (b, a) };
        PairRow { earlier: earlier.clone(), later: later.clone(), shared }
    }
}

impl Row for PairRow {
    const COLUMNS: &'static [&'static str] = &[
        "earlier",
        "later",
        "earlier_outlet",
        "later_outlet",
        "earlier_day",
        "later_day",
        "shared",
        "shared_unquoted",
        "is_copy",
        "agency",
    ];
    const HEADINGS: &'static [&'static str] = Self::COLUMNS;
    const TYPED: &'static [(&'static str, Kind)] = &[
        ("earlier_day", Kind::Day),
        ("later_day", Kind::Day),
        ("shared", Kind::Number),
        ("shared_unquoted", Kind::Number),
    ];

    fn cells(&self) -> Vec<String> {
        let day = |row: &ReportRow| row.day.map_or(String::new(), |day| day.to_string());
        vec![
            format!("r{}", self.earlier.id),
            format!("r{}", self.later.id),
            self.earlier.outlet.clone().unwrap_or_default(),
            self.later.outlet.clone().unwrap_or_default(),
            day(&self.earlier),
            day(&self.later),
            hundredths(self.shared.shared).to_string(),
            hundredths(self.shared.shared_unquoted).to_string(),
            self.shared.is_copy.to_string(),
            self.later.agency.clone().unwrap_or_default(),
        ]
    }

    fn shown(&self) -> Vec<String> {
        self.cells()
    }

    fn json(&self) -> Value {
        let report = |row: &ReportRow| json!({"id": format!("r{}", row.id), "outlet": row.outlet, "title": row.title, "day": row.day.map(|day| day.to_string())});
        json!({
            "earlier": report(&self.earlier),
            "later": report(&self.later),
            "shared": hundredths(self.shared.shared),
            "shared_unquoted": hundredths(self.shared.shared_unquoted),
            "is_copy": self.shared.is_copy,
            "agency": self.later.agency,
        })
    }
}

fn hundredths(part: f32) -> f64 {
    (f64::from(part) * 100.0).round() / 100.0
}

/// What is earlier: those of no known time last.
pub(crate) fn when(report: &ReportRow) -> (bool, Option<Date>, Option<String>, i64) {
    (report.day.is_none(), report.day, report.published.clone(), report.id)
}
