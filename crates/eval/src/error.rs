//! What can be wrong with gold data or predictions, and where.

use std::path::{Path, PathBuf};

/// Why a task could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line is not what the task's format asks for.
    #[error("{}:{line}: {message}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What was found and what would be right.
        message: String,
    },
    /// The file as a whole is not usable.
    #[error("{}: {message}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was found and what would be right.
        message: String,
    },
    /// Gold data and predictions are aligned by their characters, and these differ.
    #[error("gold data and predictions differ in their text at character {at}: `{gold}` and `{predicted}`")]
    TextsDiffer {
        /// The first character that differs, white space not counted.
        at: usize,
        /// The gold text from there.
        gold: String,
        /// The predicted text from there.
        predicted: String,
    },
    /// A model that the predictions need could not be loaded, or a stage failed.
    #[error("{0}")]
    Stage(String),
    /// This variant of the task cannot be predicted in process.
    #[error("{0}\n  hint: give the predictions as a file")]
    OnlyFromFile(&'static str),
}

impl EvalError {
    pub(crate) fn io(path: &Path, source: std::io::Error) -> EvalError {
        EvalError::Io { path: path.to_owned(), source }
    }

    pub(crate) fn line(path: &Path, line: usize, message: impl Into<String>) -> EvalError {
        EvalError::Line { path: path.to_owned(), line, message: message.into() }
    }

    pub(crate) fn file(path: &Path, message: impl Into<String>) -> EvalError {
        EvalError::File { path: path.to_owned(), message: message.into() }
    }
}
