//! The filters as a form, and those that are set as words that can be taken away.
//!
//! The form sends its fields as they are; the answer to empty ones leads on to the address without them.

use crate::asked::Asked;
use crate::query::Query;
use crate::words::{show, type_in_words};
use dateline_link::Status;
use dateline_plover::{Context, EventType, QuadClass};
use maud::{Markup, html};

/// What a filter is called on a page.
fn name_of(filter: &str) -> &'static str {
    match filter {
        "text" => "Words in a report",
        "actor" => "Who acts",
        "recipient" => "To whom",
        "dyad" => "Two sides",
        "event" => "What",
        "quad" => "Quadrant",
        "context" => "About",
        "country" => "Country of the place",
        "place" => "Place",
        "from" => "From",
        "to" => "To",
        "min_independent" => "Independent reports, at least",
        _ => "Whether it happened",
    }
}

/// The form, and above it the filters that are set.
pub(crate) fn filters(asked: &Asked) -> Markup {
    let query = &asked.query;
    html! {
        @if query.has_filters() {
            div.set {
                span.unseen { "Filters that are set:" }
                ul {
                    @for (name, value) in query.all_typed() {
                        li {
                            a href=(format!("{}{}", asked.path, query.with(name, None)))
                                title="Take this filter away" {
                                span.what { (name_of(name)) } " " (show(value)) " "
                                span aria-hidden="true" { "×" } span.unseen { " (take away)" }
                            }
                        }
                    }
                    @if query.all_typed().len() > 1 { li { a.all href=(asked.path) { "Take all away" } } }
                }
            }
        }
        details.filters {
            summary { "Filter" }
            form action=(asked.path) {
                (text(query, "actor", "KOR, KOR/MIL, or a name"))
                (text(query, "recipient", "country, sector, or a name"))
                (text(query, "dyad", "KOR,PRK"))
                (choice(query, "event", EventType::ALL.iter().map(|&event| (event.as_str(), type_in_words(event)))))
                (choice(query, "quad", QuadClass::ALL.iter().map(|quad| (quad.as_str(), quad.as_str().to_owned()))))
                (choice(query, "context", Context::ALL.iter().map(|context| (context.as_str(), context.as_str().replace('_', " ")))))
                (text(query, "country", "name or code"))
                (text(query, "place", "name of a place"))
                (day(query, "from"))
                (day(query, "to"))
                (text(query, "text", "\"joint exercise\" missil* -film"))
                (number(query, "min_independent"))
                (choice(query, "status", Status::ALL.iter().map(|status| (status.as_str(), status.as_str().to_owned()))))
                div.send { button type="submit" { "Show" } }
            }
        }
    }
}

fn label(name: &str, field: &Markup) -> Markup {
    html! { p.field { label for=(format!("f-{name}")) { (name_of(name)) } (field) } }
}

fn text(query: &Query, name: &str, example: &str) -> Markup {
    label(
        name,
        &html! {
            input type="text" id=(format!("f-{name}")) name=(name) maxlength="400" placeholder=(example)
                value=[query.typed(name)] autocomplete="off" spellcheck="false";
        },
    )
}

fn day(query: &Query, name: &str) -> Markup {
    label(
        name,
        &html! {
            input type="date" id=(format!("f-{name}")) name=(name) value=[query.typed(name)];
        },
    )
}

fn number(query: &Query, name: &str) -> Markup {
    label(
        name,
        &html! {
            input type="number" id=(format!("f-{name}")) name=(name) min="1" max="999" value=[query.typed(name)];
        },
    )
}

fn choice<'a>(query: &Query, name: &str, all: impl Iterator<Item = (&'a str, String)>) -> Markup {
    let typed = query.typed(name).unwrap_or_default();
    let all: Vec<(&str, String)> = all.collect();
    let is_listed = typed.is_empty() || all.iter().any(|(value, _)| *value == typed);
    label(
        name,
        &html! {
            select id=(format!("f-{name}")) name=(name) {
                option value="" { "any" }
                // Several types, or a mode, were typed into the address: the form keeps them.
                @if !is_listed { option value=(typed) selected { (show(typed)) } }
                @for (value, words) in &all { option value=(value) selected[*value == typed] { (words) } }
            }
        },
    )
}
