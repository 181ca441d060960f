//! Finds the article in flattened text: a page copied or dumped as text, one block a line.
//!
//! Blocks get signals (shape, phrases, repetition), the densest region becomes the article, and every block
//! outside of it gets a reason. Appeals often hide between paragraphs in whole sentences; they are told by
//! their phrases and by how the outlet speaks to its readers near such phrases.

use crate::Reason;
use crate::head::{Head, read_head};
use crate::lines::{Block, split_blocks};
use crate::region::{Place, body_score, find_region};
use crate::signals::{End, Signals, read_signals};
use dateline_text::ByteSpan;

/// The blocks of a text, each kept or removed.
#[derive(Debug)]
pub(crate) struct Flat {
    pub(crate) blocks: Vec<Block>,
    /// The reason for removal, or `None` for a paragraph of the article.
    pub(crate) reasons: Vec<Option<Reason>>,
    pub(crate) head: Head,
}

/// Sorts the blocks of a text.
pub(crate) fn classify(text: &str) -> Flat {
    let blocks = split_blocks(text);
    let mut signals = read_signals(text, &blocks);
    spread_appeals(&mut signals);
    mark_captions(&mut signals);
    let mut places = find_region(&signals);
    let head = read_head(text, &blocks, &signals, &mut places);
    let reasons = (0..blocks.len()).map(|at| reason_of(at, &signals, &places, &head)).collect();
    Flat { blocks, reasons, head }
}

/// A text that is the article already: every block is kept.
pub(crate) fn keep_all(text: &str) -> Flat {
    let blocks = split_blocks(text);
    let reasons = vec![None; blocks.len()];
    Flat { blocks, reasons, head: Head::default() }
}

/// Checks paragraphs that another classifier took for the article: only clear phrases and repetition remove.
///
/// With `has_title` the first block is the headline.
pub(crate) fn recheck(text: &str, has_title: bool) -> Flat {
    let blocks = split_blocks(text);
    let mut signals = read_signals(text, &blocks);
    spread_appeals(&mut signals);
    mark_captions(&mut signals);
    let last = blocks.len().saturating_sub(1);
    let reasons = (0..blocks.len())
        .map(|at| {
            if at == 0 && has_title {
                return Some(Reason::Title);
            }
            let one = &signals[at];
            let (cue, strength) = one.cues.best();
            let is_edge = at <= 2 || at + 3 > last;
            if one.is_repeated && one.n_words >= 4.0 {
                return Some(Reason::Repeated);
            }
            let is_short = one.n_words <= 30.0;
            (strength >= 4.0 && is_short && (body_score(one) < -1.5 || is_edge)).then_some(cue)
        })
        .collect();
    Flat { blocks, reasons, head: Head::default() }
}

impl Flat {
    pub(crate) fn span(&self, at: usize) -> ByteSpan {
        self.blocks[at].span
    }
}

/// Marks paragraphs between appeals that speak to the reader as appeals.
fn spread_appeals(signals: &mut [Signals]) {
    let strength: Vec<f32> =
        signals.iter().map(|one| one.cues.of(Reason::Appeal) + one.cues.of(Reason::SignIn)).collect();
    // The strongest appeal among the two blocks on each side.
    for at in 0..signals.len() {
        let before = strength[at.saturating_sub(2)..at].iter().copied().fold(0.0, f32::max);
        let after = strength[at + 1..(at + 3).min(strength.len())].iter().copied().fold(0.0, f32::max);
        let n_address = signals[at].n_address;
        if n_address == 0 || strength[at] >= 4.0 {
            continue;
        }
        if before.min(after) >= 3.0 {
            signals[at].cues.add(Reason::Appeal, 5.0);
        } else if before.max(after) >= 4.0 && n_address >= 2 {
            signals[at].cues.add(Reason::Appeal, 1.5);
        }
    }
}

/// Marks a line as a caption that begins a longer caption next to it.
fn mark_captions(signals: &mut [Signals]) {
    for at in 1..signals.len() {
        let (before, after) = signals.split_at_mut(at);
        let (a, b) = (&mut before[at - 1], &mut after[0]);
        if a.words.len() < 4 || b.words.len() < 4 {
            continue;
        }
        let (short, long) = if a.words.len() <= b.words.len() { (&mut *a, &*b) } else { (&mut *b, &*a) };
        let n_same = short.words.iter().zip(&long.words).take_while(|(x, y)| x.text == y.text).count();
        if n_same == short.words.len() && long.cues.of(Reason::Caption) >= 3.0 {
            short.cues.add(Reason::Caption, 5.0);
        }
    }
}

fn reason_of(at: usize, signals: &[Signals], places: &[Place], head: &Head) -> Option<Reason> {
    let one = &signals[at];
    let (cue, strength) = one.cues.best();
    if places[at] == Place::Body {
        return None;
    }
    if head.title == Some(at) {
        return Some(Reason::Title);
    }
    if head.byline.is_some_and(|(byline, _)| byline == at) {
        return Some(Reason::Byline);
    }
    if head.dates.contains(&at) {
        return Some(Reason::Date);
    }
    if head.standfirst.contains(&at) {
        return Some(Reason::Standfirst);
    }
    if one.is_repeated && (strength < 4.0 || cue == Reason::Caption) {
        return Some(Reason::Repeated);
    }
    if strength >= 2.0 {
        return Some(cue);
    }
    let is_line = one.n_words <= 3.5 && one.end == End::Bare;
    Some(match places[at] {
        Place::Gap if one.n_words >= 8.0 && one.end == End::Bare => Reason::Caption,
        _ if is_line => Reason::Menu,
        _ if one.n_separators >= 2 => Reason::Menu,
        _ if one.end != End::Sentence && one.n_words <= 30.0 => Reason::Headlines,
        _ if strength >= 1.0 => cue,
        _ => Reason::Other,
    })
}
