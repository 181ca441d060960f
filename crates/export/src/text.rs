//! Text of reports in cells: nothing in it breaks a row or becomes markup.
//!
//! In:  a [`Value`].
//! Out: one cell, appended to a line.
//!
//! Tab-separated formats have no way to escape: what would break them is replaced, see [`tsv_cell`]. CSV quotes and
//! keeps, JSON escapes and keeps.
//!
//! ```text
//! the "Sea<TAB>Wolf"      TSV  the 'Sea Wolf'      CSV  "the ""Sea<TAB>Wolf"""
//! ```

use crate::column::{Value, rounded};
use dateline_text::visible;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// How a tab-separated format spells what is not plain text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TsvStyle {
    /// Between the parts of a list.
    pub separator: &'static str,
    /// `%Y-%m-%d` or `%Y%m%d`.
    pub day: &'static str,
}

/// Appends a cell of a tab-separated row.
///
/// Half of the readers of these files take `"` for quoting and half do not, so a straight double quotation mark is
/// written as a single one; tabs and line ends become a space, other control characters and marks that turn text
/// around are made visible.
pub(crate) fn tsv_cell(value: &Value<'_>, style: TsvStyle, line: &mut String) {
    match value {
        Value::Missing => {}
        Value::Text(text) => plain(text, line),
        Value::Integer(number) => write_to(line, format_args!("{number}")),
        Value::Number(number, places) => write_to(line, format_args!("{}", rounded(*number, *places))),
        Value::Day(day) => write_to(line, format_args!("{}", day.strftime(style.day))),
        Value::Texts(texts) => joined(texts, style.separator, line, plain),
        Value::Integers(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            line.push_str(&numbers.join(style.separator));
        }
        Value::Object(object) => plain(&object.to_string(), line),
    }
}

/// Appends a row of a tab-separated format, with its line feed.
pub(crate) fn tsv_row<'a>(values: impl IntoIterator<Item = Value<'a>>, style: TsvStyle, line: &mut String) {
    for (number, value) in values.into_iter().enumerate() {
        if number > 0 {
            line.push('\t');
        }
        tsv_cell(&value, style, line);
    }
    line.push('\n');
}

/// Appends a row of CSV (RFC 4180, but with a plain line feed).
///
/// Text is quoted where it must be, and where a spreadsheet would take it for a formula or trim it; it is not
/// changed, but for control characters and marks that turn text around, which are made visible. Quoting does not
/// keep a spreadsheet from reading `=1+1` as a formula: import such columns as text.
pub(crate) fn csv_row<'a>(values: impl IntoIterator<Item = Value<'a>>, line: &mut String) {
    line.clear();
    let mut cell = String::new();
    for (number, value) in values.into_iter().enumerate() {
        if number > 0 {
            line.push(',');
        }
        cell.clear();
        let is_text = match &value {
            Value::Text(text) => {
                cell.push_str(&visible(text));
                true
            }
            Value::Texts(texts) => {
                joined(texts, "|", &mut cell, |text, cell| cell.push_str(&visible(text)));
                true
            }
            Value::Integers(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
                cell.push_str(&numbers.join("|"));
                false
            }
            other => {
                tsv_cell(other, TsvStyle { separator: "|", day: "%Y-%m-%d" }, &mut cell);
                false
            }
        };
        let first = cell.chars().next();
        let is_risky = is_text
            && first.is_some_and(|first| matches!(first, '=' | '+' | '-' | '@') || first.is_whitespace());
        if is_risky || cell.contains([',', '"', '\n', '\r']) || cell.ends_with(char::is_whitespace) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(&cell);
        }
    }
    line.push('\n');
}

/// A JSON value on one line, in ASCII where characters are not seen: what a terminal would obey is escaped, and
/// still the same text for every reader of JSON.
pub(crate) fn json_line(value: &Json) -> String {
    let json = value.to_string();
    if !json.chars().any(is_unseen) {
        return json;
    }
    // Such characters stand in strings only, where an escape is allowed.
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_unseen(c) {
            write_to(&mut escaped, format_args!("\\u{:04x}", c as u32));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn plain(text: &str, line: &mut String) {
    let is_plain = |c: char| c != '"' && (c == ' ' || !c.is_control() && !c.is_whitespace());
    if text.chars().all(is_plain) && !text.starts_with(' ') && !text.ends_with(' ') {
        line.push_str(&visible(text));
        return;
    }
    for (number, word) in text.split_whitespace().enumerate() {
        if number > 0 {
            line.push(' ');
        }
        line.push_str(&visible(word).replace('"', "'"));
    }
}

/// The parts with the separator between them; a separator inside a part gives way to a look-alike.
fn joined(
    texts: &[Option<std::borrow::Cow<'_, str>>],
    separator: &str,
    line: &mut String,
    write: impl Fn(&str, &mut String),
) {
    let instead = if separator == "|" { "¦" } else { "," };
    for (number, text) in texts.iter().enumerate() {
        if number > 0 {
            line.push_str(separator);
        }
        let Some(text) = text else { continue };
        let mark = separator.trim();
        if mark != "," && text.contains(mark) {
            write(&text.replace(mark, instead), line);
        } else {
            write(text, line);
        }
    }
}

fn write_to(line: &mut String, arguments: std::fmt::Arguments<'_>) {
    line.write_fmt(arguments).expect("invariant: a string takes what is written to it");
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::borrow::Cow;

    const STYLE: TsvStyle = TsvStyle { separator: ";", day: "%Y%m%d" };

    fn tsv(value: Value<'_>) -> String {
        let mut line = String::new();
        tsv_cell(&value, STYLE, &mut line);
        line
    }

    fn csv_of(value: Value<'_>) -> String {
        let mut line = String::new();
        csv_row([value], &mut line);
        line
    }

    #[test]
    fn cells_of_tab_separated_rows() {
        for (value, expected) in [
            (Value::Missing, ""),
            (Value::text("the \"Sea\tWolf\"\r\n"), "the 'Sea Wolf'"),
            (Value::text("a\u{1b}[31mb\u{202E}c"), "a␛[31mb\u{FFFD}c"),
            (Value::Number(-9.5, 1), "-9.5"),
            (Value::Number(10.0, 1), "10"),
            (Value::Day(date(2022, 4, 18)), "20220418"),
            (Value::Texts(vec![Some("a;b".into()), None, Some("c".into())]), "a,b;;c"),
        ] {
            assert_eq!(tsv(value.clone()), expected, "{value:?}");
        }
    }

    #[test]
    fn cells_of_csv() {
        for (value, expected) in [
            (Value::Missing, "\n"),
            (Value::text("two drones"), "two drones\n"),
            (Value::text("=HYPERLINK(1)"), "\"=HYPERLINK(1)\"\n"),
            (Value::text("-5 degrees"), "\"-5 degrees\"\n"),
            (Value::Number(-5.0, 1), "-5\n"),
            (Value::text("a \"b\", c"), "\"a \"\"b\"\", c\"\n"),
            (Value::texts(["a|b", "c"]), "a¦b|c\n"),
        ] {
            assert_eq!(csv_of(value.clone()), expected, "{value:?}");
        }
    }

    #[test]
    fn json_escapes_what_is_not_seen() {
        let text = Json::from("a\u{202E}b\u{9b}c\u{7f}");
        assert_eq!(json_line(&text), r#""a\u202eb\u009bc\u007f""#);
    }

    /// Any characters, those that break rows often among them.
    fn any_text() -> impl Strategy<Value = String> {
        let nasty = prop::sample::select(vec![
            '\t', '\n', '\r', '"', '\'', ',', ';', '|', '=', '-', ' ', '\0', '\u{1b}', '\u{7f}', '\u{85}',
            '\u{a0}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{feff}',
        ]);
        prop::collection::vec(prop_oneof![nasty, any::<char>(), prop::char::range('a', 'z')], 0..12)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn a_tab_separated_row_keeps_its_columns(texts in prop::collection::vec(any_text(), 0..8)) {
            let mut line = String::new();
            let texts: Vec<String> = std::iter::once("17".to_owned()).chain(texts).collect();
            tsv_row(texts.iter().map(|text| Value::text(text.as_str())), STYLE, &mut line);
            let cells: Vec<&str> = line.trim_end_matches('\n').split('\t').collect();
            prop_assert_eq!(cells.len(), texts.len());
            prop_assert_eq!(line.matches('\n').count(), 1);
            // What was written is written the same again, and readers that know quoting read the same.
            for cell in &cells {
                prop_assert_eq!(&tsv(Value::text(*cell)), cell);
            }
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(b'\t').has_headers(false).from_reader(line.as_bytes());
            let row = reader.records().next().expect("one row").expect("a row");
            prop_assert_eq!(row.iter().collect::<Vec<_>>(), cells);
        }

        #[test]
        fn csv_reads_back(texts in prop::collection::vec(any_text(), 0..8)) {
            let texts: Vec<String> = std::iter::once("17".to_owned()).chain(texts).collect();
            let mut line = String::new();
            csv_row(texts.iter().map(|text| Value::text(text.as_str())), &mut line);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let row = reader.records().next().expect("one row").expect("a row");
            let expected: Vec<Cow<'_, str>> = texts.iter().map(|text| visible(text)).collect();
            prop_assert_eq!(row.iter().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn json_reads_back(text in any_text()) {
            let line = json_line(&Json::from(text.as_str()));
            prop_assert_eq!(serde_json::from_str::<String>(&line).expect("JSON"), text);
            prop_assert!(!line.chars().any(is_unseen));
        }
    }
}
