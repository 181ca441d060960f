//! A small scanner of HTML: measures a page before it is parsed, and flattens it where it is not.
//!
//! One pass, no tree, no recursion. Not done: CSS, so what a style hides is shown.

/// How much markup a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup {
    pub(crate) n_tags: usize,
    /// Most elements open at once, of those that have to be closed.
    pub(crate) depth: usize,
}

impl Markup {
    pub(crate) fn measure(html: &str) -> Markup {
        let mut markup = Markup::default();
        let mut depth = 0usize;
        for piece in (Pieces { html, at: 0 }) {
            let Piece::Tag { name, is_end, .. } = piece else { continue };
            markup.n_tags += 1;
            if closes_by_itself(name) {
                continue;
            }
            if is_end {
                depth = depth.saturating_sub(1);
            } else {
                depth += 1;
                markup.depth = markup.depth.max(depth);
            }
        }
        markup
    }
}

/// Elements without content, and those that the next of their kind closes.
fn closes_by_itself(name: &str) -> bool {
    is_one_of(
        name,
        &[
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
            "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead",
            "tfoot", "path", "use", "rect", "circle", "polygon", "line", "stop", "g",
        ],
    )
}

/// Elements that stand in a line of text; all others begin a new one.
fn is_inline(name: &str) -> bool {
    is_one_of(
        name,
        &[
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
            "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
            "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
        ],
    )
}

/// Elements whose content is not shown.
fn is_hidden(name: &str) -> bool {
    is_one_of(
        name,
        &["script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea"],
    )
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// The visible text of a page, one block element a line.
pub(crate) fn flatten(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 4);
    let mut hidden: Option<&str> = None;
    for piece in (Pieces { html, at: 0 }) {
        match piece {
            Piece::Tag { name, is_end, .. } => {
                if let Some(open) = hidden {
                    if is_end && name.eq_ignore_ascii_case(open) || is_one_of(name, &["body"]) {
                        hidden = None;
                    }
                    continue;
                }
                if !is_end && is_hidden(name) {
                    hidden = Some(name);
                }
                if !is_inline(name) && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            Piece::Text(words) if hidden.is_none() => push_text(&mut text, words),
            Piece::Text(_) => {}
        }
    }
    text
}

/// Adds words with white space collapsed and character references resolved.
fn push_text(text: &mut String, words: &str) {
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        if c == '&'
            && let Some((decoded, n_bytes)) = read_reference(rest)
        {
            text.push(decoded);
            rest = &rest[n_bytes..];
            continue;
        }
        if c.is_whitespace() {
            if !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
        } else {
            text.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
}

/// All character references of a short text resolved.
pub(crate) fn decode_references(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    push_text(&mut text, words);
    text
}

/// The common character references; a name that is not known stays as it is.
fn read_reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|&c| c != '\0')?
    } else {
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            "ldquo" => '“',
            "rdquo" => '”',
            "lsquo" => '‘',
            "rsquo" => '’',
            "ndash" => '–',
            "mdash" => '—',
            "hellip" => '…',
            "laquo" => '«',
            "raquo" => '»',
            "copy" => '©',
            "eacute" => 'é',
            "egrave" => 'è',
            "ouml" => 'ö',
            "uuml" => 'ü',
            "auml" => 'ä',
            "ccedil" => 'ç',
            "ntilde" => 'ñ',
            _ => return None,
        }
    };
    Some((c, end + 1))
}

/// A piece of a page.
#[derive(Debug)]
pub(crate) enum Piece<'h> {
    Tag { name: &'h str, is_end: bool, attributes: &'h str },
    Text(&'h str),
}

/// Tags and text of a page, in order. Comments and declarations are passed over; the content of a script is
/// one text.
pub(crate) struct Pieces<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Pieces<'h> {
    pub(crate) fn of(html: &'h str) -> Pieces<'h> {
        Pieces { html, at: 0 }
    }
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
            let Some(after) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                return Some(Piece::Text(&rest[..end]));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                self.at = comment.find("-->").map_or(self.html.len(), |end| self.at + 4 + end + 3);
                continue;
            }
            if after.starts_with(['!', '?']) {
                self.at = after.find('>').map_or(self.html.len(), |end| self.at + 1 + end + 1);
                continue;
            }
            let (is_end, name_from) = if after.starts_with('/') { (true, 1) } else { (false, 0) };
            if !after[name_from..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                // A lone "<" is text.
                let end = after.find('<').map_or(rest.len(), |end| end + 1);
                self.at += end;
                return Some(Piece::Text(&rest[..end]));
            }
            let named = &after[name_from..];
            let name_end =
                named.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(named.len());
            let name = &named[..name_end];
            let tag_end = find_tag_end(&named[name_end..]);
            let attributes = &named[name_end..name_end + tag_end];
            self.at += 1 + name_from + name_end + tag_end + 1;
            if !is_end && is_one_of(name, &["script", "style"]) {
                self.skip_raw(name);
            }
            return Some(Piece::Tag { name, is_end, attributes });
        }
    }
}

impl Pieces<'_> {
    /// Passes over the content of an element that holds no markup, up to its end tag.
    fn skip_raw(&mut self, name: &str) {
        let Some(rest) = self.html.get(self.at..) else { return };
        let mut from = 0;
        while let Some(found) = rest[from..].find("</") {
            let at = from + found;
            let is_it = rest[at + 2..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
            if is_it {
                self.at += at;
                return;
            }
            from = at + 2;
        }
        self.at = self.html.len();
    }
}

/// The `>` that ends a tag: not one inside a quoted value.
fn find_tag_end(attributes: &str) -> usize {
    let mut quote = None;
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if attributes[..at].ends_with('=') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    // A quotation mark that is never closed: the first `>` then.
    attributes.find('>').unwrap_or(attributes.len())
}

/// The value of an attribute, with character references resolved.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let found = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let (quote, start) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => (Some(quote), 1),
                _ => (None, 0),
            };
            let body = &after[start..];
            let end = match quote {
                Some(quote) => body.find(quote).unwrap_or(body.len()),
                None => body.find(char::is_whitespace).unwrap_or(body.len()),
            };
            value = &body[..end];
            rest = body[end..].strip_prefix(['"', '\'']).unwrap_or(&body[end..]);
        } else if end == 0 {
            return None;
        }
        if found.eq_ignore_ascii_case(name) {
            return Some(decode_references(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pages_become_lines() {
        for (html, expected) in [
            (
                "<p>One <b>bold</b> word</p><p>Two &amp; &#8220;three&#x201D;</p>",
                "One bold word|Two & “three”",
            ),
            ("<head><title>x</title></head><body>Shown<script>if (a < b) {}</script></body>", "Shown"),
            ("<!-- <p>no</p> --><div>5 < 6</div>", "5 < 6"),
            ("<a title=\"a > b\">Link</a> &unknown;", "Link &unknown;"),
            ("<p>Open", "Open"),
            ("<script>never closed", ""),
        ] {
            let lines: Vec<_> = flatten(html)
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect();
            assert_eq!(lines.join("|"), expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_read_with_any_quotes() {
        for (attributes, expected) in [
            (" name=\"a\" content=\"b &amp; c\"", Some("b & c")),
            (" content='x y' name=z", Some("x y")),
            (" content=plain/", Some("plain/")),
            (" data-content=no", None),
            (" CONTENT = \"up\"", Some("up")),
        ] {
            assert_eq!(attribute(attributes, "content").as_deref(), expected, "{attributes}");
        }
    }

    #[test]
    fn depth_counts_what_has_to_be_closed() {
        let measure = Markup::measure(&format!("{}{}", "<p>".repeat(9), "<div>".repeat(5)));
        assert_eq!(measure, Markup { n_tags: 14, depth: 5 });
    }

    proptest! {
        #[test]
        fn any_page_is_no_panic(html in "(<|>|/|!--|-->|=|\"|'|script|&#x?|;|[a-z ]|\\PC){0,80}") {
            let _ = (flatten(&html), Markup::measure(&html), attribute(&html, "a"));
        }
    }
}
