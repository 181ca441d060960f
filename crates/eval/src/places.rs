//! Names of places by exact span, and how far from the right point on the map they were put.
//!
//! Distances are over the gold names with coordinates that were found; a name without predicted coordinates
//! counts as half round the earth. `end_to_end_161km` is over all gold names with coordinates.

use crate::measures::{Matching, mean, ratio};
use crate::records::{Record, Span};
use crate::stages::{code_article, pipeline};
use crate::task::measure;
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_plover::CodedReport;
use dateline_resolve::find_toponyms;
use dateline_text::CodePoints;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::path::Path;

#[derive(Clone, Debug, Deserialize)]
struct Gold {
    id: String,
    #[serde(default)]
    text: String,
    /// The day of publication, where the source has it.
    #[serde(default)]
    date: Option<String>,
    toponyms: Vec<Toponym>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Predicted {
    id: String,
    #[serde(default)]
    toponyms: Vec<Toponym>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Toponym {
    start: u32,
    end: u32,
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lon: Option<f64>,
}

impl Record for Gold {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Record for Predicted {
    fn id(&self) -> &str {
        &self.id
    }
}

pub(crate) fn run(path: &Path, options: &Options) -> Result<Figures, EvalError> {
    measure(path, options, predict, score)
}

fn predict(gold: &[Gold]) -> Result<Vec<Predicted>, EvalError> {
    let pipeline = pipeline()?;
    let predict = |gold: &Gold| {
        let coded = code_article(&pipeline, &gold.id, &gold.text, gold.date.as_deref());
        let toponyms = coded.as_ref().map(toponyms_of).unwrap_or_default();
        Predicted { id: gold.id.clone(), toponyms }
    };
    Ok(gold.par_iter().map(predict).collect())
}

/// All words that name a place in any way: the gold data count `Georgian` and the `Kyiv` of "Kyiv said" too.
fn toponyms_of(coded: &CodedReport) -> Vec<Toponym> {
    let points = CodePoints::new(coded.document.text());
    let toponyms = find_toponyms(&coded.document, None).into_iter().map(|toponym| {
        let Span { start, end } = Span::of_bytes(toponym.span, &points);
        let degrees = |pick: fn((f32, f32)) -> f32| toponym.coordinates.map(|at| f64::from(pick(at)));
        Toponym { start, end, lat: degrees(|at| at.0), lon: degrees(|at| at.1) }
    });
    toponyms.collect()
}

/// Mean radius, as the geoparsing literature uses it.
const EARTH_RADIUS_KM: f64 = 6371.0;
const FARTHEST_KM: f64 = PI * EARTH_RADIUS_KM;
/// A hundred miles: the usual distance within which a place counts as right.
const NEAR_KM: f64 = 161.0;

fn score(gold: &[Gold], predicted: &[Predicted]) -> Figures {
    let mut recognition = Matching::default();
    let mut with_coordinates = 0;
    let mut errors: Vec<f64> = Vec::new();
    for (gold, predicted) in gold.iter().zip(predicted) {
        let (wanted, found) = (by_span(&gold.toponyms), by_span(&predicted.toponyms));
        let matched = wanted.keys().filter(|span| found.contains_key(span)).count();
        recognition.add(matched, found.len(), wanted.len());
        for (span, toponym) in &wanted {
            let (Some(lat), Some(lon)) = (toponym.lat, toponym.lon) else { continue };
            with_coordinates += 1;
            if let Some(found) = found.get(span) {
                errors.push(match (found.lat, found.lon) {
                    (Some(found_lat), Some(found_lon)) => distance_km((lat, lon), (found_lat, found_lon)),
                    _ => FARTHEST_KM,
                });
            }
        }
    }
    let near = errors.iter().filter(|&&error| error <= NEAR_KM).count() as f64;
    let logarithms: Vec<f64> = errors.iter().map(|error| error.ln_1p() / FARTHEST_KM.ln_1p()).collect();
    let real = |value: Option<f64>| value.map_or(Figure::Undefined, Figure::Real);

    let mut figures = Figures::new(Task::Places);
    recognition.add_to(&mut figures, "recognition");
    figures
        .add("accuracy_161km", Figure::Real(ratio(near, errors.len() as f64)))
        .add("mean_error_km", real(mean(&errors)))
        .add("median_error_km", real(median(&errors)))
        .add("end_to_end_161km", Figure::Real(ratio(near, f64::from(with_coordinates))))
        .add("log_error", real(mean(&logarithms)))
        .add("resolved_toponyms", Figure::Count(errors.len()))
        .add("gold_with_coordinates", Figure::Count(with_coordinates as usize))
        .add("gold", Figure::Count(recognition.gold))
        .add("predicted", Figure::Count(recognition.predicted));
    figures
}

/// A span that stands twice counts once; the last of them tells where it is.
fn by_span(toponyms: &[Toponym]) -> BTreeMap<(u32, u32), &Toponym> {
    toponyms.iter().map(|toponym| ((toponym.start, toponym.end), toponym)).collect()
}

/// Great-circle distance of two points in degrees (the haversine formula).
fn distance_km((from_lat, from_lon): (f64, f64), (to_lat, to_lon): (f64, f64)) -> f64 {
    let (first, second) = (from_lat.to_radians(), to_lat.to_radians());
    let turn = (to_lon - from_lon).to_radians();
    let chord =
        ((second - first) / 2.0).sin().powi(2) + first.cos() * second.cos() * (turn / 2.0).sin().powi(2);
    2.0 * EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted.get(middle).copied()
    } else {
        Some((*sorted.get(middle.checked_sub(1)?)? + sorted[middle]) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toponym(start: u32, end: u32, point: Option<(f64, f64)>) -> Toponym {
        Toponym { start, end, lat: point.map(|point| point.0), lon: point.map(|point| point.1) }
    }

    #[test]
    fn figures_of_a_few_places() {
        let seoul = Some((37.566, 126.9784));
        let gold = [Gold {
            id: "1".to_owned(),
            text: String::new(),
            date: None,
            toponyms: vec![
                toponym(0, 5, seoul),
                toponym(10, 15, Some((35.1028, 129.0403))),
                toponym(20, 25, None),
                toponym(30, 35, Some((-33.8678, 151.2073))),
                toponym(40, 45, Some((48.8534, 2.3488))),
            ],
        }];
        let predicted = [Predicted {
            id: "1".to_owned(),
            toponyms: vec![
                toponym(0, 5, Some((37.4563, 126.7052))),
                toponym(10, 15, seoul),
                toponym(20, 25, seoul),
                toponym(30, 35, None),
                toponym(40, 46, Some((48.8534, 2.3488))),
            ],
        }];
        // The reference scorer gives the same on these places.
        insta::assert_snapshot!(score(&gold, &predicted).to_json(), @r#"{"task":"places","recognition_precision":0.8,"recognition_recall":0.8,"recognition_f1":0.8,"accuracy_161km":0.3333,"mean_error_km":6790.8076,"median_error_km":330.3274,"end_to_end_161km":0.25,"log_error":0.6408,"resolved_toponyms":3,"gold_with_coordinates":4,"gold":5,"predicted":5}"#);
    }

    #[test]
    fn medians() {
        for (values, expected) in [
            (vec![], None),
            (vec![3.0], Some(3.0)),
            (vec![4.0, 1.0], Some(2.5)),
            (vec![9.0, 1.0, 2.0], Some(2.0)),
        ] {
            assert_eq!(median(&values), expected, "{values:?}");
        }
    }
}
