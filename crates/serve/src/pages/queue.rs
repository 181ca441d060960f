//! `/queue`: events that most need an eye, one at a time, with their evidence and the buttons to judge them.
//!
//! Filters in the address narrow it. What is judged drops out of it, and the next one comes up. Only where somebody edits.

use super::event::{differences, facts, related, source_in_words, sources, values};
use crate::asked::Asked;
use crate::edit::forms::{self, Place};
use crate::error::PageError;
use crate::form;
use crate::layout::Page;
use crate::lists;
use crate::query::address;
use crate::words::{event_link, n_of, tag};
use dateline_record::{EventDetail, EventRow, QueueRow, Record, WEIGHED};
use maud::{Markup, html};

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let at = asked.query.own("at").and_then(|at| at.strip_prefix('e')?.parse::<i64>().ok());
    let typed = &asked.query;
    let queue = record.queue(&typed.filters)?;
    let number = at.and_then(|at| queue.iter().position(|queued| queued.row.id == at)).unwrap_or(0);
    let address_of = |queued: Option<&QueueRow>| queued.map(|queued| address_at(asked, Some(queued.row.id)));
    let next = address_of(queue.get(number + 1));
    let earlier = address_of(number.checked_sub(1).and_then(|earlier| queue.get(earlier)));
    let here = queue.get(number).map(|queued| queued.row.id);
    let after = next.clone().unwrap_or_else(|| address_at(asked, None));
    let shown = match here {
        Some(id) => record.event(id)?,
        None => None,
    };
    // What is undone comes up again.
    let done = forms::done(record, asked, |entry| address_at(asked, Some(entry.event)), true)?;
    let judged = match (&shown, queue.get(number)) {
        (Some(event), Some(queued)) => {
            let place = Place { back: &after, has_keys: true };
            one(record, asked, event, queued, &place)?
        }
        _ => lists::nothing("events that wait for an eye", typed.has_filters(), "/queue"),
    };
    // What was done a moment ago goes no further than this page.
    let filters = Asked { query: typed.without_own(), ..asked.clone() };
    let body = html! {
        header.page-head {
            h1 { "Queue" }
            p.lede { "Events that most need an eye, one at a time." }
        }
        (done)
        (form::filters(&filters))
        details.explained {
            summary { "In which order" }
            p {
                "Of the latest " (WEIGHED) " events that pass the filters come those that nobody has judged, and of these first those \
                 with the most need: doubt (1 − confidence of the surest telling), more of it the more reports tell the event \
                 (times 1 + the natural logarithm of their number), and a quarter for each thing in which they differ. \
                 On this page are the " (queue.len()) " with the most."
            }
        }
        nav.pager aria-label="Events of the queue" {
            @if let Some(earlier) = &earlier { a.button rel="prev" href=(earlier) data-key="k" { "← Earlier " kbd aria-hidden="true" { "k" } } }
            @if !queue.is_empty() { span.count { (number + 1) " of " (queue.len()) } }
            @if let Some(next) = &next { a.button rel="next" href=(next) data-key="j" { "Later → " kbd aria-hidden="true" { "j" } } }
        }
        (judged)
    };
    Ok(Page {
        title: "Queue".to_owned(),
        summary: "Events that most need an eye, one at a time.".to_owned(),
        section: "/queue",
        data: Vec::new(),
        body,
    })
}

/// The address of an event of this queue.
fn address_at(asked: &Asked, event: Option<i64>) -> String {
    let at = event.map(|event| format!("e{event}"));
    let pairs = asked.query.all_typed().iter().map(|(name, value)| (*name, value.as_str()));
    format!("/queue{}", address(pairs.chain(at.as_deref().map(|at| ("at", at)))))
}

fn one(
    record: &mut Record,
    asked: &Asked,
    event: &EventDetail,
    queued: &QueueRow,
    place: &Place,
) -> Result<Markup, PageError> {
    let sources = sources(record, event)?;
    let mut others: Vec<EventRow> = Vec::new();
    for (_, events) in related(record, &event.row)? {
        others.extend(events);
    }
    Ok(html! {
        div.columns {
            div.main-column {
                section {
                    h2 { (event_link(&event.row)) }
                    p.item-facts {
                        (tag(&event.row))
                        span.faint { "confidence " (format!("{:.2}", event.row.confidence)) ", " (n_of(event.row.n_reports.into(), "report", "reports"))
                            @if queued.n_differences > 0 { ", " (n_of(queued.n_differences.into(), "difference", "differences")) } }
                    }
                    @for (number, source) in sources.iter().enumerate() { (source_in_words(number, source)) }
                }
            }
            div.aside {
                (forms::correct(asked, event, &others, place))
                section aria-labelledby="facts" { h2 #facts { "What is told" } (facts(&event.row)) }
                @if !event.discrepancies.is_empty() { (differences(event)) }
                (values(event))
                (forms::journal(asked, event))
            }
        }
    })
}
