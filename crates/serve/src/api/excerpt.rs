//! Where a report has the words that were looked for.
//!
//! In:  a report and words as typed.
//! Out: the first place of its article, else of its text, that has one of them, as a quote of one or two lines.
//!
//! Not done: accents. Words that the index finds without them may have no quote.

use dateline_record::ReportDetail;
use dateline_text::{ByteSpan, CodePoints};
use serde_json::{Value, json};

/// Bytes of a quote before the word, and after its beginning.
const BEFORE: usize = 120;
const AFTER: usize = 200;

/// The first of the words in a report.
pub(super) fn first_quote(report: &ReportDetail, typed: &str) -> Option<Value> {
    let wanted = wanted(typed);
    let whole = ByteSpan { start: 0, end: u32::try_from(report.text.len()).ok()? };
    let parts = report.layout.paragraphs.iter().copied().chain([whole]);
    let span = parts.into_iter().find_map(|part| find(&report.text, part, &wanted))?;
    let chars = CodePoints::new(&report.text).to_chars(span);
    let text = span.slice(&report.text)?;
    Some(
        json!({"report": format!("r{}", report.row.id), "start": chars.start, "end": chars.end, "text": text}),
    )
}

/// The words that have to be there, in lower case.
fn wanted(typed: &str) -> Vec<String> {
    let words = typed.split_whitespace().filter(|word| !word.starts_with('-'));
    let words = words.flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn find(text: &str, part: ByteSpan, wanted: &[String]) -> Option<ByteSpan> {
    let words = part.slice(text)?;
    let mut before = ' ';
    let at = words.char_indices().find(|&(at, c)| {
        let begins = c.is_alphanumeric() && !before.is_alphanumeric();
        before = c;
        begins && wanted.iter().any(|word| begins_with(&words[at..], word))
    })?;
    let at = at.0;
    // To the beginning of the sentence or of a word, and not over a line.
    let head = &words[floor(words, at.saturating_sub(BEFORE))..at];
    let start = match head.rfind(['.', '!', '?', '\n', '”', '"']) {
        Some(end) => {
            let rest = &head[end..];
            let sign = rest.chars().next().map_or(0, char::len_utf8);
            at - rest.len() + sign
        }
        None if head.len() < at => at - head.len() + head.find(' ').map_or(0, |space| space + 1),
        None => 0,
    };
    let start = start + words[start..at].len() - words[start..at].trim_start().len();
    let tail = &words[at..floor(words, (at + AFTER).min(words.len()))];
    let end = match tail.find(['.', '!', '?', '\n']) {
        Some(end) if tail.as_bytes()[end] == b'\n' => end,
        Some(end) => end + 1,
        None if at + tail.len() < words.len() => tail.rfind(' ').unwrap_or(tail.len()),
        None => tail.len(),
    };
    let from = part.start as usize;
    let span = |at: usize| u32::try_from(from + at).ok();
    Some(ByteSpan { start: span(start)?, end: span(at + end)? })
}

fn begins_with(words: &str, wanted: &str) -> bool {
    let mut chars = words.chars().flat_map(char::to_lowercase);
    wanted.chars().all(|c| chars.next() == Some(c))
}

/// The last character boundary up to here.
fn floor(words: &str, mut at: usize) -> usize {
    while !words.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_with_the_word_is_quoted() {
        let long = format!("{} minister spoke {}", "é".repeat(200), "wörter ".repeat(60));
        for (text, typed, expected) in [
            ("One. Two ministers met. Three.", "minister", Some("Two ministers met.")),
            ("The administration met.", "minister", None),
            ("Ends here", "here", Some("Ends here")),
            ("First line\nÜber das Land hinaus\nlast", "\"das land\" -first", Some("Über das Land hinaus")),
            ("", "x", None),
            ("anything", "-anything", None),
        ] {
            let part = ByteSpan { start: 0, end: text.len() as u32 };
            let found = find(text, part, &wanted(typed)).and_then(|span| span.slice(text));
            assert_eq!(found, expected, "{text:?} {typed}");
        }
        let part = ByteSpan { start: 0, end: long.len() as u32 };
        let found = find(&long, part, &wanted("minister")).and_then(|span| span.slice(&long));
        assert!(
            found.is_some_and(|words| words.starts_with("minister spoke wörter") && words.len() <= AFTER),
            "{found:?}"
        );
    }
}
