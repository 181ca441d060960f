//! Names of persons, organizations and places: BIO labels from left to right.

use crate::atoms::{Atoms, at};
use crate::linear::{Linear, Trainer, key};
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

fn features(atoms: &[Atoms], labels: &[u32], place: usize, out: &mut Vec<u32>) {
    let i = place as isize;
    let (w, l1, l2, r1, r2) =
        (at(atoms, i), at(atoms, i - 1), at(atoms, i - 2), at(atoms, i + 1), at(atoms, i + 2));
    let b1 = if place > 0 { labels[place - 1] + 1 } else { 0 };
    let b2 = if place > 1 { labels[place - 2] + 1 } else { 0 };
    let first = u32::from(place == 0);
    let ahead = run_ahead(atoms, place);
    out.clear();
    out.extend_from_slice(&[
        key(201, w.lower, 0, 0),
        key(202, w.form, first, 0),
        key(203, w.shape, first, 0),
        key(204, w.suffix[2], u32::from(w.capital), 0),
        key(205, w.suffix[3], u32::from(w.capital), 0),
        key(206, w.prefix[2], u32::from(w.capital), 0),
        key(207, w.tag, w.shape, 0),
        key(208, l1.lower, u32::from(w.capital), 0),
        key(209, r1.lower, u32::from(w.capital), 0),
        key(210, l2.lower, u32::from(w.capital), 0),
        key(211, r2.lower, u32::from(w.capital), 0),
        key(212, l1.lower, w.lower, 0),
        key(213, w.lower, r1.lower, 0),
        key(214, l1.shape, w.shape, r1.shape),
        key(215, l1.tag, w.tag, r1.tag),
        key(216, b1, w.tag, 0),
        key(217, b1, w.shape, l1.lower),
        key(218, b1, w.lower, 0),
        key(219, b1, b2, w.shape),
        key(220, l1.suffix[2], w.shape, 0),
        key(221, r1.suffix[2], w.shape, 0),
        key(222, b1, r1.shape, w.shape),
        key(223, l2.lower, l1.lower, u32::from(w.capital)),
        key(224, r1.lower, r2.lower, u32::from(w.capital)),
        key(225, w.tag, r1.tag, r2.tag),
        key(226, l2.tag, l1.tag, w.tag),
        key(227, w.suffix[1], w.shape, 0),
        key(228, b1, l1.lower, w.suffix[2]),
        key(229, r1.lower, b1, w.shape),
        key(230, w.class, u32::from(w.capital), 0),
        key(231, l1.class, u32::from(w.capital), b1),
        key(232, r1.class, u32::from(w.capital), 0),
        key(233, l1.wide, w.wide, r1.wide),
        key(234, w.class, b1, w.shape),
        key(235, l1.class, w.class, 0),
        key(236, w.class, r1.class, 0),
        key(237, l2.class, l1.class, u32::from(w.capital)),
        key(238, r1.class, r2.class, u32::from(w.capital)),
        key(239, l2.class, u32::from(w.capital), 0),
        key(240, r2.class, u32::from(w.capital), 0),
        key(241, w.wide, w.shape, b1),
        key(242, w.lists, b1, u32::from(w.capital)),
        key(243, w.lists, l1.lists, r1.lists),
        key(244, w.lists, r1.lists, r1.shape),
        key(245, l1.lists, b1, w.shape),
        key(246, ahead.0, ahead.1, b1),
        key(247, ahead.0, ahead.1, w.lists),
        key(248, w.lists, l1.lists, u32::from(w.capital)),
    ]);
}

/// Of the capitalised words from `place` on: which lists hold one of them, and which hold the last.
fn run_ahead(atoms: &[Atoms], place: usize) -> (u32, u32) {
    let (mut any, mut last) = (0, 0);
    // Names are short; looking further costs time and tells nothing.
    for atoms in atoms[place..].iter().take(6).take_while(|atoms| atoms.capital) {
        any |= atoms.lists;
        last = atoms.lists;
    }
    (any, last)
}

/// Labels the tokens of one tagged sentence.
pub(crate) fn label(
    model: &Linear,
    atoms: &[Atoms],
    labels: &mut Vec<u32>,
    list: &mut Vec<u32>,
    scores: &mut Vec<i32>,
) {
    labels.clear();
    for place in 0..atoms.len() {
        features(atoms, labels, place, list);
        scores.clear();
        scores.resize(model.n_classes, 0);
        model.add_scores(list, scores);
        let before = labels.last().copied().unwrap_or(OUTSIDE);
        let mut best = (i32::MIN, OUTSIDE);
        for (class, &score) in scores.iter().enumerate() {
            if score > best.0 && may_follow(before, class as u32) {
                best = (score, class as u32);
            }
        }
        labels.push(best.1);
    }
}

/// Trains on tagged sentences with their labels.
pub(crate) fn train(sentences: &[(Vec<Atoms>, Vec<u32>)], order: &[Vec<usize>]) -> Trainer {
    let mut trainer = Trainer::new(N_LABELS);
    let (mut list, mut labels) = (Vec::new(), Vec::new());
    for epoch in order {
        for &number in epoch {
            let (atoms, gold) = &sentences[number];
            labels.clear();
            for (place, &right) in gold.iter().enumerate() {
                features(atoms, &labels, place, &mut list);
                let mut scores = [0.0f32; N_LABELS];
                trainer.add_scores(&list, &mut scores);
                let before = labels.last().copied().unwrap_or(OUTSIDE);
                let mut found = (f32::MIN, OUTSIDE);
                for (class, &score) in scores.iter().enumerate() {
                    if score > found.0 && (may_follow(before, class as u32) || class as u32 == right) {
                        found = (score, class as u32);
                    }
                }
                trainer.tick();
                if found.1 != right {
                    trainer.update(&list, right as usize, found.1 as usize);
                }
                labels.push(if may_follow(before, found.1) { found.1 } else { OUTSIDE });
            }
        }
    }
    trainer
}
