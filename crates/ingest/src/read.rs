//! Reads reports from paths, one after the other.
//!
//! In:  paths of files and folders, `-` for standard input, and the format.
//! Out: an iterator of reports and errors in input order. It holds one file at a time (of JSONL one line), so
//! a batch of any size can be handed to threads in portions.
//!
//! Files packed with gzip are unpacked on the way; what they unpack to is bounded by the length of a report,
//! so a small file cannot fill the memory.

use crate::charset::{Declaration, decode};
use crate::format::{extension, sniff};
use crate::plan::{Planned, clean_id, plan};
use crate::{Body, Format, IngestError, IngestErrorKind, Input, Report, jsonl};
use dateline_text::Notice;
use flate2::read::MultiGzDecoder;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;

/// The most bytes that a report, or a line of JSONL, may have: a hundred times the longest of articles.
///
/// Spans are 32 bits wide, so this could not be more than 4 GiB.
pub const MAX_REPORT_BYTES: usize = 32 << 20;

/// Reads the reports behind `paths`; see [`Reports`].
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("harbour.txt"), "Talks began in Marenko.")?;
/// let paths = [folder.path().to_path_buf()];
/// for report in dateline_ingest::read_reports(&paths, dateline_ingest::Format::Auto) {
///     assert_eq!(report?.id, "harbour");
/// }
/// # Ok(())
/// # }
/// ```
pub fn read_reports(paths: &[PathBuf], format: Format) -> Reports {
    Reports::new(plan(paths), format)
}

/// Reads reports from anything that can be read, as if it were a file called `name`.
pub fn read_reports_from(input: impl Read + Send + 'static, name: &str, format: Format) -> Reports {
    let mut reports = Reports::new(Vec::new(), format);
    let input_name = Input { path: name.to_owned(), line: None };
    match reports.open(Box::new(input), input_name.clone(), name.to_owned(), None) {
        Ok(next) => reports.pending = next,
        Err(kind) => reports.pending = Some(Err(IngestError { input: input_name, kind })),
    }
    reports
}

/// The reports of a batch, in input order; made by [`read_reports`].
///
/// An input that gives no report is an error of its own, and the rest goes on.
pub struct Reports {
    planned: std::vec::IntoIter<Planned>,
    format: Format,
    /// The JSONL file that is being read.
    lines: Option<Lines>,
    pending: Option<Result<Report, IngestError>>,
    /// Ids given so far, and those promised to files that are yet to come.
    ids: HashSet<String>,
}

impl Reports {
    fn new(planned: Vec<Planned>, format: Format) -> Reports {
        let ids = planned
            .iter()
            .filter_map(|planned| match planned {
                Planned::File { id, .. } => Some(id.clone()),
                _ => None,
            })
            .collect();
        Reports { planned: planned.into_iter(), format, lines: None, pending: None, ids }
    }

    /// Opens an input: a report at once, or lines to be read one by one.
    fn open(
        &mut self,
        input: Box<dyn Read + Send>,
        name: Input,
        id: String,
        extension: Option<&str>,
    ) -> Result<Option<Result<Report, IngestError>>, IngestErrorKind> {
        let (mut input, is_packed) = unpack(input).map_err(IngestErrorKind::Unreadable)?;
        let head = input.fill_buf().map_err(|error| read_error(error, is_packed))?;
        let format = match self.format {
            Format::Auto => sniff(head, extension),
            format => format,
        };
        match format {
            Format::Feed | Format::Warc => return Err(IngestErrorKind::Unsupported(format)),
            Format::Jsonl => {
                if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
                    return Err(IngestErrorKind::Utf16Lines);
                }
                self.lines = Some(Lines { input, is_packed, name, id, number: 0, n_seen: 0 });
                return Ok(None);
            }
            Format::Auto | Format::Text | Format::Html => {}
        }
        let mut bytes = Vec::new();
        let n_read = input
            .take(MAX_REPORT_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| read_error(error, is_packed))?;
        if n_read > MAX_REPORT_BYTES {
            return Err(IngestErrorKind::TooLong { max_bytes: MAX_REPORT_BYTES });
        }
        let is_html = format == Format::Html;
        let (text, notice) =
            decode(bytes, if is_html { Declaration::Believed } else { Declaration::Ignored })?;
        if text.trim().is_empty() {
            return Err(IngestErrorKind::Empty);
        }
        let body = if is_html { Body::Html(text.into()) } else { Body::Text(text.into()) };
        Ok(Some(Ok(Report { input: name, notices: notice.into_iter().collect(), ..Report::new(id, body) })))
    }

    fn next_line(&mut self) -> Option<Result<Report, IngestError>> {
        let lines = self.lines.as_mut()?;
        let Some((bytes, input)) = lines.next() else {
            let lines = self.lines.take()?;
            return (lines.n_seen == 0)
                .then(|| Err(IngestError { input: lines.name, kind: IngestErrorKind::Empty }));
        };
        let fallback_id = format!("{}:{}", lines.id, lines.number);
        let read = bytes.and_then(|bytes| decode(bytes, Declaration::Ignored)).and_then(|(line, notice)| {
            let mut report = jsonl::read_record(&line, input.clone(), fallback_id, MAX_REPORT_BYTES)?;
            report.notices.extend(notice);
            Ok(report)
        });
        Some(read.map(|report| self.with_own_id(report)).map_err(|kind| IngestError { input, kind }))
    }

    /// Makes the id of a JSONL record unlike all others, by a hash of its text.
    fn with_own_id(&mut self, mut report: Report) -> Report {
        let given = clean_id(&report.id);
        report.id = given.clone();
        if !self.ids.insert(given.clone()) {
            let (Body::Text(text) | Body::Html(text)) = &report.body;
            let hash = xxhash_rust::xxh3::xxh3_64(text.as_bytes()) as u32;
            report.id = format!("{given}~{hash:08x}");
            let mut n = 2;
            while !self.ids.insert(report.id.clone()) {
                report.id = format!("{given}~{hash:08x}~{n}");
                n += 1;
            }
            report.notices.push(Notice::new(format!(
                "id `{given}` is taken by another report; this one is called `{}`",
                report.id
            )));
        }
        report
    }
}

impl Iterator for Reports {
    type Item = Result<Report, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(pending) = self.pending.take() {
                return Some(pending);
            }
            if let Some(report) = self.next_line() {
                return Some(report);
            }
            let (opened, input) = match self.planned.next()? {
                Planned::Failed(error) => return Some(Err(error)),
                Planned::Stdin => {
                    let input = Input { path: "-".into(), line: None };
                    self.ids.insert("stdin".into());
                    (self.open(Box::new(io::stdin()), input.clone(), "stdin".into(), None), input)
                }
                Planned::File { path, id } => {
                    let input = Input { path: path.display().to_string(), line: None };
                    let extension = extension(&path);
                    let opened = match File::open(&path) {
                        Ok(file) => self.open(Box::new(file), input.clone(), id, extension.as_deref()),
                        Err(error) if error.kind() == io::ErrorKind::NotFound => {
                            Err(IngestErrorKind::Missing)
                        }
                        Err(error) => Err(IngestErrorKind::Unreadable(error)),
                    };
                    (opened, input)
                }
            };
            match opened {
                Ok(next) => self.pending = next,
                Err(kind) => return Some(Err(IngestError { input, kind })),
            }
        }
    }
}

/// The lines of a JSONL file, one in memory at a time.
struct Lines {
    input: Box<dyn BufRead + Send>,
    is_packed: bool,
    name: Input,
    id: String,
    /// The line last read, from 1.
    number: usize,
    /// Lines that were not blank.
    n_seen: usize,
}

impl Lines {
    /// The next line that is not blank. After an error of the file itself there is none.
    fn next(&mut self) -> Option<(Result<Vec<u8>, IngestErrorKind>, Input)> {
        loop {
            let mut line = Vec::new();
            let read = read_line(&mut self.input, &mut line, MAX_REPORT_BYTES);
            self.number += 1;
            let input = Input { path: self.name.path.clone(), line: Some(self.number) };
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
            return Some((line, input));
        }
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

/// Unpacks gzip where the first two bytes say so.
fn unpack(mut input: Box<dyn Read + Send>) -> io::Result<(Box<dyn BufRead + Send>, bool)> {
    // A pipe may give fewer bytes than asked for, so the head is read apart and put back.
    let mut head = Vec::new();
    input.by_ref().take(8192).read_to_end(&mut head)?;
    let is_packed = head.starts_with(&[0x1F, 0x8B]);
    let whole = Cursor::new(head).chain(input);
    Ok(if is_packed {
        (Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(BufReader::new(whole)))), true)
    } else {
        (Box::new(BufReader::with_capacity(1 << 16, whole)), false)
    })
}

fn read_error(error: io::Error, is_packed: bool) -> IngestErrorKind {
    let is_damage = matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
    );
    if is_packed && is_damage {
        IngestErrorKind::DamagedGzip(error)
    } else {
        IngestErrorKind::Unreadable(error)
    }
}
