//! Time expressions, their types and their TIMEX3 values, as TempEval-3 compares them.
//!
//! `strict` wants the same span, `relaxed` an overlap. `value_accuracy` is the share of the overlapping pairs with
//! the same value; `value_f1` counts an expression as found only when it overlaps and has the right value.

use crate::measures::{Matching, ratio};
use crate::records::{Record, Span};
use crate::stages::{code_article, pipeline};
use crate::task::measure;
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_plover::CodedReport;
use dateline_resolve::TimeExpression;
use dateline_text::CodePoints;
use rayon::prelude::*;
use serde::Deserialize;
use std::path::Path;

#[derive(Clone, Debug, Deserialize)]
struct Gold {
    id: String,
    #[serde(default)]
    text: String,
    /// A day, perhaps with a time of day.
    #[serde(default)]
    publication_date: Option<String>,
    timexes: Vec<Timex>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Predicted {
    id: String,
    #[serde(default)]
    timexes: Vec<Timex>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Timex {
    start: u32,
    end: u32,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    value: Option<String>,
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
        let coded = code_article(&pipeline, &gold.id, &gold.text, gold.publication_date.as_deref());
        let timexes = coded.as_ref().map(timexes_of).unwrap_or_default();
        Predicted { id: gold.id.clone(), timexes }
    };
    Ok(gold.par_iter().map(predict).collect())
}

fn timexes_of(coded: &CodedReport) -> Vec<Timex> {
    let points = CodePoints::new(coded.document.text());
    let timex = |time: &TimeExpression| {
        let Span { start, end } = Span::of_bytes(time.span, &points);
        Timex { start, end, kind: Some(time.kind.to_string()), value: Some(time.value.clone()) }
    };
    coded.resolution.times.as_slice().iter().map(timex).collect()
}

fn score(gold: &[Gold], predicted: &[Predicted]) -> Figures {
    let (mut n_gold, mut n_predicted) = (0, 0);
    let (mut strict, mut relaxed, mut same_type) = (0, 0, 0);
    let (mut value_strict, mut value_relaxed) = (0, 0);
    for (gold, predicted) in gold.iter().zip(predicted) {
        n_gold += gold.timexes.len();
        n_predicted += predicted.timexes.len();
        for (wanted, found) in overlapping(&gold.timexes, &predicted.timexes) {
            let same_span = (wanted.start, wanted.end) == (found.start, found.end);
            let same_value = wanted.value == found.value;
            strict += usize::from(same_span);
            relaxed += 1;
            value_strict += usize::from(same_span && same_value);
            value_relaxed += usize::from(same_value);
            same_type += usize::from(wanted.kind == found.kind);
        }
    }
    let matching = |matched| Matching::new(matched, n_predicted, n_gold);
    let share = |part: usize| Figure::Real(ratio(part as f64, relaxed as f64));
    let mut figures = Figures::new(Task::Times);
    matching(strict).add_to(&mut figures, "strict");
    matching(relaxed).add_to(&mut figures, "relaxed");
    figures
        .add("value_accuracy", share(value_relaxed))
        .add("type_accuracy", share(same_type))
        .add("value_f1", Figure::Real(matching(value_relaxed).f1()))
        .add("strict_value_f1", Figure::Real(matching(value_strict).f1()))
        .add("gold", Figure::Count(n_gold))
        .add("predicted", Figure::Count(n_predicted));
    figures
}

/// One-to-one pairs of expressions that overlap, the same spans first, then by the longest overlap.
fn overlapping<'t>(gold: &'t [Timex], predicted: &'t [Timex]) -> Vec<(&'t Timex, &'t Timex)> {
    let mut free: Vec<&Timex> = predicted.iter().collect();
    let mut pairs = Vec::new();
    let mut rest = Vec::new();
    for wanted in gold {
        match free.iter().position(|found| (found.start, found.end) == (wanted.start, wanted.end)) {
            Some(position) => pairs.push((wanted, free.remove(position))),
            None => rest.push(wanted),
        }
    }
    for wanted in rest {
        let overlap = |found: &Timex| wanted.end.min(found.end).saturating_sub(wanted.start.max(found.start));
        let mut best: Option<(usize, u32)> = None;
        for (position, found) in free.iter().enumerate() {
            let shared = overlap(found);
            if found.start < wanted.end
                && wanted.start < found.end
                && best.is_none_or(|(_, most)| shared > most)
            {
                best = Some((position, shared));
            }
        }
        if let Some((position, _)) = best {
            pairs.push((wanted, free.remove(position)));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timex(start: u32, end: u32, kind: &str, value: &str) -> Timex {
        Timex { start, end, kind: Some(kind.to_owned()), value: Some(value.to_owned()) }
    }

    #[test]
    fn figures_of_a_few_expressions() {
        let gold = [Gold {
            id: "1".to_owned(),
            text: String::new(),
            publication_date: None,
            timexes: vec![
                timex(0, 6, "DATE", "2022-04-18"),
                timex(10, 20, "DURATION", "P5D"),
                timex(30, 40, "DATE", "2022-05"),
                timex(50, 60, "TIME", "2022-04-16TEV"),
            ],
        }];
        let predicted = [Predicted {
            id: "1".to_owned(),
            timexes: vec![
                timex(0, 6, "DATE", "2022-04-18"),
                timex(12, 20, "DURATION", "P5D"),
                timex(28, 33, "DATE", "2022-05"),
                timex(33, 45, "SET", "2022-05"),
                timex(70, 75, "DATE", "2021"),
            ],
        }];
        // The reference scorer gives the same on these expressions.
        insta::assert_snapshot!(score(&gold, &predicted).to_json(), @r#"{"task":"times","strict_precision":0.2,"strict_recall":0.25,"strict_f1":0.2222,"relaxed_precision":0.6,"relaxed_recall":0.75,"relaxed_f1":0.6667,"value_accuracy":1.0,"type_accuracy":0.6667,"value_f1":0.6667,"strict_value_f1":0.2222,"gold":4,"predicted":5}"#);
    }
}
