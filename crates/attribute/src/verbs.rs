//! Verbs as cues: what a verb's clause, infinitive or object says, and whose it is.

mod objects;
mod passives;

use crate::candidate::Candidate;
use crate::lexicon::{Continuation, Lexicon, Takes, VerbCue};
use crate::nominals;
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
    let cue = lexicon.verb(document.lemma(verb), document.lower(verb))?;
    if reading.is_markup(verb) {
        return None;
    }
    let rule = Verb { reading, lexicon, cue, verb };
    // `agreed with them that …`: the clause before the phrase.
    let clause = cue.takes.any(Takes::CLAUSE) && reading.child(verb, &[Deprel::Ccomp]).is_some();
    let plain = || rule.plain(cue.takes, verb);
    let continuation = || rule.continuation();
    let found = if clause { plain().or_else(continuation) } else { continuation().or_else(plain) }?;
    let source = match found.source {
        Whose::Subject => {
            let source = order::teller_before(reading, lexicon, verb)
                .and_then(|teller| reading.source_of(teller))
                .or_else(|| reading.source_of(verb))
                .or_else(|| reading.nearest_subject(verb));
            if source.is_none() && is_order(reading, verb) {
                return None;
            }
            source
        }
        Whose::Named(source) => Some(source),
        Whose::Nobody => None,
    };
    let mut content = found.content;
    for piece in &mut content {
        if piece.start as usize > verb.index() {
            piece.end = order::end_of_telling(reading, lexicon, verb, *piece);
        }
    }
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
        content,
        speaks: cue.takes.any(Takes::QUOTE.and(Takes::CLAUSE)),
    })
}

/// `Want a warm coat?`, `Say that you will come`: an order to the reader, who is no source. Asked of a verb without a subject.
fn is_order(reading: &Reading, verb: TokenIdx) -> bool {
    let document = reading.document;
    document.xpos(verb) == Xpos::Vb
        && document.deprel(verb) == Deprel::Root
        && !reading.is_infinitive(verb)
        && !reading.is_passive(verb)
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
            let end = self.phrase_end(end.max(last.index() + 1), &objects::CLOSE_JOINTS);
            let content = vec![TokenSpan::new(last.index() + 1, end)];
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
            return self
                .as_told(takes, last)
                .or_else(|| self.set_apart(takes, last))
                .or_else(|| self.passive(takes, last));
        }
        self.seeming(takes, last)
            .or_else(|| self.as_told(takes, last))
            .or_else(|| self.set_apart(takes, last))
            .or_else(|| self.naming(takes, last))
            .or_else(|| self.others_infinitive(takes, last))
            .or_else(|| self.clause(takes, last))
            .or_else(|| self.own_infinitive(takes, last))
            .or_else(|| self.unparsed(takes, last))
            .or_else(|| self.object(takes, last))
            .or_else(|| self.inserted(takes, last))
    }

    /// `The camp is full, as the mayor said on Monday`; `As reported by the harbour radio, …`.
    fn as_told(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        let (reading, document) = (self.reading, self.reading.document);
        if !takes.any(Takes::CLAUSE) || reading.quote_at(self.verb).is_some() {
            return None;
        }
        if !matches!(document.deprel(self.verb), Deprel::Advcl | Deprel::Parataxis)
            || reading.introduced_by(self.verb) != "as"
            || reading.child(self.verb, &[Deprel::Ccomp, Deprel::Obj, Deprel::Xcomp]).is_some()
        {
            return None;
        }
        let source = if reading.is_passive(self.verb) {
            Whose::Named(reading.agent_of(self.verb)?)
        } else {
            reading.child(self.verb, &[Deprel::Nsubj]).map(|_| Whose::Subject)?
        };
        let sentence = reading.sentence(self.verb);
        let phrase = reading.subtree(self.verb);
        let content = if phrase.start <= sentence.start + 1 {
            vec![TokenSpan { start: phrase.end, end: sentence.end }]
        } else {
            nominals::clause_around(reading, document.head(self.verb)?, phrase)
        };
        Some(Found { content, source, last })
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
        let clause = order::clause_after(self.reading, self.verb, last, bare)?;
        let end = order::end_of_report(self.reading, self.verb, clause.start as usize, clause.end as usize);
        self.found(vec![TokenSpan::new(clause.start as usize, end)], last)
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
        let like = |&child: &TokenIdx| {
            reading.document.deprel(child) == Deprel::Obl && reading.introduced_by(child) == "like"
        };
        let predicate = reading
            .child(self.verb, &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl])
            .or_else(|| reading.document.children(self.verb).iter().copied().find(like))?;
        // `looks to win` is a wish, `looks weak` is not.
        let wish = reading.is_infinitive(predicate) && takes.any(Takes::TO);
        if predicate < self.verb || wish {
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

    /// `urged the council to act`.
    fn others_infinitive(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        if !takes.any(Takes::OTHER_TO) {
            return None;
        }
        let reading = self.reading;
        let object = self.object_after()?;
        let own = reading
            .document
            .children(object)
            .iter()
            .copied()
            .find(|&child| child > object && reading.is_infinitive(child));
        let infinitive = self.infinitive_after(object).or(own)?;
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
        let clauses = |child: &TokenIdx| {
            let child = *child;
            reading.document.deprel(child) == Deprel::Ccomp
                || (reading.document.deprel(child) == Deprel::Advcl
                    && child > self.verb
                    && takes.any(Takes::HEARER)
                    && matches!(reading.introduced_by(child), "if" | "whether"))
                || (reading.document.deprel(child) == Deprel::Parataxis
                    && child > self.verb
                    && reading
                        .child(child, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Cop])
                        .is_some())
        };
        // What follows the cue comes first: what stands before it may be another sentence's half.
        let children = reading.document.children(self.verb).iter().copied();
        let clause = children
            .clone()
            .filter(clauses)
            .find(|&child| child > self.verb)
            .or_else(|| children.clone().find(clauses))?;
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
        // `denied they met`, where the tree took `they` for what is denied: a clause has its subject before its verb.
        let headless = start < end && reading.is_finite(TokenIdx::new(start));
        let between = TokenSpan::new(last.index() + 1, start.max(last.index() + 1));
        let subject = |token: TokenIdx| {
            !reading.is_finite(token)
                && reading.quote_at(token) == reading.quote_at(last)
                && !matches!(document.form(token), "," | ":" | ";" | "—" | "–" | "--")
        };
        if headless && between.n_tokens() > 0 && between.iter().all(subject) {
            return last.index() + 1;
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
                        .verb(document.lemma(token), document.lower(token))
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
}

/// Whether a noun names a document, a survey or a body of evidence.
pub(crate) fn is_document(lemma: &str) -> bool {
    DOCUMENTS.contains(&lemma)
}

/// Nouns for what speaks without a mouth.
const DOCUMENTS: [&str; 52] = [
    "polling",
    "average",
    "tally",
    "article",
    "story",
    "editorial",
    "headline",
    "tweet",
    "advertisement",
    "ad",
    "website",
    "statement",
    "recording",
    "clip",
    "affidavit",
    "complaint",
    "lawsuit",
    "indictment",
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
