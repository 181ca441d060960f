//! The phrases by which outlets say that they correct themselves.
//!
//! ```text
//! an earlier version of this story     this article was amended     (corrects name in paragraph 4)     Correction:
//! ```
//! Words between quotation marks are somebody else's and do not count.

use crate::words::Word;
use dateline_text::calendar::month_number;

/// Something that every note has in one of its words; a text without any of them is not read further.
const TRACES: [&str; 18] = [
    "orrect",
    "ORRECT",
    "ersion of",
    "arlier version",
    "revious version",
    "larif",
    "LARIF",
    "amended",
    "iginally",
    "regret",
    "rror",
    "misstat",
    "misspel",
    "misident",
    "wrongly",
    "rroneous",
    "istake",
    "naccurate",
];

/// Whether a text may hold a note.
pub(super) fn may_correct(text: &str) -> bool {
    TRACES.iter().any(|trace| text.contains(trace))
}

/// What the beginning of a block says of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// `Correction:` before a note.
    OfNote,
    /// `Correction` and nothing else: the next block is the note.
    Alone,
    /// `CORRECTED-` before a headline, up to this byte.
    Prefix(usize),
}

const NOTES: [&str; 5] = ["correction", "corrections", "clarification", "clarifications", "erratum"];
/// Words between `Correction` and the colon.
const IN_HEADINGS: [&str; 12] =
    ["and", "appended", "notice", "note", "on", "of", "the", "for", "record", "added", "made", "to"];

/// What the beginning of a block says of it.
pub(super) fn heading(block: &str, words: &[Word]) -> Option<Heading> {
    let first = words.first()?;
    if first.is_quoted {
        return None;
    }
    if let Some(at) = words.iter().take(3).position(|word| &block[word.start..word.end] == "CORRECTED") {
        let before = ["update", "refile", "corrected"];
        let rest = block[words[at].end..].trim_start_matches([')', ' ']);
        if before.contains(&first.text.as_str()) && rest.starts_with(['-', '–', '—', ':']) {
            let mark = rest.chars().next().map_or(0, char::len_utf8);
            return Some(Heading::Prefix(block.len() - rest.len() + mark));
        }
    }
    if words.len() >= 2
        && matches!(first.text.as_str(), "editor's" | "editors'" | "editors" | "editor")
        && words[1].text == "note"
    {
        let speaks_of_errors = words.iter().any(|word| is_fault(&word.text) || is_fix(&word.text));
        return (speaks_of_errors || is_earlier_version(words)).then_some(Heading::OfNote);
    }
    if !NOTES.contains(&first.text.as_str()) {
        return None;
    }
    let is_heading_word = |word: &Word| {
        let text = word.text.as_str();
        word.is_number
            || month_number(text).is_some()
            || [&NOTES[..], &IN_HEADINGS].iter().any(|list| list.contains(&text))
    };
    let n = words.iter().take_while(|word| is_heading_word(word)).count();
    for (at, word) in words.iter().enumerate().take(n) {
        let rest = block[word.end..].trim_start_matches([')', ']', ' ', '.']);
        let is_dash = rest.starts_with(['–', '—']) || rest.starts_with("- ");
        if rest.starts_with(':') || is_dash && at + 1 < words.len() {
            return Some(Heading::OfNote);
        }
    }
    // `Corrections` alone is an entry of a menu.
    let is_one = matches!(first.text.as_str(), "correction" | "clarification");
    (is_one && n == words.len() && n <= 4).then_some(Heading::Alone)
}

/// Whether brackets hold a note: `(Adds quotes, corrects spelling in paragraph 3)`.
pub(super) fn is_bracketed_note(sentence: &str, words: &[Word]) -> bool {
    if !sentence.starts_with(['(', '[']) || words[0].is_quoted {
        return false;
    }
    match words[0].text.as_str() {
        "corrects" | "correcting" | "corrected" => true,
        _ => {
            words.iter().any(|word| word.text == "corrects")
                && words.iter().any(|word| MARKERS.contains(&word.text.as_str()))
        }
    }
}

/// What notes of agencies name.
const MARKERS: [&str; 16] = [
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "headline",
    "spelling",
    "name",
    "number",
    "date",
    "title",
    "day",
    "lead",
    "byline",
    "figure",
    "toll",
    "typo",
];

const EARLIER: [&str; 7] = ["earlier", "previous", "prior", "initial", "original", "first", "older"];
const VERSIONS: [&str; 4] = ["version", "versions", "edition", "headline"];
/// What this and our are said of.
const TEXTS: [&str; 23] = [
    "article",
    "story",
    "report",
    "piece",
    "post",
    "item",
    "dispatch",
    "page",
    "headline",
    "caption",
    "graphic",
    "map",
    "newsletter",
    "blog",
    "analysis",
    "profile",
    "interview",
    "obituary",
    "column",
    "photo",
    "video",
    "update",
    "version",
];
/// Of these, what `a` and `the` can be said of without anything else being meant.
const SURE_TEXTS: [&str; 4] = ["article", "story", "headline", "caption"];
const SAID: [&str; 16] = [
    "said",
    "stated",
    "gave",
    "put",
    "reported",
    "named",
    "identified",
    "listed",
    "described",
    "quoted",
    "attributed",
    "claimed",
    "referred",
    "called",
    "included",
    "contained",
];

/// Words that say that something was told wrongly.
pub(super) fn is_fault(word: &str) -> bool {
    word.starts_with("misstat")
        || word.starts_with("misspel")
        || word.starts_with("misidentif")
        || word.starts_with("misquot")
        || word.starts_with("misattribut")
        || word.starts_with("misreport")
        || matches!(word, "incorrectly" | "wrongly" | "mistakenly" | "erroneously" | "inaccurately")
}

/// Whether a word tells what the text says.
pub(super) fn is_said(word: &str) -> bool {
    SAID.contains(&word)
}

fn is_error(word: &str) -> bool {
    matches!(
        word,
        "error"
            | "errors"
            | "mistake"
            | "mistakes"
            | "inaccuracy"
            | "inaccurate"
            | "incorrect"
            | "erroneous"
            | "wrong"
    )
}

fn is_fix(word: &str) -> bool {
    matches!(
        word,
        "correct"
            | "corrects"
            | "corrected"
            | "correcting"
            | "correction"
            | "fix"
            | "fixes"
            | "rectify"
            | "clarify"
            | "clarifies"
            | "clarification"
    )
}

/// Whether a sentence after a note still speaks of the error.
pub(super) fn goes_on(words: &[Word]) -> bool {
    words.iter().any(|word| {
        let word = word.text.as_str();
        is_error(word)
            || is_fix(word)
            || matches!(word, "not" | "fact" | "actually" | "instead" | "regret" | "regrets" | "version")
    })
}

/// Whether a sentence is a note.
pub(super) fn is_note(words: &[Word], begins_block: bool) -> bool {
    is_earlier_version(words)
        || begins_block && begins_with_version(words)
        || is_of_this_text(words)
        || is_of_a_text(words)
        || begins_with_fix(words)
        || is_regret(words)
}

fn text_at(words: &[Word], at: usize) -> &str {
    words.get(at).filter(|word| !word.is_quoted).map_or("", |word| &word.text)
}

/// `an earlier version of this story …`, `… incorrectly … in an earlier version`, `our earlier report wrongly …`
fn is_earlier_version(words: &[Word]) -> bool {
    let has_fault = words.iter().any(|word| !word.is_quoted && is_fault(&word.text));
    (0..words.len()).any(|at| {
        if !EARLIER.contains(&text_at(words, at)) {
            return false;
        }
        let next = text_at(words, at + 1);
        if at > 0 && text_at(words, at - 1) == "our" && TEXTS.contains(&next) {
            return has_fault;
        }
        if !VERSIONS.contains(&next) {
            return false;
        }
        if text_at(words, at + 2) != "of" {
            return has_fault;
        }
        match text_at(words, at + 3) {
            "this" | "our" => (at + 4..at + 7).any(|at| TEXTS.contains(&text_at(words, at))),
            "the" | "a" => {
                SURE_TEXTS.contains(&text_at(words, at + 4)) && (has_fault || is_said(text_at(words, at + 5)))
            }
            _ => false,
        }
    })
}

/// `An earlier version said …` as the first words of a block.
fn begins_with_version(words: &[Word]) -> bool {
    matches!(text_at(words, 0), "an" | "a")
        && EARLIER.contains(&text_at(words, 1))
        && text_at(words, 2) == "version"
        && is_said(text_at(words, 3))
}

/// `this story has been corrected`, `this 3 May story corrects`, `this article misstated`, `the story has been corrected`
fn is_of_this_text(words: &[Word]) -> bool {
    (0..words.len()).any(|at| {
        let (is_ours, reach) = match text_at(words, at) {
            "this" | "our" => (true, 5),
            "the" => (false, 2),
            _ => return false,
        };
        let texts: &[&str] = if is_ours { &TEXTS } else { &SURE_TEXTS };
        let noun = (at + 1..at + reach).find(|&noun| texts.contains(&text_at(words, noun)));
        noun.is_some_and(|noun| corrects_itself(words, noun + 1, is_ours))
    })
}

/// Whether what follows a text as subject says that it was put right, or wrong before.
fn corrects_itself(words: &[Word], from: usize, is_ours: bool) -> bool {
    let near = |at: usize, n: usize, is: &dyn Fn(&str) -> bool| (at..at + n).any(|at| is(text_at(words, at)));
    if matches!(text_at(words, from), "corrects" | "clarifies") {
        return true;
    }
    for at in from..from + 7 {
        match text_at(words, at) {
            "corrected" if near(from, at - from, &|word| matches!(word, "has" | "have" | "was" | "been")) => {
                return true;
            }
            "amended" | "clarified"
                if is_ours && near(from, at - from, &|word| matches!(word, "has" | "was" | "been")) =>
            {
                return true;
            }
            "amended" | "updated" | "changed" | "revised" | "edited" | "modified"
                if near(at + 1, 7, &is_fix) =>
            {
                return true;
            }
            "previously" | "originally" | "initially" if is_ours && is_said(text_at(words, at + 1)) => {
                return true;
            }
            "contained" | "included" | "had" if is_ours && at == from && near(at + 1, 4, &is_error) => {
                return true;
            }
            fault if is_ours && at <= from + 2 && is_fault(fault) => return true,
            _ => {}
        }
    }
    false
}

/// `a headline on Friday misstated …`, `in a story on May 3 …, the agency erroneously reported …`
fn is_of_a_text(words: &[Word]) -> bool {
    let begin = usize::from(text_at(words, 0) == "in");
    matches!(text_at(words, begin), "a" | "an")
        && (begin + 1..begin + 3).any(|at| SURE_TEXTS.contains(&text_at(words, at)))
        && words.iter().any(|word| !word.is_quoted && is_fault(&word.text))
}

/// `Corrects name in paragraph 4`
fn begins_with_fix(words: &[Word]) -> bool {
    text_at(words, 0) == "corrects" && words.iter().any(|word| MARKERS.contains(&word.text.as_str()))
}

/// `we regret the error`, `we apologise for the mistake`
fn is_regret(words: &[Word]) -> bool {
    (0..words.len()).any(|at| {
        text_at(words, at) == "we"
            && matches!(text_at(words, at + 1), "regret" | "apologise" | "apologize")
            && (at + 2..at + 5).any(|at| is_error(text_at(words, at)))
    })
}
