//! A document prepared for attribution: spans of subtrees, quotations, clauses.
//!
//! Everything that is asked of a token more than once is worked out here in one pass, so that the rules stay
//! linear in the text.

use crate::quotes::{Quote, find_quotes};
use dateline_text::{Deprel, Document, TokenIdx, TokenSpan, Upos, Xpos};

/// How far a search up the tree goes; longer chains are errors of the parser or hostile text.
const MAX_STEPS_UP: usize = 8;

/// No word of a real sentence has more dependents; the bound keeps hostile text from costing its square.
const MAX_CHILDREN: usize = 64;

/// A noun phrase that opens a sentence is no longer than this.
const MAX_OPENING: usize = 20;

/// A document with what the rules look up again and again.
pub(crate) struct Reading<'d> {
    pub(crate) document: &'d Document,
    pub(crate) quotes: Vec<Quote>,
    /// The quotation that holds each token; `u32::MAX` for none.
    quote_of: Vec<u32>,
    /// From the first to the last token under each token, itself included.
    subtree: Vec<TokenSpan>,
}

impl<'d> Reading<'d> {
    pub(crate) fn new(document: &'d Document) -> Reading<'d> {
        let quotes = find_quotes(document);
        let mut quote_of = vec![u32::MAX; document.tokens().len()];
        for (number, quote) in quotes.iter().enumerate() {
            quote_of[quote.tokens.range()].fill(number as u32);
        }
        Reading { document, quotes, quote_of, subtree: subtrees(document) }
    }

    /// The quotation that holds a token.
    pub(crate) fn quote_at(&self, token: TokenIdx) -> Option<usize> {
        let number = self.quote_of[token.index()];
        (number != u32::MAX).then_some(number as usize)
    }

    /// The numbers of the quotations that share a token with a span.
    pub(crate) fn quotes_in(&self, span: TokenSpan) -> std::ops::Range<u32> {
        let from = self.quotes.partition_point(|quote| quote.tokens.end <= span.start);
        let to = self.quotes.partition_point(|quote| quote.tokens.start < span.end);
        from as u32..to.max(from) as u32
    }

    /// From the first to the last token under a token, itself included.
    pub(crate) fn subtree(&self, token: TokenIdx) -> TokenSpan {
        self.subtree[token.index()]
    }

    /// The sentence that holds a token.
    pub(crate) fn sentence(&self, token: TokenIdx) -> TokenSpan {
        self.document.sentence(self.document.sentence_of(token)).tokens
    }

    /// The first dependent with one of these relations.
    pub(crate) fn child(&self, token: TokenIdx, relations: &[Deprel]) -> Option<TokenIdx> {
        self.document
            .children(token)
            .iter()
            .copied()
            .take(MAX_CHILDREN)
            .find(|&child| relations.contains(&self.document.deprel(child)))
    }

    /// The preposition or conjunction that introduces a token: its last `case` or `mark` before it.
    pub(crate) fn introducer(&self, token: TokenIdx) -> Option<TokenIdx> {
        self.document.children(token).iter().copied().take(MAX_CHILDREN).rfind(|&child| {
            child < token && matches!(self.document.deprel(child), Deprel::Case | Deprel::Mark)
        })
    }

    /// The lower-case form of what introduces a token, or nothing.
    pub(crate) fn introduced_by(&self, token: TokenIdx) -> &str {
        self.introducer(token).map_or("", |introducer| self.document.lower(introducer))
    }

    /// Whether a verb is in the passive, or a bare past participle after a noun (`the man accused of`).
    pub(crate) fn is_passive(&self, verb: TokenIdx) -> bool {
        self.child(verb, &[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass]).is_some()
            || (self.document.xpos(verb) == Xpos::Vbn
                && matches!(self.document.deprel(verb), Deprel::Acl | Deprel::Advcl)
                && self.child(verb, &[Deprel::Aux, Deprel::Nsubj]).is_none())
    }

    /// Whether a token is a verb with `to` before it.
    pub(crate) fn is_infinitive(&self, verb: TokenIdx) -> bool {
        let marked = self.document.children(verb).iter().any(|&child| {
            child < verb && self.document.lower(child) == "to" && self.document.deprel(child) != Deprel::Case
        });
        // `to brag`, `to publicly brag`, where the tree lost the particle.
        let beside = || {
            const MAX_ADVERBS: usize = 3;
            let floor = self.sentence(verb).start as usize;
            let mut before = (floor..verb.index()).rev().map(TokenIdx::new).take(MAX_ADVERBS + 1);
            let before = before.find(|&at| self.document.upos(at) != Upos::Adv);
            self.document.xpos(verb) == Xpos::Vb
                && before.is_some_and(|before| self.document.lower(before) == "to")
        };
        marked || beside()
    }

    /// Who a verb's source is: its subject, its agent in the passive, or what stands for them by control.
    pub(crate) fn source_of(&self, verb: TokenIdx) -> Option<Source> {
        if self.is_passive(verb) {
            return self.agent_of(verb);
        }
        let mut at = verb;
        for _ in 0..MAX_STEPS_UP {
            let subject = self.child(at, &[Deprel::Nsubj, Deprel::NsubjOuter]);
            let subject = subject.filter(|&subject| subject < at || self.may_invert(at));
            let passive = || (at != verb).then(|| self.child(at, &[Deprel::NsubjPass])).flatten();
            if let Some(subject) = subject.or_else(passive) {
                return self.source_from(subject, at, verb);
            }
            let head = self.document.head(at)?;
            match self.document.deprel(at) {
                Deprel::Xcomp => {
                    if let Some(object) = self.child(head, &[Deprel::Obj, Deprel::Iobj])
                        && object < at
                        && self.document.lemma(head) != "promise"
                    {
                        return self.source_from(object, at, verb);
                    }
                }
                Deprel::Acl | Deprel::AclRelcl => {
                    // `his plan to ask`, `his habit of asking`, `he has a plan to ask`: the noun is not who asks.
                    let marked = matches!(self.introduced_by(at), "of" | "for" | "in" | "about" | "on");
                    if !self.is_infinitive(at) && !marked {
                        return self.source_from(head, at, verb);
                    }
                    if let Some(owner) = self.child(head, &[Deprel::NmodPoss]) {
                        return self.source_from(owner, at, verb);
                    }
                }
                Deprel::Conj | Deprel::Advcl => {}
                Deprel::Obj if at != verb => {}
                Deprel::Parataxis | Deprel::Dep if self.document.xpos(at) == Xpos::Vbg => {}
                _ => return None,
            }
            at = head;
        }
        None
    }

    /// The subject of an adjective or participle that is its clause's predicate.
    pub(crate) fn source_of_predicate(&self, predicate: TokenIdx) -> Option<Source> {
        let subject = self.child(predicate, &[Deprel::Nsubj, Deprel::NsubjPass])?;
        if matches!(self.document.lower(subject), "it" | "there") {
            return None;
        }
        self.source_from(subject, predicate, predicate)
    }

    /// The subject that a verb without one of its own most likely shares: the nearest before it in its sentence and on
    /// its side of the quotation marks; right after it for a verb that opens its clause (`read the letter`).
    pub(crate) fn nearest_subject(&self, verb: TokenIdx) -> Option<Source> {
        const MAX_BACK: usize = 40;
        let sentence = self.sentence(verb);
        let within = self.quote_at(verb);
        let is_subject = |token: TokenIdx| {
            matches!(self.document.deprel(token), Deprel::Nsubj | Deprel::NsubjPass)
                && self.quote_at(token) == within
        };
        let before = (sentence.start as usize..verb.index())
            .rev()
            .take(MAX_BACK)
            .map(TokenIdx::new)
            .find(|&token| is_subject(token));
        let after_quote = verb.index() > sentence.start as usize
            && self.quote_at(TokenIdx::new(verb.index() - 1)).is_some()
            && within.is_none();
        if after_quote || before.is_none() {
            let next = TokenSpan::new(
                verb.index() + 1,
                (verb.index() + 7).min(sentence.end as usize).max(verb.index() + 1),
            );
            let noun = next.iter().find(|&token| {
                matches!(self.document.upos(token), Upos::Noun | Upos::Propn | Upos::Pron)
                    && self.document.head(token) == Some(verb)
            });
            if after_quote && let Some(noun) = noun {
                return self.noun_phrase(noun, verb);
            }
        }
        match before {
            Some(subject) => self.source_from(subject, verb, verb),
            None => self.opening_noun_phrase(verb),
        }
    }

    /// The noun phrase that a sentence begins with, up to its first comma or verb: its subject where the tree
    /// shows none.
    fn opening_noun_phrase(&self, verb: TokenIdx) -> Option<Source> {
        let sentence = self.sentence(verb);
        let first = sentence.first();
        let cue = self.cue_span(verb, verb).first();
        if !(self.is_finite(verb) || self.is_finite(cue)) || self.quote_at(first) != self.quote_at(verb) {
            return None;
        }
        let opens = matches!(
            self.document.upos(first),
            Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num
        );
        let ends = |token: TokenIdx| {
            self.document.form(token) == ","
                || matches!(self.document.upos(token), Upos::Aux | Upos::Adv | Upos::Sconj)
                || self.is_finite(token)
        };
        let before = TokenSpan::new(sentence.start as usize, verb.index());
        let end = before.iter().take(MAX_OPENING).position(ends)?;
        let piece = TokenSpan::new(before.start as usize, before.start as usize + end);
        let nominal =
            |token: TokenIdx| matches!(self.document.upos(token), Upos::Noun | Upos::Propn | Upos::Pron);
        let highest = |token: TokenIdx| self.document.head(token).is_none_or(|above| !piece.holds(above));
        let head = piece.iter().find(|&token| nominal(token) && highest(token));
        let head = head.or_else(|| piece.iter().find(|&token| nominal(token)))?;
        opens.then(|| Source { pieces: vec![piece], head })
    }

    /// The `by` phrase of a passive.
    pub(crate) fn agent_of(&self, verb: TokenIdx) -> Option<Source> {
        let agent = self.document.children(verb).iter().copied().find(|&child| {
            child > verb
                && matches!(self.document.deprel(child), Deprel::Obl | Deprel::OblAgent | Deprel::Nmod)
                && self.introduced_by(child) == "by"
        })?;
        self.noun_phrase(agent, verb)
    }

    /// A source from the token that the tree names, seen from a verb: a relative pronoun brings its antecedent.
    fn source_from(&self, subject: TokenIdx, clause: TokenIdx, verb: TokenIdx) -> Option<Source> {
        let document = self.document;
        if matches!(document.lower(subject), "who" | "which" | "that" | "whom")
            && document.upos(subject) == Upos::Pron
            && let Some(antecedent) = self.antecedent(clause).or_else(|| self.antecedent_by_words(subject))
        {
            let start = self.noun_phrase_start(antecedent);
            let before = self.trimmed(TokenSpan::new(start.min(subject.index()), subject.index()));
            let mut pieces = Vec::with_capacity(2);
            pieces.extend(before);
            pieces.push(TokenSpan::single(subject));
            return Some(Source { pieces, head: antecedent });
        }
        self.noun_phrase(subject, verb)
    }

    /// Whether the subject may follow this verb: after a comma, a quotation, or another verb's conjunction.
    pub(crate) fn may_invert(&self, verb: TokenIdx) -> bool {
        let start = self.cue_span(verb, verb).start;
        if start <= self.sentence(verb).start {
            return true;
        }
        let before = TokenIdx::new(start as usize - 1);
        self.quote_at(before).is_some()
            || !self.is_finite(verb)
            || matches!(
                self.document.upos(before),
                Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Adv | Upos::Adp
            )
    }

    /// The noun before a relative pronoun, where the tree does not say which it is.
    fn antecedent_by_words(&self, pronoun: TokenIdx) -> Option<TokenIdx> {
        let floor = self.sentence(pronoun).start as usize;
        let mut at = pronoun.index().checked_sub(1)?;
        if self.document.form(TokenIdx::new(at)) == "," {
            at = at.checked_sub(1)?;
        }
        let nominal = |token: TokenIdx| {
            matches!(self.document.upos(token), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
        };
        let mut head = TokenIdx::new(at);
        if at < floor || !nominal(head) {
            return None;
        }
        for _ in 0..MAX_STEPS_UP {
            match self.document.head(head) {
                Some(above) if above < pronoun && nominal(above) => head = above,
                _ => break,
            }
        }
        Some(head)
    }

    /// The noun that a relative clause, or a clause coordinated with it, stands at.
    fn antecedent(&self, clause: TokenIdx) -> Option<TokenIdx> {
        let mut at = clause;
        for _ in 0..MAX_STEPS_UP {
            match self.document.deprel(at) {
                Deprel::AclRelcl | Deprel::Acl => return self.document.head(at),
                Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp => at = self.document.head(at)?,
                _ => return None,
            }
        }
        None
    }

    /// From the first to the last word of a noun phrase: its subtree, but without the clause that it is the
    /// predicate of (`the name is a pun`).
    fn noun_phrase_span(&self, head: TokenIdx) -> TokenSpan {
        let clausal = |child: TokenIdx| {
            matches!(
                self.document.deprel(child),
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::NsubjOuter
                    | Deprel::Cop
                    | Deprel::Aux
                    | Deprel::Mark
                    | Deprel::Expl
                    | Deprel::Csubj
                    | Deprel::Advcl
                    | Deprel::Parataxis
                    | Deprel::Discourse
            )
        };
        let children = self.document.children(head);
        let children = &children[..children.len().min(MAX_CHILDREN)];
        if !children.iter().any(|&child| clausal(child)) {
            return self.subtree(head);
        }
        let start = children
            .iter()
            .filter(|&&child| child < head && clausal(child))
            .map(|&child| self.subtree(child).end);
        let end = children
            .iter()
            .filter(|&&child| child > head && clausal(child))
            .map(|&child| self.subtree(child).start);
        let whole = self.subtree(head);
        let start = start.max().unwrap_or(whole.start).min(head.index() as u32);
        let end = end.min().unwrap_or(whole.end).max(head.index() as u32 + 1);
        TokenSpan { start, end }
    }

    fn noun_phrase_start(&self, head: TokenIdx) -> usize {
        let span = self.noun_phrase_span(head);
        match self.introducer(head) {
            // `according to` is one preposition of two words.
            Some(introducer) => {
                (self.subtree(introducer).end as usize).min(head.index()).max(span.start as usize)
            }
            None => span.start as usize,
        }
    }

    /// A whole noun phrase without the preposition before it, cut where it would hold the cue.
    pub(crate) fn noun_phrase(&self, head: TokenIdx, cue: TokenIdx) -> Option<Source> {
        let span = self.noun_phrase_span(head);
        let (mut start, mut end) = (self.noun_phrase_start(head), span.end as usize);
        if cue < head {
            start = start.max(cue.index() + 1);
        } else {
            end = end.min(cue.index());
        }
        // `Sharon's`: the mark of the possessive is no part of the source.
        if end > start && self.document.xpos(TokenIdx::new(end - 1)) == Xpos::Pos {
            end -= 1;
        }
        let piece = self.trimmed(TokenSpan::new(start, end.max(start)))?;
        Some(Source { pieces: vec![piece], head })
    }

    /// A span without the commas, dashes, stops and lone brackets at its ends; marks of quotation stay. Nothing where
    /// nothing is left.
    pub(crate) fn trimmed(&self, span: TokenSpan) -> Option<TokenSpan> {
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        while start < end && self.is_edge(TokenIdx::new(start)) {
            start += 1;
        }
        while end > start && self.is_edge(TokenIdx::new(end - 1)) {
            // A bracket that closes what the span opened stays.
            let form = self.document.form(TokenIdx::new(end - 1));
            if matches!(form, ")" | "]") && self.opens_bracket(start, end - 1) {
                break;
            }
            end -= 1;
        }
        (start < end).then(|| TokenSpan::new(start, end))
    }

    /// Whether one of the last tokens before `end` is an opening bracket.
    fn opens_bracket(&self, start: usize, end: usize) -> bool {
        const MAX_BRACKETED: usize = 16;
        (start..end)
            .rev()
            .take(MAX_BRACKETED)
            .map(|at| self.document.form(TokenIdx::new(at)))
            .find(|form| matches!(*form, "(" | "[" | ")" | "]"))
            .is_some_and(|form| matches!(form, "(" | "["))
    }

    fn is_edge(&self, token: TokenIdx) -> bool {
        self.quote_at(token).is_none()
            && self.document.form(token).chars().all(|c| {
                matches!(
                    c,
                    ',' | '.'
                        | ';'
                        | ':'
                        | '—'
                        | '–'
                        | '-'
                        | '('
                        | ')'
                        | '['
                        | ']'
                        | '!'
                        | '?'
                        | '…'
                        | '*'
                        | '•'
                        | '”'
                        | '“'
                        | '"'
                        | '’'
                )
            })
    }

    /// Whether a token is the name of a tag that was left in a text: `<tweet …>`.
    pub(crate) fn is_markup(&self, token: TokenIdx) -> bool {
        let before =
            self.document.text()[..self.document.token(token).span.start as usize].chars().next_back();
        matches!(before, Some('<' | '/'))
    }

    /// Whether a token is a finite verb by its tags.
    pub(crate) fn is_finite(&self, token: TokenIdx) -> bool {
        matches!(self.document.xpos(token), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
    }

    /// The words that say a verb: auxiliaries, negations and adverbs before it, up to `last`.
    pub(crate) fn cue_span(&self, verb: TokenIdx, last: TokenIdx) -> TokenSpan {
        let mut start = verb.index();
        let floor = self.sentence(verb).start as usize;
        while start > floor {
            let before = TokenIdx::new(start - 1);
            let belongs = self.document.head(before) == Some(verb)
                && matches!(
                    self.document.deprel(before),
                    Deprel::Aux | Deprel::AuxPass | Deprel::Advmod | Deprel::Mark | Deprel::Cop
                )
                && (self.document.deprel(before) != Deprel::Mark || self.document.lower(before) == "to")
                && !matches!(
                    self.document.lower(before),
                    "when"
                        | "where"
                        | "how"
                        | "why"
                        | "as"
                        | "because"
                        | "while"
                        | "if"
                        | "after"
                        | "before"
                        | "that"
                        | "by"
                        | "since"
                );
            if !belongs {
                break;
            }
            start -= 1;
        }
        TokenSpan::new(start, last.index().max(verb.index()) + 1)
    }
}

/// The words of a source and the one they hang on.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) pieces: Vec<TokenSpan>,
    pub(crate) head: TokenIdx,
}

/// The span under every token, from the leaves up.
fn subtrees(document: &Document) -> Vec<TokenSpan> {
    let mut spans: Vec<TokenSpan> = (0..document.tokens().len()).map(|i| TokenSpan::new(i, i + 1)).collect();
    let mut order = Vec::new();
    for sentence in document.sentence_indices() {
        order.clear();
        order.push(document.root(sentence));
        let mut next = 0;
        // Heads before dependents. A tree visits each token once; the bound holds for a broken one.
        while next < order.len() && order.len() <= document.sentence(sentence).tokens.n_tokens() {
            order.extend_from_slice(document.children(order[next]));
            next += 1;
        }
        for &token in order.iter().rev() {
            if let Some(head) = document.head(token) {
                let span = spans[token.index()];
                let above = &mut spans[head.index()];
                above.start = above.start.min(span.start);
                above.end = above.end.max(span.end);
            }
        }
    }
    spans
}
