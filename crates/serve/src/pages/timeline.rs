//! `/timeline`: events by day, week or month, the latest first; with `embed=1` without anything around it, for a frame in
//! another page.
//!
//! What is told to have happened, unless another status is asked for, up to the last day of the record, unless other days are. Of each
//! day, week or month the best told and gravest events are named, the others counted.

use crate::asked::Asked;
use crate::charts::monday;
use crate::error::PageError;
use crate::form;
use crate::layout::Page;
use crate::lists;
use crate::words::{day_in_words, days, event_link, n_of, quad_class, quad_sign, reports, tag, thousands};
use dateline_link::Status;
use dateline_plover::QuadClass;
use dateline_record::{EventOutline, EventRow, Filters, Record};
use dateline_rows::TimelineRow;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The parameters of the page.
pub(crate) const OWN: &[&str] = &["zoom", "embed"];
/// Events that are looked through.
const LOOKED_THROUGH: usize = 6000;
/// Events named in each stretch of days.
const NAMED: usize = 6;

/// How much is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zoom {
    Day,
    Week,
    Month,
}

impl Zoom {
    const ALL: [Zoom; 3] = [Zoom::Day, Zoom::Week, Zoom::Month];

    fn as_str(self) -> &'static str {
        match self {
            Zoom::Day => "day",
            Zoom::Week => "week",
            Zoom::Month => "month",
        }
    }

    fn read(asked: &Asked) -> Result<Zoom, PageError> {
        let typed = asked.query.own("zoom").unwrap_or("day");
        let known = Zoom::ALL.into_iter().find(|zoom| zoom.as_str() == typed);
        let reason = || format!("`{typed}` is no stretch of time here (day, week, month)");
        known.ok_or_else(|| PageError::Parameter { name: "zoom".to_owned(), reason: reason() })
    }

    /// The first day of the stretch in which a day lies.
    fn first(self, day: Date) -> Date {
        match self {
            Zoom::Day => day,
            Zoom::Week => monday(day),
            Zoom::Month => day.first_of_month(),
        }
    }

    fn last(self, first: Date) -> Date {
        match self {
            Zoom::Day => first,
            Zoom::Week => first.saturating_add(6.days()),
            Zoom::Month => first.last_of_month(),
        }
    }

    fn in_words(self, first: Date) -> String {
        match self {
            Zoom::Day => day_in_words(first),
            Zoom::Week => format!("Week of {}", day_in_words(first)),
            // Without its first word, the day.
            Zoom::Month => {
                day_in_words(first).split_once(' ').map_or(String::new(), |(_, month)| month.to_owned())
            }
        }
    }

    /// Stretches on one page.
    fn shown(self) -> usize {
        match self {
            Zoom::Day => 21,
            Zoom::Week => 16,
            Zoom::Month => 12,
        }
    }
}

/// Whether the page is to stand in another one.
pub(crate) fn is_embedded(asked: &Asked) -> Result<bool, PageError> {
    match asked.query.own("embed") {
        None => Ok(false),
        Some("1") => Ok(true),
        Some(other) => {
            let reason = format!("`{other}` says nothing here; leave it out, or give `1`");
            Err(PageError::Parameter { name: "embed".to_owned(), reason })
        }
    }
}

fn chosen(asked: &Asked) -> Filters {
    let filters = &asked.query.filters;
    Filters {
        to: filters.to.or(asked.state.last_day),
        status: filters.status.or(Some(Status::Reported)),
        limit: Some(LOOKED_THROUGH),
        offset: 0,
        ..filters.clone()
    }
}

/// The rows, for programs: events from the first day on.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<TimelineRow>, PageError> {
    Zoom::read(asked)?;
    let filters =
        Filters { limit: asked.query.filters.limit, offset: asked.query.filters.offset, ..chosen(asked) };
    let days = record.timeline(&filters)?;
    let rows = days.into_iter().flat_map(|day| {
        day.events
            .into_iter()
            .enumerate()
            .map(|(number, event)| TimelineRow { begins_day: number == 0, event })
    });
    Ok(rows.collect())
}

/// Events of one stretch.
struct Stretch {
    first: Date,
    by_quad: [u32; 4],
    named: Vec<EventRow>,
    n_events: usize,
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let zoom = Zoom::read(asked)?;
    let is_embedded = is_embedded(asked)?;
    let outlines = record.outlines(&chosen(asked))?;
    let (stretches, further) = stretches(record, asked, zoom, &outlines)?;
    let body = html! {
        header.page-head {
            @if is_embedded { h1.small { "Timeline" } } @else {
                h1 { "Timeline" }
                p.lede { "What is told to have happened, the latest first; of each " (zoom.as_str()) " what is best told and gravest." }
            }
        }
        (zooms(asked, zoom))
        @if !is_embedded { (form::filters(asked)) }
        @if stretches.is_empty() {
            (lists::nothing("events of a known day", asked.query.has_filters(), &asked.path))
        } @else {
            ol.timeline { @for stretch in &stretches { li { (in_words(asked, zoom, stretch)) } } }
            @if let Some(last) = further {
                nav.pager aria-label="Earlier" {
                    a.button rel="next" target="_self"
                        href=(format!("{}{}", asked.path, asked.query.with_days(asked.query.typed("from"), Some(&last.to_string())))) { "Earlier →" }
                    span.count { "up to " (day_in_words(last)) }
                }
            }
        }
        @if !is_embedded && !stretches.is_empty() { (how_to_embed(asked)) }
    };
    Ok(Page {
        title: "Timeline".to_owned(),
        summary: stretches
            .first()
            .and_then(|stretch| stretch.named.first())
            .map_or_else(|| "No events.".to_owned(), crate::words::headline),
        section: "/timeline",
        data: vec![
            ("JSON", format!("/timeline.json{}", asked.query.address())),
            ("CSV", format!("/timeline.csv{}", asked.query.address())),
        ],
        body,
    })
}

/// The stretches of one page, the latest first, and the last day of what comes before them.
fn stretches(
    record: &mut Record,
    asked: &Asked,
    zoom: Zoom,
    outlines: &[EventOutline],
) -> Result<(Vec<Stretch>, Option<Date>), PageError> {
    let mut by_first: BTreeMap<Reverse<Date>, Vec<&EventOutline>> = BTreeMap::new();
    for event in outlines {
        // An event of several days that reaches into the first one lies there.
        let day = event.day.map(|day| asked.query.filters.from.map_or(day, |from| day.max(from)));
        if let Some(day) = day {
            by_first.entry(Reverse(zoom.first(day))).or_default().push(event);
        }
    }
    if outlines.len() == LOOKED_THROUGH && by_first.len() > 1 {
        // Of the earliest some may be missing: it begins the next page.
        by_first.pop_last();
    }
    let is_cut = by_first.len() > zoom.shown() || outlines.len() == LOOKED_THROUGH;
    let mut stretches = Vec::new();
    for (Reverse(first), mut events) in by_first.into_iter().take(zoom.shown()) {
        events.sort_by(|one, other| {
            let told = other.n_independent.cmp(&one.n_independent);
            told.then(other.scale.abs().total_cmp(&one.scale.abs())).then(one.id.cmp(&other.id))
        });
        let mut by_quad = [0; 4];
        events.iter().for_each(|event| by_quad[event.quad() as usize] += 1);
        let mut named = Vec::new();
        for event in events.iter().take(NAMED) {
            named.extend(record.event_row(event.id)?);
        }
        stretches.push(Stretch { first, by_quad, named, n_events: events.len() });
    }
    let further = stretches.last().filter(|_| is_cut).map(|stretch| stretch.first.saturating_sub(1.day()));
    Ok((stretches, further))
}

fn zooms(asked: &Asked, chosen: Zoom) -> Markup {
    html! {
        nav.tabs aria-label="Put together by" {
            @for zoom in Zoom::ALL {
                @let value = (zoom != Zoom::Day).then_some(zoom.as_str());
                a target="_self" href=(format!("{}{}", asked.path, asked.query.with_own("zoom", value)))
                    aria-current=[(zoom == chosen).then_some("true")] { "By " (zoom.as_str()) }
            }
        }
    }
}

fn in_words(asked: &Asked, zoom: Zoom, stretch: &Stretch) -> Markup {
    let (first, last) = (stretch.first, zoom.last(stretch.first));
    let all = format!("/events{}", in_days(asked, first, last));
    html! {
        div.stretch-head {
            h2 { time datetime=(first) { (zoom.in_words(first)) } }
            p.note { a href=(all) { (n_of(stretch.n_events as u64, "event", "events")) } }
            (share(&stretch.by_quad))
        }
        div {
            ol.events {
                @for event in &stretch.named {
                    li.item {
                        p.item-head { (event_link(event)) }
                        p.item-facts {
                            (tag(event))
                            @if zoom != Zoom::Day { span { (days(event.date)) } }
                            @if let Some(place) = &event.place { span { (crate::words::cut(&place.place.name, 60)) } }
                            span { (reports(event.n_reports, event.n_independent)) }
                        }
                    }
                }
            }
            @if stretch.n_events > stretch.named.len() {
                p.note { a href=(all) { "and " (thousands((stretch.n_events - stretch.named.len()) as u64)) " more" } }
            }
        }
    }
}

/// The filters of events with other days.
fn in_days(asked: &Asked, first: Date, last: Date) -> String {
    let (first, last) = (first.to_string(), last.to_string());
    let others = asked.query.all_typed().iter().filter(|(name, _)| !matches!(*name, "from" | "to"));
    let others = others.map(|(name, value)| (*name, value.as_str()));
    crate::query::address(others.chain([("from", first.as_str()), ("to", last.as_str())]))
}

/// One bar, divided by quadrant, and the numbers beside the signs.
fn share(by_quad: &[u32; 4]) -> Markup {
    let all: u32 = by_quad.iter().sum();
    let mut from = 0.0;
    let pieces: Vec<(QuadClass, f64, f64, u32)> = QuadClass::ALL
        .iter()
        .zip(by_quad)
        .filter(|(_, n)| **n > 0)
        .map(|(&quad, &n)| {
            let width = f64::from(n) / f64::from(all.max(1)) * 100.0;
            from += width;
            (quad, from - width, width, n)
        })
        .collect();
    html! {
        svg.share viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (quad, x, width, _) in &pieces {
                rect.(quad_class(*quad)) x=(format!("{x:.1}")) y="0" width=(format!("{width:.1}")) height="6" fill="currentColor" {}
            }
        }
        ul.legend { @for (quad, _, _, n) in &pieces { li title=(quad.as_str()) { (quad_sign(*quad)) " " (n) span.unseen { " " (quad.as_str()) } } } }
    }
}

fn how_to_embed(asked: &Asked) -> Markup {
    let address = asked.query.with_own("embed", Some("1"));
    html! {
        details.explain {
            summary { "Put this timeline into another page" }
            p { "This view without navigation, which other pages may show in a frame: " a href=(format!("/timeline{address}")) { "/timeline" (address) } }
            p { code { "<iframe src=\"…/timeline" (address) "\" width=\"100%\" height=\"600\" title=\"Timeline\"></iframe>" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_put_together() {
        let day = date(2024, 2, 28);
        for (zoom, first, last, words) in [
            (Zoom::Day, date(2024, 2, 28), date(2024, 2, 28), "28 February 2024"),
            (Zoom::Week, date(2024, 2, 26), date(2024, 3, 3), "Week of 26 February 2024"),
            (Zoom::Month, date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ] {
            let found = zoom.first(day);
            assert_eq!((found, zoom.last(found), zoom.in_words(found).as_str()), (first, last, words));
        }
    }
}
