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

use crate::events::place_of;
use crate::linked::{
    About, Discrepancy, DiscrepancyKind, Event, EventIdx, Evidence, LinkedActor, LinkedActorIdx,
    LinkedStatementIdx, ReportIdx, Reported, Status,
};
use crate::names::{Likeness, NameParts, compare_organizations, compare_persons};
use crate::statements::{Saying, evidence};
use crate::tellings::{DayRelation, PlaceRelation, Telling, relate_days, relate_places};
use crate::words::Word;
use dateline_plover::CodedReport;
use dateline_resolve::{ActorKind, DayRange};
use dateline_text::{Arena, Idx};
use std::collections::BTreeSet;

/// All that was linked.
pub(crate) struct Findings<'f> {
    pub reports: &'f [&'f CodedReport],
    pub texts: &'f [Vec<Word>],
    pub actors: &'f Arena<LinkedActor>,
    pub tellings: &'f [Telling<'f>],
    pub event_groups: &'f [Vec<usize>],
    pub events: &'f Arena<Event>,
    pub sayings: &'f [Saying<'f>],
    pub statement_groups: &'f [Vec<usize>],
}

/// The discrepancies: of actors, then of events, then of statements.
pub(crate) fn find_discrepancies(findings: &Findings) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    for (idx, actor) in findings.actors.iter() {
        found.extend(names(idx, actor));
    }
    let mut worded: BTreeSet<BTreeSet<Evidence>> = BTreeSet::new();
    for (number, group) in findings.statement_groups.iter().enumerate() {
        let members: Vec<&Saying> = group.iter().map(|&saying| &findings.sayings[saying]).collect();
        let about: LinkedStatementIdx = Idx::new(number);
        let tellings: Vec<wording::Telling> = members
            .iter()
            .map(|saying| wording::Telling {
                report: saying.report,
                text: &findings.reports[saying.report].article.text,
                words: crate::statements::words_in(&findings.texts[saying.report], saying.span),
                speaker: saying.speaker,
            })
            .collect();
        for discrepancy in wording::wordings(&tellings, About::Statement(about)) {
            if worded.insert(words_of(&discrepancy)) {
                found.push(discrepancy);
            }
        }
        found.extend(attribution(about, &members, findings));
    }
    for (number, group) in findings.event_groups.iter().enumerate() {
        let idx: EventIdx = Idx::new(number);
        let event = &findings.events[idx];
        let members: Vec<&Telling> = group.iter().map(|&telling| &findings.tellings[telling]).collect();
        found.extend(status(idx, event));
        found.extend(dates(idx, event));
        found.extend(places(idx, event));
        found.extend(numbers::numbers(idx, event, &members, findings));
        let tellings: Vec<wording::Telling> = event
            .evidence
            .iter()
            .map(|evidence| wording::Telling {
                report: evidence.report.index(),
                text: &findings.reports[evidence.report.index()].article.text,
                words: crate::statements::words_in(&findings.texts[evidence.report.index()], evidence.span),
                speaker: evidence.attributed_to,
            })
            .collect();
        for discrepancy in wording::wordings(&tellings, About::Event(idx)) {
            if worded.insert(words_of(&discrepancy)) {
                found.push(discrepancy);
            }
        }
    }
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
fn names(about: LinkedActorIdx, actor: &LinkedActor) -> Option<Discrepancy> {
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
        match values.iter_mut().find(|(key, _)| *key == parts.key()) {
            Some((_, value)) => value.evidence.extend(name.evidence.iter().copied()),
            None => values.push((parts.key(), (*name).clone())),
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
        .fields
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
    let all = &event.fields.date;
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
    let all = &event.fields.place;
    let apart = |a: &Reported<_>, b: &Reported<_>| {
        relate_places(&place_of(&a.value), &place_of(&b.value)) == PlaceRelation::Apart
    };
    let values = all.iter().filter(|known| all.iter().any(|other| apart(known, other)));
    let values: Vec<Reported<String>> = values
        .map(|known| Reported { value: known.value.name.clone(), evidence: known.evidence.clone() })
        .collect();
    discrepancy(DiscrepancyKind::Place, About::Event(about), values, |values| {
        format!("the place is given as {values}")
    })
}

/// Different speakers of one statement.
fn attribution(about: LinkedStatementIdx, members: &[&Saying], findings: &Findings) -> Option<Discrepancy> {
    let mut values: Vec<(LinkedActorIdx, Reported<String>)> = Vec::new();
    for saying in members {
        let Some(speaker) = saying.speaker else { continue };
        match values.iter_mut().find(|(known, _)| *known == speaker) {
            Some((_, value)) => value.evidence.push(evidence(saying)),
            None => {
                let name = findings.actors[speaker].name.clone();
                values.push((speaker, Reported { value: name, evidence: vec![evidence(saying)] }));
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
    let list: Vec<String> = values
        .iter()
        .map(|value| match value.reports().len() {
            1 => format!("“{}” (1 report)", value.value),
            n => format!("“{}” ({n} reports)", value.value),
        })
        .collect();
    Some(Discrepancy { kind, about, values, note: note(&list.join(", ")) })
}

/// Evidence for words of a report.
fn words_evidence(
    report: usize,
    span: dateline_text::ByteSpan,
    attributed_to: Option<LinkedActorIdx>,
) -> Evidence {
    Evidence { report: ReportIdx::new(report), span, attributed_to }
}
