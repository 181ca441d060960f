//! What the shape of a block says about it: length, sentence ends, capitals, address, repetition.

use crate::Reason;
use crate::cues::{Evidence, read_cues};
use crate::dates::{is_relative_time, read_dates};
use crate::lines::Block;
use crate::words::{Word, split_words};
use rustc_hash::FxHashMap;

/// The signals of one block.
#[derive(Debug)]
pub(crate) struct Signals {
    pub(crate) words: Vec<Word>,
    /// Words as a language with spaces would count them.
    pub(crate) n_words: f32,
    pub(crate) end: End,
    /// Sentence ends inside the block.
    pub(crate) n_sentences: usize,
    /// Share of words after the first that begin with a capital.
    pub(crate) capital_share: f32,
    pub(crate) number_share: f32,
    /// Words by which an outlet speaks to its reader: we, our, you, your.
    pub(crate) n_address: usize,
    pub(crate) starts_quoted: bool,
    /// Bars and arrows between menu items.
    pub(crate) n_separators: usize,
    /// The same words stood before.
    pub(crate) is_repeated: bool,
    /// The same words come again.
    pub(crate) comes_again: bool,
    /// A time of day, a date or an age, and little else.
    pub(crate) is_stamp: bool,
    pub(crate) cues: Evidence,
}

/// How a block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Full stop, question or exclamation mark, perhaps in quotation marks.
    Sentence,
    /// Colon, comma, semicolon: something goes on.
    Open,
    /// An ellipsis, as teasers have it.
    Cut,
    /// Nothing of these.
    Bare,
}

/// Reads the signals of all blocks.
pub(crate) fn read_signals(text: &str, blocks: &[Block]) -> Vec<Signals> {
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    let mut signals: Vec<Signals> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut one = read_block(block.span.of(text));
        if one.words.len() >= 3 {
            let key = key_of(&one.words);
            if let Some(&first) = seen.get(&key) {
                one.is_repeated = true;
                signals[first].comes_again = true;
            }
            seen.insert(key, signals.len());
        }
        signals.push(one);
    }
    signals
}

fn key_of(words: &[Word]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    for word in words {
        hasher.write(word.text.as_bytes());
        hasher.write_u8(0xFF);
    }
    hasher.finish()
}

fn read_block(block: &str) -> Signals {
    let words = split_words(block);
    let n_chars = block.chars().count();
    // Scripts without spaces: about two characters a word.
    let n_single =
        words.iter().filter(|word| word.end - word.start >= 3 && word.text.chars().count() == 1).count();
    let n_words = words.len() as f32 - n_single as f32 * 0.45;
    let rest = words.get(1..).unwrap_or_default();
    let n_capitals = rest.iter().filter(|word| word.is_capital).count();
    let n_letters = rest.iter().filter(|word| !word.is_number).count();
    let n_numbers = words.iter().filter(|word| word.is_number).count();
    let mut cues = read_cues(block, &words);
    read_marks(block, &words, &mut cues);
    Signals {
        n_words,
        end: end_of(block),
        n_sentences: count_sentences(block),
        capital_share: n_capitals as f32 / n_letters.max(1) as f32,
        number_share: n_numbers as f32 / words.len().max(1) as f32,
        n_address: words.iter().filter(|word| !word.is_quoted && is_address(&word.text)).count(),
        starts_quoted: block.starts_with(['"', '“', '‘', '«', '„', '「', '『']),
        n_separators: block.matches(['|', '»', '›', '•', '→', '►', '▶', '·']).count().min(n_chars),
        is_repeated: false,
        comes_again: false,
        is_stamp: words.len() <= 12 && (is_relative_time(&words) || !read_dates(block).is_empty()),
        cues,
        words,
    }
}

fn is_address(word: &str) -> bool {
    matches!(word, "we" | "our" | "us" | "you" | "your" | "yours" | "we're" | "we've" | "you're" | "you've")
}

/// Closing marks after which a sentence may still have ended.
const CLOSING: [char; 11] = ['"', '\'', '”', '’', '»', ')', ']', '」', '』', '›', '*'];

fn end_of(block: &str) -> End {
    let bare = block.trim_end_matches(|c| CLOSING.contains(&c) || crate::lines::is_blank(c));
    if bare.ends_with('…') || bare.ends_with("...") || bare.ends_with("[…") {
        return End::Cut;
    }
    match bare.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '।' | '۔' | '؟' | '։' | '።' | '．') => {
            End::Sentence
        }
        Some(':' | ';' | ',' | '—' | '–' | '：' | '；' | '،' | '、' | '，') => End::Open,
        _ => End::Bare,
    }
}

/// Counts marks that end a sentence: followed by a space and a capital or a quotation mark, or by the end.
fn count_sentences(block: &str) -> usize {
    let mut n = 0;
    let mut state = 0; // 1 after a mark, 2 after white space behind it
    for c in block.chars() {
        match c {
            '.' | '!' | '?' => state = 1,
            '。' | '！' | '？' | '।' | '۔' => n += 1,
            c if state == 1 && CLOSING.contains(&c) => {}
            c if state >= 1 && c.is_whitespace() => state = 2,
            c if state == 2 && (!c.is_lowercase() && !c.is_numeric()) => {
                n += 1;
                state = 0;
            }
            _ => state = 0,
        }
    }
    n + usize::from(state >= 1)
}

/// Words of the brackets at the end of captions.
fn is_picture_word(word: &str) -> bool {
    matches!(
        word,
        "photo"
            | "photos"
            | "photograph"
            | "image"
            | "images"
            | "picture"
            | "pictures"
            | "file"
            | "pool"
            | "handout"
            | "getty"
            | "shutterstock"
            | "alamy"
            | "istock"
            | "archive"
            | "credit"
            | "via"
            | "pic"
            | "screenshot"
            | "screengrab"
            | "courtesy"
            | "supplied"
            | "wikimedia"
            | "unsplash"
            | "illustration"
    )
}

fn is_agency(word: &str) -> bool {
    matches!(
        word,
        "reuters"
            | "afp"
            | "ap"
            | "epa"
            | "efe"
            | "ansa"
            | "dpa"
            | "ani"
            | "pti"
            | "xinhua"
            | "yonhap"
            | "kyodo"
            | "tass"
            | "anadolu"
            | "aa"
            | "bloomberg"
            | "upi"
            | "pa"
            | "belga"
            | "kcna"
            | "antara"
            | "bernama"
    )
}

/// Signs that are no words: copyright marks, credits in brackets, template braces.
fn read_marks(block: &str, words: &[Word], cues: &mut Evidence) {
    if block.contains('©') || block.contains("(c) ") || block.contains("&copy;") {
        let reason = if words.len() <= 5 { Reason::Credit } else { Reason::Footer };
        cues.add(reason, if words.len() <= 60 { 5.0 } else { 2.0 });
    }
    // "harbourfan31 says:" stands above what a reader wrote.
    if let [.., last] = words
        && words.len() <= 5
        && matches!(last.text.as_str(), "says" | "wrote" | "writes")
        && block.ends_with(':')
    {
        cues.add(Reason::Comments, 3.0);
    }
    if block.contains("{{") || block.contains("{*") || block.contains("function(") || block.contains("<%") {
        cues.add(Reason::Other, 4.0);
    }
    if block.ends_with([')', ']']) && words.len() <= 80 {
        let open = if block.ends_with(')') { '(' } else { '[' };
        if let Some(at) = block.rfind(open) {
            let inside: Vec<&Word> = words.iter().filter(|word| word.start > at).collect();
            let is_photo = inside.iter().any(|word| is_picture_word(&word.text));
            let is_agency = inside.iter().any(|word| is_agency(&word.text));
            // "…, he said. (Reuters)" ends an article, "A ferry at Marenko (Reuters)" is a caption.
            let before_is_closed = end_of(block[..at].trim_end()) == End::Sentence;
            if inside.len() <= 12 && (is_photo || (is_agency && !before_is_closed)) {
                cues.add(Reason::Caption, 5.0);
            }
        }
    }
    // "A ferry leaves Marenko. Jon Doe/Reuters"
    if let [.., last] = words
        && words.len() <= 60
        && words.len() > 1
        && end_of(block) == End::Bare
        && (is_agency(&last.text) || last.text == "getty")
        && block[..last.start].trim_end().ends_with(['/', '|', '—', '–', '-', '©'])
    {
        cues.add(Reason::Caption, 5.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_sentences() {
        for (block, end, n) in [
            ("The harbour is closed.", End::Sentence, 1),
            ("“It is closed.” He left.", End::Sentence, 2),
            ("Harbour closed for 2.5 days", End::Bare, 0),
            ("He said:", End::Open, 0),
            ("The mayor of Marenko has…", End::Cut, 0),
            ("港は閉鎖された。", End::Sentence, 1),
        ] {
            let signals = read_block(block);
            assert_eq!((signals.end, signals.n_sentences), (end, n), "{block}");
        }
    }

    #[test]
    fn credits_in_brackets_make_captions() {
        for (block, expected) in [
            ("File: a ferry at Marenko (Reuters)", true),
            ("A ferry leaves the harbour. (Photo by Jo Reed/Valley Wire)", true),
            ("A ferry leaves the harbour. Jo Reed/AFP", true),
            ("The ferries will be back in May, he said. (Reuters)", false),
            ("The union of ferrymen (UFM)", false),
        ] {
            assert_eq!(read_block(block).cues.of(Reason::Caption) >= 4.0, expected, "{block}");
        }
    }

    #[test]
    fn repetition_is_seen_on_both_sides() {
        let text = "Ferries stay away\nSomething else here\nFerries stay away";
        let signals = read_signals(text, &crate::lines::split_blocks(text));
        let flags: Vec<_> = signals.iter().map(|one| (one.is_repeated, one.comes_again)).collect();
        assert_eq!(flags, [(false, true), (false, false), (true, false)]);
    }
}
