//! Nouns, adjectives and phrases as cues: `the claim that`, `is confident that`, `according to`, `reportedly`.

use crate::candidate::Candidate;
use crate::lexicon::{Lexicon, Takes};
use crate::reading::{Reading, Source};
use dateline_text::{Deprel, TokenIdx, TokenSpan, Upos};

/// `Ankara's claim that …`, `criticism of the plan by miners`.
pub(crate) fn read_noun(reading: &Reading, lexicon: &Lexicon, noun: TokenIdx) -> Option<Candidate> {
    let document = reading.document;
    if document.upos(noun) != Upos::Noun {
        return None;
    }
    let cue = lexicon.noun(document.lemma(noun))?;
    let source = owner(reading, noun);
    let children = document.children(noun);
    let clause = children.iter().copied().find(|&child| {
        child > noun
            && match document.deprel(child) {
                Deprel::Ccomp => cue.takes.any(Takes::CLAUSE),
                Deprel::Acl if reading.is_infinitive(child) => cue.takes.any(Takes::TO),
                Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl => {
                    cue.takes.any(Takes::CLAUSE)
                        && reading.introducer(child).is_some_and(|mark| {
                            document.lower(mark) == "that" && document.deprel(mark) == Deprel::Mark
                        })
                }
                _ => false,
            }
    });
    let (content, last) = match clause {
        Some(clause) => (reading.subtree(clause), noun),
        None => {
            let phrase = children.iter().copied().find(|&child| {
                child > noun
                    && matches!(document.deprel(child), Deprel::Nmod | Deprel::Acl | Deprel::Obl)
                    && !reading.is_infinitive(child)
                    && cue.prepositions.iter().any(|preposition| preposition == reading.introduced_by(child))
            })?;
            let preposition = reading.introducer(phrase)?;
            (
                TokenSpan::new(
                    preposition.index() + 1,
                    (reading.subtree(phrase).end as usize).max(preposition.index() + 1),
                ),
                preposition,
            )
        }
    };
    let source = match source {
        Some(source) => Some(source),
        None if clause.is_none() && !cue.unowned.iter().any(|word| word == document.lower(last)) => {
            return None;
        }
        None => None,
    };
    let mut words = vec![TokenSpan::single(noun)];
    if last.index() == noun.index() + 1 {
        words[0].end += 1;
    }
    Some(Candidate { cue_head: noun, cue: words, source, content: vec![content], speaks: false })
}

/// Whose a noun is: the possessive, a `by` or `from` phrase, or the subject of a light verb (`made the claim`).
fn owner(reading: &Reading, noun: TokenIdx) -> Option<Source> {
    let document = reading.document;
    if let Some(owner) = reading.child(noun, &[Deprel::NmodPoss]) {
        return reading.noun_phrase(owner, noun);
    }
    let by = document.children(noun).iter().copied().find(|&child| {
        child > noun
            && matches!(document.deprel(child), Deprel::Nmod | Deprel::Obl)
            && matches!(reading.introduced_by(child), "by" | "from" | "among")
    });
    if let Some(by) = by {
        return reading.noun_phrase(by, noun);
    }
    let verb = document.head(noun)?;
    let light = document.deprel(noun) == Deprel::Obj
        && matches!(
            document.lemma(verb),
            "make"
                | "have"
                | "give"
                | "express"
                | "issue"
                | "voice"
                | "hold"
                | "offer"
                | "share"
                | "announce"
                | "repeat"
                | "take"
                | "reach"
                | "raise"
                | "lodge"
                | "file"
                | "publish"
                | "release"
                | "deliver"
                | "send"
                | "put"
                | "reiterate"
                | "withdraw"
                | "retract"
                | "maintain"
                | "keep"
                | "show"
                | "declare"
                | "state"
                | "receive"
        );
    if light { reading.source_of(verb) } else { None }
}

/// `She is confident that …`, `critical of the plan`.
pub(crate) fn read_adjective(reading: &Reading, lexicon: &Lexicon, adjective: TokenIdx) -> Option<Candidate> {
    let document = reading.document;
    if !matches!(document.upos(adjective), Upos::Adj | Upos::Verb) {
        return None;
    }
    let cue = lexicon.adjective(document.lower(adjective))?;
    let subject = reading.child(adjective, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let mut content = None;
    let mut last = adjective;
    for &child in document.children(adjective) {
        if child < adjective {
            continue;
        }
        match document.deprel(child) {
            Deprel::Ccomp | Deprel::Csubj if cue.takes.any(Takes::CLAUSE) => {
                content = Some(reading.subtree(child))
            }
            Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp
                if reading.is_infinitive(child) && cue.takes.any(Takes::TO) =>
            {
                content = Some(reading.subtree(child));
            }
            Deprel::Advcl
                if matches!(reading.introduced_by(child), "that" | "whether")
                    && cue.takes.any(Takes::CLAUSE) =>
            {
                content = Some(reading.subtree(child));
            }
            Deprel::Obl | Deprel::Advcl
                if cue.prepositions.iter().any(|preposition| preposition == reading.introduced_by(child)) =>
            {
                let preposition = reading.introducer(child)?;
                let end = (reading.subtree(child).end as usize).max(preposition.index() + 1);
                content = Some(TokenSpan::new(preposition.index() + 1, end));
                last = preposition;
            }
            _ => continue,
        }
        break;
    }
    let content = content?;
    if cue.takes.any(Takes::IMPERSONAL) {
        let nobody = reading.child(adjective, &[Deprel::Expl, Deprel::Nsubj])?;
        let cue = TokenSpan::new(reading.cue_span(adjective, adjective).start as usize, last.index() + 1);
        return (document.lower(nobody) == "it").then(|| Candidate {
            cue_head: adjective,
            cue: vec![cue],
            source: None,
            content: vec![content],
            speaks: false,
        });
    }
    let subject = match subject {
        Some(_) => reading.source_of_predicate(adjective),
        None => reading.source_of(adjective),
    }?;
    let mut words = reading.cue_span(adjective, adjective);
    if last.index() == adjective.index() + 1 {
        words.end += 1;
    }
    Some(Candidate {
        cue_head: adjective,
        cue: vec![words],
        source: Some(subject),
        content: vec![content],
        speaks: false,
    })
}

/// `according to officials`, `in Lima's view`, `reportedly`.
pub(crate) fn read_phrase(reading: &Reading, lexicon: &Lexicon, token: TokenIdx) -> Option<Candidate> {
    before_source(reading, lexicon, token)
        .or_else(|| within_source(reading, lexicon, token))
        .or_else(|| around_source(reading, lexicon, token))
        .or_else(|| without_source(reading, lexicon, token))
}

fn before_source(reading: &Reading, lexicon: &Lexicon, token: TokenIdx) -> Option<Candidate> {
    let document = reading.document;
    let sentence = reading.sentence(token);
    let phrase = lexicon.before_source.iter().find(|phrase| {
        phrase.iter().enumerate().all(|(offset, part)| {
            let at = token.index() + offset;
            at < sentence.end as usize && document.lower(TokenIdx::new(at)) == part
        })
    })?;
    let last = TokenIdx::new(token.index() + phrase.len() - 1);
    let next = last.index() + 1;
    if next >= sentence.end as usize {
        return None;
    }
    // A single preposition must introduce a name or a person: `per officials`, not `per day`.
    let head = [last, token].into_iter().find_map(|part| document.head(part).filter(|&head| head > last));
    let head = head.unwrap_or(TokenIdx::new(next));
    if phrase.len() == 1 && document.upos(head) != Upos::Propn {
        return None;
    }
    let opening = token.index() <= sentence.start as usize + 1;
    let comma = (next + 1..(next + MAX_SOURCE).min(sentence.end as usize))
        .find(|&at| is_comma(reading, at) && reading.quote_at(TokenIdx::new(at)).is_none());
    let by_tree = (reading.subtree(head).end as usize).max(next + 1);
    let end = match comma {
        Some(comma) if opening || by_tree >= sentence.end as usize - 1 => comma,
        _ => by_tree,
    };
    let piece = reading.trimmed(TokenSpan::new(next, end))?;
    let head = if piece.holds(head) { head } else { piece.last() };
    let whole = TokenSpan::new(token.index(), end);
    let content = if opening && comma == Some(end) {
        vec![TokenSpan::new(end + 1, sentence.end as usize)]
    } else if !opening && is_comma(reading, token.index() - 1) {
        let mut content = vec![TokenSpan { start: sentence.start, end: whole.start - 1 }];
        // `The raid, according to officials, had failed.`
        if end + 1 < sentence.end as usize
            && is_comma(reading, end)
            && reading.is_finite(TokenIdx::new(end + 1))
        {
            content.push(TokenSpan::new(end + 1, sentence.end as usize));
        }
        content
    } else {
        match document.head(head).filter(|&host| !whole.holds(host)) {
            Some(host) => clause_around(reading, host, whole),
            None => vec![sentence],
        }
    };
    Some(Candidate {
        cue_head: token,
        cue: vec![TokenSpan::new(token.index(), next)],
        source: Some(Source { pieces: vec![piece], head }),
        content,
        speaks: true,
    })
}

/// Longer sources than this end at their first comma.
const MAX_SOURCE: usize = 30;

fn is_comma(reading: &Reading, at: usize) -> bool {
    reading.document.form(TokenIdx::new(at)) == ","
}

/// The clause that a phrase stands in, the phrase left out: up from a noun to its verb.
pub(crate) fn clause_around(reading: &Reading, host: TokenIdx, phrase: TokenSpan) -> Vec<TokenSpan> {
    let document = reading.document;
    let mut clause = host;
    for _ in 0..8 {
        let nominal = matches!(
            document.deprel(clause),
            Deprel::Nmod
                | Deprel::Obj
                | Deprel::Obl
                | Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::Xcomp
                | Deprel::Conj
                | Deprel::Appos
                | Deprel::Compound
                | Deprel::Advmod
                | Deprel::Iobj
                | Deprel::OblUnmarked
                | Deprel::NmodUnmarked
                | Deprel::Amod
                | Deprel::Advcl
                | Deprel::Acl
                | Deprel::Nummod
                | Deprel::OblAgent
        );
        match document.head(clause) {
            Some(head) if nominal => clause = head,
            _ => break,
        }
    }
    let span = reading.subtree(clause);
    let mut content = Vec::with_capacity(2);
    if span.start < phrase.start {
        content.push(TokenSpan { start: span.start, end: phrase.start });
    }
    if phrase.end < span.end {
        // After a phrase that closes the clause only afterthoughts follow.
        if content.is_empty()
            || reading.subtree(clause).end as usize - phrase.end as usize > 1
                && clause.index() >= phrase.end as usize
        {
            content.push(TokenSpan { start: phrase.end, end: span.end });
        }
    }
    content
}

fn around_source(reading: &Reading, lexicon: &Lexicon, token: TokenIdx) -> Option<Candidate> {
    let document = reading.document;
    let head = document.head(token).filter(|&head| head > token && document.deprel(token) == Deprel::Case)?;
    let (preposition, noun) = (document.lower(token), document.lower(head));
    if !lexicon.around_source.iter().any(|(first, last)| first == preposition && last == noun) {
        return None;
    }
    let owner = reading.child(head, &[Deprel::NmodPoss])?;
    let source = reading.noun_phrase(owner, head)?;
    let phrase = TokenSpan::new(token.index(), head.index() + 1);
    let host = document.head(head).filter(|&host| !phrase.holds(host))?;
    Some(Candidate {
        cue_head: head,
        cue: vec![TokenSpan::single(token), TokenSpan::single(head)],
        source: Some(source),
        content: clause_around(reading, host, phrase),
        speaks: false,
    })
}

/// `In the latest survey, …`, `… in a poll by the radio`.
fn within_source(reading: &Reading, lexicon: &Lexicon, token: TokenIdx) -> Option<Candidate> {
    let document = reading.document;
    let head = document.head(token).filter(|&head| head > token && document.deprel(token) == Deprel::Case)?;
    let preposition = document.lower(token);
    let known =
        |noun: &str| lexicon.within_source.iter().any(|(first, last)| first == preposition && last == noun);
    if !known(document.lower(head)) {
        return None;
    }
    let source = reading.noun_phrase(head, token)?;
    let sentence = reading.sentence(token);
    let phrase = TokenSpan { start: token.index() as u32, end: source.pieces[0].end };
    let host = document.head(head).filter(|&host| !phrase.holds(host))?;
    let content = if phrase.start <= sentence.start + 1 {
        vec![TokenSpan { start: phrase.end, end: sentence.end }]
    } else {
        clause_around(reading, host, phrase)
    };
    Some(Candidate {
        cue_head: token,
        cue: vec![TokenSpan::single(token)],
        source: Some(source),
        content,
        speaks: false,
    })
}

fn without_source(reading: &Reading, lexicon: &Lexicon, token: TokenIdx) -> Option<Candidate> {
    let document = reading.document;
    if document.upos(token) != Upos::Adv || !lexicon.is_sourceless(document.lower(token)) {
        return None;
    }
    let host = document.head(token)?;
    Some(Candidate {
        cue_head: token,
        cue: vec![TokenSpan::single(token)],
        source: None,
        content: vec![reading.subtree(host)],
        speaks: false,
    })
}
