//! `/actors`: who takes part, those of most reports first.

use crate::asked::Asked;
use crate::error::PageError;
use crate::fields::{self, Field};
use crate::layout::{Page, pager};
use crate::lists;
use crate::words::{actor_address, cut, n_of};
use dateline_record::{ActorRow, Record};
use maud::{Markup, html};

/// Other forms of a name that are shown.
const FORMS: usize = 4;

/// The rows, for every format.
pub(crate) fn rows(record: &mut Record, asked: &Asked) -> Result<Vec<ActorRow>, PageError> {
    fields::only(asked, &["actor", "country"])?;
    Ok(record.actors(&asked.query.filters)?)
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    let actors = rows(record, asked)?;
    let body = html! {
        header.page-head {
            h1 { "Actors" }
            p.lede { "Who acts, is acted on, or speaks: those of most reports first." }
        }
        (fields::filters(asked, &[
            Field::Words("actor", "Name, country or sector", "Noh Kyu-duk, KOR, KOR/MIL"),
            Field::Words("country", "Country", "name or code"),
        ]))
        @if actors.is_empty() && asked.query.page == 1 {
            (lists::nothing("actors", asked.query.has_filters(), &asked.path))
        } @else {
            ol.wide { @for actor in &actors { li.item { (item(actor)) } } }
            (pager(asked, actors.len()))
        }
    };
    Ok(Page {
        title: "Actors".to_owned(),
        summary: format!("{} on this page.", n_of(actors.len() as u64, "actor", "actors")),
        section: "/actors",
        data: Page::list_data(asked),
        body,
    })
}

fn item(actor: &ActorRow) -> Markup {
    let party = &actor.party;
    let code = dateline_rows::code_of(party);
    let others: Vec<String> = actor
        .names
        .iter()
        .filter(|name| **name != party.name)
        .take(FORMS)
        .map(|name| cut(name, 40))
        .collect();
    html! {
        p.item-head {
            a href=(actor_address(party)) { (cut(&party.name, 80)) }
            @if let Some(office) = actor.offices.first() { span.office { (cut(office, 80)) } }
        }
        div {
            p.item-facts {
                @if !code.is_empty() { span.code { (code) } }
                span { (party.kind.as_str()) }
                span { (n_of(actor.n_reports.into(), "report", "reports")) }
                span { (n_of(actor.n_events.into(), "event", "events")) }
            }
            @if !others.is_empty() { p.importance { "also " (others.join(", ")) } }
        }
    }
}
