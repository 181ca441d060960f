//! The one place where bytes become code points, and code points bytes.
//!
//! Inside, spans count bytes; in every input and output they count Unicode code points (what Python's `str`
//! counts, and the W3C TextPositionSelector). A [`CodePoints`] is built once per text.

use crate::ByteSpan;

/// A half-open range of code points: the unit of everything that is read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CharSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// Converts between bytes and code points of one text.
///
/// Text that is all ASCII needs no table; otherwise every `STEP`-th code point's byte is kept, and the rest
/// is counted.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Invariant: `marks[i]` is the byte where code point `i * STEP` starts; empty for ASCII text.
    marks: Vec<u32>,
}

/// Code points between two marks: 64 keeps the table small and the counting short.
const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte as u32).collect()
        };
        CodePoints { text, marks }
    }

    /// The code points of a span of bytes.
    pub fn to_chars(&self, span: ByteSpan) -> CharSpan {
        CharSpan { start: self.char_of(span.start), end: self.char_of(span.end) }
    }

    /// The bytes of a span of code points, or nothing where it is reversed or runs past the text.
    pub fn to_bytes(&self, span: CharSpan) -> Option<ByteSpan> {
        let (start, end) = (self.byte_of(span.start)?, self.byte_of(span.end)?);
        (start <= end).then_some(ByteSpan { start, end })
    }

    fn char_of(&self, byte: u32) -> u32 {
        if self.marks.is_empty() {
            return byte;
        }
        let mark = self.marks.partition_point(|&start| start <= byte) - 1;
        let from = self.marks[mark] as usize;
        (mark * STEP + self.text[from..byte as usize].chars().count()) as u32
    }

    fn byte_of(&self, char: u32) -> Option<u32> {
        if self.marks.is_empty() {
            return (char as usize <= self.text.len()).then_some(char);
        }
        let mark = (char as usize / STEP).min(self.marks.len() - 1);
        let from = self.marks[mark] as usize;
        let rest = char as usize - mark * STEP;
        let mut starts = self.text[from..].char_indices().map(|(byte, _)| from + byte);
        match starts.nth(rest) {
            Some(byte) => Some(byte as u32),
            None => (self.text[from..].chars().count() == rest).then_some(self.text.len() as u32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_code_points_not_bytes() {
        let text = "Séoul – “talks”";
        let points = CodePoints::new(text);
        let quoted = ByteSpan::new(text.find('“').unwrap(), text.len());
        assert_eq!(points.to_chars(quoted), CharSpan { start: 8, end: 15 });
        assert_eq!(points.to_bytes(CharSpan { start: 8, end: 15 }), Some(quoted));
        assert_eq!(points.to_bytes(CharSpan { start: 8, end: 16 }), None);
    }

    proptest! {
        #[test]
        fn there_and_back(text in "\\PC{0,300}", a in 0usize..300, b in 0usize..300) {
            let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let (a, b) = (a.min(starts.len() - 1), b.min(starts.len() - 1));
            let (a, b) = (a.min(b), a.max(b));
            let points = CodePoints::new(&text);
            let span = ByteSpan::new(starts[a], starts[b]);
            let chars = points.to_chars(span);
            prop_assert_eq!((chars.start as usize, chars.end as usize), (a, b));
            prop_assert_eq!(points.to_bytes(chars), Some(span));
        }
    }
}
