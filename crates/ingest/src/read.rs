//! Reads reports from paths, one after the other.
//!
//! In:  paths of files and folders, `-` for standard input, and the format.
//! Out: an iterator of reports and errors in input order. It holds one report at a time (of a feed, all of it), so
//! a batch of any size can be handed to threads in portions.

use crate::format::extension;
use crate::open::{Items, Opened, Source, open};
use crate::plan::{Planned, clean_id, plan};
use crate::{Body, Format, IngestError, IngestErrorKind, Input, Report};
use dateline_text::Notice;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    let source = Source { name: Input::whole(name), id: name.to_owned(), extension: None };
    reports.pending = reports.open(Box::new(input), source);
    reports
}

/// How much of a batch has been read; looked at from any thread while [`Reports`] goes on.
#[derive(Clone, Debug, Default)]
pub struct BytesRead {
    read: Arc<AtomicU64>,
    total: Option<u64>,
}

impl BytesRead {
    /// The bytes of all files together; unknown where standard input is among them.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The bytes read so far, packed as they are in the files.
    pub fn so_far(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

/// Counts what is read from a file.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.file.read(buffer)?;
        self.read.fetch_add(n_bytes as u64, Ordering::Relaxed);
        Ok(n_bytes)
    }
}

/// The reports of a batch, in input order; made by [`read_reports`].
///
/// An input that gives no report is an error of its own, and the rest goes on.
pub struct Reports {
    planned: std::vec::IntoIter<Planned>,
    format: Format,
    /// What is left of the input that is being read.
    items: Option<Items>,
    pending: Option<Result<Report, IngestError>>,
    /// Ids given so far, and those promised to files that are yet to come.
    ids: HashSet<String>,
    bytes_read: BytesRead,
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
        let n_bytes = planned.iter().map(|planned| match planned {
            Planned::Stdin => None,
            Planned::File { path, .. } => Some(fs::metadata(path).map_or(0, |file| file.len())),
            Planned::Failed(_) => Some(0),
        });
        let bytes_read = BytesRead { total: n_bytes.sum(), ..BytesRead::default() };
        Reports { planned: planned.into_iter(), format, items: None, pending: None, ids, bytes_read }
    }

    /// How much of the files has been read.
    pub fn bytes_read(&self) -> BytesRead {
        self.bytes_read.clone()
    }

    /// Opens an input: a report at once, or many to be read one by one.
    fn open(&mut self, input: Box<dyn Read + Send>, source: Source) -> Option<Result<Report, IngestError>> {
        let name = source.name.clone();
        match open(input, self.format, source) {
            Ok(Opened::One(report)) => Some(Ok(*report)),
            Ok(Opened::Many(items)) => {
                self.items = Some(items);
                None
            }
            Err(kind) => Some(Err(IngestError { input: name, kind })),
        }
    }

    /// Makes the id of one report of many unlike all others, by a hash of its text.
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
            if let Some(items) = &mut self.items {
                match items.next() {
                    Some(read) => return Some(read.map(|report| self.with_own_id(report))),
                    None => self.items = None,
                }
            }
            self.pending = match self.planned.next()? {
                Planned::Failed(error) => Some(Err(error)),
                Planned::Stdin => {
                    self.ids.insert("stdin".into());
                    let source = Source { name: Input::whole("-"), id: "stdin".into(), extension: None };
                    self.open(Box::new(io::stdin()), source)
                }
                Planned::File { path, id } => {
                    let name = Input::whole(path.display().to_string());
                    match File::open(&path) {
                        Ok(file) => {
                            let file = Counted { file, read: Arc::clone(&self.bytes_read.read) };
                            self.open(Box::new(file), Source { name, id, extension: extension(&path) })
                        }
                        Err(error) if error.kind() == io::ErrorKind::NotFound => {
                            Some(Err(IngestError { input: name, kind: IngestErrorKind::Missing }))
                        }
                        Err(error) => {
                            Some(Err(IngestError { input: name, kind: IngestErrorKind::Unreadable(error) }))
                        }
                    }
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_counted_up_to_the_size_of_the_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let line = r#"{"id":"a","text":"Talks began in Marenko."}"#;
        std::fs::write(folder.path().join("a.jsonl"), format!("{line}\n").repeat(5000)).expect("written");
        std::fs::write(folder.path().join("b.txt"), "Talks ended in Marenko.").expect("written");
        let mut reports = read_reports(&[folder.path().to_path_buf()], Format::Auto);
        let bytes = reports.bytes_read();
        let total = bytes.total().expect("files have a size");
        assert_eq!((total, bytes.so_far()), ((line.len() as u64 + 1) * 5000 + 23, 0));
        reports.nth(9).expect("a report").expect("read");
        assert!(bytes.so_far() > 0 && bytes.so_far() < total);
        assert_eq!(reports.count(), 4991);
        assert_eq!(bytes.so_far(), total);
        assert_eq!(read_reports(&["-".into()], Format::Text).bytes_read().total(), None);
    }
}
