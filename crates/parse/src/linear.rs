//! Sparse linear models: hashed features in, a score for each class out.
//!
//! A feature is a 32-bit key; a key has a row of (class, weight) pairs, most classes being absent. Training is
//! the averaged perceptron (Collins 2002). The shipped weights are 16-bit in steps of 1/64: a few frequent
//! features have weights a hundred times those of the many rare ones, so 8 bits would cut off one or the other.

use crate::bytes::{Reader, Writer};
use crate::model::ModelError;
use rustc_hash::FxHashMap;

/// Mixes the parts of a feature into its key. Key 0 means "no feature".
#[inline]
pub(crate) fn key(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut x = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(a);
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 32) ^ u64::from(b)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x = (x ^ (x >> 32) ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((x >> 32) as u32) | 1
}

/// The hash of a string, as a part of features.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mut x = 0xcbf2_9ce4_8422_2325u64;
    for &byte in bytes {
        x = (x ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (x ^ (x >> 32)) as u32
}

/// A trained model.
pub(crate) struct Linear {
    pub n_classes: usize,
    /// Open addressing: key and row; key 0 is an empty slot. The length is a power of two.
    slots: Vec<(u32, u32)>,
    /// Where each row starts in `cells`.
    starts: Vec<u32>,
    cells: Vec<(u8, i16)>,
}

impl Linear {
    /// Adds the weights of the features to the scores.
    #[inline]
    pub fn add_scores(&self, features: &[u32], scores: &mut [i32]) {
        let mask = self.slots.len() - 1;
        for &feature in features {
            let mut at = feature as usize >> 1 & mask;
            loop {
                let (found, row) = self.slots[at];
                if found == feature {
                    let row = row as usize;
                    let cells = &self.cells[self.starts[row] as usize..self.starts[row + 1] as usize];
                    for &(class, weight) in cells {
                        scores[class as usize] += i32::from(weight);
                    }
                    break;
                }
                if found == 0 {
                    break;
                }
                at = (at + 1) & mask;
            }
        }
    }

    /// Reads what [`Trainer::write`] wrote.
    pub fn read(reader: &mut Reader<'_>) -> Result<Linear, ModelError> {
        let n_classes = reader.u32()? as usize;
        let n_rows = reader.u32()? as usize;
        let keys = reader.u32s(n_rows)?;
        let lengths = reader.bytes(n_rows)?;
        let n_cells = reader.u32()? as usize;
        let classes = reader.bytes(n_cells)?;
        let weights = reader.bytes(n_cells.saturating_mul(2))?;
        if n_classes == 0 || n_classes > 256 || classes.iter().any(|&class| usize::from(class) >= n_classes) {
            return Err(ModelError::Damaged("a class is out of range"));
        }
        let mut starts = Vec::with_capacity(n_rows + 1);
        let mut at = 0u32;
        for &length in lengths {
            starts.push(at);
            at += u32::from(length);
        }
        starts.push(at);
        if at as usize != n_cells {
            return Err(ModelError::Damaged("the rows do not add up"));
        }
        let mut slots = vec![(0u32, 0u32); (n_rows * 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for (row, &key) in keys.iter().enumerate() {
            let mut at = key as usize >> 1 & mask;
            while slots[at].0 != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (key, row as u32);
        }
        let weights = weights.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
        let cells = classes.iter().copied().zip(weights).collect();
        Ok(Linear { n_classes, slots, starts, cells })
    }
}

/// A weight in steps of 1/64.
fn quantised(weight: f32) -> i16 {
    (weight * 64.0).round().clamp(-32767.0, 32767.0) as i16
}

#[derive(Clone, Copy)]
struct Cell {
    class: u8,
    weight: f32,
    total: f32,
    stamp: u32,
}

/// An averaged perceptron being trained.
pub(crate) struct Trainer {
    n_classes: usize,
    rows: FxHashMap<u32, u32>,
    cells: Vec<Vec<Cell>>,
    /// One bit a key: whether it was in an update before. A feature gets weights the second time only; those
    /// that are seen once teach nothing but their sentence.
    seen: Vec<u64>,
    now: u32,
}

impl Trainer {
    pub fn new(n_classes: usize) -> Trainer {
        assert!(n_classes <= 256, "invariant: classes are bytes");
        Trainer { n_classes, rows: FxHashMap::default(), cells: Vec::new(), seen: vec![0; 1 << 20], now: 1 }
    }

    /// Adds the present weights of the features to the scores.
    pub fn add_scores(&self, features: &[u32], scores: &mut [f32]) {
        for feature in features {
            if let Some(&row) = self.rows.get(feature) {
                for cell in &self.cells[row as usize] {
                    scores[cell.class as usize] += cell.weight;
                }
            }
        }
    }

    /// Counts one example, right or wrong.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights towards `right` and away from `wrong`.
    pub fn update(&mut self, features: &[u32], right: usize, wrong: usize) {
        for &feature in features {
            let bit = feature as usize >> 1 & (self.seen.len() * 64 - 1);
            let word = &mut self.seen[bit / 64];
            if *word >> (bit % 64) & 1 == 0 {
                *word |= 1 << (bit % 64);
                continue;
            }
            let next = self.cells.len() as u32;
            let row = *self.rows.entry(feature).or_insert(next);
            if row == next {
                self.cells.push(Vec::new());
            }
            for (class, step) in [(right, 1.0), (wrong, -1.0)] {
                let cells = &mut self.cells[row as usize];
                let cell = match cells.iter_mut().position(|cell| cell.class as usize == class) {
                    Some(place) => &mut cells[place],
                    None => {
                        cells.push(Cell { class: class as u8, weight: 0.0, total: 0.0, stamp: self.now });
                        cells.last_mut().expect("invariant: just pushed")
                    }
                };
                cell.total += cell.weight * (self.now - cell.stamp) as f32;
                cell.stamp = self.now;
                cell.weight += step;
            }
        }
    }

    /// Writes the averaged weights in 16 bits; those below `prune` are left out.
    pub fn write(&self, prune: f32, writer: &mut Writer) {
        let mut rows: Vec<(u32, Vec<(u8, f32)>)> = self
            .rows
            .iter()
            .map(|(&key, &row)| {
                let cells = &self.cells[row as usize];
                let average = |cell: &Cell| {
                    (cell.total + cell.weight * (self.now - cell.stamp) as f32) / self.now as f32
                };
                (key, cells.iter().map(|cell| (cell.class, average(cell))).collect())
            })
            .collect();
        rows.sort_unstable_by_key(|row| row.0);
        for row in &mut rows {
            row.1.retain(|cell| cell.1.abs() >= prune && quantised(cell.1) != 0);
            row.1.sort_unstable_by_key(|cell| cell.0);
            row.1.truncate(255);
        }
        rows.retain(|row| !row.1.is_empty());
        writer.u32(self.n_classes as u32);
        writer.u32(rows.len() as u32);
        for row in &rows {
            writer.u32(row.0);
        }
        for row in &rows {
            writer.u8(row.1.len() as u8);
        }
        writer.u32(rows.iter().map(|row| row.1.len() as u32).sum());
        for row in &rows {
            for cell in &row.1 {
                writer.u8(cell.0);
            }
        }
        for row in &rows {
            for cell in &row.1 {
                writer.bytes.extend_from_slice(&quantised(cell.1).to_le_bytes());
            }
        }
    }

    /// The trained model, as it will be once read back.
    pub fn finish(&self, prune: f32) -> Linear {
        let mut writer = Writer::default();
        self.write(prune, &mut writer);
        Linear::read(&mut Reader::new(&writer.bytes)).expect("invariant: what is written reads back")
    }
}
