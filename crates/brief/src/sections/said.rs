//! Statements, by speaker, in the words of the reports.

use super::{count, name_of, weight};
use crate::brief::one_line;
use crate::{Cite, Line, Section};
use dateline_attribute::StatementKind;
use dateline_link::{Linked, LinkedStatement};
use dateline_plover::CodedReport;
use dateline_text::Upos;
use std::collections::BTreeMap;

/// Longer contents are cut here.
const MAX_WORDS: usize = 60;

/// Shorter contents are phrases, not statements.
const MIN_WORDS: usize = 4;

/// One line a speaker, the statements below; the speaker of most reported statements first.
pub fn section(coded: &[CodedReport], linked: &Linked) -> Section {
    let mut by_speaker: BTreeMap<_, Vec<&LinkedStatement>> = BTreeMap::new();
    let mut n_left_out = 0;
    for (_, statement) in linked.statements.iter() {
        if is_worth_a_line(coded, statement) {
            by_speaker.entry(statement.speaker).or_default().push(statement);
        } else {
            n_left_out += 1;
        }
    }
    let mut speakers: Vec<_> = by_speaker.into_iter().collect();
    speakers.sort_by_key(|(speaker, statements)| {
        let most = statements.iter().map(|statement| statement.independent_reports).max();
        (speaker.is_none(), std::cmp::Reverse(most), std::cmp::Reverse(statements.len()), *speaker)
    });
    let lines = speakers.into_iter().map(|(speaker, statements)| {
        let lead = match speaker {
            Some(speaker) => one_line(name_of(linked, speaker)),
            None => "Speaker not established".to_owned(),
        };
        let mut line = Line::new(lead);
        let role = speaker.and_then(|speaker| linked.actors[speaker].roles.first());
        if let Some(role) = role.map(|role| one_line(&role.text)).filter(|role| *role != line.lead) {
            line = line.plain(role);
        }
        line.below = statements.into_iter().map(|statement| telling(coded, statement)).collect();
        line
    });
    let mut lines: Vec<Line> = lines.collect();
    if n_left_out > 0 {
        let what = count(n_left_out, "shorter attribution");
        lines.push(
            Line::default()
                .plain(format!("{what} (a phrase, or no speaker) in the JSON form of this brief.")),
        );
    }
    Section { title: "Who said what", lines, if_empty: "No statement was found." }
}

/// Whether a statement says something by itself: words in quotation marks, or a known speaker's clause. A mere
/// phrase ("condemned the attack") is told better as an event.
fn is_worth_a_line(coded: &[CodedReport], statement: &LinkedStatement) -> bool {
    let (report, idx) = most_literal(coded, statement);
    let told = &coded[report].statements[idx];
    let document = &coded[report].document;
    let words = || told.content.iter().flat_map(|tokens| tokens.iter());
    let n_words = words().filter(|&token| document.upos(token) != Upos::Punct).count();
    let is_clause = words().any(|token| document.upos(token) == Upos::Verb);
    match told.kind {
        StatementKind::Direct | StatementKind::Mixed => n_words >= MIN_WORDS,
        StatementKind::Indirect => statement.speaker.is_some() && is_clause && n_words >= MIN_WORDS,
    }
}

fn telling(coded: &[CodedReport], statement: &LinkedStatement) -> Line {
    let (report, idx) = most_literal(coded, statement);
    let told = &coded[report].statements[idx];
    let document = &coded[report].document;
    let pieces: Vec<&str> = told.content.iter().map(|&tokens| document.words(tokens)).collect();
    let whole = one_line(&pieces.join(" … "));
    let words: Vec<&str> = whole.split(' ').collect();
    let cut = words.len() > MAX_WORDS;
    let shown = words[..words.len().min(MAX_WORDS)].join(" ");
    let kind = match told.kind {
        StatementKind::Direct => "verbatim",
        StatementKind::Indirect => "in the report's words",
        StatementKind::Mixed => "partly verbatim",
    };
    let cut = if cut { ", cut" } else { "" };
    Line::default()
        .quote(&shown)
        .plain(format!(" ({kind}{cut}). {}.", weight(statement.reports.len(), statement.independent_reports)))
        .cite(Cite::of_evidence(coded, &statement.evidence))
}

/// The telling that gives most of the words themselves.
fn most_literal(
    coded: &[CodedReport],
    statement: &LinkedStatement,
) -> (usize, dateline_attribute::StatementIdx) {
    let rank = |report: usize, idx| match coded[report].statements[idx].kind {
        StatementKind::Direct => 0,
        StatementKind::Mixed => 1,
        StatementKind::Indirect => 2,
    };
    let mentions = statement.mentions.iter().map(|&(report, idx)| (report.index(), idx));
    mentions.min_by_key(|&(report, idx)| rank(report, idx)).expect("invariant: a statement has a telling")
}
