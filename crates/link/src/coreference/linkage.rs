//! Average linkage over a sparse graph.

use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// How like two things are. Pairs that are not given have likeness 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    pub a: usize,
    pub b: usize,
    pub value: f32,
}

/// Joins the most alike groups of the numbers below `n`, as long as their pairs have `least` on average. The
/// answer holds for each number the least number of its group.
pub(super) fn join_by_average(n: usize, pairs: &[Likeness], least: f32) -> Vec<usize> {
    let mut sums: Vec<FxHashMap<usize, f64>> = vec![FxHashMap::default(); n];
    let mut heap = BinaryHeap::new();
    for pair in pairs.iter().filter(|pair| pair.a != pair.b) {
        *sums[pair.a].entry(pair.b).or_default() += f64::from(pair.value);
        *sums[pair.b].entry(pair.a).or_default() += f64::from(pair.value);
    }
    let mut sizes = vec![1usize; n];
    for (a, others) in sums.iter().enumerate() {
        for (&b, &sum) in others.iter().filter(|&(&b, _)| a < b) {
            heap.push(Join { average: sum, a, b });
        }
    }
    let mut group_of: Vec<usize> = (0..n).collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|number| vec![number]).collect();
    while let Some(Join { average, a, b }) = heap.pop() {
        if average < f64::from(least) {
            break;
        }
        if group_of[a] != a || group_of[b] != b {
            continue;
        }
        let is_current = sums[a].get(&b).is_some_and(|sum| average_of(*sum, sizes[a], sizes[b]) == average);
        if !is_current {
            continue;
        }
        let moved = std::mem::take(&mut members[b]);
        moved.iter().for_each(|&member| group_of[member] = a);
        members[a].extend(moved);
        sizes[a] += sizes[b];
        let of_b = std::mem::take(&mut sums[b]);
        sums[a].remove(&b);
        for (other, sum) in of_b {
            if other != a && group_of[other] == other {
                *sums[a].entry(other).or_default() += sum;
                sums[other].remove(&b);
            }
        }
        let mut others: Vec<(usize, f64)> = sums[a].iter().map(|(&other, &sum)| (other, sum)).collect();
        others.sort_unstable_by_key(|&(other, _)| other);
        for (other, sum) in others {
            if group_of[other] == other {
                sums[other].insert(a, sum);
                let average = average_of(sum, sizes[a], sizes[other]);
                heap.push(Join { average, a: a.min(other), b: a.max(other) });
            }
        }
    }
    group_of
}

fn average_of(sum: f64, size_a: usize, size_b: usize) -> f64 {
    sum / (size_a * size_b) as f64
}

/// Two groups that might be joined.
struct Join {
    average: f64,
    a: usize,
    b: usize,
}

impl Ord for Join {
    fn cmp(&self, other: &Join) -> Ordering {
        // The most alike first; of those as alike, the one of least numbers, so that the order is fixed.
        self.average.total_cmp(&other.average).then(other.a.cmp(&self.a)).then(other.b.cmp(&self.b))
    }
}
impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Join) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Join {
    fn eq(&self, other: &Join) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Join {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_single_strong_pair_does_not_join_two_groups() {
        let pair = |a, b, value| Likeness { a, b, value };
        let pairs = [pair(0, 1, 0.9), pair(2, 3, 0.9), pair(1, 2, 0.8), pair(4, 0, 0.6), pair(4, 1, 0.6)];
        assert_eq!(join_by_average(5, &pairs, 0.5), [0, 0, 2, 2, 0]);
    }

    proptest! {
        #[test]
        fn groups_are_named_by_their_least_number(
            values in proptest::collection::vec((0usize..12, 0usize..12, 0.0f32..1.0), 0..60)
        ) {
            let pairs: Vec<Likeness> =
                values.into_iter().map(|(a, b, value)| Likeness { a, b, value }).collect();
            let groups = join_by_average(12, &pairs, 0.4);
            for (number, &group) in groups.iter().enumerate() {
                prop_assert!(group <= number && groups[group] == group);
            }
        }
    }
}
