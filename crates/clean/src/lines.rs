//! The lines and paragraphs of a flattened page, as spans of its text.
//!
//! Dumps come in two shapes: one line a block, however long, and hard-wrapped text, where a paragraph runs over
//! several lines of about the same width. Wrapped lines show by what wrapping does: the first word of the next
//! line would not have fitted on this one.

use dateline_text::ByteSpan;

/// A line or a wrapped paragraph, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) span: ByteSpan,
    /// Whether a blank line stands before it.
    pub(crate) after_gap: bool,
}

/// White space, and characters that show nothing: zero-width spaces and joiners, direction marks, soft hyphens.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Splits a text into blocks, in order; every visible character is in exactly one.
pub(crate) fn split_blocks(text: &str) -> Vec<Block> {
    let lines = split_lines(text);
    let width = wrap_width(&lines);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let continues = at > 0 && width.is_some_and(|width| line.continues(&lines[at - 1], width));
        match blocks.last_mut() {
            Some(last) if continues => last.span = last.span.cover(line.span),
            _ => blocks.push(Block { span: line.span, after_gap: line.after_gap }),
        }
    }
    blocks
}

/// A line that is not blank.
struct Line {
    span: ByteSpan,
    after_gap: bool,
    /// Characters from the margin to the end.
    n_chars: usize,
    /// White space before the first word, in characters.
    indent: usize,
    /// Characters of the first word.
    first_word: usize,
    starts_lower: bool,
    ends_sentence: bool,
}

impl Line {
    /// Whether wrapping at `width` would have broken the line before here.
    fn continues(&self, before: &Line, width: usize) -> bool {
        !self.after_gap
            && before.n_chars <= width + 2
            && self.n_chars <= width + 2
            && before.n_chars + 1 + self.first_word + SLACK > width
            && self.indent <= before.indent + 1
    }
}

/// Wrapping tools differ by a character or two in what they let stand on a line.
const SLACK: usize = 2;
/// Narrower columns are lists, wider ones are not wrapped by hand or by mail programs.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=130;

fn split_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_gap = false;
    let mut start = 0;
    // A carriage return before a newline ends an empty line that is no gap, hence the separate count.
    let mut n_breaks = 0;
    let ends = text.char_indices().filter(|&(_, c)| is_line_break(c)).map(|(at, c)| (at, c.len_utf8(), c));
    for (end, n_bytes, c) in ends.chain([(text.len(), 0, '\n')]) {
        let raw = &text[start..end];
        let trimmed = raw.trim_matches(is_blank);
        if trimmed.is_empty() {
            let is_crlf = c == '\n' && start > 0 && end == start && text.as_bytes()[start - 1] == b'\r';
            n_breaks += usize::from(!is_crlf);
            after_gap |= n_breaks > 0;
        } else {
            let from = start + (trimmed.as_ptr() as usize - raw.as_ptr() as usize);
            let indent = raw[..from - start].chars().filter(|c| c.is_whitespace()).count();
            let last = trimmed.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).chars().next_back();
            lines.push(Line {
                span: ByteSpan::new(from, from + trimmed.len()),
                after_gap,
                n_chars: indent + trimmed.chars().count(),
                indent,
                first_word: trimmed.chars().take_while(|c| !c.is_whitespace()).count(),
                starts_lower: trimmed.starts_with(char::is_lowercase),
                ends_sentence: last.is_some_and(|c| ".!?…。".contains(c)),
            });
            after_gap = false;
            n_breaks = 0;
        }
        start = end + n_bytes;
    }
    lines
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The width at which the text is wrapped, if it is.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    // Groups of lines without a gap, each wrapped at its own longest line or not at all.
    let mut widths = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let end = (start + 1..lines.len()).find(|&at| lines[at].after_gap).unwrap_or(lines.len());
        widths.extend(group_width(&lines[start..end]));
        start = end;
    }
    widths.sort_unstable();
    // The widest but for outliers: short paragraphs seem narrower than they are.
    widths.get(widths.len().saturating_sub(1) * 9 / 10).copied()
}

fn group_width(group: &[Line]) -> Option<usize> {
    let width = group.iter().map(|line| line.n_chars).max()?;
    if group.len() < 3 || !WIDTHS.contains(&width) {
        return None;
    }
    let (mut n_wrapped, mut n_open, mut n_lower) = (0usize, 0usize, 0usize);
    for pair in group.windows(2) {
        if pair[0].n_chars + 1 + pair[1].first_word + SLACK > width {
            n_wrapped += 1;
            n_open += usize::from(!pair[0].ends_sentence);
            n_lower += usize::from(pair[1].starts_lower);
        }
    }
    let n_pairs = group.len() - 1;
    // In running text about two lines of three begin in lower case; lists of headlines hardly ever do.
    (n_wrapped * 10 >= n_pairs * 7 && n_open * 2 >= n_wrapped && n_lower * 4 >= n_wrapped).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks(text: &str) -> Vec<&str> {
        split_blocks(text).into_iter().map(|block| block.span.of(text)).collect()
    }

    #[test]
    fn lines_are_blocks_unless_wrapped() {
        for (text, expected) in [
            ("One line.\nAnother line.\n\nA third.", &["One line.", "Another line.", "A third."][..]),
            ("\u{feff}  One.\r\n\r\n\tTwo.\u{200b}\r\n", &["One.", "Two."]),
            ("One.\u{2028}Two.\rThree.", &["One.", "Two.", "Three."]),
            ("\u{200f}שלום עולם\u{200e}\n\u{a0}\n", &["שלום עולם"]),
            ("", &[]),
            (" \n\u{200b}\n", &[]),
            (
                "The council of Marenko met on Monday to talk about the harbour,\nwhich has been closed since the flood \
                 of last winter, and about\nthe ferries that used to leave from it.\n\nA short one.",
                &[
                    "The council of Marenko met on Monday to talk about the harbour,\nwhich has been closed since the \
                     flood of last winter, and about\nthe ferries that used to leave from it.",
                    "A short one.",
                ],
            ),
            (
                "Council of Marenko meets over closed harbour\nFerries stay away for another year\nStorm warning for \
                 the northern valleys lifted",
                &[
                    "Council of Marenko meets over closed harbour",
                    "Ferries stay away for another year",
                    "Storm warning for the northern valleys lifted",
                ],
            ),
        ] {
            assert_eq!(blocks(text), expected, "{text:?}");
        }
    }

    #[test]
    fn gaps_are_seen_through_carriage_returns() {
        let text = "One.\r\nTwo.\r\n\r\nThree.";
        let gaps: Vec<bool> = split_blocks(text).into_iter().map(|block| block.after_gap).collect();
        assert_eq!(gaps, [false, false, true]);
    }

    #[test]
    fn wrapped_paragraphs_without_gaps_end_at_short_lines() {
        let text = "The council of Marenko met on Monday to talk about the harbour,\nwhich has been closed since the \
                    flood of last winter, and about\nferries.\nThe mayor said that the works would take until the \
                    autumn and\nthat nobody knew what they would cost the town in the long run.";
        assert_eq!(blocks(text).len(), 2, "{:?}", blocks(text));
    }

    proptest! {
        #[test]
        fn every_visible_character_is_in_one_block(text in "(\\PC|[ \t\r\n\u{a0}\u{200b}\u{2028}]){0,200}") {
            let blocks = split_blocks(&text);
            let mut at = 0;
            for block in &blocks {
                let start = block.span.start as usize;
                prop_assert!(start >= at && !block.span.is_empty());
                prop_assert!(text[at..start].chars().all(is_blank));
                at = block.span.end as usize;
            }
            prop_assert!(text[at..].chars().all(is_blank));
        }
    }
}
