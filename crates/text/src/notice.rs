//! What went wrong without stopping the work.

use crate::ByteSpan;
use std::fmt;

/// A remark on one report, for its reader: an unreadable date costs the date, not the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What was found, in one sentence without a full stop.
    pub message: String,
    /// What would help, if anything would.
    pub hint: Option<String>,
    /// The words it is about, if it is about some.
    pub span: Option<ByteSpan>,
}

impl Notice {
    /// A notice with neither hint nor span.
    pub fn new(message: impl Into<String>) -> Notice {
        Notice { message: message.into(), hint: None, span: None }
    }

    /// The same with a hint.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Notice {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}
