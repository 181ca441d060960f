//! Statements as lists: the words, who said them, and who reports it.

use crate::words::{cut, party_link, reports, time};
use dateline_record::StatementRow;
use maud::{Markup, html};

/// Statements, one below the other.
pub(crate) fn statements(rows: &[StatementRow], with_speaker: bool) -> Markup {
    html! {
        ol.statements { @for row in rows { li.item { (statement(row, with_speaker)) } } }
    }
}

fn statement(row: &StatementRow, with_speaker: bool) -> Markup {
    html! {
        p.item-head.saying {
            a href=(format!("/statement/s{}", row.id)) {
                @match &row.first {
                    Some(quote) => { "“" (cut(&quote.text, 360)) "”" }
                    None => "words not kept",
                }
            }
        }
        p.item-facts {
            @if with_speaker {
                span { @match &row.speaker { Some(speaker) => (party_link(speaker)), None => span.faint { "speaker not known" } } }
            }
            @if let Some(day) = row.first_told { span { (time(day)) } }
            span { (reports(row.n_reports, row.n_independent)) }
            @if let Some(quote) = &row.first {
                span { a href=(format!("/report/r{}#c{}", quote.report, quote.start)) { "in the report" } }
            }
        }
    }
}
