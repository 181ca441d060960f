//! `/statements`: who said what, the latest added first.

use crate::asked::Asked;
use crate::error::PageError;
use crate::fields::{self, Field};
use crate::layout::{Page, pager};
use crate::lists;
use crate::sayings;
use crate::words::n_of;
use dateline_record::{Record, StatementRow};
use maud::html;

/// The rows, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<StatementRow>, PageError> {
    fields::only(asked, &["actor", "country", "text", "from", "to", "min_independent"])?;
    Ok(record.statements(&asked.query.filters)?)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let statements = rows(record, asked)?;
    let body = html! {
        header.page-head {
            h1 { "Statements" }
            p.lede { "What reports say that somebody said. Each leads to its wordings by outlet, side by side." }
        }
        (fields::filters(asked, &[
            Field::Words("actor", "Who says it", "KOR, KOR/MIL, or a name"),
            Field::Words("country", "Country of the speaker", "name or code"),
            Field::Words("text", "Words in a report that gives it", "\"peace talks\" missil*"),
            Field::Day("from", "Published from"),
            Field::Day("to", "Published up to"),
            Field::Independent,
        ]))
        @if statements.is_empty() && asked.query.page == 1 {
            (lists::nothing("statements", asked.query.has_filters(), &asked.path))
        } @else {
            div.wide { (sayings::statements(&statements, true)) }
            (pager(asked, statements.len()))
        }
    };
    Ok(Page {
        title: "Statements".to_owned(),
        summary: format!(
            "{} on this page, with who reports them.",
            n_of(statements.len() as u64, "statement", "statements")
        ),
        section: "/statements",
        data: Page::list_data(asked),
        body,
    })
}
