//! A brief, written: for the terminal, as Markdown, as HTML, as JSON.

mod html;
mod json;
mod markdown;
mod terminal;

use crate::{Brief, Part};
use dateline_text::visible;

impl Brief<'_> {
    /// For reading in a terminal of this many columns, with ANSI styles.
    pub fn to_terminal(&self, columns: usize) -> String {
        terminal::write(self, columns)
    }

    /// As Markdown.
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }

    /// As one self-contained HTML page: every cite leads to its paragraph.
    pub fn to_html(&self) -> String {
        html::write(self)
    }

    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

/// The parts of a line as plain text, quotations in quotation marks, nothing that a terminal would obey.
fn plain(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Plain(words) => {
                let spaced = text.is_empty() || words.starts_with([' ', ',', ';', '.', ':']);
                if !spaced && !text.ends_with(' ') {
                    text.push(' ');
                }
                text += &visible(words);
            }
            Part::Quote(words) => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
                text += &quoted(words);
            }
        }
    }
    text
}

/// Words of a report in quotation marks; marks of their own inside become single ones only where they would
/// close ours.
fn quoted(words: &str) -> String {
    let inner = visible(words);
    let trimmed = inner.strip_prefix(['“', '"']).and_then(|rest| rest.strip_suffix(['”', '"']));
    match trimmed {
        Some(inside) if !inside.contains(['“', '”', '"']) => format!("“{inside}”"),
        _ => format!("“{}”", inner.replace('“', "‘").replace('”', "’")),
    }
}
