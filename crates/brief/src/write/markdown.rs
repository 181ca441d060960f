//! Markdown: headings, lists, and nothing in the text of reports that Markdown would obey.

use super::plain;
use crate::sections::cited;
use crate::{Brief, Line};

pub fn write(brief: &Brief<'_>) -> String {
    let mut text = format!("# Situation brief\n\n{}\n", escaped(&brief.basis));
    for section in &brief.sections {
        text += &format!("\n## {}\n\n", section.title);
        if section.lines.is_empty() {
            text += section.if_empty;
            text.push('\n');
        }
        for line in &section.lines {
            write_line(line, 0, &mut text);
        }
    }
    text
}

fn write_line(line: &Line, depth: usize, text: &mut String) {
    *text += &"  ".repeat(depth);
    *text += "- ";
    if !line.lead.is_empty() {
        *text += &format!("**{}**", escaped(&dateline_text::visible(&line.lead)));
        *text += if line.parts.is_empty() { "" } else { " · " };
    }
    *text += &escaped(&plain(&line.parts));
    if !line.cites.is_empty() {
        *text += &format!(" \\[{}\\]", cited(&line.cites));
    }
    text.push('\n');
    for below in &line.below {
        write_line(below, depth + 1, text);
    }
}

/// The text with every character that Markdown or HTML would obey made plain.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '&' => safe += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                safe.push('\\');
                safe.push(c);
            }
            // After a bracket, escaped or not, this would read as the address of a link.
            '(' if safe.ends_with(']') => safe += "\\(",
            '\n' => safe.push(' '),
            _ => safe.push(c),
        }
    }
    // A bare address would become a link of the report's choosing.
    safe.replace("://", ":\u{200B}//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_reports_is_no_markup() {
        for (text, expected) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("[click](javascript:x)", "\\[click\\]\\(javascript:x)"),
            ("# no *heading*", "\\# no \\*heading\\*"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
