//! How far one token reaches.

use super::tables::{
    Abbreviation, CLITICS, CONTRACTIONS, ELIDED, EMOTICONS, ENDINGS, PREFIXES, UNITS, abbreviation,
};

/// Longest word that is looked up in a table; longer ones are in none.
const MAX_LOOKUP: usize = 24;

/// Bytes at the front whose characters all satisfy `keep`.
pub(super) fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

/// Looks up the lower case of a short ASCII word without allocating.
fn lower_in<T>(word: &str, look: impl FnOnce(&str) -> T) -> Option<T> {
    let mut buffer = [0u8; MAX_LOOKUP];
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > MAX_LOOKUP || !word.is_ascii() {
        return None;
    }
    for (to, from) in buffer.iter_mut().zip(bytes) {
        *to = from.to_ascii_lowercase();
    }
    std::str::from_utf8(&buffer[..bytes.len()]).ok().map(look)
}

fn is_one_of(word: &str, table: &[&str]) -> bool {
    lower_in(word, |lower| table.contains(&lower)).unwrap_or(false)
}

/// Whether a chunk may hold a web or mail address. Asked once a chunk.
pub(super) fn holds_address(chunk: &str) -> bool {
    chunk.contains("://") || chunk.contains('@') || chunk.contains("www.") || chunk.contains("mailto:")
}

/// The bytes of a web or mail address at the front of a chunk.
pub(super) fn address(chunk: &str) -> Option<usize> {
    let first = chunk.chars().next()?;
    if !first.is_alphanumeric() && first != '@' {
        return None;
    }
    let whole = run(chunk, |c| !matches!(c, '<' | '>' | '"' | '“' | '”' | '|' | '«' | '»'));
    let trimmed = chunk[..whole].trim_end_matches(|c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '’' | '…')
    });
    let body = trimmed;
    let scheme = run(body, |c| c.is_ascii_alphabetic());
    let is_web = (scheme > 0 && body[scheme..].starts_with("://") && body.len() > scheme + 3)
        || body.starts_with("www.")
        || body.starts_with("mailto:");
    let is_mail = || {
        let Some((user, host)) = body.split_once('@') else { return false };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%');
        host.starts_with(char::is_alphanumeric) && user.chars().all(plain) && host.chars().all(plain)
    };
    (is_web || is_mail()).then_some(body.len())
}

/// The bytes of a face made of signs, which must not run on into a word.
pub(super) fn emoticon(chunk: &str) -> Option<usize> {
    if !chunk.starts_with([':', ';', '=', '<', '>', '^']) {
        return None;
    }
    EMOTICONS
        .iter()
        .find(|&&face| {
            chunk
                .strip_prefix(face)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '/'))
        })
        .map(|face| face.len())
}

/// The bytes of a word that begins with an apostrophe: `'s`, `'em`, `'72`.
pub(super) fn elided(chunk: &str) -> Option<usize> {
    let mark = chunk.chars().next()?.len_utf8();
    let rest = &chunk[mark..];
    let digits = run(rest, |c| c.is_ascii_digit());
    let letters = run(rest, char::is_alphanumeric);
    let year = digits == 2 && (letters == 2 || &rest[2..letters] == "s");
    let closes = rest[letters..].starts_with(['\'', '’']);
    (letters > 0 && !closes && (year || is_one_of(&rest[..letters], ELIDED))).then_some(mark + letters)
}

/// The bytes of a written word at the front of a chunk; `following` is what comes after the chunk's white space.
pub(super) fn word(chunk: &str, following: &str) -> usize {
    let mut at = 0;
    // Where the part after the last inner mark begins, and how many letters of it were single (`U.S`).
    let mut part = 0;
    let mut dotted = true;
    let mut previous = '\0';
    let mut n_hyphens = 0;
    let mut letters = chunk.char_indices().peekable();
    while let Some((start, c)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        let next_is = |test: fn(char) -> bool| next.is_some_and(test);
        let both_digits = previous.is_ascii_digit() && next_is(|c| c.is_ascii_digit());
        let rest = &chunk[start + c.len_utf8()..];
        let keeps = match c {
            c if c.is_alphanumeric() || is_joiner(c) => true,
            '\'' | '’' => next_is(char::is_alphabetic) && previous.is_alphanumeric(),
            '.' if start == 0 => true,
            ',' if start == 0 => true,
            '.' if both_digits => true,
            '.' if next_is(char::is_alphanumeric) => {
                let single = chunk[part..start].chars().nth(1).is_none();
                dotted &= single;
                (single && next_is(char::is_alphabetic) && previous.is_alphabetic()) || ends_as_address(rest)
            }
            '.' => {
                if keeps_full_stop(&chunk[..start], part, dotted, rest, following) {
                    return start + 1;
                }
                false
            }
            ',' => both_digits && run(rest, |c| c.is_ascii_digit()) == 3,
            ':' => both_digits,
            '/' => {
                both_digits
                    || (start == previous.len_utf8()
                        && previous.is_alphabetic()
                        && (1..=2).contains(&run(rest, char::is_alphanumeric))
                        && next_is(char::is_alphabetic))
            }
            '-' if both_digits => {
                let right = run(&rest[..floor(rest, 8)], |c| c.is_ascii_digit());
                let left = start - part;
                let keeps = n_hyphens > 0 || (left == 3 && (right == 3 || right == 4)) || {
                    left <= 2 && right <= 2 && rest[right..].starts_with('-')
                };
                n_hyphens += usize::from(keeps);
                keeps
            }
            '-' => part == 0 && next_is(char::is_alphanumeric) && is_one_of(&chunk[..start], PREFIXES),
            '&' => start <= 3 && previous.is_uppercase() && next_is(char::is_uppercase),
            '@' | '_' => next_is(char::is_alphanumeric),
            '$' => {
                let before = &chunk[..start];
                if start <= 3 && before.bytes().all(|b| b.is_ascii_uppercase()) {
                    return start + 1;
                }
                false
            }
            _ => false,
        };
        if !keeps {
            break;
        }
        if !c.is_alphanumeric() && !is_joiner(c) {
            part = start + c.len_utf8();
        }
        previous = c;
        at = start + c.len_utf8();
    }
    at
}

/// Marks that belong to the character before them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{ad}' | '\u{2060}')
        || ('\u{300}'..='\u{36f}').contains(&c)
        || ('\u{20d0}'..='\u{20ff}').contains(&c)
}

/// Whether the letters after a point are the ending of a web address or a file name.
fn ends_as_address(rest: &str) -> bool {
    let letters = run(&rest[..floor(rest, 8)], |c| c.is_ascii_alphanumeric());
    is_one_of(&rest[..letters], ENDINGS) && rest[..letters].bytes().all(|b| b.is_ascii_lowercase())
        || (letters > 0
            && rest[letters..].strip_prefix('.').is_some_and(|rest| {
                let last = run(&rest[..floor(rest, 8)], |c| c.is_ascii_alphanumeric());
                is_one_of(&rest[..last], ENDINGS) && rest[..last].bytes().all(|b| b.is_ascii_lowercase())
            }))
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a full stop at the end of a word belongs to the word.
fn keeps_full_stop(before: &str, part: usize, dotted: bool, rest: &str, following: &str) -> bool {
    if rest.starts_with('.') {
        return false;
    }
    let last = &before[part..];
    // `U.S.`, `a.m.`, `D.C.`
    if part > 0
        && dotted
        && before.contains('.')
        && last.chars().nth(1).is_none()
        && last.starts_with(char::is_alphabetic)
    {
        return true;
    }
    let mut letters = before.chars();
    if let (Some(initial), None) = (letters.next(), letters.next()) {
        return initial.is_uppercase() && initial != 'I' && following.starts_with(char::is_uppercase);
    }
    if part > 0 {
        return is_one_of(before, &["ph.d"]);
    }
    match lower_in(before, abbreviation).flatten() {
        Some(Abbreviation::Title) => before.starts_with(char::is_uppercase),
        Some(Abbreviation::Plain) => {
            before != "miss" && before != "wash" && before != "ill" && before != "mass"
        }
        Some(Abbreviation::Number) => {
            rest.starts_with(|c: char| c.is_ascii_digit())
                || following.starts_with(|c: char| c.is_ascii_digit())
        }
        None => false,
    }
}

/// The bytes of the number in `5pm` or `1.5bn`.
pub(super) fn number_before_unit(form: &str) -> Option<usize> {
    if !form.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = run(form, |c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
    (digits < form.len() && is_one_of(&form[digits..], UNITS)).then_some(digits)
}

/// The bytes of the first of two syntactic words written as one; 0 where there is one.
pub(super) fn contraction(form: &str) -> usize {
    if let Some(at) = form.rfind(['\'', '’']) {
        let mark = form[at..].chars().next().map_or(1, char::len_utf8);
        let (before, ending) = (&form[..at], &form[at + mark..]);
        if before.ends_with(['n', 'N']) && matches!(ending, "t" | "T") && before.len() > 1 {
            return at - 1;
        }
        let decade = before.ends_with(|c: char| c.is_ascii_digit()) && before.len() <= 4 && ending == "s";
        if at > 0 && !decade && is_one_of(ending, CLITICS) {
            return at;
        }
        return 0;
    }
    lower_in(form, |lower| {
        CONTRACTIONS.iter().find(|(word, _)| *word == lower).map_or(0, |&(_, first)| first)
    })
    // `IM` and the like are abbreviations.
    .filter(|_| form.len() > 3 || !form.bytes().all(|b| b.is_ascii_uppercase()))
    .unwrap_or(0)
}

/// The bytes of a token that is no word: a run of stops or dashes, an emoji, a single sign.
pub(super) fn symbol(chunk: &str) -> usize {
    let mut letters = chunk.char_indices();
    let Some((_, first)) = letters.next() else { return 0 };
    match first {
        '.' | '!' | '?' | '…' => run(chunk, |c| matches!(c, '.' | '!' | '?' | '…')),
        '-' | '–' | '—' | '=' | '*' | '_' | '~' | '<' | '>' | '+' | '#' | '|' | '`' => {
            run(chunk, |c| c == first)
        }
        '\'' => 1 + usize::from(chunk[1..].starts_with('\'')),
        _ => {
            let mut end = first.len_utf8();
            let flag = is_flag_letter(first);
            let mut after_joiner = false;
            for (start, c) in letters {
                let belongs = is_joiner(c)
                    || (after_joiner && !c.is_alphanumeric())
                    || ('\u{1f3fb}'..='\u{1f3ff}').contains(&c)
                    || (flag && start == first.len_utf8() && is_flag_letter(c));
                if !belongs {
                    break;
                }
                after_joiner = c == '\u{200d}';
                end = start + c.len_utf8();
            }
            end
        }
    }
}

fn is_flag_letter(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}
