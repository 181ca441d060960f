//! Part-of-speech tags: UPOS and Penn tag together, from left to right.

use crate::atoms::{Atoms, at};
use crate::linear::{Linear, Trainer, key};

/// Fills the features of the token at `place`; tags to its left are known.
pub(crate) fn features(atoms: &[Atoms], place: usize, out: &mut Vec<u32>) {
    let i = place as isize;
    let (w0, l1, l2, r1, r2) =
        (at(atoms, i), at(atoms, i - 1), at(atoms, i - 2), at(atoms, i + 1), at(atoms, i + 2));
    let first = u32::from(place == 0);
    out.clear();
    out.extend_from_slice(&[
        key(1, w0.lower, 0, 0),
        key(2, w0.form, first, 0),
        key(3, w0.suffix[3], 0, 0),
        key(4, w0.suffix[2], 0, 0),
        key(5, w0.suffix[1], 0, 0),
        key(6, w0.suffix[0], w0.shape, 0),
        key(7, w0.prefix[2], 0, 0),
        key(8, w0.prefix[1], w0.suffix[1], 0),
        key(9, w0.shape, first, 0),
        key(10, l1.tag, 0, 0),
        key(11, l1.tag, l2.tag, 0),
        key(12, l1.tag, w0.lower, 0),
        key(13, l1.tag, l2.tag, w0.suffix[2]),
        key(14, l1.lower, 0, 0),
        key(15, l2.lower, 0, 0),
        key(16, r1.lower, 0, 0),
        key(17, r2.lower, 0, 0),
        key(18, l1.lower, w0.lower, 0),
        key(19, w0.lower, r1.lower, 0),
        key(20, r1.suffix[2], w0.suffix[1], 0),
        key(21, r1.suffix[1], r1.shape, 0),
        key(22, r1.suffix[2], l1.tag, 0),
        key(23, r2.suffix[2], r1.suffix[2], 0),
        key(24, l1.suffix[2], w0.suffix[2], 0),
        key(25, w0.suffix[2], r1.shape, l1.tag),
        key(26, w0.shape, l1.shape, r1.shape),
        key(27, r1.lower, r2.lower, 0),
        key(28, l1.lower, r1.lower, 0),
        key(29, l1.tag, r1.lower, w0.shape),
        key(30, w0.class, w0.shape, 0),
        key(31, w0.wide, l1.tag, 0),
        key(32, r1.class, 0, 0),
        key(33, l1.class, 0, 0),
        key(34, r1.class, l1.tag, 0),
        key(35, l1.wide, w0.wide, r1.wide),
        key(36, w0.class, r1.class, 0),
        key(37, w0.class, l1.tag, l2.tag),
    ]);
}

/// Tags one sentence: writes each token's label into its atoms, plus one.
pub(crate) fn tag(model: &Linear, atoms: &mut [Atoms], scratch: &mut crate::scratch::Scratch) {
    for place in 0..atoms.len() {
        features(atoms, place, &mut scratch.features);
        scratch.scores.clear();
        scratch.scores.resize(model.n_classes, 0);
        model.add_scores(&scratch.features, &mut scratch.scores);
        atoms[place].tag = best(&scratch.scores) as u32 + 1;
    }
}

/// The first of the highest scores.
pub(crate) fn best<T: PartialOrd + Copy>(scores: &[T]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}

/// Trains on sentences of atoms with their labels.
pub(crate) fn train(
    sentences: &mut [(Vec<Atoms>, Vec<u32>)],
    order: &[Vec<usize>],
    n_classes: usize,
) -> Trainer {
    let mut trainer = Trainer::new(n_classes);
    let mut list = Vec::new();
    let mut scores = vec![0.0f32; n_classes];
    for epoch in order {
        for &number in epoch {
            let (atoms, labels) = &mut sentences[number];
            for place in 0..atoms.len() {
                features(atoms, place, &mut list);
                scores.fill(0.0);
                trainer.add_scores(&list, &mut scores);
                let found = best(&scores);
                let right = labels[place] as usize;
                trainer.tick();
                if found != right {
                    trainer.update(&list, right, found);
                }
                atoms[place].tag = found as u32 + 1;
            }
        }
    }
    trainer
}
