//! The number that a noun phrase gives.
//!
//! In:  the head of a phrase.
//! Out: the number before it, or that it is, with its words.
//!
//! A number that belongs to a word between it and the head is another's: an age, a share, a price. "Dozens" and "hundreds"
//! are no numbers. Of a range the lower end is taken.
//!
//! ```text
//! more than 1,200 street traders   1200
//! two hundred and fifty others     250
//! a 12-year-old boy                nothing
//! ```

use crate::words::Words;
use dateline_text::{TokenIdx, TokenSpan, Upos, number_word};

/// How far before its head the number of a phrase may begin, in tokens.
const REACH: usize = 9;

/// The number of a phrase: `12 people`, `at least two`, `a dozen`, `40,000 protesters`.
pub(crate) fn count(words: &Words, phrase: TokenIdx) -> Option<(u32, TokenSpan)> {
    let document = words.document;
    let sentence = document.sentence(document.sentence_of(phrase)).tokens;
    let lower =
        |i: usize| if sentence.holds(TokenIdx::new(i)) { document.lower(TokenIdx::new(i)) } else { "" };
    let head = phrase.index();
    if document.upos(phrase) == Upos::Pron {
        return None;
    }
    let (mut first, earliest) = (head, head.saturating_sub(REACH).max(sentence.first().index()));
    while first > earliest && is_inside(words, TokenIdx::new(first - 1), lower(first)) {
        first -= 1;
    }
    let mut at = first;
    while at <= head {
        let Some((value, end)) = value_at(&lower, at) else {
            at += 1;
            continue;
        };
        if end > head + 1 {
            // "100" heads "100 thousand": the tree put the head inside the number.
            return (at == head).then_some((value, TokenSpan::new(at, end)));
        }
        if is_measure(lower(end)) {
            at = end + 1;
            continue;
        }
        return Some((value, TokenSpan::new(at, head + 1)));
    }
    None
}

/// Whether a word before the head belongs to its phrase; `next` is the word after it.
fn is_inside(words: &Words, token: TokenIdx, next: &str) -> bool {
    let document = words.document;
    match document.upos(token) {
        Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Det | Upos::Adv => true,
        // Participles before the noun: "wounded", "suspected".
        Upos::Verb => document.deprel(token) == dateline_text::Deprel::Amod,
        _ => match document.lower(token) {
            "-" => is_hyphen(document, token),
            "than" => true,
            "of" => {
                matches!(next, "the" | "them" | "those" | "his" | "its" | "their" | "her")
                    || number_word(next).is_none()
            }
            "and" => number_word(next).is_some() || tens(next).is_some(),
            _ => false,
        },
    }
}

/// Whether a dash joins the words beside it: a dateline's does not.
fn is_hyphen(document: &dateline_text::Document, dash: TokenIdx) -> bool {
    let tokens = document.tokens();
    let (before, after) = (dash.index().checked_sub(1).map(|i| &tokens[i]), tokens.get(dash.index() + 1));
    let span = tokens[dash.index()].span;
    before.is_some_and(|before| before.span.end == span.start)
        && after.is_some_and(|after| span.end == after.span.start)
}

/// Words after a number that make it a measure of something else.
fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "-" | "%"
            | "percent"
            | "per"
            | "year"
            | "years"
            | "month"
            | "months"
            | "week"
            | "weeks"
            | "day"
            | "days"
            | "hour"
            | "hours"
            | "minutes"
            | "kilometres"
            | "kilometers"
            | "miles"
            | "tons"
            | "tonnes"
            | "dollars"
            | "euros"
            | "pounds"
    )
}

/// The number that begins at a word, and where it ends.
fn value_at<'t>(lower: &dyn Fn(usize) -> &'t str, at: usize) -> Option<(u32, usize)> {
    if lower(at) == "half" && lower(at + 1) == "a" && lower(at + 2) == "dozen" {
        return Some((6, at + 3));
    }
    let article = usize::from(matches!(lower(at), "a" | "an"));
    let (small, next) = match small_at(lower, at) {
        Some(found) => found,
        // "several hundred" is no number, "a hundred" is.
        None if article == 1 => (1, at + 1),
        None => return None,
    };
    let Some(factor) = factor(lower(next)) else {
        return small_at(lower, at);
    };
    let (mut value, mut end) = (small.saturating_mul(factor), next + 1);
    let joined = usize::from(lower(end) == "and");
    if factor >= 100
        && let Some((rest, after)) = small_at(lower, end + joined)
        && rest < factor
    {
        (value, end) = (value.saturating_add(rest), after);
    }
    Some((value, end))
}

/// A number below a hundred in words, or one in digits.
fn small_at<'t>(lower: &dyn Fn(usize) -> &'t str, at: usize) -> Option<(u32, usize)> {
    let word = lower(at);
    if let Some(tens) = tens(word) {
        let hyphen = usize::from(lower(at + 1) == "-");
        return Some(match number_word(lower(at + 1 + hyphen)).filter(|unit| (1..10).contains(unit)) {
            Some(unit) => (tens + unit, at + 2 + hyphen),
            None => (tens, at + 1),
        });
    }
    number(word).map(|value| (value, at + 1))
}

fn factor(word: &str) -> Option<u32> {
    Some(match word {
        "dozen" => 12,
        "score" => 20,
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        _ => return None,
    })
}

fn tens(word: &str) -> Option<u32> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    TENS.iter().position(|&known| known == word).map(|place| 20 + 10 * place as u32)
}

/// The value of a number written in digits or as one word.
pub(super) fn number(text: &str) -> Option<u32> {
    if let Some(value) = number_word(text).filter(|&value| value > 0).or_else(|| tens(text)) {
        return Some(value);
    }
    if let Some((tens, unit)) =
        text.split_once('-').and_then(|(tens_word, unit)| Some((tens(tens_word)?, number_word(unit)?)))
    {
        return (1..10).contains(&unit).then_some(tens + unit);
    }
    let digits: String = text.chars().filter(|&letter| letter != ',').collect();
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: u32 = digits.parse().ok()?;
    // A bare year is no number of people.
    (value > 0 && (!(1900..=2100).contains(&value) || text.contains(','))).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_and_digits() {
        for (text, expected) in [
            ("12", Some(12)),
            ("1,200", Some(1200)),
            ("twelve", Some(12)),
            ("ninety", Some(90)),
            ("thirty-three", Some(33)),
            ("0", None),
            ("2019", None),
            ("dozens", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_several_words() {
        for (text, expected) in [
            ("thirty - three", Some((33, 3))),
            ("a dozen", Some((12, 2))),
            ("half a dozen", Some((6, 3))),
            ("two dozen", Some((24, 2))),
            ("a hundred", Some((100, 2))),
            ("two hundred and fifty", Some((250, 4))),
            ("three thousand", Some((3000, 2))),
            ("17,000", Some((17_000, 1))),
            ("hundreds", None),
            ("several hundred", None),
            ("hundred", None),
            ("a", None),
            ("some", None),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let lower = |i: usize| words.get(i).copied().unwrap_or("");
            assert_eq!(value_at(&lower, 0), expected, "{text}");
        }
    }
}
