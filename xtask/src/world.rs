//! Makes the outlines that the map of the web page is drawn from.
//!
//! In:  `countries-110m.json` of the npm package world-atlas 2.0.2 (TopoJSON).
//! Out: `crates/serve/data/world.txt`: one line a ring, points in hundredths of a degree, each but the first counted
//!      from the one before.
//!
//! Not done: names of countries; the map has none.
//!
//! ```text
//! 410 12617 3775 6 -41 …        South Korea (ISO 3166 numeric), 126.17° E 37.75° N, then 0.06° east, 0.41° south, …
//! ```

use serde_json::Value;
use std::fs;
use std::path::Path;

const HEAD: &str = "\
# Outlines of countries, for maps of the world and of its regions.
# Source: Natural Earth, 1:110m cultural vectors, by way of the npm package world-atlas 2.0.2 (countries-110m.json).
# Licence: Natural Earth is in the public domain; world-atlas is ISC, copyright 2013-2019 Michael Bostock.
# Written by `cargo xtask world PATH`. A line is a ring: ISO 3166 numeric code, longitude and latitude of its first
# point in hundredths of a degree, then the steps from point to point.
";

/// Writes the outlines.
pub fn write(root: &Path, from: &Path) -> Result<String, Vec<String>> {
    let failed = |what: String| vec![format!("{}: {what}", from.display())];
    let bytes = fs::read(from).map_err(|error| failed(error.to_string()))?;
    let atlas: Value = serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))?;
    let lines = rings(&atlas).ok_or_else(|| failed("not the TopoJSON of world-atlas".to_owned()))?;
    let path = root.join("crates/serve/data/world.txt");
    fs::write(&path, format!("{HEAD}{}\n", lines.join("\n"))).map_err(|error| failed(error.to_string()))?;
    Ok(format!("{} rings", lines.len()))
}

type Point = (i64, i64);

fn rings(atlas: &Value) -> Option<Vec<String>> {
    let numbers = |value: &Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let scale = numbers(&atlas["transform"]["scale"])?;
    let translate = numbers(&atlas["transform"]["translate"])?;
    let mut arcs: Vec<Vec<Point>> = Vec::new();
    for arc in atlas["arcs"].as_array()? {
        let (mut x, mut y) = (0.0, 0.0);
        let mut points = Vec::new();
        for step in arc.as_array()? {
            let (dx, dy) = numbers(step)?;
            (x, y) = (x + dx, y + dy);
            let hundredths = |number: f64| (number * 100.0).round() as i64;
            points.push((hundredths(x * scale.0 + translate.0), hundredths(y * scale.1 + translate.1)));
        }
        arcs.push(points);
    }
    let mut lines = Vec::new();
    for country in atlas["objects"]["countries"]["geometries"].as_array()? {
        let polygons = match country["type"].as_str()? {
            "Polygon" => vec![&country["arcs"]],
            _ => country["arcs"].as_array()?.iter().collect(),
        };
        let code = country["id"].as_str().unwrap_or("0");
        for ring in polygons.into_iter().filter_map(Value::as_array).flatten() {
            let mut points: Vec<Point> = Vec::new();
            for arc in ring.as_array()? {
                let number = arc.as_i64()?;
                // A negative number is the complement of the arc's own, which then runs backwards.
                let arc = arcs.get(usize::try_from(if number < 0 { !number } else { number }).ok()?)?;
                let mut add = |&point: &Point| {
                    if points.last() != Some(&point) {
                        points.push(point);
                    }
                };
                if number < 0 { arc.iter().rev().for_each(&mut add) } else { arc.iter().for_each(&mut add) }
            }
            lines.push(line(code, &points));
        }
    }
    Some(lines)
}

fn line(code: &str, points: &[Point]) -> String {
    let mut line = code.trim_start_matches('0').to_owned();
    if line.is_empty() {
        line.push('0');
    }
    let mut last = (0, 0);
    for &(x, y) in points {
        line += &format!(" {} {}", x - last.0, y - last.1);
        last = (x, y);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_are_put_together_in_both_directions() {
        let atlas = serde_json::json!({
            "transform": {"scale": [0.1, 0.1], "translate": [10.0, 20.0]},
            "arcs": [[[0, 0], [10, 0]], [[0, 0], [0, 10], [10, -10]]],
            "objects": {"countries": {"geometries": [{"type": "Polygon", "id": "036", "arcs": [[0, -2]]}]}},
        });
        assert_eq!(rings(&atlas), Some(vec!["36 1000 2000 100 0 -100 100 0 -100".to_owned()]));
    }
}
