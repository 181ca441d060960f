//! `/statements`: who said what, the latest added first; with `about=PRK` what names somebody.
//!
//! What a statement is about is looked for in its words, as no index has them: of the latest [`LOOKED_THROUGH`] statements that pass
//! the filters, those are shown in which a word for the side stands, as the first report has them.

use crate::asked::Asked;
use crate::error::PageError;
use crate::fields::{self, Field};
use crate::layout::{Page, pager};
use crate::lists;
use crate::naming::{Named, side_name};
use crate::sayings;
use crate::words::{n_of, thousands};
use dateline_record::{Filters, PartyFilter, Record, StatementRow};
use maud::html;

/// The parameters of the page.
pub(crate) const OWN: &[&str] = &["about"];
/// Statements whose words are looked through.
const LOOKED_THROUGH: usize = 1000;

/// The rows, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<StatementRow>, PageError> {
    fields::only(asked, &["actor", "country", "text", "from", "to", "min_independent"])?;
    let filters = &asked.query.filters;
    let Some(about) = asked.query.own("about") else { return Ok(record.statements(filters)?) };
    let side: PartyFilter = about.parse().map_err(|error| PageError::filter("about", &error))?;
    let named = Named::of(&side, &side_name(record, &side)?);
    let mut rows =
        record.statements(&Filters { limit: Some(LOOKED_THROUGH), offset: 0, ..filters.clone() })?;
    rows.retain(|row| row.first.as_ref().is_some_and(|quote| named.is_in(&quote.text)));
    Ok(rows.into_iter().skip(filters.offset).take(filters.limit.unwrap_or(usize::MAX)).collect())
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
            Field::Words("about", "Whom it names", "PRK, or a name"),
            Field::Words("country", "Country of the speaker", "name or code"),
            Field::Words("text", "Words in a report that gives it", "\"peace talks\" missil*"),
            Field::Day("from", "Published from"),
            Field::Day("to", "Published up to"),
            Field::Independent,
        ]))
        @if statements.is_empty() && asked.query.page == 1 {
            (lists::nothing("statements", asked.query.has_filters() || asked.query.own("about").is_some(), &asked.path))
        } @else {
            div.wide { (sayings::statements(&statements, true)) }
            (pager(asked, statements.len()))
            @if asked.query.own("about").is_some() {
                p.note { "Looked through are the " (thousands(LOOKED_THROUGH as u64)) " latest statements that pass the other filters." }
            }
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
