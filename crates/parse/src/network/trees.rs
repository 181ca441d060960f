//! The best tree for the scores of arcs.
//!
//! In:  for each token a score for each head: the root, then the tokens.
//! Out: heads that make one tree with one word at its root, of the highest total score.
//!
//! Mostly the best head of each token does; where not, the algorithm of Chu and Liu (1965) and Edmonds (1967) on
//! scores that make a second root too dear.

/// Finds the heads: 0 is the root and `1 + i` token `i`. `scores` has a row of `n + 1` for each of `n` tokens.
pub(crate) fn best_tree(scores: &[f32], n: usize, heads: &mut Vec<u32>) {
    heads.clear();
    for (token, row) in scores.chunks_exact(n + 1).take(n).enumerate() {
        let mut best = (f32::NEG_INFINITY, 0);
        for (head, &score) in row.iter().enumerate() {
            if score > best.0 && head != token + 1 {
                best = (score, head as u32);
            }
        }
        heads.push(best.1);
    }
    if is_tree(heads) {
        return;
    }
    let finite = |score: f32| if score.is_finite() { f64::from(score) } else { -1e6 };
    let (low, high) = scores
        .iter()
        .fold((f64::MAX, f64::MIN), |(low, high), &score| (low.min(finite(score)), high.max(finite(score))));
    let root_price = (high - low + 1.0) * (n as f64 + 1.0);
    let mut graph = Graph { n: n + 1, scores: vec![f64::NEG_INFINITY; (n + 1) * (n + 1)] };
    for token in 0..n {
        for head in (0..=n).filter(|&head| head != token + 1) {
            let price = if head == 0 { root_price } else { 0.0 };
            graph.scores[(token + 1) * (n + 1) + head] = finite(scores[token * (n + 1) + head]) - price;
        }
    }
    let tree = graph.best_heads();
    heads.clear();
    heads.extend(tree[1..].iter().map(|&head| head as u32));
}

/// Whether the heads make a tree with one word at the root.
fn is_tree(heads: &[u32]) -> bool {
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    // Walk up from each token, marking the walk; a walk that meets itself is a cycle.
    let mut seen = vec![0u32; heads.len()];
    for start in 0..heads.len() {
        let mark = start as u32 + 1;
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = mark;
            if heads[at] == 0 {
                break;
            }
            at = heads[at] as usize - 1;
        }
        if seen[at] == mark && heads[at] != 0 {
            return false;
        }
    }
    true
}

/// A dense graph: the score of each node's arcs from each head. Node 0 is the root.
struct Graph {
    n: usize,
    scores: Vec<f64>,
}

impl Graph {
    fn score(&self, node: usize, head: usize) -> f64 {
        self.scores[node * self.n + head]
    }

    /// The heads of the best tree; that of node 0 says nothing.
    fn best_heads(&self) -> Vec<usize> {
        let mut heads = vec![0; self.n];
        for (node, best) in heads.iter_mut().enumerate().skip(1) {
            for head in 1..self.n {
                if head != node && self.score(node, head) > self.score(node, *best) {
                    *best = head;
                }
            }
        }
        let Some(cycle) = find_cycle(&heads) else { return heads };
        let mut in_cycle = vec![false; self.n];
        cycle.iter().for_each(|&node| in_cycle[node] = true);
        // The cycle becomes one node, the last of a smaller graph.
        let kept: Vec<usize> = (0..self.n).filter(|&node| !in_cycle[node]).collect();
        let one = kept.len();
        let mut small = Graph { n: one + 1, scores: vec![f64::NEG_INFINITY; (one + 1) * (one + 1)] };
        let mut leaves = vec![0; one];
        let mut enters = vec![0; one];
        for (number, &node) in kept.iter().enumerate() {
            for (other, &head) in kept.iter().enumerate() {
                small.scores[number * small.n + other] = self.score(node, head);
            }
            let by = |a: f64, b: f64| a.total_cmp(&b);
            let leave = |&a: &&usize, &b: &&usize| by(self.score(node, *a), self.score(node, *b));
            leaves[number] = *cycle.iter().max_by(leave).expect("invariant: a cycle has nodes");
            small.scores[number * small.n + one] = self.score(node, leaves[number]);
            let gain = |inner: usize| self.score(inner, node) - self.score(inner, heads[inner]);
            enters[number] =
                *cycle.iter().max_by(|&&a, &&b| by(gain(a), gain(b))).expect("invariant: a cycle has nodes");
            small.scores[one * small.n + number] = gain(enters[number]);
        }
        let solved = small.best_heads();
        for (number, &node) in kept.iter().enumerate().skip(1) {
            heads[node] = if solved[number] == one { leaves[number] } else { kept[solved[number]] };
        }
        let entry = solved[one];
        heads[enters[entry]] = kept[entry];
        heads
    }
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best tree among all of them.
    fn best_by_trial(scores: &[f32], n: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let mut heads = vec![0u32; n];
        loop {
            let loops = heads.iter().enumerate().any(|(token, &head)| head as usize == token + 1);
            if !loops && is_tree(&heads) {
                best = best.max(total(scores, n, &heads));
            }
            let Some(place) = heads.iter().position(|&head| (head as usize) < n) else { return best };
            heads[..place].fill(0);
            heads[place] += 1;
        }
    }

    fn total(scores: &[f32], n: usize, heads: &[u32]) -> f32 {
        heads.iter().enumerate().map(|(token, &head)| scores[token * (n + 1) + head as usize]).sum()
    }

    proptest! {
        #[test]
        fn no_tree_is_better(n in 1usize..6, values in prop::collection::vec(-9i8..9, 30)) {
            let scores: Vec<f32> = values[..n * (n + 1)].iter().map(|&value| f32::from(value)).collect();
            let mut heads = Vec::new();
            best_tree(&scores, n, &mut heads);
            prop_assert!(is_tree(&heads), "{:?}", heads);
            prop_assert_eq!(total(&scores, n, &heads), best_by_trial(&scores, n));
        }

        #[test]
        fn whatever_the_scores_it_is_a_tree(n in 1usize..40, seed: u32) {
            let mut state = seed;
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| { state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223); (state >> 24) as f32 })
                .map(|score| if score < 2.0 { f32::NAN } else { score })
                .collect();
            let mut heads = Vec::new();
            best_tree(&scores, n, &mut heads);
            prop_assert!(is_tree(&heads));
        }
    }
}
