//! From tokens to sentences.
//!
//! A sentence ends after a run of stops and the brackets and quotes that close on it, where what follows can
//! begin one. Abbreviations end a sentence only before a word that begins sentences. Sentences never cross a
//! paragraph, and none is longer than [`MAX_TOKENS`].

use crate::tokenize::{Abbreviation, RawToken, abbreviation, is_closing, is_opening};

/// Longest sentence, in tokens. Longer runs are lists or tables; they are cut so that no step of the analysis
/// depends on how long a text goes on without a full stop.
pub(crate) const MAX_TOKENS: usize = 200;

/// Adds the end of each sentence of a paragraph, as a place in `tokens`; the last one is `tokens.len()`.
pub(crate) fn split(text: &str, tokens: &[RawToken], ends: &mut Vec<usize>) {
    let form = |place: usize| tokens[place].span.of(text);
    let spaced = |place: usize| place > 0 && tokens[place].span.start > tokens[place - 1].span.end;
    let mut start = 0;
    let mut place = 0;
    // Brackets that are open: a stop inside them ends no sentence of its own unless the whole of it is inside.
    while place < tokens.len() {
        let word = form(place);
        let stop = stop_of(word);
        let mut end = place + 1;
        if stop != Stop::None {
            while end < tokens.len() && !spaced(end) && closes(form(end)) {
                end += 1;
            }
            if end < tokens.len() {
                let next = form(end);
                let after_blank = blank_line(text, tokens, end);
                let ends_here = after_blank
                    || match stop {
                        Stop::Full => {
                            (spaced(end) || begins_upper(next)) && can_begin(text, tokens, end)
                                || end == place + 1 && spaced(end) && is_hasty(text, tokens, place)
                        }
                        Stop::Abbreviation => {
                            spaced(end) && is_starter(next) && !is_title(word)
                                || end > place + 1 && begins_upper(next)
                        }
                        Stop::None => false,
                    };
                if ends_here {
                    ends.push(end);
                    start = end;
                    place = end;
                    continue;
                }
            }
        }
        let cut = place + 1 - start >= MAX_TOKENS && !tokens.get(place + 1).is_some_and(|next| next.joined);
        let too_long = place + 1 - start >= 2 * MAX_TOKENS;
        if place + 1 < tokens.len() && (cut || too_long || blank_line(text, tokens, place + 1)) {
            ends.push(place + 1);
            start = place + 1;
        }
        place += 1;
    }
    if start < tokens.len() {
        ends.push(tokens.len());
    }
}

#[derive(PartialEq)]
enum Stop {
    None,
    Full,
    Abbreviation,
}

fn stop_of(word: &str) -> Stop {
    if word.starts_with(['.', '!', '?', '…', '。', '！', '？']) && !word.ends_with(char::is_alphanumeric)
    {
        return Stop::Full;
    }
    if word.len() > 1 && word.ends_with('.') { Stop::Abbreviation } else { Stop::None }
}

fn closes(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(c), None) if is_closing(c) || matches!(c, '"' | '\''))
        || word == "''"
}

fn begins_upper(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase())
}

/// Whether a sentence can begin at this token, after a full stop.
fn can_begin(text: &str, tokens: &[RawToken], place: usize) -> bool {
    for token in tokens.iter().skip(place).take(3) {
        let word = token.span.of(text);
        let Some(first) = word.chars().next() else { return true };
        if first.is_alphabetic() {
            return !first.is_lowercase();
        }
        if first.is_numeric()
            || !(is_opening(first) || matches!(first, '"' | '\'' | '-' | '–' | '—' | '.' | '`'))
        {
            return !matches!(first, ',' | ';' | ':');
        }
    }
    true
}

/// Whether a stop before a small letter ends a sentence all the same, as in hasty writing: it stands by itself after a
/// plain word that is no abbreviation.
fn is_hasty(text: &str, tokens: &[RawToken], place: usize) -> bool {
    let form = |place: usize| tokens[place].span.of(text);
    let Some(before) = place.checked_sub(1).map(form) else { return false };
    matches!(form(place), "." | "!" | "?")
        && form(place + 1).starts_with(char::is_lowercase)
        && before.len() > 2
        && before.chars().all(char::is_lowercase)
        && abbreviation(before).is_none()
}

fn is_title(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    abbreviation(&lower) == Some(Abbreviation::Title) || (lower.len() == 1 && lower.is_ascii())
}

/// Words that begin a sentence after an abbreviation rather than a name.
fn is_starter(word: &str) -> bool {
    const STARTERS: &[&str] = &[
        "A",
        "After",
        "All",
        "An",
        "And",
        "As",
        "At",
        "Before",
        "But",
        "By",
        "During",
        "For",
        "From",
        "He",
        "Her",
        "His",
        "How",
        "However",
        "I",
        "If",
        "In",
        "It",
        "Its",
        "Last",
        "Many",
        "Meanwhile",
        "Most",
        "My",
        "No",
        "Not",
        "On",
        "One",
        "Others",
        "Our",
        "She",
        "Since",
        "So",
        "Some",
        "That",
        "The",
        "Their",
        "Then",
        "There",
        "These",
        "They",
        "This",
        "Those",
        "Though",
        "To",
        "Under",
        "Until",
        "We",
        "What",
        "When",
        "Where",
        "While",
        "Who",
        "Why",
        "With",
        "You",
        "“",
        "\"",
    ];
    STARTERS.contains(&word)
}

/// Whether a blank line parts this token from the one before.
fn blank_line(text: &str, tokens: &[RawToken], place: usize) -> bool {
    let gap = &text[tokens[place - 1].span.end as usize..tokens[place].span.start as usize];
    gap.len() > 1 && gap.bytes().filter(|&byte| byte == b'\n').count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_text::ByteSpan;

    fn sentences(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        crate::tokenize::tokenize(text, ByteSpan::new(0, text.len()), &mut tokens);
        let mut ends = Vec::new();
        split(text, &tokens, &mut ends);
        let mut start = 0;
        ends.iter()
            .map(|&end| {
                let span = tokens[start].span.cover(tokens[end - 1].span);
                start = end;
                span.of(text)
            })
            .collect()
    }

    #[test]
    fn ends_where_a_sentence_ends() {
        for (text, expected) in [
            ("It ended. They left.", &["It ended.", "They left."][..]),
            (
                "Gen. Ito met Sen. Ruiz in the U.S. on Monday.",
                &["Gen. Ito met Sen. Ruiz in the U.S. on Monday."],
            ),
            ("He left the U.S. The talks ended.", &["He left the U.S.", "The talks ended."]),
            ("“We agreed.” They left.", &["“We agreed.”", "They left."]),
            ("“Why?” she asked.", &["“Why?” she asked."]),
            ("It rose 1.5 percent. 20 people came.", &["It rose 1.5 percent.", "20 people came."]),
            ("they agreed. then they left.", &["they agreed.", "then they left."]),
            ("It cost approx. ten million.", &["It cost approx. ten million."]),
            ("No stop here\n\nNext block", &["No stop here", "Next block"]),
            ("He met J. Ruiz. (She agreed.) All left.", &["He met J. Ruiz.", "(She agreed.)", "All left."]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn no_sentence_is_without_end() {
        let text = "word ".repeat(5000);
        assert!(sentences(&text).len() >= 5000 / MAX_TOKENS);
    }
}
