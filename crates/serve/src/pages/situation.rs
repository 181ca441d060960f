//! `/`: what is new, by importance; where; and how the main pairs of countries stand.
//!
//! Looked through are the latest events that pass the filters, [`LOOKED_THROUGH`] at most, and the page says so where there
//! are more.

use crate::asked::Asked;
use crate::charts::{DayCount, Dot, Frame, day_bars, map, sparkline};
use crate::error::PageError;
use crate::form;
use crate::importance::{EXPLAINED, Importance};
use crate::layout::Page;
use crate::lists;
use crate::trends::{Direction, DyadTrend, first_day, main_dyads};
use crate::words::{
    country_name, cut, day_in_words, days, headline, n_of, quad_sign, reports, signed, tag, thousands, time,
};
use dateline_link::Status;
use dateline_plover::QuadClass;
use dateline_record::{EventDetail, EventOutline, EventRow, Filters, Record};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Events that the page is made from: what takes a tenth of a second to look through.
const LOOKED_THROUGH: usize = 6000;
/// Events that are told with a quotation, and events below them.
const LEAD: usize = 6;
const MORE: usize = 14;
/// Importance of an event that is shown: that of a grave one told once, three weeks ago.
const LEAST: f64 = 0.05;
/// Pairs of countries.
const DYADS: usize = 6;
/// Places on the map.
const PLACES: usize = 120;
/// Planned events.
const AHEAD: usize = 5;

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let query = &asked.query;
    let Some(latest) = latest_day(record, asked)? else { return Ok(empty(asked)) };
    let happened = Filters {
        to: Some(latest),
        status: query.filters.status.or(Some(Status::Reported)),
        limit: Some(LOOKED_THROUGH),
        offset: 0,
        ..query.filters.clone()
    };
    let outlines = record.outlines(&happened)?;
    let ranked = rank(&outlines, latest);
    let mut lead = Vec::new();
    for &(id, importance) in ranked.iter().take(LEAD) {
        if let Some(event) = record.event(id)? {
            lead.push((event, importance));
        }
    }
    let mut more = Vec::new();
    for &(id, importance) in ranked.iter().skip(LEAD).take(MORE) {
        if let Some(event) = record.event_row(id)? {
            more.push((event, importance));
        }
    }
    // As the bars: the last four weeks, unless other days are asked for.
    let is_near = |event: &EventOutline| {
        query.filters.from.is_some() || event.day.is_some_and(|day| day >= first_day(latest))
    };
    let near: Vec<&EventOutline> = outlines.iter().filter(|event| is_near(event)).collect();
    let dots = dots(record, asked, &near)?;
    let mut dyads = Vec::new();
    for trend in main_dyads(&outlines, latest, DYADS) {
        if let Some(reason) = record.event_row(trend.reason)? {
            dyads.push((trend, reason));
        }
    }
    let ahead = ahead(record, &query.filters, latest)?;
    let counts = day_counts(&outlines, latest);
    let body = html! {
        header.page-head.situation-head {
            p.kicker { "As of " (time(latest)) }
            h1 { "Situation" }
            p.lede { (opening(&counts, latest)) }
        }
        (form::filters(asked))
        @if outlines.is_empty() {
            (lists::nothing("events", query.has_filters(), "/"))
        } @else {
            @if counts.iter().any(|count| count.by_quad.iter().any(|&n| n > 0)) {
                section.strip aria-label="Events of each day" {
                    (day_bars(&counts, &format!("Events of each day from {} to {}", day_in_words(counts[0].day), day_in_words(latest)),
                        &|day| format!("/events{}", with_day(asked, day))))
                }
            }
            div.columns.situation {
                section.lead aria-labelledby="new" {
                    h2 #new { "What matters most" }
                    (leading(&lead))
                    @if !more.is_empty() { (following(&more)) }
                    details.explain {
                        summary { "How this is sorted" }
                        p { (EXPLAINED) " PLOVER’s score runs from −10 (conflict) to +10 (cooperation)." }
                        @if outlines.len() == LOOKED_THROUGH {
                            p { "Sorted are the " (thousands(LOOKED_THROUGH as u64)) " latest events that pass the filters; there are more." }
                        }
                    }
                    p { a href=(format!("/events{}", query.filters_address())) { "All events" } }
                }
                div.aside {
                    @if !dots.is_empty() { (where_it_happened(asked, &dots)) }
                    @if !dyads.is_empty() { (main_pairs(&dyads)) }
                    @if !ahead.is_empty() {
                        section aria-labelledby="ahead" { h2 #ahead { "Announced" } (lists::events(&ahead)) }
                    }
                }
            }
        }
    };
    Ok(Page {
        title: format!("Situation as of {}", day_in_words(latest)),
        summary: lead.first().map_or_else(|| "Nothing new.".to_owned(), |(event, _)| headline(&event.row)),
        section: "/",
        data: vec![
            ("JSON", format!("/events.json{}", query.filters_address())),
            ("CSV", format!("/events.csv{}", query.filters_address())),
        ],
        body,
    })
}

/// The latest day on which a report was published, or the last that is asked for; where no report says when it was
/// published, the latest day of an event.
fn latest_day(record: &mut Record, asked: &Asked) -> Result<Option<Date>, PageError> {
    let known = match asked.state.last_day {
        Some(day) => Some(day),
        None => {
            let one = Filters { limit: Some(1), ..Filters::default() };
            record.outlines(&one)?.first().and_then(|event| event.day)
        }
    };
    Ok(match (known, asked.query.filters.to) {
        (Some(day), Some(to)) => Some(day.min(to)),
        (known, to) => known.or(to),
    })
}

fn empty(asked: &Asked) -> Page {
    let body = html! {
        header.page-head { h1 { "Situation" } }
        (lists::nothing("events", asked.query.has_filters(), "/"))
    };
    Page {
        title: "Situation".to_owned(),
        summary: "The record is empty.".to_owned(),
        section: "/",
        data: Vec::new(),
        body,
    }
}

/// The events by importance, those of the same by row, the latest first.
fn rank(outlines: &[EventOutline], latest: Date) -> Vec<(i64, Importance)> {
    let mut ranked: Vec<(i64, Importance)> =
        outlines.iter().filter_map(|event| Some((event.id, Importance::of(event, latest)?))).collect();
    ranked
        .sort_by(|(id, one), (other_id, other)| other.value().total_cmp(&one.value()).then(other_id.cmp(id)));
    // What has no weight any more is no news, unless there is nothing else.
    let n_news = ranked.iter().take_while(|(_, importance)| importance.value() >= LEAST).count();
    ranked.truncate(n_news.clamp(LEAD, LEAD + MORE));
    ranked
}

/// One sentence on the last seven days, with figures.
fn opening(counts: &[DayCount], latest: Date) -> String {
    let week = latest.saturating_sub(6.days());
    let mut n = [0u32; 4];
    for count in counts.iter().filter(|count| count.day >= week) {
        n.iter_mut().zip(count.by_quad).for_each(|(sum, more)| *sum += more);
    }
    let (cooperation, conflict) = (n[0] + n[1], n[2] + n[3]);
    match cooperation + conflict {
        0 => "No event of the seven days up to the latest report is told.".to_owned(),
        all => format!(
            "{} in the seven days up to the latest report: {} of conflict, {} of them deeds, and {} of cooperation.",
            n_of(all.into(), "event", "events"),
            thousands(conflict.into()),
            thousands(n[3].into()),
            thousands(cooperation.into()),
        ),
    }
}

/// Events of each of the last four weeks' days; fewer where the events looked through begin later.
fn day_counts(outlines: &[EventOutline], latest: Date) -> Vec<DayCount> {
    let mut by_day: BTreeMap<Date, [u32; 4]> = BTreeMap::new();
    for event in outlines {
        if let Some(day) = event.day {
            by_day.entry(day).or_default()[event.quad() as usize] += 1;
        }
    }
    let mut first = first_day(latest);
    if outlines.len() == LOOKED_THROUGH
        && let Some(day) = outlines.iter().filter_map(|event| event.day).min()
    {
        // The first of them may be there in part only.
        first = first.max(day.saturating_add(1.days())).min(latest);
    }
    let days = first.series(1.day()).take_while(|&day| day <= latest);
    days.map(|day| DayCount { day, by_quad: by_day.get(&day).copied().unwrap_or_default() }).collect()
}

/// The question narrowed to one day.
fn with_day(asked: &Asked, day: Date) -> String {
    let day = day.to_string();
    let pairs = asked.query.all_typed().iter().filter(|(name, _)| !matches!(*name, "from" | "to"));
    let pairs = pairs.map(|(name, value)| (*name, value.as_str()));
    crate::query::address(pairs.chain([("from", day.as_str()), ("to", day.as_str())]))
}

fn leading(events: &[(EventDetail, Importance)]) -> Markup {
    html! {
        ol.leading {
            @for (event, importance) in events {
                li.item {
                    p.item-head { a href=(format!("/event/e{}", event.row.id)) { (headline(&event.row)) } }
                    @if let Some(shown) = event.evidence.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence)) {
                        blockquote {
                            p { "“" (cut(&shown.quote.text, 320)) "”" }
                            footer {
                                a href=(format!("/report/r{}#c{}", shown.quote.report, shown.quote.start)) {
                                    (cut(shown.outlet.as_deref().unwrap_or(&shown.name), 60))
                                }
                            }
                        }
                    }
                    (facts(&event.row, importance))
                }
            }
        }
    }
}

fn following(events: &[(EventRow, Importance)]) -> Markup {
    html! {
        ol.following {
            @for (event, importance) in events {
                li.item {
                    p.item-head { a href=(format!("/event/e{}", event.id)) { (headline(event)) } }
                    (facts(event, importance))
                }
            }
        }
    }
}

fn facts(event: &EventRow, importance: &Importance) -> Markup {
    html! {
        p.item-facts {
            (tag(event))
            span { (days(event.date)) }
            @if let Some(place) = &event.place {
                span { a href=(format!("/events?place=p{}", place.id)) { (cut(&place.place.name, 60)) } }
            }
            span.why { (reports(event.n_reports, event.n_independent)) }
        }
        p.importance { (importance.in_words()) }
    }
}

/// A place with what lies there.
#[derive(Default)]
struct Lying {
    n_events: u32,
    n_independent: u32,
    by_quad: [u32; 4],
    /// The only event, where there is only one.
    event: i64,
}

fn dots(record: &mut Record, asked: &Asked, outlines: &[&EventOutline]) -> Result<Vec<Dot>, PageError> {
    let mut places: BTreeMap<i64, Lying> = BTreeMap::new();
    for event in outlines {
        if let Some(place) = event.place {
            let lying = places.entry(place).or_default();
            lying.n_events += 1;
            lying.n_independent += event.n_independent;
            lying.by_quad[event.quad() as usize] += 1;
            lying.event = event.id;
        }
    }
    let mut places: Vec<(i64, Lying)> = places.into_iter().collect();
    places.sort_by_key(|(place, lying)| (std::cmp::Reverse(lying.n_independent), *place));
    let mut dots = Vec::new();
    for (id, lying) in places.into_iter().take(PLACES) {
        let Some(place) = record.place_row(id)? else { continue };
        let Some((lat, lon)) = place.place.coordinates else { continue };
        // Of as many, the graver.
        let quad = QuadClass::ALL.iter().max_by_key(|&&quad| (lying.by_quad[quad as usize], quad as u8));
        let href = match lying.n_events {
            1 => format!("/event/e{}", lying.event),
            _ => {
                let place = format!("p{id}");
                let others = asked.query.all_typed().iter().filter(|(name, _)| *name != "place");
                let others = others.map(|(name, value)| (*name, value.as_str()));
                format!("/events{}", crate::query::address(others.chain([("place", place.as_str())])))
            }
        };
        let events = n_of(lying.n_events.into(), "event", "events");
        let quad = quad.copied().unwrap_or(QuadClass::VerbalCooperation);
        let by = n_of(lying.n_independent.into(), "independent report", "independent reports");
        dots.push(Dot {
            lat: lat.into(),
            lon: lon.into(),
            weight: lying.n_independent,
            quad,
            name: cut(&place.place.name, 60),
            title: format!("{}: {events}, {by}, most of it {quad}", cut(&place.place.name, 60)),
            href,
        });
    }
    Ok(dots)
}

fn where_it_happened(asked: &Asked, dots: &[Dot]) -> Markup {
    const LISTED: usize = 8;
    let frame = if asked.query.own("map") == Some("world") { Frame::World } else { Frame::Region };
    let pairs = || asked.query.all_typed().iter().map(|(name, value)| (*name, value.as_str()));
    let (other, words) = match frame {
        Frame::Region => (crate::query::address(pairs().chain([("map", "world")])), "The whole world"),
        Frame::World => (crate::query::address(pairs()), "The region of the events"),
    };
    html! {
        section aria-labelledby="where" {
            h2 #where { "Where" }
            (map(dots, frame, &format!("Map of {} with events of these days", n_of(dots.len() as u64, "place", "places"))))
            p.map-frame { a href=(format!("/{other}#where")) { (words) } }
            (places(&dots[..dots.len().min(LISTED)], "Places with most independent reports"))
            @if dots.len() > LISTED {
                details.explain {
                    summary { (n_of((dots.len() - LISTED) as u64, "more place", "more places")) }
                    (places(&dots[LISTED..], "Places with fewer independent reports"))
                }
            }
        }
    }
}

fn places(dots: &[Dot], caption: &str) -> Markup {
    html! {
        table {
            caption.unseen { (caption) }
            thead { tr { th scope="col" { "Place" } th scope="col" { "Mostly" } th.number scope="col" { "Independent reports" } } }
            tbody {
                @for dot in dots {
                    tr {
                        td { a href=(dot.href) { (dot.name) } }
                        td { (quad_sign(dot.quad)) " " (dot.quad.as_str()) }
                        td.number { (thousands(dot.weight.into())) }
                    }
                }
            }
        }
    }
}

fn main_pairs(dyads: &[(DyadTrend, EventRow)]) -> Markup {
    html! {
        section aria-labelledby="pairs" {
            h2 #pairs { "Between countries" }
            ol.dyads {
                @for (trend, reason) in dyads {
                    @let (one, other) = trend.sides;
                    li {
                        p.dyad-head {
                            a href=(format!("/dyad?a={one}&b={other}")) { (country_name(one)) " – " (country_name(other)) }
                            (sparkline(&trend.means))
                        }
                        p.dyad-trend.(class_of(trend.direction)) { (in_words(trend)) }
                        p.dyad-reason {
                            @if matches!(trend.direction, Direction::Rising | Direction::Falling) { "Most by: " } @else { "Gravest: " }
                            a href=(format!("/event/e{}", reason.id)) { (headline(reason)) }
                            ", " (days(reason.date))
                            " (" (crate::words::code(reason)) ", " (signed(reason.scale())) ")."
                        }
                    }
                }
            }
            details.explain {
                summary { "How this is worked out" }
                p { "The pairs of countries with most events of the 28 days up to the latest report. Tension is rising where the mean score of \
                     the last 7 days is lower by 1 or more than that of the 21 days before, falling where it is higher by as much. With fewer than \
                     2 events on either side nothing is said." }
            }
        }
    }
}

fn class_of(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => "rising",
        Direction::Falling => "falling",
        Direction::Steady => "steady",
        Direction::Unknown => "unknown",
    }
}

fn in_words(trend: &DyadTrend) -> String {
    let tenths = |mean: Option<f64>| {
        mean.map_or("none".to_owned(), |mean| signed(((mean * 10.0).round() / 10.0) as f32))
    };
    let events = n_of(trend.n_events as u64, "event", "events");
    let (now, then) = (tenths(trend.recent), tenths(trend.before));
    match trend.direction {
        Direction::Rising => {
            format!("▲ Tension rising: mean {now} in the last 7 days, {then} before; {events}")
        }
        Direction::Falling => {
            format!("▼ Tension falling: mean {now} in the last 7 days, {then} before; {events}")
        }
        Direction::Steady => format!("▶ Steady: mean {now} in the last 7 days, {then} before; {events}"),
        Direction::Unknown => format!("· Too few to say: {events} in 28 days"),
    }
}

/// What is planned from the latest day on, the next first.
fn ahead(record: &mut Record, filters: &Filters, latest: Date) -> Result<Vec<EventRow>, PageError> {
    let planned = Filters {
        from: Some(latest),
        to: None,
        status: Some(Status::Planned),
        limit: Some(AHEAD),
        offset: 0,
        ..filters.clone()
    };
    let days = record.timeline(&planned)?;
    Ok(days
        .into_iter()
        .flat_map(|day| day.events)
        .filter(|event| event.date.is_some_and(|date| date.from >= latest))
        .collect())
}
