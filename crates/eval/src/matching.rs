//! One-to-one matchings: the largest number of pairs, and the best sum of gains.

use std::collections::VecDeque;

/// The size of a largest one-to-one matching; `edges[left]` are the right items that `left` may go with.
///
/// Augmenting paths, searched breadth first so that depth needs no call stack.
pub(crate) fn maximum_matching(edges: &[Vec<usize>], n_right: usize) -> usize {
    let mut left_of: Vec<Option<usize>> = vec![None; n_right];
    let mut right_of: Vec<Option<usize>> = vec![None; edges.len()];
    let mut came_from: Vec<Option<usize>> = vec![None; n_right];
    let mut size = 0;
    for start in 0..edges.len() {
        came_from.fill(None);
        let mut waiting = VecDeque::from([start]);
        let mut free = None;
        'search: while let Some(left) = waiting.pop_front() {
            for &right in &edges[left] {
                if came_from[right].is_some() {
                    continue;
                }
                came_from[right] = Some(left);
                match left_of[right] {
                    Some(next) => waiting.push_back(next),
                    None => {
                        free = Some(right);
                        break 'search;
                    }
                }
            }
        }
        size += usize::from(free.is_some());
        while let Some(right) = free {
            let left = came_from[right].expect("invariant: the path leads back to its start");
            free = right_of[left].replace(right);
            left_of[right] = Some(left);
        }
    }
    size
}

/// The largest sum of gains of a one-to-one assignment (the Hungarian method); `gain[left][right]` is not
/// negative, and 0 stands for no pair.
pub(crate) fn best_assignment(gain: &[Vec<f64>]) -> f64 {
    best_pairs(gain).into_iter().map(|(left, right)| gain[left][right]).sum()
}

/// The pairs of that assignment that gain something, by their left items.
pub(crate) fn best_pairs(gain: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (n_left, n_right) = (gain.len(), gain.first().map_or(0, Vec::len));
    let mut pairs = if n_left > n_right {
        let turned: Vec<Vec<f64>> =
            (0..n_right).map(|right| gain.iter().map(|row| row[right]).collect()).collect();
        assignment_of_wide(&turned).into_iter().map(|(right, left)| (left, right)).collect()
    } else {
        assignment_of_wide(gain)
    };
    pairs.retain(|&(left, right)| gain[left][right] > 0.0);
    pairs.sort_unstable();
    pairs
}

/// Rows are at most as many as columns. Rows and columns count from 1; column 0 is where a search starts.
fn assignment_of_wide(gain: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (gain.len(), gain.first().map_or(0, Vec::len));
    let mut row_price = vec![0.0; rows + 1];
    let mut column_price = vec![0.0; columns + 1];
    let mut owner = vec![0usize; columns + 1];
    for row in 1..=rows {
        owner[0] = row;
        let mut slack = vec![f64::INFINITY; columns + 1];
        let mut before = vec![0usize; columns + 1];
        let mut used = vec![false; columns + 1];
        let mut column = 0;
        while owner[column] != 0 {
            used[column] = true;
            let current = owner[column];
            let (mut step, mut following) = (f64::INFINITY, 0);
            for other in 1..=columns {
                if used[other] {
                    continue;
                }
                let reduced = -gain[current - 1][other - 1] - row_price[current] - column_price[other];
                if reduced < slack[other] {
                    (slack[other], before[other]) = (reduced, column);
                }
                if slack[other] < step {
                    (step, following) = (slack[other], other);
                }
            }
            for other in 0..=columns {
                if used[other] {
                    row_price[owner[other]] += step;
                    column_price[other] -= step;
                } else {
                    slack[other] -= step;
                }
            }
            column = following;
        }
        while column != 0 {
            owner[column] = owner[before[column]];
            column = before[column];
        }
    }
    (1..=columns).filter(|&column| owner[column] != 0).map(|column| (owner[column] - 1, column - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every assignment tried: the plain twin.
    fn best_by_trying(gain: &[Vec<f64>], used: u32) -> f64 {
        let Some((first, rest)) = gain.split_first() else { return 0.0 };
        let skipped = best_by_trying(rest, used);
        (0..first.len())
            .filter(|right| used & (1 << right) == 0)
            .map(|right| first[right] + best_by_trying(rest, used | (1 << right)))
            .fold(skipped, f64::max)
    }

    proptest! {
        #[test]
        fn assignments_are_best(n_right in 1usize..6, cells in proptest::collection::vec(0u8..9, 1..30)) {
            let gain: Vec<Vec<f64>> = cells.chunks_exact(n_right).map(|row| row.iter().map(|&cell| f64::from(cell)).collect()).collect();
            prop_assert!((best_assignment(&gain) - best_by_trying(&gain, 0)).abs() < 1e-9);
        }

        #[test]
        fn matchings_are_largest(n_right in 1usize..6, cells in proptest::collection::vec(proptest::bool::ANY, 1..30)) {
            let rows: Vec<&[bool]> = cells.chunks_exact(n_right).collect();
            let edges: Vec<Vec<usize>> = rows.iter().map(|row| (0..n_right).filter(|&right| row[right]).collect()).collect();
            let gain: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|&cell| f64::from(u8::from(cell))).collect()).collect();
            prop_assert_eq!(maximum_matching(&edges, n_right) as f64, best_by_trying(&gain, 0));
        }
    }
}
