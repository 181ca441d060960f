//! Events along the days: day by day, and how tense two sides are on each.
//!
//! The tension of a day is the sum and the mean of PLOVER's scores (-10 conflict to +10 cooperation) of the events that
//! happened on it, each event once however many reports tell it. Sums of such scores by day, month or year are how
//! event data have been made into series since Goldstein (A Conflict-Cooperation Scale for WEIS Events Data, Journal of
//! Conflict Resolution 36(2), 1992); the mean does not grow with how much is reported. An event of several days
//! counts on its first. Only what is told to have happened counts: nothing negated, hypothetical or planned.

use super::choose::{Order, choose_events, go_through_events};
use super::events::event_row;
use super::{EventRow, Filters};
use crate::Record;
use crate::codes::{day, label, modes};
use crate::error::RecordError;
use dateline_link::Status;
use dateline_plover::EventType;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The events of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineDay {
    /// The first day of each.
    pub day: Date,
    /// In order of their rows.
    pub events: Vec<EventRow>,
}

/// How tense a day was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tension {
    /// The day.
    pub day: Date,
    /// Events that happened on it.
    pub n_events: u32,
    /// Of these, those of conflict: of a score below 0.
    pub n_conflict: u32,
    /// Of these, those of cooperation: of a score above 0.
    pub n_cooperation: u32,
    /// The sum of their scores.
    pub sum: f64,
    /// Their mean, -10 to 10.
    pub mean: f64,
}

impl Record {
    /// The events of known days that pass the filters, from the first day on.
    pub fn timeline(&mut self, filters: &Filters) -> Result<Vec<TimelineDay>, RecordError> {
        self.ask(|record| {
            let mut days: Vec<TimelineDay> = Vec::new();
            for id in choose_events(&record.connection, filters, Order::ByDay)? {
                let event = event_row(&record.connection, id)?;
                let Some(date) = event.date else { continue };
                match days.last_mut().filter(|known| known.day == date.from) {
                    Some(known) => known.events.push(event),
                    None => days.push(TimelineDay { day: date.from, events: vec![event] }),
                }
            }
            Ok(days)
        })
    }

    /// The tension of each day on which an event happened that passes the filters, from the first day on. Days
    /// without one are left out: nothing told is not calm.
    pub fn tension(&mut self, filters: &Filters) -> Result<Vec<Tension>, RecordError> {
        self.ask(|record| {
            let (reported, historical) = (Status::Reported as u8, Status::Historical as u8);
            let happened =
                format!("event.date_from IS NOT NULL AND event.status IN ({reported}, {historical})");
            let columns = "event.date_from, event.event, event.modes";
            let mut days: BTreeMap<i64, Vec<f32>> = BTreeMap::new();
            go_through_events(&record.connection, filters, &happened, columns, &mut |row| {
                let event = label(EventType::ALL, row.get(1)?)?;
                let scale = event.scale_with(modes(event, row.get(2)?).first().copied());
                days.entry(row.get(0)?).or_default().push(scale);
                Ok(())
            })?;
            let days =
                days.into_iter().filter_map(|(number, scales)| Some(tension_of(day(number)?, &scales)));
            let days = days.skip(filters.offset).take(filters.limit.unwrap_or(usize::MAX));
            Ok(days.collect())
        })
    }
}

fn tension_of(day: Date, scales: &[f32]) -> Tension {
    let n = |of: &dyn Fn(f32) -> bool| scales.iter().filter(|&&scale| of(scale)).count() as u32;
    // Scores are halves of whole numbers, so their sum is the same in any order.
    let sum: f64 = scales.iter().map(|&scale| f64::from(scale)).sum();
    Tension {
        day,
        n_events: n(&|_| true),
        n_conflict: n(&|scale| scale < 0.0),
        n_cooperation: n(&|scale| scale > 0.0),
        sum,
        mean: sum / (scales.len() as f64).max(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tension_is_sum_and_mean_of_scores() {
        let day = jiff::civil::date(2022, 4, 18);
        for (scales, expected) in [
            (&[-9.5, 2.5][..], (2, 1, 1, -7.0, -3.5)),
            (&[0.0], (1, 0, 0, 0.0, 0.0)),
            (&[4.0, 4.0, -2.0], (3, 1, 2, 6.0, 2.0)),
        ] {
            let Tension { n_events, n_conflict, n_cooperation, sum, mean, .. } = tension_of(day, scales);
            assert_eq!((n_events, n_conflict, n_cooperation, sum, mean), expected, "{scales:?}");
        }
    }
}
