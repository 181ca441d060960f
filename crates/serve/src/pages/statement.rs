//! `/statement/s3`: one statement as each outlet words it, with what differs from the first, and its history.
//!
//! Reports that give the same words stand together.

use crate::asked::Asked;
use crate::differences;
use crate::error::PageError;
use crate::layout::Page;
use crate::sayings;
use crate::wording::{Piece, compare, is_same};
use crate::words::{cut, n_of, party_link, reports, time};
use dateline_record::{Filters, PartyFilter, Quote, Record, StatementDetail, StatementRow, Told};
use dateline_rows::Row;
use dateline_text::visible;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;

/// Reports that are named.
const REPORTS: usize = 80;
/// Words of one wording.
const LONGEST: usize = 1500;
/// Other statements of the speaker.
const OTHERS: usize = 6;

fn find(record: &mut Record, asked: &Asked) -> Result<StatementDetail, PageError> {
    record
        .statement(asked.id)?
        .ok_or_else(|| PageError::NotFound(format!("statement s{} in this record", asked.id)))
}

/// For programs.
pub(crate) fn json(record: &mut Record, asked: &Asked) -> Result<Value, PageError> {
    Ok(find(record, asked)?.json())
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let statement = find(record, asked)?;
    let row = &statement.row;
    let wordings = wordings(record, &statement.evidence)?;
    let outlets = differences::outlets(record, &statement.discrepancies)?;
    let others = others(record, row)?;
    let words = row
        .first
        .as_ref()
        .map_or_else(|| "Words not kept".to_owned(), |quote| format!("“{}”", cut(&quote.text, 240)));
    let body = html! {
        header.page-head {
            p.kicker { "Statement, " (row.kind.as_str()) " " span.faint { "s" (row.id) } }
            h1.quoted { (words) }
            p.lede {
                @match &row.speaker { Some(speaker) => { "Said by " (party_link(speaker)) ", " } None => "By a speaker not known, " }
                "given by " (reports(row.n_reports, row.n_independent)) "."
            }
        }
        div.columns {
            div.main-column {
                section aria-labelledby="wordings" {
                    h2 #wordings { "As each outlet words it" }
                    @if wordings.len() > 1 {
                        p.note { "Marked is what the first wording does not have. Reports with the same words stand together." }
                    }
                    @for (number, wording) in wordings.iter().enumerate() { (worded(number, wording, &wordings[0])) }
                    @if statement.evidence.len() > REPORTS {
                        p.note { "Shown are the first " (REPORTS) " of " (statement.evidence.len()) "; all are in the "
                            a href=(format!("/statement/s{}.json", row.id)) { "data" } "." }
                    }
                }
            }
            div.aside {
                @if statement.history.len() > 1 { (history(&statement.history)) }
                @if !statement.discrepancies.is_empty() {
                    section.differences aria-labelledby="differ" {
                        h2 #differ { "Where the reports differ" }
                        (differences::beside(&statement.discrepancies, &outlets))
                    }
                }
                @if !others.is_empty() {
                    section aria-labelledby="others" {
                        h2 #others { "Also said by the same" }
                        (sayings::statements(&others, false))
                        @if let Some(speaker) = &row.speaker {
                            p { a href=(format!("/statements?actor=a{}", speaker.id)) { "All statements" } }
                        }
                    }
                }
            }
        }
    };
    Ok(Page {
        summary: format!("Given by {}.", reports(row.n_reports, row.n_independent)),
        title: cut(&words, 90),
        section: "/statements",
        data: vec![("JSON", format!("/statement/s{}.json", row.id))],
        body,
    })
}

/// Some words, and the reports that have them.
struct Wording {
    text: String,
    given: Vec<Given>,
}

struct Given {
    quote: Quote,
    outlet: String,
    day: Option<Date>,
}

/// The wordings, the earliest first.
fn wordings(record: &mut Record, evidence: &[Quote]) -> Result<Vec<Wording>, PageError> {
    let mut all = Vec::new();
    for quote in evidence.iter().take(REPORTS) {
        let report = record.report_row(quote.report)?;
        let outlet = report.as_ref().map_or_else(
            || format!("r{}", quote.report),
            |report| cut(report.outlet.as_deref().unwrap_or(&report.name), 60),
        );
        all.push(Given { quote: quote.clone(), outlet, day: report.and_then(|report| report.day) });
    }
    all.sort_by_key(|given| (given.day.is_none(), given.day, given.quote.report, given.quote.start));
    let mut wordings: Vec<Wording> = Vec::new();
    for given in all {
        match wordings.iter_mut().find(|wording| is_same(&wording.text, &given.quote.text)) {
            Some(wording) => wording.given.push(given),
            None => wordings.push(Wording { text: given.quote.text.clone(), given: vec![given] }),
        }
    }
    Ok(wordings)
}

fn worded(number: usize, wording: &Wording, first: &Wording) -> Markup {
    let text = short(&wording.text);
    let pieces = if number == 0 {
        vec![Piece { words: text.to_owned(), is_new: false }]
    } else {
        compare(&first.text, text)
    };
    html! {
        figure.telling.item.wording {
            blockquote {
                p dir="auto" {
                    "“"
                    @for (at, piece) in pieces.iter().enumerate() {
                        @if at > 0 { " " }
                        @if piece.is_new { mark.new { (visible(&piece.words)) } } @else { (visible(&piece.words)) }
                    }
                    @if text.len() < wording.text.len() { "…" }
                    "”"
                }
            }
            figcaption.item-head {
                @for (at, given) in wording.given.iter().enumerate() {
                    @if at > 0 { "; " }
                    a href=(format!("/report/r{}#c{}", given.quote.report, given.quote.start)) { (given.outlet) }
                    @if let Some(day) = given.day { ", " (time(day)) }
                }
                @if wording.given.len() > 1 { span.faint { " · " (n_of(wording.given.len() as u64, "report", "reports")) " with these words" } }
            }
        }
    }
}

fn short(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at])
}

fn history(history: &[Told]) -> Markup {
    html! {
        section aria-labelledby="history" {
            h2 #history { "How it was told over time" }
            ol.history {
                @for told in history {
                    li {
                        span.when { @match told.day { Some(day) => (time(day)), None => "no day" } }
                        span {
                            a href=(format!("/report/r{}#c{}", told.quote.report, told.quote.start)) { (cut(told.outlet.as_deref().unwrap_or("a report"), 40)) }
                            ": “" (cut(&told.quote.text, 140)) "”"
                            @if !told.numbers.is_empty() {
                                " " span.faint { "numbers: " (told.numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn others(record: &mut Record, row: &StatementRow) -> Result<Vec<StatementRow>, PageError> {
    let Some(speaker) = &row.speaker else { return Ok(Vec::new()) };
    let filters = Filters {
        actor: Some(PartyFilter::Actor(speaker.id)),
        limit: Some(OTHERS + 1),
        ..Filters::default()
    };
    let mut others = record.statements(&filters)?;
    others.retain(|other| other.id != row.id);
    others.truncate(OTHERS);
    Ok(others)
}
