//! What the words above a trigger make of it: `agreed to meet` is no meeting yet, `refused to meet` is none.
//!
//! In:  a candidate.
//! Out: its [`Reading`]: type and mode after all governors, auxiliary modes, and the governor whose subject acts.
//!
//! The walk goes up from the trigger, from governor to governor; each is looked up in `operators.toml`, and
//! negation and modal verbs count where they stand. The rules themselves are in [`crate::rules`].

use crate::candidate::Candidate;
use crate::lexicon::{Effect, Light};
use crate::rules;
use crate::syntax::{self, MAX_STEPS, preposition};
use crate::words::Words;
use crate::{AuxiliaryModes, EventType, Mode};
use dateline_text::{Deprel, TokenIdx, Upos, Xpos};

/// How a harmful act to come is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Events by the codebook, with auxiliary modes.
    Code,
    /// One actor's attitude to another, where a type must say all: an announced harm is a threat, and an
    /// agreement to withdraw is an agreement.
    Relate,
}

/// A candidate in the light of its governors.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub event: EventType,
    pub mode: Option<Mode>,
    /// Type and mode of the trigger itself.
    pub core: (EventType, Option<Mode>),
    pub aux: AuxiliaryModes,
    /// The outermost governor that changed the type, with what it did; its subject is the actor.
    pub operator: Option<(TokenIdx, Effect)>,
    /// Every governor that changed the reading: none of them is an event beside this one.
    pub consumed: Vec<TokenIdx>,
    /// Whether the event is only what somebody is accused of.
    pub alleged: bool,
}

/// Reads a candidate.
pub(crate) fn read(words: &Words, candidate: &Candidate, purpose: Purpose) -> Reading {
    let frame = candidate.frame;
    let mut reading = Reading {
        event: frame.event,
        mode: frame.mode,
        core: (frame.event, frame.mode),
        aux: AuxiliaryModes::default(),
        operator: None,
        consumed: Vec::new(),
        alleged: false,
    };
    let head = candidate.head;
    if !candidate.verbal {
        read_modifiers(words, candidate, purpose, &mut reading);
    }
    read_own_marks(words, head, head, purpose, &mut reading);
    if candidate.others.iter().any(|&other| syntax::is_negated(words.document, other)) {
        reading.aux.negation = true;
    }
    read_governors(words, head, purpose, &mut reading);
    if candidate.plain {
        (reading.event, reading.mode) = reading.core;
    }
    if reading.event == EventType::Threaten && purpose == Purpose::Code && conditioned(words, head) {
        reading.aux.hypothetical = true;
    }
    reading
}

/// `planned talks`, `possible attack`, `cancelled visit`, `threatened strike`.
fn read_modifiers(words: &Words, candidate: &Candidate, purpose: Purpose, reading: &mut Reading) {
    let document = words.document;
    for &child in document.children(candidate.head) {
        if !matches!(document.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::Acl) {
            continue;
        }
        let lower = document.lower(child);
        let effect = match lower {
            "planned" | "scheduled" | "upcoming" | "forthcoming" | "expected" | "proposed" | "imminent"
            | "future" | "impending" => Some(Effect::Plan),
            "threatened" => Some(Effect::Threaten),
            "possible" | "potential" | "eventual" | "hypothetical" | "feared" => Some(Effect::Possible),
            "cancelled" | "canceled" | "postponed" | "aborted" => Some(Effect::Reject),
            "averted" | "foiled" | "failed" | "thwarted" => Some(Effect::Negate),
            _ => None,
        };
        if let Some(effect) = effect {
            rules::apply(words, effect, child, purpose, reading);
        }
    }
}

/// Negation, modal verbs and conditions on a verb or noun itself.
fn read_own_marks(words: &Words, at: TokenIdx, below: TokenIdx, purpose: Purpose, reading: &mut Reading) {
    let document = words.document;
    let negated = syntax::is_negated_above(document, at, below);
    let mut future = false;
    let mut condition = false;
    let mut obliged = false;
    for &child in document.children(at) {
        let lower = document.lower(child);
        match document.deprel(child) {
            Deprel::Aux => match lower {
                "will" | "'ll" | "’ll" | "shall" | "wo" | "gonna" => future = true,
                "would" | "'d" => match reported(words, at) {
                    true => future = true,
                    false => reading.aux.hypothetical = true,
                },
                "may" | "might" | "could" => reading.aux.hypothetical = true,
                "must" | "should" | "ought" => obliged = true,
                _ => {}
            },
            Deprel::Mark => match lower {
                "if" | "unless" | "whether" | "lest" => condition = true,
                // "Envoy to visit Caracas": a headline's future.
                "to" if headline_future(words, at) => future = true,
                _ => {}
            },
            Deprel::Advmod if matches!(lower, "possibly" | "perhaps" | "maybe" | "potentially") => {
                reading.aux.hypothetical = true;
            }
            // "should South Korea strike, ..." hangs a condition on the main clause, not on this verb.
            _ => {}
        }
    }
    if document.deprel(at) == Deprel::Advcl && inverted_condition(words, at) {
        condition = true;
    }
    if condition {
        reading.aux.hypothetical = true;
    }
    if obliged {
        match speech_above(words, at) {
            Some(speech) => rules::apply(words, Effect::Request, speech, purpose, reading),
            None => reading.aux.hypothetical = true,
        }
    }
    match (future, negated) {
        (true, true) => rules::refused_future(words, at, reading),
        (true, false) => {
            let harm = matches!(
                reading.event,
                EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Threaten
            );
            if harm && purpose == Purpose::Code && conditioned(words, at) {
                // "If attacked, Chad will strike Niger."
                rules::apply(words, Effect::Threaten, at, purpose, reading);
                reading.aux.hypothetical = true;
            } else {
                rules::apply(words, Effect::Plan, at, purpose, reading);
            }
        }
        (false, true) => reading.aux.negation = !reading.aux.negation,
        (false, false) => {}
    }
}

/// "X, should Y attack": the auxiliary opens the clause.
fn inverted_condition(words: &Words, verb: TokenIdx) -> bool {
    let document = words.document;
    document.children(verb).first().is_some_and(|&first| {
        document.deprel(first) == Deprel::Aux && matches!(document.lower(first), "should" | "had" | "were")
    })
}

fn headline_future(words: &Words, verb: TokenIdx) -> bool {
    let document = words.document;
    match document.deprel(verb) {
        Deprel::Root => document.xpos(verb) == Xpos::Vb,
        // "Envoy to visit Caracas" read as a noun with an infinitive: only where nothing else is the predicate.
        Deprel::Acl => document.head(verb).is_some_and(|noun| {
            document.deprel(noun) == Deprel::Root && words.is_noun(noun) && document.xpos(verb) == Xpos::Vb
        }),
        _ => false,
    }
}

/// Whether a clause is told by somebody in the past: "said it would".
fn reported(words: &Words, verb: TokenIdx) -> bool {
    let document = words.document;
    let mut at = verb;
    for _ in 0..MAX_STEPS {
        let Some(governor) = document.head(at) else { return false };
        match document.deprel(at) {
            Deprel::Ccomp | Deprel::Parataxis => return true,
            Deprel::Conj | Deprel::Xcomp => at = governor,
            // "a plan that would"
            Deprel::AclRelcl | Deprel::Acl => return words.is_noun(governor),
            _ => return false,
        }
    }
    false
}

/// The verb of saying right above a clause.
fn speech_above(words: &Words, verb: TokenIdx) -> Option<TokenIdx> {
    let document = words.document;
    let governor = document.head(verb).filter(|_| document.deprel(verb) == Deprel::Ccomp)?;
    matches!(
        document.lemma(governor),
        "say"
            | "tell"
            | "insist"
            | "state"
            | "declare"
            | "stress"
            | "argue"
            | "demand"
            | "write"
            | "add"
            | "reiterate"
            | "maintain"
    )
    .then_some(governor)
}

fn read_governors(words: &Words, head: TokenIdx, purpose: Purpose, reading: &mut Reading) {
    let document = words.document;
    let mut at = head;
    for _ in 0..MAX_STEPS {
        let Some((governor, relation)) = governor_of(words, at) else { return };
        let nominal = !words.is_verb(at);
        let step = match relation {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => Step::Look,
            Deprel::Obj | Deprel::NsubjPass if nominal => Step::Look,
            Deprel::Nsubj if nominal && document.upos(governor) == Upos::Adj => Step::Look,
            // "talks took place", "the attack will begin": the verb's marks are the event's.
            Deprel::Nsubj if nominal && takes_place(words, governor) => {
                read_own_marks(words, governor, at, purpose, reading);
                Step::Pass
            }
            Deprel::Acl if words.is_noun(governor) && !syntax::is_passive(document, at) => Step::Look,
            Deprel::Advcl => match gerund_preposition(words, at) {
                Some("of" | "from" | "against" | "for" | "to" | "on" | "with") => Step::Look,
                _ => conditional_clause(words, at, reading),
            },
            Deprel::Obl | Deprel::Nmod => match preposition(document, at).map(|case| document.lower(case)) {
                Some(
                    "to" | "for" | "of" | "on" | "with" | "from" | "against" | "in" | "over" | "about"
                    | "into" | "such" | "like" | "as",
                ) => Step::Look,
                _ => Step::Stop,
            },
            Deprel::Conj => Step::Pass,
            _ => Step::Stop,
        };
        match step {
            Step::Stop => return,
            Step::Pass => {}
            Step::Look => {
                let effect = effect_of(words, governor, at);
                match effect {
                    Some(Effect::Support | Effect::Accuse) => {
                        reading.alleged |= effect == Some(Effect::Accuse) && !nominal;
                        return;
                    }
                    Some(effect) => {
                        // "will not accept Chad's missile tests": the tests took place, whatever is said of them.
                        if presupposed(words, head, effect, reading) {
                            return;
                        }
                        rules::apply(words, effect, governor, purpose, reading);
                        read_own_marks(words, governor, at, purpose, reading);
                    }
                    None => {
                        let carries =
                            words.of(governor).any(|word| words.lexicon.light(word) == Some(Light::Does));
                        if !carries || relation == Deprel::Nmod {
                            return;
                        }
                        read_own_marks(words, governor, at, purpose, reading);
                    }
                }
            }
        }
        at = governor;
    }
}

/// The word above, and how this one hangs on it. "His willingness to meet", "had not agreed to meet": the word
/// right before an infinitive governs it where it is one that takes infinitives, wherever the tree hangs it.
fn governor_of(words: &Words, at: TokenIdx) -> Option<(TokenIdx, Deprel)> {
    let document = words.document;
    let above = document.head(at).map(|governor| (governor, document.deprel(at)));
    // "will hold a referendum on the annexation": what follows a noun's preposition is the noun's.
    if let Some((governor, Deprel::Obl)) = above
        && let Some(case) = preposition(document, at).filter(|case| case.index() > 0)
    {
        let noun = TokenIdx::new(case.index() - 1);
        let governs = words.is_noun(noun)
            && document.head(noun) == Some(governor)
            && words.of(noun).any(|word| words.lexicon.noun_effect(word).is_some());
        return if governs { Some((noun, Deprel::Nmod)) } else { above };
    }
    let sentence = document.sentence(document.sentence_of(at)).tokens.first().index();
    if at.index() < sentence + 2 || document.lower(TokenIdx::new(at.index() - 1)) != "to" {
        return above;
    }
    let before = TokenIdx::new(at.index() - 2);
    let settled = above.is_some_and(|(governor, relation)| governor == before && relation != Deprel::Advcl);
    if above.is_none() || settled || document.head(before) == Some(at) {
        return above;
    }
    let takes = words.is_noun(before)
        && words.of(before).any(|word| words.lexicon.noun_effect(word).is_some())
        || matches!(document.upos(before), Upos::Verb | Upos::Adj)
            && words.of(before).any(|word| words.lexicon.verb_effect(word).is_some());
    match takes && words.is_verb(at) {
        true => Some((before, if words.is_noun(before) { Deprel::Acl } else { Deprel::Xcomp })),
        false => above,
    }
}

/// Whether a verb only says that its subject happens.
fn takes_place(words: &Words, verb: TokenIdx) -> bool {
    let document = words.document;
    match document.lemma(verb) {
        "happen" | "occur" | "begin" | "start" | "resume" | "continue" => {
            words.is_verb(verb) && document.child_by(verb, Deprel::Obj).is_none()
        }
        "take" => {
            document.child_by(verb, Deprel::Obj).is_some_and(|object| document.lower(object) == "place")
        }
        _ => false,
    }
}

/// Whether a noun with a doer of its own names a harmful act that its governor only speaks about.
fn presupposed(words: &Words, head: TokenIdx, effect: Effect, reading: &Reading) -> bool {
    use EventType::*;
    let document = words.document;
    words.is_noun(head)
        && matches!(reading.event, Mobilize | Coerce | Assault | Sanction | Protest | Accuse)
        && matches!(effect, Effect::Agree | Effect::Plan | Effect::Vow | Effect::Reject | Effect::Negate)
        && (document.child_by(head, Deprel::NmodPoss).is_some() || possessed(words, head))
}

/// Whether a possessor stands within the few words before a noun: "Chad's recent missile tests".
fn possessed(words: &Words, noun: TokenIdx) -> bool {
    let document = words.document;
    let first = document.sentence(document.sentence_of(noun)).tokens.first().index();
    (first.max(noun.index().saturating_sub(4))..noun.index())
        .rev()
        .map(TokenIdx::new)
        .take_while(|&token| {
            matches!(document.upos(token), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Part | Upos::Pron)
        })
        .any(|token| {
            document.deprel(token) == Deprel::NmodPoss || matches!(document.lower(token), "'s" | "’s")
        })
}

/// Whether the sentence puts what a verb says under a condition: "if attacked, it will strike", "will strike
/// should Chad attack". Trees often hang the condition elsewhere, so its mark decides.
fn conditioned(words: &Words, verb: TokenIdx) -> bool {
    let document = words.document;
    let tokens = document.sentence(document.sentence_of(verb)).tokens;
    let mut previous_is_verb = false;
    for token in tokens.iter() {
        let lower = document.lower(token);
        let next = TokenIdx::new(token.index() + 1);
        let opens =
            matches!(lower, "if" | "unless") && document.head(token) != Some(verb) && !previous_is_verb;
        let inverted = lower == "should"
            && token > verb
            && tokens.holds(next)
            && matches!(document.upos(next), Upos::Propn | Upos::Noun | Upos::Det | Upos::Pron);
        if opens || inverted {
            return true;
        }
        // "asked if", "see if" is no condition.
        previous_is_verb = document.upos(token) == Upos::Verb && token < verb;
    }
    false
}

enum Step {
    /// Look the governor up.
    Look,
    /// Go on above it.
    Pass,
    /// What is above says nothing about the event.
    Stop,
}

fn conditional_clause(words: &Words, verb: TokenIdx, reading: &mut Reading) -> Step {
    let document = words.document;
    let conditional = document
        .children_by(verb, Deprel::Mark)
        .any(|mark| matches!(document.lower(mark), "if" | "unless" | "should" | "lest"));
    reading.aux.hypothetical |= conditional;
    // "is ready to talk" is often read as an adverbial clause of "ready".
    let infinitive = document.children_by(verb, Deprel::Mark).any(|mark| document.lower(mark) == "to");
    let governed_by_adjective =
        document.head(verb).is_some_and(|governor| document.upos(governor) == Upos::Adj);
    if infinitive && governed_by_adjective { Step::Look } else { Step::Stop }
}

fn gerund_preposition<'d>(words: &Words<'d>, verb: TokenIdx) -> Option<&'d str> {
    let document: &'d dateline_text::Document = words.document;
    document
        .children(verb)
        .iter()
        .find(|&&child| matches!(document.deprel(child), Deprel::Mark | Deprel::Case))
        .map(|&child| document.lower(child))
        .filter(|_| document.xpos(verb) == Xpos::Vbg)
}

/// What a governor does to the event below it.
fn effect_of(words: &Words, governor: TokenIdx, below: TokenIdx) -> Option<Effect> {
    let document = words.document;
    let lemma = document.lemma(governor);
    if words.is_noun(governor) {
        return words.of(governor).find_map(|word| words.lexicon.noun_effect(word));
    }
    let nominal = !words.is_verb(below);
    match lemma {
        // "is to visit" is to come; "be" otherwise says nothing.
        "be" => return Some(Effect::Plan).filter(|_| document.deprel(below) == Deprel::Xcomp),
        "go" => return Some(Effect::Plan).filter(|_| document.lower(governor) == "going" && !nominal),
        // "ordered an attack" is one; "ordered troops to withdraw" asks for it.
        "order" | "announce" if nominal => return Some(Effect::Transparent),
        // "told him to leave" asks; "told him of the talks", "told him, leaving the talks" do not.
        "tell" if nominal || document.xpos(below) != Xpos::Vb => return None,
        // "opened an exercise" began it; "open to talks" offers them.
        "open" if nominal && document.upos(governor) == Upos::Verb => return Some(Effect::Transparent),
        "set" | "look" | "mean" if nominal => return None,
        "block" | "bar" | "ban" | "turn" | "rule" | "resist" if nominal && lemma != "rule" => return None,
        "cut" | "leave" | "break" | "pull" | "drop" | "remove" if !nominal => return None,
        "call" if has_particle(words, governor, "off") => return Some(Effect::Reject),
        "put" if has_particle(words, governor, "off") => return Some(Effect::Reject),
        "rule" if !has_particle(words, governor, "out") => return None,
        "turn" if !has_particle(words, governor, "down") => return None,
        _ => {}
    }
    words.of(governor).find_map(|word| words.lexicon.verb_effect(word))
}

fn has_particle(words: &Words, verb: TokenIdx, particle: &str) -> bool {
    let document = words.document;
    document.children(verb).iter().any(|&child| {
        document.lower(child) == particle
            && matches!(
                document.deprel(child),
                Deprel::CompoundPrt | Deprel::Advmod | Deprel::Case | Deprel::Obl
            )
    }) || document.tokens().len() > verb.index() + 1
        && document.lower(TokenIdx::new(verb.index() + 1)) == particle
}

#[cfg(test)]
mod tests {
    use crate::testing::assert_codes;

    #[test]
    fn codes_a_harm_under_a_condition_as_a_threat() {
        assert_codes(
            "If if SCONJ IN 3 mark
             Chad Chad PROPN NNP 3 nsubj
             moves move VERB VBZ 7 advcl
             , , PUNCT , 7 punct
             Niger Niger PROPN NNP 7 nsubj
             will will AUX MD 7 aux
             bomb bomb VERB VB 0 root
             Chad Chad PROPN NNP 7 obj",
            &[],
            &["THREATEN/violence Niger -> Chad hypothetical"],
        );
    }

    #[test]
    fn negates_a_meeting_that_nobody_confirmed_once() {
        assert_codes(
            "No no DET DT 2 det
             meeting meeting NOUN NN 4 nsubj:pass
             was be AUX VBD 4 aux:pass
             confirmed confirm VERB VBN 0 root
             between between ADP IN 6 case
             Chad Chad PROPN NNP 4 obl
             and and CCONJ CC 8 cc
             Niger Niger PROPN NNP 6 conj",
            &[],
            &["CONSULT Chad, Niger negation"],
        );
    }

    #[test]
    fn finds_both_sides_where_the_tree_lost_them() {
        assert_codes(
            "No no DET DT 2 det
             meeting meeting NOUN NN 4 nsubj:pass
             was be AUX VBD 4 aux:pass
             confirmed confirm VERB VBN 0 root
             between between ADP IN 6 case
             Chad Chad PROPN NNP 9 nsubj
             and and CCONJ CC 8 cc
             Niger Niger PROPN NNP 6 conj
             left leave VERB VBD 4 ccomp",
            &[],
            &["CONSULT Chad, Niger negation"],
        );
    }

    #[test]
    fn codes_willingness_to_talk_as_an_offer() {
        assert_codes(
            "People people NOUN NNS 2 nsubj
             noted note VERB VBD 0 root
             Chad Chad PROPN NNP 5 nmod:poss
             's 's PART POS 3 case
             willingness willingness NOUN NN 2 obj
             to to PART TO 7 mark
             meet meet VERB VB 2 advcl
             with with ADP IN 9 case
             Niger Niger PROPN NNP 7 obl",
            &[],
            &["AGREE Chad -> Niger"],
        );
    }
}
