//! JSON, for programs: everything in the brief, spans in code points of each report's text.

use crate::Brief;
use crate::sections::summary;
use dateline_link::{
    About, Corrected, Discrepancy, Event, EventIdx, Evidence, Lineage, Linked, LinkedActor, LinkedActorIdx,
    LinkedReport, LinkedStatement, LinkedStatementIdx, Origin, ReportIdx, Reported,
};
use dateline_plover::CodedReport;
use dateline_resolve::DayRange;
use dateline_text::{ByteSpan, CodePoints};
use serde_json::{Value, json};

pub fn write(brief: &Brief<'_>) -> String {
    let coded = brief.coded;
    let writer = Writer {
        coded,
        linked: brief.linked,
        points: coded.iter().map(|coded| CodePoints::new(coded.document.text())).collect(),
    };
    writer.brief().to_string()
}

struct Writer<'a> {
    coded: &'a [CodedReport],
    linked: &'a Linked,
    points: Vec<CodePoints<'a>>,
}

impl<'a> Writer<'a> {
    fn brief(&self) -> Value {
        let linked = self.linked;
        json!({
            "reports": linked.reports.iter().map(|(idx, report)| self.report(idx, report)).collect::<Vec<_>>(),
            "lineage": linked.lineage.iter().map(|lineage| self.lineage(lineage)).collect::<Vec<_>>(),
            "actors": linked.actors.iter().map(|(idx, actor)| self.actor(idx, actor)).collect::<Vec<_>>(),
            "events": linked.events.iter().map(|(idx, event)| self.event(idx, event)).collect::<Vec<_>>(),
            "statements": linked.statements.iter()
                .map(|(idx, statement)| self.statement(idx, statement)).collect::<Vec<_>>(),
            "discrepancies": linked.discrepancies.iter()
                .map(|discrepancy| self.discrepancy(discrepancy)).collect::<Vec<_>>(),
        })
    }

    fn report(&self, idx: ReportIdx, report: &LinkedReport) -> Value {
        let coded = &self.coded[idx.index()];
        let article = &coded.article;
        let paragraphs = article.paragraphs.iter().map(|&span| self.span(idx, span));
        json!({
            "id": coded.report.id,
            "outlet": article.outlet,
            "title": article.title.as_ref().map(|title| &title.text),
            "byline": article.byline.as_ref().map(|byline| &byline.text),
            "url": article.url,
            "published": article.published.map(|published| published.to_string()),
            "origin": report.origin.as_ref().map(|origin| self.origin(origin)),
            "independent": report.independent,
            "counted_as": self.id(report.counted_as),
            "text": &**coded.document.text(),
            "paragraphs": paragraphs.collect::<Vec<_>>(),
            "corrections": article.corrections.iter().map(|note| self.quote(idx, note.span)).collect::<Vec<_>>(),
            "notices": coded.notices.iter().map(|notice| notice.message.as_str()).collect::<Vec<_>>(),
        })
    }

    fn lineage(&self, lineage: &Lineage) -> Value {
        let (a, b) = lineage.reports;
        let passages = lineage.passages.iter().map(|passage| {
            json!({"a": self.quote(a, passage.a), "b": self.quote(b, passage.b), "quoted": passage.quoted})
        });
        json!({
            "reports": [self.id(a), self.id(b)],
            "shared": rounded(lineage.shared.value()),
            "shared_unquoted": rounded(lineage.shared_unquoted.value()),
            "passages": passages.collect::<Vec<_>>(),
            "origin": lineage.origin.as_ref().map(|origin| self.origin(origin)),
        })
    }

    fn actor(&self, idx: LinkedActorIdx, actor: &LinkedActor) -> Value {
        let roles = actor.roles.iter().map(|role| {
            json!({
                "text": role.text,
                "country": role.country.map(|country| country.to_string()),
                "sector": role.sector.map(|sector| sector.as_str()),
                "evidence": self.evidence(&role.evidence),
            })
        });
        let names_evidence: Vec<Value> = actor
            .names
            .iter()
            .map(|name| json!({"name": name.value, "evidence": self.evidence(&name.evidence)}))
            .collect();
        json!({
            "id": actor_id(idx),
            "name": actor.name,
            "names": actor.names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>(),
            "kind": actor.kind.as_str(),
            "country": actor.country.map(|country| country.to_string()),
            "sector": actor.sector.map(|sector| sector.as_str()),
            "roles": roles.collect::<Vec<_>>(),
            "names_evidence": names_evidence,
        })
    }

    fn event(&self, idx: EventIdx, event: &Event) -> Value {
        let place = |place: &dateline_resolve::Place| {
            json!({
                "name": place.name,
                "kind": place.kind.as_str(),
                "lat": place.coordinates.map(|(lat, _)| lat),
                "lon": place.coordinates.map(|(_, lon)| lon),
                "country": place.country.map(|country| country.to_string()),
                "geonameid": place.geonameid,
            })
        };
        json!({
            "id": event_id(idx),
            "event": event.event.as_str(),
            "mode": event.modes.iter().map(|mode| mode.as_str()).collect::<Vec<_>>(),
            "context": event.contexts.iter().map(|context| context.as_str()).collect::<Vec<_>>(),
            "quad": event.event.quad().as_str(),
            "scale": event.event.scale_with(event.modes.first().copied()),
            "status": event.status.as_str(),
            "actor": event.actors.iter().map(|&actor| actor_id(actor)).collect::<Vec<_>>(),
            "recipient": event.recipients.iter().map(|&actor| actor_id(actor)).collect::<Vec<_>>(),
            "date": event.date.map(days),
            "place": event.place.as_ref().map(place),
            "summary": summary(self.linked, event),
            "states": self.states(event).into_iter().map(statement_id).collect::<Vec<_>>(),
            "reports": self.ids(&event.reports),
            "independent_reports": event.independent_reports,
            "evidence": self.evidence(&event.evidence),
            "fields": {
                "date": self.values(&event.fields.date, |&range| days(range)),
                "place": self.values(&event.fields.place, place),
                "status": self.values(&event.fields.status, |status| json!(status.as_str())),
                "size": self.values(&event.fields.size, |size| {
                    json!({"kind": size.kind.as_str(), "count": size.count})
                }),
            },
        })
    }

    /// The statements that make an event done in words, each once, in order.
    fn states(&self, event: &Event) -> Vec<LinkedStatementIdx> {
        let made_by = event.mentions.iter().filter_map(|&(report, mention)| {
            let statement = self.coded[report.index()].events[mention].states?;
            Some(self.linked.reports[report].statements[statement.index()])
        });
        let mut statements: Vec<LinkedStatementIdx> = made_by.collect();
        statements.sort_unstable();
        statements.dedup();
        statements
    }

    /// The events that the tellings of a statement make, each once, in order.
    fn made_by(&self, statement: &LinkedStatement) -> Vec<EventIdx> {
        let made = statement.mentions.iter().filter_map(|&(report, told)| {
            let events = &self.coded[report.index()].events;
            let (number, _) = events.iter().find(|(_, mention)| mention.states == Some(told))?;
            Some(self.linked.reports[report].events[number.index()])
        });
        let mut events: Vec<EventIdx> = made.collect();
        events.sort_unstable();
        events.dedup();
        events
    }

    fn statement(&self, idx: LinkedStatementIdx, statement: &LinkedStatement) -> Value {
        let evidence = self.evidence(&statement.evidence);
        let words = statement.evidence.first().map(|shown| self.words(shown.report, shown.span));
        let cues = statement.mentions.iter().map(|&(report, idx)| {
            let coded = &self.coded[report.index()];
            let pieces = |pieces: &[dateline_text::TokenSpan]| -> Vec<Value> {
                pieces.iter().map(|&tokens| self.quote(report, coded.document.bytes(tokens))).collect()
            };
            let told = &coded.statements[idx];
            json!({
                "report": self.id(report),
                "kind": told.kind.as_str(),
                "source": pieces(&told.source),
                "cue": pieces(&told.cue),
                "content": pieces(&told.content),
            })
        });
        json!({
            "id": statement_id(idx),
            "speaker": statement.speaker.map(actor_id),
            "kind": statement.kind.as_str(),
            "summary": words.map(crate::brief::one_line),
            "evidence": evidence,
            "tellings": cues.collect::<Vec<_>>(),
            "events": self.made_by(statement).into_iter().map(event_id).collect::<Vec<_>>(),
            "reports": self.ids(&statement.reports),
            "independent_reports": statement.independent_reports,
        })
    }

    fn discrepancy(&self, discrepancy: &Discrepancy) -> Value {
        let about = match discrepancy.about {
            About::Actor(actor) => actor_id(actor),
            About::Event(event) => event_id(event),
            About::Statement(statement) => statement_id(statement),
        };
        let values = discrepancy.values.iter().map(|value| {
            let corrected = discrepancy.corrected.iter().filter(|corrected| corrected.value == value.value);
            let corrected = corrected.map(|corrected| self.corrected(corrected));
            json!({
                "value": value.value,
                "evidence": self.evidence(&value.evidence),
                "corrected": corrected.collect::<Vec<_>>(),
            })
        });
        json!({
            "kind": discrepancy.kind.as_str(),
            "about": about,
            "values": values.collect::<Vec<_>>(),
            "note": discrepancy.note,
        })
    }

    fn corrected(&self, corrected: &Corrected) -> Value {
        let article = &self.coded[corrected.by.index()].article;
        json!({
            "report": self.id(corrected.report),
            "by": self.id(corrected.by),
            "outlet": article.outlet,
            "day": article.published.map(|published| published.date.to_string()),
            "how": corrected.how.as_str(),
            "to": corrected.to,
        })
    }

    fn values<T>(&self, values: &[Reported<T>], write: impl Fn(&T) -> Value) -> Vec<Value> {
        let values = values.iter().map(|value| {
            json!({
                "value": write(&value.value),
                "reports": self.ids(&value.reports()),
                "evidence": self.evidence(&value.evidence),
            })
        });
        values.collect()
    }

    fn evidence(&self, evidence: &[Evidence]) -> Vec<Value> {
        let evidence = evidence.iter().map(|shown| {
            let chars = self.points[shown.report.index()].to_chars(shown.span);
            json!({
                "report": self.id(shown.report),
                "start": chars.start,
                "end": chars.end,
                "text": self.words(shown.report, shown.span),
                "attributed_to": shown.attributed_to.map(actor_id),
            })
        });
        evidence.collect()
    }

    fn origin(&self, origin: &Origin) -> Value {
        match origin {
            Origin::Report(report) => json!(self.id(*report)),
            Origin::Agency(agency) => json!(agency),
        }
    }

    fn quote(&self, report: ReportIdx, span: ByteSpan) -> Value {
        let chars = self.points[report.index()].to_chars(span);
        json!({"start": chars.start, "end": chars.end, "text": self.words(report, span)})
    }

    fn span(&self, report: ReportIdx, span: ByteSpan) -> Value {
        let chars = self.points[report.index()].to_chars(span);
        json!({"start": chars.start, "end": chars.end})
    }

    fn words(&self, report: ReportIdx, span: ByteSpan) -> &'a str {
        span.of(self.coded[report.index()].document.text())
    }

    fn id(&self, report: ReportIdx) -> &'a str {
        &self.coded[report.index()].report.id
    }

    fn ids(&self, reports: &[ReportIdx]) -> Vec<&'a str> {
        reports.iter().map(|&report| self.id(report)).collect()
    }
}

fn days(range: DayRange) -> Value {
    json!({"from": range.from.to_string(), "to": range.to.to_string()})
}

fn actor_id(actor: LinkedActorIdx) -> String {
    format!("a{}", actor.index() + 1)
}

fn event_id(event: EventIdx) -> String {
    format!("e{}", event.index() + 1)
}

fn statement_id(statement: LinkedStatementIdx) -> String {
    format!("s{}", statement.index() + 1)
}

/// A share to four places: more would suggest more than was measured.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1e4).round() / 1e4
}
