//! Puts tellings of one happening together.
//!
//! In:  the event mentions of all reports, as [`Telling`]s.
//! Out: the [`Event`]s, and for each report the event of each of its mentions.
//!
//! Tellings are taken one by one, those that say most first, and each joins the event that most speaks for, or
//! begins one of its own; see [`crate::matching`] for what speaks for and against. A telling is compared only
//! with events of a neighbouring type that share a state with it, or of which one of the two names none.

use crate::actors::most_frequent;
use crate::groups::Groups;
use crate::independence::Sources;
use crate::linked::{
    Event, EventFields, EventIdx, EventPlace, EventSize, Evidence, LinkedActorIdx, ReportIdx, Reported,
    Status,
};
use crate::matching::{Draft, THRESHOLD, THRESHOLD_IN_COMPANY, is_mutual, score};
use crate::tellings::{PlaceRelation, Telling, relate_places};
use dateline_plover::{CodedReport, EventType};
use dateline_resolve::{CountryCode, DayRange, Place, PlaceKind};
use dateline_text::{Arena, Idx};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Events that one telling is compared with at most, the latest first.
const MAX_CANDIDATES: usize = 600;

/// The tellings of each event, in order of report and text; events in order of their first telling.
pub(crate) fn group_tellings(tellings: &[Telling]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by_key(|&number| (std::cmp::Reverse(says_how_much(&tellings[number])), number));
    let mut drafts: Vec<Draft> = Vec::new();
    let mut blocks: FxHashMap<(EventType, Option<CountryCode>), Vec<usize>> = FxHashMap::default();
    for number in order {
        let telling = &tellings[number];
        let mut best: Option<(f32, usize)> = None;
        for candidate in candidates(&blocks, telling) {
            let Some(score) = score(&drafts[candidate], telling, tellings) else { continue };
            if score >= THRESHOLD && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, candidate));
            }
        }
        let draft = match best {
            Some((_, draft)) => {
                drafts[draft].tellings.push(number);
                draft
            }
            None => {
                drafts.push(Draft { tellings: vec![number] });
                drafts.len() - 1
            }
        };
        for country in countries(telling) {
            let block = blocks.entry((telling.mention.event, country)).or_default();
            if block.last() != Some(&draft) && !block.contains(&draft) {
                block.push(draft);
            }
        }
    }
    let mut groups = join_in_company(drafts, tellings);
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

/// Joins events that little speaks for by themselves, but whose reports tell of another event in common: if one
/// report has one refusal by A of B, and the other too, they are the same.
fn join_in_company(drafts: Vec<Draft>, tellings: &[Telling]) -> Vec<Vec<usize>> {
    let reports_of = |draft: &Draft| -> BTreeSet<usize> {
        draft.tellings.iter().map(|&number| tellings[number].report).collect()
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
            reports[x].is_disjoint(&reports[y]) && fit_in_company(&drafts[x], &drafts[y], tellings)
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
fn fit_in_company(a: &Draft, b: &Draft, tellings: &[Telling]) -> bool {
    let (first_a, first_b) = (&tellings[a.tellings[0]], &tellings[b.tellings[0]]);
    let same_type = first_a.mention.event == first_b.mention.event;
    // One side alone agrees to many things; with whom, or the same word, is what company can tell.
    let same_word = || {
        let senses = |draft: &Draft| -> BTreeSet<u32> {
            draft.tellings.iter().map(|&number| tellings[number].sense).collect()
        };
        !senses(a).is_disjoint(&senses(b))
    };
    let two_sided = match (has_two_sides(first_a), has_two_sides(first_b)) {
        (true, true) => true,
        (false, false) => !is_mutual(first_a.mention.event),
        _ => !is_mutual(first_a.mention.event) || same_word(),
    };
    same_type
        && two_sided
        && b.tellings.iter().take(8).try_fold(f32::MIN, |best, &number| {
            score(a, &tellings[number], tellings).map(|score| score.max(best))
        }) >= Some(THRESHOLD_IN_COMPANY)
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
fn countries(telling: &Telling) -> BTreeSet<Option<CountryCode>> {
    let parties = telling.actors.iter().chain(&telling.recipients);
    let mut countries: BTreeSet<_> = parties.filter_map(|party| party.country).map(Some).collect();
    if countries.is_empty() {
        countries.insert(None);
    }
    countries
}

fn candidates(
    blocks: &FxHashMap<(EventType, Option<CountryCode>), Vec<usize>>,
    telling: &Telling,
) -> Vec<usize> {
    let mut keys = countries(telling);
    let names_a_state = !keys.contains(&None);
    keys.insert(None);
    let mut found = BTreeSet::new();
    for &event in neighbours(telling.mention.event) {
        for &country in &keys {
            found.extend(blocks.get(&(event, country)).into_iter().flatten().rev().take(MAX_CANDIDATES));
        }
        if !names_a_state {
            // A telling without a state may belong anywhere, but only the latest few are looked at.
            found.extend(blocks.iter().filter(|((of, _), _)| *of == event).flat_map(|(_, block)| block));
        }
    }
    found.into_iter().rev().take(MAX_CANDIDATES).collect()
}

/// The types that may tell the same event; see `fits` in [`crate::matching`].
fn neighbours(event: EventType) -> &'static [EventType] {
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

/// The events, and the event of each mention of each report.
pub(crate) fn describe_events(
    reports: &[&CodedReport],
    tellings: &[Telling],
    groups: &[Vec<usize>],
    speakers: &dyn Fn(&Telling) -> Option<LinkedActorIdx>,
    sources: &Sources,
) -> (Arena<Event>, Vec<Vec<EventIdx>>) {
    let mut of: Vec<Vec<EventIdx>> =
        reports.iter().map(|report| vec![Idx::new(0); report.events.n_values()]).collect();
    let mut events = Arena::new();
    for group in groups {
        let members: Vec<&Telling> = group.iter().map(|&number| &tellings[number]).collect();
        let event = events.push(describe_event(reports, &members, speakers, sources));
        for member in members {
            of[member.report][member.idx.index()] = event;
        }
    }
    (events, of)
}

fn describe_event(
    reports: &[&CodedReport],
    members: &[&Telling],
    speakers: &dyn Fn(&Telling) -> Option<LinkedActorIdx>,
    sources: &Sources,
) -> Event {
    let evidence = |telling: &Telling| Evidence {
        report: ReportIdx::new(telling.report),
        span: reports[telling.report].document.sentence_span(telling.mention.sentence),
        attributed_to: speakers(telling),
    };
    let mut fields = EventFields::default();
    for telling in members {
        let evidence = evidence(telling);
        add(&mut fields.status, telling.status, evidence);
        if let Some(days) = telling.days {
            add(&mut fields.date, days, evidence);
        }
        if let Some(place) = telling.place {
            add_place(&mut fields.place, place, evidence);
        }
        for size in &telling.mention.sizes {
            let words = reports[telling.report].document.bytes(size.tokens);
            let evidence = Evidence { span: words, ..evidence };
            add(&mut fields.size, EventSize { kind: size.kind, count: size.count }, evidence);
        }
    }
    let status = status_by_most(&fields.status);
    // A type that is only a neighbour's view must not win over what happened.
    let of_status = members.iter().filter(|telling| telling.status == status);
    let event = most_frequent(of_status.map(|telling| Some(telling.mention.event)))
        .unwrap_or(members[0].mention.event);
    let mut modes: Vec<_> = members
        .iter()
        .filter(|telling| telling.mention.event == event)
        .flat_map(|telling| telling.mention.modes.iter().copied())
        .collect();
    modes.sort_unstable();
    modes.dedup();
    let contexts: BTreeSet<_> =
        members.iter().flat_map(|telling| telling.mention.contexts.iter().copied()).collect();
    let mut actors = Vec::new();
    let mut recipients = Vec::new();
    for telling in members.iter().filter(|telling| telling.mention.event == event) {
        telling.actors.iter().for_each(|party| add_actor(&mut actors, party.actor));
        telling.recipients.iter().for_each(|party| add_actor(&mut recipients, party.actor));
    }
    recipients.retain(|recipient| !actors.contains(recipient));
    let mut in_reports: Vec<ReportIdx> =
        members.iter().map(|telling| ReportIdx::new(telling.report)).collect();
    in_reports.dedup();
    let told: Vec<(usize, Option<LinkedActorIdx>)> =
        members.iter().map(|telling| (telling.report, speakers(telling))).collect();
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
        mentions: members.iter().map(|telling| (ReportIdx::new(telling.report), telling.idx)).collect(),
        reports: in_reports,
        independent_reports: sources.count(&told),
        evidence: sentences,
        fields,
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

fn add_place(values: &mut Vec<Reported<EventPlace>>, place: &Place, evidence: Evidence) {
    let known = values.iter_mut().find(|known| {
        (known.value.geonameid.is_some() && known.value.geonameid == place.geonameid)
            || (known.value.name == place.name && known.value.country == place.country)
    });
    match known {
        Some(known) => known.evidence.push(evidence),
        None => values.push(Reported { value: event_place(place), evidence: vec![evidence] }),
    }
}

fn event_place(place: &Place) -> EventPlace {
    EventPlace {
        name: place.name.clone(),
        kind: place.kind,
        coordinates: place.coordinates,
        country: place.country,
        geonameid: place.geonameid,
    }
}

/// The place as `resolve` knows it, to compare it with others.
pub(crate) fn place_of(place: &EventPlace) -> Place {
    Place {
        name: place.name.clone(),
        kind: place.kind,
        coordinates: place.coordinates,
        country: place.country,
        geonameid: place.geonameid,
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
fn best_place(values: &[Reported<EventPlace>]) -> Option<EventPlace> {
    let exactness = |place: &EventPlace| match place.kind {
        PlaceKind::Site => 0,
        PlaceKind::Settlement => 1,
        PlaceKind::Unknown => 2,
        PlaceKind::Region | PlaceKind::Natural => 3,
        PlaceKind::Country => 4,
    };
    let agree = |place: &EventPlace| {
        let reports: BTreeSet<ReportIdx> = values
            .iter()
            .filter(|other| {
                let relation = relate_places(&place_of(place), &place_of(&other.value));
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
