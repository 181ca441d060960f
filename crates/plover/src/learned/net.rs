//! A small network over sparse and dense features: one hidden layer beside a direct way from features to classes.
//!
//! ```text
//! hidden  = max(0, bias + dense · W + Σ E[feature])
//! scores  = bias + hidden · V + Σ U[feature]
//! chances = softmax(scores)
//! ```
//!
//! Features are hashes; those that fall on one row share it. The file holds weights in 8 bits, each matrix in steps of
//! its own: `inputs:u32 hidden:u32 classes:u32 (step:f32 values:[i8])*`.

use super::bytes::{Damaged, Reader};

/// Rows of the tables of features: a power of two.
pub(super) const ROWS: usize = 1 << 15;

/// Sizes of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Dense inputs.
    pub inputs: usize,
    /// Numbers in the hidden layer.
    pub hidden: usize,
    /// Classes; the first is "none of them".
    pub classes: usize,
}

/// The matrices of a network, row-major by input, in the order of the file.
#[derive(Clone, Debug)]
pub(super) struct Net {
    pub sizes: Sizes,
    pub dense: Vec<f32>,
    pub hidden_bias: Vec<f32>,
    pub embedded: Vec<f32>,
    pub out: Vec<f32>,
    pub out_bias: Vec<f32>,
    pub direct: Vec<f32>,
}

/// What a network reads: rows of features, and dense numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Input {
    pub features: Vec<u32>,
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

/// Dense inputs are steps of this.
pub(super) const STEP: f32 = 1.0 / 64.0;

/// The row of a feature: FNV-1a over its parts.
pub(super) fn feature(parts: &[&str]) -> u32 {
    let mut state = 0x811c_9dc5_u32;
    for part in parts {
        for &byte in part.as_bytes() {
            state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        state = (state ^ 0xff).wrapping_mul(0x0100_0193);
    }
    // The high bits are mixed better than the low ones.
    (state ^ state >> 15) & (ROWS as u32 - 1)
}

impl Net {
    pub fn zeros(sizes: Sizes) -> Net {
        let Sizes { inputs, hidden, classes } = sizes;
        Net {
            sizes,
            dense: vec![0.0; inputs * hidden],
            hidden_bias: vec![0.0; hidden],
            embedded: vec![0.0; ROWS * hidden],
            out: vec![0.0; hidden * classes],
            out_bias: vec![0.0; classes],
            direct: vec![0.0; ROWS * classes],
        }
    }

    /// The matrices in the order of the file.
    pub fn matrices(&self) -> [&Vec<f32>; 6] {
        [&self.dense, &self.hidden_bias, &self.embedded, &self.out, &self.out_bias, &self.direct]
    }

    /// The same, to change.
    pub fn matrices_mut(&mut self) -> [&mut Vec<f32>; 6] {
        [
            &mut self.dense,
            &mut self.hidden_bias,
            &mut self.embedded,
            &mut self.out,
            &mut self.out_bias,
            &mut self.direct,
        ]
    }

    /// How likely each class is.
    pub fn chances(&self, input: &Input, hidden: &mut Vec<f32>, chances: &mut Vec<f32>) {
        self.hidden(input, hidden);
        self.scores(input, hidden, chances);
        softmax(chances);
    }

    /// The hidden layer.
    pub fn hidden(&self, input: &Input, hidden: &mut Vec<f32>) {
        let n = self.sizes.hidden;
        hidden.clear();
        hidden.extend_from_slice(&self.hidden_bias);
        for (&value, row) in input.dense.iter().zip(self.dense.chunks_exact(n)) {
            if value != 0 {
                add_scaled(hidden, row, f32::from(value) * STEP);
            }
        }
        for &feature in &input.features {
            add_scaled(hidden, &self.embedded[feature as usize * n..][..n], 1.0);
        }
        hidden.iter_mut().for_each(|value| *value = value.max(0.0));
    }

    /// The scores of the classes, given the hidden layer.
    pub fn scores(&self, input: &Input, hidden: &[f32], scores: &mut Vec<f32>) {
        let n = self.sizes.classes;
        scores.clear();
        scores.extend_from_slice(&self.out_bias);
        for (&value, row) in hidden.iter().zip(self.out.chunks_exact(n)) {
            if value > 0.0 {
                add_scaled(scores, row, value);
            }
        }
        for &feature in &input.features {
            add_scaled(scores, &self.direct[feature as usize * n..][..n], 1.0);
        }
    }

    /// Appends the network to a file.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let Sizes { inputs, hidden, classes } = self.sizes;
        for size in [inputs, hidden, classes] {
            bytes.extend((size as u32).to_le_bytes());
        }
        for matrix in self.matrices() {
            let most = matrix.iter().fold(0.0f32, |most, value| most.max(value.abs()));
            let step = if most > 0.0 { most / 127.0 } else { 1.0 };
            bytes.extend(step.to_le_bytes());
            bytes.extend(matrix.iter().map(|value| (value / step).round() as i8 as u8));
        }
    }

    /// Reads a network.
    pub fn read(reader: &mut Reader<'_>) -> Result<Net, Damaged> {
        let mut sizes = [0; 3];
        for size in &mut sizes {
            *size = reader.u32()? as usize;
            if *size == 0 || *size > 1 << 12 {
                return Err(Damaged("a size is out of range"));
            }
        }
        let [inputs, hidden, classes] = sizes;
        let mut matrix = |n_values: usize| -> Result<Vec<f32>, Damaged> {
            let step = reader.f32()?;
            Ok(reader.bytes(n_values)?.iter().map(|&byte| f32::from(byte as i8) * step).collect())
        };
        Ok(Net {
            sizes: Sizes { inputs, hidden, classes },
            dense: matrix(inputs * hidden)?,
            hidden_bias: matrix(hidden)?,
            embedded: matrix(ROWS * hidden)?,
            out: matrix(hidden * classes)?,
            out_bias: matrix(classes)?,
            direct: matrix(ROWS * classes)?,
        })
    }
}

/// `values += row * factor`.
pub(super) fn add_scaled(values: &mut [f32], row: &[f32], factor: f32) {
    values.iter_mut().zip(row).for_each(|(value, &weight)| *value += weight * factor);
}

/// Turns scores into probabilities.
pub(super) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().fold(f32::NEG_INFINITY, |most, &score| most.max(score));
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_within_a_step() {
        let mut net = Net::zeros(Sizes { inputs: 3, hidden: 2, classes: 2 });
        net.dense = vec![0.5, -1.0, 0.25, 0.1, 0.0, 1.27];
        net.out_bias = vec![-3.0, 2.0];
        let mut bytes = Vec::new();
        net.write(&mut bytes);
        let read = Net::read(&mut Reader::new(&bytes)).expect("what is written reads");
        assert_eq!(read.sizes, net.sizes);
        for (a, b) in net.matrices().into_iter().zip(read.matrices()) {
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 0.013), "{a:?} {b:?}");
        }
        assert!(Net::read(&mut Reader::new(&bytes[..bytes.len() - 1])).is_err());
    }

    #[test]
    fn chances_sum_to_one() {
        let mut net = Net::zeros(Sizes { inputs: 1, hidden: 1, classes: 3 });
        net.direct[feature(&["lemma", "meet"]) as usize * 3 + 1] = 4.0;
        let mut input = Input::default();
        input.add(&["lemma", "meet"]);
        let (mut hidden, mut chances) = (Vec::new(), Vec::new());
        net.chances(&input, &mut hidden, &mut chances);
        assert!((chances.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(chances[1] > 0.9, "{chances:?}");
    }
}
