//! What can go wrong with a record.

use std::path::PathBuf;

/// Why a record could not be opened, read or added to. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// There is no such file.
    #[error("{}: no such record\nhint: `dateline ingest REPORT… --record FILE` makes one", .path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{}: not a record of dateline", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later version.
    #[error("{}: record format {found}, and this version reads formats 1 to {newest}", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The newest format that is read here.
        newest: i64,
    },
    /// Somebody else writes to it.
    #[error("{}: another process is writing to this record\nhint: wait until it has finished", .path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// It may not be written.
    #[error("{}: this record cannot be written to (read-only file or folder)", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("{}: no space left for the record; what was added before is kept", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The question takes longer than it may.
    #[error("{}: the question takes longer than it may\nhint: ask for fewer days, or for rarer words", .path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// Anything else that SQLite says.
    #[error("{}: {source}", .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
    /// A correction that makes no sense for what is there.
    #[error("{why}")]
    Refused {
        /// What is wrong, and what would be right.
        why: String,
    },
    /// A row that no version of this program writes.
    #[error("the record is damaged: {what}")]
    Damaged {
        /// What was read.
        what: String,
    },
}

impl RecordError {
    /// An error of SQLite in the words of somebody who uses a record.
    pub(crate) fn of(path: &std::path::Path, source: rusqlite::Error) -> RecordError {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => RecordError::Busy { path },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                RecordError::ReadOnly { path }
            }
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => RecordError::Full { path },
            Some(ErrorCode::OperationInterrupted) => RecordError::TooLong { path },
            Some(ErrorCode::NotADatabase) => RecordError::Foreign { path },
            _ => RecordError::Sqlite { path, source },
        }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> RecordError {
        RecordError::Damaged { what: what.into() }
    }
}

/// What the parts of this crate answer: the path is added by [`crate::Record`].
pub(crate) type Sql<T> = Result<T, Failure>;

/// An error before the record's path is added.
#[derive(Debug)]
pub(crate) enum Failure {
    Sqlite(rusqlite::Error),
    Damaged(String),
    Refused(String),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Sqlite(error)
    }
}

impl Failure {
    pub fn damaged(what: impl Into<String>) -> Failure {
        Failure::Damaged(what.into())
    }

    pub fn at(self, path: &std::path::Path) -> RecordError {
        match self {
            Failure::Sqlite(error) => RecordError::of(path, error),
            Failure::Damaged(what) => RecordError::damaged(what),
            Failure::Refused(why) => RecordError::Refused { why },
        }
    }
}
