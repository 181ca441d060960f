//! `/events`: the events that pass the filters, the latest first; of somebody or some place also the tension over time.

use crate::asked::Asked;
use crate::charts::tension_line;
use crate::error::PageError;
use crate::form;
use crate::layout::{Page, pager};
use crate::lists;
use crate::query::address;
use crate::series::{DAYS, tension_of};
use crate::words::n_of;
use dateline_record::{EventRow, Filters, Record, Tension};
use maud::html;

/// The rows, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<EventRow>, PageError> {
    Ok(record.events(&asked.query.filters)?)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let events = rows(record, asked)?;
    let tension = tension(record, asked)?;
    let body = html! {
        header.page-head {
            h1 { "Events" }
            p.lede { "What reports say was done, by whom and to whom: the latest day first; those of no known day come last." }
        }
        (form::filters(asked))
        @if events.is_empty() && asked.query.page == 1 {
            (lists::nothing("events", asked.query.has_filters(), &asked.path))
        } @else {
            @if tension.len() > 1 {
                section.strip aria-label="Tension over time" {
                    (tension_line(&tension, &format!("Mean score of the events of each day, at most {DAYS} days"), &|day| {
                        let day = day.to_string();
                        let pairs = asked.query.all_typed().iter().map(|(name, value)| (*name, value.as_str()));
                        let others = pairs.filter(|(name, _)| !matches!(*name, "from" | "to"));
                        format!("/events{}", address(others.chain([("from", day.as_str()), ("to", day.as_str())])))
                    }))
                }
            }
            div.wide { (lists::events(&events)) }
            (pager(asked, events.len()))
        }
    };
    Ok(Page {
        title: "Events".to_owned(),
        summary: format!(
            "{} on this page, with who tells them.",
            n_of(events.len() as u64, "event", "events")
        ),
        section: "/events",
        data: Page::list_data(asked),
        body,
    })
}

/// Events that the line is made from, the latest ones.
const LOOKED_THROUGH: usize = 2000;

/// The tension of the last days, where the question is narrow enough for it to mean something.
fn tension(record: &mut Record, asked: &Asked) -> Result<Vec<Tension>, PageError> {
    let filters = &asked.query.filters;
    let is_narrow = filters.dyad.is_some()
        || filters.actor.is_some()
        || filters.recipient.is_some()
        || filters.place.is_some()
        || filters.country.is_some();
    if !is_narrow || asked.query.page > 1 {
        return Ok(Vec::new());
    }
    let latest = Filters { limit: Some(LOOKED_THROUGH), offset: 0, ..filters.clone() };
    Ok(tension_of(&record.outlines(&latest)?))
}
