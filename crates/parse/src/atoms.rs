//! What the models know of one token by itself: hashes of its form, its ends and its shape.

use crate::classes::Classes;
use crate::linear::hash;
use crate::name_words::lists_of;

/// The parts from which features are put together; each is a hash, 0 outside the sentence.
#[derive(Clone, Copy, Default)]
pub(crate) struct Atoms {
    /// The form in lower case, digits as `0`.
    pub lower: u32,
    /// The form as it stands.
    pub form: u32,
    /// The last one to four letters, in lower case.
    pub suffix: [u32; 4],
    /// The first one to three letters, in lower case.
    pub prefix: [u32; 3],
    /// `Xxx`, `XXX`, `00`, `x-x` and so on, runs shortened.
    pub shape: u32,
    /// Its narrow word class.
    pub class: u32,
    /// Its wide word class.
    pub wide: u32,
    /// The lists of name words that hold it, a bit each.
    pub lists: u32,
    /// Its part-of-speech label plus one, once it is known.
    pub tag: u32,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

impl Atoms {
    /// Of a form and its lower case.
    pub fn of(form: &str, lower: &str, classes: &Classes) -> Atoms {
        let (class, wide) = classes.of(lower);
        let mut letters = [0usize; 5];
        let mut n = 0;
        for (at, _) in lower.char_indices().rev() {
            if n == 4 {
                break;
            }
            letters[n] = at;
            n += 1;
        }
        let suffix = std::array::from_fn(|i| {
            if i < n { hash(&lower.as_bytes()[letters[i]..]).wrapping_add(i as u32 + 1) } else { 0 }
        });
        let mut ends = [0usize; 3];
        let mut m = 0;
        for (at, c) in lower.char_indices().take(3) {
            ends[m] = at + c.len_utf8();
            m += 1;
        }
        let prefix = std::array::from_fn(|i| {
            if i < m { hash(&lower.as_bytes()[..ends[i]]).wrapping_add(i as u32 + 1) } else { 0 }
        });
        let mut shape = [0u8; 8];
        let mut length = 0;
        let mut run = 0;
        for c in form.chars().take(64) {
            let class = match c {
                c if c.is_uppercase() => b'X',
                c if c.is_alphabetic() => b'x',
                c if c.is_numeric() => b'0',
                c if c.is_ascii() => c as u8,
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
        let normal = if lower.bytes().any(|b| b.is_ascii_digit()) {
            let mut buffer = [0u8; 24];
            let length = lower.len().min(24);
            for (to, from) in buffer.iter_mut().zip(lower.bytes()) {
                *to = if from.is_ascii_digit() { b'0' } else { from };
            }
            hash(&buffer[..length])
        } else {
            hash(lower.as_bytes())
        };
        Atoms {
            lower: normal,
            form: hash(form.as_bytes()),
            suffix,
            prefix,
            shape: hash(&shape[..length]),
            class,
            wide,
            lists: lists_of(lower),
            tag: 0,
            capital: form.starts_with(char::is_uppercase),
        }
    }
}

/// The atoms of a place that may lie outside the sentence.
#[inline]
pub(crate) fn at(atoms: &[Atoms], place: isize) -> &Atoms {
    static OUTSIDE: Atoms = Atoms {
        lower: 0,
        form: 0,
        suffix: [0; 4],
        prefix: [0; 3],
        shape: 0,
        class: 0,
        wide: 0,
        lists: 0,
        tag: 0,
        capital: false,
    };
    if place < 0 { &OUTSIDE } else { atoms.get(place as usize).unwrap_or(&OUTSIDE) }
}
