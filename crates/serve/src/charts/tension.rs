//! Lines of tension: the mean score of the events of each day, and how many there were.

use super::short;
use crate::words::{day_in_words, n_of, signed};
use dateline_record::Tension;
use jiff::civil::Date;
use maud::{Markup, html};

/// Units of the drawing for the line: from +10 at the top to -10.
const HEIGHT: f64 = 100.0;
/// Units below it for the numbers of events.
const COUNTS: f64 = 24.0;

/// How far down a mean lies.
fn down(mean: f64) -> f64 {
    (10.0 - mean.clamp(-10.0, 10.0)) / 20.0 * HEIGHT
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The line of these days, in order. Days without an event have no dot, and the line goes over them. `label` says what is
/// shown; `address` leads to the events of a day.
pub(crate) fn tension_line(days: &[Tension], label: &str, address: &dyn Fn(Date) -> String) -> Markup {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return html! {} };
    let span = days_between(first.day, last.day).max(1);
    let across = |day: Date| (f64::from(days_between(first.day, day)) + 0.5) * 10.0;
    let width = (f64::from(span) + 1.0) * 10.0;
    let most = days.iter().map(|day| day.n_events).max().unwrap_or(1).max(1);
    let points = days.iter().map(|day| (across(day.day), down(day.mean)));
    let line: String = points
        .enumerate()
        .map(|(number, (x, y))| format!("{}{} {}", if number == 0 { 'M' } else { 'L' }, short(x), short(y)))
        .collect();
    let middle = short(down(0.0));
    html! {
        figure.tension {
            div.tension-frame {
                div.tension-scale aria-hidden="true" { span { "+10" } span { "0" } span { "−10" } }
                svg viewBox=(format!("0 0 {} {}", short(width), HEIGHT + COUNTS)) preserveAspectRatio="none" role="group" aria-label=(label) {
                    title { (label) }
                    path.zero d=(format!("M0 {middle}H{}", short(width))) vector-effect="non-scaling-stroke" {}
                    path.line d=(line) vector-effect="non-scaling-stroke" fill="none" {}
                    @for day in days {
                        a href=(address(day.day)) tabindex="-1" aria-label=(in_words(day)) {
                            title { (in_words(day)) }
                            rect.touch x=(short(across(day.day) - 5.0)) y="0" width="10" height=(HEIGHT + COUNTS) {}
                            path.point.(if day.mean < 0.0 { "below" } else { "above" })
                                d=(format!("M{} {}h0", short(across(day.day)), short(down(day.mean))))
                                stroke-linecap="round" stroke-width="7" vector-effect="non-scaling-stroke" {}
                            @let tall = f64::from(day.n_events) / f64::from(most) * (COUNTS - 4.0);
                            rect.count x=(short(across(day.day) - 4.0)) y=(short(HEIGHT + COUNTS - tall)) width="8" height=(short(tall)) {}
                        }
                    }
                }
            }
            div.bars-axis aria-hidden="true" {
                span { (day_in_words(first.day)) }
                @if first.day != last.day { span { (day_in_words(last.day)) } }
            }
            figcaption { "Mean score of the events of each day, from −10 (conflict) to +10 (cooperation); below, how many there were: at most " (n_of(most.into(), "event", "events")) " a day." }
            details.explain {
                summary { "As a table" }
                table {
                    thead { tr { th scope="col" { "Day" } th.number scope="col" { "Mean" } th.number scope="col" { "Events" } } }
                    tbody {
                        @for day in days {
                            tr {
                                td { a href=(address(day.day)) { (day_in_words(day.day)) } }
                                td.number { (signed(((day.mean * 10.0).round() / 10.0) as f32)) }
                                td.number { (day.n_events) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn in_words(day: &Tension) -> String {
    let mean = signed(((day.mean * 10.0).round() / 10.0) as f32);
    format!("{}: mean {mean}, {}", day_in_words(day.day), n_of(day.n_events.into(), "event", "events"))
}

/// A small line without words, for beside a sentence that says the same. `means` are of days that follow one another,
/// nothing where there was no event.
pub(crate) fn sparkline(means: &[Option<f64>]) -> Markup {
    let known: Vec<(f64, f64)> = means
        .iter()
        .enumerate()
        .filter_map(|(number, mean)| Some((number as f64 * 10.0 + 5.0, down((*mean)?))))
        .collect();
    let Some(&(last_x, last_y)) = known.last() else { return html! {} };
    let line: String = known
        .iter()
        .enumerate()
        .map(|(number, (x, y))| format!("{}{} {}", if number == 0 { 'M' } else { 'L' }, short(*x), short(*y)))
        .collect();
    let width = means.len().max(1) * 10;
    let middle = short(down(0.0));
    html! {
        svg.spark viewBox=(format!("0 0 {width} {HEIGHT}")) preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            path.zero d=(format!("M0 {middle}H{width}")) vector-effect="non-scaling-stroke" {}
            path.line d=(line) fill="none" vector-effect="non-scaling-stroke" {}
            path.point d=(format!("M{} {}h0", short(last_x), short(last_y))) stroke-linecap="round" stroke-width="5" vector-effect="non-scaling-stroke" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflict_lies_below_cooperation() {
        for (mean, expected) in [(10.0, 0.0), (0.0, 50.0), (-10.0, 100.0), (-99.0, 100.0)] {
            assert_eq!(down(mean), expected, "{mean}");
        }
    }

    #[test]
    fn days_without_events_have_no_dot() {
        let day = |day, mean| Tension {
            day: jiff::civil::date(2022, 4, day),
            n_events: 1,
            n_conflict: 0,
            n_cooperation: 0,
            sum: mean,
            mean,
        };
        let drawn =
            tension_line(&[day(1, -5.0), day(4, 5.0)], "tension", &|day| format!("/events?from={day}"));
        let drawn = drawn.into_string();
        assert_eq!(drawn.matches("<title>").count(), 3, "{drawn}");
        assert!(drawn.contains("M5 75L35 25"), "{drawn}");
        assert!(sparkline(&[None, None]).into_string().is_empty());
    }
}
