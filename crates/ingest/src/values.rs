//! JSON values one after the other, in a list or not, over any number of lines: news items as agencies send them.
//!
//! In:  the unpacked bytes of a file or pipe: `{…}`, `[{…}, {…}]`, `{…} {…}`.
//! Out: the report of each object, or what is wrong with it; one is in memory at a time.
//!
//! Only braces and strings are followed here; whether a value is right JSON is found where it is read.

use crate::charset::{Declaration, decode};
use crate::open::{Source, read_error};
use crate::{IngestError, IngestErrorKind, Input, MAX_REPORT_BYTES, Place, Report, jsonl};
use std::io::{self, BufRead, Cursor};

/// The reports of a file of JSON values.
pub(crate) struct Values {
    input: Box<dyn BufRead + Send>,
    is_packed: bool,
    source: Source,
    max_bytes: usize,
    /// The line that is being read, from 1, and the one on which the value began.
    line: usize,
    first_line: usize,
    n_values: usize,
    has_ended: bool,
}

/// Where in a value the reader stands.
#[derive(Clone, Copy, Default)]
struct Within {
    depth: usize,
    is_string: bool,
    is_escaped: bool,
}

impl Values {
    pub fn new(input: Box<dyn BufRead + Send>, is_packed: bool, source: Source) -> Values {
        let max_bytes = MAX_REPORT_BYTES;
        Values { input, is_packed, source, max_bytes, line: 1, first_line: 1, n_values: 0, has_ended: false }
    }

    /// The next value. None at the end.
    fn next_value(&mut self) -> io::Result<Option<Result<Vec<u8>, IngestErrorKind>>> {
        if !self.pass_separators()? {
            return Ok(None);
        }
        self.first_line = self.line;
        let (mut value, mut within) = (Vec::new(), Within::default());
        let (mut n_taken, mut is_done) = (0_usize, false);
        while !is_done {
            let held = fill(&mut *self.input)?;
            if held.is_empty() {
                break; // What is missing is told by the JSON reader.
            }
            let mut n_used = 0;
            for &byte in held {
                // A word between objects, which is no report, ends before the next.
                is_done = within.depth == 0 && n_taken + n_used > 0 && (is_separator(byte) || byte == b'{');
                if is_done {
                    break;
                }
                n_used += 1;
                self.line += usize::from(byte == b'\n');
                is_done = within.ends_after(byte);
                if is_done {
                    break;
                }
            }
            n_taken += n_used;
            if n_taken > self.max_bytes {
                value = Vec::new();
            } else {
                value.extend_from_slice(&held[..n_used]);
            }
            self.input.consume(n_used);
        }
        let is_too_long = n_taken > self.max_bytes;
        Ok(Some(if is_too_long {
            Err(IngestErrorKind::TooLong { max_bytes: self.max_bytes })
        } else {
            Ok(value)
        }))
    }

    /// Passes over what holds values together. False at the end.
    fn pass_separators(&mut self) -> io::Result<bool> {
        loop {
            let held = fill(&mut *self.input)?;
            if held.is_empty() {
                return Ok(false);
            }
            let n_used = held.iter().position(|&byte| !is_separator(byte)).unwrap_or(held.len());
            let has_found = n_used < held.len();
            self.line += held[..n_used].iter().filter(|&&byte| byte == b'\n').count();
            self.input.consume(n_used);
            if has_found {
                return Ok(true);
            }
        }
    }
}

/// White space, the marks of a list, and those of the byte order.
fn is_separator(byte: u8) -> bool {
    b" \t\r\n,[]\xEF\xBB\xBF".contains(&byte)
}

fn fill(input: &mut dyn BufRead) -> io::Result<&[u8]> {
    loop {
        match input.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    input.fill_buf()
}

impl Within {
    /// Takes one byte in; true where it closes the object.
    fn ends_after(&mut self, byte: u8) -> bool {
        if self.is_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.is_string = self.depth > 0,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

impl Iterator for Values {
    type Item = Result<Report, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let value = match self.next_value() {
            Ok(Some(found)) => found,
            Ok(None) => {
                self.has_ended = true;
                let is_empty = self.n_values == 0;
                return is_empty.then(|| {
                    Err(IngestError { input: self.source.name.clone(), kind: IngestErrorKind::Empty })
                });
            }
            Err(error) => {
                self.has_ended = true;
                self.input = Box::new(Cursor::new([]));
                let kind = read_error(error, self.is_packed);
                return Some(Err(IngestError { input: self.source.name.clone(), kind }));
            }
        };
        self.n_values += 1;
        let at_line = |line| Input { path: self.source.name.path.clone(), place: Some(Place::Line(line)) };
        let input = at_line(self.first_line);
        let fallback_id = format!("{}:{}", self.source.id, self.n_values);
        let read = value.and_then(|value| decode(value, Declaration::Ignored)).and_then(|(value, notice)| {
            let mut report = jsonl::read_record(&value, input.clone(), fallback_id, self.max_bytes)?;
            report.notices.extend(notice);
            Ok(report)
        });
        Some(read.map_err(|kind| match kind {
            IngestErrorKind::Json { line, .. } => {
                IngestError { input: at_line(self.first_line + line.saturating_sub(1)), kind }
            }
            kind => IngestError { input, kind },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(json: &str, max_bytes: usize) -> Vec<String> {
        let source = Source { name: Input::whole("wire.json"), id: "wire".into(), extension: None };
        // A small buffer puts its edges everywhere.
        let input = io::BufReader::with_capacity(3, Cursor::new(json.to_owned()));
        let mut values = Values::new(Box::new(input), false, source);
        values.max_bytes = max_bytes;
        values
            .map(|read| match read {
                Ok(report) => format!("{} <- {}", report.id, report.input),
                Err(error) => error.to_string(),
            })
            .collect()
    }

    #[test]
    fn values_are_found_in_lists_and_over_lines() {
        for (json, expected) in [
            (r#"{"text":"a"}"#, &["wire:1 <- wire.json:1"][..]),
            (
                "\u{feff}[\n{\"text\":\n\"a\"},\n {\"text\":\"b\"}\n]\n",
                &["wire:1 <- wire.json:2", "wire:2 <- wire.json:4"],
            ),
            (r#"{"text":"a"}{"text":"b"}"#, &["wire:1 <- wire.json:1", "wire:2 <- wire.json:1"]),
            (
                r#"{"text":"}\"{","x":["]"]} {"text":"b"}"#,
                &["wire:1 <- wire.json:1", "wire:2 <- wire.json:1"],
            ),
            (
                "{\"text\":\"a\"}\n{\"text\":\n",
                &[
                    "wire:1 <- wire.json:1",
                    "wire.json:3: EOF while parsing a value at column 0; this report was left out",
                ],
            ),
            (
                "[17, {\"text\":\"a\"}]",
                &[
                    "wire.json:1: expected an object with `text` or `html`, found a number; this report was left out",
                    "wire:2 <- wire.json:1",
                ],
            ),
            (" [ ]\n", &["wire.json: empty: no text in it"]),
            (
                r#"[{"text":"this one is much longer than a report may be"},{"text":"b"}]"#,
                &["wire.json:1: longer than 30 bytes; this report was left out", "wire:2 <- wire.json:1"],
            ),
        ] {
            assert_eq!(outline(json, 30), expected, "{json}");
        }
    }
}
