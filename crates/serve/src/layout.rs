//! The frame around every page: head, masthead, main part, foot.
//!
//! In:  a [`Page`].
//! Out: HTML that is whole without script. Nothing is fetched but our own style, script and drawings.

use crate::asked::Asked;
use crate::assets::ADDRESSES;
use crate::error::PageError;
use crate::words::{day_in_words, message, n_of, show, thousands};
use dateline_record::RecordState;
use maud::{DOCTYPE, Markup, html};

/// What a page brings along.
pub(crate) struct Page {
    /// For the window, and for whoever links to it.
    pub title: String,
    /// In one sentence what it shows, for whoever links to it.
    pub summary: String,
    /// The address in [`SECTIONS`] that it belongs to; empty where it belongs to none.
    pub section: &'static str,
    /// The same for programs: name and address.
    pub data: Vec<(&'static str, String)>,
    /// Everything between masthead and foot, beginning with an `h1`.
    pub body: Markup,
}

impl Page {
    /// The addresses of a list as JSON and CSV.
    pub fn list_data(asked: &Asked) -> Vec<(&'static str, String)> {
        let of = |ending| format!("{}{ending}{}", asked.path, asked.query.address_of_page(asked.query.page));
        vec![("JSON", of(".json")), ("CSV", of(".csv"))]
    }
}

/// The main pages, in reading order. The search has its field beside them.
pub(crate) const SECTIONS: [(&str, &str); 8] = [
    ("/", "Situation"),
    ("/events", "Events"),
    ("/timeline", "Timeline"),
    ("/actors", "Actors"),
    ("/statements", "Statements"),
    ("/tension", "Tension"),
    ("/discrepancies", "Discrepancies"),
    ("/lineage", "Lineage"),
];

/// Pages about the record itself, at the foot.
const ABOUT: [(&str, &str); 3] =
    [("/coverage", "Coverage"), ("/method", "Method"), ("/brief", "Brief to print")];

/// A page in its frame.
pub(crate) fn whole(asked: &Asked, page: Page) -> Markup {
    let typed = asked.query.typed("text").filter(|_| page.section == "/search");
    let address = format!("{}{}", asked.path, asked.query.address_of_page(asked.query.page));
    framed(&page, typed, Some((asked, &address)), &foot(&asked.state, &page.data))
}

/// The page of an error.
pub(crate) fn error(error: &PageError) -> Markup {
    let body = html! {
        div.error-page {
            p.kicker { (error.status().as_u16()) }
            h1 { (error.title()) }
            p.lede { (message(&error.message())) }
            @match error {
                PageError::NotFound(_) => {
                    p { "Ids are those of one record: another record, or the same made anew, has others. " }
                }
                PageError::Parameter { .. } => p { "Take the parameter out of the address, or change it." },
                _ => {}
            }
            @if !matches!(error, PageError::Denied | PageError::Host) {
                p.actions { a.button href="/" { "To the situation" } " " a.button href="/search" { "Search" } }
            }
        }
    };
    let summary = error.message();
    let page = Page { title: error.title().to_owned(), summary, section: "", data: Vec::new(), body };
    framed(&page, None, None, &html! {})
}

/// A page without anything around it, for the frame of another page: links open beside that one.
pub(crate) fn embedded(page: &Page) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (of_every_head(page))
                base target="_blank";
                link rel="stylesheet" href=(ADDRESSES.style);
            }
            body.embedded { main.wrap #main { (page.body) } }
        }
    }
}

/// What stands in the head of every page.
fn of_every_head(page: &Page) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (show(&page.title)) " · dateline" }
        meta name="description" content=(show(&page.summary));
        meta name="color-scheme" content="light dark";
        meta name="robots" content="noindex";
    }
}

/// `at` is what was asked and the address of the page, in its one form.
fn framed(page: &Page, typed: Option<&str>, at: Option<(&Asked, &str)>, foot: &Markup) -> Markup {
    let is_edited = at.is_some_and(|(asked, _)| asked.edit.is_some());
    let title = show(&page.title);
    let summary = show(&page.summary);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (of_every_head(page))
                meta property="og:site_name" content="dateline";
                meta property="og:type" content="article";
                meta property="og:title" content=(title);
                meta property="og:description" content=(summary);
                @if let Some((asked, address)) = at {
                    @let whole = format!("{}{address}", asked.root);
                    link rel="canonical" href=(whole);
                    @if !asked.root.is_empty() { meta property="og:url" content=(whole); }
                    link rel="alternate" type="application/atom+xml" title="Events as they are added"
                        href=(format!("/feed.xml{}", asked.query.filters_address()));
                    link rel="alternate" type="text/calendar" title="Planned events"
                        href=(format!("/calendar.ics{}", asked.query.filters_address_without("status")));
                }
                link rel="stylesheet" href=(ADDRESSES.style);
                link rel="icon" type="image/svg+xml" href=(ADDRESSES.icon);
                @for (name, address) in &page.data {
                    @if *name == "JSON" { link rel="alternate" type="application/json" href=(address); }
                    @if *name == "CSV" { link rel="alternate" type="text/csv" href=(address); }
                }
                // Before the page is drawn, so that it is not drawn in one theme and then in the other.
                script src=(ADDRESSES.script) {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.masthead {
                    div.wrap {
                        a.wordmark href="/" { "dateline" }
                        nav aria-label="Pages" {
                            ul {
                                @for (address, name) in SECTIONS {
                                    li {
                                        a href=(address)
                                            aria-current=[(page.section == address).then_some("page")] { (name) }
                                    }
                                }
                                @if is_edited {
                                    li { a href="/queue" aria-current=[(page.section == "/queue").then_some("page")] { "Queue" } }
                                }
                            }
                        }
                        form.find role="search" action="/search" {
                            label.unseen for="find" { "Search reports" }
                            input #find type="search" name="text" maxlength="400" placeholder="Search reports"
                                value=[typed.map(show)] autocomplete="off" spellcheck="false";
                            button type="submit" { "Search" }
                        }
                        button.plain #theme type="button" hidden { "Theme" }
                    }
                }
                main.wrap #main tabindex="-1" { (page.body) }
                footer.foot { div.wrap { (foot) } }
                (keys(is_edited))
            }
        }
    }
}

fn foot(state: &RecordState, data: &[(&'static str, String)]) -> Markup {
    html! {
        nav aria-label="About the record" {
            ul.about { @for (address, name) in ABOUT { li { a href=(address) { (name) } } } }
        }
        @if !data.is_empty() {
            p.data-links {
                "This page as data: "
                @for (number, (name, address)) in data.iter().enumerate() {
                    @if number > 0 { ", " }
                    a href=(address) { (name) }
                }
            }
        }
        p {
            "The record holds " (n_of(state.n_reports, "report", "reports"))
            @if let (Some(first), Some(last)) = (state.first_day, state.last_day) {
                @if first == last { " of " (day_in_words(last)) }
                @else { " published from " (day_in_words(first)) " to " (day_in_words(last)) }
            }
            " and " (n_of(state.n_events, "event", "events")) " read in them."
            @if let Some(run) = &state.last_run { " Last added to: " (show(run)) "." }
        }
        p.versions {
            "Everything here was read by a program from the reports named, and may be wrong; every line leads to the \
             words it comes from."
            @if let Some(software) = &state.software { " Read by " (show(software)) "." }
            @if let Some(models) = state.models.as_deref().filter(|models| !models.is_empty()) {
                " Models: " (show(models)) "."
            }
            " Keyboard: press " kbd { "?" } ". "
            a href="/api" { "For programs" } "."
        }
    }
}

fn keys(is_edited: bool) -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { "Keyboard" }
            dl.keys {
                dt { kbd { "/" } } dd { "search" }
                dt { kbd { "j" } " " kbd { "k" } } dd { "next and previous item" }
                dt { kbd { "Enter" } } dd { "open the item" }
                @if is_edited {
                    dt { kbd { "j" } " " kbd { "k" } } dd { "in the queue: later and earlier event" }
                    dt { kbd { "a" } } dd { "in the queue: accept" }
                    dt { kbd { "r" } } dd { "in the queue: reject" }
                    dt { kbd { "m" } } dd { "in the queue: merge with another event" }
                    dt { kbd { "s" } } dd { "in the queue: split tellings off" }
                    dt { kbd { "c" } } dd { "in the queue: recode" }
                    dt { kbd { "u" } } dd { "in the queue: undo what was done last" }
                }
                dt { kbd { "?" } } dd { "this list" }
            }
            form method="dialog" { button { "Close" } }
        }
    }
}

/// A line on a number of things and where more of them are.
pub(crate) fn pager(asked: &Asked, n_rows: usize) -> Markup {
    let query = &asked.query;
    let offset = query.filters.offset;
    let is_full = crate::formats::is_full(asked, n_rows);
    html! {
        nav.pager aria-label="Pages of the list" {
            @if query.page > 1 {
                a.button rel="prev" href=(format!("{}{}", asked.path, query.address_of_page(query.page - 1))) { "← Earlier page" }
            }
            span.count {
                @if n_rows == 0 { "Nothing here" }
                @else { (thousands(offset as u64 + 1)) "–" (thousands((offset + n_rows) as u64)) @if is_full { ", and there may be more" } }
            }
            @if is_full {
                a.button rel="next" href=(format!("{}{}", asked.path, query.address_of_page(query.page + 1))) { "Next page →" }
            }
        }
    }
}
