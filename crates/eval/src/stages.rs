//! The stages, as the tasks need them.

use crate::EvalError;
use dateline_clean::Shape;
use dateline_ingest::Report;
use dateline_parse::Parser;
use dateline_plover::{CodedReport, Pipeline};

/// The parser with the embedded models.
pub(crate) fn parser() -> Result<&'static Parser, EvalError> {
    Parser::embedded().map_err(|error| EvalError::Stage(error.to_string()))
}

/// The whole way from report to coded report.
pub(crate) fn pipeline() -> Result<Pipeline<'static>, EvalError> {
    Pipeline::embedded().map_err(|error| EvalError::Stage(error.to_string()))
}

/// Codes a text that is an article already; nothing where the pipeline does not code it, for instance because of
/// its language. A day of publication that cannot be read counts as none.
pub(crate) fn code_article(
    pipeline: &Pipeline<'_>,
    id: &str,
    text: &str,
    published: Option<&str>,
) -> Option<CodedReport> {
    let mut report = Report::from_text(id, text);
    report.published = published.and_then(|published| published.parse().ok());
    pipeline.run(report, Shape::ArticleOnly).ok()
}
