//! Puts tellings of one happening together.
//!
//! In:  the event mentions of all reports, as [`Telling`]s.
//! Out: the [`Event`]s, and for each report the event of each of its mentions.
//!
//! Tellings are taken one by one, those that say most first, and each joins the event that most speaks for, or
//! begins one of its own; where it fits two events as well, these are compared, and may be one; see [`crate::matching`] for what speaks for and against. A telling is compared only
//! with events of a neighbouring type that share a state with it, or of which one of the two names none.

use crate::actors::most_frequent;
use crate::corrections::{Issue, last_values};
use crate::groups::Groups;
use crate::independence::{Source, ToldIn, count_sources};
use crate::linked::{Event, EventFields, EventSize, Evidence, LinkedActorIdx, ReportIdx, Reported, Status};
use crate::matching::{Draft, THRESHOLD, THRESHOLD_IN_COMPANY, Weighed, are_one, is_mutual, score};
use crate::tellings::{PartyRelation, PlaceRelation, Telling, relate_parties, relate_places};
use dateline_plover::{EventType, QuadClass};
use dateline_resolve::{CountryCode, DayRange, Place, PlaceKind};
use dateline_text::Idx;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Events that one telling is compared with at most, the latest first.
const MAX_CANDIDATES: usize = 200;

/// Which tellings are of one event.
pub(crate) struct JoinedTellings {
    /// The number of each telling's event, the same for tellings of one event, from 0. Events that were known before
    /// keep their numbers; those that begin here follow in order of their first telling.
    pub of: Vec<usize>,
    /// Events known before that turned out to be another one: which, and that one.
    pub merged: Vec<(usize, usize)>,
}

/// Puts tellings together. The first ones are of events known before, `known[i]` is the event of the `i`-th; those of
/// `apart` never become one.
pub(crate) fn join_tellings(
    tellings: Vec<&Telling>,
    known: &[usize],
    apart: &[(usize, usize)],
) -> JoinedTellings {
    let all = Weighed::new(tellings);
    let n_known = known.iter().map(|&event| event + 1).max().unwrap_or(0);
    let mut drafts: Vec<Draft> = (0..n_known).map(|event| Draft::new(Some(event))).collect();
    let mut blocks = Blocks::default();
    for (number, &event) in known.iter().enumerate() {
        drafts[event].add(number, &all);
        blocks.add(all.tellings[number], event);
    }
    let mut order: Vec<usize> = (known.len()..all.tellings.len()).collect();
    order.sort_by_key(|&number| (std::cmp::Reverse(says_how_much(all.tellings[number])), number));
    let mut tied: BTreeSet<(usize, usize)> = BTreeSet::new();
    for number in order {
        let mut fitting: Vec<(f32, usize)> = Vec::new();
        for candidate in blocks.candidates(all.tellings[number]) {
            let Some(score) = score(&drafts[candidate], number, &all) else { continue };
            if score >= THRESHOLD {
                fitting.push((score, candidate));
            }
        }
        // The first of those that most speaks for.
        fitting.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let draft = fitting.first().map_or_else(
            || {
                drafts.push(Draft::new(None));
                drafts.len() - 1
            },
            |&(_, draft)| draft,
        );
        let others = fitting.iter().skip(1).map(|&(_, other)| (draft.min(other), draft.max(other)));
        tied.extend(others);
        drafts[draft].add(number, &all);
        blocks.add(all.tellings[number], draft);
    }
    let (drafts, merged) = merge(drafts, tied, apart, &all);
    let mut groups = join_in_company(drafts, &all);
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    let (old, begun): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group[0] < known.len());
    let mut of = vec![0; all.tellings.len()];
    for group in old {
        group.iter().for_each(|&telling| of[telling] = known[group[0]]);
    }
    for (event, group) in begun.into_iter().enumerate() {
        group.into_iter().for_each(|telling| of[telling] = n_known + event);
    }
    JoinedTellings { of, merged }
}

/// Merges events that some telling fits as well, where they are one; and says which known events became another.
fn merge(
    drafts: Vec<Draft>,
    tied: BTreeSet<(usize, usize)>,
    apart: &[(usize, usize)],
    all: &Weighed,
) -> (Vec<Draft>, Vec<(usize, usize)>) {
    let mut groups = Groups::new(drafts.len());
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut merged = Vec::new();
    for (a, b) in tied {
        // The root is the least of its group, so a known event stays itself and what begins here joins it.
        let (a, b) = (groups.root(a), groups.root(b));
        let (a, b) = (a.min(b), a.max(b));
        let (Some(first), Some(second)) = (&drafts[a], &drafts[b]) else { continue };
        if a == b || !are_one(first, second, all) {
            continue;
        }
        let is_kept_apart = apart.iter().any(|&(x, y)| {
            let (x, y) = (groups.root(x), groups.root(y));
            (x.min(y), x.max(y)) == (a, b)
        });
        if is_kept_apart {
            continue;
        }
        merged.extend(second.known.zip(first.known));
        let Some(second) = drafts[b].take() else { continue };
        if let Some(first) = &mut drafts[a] {
            first.take_over(second, all);
        }
        groups.join(a, b);
    }
    (drafts.into_iter().flatten().collect(), merged)
}

/// Joins events that little speaks for by themselves, but whose reports tell of another event in common: if one
/// report has one refusal by A of B, and the other too, they are the same.
fn join_in_company(drafts: Vec<Draft>, all: &Weighed) -> Vec<Vec<usize>> {
    let reports_of = |draft: &Draft| -> BTreeSet<usize> {
        draft.tellings.iter().map(|&number| all.tellings[number].report).collect()
    };
    let reports: Vec<BTreeSet<usize>> = drafts.iter().map(reports_of).collect();
    // The first report of each event stands for all others that tell it, so that pairs stay few.
    let mut company: BTreeSet<(usize, usize)> = BTreeSet::new();
    for told_in in &reports {
        let first = told_in.iter().next().copied();
        company.extend(
            first.into_iter().flat_map(|first| told_in.iter().skip(1).map(move |&other| (first, other))),
        );
    }
    let mut in_report: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (number, told_in) in reports.iter().enumerate() {
        for &report in told_in {
            in_report.entry(report).or_default().push(number);
        }
    }
    let mut groups = Groups::new(drafts.len());
    let mut joined = vec![false; drafts.len()];
    for (a, b) in company {
        let (of_a, of_b) = (&in_report[&a], &in_report[&b]);
        let fits = |&(x, y): &(usize, usize)| {
            !(drafts[x].known.is_some() && drafts[y].known.is_some())
                && reports[x].is_disjoint(&reports[y])
                && fit_in_company(&drafts[x], &drafts[y], all)
        };
        let pairs: Vec<(usize, usize)> = of_a
            .iter()
            .take(MAX_IN_COMPANY)
            .flat_map(|&x| of_b.iter().take(MAX_IN_COMPANY).map(move |&y| (x, y)))
            .filter(fits)
            .collect();
        for &(x, y) in &pairs {
            let only = pairs.iter().filter(|&&(other_x, other_y)| other_x == x || other_y == y).count() == 1;
            if only && !joined[x] && !joined[y] {
                groups.join(x, y);
                (joined[x], joined[y]) = (true, true);
            }
        }
    }
    let tellings_of =
        |group: Vec<usize>| group.into_iter().flat_map(|x| drafts[x].tellings.clone()).collect();
    groups.into_groups().into_iter().map(tellings_of).collect()
}

/// Events of one report that are compared with those of another.
const MAX_IN_COMPANY: usize = 60;

/// Whether each telling of one event may be of the other, and enough speaks for it in company.
fn fit_in_company(a: &Draft, b: &Draft, all: &Weighed) -> bool {
    let (first_a, first_b) = (all.tellings[a.tellings[0]], all.tellings[b.tellings[0]]);
    let same_type = first_a.event == first_b.event;
    // One side alone agrees to many things; with whom, or the same word, is what company can tell.
    let same_word = || {
        let senses = |draft: &Draft| -> BTreeSet<u32> {
            draft.tellings.iter().map(|&number| all.tellings[number].sense).collect()
        };
        !senses(a).is_disjoint(&senses(b))
    };
    let two_sided = match (has_two_sides(first_a), has_two_sides(first_b)) {
        (true, true) => true,
        (false, false) => !is_mutual(first_a.event),
        _ => !is_mutual(first_a.event) || same_word(),
    };
    // Gunmen abduct people in many places on one day, whatever else two reports tell in common.
    let same_parties = || {
        relate_parties(&first_a.actors, &first_b.actors) == PartyRelation::SameActor
            || relate_parties(&first_a.recipients, &first_b.recipients) == PartyRelation::SameActor
    };
    let is_deed = first_a.event.quad() == QuadClass::MaterialConflict;
    same_type
        && two_sided
        && (!is_deed || same_parties())
        && b.tellings
            .iter()
            .take(8)
            .try_fold(f32::MIN, |best, &number| score(a, number, all).map(|score| score.max(best)))
            >= Some(THRESHOLD_IN_COMPANY)
}

fn has_two_sides(telling: &Telling) -> bool {
    countries(telling).into_iter().flatten().count() > 1
}

/// Known parts of a telling: those that say more are taken first, so that vaguer ones can find them.
fn says_how_much(telling: &Telling) -> usize {
    usize::from(telling.days.is_some_and(|days| days.from == days.to))
        + usize::from(telling.place.is_some())
        + usize::from(!telling.actors.is_empty())
        + usize::from(!telling.recipients.is_empty())
        + usize::from(telling.actors.iter().any(|party| party.is_person))
}

/// The states of a telling; `None` where it names none.
pub(crate) fn countries(telling: &Telling) -> BTreeSet<Option<CountryCode>> {
    let mut countries: BTreeSet<_> = telling.parties().filter_map(|party| party.country).map(Some).collect();
    if countries.is_empty() {
        countries.insert(None);
    }
    countries
}

/// Events by what a telling must share with them to be compared: a neighbouring type and a state.
#[derive(Default)]
struct Blocks {
    events: FxHashMap<(EventType, Option<CountryCode>), Vec<usize>>,
}

impl Blocks {
    fn add(&mut self, telling: &Telling, event: usize) {
        for country in countries(telling) {
            let block = self.events.entry((telling.event, country)).or_default();
            if block.last() != Some(&event) && !block.contains(&event) {
                block.push(event);
            }
        }
    }

    fn candidates(&self, telling: &Telling) -> Vec<usize> {
        let mut keys = countries(telling);
        let names_a_state = !keys.contains(&None);
        keys.insert(None);
        let mut found: Vec<usize> = Vec::new();
        for &event in neighbours(telling.event) {
            for &country in &keys {
                let block = self.events.get(&(event, country)).into_iter().flatten();
                found.extend(block.rev().take(MAX_CANDIDATES));
            }
            if !names_a_state {
                // A telling without a state may belong anywhere, but only the latest few are looked at.
                let of_type = self.events.iter().filter(|((of, _), _)| *of == event);
                found.extend(of_type.flat_map(|(_, block)| block));
            }
        }
        found.sort_unstable_by_key(|&event| std::cmp::Reverse(event));
        found.dedup();
        found.truncate(MAX_CANDIDATES);
        found
    }
}

/// The types that may tell the same event; see `fits` in [`crate::matching`].
pub(crate) fn neighbours(event: EventType) -> &'static [EventType] {
    use EventType::*;
    match event {
        Agree => &[Agree, Consult, Cooperate, Aid, Support],
        Consult => &[Consult, Agree, Reject],
        Support => &[Support, Agree],
        Concede => &[Concede, Retreat],
        Cooperate => &[Cooperate, Agree, Mobilize],
        Aid => &[Aid, Agree],
        Retreat => &[Retreat, Concede],
        Request => &[Request],
        Accuse => &[Accuse],
        Reject => &[Reject, Consult],
        Threaten => &[Threaten],
        Protest => &[Protest],
        Sanction => &[Sanction, Coerce],
        Mobilize => &[Mobilize, Cooperate],
        Coerce => &[Coerce, Sanction, Assault],
        Assault => &[Assault, Coerce],
    }
}

/// Puts together what the tellings of one event say, in order of report and text. Where each report comes from and who
/// published it when is given by its number.
pub fn describe_event(members: &[&Telling], sources: &[Source], issues: &[Issue]) -> Event {
    let evidence = |telling: &Telling| Evidence {
        report: ReportIdx::new(telling.report),
        span: telling.sentence,
        attributed_to: telling.speaker,
    };
    let mut given = EventFields::default();
    for telling in members {
        let evidence = evidence(telling);
        add(&mut given.status, telling.status, evidence);
        if let Some(days) = telling.days {
            add(&mut given.date, days, evidence);
        }
        if let Some(place) = &telling.place {
            add_place(&mut given.place, place, evidence);
        }
        for &(kind, count, span) in &telling.sizes {
            add(&mut given.size, EventSize { kind, count }, Evidence { span, ..evidence });
        }
    }
    let mut in_reports: Vec<ReportIdx> =
        members.iter().map(|telling| ReportIdx::new(telling.report)).collect();
    in_reports.dedup();
    let fields = last_values(&given, issues, &in_reports);
    let status = status_by_most(&fields.status);
    // A type that is only a neighbour's view must not win over what happened.
    let of_status = members.iter().filter(|telling| telling.status == status);
    let event = most_frequent(of_status.map(|telling| Some(telling.event))).unwrap_or(members[0].event);
    let mut modes: Vec<_> = members
        .iter()
        .filter(|telling| telling.event == event)
        .flat_map(|telling| telling.modes.iter().copied())
        .collect();
    modes.sort_unstable();
    modes.dedup();
    let contexts: BTreeSet<_> = members.iter().flat_map(|telling| telling.contexts.iter().copied()).collect();
    let mut actors = Vec::new();
    let mut recipients = Vec::new();
    for telling in members.iter().filter(|telling| telling.event == event) {
        telling.actors.iter().for_each(|party| add_actor(&mut actors, party.actor));
        telling.recipients.iter().for_each(|party| add_actor(&mut recipients, party.actor));
    }
    recipients.retain(|recipient| !actors.contains(recipient));
    let told: Vec<ToldIn> = members
        .iter()
        .map(|telling| ToldIn { report: telling.report, agency: telling.agency.as_deref() })
        .collect();
    let mut sentences: Vec<Evidence> = members.iter().map(|telling| evidence(telling)).collect();
    sentences.sort_unstable();
    sentences.dedup();
    Event {
        event,
        modes,
        contexts: contexts.into_iter().collect(),
        status,
        actors,
        recipients,
        date: best_days(&fields.date),
        place: best_place(&fields.place),
        mentions: members
            .iter()
            .map(|telling| (ReportIdx::new(telling.report), Idx::new(telling.number)))
            .collect(),
        reports: in_reports,
        independent_reports: count_sources(&told, sources),
        evidence: sentences,
        fields,
        given,
    }
}

fn add_actor(actors: &mut Vec<LinkedActorIdx>, actor: LinkedActorIdx) {
    if !actors.contains(&actor) {
        actors.push(actor);
    }
}

fn add<T: PartialEq>(values: &mut Vec<Reported<T>>, value: T, evidence: Evidence) {
    match values.iter_mut().find(|known| known.value == value) {
        Some(known) if known.evidence.contains(&evidence) => {}
        Some(known) => known.evidence.push(evidence),
        None => values.push(Reported { value, evidence: vec![evidence] }),
    }
}

fn add_place(values: &mut Vec<Reported<Place>>, place: &Place, evidence: Evidence) {
    let known = values.iter_mut().find(|known| {
        (known.value.geonameid.is_some() && known.value.geonameid == place.geonameid)
            || (known.value.name == place.name && known.value.country == place.country)
    });
    match known {
        Some(known) => known.evidence.push(evidence),
        None => values.push(Reported { value: place.clone(), evidence: vec![evidence] }),
    }
}

/// What most reports say; where as many say otherwise, that it happened goes before that it will, may or did not.
fn status_by_most(values: &[Reported<Status>]) -> Status {
    let most = values.iter().max_by_key(|known| (known.reports().len(), std::cmp::Reverse(known.value)));
    most.map_or(Status::Reported, |known| known.value)
}

/// The days that most reports give; of those that as many give, the fewest days, then the first.
fn best_days(values: &[Reported<DayRange>]) -> Option<DayRange> {
    let days = |range: DayRange| range.from.until(range.to).map_or(i32::MAX, |span| span.get_days());
    // Reports that give a day inside a longer span agree with the span too.
    let agree = |range: DayRange| {
        let reports: BTreeSet<ReportIdx> = values
            .iter()
            .filter(|other| other.value.from <= range.to && range.from <= other.value.to)
            .flat_map(|other| other.reports())
            .collect();
        reports.len()
    };
    values
        .iter()
        .map(|known| known.value)
        .min_by_key(|&range| (std::cmp::Reverse(agree(range)), days(range), range))
}

/// The most exact of the places that most reports agree with.
fn best_place(values: &[Reported<Place>]) -> Option<Place> {
    let exactness = |place: &Place| match place.kind {
        PlaceKind::Site => 0,
        PlaceKind::Settlement => 1,
        PlaceKind::Unknown => 2,
        PlaceKind::Region | PlaceKind::Natural => 3,
        PlaceKind::Country => 4,
    };
    let agree = |place: &Place| {
        let reports: BTreeSet<ReportIdx> = values
            .iter()
            .filter(|other| {
                let relation = relate_places(place, &other.value);
                matches!(relation, PlaceRelation::Same | PlaceRelation::Contained)
            })
            .flat_map(|other| other.reports())
            .collect();
        reports.len()
    };
    values
        .iter()
        .map(|known| &known.value)
        .min_by_key(|place| (std::cmp::Reverse(agree(place)), exactness(place)))
        .cloned()
}
