//! `/event/e12`: what is established about an event, by whom, where they differ, and the words.
//!
//! Evidence is grouped by independent source: reports that copy one another, or that one agency or house stands behind,
//! are shown together and count once.

use crate::asked::Asked;
use crate::edit::forms;
use crate::error::PageError;
use crate::layout::Page;
use crate::lists;
use crate::words::{
    code, cut, day_in_words, days, headline, moment, n_of, party_link, quad_sign, reports, signed, status,
    tag, time,
};
use dateline_link::Status;
use dateline_record::{
    EventDetail, EventRow, EvidenceRow, Filters, Held, PartyFilter, PlaceFilter, Quote, Record, ReportDetail,
};
use dateline_resolve::DayRange;
use dateline_rows::Row;
use dateline_text::{CharSpan, CodePoints, visible};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;

/// Reports that are quoted in their paragraphs; of the others only the sentence is shown.
const IN_CONTEXT: usize = 16;
/// Tellings that are shown.
const TELLINGS: usize = 80;
/// Code points of a paragraph shown on either side of the sentence.
const AROUND: usize = 280;
/// Days before and after an event in which others are related.
const NEAR_DAYS: i32 = 7;
/// Related events of each sort.
const RELATED: usize = 5;

fn find(record: &mut Record, asked: &Asked) -> Result<EventDetail, PageError> {
    record.event(asked.id)?.ok_or_else(|| PageError::NotFound(format!("event e{} in this record", asked.id)))
}

/// For programs.
pub(crate) fn json(record: &mut Record, asked: &Asked) -> Result<Value, PageError> {
    Ok(find(record, asked)?.json())
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let event = find(record, asked)?;
    let row = &event.row;
    let sources = sources(record, &event)?;
    let related = related(record, row)?;
    let title = headline(row);
    let history = history(&event);
    let place = forms::Place { back: "", has_keys: false };
    let done = forms::done(record, asked, |_| String::new(), false)?;
    let others: Vec<EventRow> = related.iter().flat_map(|(_, events)| events).cloned().collect();
    let body = html! {
        header.page-head {
            p.kicker { (tag(row)) " " span.faint { "e" (row.id) } }
            h1 { (title) }
            p.lede { (established(row)) }
        }
        (done)
        div.columns {
            div.main-column {
                section aria-labelledby="evidence" {
                    h2 #evidence { "Evidence" }
                    p.note { "Each group is one independent source: reports in it share their wording, or one agency or house stands behind them. "
                        a href=(format!("/lineage?event=e{}", row.id)) { "Who shares wording with whom" } }
                    @for (number, source) in sources.iter().enumerate() { (source_in_words(number, source)) }
                    @if event.evidence.len() > TELLINGS {
                        p.note { "Shown are the first " (TELLINGS) " of " (event.evidence.len()) " tellings; all are in the "
                            a href=(format!("/event/e{}.json", row.id)) { "data" } "." }
                    }
                }
                @if !history.is_empty() {
                    section aria-labelledby="history" {
                        h2 #history { "How it became known" }
                        ol.history {
                            @for (day, what) in &history { li { span.when { (time(*day)) } " " span { (what) } } }
                        }
                    }
                }
            }
            div.aside {
                section aria-labelledby="facts" {
                    h2 #facts { "What is told" }
                    (facts(row))
                }
                @if !event.discrepancies.is_empty() { (differences(&event)) }
                (values(&event))
                (forms::journal(asked, &event))
                (forms::correct(asked, &event, &others, &place))
                @for (heading, events) in &related {
                    @if !events.is_empty() {
                        section { h2 { (heading) } (lists::events(events)) }
                    }
                }
            }
        }
    };
    Ok(Page {
        title,
        summary: established(row),
        section: "/events",
        data: vec![("JSON", format!("/event/e{}.json", row.id))],
        body,
    })
}

/// One sentence on how well it is established.
fn established(row: &EventRow) -> String {
    if row.n_reports == 0 {
        return "Rejected by people: what was read as this event tells of none.".to_owned();
    }
    let what = match row.status {
        Status::Reported => "Told as something that happened",
        Status::Planned => "Told as something planned",
        Status::Denied => "Told as something that did not happen",
        Status::Hypothetical => "Told as something that may happen",
        Status::Historical => "Told as something of the past",
    };
    let told = match (row.first_told, row.last_told) {
        (Some(first), Some(last)) if first == last => format!(", all of {}", day_in_words(first)),
        (Some(first), Some(last)) => {
            format!(", the first of {}, the latest of {}", day_in_words(first), day_in_words(last))
        }
        _ => String::new(),
    };
    let told = if row.n_reports == 1 { told.replace(", all of", " of") } else { told };
    format!("{what} by {}{told}.", reports(row.n_reports, row.n_independent))
}

pub(super) fn facts(row: &EventRow) -> Markup {
    let parties = |parties: &[dateline_record::PartyRow]| {
        html! {
            @if parties.is_empty() { span.faint { "not named" } }
            ul.plain-list { @for party in parties { li { (party_link(party)) } } }
        }
    };
    html! {
        dl.facts {
            dt { "What" } dd { (quad_sign(row.quad())) " " (code(row)) br; span.faint { (row.quad().as_str()) ", scale " (signed(row.scale())) } }
            dt { "Who" } dd { (parties(&row.actors)) }
            dt { "To whom" } dd { (parties(&row.recipients)) }
            dt { "When" } dd { (days(row.date)) }
            dt { "Where" } dd {
                @match &row.place {
                    None => span.faint { "no place named" },
                    Some(place) => {
                        a href=(format!("/events?place=p{}", place.id)) { (cut(&place.place.name, 80)) }
                        @if let Some(country) = place.place.country { " " span.code { (country) } }
                    }
                }
            }
            @if !row.contexts.is_empty() {
                dt { "About" } dd {
                    @for (number, context) in row.contexts.iter().enumerate() {
                        @if number > 0 { ", " }
                        a href=(format!("/events?context={context}")) { (context.as_str().replace('_', " ")) }
                    }
                }
            }
            dt { "Confidence" } dd { (format!("{:.2}", row.confidence)) br; span.faint { "how likely type, actor and recipient are right in the surest telling, 0 to 1" } }
        }
    }
}

/// One independent source: the rows of its reports, with what each says.
pub(super) struct SourceGroup<'e> {
    tellings: Vec<(&'e EvidenceRow, Option<Context>)>,
}

/// A sentence in its paragraph.
pub(super) struct Context {
    before: String,
    trigger: Option<(String, String, String)>,
    after: String,
}

pub(super) fn sources<'e>(
    record: &mut Record,
    event: &'e EventDetail,
) -> Result<Vec<SourceGroup<'e>>, PageError> {
    let mut groups: BTreeMap<i64, SourceGroup<'e>> = BTreeMap::new();
    let mut read: BTreeMap<i64, Option<ReportDetail>> = BTreeMap::new();
    for shown in event.evidence.iter().take(TELLINGS) {
        let id = shown.quote.report;
        if !read.contains_key(&id) && read.values().flatten().count() < IN_CONTEXT {
            read.insert(id, record.report(id)?);
        }
        let report = read.get(&id).and_then(Option::as_ref);
        let counted_as = match report {
            Some(report) => report.row.counted_as,
            None => record.report_row(id)?.map_or(id, |row| row.counted_as),
        };
        let context = report.and_then(|report| in_context(report, shown));
        let group = groups.entry(counted_as).or_insert_with(|| SourceGroup { tellings: Vec::new() });
        group.tellings.push((shown, context));
    }
    let mut groups: Vec<SourceGroup<'e>> = groups.into_values().collect();
    // The earliest first, as the others may know it from there.
    groups.sort_by(|one, other| {
        let first = |group: &SourceGroup| {
            group.tellings.iter().filter_map(|(shown, _)| shown.published.clone()).min()
        };
        (first(one).is_none(), first(one)).cmp(&(first(other).is_none(), first(other)))
    });
    Ok(groups)
}

/// The paragraph around a sentence; the sentence itself is cut in three at the words that evoke the event.
fn in_context(report: &ReportDetail, shown: &EvidenceRow) -> Option<Context> {
    let points = CodePoints::new(&report.text);
    let bytes = |quote: &Quote| points.to_bytes(CharSpan { start: quote.start, end: quote.end });
    let sentence = bytes(&shown.quote)?;
    let paragraph = report
        .layout
        .paragraphs
        .iter()
        .find(|paragraph| paragraph.start <= sentence.start && sentence.end <= paragraph.end)?;
    let text = &report.text;
    let (start, end) = (sentence.start as usize, sentence.end as usize);
    let before = text.get(paragraph.start as usize..start)?;
    let after = text.get(end..paragraph.end as usize)?;
    let cut_from = before.char_indices().rev().nth(AROUND).map(|(at, _)| at);
    let before = match cut_from {
        Some(at) => format!("…{}", &before[at..]),
        None => before.to_owned(),
    };
    let cut_at = after.char_indices().nth(AROUND).map(|(at, _)| at);
    let after = match cut_at {
        Some(at) => format!("{}…", &after[..at]),
        None => after.to_owned(),
    };
    let trigger = shown.trigger.as_ref().and_then(&bytes).and_then(|trigger| {
        let (from, to) = (trigger.start as usize, trigger.end as usize);
        Some((
            text.get(start..from)?.to_owned(),
            text.get(from..to)?.to_owned(),
            text.get(to..end)?.to_owned(),
        ))
    });
    Some(Context { before, trigger, after })
}

pub(super) fn source_in_words(number: usize, source: &SourceGroup) -> Markup {
    let mut reports: Vec<i64> = source.tellings.iter().map(|(shown, _)| shown.quote.report).collect();
    reports.dedup();
    html! {
        section.source {
            h3 {
                "Source " (number + 1)
                @if reports.len() > 1 { span.faint { " · " (n_of(reports.len() as u64, "report", "reports")) " that count once" } }
            }
            @for (shown, context) in &source.tellings { (telling(shown, context.as_ref())) }
        }
    }
}

fn telling(shown: &EvidenceRow, context: Option<&Context>) -> Markup {
    let quote = &shown.quote;
    let address = format!("/report/r{}#c{}", quote.report, quote.start);
    html! {
        figure.telling.item {
            blockquote cite=(address) {
                p dir="auto" {
                    @match context {
                        Some(context) => {
                            (visible(&context.before))
                            mark {
                                @match &context.trigger {
                                    Some((before, trigger, after)) => { (visible(before)) b { (visible(trigger)) } (visible(after)) }
                                    None => (visible(&quote.text)),
                                }
                            }
                            (visible(&context.after))
                        }
                        None => mark { (cut(&quote.text, 900)) },
                    }
                }
            }
            figcaption.item-head {
                a href=(address) {
                    (cut(shown.outlet.as_deref().unwrap_or(&shown.name), 60))
                    @if let Some(title) = &shown.title { ", “" (cut(title, 90)) "”" }
                }
                @if let Some(published) = &shown.published { ", " (moment(published)) }
                @if let Some(speaker) = &shown.attributed_to { ", citing " (party_link(speaker)) }
                @if shown.status != Status::Reported { " " (status(shown.status)) }
            }
        }
    }
}

/// Who says what about each field.
pub(super) fn values(event: &EventDetail) -> Markup {
    let published = published_days(event);
    let row = |name: &str, value: Markup, evidence: &[Quote]| {
        let mut by: Vec<i64> = evidence.iter().map(|quote| quote.report).collect();
        by.dedup();
        html! {
            tr {
                th scope="row" { (name) }
                td { (value) }
                td {
                    @for (number, report) in by.iter().take(6).enumerate() {
                        @if number > 0 { ", " }
                        @let quote = evidence.iter().find(|quote| quote.report == *report);
                        a href=(format!("/report/r{report}#c{}", quote.map_or(0, |quote| quote.start))) { (outlet_of(event, *report)) }
                    }
                    @if by.len() > 6 { " and " (by.len() - 6) " more" }
                    @if let Some(day) = first_of(&published, &by) { " " span.faint { "since " (crate::words::short_day(day)) } }
                }
            }
        }
    };
    html! {
        section aria-labelledby="values" {
            h2 #values { "Who says what" }
            table.values {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Value" } th scope="col" { "Held by" } } }
                tbody {
                    @for held in &event.dates { (row("day", days(Some(held.value)), &held.evidence)) }
                    @for held in &event.places { (row("place", html! { (cut(&held.value.name, 60)) }, &held.evidence)) }
                    @for held in &event.statuses { (row("status", html! { (held.value.as_str()) }, &held.evidence)) }
                    @for held in &event.sizes { (row(held.value.kind.as_str(), html! { (held.value.count) }, &held.evidence)) }
                }
            }
        }
    }
}

fn outlet_of(event: &EventDetail, report: i64) -> String {
    let shown = event.evidence.iter().find(|shown| shown.quote.report == report);
    let name = shown.map(|shown| cut(shown.outlet.as_deref().unwrap_or(&shown.name), 40));
    name.unwrap_or_else(|| format!("r{report}"))
}

pub(super) fn differences(event: &EventDetail) -> Markup {
    html! {
        section.differences aria-labelledby="differences" {
            h2 #differences { "Where the reports differ" }
            @for differ in &event.discrepancies {
                p { (cut(&differ.note, 300)) }
                ul.plain-list {
                    @for value in &differ.values {
                        li {
                            strong { (cut(&value.value, 80)) } ": " (n_of(value.n_reports.into(), "report", "reports"))
                            @if let Some(quote) = value.evidence.first() {
                                ", " a href=(format!("/report/r{}#c{}", quote.report, quote.start)) { "“" (cut(&quote.text, 60)) "”" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn published_days(event: &EventDetail) -> BTreeMap<i64, Date> {
    let days = event.evidence.iter().filter_map(|shown| {
        // A time of publication begins with its day.
        let day = shown.published.as_deref()?.get(..10)?.parse().ok()?;
        Some((shown.quote.report, day))
    });
    days.collect()
}

fn first_of(published: &BTreeMap<i64, Date>, reports: &[i64]) -> Option<Date> {
    reports.iter().filter_map(|report| published.get(report)).min().copied()
}

/// When each value was first told, in order of days.
fn history(event: &EventDetail) -> Vec<(Date, Markup)> {
    let published = published_days(event);
    let mut known: Vec<(Date, Markup)> = Vec::new();
    fn since<T>(published: &BTreeMap<i64, Date>, held: &Held<T>) -> Option<Date> {
        let reports: Vec<i64> = held.evidence.iter().map(|quote| quote.report).collect();
        first_of(published, &reports)
    }
    if let Some(first) = event.row.first_told {
        known.push((first, html! { "first told" }));
    }
    for held in &event.statuses {
        let is_first = event.statuses.len() == 1 && held.value == Status::Reported;
        if let Some(day) = since(&published, held).filter(|_| !is_first) {
            known.push((day, html! { "told as " (status(held.value)) }));
        }
    }
    for held in &event.sizes {
        if let Some(day) = since(&published, held) {
            known.push((
                day,
                html! { "number of " (held.value.kind.as_str()) ": " strong { (held.value.count) } },
            ));
        }
    }
    for held in event.dates.iter().filter(|_| event.dates.len() > 1) {
        if let Some(day) = since(&published, held) {
            let DayRange { from, to } = held.value;
            known.push((day, html! { "dated " (days(Some(DayRange { from, to }))) }));
        }
    }
    for held in event.places.iter().filter(|_| event.places.len() > 1) {
        if let Some(day) = since(&published, held) {
            known.push((day, html! { "placed in " (cut(&held.value.name, 60)) }));
        }
    }
    if let Some(last) = event.row.last_told.filter(|&last| event.row.first_told != Some(last)) {
        known.push((last, html! { "latest report" }));
    }
    known.sort_by_key(|(day, _)| *day);
    known
}

/// Events of the same sides and of the same place within a week.
pub(super) fn related(
    record: &mut Record,
    row: &EventRow,
) -> Result<[(&'static str, Vec<EventRow>); 2], PageError> {
    let Some(DayRange { from, to }) = row.date else { return Ok([("", Vec::new()), ("", Vec::new())]) };
    let near = Filters {
        from: Some(from.saturating_sub(NEAR_DAYS.days())),
        to: Some(to.saturating_add(NEAR_DAYS.days())),
        limit: Some(RELATED + 1),
        ..Filters::default()
    };
    let mut of = |filters: Filters| -> Result<Vec<EventRow>, PageError> {
        let mut events = record.events(&filters)?;
        events.retain(|event| event.id != row.id);
        events.truncate(RELATED);
        Ok(events)
    };
    let side =
        |parties: &[dateline_record::PartyRow]| parties.first().map(|party| PartyFilter::Actor(party.id));
    let same_sides = match (side(&row.actors), side(&row.recipients)) {
        (Some(actor), Some(recipient)) => of(Filters { dyad: Some((actor, recipient)), ..near.clone() })?,
        (Some(actor), None) => of(Filters { actor: Some(actor), ..near.clone() })?,
        _ => Vec::new(),
    };
    let place = row.place.as_ref().map(|place| PlaceFilter::Place(place.id));
    let mut same_place = match place {
        Some(place) => of(Filters { place: Some(place), ..near })?,
        None => Vec::new(),
    };
    same_place.retain(|event| same_sides.iter().all(|known| known.id != event.id));
    Ok([("Same sides, within a week", same_sides), ("Same place, within a week", same_place)])
}
