//! Who acts and who is acted on, beside a trigger.
//!
//! ```text
//! In a note handed to the envoy, Dushanbe complained of the bombs.
//!                         ^^^^^  ^^^^^^^^ ^^^^^^^^^^
//!                     recipient  actor    trigger
//! ```

use super::features::Input;
use super::model::EventModel;
use super::trained::Work;
use super::{VECTOR, add_context, add_vector};
use crate::arguments::{self, Argument};
use crate::candidate::Candidate;
use crate::lexicon::Role;
use crate::participants::{Cast, Party};
use crate::reading::Reading;
use crate::syntax::{self, preposition};
use crate::words::Words;
use dateline_text::{Deprel, SentenceIdx, TokenIdx, Upos};

/// None, actor, recipient, thing acted on.
pub(super) const N_CLASSES: usize = 4;

/// Dense inputs: the contexts of trigger and phrase.
pub(super) fn n_inputs(width: usize) -> usize {
    width + 2 * VECTOR
}

/// How likely a phrase is the actor, the recipient, and a thing that is acted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RoleChances {
    pub phrase: TokenIdx,
    pub actor: f32,
    pub recipient: f32,
    pub object: f32,
}

/// What is known of the event whose parties are looked for.
pub(crate) struct Told<'t, 'l> {
    pub candidate: &'t Candidate<'l>,
    pub reading: &'t Reading,
    /// What the rules make of it.
    pub actor: &'t Party,
    pub recipient: &'t Party,
}

/// The words of a sentence that may head a party, in order.
pub(crate) fn phrases(words: &Words, cast: &Cast, sentence: SentenceIdx) -> Vec<TokenIdx> {
    let document = words.document;
    let may_head = |&token: &TokenIdx| match document.upos(token) {
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X => {
            let inner = matches!(
                document.deprel(token),
                Deprel::Compound | Deprel::Flat | Deprel::Fixed | Deprel::Goeswith | Deprel::Nummod
            );
            (!inner || cast.is_named(token)) && !syntax::is_relative(document, token)
        }
        // "Turkish strikes", "the injured"
        Upos::Adj => {
            cast.is_named(token)
                || !matches!(document.deprel(token), Deprel::Amod | Deprel::Root | Deprel::Xcomp)
                    && document.child_by(token, Deprel::Det).is_some()
        }
        _ => false,
    };
    document.sentence(sentence).tokens.iter().filter(may_head).collect()
}

/// The chances of each phrase.
pub(crate) fn role_chances(
    model: &EventModel,
    words: &Words,
    cast: &Cast,
    told: &Told,
    phrases: &[TokenIdx],
) -> Vec<RoleChances> {
    let seen = Seen::new(words, told);
    let mut input = Input::default();
    let mut work = Work::default();
    let chances = phrases.iter().filter(|&&phrase| phrase != told.candidate.head).map(|&phrase| {
        read(words, cast, told, &seen, phrase, &mut input);
        let found = model.roles.chances(&input, &mut work);
        RoleChances { phrase, actor: found[1], recipient: found[2], object: found[3] }
    });
    chances.collect()
}

/// What is worked out once for a trigger.
pub(super) struct Seen {
    arguments: Vec<Argument>,
    outer: Vec<Argument>,
    passive: bool,
}

impl Seen {
    pub fn new(words: &Words, told: &Told) -> Seen {
        let Candidate { head, others, verbal, .. } = told.candidate;
        let arguments = match verbal {
            true => arguments::of_verb(words, *head, others),
            false => arguments::of_noun(words, *head, others),
        };
        let governor =
            told.reading.operator.map(|(governor, _)| governor).filter(|governor| governor != head);
        let outer = match governor {
            Some(governor) if words.is_noun(governor) => arguments::of_noun(words, governor, &[]),
            Some(governor) => arguments::of_verb(words, governor, &[]),
            None => Vec::new(),
        };
        Seen { arguments, outer, passive: *verbal && syntax::is_passive(words.document, *head) }
    }
}

/// What the network reads of a phrase beside a trigger.
pub(super) fn read(
    words: &Words,
    cast: &Cast,
    told: &Told,
    seen: &Seen,
    phrase: TokenIdx,
    input: &mut Input,
) {
    input.clear();
    let document = words.document;
    let Told { candidate, reading, .. } = told;
    let head = candidate.head;
    let event = reading.event.as_str();
    let trigger = document.lemma(head);
    let sort = cast.sort(words, phrase);
    let verbal = if candidate.verbal { "verb" } else { "noun" };
    let voice = if seen.passive { "passive" } else { "active" };

    // The first of a list stands for it: the others share its place.
    let mut first = phrase;
    for _ in 0..8 {
        match (document.deprel(first), document.head(first)) {
            (Deprel::Conj, Some(above)) => first = above,
            _ => break,
        }
    }
    input.add(&["list", if first == phrase { "first" } else { "later" }]);
    let mut placed = false;
    for (name, arguments) in [("role", &seen.arguments), ("outer role", &seen.outer)] {
        for argument in
            arguments.iter().filter(|argument| argument.token == first || argument.token == phrase)
        {
            let role = role_name(words, argument.role);
            let steps = ["0", "1", "2", "3"][argument.steps.min(3)];
            placed = true;
            input.add(&[name, &role]);
            input.add(&[name, &role, steps, verbal]);
            input.add(&[name, &role, event]);
            input.add(&[name, &role, event, verbal]);
            input.add(&[name, &role, trigger]);
            input.add(&[name, &role, sort]);
            input.add(&[name, &role, sort, event]);
            let expected = if candidate.frame.actor.contains(&argument.role) { "actor's" } else { "" };
            let received = if candidate.recipient.contains(&argument.role) { "recipient's" } else { "" };
            input.add(&[name, expected, received, steps]);
            if let Some((_, effect)) = reading.operator {
                input.add(&[name, &role, effect.as_str()]);
            }
        }
    }
    input.add(&["placed", if placed { "yes" } else { "no" }, sort]);

    let path = path_between(words, first, head);
    input.add(&["path", &path]);
    input.add(&["path", &path, event]);
    input.add(&["path", &path, verbal, voice]);
    input.add(&["path", &path, sort]);
    let case = preposition(document, first).map_or("", |case| document.lower(case));
    input.add(&["case", case]);
    input.add(&["case", case, event]);
    input.add(&["case", case, trigger]);
    input.add(&["case", case, verbal, sort]);

    let distance = phrase.index().abs_diff(head.index());
    let distance = match distance {
        0..=1 => "1",
        2..=3 => "3",
        4..=6 => "6",
        7..=12 => "12",
        _ => "far",
    };
    let side = if phrase < head { "before" } else { "after" };
    input.add(&["distance", side, distance]);
    input.add(&["distance", side, distance, event]);
    input.add(&["side", side, sort, verbal, voice]);
    input.add(&["side", side, event, verbal, voice]);
    input.add(&["sort", sort]);
    input.add(&["sort", sort, event]);
    input.add(&["word", document.lemma(phrase)]);
    input.add(&["word", document.lemma(phrase), event]);
    let deprel = document.deprel(phrase).as_str();
    let above = document.head(phrase);
    input.add(&["deprel", deprel]);
    input.add(&["deprel", deprel, if above == Some(head) { "own" } else { "" }, event]);
    if let Some(above) = above {
        input.add(&["above", document.lemma(above), deprel]);
        let of_party = phrases_party(told, above);
        input.add(&["above is", of_party, deprel]);
    }

    // What the rules say.
    for (name, party) in [("actor", told.actor), ("recipient", told.recipient)] {
        let inside = party.tokens.iter().any(|span| span.holds(phrase)) || party.unresolved == Some(phrase);
        let empty = if party.is_empty() && party.unresolved.is_none() { "nobody" } else { "somebody" };
        input.add(&["rules", name, if inside { "here" } else { empty }]);
        input.add(&["rules", name, if inside { "here" } else { empty }, event]);
        if inside {
            input.add(&["rules", name, sort]);
            input.add(&["rules", name, deprel]);
        }
    }
    let between = document
        .tokens()
        .get(phrase.index().min(head.index()) + 1..phrase.index().max(head.index()))
        .unwrap_or(&[])
        .iter()
        .filter(|token| token.upos == Upos::Verb)
        .count();
    input.add(&["verbs between", ["0", "1", "2", "3"][between.min(3)], side]);
    add_context(words, phrase, document.contexts().width(), input);
    add_vector(words, Some(head), input);
    add_vector(words, above, input);
}

/// Which party of the rules a word belongs to.
fn phrases_party(told: &Told, word: TokenIdx) -> &'static str {
    let holds =
        |party: &Party| party.unresolved == Some(word) || party.tokens.iter().any(|span| span.holds(word));
    match (holds(told.actor), holds(told.recipient)) {
        (true, _) => "actor",
        (_, true) => "recipient",
        _ if told.candidate.head == word => "trigger",
        _ => "other",
    }
}

fn role_name(words: &Words, role: Role) -> String {
    match role {
        Role::Subject => "subj".to_owned(),
        Role::Object => "obj".to_owned(),
        Role::Indirect => "iobj".to_owned(),
        Role::Possessor => "poss".to_owned(),
        Role::Modifier => "mod".to_owned(),
        Role::Preposition(word) => words.lexicon.spelling(word).to_owned(),
    }
}

/// The relations from a word up to where it meets another, and down to that.
pub(super) fn path_between(words: &Words, from: TokenIdx, to: TokenIdx) -> String {
    const LONGEST: usize = 5;
    let document = words.document;
    let up: Vec<TokenIdx> = [from].into_iter().chain(document.ancestors(from)).take(LONGEST).collect();
    let down: Vec<TokenIdx> = [to].into_iter().chain(document.ancestors(to)).take(LONGEST).collect();
    let Some((rise, fall)) = up
        .iter()
        .enumerate()
        .find_map(|(rise, token)| down.iter().position(|other| other == token).map(|fall| (rise, fall)))
    else {
        return "far".to_owned();
    };
    let mut path = String::new();
    for &token in &up[..rise] {
        path.push('<');
        path.push_str(document.deprel(token).as_str());
    }
    for &token in down[..fall].iter().rev() {
        path.push('>');
        path.push_str(document.deprel(token).as_str());
    }
    path
}
