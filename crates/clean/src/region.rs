//! Finds the article among the blocks: one dense region, with gaps.
//!
//! Each block gets a score for how much it looks like article text. A dynamic program then chooses the best
//! course before → body ⇄ gap → after: single short lines between paragraphs (subheads) stay in the body
//! because leaving it costs something, and a second region behind a comment section or a footer is not reached
//! because crossing these costs more. Weights are set by hand.

use crate::Reason;
use crate::signals::{End, Signals};

/// Where a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Before,
    Body,
    Gap,
    After,
}

/// Price of leaving the body and of coming back.
const GAP_SIDE: f32 = 0.8;
/// Price of each block in a gap.
const GAP_BLOCK: f32 = 0.15;

/// Chooses a place for each block.
pub(crate) fn find_region(signals: &[Signals]) -> Vec<Place> {
    const PLACES: [Place; 4] = [Place::Before, Place::Body, Place::Gap, Place::After];
    if signals.is_empty() {
        return Vec::new();
    }
    let mut best = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut came_from: Vec<[u8; 4]> = Vec::with_capacity(signals.len());
    for (at, signals) in signals.iter().enumerate() {
        let score = body_score(signals);
        let cross = crossing_cost(signals);
        let choose = |options: &[(usize, f32)]| -> (u8, f32) {
            let mut chosen = (options[0].0 as u8, best[options[0].0] + options[0].1);
            for &(from, gain) in &options[1..] {
                if best[from] + gain > chosen.1 {
                    chosen = (from as u8, best[from] + gain);
                }
            }
            chosen
        };
        let first = if at == 0 { f32::NEG_INFINITY } else { 0.0 };
        let moves = [
            choose(&[(0, 0.0)]),
            choose(&[(1, score), (0, score), (2, score - GAP_SIDE)]),
            choose(&[(2, -GAP_BLOCK - cross), (1, -GAP_BLOCK - cross - GAP_SIDE + first)]),
            choose(&[(3, 0.0), (1, 0.0)]),
        ];
        came_from.push(moves.map(|(from, _)| from));
        best = moves.map(|(_, score)| score);
    }
    // A page may have no article at all, and an article may end the page.
    let mut state = if best[3] > best[1] { 3 } else { 1 };
    if best[0] >= best[state] {
        state = 0;
    }
    let mut places = vec![Place::Before; signals.len()];
    for at in (0..signals.len()).rev() {
        places[at] = PLACES[state];
        state = came_from[at][state] as usize;
    }
    places
}

/// How much a block looks like article text; 0 is undecided.
pub(crate) fn body_score(signals: &Signals) -> f32 {
    let n = signals.n_words;
    let mut score = match signals.end {
        End::Sentence if n >= 20.0 => 3.0,
        End::Sentence if n >= 10.0 => 2.0,
        End::Sentence if n >= 5.0 => 1.0,
        End::Sentence => -0.2,
        End::Open if n >= 12.0 => 1.5,
        End::Open => -0.3,
        End::Cut if n >= 40.0 => 0.0,
        End::Cut if n >= 5.0 => -1.5,
        _ if n >= 40.0 => 1.5,
        _ if n >= 25.0 => 0.5,
        _ if n >= 12.0 => -0.8,
        _ if n >= 4.0 => -1.2,
        _ => -1.5,
    };
    if signals.n_sentences >= 2 {
        score += 0.7;
    }
    if signals.end != End::Sentence && n >= 4.0 && signals.capital_share > 0.6 {
        score -= 0.6;
    }
    if signals.starts_quoted && n >= 5.0 {
        score += 0.5;
    }
    if signals.number_share > 0.4 {
        score -= 1.0;
    }
    score -= (signals.n_separators as f32 * 0.7).min(3.0);
    if signals.is_repeated {
        score -= 3.0;
    } else if signals.comes_again && n < 15.0 {
        score -= 1.0;
    }
    score - signals.cues.total()
}

/// What it costs the body to go on beyond a block that usually ends articles.
fn crossing_cost(signals: &Signals) -> f32 {
    let (reason, strength) = signals.cues.best();
    if signals.is_stamp {
        return 1.5; // Comments and other stories carry times; paragraphs do not.
    }
    if strength < 3.0 {
        return 0.0;
    }
    match reason {
        Reason::Comments | Reason::Footer => 4.0,
        Reason::Headlines => 1.0,
        Reason::SignIn => 0.5,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split_blocks;
    use crate::signals::read_signals;

    #[test]
    fn whole_sentences_score_and_prompts_do_not() {
        for (block, is_article) in [
            (
                "Four others were rescued by a freighter that had heard their call for help, it added in a statement.",
                true,
            ),
            ("The boat had left the harbour on Friday evening although a storm warning was in force.", true),
            (
                "“They knew the risk,” said the harbour master, Ines Falk, who had spoken to the crew before they left.",
                true,
            ),
            ("Sign up for our newsletter to get the day's top stories in your inbox.", false),
            ("Council Votes to Close the Old Market Hall", false),
            ("© 2031 Amsel Wire. All rights reserved.", false),
        ] {
            let signals = read_signals(block, &split_blocks(block));
            let score = body_score(&signals[0]);
            assert_eq!(score > 1.0, is_article, "{block}: {score} {:?}", signals[0].cues);
        }
    }
}
