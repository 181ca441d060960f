//! One report with everything found in it.

use crate::EventMention;
use dateline_attribute::Statement;
use dateline_clean::Article;
use dateline_ingest::Report;
use dateline_resolve::Resolution;
use dateline_text::{Arena, Document, Notice};

/// A report and what every stage found in it. Later stages read it and never change it.
#[derive(Clone, Debug)]
pub struct CodedReport {
    /// The report as it came in.
    pub report: Report,
    /// The article in it.
    pub article: Article,
    /// The article's paragraphs, analysed.
    pub document: Document,
    /// Its actors, places and times.
    pub resolution: Resolution,
    /// Who said what.
    pub statements: Arena<Statement>,
    /// Who did what to whom.
    pub events: Arena<EventMention>,
    /// What went wrong on the way.
    pub notices: Vec<Notice>,
}
