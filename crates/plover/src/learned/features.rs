//! What a network reads of a word: dense numbers, and features, of which it knows those that it met often enough.
//!
//! ```text
//! ["lemma", "meet"]   a hash of 21 bits   the 1,204th that is known, or none
//! ```
//!
//! In a file, the known features are `n:u32 hash:u32…`, in increasing order.

use super::bytes::{Damaged, Reader};

/// Bits of the hash of a feature. Few enough that a bit for each stays in the cache, and so many that one unknown
/// feature in thirty is taken for a known one.
const HASH_BITS: u32 = 21;

/// Dense inputs are steps of this.
pub(super) const STEP: f32 = 1.0 / 64.0;

/// What a network reads.
#[derive(Clone, Debug, Default)]
pub(super) struct Input {
    /// Hashes of features.
    pub features: Vec<u32>,
    /// Dense numbers, in [`STEP`]s.
    pub dense: Vec<i8>,
}

impl Input {
    pub fn clear(&mut self) {
        self.features.clear();
        self.dense.clear();
    }

    /// Adds a feature, given as its parts.
    pub fn add(&mut self, parts: &[&str]) {
        self.features.push(feature(parts));
    }
}

/// The hash of a feature: FNV-1a over its parts.
fn feature(parts: &[&str]) -> u32 {
    let mut state = 0x811c_9dc5_u32;
    for part in parts {
        for &byte in part.as_bytes() {
            state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        state = (state ^ 0xff).wrapping_mul(0x0100_0193);
    }
    // The high bits are mixed better than the low ones.
    (state ^ state >> 15) & ((1 << HASH_BITS) - 1)
}

/// The features that a network knows, numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// A bit for each hash.
    bits: Vec<u64>,
    /// How many are known below each word of bits.
    below: Vec<u32>,
    n_known: usize,
}

impl Known {
    /// Those that the inputs hold at least so often.
    pub fn met<'i>(inputs: impl Iterator<Item = &'i Input>, least: u32) -> Known {
        let mut counts = vec![0u32; 1 << HASH_BITS];
        inputs.flat_map(|input| &input.features).for_each(|&hash| counts[hash as usize] += 1);
        let often = counts.iter().zip(0u32..).filter(|(count, _)| **count >= least.max(1));
        Known::new(&often.map(|(_, hash)| hash).collect::<Vec<u32>>())
    }

    /// Those with these hashes.
    fn new(hashes: &[u32]) -> Known {
        let mut bits = vec![0u64; (1 << HASH_BITS) / 64];
        for &hash in hashes {
            bits[hash as usize / 64] |= 1 << (hash % 64);
        }
        let mut n_known = 0;
        let count = |word: &u64| {
            n_known += word.count_ones();
            n_known - word.count_ones()
        };
        let below = bits.iter().map(count).collect();
        Known { bits, below, n_known: n_known as usize }
    }

    /// How many there are.
    pub fn n_known(&self) -> usize {
        self.n_known
    }

    /// The number of a feature.
    pub fn row(&self, hash: u32) -> Option<u32> {
        let (word, bit) = (hash as usize / 64, hash % 64);
        let bits = *self.bits.get(word)?;
        let under = bits & ((1 << bit) - 1);
        (bits >> bit & 1 == 1).then(|| self.below[word] + under.count_ones())
    }

    pub fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend((self.n_known as u32).to_le_bytes());
        for (word, at) in self.bits.iter().zip((0u32..).step_by(64)) {
            let set = (0..64).filter(|bit| word >> bit & 1 == 1);
            set.for_each(|bit| bytes.extend((at + bit).to_le_bytes()));
        }
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Known, Damaged> {
        let n_known = reader.u32()?;
        let mut hashes = Vec::new();
        for _ in 0..n_known {
            let hash = reader.u32()?;
            if hash >> HASH_BITS != 0 || hashes.last().is_some_and(|&last| last >= hash) {
                return Err(Damaged("its features are out of order"));
            }
            hashes.push(hash);
        }
        Ok(Known::new(&hashes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_met_often_is_known() {
        let mut inputs = vec![Input::default(); 3];
        inputs.iter_mut().for_each(|input| input.add(&["lemma", "meet"]));
        inputs[0].add(&["lemma", "visit"]);
        let known = Known::met(inputs.iter(), 2);
        assert_eq!(known.n_known(), 1);
        assert_eq!(known.row(feature(&["lemma", "meet"])), Some(0));
        assert_eq!(known.row(feature(&["lemma", "visit"])), None);
    }

    #[test]
    fn known_features_are_numbered_in_order_and_read_back() {
        let hashes = [3, 63, 64, 1000, (1 << HASH_BITS) - 1];
        let mut bytes = Vec::new();
        Known::new(&hashes).write(&mut bytes);
        let known = Known::read(&mut Reader::new(&bytes)).expect("what is written reads");
        let rows: Vec<Option<u32>> = hashes.iter().map(|&hash| known.row(hash)).collect();
        assert_eq!(rows, [Some(0), Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(known.row(65), None);
        bytes[4] = 70;
        assert!(Known::read(&mut Reader::new(&bytes)).is_err());
    }
}
