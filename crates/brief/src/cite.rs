//! Where a claim can be checked: report and paragraph.

use dateline_link::{Evidence, ReportIdx};
use dateline_plover::CodedReport;
use dateline_text::ByteSpan;
use std::fmt;

/// A paragraph of a report. Reports and paragraphs count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cite {
    /// The number of the report in the brief.
    pub report: usize,
    /// The number of the kept paragraph, or nothing where the words stand outside the article's body.
    pub paragraph: Option<usize>,
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.paragraph {
            Some(paragraph) => write!(f, "{} ¶{paragraph}", self.report),
            None => write!(f, "{}", self.report),
        }
    }
}

impl Cite {
    /// The paragraph that holds these words.
    pub fn of_span(coded: &[CodedReport], report: ReportIdx, span: ByteSpan) -> Cite {
        let paragraphs = &coded[report.index()].article.paragraphs;
        let after = paragraphs.partition_point(|paragraph| paragraph.start <= span.start);
        let holds = after.checked_sub(1).filter(|&before| span.start < paragraphs[before].end);
        Cite { report: report.index() + 1, paragraph: holds.map(|number| number + 1) }
    }

    /// The paragraphs of some evidence, each once, in order.
    pub fn of_evidence(coded: &[CodedReport], evidence: &[Evidence]) -> Vec<Cite> {
        let mut cites: Vec<Cite> =
            evidence.iter().map(|shown| Cite::of_span(coded, shown.report, shown.span)).collect();
        cites.sort_unstable();
        cites.dedup();
        cites
    }
}
