//! JSONL whose records are not reports: one object a line, errors with path and line.

use serde::de::DeserializeOwned;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// What is wrong with a line, or with a whole file.
#[derive(Debug)]
pub struct LineError {
    path: String,
    line: Option<usize>,
    problem: String,
}

impl LineError {
    /// A problem of a record that was read from here.
    pub fn new(place: &Place, problem: impl Into<String>) -> LineError {
        LineError { path: place.path.clone(), line: Some(place.line), problem: problem.into() }
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; this record was left out", self.problem)
    }
}

/// Where a record stands.
#[derive(Clone, Debug)]
pub struct Place {
    path: String,
    line: usize,
}

/// The records of these files (`-` for standard input), in order, read a line at a time.
pub fn read_records<T: DeserializeOwned + 'static>(
    paths: &[PathBuf],
) -> impl Iterator<Item = Result<(Place, T), LineError>> {
    paths.iter().flat_map(|path| -> Box<dyn Iterator<Item = Result<(Place, T), LineError>>> {
        let name = path.display().to_string();
        match open(path) {
            Ok(reader) => Box::new(records(reader, name)),
            Err(error) => Box::new(std::iter::once(Err(LineError {
                path: name,
                line: None,
                problem: format!("cannot be read: {error}"),
            }))),
        }
    })
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::new(File::open(path)?)))
}

fn records<T: DeserializeOwned + 'static>(
    reader: Box<dyn BufRead>,
    path: String,
) -> impl Iterator<Item = Result<(Place, T), LineError>> {
    reader.split(b'\n').enumerate().filter_map(move |(number, line)| {
        let place = Place { path: path.clone(), line: number + 1 };
        let line = match line {
            Ok(line) => line,
            Err(error) => return Some(Err(LineError::new(&place, format!("cannot be read: {error}")))),
        };
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        Some(match serde_json::from_slice(&line) {
            Ok(record) => Ok((place, record)),
            Err(error) => Err(LineError::new(&place, problem(&error))),
        })
    })
}

/// The message of a JSON error without its line, which is always 1 here.
fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line 1 column ") {
        Some((message, column)) => format!("{message} at column {column}"),
        None => text,
    }
}
