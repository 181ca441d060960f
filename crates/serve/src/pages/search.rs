//! `/search`: reports with some words, the events that such reports tell, and actors of that name.

use crate::asked::Asked;
use crate::error::PageError;
use crate::layout::{Page, pager};
use crate::lists;
use crate::words::{actor_address, cut, n_of, party_link, show, time};
use dateline_record::{ActorRow, EventRow, Filters, PartyFilter, Record, ReportRow};
use maud::{Markup, html};

/// Events and actors that are shown beside the reports.
const BESIDE: usize = 8;

/// The reports, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<ReportRow>, PageError> {
    if asked.query.filters.text.is_none() && !asked.query.has_filters() {
        return Ok(Vec::new());
    }
    Ok(record.reports(&asked.query.filters)?)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let Some(typed) = asked.query.typed("text") else { return Ok(ask()) };
    let reports = rows(record, asked)?;
    let beside = Filters { limit: Some(BESIDE), offset: 0, ..asked.query.filters.clone() };
    let is_first = asked.query.page == 1;
    let events = if is_first { record.events(&beside)? } else { Vec::new() };
    let actors = if is_first { actors(record, typed)? } else { Vec::new() };
    let body = html! {
        header.page-head {
            p.kicker { "Search" }
            h1 { "“" (show(typed)) "”" }
        }
        @if reports.is_empty() && actors.is_empty() && is_first {
            div.empty {
                p.lede { "No report has these words." }
                (how())
            }
        } @else {
            div.columns {
                section aria-labelledby="in-reports" {
                    h2 #in-reports { "Reports" }
                    @if reports.is_empty() { p.faint { "None has these words." } }
                    @else { (self::reports(&reports)) (pager(asked, reports.len())) }
                }
                @if is_first {
                    div.aside {
                        @if !actors.is_empty() { (named(&actors)) }
                        @if !events.is_empty() { (told(asked, &events)) }
                    }
                }
            }
        }
    };
    Ok(Page {
        title: format!("Search: {}", show(typed)),
        summary: format!("{} with these words.", n_of(reports.len() as u64, "report", "reports")),
        section: "/search",
        data: Page::list_data(asked),
        body,
    })
}

/// What is shown before anything is asked.
fn ask() -> Page {
    let body = html! {
        header.page-head {
            h1 { "Search" }
            p.lede { "Words of reports, in any order and with any ending." }
        }
        form.search-large role="search" action="/search" {
            label.unseen for="search-large" { "Words to look for" }
            input #search-large type="search" name="text" maxlength="400" autocomplete="off" spellcheck="false" required;
            button type="submit" { "Search" }
        }
        (how())
    };
    Page {
        title: "Search".to_owned(),
        summary: "Search the reports of the record.".to_owned(),
        section: "/search",
        data: Vec::new(),
        body,
    }
}

fn how() -> Markup {
    html! {
        dl.how {
            dt { code { "minister navy" } } dd { "reports that have both words" }
            dt { code { "\"joint exercise\"" } } dd { "as it stands" }
            dt { code { "missil*" } } dd { "words that begin so" }
            dt { code { "exercise -film" } } dd { "without a word" }
        }
    }
}

/// Actors of that name, where the words are a name at all.
fn actors(record: &mut Record, typed: &str) -> Result<Vec<ActorRow>, PageError> {
    let words = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let Ok(actor) = words.parse::<PartyFilter>() else { return Ok(Vec::new()) };
    if matches!(actor, PartyFilter::Actor(_)) || typed.contains(['"', '*']) {
        return Ok(Vec::new());
    }
    let filters = Filters { actor: Some(actor), limit: Some(BESIDE), ..Filters::default() };
    Ok(record.actors(&filters)?)
}

fn named(actors: &[ActorRow]) -> Markup {
    html! {
        section aria-labelledby="named" {
            h2 #named { "Actors" }
            ul.plain-list {
                @for actor in actors {
                    li {
                        (party_link(&actor.party))
                        @if let Some(office) = actor.offices.first() { ", " (cut(office, 60)) }
                        " " a.faint href=(actor_address(&actor.party)) { (n_of(actor.n_events.into(), "event", "events")) }
                    }
                }
            }
        }
    }
}

fn told(asked: &Asked, events: &[EventRow]) -> Markup {
    html! {
        section aria-labelledby="told" {
            h2 #told { "Events they tell" }
            (lists::events(events))
            p { a href=(format!("/events{}", asked.query.filters_address())) { "All events told by such reports" } }
        }
    }
}

/// Reports, one below the other.
pub(crate) fn reports(rows: &[ReportRow]) -> Markup {
    html! {
        ol.reports {
            @for report in rows {
                li.item {
                    p.item-head { a href=(format!("/report/r{}", report.id)) { (title_of(report)) } }
                    p.item-facts {
                        span { (report.outlet.as_deref().map_or_else(|| cut(&report.name, 60), |outlet| cut(outlet, 60))) }
                        @if let Some(day) = report.day { span { (time(day)) } }
                        span { (n_of(report.n_events.into(), "event", "events")) }
                        @if report.counted_as != report.id {
                            span { "shares its source with " a href=(format!("/report/r{}", report.counted_as)) { "r" (report.counted_as) } }
                        }
                    }
                }
            }
        }
    }
}

fn title_of(report: &ReportRow) -> String {
    report
        .title
        .as_deref()
        .map(show)
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| cut(&report.name, 80))
}
