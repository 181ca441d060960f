//! Where output goes: standard output or a file.

use crate::commands::WrongUsage;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

/// The place that a command writes to.
pub struct Output {
    writer: Box<dyn Write + Send>,
    name: String,
    is_terminal: bool,
}

impl Output {
    /// Opens the file, or standard output where none is named.
    pub fn open(path: Option<&Path>) -> Result<Output> {
        Ok(match path {
            Some(path) => {
                let name = path.display().to_string();
                let file = File::create(path).with_context(|| format!("{name}: cannot be written"))?;
                Output { writer: Box::new(BufWriter::new(file)), name, is_terminal: false }
            }
            None => Output {
                writer: Box::new(BufWriter::new(io::stdout())),
                name: "standard output".to_owned(),
                is_terminal: io::stdout().is_terminal(),
            },
        })
    }

    /// Whether a person reads it as it is written.
    pub fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Refuses a terminal, for what is no text.
    pub fn refuse_terminal(&self, format: &str) -> Result<()> {
        if self.is_terminal {
            return Err(WrongUsage(format!("{format} is no text; name a file with `-o`")).into());
        }
        Ok(())
    }

    /// What others write into.
    pub fn writer(&mut self) -> &mut (dyn Write + Send) {
        &mut *self.writer
    }

    /// Writes text as it is.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.writer.write_all(text.as_bytes()).with_context(|| format!("{}: cannot be written", self.name))
    }

    /// Writes one JSON object and ends the line.
    pub fn json_line(&mut self, value: &impl serde::Serialize) -> Result<()> {
        let mut line = serde_json::to_string(value).context("a result could not be written as JSON")?;
        line.push('\n');
        self.text(&line)
    }

    /// Makes sure that everything has arrived.
    pub fn finish(mut self) -> Result<()> {
        self.writer.flush().with_context(|| format!("{}: cannot be written", self.name))
    }
}

/// For writers that keep what they write to.
impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Whether an error only says that the reader of our output has stopped reading (`dateline … | head`).
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Columns of a terminal that does not say how many it has.
const COLUMNS: usize = 100;

/// As many columns as the terminal says it has.
pub fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).unwrap_or(COLUMNS)
}
