//! Finds the same actor across reports.
//!
//! In:  the actors of each report, with the words that stand for them.
//! Out: the [`LinkedActor`]s, and for each report which of them each of its actors is.
//!
//! States are one by their code. Persons and organisations with the same full name are one, unless the reports
//! give them another country and another sector. A part of a name (`Noh`) is whoever bears it, where only one
//! does and nothing speaks against it. A spelling variant needs a common country, sector or office; one that
//! also sounds different (`Jun`, `Jung`) needs a common office. Descriptions ("South Korean officials") are
//! one where country, sector and head word agree; without a country they stay apart.
//!
//! Names are compared once each, however many reports give them, and only with names that share a part.

use crate::groups::Groups;
use crate::linked::{Evidence, LinkedActor, LinkedActorIdx, LinkedRole, ReportIdx, Reported};
use crate::names::{Likeness, NameParts, compare_organizations, compare_persons};
use crate::portrait::Portrait;
use crate::words::{fold, stem};
use dateline_resolve::{ActorIdx, ActorKind, CountryCode, Sector};
use dateline_text::{ByteSpan, Idx};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Names that share a part and are compared with each other; a part that more names have tells nothing.
const MAX_BLOCK: usize = 200;

/// An actor of one report, or one known before.
#[derive(Clone, Copy)]
pub(crate) struct Member<'p> {
    /// The report and the actor's number there; nothing for what was known before.
    pub of: Option<(usize, ActorIdx)>,
    pub portrait: &'p Portrait,
}

/// The number of each member's actor, the same for those that are one actor, from 0 in order of first mention.
/// Members known before come first, and no two of them are taken for one.
pub(crate) fn join_actors(members: &[Member]) -> Vec<LinkedActorIdx> {
    let n_known = members.iter().take_while(|member| member.of.is_none()).count();
    let country_words = country_words(members);
    let mut groups = Groups::keeping_apart(members.len(), n_known);
    join_equal(members, &mut groups);
    let profiles = profiles(members, groups.clone().into_groups(), &country_words);
    join_alike(&profiles, n_known, &mut groups);
    let mut of = vec![Idx::new(0); members.len()];
    for (actor, group) in groups.into_groups().into_iter().enumerate() {
        group.into_iter().for_each(|member| of[member] = Idx::new(actor));
    }
    of
}

/// The words by which the reports name states: they tell no office from another.
fn country_words(members: &[Member]) -> FxHashSet<String> {
    let mut words = FxHashSet::default();
    for member in members.iter().filter(|member| member.portrait.kind == ActorKind::State) {
        for (form, _) in &member.portrait.forms {
            let text = fold(form);
            words.extend(text.split(|char: char| !char.is_alphanumeric()).map(|word| stem(word).to_owned()));
        }
    }
    words
}

/// Joins actors whose kind and full name, or state, or description is the same.
fn join_equal(members: &[Member], groups: &mut Groups) {
    let mut first_with: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (number, member) in members.iter().enumerate() {
        for key in &member.portrait.reading().identities {
            let others = first_with.entry(key.as_str()).or_default();
            // Same full name, other country and other sector: somebody else of that name.
            let same = others.iter().copied().find(|&other| {
                let (other, this) = (members[other].portrait, member.portrait);
                !(differ(this.country, other.country) && differ(this.sector, other.sector))
            });
            match same {
                Some(other) => _ = groups.join(other, number),
                None => others.push(number),
            }
        }
    }
}

fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// What is known of the actors that are one so far.
struct Profile<'p> {
    /// A member of the group.
    member: usize,
    is_person: bool,
    names: Vec<&'p NameParts>,
    sounds: BTreeSet<&'p str>,
    countries: BTreeSet<CountryCode>,
    sectors: BTreeSet<Sector>,
    offices: BTreeSet<&'p str>,
    reports: BTreeSet<usize>,
}

fn profiles<'p>(
    members: &[Member<'p>],
    groups: Vec<Vec<usize>>,
    country_words: &FxHashSet<String>,
) -> Vec<Profile<'p>> {
    let mut profiles = Vec::new();
    for group in groups {
        let first = members[group[0]].portrait;
        if !first.can_be_alike() {
            continue;
        }
        let mut names = BTreeMap::new();
        let mut profile = Profile {
            member: group[0],
            is_person: first.kind == ActorKind::Person,
            names: Vec::new(),
            sounds: BTreeSet::new(),
            countries: BTreeSet::new(),
            sectors: BTreeSet::new(),
            offices: BTreeSet::new(),
            reports: BTreeSet::new(),
        };
        for &number in &group {
            let Member { of, portrait } = members[number];
            let reading = portrait.reading();
            names.extend(portrait.names.iter().zip(&reading.names));
            profile.sounds.extend(reading.sounds.iter().map(String::as_str));
            profile.countries.extend(portrait.country);
            profile.sectors.extend(portrait.sector);
            profile.reports.extend(of.map(|(report, _)| report));
            for role in &portrait.roles {
                profile.countries.extend(role.country.filter(|_| portrait.country.is_none()));
                profile.sectors.extend(role.sector.filter(|_| portrait.sector.is_none()));
            }
            let offices = reading.office_words.iter().filter(|word| !country_words.contains(*word));
            profile.offices.extend(offices.map(String::as_str));
        }
        profile.names = names.into_values().collect();
        profiles.push(profile);
    }
    profiles
}

/// Joins actors with like names where what is known of them fits. The members before `n_known` were known before, and no two
/// of them are joined.
fn join_alike(profiles: &[Profile], n_known: usize, groups: &mut Groups) {
    let mut blocks: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (number, profile) in profiles.iter().enumerate() {
        for key in &profile.sounds {
            blocks.entry(key).or_default().push(number);
        }
    }
    blocks.retain(|_, block| block.len() <= MAX_BLOCK);
    // Members known before come first, and so do their profiles.
    let n_old = profiles.partition_point(|profile| profile.member < n_known);
    let mut pairs = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            let rest = &block[at + 1..];
            let from = if a < n_old { rest.partition_point(|&b| b < n_old) } else { 0 };
            let of_a_kind = rest[from..].iter().filter(|&&b| profiles[a].is_person == profiles[b].is_person);
            pairs.extend(of_a_kind.map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    // Parts of names are settled last, when it is known how many actors bear the name.
    let mut parts: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for &(a, b) in &pairs {
        let (x, y) = (&profiles[a], &profiles[b]);
        match likeness(x, y) {
            Likeness::Same if !contradict(x, y) => _ = groups.join(x.member, y.member),
            Likeness::Variant if is_same_by_office(x, y) => _ = groups.join(x.member, y.member),
            Likeness::Part if !x.reports.is_disjoint(&y.reports) => {}
            Likeness::Part if x.is_person && y.is_person => {
                let (short, long) = short_and_long(profiles, a, b);
                parts.entry(short).or_default().push(long);
            }
            Likeness::Part if x.share(y) > 0 && !contradict(x, y) => _ = groups.join(x.member, y.member),
            _ => {}
        }
    }
    for (&short, bearers) in parts.iter_mut().filter(|(short, _)| **short < n_old) {
        // Others that were known before bear it too, and with these it was not compared above.
        let alike = profiles[short].sounds.iter().filter_map(|key| blocks.get(key));
        let known = alike.flat_map(|block| block.iter().copied().take_while(|&other| other < n_old));
        let others = known.filter(|&other| {
            other != short
                && short_and_long(profiles, short.min(other), short.max(other)).0 == short
                && profiles[short].reports.is_disjoint(&profiles[other].reports)
                && likeness(&profiles[short], &profiles[other]) == Likeness::Part
        });
        bearers.extend(others.collect::<Vec<_>>());
    }
    let mut parts: Vec<(usize, Vec<usize>)> = parts.into_iter().collect();
    parts.sort_unstable();
    for (short, bearers) in parts {
        let short = &profiles[short];
        let fitting = bearers.iter().filter(|&&long| !contradict(short, &profiles[long]));
        let mut roots: Vec<usize> = fitting.map(|&long| groups.root(profiles[long].member)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [only] = roots[..] {
            groups.join(only, short.member);
        }
    }
}

/// Which of two, the earlier one given first, has the shorter name.
fn short_and_long(profiles: &[Profile], a: usize, b: usize) -> (usize, usize) {
    if profiles[a].n_parts() < profiles[b].n_parts() { (a, b) } else { (b, a) }
}

impl Profile<'_> {
    fn n_parts(&self) -> usize {
        self.names.iter().map(|name| name.parts.len()).max().unwrap_or(0)
    }

    /// How many of country, sector and office they have in common.
    fn share(&self, other: &Profile) -> usize {
        usize::from(!self.countries.is_disjoint(&other.countries))
            + usize::from(!self.sectors.is_disjoint(&other.sectors))
            + usize::from(!self.offices.is_disjoint(&other.offices))
    }
}

fn likeness(x: &Profile, y: &Profile) -> Likeness {
    if x.is_person != y.is_person {
        return Likeness::None;
    }
    let compare = if x.is_person { compare_persons } else { compare_organizations };
    let pairs = x.names.iter().flat_map(|a| y.names.iter().map(move |b| compare(a, b)));
    pairs.max().unwrap_or(Likeness::None)
}

/// Whether both countries are known and none is the same.
fn contradict(x: &Profile, y: &Profile) -> bool {
    !x.countries.is_empty() && !y.countries.is_empty() && x.countries.is_disjoint(&y.countries)
}

/// Whether two spellings are one actor, by what else is said of them.
fn is_same_by_office(x: &Profile, y: &Profile) -> bool {
    if contradict(x, y) || !x.reports.is_disjoint(&y.reports) {
        return false;
    }
    let sound_alike = x.names.iter().any(|a| y.names.iter().any(|b| a.joined_sounds == b.joined_sounds));
    if sound_alike { x.share(y) > 0 } else { !x.offices.is_disjoint(&y.offices) }
}

/// Puts together what the reports say of one actor.
pub(crate) fn describe_actor(members: &[Member]) -> LinkedActor {
    let mut names: Vec<Reported<String>> = Vec::new();
    let mut roles: Vec<LinkedRole> = Vec::new();
    let is_named = members.iter().any(|member| member.portrait.is_named);
    for &Member { of, portrait } in members {
        let Some((report, _)) = of else { continue };
        if portrait.is_named == is_named {
            for (form, span) in &portrait.forms {
                add_form(&mut names, form.clone(), evidence(report, *span));
            }
        }
        for role in &portrait.roles {
            let evidence = evidence(report, role.span);
            match roles.iter_mut().find(|known| known.text == role.text) {
                Some(known) => known.evidence.push(evidence),
                None => roles.push(LinkedRole {
                    text: role.text.clone(),
                    country: role.country,
                    sector: role.sector,
                    evidence: vec![evidence],
                }),
            }
        }
    }
    let portraits: Vec<&Portrait> = members.iter().map(|member| member.portrait).collect();
    LinkedActor {
        name: fullest_name(&portraits),
        names,
        kind: most_frequent(portraits.iter().map(|portrait| Some(portrait.kind))).unwrap_or(ActorKind::Group),
        country: most_frequent(portraits.iter().map(|portrait| portrait.country)),
        sector: most_frequent(portraits.iter().map(|portrait| portrait.sector)),
        roles,
        members: members
            .iter()
            .filter_map(|member| member.of)
            .map(|(report, actor)| (ReportIdx::new(report), actor))
            .collect(),
    }
}

fn add_form(names: &mut Vec<Reported<String>>, form: String, evidence: Evidence) {
    match names.iter_mut().find(|known| known.value == form) {
        Some(known) => known.evidence.push(evidence),
        None => names.push(Reported { value: form, evidence: vec![evidence] }),
    }
}

fn evidence(report: usize, span: ByteSpan) -> Evidence {
    Evidence { report: ReportIdx::new(report), span, attributed_to: None }
}

/// Words as one line: a name that is broken over two lines of a text is the same name.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name that most reports give; of those with as many, the one with most parts, then the first.
fn fullest_name(portraits: &[&Portrait]) -> String {
    let names: Vec<&String> = portraits.iter().map(|portrait| &portrait.names[0]).collect();
    let n_parts = |name: &str| NameParts::new(name).parts.len();
    let most_parts = names.iter().map(|name| n_parts(name)).max().unwrap_or(0);
    // `Noh` is no name to show beside `Noh Kyu-duk`, however many reports say no more.
    let full = names.into_iter().filter(|name| n_parts(name) >= most_parts.min(2));
    most_frequent(full.map(|name| Some(name.clone()))).unwrap_or_default()
}

/// The value given most often; of those given as often, the first.
pub(crate) fn most_frequent<T: PartialEq>(values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values.flatten() {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|&(_, count)| count).max()?;
    counts.into_iter().find(|&(_, count)| count == most).map(|(value, _)| value)
}
