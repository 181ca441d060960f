//! Text of reports made safe to show.

use std::borrow::Cow;

/// The text with everything made visible that a terminal or a page would act on instead of showing: control
/// characters (escape sequences among them) become their pictures, marks that turn the direction of text
/// around become `\u{FFFD}`. Line feeds and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_harmless(c) { c } else { picture(c) }).collect())
}

fn is_harmless(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => false,
        _ => !c.is_control(),
    }
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_terminal_would_obey() {
        for (text, expected) in [
            ("talks in Séoul", "talks in Séoul"),
            ("a\u{1b}[31mred\u{7}", "a␛[31mred␇"),
            ("abc\u{202E}fed", "abc\u{FFFD}fed"),
            ("line\r\nnext\ttab", "line␍\nnext\ttab"),
        ] {
            assert_eq!(visible(text), expected, "{text:?}");
        }
    }
}
