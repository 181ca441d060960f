//! `/brief`: what the filters leave, on paper: what is established, told once, announced, disputed and said, each line with
//! the reports it comes from.
//!
//! As of the last day of the record, or of `to`. Events are taken by importance, as on the situation page, out of the latest
//! [`LOOKED_THROUGH`]; what is said comes from the reports that are cited for them.

use crate::asked::Asked;
use crate::differences;
use crate::error::PageError;
use crate::form;
use crate::importance::{EXPLAINED, Importance};
use crate::layout::Page;
use crate::lists;
use crate::words::{cut, days, headline, is_web_address, n_of, party_link, reports, thousands, time};
use dateline_link::{EventSize, Status};
use dateline_record::{
    AboutRow, DiscrepancyRow, EventDetail, EventOutline, Filters, Record, ReportRow, StatementRow,
};
use jiff::civil::Date;
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Events that are looked through.
const LOOKED_THROUGH: usize = 6000;
/// Lines of each part.
const ESTABLISHED: usize = 16;
const TOLD_ONCE: usize = 10;
const PLANNED: usize = 6;
const DISPUTED: usize = 12;
const SAID: usize = 12;
/// Reports cited for one line.
const CITED: usize = 5;
/// Reports of which the statements are looked at, and statements looked at.
const READ: usize = 24;
const STATEMENTS: usize = 160;

/// Reports by number, in order of their first citation.
#[derive(Default)]
struct Sources {
    numbers: BTreeMap<i64, usize>,
    rows: Vec<ReportRow>,
}

impl Sources {
    fn cite(&mut self, record: &mut Record, report: i64) -> Result<usize, PageError> {
        if let Some(&number) = self.numbers.get(&report) {
            return Ok(number);
        }
        let row = record
            .report_row(report)?
            .ok_or_else(|| PageError::Failed(format!("r{report} is cited and not there")))?;
        self.rows.push(row);
        self.numbers.insert(report, self.rows.len());
        Ok(self.rows.len())
    }
}

/// A line with its citations.
struct Line<T> {
    what: T,
    cited: Vec<usize>,
    /// Reports that are not cited.
    n_more: usize,
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let Some(latest) = asked.state.last_day.or(asked.query.filters.to) else { return Ok(empty(asked)) };
    let latest = asked.query.filters.to.map_or(latest, |to| to.min(latest));
    let filters =
        Filters { to: Some(latest), limit: Some(LOOKED_THROUGH), offset: 0, ..asked.query.filters.clone() };
    let outlines =
        record.outlines(&Filters { status: filters.status.or(Some(Status::Reported)), ..filters.clone() })?;
    let (well_told, once): (Vec<&EventOutline>, Vec<&EventOutline>) =
        outlines.iter().partition(|event| event.n_independent > 1);
    let mut sources = Sources::default();
    let established = lines(record, &mut sources, &ranked(&well_told, latest, ESTABLISHED))?;
    let told_once = lines(record, &mut sources, &ranked(&once, latest, TOLD_ONCE))?;
    let planned =
        if filters.status.is_none() { planned(record, &mut sources, &filters, latest)? } else { Vec::new() };
    let disputed = disputed(record, &mut sources, &[&established, &told_once])?;
    let said = said(record, &mut sources)?;
    let outlets =
        differences::outlets(record, &disputed.iter().map(|line| line.what.1.clone()).collect::<Vec<_>>())?;
    let title = "Brief".to_owned();
    let summary = format!(
        "{} told by several independent reports, {} by one.",
        n_of(well_told.len() as u64, "event", "events"),
        thousands(once.len() as u64)
    );
    let body = html! {
        header.page-head {
            p.kicker { "As of " (time(latest)) @if asked.query.has_filters() { " · " (filtered(asked)) } }
            h1 { (title) }
            p.lede { (summary) }
        }
        p.actions.screen { "Made to be printed: " kbd { "Ctrl" } " " kbd { "P" } ". Numbers in brackets lead to the reports at the end." }
        (form::filters(asked))
        @if outlines.is_empty() && planned.is_empty() {
            (lists::nothing("events", asked.query.has_filters(), &asked.path))
        } @else {
            div.brief {
                (part("established", "Established", "Told by two or more independent reports.", &events(&established)))
                (part("once", "Told by one source", "", &events(&told_once)))
                (part("planned", "Announced", "", &events(&planned)))
                @if !disputed.is_empty() {
                    (part("disputed", "Disputed", "Where reports of these events differ.", &html! {
                        ul.brief-lines {
                            @for Line { what: (event, row), cited, .. } in &disputed {
                                li {
                                    strong { (headline(&event.row)) ": " } (cut(&row.note, 300)) "." (citations(cited, 0))
                                    (withdrawn(row, &outlets))
                                }
                            }
                        }
                    }))
                }
                @if !said.is_empty() {
                    (part("said", "Said", "From the reports cited, the best told first.", &html! {
                        ul.brief-lines {
                            @for Line { what, cited, n_more } in &said {
                                li {
                                    @match &what.speaker { Some(speaker) => (party_link(speaker)), None => "A speaker not known" }
                                    @if let Some(quote) = &what.first { ": “" a href=(format!("/statement/s{}", what.id)) { (cut(&quote.text, 320)) } "”" }
                                    (citations(cited, *n_more))
                                }
                            }
                        }
                    }))
                }
                (references(&sources))
                p.note { "Events are chosen by importance. " (EXPLAINED)
                    @if outlines.len() == LOOKED_THROUGH { " Looked through are the " (thousands(LOOKED_THROUGH as u64)) " latest that pass the filters." } }
            }
        }
    };
    let data = vec![("JSON", format!("/events.json{}", asked.query.filters_address()))];
    Ok(Page { title, summary, section: "/brief", data, body })
}

fn empty(asked: &Asked) -> Page {
    let body = html! {
        header.page-head { h1 { "Brief" } }
        (lists::nothing("events", asked.query.has_filters(), &asked.path))
    };
    let summary = "The record is empty.".to_owned();
    Page { title: "Brief".to_owned(), summary, section: "/brief", data: Vec::new(), body }
}

/// The filters that are set, in one line for the paper.
fn filtered(asked: &Asked) -> String {
    let set = asked
        .query
        .all_typed()
        .iter()
        .map(|(name, value)| format!("{} {}", name.replace('_', " "), cut(value, 60)));
    set.collect::<Vec<_>>().join(", ")
}

/// The most important ones, by row.
fn ranked(events: &[&EventOutline], latest: Date, n: usize) -> Vec<i64> {
    let mut ranked: Vec<(i64, f64)> =
        events.iter().filter_map(|event| Some((event.id, Importance::of(event, latest)?.value()))).collect();
    ranked.sort_by(|(id, one), (other_id, other)| other.total_cmp(one).then(other_id.cmp(id)));
    ranked.into_iter().take(n).map(|(id, _)| id).collect()
}

fn lines(
    record: &mut Record,
    sources: &mut Sources,
    ids: &[i64],
) -> Result<Vec<Line<EventDetail>>, PageError> {
    let mut lines = Vec::new();
    for &id in ids {
        let Some(event) = record.event(id)? else { continue };
        let mut reports: Vec<i64> = event.evidence.iter().map(|shown| shown.quote.report).collect();
        reports.dedup();
        let mut cited = Vec::new();
        for &report in reports.iter().take(CITED) {
            cited.push(sources.cite(record, report)?);
        }
        lines.push(Line { what: event, n_more: reports.len() - cited.len(), cited });
    }
    Ok(lines)
}

fn planned(
    record: &mut Record,
    sources: &mut Sources,
    filters: &Filters,
    latest: Date,
) -> Result<Vec<Line<EventDetail>>, PageError> {
    let ahead = Filters {
        from: Some(latest),
        to: asked_end(filters, latest),
        status: Some(Status::Planned),
        limit: Some(PLANNED),
        ..filters.clone()
    };
    let ids: Vec<i64> =
        record.timeline(&ahead)?.iter().flat_map(|day| &day.events).map(|event| event.id).collect();
    lines(record, sources, &ids)
}

/// What is planned lies after the day of the brief.
fn asked_end(filters: &Filters, latest: Date) -> Option<Date> {
    filters.to.filter(|&to| to > latest)
}

type Differing = (EventDetail, DiscrepancyRow);

fn disputed(
    record: &mut Record,
    sources: &mut Sources,
    parts: &[&Vec<Line<EventDetail>>],
) -> Result<Vec<Line<Differing>>, PageError> {
    let mut lines = Vec::new();
    for event in parts.iter().flat_map(|part| part.iter()).map(|line| &line.what) {
        for row in record.discrepancies_about(&[AboutRow::Event(event.row.id)])? {
            if lines.len() == DISPUTED {
                return Ok(lines);
            }
            let mut cited = Vec::new();
            let quotes = row.values.iter().flat_map(|value| value.evidence.iter().take(2));
            for report in quotes.map(|quote| quote.report).collect::<BTreeSet<_>>() {
                cited.push(sources.cite(record, report)?);
            }
            lines.push(Line { what: (event.clone(), row), cited, n_more: 0 });
        }
    }
    Ok(lines)
}

/// Statements of the reports that are cited, the best told first.
fn said(record: &mut Record, sources: &mut Sources) -> Result<Vec<Line<StatementRow>>, PageError> {
    let mut given: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let reports: Vec<i64> = sources.rows.iter().take(READ).map(|row| row.id).collect();
    for report in reports {
        for statement in record.report(report)?.map(|report| report.statements).unwrap_or_default() {
            given.entry(statement).or_default().push(report);
        }
    }
    let mut rows = Vec::new();
    for (&statement, _) in given.iter().take(STATEMENTS) {
        // What nobody is known to have said says little.
        rows.extend(
            record.statement_row(statement)?.filter(|row| row.speaker.is_some() && row.first.is_some()),
        );
    }
    rows.sort_by_key(|row| (Reverse(row.n_independent), Reverse(row.last_told), row.id));
    let mut lines = Vec::new();
    for row in rows.into_iter().take(SAID) {
        let by = &given[&row.id];
        let mut cited = Vec::new();
        for &report in by.iter().take(CITED) {
            cited.push(sources.cite(record, report)?);
        }
        let n_more = (row.n_reports as usize).saturating_sub(cited.len());
        lines.push(Line { what: row, cited, n_more });
    }
    Ok(lines)
}

fn part(id: &str, heading: &str, note: &str, body: &Markup) -> Markup {
    html! {
        @if !body.0.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (heading) }
                @if !note.is_empty() { p.note { (note) } }
                (body)
            }
        }
    }
}

fn events(lines: &[Line<EventDetail>]) -> Markup {
    html! {
        @if !lines.is_empty() {
            ul.brief-lines {
                @for Line { what, cited, n_more } in lines {
                    @let row = &what.row;
                    li.item {
                        p.item-head { a href=(format!("/event/e{}", row.id)) { (headline(row)) } }
                        p.brief-facts {
                            (days(row.date))
                            @if let Some(place) = &row.place { ", " (cut(&place.place.name, 60)) }
                            @for size in sizes(what) { ", " (size.kind.as_str()) " " (thousands(size.count.into())) }
                            ". " (reports(row.n_reports, row.n_independent)) "."
                            (citations(cited, *n_more))
                        }
                    }
                }
            }
        }
    }
}

/// Of each kind of number the one that is best told.
fn sizes(event: &EventDetail) -> Vec<&EventSize> {
    let mut sizes: Vec<&EventSize> = Vec::new();
    for size in event.sizes.iter().map(|held| &held.value) {
        if sizes.iter().all(|known| known.kind != size.kind) {
            sizes.push(size);
        }
    }
    sizes
}

fn citations(cited: &[usize], n_more: usize) -> Markup {
    html! {
        @if !cited.is_empty() {
            " " span.cited {
                "["
                @for (at, number) in cited.iter().enumerate() { @if at > 0 { ", " } a href=(format!("#source-{number}")) { (number) } }
                @if n_more > 0 { ", and " (n_more) " more" }
                "]"
            }
        }
    }
}

/// Who has taken a value back.
fn withdrawn(row: &DiscrepancyRow, outlets: &BTreeMap<i64, String>) -> Markup {
    let taken_back = row.values.iter().filter(|value| !value.corrected.is_empty());
    html! {
        @for value in taken_back {
            " “" (cut(&value.value, 80)) "” was taken back by "
            @for (at, corrected) in value.corrected.iter().take(3).enumerate() {
                @if at > 0 { ", " }
                (corrected.outlet.as_deref().map(|outlet| cut(outlet, 40)).or_else(|| outlets.get(&corrected.report).cloned()).unwrap_or_else(|| "its outlet".to_owned()))
            }
            "."
        }
    }
}

fn references(sources: &Sources) -> Markup {
    html! {
        section.references aria-labelledby="sources" {
            h2 #sources { "Reports" }
            ol {
                @for (number, report) in sources.rows.iter().enumerate() {
                    li id=(format!("source-{}", number + 1)) {
                        span.cited { "[" (number + 1) "]" } " "
                        (cut(report.outlet.as_deref().unwrap_or(&report.name), 60)) ", "
                        a href=(format!("/report/r{}", report.id)) {
                            "“" (cut(report.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&report.name), 120)) "”"
                        }
                        @if let Some(day) = report.day { ", " (time(day)) }
                        @if let Some(agency) = &report.agency { span.faint { " · credits " (cut(agency, 40)) } }
                        @if let Some(url) = report.url.as_deref().filter(|url| is_web_address(url)) {
                            span.url { " " (cut(url, 160)) }
                        }
                    }
                }
            }
        }
    }
}
