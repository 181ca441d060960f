//! What counts as a word and as white space when texts are compared.
//!
//! The published scorers are Python programs, so their classes are kept to the letter: `\w` is a letter, a
//! number or `_`, but no combining mark; white space includes the four separators U+001C to U+001F.

use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Python's `\w`.
pub(crate) fn is_word_char(c: char) -> bool {
    // Rust's alphabetic characters also hold marks (Devanagari vowels) and circled letters.
    c == '_' || (c.is_alphanumeric() && !is_combining_mark(c) && !is_circled_letter(c))
}

fn is_circled_letter(c: char) -> bool {
    matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}' | '\u{1F150}'..='\u{1F169}' | '\u{1F170}'..='\u{1F189}')
}

/// Python's `str.isspace`.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// The runs of word characters of a text (`\w+`).
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word_char(c)).filter(|word| !word.is_empty())
}

/// Words, and every other visible character by itself (`\w+|[^\w\s]`), as ranges of code points.
pub(crate) fn token_ranges(text: &str) -> Vec<Range<u32>> {
    let mut tokens: Vec<Range<u32>> = Vec::new();
    let mut in_word = false;
    for (position, c) in text.chars().enumerate() {
        let position = position as u32;
        if is_word_char(c) {
            match tokens.last_mut().filter(|_| in_word) {
                Some(word) => word.end = position + 1,
                None => tokens.push(position..position + 1),
            }
            in_word = true;
        } else {
            in_word = false;
            if !is_space(c) {
                tokens.push(position..position + 1);
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_python_finds_them() {
        for (text, expected) in [
            ("don't stop_now", vec!["don", "t", "stop_now"]),
            ("Köln: 3½ km²", vec!["Köln", "3½", "km²"]),
            // The vowel signs are marks, so the word breaks at each of them.
            ("हिंदी", vec!["ह", "द"]),
            ("Ⓐ x", vec!["x"]),
        ] {
            assert_eq!(words(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn tokens_are_words_or_single_marks() {
        let tokens = token_ranges("“No,” é said\u{1c}5.");
        assert_eq!(tokens, [0..1, 1..3, 3..4, 4..5, 6..7, 8..12, 13..14, 14..15]);
    }
}
