//! `/dyad?a=KOR&b=PRK`: two sides, whoever of them acts: tension over time with the events under it, what each says of the
//! other, and where reports of these events differ.
//!
//! What one says of the other are its latest [`STATEMENTS`] statements in which a word for the other stands.

use crate::asked::Asked;
use crate::charts::tension_line;
use crate::differences;
use crate::error::PageError;
use crate::fields;
use crate::layout::{Page, pager};
use crate::lists;
use crate::naming::{Named, side_name};
use crate::query::address;
use crate::sayings;
use crate::series::DAYS;
use crate::words::{day_in_words, n_of, signed};
use dateline_record::{
    AboutRow, DiscrepancyRow, EventRow, Filters, PartyFilter, Record, StatementRow, Tension,
};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

/// The parameters of the page.
pub(crate) const OWN: &[&str] = &["a", "b"];
/// Statements of a side that are looked through.
const STATEMENTS: usize = 200;
/// Of these, those shown.
const SHOWN: usize = 6;
/// Discrepancies shown.
const DIFFERENCES: usize = 8;

/// The two sides, where both are given.
fn sides(asked: &Asked) -> Result<Option<(PartyFilter, PartyFilter)>, PageError> {
    let side = |name: &'static str| {
        asked
            .query
            .own(name)
            .map(|words| words.parse().map_err(|error| PageError::filter(name, &error)))
            .transpose()
    };
    Ok(side("a")?.zip(side("b")?))
}

fn of_dyad(asked: &Asked, sides: &(PartyFilter, PartyFilter)) -> Result<Filters, PageError> {
    fields::only(
        asked,
        &["event", "quad", "context", "country", "place", "from", "to", "text", "min_independent", "status"],
    )?;
    Ok(Filters { dyad: Some(sides.clone()), ..asked.query.filters.clone() })
}

/// The tension of each day, for programs.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<Tension>, PageError> {
    let Some(sides) = sides(asked)? else {
        let name = if asked.query.own("a").is_some() { "b" } else { "a" };
        let reason = "two sides are needed, such as `/dyad?a=KOR&b=PRK`".to_owned();
        return Err(PageError::Parameter { name: name.to_owned(), reason });
    };
    Ok(record.tension(&of_dyad(asked, &sides)?)?)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let Some(sides) = sides(asked)? else { return Ok(ask(asked)) };
    let filters = of_dyad(asked, &sides)?;
    let (one, other) = (side_name(record, &sides.0)?, side_name(record, &sides.1)?);
    let events = record.events(&filters)?;
    // An event that is told of a day after the last report happened on another one.
    let to = filters.to.or(asked.state.last_day);
    let all_days = record.tension(&Filters { to, limit: None, offset: 0, ..filters.clone() })?;
    let summary = summed_up(&all_days);
    let tension = latest_days(all_days);
    let about: Vec<AboutRow> = events.iter().map(|event| AboutRow::Event(event.id)).collect();
    let differing = record.discrepancies_about(&about)?;
    let outlets = differences::outlets(record, &differing[..differing.len().min(DIFFERENCES)])?;
    let said = [
        said_of(record, asked, &sides.0, &Named::of(&sides.1, &other))?,
        said_of(record, asked, &sides.1, &Named::of(&sides.0, &one))?,
    ];
    let body = html! {
        header.page-head {
            p.kicker { a href="/tension" { "Tension" } }
            h1 { (one) " – " (other) }
            p.lede { (summary) }
        }
        (form(asked, false))
        @if events.is_empty() && asked.query.page == 1 {
            (lists::nothing("events of these two", asked.query.has_filters(), &format!("{}{}", asked.path, own_address(asked))))
        } @else {
            @if tension.len() > 1 {
                section.strip aria-label="Tension over time" {
                    (tension_line(&tension, &format!("Tension between {one} and {other}: mean score of the events of each day"), &|day| of_day(asked, day)))
                }
            }
            div.columns {
                section aria-labelledby="under" {
                    h2 #under { "The events under it" }
                    (lists::events(&events))
                    (pager(asked, events.len()))
                }
                div.aside {
                    (saying((&one, &other), &said[0], "first-says", &statements_of(asked, "a", "b")))
                    (saying((&other, &one), &said[1], "second-says", &statements_of(asked, "b", "a")))
                    @if !differing.is_empty() { (differ(&events, &differing, &outlets)) }
                    @if !tension.is_empty() { (as_table(&tension, &|day| of_day(asked, day))) }
                }
            }
        }
    };
    Ok(Page {
        title: format!("{one} – {other}"),
        summary,
        section: "/tension",
        data: Page::list_data(asked),
        body,
    })
}

/// The sides alone, without filters.
fn own_address(asked: &Asked) -> String {
    address(asked.query.all_own().iter().map(|(name, value)| (*name, value.as_str())))
}

fn of_day(asked: &Asked, day: Date) -> String {
    let day = day.to_string();
    format!("{}{}", asked.path, asked.query.with_days(Some(&day), Some(&day)))
}

/// All that is said in one sentence.
fn summed_up(days: &[Tension]) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return "No event of these two is told to have happened on a known day.".to_owned();
    };
    let n: u32 = days.iter().map(|day| day.n_events).sum();
    let sum: f64 = days.iter().map(|day| day.sum).sum();
    let conflict: u32 = days.iter().map(|day| day.n_conflict).sum();
    let mean = signed(((sum / f64::from(n.max(1)) * 10.0).round() / 10.0) as f32);
    let span = if first.day == last.day {
        format!("on {}", day_in_words(last.day))
    } else {
        format!("from {} to {}", day_in_words(first.day), day_in_words(last.day))
    };
    let conflict = match conflict {
        0 => "none of conflict".to_owned(),
        all if all == n => "of conflict".to_owned(),
        some => format!("{some} of them of conflict"),
    };
    let events = n_of(n.into(), "event", "events");
    format!("{events} {span}, {conflict}; mean score {mean} of −10 to +10.")
}

fn latest_days(mut days: Vec<Tension>) -> Vec<Tension> {
    if let Some(last) = days.last().map(|day| day.day) {
        days.retain(|day| day.day > last.saturating_sub(DAYS.days()));
    }
    days
}

/// What a side says in words that name the other, the latest first.
fn said_of(
    record: &mut Record,
    asked: &Asked,
    side: &PartyFilter,
    other: &Named,
) -> Result<Vec<StatementRow>, PageError> {
    let filters = &asked.query.filters;
    let of_side = Filters {
        actor: Some(side.clone()),
        from: filters.from,
        to: filters.to,
        limit: Some(STATEMENTS),
        ..Filters::default()
    };
    let mut rows = record.statements(&of_side)?;
    rows.retain(|row| row.first.as_ref().is_some_and(|quote| other.is_in(&quote.text)));
    rows.sort_by_key(|row| (std::cmp::Reverse(row.first_told), row.id));
    rows.truncate(SHOWN);
    Ok(rows)
}

/// All that one side says of the other.
fn statements_of(asked: &Asked, speaker: &str, about: &str) -> String {
    let side = |name| asked.query.own(name).unwrap_or_default();
    format!("/statements{}", address([("actor", side(speaker)), ("about", side(about))]))
}

fn saying((one, other): (&str, &str), rows: &[StatementRow], id: &str, all: &str) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (one) " on " (other) }
            @if rows.is_empty() {
                p.faint { "None of its latest statements names the other." }
            } @else {
                (sayings::statements(rows, true))
                @if rows.len() == SHOWN { p { a href=(all) { "All of them" } } }
            }
        }
    }
}

fn differ(
    events: &[EventRow],
    rows: &[DiscrepancyRow],
    outlets: &std::collections::BTreeMap<i64, String>,
) -> Markup {
    let headline = |row: &DiscrepancyRow| {
        let event = events.iter().find(|event| row.about == AboutRow::Event(event.id));
        event.map(crate::words::event_link)
    };
    html! {
        section.differences aria-labelledby="differ" {
            h2 #differ { "Where the reports differ" }
            @for row in rows.iter().take(DIFFERENCES) {
                @if let Some(link) = headline(row) { p.about { (link) } }
                (differences::beside(std::slice::from_ref(row), outlets))
            }
            @if rows.len() > DIFFERENCES { p.note { (rows.len() - DIFFERENCES) " more about the events of this page." } }
        }
    }
}

/// The same as the drawing.
fn as_table(days: &[Tension], address: &dyn Fn(Date) -> String) -> Markup {
    html! {
        details.explain {
            summary { "Tension of each day as a table" }
            table {
                thead { tr { th scope="col" { "Day" } th.number scope="col" { "Events" } th.number scope="col" { "Conflict" } th.number scope="col" { "Sum" } th.number scope="col" { "Mean" } } }
                tbody {
                    @for day in days.iter().rev() {
                        tr {
                            td { a href=(address(day.day)) { (day_in_words(day.day)) } }
                            td.number { (day.n_events) }
                            td.number { (day.n_conflict) }
                            td.number { (signed(day.sum as f32)) }
                            td.number { (signed(((day.mean * 10.0).round() / 10.0) as f32)) }
                        }
                    }
                }
            }
            p { "Sum and mean of PLOVER’s scores of the events of each day that are told to have happened; each event counts once, on its first day. "
                a href="/method#tension" { "How" } }
        }
    }
}

/// The two sides to fill in.
fn form(asked: &Asked, open: bool) -> Markup {
    let side = |name: &str, label: &str| {
        html! {
            p.field {
                label for=(format!("f-{name}")) { (label) }
                input type="text" id=(format!("f-{name}")) name=(name) maxlength="400" placeholder="KOR, KOR/MIL, or a name" required
                    value=[asked.query.own(name)] autocomplete="off" spellcheck="false";
            }
        }
    };
    html! {
        details.filters open[open] {
            summary { "Two sides" }
            form action="/dyad" {
                (side("a", "One side"))
                (side("b", "The other side"))
                p.field { label for="f-from" { "From" } input type="date" id="f-from" name="from" value=[asked.query.typed("from")]; }
                p.field { label for="f-to" { "To" } input type="date" id="f-to" name="to" value=[asked.query.typed("to")]; }
                div.send { button type="submit" { "Show" } }
            }
        }
    }
}

fn ask(asked: &Asked) -> Page {
    let body = html! {
        header.page-head {
            h1 { "Two sides" }
            p.lede { "Name two: a country, a sector of it, or words of a name. The events in which both take part are shown, and one of them acts." }
        }
        (form(asked, true))
        p { a href="/tension" { "The pairs of countries with most events" } }
    };
    Page {
        title: "Two sides".to_owned(),
        summary: "Events and tension between two sides.".to_owned(),
        section: "/tension",
        data: Vec::new(),
        body,
    }
}
