//! From marked sentences to a model file.
//!
//! In:  documents with their actors and statements, and the events that a person marked in them.
//! Out: the bytes of a model file, the same for the same input.

use super::calibration::Calibration;
use super::contexts::{self, About, Thresholds};
use super::features::Input;
use super::fit::{Answer, Example, Plan, Task, fit_all};
use super::links::{self, Linked};
use super::model::EventModel;
use super::modes;
use super::roles::{self, Seen, Told};
use super::trained::Work;
use super::trigger::{self, Noted};
use crate::candidate::{self, Candidate, Tags};
use crate::coder::{Coder, mentions_of, mode_of};
use crate::context::ContextBits;
use crate::participants::{self, Cast};
use crate::reading::{self, Purpose};
use crate::words::Words;
use crate::{Context, EventType, Mode};
use dateline_attribute::Statement;
use dateline_resolve::Resolution;
use dateline_text::{Arena, ByteSpan, Document, TokenIdx, Upos};

/// A text to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'l> {
    /// The text, analysed by the language model.
    pub document: &'l Document,
    /// Its actors.
    pub resolution: &'l Resolution,
    /// Who said what in it.
    pub statements: &'l Arena<Statement>,
    /// All events that it tells.
    pub events: &'l [LessonEvent],
}

/// An event as a person marked it; spans are bytes of the text.
#[derive(Clone, Debug)]
pub struct LessonEvent {
    /// What.
    pub event: EventType,
    /// How.
    pub mode: Option<Mode>,
    /// About what.
    pub contexts: Vec<Context>,
    /// The words that tell it.
    pub trigger: ByteSpan,
    /// Who acts.
    pub actors: Vec<ByteSpan>,
    /// Who is acted on.
    pub recipients: Vec<ByteSpan>,
    /// What is acted on and is no party.
    pub objects: Vec<ByteSpan>,
    /// The words that date it.
    pub times: Vec<ByteSpan>,
    /// The words that name where it happened.
    pub places: Vec<ByteSpan>,
}

/// How to fit the networks.
#[derive(Clone, Copy, Debug)]
pub struct EventPlan {
    /// That of triggers.
    pub triggers: Plan,
    /// That of parties.
    pub parties: Plan,
    /// That of dates and places.
    pub links: Plan,
    /// That of modes.
    pub modes: Plan,
    /// That of contexts.
    pub contexts: Plan,
}

impl Default for EventPlan {
    fn default() -> EventPlan {
        let triggers = Plan {
            networks: 2,
            hidden: 48,
            least: 8,
            epochs: 10,
            rate: 2e-3,
            batch: 64,
            drop: [0.35, 0.3, 0.4],
            decay: 0.02,
            seed: 11,
        };
        let parties = Plan { hidden: 32, least: 7, epochs: 8, drop: [0.2, 0.2, 0.3], seed: 12, ..triggers };
        let links = Plan { hidden: 16, least: 4, seed: 13, ..parties };
        let modes = Plan { hidden: 24, least: 7, epochs: 16, seed: 14, ..triggers };
        let contexts = Plan { hidden: 32, least: 5, epochs: 12, seed: 15, ..triggers };
        EventPlan { triggers, parties, links, modes, contexts }
    }
}

/// Trains a model; `say` is told what happens. `provenance` says what on. From where on a context is taken is fitted on
/// the lessons `tune`.
pub fn train_events(
    coder: &Coder,
    lessons: &[Lesson<'_>],
    tune: &[Lesson<'_>],
    plan: EventPlan,
    provenance: &str,
    say: &mut dyn FnMut(&str),
) -> Vec<u8> {
    let width = lessons.iter().map(|lesson| lesson.document.contexts().width()).max().unwrap_or(0);
    let task = |name, inputs, classes, plan| Task { name, examples: Vec::new(), inputs, classes, plan };
    // In the order of the file.
    let mut tasks = [
        task("triggers", trigger::n_inputs(width), trigger::N_CLASSES, plan.triggers),
        task("parties", roles::n_inputs(width), roles::N_CLASSES, plan.parties),
        task("days and places", links::n_inputs(width), links::N_CLASSES, plan.links),
        task("modes", trigger::n_inputs(width), modes::N_CLASSES, plan.modes),
        task("contexts", contexts::n_inputs(width), contexts::N_LABELS, plan.contexts),
    ];
    for lesson in lessons {
        collect(coder, lesson, tasks.each_mut().map(|task| &mut task.examples));
    }
    say(&format!("{} texts", lessons.len()));
    for Task { name, examples, plan, .. } in &tasks {
        say(&format!("{name}: {} examples, {} networks", examples.len(), plan.networks));
    }
    let networks = fit_all(&tasks);
    let write = |thresholds: &Thresholds| {
        EventModel::write(provenance, &networks, thresholds, Calibration::default())
    };
    let bytes = write(&Thresholds::default());
    let model = EventModel::read(&bytes).expect("invariant: what is written reads");
    let pairs: Vec<(Vec<f32>, u64)> =
        tune.iter().flat_map(|lesson| context_chances(&model, coder, lesson)).collect();
    let thresholds = Thresholds::fit(&pairs);
    say(&format!("contexts: F1 {:.3} on {} marked events", thresholds.f1(&pairs), pairs.len()));
    write(&thresholds)
}

/// For each marked event how likely each context is, and the bits of the right ones.
fn context_chances(model: &EventModel, coder: &Coder, lesson: &Lesson<'_>) -> Vec<(Vec<f32>, u64)> {
    let document = lesson.document;
    let words = Words::new(document, &coder.lexicon);
    let cast = Cast::new(document.tokens().len(), lesson.resolution, lesson.statements);
    let bits = coder.contexts.of_document(document);
    let mut work = Work::default();
    let chances = |event: &LessonEvent| {
        let about = about(document, &bits, event, head_of(document, event.trigger)?);
        let chances = contexts::chances(model, &words, &cast, about, &mut work).to_vec();
        Some((chances, labels(event)))
    };
    lesson.events.iter().filter_map(chances).collect()
}

fn about(document: &Document, bits: &ContextBits, event: &LessonEvent, trigger: TokenIdx) -> About {
    let (sentence_bits, paragraph_bits) = bits.around(document, document.sentence_of(trigger));
    About { trigger, event: event.event, mode: event.mode, sentence_bits, paragraph_bits }
}

/// The bits of the contexts of an event.
fn labels(event: &LessonEvent) -> u64 {
    event.contexts.iter().fold(0, |bits, &context| bits | contexts::bit(context))
}

/// Adds the examples of a text to those of triggers, parties, days and places, modes, and contexts.
fn collect(
    coder: &Coder,
    lesson: &Lesson<'_>,
    [triggers, parties, mentions, modes, about_what]: [&mut Vec<Example>; 5],
) {
    let document = lesson.document;
    let words = Words::new(document, &coder.lexicon);
    let cast = Cast::new(document.tokens().len(), lesson.resolution, lesson.statements);
    let bits = coder.contexts.of_document(document);
    let class = |number: Option<usize>| Answer::Class(number.map_or(0, |number| number as u8 + 1));
    let heads: Vec<Option<TokenIdx>> =
        lesson.events.iter().map(|event| head_of(document, event.trigger)).collect();
    for sentence in document.sentence_indices() {
        let noted = note(&words, candidate::find(&words, sentence, Tags::Trusted));
        for token in document.sentence(sentence).tokens.iter() {
            if !trigger::may_tell(&words, token) {
                continue;
            }
            let told = heads.iter().position(|&head| head == Some(token));
            let span = document.token(token).span;
            let beside = told.is_none() && lesson.events.iter().any(|event| event.trigger.overlaps(span));
            if beside {
                continue;
            }
            let mut input = Input::default();
            trigger::read(&words, &cast, &noted, token, &mut input);
            let answer = class(told.map(|told| lesson.events[told].event as usize));
            triggers.push(Example { input, answer });
        }
        let phrases = roles::phrases(&words, &cast, sentence);
        for (event, head) in lesson.events.iter().zip(&heads) {
            let Some(head) = head.filter(|&head| document.sentence_of(head) == sentence) else { continue };
            let candidate = candidate_for(&words, &noted, head, event.event);
            let mut reading = reading::read(&words, &candidate, Purpose::Code);
            if reading.event != event.event {
                (reading.event, reading.mode) = (event.event, None);
            }
            let mut input = Input::default();
            let by_rules = mode_of(&words, &candidate, &reading);
            modes::read(&words, &cast, &noted, head, event.event, by_rules, &mut input);
            modes.push(Example { input, answer: class(event.mode.map(|mode| mode as usize)) });
            if !event.contexts.is_empty() {
                let mut input = Input::default();
                contexts::read(&words, &cast, about(document, &bits, event, head), &mut input);
                about_what.push(Example { input, answer: Answer::Labels(labels(event)) });
            }
            let (actor, recipient) = participants::find(&words, &cast, &candidate, &reading);
            let told =
                Told { candidate: &candidate, reading: &reading, actor: &actor, recipient: &recipient };
            let seen = Seen::new(&words, &told);
            let among = |spans: &[ByteSpan]| -> Vec<TokenIdx> {
                spans.iter().filter_map(|&span| phrase_of(document, &phrases, span)).collect()
            };
            let parts = [among(&event.actors), among(&event.recipients), among(&event.objects)];
            for &phrase in phrases.iter().filter(|&&phrase| phrase != candidate.head) {
                let mut input = Input::default();
                roles::read(&words, &cast, &told, &seen, phrase, &mut input);
                let part = parts.iter().position(|part| part.contains(&phrase));
                parties.push(Example { input, answer: class(part) });
            }
            let all_heads: Vec<TokenIdx> = heads.iter().copied().flatten().collect();
            for mention in
                mentions_of(&words, lesson.resolution, lesson.statements, &candidate, &reading, &all_heads)
            {
                let marked = match mention.linked {
                    Linked::Time => &event.times,
                    Linked::Place => &event.places,
                };
                let bytes = document.bytes(mention.tokens);
                let mut input = Input::default();
                links::read(&words, &candidate, &reading, &mention, &mut input);
                let linked = marked.iter().any(|span| span.overlaps(bytes));
                mentions.push(Example { input, answer: class(linked.then_some(0)) });
            }
        }
    }
}

/// The candidates of a sentence with their readings.
pub(crate) fn note<'l>(words: &Words<'l>, found: Vec<Candidate<'l>>) -> Vec<Noted<'l>> {
    let read = |candidate: Candidate<'l>| {
        let reading = reading::read(words, &candidate, Purpose::Code);
        Noted { candidate, reading }
    };
    found.into_iter().map(read).collect()
}

/// The candidate that best fits an event of this type at this word; a plain one where the lexicon has none.
pub(crate) fn candidate_for<'l>(
    words: &Words<'l>,
    noted: &[Noted<'l>],
    head: TokenIdx,
    event: EventType,
) -> Candidate<'l> {
    let rank = |noted: &&Noted| {
        let own = noted.candidate.head == head;
        let turned = noted.reading.consumed.contains(&head);
        let told = noted.reading.event == event;
        let core = noted.reading.core.0 == event;
        match (own, turned, told, core) {
            (true, _, true, _) => 4,
            (true, _, _, true) => 3,
            (_, true, true, _) => 2,
            _ => 0,
        }
    };
    let best = noted.iter().filter(|one| rank(one) > 0).max_by_key(|one| (rank(one), one.candidate.weight));
    match best {
        Some(best) => best.candidate.clone(),
        None => Candidate::plain(words, head, event),
    }
}

/// The word of a span on which the others depend.
fn head_of(document: &Document, span: ByteSpan) -> Option<TokenIdx> {
    let tokens = document.tokens();
    let start = tokens.partition_point(|token| token.span.end <= span.start);
    let inside = (start..tokens.len()).take_while(|&at| tokens[at].span.start < span.end).map(TokenIdx::new);
    let outside = |head: Option<TokenIdx>| head.is_none_or(|head| !document.token(head).span.overlaps(span));
    let content = |token: &TokenIdx| !matches!(document.upos(*token), Upos::Punct | Upos::Det | Upos::Adp);
    let mut heads = inside.clone().filter(|&token| outside(document.head(token)));
    heads.find(content).or_else(|| inside.clone().find(content)).or_else(|| inside.clone().next())
}

/// The phrase for which a span stands: the one that heads it, else the last within it.
fn phrase_of(document: &Document, phrases: &[TokenIdx], span: ByteSpan) -> Option<TokenIdx> {
    let head = head_of(document, span)?;
    if phrases.contains(&head) {
        return Some(head);
    }
    phrases.iter().copied().rfind(|&phrase| document.token(phrase).span.overlaps(span))
}
