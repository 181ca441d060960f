//! A form of a few filters, for pages that heed only some; and what is said where another one is given.
//!
//! Filters that are set stand above the form as words that can be taken away, as in [`form`](crate::form).

use crate::asked::Asked;
use crate::error::PageError;
use crate::words::show;
use maud::{Markup, html};

/// One field.
pub(crate) enum Field {
    /// Words; name, label and an example.
    Words(&'static str, &'static str, &'static str),
    /// A day; name and label.
    Day(&'static str, &'static str),
    /// Independent reports, at least.
    Independent,
}

impl Field {
    fn name(&self) -> &'static str {
        match self {
            Field::Words(name, ..) | Field::Day(name, _) => name,
            Field::Independent => "min_independent",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Field::Words(_, label, _) | Field::Day(_, label) => label,
            Field::Independent => "Independent reports, at least",
        }
    }
}

/// The filters that are set, and a form for these.
pub(crate) fn filters(asked: &Asked, fields: &[Field]) -> Markup {
    let query = &asked.query;
    let value = |field: &Field| query.own(field.name()).or_else(|| query.typed(field.name()));
    let label_of = |name: &str| fields.iter().find(|field| field.name() == name).map_or("", Field::label);
    let typed = query.all_typed().iter().map(|(name, typed)| (*name, typed.as_str(), query.with(name, None)));
    let own = query.all_own().iter().filter(|(name, _)| fields.iter().any(|field| field.name() == *name));
    let own = own.map(|(name, typed)| (*name, typed.as_str(), query.with_own(name, None)));
    let set: Vec<(&str, &str, String)> = own.chain(typed).collect();
    html! {
        @if !set.is_empty() {
            div.set {
                span.unseen { "Filters that are set:" }
                ul {
                    @for (name, typed, without) in &set {
                        li {
                            a href=(format!("{}{without}", asked.path)) title="Take this filter away" {
                                span.what { (label_of(name)) } " " (show(typed)) " "
                                span aria-hidden="true" { "×" } span.unseen { " (take away)" }
                            }
                        }
                    }
                }
            }
        }
        details.filters {
            summary { "Filter" }
            form action=(asked.path) {
                @for (name, typed) in query.all_own() {
                    @if fields.iter().all(|field| field.name() != *name) { input type="hidden" name=(name) value=(typed); }
                }
                @for field in fields {
                    p.field {
                        label for=(format!("f-{}", field.name())) { (field.label()) }
                        @match field {
                            Field::Words(name, _, example) => {
                                input type="text" id=(format!("f-{name}")) name=(name) maxlength="400" placeholder=(example)
                                    value=[value(field)] autocomplete="off" spellcheck="false";
                            }
                            Field::Day(name, _) => { input type="date" id=(format!("f-{name}")) name=(name) value=[value(field)]; }
                            Field::Independent => {
                                input type="number" id="f-min_independent" name="min_independent" min="1" max="999" value=[value(field)];
                            }
                        }
                    }
                }
                div.send { button type="submit" { "Show" } }
            }
        }
    }
}

/// Nothing where all filters that are given are among these; else which one the page does not heed.
pub(crate) fn only(asked: &Asked, heeded: &[&str]) -> Result<(), PageError> {
    match asked.query.all_typed().iter().find(|(name, _)| !heeded.contains(name)) {
        None => Ok(()),
        Some((name, _)) => {
            let known = if heeded.is_empty() { "it has none".to_owned() } else { heeded.join(", ") };
            Err(PageError::Parameter {
                name: (*name).to_owned(),
                reason: format!("this page does not have that filter ({known})"),
            })
        }
    }
}
