//! Vectors of word types, made beforehand (see `data/word-vectors.md`).
//!
//! ```text
//! table := count:u32 size:u32 step:f32 keys:[u32; count] rows:[[i8; size]; count]
//! ```
//!
//! Keys are hashes of lower-case words in rising order, so that a word is found by bisection, in place.

use super::kernels::add_steps;
use crate::bytes::{Reader, Writer};
use crate::hash::hash_form;
use crate::model::ModelError;

/// The key of a lower-case word in the table; digits count as `0`.
pub fn word_key(lower: &str) -> u32 {
    hash_form(lower)
}

/// The table of word vectors.
#[derive(Clone, Default)]
pub(crate) struct WordVectors {
    /// Numbers in a vector.
    pub size: usize,
    step: f32,
    keys: Vec<u32>,
    rows: Vec<i8>,
}

impl WordVectors {
    /// The row of a lower-case word. The digits of numbers are alike.
    pub fn find(&self, lower: &str) -> Option<u32> {
        self.keys.binary_search(&word_key(lower)).ok().map(|row| row as u32)
    }

    /// Writes the vector of a row, or zeros where there is none.
    pub fn write_row(&self, row: Option<u32>, out: &mut [f32]) {
        out.fill(0.0);
        if let Some(row) = row {
            let at = row as usize * self.size;
            add_steps(&self.rows[at..at + self.size], self.step, out);
        }
    }

    /// The vector of a row in its steps, or zeros where there is none.
    pub fn copy_row(&self, row: Option<u32>, out: &mut [i8]) {
        match row {
            Some(row) => {
                out.copy_from_slice(&self.rows[row as usize * self.size..(row as usize + 1) * self.size])
            }
            None => out.fill(0),
        }
    }

    pub fn write(&self, writer: &mut Writer) {
        writer.u32(self.keys.len() as u32);
        writer.u32(self.size as u32);
        writer.f32(self.step);
        self.keys.iter().for_each(|&key| writer.u32(key));
        writer.bytes.extend(self.rows.iter().map(|&value| value as u8));
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<WordVectors, ModelError> {
        let n = reader.u32()? as usize;
        let size = reader.u32()? as usize;
        let step = reader.f32()?;
        let keys = reader.u32s(n)?;
        let rows = reader.bytes(n.saturating_mul(size))?.iter().map(|&value| value as i8).collect();
        if !keys.is_sorted() {
            return Err(ModelError::Damaged("the words are out of order"));
        }
        Ok(WordVectors { size, step, keys, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::hash;

    #[test]
    fn known_words_have_vectors() {
        let mut keys = [(hash(b"talks"), 2i8), (hash(b"0000"), 3)];
        keys.sort_unstable();
        let mut writer = Writer::default();
        writer.u32(2);
        writer.u32(1);
        writer.f32(0.5);
        keys.iter().for_each(|&(key, _)| writer.u32(key));
        writer.bytes.extend(keys.iter().map(|&(_, value)| value as u8));
        let vectors = WordVectors::read(&mut Reader::new(&writer.bytes)).unwrap();
        let of = |word: &str| {
            let mut out = [9.0];
            vectors.write_row(vectors.find(word), &mut out);
            out[0]
        };
        assert_eq!([of("talks"), of("2022"), of("unknown")], [1.0, 1.5, 0.0]);
        let mut again = Writer::default();
        vectors.write(&mut again);
        assert_eq!(again.bytes, writer.bytes);
    }
}
