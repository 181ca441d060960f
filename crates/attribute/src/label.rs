//! A name and a colon: `Poll: most oppose the dam`, `MAYOR OKORO: We stay.`

use crate::candidate::Candidate;
use crate::reading::{Reading, Source};
use crate::verbs::is_document;
use dateline_text::{TokenSpan, Upos};

/// A label before a colon is no longer than this.
const MAX_LABEL: usize = 8;

/// The attribution that a paragraph makes by the label it opens with: the rest of the paragraph is the content.
pub(crate) fn read_label(reading: &Reading, paragraph: TokenSpan) -> Option<Candidate> {
    let document = reading.document;
    let colon = paragraph.iter().take(MAX_LABEL + 1).find(|&token| document.form(token) == ":")?;
    let label = TokenSpan { start: paragraph.start, end: colon.index() as u32 };
    let content = TokenSpan::new(colon.index() + 1, paragraph.end as usize);
    if label.n_tokens() == 0 || content.n_tokens() < 3 {
        return None;
    }
    if label.iter().any(|token| {
        matches!(document.upos(token), Upos::Verb | Upos::Aux) || reading.quote_at(token).is_some()
    }) {
        return None;
    }
    let head = label.last();
    let named =
        document.name_at(head).is_some() || label.iter().any(|token| document.name_at(token).is_some());
    let shouted = document.form(label.first()).chars().all(|c| c.is_uppercase() || c == '.')
        && label.iter().all(|token| !document.form(token).contains(char::is_lowercase));
    let survey = is_document(document.lemma(head));
    let speaks = survey || (named && label.n_tokens() <= 5) || (shouted && label.n_tokens() <= 3 && named);
    if !speaks {
        return None;
    }
    Some(Candidate {
        cue_head: colon,
        cue: vec![TokenSpan::single(colon)],
        source: Some(Source { pieces: vec![label], head }),
        content: vec![content],
        speaks: true,
    })
}

/// The tokens of each paragraph, in text order.
pub(crate) fn paragraphs(reading: &Reading) -> Vec<TokenSpan> {
    let mut spans: Vec<(u32, TokenSpan)> = Vec::new();
    for sentence in reading.document.sentences() {
        match spans.last_mut() {
            Some((paragraph, span)) if *paragraph == sentence.paragraph => span.end = sentence.tokens.end,
            _ => spans.push((sentence.paragraph, sentence.tokens)),
        }
    }
    spans.into_iter().map(|(_, span)| span).collect()
}

/// The candidate of each paragraph that has a label.
pub(crate) fn read_labels(reading: &Reading) -> Vec<Candidate> {
    paragraphs(reading).into_iter().filter_map(|paragraph| read_label(reading, paragraph)).collect()
}
