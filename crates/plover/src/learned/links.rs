//! Which time expression dates an event, and which place is where it happened.
//!
//! ```text
//! The mayor said on Tuesday that drones had hit Marenko on Sunday.
//!                ^^^^^^^                    ^^^         ^^^^^^^^^
//!                the saying's               trigger     the event's
//! ```

use super::VECTOR;
use super::features::Input;
use super::model::EventModel;
use super::roles::path_between;
use super::trained::Work;
use super::{add_context, add_vector};
use crate::candidate::Candidate;
use crate::reading::Reading;
use crate::syntax::preposition;
use crate::when::clause_of;
use crate::whereabouts::phrase_head;
use crate::words::Words;
use dateline_text::{TokenSpan, Upos};

/// No, yes.
pub(super) const N_CLASSES: usize = 2;

/// Dense inputs: the context of the mention's head, and the vectors of trigger and governor.
pub(super) fn n_inputs(width: usize) -> usize {
    width + 2 * VECTOR
}

/// What is linked to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linked {
    Time,
    Place,
}

/// A time expression or the name of a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub linked: Linked,
    pub tokens: TokenSpan,
    /// What sort of expression or place it is.
    pub sort: &'static str,
    /// Whether the rules take it.
    pub by_rules: bool,
    /// How many of its sort the sentence holds.
    pub n_rivals: usize,
    /// Whether the trigger is the nearest one to it.
    pub nearest: bool,
    /// Whether it stands in a clause of saying that is not the event's.
    pub with_cue: bool,
}

/// How likely a mention belongs to an event.
pub(crate) fn link_chance(
    model: &EventModel,
    words: &Words,
    candidate: &Candidate,
    reading: &Reading,
    mention: &Mention,
) -> f32 {
    let (mut input, mut work) = (Input::default(), Work::default());
    read(words, candidate, reading, mention, &mut input);
    model.links.chances(&input, &mut work)[1]
}

/// What the network reads of a mention beside a trigger.
pub(super) fn read(
    words: &Words,
    candidate: &Candidate,
    reading: &Reading,
    mention: &Mention,
    input: &mut Input,
) {
    input.clear();
    let document = words.document;
    let head = candidate.head;
    let kind = match mention.linked {
        Linked::Time => "time",
        Linked::Place => "place",
    };
    let event = reading.event.as_str();
    let verbal = if candidate.verbal { "verb" } else { "noun" };
    let phrase = phrase_head(words, mention.tokens);
    let mut add = |parts: &[&str]| {
        let mut all = vec![kind];
        all.extend_from_slice(parts);
        input.add(&all);
    };
    add(&["all"]);
    add(&["sort", mention.sort]);
    add(&["sort", mention.sort, event]);
    let path = path_between(words, phrase, head);
    add(&["path", &path]);
    add(&["path", &path, verbal]);
    let case = preposition(document, phrase).map_or("", |case| document.lower(case));
    add(&["case", case]);
    add(&["case", case, event]);
    add(&["case", case, mention.sort]);
    let rules = if mention.by_rules { "rules" } else { "not by rules" };
    let rivals = ["0", "1", "2", "3"][mention.n_rivals.min(3)];
    let nearest = if mention.nearest { "nearest" } else { "another is nearer" };
    add(&[rules]);
    add(&[rules, event]);
    add(&[rules, rivals, nearest]);
    add(&[rules, "path", &path]);
    add(&["rivals", rivals]);
    add(&[nearest, rivals]);
    add(&["cue", if mention.with_cue { "yes" } else { "no" }]);
    let operator = if reading.operator.is_some() { "operator" } else { "plain" };
    add(&[operator, rules]);
    for (aux, set) in [
        ("future", reading.aux.future),
        ("negation", reading.aux.negation),
        ("hypothetical", reading.aux.hypothetical),
    ] {
        if set {
            add(&["aux", aux, rules]);
        }
    }
    let same_clause = clause_of(words, phrase) == clause_of(words, head);
    add(&["clause", if same_clause { "same" } else { "other" }, case]);
    let (first, last) = (phrase.min(head), phrase.max(head));
    let between = &document.tokens()[first.index() + 1..last.index().max(first.index() + 1)];
    let n_verbs = between.iter().filter(|token| token.upos == Upos::Verb).count();
    let n_commas = between.iter().filter(|token| token.span.of(document.text()) == ",").count();
    let side = if phrase < head { "before" } else { "after" };
    let few = |n: usize| ["0", "1", "2", "3"][n.min(3)];
    add(&["between", few(n_verbs), few(n_commas), side]);
    let distance = match last.index() - first.index() {
        0..=1 => "1",
        2..=3 => "3",
        4..=7 => "7",
        8..=14 => "14",
        _ => "far",
    };
    add(&["distance", side, distance]);
    let sentence = document.sentence(document.sentence_of(head)).tokens;
    let opens = phrase.index() <= sentence.first().index() + 3;
    add(&["opens", if opens { "yes" } else { "no" }, case]);
    if let Some(above) = document.head(phrase) {
        add(&["above", document.lemma(above)]);
        add(&["deprel", document.deprel(phrase).as_str(), if above == head { "own" } else { "other" }]);
    }
    add(&["word", document.lemma(phrase)]);
    add(&["trigger", document.lemma(head)]);
    add_context(words, phrase, document.contexts().width(), input);
    add_vector(words, Some(head), input);
    add_vector(words, document.head(phrase), input);
}
