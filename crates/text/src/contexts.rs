//! What the language model saw in each word of a document: the numbers behind its tags and trees.
//!
//! Later stages read them where they learn from examples. What single numbers stand for is not known.

use crate::TokenIdx;

/// A row of numbers for each token of a document. Empty where no model read it, or where it is very long.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    /// Numbers in a row.
    width: usize,
    /// Row after row, in the order of the tokens.
    rows: Vec<i8>,
}

impl Contexts {
    /// Rows of this width, one for each token. Panics where the numbers do not make whole rows.
    pub fn new(width: usize, rows: Vec<i8>) -> Contexts {
        assert!(
            rows.is_empty() || width > 0 && rows.len().is_multiple_of(width),
            "invariant: rows are whole"
        );
        Contexts { width, rows }
    }

    /// Numbers in a row; 0 where nothing is known.
    pub fn width(&self) -> usize {
        if self.rows.is_empty() { 0 } else { self.width }
    }

    /// The numbers of a token.
    pub fn of(&self, token: TokenIdx) -> Option<&[i8]> {
        self.rows
            .get(token.index() * self.width..(token.index() + 1) * self.width)
            .filter(|row| !row.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_has_its_row() {
        let contexts = Contexts::new(2, vec![1, 2, 3, 4]);
        assert_eq!(contexts.of(TokenIdx::new(1)), Some(&[3, 4][..]));
        assert_eq!(contexts.of(TokenIdx::new(2)), None);
        assert_eq!(Contexts::default().of(TokenIdx::new(0)), None);
        assert_eq!(Contexts::default().width(), 0);
    }
}
