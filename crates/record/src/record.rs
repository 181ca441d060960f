//! The file: opening, making, closing.

use crate::error::RecordError;
use crate::error::Sql;
use crate::past::KnownParty;
use crate::schema::{FORMAT, format_of, migrate};
use crate::texts::Texts;
use dateline_link::{Issue, Source};
use dateline_resolve::{CountryCode, Place, Sector};
use rusqlite::{Connection, OpenFlags};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a writer waits for another one.
pub const WAIT_FOR_WRITER: Duration = Duration::from_secs(10);
/// Bytes of a page of a new record.
const PAGE_BYTES: i64 = 8192;
/// Pages held in memory, in KiB: keys are looked up all over the file.
const CACHE_KIB: i64 = 256 * 1024;

/// An open record.
pub struct Record {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) texts: Texts,
    /// Where reports come from, as far as it was looked up.
    pub(crate) sources: FxHashMap<i64, Source>,
    /// Who published reports where and when, as far as it was looked up.
    pub(crate) issues: FxHashMap<i64, Issue>,
    pub(crate) places: FxHashMap<i64, Place>,
    pub(crate) place_ids: FxHashMap<(String, Option<u32>, Option<CountryCode>), i64>,
    pub(crate) outlets: FxHashMap<String, i64>,
    /// The rows of those who are only described, as far as they were looked up.
    pub(crate) anybody: FxHashMap<(String, u8, Option<CountryCode>, Option<Sector>), i64>,
    /// What actors are as parties, as far as it was looked up.
    pub(crate) parties: FxHashMap<i64, KnownParty>,
}

impl Record {
    /// Opens a record to add to it; makes it where there is none, and brings an older one to the newest format.
    pub fn open(path: &Path) -> Result<Record, RecordError> {
        Record::open_waiting(path, WAIT_FOR_WRITER)
    }

    /// The same with another time to wait for somebody else who writes.
    pub fn open_waiting(path: &Path, wait: Duration) -> Result<Record, RecordError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut record = Record::with(path, flags, wait)?;
        let format = format_of(&record.connection, path)?;
        let at = |error: rusqlite::Error| RecordError::of(path, error);
        if record.connection.is_readonly(rusqlite::MAIN_DB).map_err(at)? {
            return Err(RecordError::ReadOnly { path: path.to_owned() });
        }
        // Readers go on while somebody writes, and a transaction costs one sync at a checkpoint.
        record.connection.pragma_update(None, "journal_mode", "wal").map_err(at)?;
        record.connection.pragma_update(None, "synchronous", "normal").map_err(at)?;
        if format < FORMAT {
            migrate(&mut record.connection, format).map_err(|failure| failure.at(path))?;
        }
        Ok(record)
    }

    /// Opens a record to read it. Somebody else may write meanwhile.
    pub fn read(path: &Path) -> Result<Record, RecordError> {
        if !path.exists() {
            return Err(RecordError::Missing { path: path.to_owned() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let record = Record::with(path, flags, WAIT_FOR_WRITER)?;
        match format_of(&record.connection, path)? {
            0 => Err(RecordError::Foreign { path: path.to_owned() }),
            _ => Ok(record),
        }
    }

    fn with(path: &Path, flags: OpenFlags, wait: Duration) -> Result<Record, RecordError> {
        let at = |error: rusqlite::Error| RecordError::of(path, error);
        let connection = Connection::open_with_flags(path, flags).map_err(at)?;
        connection.busy_timeout(wait).map_err(at)?;
        // Rows of a report are a kilobyte or two: larger pages waste less.
        connection.pragma_update(None, "page_size", PAGE_BYTES).map_err(at)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB).map_err(at)?;
        // Else a statement is planned anew for each value that is bound to a range.
        connection
            .set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(at)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Record {
            connection,
            path: path.to_owned(),
            texts: Texts::default(),
            sources: FxHashMap::default(),
            issues: FxHashMap::default(),
            places: FxHashMap::default(),
            place_ids: FxHashMap::default(),
            outlets: FxHashMap::default(),
            parties: FxHashMap::default(),
            anybody: FxHashMap::default(),
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does some work and gives its failure the path of the record.
    pub(crate) fn at_path<T>(&mut self, work: impl FnOnce(&mut Record) -> Sql<T>) -> Result<T, RecordError> {
        work(self).map_err(|failure| failure.at(&self.path))
    }

    /// Closes the file; what was added is in the one file afterwards.
    pub fn close(self) -> Result<(), RecordError> {
        let Record { connection, path, .. } = self;
        connection.close().map_err(|(_, error)| RecordError::of(&path, error))
    }
}
