//! From linked reports to what is exported, without a record between them.
//!
//! In:  coded reports and what linking made of them.
//! Out: [`ExportEvent`]s, [`ExportReport`]s and [`ExportStatement`]s, each made when it is asked for.
//!
//! Numbers begin with 1, in the order of [`Linked`].

use crate::event::{
    ExportEvent, ExportEvidence, ExportParty, ExportPlace, ExportReport, ExportSizes, ExportStatement,
};
use dateline_link::{Event, Evidence, Linked, LinkedActorIdx, Origin, ReportIdx, one_line};
use dateline_plover::{CodedReport, EventMentionIdx, SizeKind};
use dateline_text::{ByteSpan, CodePoints, TokenSpan};
use jiff::civil::Date;

/// Characters before and after the words that help to find them again.
const AROUND: usize = 32;

/// Linked reports, ready to be exported.
pub struct LinkedExport<'a> {
    coded: &'a [CodedReport],
    linked: &'a Linked,
    points: Vec<CodePoints<'a>>,
}

impl<'a> LinkedExport<'a> {
    /// The reports and what linking made of them.
    pub fn new(coded: &'a [CodedReport], linked: &'a Linked) -> LinkedExport<'a> {
        let points = coded.iter().map(|coded| CodePoints::new(coded.document.text())).collect();
        LinkedExport { coded, linked, points }
    }

    /// The events.
    pub fn events(&self) -> impl Iterator<Item = ExportEvent> {
        self.linked.events.iter().map(|(idx, event)| self.event(idx.index(), event))
    }

    /// The reports.
    pub fn reports(&self) -> impl Iterator<Item = ExportReport> {
        self.linked.reports.iter().map(|(idx, linked)| {
            let CodedReport { report, article, document, .. } = &self.coded[idx.index()];
            let of_group = &self.coded[linked.counted_as.index()].report;
            let mut events = linked.events.clone();
            events.sort_unstable();
            events.dedup();
            ExportReport {
                id: report.id.clone(),
                outlet: article.outlet.clone(),
                url: article.url.clone(),
                title: title(&self.coded[idx.index()]),
                byline: article.byline.as_ref().map(|byline| byline.text.clone()),
                published: article.published,
                language: article.language.map(str::to_owned),
                source_group: of_group.id.clone(),
                agency: match &linked.origin {
                    Some(Origin::Agency(agency)) => Some(agency.clone()),
                    Some(Origin::Report(_)) | None => None,
                },
                n_chars: document.text().chars().count() as u64,
                n_events: events.len() as u32,
                uncoded: None,
            }
        })
    }

    /// The statements.
    pub fn statements(&self) -> impl Iterator<Item = ExportStatement> {
        self.linked.statements.iter().map(|(idx, statement)| {
            let (first_told, last_told) = self.told(&statement.reports);
            ExportStatement {
                id: idx.index() as u64 + 1,
                speaker: statement.speaker.map(|speaker| self.party(speaker, None)),
                kind: statement.kind,
                n_reports: statement.reports.len() as u32,
                n_independent: statement.independent_reports as u32,
                first_told,
                last_told,
                evidence: statement.evidence.iter().map(|shown| self.evidence(shown, None)).collect(),
            }
        })
    }

    fn event(&self, number: usize, event: &Event) -> ExportEvent {
        let (first_told, last_told) = self.told(&event.reports);
        let first = event.mentions.first().copied();
        let mentions = event
            .mentions
            .iter()
            .map(|&(report, mention)| self.coded[report.index()].events[mention].confidence.value());
        ExportEvent {
            id: number as u64 + 1,
            event: event.event,
            modes: event.modes.clone(),
            contexts: event.contexts.clone(),
            status: event.status,
            actors: event.actors.iter().map(|&actor| self.party(actor, first)).collect(),
            recipients: event.recipients.iter().map(|&actor| self.party(actor, first)).collect(),
            date: event.date,
            place: event.place.as_ref().map(|place| ExportPlace {
                name: place.name.clone(),
                kind: place.kind,
                coordinates: place.coordinates.map(|(lat, lon)| (lat.into(), lon.into())),
                country: place.country,
                geonameid: place.geonameid,
            }),
            sizes: sizes(event),
            n_reports: event.reports.len() as u32,
            n_independent: event.independent_reports as u32,
            first_told,
            last_told,
            confidence: mentions.fold(0.0, f32::max),
            evidence: event
                .evidence
                .iter()
                .map(|shown| {
                    let telling = event.mentions.iter().find(|&&(report, mention)| {
                        let CodedReport { document, events, .. } = &self.coded[report.index()];
                        report == shown.report
                            && document.sentence_span(events[mention].sentence) == shown.span
                    });
                    let trigger = telling.map(|&(report, mention)| {
                        let CodedReport { document, events, .. } = &self.coded[report.index()];
                        document.words(events[mention].trigger).to_owned()
                    });
                    self.evidence(shown, trigger)
                })
                .collect(),
        }
    }

    /// An actor; its words in a telling, where one is given and they name this actor alone.
    fn party(&self, actor: LinkedActorIdx, telling: Option<(ReportIdx, EventMentionIdx)>) -> ExportParty {
        let linked = &self.linked.actors[actor];
        let mut sectors: Vec<_> = linked.sector.into_iter().collect();
        for sector in linked.roles.iter().filter_map(|role| role.sector) {
            if !sectors.contains(&sector) {
                sectors.push(sector);
            }
        }
        ExportParty {
            id: actor.index() as u64 + 1,
            name: linked.name.clone(),
            text: telling.and_then(|telling| self.words_for(actor, telling)),
            kind: linked.kind,
            country: linked.country,
            sector: linked.sector,
            sectors,
            roles: linked.roles.iter().map(|role| role.text.clone()).collect(),
        }
    }

    fn words_for(&self, actor: LinkedActorIdx, telling: (ReportIdx, EventMentionIdx)) -> Option<String> {
        let (report, mention) = telling;
        let coded = &self.coded[report.index()];
        let mention = &coded.events[mention];
        let across = &self.linked.reports[report].actors;
        let names_actor =
            |tokens: &TokenSpan| {
                coded.resolution.actor_mentions.iter().any(|(_, named)| {
                    named.tokens == *tokens && across.get(named.actor.index()) == Some(&actor)
                })
            };
        let mut named = mention.actor_tokens.iter().chain(&mention.recipient_tokens);
        named.find(|tokens| names_actor(tokens)).map(|&tokens| coded.document.words(tokens).to_owned())
    }

    fn evidence(&self, shown: &Evidence, trigger: Option<String>) -> ExportEvidence {
        let coded = &self.coded[shown.report.index()];
        let chars = self.points[shown.report.index()].to_chars(shown.span);
        let (prefix, suffix) = around(coded.document.text(), shown.span);
        ExportEvidence {
            report: coded.report.id.clone(),
            outlet: coded.article.outlet.clone(),
            url: coded.article.url.clone(),
            title: title(coded),
            published: coded.article.published,
            start: chars.start.into(),
            end: chars.end.into(),
            text: shown.span.of(coded.document.text()).to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            trigger,
            attributed_to: shown.attributed_to.map(|actor| self.linked.actors[actor].name.clone()),
        }
    }

    fn told(&self, reports: &[ReportIdx]) -> (Option<Date>, Option<Date>) {
        let days = || {
            let published = reports.iter().filter_map(|report| self.coded[report.index()].article.published);
            published.map(|published| published.date)
        };
        (days().min(), days().max())
    }
}

/// The words before and after some words of a text, up to 32 characters each.
pub fn around(text: &str, span: ByteSpan) -> (&str, &str) {
    let (Some(before), Some(after)) = (text.get(..span.start as usize), text.get(span.end as usize..)) else {
        return ("", "");
    };
    let start = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    (&before[start..], &after[..end])
}

fn title(coded: &CodedReport) -> Option<String> {
    coded.article.title.as_ref().map(|title| one_line(&title.text))
}

/// Of each count the one that most reports give, the first of equals.
fn sizes(event: &Event) -> ExportSizes {
    let most = |kind: SizeKind| {
        let told = event.fields.size.iter().filter(|size| size.value.kind == kind);
        let mut best = None;
        for size in told {
            let n_reports = size.reports().len();
            if best.is_none_or(|(n_best, _)| n_reports > n_best) {
                best = Some((n_reports, size.value.count));
            }
        }
        best.map(|(_, count)| count)
    };
    ExportSizes {
        dead: most(SizeKind::Dead),
        injured: most(SizeKind::Injured),
        arrested: most(SizeKind::Arrested),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_some_words() {
        let text = format!("{}é“hit”ü{}", "a".repeat(40), "b".repeat(40));
        let at = text.find("hit").expect("there");
        let (prefix, suffix) = around(&text, ByteSpan::new(at, at + 3));
        assert_eq!(prefix, format!("{}é“", "a".repeat(30)));
        assert_eq!(suffix, format!("”ü{}", "b".repeat(30)));
        assert_eq!(around("hit", ByteSpan::new(0, 3)), ("", ""));
        assert_eq!(around("hit", ByteSpan::new(2, 9)), ("", ""));
    }
}
