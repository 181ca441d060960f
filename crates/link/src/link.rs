//! Links reports: the order of the work.

use crate::actors::{LinkedActors, link_actors};
use crate::discrepancies::{Findings, find_discrepancies};
use crate::events::{describe_events, group_tellings};
use crate::independence::{Ancestry, Sources, is_copy, trace_origins};
use crate::lineage::{SharedWording, find_shared_wording};
use crate::linked::{
    Derivation, Evidence, Lineage, Linked, LinkedReport, Origin, Passage, ReportIdx, Reported, Share,
};
use crate::origins::find_agency;
use crate::statements::{describe_statements, group_sayings, sayings};
use crate::tellings::{Telling, tellings};
use crate::words::Vocabulary;
use dateline_plover::CodedReport;

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
    let when = published.map(|published| {
        let time = published.time.map(|time| (time.hour(), time.minute(), time.second()));
        (published.date, time)
    });
    (when.is_none(), when, &report.article.text, &report.report.id)
}

fn link_in_order(reports: &[&CodedReport]) -> Linked {
    let mut vocabulary = Vocabulary::default();
    let texts: Vec<_> = reports
        .iter()
        .map(|report| vocabulary.words(&report.article.text, &report.article.paragraphs))
        .collect();
    let credits: Vec<_> =
        reports.iter().map(|report| find_agency(&report.article, report.report.byline.as_deref())).collect();
    let shared = find_shared_wording(&texts);
    let ancestry = trace_origins(&shared, &credits);

    let actors = link_actors(reports);
    let sources = Sources::new(&ancestry, &actors.actors);
    let tellings = tellings(reports, &actors, &mut vocabulary);
    let speaker = |telling: &Telling| {
        let statement = telling.mention.statement?;
        let speaker = reports[telling.report].statements[statement].speaker?;
        Some(actors.of[telling.report][speaker.index()])
    };
    let groups = group_tellings(&tellings);
    let (events, event_of) = describe_events(reports, &tellings, &groups, &speaker, &sources);
    let sayings = sayings(reports, &actors, &texts);
    let said = group_sayings(&sayings);
    let (statements, statement_of) = describe_statements(reports, &sayings, &said, &sources);
    let discrepancies = find_discrepancies(&Findings {
        reports,
        texts: &texts,
        actors: &actors.actors,
        tellings: &tellings,
        event_groups: &groups,
        events: &events,
        sayings: &sayings,
        statement_groups: &said,
    });
    let lineage = shared.iter().map(|shared| describe_lineage(shared, &ancestry)).collect();
    let LinkedActors { actors, of: actor_of } = actors;
    let parts = ancestry.into_iter().zip(actor_of).zip(event_of).zip(statement_of).enumerate();
    let linked_reports = parts.map(|(number, (((ancestry, actors), events), statements))| LinkedReport {
        independent: ancestry.counted_as == number,
        origin: ancestry.origin,
        counted_as: ReportIdx::new(ancestry.counted_as),
        reasons: ancestry.reasons,
        actors,
        events,
        statements,
    });
    Linked { reports: linked_reports.collect(), lineage, actors, events, statements, discrepancies }
}

fn describe_lineage(shared: &SharedWording, ancestry: &[Ancestry]) -> Lineage {
    let passages =
        shared.passages.iter().map(|passage| Passage { a: passage.a, b: passage.b, quoted: passage.quoted });
    let origin = match &ancestry[shared.b].origin {
        _ if !is_copy(shared) => None,
        Some(Origin::Agency(agency)) => Some(Origin::Agency(agency.clone())),
        _ => Some(Origin::Report(ReportIdx::new(ancestry[shared.a].counted_as))),
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
        let fields = &mut event.fields;
        fields.date.iter_mut().for_each(|value| evidence(&mut value.evidence));
        fields.place.iter_mut().for_each(|value| evidence(&mut value.evidence));
        fields.status.iter_mut().for_each(|value| evidence(&mut value.evidence));
        fields.size.iter_mut().for_each(|value| evidence(&mut value.evidence));
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
    }
}
