//! Finds what new reports have in common with one another and with what is known already.
//!
//! In:  the [`Digest`]s of new reports, the earliest first, and as much of the [`Past`] as may matter for them.
//! Out: [`Joined`]: for each new report whose text it is, and which actor, event and statement each of its own is.
//!
//! What was one in the past stays one. A new report joins what is there, or begins something new; where it shows that
//! two events of the past are one, or that two older texts have one source, these are drawn together.

use crate::Digest;
use crate::actors::{Member, join_actors, most_frequent};
use crate::events::{JoinedTellings, join_tellings};
use crate::groups::Groups;
use crate::independence::{Ancestry, Source, is_copy, trace_origins};
use crate::lineage::{SharedWording, add_rewordings, find_shared_wording};
use crate::linked::LinkedActorIdx;
use crate::portrait::Portrait;
use crate::statements::{Saying, join_sayings};
use crate::tellings::Telling;
use crate::words::Word;
use dateline_resolve::{ActorIdx, ActorKind, CountryCode};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is known before new reports come in, as far as it may matter for them. Everything is numbered from 0; what
/// is new gets the numbers after these.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Reports, the earliest first.
    pub reports: Vec<PastReport>,
    /// Actors.
    pub actors: Vec<Arc<Portrait>>,
    /// For each event some of its tellings; with the numbers of `reports` and `actors`.
    pub events: Vec<Vec<Telling>>,
    /// Pairs of `events` that are known not to be one, whatever speaks for it.
    pub apart: Vec<(usize, usize)>,
    /// For each statement some of its tellings; with the numbers of `reports` and `actors`.
    pub statements: Vec<Vec<Saying>>,
}

/// A report that is known already.
#[derive(Clone, Debug, Default)]
pub struct PastReport {
    /// Where it comes from.
    pub source: Source,
    /// Its words, where its wording is to be compared.
    pub words: Arc<[Word]>,
}

/// What new reports have in common.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The new reports, with the numbers of actors that they have across reports.
    pub digests: Vec<Digest>,
    /// Wording that a new report shares with another one.
    pub shared: Vec<SharedWording>,
    /// Where each report comes from, those of the past first.
    pub ancestry: Vec<Ancestry>,
    /// The actor of each actor of each new report.
    pub actors: Vec<Vec<LinkedActorIdx>>,
    /// The event of each telling of each new report.
    pub events: Vec<Vec<usize>>,
    /// Events of the past that turned out to be another one: which, and that one.
    pub merged: Vec<(usize, usize)>,
    /// The statement of each saying of each new report.
    pub statements: Vec<Vec<usize>>,
}

/// Finds what new reports have in common with one another and with the past.
pub fn join(past: &Past, mut digests: Vec<Digest>) -> Joined {
    let n_past = past.reports.len();
    let texts = texts_of(past, &digests);
    let mut shared = find_shared_wording(&texts, n_past);

    let actors = number_actors(past, &digests);
    let known = what_is_known(past, &digests, &actors);
    for (number, (digest, actors)) in digests.iter_mut().zip(&actors).enumerate() {
        digest.renumber(n_past + number, actors, &known);
    }

    let (tellings, of_event) = with_known(&past.events, digests.iter().map(|digest| &digest.tellings));
    let JoinedTellings { of: events, merged } = join_tellings(tellings.clone(), &of_event, &past.apart);
    let (sayings, of_statement) = with_known(&past.statements, digests.iter().map(|digest| &digest.sayings));
    let statements = join_sayings(&sayings, &of_statement);
    let in_common = events_in_common(&tellings, &events);
    let events = by_report(&events[of_event.len()..], digests.iter().map(|digest| digest.tellings.len()));
    let statements =
        by_report(&statements[of_statement.len()..], digests.iter().map(|digest| digest.sayings.len()));
    let texts = texts_of(past, &digests);
    let copied = sources_by_copying(past, &shared, texts.len());
    add_rewordings(&mut shared, &texts, n_past, &copied, &|report| in_common.of(report));
    let sources: Vec<&Source> = past.reports.iter().map(|report| &report.source).collect();
    let credits: Vec<_> = digests.iter().map(|digest| digest.credit.clone()).collect();
    let houses: Vec<_> = digests.iter().map(|digest| digest.house.clone()).collect();
    let ancestry = trace_origins(&shared, &sources, &credits, &houses);
    Joined { shared, ancestry, actors, events, merged, statements, digests }
}

/// For each report the least number of those that are known to have one source with it, or are copies.
fn sources_by_copying(past: &Past, shared: &[SharedWording], n_reports: usize) -> Vec<usize> {
    let mut groups = Groups::new(n_reports);
    for (number, report) in past.reports.iter().enumerate() {
        groups.join(number, report.source.group);
    }
    shared.iter().filter(|shared| is_copy(shared)).for_each(|copy| _ = groups.join(copy.a, copy.b));
    (0..n_reports).map(|number| groups.root(number)).collect()
}

fn texts_of<'t>(past: &'t Past, digests: &'t [Digest]) -> Vec<&'t [Word]> {
    let known = past.reports.iter().map(|report| &*report.words);
    known.chain(digests.iter().map(|digest| &*digest.words)).collect()
}

/// Which events each report tells, and which reports tell each event.
struct InCommon {
    events: Vec<BTreeSet<usize>>,
    reports: Vec<BTreeSet<usize>>,
}

/// Events of more reports than these tie no two of them together by themselves.
const MAX_TOLD: usize = 400;

fn events_in_common(tellings: &[&Telling], event_of: &[usize]) -> InCommon {
    let n_reports = tellings.iter().map(|telling| telling.report + 1).max().unwrap_or(0);
    let n_events = event_of.iter().map(|&event| event + 1).max().unwrap_or(0);
    let mut in_common =
        InCommon { events: vec![BTreeSet::new(); n_reports], reports: vec![BTreeSet::new(); n_events] };
    for (telling, &event) in tellings.iter().zip(event_of) {
        in_common.events[telling.report].insert(event);
        in_common.reports[event].insert(telling.report);
    }
    in_common
}

impl InCommon {
    /// The other reports that tell of an event that this report tells, and of how many.
    fn of(&self, report: usize) -> Vec<(usize, usize)> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for &event in self.events.get(report).into_iter().flatten() {
            let others = self.reports[event].iter().take(MAX_TOLD).filter(|&&other| other != report);
            others.for_each(|&other| *counts.entry(other).or_default() += 1);
        }
        counts.into_iter().collect()
    }
}

/// The actors of each new report by their numbers across reports.
fn number_actors(past: &Past, digests: &[Digest]) -> Vec<Vec<LinkedActorIdx>> {
    let known = past.actors.iter().map(|portrait| Member { of: None, portrait });
    let new = digests.iter().enumerate().flat_map(|(report, digest)| {
        let member = move |(actor, portrait)| Member { of: Some((report, ActorIdx::new(actor))), portrait };
        digest.actors.iter().enumerate().map(member)
    });
    let members: Vec<Member> = known.chain(new).collect();
    let numbers = join_actors(&members);
    by_report(&numbers[past.actors.len()..], digests.iter().map(|digest| digest.actors.len()))
}

/// Country of each actor and whether it is a person, by what most reports say.
fn what_is_known(
    past: &Past,
    digests: &[Digest],
    actors: &[Vec<LinkedActorIdx>],
) -> Vec<(Option<CountryCode>, bool)> {
    let mut portraits: Vec<Vec<&Portrait>> = past.actors.iter().map(|portrait| vec![&**portrait]).collect();
    for (digest, actors) in digests.iter().zip(actors) {
        for (portrait, actor) in digest.actors.iter().zip(actors) {
            if portraits.len() <= actor.index() {
                portraits.resize(actor.index() + 1, Vec::new());
            }
            portraits[actor.index()].push(portrait);
        }
    }
    let known = |portraits: Vec<&Portrait>| {
        let kind = most_frequent(portraits.iter().map(|portrait| Some(portrait.kind)));
        let country = most_frequent(portraits.iter().map(|portrait| portrait.country));
        (country, kind == Some(ActorKind::Person))
    };
    portraits.into_iter().map(known).collect()
}

/// What is known, and for each of it the number of its group, then what is new.
fn with_known<'a, T>(known: &'a [Vec<T>], new: impl Iterator<Item = &'a Vec<T>>) -> (Vec<&'a T>, Vec<usize>) {
    let groups = known.iter().enumerate().flat_map(|(group, members)| members.iter().map(move |_| group));
    let groups = groups.collect();
    (known.iter().flatten().chain(new.flatten()).collect(), groups)
}

/// Cuts a list into one part a report.
fn by_report<T: Clone>(all: &[T], lengths: impl Iterator<Item = usize>) -> Vec<Vec<T>> {
    let mut rest = all;
    lengths
        .map(|length| {
            let (part, after) = rest.split_at(length);
            rest = after;
            part.to_vec()
        })
        .collect()
}

impl Joined {
    /// Where each report comes from, for counting.
    pub fn sources(&self) -> Vec<Source> {
        self.ancestry.iter().map(|ancestry| ancestry.source.clone()).collect()
    }
}

/// What has one number, together; groups in order of their numbers.
pub(crate) fn group_by_number<T>(members: impl Iterator<Item = (usize, T)>) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    for (group, member) in members {
        if groups.len() <= group {
            groups.resize_with(group + 1, Vec::new);
        }
        groups[group].push(member);
    }
    groups
}
