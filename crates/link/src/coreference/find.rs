//! Finds words that tell events, where nobody has marked them: verbs, and nouns made from verbs.

use crate::synonyms::is_event_noun;
use dateline_text::{ByteSpan, Document, TokenIdx, Upos};

/// The words of a document that tell events, in text order: each full verb, and each noun whose kind of
/// happening is known.
pub fn find_mentions(document: &Document) -> Vec<ByteSpan> {
    let tokens = (0..document.tokens().len()).map(TokenIdx::new);
    let tells = |&token: &TokenIdx| match document.upos(token) {
        Upos::Verb => true,
        Upos::Noun => is_event_noun(document.lemma(token)),
        _ => false,
    };
    tokens.filter(tells).map(|token| document.token(token).span).collect()
}
