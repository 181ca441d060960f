//! How one wording differs from another, word by word.
//!
//! In:  the words of an earlier telling, and those of a later one.
//! Out: the later one in pieces, each the same as before or new; in order of the longest common run of words.
//!
//! ```text
//! “we will respond responsibly and decisively”
//! “we will respond ~firmly~ and decisively”
//! ```

/// Words of either wording that are compared; longer ones are taken as new from there.
const LONGEST: usize = 200;

/// Words that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// With single spaces.
    pub words: String,
    /// Whether the earlier wording does not have them here.
    pub is_new: bool,
}

/// The later wording in pieces. Case and signs around a word do not matter.
pub(crate) fn compare(earlier: &str, later: &str) -> Vec<Piece> {
    let before: Vec<String> = earlier.split_whitespace().take(LONGEST).map(bare).collect();
    let after: Vec<&str> = later.split_whitespace().collect();
    let compared: Vec<String> = after.iter().take(LONGEST).map(|word| bare(word)).collect();
    let is_kept = kept(&before, &compared);
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, word) in after.iter().enumerate() {
        let is_new = !is_kept.get(number).copied().unwrap_or(false);
        match pieces.last_mut().filter(|piece| piece.is_new == is_new) {
            Some(piece) => {
                piece.words.push(' ');
                piece.words.push_str(word);
            }
            None => pieces.push(Piece { words: (*word).to_owned(), is_new }),
        }
    }
    pieces
}

/// Whether two wordings are the same but for case and signs.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let words =
        |text: &str| text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    words(one) == words(other)
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Which words of `after` stand in the longest common subsequence with `before`.
fn kept(before: &[String], after: &[String]) -> Vec<bool> {
    let mut lengths = vec![vec![0u16; after.len() + 1]; before.len() + 1];
    for (i, one) in before.iter().enumerate().rev() {
        for (j, other) in after.iter().enumerate().rev() {
            lengths[i][j] = if one == other {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    let mut is_kept = vec![false; after.len()];
    let (mut i, mut j) = (0, 0);
    while i < before.len() && j < after.len() {
        if before[i] == after[j] {
            is_kept[j] = true;
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    is_kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_marked() {
        for (earlier, later, expected) in [
            ("we will respond responsibly", "We will respond firmly", "We will respond ~firmly~"),
            ("12 people died", "9 people died there", "~9~ people died ~there~"),
            ("the same “words”", "The same words.", "The same words."),
            ("", "all new", "~all new~"),
            ("gone", "", ""),
        ] {
            let pieces = compare(earlier, later);
            let shown =
                |piece: &Piece| if piece.is_new { format!("~{}~", piece.words) } else { piece.words.clone() };
            assert_eq!(pieces.iter().map(shown).collect::<Vec<_>>().join(" "), expected, "{later}");
        }
        assert!(is_same("The same “words”", "the same words."));
        assert!(!is_same("the same", "the other"));
    }

    #[test]
    fn very_long_wordings_are_compared_in_part() {
        let long = "word ".repeat(5000);
        let pieces = compare(&long, &long);
        assert_eq!(pieces.iter().map(|piece| piece.is_new).collect::<Vec<_>>(), [false, true]);
    }
}
