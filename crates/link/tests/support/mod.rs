//! Coded reports written by hand, so that linking is tested without a model.

#![allow(dead_code, reason = "each test file uses a part")]

use dateline_attribute::{Statement, StatementKind};
use dateline_clean::{Article, find_corrections};
use dateline_ingest::{Body, Input, Published, Report};
use dateline_link::{Evidence, Linked, LinkedActorIdx};
use dateline_plover::{
    AuxiliaryModes, CodedReport, Confidence, EventDate, EventMention, EventType, FieldConfidence, Size,
    SizeKind,
};
use dateline_resolve::{
    Actor, ActorIdx, ActorKind, ActorMention, CountryCode, DayRange, MentionForm, Place, PlaceKind,
    Resolution, Role, Sector, Tenure,
};
use dateline_text::{
    Arena, ByteSpan, Deprel, Document, DocumentBuilder, Token, TokenIdx, TokenSpan, Upos, Xpos,
};
use std::sync::Arc;

/// Puts a coded report together. Words are named by what they are; the first place where they stand is meant.
pub struct Draft {
    coded: CodedReport,
}

impl Draft {
    /// A report with one paragraph a line and one sentence a paragraph.
    pub fn new(id: &str, published: &str, text: &str) -> Draft {
        let text: Arc<str> = text.into();
        let published = (!published.is_empty()).then(|| Published {
            date: published.parse().unwrap(),
            time: None,
            offset: None,
        });
        let document = analyse(&text);
        let article = Article {
            text: Arc::clone(&text),
            language: Some("en"),
            title: None,
            byline: None,
            outlet: None,
            url: None,
            published,
            credits: Vec::new(),
            corrections: find_corrections(&text),
            paragraphs: document.paragraphs().to_vec(),
            removed: Vec::new(),
        };
        let report = Report {
            id: id.to_owned(),
            body: Body::Text(text),
            url: None,
            outlet: None,
            title: None,
            byline: None,
            published,
            extra: serde_json::Map::new(),
            input: Input::whole(id),
            notices: Vec::new(),
        };
        let resolution = Resolution::default();
        let (statements, events, notices) = (Arena::new(), Arena::new(), Vec::new());
        Draft { coded: CodedReport { report, article, document, resolution, statements, events, notices } }
    }

    /// A named actor: `Ana Tarn`, person, `USA`, GOV.
    pub fn actor(mut self, name: &str, kind: ActorKind, country: &str, sector: Option<Sector>) -> Draft {
        let tokens = self.tokens(name);
        let actor = self.coded.resolution.actors.push(Actor {
            name: name.to_owned(),
            names: vec![name.to_owned()],
            kind,
            country: CountryCode::new(country),
            sector,
            roles: Vec::new(),
            members: Vec::new(),
        });
        self.coded.resolution.actor_mentions.push(ActorMention {
            actor,
            tokens,
            head: tokens.last(),
            form: MentionForm::Name,
        });
        self
    }

    /// Who published it, and where.
    pub fn outlet(mut self, name: &str, url: &str) -> Draft {
        self.coded.article.outlet = Some(name.to_owned());
        self.coded.article.url = Some(url.to_owned());
        self
    }

    /// An office of an actor.
    pub fn role(mut self, name: &str, words: &str) -> Draft {
        let actor = self.actor_named(name);
        let span = self.coded.document.bytes(self.tokens(words));
        let role = Role { span, country: None, sector: None, tenure: Tenure::Current };
        self.coded.resolution.actors[actor].roles.push(role);
        self
    }

    /// An event that these words evoke.
    pub fn event(mut self, event: EventType, trigger: &str, actors: &[&str], recipients: &[&str]) -> Draft {
        let trigger = self.tokens(trigger);
        let all = |names: &[&str]| names.iter().map(|name| self.actor_named(name)).collect::<Vec<ActorIdx>>();
        let mention = EventMention {
            event,
            modes: Vec::new(),
            contexts: Vec::new(),
            aux: AuxiliaryModes::default(),
            actors: all(actors),
            recipients: all(recipients),
            actor_tokens: Vec::new(),
            recipient_tokens: Vec::new(),
            object_tokens: Vec::new(),
            trigger,
            trigger_head: trigger.last(),
            sentence: self.coded.document.sentence_of(trigger.first()),
            date: EventDate::default(),
            place: None,
            statement: None,
            states: None,
            sizes: Vec::new(),
            confidence: Confidence::new(1.0),
            field_confidence: FieldConfidence::even(Confidence::new(1.0)),
        };
        self.coded.events.push(mention);
        self
    }

    /// The day of the last event.
    pub fn on(self, day: &str) -> Draft {
        let day = day.parse().unwrap();
        self.change(|event| event.date.days = Some(DayRange { from: day, to: day }))
    }

    /// The place of the last event.
    pub fn at(mut self, name: &str, country: &str, coordinates: (f32, f32)) -> Draft {
        let place = self.coded.resolution.places.push(Place {
            name: name.to_owned(),
            kind: PlaceKind::Settlement,
            coordinates: Some(coordinates),
            country: CountryCode::new(country),
            geonameid: None,
        });
        self.change(|event| event.place = Some(place))
    }

    /// A number of the last event.
    pub fn size(self, kind: SizeKind, count: u32, words: &str) -> Draft {
        let tokens = self.tokens(words);
        self.change(|event| event.sizes.push(Size { kind, count, tokens }))
    }

    /// Changes the last event.
    pub fn change(mut self, change: impl FnOnce(&mut EventMention)) -> Draft {
        let last = self.coded.events.indices().next_back().expect("an event first");
        change(&mut self.coded.events[last]);
        self
    }

    /// A statement, told of the last event too where that stands in its content.
    pub fn statement(mut self, speaker: &str, content: &str) -> Draft {
        let content = self.tokens(content);
        let speaker = Some(self.actor_named(speaker));
        let statement = self.coded.statements.push(Statement {
            kind: StatementKind::Direct,
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![content],
            cue_head: None,
            speaker,
        });
        for event in self.coded.events.indices().collect::<Vec<_>>() {
            if content.contains(self.coded.events[event].trigger) {
                self.coded.events[event].statement = Some(statement);
            }
        }
        self
    }

    /// The report.
    pub fn done(self) -> CodedReport {
        self.coded
    }

    fn actor_named(&self, name: &str) -> ActorIdx {
        let mut actors = self.coded.resolution.actors.iter();
        actors.find(|(_, actor)| actor.name == name).unwrap_or_else(|| panic!("no actor {name}")).0
    }

    fn tokens(&self, words: &str) -> TokenSpan {
        let text = self.coded.document.text();
        let start = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in `{text}`"));
        self.coded.document.tokens_in(ByteSpan::new(start, start + words.len()))
    }
}

/// Words at spaces and marks; everything depends on the first word of its line.
fn analyse(text: &Arc<str>) -> Document {
    let mut builder = DocumentBuilder::new(Arc::clone(text));
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let words = words(line.trim_end());
        if !words.is_empty() {
            builder.start_paragraph(ByteSpan::new(line_start, line_start + line.trim_end().len()));
            let first = builder.n_tokens();
            let tokens: Vec<Token> = words
                .iter()
                .enumerate()
                .map(|(number, &(from, to))| {
                    let form = &line[from..to];
                    let is_word = form.chars().any(char::is_alphanumeric);
                    let lower = builder.intern(&form.to_lowercase());
                    Token {
                        span: ByteSpan::new(line_start + from, line_start + to),
                        lower,
                        lemma: lower,
                        upos: match is_word {
                            true if number > 0 && form.starts_with(char::is_uppercase) => Upos::Propn,
                            true => Upos::Noun,
                            false => Upos::Punct,
                        },
                        xpos: Xpos::None,
                        feats: builder.intern("_"),
                        head: (number > 0).then(|| TokenIdx::new(first)),
                        deprel: if number > 0 { Deprel::Dep } else { Deprel::Root },
                        joined: false,
                    }
                })
                .collect();
            builder.add_sentence(tokens);
        }
        line_start += line.len();
    }
    builder.finish()
}

fn words(line: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, char) in line.char_indices() {
        if char.is_alphanumeric() || matches!(char, '-' | '’' | '\'') {
            start.get_or_insert(at);
            continue;
        }
        words.extend(start.take().map(|from| (from, at)));
        if !char.is_whitespace() {
            words.push((at, at + char.len_utf8()));
        }
    }
    words.extend(start.map(|from| (from, line.len())));
    words
}

/// Every piece of evidence in what was linked.
pub fn all_evidence(linked: &Linked) -> Vec<Evidence> {
    let mut all = Vec::new();
    for (_, actor) in linked.actors.iter() {
        all.extend(actor.names.iter().flat_map(|name| name.evidence.clone()));
        all.extend(actor.roles.iter().flat_map(|role| role.evidence.clone()));
    }
    for (_, event) in linked.events.iter() {
        all.extend(event.evidence.iter().copied());
        all.extend(event.fields.date.iter().flat_map(|value| value.evidence.clone()));
        all.extend(event.fields.place.iter().flat_map(|value| value.evidence.clone()));
        all.extend(event.fields.status.iter().flat_map(|value| value.evidence.clone()));
        all.extend(event.fields.size.iter().flat_map(|value| value.evidence.clone()));
    }
    for (_, statement) in linked.statements.iter() {
        all.extend(statement.evidence.iter().copied());
    }
    for discrepancy in &linked.discrepancies {
        all.extend(discrepancy.values.iter().flat_map(|value| value.evidence.clone()));
    }
    all
}

/// The names of actors.
pub fn names(linked: &Linked, actors: &[LinkedActorIdx]) -> Vec<String> {
    actors.iter().map(|&actor| linked.actors[actor].name.clone()).collect()
}

/// The events on a few lines: type, status, actors, recipients, day, place, reports, independent reports.
pub fn outline(linked: &Linked) -> String {
    let mut lines = Vec::new();
    for (_, event) in linked.events.iter() {
        lines.push(format!(
            "{} {} {} -> {} {} {} reports {:?} independent {}",
            event.event,
            event.status,
            names(linked, &event.actors).join("+"),
            names(linked, &event.recipients).join("+"),
            event.date.map_or("-".to_owned(), |days| days.from.to_string()),
            event.place.as_ref().map_or("-", |place| &place.name),
            event.reports.iter().map(|report| report.index()).collect::<Vec<_>>(),
            event.independent_reports,
        ));
    }
    lines.join("\n")
}
