//! Events in outline put together by day: counts by quadrant, and tension.
//!
//! Tension is that of `docs/record.md`: of each day the sum and the mean of the scores of the events told to have happened.

use crate::charts::DayCount;
use dateline_link::Status;
use dateline_record::{EventOutline, Tension};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Days of a chart at most, up to the last with an event: one event of long ago would press all others together.
pub(crate) const DAYS: i32 = 120;

/// Whether an event is told to have happened.
pub(crate) fn happened(event: &EventOutline) -> bool {
    matches!(event.status, Status::Reported | Status::Historical)
}

/// The days that are drawn: up to the last with an event, but no later than the last report that tells one, as what is
/// told to have happened on a later day happened on another.
fn shown(outlines: &[EventOutline]) -> Option<(Date, Date)> {
    let happened = || outlines.iter().filter(|event| happened(event));
    let told = happened().filter_map(|event| event.first_told).max();
    let days = || happened().filter_map(|event| event.day).filter(|&day| told.is_none_or(|told| day <= told));
    let last = days().max()?;
    let begin = last.saturating_sub((DAYS - 1).days());
    let first = days().filter(|&day| day >= begin).min()?;
    Some((first, last))
}

/// The tension of each of the last days that has an event.
pub(crate) fn tension_of(outlines: &[EventOutline]) -> Vec<Tension> {
    let Some((first, last)) = shown(outlines) else { return Vec::new() };
    let mut days: BTreeMap<Date, Vec<f32>> = BTreeMap::new();
    for event in outlines.iter().filter(|event| happened(event)) {
        if let Some(day) = event.day.filter(|&day| (first..=last).contains(&day)) {
            days.entry(day).or_default().push(event.scale);
        }
    }
    let tension = |(day, scales): (Date, Vec<f32>)| {
        let sum: f64 = scales.iter().map(|&scale| f64::from(scale)).sum();
        let n = |of: &dyn Fn(f32) -> bool| scales.iter().filter(|&&scale| of(scale)).count() as u32;
        Tension {
            day,
            n_events: scales.len() as u32,
            n_conflict: n(&|scale| scale < 0.0),
            n_cooperation: n(&|scale| scale > 0.0),
            sum,
            mean: sum / scales.len().max(1) as f64,
        }
    };
    days.into_iter().map(tension).collect()
}

/// Events of each of the last days, by quadrant, those without one as well.
pub(crate) fn counts_of(outlines: &[EventOutline]) -> Vec<DayCount> {
    let Some((first, last)) = shown(outlines) else { return Vec::new() };
    let mut days: BTreeMap<Date, [u32; 4]> = BTreeMap::new();
    for event in outlines.iter().filter(|event| happened(event)) {
        if let Some(day) = event.day {
            days.entry(day).or_default()[event.quad() as usize] += 1;
        }
    }
    let all = first.series(1.day()).take_while(|&day| day <= last);
    all.map(|day| DayCount { day, by_quad: days.get(&day).copied().unwrap_or_default() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_plover::EventType;
    use jiff::civil::date;

    fn event(day: Option<Date>, scale: f32, status: Status) -> EventOutline {
        EventOutline {
            id: 1,
            event: EventType::Assault,
            scale,
            status,
            day,
            first_told: Some(date(2022, 4, 5)),
            n_independent: 1,
            place: None,
            actors: Vec::new(),
            recipients: Vec::new(),
        }
    }

    #[test]
    fn only_what_happened_lately_is_drawn() {
        let day = |n| Some(date(2022, 4, n));
        let outlines = [
            event(day(1), -9.0, Status::Reported),
            event(day(1), 2.0, Status::Historical),
            event(day(2), -9.0, Status::Denied),
            event(day(3), 4.0, Status::Reported),
            event(None, -9.0, Status::Reported),
            event(Some(date(2019, 1, 1)), -9.0, Status::Reported),
            event(Some(date(2023, 1, 1)), -9.0, Status::Reported),
        ];
        let tension = tension_of(&outlines);
        let told: Vec<(i8, u32, f64)> =
            tension.iter().map(|tension| (tension.day.day(), tension.n_events, tension.mean)).collect();
        assert_eq!(told, [(1, 2, -3.5), (3, 1, 4.0)]);
        let counts = counts_of(&outlines);
        assert_eq!(counts.iter().map(|count| count.by_quad.iter().sum()).collect::<Vec<u32>>(), [2, 0, 1]);
        assert!(tension_of(&[]).is_empty() && counts_of(&outlines[4..5]).is_empty());
    }
}
