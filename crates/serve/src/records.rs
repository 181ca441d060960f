//! The record, open several times for reading.
//!
//! In:  work that asks a [`Record`].
//! Out: its answer, worked out on a thread that may wait, from one state of the file, within a limit of time.
//!
//! Each worker has a connection of its own. One more connection only watches whether the file has changed; what it
//! says before a page is made becomes the tag of the page, so a page is never older than its tag.

use crate::error::PageError;
use dateline_record::{Record, RecordError, RecordState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Memory for pages of the file that each connection may hold, in KiB.
const CACHE_KIB: i64 = 32 * 1024;

/// How much is done at once, and for how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Answers worked out at once.
    pub workers: usize,
    /// Requests that may wait for a worker.
    pub waiting: usize,
    /// How long one of them waits.
    pub patience: Duration,
    /// How long an answer may take.
    pub answer: Duration,
}

impl Limits {
    /// As many workers as cores, within reason.
    pub fn of_machine() -> Limits {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Limits {
            workers: cores.clamp(2, 16),
            waiting: 512,
            patience: Duration::from_secs(10),
            answer: Duration::from_secs(10),
        }
    }
}

/// The state of the file: another number whenever it has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Version(pub i64);

/// The connections.
pub(crate) struct Records {
    path: PathBuf,
    limits: Limits,
    workers: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    free: Mutex<Vec<Record>>,
    watch: Mutex<Record>,
    state: Mutex<Option<(Version, Arc<RecordState>)>>,
}

impl Records {
    pub fn open(path: &Path, limits: Limits) -> Result<Records, RecordError> {
        let mut watch = Record::read(path)?;
        watch.hold_at_most(64)?;
        Ok(Records {
            path: path.to_owned(),
            limits,
            workers: Arc::new(Semaphore::new(limits.workers)),
            waiting: Arc::new(Semaphore::new(limits.waiting)),
            free: Mutex::new(Vec::new()),
            watch: Mutex::new(watch),
            state: Mutex::new(None),
        })
    }

    /// The version of the file now. Takes microseconds.
    pub fn version(&self) -> Result<Version, PageError> {
        Ok(Version(locked(&self.watch).data_version()?))
    }

    /// Answers from one state of the file.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<Records>,
        work: impl FnOnce(&mut Record) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        let waits = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| PageError::Busy)?;
        let worker = tokio::time::timeout(self.limits.patience, Arc::clone(&self.workers).acquire_owned());
        let worker = worker.await.map_err(|_| PageError::Busy)?.map_err(|_| PageError::Busy)?;
        drop(waits);
        let records = Arc::clone(self);
        let answer = tokio::task::spawn_blocking(move || {
            let answer = records.work(work);
            drop(worker);
            answer
        });
        answer.await.unwrap_or_else(|error| Err(PageError::Failed(error.to_string())))
    }

    fn work<T>(&self, work: impl FnOnce(&mut Record) -> Result<T, PageError>) -> Result<T, PageError> {
        let free = locked(&self.free).pop();
        let mut record = match free {
            Some(record) => record,
            None => {
                let mut record = Record::read(&self.path)?;
                record.hold_at_most(CACHE_KIB)?;
                record
            }
        };
        record.answer_within(self.limits.answer)?;
        let answer = catch_unwind(AssertUnwindSafe(|| record.at_one_time(work)));
        match answer {
            Ok(answer) => {
                locked(&self.free).push(record);
                answer
            }
            // The connection may be in any state, and is given up with its transaction.
            Err(panic) => Err(PageError::Failed(format!("a page panicked: {}", message(&*panic)))),
        }
    }

    /// What the record holds, looked up once a version. `record` is of that version or a later one.
    pub fn state(&self, record: &mut Record, version: Version) -> Result<Arc<RecordState>, PageError> {
        if let Some((known, state)) = &*locked(&self.state)
            && *known == version
        {
            return Ok(Arc::clone(state));
        }
        let state = Arc::new(record.state()?);
        *locked(&self.state) = Some((version, Arc::clone(&state)));
        Ok(state)
    }
}

/// A lock, also after a panic of somebody who held it: what is behind it is replaced as a whole.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let words = panic.downcast_ref::<&str>().copied();
    words.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
