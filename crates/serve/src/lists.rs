//! Events as lists, the same on every page.

use crate::words::{days, event_link, reports, tag};
use dateline_record::EventRow;
use maud::{Markup, html};

/// Events, one below the other, with day, place and how many tell them.
pub(crate) fn events(rows: &[EventRow]) -> Markup {
    html! {
        ol.events {
            @for event in rows { li.item { (event_item(event)) } }
        }
    }
}

/// One of them.
pub(crate) fn event_item(event: &EventRow) -> Markup {
    html! {
        p.item-head { (event_link(event)) }
        p.item-facts {
            (tag(event))
            span { (days(event.date)) }
            @if let Some(place) = &event.place {
                span { a href=(format!("/events?place=p{}", place.id)) { (crate::words::cut(&place.place.name, 60)) } }
            }
            span { (reports(event.n_reports, event.n_independent)) }
        }
    }
}

/// What is shown where nothing passes the filters.
pub(crate) fn nothing(what: &str, has_filters: bool, all: &str) -> Markup {
    html! {
        div.empty {
            p.lede { "No " (what) " here." }
            @if has_filters {
                p { "Nothing in the record passes all these filters together. An event whose day no report gives \
                     passes no filter of days." }
                p.actions { a.button href=(all) { "Take all filters away" } }
            } @else {
                p { "The record holds none yet. " code { "dateline ingest REPORT… --record FILE" } " adds reports, also while \
                     this page is open." }
            }
        }
    }
}
