//! Fitting a network to examples: Adam (Kingma and Ba 2015) on shuffled batches, with inputs left out at random.

use super::net::{Input, Net, STEP, Sizes, add_scaled, softmax};

/// Something to learn from.
pub(super) struct Example {
    pub input: Input,
    pub class: u8,
    /// How much it counts.
    pub weight: f32,
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Numbers in the hidden layer.
    pub hidden: usize,
    /// How often every example is met.
    pub epochs: usize,
    /// The highest rate; it falls to nothing.
    pub rate: f32,
    /// Examples in a batch.
    pub batch: usize,
    /// Share of the features, of the dense numbers, and of the hidden layer that is left out.
    pub drop: [f32; 3],
    /// How fast weights shrink, as a share of the rate.
    pub decay: f32,
    /// Seed of all that is left to chance.
    pub seed: u64,
}

const BETA: [f32; 2] = [0.9, 0.99];
const EPSILON: f32 = 1e-8;

/// Fits a network; `say` is told how the loss falls.
pub(super) fn fit(
    examples: &[Example],
    inputs: usize,
    classes: usize,
    plan: Plan,
    say: &mut dyn FnMut(&str),
) -> Net {
    let mut random = Random(plan.seed);
    let mut net = Net::zeros(Sizes { inputs, hidden: plan.hidden, classes });
    let bound = (6.0 / (inputs + plan.hidden) as f32).sqrt();
    net.dense.iter_mut().for_each(|value| *value = bound * (2.0 * random.unit() - 1.0));
    net.embedded.iter_mut().for_each(|value| *value = 0.05 * (2.0 * random.unit() - 1.0));
    let bound = (6.0 / (classes + plan.hidden) as f32).sqrt();
    net.out.iter_mut().for_each(|value| *value = bound * (2.0 * random.unit() - 1.0));
    let mut moments: Vec<[Vec<f32>; 2]> =
        net.matrices().map(|matrix| [vec![0.0; matrix.len()], vec![0.0; matrix.len()]]).into();
    let mut gradient = Net::zeros(net.sizes);
    // Rows of features that the batch touched; the others have no slope.
    let mut touched: Vec<u32> = Vec::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let n_steps = plan.epochs * examples.len().div_ceil(plan.batch);
    let mut step = 0;
    for epoch in 1..=plan.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        let mut loss = 0.0f64;
        for batch in order.chunks(plan.batch) {
            for &number in batch {
                loss += learn(&net, &examples[number], plan, &mut random, &mut gradient, &mut touched);
            }
            let rate = plan.rate * (1.0 - step as f32 / n_steps as f32).max(0.01);
            step += 1;
            touched.sort_unstable();
            touched.dedup();
            let scale = 1.0 / batch.len() as f32;
            update(&mut net, &mut gradient, &mut moments, &touched, scale, rate, plan.decay);
            touched.clear();
        }
        say(&format!("  round {epoch}: loss {:.4}", loss / examples.len() as f64));
    }
    net
}

/// Adds the slope of the loss on one example; gives the loss.
fn learn(
    net: &Net,
    example: &Example,
    plan: Plan,
    random: &mut Random,
    gradient: &mut Net,
    touched: &mut Vec<u32>,
) -> f64 {
    let Sizes { hidden: n_hidden, classes, .. } = net.sizes;
    let mut input = example.input.clone();
    input.features.retain(|_| random.unit() >= plan.drop[0]);
    for value in &mut input.dense {
        if random.unit() < plan.drop[1] {
            *value = 0;
        }
    }
    let (mut hidden, mut scores) = (Vec::new(), Vec::new());
    net.hidden(&input, &mut hidden);
    let keep = 1.0 / (1.0 - plan.drop[2]);
    hidden.iter_mut().for_each(|value| *value *= if random.unit() < plan.drop[2] { 0.0 } else { keep });
    net.scores(&input, &hidden, &mut scores);
    softmax(&mut scores);
    let gold = usize::from(example.class);
    let loss = -f64::from(scores[gold].max(1e-12).ln());
    scores[gold] -= 1.0;
    scores.iter_mut().for_each(|slope| *slope *= example.weight);
    add_scaled(&mut gradient.out_bias, &scores, 1.0);
    let mut hidden_slopes = vec![0.0; n_hidden];
    for (unit, slope) in hidden_slopes.iter_mut().enumerate() {
        if hidden[unit] > 0.0 {
            let row = unit * classes..(unit + 1) * classes;
            *slope = keep
                * net.out[row.clone()].iter().zip(&scores).map(|(weight, slope)| weight * slope).sum::<f32>();
            add_scaled(&mut gradient.out[row], &scores, hidden[unit]);
        }
    }
    add_scaled(&mut gradient.hidden_bias, &hidden_slopes, 1.0);
    for (&value, row) in input.dense.iter().zip(gradient.dense.chunks_exact_mut(n_hidden)) {
        if value != 0 {
            add_scaled(row, &hidden_slopes, f32::from(value) * STEP);
        }
    }
    for &feature in &input.features {
        let at = feature as usize;
        add_scaled(&mut gradient.embedded[at * n_hidden..(at + 1) * n_hidden], &hidden_slopes, 1.0);
        add_scaled(&mut gradient.direct[at * classes..(at + 1) * classes], &scores, 1.0);
    }
    touched.extend_from_slice(&input.features);
    loss * f64::from(example.weight)
}

/// One step down the slope, which is cleared.
fn update(
    net: &mut Net,
    gradient: &mut Net,
    moments: &mut [[Vec<f32>; 2]],
    touched: &[u32],
    scale: f32,
    rate: f32,
    decay: f32,
) {
    let Sizes { hidden, classes, .. } = net.sizes;
    for (number, ((values, slopes), moments)) in
        net.matrices_mut().into_iter().zip(gradient.matrices_mut()).zip(moments).enumerate()
    {
        let n_values = values.len();
        let mut move_at = |at: usize| {
            let slope = slopes[at] * scale;
            slopes[at] = 0.0;
            let [first, second] = moments;
            first[at] += (1.0 - BETA[0]) * (slope - first[at]);
            second[at] += (1.0 - BETA[1]) * (slope * slope - second[at]);
            values[at] -= rate * (first[at] / (second[at].sqrt() + EPSILON) + decay * values[at]);
        };
        // The tables of features are the third and the last matrix.
        match number {
            2 => touched.iter().for_each(|&row| {
                (row as usize * hidden..(row as usize + 1) * hidden).for_each(&mut move_at);
            }),
            5 => touched.iter().for_each(|&row| {
                (row as usize * classes..(row as usize + 1) * classes).for_each(&mut move_at);
            }),
            _ => (0..n_values).for_each(&mut move_at),
        }
    }
}

/// xorshift64* (Vigna 2016).
pub(super) struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// At least 0 and below 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 33) as usize) % limit.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_learns_what_it_is_told() {
        let example = |word: &str, dense: i8, class| {
            let mut input = Input { features: Vec::new(), dense: vec![dense] };
            input.add(&["word", word]);
            Example { input, class, weight: 1.0 }
        };
        let examples: Vec<Example> =
            (0..40).flat_map(|_| [example("met", 0, 1), example("it", 60, 2), example("it", 0, 0)]).collect();
        let plan = Plan { hidden: 4, epochs: 30, rate: 0.02, batch: 8, drop: [0.0; 3], decay: 0.0, seed: 5 };
        let net = fit(&examples, 1, 3, plan, &mut |_| ());
        let (mut hidden, mut chances) = (Vec::new(), Vec::new());
        for example in &examples[..3] {
            net.chances(&example.input, &mut hidden, &mut chances);
            assert!(chances[usize::from(example.class)] > 0.9, "{chances:?} for {}", example.class);
        }
    }
}
