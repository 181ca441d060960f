//! Verbs as cues: what a verb's clause, infinitive or object says, and whose it is.

use crate::candidate::Candidate;
use crate::lexicon::{Continuation, Lexicon, Takes, VerbCue};
use crate::order;
use crate::reading::{Reading, Source};
use dateline_text::{Deprel, TokenIdx, TokenSpan, Upos, Xpos};

/// Prepositions and conjunctions that go on explaining an object: `blamed the mayor for the fire`.
const EXPLAINS: [&str; 9] = ["as", "for", "of", "over", "with", "against", "from", "to", "into"];

/// The attribution that a verb makes, if it makes one.
pub(crate) fn read_verb(reading: &Reading, lexicon: &Lexicon, verb: TokenIdx) -> Option<Candidate> {
    let document = reading.document;
    if document.upos(verb) != Upos::Verb {
        return None;
    }
    let cue = lexicon.verb(document.lemma(verb))?;
    let rule = Verb { reading, lexicon, cue, verb };
    let found = rule.continuation().or_else(|| rule.plain(cue.takes, verb))?;
    let source = match found.source {
        Whose::Subject => reading.source_of(verb).or_else(|| reading.nearest_subject(verb)),
        Whose::Named(source) => Some(source),
        Whose::Nobody => None,
    };
    let mut words = vec![reading.cue_span(verb, verb)];
    if found.last > verb {
        let more = TokenSpan::single(found.last);
        if found.last.index() == verb.index() + 1 {
            words[0].end = more.end;
        } else {
            words.push(more);
        }
    }
    Some(Candidate {
        cue_head: verb,
        cue: words,
        source,
        content: found.content,
        speaks: cue.takes.any(Takes::QUOTE.and(Takes::CLAUSE)),
    })
}

/// Whose the content is.
enum Whose {
    Subject,
    Named(Source),
    Nobody,
}

struct Found {
    content: Vec<TokenSpan>,
    source: Whose,
    /// The last word of the cue.
    last: TokenIdx,
}

struct Verb<'r, 'd> {
    reading: &'r Reading<'d>,
    lexicon: &'r Lexicon,
    cue: &'r VerbCue,
    verb: TokenIdx,
}

impl Verb<'_, '_> {
    /// `point out that`, `call for talks`: the longest continuation that follows in the text.
    fn continuation(&self) -> Option<Found> {
        self.cue.continuations.iter().find_map(|continuation| {
            let last = self.match_parts(continuation)?;
            self.after_parts(continuation, last)
        })
    }

    /// The token that the last part matches. Adverbs, articles and adjectives may stand between.
    fn match_parts(&self, continuation: &Continuation) -> Option<TokenIdx> {
        let document = self.reading.document;
        let end = self.reading.sentence(self.verb).end as usize;
        let mut at = self.verb.index();
        for part in &continuation.parts {
            let mut skipped = 0;
            loop {
                at += 1;
                if at >= end {
                    return None;
                }
                let token = TokenIdx::new(at);
                if document.lower(token) == part || document.lemma(token) == part {
                    break;
                }
                let light = matches!(document.upos(token), Upos::Adv | Upos::Det | Upos::Adj | Upos::Part)
                    || matches!(
                        document.lower(token),
                        "it" | "himself"
                            | "herself"
                            | "itself"
                            | "themselves"
                            | "his"
                            | "her"
                            | "their"
                            | "its"
                    );
                skipped += 1;
                if !light || skipped > 3 {
                    return None;
                }
            }
        }
        Some(TokenIdx::new(at))
    }

    fn after_parts(&self, continuation: &Continuation, last: TokenIdx) -> Option<Found> {
        let (reading, document) = (self.reading, self.reading.document);
        if let Some(found) = self.plain(continuation.takes, last) {
            return Some(found);
        }
        let source = || if reading.is_passive(self.verb) { self.agent_or_nobody() } else { Whose::Subject };
        // A final preposition: its phrase is the content.
        if let Some(head) = document.head(last)
            && head > last
            && matches!(document.deprel(last), Deprel::Case | Deprel::Mark | Deprel::Advmod)
        {
            let mut end = reading.subtree(head).end as usize;
            // `called on the council to act`
            if let Some(infinitive) = self.infinitive_after(head) {
                end = end.max(reading.subtree(infinitive).end as usize);
            }
            let content = vec![TokenSpan::new(last.index() + 1, end.max(last.index() + 1))];
            return Some(Found { content, source: source(), last });
        }
        // A relative clause that the preposition ends: `the plan that he spoke about`.
        if let Some(content) = self.gap() {
            return Some(Found { content: vec![content], source: source(), last });
        }
        None
    }

    fn infinitive_after(&self, token: TokenIdx) -> Option<TokenIdx> {
        self.reading.document.children(self.verb).iter().copied().find(|&child| {
            child > token
                && matches!(
                    self.reading.document.deprel(child),
                    Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp
                )
                && self.reading.is_infinitive(child)
        })
    }

    /// What the verb takes without further parts; `last` is the last word of the cue.
    fn plain(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if self.reading.is_passive(self.verb) {
            return self.set_apart(takes, last).or_else(|| self.passive(takes, last));
        }
        self.seeming(takes, last)
            .or_else(|| self.set_apart(takes, last))
            .or_else(|| self.naming(takes, last))
            .or_else(|| self.others_infinitive(takes, last))
            .or_else(|| self.clause(takes, last))
            .or_else(|| self.own_infinitive(takes, last))
            .or_else(|| self.unparsed(takes, last))
            .or_else(|| self.object(takes, last))
            .or_else(|| self.inserted(takes, last))
    }

    /// `The raid, she said, had failed.`
    fn set_apart(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::CLAUSE) || last != self.verb || self.reading.quote_at(self.verb).is_some() {
            return None;
        }
        let order::SetApart { source, content } = order::set_apart(self.reading, self.verb)?;
        Some(Found { content, source: Whose::Named(source), last })
    }

    /// `The mayor said the raid had failed`, where the tree has no clause under the verb.
    fn unparsed(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::CLAUSE) {
            return None;
        }
        let bare = matches!(
            self.reading.document.lemma(self.verb),
            "say" | "claim" | "insist" | "argue" | "think" | "believe"
        );
        self.found(vec![order::clause_after(self.reading, self.verb, last, bare)?], last)
    }

    fn found(&self, content: Vec<TokenSpan>, last: TokenIdx) -> Option<Found> {
        Some(Found { content, source: Whose::Subject, last })
    }

    /// `seems to have left`: subject and predicate, nobody's in particular.
    fn seeming(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::SEEM) {
            return None;
        }
        let reading = self.reading;
        let predicate = reading.child(self.verb, &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl])?;
        if predicate < self.verb {
            return None;
        }
        let mut content = vec![reading.subtree(predicate)];
        if let Some(source) = reading.source_of(self.verb)
            && !matches!(reading.document.lower(source.head), "it" | "there")
        {
            content.extend(source.pieces);
        }
        Some(Found { content, source: Whose::Nobody, last })
    }

    /// `called the vote a farce`, `described it as fair`.
    fn naming(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
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
                    Deprel::Obl | Deprel::Advcl => {
                        matches!(reading.introduced_by(child), "as" | "to" | "with")
                    }
                    _ => false,
                }
        })?;
        let end = self.before_next_act(start, (reading.subtree(complement).end as usize).max(start));
        let mut content = vec![TokenSpan::new(start, end)];
        if object.is_none() {
            content.push(self.gap()?);
        }
        self.found(content, last)
    }

    /// `urged the council to act`.
    fn others_infinitive(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::OTHER_TO) {
            return None;
        }
        let reading = self.reading;
        let object = self.object_after()?;
        let infinitive = self.infinitive_after(object)?;
        let content = TokenSpan::new(
            reading.subtree(object).start as usize,
            reading.subtree(infinitive).end.max(reading.subtree(object).end) as usize,
        );
        self.found(vec![content], last)
    }

    /// `said (that) they were ready`, before or after the cue.
    fn clause(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::QUOTE.and(Takes::CLAUSE)) {
            return None;
        }
        let reading = self.reading;
        let clause = reading.document.children(self.verb).iter().copied().find(|&child| {
            reading.document.deprel(child) == Deprel::Ccomp
                || (reading.document.deprel(child) == Deprel::Parataxis
                    && child > self.verb
                    && reading
                        .child(child, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Cop])
                        .is_some())
        })?;
        // A bare quotation is left to the rules for direct speech unless the verb takes clauses too.
        let span = reading.subtree(clause);
        if !takes.any(Takes::CLAUSE) && reading.quote_at(clause).is_none() {
            return None;
        }
        if clause < self.verb && !self.is_apart(clause) {
            return None;
        }
        let content = if clause < self.verb {
            TokenSpan::new(
                span.start as usize,
                (span.end as usize).min(self.verb.index()).max(span.start as usize),
            )
        } else {
            let start = self.clause_start(clause, span, last);
            let end = if takes.any(Takes::CLAUSE) {
                order::end_of_report(reading, self.verb, start, span.end as usize)
            } else {
                span.end as usize
            };
            TokenSpan::new(start, self.clause_end(start, end).max(start))
        };
        self.found(vec![content], last)
    }

    /// Where a clause begins that follows its cue: at its `that`, past the time and place of the saying, and past the
    /// comma before a quotation.
    fn clause_start(&self, clause: TokenIdx, span: TokenSpan, last: TokenIdx) -> usize {
        let (reading, document) = (self.reading, self.reading.document);
        let mut start = (span.start as usize).max(last.index() + 1);
        let end = span.end as usize;
        const MAX_BEFORE_THAT: usize = 10;
        let that = (start..end.min(start + MAX_BEFORE_THAT))
            .map(TokenIdx::new)
            .take_while(|&at| !reading.is_finite(at) && reading.quote_at(at).is_none())
            .find(|&at| document.lower(at) == "that");
        if let Some(that) = that
            && (document.upos(TokenIdx::new(start)) == Upos::Adp || document.head(that) == Some(clause))
        {
            return that.index();
        }
        // `says Lima and Quito agree`, where the tree took `Lima` for who says it.
        if let Some(subject) = reading.child(self.verb, &[Deprel::Nsubj])
            && subject > self.verb
            && subject < clause
            && !reading.may_invert(self.verb)
        {
            start = last.index() + 1;
        }
        while start < end && matches!(document.form(TokenIdx::new(start)), "," | ":") {
            start += 1;
        }
        start
    }

    /// Whether a clause before its cue is set apart from it by a comma or by quotation marks, and is no part of the
    /// source (`the mayor, who was there, said …`).
    fn is_apart(&self, clause: TokenIdx) -> bool {
        let reading = self.reading;
        let source = reading.source_of(self.verb);
        let pieces = || source.iter().flat_map(|source| source.pieces.iter());
        let cue = reading.cue_span(self.verb, self.verb).start;
        let start = pieces().map(|piece| piece.start).min().unwrap_or(cue).min(cue);
        let edge = (start > 0).then(|| TokenIdx::new(start as usize - 1));
        !pieces().any(|piece| piece.holds(clause))
            && edge.is_some_and(|edge| {
                reading.quote_at(edge).is_some()
                    || matches!(reading.document.form(edge), "," | "—" | "–" | "--" | "-" | ":")
            })
    }

    /// Where a clause ends that the source goes on from: `said it was lost, adding that …`.
    fn clause_end(&self, start: usize, end: usize) -> usize {
        const MAX_LOOKED_AT: usize = 80;
        let (reading, document) = (self.reading, self.reading.document);
        (start + 1..end.min(start + MAX_LOOKED_AT))
            .find(|&at| {
                let token = TokenIdx::new(at);
                document.xpos(token) == Xpos::Vbg
                    && document.form(TokenIdx::new(at - 1)) == ","
                    && reading.quote_at(token).is_none()
                    && self
                        .lexicon
                        .verb(document.lemma(token))
                        .is_some_and(|cue| cue.takes.any(Takes::QUOTE.and(Takes::AS).and(Takes::CLAUSE)))
            })
            .map_or(end, |at| at - 1)
    }

    /// `vowed to stay`, `denied taking part`.
    fn own_infinitive(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        let (reading, document) = (self.reading, self.reading.document);
        let child = document.children(self.verb).iter().copied().find(|&child| {
            child > self.verb
                && match document.deprel(child) {
                    Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => {
                        (takes.any(Takes::TO)
                            && reading.is_infinitive(child)
                            && (document.deprel(child) != Deprel::Advcl || self.object_after().is_none()))
                            || (takes.any(Takes::GERUND)
                                && document.deprel(child) != Deprel::Advcl
                                && document.xpos(child) == Xpos::Vbg)
                    }
                    _ => false,
                }
        })?;
        let span = reading.subtree(child);
        let start = (span.start as usize).max(last.index() + 1);
        self.found(vec![TokenSpan::new(start, (span.end as usize).max(start))], last)
    }

    /// `condemned the raid`, `the raid that he condemned`.
    fn object(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::NOUN) {
            return None;
        }
        let reading = self.reading;
        let Some(object) = self.object_after() else {
            let gap = self.gap()?;
            return self.found(vec![gap], last);
        };
        let span = reading.subtree(object);
        let end = self.phrase_end(self.explained_until(object, span.end as usize));
        let end = self.before_next_act(span.start as usize, end);
        let content = TokenSpan::new(span.start as usize, end);
        let found = self.found(vec![content], last)?;
        if takes.any(Takes::DOCUMENTS) && !self.has_document_source() {
            return None;
        }
        Some(found)
    }

    /// The same end, or where before it the source's next act begins: `called it a farce and urged them to leave`.
    fn before_next_act(&self, start: usize, end: usize) -> usize {
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

    /// Where a noun phrase ends that its tree may have cut short: what `of`, `for`, `that` and the like go on with.
    fn phrase_end(&self, end: usize) -> usize {
        const MAX_PHRASES: usize = 6;
        let (reading, document) = (self.reading, self.reading.document);
        let limit = reading.sentence(self.verb).end as usize;
        let mut end = end;
        for _ in 0..MAX_PHRASES {
            if end + 1 >= limit || reading.quote_at(TokenIdx::new(end)).is_some() {
                break;
            }
            let joint = TokenIdx::new(end);
            let goes_on = matches!(
                document.lower(joint),
                "of" | "for"
                    | "to"
                    | "with"
                    | "from"
                    | "about"
                    | "against"
                    | "over"
                    | "as"
                    | "between"
                    | "toward"
                    | "towards"
                    | "into"
                    | "that"
                    | "who"
                    | "whose"
                    | "regarding"
                    | "and"
                    | "or"
                    | "at"
                    | "among"
            );
            let Some(head) = document.head(joint).filter(|&head| goes_on && head > joint) else { break };
            // `condemned the raid and left`: another act, not another object.
            if matches!(document.lower(joint), "and" | "or") && document.upos(head) == Upos::Verb {
                break;
            }
            end = (reading.subtree(head).end as usize).max(head.index() + 1).min(limit);
        }
        end
    }

    /// Where the phrases end that explain an object: `praised them for their work`.
    fn explained_until(&self, object: TokenIdx, end: usize) -> usize {
        let (reading, document) = (self.reading, self.reading.document);
        let mut end = end;
        for &child in document.children(self.verb) {
            let adjacent = child > object && reading.subtree(child).start as usize <= end + 1;
            let explains =
                matches!(document.deprel(child), Deprel::Obl | Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp)
                    && (EXPLAINS.contains(&reading.introduced_by(child))
                        || document.deprel(child) == Deprel::Xcomp);
            if adjacent && explains {
                end = end.max(reading.subtree(child).end as usize);
            }
        }
        end
    }

    /// A cue set into the sentence that it attributes: `The raid, she said, had failed`; `They left, she said.`
    fn inserted(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::QUOTE.and(Takes::CLAUSE)) {
            return None;
        }
        let (reading, document) = (self.reading, self.reading.document);
        if document.deprel(self.verb) != Deprel::Parataxis {
            return None;
        }
        let host = document.head(self.verb)?;
        let mine = reading.subtree(self.verb);
        let whole = reading.subtree(host);
        let mut content = Vec::with_capacity(2);
        if whole.start < mine.start {
            content.push(TokenSpan { start: whole.start, end: mine.start });
        }
        if mine.end < whole.end && host > self.verb {
            content.push(TokenSpan { start: mine.end, end: whole.end });
        }
        (!content.is_empty()).then_some(Found { content, source: Whose::Subject, last })
    }

    /// `is believed to have left`, `was condemned by the council`, `was told that`.
    fn passive(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        let (reading, document) = (self.reading, self.reading.document);
        let agent = || self.agent_or_nobody();
        let subject = self.passive_subject();
        let infinitive = self.infinitive_after(self.verb);
        if takes.any(Takes::RAISED.and(Takes::OTHER_TO))
            && let Some(infinitive) = infinitive
        {
            let mut content = vec![reading.subtree(infinitive)];
            content.extend(subject.iter().flat_map(|subject| subject.pieces.iter().copied()));
            return Some(Found { content, source: agent(), last });
        }
        if takes.any(Takes::CLAUSE)
            && let Some(clause) = reading.child(self.verb, &[Deprel::Ccomp, Deprel::CsubjPass, Deprel::Csubj])
        {
            // `was told that`, `is convinced that`: the hearer is no source, only an agent is.
            let span = reading.subtree(clause);
            let content = without_verb(span, self.verb, last);
            return Some(Found { content: vec![content], source: agent(), last });
        }
        if takes.any(Takes::AS.and(Takes::NOUN)) {
            let mut content: Vec<TokenSpan> = subject.map(|subject| subject.pieces).unwrap_or_default();
            let complement = document.children(self.verb).iter().copied().find(|&child| {
                child > self.verb
                    && match document.deprel(child) {
                        Deprel::Xcomp => true,
                        Deprel::Obl | Deprel::Advcl => {
                            EXPLAINS.contains(&reading.introduced_by(child))
                                && reading.introduced_by(child) != "from"
                        }
                        _ => false,
                    }
            });
            let source = agent();
            if complement.is_none() && (!takes.any(Takes::NOUN) || matches!(source, Whose::Nobody)) {
                return None;
            }
            content.extend(complement.map(|complement| reading.subtree(complement)));
            return Some(Found { content, source, last });
        }
        None
    }

    fn passive_subject(&self) -> Option<Source> {
        let (reading, document) = (self.reading, self.reading.document);
        if let Some(subject) = reading.child(self.verb, &[Deprel::NsubjPass, Deprel::Nsubj]) {
            let lower = document.lower(subject);
            return (!matches!(lower, "it" | "there"))
                .then(|| reading.noun_phrase(subject, self.verb))
                .flatten();
        }
        let head = document.head(self.verb)?;
        match document.deprel(self.verb) {
            Deprel::Acl => reading.noun_phrase(head, self.verb),
            Deprel::Conj | Deprel::Xcomp => {
                let subject = reading.child(head, &[Deprel::NsubjPass, Deprel::Nsubj])?;
                reading.noun_phrase(subject, self.verb)
            }
            _ => None,
        }
    }

    fn agent_or_nobody(&self) -> Whose {
        self.reading.agent_of(self.verb).map_or(Whose::Nobody, Whose::Named)
    }

    /// The object after the verb, unless the verb takes a hearer there and has content of another kind.
    fn object_after(&self) -> Option<TokenIdx> {
        self.reading.child(self.verb, &[Deprel::Obj]).filter(|&object| object > self.verb)
    }

    /// The antecedent that a relative clause leaves a gap for: `the raid (which) he condemned`; `what he called`.
    fn gap(&self) -> Option<TokenSpan> {
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

    /// Whether the subject is a document, survey or body of evidence.
    fn has_document_source(&self) -> bool {
        let Some(source) = self.reading.source_of(self.verb) else { return false };
        is_document(self.reading.document.lemma(source.head))
    }
}

/// Whether a noun names a document, a survey or a body of evidence.
pub(crate) fn is_document(lemma: &str) -> bool {
    DOCUMENTS.contains(&lemma)
}

/// Nouns for what speaks without a mouth.
const DOCUMENTS: [&str; 34] = [
    "poll",
    "survey",
    "study",
    "report",
    "data",
    "figure",
    "statistics",
    "statistic",
    "record",
    "document",
    "email",
    "e-mail",
    "letter",
    "memo",
    "analysis",
    "research",
    "estimate",
    "result",
    "finding",
    "evidence",
    "footage",
    "video",
    "image",
    "photo",
    "map",
    "test",
    "investigation",
    "inquiry",
    "census",
    "review",
    "audit",
    "filing",
    "transcript",
    "paper",
];

fn without_verb(span: TokenSpan, verb: TokenIdx, last: TokenIdx) -> TokenSpan {
    if span.holds(verb) || span.start as usize > verb.index() {
        let start = (span.start as usize).max(last.index() + 1);
        TokenSpan::new(start, (span.end as usize).max(start))
    } else {
        span
    }
}
