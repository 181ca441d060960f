#![doc = include_str!("../README.md")]

mod charset;
mod error;
mod feed;
mod format;
mod jsonl;
mod lines;
mod ninjs;
mod open;
mod peek;
mod plan;
mod published;
mod read;
mod report;
mod values;
mod warc;

pub use error::{IngestError, IngestErrorKind};
pub use format::{FOLDER_EXTENSIONS, Format, SHARED_EXTENSIONS};
pub use open::MAX_REPORT_BYTES;
pub use published::PublishedError;
pub use read::{BytesRead, Reports, read_reports, read_reports_from};
pub use report::{Body, Input, Place, Published, Report};
