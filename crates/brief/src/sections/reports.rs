//! What the brief rests on: the reports, where they come from, and which of them count.

use super::count;
use crate::brief::one_line;
use crate::{Line, Section, days};
use dateline_link::{Derivation, Linked, LinkedReport, Origin, ReportIdx};
use dateline_plover::CodedReport;

/// One sentence: how many reports, how many independent, from when to when.
pub fn basis(coded: &[CodedReport], linked: &Linked) -> String {
    let independent = linked.reports.iter().filter(|(_, report)| report.independent).count();
    let mut published: Vec<_> =
        coded.iter().filter_map(|coded| coded.article.published).map(|published| published.date).collect();
    published.sort_unstable();
    let when = match (published.first(), published.last()) {
        (Some(first), Some(last)) if first == last => format!("published on {}", days::day(*first)),
        (Some(first), Some(last)) => format!("published from {} to {}", days::day(*first), days::day(*last)),
        _ => "none with a known time of publication".to_owned(),
    };
    let undated = coded.len() - published.len();
    let undated = match (undated, published.is_empty()) {
        (0, _) | (_, true) => String::new(),
        (n, false) => format!(", {n} without a known time of publication"),
    };
    format!("{}, {independent} of independent origin, {when}{undated}.", count(coded.len(), "report"))
}

/// One line a report.
pub fn section(coded: &[CodedReport], linked: &Linked) -> Section {
    let lines =
        coded.iter().zip(linked.reports.iter()).map(|(coded, (idx, report))| line(coded, idx, report));
    Section { title: "Reports", lines: lines.collect(), if_empty: "None." }
}

fn line(coded: &CodedReport, idx: ReportIdx, report: &LinkedReport) -> Line {
    let article = &coded.article;
    let outlet = article.outlet.as_deref().unwrap_or(&coded.report.id);
    let mut line = Line::new(format!("{}. {}", idx.index() + 1, one_line(outlet)));
    line = match &article.title {
        Some(title) => line.quote(&title.text),
        None => line.plain("no headline"),
    };
    let byline = article.byline.as_ref().map(|byline| format!(", by {}", one_line(&byline.text)));
    let published = match article.published {
        Some(published) => format!(", published {published}"),
        None => ", time of publication unknown".to_owned(),
    };
    line = line.plain(format!("{}{published}; {}.", byline.unwrap_or_default(), standing(idx, report)));
    for note in &article.corrections {
        line.below.push(Line::new("Correction").quote(note.span.of(&article.text)));
    }
    line
}

/// Whether a report counts by itself, and why not.
fn standing(idx: ReportIdx, report: &LinkedReport) -> String {
    let mut words = match &report.origin {
        None if report.independent => "no other origin found".to_owned(),
        None => format!("counted with report {}", report.counted_as.index() + 1),
        Some(Origin::Agency(agency)) => format!("text of {}", one_line(agency)),
        Some(Origin::Report(from)) => format!("text of report {}", from.index() + 1),
    };
    for reason in &report.reasons {
        match reason {
            Derivation::SharedWording { with, shared } if *with != idx => {
                let percent = (shared.value() * 100.0).round();
                words += &format!(", shares {percent}% of its wording with report {}", with.index() + 1);
            }
            Derivation::SharedWording { .. } => {}
            Derivation::AgencyCredit { agency, .. } => words += &format!(", credits {}", one_line(agency)),
        }
    }
    words
}
