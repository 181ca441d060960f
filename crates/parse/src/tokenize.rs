//! From a paragraph to tokens.
//!
//! In:  a text and the bytes of one paragraph.
//! Out: [`RawToken`]s in text order that cover everything but white space.
//!
//! Conventions are those of the English UD treebanks (EWT, GUM): `don't` and `Sharon's` are two joined
//! tokens, hyphenated words come apart except after a prefix (`re-elected`), numbers keep their points
//! (`1,200.50`, `9:19`), currency signs and units stand alone (`$ 1.5 bn`), runs of stops stay together.
//!
//! One pass from left to right; no step looks back further than the word at hand, so the time is
//! proportional to the text whatever it holds.

mod tables;
mod words;

use dateline_text::ByteSpan;
pub(crate) use tables::{Abbreviation, abbreviation, is_closing, is_opening};

/// A token before it has labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// Bytes of the text.
    pub span: ByteSpan,
    /// Whether it belongs to the same written word as the token before.
    pub joined: bool,
}

/// Adds the tokens of a paragraph to `tokens`.
pub(crate) fn tokenize(text: &str, paragraph: ByteSpan, tokens: &mut Vec<RawToken>) {
    let mut scanner = Scanner {
        text,
        end: paragraph.end as usize,
        at: paragraph.start as usize,
        open_single: false,
        tokens,
    };
    while scanner.skip_space() {
        scanner.chunk();
    }
}

struct Scanner<'t, 'v> {
    text: &'t str,
    /// Where the paragraph ends.
    end: usize,
    at: usize,
    /// Whether a single quotation mark waits for its partner.
    open_single: bool,
    tokens: &'v mut Vec<RawToken>,
}

impl Scanner<'_, '_> {
    fn skip_space(&mut self) -> bool {
        let rest = &self.text[self.at..self.end];
        self.at += rest.len() - rest.trim_start().len();
        self.at < self.end
    }

    /// Reads what stands between two white spaces.
    fn chunk(&mut self) {
        let rest = &self.text[self.at..self.end];
        let chunk_end = rest.find(char::is_whitespace).map_or(self.end, |length| self.at + length);
        // An address is looked for at the front and after a bracket or two, so that no chunk is read many times.
        let mut address_tries = if words::holds_address(&self.text[self.at..chunk_end]) { 4 } else { 0 };
        let mut at_word_start = true;
        while self.at < chunk_end {
            let chunk = &self.text[self.at..chunk_end];
            if at_word_start && address_tries > 0 {
                address_tries -= 1;
                if let Some(length) = words::address(chunk) {
                    self.push(length, false);
                    at_word_start = false;
                    continue;
                }
            }
            if at_word_start && let Some(length) = words::emoticon(chunk) {
                self.push(length, false);
                continue;
            }
            let first = chunk.chars().next().expect("invariant: the chunk is not empty");
            let next = chunk[first.len_utf8()..].chars().next();
            if first.is_alphanumeric()
                || (matches!(first, '.' | ',') && at_word_start && next.is_some_and(|c| c.is_ascii_digit()))
            {
                let length = words::word(chunk, self.text[chunk_end..self.end].trim_start());
                self.word(length, chunk_end);
                at_word_start = false;
                continue;
            }
            if matches!(first, '\'' | '’' | '`') && at_word_start {
                if let Some(length) = words::elided(chunk) {
                    self.push(length, false);
                    at_word_start = false;
                    continue;
                }
                self.open_single = first != '’' || next.is_some_and(char::is_alphanumeric);
            } else if first == '‘' {
                self.open_single = true;
            } else if matches!(first, '\'' | '’') {
                self.open_single = false;
            }
            if first == '#' && next.is_some_and(char::is_alphabetic) && at_word_start {
                let length = 1 + words::run(&chunk[1..], |c| c.is_alphanumeric() || c == '_');
                self.push(length, false);
                at_word_start = false;
                continue;
            }
            self.push(words::symbol(chunk), false);
            at_word_start = !is_closing(first);
        }
    }

    /// Adds a written word, taking it apart where it is several syntactic words.
    fn word(&mut self, length: usize, chunk_end: usize) {
        let form = &self.text[self.at..self.at + length];
        let after = &self.text[self.at + length..chunk_end];
        if let Some(digits) = words::number_before_unit(form) {
            self.push(digits, false);
            self.push(length - digits, false);
            return;
        }
        let mut parts = words::contraction(form);
        // `ministers'`: a possessive, unless a quotation that was opened ends here.
        let possessive = after.chars().next().filter(|&c| matches!(c, '\'' | '’')).filter(|&mark| {
            form.ends_with(['s', 'S', 'x', 'z'])
                && !self.open_single
                && !after[mark.len_utf8()..].starts_with(char::is_alphanumeric)
        });
        if parts == 0 {
            parts = length;
        }
        self.push(parts, false);
        if parts < length {
            self.push(length - parts, true);
        } else if let Some(mark) = possessive {
            self.push(mark.len_utf8(), true);
        }
    }

    fn push(&mut self, length: usize, joined: bool) {
        self.tokens.push(RawToken { span: ByteSpan::new(self.at, self.at + length), joined });
        self.at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forms(text: &str) -> String {
        let mut tokens = Vec::new();
        tokenize(text, ByteSpan::new(0, text.len()), &mut tokens);
        let mut out = String::new();
        for token in tokens {
            out.push_str(if token.joined { "+" } else { " " });
            out.push_str(token.span.of(text));
        }
        out.trim_start().to_owned()
    }

    #[test]
    fn follows_the_treebanks() {
        for (text, expected) in [
            ("They don't agree.", "They do+n't agree ."),
            ("Amara’s envoy can’t", "Amara+’s envoy ca+n’t"),
            ("the ministers' plan", "the ministers+' plan"),
            ("'the ministers' said", "' the ministers ' said"),
            ("Kim Yo-jong re-elected", "Kim Yo - jong re-elected"),
            ("the U.S. Sen. Ana Ruiz", "the U.S. Sen. Ana Ruiz"),
            ("left the U.S.", "left the U.S."),
            ("$1.5bn, 1,200 at 9:19 a.m.", "$ 1.5 bn , 1,200 at 9:19 a.m."),
            ("SEOUL (Agency) —", "SEOUL ( Agency ) —"),
            ("“We agreed,” he said…", "“ We agreed , ” he said …"),
            ("see https://example.org/a?b=1.", "see https://example.org/a?b=1 ."),
            ("(ana.ruiz@example.org)", "( ana.ruiz@example.org )"),
            ("Wait... what?!", "Wait ... what ?!"),
            ("the 1990s, 20th 5pm", "the 1990s , 20th 5 pm"),
            ("and/or 9/11 AT&T", "and / or 9/11 AT&T"),
            ("No. 5 or no.", "No. 5 or no ."),
            ("J. Ruiz and I.", "J. Ruiz and I ."),
            ("cannot O'Neill", "can+not O'Neill"),
            ("1969-1970 555-123-4567", "1969 - 1970 555-123-4567"),
            ("up 5% in the 12-page", "up 5 % in the 12 - page"),
            ("the \"talks\"", "the \" talks \""),
            ("first.Second", "first . Second"),
            ("👍🏽 ok 🇰🇷", "👍🏽 ok 🇰🇷"),
        ] {
            assert_eq!(forms(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_line_takes_time_in_proportion() {
        for unit in ["a", "-", ".", "a.", "'", "a'", "1,", "@", "http://", "(", "a-", "0:"] {
            let text = unit.repeat(400_000 / unit.len());
            let mut tokens = Vec::new();
            tokenize(&text, ByteSpan::new(0, text.len()), &mut tokens);
            assert!(!tokens.is_empty(), "{unit}");
        }
    }

    fn check_cover(text: &str) -> Result<(), TestCaseError> {
        let mut tokens = Vec::new();
        tokenize(text, ByteSpan::new(0, text.len()), &mut tokens);
        let mut at = 0;
        for token in tokens {
            let gap = text.get(at..token.span.start as usize);
            prop_assert!(gap.is_some_and(|gap| gap.trim().is_empty()), "{gap:?} before {token:?}");
            let form = token.span.slice(text);
            prop_assert!(form.is_some_and(|form| !form.is_empty() && !form.contains(char::is_whitespace)));
            at = token.span.end as usize;
        }
        prop_assert!(text[at..].trim().is_empty());
        Ok(())
    }

    proptest! {
        #[test]
        fn tokens_cover_all_but_space(text in "\\PC{0,200}") {
            check_cover(&text)?;
        }

        #[test]
        fn tokens_cover_what_looks_like_news(text in "([a-zA-Z0-9.,'’‘“”\"$%@:/#&_()é—-]{0,8}[ \n]){0,40}") {
            check_cover(&text)?;
        }

        #[test]
        fn tokens_cover_any_characters(letters in proptest::collection::vec(any::<char>(), 0..120)) {
            check_cover(&letters.into_iter().collect::<String>())?;
        }
    }
}
