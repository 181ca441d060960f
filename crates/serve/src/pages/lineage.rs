//! `/lineage`: who shares wording with whom: of the record by days, of one event (`event=e12`), of one report (`report=r5`).
//!
//! Reports of one source stand together: their origin on the left (the agency they credit, else the earliest of them), the others on the
//! right with a line as thick as the part they share. Of one event or report the shared passages are shown too.
//!
//! Not done: who copied from whom is not known, only who was earlier; reports of one day are in the order in which they were added.

use crate::asked::Asked;
use crate::charts::{Copied, copies};
use crate::error::PageError;
use crate::form;
use crate::layout::Page;
use crate::lists;
use crate::pairs::{PairRow, when};
use crate::words::{cut, headline, n_of, short_day};
use dateline_record::{Filters, LineageRow, Record, ReportRow};
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The parameters of the page.
pub(crate) const OWN: &[&str] = &["event", "report"];
/// Reports that are put in relation.
const REPORTS: usize = 300;
/// Sources drawn.
const SOURCES: usize = 24;
/// Reports of one source drawn.
const OF_SOURCE: usize = 12;
/// Pairs in the table, and those of which the passages are shown.
const PAIRS: usize = 200;
const WITH_PASSAGES: usize = 24;
/// Passages of a pair.
const PASSAGES: usize = 6;

/// Reports in relation.
struct Chosen {
    heading: Option<Markup>,
    reports: BTreeMap<i64, ReportRow>,
    /// Whether there are more than were taken.
    is_cut: bool,
}

fn choose(record: &mut Record, asked: &Asked) -> Result<Chosen, PageError> {
    let number = |name: &'static str, letter: char| -> Result<Option<i64>, PageError> {
        let Some(typed) = asked.query.own(name) else { return Ok(None) };
        let number = typed
            .strip_prefix(letter)
            .and_then(|digits| digits.parse().ok())
            .filter(|&number: &i64| number > 0);
        let reason = || format!("`{typed}` is no id here; such ids are like `{letter}12`");
        number.map(Some).ok_or_else(|| PageError::Parameter { name: name.to_owned(), reason: reason() })
    };
    let (heading, ids) = match (number("event", 'e')?, number("report", 'r')?) {
        (Some(id), _) => {
            let event = record
                .event(id)?
                .ok_or_else(|| PageError::NotFound(format!("event e{id} in this record")))?;
            let ids: Vec<i64> = event.evidence.iter().map(|shown| shown.quote.report).collect();
            (
                Some(
                    html! { "Reports that tell " a href=(format!("/event/e{}", event.row.id)) { (headline(&event.row)) } },
                ),
                ids,
            )
        }
        (None, Some(id)) => {
            let report = record
                .report_row(id)?
                .ok_or_else(|| PageError::NotFound(format!("report r{id} in this record")))?;
            let others = record.lineage_of(id)?.into_iter().map(|row| row.other);
            let title = report.title.as_deref().unwrap_or(&report.name);
            let heading = html! { "Reports that share wording with " a href=(format!("/report/r{id}")) { (cut(title, 100)) } };
            (Some(heading), std::iter::once(id).chain(others).collect())
        }
        (None, None) => {
            let filters = &asked.query.filters;
            let offset = (asked.query.page - 1).saturating_mul(REPORTS);
            let reports = record.reports(&Filters { limit: Some(REPORTS), offset, ..filters.clone() })?;
            let is_cut = reports.len() == REPORTS;
            return Ok(Chosen {
                heading: None,
                reports: reports.into_iter().map(|row| (row.id, row)).collect(),
                is_cut,
            });
        }
    };
    let mut reports = BTreeMap::new();
    for id in ids {
        if reports.len() < REPORTS
            && !reports.contains_key(&id)
            && let Some(row) = record.report_row(id)?
        {
            reports.insert(id, row);
        }
    }
    let is_cut = reports.len() == REPORTS;
    Ok(Chosen { heading, reports, is_cut })
}

fn pairs(record: &mut Record, chosen: &Chosen) -> Result<Vec<PairRow>, PageError> {
    let ids: Vec<i64> = chosen.reports.keys().copied().collect();
    let pairs = record.shared_among(&ids)?.into_iter().filter_map(|shared| {
        let (a, b) = (chosen.reports.get(&shared.a)?, chosen.reports.get(&shared.b)?);
        Some(PairRow::of(a, b, shared))
    });
    Ok(pairs.collect())
}

/// The rows, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<PairRow>, PageError> {
    let chosen = choose(record, asked)?;
    pairs(record, &chosen)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let chosen = choose(record, asked)?;
    let pairs = pairs(record, &chosen)?;
    let sources = sources(record, &chosen)?;
    let n_alone = chosen.reports.len() - sources.iter().map(|source| source.reports.len()).sum::<usize>();
    let summary = summed_up(chosen.reports.len(), sources.len(), n_alone);
    let of_one = chosen.heading.is_some();
    let passages = if of_one { passages(record, &pairs)? } else { Vec::new() };
    let body = html! {
        header.page-head {
            h1 { "Lineage" }
            p.lede {
                @if let Some(heading) = &chosen.heading { (heading) ". " }
                (summary)
            }
        }
        @if !of_one { (form::filters(asked)) }
        @if chosen.reports.is_empty() {
            (lists::nothing("reports", asked.query.has_filters(), &asked.path))
        } @else {
            @if sources.is_empty() {
                div.empty { p.lede { "Each of these reports stands for itself: none counts as one source with another." } }
            } @else {
                section aria-labelledby="sources" {
                    h2 #sources { "Reports of one source" }
                    p.note { "On the left where the wording first stands, or the agency that is credited; on the right who has it too. The thicker a line, the more of the shorter \
                              article is shared; a bow on the right leads from another copy. Each group counts as one independent report." }
                    @for source in sources.iter().take(SOURCES) { (drawn(source, &pairs)) }
                    @if sources.len() > SOURCES {
                        p.note { "Drawn are the " (SOURCES) " sources of most reports of " (sources.len()) "; give fewer days to see the others. The table below has all pairs." }
                    }
                }
            }
            @if !pairs.is_empty() { (as_table(&pairs)) }
            @if !passages.is_empty() { (in_words(&passages, &chosen)) }
            (further(asked, &chosen))
        }
    };
    Ok(Page { title: "Lineage".to_owned(), summary, section: "/lineage", data: Page::list_data(asked), body })
}

fn summed_up(n_reports: usize, n_sources: usize, n_alone: usize) -> String {
    let n = |number: usize, one, more| n_of(number as u64, one, more);
    if n_sources == 0 {
        return format!("{}, none of one source with another.", n(n_reports, "report", "reports"));
    }
    format!(
        "{}: {} of one source with others, from {}; {} by {}.",
        n(n_reports, "report", "reports"),
        n(n_reports - n_alone, "is", "are"),
        n(n_sources, "source", "sources"),
        n(n_alone, "stands", "stand"),
        if n_alone == 1 { "itself" } else { "themselves" },
    )
}

/// Reports that count as one.
struct Source {
    agency: Option<String>,
    /// The earliest, where it stands on the left.
    origin: Option<ReportRow>,
    /// The earliest first; those of the chosen reports alone.
    reports: Vec<ReportRow>,
}

/// The sources of more than one report, those of most reports first.
fn sources(record: &mut Record, chosen: &Chosen) -> Result<Vec<Source>, PageError> {
    let mut groups: BTreeMap<i64, Vec<ReportRow>> = BTreeMap::new();
    for report in chosen.reports.values() {
        groups.entry(report.counted_as).or_default().push(report.clone());
    }
    let mut sources = Vec::new();
    for (counted_as, mut reports) in groups {
        let is_among = reports.iter().any(|report| report.id == counted_as);
        // Of one event or report only what is among its reports counts; of days also an origin before them.
        if reports.len() == 1 && (is_among || chosen.heading.is_some()) {
            continue;
        }
        reports.sort_by_key(when);
        let agency = reports.iter().find_map(|report| report.agency.clone());
        let origin = match &agency {
            Some(_) => None,
            None if is_among => Some(reports[0].clone()),
            // Published on a day that was not asked for.
            None => record.report_row(counted_as)?,
        };
        sources.push(Source { agency, origin, reports });
    }
    sources.sort_by_key(|source| {
        (Reverse(source.reports.len()), source.reports.first().map(|report| report.id))
    });
    Ok(sources)
}

fn outlet(report: &ReportRow) -> String {
    cut(report.outlet.as_deref().unwrap_or(&report.name), 60)
}

fn drawn(source: &Source, pairs: &[PairRow]) -> Markup {
    let origin = source.origin.as_ref().map(|report| report.id);
    let right: Vec<&ReportRow> = source.reports.iter().filter(|report| Some(report.id) != origin).collect();
    let shown = &right[..right.len().min(OF_SOURCE)];
    let mut copied = Vec::new();
    for (number, report) in shown.iter().enumerate() {
        // The earlier one of the source with which it shares most.
        let best = pairs.iter().find(|pair| {
            pair.later.id == report.id
                && (Some(pair.earlier.id) == origin
                    || shown[..number].iter().any(|other| other.id == pair.earlier.id))
        });
        let from = best.and_then(|pair| shown[..number].iter().position(|other| other.id == pair.earlier.id));
        copied.push(Copied { from, shared: best.map(|pair| pair.shared.shared) });
    }
    let name = source.agency.as_deref().map_or_else(
        || source.origin.as_ref().map_or("a source".to_owned(), outlet),
        |agency| cut(agency, 60),
    );
    let label = format!("{name}, and {} with its wording", n_of(right.len() as u64, "report", "reports"));
    html! {
        div.copies {
            div.origin {
                @match (&source.agency, &source.origin) {
                    (Some(agency), _) => { p.item-head { (cut(agency, 60)) } p.note { "agency credited" } }
                    (None, Some(report)) => {
                        p.item-head { a href=(format!("/report/r{}", report.id)) { (outlet(report)) } }
                        p.note { @if let Some(day) = report.day { (short_day(day)) ", " } "the earliest" }
                    }
                    (None, None) => p.note { "source not kept" },
                }
            }
            div.edges { (copies(&copied, &label)) }
            ol.copied {
                @for (report, copy) in shown.iter().zip(&copied) {
                    li {
                        a href=(format!("/report/r{}", report.id)) { (outlet(report)) }
                        span.faint {
                            @if let Some(day) = report.day { " " (short_day(day)) }
                            @match copy.shared {
                                Some(shared) => { " · " (percent(shared)) " shared" }
                                None => " · same agency, same house, or retold",
                            }
                            @if let Some(from) = copy.from { " with " (outlet(shown[from])) }
                        }
                    }
                }
            }
            @if right.len() > shown.len() { p.note.more { "and " (right.len() - shown.len()) " more of this source" } }
        }
    }
}

fn percent(part: f32) -> String {
    format!("{:.0} %", f64::from(part) * 100.0)
}

fn as_table(pairs: &[PairRow]) -> Markup {
    html! {
        section aria-labelledby="pairs" {
            h2 #pairs { "Pair by pair" }
            table.pairs {
                thead { tr { th scope="col" { "Earlier" } th scope="col" { "Later" } th.number scope="col" { "Shared" } th.number scope="col" { "Without quotations" } th scope="col" { "Counts as" } th scope="col" { "Words" } } }
                tbody {
                    @for pair in pairs.iter().take(PAIRS) {
                        tr {
                            td { a href=(format!("/report/r{}", pair.earlier.id)) { (outlet(&pair.earlier)) } @if let Some(day) = pair.earlier.day { " " span.faint { (short_day(day)) } } }
                            td { a href=(format!("/report/r{}", pair.later.id)) { (outlet(&pair.later)) } @if let Some(day) = pair.later.day { " " span.faint { (short_day(day)) } } }
                            td.number { (percent(pair.shared.shared)) }
                            td.number { (percent(pair.shared.shared_unquoted)) }
                            td { @if pair.shared.is_copy { "one source" } @else { "two" } }
                            td { a href=(format!("/lineage?report=r{}", pair.later.id)) { "passages" } }
                        }
                    }
                }
            }
            @if pairs.len() > PAIRS { p.note { "The table shows the " (PAIRS) " pairs that share most of " (pairs.len()) "; the data have all." } }
        }
    }
}

/// The shared words of the pairs that share most.
fn passages(record: &mut Record, pairs: &[PairRow]) -> Result<Vec<LineageRow>, PageError> {
    let mut rows = Vec::new();
    for pair in pairs.iter().take(WITH_PASSAGES) {
        let of_it = record.lineage_of(pair.earlier.id)?;
        rows.extend(of_it.into_iter().find(|row| row.other == pair.later.id));
    }
    Ok(rows)
}

fn in_words(rows: &[LineageRow], chosen: &Chosen) -> Markup {
    let name = |id: i64| chosen.reports.get(&id).map_or_else(|| format!("r{id}"), outlet);
    html! {
        section aria-labelledby="passages" {
            h2 #passages { "The passages" }
            @for row in rows {
                details.sharing {
                    summary { (name(row.report)) " and " (name(row.other)) ": " (n_of(row.passages.len() as u64, "passage", "passages")) ", " (percent(row.shared)) }
                    ul.passages {
                        @for passage in row.passages.iter().take(PASSAGES) {
                            li {
                                "“" (cut(&passage.here.text, 400)) "” "
                                @if passage.quoted { span.faint { "(both quote it) " } }
                                a href=(format!("/report/r{}#c{}", passage.here.report, passage.here.start)) { (name(row.report)) }
                                ", " a href=(format!("/report/r{}#c{}", passage.there.report, passage.there.start)) { (name(row.other)) }
                            }
                        }
                        @if row.passages.len() > PASSAGES { li.faint { "and " (row.passages.len() - PASSAGES) " more" } }
                    }
                }
            }
        }
    }
}

/// Earlier and later reports, where not all are looked at.
fn further(asked: &Asked, chosen: &Chosen) -> Markup {
    let page = asked.query.page;
    let address = |page| format!("{}{}", asked.path, asked.query.address_of_page(page));
    html! {
        @if chosen.is_cut || page > 1 {
            nav.pager aria-label="Further reports" {
                @if page > 1 && chosen.heading.is_none() { a.button rel="prev" href=(address(page - 1)) { "← Later added" } }
                span.count {
                    @if chosen.heading.is_some() { "Looked at are the first " (REPORTS) " reports." }
                    @else { "Looked at are " (chosen.reports.len()) " reports at a time, the latest added first; give days to choose." }
                }
                @if chosen.is_cut && chosen.heading.is_none() { a.button rel="next" href=(address(page + 1)) { "Earlier added →" } }
            }
        }
    }
}
