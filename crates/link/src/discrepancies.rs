//! Finds where reports, or parts of one report, do not agree.
//!
//! In:  the linked actors, events and statements.
//! Out: [`Discrepancy`]s: each value with the words that give it, and a note that says what differs.
//!
//! | kind | when |
//! | --- | --- |
//! | name | one actor has names that are spellings of each other |
//! | number | one event has different numbers of the same thing |
//! | date, place | one event has days, or places, that do not meet |
//! | status | one event is told as planned here and as held, denied or open there |
//! | wording | one statement, or one event, is quoted with different words in the same place |
//! | attribution | one statement has different speakers |

mod numbers;
mod wording;

pub(crate) use numbers::{counts, number_value};

use crate::linked::{
    About, Discrepancy, DiscrepancyKind, Event, EventIdx, Evidence, LinkedActor, LinkedActorIdx,
    LinkedStatementIdx, ReportIdx, Reported, Status,
};
use crate::names::{Likeness, NameParts, compare_organizations, compare_persons};
use crate::statements::{Saying, evidence};
use crate::tellings::{DayRelation, PlaceRelation, Telling, relate_days, relate_places};
use crate::words::Word;
use dateline_resolve::{ActorKind, DayRange};
use std::collections::BTreeSet;

/// The text of a report and its words, for comparing what is quoted.
#[derive(Clone, Copy)]
pub struct Wording<'t> {
    /// The text as given.
    pub text: &'t str,
    /// The words of its article.
    pub words: &'t [Word],
}

/// Where the tellings of one event do not agree. `wording` gives the text of a report by its number, where it is
/// at hand; without it quotations are not compared.
pub fn event_discrepancies<'t>(
    about: EventIdx,
    event: &Event,
    members: &[&Telling],
    wording: &dyn Fn(usize) -> Option<Wording<'t>>,
) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    found.extend(status(about, event));
    found.extend(dates(about, event));
    found.extend(places(about, event));
    found.extend(numbers::numbers(about, event, members));
    let tellings = event.evidence.iter().filter_map(|evidence| {
        wording::Telling::of(evidence.report.index(), evidence.span, evidence.attributed_to, wording)
    });
    found.extend(wording::wordings(tellings, About::Event(about)));
    found
}

/// Where the tellings of one statement do not agree; `name` gives the name of an actor.
pub fn statement_discrepancies<'t>(
    about: LinkedStatementIdx,
    members: &[&Saying],
    name: &dyn Fn(LinkedActorIdx) -> String,
    wording: &dyn Fn(usize) -> Option<Wording<'t>>,
) -> Vec<Discrepancy> {
    let tellings = members
        .iter()
        .filter_map(|saying| wording::Telling::of(saying.report, saying.span, saying.speaker, wording));
    let mut found = wording::wordings(tellings, About::Statement(about));
    found.extend(attribution(about, members, name));
    found
}

/// The discrepancies in order of what they are about, each difference of words once.
pub(crate) fn in_order(
    of_actors: Vec<Discrepancy>,
    of_statements: Vec<Discrepancy>,
    of_events: Vec<Discrepancy>,
) -> Vec<Discrepancy> {
    let mut worded: BTreeSet<BTreeSet<Evidence>> = BTreeSet::new();
    let all = of_actors.into_iter().chain(of_statements).chain(of_events);
    let mut found: Vec<Discrepancy> = all
        .filter(|found| found.kind != DiscrepancyKind::Wording || worded.insert(words_of(found)))
        .collect();
    found.sort_by_key(|discrepancy| match discrepancy.about {
        About::Actor(actor) => (0, actor.index()),
        About::Event(event) => (1, event.index()),
        About::Statement(statement) => (2, statement.index()),
    });
    found
}

/// A discrepancy without its `about`: the same words differ, whatever they are a discrepancy of.
fn words_of(discrepancy: &Discrepancy) -> BTreeSet<Evidence> {
    let evidence = discrepancy.values.iter().flat_map(|value| &value.evidence);
    evidence.map(|evidence| Evidence { attributed_to: None, ..*evidence }).collect()
}

/// Spellings of an actor's name.
pub fn actor_discrepancy(about: LinkedActorIdx, actor: &LinkedActor) -> Option<Discrepancy> {
    let compare = match actor.kind {
        ActorKind::Person => compare_persons,
        ActorKind::Organization => compare_organizations,
        ActorKind::State | ActorKind::Group => return None,
    };
    let forms: Vec<(NameParts, &Reported<String>)> =
        actor.names.iter().map(|name| (NameParts::new(&name.value), name)).collect();
    let is_variant =
        |parts: &NameParts| forms.iter().any(|(other, _)| compare(parts, other) == Likeness::Variant);
    let mut values: Vec<(String, Reported<String>)> = Vec::new();
    for (parts, name) in forms.iter().filter(|(parts, _)| is_variant(parts)) {
        // `KIM JONG UN` and `Kim Jong-un` are one spelling.
        match values.iter_mut().find(|(key, _)| *key == parts.key) {
            Some((_, value)) => value.evidence.extend(name.evidence.iter().copied()),
            None => values.push((parts.key.clone(), (*name).clone())),
        }
    }
    // Forms of one report that stand for each other by chance (`Jun` and `Jung` of two persons) need a full name.
    let values: Vec<Reported<String>> = values.into_iter().map(|(_, value)| value).collect();
    let note = |values: &str| format!("the name is spelt {values}");
    discrepancy(DiscrepancyKind::Name, About::Actor(about), values, note)
}

/// An event that is told as planned here, and as held, denied or open there.
fn status(about: EventIdx, event: &Event) -> Option<Discrepancy> {
    let values: Vec<Reported<String>> = event
        .given
        .status
        .iter()
        .filter(|known| known.value != Status::Historical)
        .map(|known| Reported { value: known.value.to_string(), evidence: known.evidence.clone() })
        .collect();
    let note = |values: &str| format!("the event is told as {values}");
    discrepancy(DiscrepancyKind::Status, About::Event(about), values, note)
}

/// Days that do not meet.
fn dates(about: EventIdx, event: &Event) -> Option<Discrepancy> {
    let all = &event.given.date;
    let apart =
        |a: DayRange, b: DayRange| matches!(relate_days(a, b), DayRelation::Adjacent | DayRelation::Apart);
    let values = all.iter().filter(|known| all.iter().any(|other| apart(known.value, other.value)));
    let values: Vec<Reported<String>> = values
        .map(|known| Reported { value: days_to_string(known.value), evidence: known.evidence.clone() })
        .collect();
    discrepancy(DiscrepancyKind::Date, About::Event(about), values, |values| {
        format!("the day is given as {values}")
    })
}

/// `2022-04-18`, or `2022-04-18 to 2022-04-20`.
fn days_to_string(days: DayRange) -> String {
    if days.from == days.to { days.from.to_string() } else { format!("{} to {}", days.from, days.to) }
}

/// Places that lie apart.
fn places(about: EventIdx, event: &Event) -> Option<Discrepancy> {
    let all = &event.given.place;
    let apart = |a: &Reported<_>, b: &Reported<_>| relate_places(&a.value, &b.value) == PlaceRelation::Apart;
    let values = all.iter().filter(|known| all.iter().any(|other| apart(known, other)));
    let values: Vec<Reported<String>> = values
        .map(|known| Reported { value: known.value.name.clone(), evidence: known.evidence.clone() })
        .collect();
    discrepancy(DiscrepancyKind::Place, About::Event(about), values, |values| {
        format!("the place is given as {values}")
    })
}

/// Different speakers of one statement.
fn attribution(
    about: LinkedStatementIdx,
    members: &[&Saying],
    name: &dyn Fn(LinkedActorIdx) -> String,
) -> Option<Discrepancy> {
    let mut values: Vec<(LinkedActorIdx, Reported<String>)> = Vec::new();
    for saying in members {
        let Some(speaker) = saying.speaker else { continue };
        match values.iter_mut().find(|(known, _)| *known == speaker) {
            Some((_, value)) => value.evidence.push(evidence(saying)),
            None => {
                let evidence = vec![evidence(saying)];
                values.push((speaker, Reported { value: name(speaker), evidence }));
            }
        }
    }
    let values = values.into_iter().map(|(_, value)| value).collect();
    discrepancy(DiscrepancyKind::Attribution, About::Statement(about), values, |values| {
        format!("the words are attributed to {values}")
    })
}

/// A discrepancy of these values, the one of most reports first, where there are at least two.
fn discrepancy(
    kind: DiscrepancyKind,
    about: About,
    mut values: Vec<Reported<String>>,
    note: impl Fn(&str) -> String,
) -> Option<Discrepancy> {
    if values.len() < 2 {
        return None;
    }
    values.sort_by_key(|value| std::cmp::Reverse(value.reports().len()));
    let list: Vec<String> = values.iter().map(|value| format!("“{}”", value.value)).collect();
    Some(Discrepancy { kind, about, values, note: note(&list.join(", ")), corrected: Vec::new() })
}

/// Evidence for words of a report.
fn words_evidence(
    report: usize,
    span: dateline_text::ByteSpan,
    attributed_to: Option<LinkedActorIdx>,
) -> Evidence {
    Evidence { report: ReportIdx::new(report), span, attributed_to }
}
