//! Wording that reports share: whose text is whose.

use crate::{Cite, Line, Section};
use dateline_link::{Lineage, Linked, Origin};
use dateline_plover::CodedReport;

/// Passages shown of a pair of reports, the longest first.
const MAX_PASSAGES: usize = 4;

/// One line a pair of reports, the longest passages below.
pub fn section(coded: &[CodedReport], linked: &Linked) -> Section {
    let lines = linked.lineage.iter().map(|lineage| line(coded, lineage)).collect();
    Section { title: "Shared wording", lines, if_empty: "The reports share no longer passage." }
}

fn line(coded: &[CodedReport], lineage: &Lineage) -> Line {
    let (a, b) = lineage.reports;
    let percent = (lineage.shared.value() * 100.0).round();
    let unquoted = (lineage.shared_unquoted.value() * 100.0).round();
    let origin = match &lineage.origin {
        Some(Origin::Agency(agency)) => format!("; origin: {agency}"),
        Some(Origin::Report(report)) => format!("; origin: report {}", report.index() + 1),
        None => "; origin not established".to_owned(),
    };
    let mut line = Line::new(format!("Reports {} and {}", a.index() + 1, b.index() + 1)).plain(format!(
        "{percent}% of the shorter one's words, {unquoted}% outside quotations both carry{origin}:"
    ));
    let mut passages: Vec<_> = lineage.passages.iter().collect();
    passages.sort_by_key(|passage| (std::cmp::Reverse(passage.a.n_bytes()), passage.a.start));
    for passage in passages.iter().take(MAX_PASSAGES) {
        let cites = vec![Cite::of_span(coded, a, passage.a), Cite::of_span(coded, b, passage.b)];
        let words = passage.a.of(coded[a.index()].document.text());
        let below = Line::default().quote(words);
        line.below.push(if passage.quoted { below.plain(" (a quotation)") } else { below }.cite(cites));
    }
    line
}
