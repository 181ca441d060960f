//! Words of a text in a form that can be compared across reports.
//!
//! In:  a text and the spans of it that count.
//! Out: its [`Word`]s in text order, each with a number that is the same wherever the same word stands.
//!
//! Case, accents, punctuation and the commonest endings do not tell words apart. What stands inside quotation
//! marks is marked.

use dateline_text::ByteSpan;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::LazyLock;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The number of the word; see [`number`].
    pub number: u32,
    /// Where it stands.
    pub span: ByteSpan,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Whether it carries content, and not only structure.
    pub content: bool,
    /// Whether a sentence or a paragraph ends after it.
    pub ends_sentence: bool,
    /// Whether it begins with a small letter and has more than two: names and numbers do not.
    pub small: bool,
}

/// Bytes of a word that is folded in place.
const SHORT_WORD: usize = 32;

/// The number of a word that is folded and stemmed already: its hash, so that it is the same in every run and on
/// every machine. 24 bits: of a hundred thousand words six in a thousand share theirs with another, which weighs
/// nothing, and a word takes three bytes where many are kept.
pub(crate) fn number(word: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32 & 0xff_ffff
}

/// The words of the paragraphs of a text.
pub fn words_of(text: &str, paragraphs: &[ByteSpan]) -> Vec<Word> {
    let mut words = Vec::new();
    for &paragraph in paragraphs {
        words_of_paragraph(text, paragraph, &mut words);
    }
    words
}

fn words_of_paragraph(text: &str, paragraph: ByteSpan, words: &mut Vec<Word>) {
    let Some(slice) = paragraph.slice(text) else { return };
    let mut marks = QuotationMarks::default();
    let mut start = None;
    let mut before = None;
    let mut chars = slice.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let inner = start.is_some()
            && matches!(char, '\'' | '’')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if char.is_alphanumeric() {
            start.get_or_insert(at);
        } else if !inner {
            if let Some(from) = start.take() {
                words.push(word(slice, from, at, paragraph.start, marks.inside()));
            }
            marks.read(before, char);
        }
        before = Some(char);
    }
    if let Some(from) = start {
        words.push(word(slice, from, slice.len(), paragraph.start, marks.inside()));
    }
}

fn word(slice: &str, from: usize, to: usize, base: u32, quoted: bool) -> Word {
    let printed = &slice[from..to];
    let mut letters = [0; SHORT_WORD];
    let folded = match letters.get_mut(..printed.len()) {
        Some(letters) if printed.is_ascii() => {
            letters.copy_from_slice(printed.as_bytes());
            letters.make_ascii_lowercase();
            std::str::from_utf8(letters).map_or_else(|_| Cow::Owned(fold(printed)), Cow::Borrowed)
        }
        _ => Cow::Owned(fold(printed)),
    };
    let folded = folded.trim_end_matches("'s");
    Word {
        number: number(stem(folded)),
        span: ByteSpan { start: base + from as u32, end: base + to as u32 },
        quoted,
        content: !is_function_word(folded),
        ends_sentence: ends_sentence(&slice[to..]),
        small: to - from > 2 && printed.starts_with(char::is_lowercase),
    }
}

/// Whether a text goes on with the end of a sentence: a stop, perhaps a quotation mark, and no small letter. An
/// abbreviation before a name looks the same; for laying sentences side by side that does no harm.
fn ends_sentence(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None | Some('\n') => true,
        Some('.' | '!' | '?' | '…' | '”' | '"' | '’') => {
            let stop = rest.chars().take(3).any(|char| matches!(char, '.' | '!' | '?' | '…'));
            let after = chars.find(|char| !matches!(char, '.' | '!' | '?' | '…' | '”' | '"' | '’' | ')'));
            stop && after.is_none_or(char::is_whitespace)
        }
        _ => false,
    }
}

/// Whether the reader stands inside quotation marks, mark by mark.
#[derive(Debug, Default)]
struct QuotationMarks {
    double: bool,
    single: bool,
}

impl QuotationMarks {
    fn read(&mut self, before: Option<char>, mark: char) {
        match mark {
            '“' | '„' | '«' => self.double = true,
            '”' | '»' => self.double = false,
            '"' => self.double = !self.double,
            '‘' => self.single = true,
            // After a letter it may be an apostrophe too; either way nothing opens.
            '’' if before.is_some() => self.single = false,
            _ => {}
        }
    }

    fn inside(&self) -> bool {
        self.double || self.single
    }
}

/// The letters of a word without case and accents; the typographic apostrophe becomes the plain one.
pub(crate) fn fold(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd()
        .filter(|&char| !is_combining_mark(char))
        .flat_map(char::to_lowercase)
        .map(|char| match char {
            '’' | 'ʼ' | '`' => '\'',
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            _ => char,
        })
        .collect()
}

/// A folded word without the commonest endings of English. Crude on purpose: it only has to make most forms
/// of one word equal.
pub(crate) fn stem(word: &str) -> &str {
    if !word.is_ascii() || word.bytes().any(|byte| !byte.is_ascii_lowercase()) {
        return word;
    }
    let n = word.len();
    let cut = |suffix: &str, keep: usize| word.strip_suffix(suffix).filter(|rest| rest.len() >= keep);
    if n >= 5 && word.ends_with("ies") {
        return &word[..n - 3];
    }
    for (suffix, keep) in [("ing", 4), ("ed", 4), ("es", 4), ("e", 4), ("y", 3)] {
        if let Some(rest) = cut(suffix, keep) {
            return rest;
        }
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word;
    }
    cut("s", 3).unwrap_or(word)
}

/// Whether a folded word carries structure rather than content.
pub(crate) fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.contains(folded)
}

static FUNCTION_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../data/function-words.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<ByteSpan> {
        vec![ByteSpan::new(0, text.len())]
    }

    #[test]
    fn the_same_word_has_the_same_number() {
        for (a, b) in [
            ("talks", "talk"),
            ("Minister’s", "minister"),
            ("José", "Jose"),
            ("launched", "launching"),
            ("cities", "city"),
            ("agencies", "agency"),
        ] {
            let (a, b) = (words_of(a, &all(a)), words_of(b, &all(b)));
            assert_eq!(a[0].number, b[0].number, "{a:?} {b:?}");
        }
        for (a, b) in [("press", "pres"), ("war", "ware"), ("2019", "2018")] {
            let (words_a, words_b) = (words_of(a, &all(a)), words_of(b, &all(b)));
            assert_ne!(words_a[0].number, words_b[0].number, "{a} {b}");
        }
    }

    #[test]
    fn quotation_marks_are_seen() {
        let text = "He said “the port’s gate is shut”, adding that ships ‘wait’ outside.";
        let words = words_of(text, &all(text));
        let quoted: Vec<&str> =
            words.iter().filter(|word| word.quoted).map(|word| word.span.of(text)).collect();
        assert_eq!(quoted, ["the", "port’s", "gate", "is", "shut", "wait"]);
    }

    proptest! {
        #[test]
        fn spans_slice_to_words(text in "\\PC{0,200}") {
            for word in words_of(&text, &all(&text)) {
                let slice = word.span.slice(&text).expect("on character boundaries");
                prop_assert!(slice.chars().all(|char| char.is_alphanumeric() || matches!(char, '\'' | '’')));
            }
        }
    }
}
