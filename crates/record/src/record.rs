//! The file: opening, making, closing.

use crate::error::RecordError;
use crate::error::Sql;
use crate::known::{KnownParty, KnownSaying};
use crate::lately::Lately;
use crate::schema::{FORMAT, format_of, migrate};
use crate::texts::Texts;
use dateline_link::{Issue, Portrait, Source};
use dateline_resolve::{CountryCode, Place, Sector};
use rusqlite::{Connection, OpenFlags};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a writer waits for another one.
pub const WAIT_FOR_WRITER: Duration = Duration::from_secs(10);
/// Bytes of a page of a new record.
const PAGE_BYTES: i64 = 8192;
/// Steps of SQLite's machine between two looks at the time: well under a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;
/// Pages held in memory, in KiB: keys are looked up all over the file.
const CACHE_KIB: i64 = 256 * 1024;

/// Pages that are changed before they are written into the file itself, 128 MB: many are changed again and again.
const PAGES_OF_CHANGES: i64 = 16_384;
/// Statements of which is kept at hand what was looked up, and as many before them: 40 to 80 MB.
const MAX_STATEMENTS: usize = 100_000;
/// The same for actors.
const MAX_ACTORS: usize = 50_000;

/// Pages of a record above which it is worth filling them anew: 8 MB.
const MANY_PAGES: i64 = 1024;

/// An open record.
pub struct Record {
    pub(crate) connection: Connection,
    /// The format that the file has; an older one is read as it is.
    pub(crate) format: i64,
    /// Pages of the file when it was opened.
    pages_before: i64,
    pub(crate) path: PathBuf,
    pub(crate) texts: Texts,
    /// Where reports come from, as far as it was looked up.
    pub(crate) sources: FxHashMap<i64, Source>,
    /// Who published reports where and when, as far as it was looked up.
    pub(crate) issues: FxHashMap<i64, Issue>,
    pub(crate) places: FxHashMap<i64, Arc<Place>>,
    pub(crate) place_ids: FxHashMap<(String, Option<u32>, Option<CountryCode>), i64>,
    pub(crate) outlets: FxHashMap<String, i64>,
    /// The rows of those who are only described, as far as they were looked up.
    pub(crate) anybody: FxHashMap<(String, u8, Option<CountryCode>, Option<Sector>), i64>,
    /// What actors are as parties, as far as it was looked up.
    pub(crate) parties: FxHashMap<i64, KnownParty>,
    /// What shows what statements are, as far as it was looked up.
    pub(crate) sayings: Lately<Vec<KnownSaying>>,
    /// What is known of actors, as far as it was looked up.
    pub(crate) portraits: Lately<Arc<Portrait>>,
    /// The state of the file in which all this was looked up; see [`Record::data_version`].
    pub(crate) version_looked_up: Option<i64>,
    /// When answers stop.
    until: Option<Instant>,
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
        let mut record = Record::with(path, path, flags, wait)?;
        let format = format_of(&record.connection, path)?;
        let at = |error: rusqlite::Error| RecordError::of(path, error);
        if record.connection.is_readonly(rusqlite::MAIN_DB).map_err(at)? {
            return Err(RecordError::ReadOnly { path: path.to_owned() });
        }
        // Readers go on while somebody writes, and a transaction costs one sync at a checkpoint.
        record.connection.pragma_update(None, "journal_mode", "wal").map_err(at)?;
        record.connection.pragma_update(None, "synchronous", "normal").map_err(at)?;
        record.connection.pragma_update(None, "wal_autocheckpoint", PAGES_OF_CHANGES).map_err(at)?;
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
        let (record, format) = match Record::read_with(path, path, flags) {
            // Beside the file nothing can be written, as readers do who watch for a writer. Where nobody has written
            // since it was closed, it can be read as it stands.
            Err(RecordError::ReadOnly { .. }) if !wal_of(path).exists() => {
                Record::read_with(path, Path::new(&as_it_stands(path)), flags | OpenFlags::SQLITE_OPEN_URI)?
            }
            opened => opened?,
        };
        match format {
            0 => Err(RecordError::Foreign { path: path.to_owned() }),
            format => Ok(Record { format, ..record }),
        }
    }

    fn read_with(path: &Path, opened: &Path, flags: OpenFlags) -> Result<(Record, i64), RecordError> {
        let record = Record::with(path, opened, flags, WAIT_FOR_WRITER)?;
        let format = format_of(&record.connection, path)?;
        Ok((record, format))
    }

    /// `opened` is what SQLite is given for `path`.
    fn with(path: &Path, opened: &Path, flags: OpenFlags, wait: Duration) -> Result<Record, RecordError> {
        let at = |error: rusqlite::Error| RecordError::of(path, error);
        let connection = Connection::open_with_flags(opened, flags).map_err(at)?;
        connection.busy_timeout(wait).map_err(at)?;
        // Rows of a report are a kilobyte or two: larger pages waste less.
        connection.pragma_update(None, "page_size", PAGE_BYTES).map_err(at)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB).map_err(at)?;
        // Else a statement is planned anew for each value that is bound to a range.
        connection
            .set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(at)?;
        connection.set_prepared_statement_cache_capacity(128);
        let pages_before = pages_of(&connection).map_err(at)?;
        Ok(Record {
            connection,
            format: FORMAT,
            pages_before,
            path: path.to_owned(),
            texts: Texts::default(),
            sources: FxHashMap::default(),
            issues: FxHashMap::default(),
            places: FxHashMap::default(),
            place_ids: FxHashMap::default(),
            outlets: FxHashMap::default(),
            parties: FxHashMap::default(),
            anybody: FxHashMap::default(),
            sayings: Lately::keeping(MAX_STATEMENTS),
            portraits: Lately::keeping(MAX_ACTORS),
            version_looked_up: None,
            until: None,
        })
    }

    /// Gives the answers that follow so much time together; later ones fail with [`RecordError::TooLong`].
    pub fn answer_within(&mut self, limit: Duration) -> Result<(), RecordError> {
        // An unheard-of limit is none.
        let Some(until) = Instant::now().checked_add(limit) else { return Ok(()) };
        self.until = Some(until);
        let is_over = move || Instant::now() >= until;
        let set = self.connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(is_over));
        set.map_err(|error| RecordError::of(&self.path, error))
    }

    /// Short questions end before SQLite looks at the time, so it is looked at before each, too.
    pub(crate) fn check_time(&self) -> Result<(), RecordError> {
        match self.until {
            Some(until) if Instant::now() >= until => Err(RecordError::TooLong { path: self.path.clone() }),
            _ => Ok(()),
        }
    }

    /// Holds so much of the file in memory at most, in KiB.
    pub fn hold_at_most(&mut self, kib: i64) -> Result<(), RecordError> {
        let set = self.connection.pragma_update(None, "cache_size", -kib.max(1));
        set.map_err(|error| RecordError::of(&self.path, error))
    }

    /// A number that is another one whenever somebody else has changed the file since it was asked for on this
    /// connection.
    pub fn data_version(&self) -> Result<i64, RecordError> {
        self.data_version_now().map_err(|failure| failure.at(&self.path))
    }

    pub(crate) fn data_version_now(&self) -> Sql<i64> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does some work and gives its failure the path of the record.
    pub(crate) fn at_path<T>(&mut self, work: impl FnOnce(&mut Record) -> Sql<T>) -> Result<T, RecordError> {
        work(self).map_err(|failure| failure.at(&self.path))
    }

    /// Closes the file; what was added is in the one file afterwards. Where that is much, its pages are filled anew, which
    /// saves a tenth.
    pub fn close(self) -> Result<(), RecordError> {
        let Record { connection, path, pages_before, .. } = self;
        let n_pages = pages_of(&connection).unwrap_or(0);
        if n_pages > MANY_PAGES && n_pages / 2 > pages_before {
            // A full disk or somebody who reads forbids it, and nothing is lost without.
            _ = connection.execute_batch("VACUUM");
        }
        connection.close().map_err(|(_, error)| RecordError::of(&path, error))
    }
}

fn pages_of(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA page_count", [], |row| row.get(0))
}

/// Where changes stand that are not in the file yet.
fn wal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// The address under which SQLite reads a file without looking for changes.
fn as_it_stands(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                address.push(char::from(*byte))
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address + "?immutable=1"
}
