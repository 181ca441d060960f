//! The sections of a brief, in reading order, one file each.

mod differ;
mod happened;
mod reports;
mod said;
mod unknown;
mod who;
mod wording;

pub use happened::summary;
pub use reports::basis;

use crate::{Cite, Line, Section};
use dateline_link::{Linked, LinkedActorIdx, Status};
use dateline_plover::CodedReport;

/// A section says how much it leaves out rather than run on for pages; the JSON form holds everything.
const MAX_LINES: usize = 80;

/// All sections.
pub fn all(coded: &[CodedReport], linked: &Linked) -> Vec<Section> {
    let mut sections = vec![
        reports::section(coded, linked),
        happened::section(
            coded,
            linked,
            "What happened",
            &[Status::Reported],
            "The reports tell of no event that could be coded.",
        ),
        said::section(coded, linked),
        differ::section(coded, linked),
        happened::section(
            coded,
            linked,
            "Planned, conditional or disputed",
            &[Status::Planned, Status::Hypothetical, Status::Denied],
            "Nothing.",
        ),
        happened::section(coded, linked, "Background", &[Status::Historical], "Nothing."),
        who::section(coded, linked),
        wording::section(coded, linked),
        unknown::section(coded, linked),
    ];
    for section in &mut sections {
        shorten(&mut section.lines);
    }
    sections
}

fn shorten(lines: &mut Vec<Line>) {
    if lines.len() > MAX_LINES {
        let left_out = lines.len() - MAX_LINES;
        lines.truncate(MAX_LINES);
        lines.push(Line::default().plain(format!("… and {left_out} more, in the JSON form of this brief.")));
    }
}

/// The name of an actor across reports.
fn name_of(linked: &Linked, actor: LinkedActorIdx) -> &str {
    &linked.actors[actor].name
}

/// `A`, `A and B`, `A, B and C`.
fn listed<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", before.join(", "), last.as_ref())
        }
    }
}

/// `1 report`, `3 reports`.
fn count(n: usize, singular: &str) -> String {
    if n == 1 { format!("1 {singular}") } else { format!("{n} {singular}s") }
}

/// How many reports give something, and how many of them count.
fn weight(reports: usize, independent: usize) -> String {
    match reports {
        1 => "1 report".to_owned(),
        _ => format!("{reports} reports, {independent} independent"),
    }
}

/// Cites as a reader sees them in running text: `1 ¶2, 2 ¶1`.
pub(crate) fn cited(cites: &[Cite]) -> String {
    cites.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_lists() {
        for (items, expected) in [(vec![], ""), (vec!["a"], "a"), (vec!["a", "b", "c"], "a, b and c")] {
            assert_eq!(listed(&items), expected);
        }
    }
}
