//! Where the reports do not agree, with each value and who gives it.

use crate::{Cite, Line, Section};
use dateline_link::{Linked, ReportIdx};
use dateline_plover::CodedReport;

/// One line a discrepancy, its values below.
pub fn section(coded: &[CodedReport], linked: &Linked) -> Section {
    let lines = linked.discrepancies.iter().map(|discrepancy| {
        let kind = discrepancy.kind.as_str();
        let lead = kind[..1].to_uppercase() + &kind[1..];
        let mut line = Line::new(lead).plain(format!("{}:", discrepancy.note));
        for value in &discrepancy.values {
            let cites = Cite::of_evidence(coded, &value.evidence);
            let mut below = Line::default().quote(&value.value).cite(cites);
            let corrected = discrepancy.corrected.iter().filter(|corrected| corrected.value == value.value);
            let mut by: Vec<ReportIdx> = corrected.map(|corrected| corrected.by).collect();
            by.dedup();
            if !by.is_empty() {
                let by: Vec<String> = by.iter().map(|report| format!("{}", report.index() + 1)).collect();
                below = below.plain(format!(" (corrected by report {})", super::listed(&by)));
            }
            line.below.push(below);
        }
        line
    });
    Section {
        title: "Where the reports differ",
        lines: lines.collect(),
        if_empty: "No difference was found.",
    }
}
