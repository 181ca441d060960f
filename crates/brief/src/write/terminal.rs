//! The terminal: headings, hanging indents, cites set apart by colour.

use super::plain;
use crate::sections::cited;
use crate::{Brief, Line};
use anstyle::{AnsiColor, Style};
use dateline_text::visible;
use std::fmt::Write;

const HEADING: Style = Style::new().bold().underline();
const LEAD: Style = Style::new().bold();
const CITE: Style = AnsiColor::Cyan.on_default();

/// Narrower terminals are written as if they had this many columns.
const MIN_COLUMNS: usize = 40;

pub fn write(brief: &Brief<'_>, columns: usize) -> String {
    let columns = columns.max(MIN_COLUMNS);
    let mut text = String::new();
    let _ = writeln!(text, "{HEADING}Situation brief{HEADING:#}\n");
    wrap(&visible(&brief.basis), "", "", columns, &mut text);
    for section in &brief.sections {
        let _ = writeln!(text, "\n{HEADING}{}{HEADING:#}", section.title);
        if section.lines.is_empty() {
            let _ = writeln!(text, "  {}", section.if_empty);
        }
        for line in &section.lines {
            write_line(line, 1, columns, &mut text);
        }
    }
    text
}

fn write_line(line: &Line, depth: usize, columns: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let mut words = String::new();
    if !line.lead.is_empty() {
        words += &visible(&line.lead);
        words += if line.parts.is_empty() { "" } else { " · " };
    }
    let n_lead = words.len();
    words += &plain(&line.parts);
    if !line.cites.is_empty() {
        let _ = write!(words, " [{}]", cited(&line.cites).replace(' ', "\u{A0}").replace(",\u{A0}", ", "));
    }
    let start = text.len();
    wrap(&words, &format!("{indent}• "), &format!("{indent}  "), columns, text);
    style(text, start, n_lead, !line.cites.is_empty(), &indent);
    for below in &line.below {
        write_line(below, depth + 1, columns, text);
    }
}

/// Sets the lead in bold and the cites in colour, where each stands on the wrapped lines from `start`.
fn style(text: &mut String, start: usize, n_lead: usize, has_cites: bool, indent: &str) {
    let written = text[start..].trim_end_matches('\n').replace('\u{A0}', " ");
    text.truncate(start);
    let after_bullet = indent.len() + "• ".len();
    let first_line = written.find('\n').unwrap_or(written.len());
    let lead_end = (after_bullet + n_lead).min(first_line);
    let lead_end = (0..=lead_end).rev().find(|&at| written.is_char_boundary(at)).unwrap_or(0);
    let cites = if has_cites { written.rfind(" [").unwrap_or(written.len()) } else { written.len() };
    let cites = if cites < lead_end { written.len() } else { cites };
    let lead_start = after_bullet.min(lead_end);
    let _ = write!(
        text,
        "{}{LEAD}{}{LEAD:#}{}{CITE}{}{CITE:#}",
        &written[..lead_start],
        &written[lead_start..lead_end],
        &written[lead_end..cites],
        &written[cites..],
    );
    text.push('\n');
}

/// Breaks words into lines of at most `columns` characters.
fn wrap(words: &str, first: &str, rest: &str, columns: usize, text: &mut String) {
    let mut line = first.to_owned();
    let mut width = first.chars().count();
    let mut is_empty = true;
    for word in words.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let n_chars = word.chars().count();
        if !is_empty && width + 1 + n_chars > columns {
            text.push_str(&line);
            text.push('\n');
            line = rest.to_owned();
            width = rest.chars().count();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += n_chars;
        is_empty = false;
    }
    text.push_str(&line);
    text.push('\n');
}
