//! Which events matter most: how well told, how recent, how grave.
//!
//! ```text
//! importance = log2(1 + independent reports) x ½^(age / 3 days) x (1 + |scale|)
//! ```
//!
//! `age` counts from the day of the event, else of its first report, to the latest day on which a report of the record was
//! published: never from today, so the same record always shows the same. `scale` is PLOVER's score. Only what is told
//! to have happened counts. The figures of each event are shown beside it.

use crate::words::signed;
use dateline_record::EventOutline;
use jiff::civil::Date;

/// Days after which an event matters half as much: a ten-day-old attack told by seven then stands about level with a
/// fresh meeting told by one, which is how front pages read.
const HALF_LIFE: f64 = 3.0;

/// What makes an event matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Importance {
    /// Independent reports.
    pub n_independent: u32,
    /// Days before the latest day of the record; 0 where it lies ahead.
    pub age: i32,
    /// PLOVER's score.
    pub scale: f32,
}

impl Importance {
    /// Of an event; `latest` is the latest day on which a report was published. Nothing where nobody says when.
    pub fn of(event: &EventOutline, latest: Date) -> Option<Importance> {
        let day = event.day.or(event.first_told)?;
        let age = day.until(latest).map_or(0, |span| span.get_days()).max(0);
        Some(Importance { n_independent: event.n_independent, age, scale: event.scale })
    }

    /// The product.
    pub fn value(&self) -> f64 {
        let told = (1.0 + f64::from(self.n_independent)).log2();
        let recent = 0.5f64.powf(f64::from(self.age) / HALF_LIFE);
        told * recent * (1.0 + f64::from(self.scale.abs()))
    }

    /// `importance 8.2: 3 independent reports, 1 day before the latest report, scale −9.5`.
    pub fn in_words(&self) -> String {
        let reports = match self.n_independent {
            1 => "1 report".to_owned(),
            n => format!("{n} independent reports"),
        };
        let age = match self.age {
            0 => "on the latest day".to_owned(),
            1 => "1 day before the latest".to_owned(),
            n => format!("{n} days before the latest"),
        };
        format!("importance {:.1}: {reports}, {age}, scale {}", self.value(), signed(self.scale))
    }
}

/// The formula in one sentence, for the page.
pub(crate) const EXPLAINED: &str = "Importance is log₂(1 + independent reports) × ½ to the power of (days before the \
    latest day of the record ÷ 3) × (1 + the size of PLOVER’s score). Only what is told to have happened takes part.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_reports_later_days_and_graver_events_matter_more() {
        let value = |n_independent, age, scale| Importance { n_independent, age, scale }.value();
        assert_eq!(value(1, 0, 0.0), 1.0);
        assert_eq!(value(1, 3, -9.0), 5.0);
        assert!(value(3, 0, -9.0) > value(2, 0, -9.0));
        assert!(value(1, 1, -9.0) < value(1, 0, -9.0));
        assert!(value(1, 0, 9.5) > value(1, 0, 2.5));
        let words = Importance { n_independent: 3, age: 1, scale: -9.5 }.in_words();
        assert_eq!(words, "importance 16.7: 3 independent reports, 1 day before the latest, scale −9.5");
    }
}
