//! Which mentions tell the same event, across all documents of a file: MUC, B³, CEAFe and their mean.
//!
//! The figures come twice. `exact` takes a predicted mention for a gold one when the spans are the same; `head`
//! also when one of the two encloses the other, so that one word of a longer gold mention is enough. With the
//! gold mentions as predicted mentions the two agree.

use crate::intervals::intervals;
use crate::matching::best_assignment;
use crate::measures::{Matching, harmonic, ratio};
use crate::records::{Record, Span, read_jsonl};
use crate::stages::parser;
use crate::task::predictions;
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_clean::{Shape, clean};
use dateline_ingest::Report;
use dateline_link::{MarkedDocument, MentionCluster, find_mentions, link_mentions};
use dateline_text::{ByteSpan, CodePoints, Document, Idx};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Clone, Debug, Deserialize)]
struct Gold {
    id: String,
    #[serde(default)]
    text: String,
    event_mentions: Vec<Mention>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Predicted {
    id: String,
    #[serde(default)]
    event_mentions: Vec<Mention>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Mention {
    start: u32,
    end: u32,
    #[serde(deserialize_with = "text_or_number")]
    cluster: String,
}

/// Clusters are compared among themselves only, so their names may be anything.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::String(name) => name,
        other => other.to_string(),
    })
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
    let (predicted, note) = predictions(&gold, options, || predict(path, &gold, options))?;
    let mut figures = score(&gold, &predicted);
    if options.intervals {
        let stories = stories(&gold);
        let of_items = |items: &[usize]| {
            let (gold, predicted) = drawn(&gold, &predicted, &stories, items);
            score(&gold, &predicted).reals()
        };
        figures.add("interval", intervals(stories.len(), of_items));
    }
    note.into_iter().for_each(|note| figures.note(note));
    Ok(figures)
}

/// The documents that tell of the same events, by the gold clusters: what is drawn as a whole, since half a cluster is
/// another one.
fn stories(gold: &[Gold]) -> Vec<Vec<usize>> {
    let mut story_of: Vec<usize> = (0..gold.len()).collect();
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, document) in gold.iter().enumerate() {
        for mention in &document.event_mentions {
            let other = *first.entry(mention.cluster.as_str()).or_insert(number);
            let (one, other) = (story_of[number], story_of[other]);
            if one != other {
                story_of.iter_mut().filter(|story| **story == one).for_each(|story| *story = other);
            }
        }
    }
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, story) in story_of.into_iter().enumerate() {
        stories.entry(story).or_default().push(number);
    }
    stories.into_values().collect()
}

/// The documents of drawn stories. One that is drawn twice tells of events of its own each time.
fn drawn(
    gold: &[Gold],
    predicted: &[Predicted],
    stories: &[Vec<usize>],
    items: &[usize],
) -> (Vec<Gold>, Vec<Predicted>) {
    let mut n_copies = vec![0usize; stories.len()];
    let (mut golds, mut predictions) = (Vec::new(), Vec::new());
    for &item in items {
        let copy = n_copies[item];
        n_copies[item] += 1;
        let renamed = |mentions: &[Mention]| -> Vec<Mention> {
            let rename =
                |mention: &Mention| Mention { cluster: format!("{copy} {}", mention.cluster), ..*mention };
            mentions.iter().map(rename).collect()
        };
        for &number in &stories[item] {
            let (document, found) = (&gold[number], &predicted[number]);
            let event_mentions = renamed(&document.event_mentions);
            golds.push(Gold { id: document.id.clone(), text: String::new(), event_mentions });
            let event_mentions = renamed(&found.event_mentions);
            predictions.push(Predicted { id: found.id.clone(), event_mentions });
        }
    }
    (golds, predictions)
}

/// Clusters of the given mentions, or of mentions that are found in the texts.
fn predict(path: &Path, gold: &[Gold], options: &Options) -> Result<Vec<Predicted>, EvalError> {
    let parser = parser()?;
    let marked: Vec<(Document, Vec<ByteSpan>)> = gold
        .par_iter()
        .map(|gold| {
            let (article, _) = clean(&Report::from_text(&*gold.id, &gold.text), Shape::ArticleOnly);
            let document = parser.parse(article.text, &article.paragraphs);
            let mentions = if options.raw {
                find_mentions(&document)
            } else {
                let points = CodePoints::new(&gold.text);
                let spans = gold.event_mentions.iter().map(|mention| {
                    let span = Span { start: mention.start, end: mention.end };
                    span.to_bytes(&points).ok_or_else(|| span.outside(path, &gold.id))
                });
                spans.collect::<Result<_, _>>()?
            };
            Ok((document, mentions))
        })
        .collect::<Result<_, EvalError>>()?;
    let documents: Vec<MarkedDocument> =
        marked.iter().map(|(document, mentions)| MarkedDocument { document, mentions }).collect();
    let clusters = link_mentions(&documents);
    let predicted = gold.iter().zip(&marked).zip(clusters).map(|((gold, (document, mentions)), clusters)| {
        let points = CodePoints::new(document.text());
        let mention = |(&bytes, cluster): (&ByteSpan, Idx<MentionCluster>)| {
            let Span { start, end } = Span::of_bytes(bytes, &points);
            Mention { start, end, cluster: cluster.index().to_string() }
        };
        Predicted {
            id: gold.id.clone(),
            event_mentions: mentions.iter().zip(clusters).map(mention).collect(),
        }
    });
    Ok(predicted.collect())
}

/// A mention: the number of its document, and its span.
type Key = (usize, u32, u32);

/// Mentions in clusters.
#[derive(Default)]
struct Clustering {
    cluster_of: BTreeMap<Key, usize>,
    members: Vec<BTreeSet<Key>>,
}

impl Clustering {
    fn of<'m>(mentions: impl Iterator<Item = (Key, &'m str)>) -> Clustering {
        let mut cluster_of = BTreeMap::new();
        let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
        let mut members: Vec<BTreeSet<Key>> = Vec::new();
        for (key, name) in mentions {
            let number = *numbers.entry(name).or_insert_with(|| {
                members.push(BTreeSet::new());
                members.len() - 1
            });
            members[number].insert(key);
            cluster_of.insert(key, number);
        }
        Clustering { cluster_of, members }
    }

    fn n_mentions(&self) -> usize {
        self.cluster_of.len()
    }
}

fn score(gold: &[Gold], predicted: &[Predicted]) -> Figures {
    let documents = || gold.iter().zip(predicted).enumerate();
    // A span that stands twice counts once: in the gold data the last one, in the predictions the first.
    let gold_mentions: BTreeMap<Key, &str> = documents()
        .flat_map(|(number, (gold, _))| {
            gold.event_mentions.iter().map(move |m| ((number, m.start, m.end), m.cluster.as_str()))
        })
        .collect();
    let gold_clusters = Clustering::of(gold_mentions.into_iter());

    let mut figures = Figures::new(Task::Coreference);
    let mut counts = (0, 0);
    for (name, by_head) in [("exact", false), ("head", true)] {
        let mut predicted_mentions: BTreeMap<Key, &str> = BTreeMap::new();
        for (number, (gold, predicted)) in documents() {
            let aligned = align_mentions(&gold.event_mentions, &predicted.event_mentions, by_head);
            for (mention, (start, end)) in predicted.event_mentions.iter().zip(aligned) {
                predicted_mentions.entry((number, start, end)).or_insert(&mention.cluster);
            }
        }
        let predicted_clusters = Clustering::of(predicted_mentions.into_iter());
        figures.add(name, Figure::Group(figures_of(&gold_clusters, &predicted_clusters)));
        counts = (predicted_clusters.n_mentions(), predicted_clusters.members.len());
    }
    figures
        .add("gold_mentions", Figure::Count(gold_clusters.n_mentions()))
        .add("predicted_mentions", Figure::Count(counts.0))
        .add("gold_clusters", Figure::Count(gold_clusters.members.len()))
        .add("predicted_clusters", Figure::Count(counts.1));
    figures
}

/// For each predicted mention the span that it is counted as: that of the gold mention it is taken for, else
/// its own.
fn align_mentions(gold: &[Mention], predicted: &[Mention], by_head: bool) -> Vec<(u32, u32)> {
    let mut free: BTreeSet<(u32, u32)> = gold.iter().map(|mention| (mention.start, mention.end)).collect();
    let mut spans: Vec<(u32, u32)> = predicted.iter().map(|mention| (mention.start, mention.end)).collect();
    let matched: Vec<bool> = spans.iter().map(|span| free.remove(span)).collect();
    if by_head {
        for (span, _) in spans.iter_mut().zip(matched).filter(|(_, matched)| !matched) {
            let (start, end) = *span;
            let best = free
                .iter()
                .copied()
                .filter(|&(a, b)| (a <= start && end <= b) || (start <= a && b <= end))
                .min_by_key(|&(a, b)| (a.abs_diff(start) + b.abs_diff(end), (a, b)));
            if let Some(best) = best {
                free.remove(&best);
                *span = best;
            }
        }
    }
    spans
}

fn figures_of(gold: &Clustering, predicted: &Clustering) -> Vec<(String, Figure)> {
    let common = gold.cluster_of.keys().filter(|key| predicted.cluster_of.contains_key(key)).count();
    let mentions = Matching::new(common, predicted.n_mentions(), gold.n_mentions());
    let mut figures: Vec<(String, Figure)> = mentions.named("mention").into();
    let (ceaf_recall, ceaf_precision) = ceaf_e(gold, predicted);
    let mut sum = 0.0;
    for (name, recall, precision) in [
        ("muc", muc(gold, predicted), muc(predicted, gold)),
        ("b3", b_cubed(gold, predicted), b_cubed(predicted, gold)),
        ("ceafe", ceaf_recall, ceaf_precision),
    ] {
        let f1 = harmonic(precision, recall);
        sum += f1;
        figures.push((format!("{name}_precision"), Figure::Real(precision)));
        figures.push((format!("{name}_recall"), Figure::Real(recall)));
        figures.push((format!("{name}_f1"), Figure::Real(f1)));
    }
    figures.push(("conll_f1".to_owned(), Figure::Real(sum / 3.0)));
    figures
}

/// Links kept: a cluster of n mentions has n - 1 links, and loses one for every further part that the other
/// side splits it into.
fn muc(groups: &Clustering, other: &Clustering) -> f64 {
    let (mut kept, mut total) = (0, 0);
    for members in &groups.members {
        let clusters = members.iter().filter_map(|key| other.cluster_of.get(key));
        let parts = clusters.clone().collect::<FxHashSet<_>>().len();
        let lone = members.len() - clusters.count();
        kept += members.len() - parts - lone;
        total += members.len() - 1;
    }
    ratio(kept as f64, total as f64)
}

/// For each mention, the share of its cluster that the other side has with it.
fn b_cubed(groups: &Clustering, other: &Clustering) -> f64 {
    let mut total = 0.0;
    for members in &groups.members {
        // All members in one cluster of the other side have the same share, so it is worked out once.
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for cluster in members.iter().filter_map(|key| other.cluster_of.get(key)) {
            *shared.entry(*cluster).or_default() += 1;
        }
        total += shared.values().map(|&count| (count * count) as f64 / members.len() as f64).sum::<f64>();
    }
    ratio(total, groups.n_mentions() as f64)
}

/// Recall and precision of the best one-to-one matching of clusters by their share of mentions.
fn ceaf_e(gold: &Clustering, predicted: &Clustering) -> (f64, f64) {
    let mut similar: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); gold.members.len()];
    for (key, &cluster) in &gold.cluster_of {
        if let Some(&other) = predicted.cluster_of.get(key) {
            *similar[cluster].entry(other).or_default() += 1.0;
        }
    }
    for (cluster, others) in similar.iter_mut().enumerate() {
        for (&other, both) in others {
            *both = 2.0 * *both / (gold.members[cluster].len() + predicted.members[other].len()) as f64;
        }
    }
    let total: f64 =
        components(&similar, predicted.members.len()).iter().map(|gain| best_assignment(gain)).sum();
    (ratio(total, gold.members.len() as f64), ratio(total, predicted.members.len() as f64))
}

/// The similarities cut into tables that have no cluster in common, so that each stays small.
fn components(similar: &[BTreeMap<usize, f64>], n_right: usize) -> Vec<Vec<Vec<f64>>> {
    let mut lefts_of: Vec<Vec<usize>> = vec![Vec::new(); n_right];
    for (left, others) in similar.iter().enumerate() {
        for &right in others.keys() {
            lefts_of[right].push(left);
        }
    }
    let mut seen_left = vec![false; similar.len()];
    let mut seen_right = vec![false; n_right];
    let mut tables = Vec::new();
    for start in 0..similar.len() {
        if seen_left[start] || similar[start].is_empty() {
            continue;
        }
        seen_left[start] = true;
        let (mut lefts, mut rights) = (vec![start], Vec::new());
        let mut next = 0;
        while next < lefts.len() {
            for &right in similar[lefts[next]].keys() {
                if std::mem::replace(&mut seen_right[right], true) {
                    continue;
                }
                rights.push(right);
                for &left in &lefts_of[right] {
                    if !std::mem::replace(&mut seen_left[left], true) {
                        lefts.push(left);
                    }
                }
            }
            next += 1;
        }
        let gain = |&left: &usize| -> Vec<f64> {
            rights.iter().map(|right| similar[left].get(right).copied().unwrap_or(0.0)).collect()
        };
        tables.push(lefts.iter().map(gain).collect());
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(clusters: &[(u32, u32, &str)]) -> Vec<Mention> {
        clusters
            .iter()
            .map(|&(start, end, cluster)| Mention { start, end, cluster: cluster.to_owned() })
            .collect()
    }

    #[test]
    fn figures_of_two_documents() {
        let gold = [
            Gold {
                id: "1".to_owned(),
                text: String::new(),
                event_mentions: mentions(&[
                    (0, 5, "talks"),
                    (10, 15, "raid"),
                    (20, 25, "talks"),
                    (30, 38, "vote"),
                ]),
            },
            Gold {
                id: "2".to_owned(),
                text: String::new(),
                event_mentions: mentions(&[(0, 4, "talks"), (6, 9, "raid"), (12, 18, "strike")]),
            },
        ];
        let predicted = [
            Predicted {
                id: "1".to_owned(),
                event_mentions: mentions(&[(0, 5, "a"), (10, 15, "b"), (20, 25, "b"), (33, 38, "c")]),
            },
            Predicted {
                id: "2".to_owned(),
                event_mentions: mentions(&[(0, 4, "a"), (6, 9, "b"), (12, 18, "a"), (40, 44, "a")]),
            },
        ];
        // The reference scorer gives the same on these clusters.
        insta::assert_snapshot!(score(&gold, &predicted).to_json(), @r#"{"task":"coreference","exact":{"mention_precision":0.75,"mention_recall":0.8571,"mention_f1":0.8,"muc_precision":0.4,"muc_recall":0.6667,"muc_f1":0.5,"b3_precision":0.3646,"b3_recall":0.6667,"b3_f1":0.4714,"ceafe_precision":0.4571,"ceafe_recall":0.3429,"ceafe_f1":0.3918,"conll_f1":0.4544},"head":{"mention_precision":0.875,"mention_recall":1.0,"mention_f1":0.9333,"muc_precision":0.4,"muc_recall":0.6667,"muc_f1":0.5,"b3_precision":0.4896,"b3_recall":0.8095,"b3_f1":0.6102,"ceafe_precision":0.7905,"ceafe_recall":0.5929,"ceafe_f1":0.6776,"conll_f1":0.5959},"gold_mentions":7,"predicted_mentions":8,"gold_clusters":4,"predicted_clusters":3}"#);
    }

    #[test]
    fn clusters_may_be_numbers() {
        let record: Predicted =
            serde_json::from_str(r#"{"id": "1", "event_mentions": [{"start": 0, "end": 1, "cluster": 7}]}"#)
                .expect("reads");
        assert_eq!(record.event_mentions[0].cluster, "7");
    }

    #[test]
    fn documents_of_one_cluster_are_drawn_together() {
        let mention = |cluster: &str| Mention { start: 0, end: 1, cluster: cluster.to_owned() };
        let gold = |clusters: &[&str]| Gold {
            id: String::new(),
            text: String::new(),
            event_mentions: clusters.iter().map(|cluster| mention(cluster)).collect(),
        };
        let documents = [gold(&["a"]), gold(&["b"]), gold(&["c", "a"]), gold(&["c"]), gold(&[])];
        let stories = stories(&documents);
        assert_eq!(stories, [vec![0, 2, 3], vec![1], vec![4]]);
        let none = vec![Predicted::default(); documents.len()];
        let (twice, _) = drawn(&documents, &none, &stories, &[1, 1]);
        let clusters: Vec<&str> = twice.iter().map(|one| one.event_mentions[0].cluster.as_str()).collect();
        assert_eq!(clusters, ["0 b", "1 b"]);
    }
}
