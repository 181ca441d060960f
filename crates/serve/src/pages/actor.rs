//! `/actor/a12`: how reports name somebody and what they say it is, what it did and said, and with whom it deals.
//!
//! Filters of events hold for the list and the charts: `/actor/a12?from=2022-04-01&event=ASSAULT`. `side=received` lists what
//! was done to it instead of what it did.

use crate::asked::Asked;
use crate::charts::{day_bars, tension_line};
use crate::differences;
use crate::error::PageError;
use crate::fields;
use crate::layout::{Page, pager};
use crate::lists;
use crate::sayings;
use crate::series::{counts_of, tension_of};
use crate::words::{country_name, cut, n_of, party_link, short_day, signed, thousands};
use dateline_record::{
    AboutRow, ActorForm, ActorRow, Counterpart, EventOutline, EventRow, Filters, PartyFilter, Record,
};
use dateline_rows::Row;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The parameters of the page.
pub(crate) const OWN: &[&str] = &["side"];
/// Events in each role that the charts are made from.
const LOOKED_THROUGH: usize = 2000;
/// Statements shown.
const STATEMENTS: usize = 20;
/// Others with whom it deals.
const COUNTERPARTS: usize = 16;
/// Forms of names and offices shown at once.
const FORMS: usize = 10;

/// What of an actor is listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Did,
    Received,
}

fn find(record: &mut Record, asked: &Asked) -> Result<ActorRow, PageError> {
    let actor = record.actor_row(asked.id)?;
    actor.ok_or_else(|| PageError::NotFound(format!("actor a{} in this record", asked.id)))
}

/// For programs.
pub(crate) fn json(record: &mut Record, asked: &Asked) -> Result<Value, PageError> {
    let actor = find(record, asked)?;
    let (names, offices) = record.forms(asked.id)?;
    let form = |form: &ActorForm| {
        json!({
            "text": form.words,
            "n_reports": form.n_reports,
            "evidence": form.first.as_ref().map(|first| json!({
                "report": format!("r{}", first.quote.report),
                "start": first.quote.start,
                "end": first.quote.end,
                "text": first.quote.text,
            })),
        })
    };
    let deals = record.counterparts(asked.id, COUNTERPARTS)?;
    let deals = deals.iter().map(|other| {
        json!({
            "id": format!("a{}", other.party.id),
            "name": other.party.name,
            "n_events": other.n_events,
            "n_acts": other.n_acts,
            "mean_scale": (other.mean * 100.0).round() / 100.0,
        })
    });
    let mut json = actor.json();
    json["deals_with"] = deals.collect();
    json["forms"] = names.iter().map(form).collect();
    json["offices"] = offices.iter().map(form).collect();
    Ok(json)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let side = match asked.query.own("side") {
        None | Some("did") => Side::Did,
        Some("received") => Side::Received,
        Some(other) => {
            let reason = format!("`{other}` is not a side (did, received)");
            return Err(PageError::Parameter { name: "side".to_owned(), reason });
        }
    };
    fields::only(
        asked,
        &["event", "quad", "context", "country", "place", "from", "to", "text", "min_independent", "status"],
    )?;
    let actor = find(record, asked)?;
    let outlines = outlines(record, asked)?;
    let events = record.events(&in_role(asked, side))?;
    let (names, offices) = record.forms(asked.id)?;
    let deals = record.counterparts(asked.id, COUNTERPARTS)?;
    let of_it = Filters {
        actor: Some(PartyFilter::Actor(asked.id)),
        limit: Some(STATEMENTS),
        from: asked.query.filters.from,
        to: asked.query.filters.to,
        ..Filters::default()
    };
    let mut statements = record.statements(&of_it)?;
    statements.sort_by_key(|row| (std::cmp::Reverse(row.first_told), row.id));
    let differing = record.discrepancies_about(&[AboutRow::Actor(asked.id)])?;
    let outlets = differences::outlets(record, &differing)?;
    let name = cut(&actor.party.name, 120);
    let body = html! {
        header.page-head {
            p.kicker { (actor.party.kind.as_str()) " " span.faint { "a" (asked.id) } }
            h1 { (name) }
            p.lede { (introduced(&actor)) }
        }
        div.columns {
            div.main-column {
                (over_time(asked, &outlines))
                (events_of(asked, side, &events))
                @if !statements.is_empty() {
                    section aria-labelledby="said" {
                        h2 #said { "What it says" }
                        (sayings::statements(&statements, false))
                        @if statements.len() == STATEMENTS {
                            p { a href=(format!("/statements?actor=a{}", asked.id)) { "All statements" } }
                        }
                    }
                }
            }
            div.aside {
                (forms("names", "Names", "Form", &names))
                (forms("offices", "Roles and offices", "As told", &offices))
                @if !deals.is_empty() { (deals_with(asked.id, &deals)) }
                @if !differing.is_empty() {
                    section.differences aria-labelledby="differs" {
                        h2 #differs { "Where the reports differ" }
                        (differences::beside(&differing, &outlets))
                    }
                }
            }
        }
    };
    Ok(Page {
        summary: introduced(&actor),
        title: name,
        section: "/actors",
        data: vec![("JSON", format!("/actor/a{}.json", asked.id))],
        body,
    })
}

/// One sentence: where it belongs, and how much the record has of it.
fn introduced(actor: &ActorRow) -> String {
    let belongs = match (actor.party.country, actor.party.sector) {
        (Some(country), Some(sector)) => format!("Of {} ({country}/{sector}), ", country_name(country)),
        (Some(country), None) => format!("Of {} ({country}), ", country_name(country)),
        (None, Some(sector)) => format!("Of no known country, sector {sector}, "),
        (None, None) => "Of no known country or sector, ".to_owned(),
    };
    let reports = n_of(actor.n_reports.into(), "report", "reports");
    let events = n_of(actor.n_events.into(), "event", "events");
    let spoken = if actor.n_reports == 0 { String::new() } else { format!("spoken of in {reports}, ") };
    format!("{belongs}{spoken}taking part in {events}.")
}

fn in_role(asked: &Asked, side: Side) -> Filters {
    let party = Some(PartyFilter::Actor(asked.id));
    match side {
        Side::Did => Filters { actor: party, ..asked.query.filters.clone() },
        Side::Received => Filters { recipient: party, ..asked.query.filters.clone() },
    }
}

/// Its latest events in either role, each once.
fn outlines(record: &mut Record, asked: &Asked) -> Result<Vec<EventOutline>, PageError> {
    let mut by_id: BTreeMap<i64, EventOutline> = BTreeMap::new();
    for side in [Side::Did, Side::Received] {
        let filters = Filters { limit: Some(LOOKED_THROUGH), offset: 0, ..in_role(asked, side) };
        by_id.extend(record.outlines(&filters)?.into_iter().map(|event| (event.id, event)));
    }
    Ok(by_id.into_values().collect())
}

fn over_time(asked: &Asked, outlines: &[EventOutline]) -> Markup {
    let (tension, counts) = (tension_of(outlines), counts_of(outlines));
    let of_day = |day: Date| {
        let day = day.to_string();
        format!("{}{}", asked.path, asked.query.with_days(Some(&day), Some(&day)))
    };
    html! {
        @if tension.len() > 1 {
            section.strip aria-labelledby="over-time" {
                h2 #over-time { "Over time" }
                (day_bars(&counts, "Events of each day that it takes part in", &of_day))
                h3 { "Tension" }
                (tension_line(&tension, "Mean score of its events of each day", &of_day))
                @if outlines.len() >= LOOKED_THROUGH {
                    p.note { "Made from the " (thousands(LOOKED_THROUGH as u64)) " latest events in each role." }
                }
            }
        }
    }
}

fn events_of(asked: &Asked, side: Side, events: &[EventRow]) -> Markup {
    let tab = |of: Side, value: Option<&str>, words: &str| {
        html! {
            a href=(format!("{}{}#events", asked.path, asked.query.with_own("side", value)))
                aria-current=[(of == side).then_some("true")] { (words) }
        }
    };
    html! {
        section aria-labelledby="events" {
            h2 #events { @if side == Side::Did { "What it did" } @else { "What was done to it" } }
            p.tabs {
                (tab(Side::Did, None, "What it did"))
                (tab(Side::Received, Some("received"), "What was done to it"))
                @if asked.query.has_filters() { a href=(asked.path) { "All days and types" } }
            }
            @if events.is_empty() {
                p.faint { "Nothing of that is told" @if asked.query.has_filters() { " that passes the filters" } "." }
            } @else {
                (lists::events(events))
                (pager(asked, events.len()))
            }
        }
    }
}

fn forms(id: &str, heading: &str, column: &str, forms: &[ActorForm]) -> Markup {
    let table = |forms: &[ActorForm]| {
        html! {
            table {
                thead { tr { th scope="col" { (column) } th scope="col" { "First given by" } } }
                tbody {
                    @for form in forms {
                        tr {
                            td {
                                (cut(&form.words, 100))
                                @if let Some(n) = form.n_reports { " " span.faint { "· " (thousands(n.into())) } }
                            }
                            td {
                                @match &form.first {
                                    Some(first) => {
                                        a href=(format!("/report/r{}#c{}", first.quote.report, first.named_at)) {
                                            (cut(first.outlet.as_deref().unwrap_or("a report"), 40))
                                        }
                                        @if let Some(day) = first.day { " " span.faint { (short_day(day)) } }
                                    }
                                    None => span.faint { "a later report" },
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        @if !forms.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (heading) }
                (table(&forms[..forms.len().min(FORMS)]))
                @if forms.len() > FORMS {
                    details.explain { summary { (forms.len() - FORMS) " more" } (table(&forms[FORMS..])) }
                }
            }
        }
    }
}

fn deals_with(actor: i64, deals: &[Counterpart]) -> Markup {
    html! {
        section aria-labelledby="deals" {
            h2 #deals { "Whom it deals with" }
            table {
                thead { tr { th scope="col" { "Who" } th.number scope="col" { "Events" } th.number scope="col" { "It acts in" } th.number scope="col" { "Mean" } } }
                tbody {
                    @for other in deals {
                        tr {
                            td { (party_link(&other.party)) }
                            td.number { a href=(format!("/dyad?a=a{actor}&b=a{}", other.party.id)) { (thousands(other.n_events.into())) } }
                            td.number { (thousands(other.n_acts.into())) }
                            td.number.(if other.mean < 0.0 { "below" } else { "above" }) { (signed(((other.mean * 10.0).round() / 10.0) as f32)) }
                        }
                    }
                }
            }
            p.note { "Events with both of which one acts, told to have happened; the number leads to them. Mean is of PLOVER’s score." }
        }
    }
}
