//! One source, one target, one day: what the older formats have room for.
//!
//! In:  an event with its lists of actors and recipients and its span of days.
//! Out: the pair and the day that stand for it, and how much more there was.
//!
//! ```text
//! CONSULT  actors USA, KOR              source USA, target KOR: those who meet are each other's target
//! ASSAULT  actors A, B  recipient C     source A, target C; B is left out
//! 16 to 18 April                        16 April
//! April                                 no day
//! ```

use crate::column::Value;
use crate::event::{ExportEvent, ExportParty};
use crate::left::Left;
use dateline_plover::EventType;
use dateline_resolve::Sector;
use jiff::civil::Date;

/// A longer span is a month or a season: it tells no day.
const MAX_DAYS: i32 = 7;

/// Who to whom, one each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dyad<'a> {
    pub source: Option<&'a ExportParty>,
    pub target: Option<&'a ExportParty>,
    /// Actors and recipients beyond these two.
    pub n_further: usize,
}

impl ExportEvent {
    /// The pair that stands for its actors and recipients.
    pub(crate) fn dyad(&self) -> Dyad<'_> {
        let source = self.actors.first();
        // A meeting is reciprocal: everybody who takes part is listed as actor.
        let met = self.actors.get(1).filter(|_| self.event == EventType::Consult);
        let target = self.recipients.first().or(met);
        let n_parties = self.actors.len() + self.recipients.len();
        let n_shown = usize::from(source.is_some()) + usize::from(target.is_some());
        Dyad { source, target, n_further: n_parties - n_shown }
    }

    /// The first day, where the days told are at most a week.
    pub(crate) fn day(&self) -> Option<Date> {
        let days = self.date?;
        let n_days = days.from.until(days.to).ok()?.get_days() + 1;
        (n_days <= MAX_DAYS).then_some(days.from)
    }

    /// Whether a format with one code, one pair and one day can hold it, counting what it cannot.
    pub(crate) fn fits_one_day(&self, left: &mut Left) -> bool {
        if self.cameo().is_none() {
            left.events_not_happened += 1;
            return false;
        }
        if self.day().is_none() {
            left.events_without_day += 1;
            return false;
        }
        left.days_after_the_first += u64::from(self.date.is_some_and(|days| days.from != days.to));
        left.further_parties += self.dyad().n_further as u64;
        true
    }
}

/// The words that ICEWS has for the sectors of an actor.
pub(crate) fn icews_sectors<'a>(party: Option<&ExportParty>) -> Value<'a> {
    let Some(party) = party else { return Value::Missing };
    let mut labels: Vec<&'static str> = Vec::new();
    let sectors: Vec<Sector> = party.sector.iter().chain(&party.sectors).copied().collect();
    for label in
        sectors.into_iter().filter_map(crate::codes::icews_sector).flat_map(|labels| labels.split(','))
    {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.is_empty() { Value::Missing } else { Value::text(labels.join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{event, party};
    use dateline_resolve::DayRange;
    use jiff::civil::date;

    #[test]
    fn the_pair_of_an_event() {
        for (telling, actors, recipients, expected) in [
            ("CONSULT", &["USA", "KOR", "JPN"][..], &[][..], "USA KOR 1"),
            ("AGREE", &["USA", "KOR"], &[], "USA - 1"),
            ("ASSAULT", &["USA", "KOR"], &["PRK"], "USA PRK 1"),
            ("ASSAULT", &[], &["PRK"], "- PRK 0"),
        ] {
            let mut event = event(telling);
            event.actors = actors.iter().map(|country| party(country, &[])).collect();
            event.recipients = recipients.iter().map(|country| party(country, &[])).collect();
            let dyad = event.dyad();
            let name = |party: Option<&ExportParty>| {
                party.and_then(|party| party.country).map_or("-".to_owned(), |country| country.to_string())
            };
            let found = format!("{} {} {}", name(dyad.source), name(dyad.target), dyad.n_further);
            assert_eq!(found, expected, "{telling} {actors:?} {recipients:?}");
        }
    }

    #[test]
    fn a_month_is_no_day() {
        for (from, to, expected) in [
            (date(2022, 4, 18), date(2022, 4, 18), Some(date(2022, 4, 18))),
            (date(2022, 4, 16), date(2022, 4, 18), Some(date(2022, 4, 16))),
            (date(2022, 4, 1), date(2022, 4, 30), None),
            (date(2022, 1, 1), date(2022, 12, 31), None),
        ] {
            let mut event = event("ASSAULT");
            event.date = Some(DayRange { from, to });
            assert_eq!(event.day(), expected, "{from} to {to}");
        }
    }
}
