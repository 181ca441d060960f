//! A map with dots: where something happened, how surely, and of what kind.
//!
//! In:  dots with coordinates.
//! Out: a map of the region they lie in. A dot is larger the more independent reports there are, square for conflict and
//!      round for cooperation, hollow for words and full for deeds, and leads to what lies there.

use super::projection::{HEIGHT, WIDTH, project};
use super::short;
use crate::assets::ADDRESSES;
use crate::words::quad_class;
use dateline_plover::QuadClass;
use maud::{Markup, html};

/// A place on a map.
pub(crate) struct Dot {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Independent reports of what lies there.
    pub weight: u32,
    /// What most of it is.
    pub quad: QuadClass,
    /// What it is called.
    pub name: String,
    /// In words, for whoever points at it or cannot see it.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// Units that a map is wide at least, a tenth of the world: the outlines are too rough for more.
const LEAST_WIDTH: f64 = 220.0;
/// Of a map.
const RATIO: f64 = 0.56;

/// How much of the world a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// As much as the dots need.
    Region,
    /// All of it.
    World,
}

/// A map. `label` says what it shows.
pub(crate) fn map(dots: &[Dot], frame: Frame, label: &str) -> Markup {
    let points: Vec<(f64, f64)> = dots.iter().map(|dot| project(dot.lat, dot.lon)).collect();
    let (x, y, width, height) = match frame {
        Frame::Region => view(&points),
        Frame::World => view(&[]),
    };
    let view = [x, y, width, height].map(short).join(" ");
    // The largest first, so that small ones stay in reach.
    let mut order: Vec<usize> = (0..dots.len()).collect();
    order.sort_by_key(|&number| std::cmp::Reverse(dots[number].weight));
    html! {
        figure.map data-map {
            svg viewBox=(view) data-home=(view) role="group" aria-label=(label) preserveAspectRatio="xMidYMid slice" {
                title { (label) }
                use.land href=(format!("{}#land", ADDRESSES.world)) {}
                @for number in order {
                    (dot(&dots[number], points[number]))
                }
            }
            div.map-tools hidden {
                button type="button" data-zoom="in" title="Closer" { "+" }
                button type="button" data-zoom="out" title="Further away" { "−" }
                button type="button" data-zoom="home" title="As at first" { "⌂" }
            }
        }
    }
}

fn dot(dot: &Dot, (x, y): (f64, f64)) -> Markup {
    // The area grows with the weight.
    let size = (f64::from(dot.weight.clamp(1, 64))).sqrt() * 5.0 + 4.0;
    let is_conflict = matches!(dot.quad, QuadClass::VerbalConflict | QuadClass::MaterialConflict);
    let is_verbal = matches!(dot.quad, QuadClass::VerbalCooperation | QuadClass::VerbalConflict);
    let ends = if is_conflict { "square" } else { "round" };
    // A square end is as wide as the line, and looks larger than a round one.
    let size = if is_conflict { size * 0.88 } else { size };
    let path = format!("M{} {}h0", short(x), short(y));
    let stroke = |class: &str, width: f64| {
        html! {
            path class=(class) d=(path) stroke-linecap=(ends) stroke-width=(short(width)) vector-effect="non-scaling-stroke" {}
        }
    };
    html! {
        a.dot.(quad_class(dot.quad)) href=(dot.href) tabindex="-1" aria-label=(dot.title) {
            title { (dot.title) }
            (stroke("touch", size.max(24.0)))
            (stroke("rim", size + 2.5))
            (stroke("body", size))
            @if is_verbal { (stroke("hole", (size - 5.0).max(2.0))) }
        }
    }
}

/// Left, top, width and height of what is shown.
fn view(points: &[(f64, f64)]) -> (f64, f64, f64, f64) {
    // A little above and below, so that the frame has the same shape as that of a region.
    let world = (0.0, (HEIGHT - WIDTH * RATIO) / 2.0, WIDTH, WIDTH * RATIO);
    let bounds = points.iter().fold(None, |bounds: Option<(f64, f64, f64, f64)>, &(x, y)| {
        let (left, top, right, bottom) = bounds.unwrap_or((x, y, x, y));
        Some((left.min(x), top.min(y), right.max(x), bottom.max(y)))
    });
    let Some((left, top, right, bottom)) = bounds else { return world };
    let width = ((right - left) * 1.3).max((bottom - top) * 1.4 / RATIO).max(LEAST_WIDTH);
    if width > WIDTH * 0.8 {
        return world;
    }
    let height = width * RATIO;
    let x = ((left + right - width) / 2.0).clamp(0.0, WIDTH - width);
    let y = ((top + bottom - height) / 2.0).clamp(0.0, (HEIGHT - height).max(0.0));
    (x, y, width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_shows_the_region_of_its_dots() {
        let seoul = project(37.6, 127.0);
        for (points, expected) in [
            (vec![], (0.0, -40.0, 2000.0, 1120.0)),
            (vec![(0.0, 0.0), (2000.0, 1000.0)], (0.0, -40.0, 2000.0, 1120.0)),
            (vec![(500.0, 500.0)], (390.0, 438.4, 220.0, 123.2)),
            (vec![(0.0, 0.0)], (0.0, 0.0, 220.0, 123.2)),
        ] {
            let (x, y, width, height) = view(&points);
            let (left, top, wide, tall) = expected;
            assert_eq!([x, y, width, height].map(short), [left, top, wide, tall].map(short), "{points:?}");
        }
        let (x, y, width, height) = view(&[seoul, project(39.0, 125.8)]);
        assert!(x < seoul.0 && seoul.0 < x + width && y < seoul.1 && seoul.1 < y + height);
    }

    #[test]
    fn titles_cannot_break_out() {
        let dot = Dot {
            lat: 1.0,
            lon: 2.0,
            weight: 3,
            quad: QuadClass::VerbalConflict,
            name: "<script>".to_owned(),
            title: "<script>\"".to_owned(),
            href: "/events?place=p1".to_owned(),
        };
        let drawn = map(&[dot], Frame::World, "a & b").into_string();
        assert!(
            !drawn.contains("<script>") && drawn.contains("a &amp; b") && !drawn.contains("style="),
            "{drawn}"
        );
    }
}
