//! Bars of days: how much happened on each, by quadrant.

use super::short;
use crate::words::{day_in_words, n_of, quad_class, quad_sign, short_day};
use dateline_plover::QuadClass;
use jiff::civil::Date;
use maud::{Markup, html};

/// What happened on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayCount {
    /// The day.
    pub day: Date,
    /// Events, in the order of [`QuadClass::ALL`].
    pub by_quad: [u32; 4],
}

impl DayCount {
    fn n(&self) -> u32 {
        self.by_quad.iter().sum()
    }
}

/// Units of the drawing from bottom to top.
const HEIGHT: f64 = 100.0;

/// Bars for these days, which follow one another; each leads to `address(day)`. `label` says what they show.
pub(crate) fn day_bars(days: &[DayCount], label: &str, address: &dyn Fn(Date) -> String) -> Markup {
    let most = days.iter().map(DayCount::n).max().unwrap_or(0).max(1);
    let height = |n: u32| f64::from(n) / f64::from(most) * HEIGHT;
    let width = days.len().max(1) * 10;
    html! {
        figure.bars {
            div.bars-frame {
                span.bars-most { (n_of(most.into(), "event", "events")) }
                svg viewBox=(format!("0 0 {width} {HEIGHT}")) preserveAspectRatio="none" role="group" aria-label=(label) {
                    title { (label) }
                    @for (number, count) in days.iter().enumerate() {
                        @if count.n() > 0 {
                            a href=(address(count.day)) tabindex="-1" aria-label=(in_words(count)) {
                                title { (in_words(count)) }
                                rect.touch x=(number * 10) y="0" width="10" height=(HEIGHT) {}
                                @for (quad, x, y, tall) in stacked(count, number, &height) {
                                    rect.(quad_class(quad)) x=(x) y=(y) width="8" height=(tall) {}
                                }
                            }
                        }
                    }
                }
            }
            @if let (Some(first), Some(last)) = (days.first(), days.last()) {
                div.bars-axis aria-hidden="true" {
                    span { (day_in_words(first.day)) }
                    @if days.len() > 20 { span { (short_day(days[days.len() / 2].day)) } }
                    @if days.len() > 1 { span { (day_in_words(last.day)) } }
                }
            }
            (legend())
            details.explain {
                summary { "As a table" }
                table {
                    thead {
                        tr { th scope="col" { "Day" } @for &quad in QuadClass::ALL { th.number scope="col" { (quad_sign(quad)) " " (quad.as_str()) } } }
                    }
                    tbody {
                        @for count in days.iter().filter(|count| count.n() > 0) {
                            tr {
                                td { a href=(address(count.day)) { (day_in_words(count.day)) } }
                                @for n in count.by_quad { td.number { (n) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The pieces of one bar: quadrant, left, top, height; conflict at the bottom, where lengths compare best.
fn stacked(
    count: &DayCount,
    number: usize,
    height: &dyn Fn(u32) -> f64,
) -> Vec<(QuadClass, String, String, String)> {
    let mut top = HEIGHT;
    let pieces = QuadClass::ALL.iter().zip(count.by_quad).rev().filter(|(_, n)| *n > 0);
    pieces
        .map(|(&quad, n)| {
            top -= height(n);
            (quad, (number * 10 + 1).to_string(), short(top), short(height(n)))
        })
        .collect()
}

fn in_words(count: &DayCount) -> String {
    let parts = QuadClass::ALL.iter().zip(count.by_quad).filter(|(_, n)| *n > 0);
    let parts: Vec<String> = parts.map(|(quad, n)| format!("{n} {quad}")).collect();
    let n = n_of(count.n().into(), "event", "events");
    format!("{}: {n} ({})", day_in_words(count.day), parts.join(", "))
}

/// The signs of the quadrants with their names.
fn legend() -> Markup {
    html! {
        ul.legend {
            @for &quad in QuadClass::ALL { li { (quad_sign(quad)) " " (quad.as_str()) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_stacked_from_the_bottom() {
        let count = DayCount { day: jiff::civil::date(2022, 4, 18), by_quad: [1, 0, 0, 3] };
        let pieces = stacked(&count, 2, &|n| f64::from(n) * 25.0);
        let expected = [(QuadClass::MaterialConflict, "25", "75"), (QuadClass::VerbalCooperation, "0", "25")];
        for ((quad, x, y, tall), (of, top, height)) in pieces.iter().zip(expected) {
            assert_eq!((*quad, x.as_str(), y.as_str(), tall.as_str()), (of, "21", top, height));
        }
        assert_eq!(in_words(&count), "18 April 2022: 4 events (1 verbal cooperation, 3 material conflict)");
    }
}
