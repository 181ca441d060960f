//! Names marked in a treebank that is not shipped: `sentence TAB first-last:KIND …`, words counted from 1.

use crate::network::{KINDS, OUTSIDE};
use std::collections::BTreeMap;

/// The marks of a file, by the sentence's id. Lines with `#` are comments.
pub(super) struct Marks<'t> {
    of_sentence: BTreeMap<&'t str, Vec<(usize, usize, u32)>>,
}

impl<'t> Marks<'t> {
    /// Reads a file; lines that are no marks are left out.
    pub fn read(text: &'t str) -> Marks<'t> {
        let mut of_sentence = BTreeMap::new();
        for (sentence, marks) in
            text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
        {
            let read = |mark: &str| {
                let (words, kind) = mark.split_once(':')?;
                let (first, last) = words.split_once('-')?;
                let kind = KINDS.iter().position(|known| known.as_str() == kind)?;
                Some((first.parse().ok()?, last.parse().ok()?, kind as u32))
            };
            of_sentence.insert(sentence, marks.split(' ').filter_map(read).collect());
        }
        Marks { of_sentence }
    }

    /// The labels of a sentence of `n` words.
    pub fn labels(&self, sentence: &str, n: usize) -> Vec<u32> {
        let mut labels = vec![OUTSIDE; n];
        for &(first, last, kind) in self.of_sentence.get(sentence).into_iter().flatten() {
            for word in first..=last.min(n) {
                labels[word - 1] = if word == first { 1 + 2 * kind } else { 2 + 2 * kind };
            }
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_labels() {
        let marks = Marks::read("# comment\na-1\t1-2:PER 4-4:LOC\na-2\tno mark\n");
        assert_eq!(marks.labels("a-1", 5), [1, 2, 0, 5, 0]);
        assert_eq!(marks.labels("a-2", 2), [0, 0]);
        assert_eq!(marks.labels("a-3", 1), [0]);
        assert_eq!(marks.labels("a-1", 1), [1], "marks beyond the sentence are cut");
    }

    #[test]
    fn every_line_of_the_shipped_file_is_read() {
        let text = include_str!("../../data/ewt-names.tsv");
        let marks = Marks::read(text);
        assert_eq!(marks.of_sentence.len(), text.lines().filter(|line| !line.starts_with('#')).count());
        assert!(
            marks.of_sentence.values().all(|marks| !marks.is_empty() && marks.iter().all(|mark| mark.0 > 0))
        );
    }
}
