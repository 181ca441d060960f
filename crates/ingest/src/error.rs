//! What can be wrong with an input, in words that help.

use crate::Input;
use std::fmt;
use std::io;

/// One input, or one line of it, that gave no report. The others are not concerned.
#[derive(Debug)]
pub struct IngestError {
    /// Which file, and where in it.
    pub input: Input,
    /// What is wrong with it.
    pub kind: IngestErrorKind,
}

/// What is wrong with an input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestErrorKind {
    /// No file or folder of that name.
    #[error("no such file or folder")]
    Missing,
    /// It could not be read, or not to its end.
    #[error("could not be read: {0}")]
    Unreadable(io::Error),
    /// Packed data that do not unpack.
    #[error("damaged gzip data: {0}")]
    DamagedGzip(io::Error),
    /// Nothing but white space.
    #[error("empty: no text in it")]
    Empty,
    /// No text at all; the word says what it is.
    #[error("{0}, not text")]
    Binary(&'static str),
    /// Longer than a report may be, in bytes.
    #[error("longer than {max_bytes} bytes; this report was left out")]
    TooLong {
        /// The most bytes that a report may have.
        max_bytes: usize,
    },
    /// A line that is not JSON.
    #[error("{message} at column {column}; this report was left out")]
    Json {
        /// What the JSON reader expected.
        message: String,
        /// Line of the record, from 1.
        line: usize,
        /// Byte of the line, from 1.
        column: usize,
    },
    /// JSON, but not an object.
    #[error("expected an object with `text` or `html`, found {0}; this report was left out")]
    NotAnObject(&'static str),
    /// A JSON record that carries no report.
    #[error("neither `text` nor `html` in this record; this report was left out")]
    NoBody,
    /// A JSON value of the wrong type.
    #[error("`{key}` is {found}, expected a string; this report was left out")]
    WrongType {
        /// Its key.
        key: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A news item without an article: a picture, a package of others.
    #[error("no `body_text`, `body_xhtml` or `bodies` in this ninjs item{0}; this report was left out")]
    NoNinjsBody(String),
    /// An item of a feed without words.
    #[error("neither content nor summary in this item; this report was left out")]
    NoItemBody,
    /// A feed that cannot be read, or not to its end.
    #[error("{problem}; {}", counted(*n_read, "item"))]
    Feed {
        /// What is wrong, in the words of the reader.
        problem: String,
        /// Items that could be read all the same.
        n_read: usize,
    },
    /// A feed longer than is held in memory.
    #[error("a feed longer than {max_bytes} bytes; it was left out")]
    LongFeed {
        /// The most bytes that a feed may have.
        max_bytes: usize,
    },
    /// A record of a web archive that ends before its length says so.
    #[error("record {record} ends after {n_found} of {n_expected} bytes; {}", counted(*n_read, "record"))]
    CutRecord {
        /// Its number in the archive, from 1.
        record: usize,
        /// Bytes that are there.
        n_found: u64,
        /// Bytes that it says it has.
        n_expected: u64,
        /// Records before it that were read.
        n_read: usize,
    },
    /// A record of a web archive that cannot be made out.
    #[error("record {record}: {problem}; {}", counted(*n_read, "record"))]
    DamagedRecord {
        /// Its number in the archive, from 1.
        record: usize,
        /// What is wrong with it.
        problem: String,
        /// Records before it that were read.
        n_read: usize,
    },
    /// A web archive of other things.
    #[error("no page in this archive; {}", counted(*n_records, "record"))]
    NoPages {
        /// How many records it has.
        n_records: usize,
    },
    /// A page packed in a way that is not read; the word is HTTP's.
    #[error("packed with `{0}`, which is not read; this report was left out")]
    Coding(String),
    /// JSONL in an encoding whose line ends are not single bytes.
    #[error("JSONL in UTF-16; it has to be UTF-8")]
    Utf16Lines,
    /// A folder without a file that could be a report.
    #[error("no reports in this folder")]
    NoReports,
}

impl IngestErrorKind {
    /// What would help, if anything would.
    pub fn hint(&self) -> Option<String> {
        match self {
            IngestErrorKind::NoReports => Some(format!(
                "files ending in {} are read, packed with gzip or not, and feeds and news items ending in {}; hidden files are not",
                extensions(&crate::FOLDER_EXTENSIONS),
                extensions(&crate::SHARED_EXTENSIONS)
            )),
            IngestErrorKind::NoPages { .. } => Some(
                "pages are responses with status 200, resources and conversions in HTML or plain text".into(),
            ),
            IngestErrorKind::Utf16Lines => Some("save the file as UTF-8".into()),
            _ => None,
        }
    }
}

/// What was read in spite of what is wrong.
fn counted(n_read: usize, noun: &str) -> String {
    match n_read {
        0 => format!("no {noun} was read"),
        1 => format!("1 {noun} was read"),
        n_read => format!("{n_read} {noun}s were read"),
    }
}

fn extensions(extensions: &[&str]) -> String {
    extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.input, self.kind)?;
        match self.kind.hint() {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for IngestError {}
