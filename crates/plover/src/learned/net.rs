//! A small network over sparse and dense features, as it is fitted: one hidden layer beside a direct way from
//! features to classes.
//!
//! ```text
//! hidden = max(0, bias + dense · W + Σ E[feature])
//! scores = bias + hidden · V + Σ U[feature]
//! ```
//!
//! Several networks whose scores are averaged are one network, with their hidden layers side by side. The file of a
//! network is written here and read in [`super::trained`].

use super::features::{Known, STEP};

/// Sizes of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Dense inputs.
    pub inputs: usize,
    /// Numbers in the hidden layer.
    pub hidden: usize,
    /// Classes, or labels.
    pub classes: usize,
    /// Features that are known.
    pub features: usize,
}

/// The matrices of a network, row-major by input.
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

/// What a network reads, its features numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    pub features: Vec<u32>,
    pub dense: Vec<i8>,
}

impl Net {
    pub fn zeros(sizes: Sizes) -> Net {
        let Sizes { inputs, hidden, classes, features } = sizes;
        Net {
            sizes,
            dense: vec![0.0; inputs * hidden],
            hidden_bias: vec![0.0; hidden],
            embedded: vec![0.0; features * hidden],
            out: vec![0.0; hidden * classes],
            out_bias: vec![0.0; classes],
            direct: vec![0.0; features * classes],
        }
    }

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

    /// The network whose scores are the means of those of some networks, all of the same sizes.
    pub fn mean(nets: &[Net]) -> Net {
        let share = 1.0 / nets.len() as f32;
        let mut sizes = nets[0].sizes;
        let hidden = sizes.hidden;
        sizes.hidden *= nets.len();
        let mut mean = Net::zeros(sizes);
        for (number, net) in nets.iter().enumerate() {
            let start = number * hidden;
            for (to, from) in [
                (&mut mean.dense, &net.dense),
                (&mut mean.hidden_bias, &net.hidden_bias),
                (&mut mean.embedded, &net.embedded),
            ] {
                for (to, from) in to.chunks_exact_mut(sizes.hidden).zip(from.chunks_exact(hidden)) {
                    to[start..start + hidden].copy_from_slice(from);
                }
            }
            add_scaled(&mut mean.out[start * sizes.classes..], &net.out, share);
            add_scaled(&mut mean.out_bias, &net.out_bias, share);
            add_scaled(&mut mean.direct, &net.direct, share);
        }
        mean
    }

    /// The hidden layer.
    pub fn hidden(&self, input: &Numbered, hidden: &mut Vec<f32>) {
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
    pub fn scores(&self, input: &Numbered, hidden: &[f32], scores: &mut Vec<f32>) {
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

    /// Appends the network to a file: what it knows, then its matrices in 8 bits, each in steps of its own.
    pub fn write(&self, known: &Known, bytes: &mut Vec<u8>) {
        let Sizes { inputs, hidden, classes, .. } = self.sizes;
        for size in [inputs, hidden, classes] {
            bytes.extend((size as u32).to_le_bytes());
        }
        known.write(bytes);
        for matrix in self.matrices() {
            let most = matrix.iter().fold(0.0f32, |most, value| most.max(value.abs()));
            let step = if most > 0.0 { most / 127.0 } else { 1.0 };
            bytes.extend(step.to_le_bytes());
            bytes.extend(matrix.iter().map(|value| (value / step).round() as i8 as u8));
        }
    }
}

/// `values += row * factor`.
pub(super) fn add_scaled(values: &mut [f32], row: &[f32], factor: f32) {
    values.iter_mut().zip(row).for_each(|(value, &weight)| *value += weight * factor);
}

/// Turns scores into probabilities of classes, of which one is true.
pub(super) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().fold(f32::NEG_INFINITY, |most, &score| most.max(score));
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// Turns scores into probabilities of labels, each true or not.
pub(super) fn sigmoid(scores: &mut [f32]) {
    scores.iter_mut().for_each(|score| *score = 1.0 / (1.0 + (-*score).exp()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_two_networks_scores_as_they_do_on_average() {
        let net = |seed: f32| {
            let mut net = Net::zeros(Sizes { inputs: 2, hidden: 3, classes: 2, features: 2 });
            let mut value = seed;
            for matrix in net.matrices_mut() {
                for weight in matrix {
                    value = (value * 7.3 + 0.11) % 1.0;
                    *weight = value - 0.4;
                }
            }
            net
        };
        let nets = [net(0.3), net(0.8)];
        let input = Numbered { features: vec![1], dense: vec![64, -32] };
        let scores = |net: &Net| {
            let (mut hidden, mut scores) = (Vec::new(), Vec::new());
            net.hidden(&input, &mut hidden);
            net.scores(&input, &hidden, &mut scores);
            scores
        };
        let (one, other, mean) = (scores(&nets[0]), scores(&nets[1]), scores(&Net::mean(&nets)));
        for (mean, (one, other)) in mean.iter().zip(one.iter().zip(other)) {
            assert!((mean - (one + other) / 2.0).abs() < 1e-5, "{mean}, not between {one} and {other}");
        }
    }

    #[test]
    fn chances_of_classes_sum_to_one() {
        let mut scores = [1.0, 3.0, -2.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(scores[1] > 0.8, "{scores:?}");
        let mut scores = [0.0, 9.0];
        sigmoid(&mut scores);
        assert!((scores[0] - 0.5).abs() < 1e-6 && scores[1] > 0.99, "{scores:?}");
    }
}
