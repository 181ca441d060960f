//! The stages, as the tasks need them.

use crate::EvalError;
use dateline_parse::Parser;

/// The parser with the embedded models.
pub(crate) fn parser() -> Result<&'static Parser, EvalError> {
    Parser::embedded().map_err(|error| EvalError::Stage(error.to_string()))
}
