//! Reads gold data and predictions in JSONL, and puts them side by side.

use crate::EvalError;
use dateline_text::{ByteSpan, CharSpan, CodePoints};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

/// A line of a benchmark file.
pub(crate) trait Record: DeserializeOwned {
    /// Unique in its file.
    fn id(&self) -> &str;
}

/// Code points in a record's text, as the files write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// The bytes of these code points, or nothing where they do not lie in the text.
    pub(crate) fn to_bytes(self, points: &CodePoints) -> Option<ByteSpan> {
        points.to_bytes(CharSpan { start: self.start, end: self.end })
    }

    /// The code points of some bytes.
    pub(crate) fn of_bytes(bytes: ByteSpan, points: &CodePoints) -> Span {
        let CharSpan { start, end } = points.to_chars(bytes);
        Span { start, end }
    }

    /// The error of a span that does not lie in its record's text.
    pub(crate) fn outside(self, path: &Path, id: &str) -> EvalError {
        let message = format!("record `{id}`: {} to {} does not lie in its text", self.start, self.end);
        EvalError::file(path, message)
    }
}

/// The records of a file with the lines they stand on.
pub(crate) struct Records<R> {
    pub(crate) records: Vec<R>,
    lines: Vec<usize>,
}

/// The records of a JSONL file, in its order; blank lines are passed over.
pub(crate) fn read_jsonl<R: Record>(path: &Path) -> Result<Vec<R>, EvalError> {
    Ok(read_lines(path)?.records)
}

fn read_lines<R: Record>(path: &Path) -> Result<Records<R>, EvalError> {
    let text = std::fs::read_to_string(path).map_err(|error| EvalError::io(path, error))?;
    let mut records: Vec<R> = Vec::new();
    let mut lines = Vec::new();
    let mut first_line: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = number + 1;
        let record: R = serde_json::from_str(line)
            .map_err(|error| EvalError::line(path, number, without_position(&error)))?;
        match first_line.entry(record.id().to_owned()) {
            Entry::Occupied(first) => {
                let message = format!("id `{}` stands on line {} already", record.id(), first.get());
                return Err(EvalError::line(path, number, message));
            }
            Entry::Vacant(entry) => entry.insert(number),
        };
        records.push(record);
        lines.push(number);
    }
    if records.is_empty() {
        return Err(EvalError::file(path, "no records; one JSON object a line is expected"));
    }
    Ok(Records { records, lines })
}

/// The parser counts lines from the record's own start, so only the column is of use.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(" at line ") {
        Some((message, _)) if error.column() > 0 => format!("{message} at column {}", error.column()),
        Some((message, _)) => message.to_owned(),
        None => message,
    }
}

/// The predictions of a file in the order of the gold records, and how many gold records have none.
///
/// A gold record without a prediction gets an empty one; a prediction for an unknown id is an error.
pub(crate) fn read_predictions<G: Record, P: Record + Default>(
    gold: &[G],
    path: &Path,
) -> Result<(Vec<P>, usize), EvalError> {
    let Records { records, lines } = read_lines::<P>(path)?;
    let positions: BTreeMap<&str, usize> =
        gold.iter().enumerate().map(|(position, record)| (record.id(), position)).collect();
    let mut aligned: Vec<Option<P>> = gold.iter().map(|_| None).collect();
    for (record, line) in records.into_iter().zip(lines) {
        let Some(&position) = positions.get(record.id()) else {
            let message = format!("the gold data have no record `{}`", record.id());
            return Err(EvalError::line(path, line, message));
        };
        aligned[position] = Some(record);
    }
    let missing = aligned.iter().filter(|record| record.is_none()).count();
    Ok((aligned.into_iter().map(Option::unwrap_or_default).collect(), missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[derive(Debug, Default, Deserialize)]
    struct Numbered {
        id: String,
        number: u32,
    }

    impl Record for Numbered {
        fn id(&self) -> &str {
            &self.id
        }
    }

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(text.as_bytes()).expect("written");
        file
    }

    #[test]
    fn errors_name_line_and_column() {
        for (text, expected) in [
            (
                "\n{\"id\": \"a\", \"number\": 1}\n{\"id\": \"b\" \"number\": 2}",
                "3: expected `,` or `}` at column 12",
            ),
            (
                "{\"id\": \"a\", \"number\": 1}\n{\"id\": \"a\", \"number\": 2}",
                "2: id `a` stands on line 1 already",
            ),
            ("{\"id\": \"a\"}", "1: missing field `number` at column 11"),
            (" \n", " no records; one JSON object a line is expected"),
        ] {
            let file = file(text);
            let error = read_jsonl::<Numbered>(file.path()).expect_err(text).to_string();
            assert_eq!(error.strip_prefix(&format!("{}:", file.path().display())), Some(expected), "{text}");
        }
    }

    #[test]
    fn predictions_follow_the_gold_order() {
        let gold =
            file("{\"id\":\"a\",\"number\":1}\n{\"id\":\"b\",\"number\":2}\n{\"id\":\"c\",\"number\":3}");
        let gold = read_jsonl::<Numbered>(gold.path()).expect("gold");
        let predicted = file("{\"id\":\"c\",\"number\":30}\n{\"id\":\"a\",\"number\":10}");
        let (predicted, missing) =
            read_predictions::<_, Numbered>(&gold, predicted.path()).expect("predictions");
        assert_eq!(predicted.iter().map(|record| record.number).collect::<Vec<_>>(), [10, 0, 30]);
        assert_eq!(missing, 1);
        let unknown = file("{\"id\":\"d\",\"number\":1}");
        let error = read_predictions::<_, Numbered>(&gold, unknown.path()).expect_err("unknown").to_string();
        assert!(error.ends_with(":1: the gold data have no record `d`"), "{error}");
    }
}
