//! From documents to CoNLL-U.

use dateline_text::{CodePoints, Document, TokenIdx};
use std::fmt::Write;

/// Writes a document as CoNLL-U: ten columns, with `Start=`, `End=` (code points of the text), `NER=` and
/// `SpaceAfter=No` in MISC, and a line such as `14-15` before words that are written as one.
pub fn write_conllu(document: &Document, id: &str, out: &mut String) {
    let text = document.text();
    let points = CodePoints::new(text);
    let id: String = id.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut names = document.names().iter().peekable();
    let mut paragraph = None;
    for sentence_idx in document.sentence_indices() {
        let sentence = document.sentence(sentence_idx);
        if paragraph.is_none() {
            push(out, format_args!("# newdoc id = {id}\n"));
        }
        if paragraph != Some(sentence.paragraph) {
            push(out, format_args!("# newpar\n"));
            paragraph = Some(sentence.paragraph);
        }
        push(out, format_args!("# sent_id = {id}-{}\n# text = ", sentence_idx.index() + 1));
        push_on_one_line(out, document.sentence_span(sentence_idx).of(text));
        out.push('\n');
        let base = sentence.tokens.start as usize;
        for idx in sentence.tokens.iter() {
            let token = document.token(idx);
            while names.peek().is_some_and(|name| name.tokens.end as usize <= idx.index()) {
                names.next();
            }
            if !token.joined {
                write_multiword(document, &points, idx, base, out);
            }
            let number = idx.index() - base + 1;
            push(out, format_args!("{number}\t"));
            push_on_one_line(out, document.form(idx));
            let head = token.head.map_or(0, |head| head.index() - base + 1);
            let chars = points.to_chars(token.span);
            push(
                out,
                format_args!(
                    "\t{}\t{}\t{}\t{}\t{head}\t{}\t_\tStart={}|End={}|NER=",
                    document.lemma(idx),
                    token.upos,
                    token.xpos,
                    document.feats(idx),
                    token.deprel,
                    chars.start,
                    chars.end,
                ),
            );
            match names.peek() {
                Some(name) if name.tokens.holds(idx) => {
                    let position = if name.tokens.first() == idx { 'B' } else { 'I' };
                    push(out, format_args!("{position}-{}", name.kind));
                }
                _ => out.push('O'),
            }
            let in_multiword = token.joined || next_is_joined(document, idx);
            if !in_multiword && no_space_after(document, idx) {
                out.push_str("|SpaceAfter=No");
            }
            out.push('\n');
        }
        out.push('\n');
    }
}

/// The line that joins this token with the `joined` ones after it, where there are any.
fn write_multiword(
    document: &Document,
    points: &CodePoints<'_>,
    first: TokenIdx,
    base: usize,
    out: &mut String,
) {
    let tokens = document.tokens();
    let n_joined = tokens[first.index() + 1..].iter().take_while(|token| token.joined).count();
    if n_joined == 0 {
        return;
    }
    let last = TokenIdx::new(first.index() + n_joined);
    let span = document.token(first).span.cover(document.token(last).span);
    let chars = points.to_chars(span);
    push(out, format_args!("{}-{}\t", first.index() - base + 1, last.index() - base + 1));
    push_on_one_line(out, span.of(document.text()));
    push(out, format_args!("\t_\t_\t_\t_\t_\t_\t_\tStart={}|End={}", chars.start, chars.end));
    if no_space_after(document, last) {
        out.push_str("|SpaceAfter=No");
    }
    out.push('\n');
}

fn next_is_joined(document: &Document, idx: TokenIdx) -> bool {
    document.tokens().get(idx.index() + 1).is_some_and(|next| next.joined)
}

/// Whether the next token, in this sentence or the next, follows at once.
fn no_space_after(document: &Document, idx: TokenIdx) -> bool {
    let token = document.token(idx);
    document.tokens().get(idx.index() + 1).is_some_and(|next| next.span.start == token.span.end)
}

/// Line breaks and tabs would break the format; each run of white space becomes one space.
fn push_on_one_line(out: &mut String, text: &str) {
    let mut spaced = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            if !spaced {
                out.push(' ');
            }
            spaced = true;
        } else {
            out.push(letter);
            spaced = false;
        }
    }
}

fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("invariant: writing to a string succeeds");
}
