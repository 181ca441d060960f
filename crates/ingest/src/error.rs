//! What can be wrong with an input, in words that help.

use crate::{Format, Input};
use std::fmt;
use std::io;

/// One input, or one line of it, that gave no report. The others are not concerned.
#[derive(Debug)]
pub struct IngestError {
    /// Which file, and which line of it.
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
    /// A format that this version does not read.
    #[error("{0} input is not supported yet")]
    Unsupported(Format),
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
                "files ending in {} are read, packed with gzip or not; hidden files are not",
                crate::FOLDER_EXTENSIONS.map(|extension| format!(".{extension}")).join(", ")
            )),
            IngestErrorKind::Unsupported(_) => {
                Some("text, html and jsonl are read; `--from` names the format".into())
            }
            IngestErrorKind::Utf16Lines => Some("save the file as UTF-8".into()),
            _ => None,
        }
    }
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
