//! `/report/r5`: the text as given, with what was read in it marked.
//!
//! The place of every quotation on other pages has an anchor here, `#c` with its first code point.

use crate::asked::Asked;
use crate::error::PageError;
use crate::layout::Page;
use crate::lists;
use crate::marked::{Piece, pieces, places_after};
use crate::words::{cut, is_web_address, moment, n_of, party_link, show, thousands};
use dateline_record::{LineageRow, Record, ReportDetail, ReportMarks, ReportRow, StatementMark};
use dateline_rows::report_json;
use dateline_text::{CodePoints, visible};
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;

/// Bytes of a text that are shown; a browser takes long for more.
const MAX_BYTES: u32 = 400_000;
/// Events and statements listed beside the text.
const LISTED: usize = 60;
/// Reports that share wording, and passages of each.
const SHARERS: usize = 12;
const PASSAGES: usize = 4;

/// For programs.
pub(crate) fn json(record: &mut Record, asked: &Asked) -> Result<Value, PageError> {
    let report = find(record, asked)?;
    let lineage = record.lineage_of(asked.id)?;
    Ok(report_json(&report, &lineage))
}

fn find(record: &mut Record, asked: &Asked) -> Result<ReportDetail, PageError> {
    record
        .report(asked.id)?
        .ok_or_else(|| PageError::NotFound(format!("report r{} in this record", asked.id)))
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let report = find(record, asked)?;
    let row = &report.row;
    let marks = record.marks(row.id)?;
    let lineage = record.lineage_of(row.id)?;
    let mut others = BTreeMap::new();
    for other in lineage.iter().take(SHARERS).map(|shared| shared.other).chain(row.replaces) {
        if let Some(other) = record.report_row(other)? {
            others.insert(other.id, other);
        }
    }
    let mut events = Vec::new();
    for &id in report.events.iter().take(LISTED) {
        events.extend(record.event_row(id)?);
    }
    let versions = record.versions_of(row.id)?;
    let title = row.title.as_deref().map_or_else(|| cut(&row.name, 120), show);
    let body = html! {
        header.page-head {
            p.kicker { "Report " span.faint { "r" (row.id) } }
            h1 { (title) }
            p.lede { (byline(row)) }
        }
        div.columns.report {
            div.main-column { (text(&report, &marks, &lineage)) }
            div.aside {
                section aria-labelledby="about" { h2 #about { "About this report" } (facts(&report, &versions)) }
                @if !lineage.is_empty() { (shared(asked.id, &lineage, &others)) }
                @if !marks.statements.is_empty() { (statements(&report, &marks.statements)) }
                section aria-labelledby="told" {
                    h2 #told { "Events it tells" }
                    @if events.is_empty() {
                        p.faint { @match &row.uncoded { Some(why) => { "None: " (show(why)) }, None => "None." } }
                    }
                    (lists::events(&events))
                    @if report.events.len() > LISTED { p.note { "and " (report.events.len() - LISTED) " more" } }
                }
            }
        }
    };
    Ok(Page {
        title,
        summary: byline(row),
        section: "",
        data: vec![("JSON", format!("/report/r{}.json", row.id))],
        body,
    })
}

fn byline(row: &ReportRow) -> String {
    let named = [row.outlet.as_deref(), row.byline.as_deref()];
    let named = named.into_iter().flatten().map(|part| cut(part, 80));
    let parts: Vec<String> = named.chain(row.published.as_deref().map(moment)).collect();
    if parts.is_empty() {
        "Neither outlet nor day of publication is known.".to_owned()
    } else {
        parts.join(" · ")
    }
}

fn facts(report: &ReportDetail, versions: &[i64]) -> Markup {
    let row = &report.row;
    html! {
        dl.facts {
            @if let Some(url) = &row.url {
                dt { "Published at" }
                dd { @if is_web_address(url) { a rel="noreferrer nofollow" href=(url) { (cut(url, 80)) } } @else { (cut(url, 80)) } }
            }
            dt { "Counts as" }
            dd {
                @if row.counted_as == row.id { "a source of its own" }
                @else { "one source with " a href=(format!("/report/r{}", row.counted_as)) { "r" (row.counted_as) } }
                @if let Some(agency) = &row.agency { ", credited to " (cut(agency, 60)) }
            }
            dt { "Version" }
            dd {
                (row.version)
                @if let Some(replaces) = row.replaces { ", after " a href=(format!("/report/r{replaces}")) { "r" (replaces) } }
                @for later in versions.iter().filter(|&&id| id > row.id) { "; newer: " a href=(format!("/report/r{later}")) { "r" (later) } }
            }
            @if let Some(language) = &row.language { dt { "Language" } dd { (show(language)) } }
            // The name alone: whoever reads need not know the folders of whoever serves.
            dt { "Read from" } dd { (cut(row.input.rsplit(['/', '\\']).next().unwrap_or_default(), 120)) }
            dt { "Text" } dd { (n_of(report.text.chars().count() as u64, "character", "characters")) }
        }
    }
}

/// The text with its marks, and the boxes that switch them on and off: by style alone, without script.
fn text(report: &ReportDetail, marks: &ReportMarks, lineage: &[LineageRow]) -> Markup {
    let pieces = pieces(report, marks, lineage, MAX_BYTES);
    let end = pieces.last().map_or(0, |piece| piece.span.end);
    let n_shared = lineage.iter().map(|shared| shared.passages.len()).sum();
    html! {
        div.marked {
            (switch("events", "Events", marks.events.len()))
            (switch("actors", "Actors", marks.actors.len()))
            (switch("statements", "Statements", marks.statements.len()))
            (switch("places", "Places", marks.places.len()))
            (switch("times", "Times", marks.times.len()))
            (switch("shared", "Shared wording", n_shared))
            (switch("removed", "Left out", report.layout.removed.len()))
            article.text dir="auto" aria-label="The text as given" {
                @for piece in &pieces { (piece_of(&report.text, piece)) }
                @if (end as usize) < report.text.len() {
                    p.note {
                        // Who follows a quotation from beyond the end is told why it is not here.
                        @for place in places_after(report, marks, lineage, end) { span id=(format!("c{place}")) {} }
                        "The text goes on for " (thousands(report.text.len() as u64 - u64::from(end))) " bytes; all of it is in the "
                        a href=(format!("/report/r{}.json", report.row.id)) { "data" } "."
                    }
                }
            }
        }
    }
}

fn switch(name: &str, words: &str, n: usize) -> Markup {
    html! {
        @if n > 0 {
            input.switch id=(format!("show-{name}")) type="checkbox" checked;
            label.switch.(name) for=(format!("show-{name}")) { (words) " " span.faint { (n) } }
        }
    }
}

fn piece_of(text: &str, piece: &Piece) -> Markup {
    // A line end of two characters is one to the eye.
    let words = visible(piece.span.slice(text).unwrap_or_default()).replace("␍\n", "\n");
    let classes = piece.classes.join(" ");
    let classes = (!classes.is_empty()).then_some(classes);
    let hint = piece.hints.join("; ");
    let hint = (!hint.is_empty()).then_some(hint);
    let anchor = piece.anchor.map(|point| format!("c{point}"));
    html! {
        @match (piece.event, &classes, &anchor) {
            (Some(event), ..) => {
                a class=[classes] id=[anchor] href=(format!("/event/e{event}")) title=[hint] {
                    (words)
                }
            }
            (None, None, None) => (words),
            (None, ..) => span class=[classes] id=[anchor] title=[hint] { (words) },
        }
        @if let Some(reason) = piece.reason { span.reason { (reason) } }
    }
}

fn shared(report: i64, lineage: &[LineageRow], others: &BTreeMap<i64, ReportRow>) -> Markup {
    html! {
        section aria-labelledby="sharing" {
            h2 #sharing { "Shared with other reports" }
            @for row in lineage.iter().take(SHARERS) {
                @let other = others.get(&row.other);
                details.sharing {
                    summary {
                        (format!("{:.0} % with ", row.shared * 100.0))
                        @match other {
                            Some(other) => (cut(other.outlet.as_deref().unwrap_or(&other.name), 60)),
                            None => { "r" (row.other) }
                        }
                        @if row.is_copy { ", one source" }
                    }
                    ul.plain-list {
                        @for passage in row.passages.iter().take(PASSAGES) {
                            li { a href=(format!("#c{}", passage.here.start)) { "“" (cut(&passage.here.text, 120)) "”" } " "
                                 a href=(format!("/report/r{}#c{}", row.other, passage.there.start)) { "there" } }
                        }
                        @if row.passages.len() > PASSAGES { li.faint { "and " (row.passages.len() - PASSAGES) " more passages" } }
                    }
                    p { a href=(format!("/report/r{}", row.other)) { "Open that report" } }
                }
            }
            p.note { "Part of the shorter article that both have word for word. "
                a href=(format!("/lineage?report=r{report}")) { "Lineage" } }
        }
    }
}

fn statements(report: &ReportDetail, marks: &[StatementMark]) -> Markup {
    let points = CodePoints::new(&report.text);
    html! {
        section aria-labelledby="statements" {
            h2 #statements { "Statements" }
            ul.plain-list.sayings {
                @for mark in marks.iter().take(LISTED) {
                    @let words: Vec<&str> = mark.content.iter().filter_map(|span| span.slice(&report.text)).collect();
                    @let start = mark.content.first().filter(|span| span.slice(&report.text).is_some());
                    li {
                        @match &mark.speaker { Some(speaker) => (party_link(speaker)), None => "Somebody" } ": "
                        q { a href=[start.map(|span| format!("#c{}", points.to_chars(*span).start))] { (cut(&words.join(" … "), 160)) } }
                        " " a.faint href=(format!("/statement/s{}", mark.statement)) { "elsewhere" }
                    }
                }
                @if marks.len() > LISTED { li.faint { "and " (marks.len() - LISTED) " more" } }
            }
        }
    }
}
