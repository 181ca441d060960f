//! The article in a page, by the measure of the article extraction benchmark.
//!
//! Texts are compared by runs of four words. Precision and recall are worked out page by page and averaged over
//! the pages where they are defined; F1 comes from the two averages.

use crate::measures::{harmonic, mean, ratio};
use crate::records::Record;
use crate::task::measure;
use crate::words::words;
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_clean::{Shape, clean};
use dateline_ingest::Report;
use flate2::read::GzDecoder;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::io::Read;
use std::path::Path;

#[derive(Clone, Debug, Deserialize)]
struct Gold {
    id: String,
    article_body: String,
    #[serde(default)]
    url: Option<String>,
    /// A gzip file, relative to the gold file's folder.
    #[serde(default)]
    html_file: Option<String>,
    /// All visible text of the page, one block a line.
    #[serde(default)]
    flat_text: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Predicted {
    id: String,
    #[serde(default)]
    text: Option<String>,
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
    measure(path, options, |gold: &[Gold]| predict(gold, path, options), score)
}

fn predict(gold: &[Gold], path: &Path, options: &Options) -> Result<Vec<Predicted>, EvalError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    gold.par_iter()
        .map(|gold| {
            let mut report = match (&gold.html_file, &gold.flat_text) {
                (Some(file), _) if options.raw => {
                    Report::from_html(&*gold.id, &read_page(&folder.join(file))?)
                }
                (_, Some(text)) if !options.raw => Report::from_text(&*gold.id, text),
                _ => {
                    let wanted = if options.raw { "html_file" } else { "flat_text" };
                    return Err(EvalError::file(path, format!("record `{}` has no `{wanted}`", gold.id)));
                }
            };
            report.url = gold.url.clone();
            let (article, _) = clean(&report, Shape::Page);
            Ok(Predicted { id: gold.id.clone(), text: Some(article.body()) })
        })
        .collect()
}

/// A packed HTML page. Bytes that are not UTF-8 cost a character each, not the page.
fn read_page(path: &Path) -> Result<String, EvalError> {
    let packed = std::fs::read(path).map_err(|error| EvalError::io(path, error))?;
    let mut page = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut page).map_err(|error| EvalError::io(path, error))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn score(gold: &[Gold], predicted: &[Predicted]) -> Figures {
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    let mut identical = 0;
    for (gold, predicted) in gold.iter().zip(predicted) {
        let wanted: Vec<&str> = words(&gold.article_body).collect();
        let found: Vec<&str> = words(predicted.text.as_deref().unwrap_or_default()).collect();
        let (wanted_runs, found_runs) = (runs(&wanted), runs(&found));
        let common: usize = wanted_runs
            .iter()
            .map(|(run, &count)| count.min(found_runs.get(run).copied().unwrap_or(0)))
            .sum();
        let of = |runs: &FxHashMap<&[&str], usize>| common as f64 / runs.values().sum::<usize>() as f64;
        if !found_runs.is_empty() {
            precisions.push(of(&found_runs));
        }
        if !wanted_runs.is_empty() {
            recalls.push(of(&wanted_runs));
        }
        identical += usize::from(wanted == found);
    }
    let precision = mean(&precisions).unwrap_or(0.0);
    let recall = mean(&recalls).unwrap_or(0.0);
    let mut figures = Figures::new(Task::Cleaning);
    figures
        .add("precision", Figure::Real(precision))
        .add("recall", Figure::Real(recall))
        .add("f1", Figure::Real(harmonic(precision, recall)))
        .add("accuracy", Figure::Real(ratio(identical as f64, gold.len() as f64)))
        .add("pages", Figure::Count(gold.len()))
        .add("pages_with_text", Figure::Count(precisions.len()));
    figures
}

/// Words in a run.
const RUN: usize = 4;

/// The runs of four words, counted; a shorter text is one run.
fn runs<'w, 't>(words: &'w [&'t str]) -> FxHashMap<&'w [&'t str], usize> {
    let mut runs = FxHashMap::default();
    if words.len() < RUN {
        if !words.is_empty() {
            runs.insert(words, 1);
        }
        return runs;
    }
    for run in words.windows(RUN) {
        *runs.entry(run).or_insert(0) += 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(id: &str, body: &str) -> Gold {
        Gold { id: id.to_owned(), article_body: body.to_owned(), url: None, html_file: None, flat_text: None }
    }

    fn predicted(text: &str) -> Predicted {
        Predicted { id: String::new(), text: Some(text.to_owned()) }
    }

    #[test]
    fn figures_of_a_few_pages() {
        let gold = [
            gold("1", "The ferry left Marenko at noon."),
            gold("2", "Talks go on."),
            gold("3", ""),
            gold("4", "The harbour was closed after the storm, the port said."),
        ];
        let predicted = [
            predicted("Menu Sport\nThe ferry left Marenko at noon"),
            predicted("Talks – go on!"),
            predicted("Something else altogether here"),
            Predicted::default(),
        ];
        // The reference scorer gives the same on these pages.
        insta::assert_snapshot!(score(&gold, &predicted).to_json(), @r#"{"task":"cleaning","precision":0.5333,"recall":0.6667,"f1":0.5926,"accuracy":0.25,"pages":4,"pages_with_text":3}"#);
    }
}
