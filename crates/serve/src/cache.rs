//! Answers that were given lately, as long as the record has not changed.
//!
//! A page is the same for everybody who asks for it, so it is made once a version of the file.

use crate::packed::Packed;
use crate::records::{Version, locked};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Bytes of packed answers that are kept: some five thousand pages.
const MAX_BYTES: usize = 48 * 1024 * 1024;
/// A longer answer is not kept: a few of them would push out all others.
const MAX_BYTES_EACH: usize = 2 * 1024 * 1024;

/// Answers by address.
#[derive(Default)]
pub(crate) struct Cache {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    version: Option<Version>,
    answers: BTreeMap<String, Packed>,
    n_bytes: usize,
}

impl Cache {
    /// The answer for an address, made of this version.
    pub fn find(&self, address: &str, version: Version) -> Option<Packed> {
        let kept = locked(&self.kept);
        if kept.version == Some(version) { kept.answers.get(address).cloned() } else { None }
    }

    /// Keeps an answer.
    pub fn keep(&self, address: &str, version: Version, answer: &Packed) {
        let n_bytes = answer.n_bytes() + address.len();
        if n_bytes > MAX_BYTES_EACH {
            return;
        }
        let mut kept = locked(&self.kept);
        if kept.version != Some(version) || kept.n_bytes + n_bytes > MAX_BYTES {
            *kept = Kept { version: Some(version), ..Kept::default() };
        }
        kept.n_bytes += n_bytes;
        kept.answers.insert(address.to_owned(), answer.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Rendered;

    /// An answer that cannot be packed to less.
    fn answer(n_bytes: usize) -> Packed {
        let mut number: u64 = 1;
        let noise = std::iter::repeat_with(|| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (number >> 56) as u8
        });
        Packed::new(Rendered::json(noise.take(n_bytes).collect()))
    }

    #[test]
    fn answers_are_kept_until_the_record_changes() {
        let cache = Cache::default();
        cache.keep("/a", Version(1), &answer(3));
        assert!(cache.find("/a", Version(1)).is_some());
        assert!(cache.find("/b", Version(1)).is_none());
        assert!(cache.find("/a", Version(2)).is_none());
        cache.keep("/b", Version(2), &answer(3));
        assert!(cache.find("/a", Version(2)).is_none());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let cache = Cache::default();
        cache.keep("/large", Version(1), &answer(MAX_BYTES_EACH + 1));
        assert!(cache.find("/large", Version(1)).is_none());
        for number in 0..100 {
            cache.keep(&format!("/{number}"), Version(1), &answer(MAX_BYTES_EACH - 4096));
            assert!(locked(&cache.kept).n_bytes <= MAX_BYTES, "{number}");
        }
    }
}
