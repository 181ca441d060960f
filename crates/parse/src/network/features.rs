//! What the network reads from the form of a word, by itself.

use crate::hash::{hash, hash_form};
use crate::name_words::lists_of;

/// Features of a word.
pub(crate) const FEATURES: usize = 10;
/// Rows of learned vectors; a power of two.
pub(crate) const ROWS: usize = 1 << 16;

/// The rows of a word's features. The first is the form's own.
pub(crate) type Features = [u32; FEATURES];

/// The features of a form and its lower case: the form in lower case, its last one to four letters, its first one to
/// three, its shape, and the lists of name words that hold it.
pub(crate) fn features(form: &str, lower: &str) -> Features {
    let mut ends = [0usize; 4];
    let mut n_ends = 0;
    for (at, _) in lower.char_indices().rev().take(4) {
        ends[n_ends] = at;
        n_ends += 1;
    }
    let mut starts = [0usize; 3];
    let mut n_starts = 0;
    for (at, letter) in lower.char_indices().take(3) {
        starts[n_starts] = at + letter.len_utf8();
        n_starts += 1;
    }
    let row = |kind: u32, hash: u32| {
        let mixed = (hash ^ kind.wrapping_mul(0x9E37_79B9)).wrapping_mul(0x85EB_CA6B);
        (mixed ^ mixed >> 15).wrapping_mul(0xC2B2_AE35) >> 16 & (ROWS as u32 - 1)
    };
    let end =
        |i: usize| if i < n_ends { row(1 + i as u32, hash(&lower.as_bytes()[ends[i]..])) } else { row(1, 0) };
    let start = |i: usize| {
        if i < n_starts { row(5 + i as u32, hash(&lower.as_bytes()[..starts[i]])) } else { row(5, 0) }
    };
    [
        row(0, hash_form(lower)),
        end(0),
        end(1),
        end(2),
        end(3),
        start(0),
        start(1),
        start(2),
        row(8, shape(form)),
        row(9, lists_of(lower)),
    ]
}

/// The hash of a form's shape: `Xxx`, `XX`, `00`, `x-x` and so on, runs shortened to two.
fn shape(form: &str) -> u32 {
    let mut shape = [0u8; 8];
    let (mut length, mut run) = (0, 0);
    for letter in form.chars().take(64) {
        let class = match letter {
            letter if letter.is_uppercase() => b'X',
            letter if letter.is_alphabetic() => b'x',
            letter if letter.is_numeric() => b'0',
            letter if letter.is_ascii() => letter as u8,
            _ => b'?',
        };
        if length > 0 && shape[length - 1] == class {
            run += 1;
            if run >= 2 {
                continue;
            }
        } else {
            run = 0;
        }
        if length == shape.len() {
            break;
        }
        shape[length] = class;
        length += 1;
    }
    hash(&shape[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_tell_forms_apart_by_what_they_show() {
        let of = |form: &str| features(form, &form.to_lowercase());
        assert_eq!(of("Talks")[0], of("talks")[0]);
        assert_ne!(of("Talks")[8], of("talks")[8]);
        assert_eq!(of("1998")[0], of("2004")[0], "digits are alike");
        assert_eq!(of("envoys")[4], of("convoys")[4], "the last four letters");
        assert_eq!(of("")[1], of("a")[2], "what a short word lacks");
    }
}
