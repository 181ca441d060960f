//! `/discrepancies`: where reports differ, of one kind or of all, the latest found first.

use crate::asked::Asked;
use crate::differences;
use crate::error::PageError;
use crate::form;
use crate::layout::{Page, pager};
use crate::lists;
use crate::words::{cut, n_of};
use dateline_link::DiscrepancyKind;
use dateline_record::{DiscrepancyRow, Record};
use maud::{Markup, html};

/// The parameters of the page.
pub(crate) const OWN: &[&str] = &["kind"];

fn kind(asked: &Asked) -> Result<Option<DiscrepancyKind>, PageError> {
    let Some(typed) = asked.query.own("kind") else { return Ok(None) };
    let known = typed.to_lowercase().parse().map(Some);
    known.map_err(|_| {
        let all: Vec<&str> = DiscrepancyKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let reason = format!("`{typed}` is not a kind of discrepancy ({})", all.join(", "));
        PageError::Parameter { name: "kind".to_owned(), reason }
    })
}

/// The rows, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<DiscrepancyRow>, PageError> {
    Ok(record.discrepancies_of(kind(asked)?, &asked.query.filters)?)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let rows = rows(record, asked)?;
    let outlets = differences::outlets(record, &rows)?;
    let abouts = rows.iter().map(|row| differences::about(record, row.about));
    let abouts: Vec<Markup> = abouts.collect::<Result<_, _>>()?;
    let body = html! {
        header.page-head {
            h1 { "Discrepancies" }
            p.lede { "Where reports give two or more values for what should be one: each value with who gave it first, and what was taken back since." }
        }
        (kinds(asked))
        (form::filters(asked))
        @if rows.is_empty() && asked.query.page == 1 {
            (lists::nothing("discrepancies", asked.query.has_filters() || asked.query.own("kind").is_some(), &asked.path))
        } @else {
            ol.discrepancies {
                @for (row, about) in rows.iter().zip(&abouts) {
                    li.item {
                        p.kicker { (row.kind.as_str()) }
                        p.item-head { (about) }
                        p.differs { (cut(&row.note, 300)) }
                        (differences::values(row, &outlets))
                    }
                }
            }
            (pager(asked, rows.len()))
        }
    };
    Ok(Page {
        title: "Discrepancies".to_owned(),
        summary: format!("{} on this page.", n_of(rows.len() as u64, "discrepancy", "discrepancies")),
        section: "/discrepancies",
        data: Page::list_data(asked),
        body,
    })
}

/// The kinds, to choose from.
fn kinds(asked: &Asked) -> Markup {
    let chosen = asked.query.own("kind").map(str::to_lowercase);
    let link = |value: Option<&str>, words: &str| {
        html! {
            a href=(format!("{}{}", asked.path, asked.query.with_own("kind", value)))
                aria-current=[(chosen.as_deref() == value).then_some("true")] { (words) }
        }
    };
    html! {
        nav.tabs aria-label="Kinds of discrepancy" {
            (link(None, "all"))
            @for kind in DiscrepancyKind::ALL { (link(Some(kind.as_str()), kind.as_str())) }
        }
    }
}
