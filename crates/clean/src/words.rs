//! The words of a block in the form in which phrases are looked for.

use crate::lines::is_blank;

/// A word in lower case and what its spelling shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, straight apostrophes.
    pub(crate) text: String,
    /// Byte where it starts in the block.
    pub(crate) start: usize,
    /// Byte where it ends in the block.
    pub(crate) end: usize,
    pub(crate) is_capital: bool,
    pub(crate) is_number: bool,
    /// Whether it stands between quotation marks.
    pub(crate) is_quoted: bool,
}

/// Letters and digits belong together, and apostrophes inside them. A character of a script without spaces
/// is a word of its own.
pub(crate) fn split_words(block: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut quote: Option<char> = None;
    let mut chars = block.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        match c {
            '“' | '„' | '«' => quote = Some(c),
            '”' | '»' => quote = None,
            '"' => quote = if quote == Some('"') { None } else { Some('"') },
            _ => {}
        }
        if !c.is_alphanumeric() {
            continue;
        }
        let mut text: String = c.to_lowercase().collect();
        let mut end = start + c.len_utf8();
        let mut is_number = c.is_numeric();
        if !is_spaceless(c) {
            while let Some(&(at, next)) = chars.peek() {
                let joins = next.is_alphanumeric() && !is_spaceless(next);
                let is_mark = is_apostrophe(next)
                    && block[at + next.len_utf8()..].chars().next().is_some_and(char::is_alphabetic);
                if !(joins || is_mark || (is_blank(next) && !next.is_whitespace() && !next.is_control())) {
                    break;
                }
                if joins {
                    text.extend(next.to_lowercase());
                    is_number &= next.is_numeric();
                    end = at + next.len_utf8();
                } else if is_mark {
                    text.push('\'');
                }
                chars.next();
            }
        }
        words.push(Word {
            text,
            start,
            end,
            is_capital: c.is_uppercase(),
            is_number,
            is_quoted: quote.is_some(),
        });
    }
    // A quotation that is never closed may be a stray mark; then nothing is known to be quoted.
    if quote.is_some() {
        for word in words.iter_mut().rev() {
            if !word.is_quoted {
                break;
            }
            word.is_quoted = false;
        }
    }
    words
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// Scripts that put no spaces between words: Han, kana, Thai, Lao, Khmer, Burmese.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lower_case_with_straight_apostrophes() {
        let words =
            |block| split_words(block).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        for (block, expected) in [
            ("The mayor’s 3 ferries, ‘old’ ones", "the mayor's 3 ferries old ones"),
            ("co\u{ad}operate", "cooperate"),
            ("東京で会談", "東 京 で 会 談"),
            ("…", ""),
        ] {
            assert_eq!(words(block), expected, "{block}");
        }
    }

    #[test]
    fn quotation_marks_enclose_words() {
        let quoted = |block| -> String {
            split_words(block).into_iter().map(|word| if word.is_quoted { 'q' } else { '-' }).collect()
        };
        for (block, expected) in [
            ("He said: “We need you,” and left", "--qqq--"),
            ("He said: \"We need you\" and left", "--qqq--"),
            ("A stray \" mark in here", "-----"),
            ("“An open quotation runs on", "-----"),
        ] {
            assert_eq!(quoted(block), expected, "{block}");
        }
    }
}
