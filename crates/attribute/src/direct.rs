//! Direct speech: which cue a quotation belongs to, by where it stands.
//!
//! The tree of a sentence with a long quotation is often wrong, so the words around the marks decide: a verb of saying
//! right after (`“…,” said the mayor`), right before (`the mayor said: “…”`), or none, where the quotation goes on from
//! the one before.

use crate::lexicon::{Lexicon, Takes};
use crate::quotes::ends_like_speech;
use crate::reading::{Reading, Source};
use dateline_text::{Deprel, TokenIdx, TokenSpan, Upos};

/// Further than this from its quotation, a verb of saying has another content.
const MAX_TAIL: usize = 30;
/// Between a cue and the quotation that follows stand at most the hearer, the time and the place.
const MAX_GAP: usize = 14;

/// The cue that a quotation shows.
pub(crate) enum Carrier {
    /// A verb of saying beside it, with its source.
    Verb(TokenIdx, Option<Source>),
    /// No cue in its sentence: it goes on from what was said before.
    Before,
    /// Words in quotation marks that nobody is shown to say: a title, irony.
    Nothing,
}

/// Finds what carries a quotation.
pub(crate) fn carrier(reading: &Reading, lexicon: &Lexicon, number: usize) -> Carrier {
    let quote = reading.quotes[number].tokens;
    if let Some((verb, source)) = cue_after(reading, lexicon, quote) {
        return Carrier::Verb(verb, source);
    }
    if let Some(verb) = cue_before(reading, lexicon, quote) {
        return Carrier::Verb(verb, reading.source_of(verb).or_else(|| words_before(reading, verb)));
    }
    if reading.quotes[number].continues || stands_alone(reading, quote) {
        return Carrier::Before;
    }
    Carrier::Nothing
}

fn speaks(reading: &Reading, lexicon: &Lexicon, token: TokenIdx, takes: Takes) -> bool {
    let document = reading.document;
    document.upos(token) == Upos::Verb
        && lexicon.verb(document.lemma(token), document.lower(token)).is_some_and(|cue| cue.takes.any(takes))
}

/// `“…,” said the mayor`; `“…,” the mayor, who was there, said`.
fn cue_after(reading: &Reading, lexicon: &Lexicon, quote: TokenSpan) -> Option<(TokenIdx, Option<Source>)> {
    let document = reading.document;
    let last = quote.last();
    let sentence = reading.sentence(last);
    let mut start = quote.end as usize;
    let mut end = sentence.end as usize;
    if start >= end {
        // `“We stay!” he said.` may have been split after the mark.
        let next = document.sentence_of(last).index() + 1;
        let after = document.sentences().get(next)?;
        if after.paragraph as usize != document.paragraph_of(last) || after.tokens.n_tokens() > MAX_TAIL {
            return None;
        }
        let small = document.form(after.tokens.first()).starts_with(char::is_lowercase);
        let short = after.tokens.n_tokens() <= 8;
        if !small && !short {
            return None;
        }
        (start, end) = (after.tokens.start as usize, after.tokens.end as usize);
    }
    let comma_after = document.form(TokenIdx::new(start)) == ",";
    if !ends_like_speech(document, quote) && !comma_after {
        return None;
    }
    if comma_after {
        start += 1;
    }
    end = end.min(start + MAX_TAIL);
    // A relative clause between commas may stand between source and cue.
    let mut in_aside = false;
    for at in start..end {
        let token = TokenIdx::new(at);
        if reading.quote_at(token).is_some() {
            return None;
        }
        if speaks(reading, lexicon, token, Takes::QUOTE) && !in_aside && !is_relative(reading, token, start) {
            let source = reading
                .source_of(token)
                .filter(|source| source.head.index() >= start)
                .or_else(|| words_beside(reading, token, start, end));
            return Some((token, source));
        }
        match document.form(token) {
            "." | ";" | "!" | "?" => return None,
            "," => in_aside = !in_aside && aside_opens(reading, at + 1),
            _ => {
                if !in_aside && reading.is_finite(token) && !is_relative(reading, token, start) {
                    // A finite verb that says nothing: the quotation was no speech, or not here.
                    if document.upos(token) == Upos::Verb {
                        return None;
                    }
                }
            }
        }
    }
    None
}

fn aside_opens(reading: &Reading, at: usize) -> bool {
    at < reading.document.tokens().len()
        && matches!(
            reading.document.lower(TokenIdx::new(at)),
            "who" | "which" | "whose" | "where" | "when" | "whom"
        )
}

fn is_relative(reading: &Reading, verb: TokenIdx, from: usize) -> bool {
    matches!(reading.document.deprel(verb), Deprel::AclRelcl)
        && (from..verb.index())
            .any(|at| matches!(reading.document.lower(TokenIdx::new(at)), "who" | "which" | "that"))
}

/// The source in the words between a quotation and its cue, or after the cue where nothing stands between.
fn words_beside(reading: &Reading, verb: TokenIdx, start: usize, end: usize) -> Option<Source> {
    if verb.index() > start {
        return words_before_from(reading, verb, start);
    }
    let document = reading.document;
    let from = verb.index() + 1;
    let first = (from..end).map(TokenIdx::new).find(|&token| is_nominal(reading, token))?;
    let mut head = first;
    // The highest noun to the right that is not beyond a comma.
    for _ in 0..8 {
        match document.head(head) {
            Some(above) if above > verb && above.index() < end && is_nominal(reading, above) => head = above,
            _ => break,
        }
    }
    let stop = (from..end)
        .find(|&at| matches!(document.form(TokenIdx::new(at)), "." | ";" | ":"))
        .unwrap_or(end)
        .min((reading.subtree(head).end as usize).max(head.index() + 1));
    let piece = reading.trimmed(TokenSpan::new(from, stop.max(from)))?;
    Some(Source { pieces: vec![piece], head })
}

fn words_before(reading: &Reading, verb: TokenIdx) -> Option<Source> {
    if !matches!(
        reading.document.deprel(verb),
        Deprel::Root | Deprel::Parataxis | Deprel::Ccomp | Deprel::Dep
    ) {
        return None;
    }
    let floor = reading.sentence(verb).start as usize;
    words_before_from(reading, verb, floor)
}

/// The noun phrase that ends right before a verb and its auxiliaries.
fn words_before_from(reading: &Reading, verb: TokenIdx, floor: usize) -> Option<Source> {
    let document = reading.document;
    let cue = reading.cue_span(verb, verb);
    let mut at = cue.start as usize;
    while at > floor && !is_nominal(reading, TokenIdx::new(at - 1)) {
        at -= 1;
        if reading.quote_at(TokenIdx::new(at)).is_some() || verb.index() - at > MAX_GAP {
            return None;
        }
    }
    if at == floor {
        return None;
    }
    let mut head = TokenIdx::new(at - 1);
    for _ in 0..8 {
        match document.head(head) {
            Some(above) if above < verb && above.index() >= floor && is_nominal(reading, above) => {
                head = above
            }
            _ => break,
        }
    }
    let start = (reading.subtree(head).start as usize).max(floor);
    let piece = reading.trimmed(TokenSpan::new(start.min(at), at))?;
    Some(Source { pieces: vec![piece], head })
}

fn is_nominal(reading: &Reading, token: TokenIdx) -> bool {
    matches!(reading.document.upos(token), Upos::Noun | Upos::Propn | Upos::Pron)
}

/// `The mayor said: “…”`, `he told reporters on Monday, “…”`.
fn cue_before(reading: &Reading, lexicon: &Lexicon, quote: TokenSpan) -> Option<TokenIdx> {
    let document = reading.document;
    let first = quote.first();
    let floor = reading.sentence(first).start as usize;
    if floor == first.index() {
        return colon_before(reading, lexicon, first);
    }
    let mut at = first.index();
    let mut passed = 0;
    while at > floor && passed < MAX_GAP {
        at -= 1;
        passed += 1;
        let token = TokenIdx::new(at);
        if reading.quote_at(token).is_some() {
            return None;
        }
        if speaks(reading, lexicon, token, Takes::QUOTE.and(Takes::CLAUSE)) {
            let joined =
                matches!(document.form(TokenIdx::new(first.index() - 1)), "," | ":" | "—" | "–" | "-")
                    || at + 1 == first.index()
                    || document.lower(TokenIdx::new(first.index() - 1)) == "that";
            // Without a comma the quotation must be what the verb governs.
            return (joined && starts_like_speech(reading, quote)).then_some(token);
        }
        if document.upos(token) == Upos::Verb && reading.is_finite(token) {
            return None;
        }
    }
    None
}

/// A verb of saying at the end of the paragraph before, with a colon.
fn colon_before(reading: &Reading, lexicon: &Lexicon, first: TokenIdx) -> Option<TokenIdx> {
    let document = reading.document;
    let before = document.sentence_of(first).index().checked_sub(1)?;
    let sentence = document.sentences()[before].tokens;
    if document.form(sentence.last()) != ":" {
        return None;
    }
    sentence.iter().rev().take(MAX_TAIL).find(|&token| {
        reading.quote_at(token).is_none() && speaks(reading, lexicon, token, Takes::QUOTE.and(Takes::CLAUSE))
    })
}

/// Whether a quotation begins like a sentence, or is long enough to be one.
fn starts_like_speech(reading: &Reading, quote: TokenSpan) -> bool {
    let document = reading.document;
    let inner = quote.iter().nth(1).unwrap_or(quote.first());
    quote.n_tokens() > 4 || document.form(inner).starts_with(char::is_uppercase)
}

/// Whether a quotation begins its sentence and has words enough to be a sentence of its own.
fn stands_alone(reading: &Reading, quote: TokenSpan) -> bool {
    let sentence = reading.sentence(quote.first());
    sentence.first() == quote.first()
        && quote.n_tokens() >= 5
        && (quote.end >= reading.sentence(quote.last()).end || ends_like_speech(reading.document, quote))
}
