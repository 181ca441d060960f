//! How likely a word tells of each event type.
//!
//! ```text
//! Chad threw its weight behind the plan.
//!      ^^^^^ SUPPORT 0.8: what the language model saw, the words under it, what the lexicon knows of them
//! ```

use super::features::Input;
use super::model::EventModel;
use super::trained::Work;
use super::{VECTOR, add_context, add_vector};
use crate::EventType;
use crate::candidate::Candidate;
use crate::participants::Cast;
use crate::reading::Reading;
use crate::syntax::{self, preposition};
use crate::words::Words;
use dateline_text::{Deprel, SentenceIdx, TokenIdx, Upos};

/// Every type, and "none" before them.
pub(super) const N_CLASSES: usize = EventType::ALL.len() + 1;

/// Dense inputs: the context of the word, and the vectors of its head, object, subject, and of what follows its
/// preposition.
pub(super) fn n_inputs(width: usize) -> usize {
    width + 4 * VECTOR
}

/// A candidate of the lexicon with its reading.
pub(crate) struct Noted<'l> {
    pub candidate: Candidate<'l>,
    pub reading: Reading,
}

/// How likely a word tells of each type; the rest to 1 is that it tells of none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chances([f32; EventType::ALL.len()]);

impl Chances {
    /// A word that tells of nothing.
    pub const NONE: Chances = Chances([0.0; EventType::ALL.len()]);

    /// How likely it tells of a type.
    pub fn of(&self, event: EventType) -> f32 {
        self.0[event as usize]
    }

    /// The likeliest type.
    pub fn best(&self) -> EventType {
        let most =
            |best: EventType, &event: &EventType| if self.of(event) > self.of(best) { event } else { best };
        EventType::ALL.iter().fold(EventType::Agree, most)
    }
}

/// Whether a word may tell of an event at all.
pub(super) fn may_tell(words: &Words, token: TokenIdx) -> bool {
    matches!(
        words.document.upos(token),
        Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn | Upos::X | Upos::Adv
    )
}

/// The chances of each token of a sentence, in order.
pub(crate) fn chances_of(
    model: &EventModel,
    words: &Words,
    cast: &Cast,
    sentence: SentenceIdx,
    noted: &[Noted],
) -> Vec<Chances> {
    let tokens = words.document.sentence(sentence).tokens;
    let mut input = Input::default();
    let mut work = Work::default();
    let mut all = Vec::with_capacity(tokens.n_tokens());
    for token in tokens.iter() {
        let mut chances = Chances::NONE;
        if may_tell(words, token) {
            read(words, cast, noted, token, &mut input);
            let found = model.trigger.chances(&input, &mut work);
            chances.0.copy_from_slice(&found[1..]);
        }
        all.push(chances);
    }
    all
}

/// What the network reads of a word.
pub(super) fn read(words: &Words, cast: &Cast, noted: &[Noted], token: TokenIdx, input: &mut Input) {
    input.clear();
    let document = words.document;
    let lemma = document.lemma(token);
    let upos = document.upos(token).as_str();
    let deprel = document.deprel(token).as_str();
    input.add(&["lemma", lemma]);
    input.add(&["lemma", lemma, upos]);
    input.add(&["form", document.lower(token)]);
    input.add(&["tag", document.xpos(token).as_str(), deprel]);
    input.add(&["deprel", deprel]);
    let tokens = document.sentence(document.sentence_of(token)).tokens;
    for (name, step) in [("before", -1), ("after", 1), ("after2", 2)] {
        let at = token.index() as isize + step;
        let near = usize::try_from(at).ok().map(TokenIdx::new).filter(|&near| tokens.holds(near));
        let word = near.map_or("", |near| document.lower(near));
        input.add(&[name, word]);
        input.add(&[name, word, lemma]);
    }

    // What the lexicon says.
    let mut in_lexicon = false;
    for Noted { candidate, reading } in noted {
        let (core, told) = (reading.core.0.as_str(), reading.event.as_str());
        let weight = match candidate.weight {
            0..=2 => "1",
            3..=5 => "2",
            _ => "3",
        };
        let weak = if candidate.weak { "weak" } else { "sure" };
        if candidate.head == token {
            in_lexicon = true;
            input.add(&["lexicon", core]);
            input.add(&["lexicon", core, weight, weak]);
            input.add(&["told", told]);
            input.add(&["told", told, weight, weak, upos]);
            input.add(&["turned", core, told]);
            if reading.operator.is_some_and(|(governor, _)| governor != token) {
                input.add(&["turned by another", core, told]);
            }
        } else if candidate.others.contains(&token) {
            input.add(&["belongs to", core, weight]);
        } else if reading.consumed.contains(&token) {
            in_lexicon = true;
            input.add(&["turns", core, told]);
        }
    }
    input.add(&["in lexicon", if in_lexicon { "yes" } else { "no" }]);
    for word in words.of(token) {
        for effect in [words.lexicon.verb_effect(word), words.lexicon.noun_effect(word)].into_iter().flatten()
        {
            input.add(&["effect", effect.as_str()]);
        }
        if let Some(light) = words.lexicon.light(word) {
            input.add(&["light", light.as_str()]);
        }
    }

    // What stands around it.
    let head = document.head(token);
    if let Some(head) = head {
        input.add(&["head", document.lemma(head)]);
        input.add(&["head", document.lemma(head), deprel]);
        input.add(&["head and self", document.lemma(head), lemma]);
        for word in words.of(head) {
            let effect = words.lexicon.verb_effect(word).or_else(|| words.lexicon.noun_effect(word));
            if let Some(effect) = effect {
                input.add(&["effect above", effect.as_str(), deprel]);
            }
        }
    } else {
        input.add(&["head", "none"]);
    }
    let (mut object, mut subject, mut phrase) = (None, None, None);
    for &child in document.children(token) {
        let relation = document.deprel(child);
        let child_lemma = document.lemma(child);
        match relation {
            Deprel::Punct => continue,
            Deprel::Obj => object = object.or(Some(child)),
            Deprel::Nsubj | Deprel::NsubjPass => subject = subject.or(Some(child)),
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent => phrase = phrase.or(Some(child)),
            _ => {}
        }
        input.add(&["child", relation.as_str()]);
        input.add(&["child", relation.as_str(), child_lemma]);
        input.add(&["child and self", lemma, child_lemma]);
        if matches!(relation, Deprel::Obl | Deprel::Nmod | Deprel::OblAgent)
            && let Some(case) = preposition(document, child)
        {
            input.add(&["case", document.lower(case)]);
            input.add(&["case and self", lemma, document.lower(case)]);
        }
    }
    if subject.is_none() {
        subject = syntax::subject(words, token).map(|subject| subject.token).filter(|_| words.is_verb(token));
    }
    for (name, party) in [("subject", subject), ("object", object), ("phrase", phrase)] {
        let Some(party) = party else { continue };
        input.add(&[name, document.lemma(party)]);
        input.add(&[name, cast.sort(words, party)]);
        input.add(&[name, cast.sort(words, party), lemma]);
        for list in LISTS {
            if words.is_in(party, list) {
                input.add(&[name, "list", list]);
            }
        }
    }
    for list in LISTS {
        if words.is_in(token, list) {
            input.add(&["list", list]);
        }
    }
    if syntax::is_negated(document, token) {
        input.add(&["negated"]);
    }
    if words.is_verb(token) && syntax::is_passive(document, token) {
        input.add(&["passive"]);
    }
    add_context(words, token, document.contexts().width(), input);
    for near in [head, object, subject, phrase] {
        add_vector(words, near, input);
    }
}

/// The lists of the lexicon that tell what sort of thing a word is.
const LISTS: [&str; 24] = [
    "meetings",
    "agreements",
    "relations",
    "aidgoods",
    "weapons",
    "explosives",
    "firearms",
    "forces",
    "police",
    "militia",
    "captives",
    "sanctions",
    "restrictions",
    "demands",
    "accusations",
    "property",
    "media",
    "office",
    "diplomats",
    "exercises",
    "protests",
    "protesters",
    "attacks",
    "people",
];
