//! The actors: every name, PLOVER's country and sector, what the reports say they are.

use crate::brief::one_line;
use crate::{Cite, Line, Section};
use dateline_link::{Linked, LinkedActor, LinkedActorIdx};
use dateline_plover::CodedReport;

/// The actors that act or speak, in order of first mention; states need no introduction.
pub fn section(coded: &[CodedReport], linked: &Linked) -> Section {
    let mut acts = vec![false; linked.actors.n_values()];
    for (_, event) in linked.events.iter() {
        for actor in event.actors.iter().chain(&event.recipients) {
            acts[actor.index()] = true;
        }
    }
    for speaker in linked.statements.iter().filter_map(|(_, statement)| statement.speaker) {
        acts[speaker.index()] = true;
    }
    let lines = linked
        .actors
        .iter()
        .filter(|(idx, actor)| acts[idx.index()] && introduces(actor))
        .map(|(idx, actor)| line(coded, idx, actor));
    Section { title: "Who is who", lines: lines.collect(), if_empty: "No actor beyond states was named." }
}

fn introduces(actor: &LinkedActor) -> bool {
    use dateline_resolve::ActorKind;
    match actor.kind {
        // A description such as "the spokesman" is no introduction.
        ActorKind::Person | ActorKind::Organization => actor.name.contains(char::is_uppercase),
        ActorKind::State | ActorKind::Group => false,
    }
}

fn line(coded: &[CodedReport], _idx: LinkedActorIdx, actor: &LinkedActor) -> Line {
    let code = match (actor.country, actor.sector) {
        (Some(country), Some(sector)) => format!("{country}/{sector}"),
        (Some(country), None) => country.to_string(),
        (None, Some(sector)) => format!("country not stated/{sector}"),
        (None, None) => "country and sector not stated".to_owned(),
    };
    let mut line = Line::new(one_line(&actor.name)).plain(code);
    let others: Vec<String> = actor
        .names
        .iter()
        .map(|name| one_line(&name.value))
        .filter(|name| *name != one_line(&actor.name))
        .collect();
    if !others.is_empty() {
        line = line.plain(format!("; also {}", others.join(", ")));
    }
    let mut evidence: Vec<_> = actor.names.iter().filter_map(|name| name.evidence.first().copied()).collect();
    if let Some(role) = actor.roles.iter().find(|role| role.text != actor.name) {
        line = line.plain(";").quote(&role.text);
        evidence = role.evidence.clone();
    }
    line.cite(Cite::of_evidence(coded, &evidence))
}
