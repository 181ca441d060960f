//! Links reports: the order of the work.

use crate::Digest;
use crate::actors::{Member, describe_actor};
use crate::corrections::{Issue, mark_corrections};
use crate::discrepancies::{
    Wording, actor_discrepancy, event_discrepancies, in_order, statement_discrepancies,
};
use crate::events::describe_event;
use crate::independence::{Ancestry, is_copy};
use crate::join::{Joined, Past, group_by_number, join};
use crate::lineage::SharedWording;
use crate::linked::{
    About, Derivation, Event, Evidence, Lineage, Linked, LinkedActor, LinkedReport, LinkedStatement, Origin,
    Passage, ReportIdx, Reported, Share,
};
use crate::statements::{Saying, describe_statement};
use crate::tellings::Telling;
use dateline_ingest::Published;
use dateline_plover::CodedReport;
use dateline_resolve::ActorIdx;
use dateline_text::{Arena, Idx};

/// Puts together what reports say: the same actors, events and statements, whose text is whose, and where the
/// reports differ.
///
/// The order of the reports changes nothing but their numbers: inside, they are taken from the earliest
/// published to the latest, those without a date last.
pub fn link(reports: &[CodedReport]) -> Linked {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|&a, &b| order_key(&reports[a]).cmp(&order_key(&reports[b])));
    let in_order: Vec<&CodedReport> = order.iter().map(|&number| &reports[number]).collect();
    let mut linked = link_in_order(&in_order);
    renumber(&mut linked, &order);
    linked
}

/// Earliest first; what is published at one time is put in order by its words.
fn order_key(report: &CodedReport) -> impl Ord + '_ {
    let published = report.article.published.or(report.report.published);
    (order_of_publication(published), &report.article.text, &report.report.id)
}

/// Puts reports in order: the earliest published first, to the second, those without a date last.
pub fn order_of_publication(published: Option<Published>) -> impl Ord {
    let when = published.map(|published| {
        let time = published.time.map(|time| (time.hour(), time.minute(), time.second()));
        (published.date, time)
    });
    (when.is_none(), when)
}

fn link_in_order(reports: &[&CodedReport]) -> Linked {
    let joined = join(&Past::default(), reports.iter().map(|report| Digest::of(report)).collect());
    let sources = joined.sources();
    let issues: Vec<Issue> = reports.iter().map(|report| Issue::of(report)).collect();
    let actors = describe_actors(&joined);
    let wording = |report: usize| {
        let Digest { text, words, .. } = &joined.digests[report];
        Some(Wording { text, words })
    };

    let tellings = joined.digests.iter().map(|digest| digest.tellings.iter());
    let tellings = group(tellings, &joined.events);
    let describe = |tellings: &Vec<&Telling>| describe_event(tellings, &sources, &issues);
    let events: Arena<Event> = tellings.iter().map(describe).collect();
    let of_events = events.iter().zip(&tellings);
    let of_events =
        of_events.flat_map(|((idx, event), tellings)| event_discrepancies(idx, event, tellings, &wording));

    let sayings = joined.digests.iter().map(|digest| digest.sayings.iter());
    let sayings = group(sayings, &joined.statements);
    let describe = |sayings: &Vec<&Saying>| describe_statement(sayings, &sources);
    let statements: Arena<LinkedStatement> = sayings.iter().map(describe).collect();
    let of_statements = sayings.iter().enumerate().flat_map(|(number, sayings)| {
        statement_discrepancies(Idx::new(number), sayings, &|actor| actors[actor].name.clone(), &wording)
    });

    let of_actors = actors.iter().filter_map(|(idx, actor)| actor_discrepancy(idx, actor));
    let mut discrepancies = in_order(of_actors.collect(), of_statements.collect(), of_events.collect());
    for discrepancy in &mut discrepancies {
        let told_in = match discrepancy.about {
            About::Actor(_) => discrepancy.values.iter().flat_map(Reported::reports).collect(),
            About::Event(event) => events[event].reports.clone(),
            About::Statement(statement) => statements[statement].reports.clone(),
        };
        mark_corrections(discrepancy, &issues, &told_in);
    }
    let lineage = joined.shared.iter().map(|shared| describe_lineage(shared, &joined.ancestry)).collect();
    let Joined { ancestry, actors: actor_of, events: event_of, statements: statement_of, .. } = joined;
    let numbers = |of: Vec<usize>| of.into_iter().map(Idx::new).collect();
    let parts = ancestry.into_iter().zip(actor_of).zip(event_of).zip(statement_of).enumerate();
    let linked_reports = parts.map(|(number, (((ancestry, actors), events), statements))| LinkedReport {
        independent: ancestry.counted_as == number,
        origin: ancestry.origin,
        counted_as: ReportIdx::new(ancestry.counted_as),
        reasons: ancestry.reasons,
        actors,
        events: numbers(events),
        statements: statements.into_iter().map(Idx::new).collect(),
    });
    Linked { reports: linked_reports.collect(), lineage, actors, events, statements, discrepancies }
}

fn describe_actors(joined: &Joined) -> Arena<LinkedActor> {
    let members = joined.digests.iter().zip(&joined.actors).enumerate().flat_map(|(report, (digest, of))| {
        let members = digest.actors.iter().zip(of).enumerate();
        members.map(move |(actor, (portrait, linked))| {
            (linked.index(), Member { of: Some((report, ActorIdx::new(actor))), portrait })
        })
    });
    group_by_number(members).iter().map(|members| describe_actor(members)).collect()
}

/// What reports hold, by the number that `of` gives it.
fn group<'t, T: 't>(
    held: impl Iterator<Item = impl Iterator<Item = &'t T>>,
    of: &[Vec<usize>],
) -> Vec<Vec<&'t T>> {
    group_by_number(of.iter().flatten().copied().zip(held.flatten()))
}

fn describe_lineage(shared: &SharedWording, ancestry: &[Ancestry]) -> Lineage {
    let passages =
        shared.passages.iter().map(|passage| Passage { a: passage.a, b: passage.b, quoted: passage.quoted });
    let origin = match &ancestry[shared.b].origin {
        _ if !is_copy(shared) => None,
        Some(Origin::Agency(agency)) => Some(Origin::Agency(agency.clone())),
        _ => Some(Origin::Report(ReportIdx::new(ancestry[shared.a].source.group))),
    };
    Lineage {
        reports: (ReportIdx::new(shared.a), ReportIdx::new(shared.b)),
        shared: Share::new(shared.shared),
        shared_unquoted: Share::new(shared.shared_unquoted),
        passages: passages.collect(),
        origin,
    }
}

/// Gives reports the numbers in which they were given. `order[i]` is the number given of the `i`-th report inside.
fn renumber(linked: &mut Linked, order: &[usize]) {
    let given = |report: ReportIdx| ReportIdx::new(order[report.index()]);
    let evidence = |evidence: &mut Vec<Evidence>| {
        evidence.iter_mut().for_each(|evidence| evidence.report = given(evidence.report));
        evidence.sort_unstable();
    };
    let origin = |origin: &mut Option<Origin>| {
        if let Some(Origin::Report(report)) = origin {
            *report = given(*report);
        }
    };
    let reports = |reports: &mut Vec<ReportIdx>| {
        reports.iter_mut().for_each(|report| *report = given(*report));
        reports.sort_unstable();
    };

    let mut by_number: Vec<Option<LinkedReport>> = vec![None; order.len()];
    for (number, mut report) in
        std::mem::take(&mut linked.reports).as_slice().to_vec().into_iter().enumerate()
    {
        origin(&mut report.origin);
        report.counted_as = given(report.counted_as);
        for reason in &mut report.reasons {
            if let Derivation::SharedWording { with, .. } = reason {
                *with = given(*with);
            }
        }
        by_number[order[number]] = Some(report);
    }
    linked.reports = by_number.into_iter().flatten().collect();

    for lineage in &mut linked.lineage {
        origin(&mut lineage.origin);
        let (a, b) = (given(lineage.reports.0), given(lineage.reports.1));
        lineage.reports = (a.min(b), a.max(b));
        if a > b {
            lineage.passages.iter_mut().for_each(|passage| std::mem::swap(&mut passage.a, &mut passage.b));
            lineage.passages.sort_by_key(|passage| (passage.a, passage.b));
        }
    }
    linked.lineage.sort_by_key(|lineage| lineage.reports);

    for actor in linked.actors.indices() {
        let actor = &mut linked.actors[actor];
        actor.names.iter_mut().for_each(|name| evidence(&mut name.evidence));
        actor.roles.iter_mut().for_each(|role| evidence(&mut role.evidence));
        actor.members.iter_mut().for_each(|(report, _)| *report = given(*report));
        actor.members.sort_unstable();
    }
    for event in linked.events.indices() {
        let event = &mut linked.events[event];
        event.mentions.iter_mut().for_each(|(report, _)| *report = given(*report));
        event.mentions.sort_unstable();
        reports(&mut event.reports);
        evidence(&mut event.evidence);
        for fields in [&mut event.fields, &mut event.given] {
            fields.date.iter_mut().for_each(|value| evidence(&mut value.evidence));
            fields.place.iter_mut().for_each(|value| evidence(&mut value.evidence));
            fields.status.iter_mut().for_each(|value| evidence(&mut value.evidence));
            fields.size.iter_mut().for_each(|value| evidence(&mut value.evidence));
        }
    }
    for statement in linked.statements.indices() {
        let statement = &mut linked.statements[statement];
        statement.mentions.iter_mut().for_each(|(report, _)| *report = given(*report));
        statement.mentions.sort_unstable();
        reports(&mut statement.reports);
        evidence(&mut statement.evidence);
    }
    for discrepancy in &mut linked.discrepancies {
        discrepancy.values.iter_mut().for_each(|value: &mut Reported<String>| evidence(&mut value.evidence));
        for corrected in &mut discrepancy.corrected {
            (corrected.report, corrected.by) = (given(corrected.report), given(corrected.by));
        }
    }
}
