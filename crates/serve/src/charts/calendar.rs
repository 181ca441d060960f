//! A calendar of weeks: one column a week, Monday above, each day the stronger in colour the more reports it has.

use crate::words::{day_in_words, n_of, short_day};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Units of a day with the space around it, and of the line of months above.
const CELL: i32 = 14;
const ABOVE: i32 = 16;
/// Steps of darkness, without that of no report.
const STEPS: u32 = 4;

/// The Monday of a week.
pub(crate) fn monday(day: Date) -> Date {
    day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days())
}

/// How dark a day is, 0 to [`STEPS`]: on a scale of logarithms, as days of a crisis have many times more than others.
fn darkness(n: u32, most: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    let part = f64::from(n).ln_1p() / f64::from(most.max(1)).ln_1p();
    ((part * f64::from(STEPS)).ceil() as u32).clamp(1, STEPS)
}

/// The days from `first` to `last` with their numbers of reports; days outside them are left out.
pub(crate) fn calendar(
    counts: &BTreeMap<Date, u32>,
    first: Date,
    last: Date,
    label: &str,
    address: &dyn Fn(Date) -> String,
) -> Markup {
    let begin = monday(first);
    let n_weeks = begin.until(last).map_or(0, |span| span.get_days()) / 7 + 1;
    let most = counts.range(first..=last).map(|(_, n)| *n).max().unwrap_or(0);
    let (width, height) = (n_weeks * CELL, ABOVE + 7 * CELL);
    let days = || first.series(1.day()).take_while(|&day| day <= last);
    let at = |day: Date| {
        let number = begin.until(day).map_or(0, |span| span.get_days());
        (number / 7 * CELL, ABOVE + number % 7 * CELL)
    };
    let in_words = |day: Date| {
        let n = counts.get(&day).copied().unwrap_or(0);
        format!(
            "{}: {}",
            day_in_words(day),
            if n == 0 { "no report".to_owned() } else { n_of(n.into(), "report", "reports") }
        )
    };
    html! {
        figure.calendar {
            div.calendar-frame tabindex="0" role="region" aria-label=(label) {
                svg viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) role="group" aria-label=(label) {
                    title { (label) }
                    @for day in days().filter(|day| day.day() == 1 || *day == first) {
                        // The first month has no room for its name where the next begins soon.
                        @if day.day() == 1 || day.day() < 20 { text x=(at(day).0) y="11" { (&short_day(day)[short_day(day).len() - 3..]) } }
                    }
                    @for day in days() {
                        @let n = counts.get(&day).copied().unwrap_or(0);
                        @let (x, y) = at(day);
                        @if n > 0 {
                            a href=(address(day)) tabindex="-1" aria-label=(in_words(day)) {
                                title { (in_words(day)) }
                                rect.(format!("d{}", darkness(n, most))) x=(x + 1) y=(y + 1) width=(CELL - 2) height=(CELL - 2) rx="2" {}
                            }
                        } @else {
                            rect.d0 x=(x + 1) y=(y + 1) width=(CELL - 2) height=(CELL - 2) rx="2" { title { (in_words(day)) } }
                        }
                    }
                }
            }
            figcaption { "A column is a week, Monday above. The stronger the colour, the more reports: at most " (n_of(most.into(), "report", "reports")) " a day; hollow, none." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_lie_in_their_weeks() {
        for (day, expected) in [
            (date(2022, 4, 18), date(2022, 4, 18)),
            (date(2022, 4, 24), date(2022, 4, 18)),
            (date(2022, 4, 25), date(2022, 4, 25)),
        ] {
            assert_eq!(monday(day), expected, "{day}");
        }
        let counts = BTreeMap::from([(date(2022, 4, 20), 3), (date(2022, 4, 26), 1)]);
        let drawn =
            calendar(&counts, date(2022, 4, 20), date(2022, 4, 26), "reports", &|day| format!("/day/{day}"));
        let drawn = drawn.into_string();
        assert!(drawn.contains("viewBox=\"0 0 28 114\""), "{drawn}");
        assert!(
            drawn.contains("20 April 2022: 3 reports") && drawn.contains("21 April 2022: no report"),
            "{drawn}"
        );
        assert_eq!(drawn.matches("<rect").count(), 7);
    }

    #[test]
    fn one_report_is_never_nothing() {
        for (n, most, expected) in [(0, 9, 0), (1, 1, 4), (1, 1000, 1), (1000, 1000, 4), (30, 1000, 2)] {
            assert_eq!(darkness(n, most), expected, "{n} of {most}");
        }
    }
}
