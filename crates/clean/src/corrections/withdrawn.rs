//! What a note says was wrong.
//!
//! ```text
//! nine, not 12      12 instead of nine      given as 12      to nine from 12      said 12 people had died
//! ```

use super::phrases::{is_fault, is_said};
use crate::words::Word;

/// Words of what was wrong after `not`.
const MAX_WORDS: usize = 6;

/// The words of a sentence of a note that give what was wrong, from byte to byte of its block.
pub(super) fn withdrawn(block: &str, words: &[Word]) -> Vec<(usize, usize)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let corrects = words.iter().any(|word| word.text.starts_with("correct"));
    let mut found = Vec::new();
    for at in 1..words.len() {
        let from = match text(at) {
            "not" if before_is_mark(block, words, at) || text(at - 1) == "and" => at + 1,
            "of" if text(at - 1) == "instead" => at + 1,
            "than" if text(at - 1) == "rather" => at + 1,
            "from" if corrects => at + 1,
            _ => continue,
        };
        let most = words.len().min(from + MAX_WORDS);
        let end = (from..most).find(|&at| ends_clause(block, words, at)).map_or(most, |at| at + 1);
        found.extend(cover(words, from, end));
    }
    if !found.is_empty() {
        return found;
    }
    let fault = words.iter().position(|word| is_fault(&word.text));
    let said = words.iter().position(|word| is_said(&word.text) && !word.is_quoted);
    let Some(told) = fault.into_iter().chain(said).max() else { return found };
    let end = (told + 1..words.len())
        .find(|&at| at > told + 1 && (is_turn(text(at)) || text(at) == "in" && text(at + 1) == "an"))
        .unwrap_or(words.len());
    // A name that is spelt wrongly is given in its right form.
    let gives_wrong = !text(told).starts_with("misspel") && !text(told).starts_with("misidentif");
    match (told + 1..end).rfind(|&at| text(at) == "as") {
        Some(at) => found.extend(cover(words, at + 1, end)),
        None if gives_wrong && !speaks_of_itself(words) => found.extend(cover(words, told + 1, end)),
        None => {}
    }
    found
}

fn cover(words: &[Word], from: usize, end: usize) -> Option<(usize, usize)> {
    (from < end).then(|| (words[from].start, words[end - 1].end))
}

/// Whether a note tells of the error and not of the text: `this article was amended`.
fn speaks_of_itself(words: &[Word]) -> bool {
    words.iter().any(|word| {
        matches!(word.text.as_str(), "corrected" | "corrects" | "amended" | "clarified" | "updated")
    })
}

/// Words after which the right version is told.
fn is_turn(word: &str) -> bool {
    matches!(word, "when" | "but" | "while" | "whereas" | "however")
}

fn before_is_mark(block: &str, words: &[Word], at: usize) -> bool {
    block[words[at - 1].end..words[at].start].contains([',', '(', '—', '–', ';'])
}

/// Whether a clause ends after a word: at a mark that does not stand inside a number, or before a word that joins.
fn ends_clause(block: &str, words: &[Word], at: usize) -> bool {
    let Some(next) = words.get(at + 1) else { return true };
    let between = &block[words[at].end..next.start];
    let is_in_number = words[at].is_number && next.is_number && between.len() == 1 && !between.contains(' ');
    !is_in_number && between.contains([',', '.', ';', ':', ')', '—', '–'])
        || matches!(next.text.as_str(), "as" | "which" | "who" | "because" | "but" | "and" | "to")
        || next.text == "in" && at > 0 && words[at].is_number
}
