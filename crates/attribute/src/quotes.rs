//! Finds the words between quotation marks.
//!
//! In:  a [`Document`].
//! Out: [`Quote`]s in text order that do not overlap, marks included.
//!
//! Straight and curly marks, doubled single ones (`''`), guillemets and low marks are known, and a quotation may
//! close with another shape than it opened with: dumps mix them. A single mark opens only before a word and closes
//! only after one, because it is also the apostrophe. A quotation that runs over paragraphs opens anew in each and
//! closes only in the last. A mark without its partner never takes more than its sentence, so a slip of the
//! typesetter does not swallow paragraphs.

use dateline_text::{Document, TokenIdx, TokenSpan};

/// Words in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// From the opening to the closing mark; without the latter where the quotation goes on in the next paragraph.
    pub(crate) tokens: TokenSpan,
    /// Whether it continues the quotation before it: the paragraph before ended inside one.
    pub(crate) continues: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// All quotations of a document.
pub(crate) fn find_quotes(document: &Document) -> Vec<Quote> {
    let double = scan(document, Family::Double);
    let single = scan(document, Family::Single);
    merge(document, double, single)
}

/// The quotations of one family of marks.
fn scan(document: &Document, family: Family) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut open: Option<(TokenIdx, bool)> = None;
    let mut paragraph = None;
    let mut marks: Vec<(Family, Side)> = Vec::new();
    for sentence in document.sentences() {
        for token in sentence.tokens.iter() {
            marks.clear();
            read_marks(document, token, &mut marks);
            marks.retain(|&(found, _)| found == family);
            if paragraph != Some(sentence.paragraph) {
                paragraph = Some(sentence.paragraph);
                if let Some((opener, continues)) = open.take() {
                    let opens_anew = marks.first().is_some_and(|&(_, side)| side != Side::Closes);
                    if opens_anew {
                        quotes
                            .push(Quote { tokens: TokenSpan::new(opener.index(), token.index()), continues });
                        open = Some((token, true));
                        marks.remove(0);
                    } else {
                        quotes.extend(unclosed(document, family, opener, token.index(), continues));
                    }
                }
            }
            for &(_, side) in &marks {
                match open {
                    None if side == Side::Closes => {}
                    None => open = Some((token, false)),
                    Some((opener, continues)) if side == Side::Opens => {
                        // A second opening mark: the first one was a slip.
                        quotes.extend(unclosed(document, family, opener, token.index(), continues));
                        open = Some((token, false));
                    }
                    Some((opener, continues)) => {
                        if token > opener {
                            let tokens = TokenSpan::new(opener.index(), token.index() + 1);
                            quotes.push(Quote { tokens, continues });
                        }
                        open = None;
                    }
                }
            }
        }
    }
    if let Some((opener, continues)) = open {
        quotes.extend(unclosed(document, family, opener, document.tokens().len(), continues));
    }
    quotes
}

/// A quotation that nothing closes before `end`: it holds to the end of its sentence, or of its paragraph where it
/// continues one from the paragraph before. A single mark alone is taken for an apostrophe.
fn unclosed(
    document: &Document,
    family: Family,
    opener: TokenIdx,
    end: usize,
    continues: bool,
) -> Option<Quote> {
    let sentence = document.sentence(document.sentence_of(opener)).tokens;
    let end = if continues { end } else { end.min(sentence.end as usize) };
    // A lone mark at the end of a sentence closes something that never opened.
    (family == Family::Double && end > opener.index() + 1)
        .then(|| Quote { tokens: TokenSpan::new(opener.index(), end), continues })
}

/// Both families in text order. Where they overlap the double marks win, unless single ones enclose them and end
/// with a stop or comma, as in British books.
fn merge(document: &Document, double: Vec<Quote>, single: Vec<Quote>) -> Vec<Quote> {
    let mut merged: Vec<Quote> = Vec::with_capacity(double.len() + single.len());
    let mut rest = double.into_iter().peekable();
    for quote in single {
        while let Some(before) = rest.next_if(|next| next.tokens.start < quote.tokens.start) {
            merged.push(before);
        }
        if merged.last().is_some_and(|last| last.tokens.overlaps(quote.tokens)) {
            continue;
        }
        let inside = rest.peek().is_some_and(|next| next.tokens.start < quote.tokens.end);
        if inside && !ends_like_speech(document, quote.tokens) {
            continue;
        }
        while rest.next_if(|next| quote.tokens.contains(next.tokens)).is_some() {}
        if rest.peek().is_some_and(|next| next.tokens.overlaps(quote.tokens)) {
            continue;
        }
        merged.push(quote);
    }
    merged.extend(rest);
    merged
}

/// Whether the last word before the closing mark is a comma or a stop.
pub(crate) fn ends_like_speech(document: &Document, quote: TokenSpan) -> bool {
    let inner = quote.iter().rev().map(|token| document.form(token)).find(|form| !form.chars().all(is_mark));
    inner.is_some_and(|form| form.ends_with([',', '.', '?', '!', '…', '—', '–', '-']))
}

/// The quotation marks in a token, with the side that their shape and the space around them allow.
fn read_marks(document: &Document, token: TokenIdx, marks: &mut Vec<(Family, Side)>) {
    let form = document.form(token);
    let Some(first) = form.chars().next() else { return };
    let text = document.text();
    let span = document.token(token).span;
    let before = text[..span.start as usize].chars().next_back();
    let after = text[span.end as usize..].chars().next();
    if form.chars().all(is_mark) {
        let doubled = form.chars().count() > 1;
        if let Some((family, side)) = judge_mark(first, doubled, before, after)
            && !(family == Family::Single && is_apostrophe(document, token))
        {
            marks.push((family, side));
        }
        return;
    }
    // Marks that the tokenizer left at a word.
    if is_mark(first) && !matches!(first, '\'' | '’') {
        let inner = form.chars().nth(1);
        if let Some((family, _)) = judge_mark(first, false, before, inner) {
            marks.push((family, Side::Opens));
        }
    }
    if let Some(last) = form.chars().next_back()
        && is_mark(last)
        && !matches!(last, '\'' | '’')
        && let Some((family, _)) = judge_mark(last, false, form.chars().rev().nth(1), after)
    {
        marks.push((family, Side::Closes));
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '‚'
            | '\''
            | '`'
            | '＂'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// Which side a mark can be, from its shape and its neighbours.
fn judge_mark(
    mark: char,
    doubled: bool,
    before: Option<char>,
    after: Option<char>,
) -> Option<(Family, Side)> {
    let space_before =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/'));
    let space_after = after.is_none_or(|c| c.is_whitespace());
    let by_space = match (space_before, space_after) {
        (true, false) => Side::Opens,
        (false, true) => Side::Closes,
        (false, false) if after.is_some_and(|c| c.is_ascii_punctuation() || matches!(c, '—' | '–' | '…')) => {
            Side::Closes
        }
        _ => Side::Either,
    };
    Some(match mark {
        // An opening shape after a word, with space behind it, was meant to close.
        '“' if by_space == Side::Closes => (Family::Double, Side::Either),
        '“' | '„' | '‟' | '«' | '「' | '『' => (Family::Double, Side::Opens),
        '”' | '»' | '」' | '』' if doubled || mark != '”' => (Family::Double, Side::Closes),
        // A closing shape before a word, with space before it, was meant to open.
        '”' if by_space == Side::Opens => (Family::Double, Side::Either),
        '”' => (Family::Double, Side::Closes),
        '"' | '＂' => (Family::Double, by_space),
        '`' if doubled => (Family::Double, Side::Opens),
        '\'' | '’' if doubled => (Family::Double, by_space),
        '‘' if doubled => (Family::Double, Side::Opens),
        '‘' | '‚' | '‹' | '`' => (Family::Single, if space_before { Side::Opens } else { return None }),
        '›' => (Family::Single, Side::Closes),
        '\'' | '’' => match by_space {
            Side::Either => return None,
            Side::Opens if mark == '’' => return None,
            side => (Family::Single, side),
        },
        _ => return None,
    })
}

/// Whether a single mark is the apostrophe of a possessive plural (`the miners' union`).
fn is_apostrophe(document: &Document, token: TokenIdx) -> bool {
    use dateline_text::{Upos, Xpos};
    document.xpos(token) == Xpos::Pos || document.upos(token) == Upos::Part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::bare;

    fn quoted(text: &str) -> Vec<String> {
        let document = bare(text);
        find_quotes(&document).iter().map(|quote| document.words(quote.tokens).to_owned()).collect()
    }

    #[test]
    fn marks_of_every_shape() {
        for (text, expected) in [
            ("\"We stay,\" she said.", vec!["\"We stay,\""]),
            ("“We stay,” she said.", vec!["“We stay,”"]),
            ("''We stay,'' she said.", vec!["''We stay,''"]),
            ("«We stay», she said.", vec!["«We stay»"]),
            ("'We stay,' she said.", vec!["'We stay,'"]),
            ("‘We stay,’ she said.", vec!["‘We stay,’"]),
            // Opened curly, closed straight.
            ("“We stay,\" she said.", vec!["“We stay,\""]),
            // The apostrophe is no quotation mark.
            ("It's the miners' own choice, isn't it?", vec![]),
            ("The '90s were hard.", vec![]),
            // Quotation within quotation stays with the outer one.
            ("“He said ‘never’ to us,” she said.", vec!["“He said ‘never’ to us,”"]),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn lone_marks_swallow_nothing() {
        for (text, expected) in [
            ("The drill ends soon”. Then all go home.", vec![]),
            ("He called it “a slip. Then all went home.\n\nNobody spoke.", vec!["“a slip."]),
            ("He said \"no. Then he left.\n\nShe said \"yes\" to it.", vec!["\"no.", "\"yes\""]),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn runs_over_paragraphs() {
        let text =
            "“We are many. We stay,” he said. “We wait.\n\n“We wait long.\n\n“But we win.”\n\nAll left.";
        assert_eq!(quoted(text), ["“We are many. We stay,”", "“We wait.", "“We wait long.", "“But we win.”"]);
    }
}
