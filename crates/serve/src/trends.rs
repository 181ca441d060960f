//! How the main pairs of countries stand to each other, and which way it goes.
//!
//! In:  events in outline, and the latest day of the record.
//! Out: the pairs with most events of the last four weeks, each with the mean score of the last week and of the three
//!      before, and the event that moves it most.
//!
//! Tension rises where the mean of the last seven days is lower by [`STEP`] or more than that of the three weeks before, falls
//! where it is higher by as much, and is steady between. With fewer than [`ENOUGH`] events on either side nothing is said. Only
//! what is told to have happened counts, each event once.

use dateline_link::Status;
use dateline_record::EventOutline;
use dateline_resolve::CountryCode;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Points of the score, of the twenty that it has.
pub(crate) const STEP: f64 = 1.0;
/// Events without which a mean says nothing.
pub(crate) const ENOUGH: usize = 2;
const RECENT_DAYS: i32 = 7;
const ALL_DAYS: i32 = 28;

/// Which way tension goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Rising,
    Falling,
    Steady,
    /// Too few events to say.
    Unknown,
}

/// Two countries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DyadTrend {
    /// In alphabetical order.
    pub sides: (CountryCode, CountryCode),
    /// Events of the last four weeks.
    pub n_events: usize,
    pub direction: Direction,
    /// Mean score of the last seven days.
    pub recent: Option<f64>,
    /// Mean score of the three weeks before.
    pub before: Option<f64>,
    /// The event that moves it most, by row.
    pub reason: i64,
    /// Mean score of each of the last 28 days, the last one last.
    pub means: Vec<Option<f64>>,
}

/// The pairs with most events.
pub(crate) fn main_dyads(outlines: &[EventOutline], latest: Date, n: usize) -> Vec<DyadTrend> {
    let mut pairs: BTreeMap<(CountryCode, CountryCode), Vec<(i32, &EventOutline)>> = BTreeMap::new();
    for event in outlines {
        let Some(age) = event.day.map(|day| day.until(latest).map_or(-1, |span| span.get_days())) else {
            continue;
        };
        let happened = matches!(event.status, Status::Reported | Status::Historical);
        if happened && (0..ALL_DAYS).contains(&age) {
            for pair in pairs_of(event) {
                pairs.entry(pair).or_default().push((age, event));
            }
        }
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(sides, events)| (std::cmp::Reverse(events.len()), *sides));
    pairs.into_iter().take(n).filter_map(|(sides, events)| trend(sides, &events)).collect()
}

/// Pairs of which at least one acts, each once, those above states left out.
fn pairs_of(event: &EventOutline) -> Vec<(CountryCode, CountryCode)> {
    let mut pairs = Vec::new();
    for (number, &one) in event.actors.iter().enumerate() {
        for &other in event.recipients.iter().chain(&event.actors[number + 1..]) {
            if one != other && !one.is_supranational() && !other.is_supranational() {
                pairs.push((one.min(other), one.max(other)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn trend(sides: (CountryCode, CountryCode), events: &[(i32, &EventOutline)]) -> Option<DyadTrend> {
    let scales = |ages: std::ops::Range<i32>| -> Vec<f64> {
        events.iter().filter(|(age, _)| ages.contains(age)).map(|(_, event)| f64::from(event.scale)).collect()
    };
    let (recent, before) = (scales(0..RECENT_DAYS), scales(RECENT_DAYS..ALL_DAYS));
    let direction = match (mean(&recent), mean(&before)) {
        (Some(now), Some(then)) if recent.len() >= ENOUGH && before.len() >= ENOUGH => match now - then {
            change if change <= -STEP => Direction::Rising,
            change if change >= STEP => Direction::Falling,
            _ => Direction::Steady,
        },
        _ => Direction::Unknown,
    };
    // The event that pulls the mean furthest in the direction taken; where there is none, the gravest.
    let pull = |event: &EventOutline| match direction {
        Direction::Rising => -event.scale,
        Direction::Falling => event.scale,
        Direction::Steady | Direction::Unknown => event.scale.abs(),
    };
    let is_new = |age: i32| age < RECENT_DAYS;
    let reason = events.iter().max_by(|(age, event), (other_age, other)| {
        is_new(*age)
            .cmp(&is_new(*other_age))
            .then(pull(event).total_cmp(&pull(other)))
            .then(event.n_independent.cmp(&other.n_independent))
            .then(other_age.cmp(age))
            .then(other.id.cmp(&event.id))
    })?;
    let means = (0..ALL_DAYS).rev().map(|age| mean(&scales(age..age + 1))).collect();
    Some(DyadTrend {
        sides,
        n_events: events.len(),
        direction,
        recent: mean(&recent),
        before: mean(&before),
        reason: reason.1.id,
        means,
    })
}

fn mean(scales: &[f64]) -> Option<f64> {
    if scales.is_empty() { None } else { Some(scales.iter().sum::<f64>() / scales.len() as f64) }
}

/// The first of the days that count.
pub(crate) fn first_day(latest: Date) -> Date {
    latest.saturating_sub((ALL_DAYS - 1).days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_plover::EventType;

    fn code(letters: &str) -> CountryCode {
        CountryCode::new(letters).expect("a code")
    }

    fn event(id: i64, day: i8, scale: f32, actors: &[&str], recipients: &[&str]) -> EventOutline {
        EventOutline {
            id,
            event: EventType::Consult,
            scale,
            status: Status::Reported,
            day: Some(jiff::civil::date(2022, 4, day)),
            first_told: None,
            n_independent: 1,
            place: None,
            actors: actors.iter().map(|letters| code(letters)).collect(),
            recipients: recipients.iter().map(|letters| code(letters)).collect(),
        }
    }

    fn trend_of(scales: &[(i8, f32)]) -> DyadTrend {
        let events: Vec<EventOutline> = scales
            .iter()
            .enumerate()
            .map(|(number, &(day, scale))| event(number as i64 + 1, day, scale, &["PRK"], &["KOR"]))
            .collect();
        main_dyads(&events, jiff::civil::date(2022, 4, 28), 1).pop().expect("a pair")
    }

    #[test]
    fn tension_rises_where_the_mean_falls() {
        for (scales, direction, reason) in [
            (&[(5, 2.5), (6, 2.5), (26, -9.0), (27, -2.0)][..], Direction::Rising, 3),
            (&[(5, -9.0), (6, -9.0), (26, 2.5), (27, 5.0)], Direction::Falling, 4),
            (&[(5, 2.5), (6, 2.5), (26, 2.5), (27, 3.0)], Direction::Steady, 4),
            (&[(5, 2.5), (6, 2.5), (26, -9.0)], Direction::Unknown, 3),
            (&[(27, 2.5)], Direction::Unknown, 1),
        ] {
            let trend = trend_of(scales);
            assert_eq!((trend.direction, trend.reason), (direction, reason), "{scales:?}");
            assert_eq!(trend.sides, (code("KOR"), code("PRK")));
            assert_eq!(trend.means.len(), 28);
        }
    }

    #[test]
    fn pairs_need_somebody_who_acts() {
        for (actors, recipients, expected) in [
            (&["KOR", "USA"][..], &["PRK"][..], vec![("KOR", "PRK"), ("KOR", "USA"), ("PRK", "USA")]),
            (&["KOR"], &["KOR"], vec![]),
            (&[], &["KOR", "PRK"], vec![]),
            (&["UNO"], &["PRK"], vec![]),
        ] {
            let pairs = pairs_of(&event(1, 1, 0.0, actors, recipients));
            let expected: Vec<_> =
                expected.into_iter().map(|(one, other)| (code(one), code(other))).collect();
            assert_eq!(pairs, expected, "{actors:?} {recipients:?}");
        }
    }
}
