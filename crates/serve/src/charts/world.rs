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
fn ring(path: &mut String, line: &str) {
    let mut numbers = line.split(' ').skip(1).filter_map(|number| number.parse::<i32>().ok());
    let (mut lon, mut lat) = (0, 0);
    let mut is_first = true;
    while let (Some(east), Some(north)) = (numbers.next(), numbers.next()) {
        (lon, lat) = (lon + east, lat + north);
        let (x, y) = project(f64::from(lat) / 100.0, f64::from(lon) / 100.0);
        let letter = if is_first { 'M' } else { 'L' };
        _ = write!(path, "{letter}{} {}", short(x), short(y));
        is_first = false;
    }
    path.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;

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
