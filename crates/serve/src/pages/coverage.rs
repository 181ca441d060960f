//! `/coverage`: where the record is thin: days, outlets, countries; and what was left out of it, with the reason.
//!
//! Outlets, languages and reasons are those of the latest reports added, as many as the page says.

use crate::answer::Rendered;
use crate::asked::Asked;
use crate::charts::{calendar, monday};
use crate::error::PageError;
use crate::fields;
use crate::formats::pretty;
use crate::layout::Page;
use crate::lists;
use crate::words::{country_name, cut, day_in_words, n_of, thousands, time};
use dateline_record::{CountryCount, Coverage, Record};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Weeks of the calendar, up to the last day.
const WEEKS: i32 = 53;
/// Rows of each table.
const OUTLETS: usize = 30;
const COUNTRIES: usize = 30;
const GAPS: usize = 12;
const REASONS: usize = 12;

/// For programs.
pub(crate) fn json(record: &mut Record, asked: &Asked) -> Result<Rendered, PageError> {
    fields::only(asked, &[])?;
    let coverage = record.coverage()?;
    let days = record.report_days()?;
    let countries = record.countries()?;
    Ok(Rendered::json(pretty(&json!({
        "days": days.iter().map(|(day, n)| json!({"day": day.to_string(), "n_reports": n})).collect::<Vec<_>>(),
        "gaps": gaps(&days).iter().map(|gap| json!({"from": gap.from.to_string(), "to": gap.to.to_string()})).collect::<Vec<_>>(),
        "n_looked_through": coverage.n_looked_through,
        "n_without_outlet": coverage.n_without_outlet,
        "n_without_day": coverage.n_without_day,
        "outlets": coverage.outlets.iter().map(|outlet| json!({
            "outlet": outlet.outlet,
            "n_reports": outlet.n_reports,
            "n_coded": outlet.n_coded,
            "first_day": outlet.first_day.map(|day| day.to_string()),
            "last_day": outlet.last_day.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "languages": coverage.languages.iter().map(|(language, n)| json!({"language": language, "n_reports": n})).collect::<Vec<_>>(),
        "uncoded": coverage.uncoded.iter().map(|(why, n)| json!({"reason": why, "n_reports": n})).collect::<Vec<_>>(),
        "countries": countries.iter().map(|count| json!({
            "country": count.country.map(|code| code.to_string()),
            "n_events": count.n_events,
            "n_places": count.n_places,
        })).collect::<Vec<_>>(),
    }))))
}

/// The page.
pub(crate) fn page(record: &mut Record, asked: &Asked) -> Result<Page, PageError> {
    fields::only(asked, &[])?;
    let days = record.report_days()?;
    let coverage = record.coverage()?;
    let countries = record.countries()?;
    let gaps = gaps(&days);
    let summary = summed_up(&days, &gaps);
    let body = html! {
        header.page-head {
            h1 { "Coverage" }
            p.lede { (summary) }
        }
        @if coverage.n_looked_through == 0 {
            (lists::nothing("reports", false, &asked.path))
        } @else {
            @if let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) {
                section.strip aria-labelledby="days" {
                    h2 #days { "Reports of each day" }
                    (by_day(&days, *first, *last))
                }
            }
            div.columns {
                div.main-column {
                    (outlets(&coverage, asked.state.last_day))
                    (left_out(&coverage))
                }
                div.aside {
                    @if !gaps.is_empty() { (without_reports(&gaps)) }
                    @if !countries.is_empty() { (thin_countries(&countries)) }
                }
            }
        }
    };
    Ok(Page {
        title: "Coverage".to_owned(),
        summary,
        section: "/coverage",
        data: vec![("JSON", "/coverage.json".to_owned())],
        body,
    })
}

/// Days that follow one another and have no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    from: Date,
    to: Date,
}

impl Gap {
    fn n_days(self) -> u32 {
        self.from.until(self.to).map_or(0, |span| span.get_days()).unsigned_abs() + 1
    }
}

/// The gaps between days with reports, the longest first.
fn gaps(days: &[(Date, u32)]) -> Vec<Gap> {
    let pairs = days.windows(2).filter_map(|pair| match pair {
        [(before, _), (after, _)] => {
            let gap = Gap { from: before.saturating_add(1.day()), to: after.saturating_sub(1.day()) };
            (gap.from <= gap.to).then_some(gap)
        }
        _ => None,
    });
    let mut gaps: Vec<Gap> = pairs.collect();
    gaps.sort_by_key(|gap| (Reverse(gap.n_days()), Reverse(gap.from)));
    gaps
}

fn summed_up(days: &[(Date, u32)], gaps: &[Gap]) -> String {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else {
        return "No report of the record has a day.".to_owned();
    };
    let n_without: u64 = gaps.iter().map(|gap| u64::from(gap.n_days())).sum();
    let without = match n_without {
        0 => "each day has one".to_owned(),
        1 => "one day between has none".to_owned(),
        n => format!("{} days between have none", thousands(n)),
    };
    format!(
        "Reports were published on {} from {} to {}; {without}.",
        n_of(days.len() as u64, "day", "days"),
        day_in_words(*first),
        day_in_words(*last)
    )
}

fn by_day(days: &[(Date, u32)], first: Date, last: Date) -> Markup {
    let counts: BTreeMap<Date, u32> = days.iter().copied().collect();
    let shown = first.max(monday(last).saturating_sub(((WEEKS - 1) * 7).days()));
    let label = format!("Reports of each day from {} to {}", day_in_words(shown), day_in_words(last));
    let n_before: u64 = counts.range(..shown).map(|(_, n)| u64::from(*n)).sum();
    html! {
        (calendar(&counts, shown, last, &label, &|day| format!("/lineage?from={day}&to={day}")))
        @if n_before > 0 {
            p.note { "Not drawn: " (n_of(n_before, "report", "reports")) " of earlier days, the first of " (time(first)) ". The data have all days." }
        }
        details.explain {
            summary { "The same week by week" }
            div.scrolled tabindex="0" role="region" aria-label="Reports of each day, week by week" {
                table.weeks {
                    thead { tr { th scope="col" { "Week of" } @for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] { th.number scope="col" { (day) } } } }
                    tbody {
                        @for week in monday(shown).series(7.days()).take_while(|&week| week <= last) {
                            tr {
                                th scope="row" { (day_in_words(week)) }
                                @for day in week.series(1.day()).take(7) {
                                    td.number { @if day >= shown && day <= last { (counts.get(&day).copied().unwrap_or(0)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn outlets(coverage: &Coverage, last: Option<Date>) -> Markup {
    let silent = |day: Option<Date>| {
        let n = day.zip(last).map_or(0, |(day, last)| day.until(last).map_or(0, |span| span.get_days()));
        (n > 0).then(|| format!("{} before the latest", n_of(n.unsigned_abs().into(), "day", "days")))
    };
    html! {
        section aria-labelledby="outlets" {
            h2 #outlets { "Outlets" }
            @if coverage.outlets.is_empty() { p.faint { "No report names its outlet." } } @else {
                table {
                    thead { tr { th scope="col" { "Outlet" } th.number scope="col" { "Reports" } th.number scope="col" { "Coded" } th scope="col" { "Last one" } } }
                    tbody {
                        @for outlet in coverage.outlets.iter().take(OUTLETS) {
                            tr {
                                td { (cut(&outlet.outlet, 60)) }
                                td.number { (thousands(outlet.n_reports.into())) }
                                td.number { (thousands(outlet.n_coded.into())) }
                                td {
                                    @match outlet.last_day { Some(day) => (time(day)), None => span.faint { "no day" } }
                                    @if let Some(silent) = silent(outlet.last_day) { br; span.faint { (silent) } }
                                }
                            }
                        }
                    }
                }
                @if coverage.outlets.len() > OUTLETS { p.note { "And " (coverage.outlets.len() - OUTLETS) " outlets of fewer reports; the data have all." } }
            }
            p.note {
                "Of the " (thousands(coverage.n_looked_through.into())) " reports added last: "
                (n_of(coverage.n_without_outlet.into(), "names", "name")) " no outlet, "
                (n_of(coverage.n_without_day.into(), "has", "have")) " no day of publication."
            }
        }
    }
}

fn left_out(coverage: &Coverage) -> Markup {
    html! {
        section aria-labelledby="left-out" {
            h2 #left-out { "What was not coded" }
            @if coverage.uncoded.is_empty() { p { "Something could be read from each of these reports." } } @else {
                table {
                    thead { tr { th scope="col" { "Reason" } th.number scope="col" { "Reports" } } }
                    tbody { @for (why, n) in coverage.uncoded.iter().take(REASONS) { tr { td { (cut(why, 160)) } td.number { (thousands((*n).into())) } } } }
                }
                @if coverage.uncoded.len() > REASONS { p.note { "And " (coverage.uncoded.len() - REASONS) " rarer reasons; the data have all." } }
            }
            h3 { "Languages" }
            table {
                thead { tr { th scope="col" { "Language" } th.number scope="col" { "Reports" } } }
                tbody {
                    @for (language, n) in &coverage.languages {
                        tr {
                            td { @match language { Some(code) => span.code { (cut(code, 12)) }, None => "not told apart" } }
                            td.number { (thousands((*n).into())) }
                        }
                    }
                }
            }
            p.note { "Only English is coded; reports in other languages are kept with the reason." }
        }
    }
}

fn without_reports(gaps: &[Gap]) -> Markup {
    html! {
        section aria-labelledby="gaps" {
            h2 #gaps { "Days without a report" }
            ul.plain-list {
                @for gap in gaps.iter().take(GAPS) {
                    li {
                        @if gap.from == gap.to { (time(gap.from)) } @else { (time(gap.from)) " – " (time(gap.to)) }
                        " " span.faint { (n_of(gap.n_days().into(), "day", "days")) }
                    }
                }
            }
            @if gaps.len() > GAPS { p.note { "And " (gaps.len() - GAPS) " shorter gaps." } }
            p.note { "Nothing told on a day is not nothing done on it." }
        }
    }
}

fn thin_countries(countries: &[CountryCount]) -> Markup {
    html! {
        section aria-labelledby="countries" {
            h2 #countries { "Countries with fewest events" }
            table {
                thead { tr { th scope="col" { "Country of the place" } th.number scope="col" { "Events" } th.number scope="col" { "Places" } } }
                tbody {
                    @for count in countries.iter().take(COUNTRIES) {
                        tr {
                            td {
                                @match count.country {
                                    Some(code) => a href=(format!("/events?country={code}")) { (country_name(code)) },
                                    None => "not known",
                                }
                            }
                            td.number { (thousands(count.n_events.into())) }
                            td.number { (thousands(count.n_places.into())) }
                        }
                    }
                }
            }
            @if countries.len() > COUNTRIES { p.note { "Of " (countries.len()) " countries with a place of an event." } }
            p.note { "Countries that are not here have no place of an event in the record." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn gaps_are_between_days_with_reports() {
        let day = |n| (date(2022, 4, n), 1);
        let found = gaps(&[day(1), day(2), day(4), day(8), day(9)]);
        let expected =
            [(5, 7), (3, 3)].map(|(from, to)| Gap { from: date(2022, 4, from), to: date(2022, 4, to) });
        assert_eq!(found, expected);
        assert_eq!(found.iter().map(|gap| gap.n_days()).collect::<Vec<_>>(), [3, 1]);
        assert!(gaps(&[]).is_empty() && gaps(&[day(1)]).is_empty());
    }
}
