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
use crate::linked::{Evidence, LinkedActor, LinkedActorIdx, LinkedReport, LinkedRole, ReportIdx, Reported};
use crate::names::{Likeness, NameParts, compare_organizations, compare_persons, sounds};
use crate::words::{fold, is_function_word, stem};
use dateline_plover::CodedReport;
use dateline_resolve::{Actor, ActorIdx, ActorKind, ActorMention, CountryCode, MentionForm, Sector};
use dateline_text::{Arena, ByteSpan, Idx};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Names that share a part and are compared with each other; a part that more names have tells nothing.
const MAX_BLOCK: usize = 200;

/// The actors across reports.
pub(crate) struct LinkedActors {
    /// The actors, in order of first mention.
    pub actors: Arena<LinkedActor>,
    /// The linked actor of each actor of each report.
    pub of: Vec<Vec<LinkedActorIdx>>,
}

/// Links the actors of all reports.
pub(crate) fn link_actors(reports: &[&CodedReport]) -> LinkedActors {
    let country_words = country_words(reports);
    let mentions: Vec<Vec<Vec<&ActorMention>>> =
        reports.iter().map(|report| mentions_by_actor(report)).collect();
    let mut nodes = Vec::new();
    for (number, report) in reports.iter().enumerate() {
        for (actor, _) in report.resolution.actors.iter() {
            nodes.push(Node { report: number, actor });
        }
    }
    let mut groups = Groups::new(nodes.len());
    join_equal(reports, &mentions, &nodes, &mut groups);
    let profiles = profiles(reports, &nodes, groups.clone().into_groups(), &country_words);
    join_alike(&profiles, &mut groups);

    let mut of: Vec<Vec<LinkedActorIdx>> =
        reports.iter().map(|report| vec![Idx::new(0); report.resolution.actors.n_values()]).collect();
    let mut actors = Arena::new();
    for group in groups.into_groups() {
        let members: Vec<Node> = group.into_iter().map(|number| nodes[number]).collect();
        let linked = actors.push(describe(reports, &mentions, &members));
        for member in members {
            of[member.report][member.actor.index()] = linked;
        }
    }
    LinkedActors { actors, of }
}

/// An actor of one report.
#[derive(Clone, Copy)]
struct Node {
    report: usize,
    actor: ActorIdx,
}

fn actor_of<'r>(reports: &[&'r CodedReport], node: Node) -> &'r Actor {
    &reports[node.report].resolution.actors[node.actor]
}

fn mentions_by_actor(report: &CodedReport) -> Vec<Vec<&ActorMention>> {
    let mut mentions = vec![Vec::new(); report.resolution.actors.n_values()];
    for (_, mention) in report.resolution.actor_mentions.iter() {
        mentions[mention.actor.index()].push(mention);
    }
    mentions
}

/// The words by which the reports name states: they tell no office from another.
fn country_words(reports: &[&CodedReport]) -> FxHashSet<String> {
    let mut words = FxHashSet::default();
    for report in reports {
        for (_, mention) in report.resolution.actor_mentions.iter() {
            if report.resolution.actors[mention.actor].kind == ActorKind::State {
                let text = fold(report.document.words(mention.tokens));
                words.extend(
                    text.split(|char: char| !char.is_alphanumeric()).map(|word| stem(word).to_owned()),
                );
            }
        }
    }
    words
}

/// Joins actors whose kind and full name, or state, or description is the same.
fn join_equal(
    reports: &[&CodedReport],
    mentions: &[Vec<Vec<&ActorMention>>],
    nodes: &[Node],
    groups: &mut Groups,
) {
    let mut first_with: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (number, &node) in nodes.iter().enumerate() {
        let actor = actor_of(reports, node);
        let Some(key) = key(reports, mentions, node) else { continue };
        let others = first_with.entry(key).or_default();
        // Same full name, other country and other sector: somebody else of that name.
        let same = others.iter().copied().find(|&other| {
            let other = actor_of(reports, nodes[other]);
            !(differ(actor.country, other.country) && differ(actor.sector, other.sector))
        });
        match same {
            Some(other) => _ = groups.join(other, number),
            None => others.push(number),
        }
    }
}

/// What makes an actor the same without further comparison, or nothing.
fn key(reports: &[&CodedReport], mentions: &[Vec<Vec<&ActorMention>>], node: Node) -> Option<String> {
    let actor = actor_of(reports, node);
    let name = NameParts::new(&actor.name);
    let named =
        mentions[node.report][node.actor.index()].iter().any(|mention| mention.form == MentionForm::Name);
    match actor.kind {
        ActorKind::State => Some(match actor.country {
            Some(country) => format!("state {country} {}", sector_of_state(actor.sector)),
            None => format!("state {}", name.key()),
        }),
        ActorKind::Person | ActorKind::Organization if named && name.parts.len() > 1 => {
            Some(format!("name {}", name.key()))
        }
        ActorKind::Organization if named => Some(format!("organization {}", name.key())),
        ActorKind::Person if named => None,
        _ => {
            let head = mentions[node.report][node.actor.index()].first()?.head;
            let document = &reports[node.report].document;
            let sector = actor.sector.map_or("", Sector::as_str);
            Some(format!("{} {} {sector} {}", actor.kind, actor.country?, document.lemma(head)))
        }
    }
}

/// A state acts through its government unless another of its branches is named.
fn sector_of_state(sector: Option<Sector>) -> &'static str {
    match sector {
        None | Some(Sector::Gov) => "GOV",
        Some(other) => other.as_str(),
    }
}

fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// What is known of the actors that are one so far.
struct Profile {
    /// A node of the group.
    node: usize,
    is_person: bool,
    names: Vec<NameParts>,
    countries: BTreeSet<CountryCode>,
    sectors: BTreeSet<Sector>,
    offices: BTreeSet<String>,
    reports: BTreeSet<usize>,
}

fn profiles(
    reports: &[&CodedReport],
    nodes: &[Node],
    groups: Vec<Vec<usize>>,
    country_words: &FxHashSet<String>,
) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for group in groups {
        let first = actor_of(reports, nodes[group[0]]);
        if !matches!(first.kind, ActorKind::Person | ActorKind::Organization) {
            continue;
        }
        let mut names = BTreeSet::new();
        let mut profile = Profile {
            node: group[0],
            is_person: first.kind == ActorKind::Person,
            names: Vec::new(),
            countries: BTreeSet::new(),
            sectors: BTreeSet::new(),
            offices: BTreeSet::new(),
            reports: BTreeSet::new(),
        };
        for &number in &group {
            let actor = actor_of(reports, nodes[number]);
            names.insert(&actor.name);
            profile.countries.extend(actor.country);
            profile.sectors.extend(actor.sector);
            profile.reports.insert(nodes[number].report);
            let text = &reports[nodes[number].report].article.text;
            for role in &actor.roles {
                profile.countries.extend(role.country.filter(|_| actor.country.is_none()));
                profile.sectors.extend(role.sector.filter(|_| actor.sector.is_none()));
                profile.offices.extend(office_words(role.span.slice(text).unwrap_or(""), country_words));
            }
        }
        profile.names = names.into_iter().map(|name| NameParts::new(name)).collect();
        profiles.push(profile);
    }
    profiles
}

fn office_words(role: &str, country_words: &FxHashSet<String>) -> Vec<String> {
    fold(role)
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| word.len() > 2 && !is_function_word(word))
        .map(|word| stem(word).to_owned())
        .filter(|word| !country_words.contains(word))
        .collect()
}

/// Joins actors with like names where what is known of them fits.
fn join_alike(profiles: &[Profile], groups: &mut Groups) {
    let mut blocks: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (number, profile) in profiles.iter().enumerate() {
        let mut keys = BTreeSet::new();
        for name in &profile.names {
            keys.extend(name.parts.iter().filter(|part| !is_function_word(part)).map(|part| sounds(part)));
            keys.extend(name.acronym_keys());
        }
        for key in keys {
            blocks.entry(key).or_default().push(number);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values().filter(|block| block.len() <= MAX_BLOCK) {
        for (at, &a) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().map(|&b| (a, b)));
        }
    }
    // Parts of names are settled last, when it is known how many actors bear the name.
    let mut parts: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for &(a, b) in &pairs {
        let (x, y) = (&profiles[a], &profiles[b]);
        match likeness(x, y) {
            Likeness::Same if !contradict(x, y) => _ = groups.join(x.node, y.node),
            Likeness::Variant if is_same_by_office(x, y) => _ = groups.join(x.node, y.node),
            Likeness::Part if !x.reports.is_disjoint(&y.reports) => {}
            Likeness::Part if x.is_person && y.is_person => {
                let (short, long) = if x.n_parts() < y.n_parts() { (a, b) } else { (b, a) };
                parts.entry(short).or_default().push(long);
            }
            Likeness::Part if x.share(y) > 0 && !contradict(x, y) => _ = groups.join(x.node, y.node),
            _ => {}
        }
    }
    let mut parts: Vec<(usize, Vec<usize>)> = parts.into_iter().collect();
    parts.sort_unstable();
    for (short, bearers) in parts {
        let short = &profiles[short];
        let fitting = bearers.iter().filter(|&&long| !contradict(short, &profiles[long]));
        let mut roots: Vec<usize> = fitting.map(|&long| groups.root(profiles[long].node)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [only] = roots[..] {
            groups.join(only, short.node);
        }
    }
}

impl Profile {
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
    let sound_alike = x
        .names
        .iter()
        .any(|a| y.names.iter().any(|b| sounds(&a.parts.concat()) == sounds(&b.parts.concat())));
    if sound_alike { x.share(y) > 0 } else { !x.offices.is_disjoint(&y.offices) }
}

/// Puts together what the reports say of one actor.
fn describe(reports: &[&CodedReport], mentions: &[Vec<Vec<&ActorMention>>], members: &[Node]) -> LinkedActor {
    let mut names: Vec<Reported<String>> = Vec::new();
    let mut roles: Vec<LinkedRole> = Vec::new();
    for &member in members {
        let report = reports[member.report];
        let mut seen: FxHashSet<String> = FxHashSet::default();
        for mention in &mentions[member.report][member.actor.index()] {
            if mention.form != MentionForm::Name {
                continue;
            }
            let span = report.document.bytes(mention.tokens);
            let Some(form) = span.slice(&report.article.text).map(one_line) else { continue };
            if seen.insert(form.clone()) {
                add_form(&mut names, form, evidence(member.report, span));
            }
        }
        for role in &report.resolution.actors[member.actor].roles {
            let Some(text) = role.span.slice(&report.article.text).map(one_line) else { continue };
            let evidence = evidence(member.report, role.span);
            match roles.iter_mut().find(|known| known.text == text) {
                Some(known) => known.evidence.push(evidence),
                None => roles.push(LinkedRole {
                    text,
                    country: role.country,
                    sector: role.sector,
                    evidence: vec![evidence],
                }),
            }
        }
    }
    let actors: Vec<&Actor> = members.iter().map(|&member| actor_of(reports, member)).collect();
    if names.is_empty() {
        for (&member, actor) in members.iter().zip(&actors) {
            if let Some(mention) = mentions[member.report][member.actor.index()].first() {
                let span = report_span(reports, member, mention);
                add_form(&mut names, actor.name.clone(), evidence(member.report, span));
            }
        }
    }
    let kind = most_frequent(actors.iter().map(|actor| Some(actor.kind)));
    LinkedActor {
        name: fullest_name(&actors),
        names,
        kind: kind.unwrap_or(ActorKind::Group),
        country: most_frequent(actors.iter().map(|actor| actor.country)),
        sector: most_frequent(actors.iter().map(|actor| actor.sector)),
        roles,
        members: members.iter().map(|member| (ReportIdx::new(member.report), member.actor)).collect(),
    }
}

fn report_span(reports: &[&CodedReport], member: Node, mention: &ActorMention) -> ByteSpan {
    reports[member.report].document.bytes(mention.tokens)
}

fn add_form(names: &mut Vec<Reported<String>>, form: String, evidence: Evidence) {
    match names.iter_mut().find(|known| known.value == form) {
        Some(known) => known.evidence.push(evidence),
        None => names.push(Reported { value: form, evidence: vec![evidence] }),
    }
}

fn evidence(report: usize, span: ByteSpan) -> Evidence {
    Evidence { report: Idx::<LinkedReport>::new(report), span, attributed_to: None }
}

/// Words as one line: a name that is broken over two lines of a text is the same name.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name that most reports give; of those with as many, the one with most parts, then the first.
fn fullest_name(actors: &[&Actor]) -> String {
    let most_parts = actors.iter().map(|actor| NameParts::new(&actor.name).parts.len()).max().unwrap_or(0);
    let full = actors.iter().filter(|actor| {
        // `Noh` is no name to show beside `Noh Kyu-duk`, however many reports say no more.
        let parts = NameParts::new(&actor.name).parts.len();
        parts >= most_parts.min(2)
    });
    most_frequent(full.map(|actor| Some(actor.name.clone()))).unwrap_or_default()
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
