//! Tables of fixed phrases, looked up in running text whatever the tokenizer did to them.
//!
//! A phrase is folded (lower case, no diacritics, no dots, everything that is no letter or digit a space), so
//! `Guinea-Bissau`, `Guinea - Bissau` and `guinea bissau` are one key. Case is judged apart, on the words as
//! they stand in the text: `us` is no country.

use dateline_text::{Document, TokenIdx, TokenSpan};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Appends the folded form of `text` to `folded`; words are parted by one space.
pub(crate) fn fold_into(text: &str, folded: &mut String) {
    let start = folded.len();
    let mut gap = false;
    let mut push = |c: char| {
        if c == '.' || c == '’' && folded.len() == start {
            return;
        }
        if c.is_alphanumeric() {
            if gap && folded.len() > start {
                folded.push(' ');
            }
            gap = false;
            fold_char(c, folded);
        } else if !is_mark(c) {
            gap = true;
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push);
    } else {
        text.nfd().for_each(&mut push);
    }
}

/// The folded form of `text`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// The form under which the gazetteer keeps a name: lower case, no diacritics, one space between words.
pub fn fold_name(name: &str) -> String {
    fold(name)
}

/// One letter in lower case; letters that no decomposition reaches are spelt out.
fn fold_char(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ı' | 'İ' => folded.push('i'),
        'ə' | 'Ə' => folded.push('a'),
        'ß' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'þ' | 'Þ' => folded.push_str("th"),
        'ħ' | 'Ħ' => folded.push('h'),
        // Letters that stand for a glottal stop in transliterations.
        'ʼ' | 'ʻ' | 'ʽ' | 'ʾ' | 'ʿ' => {}
        _ => folded.extend(c.to_lowercase()),
    }
}

/// Combining diacritics, which folding drops.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Words that stay in lower case inside a name.
const SMALL_WORDS: &[&str] = &[
    "of", "and", "the", "de", "da", "do", "del", "la", "le", "el", "al", "d", "l", "in", "on", "for", "to",
    "a", "e", "y", "et", "s", "und", "van", "der", "den", "di", "du", "des", "as", "ash", "an", "es", "bin",
    "ibn", "with", "at", "against", "au", "aux", "sur", "dos", "das", "ni", "i", "or", "from", "by",
];

/// Whether a word stays in lower case inside a name.
pub(crate) fn is_small_word(word: &str) -> bool {
    SMALL_WORDS.contains(&word)
}

/// Whether every word that carries a name begins with a capital or a digit. What follows a hyphen may be small
/// (`Punggye-ri`), except after an article (`al-Tanf`).
pub(crate) fn is_capitalised(text: &str) -> bool {
    let mut any = false;
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c) && c != '-') {
        let mut parts = word.split('-').filter(|part| !part.is_empty());
        let Some(named) = parts.find(|part| !SMALL_WORDS.contains(part)) else { continue };
        if named.starts_with(char::is_lowercase) {
            return false;
        }
        any = true;
    }
    any
}

/// Whether every letter is a capital, and there is one.
pub(crate) fn is_all_capitals(text: &str) -> bool {
    let mut any = false;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        any |= c.is_uppercase();
    }
    any
}

/// Phrases and what they stand for.
#[derive(Clone, Debug)]
pub(crate) struct PhraseTable<V> {
    values: FxHashMap<Box<str>, Vec<V>>,
    /// For the first word of each phrase, how many words the longest such phrase has.
    longest_from: FxHashMap<Box<str>, u8>,
}

impl<V> Default for PhraseTable<V> {
    fn default() -> Self {
        PhraseTable { values: FxHashMap::default(), longest_from: FxHashMap::default() }
    }
}

impl<V> PhraseTable<V> {
    /// Adds a phrase; one that is there already gets a further value, after those before it.
    pub(crate) fn insert(&mut self, phrase: &str, value: V) {
        if let Some(values) = self.values_of(phrase) {
            values.push(value);
        }
    }

    /// Adds a phrase; where it is there already, this value comes before the others.
    pub(crate) fn insert_first(&mut self, phrase: &str, value: V) {
        if let Some(values) = self.values_of(phrase) {
            values.insert(0, value);
        }
    }

    /// The values of a phrase, which is added where it is new; nothing for one without a word.
    fn values_of(&mut self, phrase: &str) -> Option<&mut Vec<V>> {
        let key = fold(phrase);
        let first = key.split(' ').next().filter(|first| !first.is_empty())?;
        let n_words = key.split(' ').count().min(u8::MAX as usize) as u8;
        match self.longest_from.get_mut(first) {
            Some(longest) => *longest = n_words.max(*longest),
            None => {
                self.longest_from.insert(first.into(), n_words);
            }
        }
        Some(self.values.entry(key.into_boxed_str()).or_default())
    }

    /// What a phrase stands for, the first value first; nothing where it is unknown.
    pub(crate) fn find(&self, phrase: &str) -> &[V] {
        self.values.get(fold(phrase).as_str()).map_or(&[], Vec::as_slice)
    }

    /// Every phrase's values, in no fixed order, to be put in order once after reading.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Vec<V>> {
        self.values.values_mut()
    }

    /// The longest phrase that begins at `token`, ends before `end` and has a value that `accepts` the words.
    pub(crate) fn longest_at(
        &self,
        document: &Document,
        token: TokenIdx,
        end: usize,
        folded: &mut String,
        mut accepts: impl FnMut(&str, &V) -> bool,
    ) -> Option<(TokenSpan, &V)> {
        folded.clear();
        fold_into(document.form(token), folded);
        let first = folded.split(' ').next().unwrap_or_default();
        let &n_words = self.longest_from.get(first)?;
        // A word may be several tokens (`Guinea`, `-`, `Bissau`), never more than two each.
        let furthest = (token.index() + 2 * n_words as usize + 1).min(end);
        for stop in (token.index() + 1..=furthest).rev() {
            let tokens = TokenSpan::new(token.index(), stop);
            let words = document.words(tokens);
            if !ends_in_word(document, tokens) {
                continue;
            }
            // A full stop that is a token of its own ends the sentence, not the phrase.
            if stop > token.index() + 1 && document.form(TokenIdx::new(stop - 1)) == "." {
                continue;
            }
            folded.clear();
            fold_into(words, folded);
            if let Some(values) = self.values.get(folded.as_str())
                && let Some(value) = values.iter().find(|value| accepts(words, value))
            {
                return Some((tokens, value));
            }
        }
        None
    }
}

/// Whether the last token is a word: a full stop that ends the sentence is no part of a name.
pub(crate) fn ends_in_word(document: &Document, tokens: TokenSpan) -> bool {
    let last = document.form(tokens.last());
    last.ends_with(|c: char| c.is_alphanumeric() || is_mark(c))
        || last.len() > 1 && last.ends_with('.') && last.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_spelling_away() {
        for (text, folded) in [
            ("U.S.", "us"),
            ("Guinea-Bissau", "guinea bissau"),
            ("Côte d’Ivoire", "cote d ivoire"),
            ("São Tomé", "sao tome"),
            ("Łódź", "lodz"),
            ("  Hạ Long – Bay ", "ha long bay"),
            ("ʿAmmān", "amman"),
            ("…", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn judges_case() {
        for (text, capitalised) in [
            ("Turkey", true),
            ("turkey", false),
            ("Isle of Man", true),
            ("isle of Man", false),
            ("of", false),
        ] {
            assert_eq!(is_capitalised(text), capitalised, "{text}");
        }
        assert!(is_all_capitals("U.S.") && !is_all_capitals("Us") && !is_all_capitals("12"));
    }
}
