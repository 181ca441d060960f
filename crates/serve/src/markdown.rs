//! Reads as much of Markdown as `docs/accuracy.md` has: headings, paragraphs, tables, `code`, **bold** and *italics*.
//!
//! In:  text of our own, built in; no text of a report comes here.
//! Out: HTML. A heading of the first level is left out, as the page has its own; others go down a level.
//!
//! Not done: lists, links, nested marks, a bar within a cell.

use maud::{Markup, html};

/// The text as HTML. Each table gets the heading above it as its name.
pub(crate) fn render(text: &str) -> Markup {
    let mut lines = text.lines().peekable();
    let mut heading = String::new();
    let mut parts: Vec<Markup> = Vec::new();
    while let Some(line) = lines.next() {
        if let Some((level, words)) = heading_of(line) {
            words.clone_into(&mut heading);
            match level {
                1 => {}
                2 => parts.push(html! { h3 { (inline(words)) } }),
                _ => parts.push(html! { h4 { (inline(words)) } }),
            }
        } else if line.starts_with('|') {
            let mut rows = vec![cells(line)];
            while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(cells(line));
            }
            parts.push(table(&heading, &rows));
        } else if !line.trim().is_empty() {
            let mut words = line.trim().to_owned();
            while let Some(line) = lines.next_if(|line| is_text(line)) {
                words.push(' ');
                words.push_str(line.trim());
            }
            parts.push(html! { p { (inline(&words)) } });
        }
    }
    html! { @for part in parts { (part) } }
}

fn heading_of(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let words = line[level..].strip_prefix(' ')?;
    (level > 0).then_some((level, words.trim()))
}

fn is_text(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('|') && heading_of(line).is_none()
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_start_matches('|').trim_end_matches('|').split('|').map(str::trim).collect()
}

fn table(heading: &str, rows: &[Vec<&str>]) -> Markup {
    let is_rule = |row: &[&str]| {
        row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')))
    };
    let has_head = rows.get(1).is_some_and(|row| is_rule(row));
    let (head, body) = if has_head { (rows.first(), &rows[2..]) } else { (None, rows) };
    html! {
        div.scrolled tabindex="0" role="region" aria-label=(heading) {
            table {
                @if let Some(head) = head { thead { tr { @for cell in head { th scope="col" { (inline(cell)) } } } } }
                tbody {
                    @for row in body { tr { @for cell in row { td { (inline(cell)) } } } }
                }
            }
        }
    }
}

/// Words with what stands between `**`, `*` and backticks.
fn inline(text: &str) -> Markup {
    let mut parts: Vec<Markup> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let marked = ["`", "**", "*"].into_iter().filter_map(|mark| {
            let from = rest.find(mark)?;
            let inside = &rest[from + mark.len()..];
            let to = inside.find(mark).filter(|&to| to > 0)?;
            Some((from, mark, &inside[..to], &inside[to + mark.len()..]))
        });
        // Of marks at one place the longer one is meant.
        let Some((from, mark, inside, after)) =
            marked.min_by_key(|(from, mark, ..)| (*from, std::cmp::Reverse(mark.len())))
        else {
            parts.push(html! { (rest) });
            break;
        };
        parts.push(html! { (&rest[..from]) });
        parts.push(match mark {
            "`" => html! { code { (inside) } },
            "**" => html! { strong { (inside) } },
            _ => html! { em { (inside) } },
        });
        rest = after;
    }
    html! { @for part in parts { (part) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_told_apart() {
        for (text, expected) in [
            ("# Title\n\nOne\ntwo.\n", "<p>One two.</p>"),
            ("## Part `x`\ntext", "<h3>Part <code>x</code></h3><p>text</p>"),
            ("**bold** and *light*, 2 * 3", "<p><strong>bold</strong> and <em>light</em>, 2 * 3</p>"),
            ("a < b & `<i>`", "<p>a &lt; b &amp; <code>&lt;i&gt;</code></p>"),
            ("#hash", "<p>#hash</p>"),
        ] {
            assert_eq!(render(text).into_string(), expected, "{text}");
        }
        let drawn = render("### Of `x`\n| a | b |\n| --- | ---: |\n| **1** | 2 |\n").into_string();
        assert!(drawn.starts_with("<h4>Of <code>x</code></h4><div"), "{drawn}");
        assert!(drawn.contains("<th scope=\"col\">b</th></tr></thead><tbody><tr><td><strong>1</strong></td><td>2</td></tr></tbody>"), "{drawn}");
    }
}
