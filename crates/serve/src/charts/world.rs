//! The outlines of countries, as one drawing that all maps use and browsers keep.

use super::projection::{HEIGHT, WIDTH, project};
use super::short;
use std::fmt::Write;
use std::sync::LazyLock;

const OUTLINES: &str = include_str!("../../data/world.txt");

/// The drawing; its path `land` has no colour of its own.
pub(crate) fn world_svg() -> &'static str {
    static SVG: LazyLock<String> = LazyLock::new(|| {
        let mut path = String::new();
        for line in OUTLINES.lines().filter(|line| !line.starts_with('#')) {
            ring(&mut path, line);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\"><path id=\"land\" d=\"{path}\" \
             vector-effect=\"non-scaling-stroke\"/></svg>\n"
        )
    });
    &SVG
}

/// A ring of [`OUTLINES`]: a code, a point in hundredths of a degree, steps to the next ones.
///
/// Rings run on over the 180th meridian, where the drawing ends: such a ring is drawn at both edges, cut off there.
fn ring(path: &mut String, line: &str) {
    let mut numbers = line.split(' ').skip(1).filter_map(|number| number.parse::<i32>().ok());
    let mut points: Vec<(i32, i32)> = Vec::new();
    let (mut lon, mut lat) = (0, 0);
    while let (Some(east), Some(north)) = (numbers.next(), numbers.next()) {
        // A step of half the world is one over the edge.
        let over = if points.is_empty() { 0 } else { (east + 18_000).div_euclid(36_000) * 36_000 };
        (lon, lat) = (lon + east - over, lat + north);
        points.push((lon, lat));
    }
    // Around a pole a ring ends where it began, but for a turn: it is closed along the lower edge.
    if let (Some(&(first, _)), Some(&(last, _))) = (points.first(), points.last())
        && (last - first).abs() > 30_000
    {
        points.extend([(last, -9000), (first, -9000)]);
    }
    let from = points.iter().map(|(lon, _)| *lon).min().unwrap_or(0);
    let to = points.iter().map(|(lon, _)| *lon).max().unwrap_or(0);
    for turn in [-36_000, 0, 36_000] {
        if from + turn < 18_000 && to + turn > -18_000 {
            draw(path, &points, turn);
        }
    }
}

fn draw(path: &mut String, points: &[(i32, i32)], turn: i32) {
    let mut last = None;
    for &(lon, lat) in points {
        let lon = (lon + turn).clamp(-18_000, 18_000);
        let (x, y) = project(f64::from(lat) / 100.0, f64::from(lon) / 100.0);
        let point = (short(x), short(y));
        if last.as_ref() != Some(&point) {
            _ = write!(path, "{}{} {}", if last.is_none() { 'M' } else { 'L' }, point.0, point.1);
            last = Some(point);
        }
    }
    path.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_over_the_edge_are_drawn_at_both() {
        for (line, n_rings) in [
            ("36 1000 2000 100 0 -100 100", 1),
            ("643 17900 6500 200 0 -200 100", 2),
            ("242 -17900 -1600 35800 0 100 -100", 2),
        ] {
            let mut path = String::new();
            ring(&mut path, line);
            assert_eq!(path.matches('M').count(), n_rings, "{line}: {path}");
        }
    }

    #[test]
    fn the_world_is_drawn_within_its_frame() {
        let svg = world_svg();
        assert!(svg.len() < 250_000, "{} bytes", svg.len());
        let path = svg.split(" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
        assert!(path.matches('Z').count() > 200);
        for point in path.split(['M', 'L', 'Z']).filter(|point| !point.is_empty()) {
            let (x, y) = point.split_once(' ').expect("two numbers");
            let (x, y): (f64, f64) = (x.parse().expect("a number"), y.parse().expect("a number"));
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y), "{point}");
        }
    }
}
