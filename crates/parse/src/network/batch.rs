//! The order of tokens in a batch.

use std::ops::Range;

/// Sentences of a batch laid out by time: first the first token of every sentence, the longest sentence first,
/// then the second of all that have one, and so on. So each step of an LSTM reads and writes one block of rows.
pub(crate) struct Order {
    /// The sentences, longest first; those of one length in the order given.
    pub sentences: Vec<usize>,
    /// Where the rows of each step begin; one more entry than there are steps.
    steps: Vec<usize>,
}

impl Order {
    /// Lays out sentences of these lengths, none of them empty.
    pub fn new(lengths: &[usize]) -> Order {
        let mut sentences: Vec<usize> = (0..lengths.len()).collect();
        sentences.sort_by_key(|&sentence| std::cmp::Reverse(lengths[sentence]));
        let longest = sentences.first().map_or(0, |&sentence| lengths[sentence]);
        let mut steps = Vec::with_capacity(longest + 1);
        let (mut row, mut active) = (0, sentences.len());
        for step in 0..longest {
            while lengths[sentences[active - 1]] <= step {
                active -= 1;
            }
            steps.push(row);
            row += active;
        }
        steps.push(row);
        Order { sentences, steps }
    }

    /// How many tokens there are.
    pub fn n_rows(&self) -> usize {
        self.steps.last().copied().unwrap_or(0)
    }

    /// How many steps there are.
    pub fn n_steps(&self) -> usize {
        self.steps.len() - 1
    }

    /// The rows of a step.
    pub fn step(&self, step: usize) -> Range<usize> {
        self.steps[step]..self.steps[step + 1]
    }

    /// The rows from which a step goes on, read forwards (direction 0) or backwards (1): those of the first so many
    /// rows of the step, the others begin a sentence.
    pub fn before(&self, step: usize, direction: usize) -> Range<usize> {
        if direction == 1 {
            return if step + 1 < self.n_steps() { self.step(step + 1) } else { 0..0 };
        }
        // Sentences that have ended since were the last ones.
        let Some(previous) = step.checked_sub(1) else { return 0..0 };
        self.steps[previous]..self.steps[previous] + self.step(step).len()
    }

    /// The steps in the order in which a direction takes them.
    pub fn steps_of(&self, direction: usize) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let last = self.n_steps();
        (0..last).map(move |step| if direction == 0 { step } else { last - 1 - step })
    }

    /// The row of a token, by the place of its sentence in [`Order::sentences`] and its own in the sentence.
    pub fn row(&self, place: usize, token: usize) -> usize {
        self.steps[token] + place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_comes_first() {
        let order = Order::new(&[1, 3, 2]);
        assert_eq!(order.sentences, [1, 2, 0]);
        assert_eq!(order.steps, [0, 3, 5, 6]);
        assert_eq!(order.row(1, 1), 4);
        // Sentence 1 has rows 0, 3, 5; sentence 2 rows 1, 4; sentence 0 row 2.
        assert_eq!([0, 1, 2].map(|step| order.before(step, 0)), [0..0, 0..2, 3..4]);
        assert_eq!([0, 1, 2].map(|step| order.before(step, 1)), [3..5, 5..6, 0..0]);
        assert_eq!(order.steps_of(1).collect::<Vec<_>>(), [2, 1, 0]);
    }
}
