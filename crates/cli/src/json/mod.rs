//! The shapes that stage commands write. Offsets are code points; core types know nothing of this.

mod clean;
mod code;

pub use clean::CleanJson;
pub use code::CodeJson;

use dateline_text::{ByteSpan, CodePoints};
use serde::Serialize;

/// A half-open range of code points.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SpanJson {
    start: u32,
    end: u32,
}

impl SpanJson {
    fn new(points: &CodePoints<'_>, span: ByteSpan) -> SpanJson {
        let chars = points.to_chars(span);
        SpanJson { start: chars.start, end: chars.end }
    }
}

/// A range of code points with its words.
#[derive(Clone, Debug, Serialize)]
pub struct QuoteJson<'t> {
    start: u32,
    end: u32,
    text: &'t str,
}

impl<'t> QuoteJson<'t> {
    fn new(points: &CodePoints<'_>, text: &'t str, span: ByteSpan) -> QuoteJson<'t> {
        let SpanJson { start, end } = SpanJson::new(points, span);
        QuoteJson { start, end, text: span.of(text) }
    }
}
