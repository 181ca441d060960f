//! What must hold for any document, however wrong its trees.

use dateline_attribute::attribute;
use dateline_resolve::Resolution;
use dateline_text::{ByteSpan, Deprel, Document, DocumentBuilder, Token, TokenIdx, Upos, Xpos};
use proptest::prelude::*;
use std::sync::Arc;

/// Words that the rules look at, marks of quotation, and some that they do not know.
const WORDS: [&str; 40] = [
    "said",
    "says",
    "told",
    "that",
    "to",
    "who",
    "which",
    "what",
    "by",
    "according",
    "of",
    "for",
    "as",
    "claim",
    "called",
    "seems",
    "reportedly",
    "the",
    "mayor",
    "Amara",
    "it",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "''",
    "«",
    "»",
    ",",
    ".",
    ":",
    "?",
    "—",
    "взрыв",
    "首都",
    "🌊",
    "wants",
    "confident",
];

/// A document of random words with random tags and random trees, in sentences and paragraphs of random length.
fn documents() -> impl Strategy<Value = Document> {
    let word = (
        0..WORDS.len(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0u8..12,
    );
    prop::collection::vec((word, any::<bool>()), 0..120).prop_map(|words| {
        let mut text = String::new();
        let spans: Vec<ByteSpan> = words
            .iter()
            .map(|((word, ..), spaced)| {
                if *spaced && !text.is_empty() {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(WORDS[*word]);
                ByteSpan::new(start, text.len())
            })
            .collect();
        let mut builder = DocumentBuilder::new(Arc::from(text.as_str()));
        let whole = ByteSpan::new(0, text.len());
        builder.start_paragraph(whole);
        let mut first = 0;
        for last in 0..words.len() {
            let breaks = words[last].0.4;
            if breaks > 1 && last + 1 < words.len() {
                continue;
            }
            let root = builder.n_tokens();
            let tokens: Vec<Token> = (first..=last)
                .map(|number| {
                    let ((word, upos, xpos, deprel, _), _) = &words[number];
                    let lower = builder.intern(&WORDS[*word].to_lowercase());
                    let lemma = match WORDS[*word] {
                        "said" | "says" => "say",
                        "told" => "tell",
                        "called" => "call",
                        "seems" => "seem",
                        "wants" => "want",
                        other => other,
                    };
                    let lemma = builder.intern(lemma);
                    let feats = builder.intern("_");
                    // A tree: each word hangs on an earlier one of its sentence, or from the last backwards.
                    let (offset, n) = (number - first, last - first + 1);
                    let backwards = words[first].1;
                    let head = (offset > 0).then(|| {
                        let above = upos.index(offset);
                        if backwards { root + n - 1 - above } else { root + above }
                    });
                    let _ = (xpos, deprel);
                    Token {
                        span: spans[number],
                        lower,
                        lemma,
                        upos: *upos.get(Upos::ALL),
                        xpos: *xpos.get(Xpos::ALL),
                        feats,
                        head: head.map(TokenIdx::new),
                        deprel: *deprel.get(Deprel::ALL),
                        joined: false,
                    }
                })
                .collect();
            let tokens = if words[first].1 { turned(tokens, root) } else { tokens };
            builder.add_sentence(tokens);
            if breaks == 0 {
                builder.start_paragraph(whole);
            }
            first = last + 1;
        }
        builder.finish()
    })
}

/// The tree turned round: the root comes last. Spans stay in text order.
fn turned(tokens: Vec<Token>, root: usize) -> Vec<Token> {
    let n = tokens.len();
    let spans: Vec<ByteSpan> = tokens.iter().map(|token| token.span).collect();
    let mut turned: Vec<Token> = tokens.into_iter().rev().collect();
    for (token, span) in turned.iter_mut().zip(spans) {
        token.span = span;
        debug_assert!(token.head.is_none_or(|head| (root..root + n).contains(&head.index())));
    }
    turned
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn spans_are_in_range_and_ordered(document in documents()) {
        let n = document.tokens().len() as u32;
        let statements = attribute(&document, &Resolution::default());
        let mut before = 0;
        for (_, statement) in statements.iter() {
            prop_assert!(!statement.content.is_empty());
            for pieces in [&statement.source, &statement.cue, &statement.content] {
                prop_assert!(pieces.iter().all(|piece| piece.start < piece.end && piece.end <= n));
            }
            prop_assert!(statement.content.windows(2).all(|pair| pair[0].end < pair[1].start));
            // Nothing is both said and the saying.
            for content in &statement.content {
                prop_assert!(statement.cue.iter().all(|cue| !cue.overlaps(*content)));
            }
            let pieces = statement.source.iter().chain(&statement.cue).chain(&statement.content);
            let start = pieces.map(|piece| piece.start).min().unwrap_or(0);
            prop_assert!(start >= before, "statements are in text order");
            before = start;
        }
    }
}

/// One sentence of 40,000 verbs of saying, each under the one before, or all under the first: done in linear time, or
/// this test would take minutes.
#[test]
fn long_sentences_cost_no_square() {
    for chained in [true, false] {
        let n = 40_000;
        let text = "said ".repeat(n);
        let mut builder = DocumentBuilder::new(Arc::from(text.as_str()));
        builder.start_paragraph(ByteSpan::new(0, text.len()));
        let (lower, lemma, feats) = (builder.intern("said"), builder.intern("say"), builder.intern("_"));
        let tokens: Vec<Token> = (0..n)
            .map(|number| Token {
                span: ByteSpan::new(number * 5, number * 5 + 4),
                lower,
                lemma,
                upos: Upos::Verb,
                xpos: Xpos::Vbd,
                feats,
                head: (number > 0).then(|| TokenIdx::new(if chained { number - 1 } else { 0 })),
                deprel: if number > 0 { Deprel::Ccomp } else { Deprel::Root },
                joined: false,
            })
            .collect();
        builder.add_sentence(tokens);
        let statements = attribute(&builder.finish(), &Resolution::default());
        assert_eq!(statements.n_values(), 1, "the outermost holds all others");
    }
}
