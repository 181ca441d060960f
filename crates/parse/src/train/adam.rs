//! The optimizer: Adam (Kingma and Ba 2015).

use super::gradient::Gradient;
use crate::network::Weights;

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const SMALL: f32 = 1e-8;

/// Running means of slopes and of their squares.
pub(super) struct Adam {
    weights: [Weights; 2],
    rows: [Vec<f32>; 2],
    n_steps: i32,
}

impl Adam {
    pub fn new(weights: &Weights, rows: &[f32]) -> Adam {
        let zeros = || Weights::zeros(weights.dims);
        Adam { weights: [zeros(), zeros()], rows: [vec![0.0; rows.len()], vec![0.0; rows.len()]], n_steps: 0 }
    }

    /// Moves the weights against the gradient. Of the vectors of features only the rows that were met move.
    pub fn step(&mut self, gradient: &Gradient, rate: f32, weights: &mut Weights, rows: &mut [f32]) {
        self.n_steps += 1;
        let corrections = [FIRST, SECOND].map(|decay| 1.0 - decay.powi(self.n_steps));
        let [firsts, seconds] = &mut self.weights;
        let matrices = weights.matrices_mut().iter_mut().zip(gradient.weights.matrices());
        let means = firsts.matrices_mut().iter_mut().zip(seconds.matrices_mut());
        for ((values, slopes), (first, second)) in matrices.zip(means) {
            update(values, slopes, first, second, rate, corrections);
        }
        let size = weights.dims.embedding;
        let [first, second] = &mut self.rows;
        for &row in &gradient.touched {
            let at = row as usize * size..(row as usize + 1) * size;
            let slopes = &gradient.rows[at.clone()];
            let (first, second) = (&mut first[at.clone()], &mut second[at.clone()]);
            update(&mut rows[at], slopes, first, second, rate, corrections);
        }
    }
}

fn update(
    values: &mut [f32],
    slopes: &[f32],
    first: &mut [f32],
    second: &mut [f32],
    rate: f32,
    corrections: [f32; 2],
) {
    for (((value, &slope), first), second) in values.iter_mut().zip(slopes).zip(first).zip(second) {
        *first = FIRST * *first + (1.0 - FIRST) * slope;
        *second = SECOND * *second + (1.0 - SECOND) * slope * slope;
        *value -= rate * (*first / corrections[0]) / ((*second / corrections[1]).sqrt() + SMALL);
    }
}
