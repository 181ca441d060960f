//! What could not be established, and what was left out of each page.

use super::count;
use crate::brief::one_line;
use crate::{Line, Section};
use dateline_clean::Reason;
use dateline_link::Linked;
use dateline_plover::CodedReport;

/// Gaps, said.
pub fn section(coded: &[CodedReport], linked: &Linked) -> Section {
    let mut lines = Vec::new();
    for (number, coded) in coded.iter().enumerate() {
        let mut line = Line::new(format!("Report {}", number + 1));
        let mut gaps = Vec::new();
        if coded.article.published.is_none() {
            gaps.push("no time of publication, so some days stay relative".to_owned());
        }
        if coded.article.outlet.is_none() {
            gaps.push("no outlet named".to_owned());
        }
        if coded.article.byline.is_none() {
            gaps.push("no author named".to_owned());
        }
        gaps.extend(coded.notices.iter().map(|notice| one_line(&notice.message)));
        gaps.extend(left_out(coded));
        if !gaps.is_empty() {
            line = line.plain(format!("{}.", gaps.join("; ")));
            lines.push(line);
        }
    }
    let undated = linked.events.iter().filter(|(_, event)| event.date.is_none()).count();
    let unplaced = linked.events.iter().filter(|(_, event)| event.place.is_none()).count();
    let actorless = linked.events.iter().filter(|(_, event)| event.actors.is_empty()).count();
    let unspoken = linked.statements.iter().filter(|(_, statement)| statement.speaker.is_none()).count();
    let total = linked.events.n_values();
    for (n, of, what) in [
        (undated, total, "of the events have no day that the reports tell"),
        (unplaced, total, "of the events have no place that the reports tell"),
        (actorless, total, "of the events have no actor that the reports name"),
        (
            unspoken,
            linked.statements.n_values(),
            "of the statements have no speaker that could be identified",
        ),
    ] {
        if n > 0 {
            lines.push(Line::default().plain(format!("{n} of {of} {what}.").replacen(" of the", "", 1)));
        }
    }
    Section { title: "What could not be established", lines, if_empty: "No gap was noticed." }
}

/// `left out 6 parts of the page: 4 appeal, 2 caption`
fn left_out(coded: &CodedReport) -> Option<String> {
    let mut counts: Vec<(Reason, usize)> = Vec::new();
    for removed in &coded.article.removed {
        match counts.iter_mut().find(|(reason, _)| *reason == removed.reason) {
            Some((_, n)) => *n += 1,
            None => counts.push((removed.reason, 1)),
        }
    }
    if counts.is_empty() {
        return None;
    }
    let total: usize = counts.iter().map(|(_, n)| n).sum();
    let words: Vec<String> = counts.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
    Some(format!("{} of the page not read as article: {}", count(total, "part"), words.join(", ")))
}
