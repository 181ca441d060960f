//! The forms by which an event is corrected, and what is shown of its corrections.
//!
//! One form with several buttons, so that name and reason are typed once; each button has an address of its own. Whole
//! without script.

use crate::asked::Asked;
use crate::edit::Forms;
use crate::error::PageError;
use crate::words::{cut, days, headline, n_of, reports, show, type_in_words};
use dateline_link::Status;
use dateline_plover::EventType;
use dateline_record::{CorrectionRow, EventDetail, EventRow, PartyRow, Record};
use dateline_rows::correction_in_words;
use maud::{Markup, html};

/// Tellings that can be chosen for a split.
const TELLINGS: usize = 80;

/// Where forms stand: on the page of the event, or in the queue with its keys.
pub(crate) struct Place<'p> {
    /// Where to go on afterwards; empty for the page of the event.
    pub back: &'p str,
    /// Whether keys stand for the buttons.
    pub has_keys: bool,
}

/// All forms of an event; nothing where nobody edits.
pub(crate) fn correct(asked: &Asked, event: &EventDetail, others: &[EventRow], place: &Place) -> Markup {
    let Some(forms) = &asked.edit else { return html! {} };
    let row = &event.row;
    let to = |what: &str| format!("/edit/event/e{}/{what}", row.id);
    let key = |key: &'static str| place.has_keys.then_some(key);
    let is_rejected = row.n_reports == 0;
    html! {
        section.correct aria-labelledby="correct" {
            h2 #correct { "Correct" }
            @if is_rejected {
                p.note { "This event is rejected. Undo that below to judge it anew." }
            } @else {
                form method="post" action=(to("accept")) {
                    // Enter in a field would press the first button: this one does nothing.
                    button type="submit" hidden disabled { "Nothing" }
                    (hidden(forms, place.back))
                    div.send-row {
                        button type="submit" data-key=[key("a")] { "Accept" (hint(key("a"))) }
                        " "
                        button type="submit" formaction=(to("reject")) data-key=[key("r")] { "Reject" (hint(key("r"))) }
                    }
                    p.field { label for="why" { "Why (kept in the journal)" } input #why name="why" maxlength="1000" autocomplete="off"; }
                    p.field { label for="who" { "Corrected by" } input #who name="who" maxlength="80" value=(forms.who) autocomplete="off"; }
                    details {
                        summary data-key=[key("m")] { "Same as another event" (hint(key("m"))) }
                        @for other in others {
                            p.choice {
                                button type="submit" formaction=(to("merge")) name="with" value=(format!("e{}", other.id)) { "Merge with e" (other.id) }
                                " " (headline(other)) " " span.faint { (days(other.date)) ", " (reports(other.n_reports, other.n_independent)) }
                            }
                        }
                        p.field { label for="with_id" { "Another event by its id" } input #with_id name="with_id" maxlength="20" placeholder="e12" autocomplete="off"; }
                        button type="submit" formaction=(to("merge")) { "Merge" }
                    }
                    @if event.evidence.len() > 1 {
                        details {
                            summary data-key=[key("s")] { "Some tell of another event" (hint(key("s"))) }
                            p.note { "Choose those that tell of another event: they become one of their own, and never join this one again by themselves." }
                            @for shown in event.evidence.iter().take(TELLINGS) {
                                @let id = format!("r{}-{}", shown.quote.report, shown.number);
                                p.choice {
                                    input type="checkbox" id=(format!("t-{id}")) name="telling" value=(id);
                                    " " label for=(format!("t-{id}")) { strong { (cut(shown.outlet.as_deref().unwrap_or(&shown.name), 40)) } " “" (cut(&shown.quote.text, 160)) "”" }
                                }
                            }
                            button type="submit" formaction=(to("split")) { "Split off" }
                        }
                    }
                    details {
                        summary data-key=[key("c")] { "It was something else" (hint(key("c"))) }
                        (recode(row))
                        button type="submit" formaction=(to("recode")) { "Recode" }
                    }
                }
            }
        }
    }
}

fn hidden(forms: &Forms, back: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=(forms.token);
        @if !back.is_empty() { input type="hidden" name="back" value=(back); }
    }
}

fn hint(key: Option<&'static str>) -> Markup {
    html! { @if let Some(key) = key { " " kbd aria-hidden="true" { (key) } } }
}

fn recode(row: &EventRow) -> Markup {
    let ids = |parties: &[PartyRow]| {
        parties.iter().map(|party| format!("a{}", party.id)).collect::<Vec<_>>().join("; ")
    };
    let names = |parties: &[PartyRow]| {
        parties
            .iter()
            .map(|party| format!("a{}: {}", party.id, cut(&party.name, 40)))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let modes = row.modes.iter().map(|mode| mode.as_str()).collect::<Vec<_>>().join(", ");
    let contexts = row.contexts.iter().map(|context| context.as_str()).collect::<Vec<_>>().join(", ");
    let (from, to) = row.date.map(|days| (days.from.to_string(), days.to.to_string())).unzip();
    let parties = |name: &str, label: &str, parties: &[PartyRow]| {
        html! {
            p.field {
                label for=(format!("c-{name}")) { (label) ": ids or names, parted by ;" }
                input id=(format!("c-{name}")) name=(name) maxlength="1000" value=(ids(parties)) autocomplete="off"
                    aria-describedby=(format!("d-{name}"));
                span.note id=(format!("d-{name}")) { (names(parties)) }
            }
        }
    };
    html! {
        p.field {
            label for="c-event" { "What" }
            select #c-event name="event" {
                @for &event in EventType::ALL { option value=(event.as_str()) selected[event == row.event] { (type_in_words(event)) } }
            }
        }
        p.field { label for="c-mode" { "How: modes of it, parted by commas" } input #c-mode name="mode" maxlength="400" value=(modes) autocomplete="off"; }
        p.field { label for="c-context" { "About what, parted by commas" } input #c-context name="context" maxlength="800" value=(contexts) autocomplete="off"; }
        p.field {
            label for="c-status" { "Whether it happened" }
            select #c-status name="status" {
                @for status in Status::ALL { option value=(status.as_str()) selected[*status == row.status] { (status.as_str()) } }
            }
        }
        (parties("actor", "Who", &row.actors))
        (parties("recipient", "To whom", &row.recipients))
        p.field { label for="c-from" { "From" } input #c-from type="date" name="from" value=[from]; }
        p.field { label for="c-to" { "To" } input #c-to type="date" name="to" value=[to]; }
        p.field {
            label for="c-place" { "Where: id or name" }
            input #c-place name="place" maxlength="200" value=[row.place.as_ref().map(|place| format!("p{}", place.id))] autocomplete="off" aria-describedby="d-place";
            span.note id="d-place" { @if let Some(place) = &row.place { "p" (place.id) ": " (cut(&place.place.name, 60)) } }
        }
    }
}

/// What was done a moment ago, with the way back; nothing where the address tells of nothing.
/// `back` is where an undo goes on.
pub(crate) fn done(
    record: &mut Record,
    asked: &Asked,
    back: impl Fn(&CorrectionRow) -> String,
    has_keys: bool,
) -> Result<Markup, PageError> {
    let Some(forms) = &asked.edit else { return Ok(html! {}) };
    let id = asked.query.own("done").and_then(|done| done.strip_prefix('c')?.parse().ok());
    let Some(id) = id else { return Ok(html! {}) };
    let Some(entry) = record.correction(id)? else { return Ok(html! {}) };
    let back = back(&entry);
    let place = Place { back: &back, has_keys };
    Ok(html! {
        div.done role="status" {
            div {
                "Done: " a href=(format!("/event/e{}", entry.event)) { (show(&correction_in_words(&entry))) } "."
                @if entry.undone_by.is_none() && entry.undoes.is_none() { " " (undo(forms, &entry, &place)) }
            }
        }
    })
}

fn undo(forms: &Forms, entry: &CorrectionRow, place: &Place) -> Markup {
    html! {
        form.inline method="post" action=(format!("/edit/undo/c{}", entry.id)) {
            (hidden(forms, place.back))
            button type="submit" data-key=[place.has_keys.then_some("u")] { "Undo" (hint(place.has_keys.then_some("u"))) }
        }
    }
}

/// The journal of an event; nothing where nobody has corrected it.
pub(crate) fn journal(asked: &Asked, event: &EventDetail) -> Markup {
    if event.corrections.is_empty() {
        return html! {};
    }
    // Entries are undone in reverse order.
    let last =
        event.corrections.iter().rev().find(|entry| entry.undoes.is_none() && entry.undone_by.is_none());
    html! {
        section.journal aria-labelledby="corrected" {
            h2 #corrected { "Corrected by people" }
            ol.plain-list {
                @for entry in &event.corrections {
                    li {
                        strong { (cut(&correction_in_words(entry), 300)) } " by " (show(&entry.who))
                        @if let Some(made) = &entry.made { ", " (crate::words::moment(made)) }
                        @if let Some(why) = &entry.why { ": “" (cut(why, 300)) "”" }
                        @if let Some(forms) = &asked.edit {
                            @if last.is_some_and(|last| last.id == entry.id) { " " (undo(forms, entry, &Place { back: "", has_keys: false })) }
                        }
                    }
                }
            }
            @if !event.rejected.is_empty() {
                p.note { "Rejected: " (n_of(event.rejected.len() as u64, "telling", "tellings")) }
                ul.plain-list {
                    @for shown in event.rejected.iter().take(TELLINGS) {
                        li { "“" (cut(&shown.quote.text, 300)) "” " a href=(format!("/report/r{}#c{}", shown.quote.report, shown.quote.start)) { (cut(shown.outlet.as_deref().unwrap_or(&shown.name), 60)) } }
                    }
                }
            }
        }
    }
}
