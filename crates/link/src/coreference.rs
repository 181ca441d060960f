//! Finds which words of many documents tell the same happening, whatever it is (event coreference).
//!
//! In:  documents, each with the words that tell events.
//! Out: for each of them the number of its cluster; words with the same number tell the same happening.
//!
//! Words are candidates when their documents tell the same story ([`stories`](self::stories)) and they have the same head
//! in dictionary form, or heads of one set of `data/synonyms.txt`. What then counts is how much their documents,
//! sentences and participants have in common; candidates are joined by average linkage. Groups that tell
//! the happening in other words are joined afterwards ([`rewordings`](self::rewordings)). The `link` of coded reports knows types,
//! actors and dates and does not need this; here the words may tell anything.
//!
//! ```text
//! A blast at the Marenko depot killed four.     blast  killed
//! The explosion in Marenko left four dead.      explosion  dead
//! clusters                                      1      2
//! ```
//!
//! Not done: pronouns (`it`, `that`) stay by themselves.

mod find;
mod heads;
mod linkage;
mod rewordings;
mod stories;

pub use find::find_mentions;

use crate::tellings::{content_words, cosine, weigh};
use dateline_text::{ByteSpan, Document, Idx, TokenIdx};
use heads::{Head, head_of};
use linkage::{Likeness, join_by_average};
use rewordings::join_rewordings;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use stories::Stories;

/// A document and the words in it that tell events.
#[derive(Clone, Copy, Debug)]
pub struct MarkedDocument<'d> {
    /// The document.
    pub document: &'d Document,
    /// The words, as spans of the document's text.
    pub mentions: &'d [ByteSpan],
}

/// Words that tell one happening. Only its number is of use; see [`link_mentions`].
#[derive(Clone, Copy, Debug)]
pub struct MentionCluster(());

/// What speaks for two mentions of one story, as [`likeness`] adds it up. Chosen on the train part of ECB+ by CoNLL F1
/// (November 2026); nothing else is learned from it.
mod weights {
    /// They stand in two documents of one story, or in one document.
    pub const TWO_DOCUMENTS: f32 = 0.5;
    pub const SAME_DOCUMENT: f32 = 0.6;
    /// Likeness of the two documents, 0 to 1.
    pub const DOCUMENTS: f32 = 1.5;
    /// Likeness of the two sentences, 0 to 1.
    pub const SENTENCES: f32 = 0.5;
    /// Likeness of the participants, 0 to 1.
    pub const PARTICIPANTS: f32 = 0.3;
    /// Share of the words of the shorter agent that the other has.
    pub const SAME_AGENT: f32 = 0.2;
    /// Both name agents, and these have no word in common.
    pub const OTHER_AGENT: f32 = -0.1;
    /// The heads are other words of one set.
    pub const OTHER_WORD: f32 = -0.05;
    /// The head says little: `say`, `make`, `begin`.
    pub const LIGHT_WORD: f32 = -0.6;
    /// What must speak for a cluster on average.
    pub const THRESHOLD: f32 = 0.55;
}

/// Mentions of one block that are compared with each other, in text order. What is more frequent is compared piece by
/// piece, so that large batches take time in proportion.
const MAX_BLOCK: usize = 1000;

/// Puts mentions of the same happening in one cluster, over all documents.
///
/// The answer has a list for each document, in order, with the cluster of each of its mentions. Clusters are
/// numbered in order of first mention.
pub fn link_mentions(documents: &[MarkedDocument]) -> Vec<Vec<Idx<MentionCluster>>> {
    let texts: Vec<&Document> = documents.iter().map(|marked| marked.document).collect();
    let stories = Stories::find(&texts);
    let mentions = collect(documents);
    let mut pairs = Vec::new();
    for (key, members) in blocks(&mentions, &stories) {
        for piece in members.chunks(MAX_BLOCK) {
            for (at, &a) in piece.iter().enumerate() {
                for &b in &piece[at + 1..] {
                    let likeness = likeness(&mentions[a], &mentions[b], &stories, key.light);
                    pairs.push(Likeness { a, b, value: likeness });
                }
            }
        }
    }
    let groups = join_by_average(mentions.len(), &pairs, weights::THRESHOLD);
    let cluster_of = join_rewordings(documents, &mentions, &stories, &groups);
    let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
    let mut clusters: Vec<Vec<Idx<MentionCluster>>> = vec![Vec::new(); documents.len()];
    for (mention, cluster) in mentions.iter().zip(cluster_of) {
        let next = numbers.len();
        let number = *numbers.entry(cluster).or_insert(next);
        clusters[mention.document].push(Idx::new(number));
    }
    clusters
}

/// A mention, ready to be compared.
struct Mention {
    document: usize,
    head: Option<Head>,
    /// Weighted content words of its sentence, without its own.
    sentence: Vec<(u32, f32)>,
    /// Weighted words of its participants.
    participants: Vec<(u32, f32)>,
    /// Words of its agent, ascending.
    agents: Vec<u32>,
}

fn collect(documents: &[MarkedDocument]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let (mut sentences, mut all_participants) = (Vec::new(), Vec::new());
    for (number, marked) in documents.iter().enumerate() {
        let document = marked.document;
        for &span in marked.mentions {
            let tokens = document.tokens_in(span);
            let head = head_of(document, span);
            let around: Vec<TokenIdx> = match &head {
                Some(head) => document.sentence(document.sentence_of(head.token)).tokens.iter().collect(),
                None => Vec::new(),
            };
            let others = around.into_iter().filter(|token| !tokens.holds(*token));
            sentences.push(content_words(document, others));
            let own = head.as_ref().map(|head| heads::participants(document, head.token)).unwrap_or_default();
            all_participants.push(content_words(document, own.all.into_iter()));
            let agents = content_words(document, own.agents.into_iter());
            let (sentence, participants) = (Vec::new(), Vec::new());
            mentions.push(Mention { document: number, head, sentence, participants, agents });
        }
    }
    let weigh = |texts: &[Vec<u32>]| weigh(&texts.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let weighed = weigh(&sentences).into_iter().zip(weigh(&all_participants));
    for (mention, (sentence, participants)) in mentions.iter_mut().zip(weighed) {
        (mention.sentence, mention.participants) = (sentence, participants);
    }
    mentions
}

/// What mentions must share to be compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct BlockKey<'m> {
    /// The story of their documents.
    story: usize,
    /// The set of their heads, or the head itself.
    sense: &'m str,
    light: bool,
}

fn blocks<'m>(mentions: &'m [Mention], stories: &Stories) -> BTreeMap<BlockKey<'m>, Vec<usize>> {
    let mut blocks: BTreeMap<BlockKey, Vec<usize>> = BTreeMap::new();
    for (number, mention) in mentions.iter().enumerate() {
        let Some(head) = &mention.head else { continue };
        let story = stories.of[mention.document];
        let key = BlockKey { story, sense: &head.sense, light: head.light };
        blocks.entry(key).or_default().push(number);
    }
    blocks
}

fn likeness(a: &Mention, b: &Mention, stories: &Stories, light: bool) -> f32 {
    let mut likeness = weights::SENTENCES * cosine(&a.sentence, &b.sentence)
        + weights::PARTICIPANTS * cosine(&a.participants, &b.participants);
    likeness += if a.document == b.document {
        weights::SAME_DOCUMENT
    } else {
        weights::TWO_DOCUMENTS + weights::DOCUMENTS * stories.likeness(a.document, b.document)
    };
    if !a.agents.is_empty() && !b.agents.is_empty() {
        let shared = a.agents.iter().filter(|word| b.agents.binary_search(word).is_ok()).count();
        likeness += match shared {
            0 => weights::OTHER_AGENT,
            _ => weights::SAME_AGENT * shared as f32 / a.agents.len().min(b.agents.len()) as f32,
        };
    }
    let lemma = |mention: &'_ Mention| mention.head.as_ref().map(|head| head.lemma.clone());
    likeness += if lemma(a) == lemma(b) { 0.0 } else { weights::OTHER_WORD };
    likeness + if light { weights::LIGHT_WORD } else { 0.0 }
}
