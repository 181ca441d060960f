//! Precision, recall and F1 of a matching.

use crate::{Figure, Figures};

/// A part of a whole; 0 where there is no whole.
pub(crate) fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// The mean of some numbers, or nothing where there are none.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// How many things were to be found, were found, and were found rightly.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Matching {
    pub(crate) matched: usize,
    pub(crate) predicted: usize,
    pub(crate) gold: usize,
}

impl Matching {
    pub(crate) fn new(matched: usize, predicted: usize, gold: usize) -> Matching {
        Matching { matched, predicted, gold }
    }

    pub(crate) fn add(&mut self, matched: usize, predicted: usize, gold: usize) {
        self.matched += matched;
        self.predicted += predicted;
        self.gold += gold;
    }

    /// Nothing to find and nothing found is perfect.
    fn share(self, whole: usize) -> f64 {
        if self.predicted == 0 && self.gold == 0 { 1.0 } else { ratio(self.matched as f64, whole as f64) }
    }

    pub(crate) fn f1(self) -> f64 {
        harmonic(self.share(self.predicted), self.share(self.gold))
    }

    /// Adds `NAME_precision`, `NAME_recall` and `NAME_f1`; without a name just these words.
    pub(crate) fn add_to(self, figures: &mut Figures, name: &str) {
        let [precision, recall, f1] = self.named(name);
        figures.add(precision.0, precision.1).add(recall.0, recall.1).add(f1.0, f1.1);
    }

    /// The three figures with their names.
    pub(crate) fn named(self, name: &str) -> [(String, Figure); 3] {
        let name =
            |figure: &str| if name.is_empty() { figure.to_owned() } else { format!("{name}_{figure}") };
        [
            (name("precision"), Figure::Real(self.share(self.predicted))),
            (name("recall"), Figure::Real(self.share(self.gold))),
            (name("f1"), Figure::Real(self.f1())),
        ]
    }
}

/// The harmonic mean of precision and recall.
pub(crate) fn harmonic(precision: f64, recall: f64) -> f64 {
    ratio(2.0 * precision * recall, precision + recall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_find_and_nothing_found_is_perfect() {
        for (matching, expected) in [
            (Matching::new(0, 0, 0), 1.0),
            (Matching::new(0, 3, 0), 0.0),
            (Matching::new(0, 0, 3), 0.0),
            (Matching::new(1, 2, 2), 0.5),
            (Matching::new(1, 1, 3), 0.5),
        ] {
            assert!((matching.f1() - expected).abs() < 1e-12, "{matching:?}");
        }
    }
}
