//! Events, by day: date, place, who, what, to whom, in whose words, told by how many.

use super::{listed, name_of, weight};
use crate::brief::one_line;
use crate::clause::clause_of;
use crate::phrases::phrase;
use crate::{Cite, Line, Section, days};
use dateline_link::{Event, EventSize, Linked, LinkedActorIdx, Status};
use dateline_plover::{CodedReport, EventMention};
use dateline_resolve::ActorKind;
use dateline_text::{TokenSpan, Upos};

/// The events with one of these statuses, the earliest first, undated ones last.
pub fn section(
    coded: &[CodedReport],
    linked: &Linked,
    title: &'static str,
    statuses: &[Status],
    if_empty: &'static str,
) -> Section {
    let mut events: Vec<&Event> = linked
        .events
        .iter()
        .map(|(_, event)| event)
        .filter(|event| statuses.contains(&event.status))
        .collect();
    events.sort_by_key(|event| {
        let day = event.date.map(|days| (days.from, days.to));
        (
            day.is_none(),
            day,
            std::cmp::Reverse(event.independent_reports),
            std::cmp::Reverse(event.reports.len()),
        )
    });
    Section { title, lines: events.into_iter().map(|event| line(coded, linked, event)).collect(), if_empty }
}

fn line(coded: &[CodedReport], linked: &Linked, event: &Event) -> Line {
    let mut line = Line::new(lead(event)).plain(format!("{}: ", summary(linked, event)));
    if let Some((report, mention)) = best_telling(coded, event) {
        let document = &coded[report].document;
        let clause = clause_of(document, mention.trigger, mention.trigger_head);
        line = line.quote(clause.span.of(document.text()));
        if clause.cut {
            line = line.plain(" (cut)");
        }
    }
    let sources = sources(linked, event);
    if !sources.is_empty() {
        line = line.plain(format!(", according to {}", listed(&sources)));
    }
    line = line.plain(format!(". {}.", weight(event.reports.len(), event.independent_reports)));
    line = line.cite(Cite::of_evidence(coded, &event.evidence));
    for size in &event.fields.size {
        let words = format!("{}: {}", size.value.kind, size.value.count);
        line.below.push(Line::default().plain(words).cite(Cite::of_evidence(coded, &size.evidence)));
    }
    line
}

/// Day and place, or that they are not known.
fn lead(event: &Event) -> String {
    let day = event.date.map_or_else(|| "Day not stated".to_owned(), days::days);
    match &event.place {
        Some(place) => format!("{day}, {}", place_name(&place.name)),
        None => day,
    }
}

/// A name of a place as it reads in a line: `SEOUL` of a dateline is Seoul.
fn place_name(name: &str) -> String {
    let shouts = |word: &str| word.len() > 3 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let quiet = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| format!("{first}{}", chars.as_str().to_lowercase()))
    };
    let words = name.split_whitespace().map(|word| if shouts(word) { quiet(word) } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ")
}

/// Who did what to whom, in our words: `US and South Korea held talks (CONSULT)`.
pub fn summary(linked: &Linked, event: &Event) -> String {
    let words = phrase(event.event, &event.modes);
    let actors = names(linked, &event.actors);
    let recipients = names(linked, &event.recipients);
    let mut text = match event.status {
        Status::Reported => String::new(),
        Status::Planned => "Planned: ".to_owned(),
        Status::Denied => "Denied or not so: ".to_owned(),
        Status::Hypothetical => "Conditional: ".to_owned(),
        Status::Historical => "Earlier: ".to_owned(),
    };
    text += if actors.is_empty() { "actor not stated" } else { &actors };
    text += " — ";
    text += &words.phrase;
    if !recipients.is_empty() {
        if !words.to.is_empty() {
            text += " ";
            text += &words.to;
        }
        text += " ";
        text += &recipients;
    }
    let modes: String = event.modes.iter().map(|mode| format!("/{mode}")).collect();
    text += &format!(" ({}{modes})", event.event);
    text
}

/// The names of actors; a state goes without saying where somebody who acts for it is named.
fn names(linked: &Linked, actors: &[LinkedActorIdx]) -> String {
    let stands_in = |&&actor: &&LinkedActorIdx| {
        let state = &linked.actors[actor];
        state.kind == ActorKind::State
            && actors.iter().any(|&other| {
                let other = &linked.actors[other];
                other.kind == ActorKind::Person && other.country.is_some() && other.country == state.country
            })
    };
    let named = actors.iter().filter(|actor| !stands_in(actor));
    let names: Vec<String> = named.map(|&actor| one_line(name_of(linked, actor))).collect();
    listed(&names)
}

/// The telling whose clause shows most: one that happened, with its actor in the clause, a verb before a noun,
/// then the surest, then the first.
fn best_telling<'a>(coded: &'a [CodedReport], event: &Event) -> Option<(usize, &'a EventMention)> {
    let rank = |report: usize, mention: &EventMention| {
        let document = &coded[report].document;
        let clause = clause_of(document, mention.trigger, mention.trigger_head);
        let shown = |tokens: &[TokenSpan]| {
            tokens.iter().filter(|&&tokens| clause.span.contains(document.bytes(tokens))).count()
        };
        let is_verb = document.upos(mention.trigger_head) == Upos::Verb;
        let n_shown = (shown(&mention.actor_tokens).min(2), shown(&mention.recipient_tokens).min(1));
        // A number that its outlet has taken back is not to be quoted where another telling can be.
        let counts_still = mention.sizes.iter().all(|size| {
            let held = EventSize { kind: size.kind, count: size.count };
            event.fields.size.iter().any(|known| known.value == held)
        });
        (mention.aux.is_factual(), counts_still, n_shown, is_verb, mention.confidence.value())
    };
    let tellings = event.mentions.iter().map(|&(report, mention)| {
        let mention = &coded[report.index()].events[mention];
        (rank(report.index(), mention), report.index(), mention)
    });
    let best = tellings
        .rev()
        .max_by(|(one, ..), (other, ..)| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    best.map(|(_, report, mention)| (report, mention))
}

/// To whom the event is attributed, where no report tells it on its own account.
fn sources(linked: &Linked, event: &Event) -> Vec<String> {
    if event.evidence.iter().any(|shown| shown.attributed_to.is_none()) {
        return Vec::new();
    }
    let mut sources: Vec<String> = Vec::new();
    for source in event.evidence.iter().filter_map(|shown| shown.attributed_to) {
        let name = one_line(name_of(linked, source));
        if !sources.contains(&name) {
            sources.push(name);
        }
    }
    sources
}
