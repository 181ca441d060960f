//! The event between a given actor and recipient: type and quadrant.
//!
//! The gold data have one class YIELD for CONCEDE and RETREAT, so both count as YIELD on either side. Data whose
//! records carry `binary` are compared by that label alone.

use crate::intervals::intervals;
use crate::measures::{Matching, mean, ratio};
use crate::records::{Record, Span, read_jsonl};
use crate::stages::parser;
use crate::task::predictions;
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_plover::{Coder, EventType};
use dateline_resolve::{Resolver, Setting};
use dateline_text::{ByteSpan, CodePoints};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Clone, Debug, Deserialize)]
struct Gold {
    id: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    actor: Vec<Span>,
    #[serde(default)]
    recipient: Vec<Span>,
    event: Option<String>,
    quad: Option<String>,
    binary: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Predicted {
    id: String,
    #[serde(default)]
    event: Option<String>,
    #[serde(default)]
    quad: Option<String>,
    #[serde(default)]
    binary: Option<String>,
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
    let gold: Vec<Gold> = read_jsonl(path)?;
    let binary = gold.iter().all(|record| record.binary.is_some());
    let (predicted, note) = predictions(&gold, options, || {
        if binary {
            return Err(EvalError::OnlyFromFile("labels of two classes are not predicted, only measured"));
        }
        predict(path, &gold)
    })?;
    let mut figures = if binary { score_binary(&gold, &predicted) } else { score(path, &gold, &predicted)? };
    if options.intervals {
        let of_items = |items: &[usize]| {
            let gold: Vec<Gold> = items.iter().map(|&item| gold[item].clone()).collect();
            let predicted: Vec<Predicted> = items.iter().map(|&item| predicted[item].clone()).collect();
            let figures = match binary {
                true => Ok(score_binary(&gold, &predicted)),
                false => score(path, &gold, &predicted),
            };
            // What the whole file allows, a part of it does.
            figures.map(|figures| figures.reals()).unwrap_or_default()
        };
        figures.add("interval", intervals(gold.len(), of_items));
    }
    note.into_iter().for_each(|note| figures.note(note));
    Ok(figures)
}

fn predict(path: &Path, gold: &[Gold]) -> Result<Vec<Predicted>, EvalError> {
    let parser = parser()?;
    let coder = Coder::embedded();
    gold.par_iter()
        .map(|gold| {
            let document = parser.parse(gold.text.as_str().into(), &[ByteSpan::new(0, gold.text.len())]);
            let points = CodePoints::new(&gold.text);
            let bytes = |spans: &[Span]| -> Result<Vec<ByteSpan>, EvalError> {
                let spans = spans
                    .iter()
                    .map(|span| span.to_bytes(&points).ok_or_else(|| span.outside(path, &gold.id)));
                spans.collect()
            };
            let resolution = Resolver::embedded().resolve(&document, &Setting::default());
            let relation =
                coder.relate(&document, &resolution, &bytes(&gold.actor)?, &bytes(&gold.recipient)?);
            Ok(Predicted {
                id: gold.id.clone(),
                event: Some(relation.event.to_string()),
                quad: Some(relation.quad.to_string()),
                binary: None,
            })
        })
        .collect()
}

const NONE: &str = "none";

fn score_binary(gold: &[Gold], predicted: &[Predicted]) -> Figures {
    let pairs = gold.iter().zip(predicted).map(|(gold, predicted)| {
        (gold.binary.as_deref().unwrap_or_default(), or_none(predicted.binary.as_deref()))
    });
    let classes = Classification::of(pairs);
    let mut figures = Figures::new(Task::Event);
    figures
        .add("accuracy", Figure::Real(classes.accuracy))
        .add("macro_f1", Figure::Real(classes.macro_f1))
        .add("records", Figure::Count(gold.len()))
        .add("per_class_f1", classes.figures());
    figures
}

fn score(path: &Path, gold: &[Gold], predicted: &[Predicted]) -> Result<Figures, EvalError> {
    let mut types = Vec::new();
    let mut quads = Vec::new();
    for (gold, predicted) in gold.iter().zip(predicted) {
        let wanted = merged(gold.event.as_deref().unwrap_or_default().to_owned());
        let found = merged(or_none(predicted.event.as_deref()).to_uppercase());
        let Some(wanted_quad) = gold.quad.as_deref().or_else(|| quad_of(&wanted)) else {
            let message = format!("record `{}`: `{wanted}` is not a PLOVER event type", gold.id);
            return Err(EvalError::file(path, message));
        };
        let found_quad = predicted
            .quad
            .as_deref()
            .filter(|quad| !quad.is_empty())
            .or_else(|| quad_of(&found))
            .unwrap_or(NONE);
        quads.push((wanted_quad, found_quad));
        types.push((wanted, found));
    }
    let uncoded = types.iter().filter(|(_, found)| found == "NONE").count();
    let types = Classification::of(types.iter().map(|(wanted, found)| (wanted.as_str(), found.as_str())));
    let quads = Classification::of(quads.into_iter());

    let mut figures = Figures::new(Task::Event);
    figures
        .add("accuracy", Figure::Real(types.accuracy))
        .add("macro_f1", Figure::Real(types.macro_f1))
        .add("quad_accuracy", Figure::Real(quads.accuracy))
        .add("quad_macro_f1", Figure::Real(quads.macro_f1))
        .add("records", Figure::Count(gold.len()))
        .add("uncoded", Figure::Count(uncoded))
        .add("per_class_f1", types.figures())
        .add("quad_class_f1", quads.figures());
    Ok(figures)
}

fn or_none(label: Option<&str>) -> &str {
    label.filter(|label| !label.is_empty()).unwrap_or(NONE)
}

fn merged(event: String) -> String {
    if event == "CONCEDE" || event == "RETREAT" { "YIELD".to_owned() } else { event }
}

fn quad_of(event: &str) -> Option<&'static str> {
    // YIELD counts as material cooperation, RETREAT's quadrant, in the gold data.
    let event = if event == "YIELD" { "RETREAT" } else { event };
    Some(event.parse::<EventType>().ok()?.quad().as_str())
}

/// How well labels fit: the share that is right, and F1 of each label of the gold data.
struct Classification {
    accuracy: f64,
    macro_f1: f64,
    per_class: Vec<(String, f64)>,
}

impl Classification {
    fn of<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>) -> Classification {
        let mut counts: BTreeMap<&str, Matching> = BTreeMap::new();
        let (mut right, mut all) = (0usize, 0usize);
        for (gold, predicted) in pairs {
            all += 1;
            right += usize::from(gold == predicted);
            counts.entry(gold).or_default().add(usize::from(gold == predicted), 0, 1);
            counts.entry(predicted).or_default().add(0, 1, 0);
        }
        let per_class: Vec<(String, f64)> = counts
            .into_iter()
            .filter(|(_, counts)| counts.gold > 0)
            .map(|(name, counts)| (name.to_owned(), counts.f1()))
            .collect();
        let f1: Vec<f64> = per_class.iter().map(|(_, f1)| *f1).collect();
        Classification {
            accuracy: ratio(right as f64, all as f64),
            macro_f1: mean(&f1).unwrap_or(0.0),
            per_class,
        }
    }

    fn figures(self) -> Figure {
        Figure::Group(self.per_class.into_iter().map(|(name, f1)| (name, Figure::Real(f1))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(id: &str, event: &str) -> Gold {
        Gold {
            id: id.to_owned(),
            text: String::new(),
            actor: Vec::new(),
            recipient: Vec::new(),
            event: Some(event.to_owned()),
            quad: None,
            binary: None,
        }
    }

    fn predicted(event: Option<&str>, quad: Option<&str>) -> Predicted {
        Predicted { event: event.map(str::to_owned), quad: quad.map(str::to_owned), ..Predicted::default() }
    }

    #[test]
    fn figures_of_a_few_events() {
        let gold = [
            gold("1", "ACCUSE"),
            gold("2", "CONCEDE"),
            gold("3", "YIELD"),
            gold("4", "AID"),
            gold("5", "ACCUSE"),
        ];
        let predicted = [
            predicted(Some("accuse"), None),
            predicted(Some("RETREAT"), None),
            predicted(Some("CONCEDE"), Some("verbal cooperation")),
            predicted(None, None),
            predicted(Some("REQUEST"), None),
        ];
        let figures = score(Path::new("gold.jsonl"), &gold, &predicted).expect("known types");
        // The reference scorer gives the same on these five records.
        insta::assert_snapshot!(figures.to_json(), @r#"{"task":"event","accuracy":0.6,"macro_f1":0.5556,"quad_accuracy":0.6,"quad_macro_f1":0.75,"records":5,"uncoded":1,"per_class_f1":{"ACCUSE":0.6667,"AID":0.0,"YIELD":1.0},"quad_class_f1":{"material cooperation":0.5,"verbal conflict":1.0}}"#);
    }

    #[test]
    fn unknown_gold_types_are_named() {
        let error = score(Path::new("gold.jsonl"), &[gold("7", "FIGHT")], &[Predicted::default()]);
        assert_eq!(
            error.expect_err("an old name").to_string(),
            "gold.jsonl: record `7`: `FIGHT` is not a PLOVER event type"
        );
    }
}
