//! Closed sets of words and signs that the tokenizer and the sentence splitter know.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What is known of an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name: no sentence ends there.
    Title,
    /// Keeps its full stop.
    Plain,
    /// Keeps its full stop before a number only.
    Number,
}

static ABBREVIATIONS: LazyLock<FxHashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for line in include_str!("../../data/abbreviations.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let kind = match words.next() {
            Some("title") => Abbreviation::Title,
            Some("plain") => Abbreviation::Plain,
            _ => Abbreviation::Number,
        };
        for word in words {
            table.entry(word).or_insert(kind);
        }
    }
    table
});

/// What is known of a word in lower case, written without its full stop.
pub(crate) fn abbreviation(lower: &str) -> Option<Abbreviation> {
    ABBREVIATIONS.get(lower).copied()
}

/// Prefixes after which the treebanks keep a hyphen inside the word.
pub(super) const PREFIXES: &[&str] = &[
    "anti", "bi", "co", "counter", "cross", "de", "dis", "e", "ex", "extra", "hyper", "inter", "intra",
    "macro", "mega", "mid", "mini", "multi", "neo", "non", "over", "post", "pre", "pro", "proto", "pseudo",
    "quasi", "re", "semi", "sub", "super", "trans", "tri", "ultra", "un", "under",
];

/// Units that are written onto a number.
pub(super) const UNITS: &[&str] = &[
    "am", "b", "bn", "c", "cm", "f", "ft", "g", "gb", "ghz", "ha", "hr", "hrs", "k", "kg", "kib", "km",
    "kph", "kt", "kw", "kwh", "lb", "lbs", "m", "mb", "mg", "mhz", "mi", "min", "ml", "mln", "mm", "mn",
    "mph", "mw", "nm", "oz", "pm", "sec", "sq", "tb", "tn", "trn", "x", "yr", "yrs",
];

/// Endings of web addresses and file names that are recognised without a scheme.
pub(super) const ENDINGS: &[&str] = &[
    "biz", "co", "com", "csv", "de", "doc", "docx", "edu", "eu", "fr", "gov", "htm", "html", "info", "int",
    "io", "jp", "jpg", "kr", "mil", "net", "org", "pdf", "png", "ru", "txt", "uk", "us", "xls", "xlsx",
    "zip",
];

/// Written as one word, two words in syntax: the word and the length of its first part.
pub(super) const CONTRACTIONS: &[(&str, usize)] = &[
    ("aint", 2),
    ("arent", 3),
    ("cannot", 3),
    ("cant", 2),
    ("couldnt", 5),
    ("didnt", 3),
    ("doesnt", 4),
    ("dont", 2),
    ("gimme", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("hasnt", 3),
    ("havent", 4),
    ("im", 1),
    ("isnt", 2),
    ("ive", 1),
    ("shouldnt", 6),
    ("thats", 4),
    ("theyre", 4),
    ("wanna", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("wont", 2),
    ("wouldnt", 5),
    ("youre", 3),
];

/// Endings that an apostrophe parts from the word.
pub(super) const CLITICS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

/// Words that begin with an apostrophe.
pub(super) const ELIDED: &[&str] =
    &["s", "re", "ve", "ll", "d", "m", "em", "til", "cause", "tis", "twas", "n"];

/// Faces made of signs, longer ones first.
pub(super) const EMOTICONS: &[&str] = &[
    ">:(", ":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":'(", "^_^", ":)", ":(", ";)", ":D", ":P", ";P", "=)",
    "=D", "<3", ":/",
];

/// Whether a character opens a bracket or a quotation.
pub(crate) fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '¿' | '¡' | '「' | '『' | '《')
}

/// Whether a character closes a bracket or a quotation.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '”' | '’' | '»' | '›' | '」' | '』' | '》')
}
