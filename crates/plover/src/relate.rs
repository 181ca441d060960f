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
use crate::learned::{self, RoleChances, Told};
use crate::lexicon::{Lexicon, Role, WordId};
use crate::participants::{self, Cast};
use crate::reading::{self, Purpose, Reading};
use crate::words::Words;
use crate::{Confidence, EventType, Mode, QuadClass, rules, syntax};
use dateline_resolve::Resolution;
use dateline_text::{Arena, ByteSpan, Deprel, Document, SentenceIdx, TokenIdx, TokenSpan, Upos};
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

/// Types less likely than this are not asked for at a word.
const HEARD: f32 = 0.005;
/// How much a word counts whose parties are surely others. Tuned on `corpus/tune`, accuracy, November 2026.
const ELSEWHERE: f32 = 0.03;

/// What every type gets before anything speaks for it.
const LEAST: f32 = 5e-4;
/// How much a point of the rules' score counts, in natural logarithms. Tuned likewise.
const RULES: f32 = 0.4;

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
    pub fn relate(
        &self,
        document: &Document,
        resolution: &Resolution,
        actor: &[ByteSpan],
        recipient: &[ByteSpan],
    ) -> Relation {
        let words = Words::new(document, &self.lexicon);
        let pair = Pair::new(document, actor, recipient);
        if self.model.reads(document) {
            return self.learned_relation(&words, resolution, &pair);
        }
        let mut best: Option<(f32, EventType, Option<Mode>)> = None;
        for sentence in pair.sentences(document) {
            let found = candidate::find(&words, sentence, Tags::Ignored);
            let found = candidate::choose(found);
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

    /// The best score of each type whose triggers stand near the pair.
    fn best_by_type(&self, words: &Words, pair: &Pair) -> [Option<f32>; N_TYPES] {
        let mut best: [Option<f32>; N_TYPES] = [None; N_TYPES];
        for sentence in pair.sentences(words.document) {
            let found = candidate::choose(candidate::find(words, sentence, Tags::Ignored));
            for candidate in &candidate::one_per_happening(words, found) {
                let reading = reading::read(words, candidate, Purpose::Relate);
                let score = score(words, pair, candidate, &reading);
                let slot = &mut best[reading.event as usize];
                *slot = Some(slot.map_or(score, |old| old.max(score)));
            }
        }
        best
    }

    /// The relation by what was learned: each word speaks for a type as surely as it tells of it, and as the given
    /// words are its actor and recipient.
    fn learned_relation(&self, words: &Words, resolution: &Resolution, pair: &Pair) -> Relation {
        let document = words.document;
        let cast = Cast::new(document.tokens().len(), resolution, &Arena::new());
        let mut sums = [0.0f32; N_TYPES];
        let mut modes: [Option<(f32, Option<Mode>)>; N_TYPES] = [None; N_TYPES];
        for sentence in pair.sentences(document) {
            let noted = learned::note(words, candidate::find(words, sentence, Tags::Trusted));
            let chances = learned::chances_of(&self.model, words, &cast, sentence, &noted);
            let phrases = learned::phrases(words, &cast, sentence);
            let ignored =
                if self.lexicon.is_extended() { candidate::ignored(words, sentence) } else { Vec::new() };
            for (token, chances) in document.sentence(sentence).tokens.iter().zip(&chances) {
                let own =
                    noted.iter().find(|noted| noted.candidate.head == token && noted.candidate.frame.is_own);
                if own.is_none() && ignored.contains(&token) {
                    continue;
                }
                for &event in EventType::ALL {
                    // What the user's own files say of a word holds, whatever was learned.
                    let chance = match own {
                        Some(own) => f32::from(u8::from(own.reading.event == event)),
                        None => chances.of(event),
                    };
                    if chance < HEARD {
                        continue;
                    }
                    let candidate = learned::candidate_for(words, &noted, token, event);
                    let mut reading = reading::read(words, &candidate, Purpose::Code);
                    if reading.event != event {
                        (reading.event, reading.mode) = (event, None);
                    }
                    let (actor, recipient) = participants::find(words, &cast, &candidate, &reading);
                    let told = Told {
                        candidate: &candidate,
                        reading: &reading,
                        actor: &actor,
                        recipient: &recipient,
                    };
                    let roles = learned::role_chances(&self.model, words, &cast, &told, &phrases);
                    let fits = pair.fits(&roles, candidate.frame.reciprocal);
                    let score = chance * fits;
                    let (event, told_mode) = match reading::read(words, &candidate, Purpose::Relate) {
                        _ if is_refused(&reading) => (EventType::Reject, None),
                        // One type says all: a promise to withdraw is a promise.
                        outright if outright.event != event && reads_as(words, &candidate, event) => {
                            (outright.event, outright.mode)
                        }
                        _ => {
                            let by_rules = crate::coder::mode_of(words, &candidate, &reading);
                            (
                                event,
                                learned::mode_at(&self.model, words, &cast, &noted, token, event, by_rules),
                            )
                        }
                    };
                    sums[event as usize] += score;
                    let mode = &mut modes[event as usize];
                    if mode.is_none_or(|(old, _)| score > old) {
                        *mode = Some((score, told_mode));
                    }
                }
            }
        }
        let by_rules = self.best_by_type(words, pair);
        for (sum, rules) in sums.iter_mut().zip(by_rules) {
            *sum = (*sum + LEAST) * (RULES * rules.unwrap_or(0.0).max(0.0)).exp();
        }
        let total: f32 = sums.iter().sum();
        let best = EventType::ALL.iter().copied().max_by(|&one, &other| {
            let order = sums[one as usize].total_cmp(&sums[other as usize]);
            order.then((other as usize).cmp(&(one as usize)))
        });
        let event = best.filter(|_| total > 0.0).unwrap_or_else(|| self.vote(words));
        let mode = modes[event as usize].and_then(|(_, mode)| mode);
        Relation {
            event,
            mode,
            quad: event.quad(),
            scale: event.scale_with(mode),
            confidence: Confidence::new(if total > 0.0 { sums[event as usize] / total } else { 0.1 }),
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

/// "did not lift the ban", "failed to reach agreement": where one type must say all, not to give is to refuse.
fn is_refused(reading: &Reading) -> bool {
    use EventType::*;
    reading.aux.negation
        && matches!(reading.event, Agree | Consult | Support | Concede | Cooperate | Aid | Retreat)
}

/// Whether the rules, too, read a candidate as this type when they code it.
fn reads_as(words: &Words, candidate: &Candidate, event: EventType) -> bool {
    !candidate.plain && reading::read(words, candidate, Purpose::Code).event == event
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

    /// How well the parties of a trigger are the given ones.
    fn fits(&self, roles: &[RoleChances], mutual: bool) -> f32 {
        let most = |inside: &dyn Fn(TokenIdx) -> bool, of: &dyn Fn(&RoleChances) -> f32| {
            roles.iter().filter(|chances| inside(chances.phrase)).map(of).fold(0.0, f32::max)
        };
        let acts = match self.actor.is_empty() {
            true => 1.0,
            false => most(&|token| self.in_actor(token), &|chances| chances.actor),
        };
        let undergoes = match self.recipient.is_empty() {
            true => 1.0,
            false => most(&|token| self.in_recipient(token), &|chances| match mutual {
                true => chances.actor.max(chances.recipient + chances.object),
                // What is given as the recipient may be a thing: "rejected the accord".
                false => chances.recipient + chances.object,
            }),
        };
        (ELSEWHERE + acts) * (ELSEWHERE + undergoes)
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
