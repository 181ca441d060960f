//! Where the words around a trigger stand: its subject, objects, and what follows its prepositions.
//!
//! In:  the head of a trigger.
//! Out: [`Argument`]s, each with its [`Role`]; whom they name is decided later.
//!
//! ```text
//! Seoul's talks with Hanoi     Possessor: Seoul, Preposition(with): Hanoi
//! Rebels were shelled by Chad  Object: Rebels, Subject: Chad
//! ```

use crate::lexicon::{Light, Role};
use crate::syntax::{self, preposition};
use crate::words::Words;
use dateline_text::{Deprel, TokenIdx, Xpos};

/// A phrase beside a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    pub role: Role,
    /// The head of the phrase.
    pub token: TokenIdx,
    /// Steps away from where it would stand in a plain clause.
    pub steps: usize,
}

/// The arguments of a verb; `others` are the trigger's further words, whose own modifiers count too.
pub(crate) fn of_verb(words: &Words, verb: TokenIdx, others: &[TokenIdx]) -> Vec<Argument> {
    let mut found = Vec::new();
    let passive = syntax::is_passive(words.document, verb);
    of_clause(words, verb, passive, 0, &mut found);
    let wanted = if passive { Role::Object } else { Role::Subject };
    if !has(&found, wanted)
        && let Some(subject) = syntax::subject(words, verb).filter(|subject| subject.token != verb)
    {
        // "was arrested and charged": the subject of one passive is that of the next.
        found.push(Argument { role: wanted, token: subject.token, steps: subject.steps });
    }
    let document = words.document;
    if !has(&found, Role::Object) {
        match document.deprel(verb) {
            // "the ship that Chad seized"
            Deprel::AclRelcl if !passive => {
                if let Some(noun) = document.head(verb)
                    && found.iter().any(|argument| argument.role == Role::Subject && argument.token != noun)
                {
                    found.push(Argument { role: Role::Object, token: noun, steps: 1 });
                }
            }
            // "seized and burned the ship"
            _ => {
                let shared = document
                    .children_by(verb, Deprel::Conj)
                    .find_map(|next| document.child_by(next, Deprel::Obj))
                    .filter(|_| !passive);
                if let Some(token) = shared {
                    found.push(Argument { role: Role::Object, token, steps: 1 });
                }
            }
        }
    }
    for &other in others {
        if words.is_verb(other) {
            // "refused to meet Chad": the object of the trigger's second verb is the trigger's.
            let mut clause = Vec::new();
            of_clause(words, other, syntax::is_passive(document, other), 1, &mut clause);
            found.extend(clause.into_iter().filter(|argument| argument.role != Role::Subject));
        } else {
            of_phrase(words, other, 1, &mut found);
        }
    }
    found
}

/// The arguments of a noun trigger.
pub(crate) fn of_noun(words: &Words, noun: TokenIdx, others: &[TokenIdx]) -> Vec<Argument> {
    let document = words.document;
    let mut found = Vec::new();
    of_phrase(words, noun, 0, &mut found);
    for &other in others {
        of_phrase(words, other, 1, &mut found);
    }
    // "the attack carried out by rebels", "talks held with Chad"
    for &child in document.children(noun) {
        match document.deprel(child) {
            Deprel::Acl => {
                let passive = syntax::is_passive(document, child);
                of_clause(words, child, passive, 1, &mut found);
            }
            Deprel::AclRelcl => {
                let mut clause = Vec::new();
                of_clause(words, child, syntax::is_passive(document, child), 1, &mut clause);
                found.extend(clause.into_iter().filter(|argument| {
                    argument.token != noun && !syntax::is_relative(document, argument.token)
                }));
            }
            _ => {}
        }
    }
    carried(words, noun, &mut found);
    follows(words, noun, &mut found);
    found
}

/// The prepositional phrase that follows right after a noun is the noun's, wherever the tree hangs it.
fn follows(words: &Words, noun: TokenIdx, found: &mut Vec<Argument>) {
    let document = words.document;
    let next = TokenIdx::new(noun.index() + 1);
    if next.index() >= document.tokens().len()
        || document.sentence_of(next) != document.sentence_of(noun)
        || document.deprel(next) != Deprel::Case
    {
        return;
    }
    let Some(phrase) = document.head(next).filter(|&phrase| phrase > next) else { return };
    if let Some(word) = words.lexicon.word(document.lower(next)) {
        let role = Role::Preposition(word);
        if !found.iter().any(|argument| argument.role == role && argument.token == phrase) {
            found.push(Argument { role, token: phrase, steps: 1 });
        }
    }
}

/// What the verb that carries a noun adds: `Chad launched an attack on rebels`, `rebels came under attack`.
fn carried(words: &Words, noun: TokenIdx, found: &mut Vec<Argument>) {
    let document = words.document;
    let mut at = noun;
    for _ in 0..3 {
        let Some(verb) = document.head(at) else { return };
        match document.deprel(at) {
            Deprel::Conj | Deprel::Nmod if !words.is_verb(verb) => {
                // "a series of attacks", "talks and consultations"
                let carries_on = document.deprel(at) == Deprel::Conj
                    || words.of(verb).any(|word| {
                        words.lexicon.noun_effect(word) == Some(crate::lexicon::Effect::Transparent)
                            || words.lexicon.verb_effect(word) == Some(crate::lexicon::Effect::Transparent)
                    });
                if !carries_on {
                    return;
                }
                of_phrase(words, verb, 1, found);
                at = verb;
            }
            Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Xcomp => {
                let light = words.of(verb).find_map(|word| words.lexicon.light(word));
                let passive = syntax::is_passive(document, verb);
                let under = document.deprel(at) == Deprel::Obl
                    && preposition(document, at).is_some_and(|case| document.lower(case) == "under");
                match light {
                    _ if under => {
                        let subject = syntax::subject(words, verb);
                        found.extend(subject.map(|subject| Argument {
                            role: Role::Object,
                            token: subject.token,
                            steps: subject.steps + 1,
                        }));
                        obliques(words, verb, 1, found);
                    }
                    Some(kind) => {
                        let mut clause = Vec::new();
                        of_clause(words, verb, passive, 1, &mut clause);
                        if !passive && !has(&clause, Role::Subject) {
                            let subject = syntax::subject(words, verb);
                            clause.extend(subject.map(|subject| Argument {
                                role: Role::Subject,
                                token: subject.token,
                                steps: subject.steps + 1,
                            }));
                        }
                        for mut argument in clause {
                            if argument.token == noun || argument.token == at {
                                continue;
                            }
                            argument.role = match (kind, argument.role) {
                                (Light::Undergoes, Role::Subject) => Role::Object,
                                (Light::Does, Role::Indirect) => Role::Object,
                                (_, role) => role,
                            };
                            found.push(argument);
                        }
                    }
                    // "no meeting was confirmed between the two"
                    None => {
                        let mut around = Vec::new();
                        obliques(words, verb, 2, &mut around);
                        found.extend(around.into_iter().filter(|argument| {
                            match argument.role {
                                Role::Preposition(word) => ["between", "among", "from"]
                                    .iter()
                                    .any(|pair| words.lexicon.word(pair) == Some(word)),
                                _ => false,
                            }
                        }));
                    }
                }
                return;
            }
            Deprel::Nsubj => {
                // "the strike killed four soldiers", "the raid left two dead", "talks took place with"
                if let Some(object) = document.child_by(verb, Deprel::Obj).filter(|_| words.is_verb(verb)) {
                    let harms = words.of(verb).any(|word| {
                        words.lexicon.verbs(word).iter().any(|trigger| {
                            words.lexicon.frames[trigger.frame].event == crate::EventType::Assault
                        })
                    });
                    if harms {
                        found.push(Argument { role: Role::Object, token: object, steps: 1 });
                    }
                }
                obliques(words, verb, 1, found);
                return;
            }
            _ => return,
        }
    }
}

fn has(found: &[Argument], role: Role) -> bool {
    found.iter().any(|argument| argument.role == role)
}

/// The phrases that hang directly under a verb.
fn of_clause(words: &Words, verb: TokenIdx, passive: bool, steps: usize, found: &mut Vec<Argument>) {
    let document = words.document;
    for &child in document.children(verb) {
        let role = match document.deprel(child) {
            Deprel::Nsubj | Deprel::NsubjOuter if passive => Role::Object,
            Deprel::Nsubj | Deprel::NsubjOuter => Role::Subject,
            // "had shot" is active, whatever the tree calls its subject.
            Deprel::NsubjPass if !passive => Role::Subject,
            Deprel::NsubjPass => Role::Object,
            Deprel::Obj => Role::Object,
            Deprel::Iobj => Role::Indirect,
            Deprel::OblAgent => Role::Subject,
            _ => continue,
        };
        let token = match syntax::is_relative(document, child) {
            true => {
                document.head(verb).filter(|_| document.deprel(verb) == Deprel::AclRelcl).unwrap_or(child)
            }
            false => child,
        };
        // A phrase with a preposition is no object, whatever the tree calls it.
        if role == Role::Object
            && document.deprel(child) == Deprel::Obj
            && preposition(document, child).is_some()
        {
            prepositional(words, child, steps, passive, found);
            nested(words, child, steps + 1, found);
            continue;
        }
        found.push(Argument { role, token, steps });
    }
    // "Moro ordered a search, and Chad sent troops" read with two subjects: the one of the verb's own clause.
    let own = found
        .iter()
        .filter(|argument| argument.role == Role::Subject && argument.token < verb)
        .map(|argument| argument.token)
        .max()
        .filter(|&last| last.index() >= 2 && document.deprel(last) == Deprel::Nsubj)
        .filter(|last| {
            document.lower(TokenIdx::new(last.index() - 1)) == "and"
                && document.lower(TokenIdx::new(last.index() - 2)) == ","
        });
    if let Some(own) = own {
        found.retain(|argument| argument.role != Role::Subject || argument.token >= own);
    }
    if document.xpos(verb) == Xpos::Vbn || document.deprel(verb) == Deprel::Acl {
        let head = document.head(verb).filter(|_| matches!(document.deprel(verb), Deprel::Acl));
        if let Some(noun) = head.filter(|_| passive && !has(found, Role::Object)) {
            found.push(Argument { role: Role::Object, token: noun, steps });
        }
    }
    obliques(words, verb, steps, found);
}

/// The prepositional phrases under a verb, those of its object included: parsers often hang them there.
fn obliques(words: &Words, verb: TokenIdx, steps: usize, found: &mut Vec<Argument>) {
    let document = words.document;
    let passive = syntax::is_passive(document, verb);
    for &child in document.children(verb) {
        match document.deprel(child) {
            Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked => {
                prepositional(words, child, steps, passive, found);
                nested(words, child, steps + 1, found);
            }
            Deprel::Obj | Deprel::NsubjPass => nested(words, child, steps + 1, found),
            Deprel::Xcomp if !words.is_verb(child) => nested(words, child, steps + 1, found),
            _ => {}
        }
    }
}

fn nested(words: &Words, noun: TokenIdx, steps: usize, found: &mut Vec<Argument>) {
    for &child in words.document.children(noun) {
        if matches!(words.document.deprel(child), Deprel::Nmod | Deprel::Obl) {
            prepositional(words, child, steps, false, found);
        }
    }
}

fn prepositional(words: &Words, noun: TokenIdx, steps: usize, passive: bool, found: &mut Vec<Argument>) {
    let document = words.document;
    let Some(case) = preposition(document, noun) else { return };
    let lower = document.lower(case);
    if lower == "by" && passive {
        found.push(Argument { role: Role::Subject, token: noun, steps });
    }
    // "in the face of", "on behalf of": the last word counts.
    if let Some(word) = words.lexicon.word(lower) {
        found.push(Argument { role: Role::Preposition(word), token: noun, steps });
    }
}

/// What stands around a noun: possessors, modifiers, prepositional phrases.
fn of_phrase(words: &Words, noun: TokenIdx, steps: usize, found: &mut Vec<Argument>) {
    let document = words.document;
    for &child in document.children(noun) {
        match document.deprel(child) {
            Deprel::NmodPoss => found.push(Argument { role: Role::Possessor, token: child, steps }),
            Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked => {
                found.push(Argument { role: Role::Modifier, token: child, steps });
            }
            Deprel::Nmod | Deprel::Obl => {
                if preposition(document, child).is_some() {
                    prepositional(words, child, steps, false, found);
                    nested(words, child, steps + 1, found);
                } else {
                    found.push(Argument { role: Role::Modifier, token: child, steps });
                }
            }
            _ => {}
        }
    }
}
