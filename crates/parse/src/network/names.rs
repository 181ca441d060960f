//! Labels of names, and the best row of them.

use dateline_text::NameKind;

/// Outside any name; label `1 + 2 * kind` begins a name and `2 + 2 * kind` goes on with it.
pub(crate) const OUTSIDE: u32 = 0;
/// The kinds that the recogniser tells apart.
pub(crate) const KINDS: [NameKind; 3] = [NameKind::Per, NameKind::Org, NameKind::Loc];
/// How many labels there are.
pub(crate) const N_LABELS: usize = 1 + 2 * KINDS.len();

/// Whether a label may follow another.
pub(crate) fn may_follow(before: u32, label: u32) -> bool {
    label == OUTSIDE || label % 2 == 1 || before == label || before + 1 == label
}

/// Names as start, end and kind.
pub(crate) fn spans(labels: &[u32]) -> Vec<(usize, usize, u32)> {
    let mut spans: Vec<(usize, usize, u32)> = Vec::new();
    for (place, &label) in labels.iter().enumerate() {
        if label == OUTSIDE {
            continue;
        }
        match spans.last_mut() {
            Some(last) if label % 2 == 0 && last.1 == place => last.1 += 1,
            _ => spans.push((place, place + 1, (label - 1) / 2)),
        }
    }
    spans
}

/// The labels of the highest total score in which each may follow the one before (Viterbi 1967). `scores` has a
/// row of [`N_LABELS`] for each token.
pub(crate) fn best_labels(scores: &[f32], labels: &mut [u32]) {
    let mut back: Vec<[u8; N_LABELS]> = Vec::with_capacity(labels.len());
    let mut totals = [f32::NEG_INFINITY; N_LABELS];
    for (token, row) in scores.chunks_exact(N_LABELS).enumerate() {
        let mut next = [f32::NEG_INFINITY; N_LABELS];
        let mut from = [0u8; N_LABELS];
        for label in 0..N_LABELS {
            if token == 0 {
                if may_follow(OUTSIDE, label as u32) {
                    next[label] = row[label];
                }
                continue;
            }
            for (before, total) in totals.iter().enumerate() {
                let total = total + row[label];
                if total > next[label] && may_follow(before as u32, label as u32) {
                    next[label] = total;
                    from[label] = before as u8;
                }
            }
        }
        totals = next;
        back.push(from);
    }
    let mut label = (0..N_LABELS).rev().max_by(|&a, &b| totals[a].total_cmp(&totals[b])).unwrap_or(0);
    for token in (0..labels.len()).rev() {
        labels[token] = label as u32;
        label = back[token][label] as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_off_labels() {
        assert_eq!(spans(&[1, 2, 0, 5, 5, 6]), [(0, 2, 0), (3, 4, 2), (4, 6, 2)]);
    }

    proptest! {
        #[test]
        fn no_lawful_row_of_labels_is_better(n in 1usize..4, values in prop::collection::vec(-9i8..9, 3 * N_LABELS)) {
            let scores: Vec<f32> = values[..n * N_LABELS].iter().map(|&value| f32::from(value)).collect();
            let total = |labels: &[u32]| -> f32 {
                labels.iter().enumerate().map(|(i, &label)| scores[i * N_LABELS + label as usize]).sum()
            };
            let lawful = |labels: &[u32]| {
                let before = std::iter::once(&OUTSIDE).chain(labels);
                before.zip(labels).all(|(&before, &label)| may_follow(before, label))
            };
            let mut best = f32::NEG_INFINITY;
            for number in 0..N_LABELS.pow(n as u32) {
                let labels: Vec<u32> =
                    (0..n).map(|i| (number / N_LABELS.pow(i as u32) % N_LABELS) as u32).collect();
                if lawful(&labels) {
                    best = best.max(total(&labels));
                }
            }
            let mut found = vec![0; n];
            best_labels(&scores, &mut found);
            prop_assert!(lawful(&found));
            prop_assert_eq!(total(&found), best);
        }
    }
}
