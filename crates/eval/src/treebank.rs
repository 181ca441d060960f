//! A CoNLL-U file as one run of characters without white space, so that other tokens of the same text align.
//!
//! Every word knows its characters. A multi-word token (`14-15`) hands its characters out to its words where
//! they spell it; where they do not, each word is known by the token's characters and its number in it.

use crate::EvalError;
use crate::words::is_space;
use std::path::Path;

/// Where a word stands: first character, one past the last, and its number inside a token that it shares.
pub(crate) type WordSpan = (u32, u32, Option<u32>);

/// The columns of a CoNLL-U line that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns<'t> {
    pub(crate) lemma: &'t str,
    pub(crate) upos: &'t str,
    pub(crate) xpos: &'t str,
    pub(crate) feats: &'t str,
    pub(crate) deprel: &'t str,
}

/// A syntactic word.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t> {
    pub(crate) span: WordSpan,
    pub(crate) columns: Columns<'t>,
    /// The span of the word it depends on; nothing at a root.
    pub(crate) head: Option<WordSpan>,
}

/// A treebank, aligned by characters.
#[derive(Debug, Default)]
pub(crate) struct Treebank<'t> {
    pub(crate) characters: String,
    n_characters: u32,
    /// Tokens as written, multi-word ones whole.
    pub(crate) tokens: Vec<(u32, u32)>,
    pub(crate) words: Vec<Word<'t>>,
    pub(crate) sentences: Vec<(u32, u32)>,
}

/// The items of two files with the same lines of text, side by side: documents where both have several, else sentences;
/// none where the two have not as many.
pub(crate) fn side_by_side<'t>(gold: &'t str, predicted: &'t str) -> Vec<(&'t str, &'t str)> {
    let n_documents = |text: &str| text.lines().filter(|line| line.starts_with("# newdoc")).count();
    let split: fn(&str) -> Vec<&str> = match n_documents(gold).min(n_documents(predicted)) {
        0 | 1 => sentences,
        _ => documents,
    };
    let (gold, predicted) = (split(gold), split(predicted));
    if gold.len() == predicted.len() { gold.into_iter().zip(predicted).collect() } else { Vec::new() }
}

fn documents(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = text
        .match_indices("# newdoc")
        .map(|(at, _)| at)
        .filter(|&at| at == 0 || text[..at].ends_with('\n'))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| &text[start..end]).collect()
}

fn sentences(text: &str) -> Vec<&str> {
    text.split("\n\n")
        .filter(|block| block.lines().any(|line| !line.starts_with('#') && !line.trim().is_empty()))
        .collect()
}

/// A line that is no comment, split at its tabs.
struct Row<'t> {
    id: &'t str,
    form: &'t str,
    head: &'t str,
    columns: Columns<'t>,
}

impl<'t> Treebank<'t> {
    /// Reads CoNLL-U; `path` is for messages.
    pub(crate) fn read(text: &'t str, path: &Path) -> Result<Treebank<'t>, EvalError> {
        let mut treebank = Treebank::default();
        let mut rows: Vec<Row> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') {
                continue;
            }
            if line.trim().is_empty() {
                treebank.add_sentence(&std::mem::take(&mut rows));
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let &[id, form, lemma, upos, xpos, feats, head, deprel, _, _] = columns.as_slice() else {
                let message = format!("{} columns; CoNLL-U has ten, parted by tabs", columns.len());
                return Err(EvalError::line(path, number + 1, message));
            };
            rows.push(Row { id, form, head, columns: Columns { lemma, upos, xpos, feats, deprel } });
        }
        treebank.add_sentence(&rows);
        Ok(treebank)
    }

    fn add_sentence(&mut self, rows: &[Row<'t>]) {
        if rows.is_empty() {
            return;
        }
        let start = self.n_characters;
        let mut words: Vec<(WordSpan, &Row<'t>)> = Vec::new();
        let mut inside = 0;
        for (position, row) in rows.iter().enumerate() {
            // `8.1` is an empty node of the enhanced graph.
            if row.id.contains('.') {
                continue;
            }
            if let Some((first, last)) = row.id.split_once('-') {
                let n_parts = match (first.parse::<usize>(), last.parse::<usize>()) {
                    (Ok(first), Ok(last)) => (last + 1).saturating_sub(first),
                    _ => 0,
                };
                let parts: Vec<&Row> =
                    rows[position + 1..].iter().filter(|row| is_number(row.id)).take(n_parts).collect();
                let token = self.append(row.form);
                self.tokens.push(token);
                inside = parts.len();
                words.extend(split(token, row.form, &parts));
            } else if inside > 0 {
                inside -= 1;
            } else {
                let (start, end) = self.append(row.form);
                self.tokens.push((start, end));
                words.push(((start, end, None), row));
            }
        }
        for (span, row) in &words {
            let head = row.head.parse::<usize>().unwrap_or(0);
            let head = head.checked_sub(1).and_then(|head| words.get(head)).map(|(span, _)| *span);
            self.words.push(Word { span: *span, columns: row.columns, head });
        }
        self.sentences.push((start, self.n_characters));
    }

    fn append(&mut self, form: &str) -> (u32, u32) {
        let start = self.n_characters;
        for c in form.chars().filter(|&c| !is_space(c)) {
            self.characters.push(c);
            self.n_characters += 1;
        }
        (start, self.n_characters)
    }
}

fn is_number(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a multi-word token, each at its own characters where they spell it.
fn split<'r, 't>(token: (u32, u32), form: &str, parts: &[&'r Row<'t>]) -> Vec<(WordSpan, &'r Row<'t>)> {
    let spelled: String = parts.iter().map(|part| part.form).collect();
    if spelled != form {
        return (0..).zip(parts).map(|(number, part)| ((token.0, token.1, Some(number)), *part)).collect();
    }
    let mut start = token.0;
    parts
        .iter()
        .map(|part| {
            let end = start + part.form.chars().count() as u32;
            let span = (start, end, None);
            start = end;
            (span, *part)
        })
        .collect()
}

/// The first place where two texts differ, as an error.
pub(crate) fn same_characters(gold: &str, predicted: &str) -> Result<(), EvalError> {
    if gold == predicted {
        return Ok(());
    }
    let at = gold.chars().zip(predicted.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(at).take(30).collect::<String>();
    Err(EvalError::TextsDiffer { at, gold: around(gold), predicted: around(predicted) })
}
