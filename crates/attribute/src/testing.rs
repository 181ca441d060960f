//! Documents for the tests of this crate, without a parser.

use dateline_text::{ByteSpan, Deprel, Document, DocumentBuilder, Token, TokenIdx, Upos, Xpos};
use std::sync::Arc;

/// A document with words, sentences and paragraphs, but no syntax: every word hangs on the first of its sentence.
pub(crate) fn bare(text: &str) -> Document {
    let mut builder = DocumentBuilder::new(Arc::from(text));
    let mut at = 0;
    for paragraph in text.split("\n\n") {
        let start = at;
        at += paragraph.len() + 2;
        let words = words(text, start, start + paragraph.len());
        if words.is_empty() {
            continue;
        }
        builder.start_paragraph(ByteSpan::new(start, start + paragraph.len()));
        let mut first = 0;
        for (number, &word) in words.iter().enumerate() {
            let stops = matches!(word.of(text), "." | "!" | "?");
            let spaced = words.get(number + 1).is_none_or(|next| next.start > word.end);
            if (stops && spaced) || number + 1 == words.len() {
                add_sentence(&mut builder, text, &words[first..=number]);
                first = number + 1;
            }
        }
    }
    builder.finish()
}

fn add_sentence(builder: &mut DocumentBuilder, text: &str, words: &[ByteSpan]) {
    let root = builder.n_tokens();
    let blank = builder.intern("_");
    let tokens: Vec<Token> = words
        .iter()
        .enumerate()
        .map(|(number, &span)| {
            let form = span.of(text);
            let lower = builder.intern(&form.to_lowercase());
            let punctuation = !form.chars().any(char::is_alphanumeric);
            Token {
                span,
                lower,
                lemma: lower,
                upos: if punctuation { Upos::Punct } else { Upos::X },
                xpos: Xpos::None,
                feats: blank,
                head: (number > 0).then(|| TokenIdx::new(root)),
                deprel: if number > 0 { Deprel::Dep } else { Deprel::Root },
                joined: false,
            }
        })
        .collect();
    builder.add_sentence(tokens);
}

/// Runs of letters and digits with inner apostrophes, and single other characters; `''` stays together.
fn words(text: &str, from: usize, to: usize) -> Vec<ByteSpan> {
    let mut words: Vec<ByteSpan> = Vec::new();
    let chars: Vec<(usize, char)> = text[from..to].char_indices().map(|(i, c)| (from + i, c)).collect();
    let mut i = 0;
    while i < chars.len() {
        let (start, c) = chars[i];
        let mut j = i + 1;
        if c.is_alphanumeric() {
            let inner = |j: usize| {
                chars[j].1.is_alphanumeric()
                    || (matches!(chars[j].1, '\'' | '’')
                        && chars.get(j + 1).is_some_and(|next| next.1.is_alphanumeric()))
            };
            while j < chars.len() && inner(j) {
                j += 1;
            }
        } else if c == '\'' && chars.get(j).is_some_and(|next| next.1 == '\'') {
            j += 1;
        }
        if !c.is_whitespace() {
            words.push(ByteSpan::new(start, chars.get(j).map_or(to, |next| next.0)));
        }
        i = j;
    }
    words
}
