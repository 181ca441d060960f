//! How far a figure would move had other items of the same kind been measured: the bootstrap.
//!
//! In:  a number of items, and the figures of any draw of them.
//! Out: for each figure the ends of the middle 95 % of 1,000 draws, as `NAME_low` and `NAME_high`.
//!
//! An item is what stands by itself: a text, a page, a story. Draws are of as many items as there are, some of them twice,
//! and the same ones in every run.
//!
//! ```text
//! f1 0.84  ->  f1_low 0.81, f1_high 0.87
//! ```

use crate::Figure;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many draws the ends are read off.
const N_SAMPLES: usize = 1000;

/// The intervals of figures; `figures` gives them by name for the items of a draw.
pub(crate) fn intervals(n_items: usize, figures: impl Fn(&[usize]) -> Vec<(String, f64)> + Sync) -> Figure {
    if n_items == 0 {
        return Figure::Group(Vec::new());
    }
    let samples: Vec<Vec<(String, f64)>> = (0..N_SAMPLES)
        .into_par_iter()
        .map(|number| {
            let mut draw = Draw::new(number);
            let items: Vec<usize> = (0..n_items).map(|_| draw.below(n_items)).collect();
            figures(&items)
        })
        .collect();
    let mut values: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (name, value) in samples.into_iter().flatten() {
        values.entry(name).or_default().push(value);
    }
    let mut ends = Vec::new();
    for (name, mut values) in values {
        values.sort_by(f64::total_cmp);
        let cut = values.len() / 40;
        ends.push((format!("{name}_low"), Figure::Real(values[cut])));
        ends.push((format!("{name}_high"), Figure::Real(values[values.len() - 1 - cut])));
    }
    Figure::Group(ends)
}

/// Numbers by chance, the same for the same draw.
struct Draw {
    state: u64,
}

impl Draw {
    fn new(number: usize) -> Draw {
        // SplitMix64 (Steele, Lea, Flood 2014) spreads the numbers of the draws.
        let mut state = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Draw { state: (state ^ (state >> 31)).max(1) }
    }

    fn below(&mut self, n: usize) -> usize {
        // xorshift64*, Vigna 2016.
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        ((self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % n.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends for items of which every `step`-th is right.
    fn ends(n_items: usize, step: usize) -> (f64, f64) {
        let share = |items: &[usize]| {
            let right = items.iter().filter(|&&item| item % step == 0).count();
            vec![("right".to_owned(), right as f64 / items.len() as f64)]
        };
        let Figure::Group(ends) = intervals(n_items, share) else { panic!("a group") };
        match &ends[..] {
            [(low, Figure::Real(from)), (high, Figure::Real(to))] => {
                assert_eq!((low.as_str(), high.as_str()), ("right_low", "right_high"));
                (*from, *to)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn ends_are_those_of_the_binomial_distribution() {
        // Of 400 items half are right: the deviation is 0.025, and 95 % lie within 1.96 of it.
        let (low, high) = ends(400, 2);
        assert!((low - 0.451).abs() < 0.01 && (high - 0.549).abs() < 0.01, "{low} {high}");
        assert_eq!(ends(400, 2), (low, high), "the same draws in every run");
    }

    #[test]
    fn more_items_give_narrower_ends() {
        let width = |(low, high): (f64, f64)| high - low;
        assert!(width(ends(1600, 2)) < 0.7 * width(ends(400, 2)));
    }

    #[test]
    fn nothing_has_no_interval() {
        assert_eq!(intervals(0, |_| Vec::new()), Figure::Group(Vec::new()));
    }
}
