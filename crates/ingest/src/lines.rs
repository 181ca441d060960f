//! JSONL: one record a line, one line in memory at a time.
//!
//! In:  the unpacked bytes of a file or pipe.
//! Out: the report of each line that is not blank, or what is wrong with the line; the next ones go on.

use crate::charset::{Declaration, decode};
use crate::open::{Source, read_error};
use crate::{IngestError, IngestErrorKind, Input, MAX_REPORT_BYTES, Place, Report, jsonl};
use std::io::{self, BufRead, Cursor};

/// The reports of a JSONL file.
pub(crate) struct Lines {
    input: Box<dyn BufRead + Send>,
    is_packed: bool,
    source: Source,
    /// The line last read, from 1.
    number: usize,
    /// Lines that were not blank.
    n_seen: usize,
    has_ended: bool,
}

impl Lines {
    pub fn new(input: Box<dyn BufRead + Send>, is_packed: bool, source: Source) -> Lines {
        Lines { input, is_packed, source, number: 0, n_seen: 0, has_ended: false }
    }

    /// The next line that is not blank. After an error of the file itself there is none.
    fn next_line(&mut self) -> Option<Result<Vec<u8>, IngestErrorKind>> {
        loop {
            let mut line = Vec::new();
            let read = read_line(&mut self.input, &mut line, MAX_REPORT_BYTES);
            self.number += 1;
            let line = match read {
                Ok(LineEnd::EndOfFile) if line.is_empty() => return None,
                Ok(LineEnd::TooLong) => Err(IngestErrorKind::TooLong { max_bytes: MAX_REPORT_BYTES }),
                Ok(_) if line.trim_ascii().is_empty() => continue,
                Ok(_) => Ok(line),
                Err(error) => {
                    self.input = Box::new(Cursor::new([]));
                    Err(read_error(error, self.is_packed))
                }
            };
            self.n_seen += 1;
            return Some(line);
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Report, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let Some(line) = self.next_line() else {
            self.has_ended = true;
            let is_empty = self.n_seen == 0;
            return is_empty
                .then(|| Err(IngestError { input: self.source.name.clone(), kind: IngestErrorKind::Empty }));
        };
        let input = Input { path: self.source.name.path.clone(), place: Some(Place::Line(self.number)) };
        let fallback_id = format!("{}:{}", self.source.id, self.number);
        let read = line.and_then(|line| decode(line, Declaration::Ignored)).and_then(|(line, notice)| {
            let mut report = jsonl::read_record(&line, input.clone(), fallback_id, MAX_REPORT_BYTES)?;
            report.notices.extend(notice);
            Ok(report)
        });
        Some(read.map_err(|kind| IngestError { input, kind }))
    }
}

enum LineEnd {
    Newline,
    EndOfFile,
    /// The rest of the line was passed over.
    TooLong,
}

/// Reads up to the next newline, and never keeps more than `max_bytes` of it.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>, max_bytes: usize) -> io::Result<LineEnd> {
    let mut is_too_long = false;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(if is_too_long { LineEnd::TooLong } else { LineEnd::EndOfFile });
        }
        let newline = memchr::memchr(b'\n', buffer);
        let part = &buffer[..newline.unwrap_or(buffer.len())];
        if line.len() + part.len() > max_bytes {
            is_too_long = true;
            *line = Vec::new();
        }
        if !is_too_long {
            line.extend_from_slice(part);
        }
        let n_used = newline.map_or(buffer.len(), |at| at + 1);
        input.consume(n_used);
        if newline.is_some() {
            return Ok(if is_too_long { LineEnd::TooLong } else { LineEnd::Newline });
        }
    }
}
