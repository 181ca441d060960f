//! Random numbers that repeat.

/// A small generator (xorshift64*, Vigna 2016), so that training repeats exactly.
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        // A round of splitmix64, so that seeds which are close by give unlike rows.
        let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Random((x ^ (x >> 31)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A seed for another generator.
    pub fn seed(&mut self) -> u64 {
        self.next()
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 33) as usize) % limit
    }

    /// A number from 0 up to 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Puts a list in a random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// Adds a mask of dropout: zeros at the rate given, and what brings the rest to a mean of one.
    pub fn mask(&mut self, n: usize, rate: f32, out: &mut Vec<f32>) {
        if rate <= 0.0 {
            out.resize(out.len() + n, 1.0);
            return;
        }
        let kept = 1.0 / (1.0 - rate);
        out.extend((0..n).map(|_| if self.unit() < rate { 0.0 } else { kept }));
    }
}
