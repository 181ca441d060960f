#![doc = include_str!("../README.md")]

mod charset;
mod error;
mod format;
mod jsonl;
mod plan;
mod published;
mod read;
mod report;

pub use error::{IngestError, IngestErrorKind};
pub use format::{FOLDER_EXTENSIONS, Format};
pub use published::PublishedError;
pub use read::{MAX_REPORT_BYTES, Reports, read_reports, read_reports_from};
pub use report::{Body, Input, Published, Report};
