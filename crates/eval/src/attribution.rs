//! Who said what: source, cue and content against gold attributions.
//!
//! `attribution_*` counts statements one to one: the contents share at least half of the tokens of each, and the
//! sources share a token or are both absent. `content_only_*` leaves out the sources. The `*_token` figures
//! compare, for each role, the tokens that any statement of the document covers.

use crate::matching::maximum_matching;
use crate::measures::Matching;
use crate::records::Record;
use crate::stages::{code_article, pipeline};
use crate::task::measure;
use crate::words::token_ranges;
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_attribute::Statement;
use dateline_plover::CodedReport;
use dateline_text::{CharSpan, CodePoints, TokenSpan};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

#[derive(Clone, Debug, Deserialize)]
struct Gold {
    id: String,
    text: String,
    /// `YYYY-MM-DD`, the day of publication.
    #[serde(default)]
    date: Option<String>,
    attributions: Vec<Attribution>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Predicted {
    id: String,
    #[serde(default)]
    attributions: Vec<Attribution>,
}

/// Pieces of text in code points; a role may have several, or be absent.
#[derive(Clone, Debug, Default, Deserialize)]
struct Attribution {
    #[serde(default)]
    source: Option<Vec<(u32, u32)>>,
    #[serde(default)]
    cue: Option<Vec<(u32, u32)>>,
    #[serde(default)]
    content: Option<Vec<(u32, u32)>>,
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
        let attributions = coded.as_ref().map(attributions_of).unwrap_or_default();
        Predicted { id: gold.id.clone(), attributions }
    };
    Ok(gold.par_iter().map(predict).collect())
}

fn attributions_of(coded: &CodedReport) -> Vec<Attribution> {
    let points = CodePoints::new(coded.document.text());
    let pieces = |spans: &[TokenSpan]| {
        let piece = |&tokens: &TokenSpan| {
            let CharSpan { start, end } = points.to_chars(coded.document.bytes(tokens));
            (start, end)
        };
        Some(spans.iter().map(piece).collect())
    };
    let attribution = |statement: &Statement| Attribution {
        source: pieces(&statement.source),
        cue: pieces(&statement.cue),
        content: pieces(&statement.content),
    };
    coded.statements.as_slice().iter().map(attribution).collect()
}

/// The numbers of the tokens of an attribution, by role.
struct TokenSets {
    roles: [BTreeSet<u32>; 3],
}

const ROLES: [&str; 3] = ["source", "cue", "content"];
const SOURCE: usize = 0;
const CONTENT: usize = 2;

fn score(gold: &[Gold], predicted: &[Predicted]) -> Figures {
    let (mut whole, mut content_only) = (Matching::default(), Matching::default());
    let mut tokens = [Matching::default(); 3];
    for (gold, predicted) in gold.iter().zip(predicted) {
        let positions = token_ranges(&gold.text);
        let sets = |attributions: &[Attribution]| -> Vec<TokenSets> {
            attributions.iter().map(|attribution| TokenSets::of(attribution, &positions)).collect()
        };
        let (wanted, found) = (sets(&gold.attributions), sets(&predicted.attributions));
        for (role, counts) in tokens.iter_mut().enumerate() {
            let covered = |side: &[TokenSets]| -> BTreeSet<u32> {
                side.iter().flat_map(|sets| sets.roles[role].iter().copied()).collect()
            };
            let (wanted, found) = (covered(&wanted), covered(&found));
            counts.add(wanted.intersection(&found).count(), found.len(), wanted.len());
        }
        let same_content: Vec<Vec<usize>> = wanted
            .iter()
            .map(|goal| (0..found.len()).filter(|&other| goal.shares_half_with(&found[other])).collect())
            .collect();
        let same_source: Vec<Vec<usize>> = wanted
            .iter()
            .zip(&same_content)
            .map(|(goal, others)| {
                others.iter().copied().filter(|&other| goal.source_meets(&found[other])).collect()
            })
            .collect();
        content_only.add(maximum_matching(&same_content, found.len()), found.len(), wanted.len());
        whole.add(maximum_matching(&same_source, found.len()), found.len(), wanted.len());
    }
    let mut figures = Figures::new(Task::Attribution);
    whole.add_to(&mut figures, "attribution");
    content_only.add_to(&mut figures, "content_only");
    for (role, counts) in ROLES.iter().zip(tokens) {
        counts.add_to(&mut figures, &format!("{role}_token"));
    }
    figures.add("gold", Figure::Count(whole.gold)).add("predicted", Figure::Count(whole.predicted));
    figures
}

impl TokenSets {
    fn of(attribution: &Attribution, positions: &[Range<u32>]) -> TokenSets {
        let roles = [&attribution.source, &attribution.cue, &attribution.content];
        TokenSets { roles: roles.map(|pieces| touched(pieces.as_deref().unwrap_or_default(), positions)) }
    }

    /// The contents share at least half of the tokens of each.
    fn shares_half_with(&self, other: &TokenSets) -> bool {
        let (mine, theirs) = (&self.roles[CONTENT], &other.roles[CONTENT]);
        let common = mine.intersection(theirs).count();
        common > 0 && 2 * common >= mine.len() && 2 * common >= theirs.len()
    }

    /// The sources share a token, or neither attribution has a source.
    fn source_meets(&self, other: &TokenSets) -> bool {
        let (mine, theirs) = (&self.roles[SOURCE], &other.roles[SOURCE]);
        !mine.is_disjoint(theirs) || (mine.is_empty() && theirs.is_empty())
    }
}

/// The numbers of the tokens that some pieces of text touch. Tokens are in text order, so they lie together.
fn touched(pieces: &[(u32, u32)], positions: &[Range<u32>]) -> BTreeSet<u32> {
    pieces
        .iter()
        .flat_map(|&(first, last)| {
            let from = positions.partition_point(|token| token.end <= first);
            let to = positions.partition_point(|token| token.start < last);
            from as u32..to as u32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribution(text: &str, source: &str, cue: &str, content: &str) -> Attribution {
        let find = |words: &str| {
            let start = text.find(words).expect("the words stand in the text") as u32;
            (!words.is_empty()).then(|| vec![(start, start + words.len() as u32)])
        };
        Attribution { source: find(source), cue: find(cue), content: find(content) }
    }

    #[test]
    fn figures_of_two_texts() {
        let first = "The mayor said the bridge was shut. It would reopen on Friday, she added.";
        let second = "Reports that the ferry sank were denied.";
        let gold = [
            Gold {
                id: "1".to_owned(),
                text: first.to_owned(),
                date: None,
                attributions: vec![
                    attribution(first, "The mayor", "said", "the bridge was shut"),
                    attribution(first, "she", "added", "It would reopen on Friday"),
                ],
            },
            Gold {
                id: "2".to_owned(),
                text: second.to_owned(),
                date: None,
                attributions: vec![attribution(second, "", "Reports", "that the ferry sank")],
            },
        ];
        let predicted = [
            Predicted {
                id: "1".to_owned(),
                attributions: vec![
                    attribution(first, "mayor", "said", "bridge was shut."),
                    attribution(first, "mayor", "added", "would reopen on Friday"),
                    attribution(first, "The mayor", "said", "shut"),
                ],
            },
            Predicted {
                id: "2".to_owned(),
                attributions: vec![attribution(second, "", "denied", "the ferry sank")],
            },
        ];
        // The reference scorer gives the same on these attributions.
        insta::assert_snapshot!(score(&gold, &predicted).to_json(), @r#"{"task":"attribution","attribution_precision":0.5,"attribution_recall":0.6667,"attribution_f1":0.5714,"content_only_precision":0.75,"content_only_recall":1.0,"content_only_f1":0.8571,"source_token_precision":1.0,"source_token_recall":0.6667,"source_token_f1":0.8,"cue_token_precision":0.6667,"cue_token_recall":0.6667,"cue_token_f1":0.6667,"content_token_precision":0.9091,"content_token_recall":0.7692,"content_token_f1":0.8333,"gold":3,"predicted":4}"#);
    }
}
