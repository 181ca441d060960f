//! The data dictionary of a format, from the tables of columns that its writer goes through.
//!
//! In:  a [`Format`].
//! Out: Markdown: what the file is, what it cannot hold, and each column with kind, unit, meaning, and what stands
//!      there where it is not known.

use crate::column::Note;
use crate::format::Format;
use std::fmt::Write as _;

/// The dictionary of a format, a page of Markdown.
pub fn dictionary(format: Format) -> String {
    let mut page = String::new();
    write_dictionary(format, "#", &mut page);
    page
}

/// The dictionaries of all formats, one after the other.
pub fn all_dictionaries() -> String {
    let mut page = String::from(
        "# Exports\n\n\
         What `dateline export --format FORMAT` writes, column by column. Made from the tables that the writers go\n\
         through, by `cargo xtask docs`; `dateline export --format FORMAT --dictionary` prints one of them. What a\n\
         format could not hold of the events at hand is counted on standard error.\n",
    );
    for &format in Format::ALL {
        page.push('\n');
        write_dictionary(format, "##", &mut page);
    }
    page
}

fn write_dictionary(format: Format, heading: &str, page: &mut String) {
    let about = format.about();
    line(page, &format!("{heading} `{format}`: {}\n", about.title));
    line(page, &format!("{} Files end in `.{}`.\n", about.shape, about.extension));
    line(page, "What it cannot hold:\n");
    about.losses.iter().for_each(|loss| line(page, &format!("- {loss}")));
    for part in format.parts() {
        page.push('\n');
        if !part.title.is_empty() {
            line(page, &format!("**{}**\n", part.title));
        }
        line(page, "| | column | kind | unit or codes | meaning | where unknown |");
        line(page, "| --- | --- | --- | --- | --- | --- |");
        part.notes.iter().enumerate().for_each(|(number, note)| line(page, &row(number + 1, note)));
    }
}

fn row(number: usize, note: &Note) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let Note { name, kind, unit, meaning, unknown } = note;
    format!(
        "| {number} | `{name}` | {} | {} | {} | {} |",
        kind.as_str(),
        if unit.is_empty() { "–".to_owned() } else { cell(unit) },
        cell(meaning),
        cell(unknown)
    )
}

fn line(page: &mut String, text: &str) {
    writeln!(page, "{text}").expect("invariant: a string takes what is written to it");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_explained_once() {
        for &format in Format::ALL {
            let page = dictionary(format);
            assert!(!format.losses().is_empty(), "{format}");
            for part in format.parts() {
                let mut names = std::collections::BTreeSet::new();
                for note in part.notes {
                    assert!(names.insert(note.name), "{format}: {} twice", note.name);
                    assert!(!note.meaning.is_empty() && !note.unknown.is_empty(), "{format}: {}", note.name);
                    assert!(page.contains(&format!("| `{}` | ", note.name)), "{format}: {}", note.name);
                }
            }
        }
    }

    #[test]
    fn a_dictionary_is_a_page() {
        let page = dictionary(Format::Icews);
        let head: Vec<&str> = page.lines().take(3).collect();
        insta::assert_snapshot!(head.join("\n"), @r"
        # `icews`: ICEWS coded events

        Tab-separated, UTF-8, with a header; 20 columns, one event a row. Nothing is quoted: in text a straight double quotation mark is written as a single one, a tab or line end as a space. Files end in `.tab`.
        ");
        insta::assert_snapshot!(page.lines().last().unwrap_or_default(), @"| 20 | `Longitude` | number | degrees east, WGS 84 | of the middle of the place | empty |");
    }
}
