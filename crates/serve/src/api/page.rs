//! `/api`: the operations for people, from the same table.

use super::operations::{Gives, OPERATIONS};
use super::things::THINGS;
use super::{MAX_ITEMS, ROOT, problem};
use crate::asked::Asked;
use crate::error::PageError;
use crate::layout::Page;
use crate::words::message;
use dateline_record::Record;
use maud::{Markup, html};

/// The page.
pub(super) fn page(_: &mut Record, _: &Asked) -> Result<Page, PageError> {
    let body = html! {
        header.page-head {
            h1 { "For programs" }
            p.lede {
                "The record as JSON, under " code { (ROOT) } ". The same for machines: "
                a href="/api/v1/openapi.json" { "OpenAPI 3.1" } ". Events as they are added: " a href="/feed.xml" { "feed" }
                "; what is planned: " a href="/calendar.ics" { "calendar" }
                ". Assistants can ask at " code { "/mcp" } " (Model Context Protocol)."
            }
            p {
                "Lists come a page at a time, at most " (MAX_ITEMS) " items: " code { "next" } " and the header "
                code { "Link" } " lead on. Spans count Unicode code points of the text of a report; words in "
                code { "text" } " are quoted from reports."
            }
        }
        @for operation in &OPERATIONS {
            section aria-labelledby=(operation.name) {
                h2 #(operation.name) { code { "GET " (ROOT) (operation.path) } }
                p { (operation.summary) " Gives "
                    @if matches!(operation.gives, Gives::Items(..)) { "a list of " }
                    a href=(format!("#{}", operation.gives.thing().name)) { (operation.gives.thing().name) } "." }
                @if !operation.parameters.is_empty() {
                    details {
                        summary { "Parameters" }
                        dl.facts {
                            @for parameter in operation.parameters {
                                dt { code { (parameter.name) } }
                                dd { (parameter.meaning) @if parameter.is_required { "; has to be given" } ". Such as " code { (parameter.example) } }
                            }
                        }
                    }
                }
            }
        }
        section aria-labelledby="problems" {
            h2 #problems { "Problems" }
            p { "What cannot be answered comes as " code { (problem::MEDIA_TYPE) } " (RFC 9457)." }
            dl.facts {
                @for (status, when) in problem::STATUSES {
                    dt id=(format!("problem-{status}")) { (status) }
                    dd { (message(when)) }
                }
            }
        }
        @for thing in THINGS { (described(thing)) }
    };
    Ok(Page {
        title: "For programs".to_owned(),
        summary: "The addresses that give the record as JSON, with their parameters and fields.".to_owned(),
        section: "",
        data: vec![("OpenAPI", "/api/v1/openapi.json".to_owned())],
        body,
    })
}

fn described(thing: &super::shapes::Thing) -> Markup {
    html! {
        section aria-labelledby=(thing.name) {
            h2 #(thing.name) { (thing.name) }
            p { (thing.meaning) }
            details {
                summary { "Fields" }
                dl.facts {
                    @for field in thing.all_fields() {
                        dt { code { (field.name) } }
                        dd { (field.meaning) span.faint { " – " (field.shape.in_words()) @if field.can_be_null { ", or null" } } }
                    }
                }
            }
        }
    }
}
