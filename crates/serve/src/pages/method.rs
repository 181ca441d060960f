//! `/method`: how each number of the pages is made, how often it is wrong, and what made this record.
//!
//! The error rates are those of `docs/accuracy.md`, which is built in.

use crate::asked::Asked;
use crate::error::PageError;
use crate::fields;
use crate::importance::EXPLAINED;
use crate::layout::Page;
use crate::markdown;
use crate::words::show;
use dateline_record::{Record, RunRow};
use maud::{Markup, PreEscaped, html};
use std::sync::LazyLock;

const ACCURACY: &str = include_str!("../../../../docs/accuracy.md");
/// Runs shown.
const RUNS: usize = 8;

/// The parts, in reading order: where a link leads, and what it is called.
const PARTS: [(&str, &str); 9] = [
    ("independent", "Independent reports"),
    ("importance", "Importance"),
    ("tension", "Tension"),
    ("scale", "Score and quadrant"),
    ("confidence", "Confidence"),
    ("dates", "Days"),
    ("places", "Places"),
    ("errors", "How often it is wrong"),
    ("versions", "Versions"),
];

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    fields::only(asked, &[])?;
    let runs = record.runs(RUNS)?;
    let format = record.format()?;
    let body = html! {
        header.page-head {
            h1 { "Method" }
            p.lede { "How each number on these pages is made, how often it is wrong, and what made this record." }
        }
        div.columns.method {
            nav.contents aria-label="Parts" { ul { @for (id, name) in PARTS { li { a href=(format!("#{id}")) { (name) } } } } }
            div.main-column { (formulas()) (errors()) (versions(&runs, format)) }
        }
    };
    Ok(Page {
        title: "Method".to_owned(),
        summary: "How each number is made, how often it is wrong, and what made this record.".to_owned(),
        section: "/method",
        data: Vec::new(),
        body,
    })
}

fn part(id: &'static str, body: &Markup) -> Markup {
    let name = PARTS.iter().find(|(known, _)| *known == id).map_or("", |(_, name)| name);
    html! { section.part aria-labelledby=(id) { h2 id=(id) { (name) } (body) } }
}

fn formulas() -> Markup {
    html! {
        (part("independent", &html! {
            p.formula { "reports − those that copy another, credit one agency with another, or come from one house with another" }
            p { "Reports count once where one copies the other (shared wording, or sentence by sentence the same in other words), where both credit one agency, and where \
                 one house publishes both. Of such a source the earliest report counts. The " a href="/lineage" { "lineage" } " shows who shares wording with whom, and how much." }
        }))
        (part("importance", &html! {
            p.formula { "log₂(1 + independent reports) × ½^(days before the latest ÷ 3) × (1 + |score|)" }
            p { (EXPLAINED) " It sorts the " a href="/" { "situation" } " and nothing else." }
        }))
        (part("tension", &html! {
            p.formula { "sum(day) = Σ score(event),  mean(day) = sum(day) ÷ events(day)" }
            p { "Over the events of a day that are told to have happened (reported, or of the past); planned, denied and supposed ones are left out. Each counts once, however many reports \
                 tell it, on its first day. Days without an event are left out, as silence is not calm. Sums grow with how much is reported; means do not. Such sums have \
                 been the usual series of event data since Goldstein (Journal of Conflict Resolution 36(2), 1992)." }
            p { "A pair of sides is in " em { "rising" } " tension where the mean of the last 7 days is lower by 1 or more than that of the 21 days before, in " em { "falling" } " tension where \
                 it is higher by as much; with fewer than 2 events on either side nothing is said. See " a href="/tension" { "tension" } "." }
        }))
        (part("scale", &html! {
            p { "PLOVER 2.0 (February 2024) gives each type and mode a score from −10 (conflict) to +10 (cooperation): that of the first mode in the codebook’s order, else of the type. \
                 Quadrants divide types into words and deeds of cooperation and of conflict." }
        }))
        (part("confidence", &html! {
            p { "How likely type, actor and recipient of a telling are all right, 0 to 1, as a network learned from marked sentences says and as fitted on others; of an event, that of its surest \
                 telling. Below, under " a href="#errors" { "how often it is wrong" } ", stands how many of each tenth were right." }
        }))
        (part("dates", &html! {
            p { "The day of an event is what the report says, counted from its day of publication (“on Monday”). The day of publication never stands in for it: an event whose day no report \
                 gives has none, and passes no filter of days. Where outlets give different days, the last word of each counts, and the day of most independent reports \
                 is shown first; all stand under “Who says what” of the event." }
        }))
        (part("places", &html! {
            p { "Names of places are looked up in the gazetteer that is built in; of several of one name, the one that suits the others of the report best is taken. Villages and \
                 squares that no table knows keep their name, with the country of what the text says they lie in. Where a report was written is not where its events were." }
        }))
    }
}

fn errors() -> Markup {
    // Built in and always the same.
    static RENDERED: LazyLock<String> = LazyLock::new(|| markdown::render(ACCURACY).into_string());
    part("errors", &html! { div.errors { (PreEscaped(RENDERED.as_str())) } })
}

fn versions(runs: &[RunRow], format: i64) -> Markup {
    part(
        "versions",
        &html! {
            p { "The page is made by dateline " (env!("CARGO_PKG_VERSION")) "; the record has format " (format) ". What was added last, and by what:" }
            @if runs.is_empty() { p.faint { "Nothing was added yet." } } @else {
                div.scrolled tabindex="0" role="region" aria-label="Runs" {
                    table {
                        thead { tr { th.number scope="col" { "Run" } th scope="col" { "When" } th scope="col" { "Software" } th scope="col" { "Models" } } }
                        tbody {
                            @for run in runs {
                                tr {
                                    td.number { (run.id) }
                                    td { @match &run.started { Some(at) => (show(at)), None => span.faint { "not told" } } }
                                    td { (show(&run.software)) }
                                    td { ul { @for model in run.models.split(", ") { li { code { (show(model)) } } } } }
                                }
                            }
                        }
                    }
                }
                p.note { "Each model is named with a hash of its bytes." }
            }
        },
    )
}
