//! Noun phrases as content: `condemned the raid`, `called it a farce`.

use super::{EXPLAINS, Found, Verb, is_document};
use crate::lexicon::Takes;
use dateline_text::{Deprel, TokenIdx, TokenSpan, Upos, Xpos};

/// What a noun phrase goes on with whose tree is cut short.
const JOINTS: [&str; 21] = [
    "at",
    "of",
    "for",
    "to",
    "with",
    "from",
    "about",
    "against",
    "over",
    "as",
    "between",
    "toward",
    "towards",
    "into",
    "that",
    "who",
    "whose",
    "regarding",
    "and",
    "or",
    "among",
];

/// The same after a preposition that belongs to the cue: `for` and `with` may belong to the verb there.
pub(super) const CLOSE_JOINTS: [&str; 8] = ["of", "to", "as", "between", "that", "whose", "and", "or"];

impl Verb<'_, '_> {
    /// `called the vote a farce`, `described it as fair`.
    pub(super) fn naming(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::AS) {
            return None;
        }
        let (reading, document) = (self.reading, self.reading.document);
        let object = self.object_after();
        let start = match object {
            Some(object) => reading.subtree(object).start as usize,
            None => self.verb.index() + 1,
        };
        let complement = document.children(self.verb).iter().copied().find(|&child| {
            child > object.unwrap_or(self.verb)
                && match document.deprel(child) {
                    Deprel::Xcomp => !reading.is_infinitive(child),
                    Deprel::Obj => true,
                    Deprel::Obl | Deprel::Advcl => {
                        matches!(reading.introduced_by(child), "as" | "to" | "with")
                    }
                    _ => false,
                }
        });
        let end = match (complement, object) {
            (Some(complement), _) => reading.subtree(complement).end as usize,
            // The tree took the name for a part of what is named: `described the plan as unfair`, `called it a farce`.
            (None, Some(object)) => self.naming_end(object).or_else(|| self.named_beside(start))?,
            (None, None) => self.named_beside(start)?,
        };
        let end = self.before_next_act(start, end.max(start));
        let mut content = vec![TokenSpan::new(start, end)];
        if object.is_none() && complement.is_some() {
            content.push(self.gap()?);
        }
        self.found(content, last)
    }

    /// Where a naming ends by its words alone: at the end of a quotation, or of the noun phrase after the one right
    /// behind the verb: `called his plan to sell the port “pure folly”`, `called them cowards`, `calls it a farce`.
    fn named_beside(&self, start: usize) -> Option<usize> {
        const MAX_NAMED: usize = 24;
        let (reading, document) = (self.reading, self.reading.document);
        if !self.calls() {
            return None;
        }
        let limit = (reading.sentence(self.verb).end as usize).min(start + MAX_NAMED);
        if start >= limit || !is_named(document.upos(TokenIdx::new(start))) {
            return None;
        }
        let tail = (start + 1..limit).map(TokenIdx::new);
        let plain = |at: &TokenIdx| !reading.is_finite(*at) && !matches!(document.form(*at), "," | ";" | ":");
        let quoted = tail.clone().take_while(plain).find_map(|at| reading.quote_at(at));
        if let Some(number) = quoted {
            return Some(
                (reading.quotes[number].tokens.end as usize).min(reading.sentence(self.verb).end as usize),
            );
        }
        // `a`, `an` and a pronoun as object show where the name begins.
        let pronoun = document.upos(TokenIdx::new(start)) == Upos::Pron
            && document.deprel(TokenIdx::new(start)) != Deprel::NmodPoss;
        let article = tail.take_while(plain).find(|&at| matches!(document.lower(at), "a" | "an"));
        let name = match article {
            Some(article) => document.head(article).filter(|&head| head > article)?,
            None if pronoun => document.head(TokenIdx::new(start)).filter(|&head| head.index() > start)?,
            None => return None,
        };
        Some(reading.subtree(name).end as usize)
    }

    /// Whether the verb gives a name to its object.
    fn calls(&self) -> bool {
        matches!(
            self.reading.document.lemma(self.verb),
            "call" | "label" | "brand" | "dub" | "deem" | "term" | "name"
        )
    }

    /// Where a naming ends whose two halves the tree made one noun phrase.
    pub(super) fn naming_end(&self, object: TokenIdx) -> Option<usize> {
        let (reading, document) = (self.reading, self.reading.document);
        let named = document.children(object).iter().copied().find(|&child| {
            child > object
                && (document.deprel(child) == Deprel::Appos || reading.introduced_by(child) == "as")
        });
        let calls = self.calls();
        let quoted = TokenIdx::new((object.index() + 1).min(document.tokens().len() - 1));
        let quoted = reading.quote_at(quoted).map(|number| reading.quotes[number].tokens.end as usize);
        match (named, quoted) {
            (Some(named), _) if calls || document.deprel(named) != Deprel::Appos => {
                Some(reading.subtree(named).end as usize)
            }
            (_, Some(end)) if calls => Some(end),
            _ => None,
        }
    }

    /// `condemned the raid`, `the raid that he condemned`.
    pub(super) fn object(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::NOUN.and(Takes::DOCUMENTS)) {
            return None;
        }
        let (reading, document) = (self.reading, self.reading.document);
        let Some(object) = self.object_after() else {
            // `what they want` says nothing of what that is, and `the wine that he likes` tells a habit.
            let gap = self.gap().filter(|gap| gap.n_tokens() > 0 && document.lower(gap.first()) != "what")?;
            let act = !matches!(document.xpos(self.verb), Xpos::Vbz | Xpos::Vbp);
            return self.found(vec![gap], last).filter(|_| act);
        };
        let span = reading.subtree(object);
        let end = self.phrase_end(self.explained_until(object, span.end as usize), &JOINTS);
        let end = self.before_next_act(span.start as usize, end);
        let content = TokenSpan::new(span.start as usize, end);
        let found = self.found(vec![content], last)?;
        if !takes.any(Takes::NOUN) && !self.has_document_source() {
            return None;
        }
        Some(found)
    }

    /// Where a noun phrase ends that its tree may have cut short: what `of`, `for`, `that` and the like go on with.
    pub(super) fn phrase_end(&self, end: usize, joints: &[&str]) -> usize {
        const MAX_PHRASES: usize = 6;
        let (reading, document) = (self.reading, self.reading.document);
        let limit = reading.sentence(self.verb).end as usize;
        let mut end = end;
        for _ in 0..MAX_PHRASES {
            if end + 1 >= limit || reading.quote_at(TokenIdx::new(end)).is_some() {
                break;
            }
            let joint = TokenIdx::new(end);
            let goes_on = joints.contains(&document.lower(joint));
            let Some(head) = document.head(joint).filter(|&head| goes_on && head > joint) else { break };
            // `condemned the raid and left`: another act, not another object.
            if matches!(document.lower(joint), "and" | "or") && document.upos(head) == Upos::Verb {
                break;
            }
            end = (reading.subtree(head).end as usize).max(head.index() + 1).min(limit);
        }
        end
    }

    /// The same end, or where before it the source's next act begins: `called it a farce and urged them to leave`.
    pub(super) fn before_next_act(&self, start: usize, end: usize) -> usize {
        const MAX_LOOKED_AT: usize = 80;
        let (reading, document) = (self.reading, self.reading.document);
        if !reading.is_finite(self.verb) {
            return end;
        }
        (start..end.saturating_sub(1).min(start + MAX_LOOKED_AT))
            .find(|&at| {
                let next = TokenIdx::new(at + 1);
                matches!(document.lower(TokenIdx::new(at)), "and" | "but")
                    && reading.quote_at(TokenIdx::new(at)).is_none()
                    && document.upos(next) == Upos::Verb
                    && document.xpos(next) == document.xpos(self.verb)
            })
            .unwrap_or(end)
    }

    /// Where the phrases end that explain an object: `praised them for their work`.
    pub(super) fn explained_until(&self, object: TokenIdx, end: usize) -> usize {
        let (reading, document) = (self.reading, self.reading.document);
        let mut end = end;
        for &child in document.children(self.verb) {
            let adjacent = child > object && reading.subtree(child).start as usize <= end + 1;
            let explains =
                matches!(document.deprel(child), Deprel::Obl | Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp)
                    && (EXPLAINS.contains(&reading.introduced_by(child))
                        || document.deprel(child) == Deprel::Xcomp);
            // `shows her leading by nine points`
            let scene = self.cue.takes.any(Takes::DOCUMENTS)
                && document.xpos(child) == Xpos::Vbg
                && child.index() == end;
            let explains = explains || scene;
            if adjacent && explains {
                end = end.max(reading.subtree(child).end as usize);
            }
        }
        end
    }

    /// The antecedent that a relative clause leaves a gap for: `the raid (which) he condemned`; `what he called`.
    pub(super) fn gap(&self) -> Option<TokenSpan> {
        let (reading, document) = (self.reading, self.reading.document);
        let object = reading.child(self.verb, &[Deprel::Obj, Deprel::Obl]).filter(|&object| {
            object < self.verb && matches!(document.lower(object), "which" | "that" | "whom" | "who" | "what")
        });
        if let Some(object) = object
            && document.lower(object) == "what"
        {
            return Some(TokenSpan::single(object));
        }
        let head = document.head(self.verb)?;
        if document.deprel(self.verb) != Deprel::AclRelcl || head > self.verb {
            return None;
        }
        // The relative pronoun as subject leaves no gap for an object.
        if let Some(subject) = reading.child(self.verb, &[Deprel::Nsubj])
            && matches!(document.lower(subject), "who" | "which" | "that")
        {
            return None;
        }
        let clause = reading.subtree(self.verb).start;
        let span = reading.subtree(head);
        Some(TokenSpan { start: span.start, end: span.end.min(clause).max(span.start) })
    }

    /// The object after the verb, unless the verb takes a hearer there and has content of another kind. Who is urged or
    /// asked to act is an indirect object in the treebanks.
    pub(super) fn object_after(&self) -> Option<TokenIdx> {
        let reading = self.reading;
        let object = reading.child(self.verb, &[Deprel::Obj]).or_else(|| {
            let act = reading.child(self.verb, &[Deprel::Xcomp])?;
            let doer = reading.child(self.verb, &[Deprel::Iobj])?;
            (reading.is_infinitive(act) && reading.document.lemma(self.verb) != "tell").then_some(doer)
        });
        object.filter(|&object| object > self.verb)
    }

    /// Whether the subject is a document, survey or body of evidence.
    pub(super) fn has_document_source(&self) -> bool {
        let Some(source) = self.reading.source_of(self.verb) else { return false };
        is_document(self.reading.document.lemma(source.head))
            || is_document(self.reading.document.lower(source.head))
    }
}

/// Whether a noun phrase may begin with this.
fn is_named(upos: Upos) -> bool {
    matches!(upos, Upos::Det | Upos::Pron | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
}
