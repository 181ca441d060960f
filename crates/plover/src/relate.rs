//! How a given actor acts towards a given recipient in a text; always answers.
//!
//! In:  a document, the words of an actor and of a recipient.
//! Out: a [`Relation`].
//!
//! Every trigger of the sentences that hold the two is a candidate, read as for coding, but with the type alone to
//! say all: an announced harm is a threat. A candidate gains by arguments that lie within the given words, by its
//! nearness to the path between them, and by the words that make it up; the best one answers. Where no trigger is
//! found, the words vote by the types whose triggers they belong to.

use crate::arguments;
use crate::candidate::{self, Candidate, Tags};
use crate::coder::Coder;
use crate::lexicon::{Lexicon, Role, WordId};
use crate::reading::{self, Purpose, Reading};
use crate::words::Words;
use crate::{Confidence, EventType, Mode, QuadClass, rules, syntax};
use dateline_text::{ByteSpan, Deprel, Document, SentenceIdx, TokenIdx, TokenSpan, Upos};
use rustc_hash::FxHashMap;

/// How one actor acts towards another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relation {
    /// What it does.
    pub event: EventType,
    /// How.
    pub mode: Option<Mode>,
    /// The quadrant of the type.
    pub quad: QuadClass,
    /// PLOVER's score of type and mode.
    pub scale: f32,
    /// How likely the type is right.
    pub confidence: Confidence,
}

/// For each word of the lexicon how its triggers spread over the types.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    of: FxHashMap<WordId, [f32; N_TYPES]>,
}

const N_TYPES: usize = EventType::ALL.len();

impl Votes {
    /// Counts the triggers that each head word has in each type.
    pub fn new(lexicon: &Lexicon) -> Votes {
        let mut of: FxHashMap<WordId, [f32; N_TYPES]> = FxHashMap::default();
        for (head, trigger, _) in lexicon.triggers().filter(|(head, ..)| !lexicon.is_ignored(*head)) {
            let event = lexicon.frames[trigger.frame].event;
            // A word alone evokes more surely than one that needs company.
            let weight = 1.0 / (1.0 + trigger.others.len() as f32);
            of.entry(head).or_default()[event as usize] += weight;
        }
        for votes in of.values_mut() {
            let sum: f32 = votes.iter().sum();
            votes.iter_mut().for_each(|vote| *vote /= sum);
        }
        Votes { of }
    }
}

impl Coder {
    /// How the given actor acts towards the given recipient. Spans outside the text are passed over.
    pub fn relate(&self, document: &Document, actor: &[ByteSpan], recipient: &[ByteSpan]) -> Relation {
        let words = Words::new(document, &self.lexicon);
        let pair = Pair::new(document, actor, recipient);
        let mut best: Option<(f32, EventType, Option<Mode>)> = None;
        for sentence in pair.sentences(document) {
            let found = candidate::find(&words, sentence, Tags::Ignored);
            let found = candidate::one_per_happening(&words, found);
            for candidate in &found {
                let reading = reading::read(&words, candidate, Purpose::Relate);
                let score = score(&words, &pair, candidate, &reading);
                if best.is_none_or(|(old, ..)| score > old) {
                    let mode = match (reading.event, reading.mode) {
                        (EventType::Assault, None) => rules::refine_by_instrument(&words, candidate),
                        (_, mode) => mode,
                    };
                    best = Some((score, reading.event, mode));
                }
            }
        }
        let (event, mode, confidence) = match best {
            Some((score, event, mode)) => (event, mode, 0.35 + (score / 24.0).clamp(0.0, 0.55)),
            None => (self.vote(&words), None, 0.15),
        };
        Relation {
            event,
            mode,
            quad: event.quad(),
            scale: event.scale_with(mode),
            confidence: Confidence::new((confidence * 20.0).round() / 20.0),
        }
    }

    /// The type for which most words speak; ASSAULT, the most reported type, where none does.
    fn vote(&self, words: &Words) -> EventType {
        let mut sums = [0.0f32; N_TYPES];
        for number in 0..words.document.tokens().len() {
            for word in words.of(TokenIdx::new(number)) {
                if let Some(votes) = self.votes.of.get(&word) {
                    sums.iter_mut().zip(votes).for_each(|(sum, vote)| *sum += vote);
                }
            }
        }
        let best = EventType::ALL
            .iter()
            .copied()
            .max_by(|&one, &other| {
                let (one_sum, other_sum) = (sums[one as usize], sums[other as usize]);
                one_sum.total_cmp(&other_sum).then((other as usize).cmp(&(one as usize)))
            })
            .unwrap_or(EventType::Assault);
        if sums[best as usize] == 0.0 { EventType::Assault } else { best }
    }
}

/// The words of the given actor and recipient.
struct Pair {
    actor: Vec<TokenSpan>,
    recipient: Vec<TokenSpan>,
}

impl Pair {
    fn new(document: &Document, actor: &[ByteSpan], recipient: &[ByteSpan]) -> Pair {
        let tokens = |spans: &[ByteSpan]| -> Vec<TokenSpan> {
            spans.iter().map(|&span| overlapping(document, span)).filter(|span| span.n_tokens() > 0).collect()
        };
        Pair { actor: tokens(actor), recipient: tokens(recipient) }
    }

    /// The sentences that hold both, else either, else all.
    fn sentences(&self, document: &Document) -> Vec<SentenceIdx> {
        let of = |spans: &[TokenSpan]| -> Vec<SentenceIdx> {
            spans.iter().map(|span| document.sentence_of(span.first())).collect()
        };
        let (actor, recipient) = (of(&self.actor), of(&self.recipient));
        let both: Vec<SentenceIdx> = document
            .sentence_indices()
            .filter(|sentence| {
                actor.contains(sentence) && (recipient.contains(sentence) || recipient.is_empty())
            })
            .collect();
        if !both.is_empty() {
            return both;
        }
        let either: Vec<SentenceIdx> = document
            .sentence_indices()
            .filter(|sentence| actor.contains(sentence) || recipient.contains(sentence))
            .collect();
        if either.is_empty() { document.sentence_indices().collect() } else { either }
    }

    fn in_actor(&self, token: TokenIdx) -> bool {
        self.actor.iter().any(|span| span.holds(token))
    }

    fn in_recipient(&self, token: TokenIdx) -> bool {
        self.recipient.iter().any(|span| span.holds(token))
    }
}

/// The tokens that share a byte with a span.
fn overlapping(document: &Document, span: ByteSpan) -> TokenSpan {
    let tokens = document.tokens();
    let start = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    TokenSpan::new(start, end.max(start))
}

/// How well a candidate answers for a pair.
fn score(words: &Words, pair: &Pair, candidate: &Candidate, reading: &Reading) -> f32 {
    let document = words.document;
    let head = candidate.head;
    let mut score = candidate.weight as f32 * 0.5;
    let tagged = if candidate.verbal { words.is_verb(head) } else { words.is_noun(head) };
    if !tagged {
        score -= 3.0;
    }
    if !candidate.verbal {
        score -= 0.5;
    }
    if pair.in_actor(head) {
        score -= 1.5;
    }
    if pair.in_recipient(head) {
        score -= 2.0;
    }
    let mut found = match candidate.verbal {
        true => arguments::of_verb(words, head, &candidate.others),
        false => arguments::of_noun(words, head, &candidate.others),
    };
    if let Some((governor, _)) = reading.operator.filter(|(governor, _)| *governor != head) {
        let outer = match words.is_noun(governor) {
            true => arguments::of_noun(words, governor, &[]),
            false => arguments::of_verb(words, governor, &[]),
        };
        found.extend(outer);
        score += 1.0;
    }
    let actor_roles = &candidate.frame.actor;
    let mut acts = 0.0f32;
    let mut undergoes = 0.0f32;
    for argument in &found {
        let near = 1.0 / (1.0 + argument.steps as f32 * 0.25);
        let phrases = syntax::with_conjuncts(document, argument.token);
        let touches = |inside: &dyn Fn(TokenIdx) -> bool| {
            if phrases.iter().any(|&phrase| inside(phrase)) {
                1.0
            } else if document.children(argument.token).iter().any(|&child| inside(child)) {
                0.7
            } else {
                0.0
            }
        };
        let actor_here = touches(&|token| pair.in_actor(token));
        let recipient_here = touches(&|token| pair.in_recipient(token));
        let as_actor = actor_roles.contains(&argument.role) || argument.role == Role::Subject;
        // In what two do to each other, either may stand at either place.
        let as_recipient =
            candidate.recipient.contains(&argument.role) || candidate.frame.reciprocal && as_actor;
        acts = acts.max(actor_here * near * if as_actor { 4.0 } else { 1.0 });
        undergoes = undergoes.max(recipient_here * near * if as_recipient { 4.0 } else { 1.5 });
    }
    score += acts + undergoes;
    // A predicate near the root is what the sentence is about.
    let depth = document.ancestors(head).take(syntax::MAX_STEPS).count();
    score -= 0.35 * depth as f32;
    if matches!(document.deprel(head), Deprel::Advcl | Deprel::AclRelcl | Deprel::Parataxis) {
        score -= 0.7;
    }
    if document.upos(head) == Upos::Propn {
        score -= 1.0;
    }
    score - distance(pair, head)
}

/// How far a word lies from the stretch between actor and recipient, in steps of five words.
fn distance(pair: &Pair, head: TokenIdx) -> f32 {
    let spans = || pair.actor.iter().chain(&pair.recipient);
    let (Some(first), Some(last)) =
        (spans().map(|span| span.end as usize).min(), spans().map(|span| span.start as usize).max())
    else {
        return 0.0;
    };
    let (first, last) = (first.min(last), first.max(last));
    let at = head.index();
    let outside = if at < first { first - at } else { at.saturating_sub(last) };
    0.1 * outside.min(20) as f32
}
