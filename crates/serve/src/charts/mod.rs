//! Drawings: SVG of our own, with a title, and always beside text that says the same.
//!
//! Links in a drawing are for whoever points at it; the text beside it has the same ones for the keyboard, a few at a time. A
//! drawing with links is a group and no image, as what is inside an image is hidden from screen readers.
//!
//! Bars and lines are stretched to the width of the page, so their words stand beside them in HTML, where they keep their
//! size. Strokes do not stretch: a dot is a line of no length with round or square ends.

mod calendar;
mod copies;
mod days;
mod map;
mod projection;
mod tension;
mod world;

pub(crate) use calendar::{calendar, monday};
pub(crate) use copies::{Copied, copies};
pub(crate) use days::{DayCount, day_bars};
pub(crate) use map::{Dot, Frame, map};
pub(crate) use tension::{sparkline, tension_line};
pub(crate) use world::world_svg;

/// A coordinate with one decimal, in the fewest letters.
fn short(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    // Minus nothing is nothing.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}
