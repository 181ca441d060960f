//! Questions to a UD tree that coding asks again and again.
//!
//! Every walk upwards is limited, so that a bad tree costs a wrong answer and no time.

use crate::words::Words;
use dateline_text::{Deprel, Document, TokenIdx, Upos, Xpos};

/// The longest walk up a tree: deeper nesting is not read.
pub(crate) const MAX_STEPS: usize = 8;

/// The preposition of a noun phrase: its first `case`.
pub(crate) fn preposition(document: &Document, noun: TokenIdx) -> Option<TokenIdx> {
    document.children_by(noun, Deprel::Case).find(|&case| document.lower(case) != "'s")
}

/// A phrase and what is joined to it by "and", "or" or commas.
pub(crate) fn with_conjuncts(document: &Document, first: TokenIdx) -> Vec<TokenIdx> {
    let mut all = vec![first];
    let mut next = 0;
    while next < all.len() && all.len() < 16 {
        all.extend(document.children_by(all[next], Deprel::Conj));
        next += 1;
    }
    all
}

/// What follows "by" under a participle.
pub(crate) fn agent(document: &Document, verb: TokenIdx) -> Option<TokenIdx> {
    document.children(verb).iter().copied().find(|&child| {
        document.deprel(child) == Deprel::OblAgent
            || document.deprel(child) == Deprel::Obl
                && preposition(document, child).is_some_and(|case| document.lower(case) == "by")
    })
}

/// Whether a verb stands in the passive: `was arrested`, `the man arrested by`.
pub(crate) fn is_passive(document: &Document, verb: TokenIdx) -> bool {
    let marked = document.children(verb).iter().any(|&child| {
        matches!(document.deprel(child), Deprel::NsubjPass | Deprel::AuxPass | Deprel::CsubjPass)
    });
    // "had shot": the perfect is active, whatever the tree calls its subject.
    let perfect = document.children_by(verb, Deprel::Aux).any(|aux| document.lemma(aux) == "have")
        && document.children_by(verb, Deprel::AuxPass).next().is_none();
    if perfect {
        return false;
    }
    if marked {
        return true;
    }
    let participle = document.xpos(verb) == Xpos::Vbn
        || (document.upos(verb) != Upos::Verb && document.lower(verb).ends_with("ed"));
    // "a house hit by a drone"
    let reduced = document.deprel(verb) == Deprel::Acl
        && document.upos(verb) == Upos::Verb
        && document.xpos(verb) != Xpos::Vbg
        && document.child_by(verb, Deprel::Obj).is_none()
        && document.child_by(verb, Deprel::Mark).is_none()
        && agent(document, verb).is_some();
    if reduced {
        return true;
    }
    if !participle || document.children(verb).iter().any(|&child| document.deprel(child) == Deprel::Aux) {
        return false;
    }
    match document.deprel(verb) {
        // "Gunmen abducted 200 pupils" read as "gunmen who were abducted": a participle with an object acts.
        Deprel::Acl => document
            .child_by(verb, Deprel::Obj)
            .filter(|_| document.head(verb).is_some_and(|noun| document.deprel(noun) == Deprel::Root))
            .is_none_or(|object| object < verb || preposition(document, object).is_some()),
        Deprel::Amod => true,
        // "was arrested and charged"
        Deprel::Conj => document.head(verb).is_some_and(|first| {
            document.children_by(verb, Deprel::Nsubj).next().is_none()
                && document
                    .children(first)
                    .iter()
                    .any(|&child| matches!(document.deprel(child), Deprel::NsubjPass | Deprel::AuxPass))
        }),
        // Headline: "Two nuns kidnapped in Nantara" is often read as active; the object tells.
        _ => false,
    }
}

/// A child with one of the subject relations.
pub(crate) fn own_subject(document: &Document, verb: TokenIdx) -> Option<TokenIdx> {
    document.children(verb).iter().copied().find(|&child| {
        matches!(
            document.deprel(child),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter | Deprel::Csubj
        )
    })
}

/// Whether a word is a relative pronoun that stands for the noun before its clause.
pub(crate) fn is_relative(document: &Document, token: TokenIdx) -> bool {
    matches!(document.lower(token), "who" | "which" | "that" | "whom" | "whose")
        && matches!(document.upos(token), Upos::Pron | Upos::Det | Upos::Sconj)
}

/// The noun that a relative clause belongs to, seen from any word of its clause.
fn antecedent(document: &Document, verb: TokenIdx) -> Option<TokenIdx> {
    let mut at = verb;
    for _ in 0..MAX_STEPS {
        match document.deprel(at) {
            Deprel::AclRelcl | Deprel::Acl => return document.head(at),
            Deprel::Conj | Deprel::Xcomp => at = document.head(at)?,
            _ => return None,
        }
    }
    None
}

/// Verbs whose object does what the infinitive says: `urged Chad to withdraw`.
fn controls_by_object(words: &Words, verb: TokenIdx) -> bool {
    use crate::lexicon::Effect::*;
    words.of(verb).any(|word| matches!(words.lexicon.verb_effect(word), Some(Request | Accuse | Allow)))
        || matches!(
            words.document.lemma(verb),
            "force" | "compel" | "order" | "invite" | "oblige" | "lead" | "train"
        )
}

/// Who does what a verb says: its subject, or the one that control, coordination or a relative clause gives it.
pub(crate) struct Subject {
    pub token: TokenIdx,
    /// Steps up the tree to where it was found.
    pub steps: usize,
}

/// Finds the subject of a verb or predicate.
pub(crate) fn subject(words: &Words, verb: TokenIdx) -> Option<Subject> {
    let document = words.document;
    let mut at = verb;
    for steps in 0..MAX_STEPS {
        if let Some(token) = own_subject(document, at) {
            let token =
                if is_relative(document, token) { antecedent(document, at).unwrap_or(token) } else { token };
            return Some(Subject { token, steps });
        }
        let governor = document.head(at)?;
        match document.deprel(at) {
            Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp => {
                let object =
                    document.child_by(governor, Deprel::Obj).or(document.child_by(governor, Deprel::Iobj));
                if controls_by_object(words, governor) {
                    let addressee = object.or_else(|| {
                        // "called on Chad to withdraw"
                        document.children(governor).iter().copied().find(|&child| {
                            document.deprel(child) == Deprel::Obl
                                && preposition(document, child).is_some_and(|case| {
                                    matches!(document.lower(case), "on" | "upon" | "to" | "for")
                                })
                        })
                    });
                    if let Some(token) = addressee {
                        return Some(Subject { token, steps: steps + 1 });
                    }
                    if is_passive(document, governor) && document.deprel(at) == Deprel::Xcomp {
                        let token = document.child_by(governor, Deprel::NsubjPass);
                        return token.map(|token| Subject { token, steps: steps + 1 });
                    }
                }
                at = governor;
            }
            Deprel::AclRelcl => {
                // "Chad, pressed by sanctions, has refused": no relative clause, but the sentence's own predicate.
                let token = detached_subject(document, at).unwrap_or(governor);
                return Some(Subject { token, steps: steps + 1 });
            }
            Deprel::Acl => {
                let acts = document.xpos(at) == Xpos::Vbg
                    || document.deprel(governor) == Deprel::Root
                        && document.lower(at).ends_with("ed")
                        && !is_passive(document, at);
                if acts {
                    return Some(Subject { token: governor, steps: steps + 1 });
                }
                // "Chad's threat to withdraw", "made a promise to withdraw"
                let possessor = document.child_by(governor, Deprel::NmodPoss);
                if let Some(token) = possessor {
                    return Some(Subject { token, steps: steps + 1 });
                }
                at = governor;
            }
            Deprel::Conj
            | Deprel::Parataxis
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::Appos
            | Deprel::Compound => {
                at = governor;
            }
            _ => return None,
        }
    }
    None
}

/// The noun at the root of the sentence, for a finite verb that a comma parts from the noun it was hung on and that
/// has no relative pronoun.
fn detached_subject(document: &Document, verb: TokenIdx) -> Option<TokenIdx> {
    let tokens = document.sentence(document.sentence_of(verb)).tokens;
    let root = document.ancestors(verb).take(MAX_STEPS).last()?;
    let first = document
        .children(verb)
        .iter()
        .copied()
        .filter(|&child| matches!(document.deprel(child), Deprel::Aux | Deprel::Advmod))
        .chain([verb])
        .min()?;
    let before = first.index().checked_sub(1).map(TokenIdx::new).filter(|&token| tokens.holds(token))?;
    let relative = document.children(verb).iter().any(|&child| is_relative(document, child));
    let finite = matches!(document.xpos(verb), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
        || document.child_by(verb, Deprel::Aux).is_some();
    let noun = matches!(document.upos(root), Upos::Propn | Upos::Noun | Upos::Pron);
    (!relative && finite && noun && root < verb && document.lower(before) == ",").then_some(root)
}

/// Whether a word is negated: `not`, `never`, `no talks`, `without talks`.
pub(crate) fn is_negated(document: &Document, token: TokenIdx) -> bool {
    document.children(token).iter().any(|&child| match document.deprel(child) {
        Deprel::Advmod | Deprel::Det | Deprel::Case | Deprel::Cc | Deprel::CcPreconj | Deprel::Mark => {
            matches!(
                document.lower(child),
                "not" | "n't" | "n’t" | "never" | "no" | "without" | "neither" | "nor" | "cannot"
            ) && !is_measure(document, child)
        }
        // "summoned nobody"
        Deprel::Obj => matches!(document.lower(child), "nobody" | "nothing" | "none"),
        _ => false,
    }) || own_subject(document, token).is_some_and(|subject| {
        matches!(document.lower(subject), "nobody" | "none" | "neither")
            || document
                .children_by(subject, Deprel::Det)
                .any(|det| matches!(document.lower(det), "no" | "neither") && !is_measure(document, det))
    })
}

/// Whether a `no` only measures: `no fewer than 180`, `no later than Friday`.
fn is_measure(document: &Document, no: TokenIdx) -> bool {
    let next = TokenIdx::new(no.index() + 1);
    next.index() < document.tokens().len()
        && document.lower(no) == "no"
        && matches!(document.lower(next), "fewer" | "less" | "later" | "sooner" | "doubt")
}

/// Whether a predicate is negated, leaving out what its own subject already says: "no meeting was confirmed" is
/// negated once.
pub(crate) fn is_negated_above(document: &Document, token: TokenIdx, below: TokenIdx) -> bool {
    let by_subject = own_subject(document, token) == Some(below) && is_negated(document, below);
    is_negated(document, token) && !by_subject
}

/// The words that belong to a head's own clause: its phrases without embedded clauses, and the noun that a
/// participle modifies. At most [`MAX_COMPANY`], so that a long list costs no more than a short one.
pub(crate) fn company(words: &Words, head: TokenIdx) -> Vec<TokenIdx> {
    let document = words.document;
    let mut company = Vec::with_capacity(16);
    let verbal = words.is_verb(head);
    let passive = verbal && is_passive(document, head);
    for &child in document.children(head) {
        match document.deprel(child) {
            Deprel::Punct | Deprel::Parataxis => {}
            Deprel::Nsubj if verbal && !passive => {}
            Deprel::Conj if verbal && words.is_verb(child) => {}
            Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl | Deprel::AclRelcl => {
                company.push(child);
                company.extend(document.children_by(child, Deprel::Aux));
            }
            _ => company.push(child),
        }
    }
    let mut next = 0;
    while next < company.len() && company.len() < MAX_COMPANY {
        let token = company[next];
        next += 1;
        if matches!(
            document.deprel(token),
            Deprel::Ccomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::Parataxis | Deprel::Xcomp
        ) {
            // "turned himself in", "put on alert": an open complement's own noun belongs; a clause's does not.
            if document.deprel(token) != Deprel::Xcomp || words.is_verb(token) {
                continue;
            }
        }
        for &child in document.children(token) {
            if !matches!(
                document.deprel(child),
                Deprel::Punct | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Parataxis
            ) {
                company.push(child);
            }
        }
    }
    if verbal
        && matches!(document.deprel(head), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod)
        && let Some(noun) = document.head(head)
        && (passive || document.deprel(head) == Deprel::AclRelcl)
    {
        company.push(noun);
        company.extend(document.children(noun).iter().copied().filter(|&child| child != head).take(6));
    }
    // The tree may be wrong: the next few words count too, up to a stop or another verb.
    let sentence = document.sentence(document.sentence_of(head)).tokens;
    for number in head.index() + 1..(head.index() + 6).min(sentence.end as usize) {
        let token = TokenIdx::new(number);
        if document.upos(token) == Upos::Punct && document.lower(token) != "-"
            || document.upos(token) == Upos::Sconj
            || (document.upos(token) == Upos::Verb && document.deprel(token) != Deprel::Amod)
        {
            break;
        }
        if !company.contains(&token) {
            company.push(token);
        }
    }
    company.truncate(MAX_COMPANY);
    company
}

/// More words than a plain clause has; a longer one is cut.
pub(crate) const MAX_COMPANY: usize = 48;
