//! Joins groups of mentions that tell one happening in other words.
//!
//! In:  mentions in groups, each of one story and one sense.
//! Out: the same, a group that retells what a larger one tells joined to it.
//!
//! No list holds all that news calls one thing: `the fall of the bridge`, `the bridge's collapse`, `the disaster`. What gives
//! it away is that the same story tells it, with the same participants, in a word of near meaning (by the vectors
//! of words that the language model read), and that the larger group runs through the story. Two
//! happenings that one sentence tells side by side are two.
//!
//! ```text
//! The bridge at Kesmar collapsed at noon.   collapsed ×9
//! Six drowned when Kesmar's bridge gave     gave way ×1: same participants, near meaning, never beside `collapsed`
//! way.
//! ```
//!
//! Not done: two small groups are not joined to each other; where no language model read the texts, nothing is.

use super::stories::Stories;
use super::{MarkedDocument, Mention};
use crate::tellings::cosine;
use dateline_text::{Document, TokenIdx};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What speaks for two groups. Chosen on the train part of ECB+ by CoNLL F1 (November 2026).
mod weights {
    /// Nearness of the words, 0 to 1.
    pub const MEANING: f32 = 1.0;
    /// Likeness of all their participants, 0 to 1.
    pub const PARTICIPANTS: f32 = 1.0;
    /// Share of the story's documents that the larger group stands in.
    pub const THEME: f32 = 0.5;
    /// Share of the smaller group's sentences that the larger one stands in too.
    pub const SIDE_BY_SIDE: f32 = -2.0;
    /// One of the words says little.
    pub const LIGHT_WORD: f32 = -0.5;
    /// What must speak for joining them.
    pub const THRESHOLD: f32 = 1.3;
}

/// The largest groups of a story, which the others are compared with.
const MAX_THEMES: usize = 50;

/// Numbers at the end of a token's context that are the vector of its word.
const VECTOR: usize = 100;

/// Joins groups that tell one happening in other words. `group_of` holds for each mention its group, and so does
/// the answer.
pub(super) fn join_rewordings(
    documents: &[MarkedDocument],
    mentions: &[Mention],
    stories: &Stories,
    group_of: &[usize],
) -> Vec<usize> {
    let mut n_documents: FxHashMap<usize, usize> = FxHashMap::default();
    for &story in &stories.of {
        *n_documents.entry(story).or_default() += 1;
    }
    let mut by_story: BTreeMap<usize, Vec<Group>> = BTreeMap::new();
    for group in collect(documents, mentions, group_of) {
        by_story.entry(stories.of[mentions[group.number].document]).or_default().push(group);
    }
    let mut joined_to: FxHashMap<usize, usize> = FxHashMap::default();
    for (story, mut groups) in by_story {
        groups.sort_by_key(|group| (std::cmp::Reverse(group.size), group.number));
        join_in_story(&groups, n_documents[&story], &mut joined_to);
    }
    let last = |mut group: usize| {
        while let Some(&next) = joined_to.get(&group) {
            group = next;
        }
        group
    };
    group_of.iter().map(|&group| last(group)).collect()
}

/// Joins each group of a story to the larger one that most speaks for. The groups come with the largest first.
fn join_in_story(groups: &[Group], n_documents: usize, joined_to: &mut FxHashMap<usize, usize>) {
    for (rank, small) in groups.iter().enumerate() {
        let themes = groups[..rank.min(MAX_THEMES)].iter().filter(|large| large.size > 1);
        let others = themes.filter(|large| large.sense != small.sense);
        let best = others
            .map(|large| (likeness(large, small, n_documents), large.number))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((likeness, large)) = best
            && likeness > weights::THRESHOLD
        {
            // Chains end: a group is joined to one that stands before it.
            joined_to.insert(small.number, large);
        }
    }
}

fn likeness(large: &Group, small: &Group, n_documents: usize) -> f32 {
    let together = small.sentences.iter().filter(|sentence| large.sentences.contains(sentence)).count();
    let meaning: f32 = large.vector.iter().zip(&small.vector).map(|(a, b)| a * b).sum();
    let light = large.light || small.light;
    weights::MEANING * meaning
        + weights::PARTICIPANTS * cosine(&large.participants, &small.participants)
        + weights::THEME * large.n_documents as f32 / n_documents as f32
        + weights::SIDE_BY_SIDE * together as f32 / small.sentences.len() as f32
        + if light { weights::LIGHT_WORD } else { 0.0 }
}

/// Mentions of one story and one sense.
struct Group {
    number: usize,
    size: usize,
    sense: String,
    light: bool,
    /// The mean vector of the heads, of length 1; empty where no vector is known.
    vector: Vec<f32>,
    /// Weighted words of all participants.
    participants: Vec<(u32, f32)>,
    /// Document and number of each sentence that tells it.
    sentences: BTreeSet<(usize, usize)>,
    /// Documents that tell it.
    n_documents: usize,
}

fn collect(documents: &[MarkedDocument], mentions: &[Mention], group_of: &[usize]) -> Vec<Group> {
    let mut n_mentions_with: FxHashMap<u32, usize> = FxHashMap::default();
    for &(word, _) in mentions.iter().flat_map(|mention| &mention.participants) {
        *n_mentions_with.entry(word).or_default() += 1;
    }
    let rarity = |word: u32| (1.0 + mentions.len() as f32 / n_mentions_with[&word] as f32).ln();
    let mut members: BTreeMap<usize, Vec<&Mention>> = BTreeMap::new();
    for (mention, &group) in mentions.iter().zip(group_of) {
        members.entry(group).or_default().push(mention);
    }
    let group = |(number, members): (usize, Vec<&Mention>)| {
        let heads: Vec<_> =
            members.iter().filter_map(|mention| Some((mention.document, mention.head.as_ref()?))).collect();
        let &(_, first) = heads.first()?;
        let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
        for &(word, _) in members.iter().flat_map(|mention| &mention.participants) {
            *counts.entry(word).or_default() += 1.0;
        }
        let mut participants: Vec<(u32, f32)> =
            counts.into_iter().map(|(word, count)| (word, count.sqrt() * rarity(word))).collect();
        let length = participants.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        participants.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
        let tokens = heads.iter().map(|&(document, head)| (documents[document].document, head.token));
        let sentence = |&(number, head): &(usize, &super::Head)| {
            (number, documents[number].document.sentence_of(head.token).index())
        };
        Some(Group {
            number,
            size: members.len(),
            sense: first.sense.clone(),
            light: first.light,
            vector: mean_vector(tokens),
            participants,
            sentences: heads.iter().map(sentence).collect(),
            n_documents: heads.iter().map(|&(document, _)| document).collect::<BTreeSet<_>>().len(),
        })
    };
    members.into_iter().filter_map(group).collect()
}

fn mean_vector<'d>(tokens: impl Iterator<Item = (&'d Document, TokenIdx)>) -> Vec<f32> {
    let mut sum = vec![0.0; VECTOR];
    for row in tokens.filter_map(|(document, token)| document.contexts().of(token)) {
        let vector: Vec<f32> =
            row[row.len().saturating_sub(VECTOR)..].iter().map(|&value| f32::from(value)).collect();
        let length = length_of(&vector);
        if length > 0.0 {
            sum.iter_mut().zip(&vector).for_each(|(sum, value)| *sum += value / length);
        }
    }
    let length = length_of(&sum);
    if length == 0.0 {
        return Vec::new();
    }
    sum.iter_mut().for_each(|value| *value /= length);
    sum
}

fn length_of(vector: &[f32]) -> f32 {
    vector.iter().map(|value| value * value).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(number: usize, size: usize, sense: &str, vector: [f32; 2], participants: &[u32]) -> Group {
        let weight = (1.0 / participants.len() as f32).sqrt();
        Group {
            number,
            size,
            sense: sense.to_owned(),
            light: false,
            vector: vector.to_vec(),
            participants: participants.iter().map(|&word| (word, weight)).collect(),
            sentences: (0..size).map(|document| (number * 100 + document, 0)).collect(),
            n_documents: size,
        }
    }

    fn joined(groups: &[Group]) -> Vec<(usize, usize)> {
        let mut joined_to = FxHashMap::default();
        join_in_story(groups, 10, &mut joined_to);
        let mut joined: Vec<(usize, usize)> = joined_to.into_iter().collect();
        joined.sort_unstable();
        joined
    }

    #[test]
    fn a_retelling_joins_the_theme() {
        let theme = || group(0, 9, "collapse", [1.0, 0.0], &[1, 2]);
        assert_eq!(joined(&[theme(), group(7, 1, "give", [0.8, 0.6], &[1, 2])]), [(7, 0)]);
        assert_eq!(joined(&[theme(), group(7, 1, "drown", [0.8, 0.6], &[3, 4])]), []);
        assert_eq!(joined(&[theme(), group(7, 1, "open", [0.0, 1.0], &[1, 5])]), []);
    }

    #[test]
    fn happenings_side_by_side_are_two() {
        let theme = group(0, 9, "collapse", [1.0, 0.0], &[1, 2]);
        let mut beside = group(7, 1, "fall", [0.8, 0.6], &[1, 2]);
        beside.sentences = theme.sentences.iter().take(1).copied().collect();
        assert_eq!(joined(&[theme, beside]), []);
    }

    #[test]
    fn only_the_largest_groups_take_others_in() {
        let mut groups: Vec<Group> =
            (0..60).map(|number| group(number, 2, &format!("w{number}"), [0.0, 1.0], &[100])).collect();
        groups.push(group(60, 1, "retold", [1.0, 0.0], &[1]));
        groups[55] = group(55, 2, "theme", [1.0, 0.0], &[1]);
        assert!(!joined(&groups).contains(&(60, 55)));
        groups.swap(0, 55);
        assert!(joined(&groups).contains(&(60, 55)));
    }
}
