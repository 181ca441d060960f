//! `dateline code`: actors, places, times, statements and events of one report.

use super::{QuoteJson, SpanJson};
use dateline_attribute::StatementIdx;
use dateline_plover::{CodedReport, Confidence, EventMention, EventMentionIdx, FieldConfidence, Size};
use dateline_resolve::{Actor, ActorIdx, Place, PlaceIdx};
use dateline_text::{CodePoints, TokenSpan};
use serde::Serialize;
use serde_json::{Map, Value};

/// One line of `dateline code`.
#[derive(Debug, Serialize)]
pub struct CodeJson<'a> {
    id: &'a str,
    published: Option<String>,
    text: &'a str,
    actors: Vec<ActorJson<'a>>,
    places: Vec<PlaceJson<'a>>,
    times: Vec<TimeJson<'a>>,
    statements: Vec<StatementJson<'a>>,
    events: Vec<EventJson<'a>>,
    /// Notes in which the outlet corrects itself; nothing is coded from their words.
    corrections: Vec<QuoteJson<'a>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    extra: &'a Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct ActorJson<'a> {
    id: String,
    name: &'a str,
    names: &'a [String],
    kind: &'static str,
    country: Option<String>,
    sector: Option<&'static str>,
    role: Option<&'a str>,
    roles: Vec<QuoteJson<'a>>,
    mentions: Vec<QuoteJson<'a>>,
}

#[derive(Debug, Serialize)]
struct PlaceJson<'a> {
    id: String,
    name: &'a str,
    kind: &'static str,
    lat: Option<f32>,
    lon: Option<f32>,
    country: Option<String>,
    geonameid: Option<u32>,
    mentions: Vec<QuoteJson<'a>>,
}

#[derive(Debug, Serialize)]
struct TimeJson<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    r#type: &'static str,
    value: &'a str,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct StatementJson<'a> {
    id: String,
    kind: &'static str,
    source: Vec<QuoteJson<'a>>,
    cue: Vec<QuoteJson<'a>>,
    content: Vec<QuoteJson<'a>>,
    speaker: Option<String>,
    event: Option<String>,
}

#[derive(Debug, Serialize)]
struct EventJson<'a> {
    id: String,
    event: &'static str,
    mode: Vec<&'static str>,
    context: Vec<&'static str>,
    quad: &'static str,
    scale: f32,
    aux: Vec<&'static str>,
    actor: Vec<String>,
    recipient: Vec<String>,
    actor_text: Vec<QuoteJson<'a>>,
    recipient_text: Vec<QuoteJson<'a>>,
    object_text: Vec<QuoteJson<'a>>,
    trigger: QuoteJson<'a>,
    sentence: SpanJson,
    date: DateJson<'a>,
    place: Option<String>,
    statement: Option<String>,
    states: Option<String>,
    size: Vec<SizeJson<'a>>,
    confidence: f32,
    field_confidence: FieldConfidenceJson,
}

#[derive(Debug, Serialize)]
struct FieldConfidenceJson {
    event: f32,
    actor: f32,
    recipient: f32,
    date: f32,
    place: f32,
}

impl FieldConfidenceJson {
    fn new(fields: &FieldConfidence) -> FieldConfidenceJson {
        FieldConfidenceJson {
            event: hundredths(fields.event),
            actor: hundredths(fields.actor),
            recipient: hundredths(fields.recipient),
            date: hundredths(fields.date),
            place: hundredths(fields.place),
        }
    }
}

/// To two decimals: the figure claims no more.
fn hundredths(confidence: Confidence) -> f32 {
    (confidence.value() * 100.0).round() / 100.0
}

#[derive(Debug, Serialize)]
struct DateJson<'a> {
    from: Option<String>,
    to: Option<String>,
    text: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct SizeJson<'a> {
    kind: &'static str,
    count: u32,
    start: u32,
    end: u32,
    text: &'a str,
}

/// Makes the parts of one report's line.
struct Writer<'a> {
    coded: &'a CodedReport,
    text: &'a str,
    points: CodePoints<'a>,
    actor_mentions: Vec<Vec<TokenSpan>>,
    place_mentions: Vec<Vec<TokenSpan>>,
}

impl<'a> CodeJson<'a> {
    /// The line of this report.
    pub fn new(coded: &'a CodedReport) -> CodeJson<'a> {
        let text: &str = coded.document.text();
        let resolution = &coded.resolution;
        let mut actor_mentions = vec![Vec::new(); resolution.actors.n_values()];
        for (_, mention) in resolution.actor_mentions.iter() {
            actor_mentions[mention.actor.index()].push(mention.tokens);
        }
        let mut place_mentions = vec![Vec::new(); resolution.places.n_values()];
        for (_, mention) in resolution.place_mentions.iter() {
            place_mentions[mention.place.index()].push(mention.tokens);
        }
        let writer = Writer { coded, text, points: CodePoints::new(text), actor_mentions, place_mentions };
        CodeJson {
            id: &coded.report.id,
            published: coded.article.published.map(|published| published.to_string()),
            text,
            actors: resolution.actors.iter().map(|(idx, actor)| writer.actor(idx, actor)).collect(),
            places: resolution.places.iter().map(|(idx, place)| writer.place(idx, place)).collect(),
            times: writer.times(),
            statements: writer.statements(),
            events: writer.events(),
            corrections: writer.corrections(),
            extra: &coded.report.extra,
        }
    }
}

impl<'a> Writer<'a> {
    fn quote(&self, tokens: TokenSpan) -> QuoteJson<'a> {
        QuoteJson::new(&self.points, self.text, self.coded.document.bytes(tokens))
    }

    fn quotes(&self, tokens: &[TokenSpan]) -> Vec<QuoteJson<'a>> {
        tokens.iter().map(|&tokens| self.quote(tokens)).collect()
    }

    fn corrections(&self) -> Vec<QuoteJson<'a>> {
        let notes = self.coded.article.corrections.iter();
        notes.map(|note| QuoteJson::new(&self.points, self.text, note.span)).collect()
    }

    fn actor(&self, idx: ActorIdx, actor: &'a Actor) -> ActorJson<'a> {
        ActorJson {
            id: actor_id(idx),
            name: &actor.name,
            names: &actor.names,
            kind: actor.kind.as_str(),
            country: actor.country.map(|country| country.to_string()),
            sector: actor.sector.map(|sector| sector.as_str()),
            role: actor.roles.first().map(|role| role.span.of(self.text)),
            roles: actor
                .roles
                .iter()
                .map(|role| QuoteJson::new(&self.points, self.text, role.span))
                .collect(),
            mentions: self.quotes(&self.actor_mentions[idx.index()]),
        }
    }

    fn place(&self, idx: PlaceIdx, place: &'a Place) -> PlaceJson<'a> {
        PlaceJson {
            id: place_id(idx),
            name: &place.name,
            kind: place.kind.as_str(),
            lat: place.coordinates.map(|(lat, _)| lat),
            lon: place.coordinates.map(|(_, lon)| lon),
            country: place.country.map(|country| country.to_string()),
            geonameid: place.geonameid,
            mentions: self.quotes(&self.place_mentions[idx.index()]),
        }
    }

    fn times(&self) -> Vec<TimeJson<'a>> {
        let resolution = &self.coded.resolution;
        let times = resolution.times.iter().map(|(_, time)| {
            let SpanJson { start, end } = SpanJson::new(&self.points, time.span);
            TimeJson {
                start,
                end,
                text: time.span.of(self.text),
                r#type: time.kind.as_str(),
                value: &time.value,
                from: time.days.map(|days| days.from.to_string()),
                to: time.days.map(|days| days.to.to_string()),
            }
        });
        times.collect()
    }

    fn statements(&self) -> Vec<StatementJson<'a>> {
        let mut made = vec![None; self.coded.statements.n_values()];
        for (number, mention) in self.coded.events.iter() {
            if let Some(statement) = mention.states {
                made[statement.index()] = Some(number);
            }
        }
        let statements = self.coded.statements.iter().map(|(idx, statement)| StatementJson {
            id: statement_id(idx),
            kind: statement.kind.as_str(),
            source: self.quotes(&statement.source),
            cue: self.quotes(&statement.cue),
            content: self.quotes(&statement.content),
            speaker: statement.speaker.map(actor_id),
            event: made[idx.index()].map(event_id),
        });
        statements.collect()
    }

    fn events(&self) -> Vec<EventJson<'a>> {
        let events = self.coded.events.iter().map(|(idx, mention)| self.event(idx, mention));
        events.collect()
    }

    fn event(&self, idx: EventMentionIdx, mention: &'a EventMention) -> EventJson<'a> {
        let document = &self.coded.document;
        let time = mention.date.time.map(|time| &self.coded.resolution.times[time]);
        EventJson {
            id: event_id(idx),
            event: mention.event.as_str(),
            mode: mention.modes.iter().map(|mode| mode.as_str()).collect(),
            context: mention.contexts.iter().map(|context| context.as_str()).collect(),
            quad: mention.event.quad().as_str(),
            scale: mention.event.scale_with(mention.modes.first().copied()),
            aux: mention.aux.iter().map(|aux| aux.as_str()).collect(),
            actor: mention.actors.iter().map(|&actor| actor_id(actor)).collect(),
            recipient: mention.recipients.iter().map(|&actor| actor_id(actor)).collect(),
            actor_text: self.quotes(&mention.actor_tokens),
            recipient_text: self.quotes(&mention.recipient_tokens),
            object_text: self.quotes(&mention.object_tokens),
            trigger: self.quote(mention.trigger),
            sentence: SpanJson::new(&self.points, document.sentence_span(mention.sentence)),
            date: DateJson {
                from: mention.date.days.map(|days| days.from.to_string()),
                to: mention.date.days.map(|days| days.to.to_string()),
                text: time.map(|time| time.span.of(self.text)),
            },
            place: mention.place.map(place_id),
            statement: mention.statement.map(statement_id),
            states: mention.states.map(statement_id),
            size: mention.sizes.iter().map(|size| self.size(size)).collect(),
            confidence: hundredths(mention.confidence),
            field_confidence: FieldConfidenceJson::new(&mention.field_confidence),
        }
    }

    fn size(&self, size: &Size) -> SizeJson<'a> {
        let QuoteJson { start, end, text } = self.quote(size.tokens);
        SizeJson { kind: size.kind.as_str(), count: size.count, start, end, text }
    }
}

fn actor_id(actor: ActorIdx) -> String {
    format!("a{}", actor.index() + 1)
}

fn place_id(place: PlaceIdx) -> String {
    format!("p{}", place.index() + 1)
}

fn statement_id(statement: StatementIdx) -> String {
    format!("s{}", statement.index() + 1)
}

fn event_id(event: EventMentionIdx) -> String {
    format!("e{}", event.index() + 1)
}
