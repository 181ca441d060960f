//! Fitting a network to examples: Adam (Kingma and Ba 2015) on shuffled batches, with inputs left out at random.
//!
//! Where chance has so large a part, several networks that were fitted from other seeds, their scores averaged, are
//! surer than one: see [`Plan::networks`].

use super::features::{Input, Known, STEP};
use super::net::{Net, Numbered, Sizes, add_scaled, sigmoid, softmax};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Something to learn from.
pub(super) struct Example {
    pub input: Input,
    pub answer: Answer,
}

/// What is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// One class of all.
    Class(u8),
    /// Any number of labels, a bit each.
    Labels(u64),
}

/// Examples of one kind, and the network that is to be fitted to them.
pub(super) struct Task {
    pub name: &'static str,
    pub examples: Vec<Example>,
    pub inputs: usize,
    pub classes: usize,
    pub plan: Plan,
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Networks whose scores are averaged.
    pub networks: usize,
    /// Numbers in the hidden layer of each.
    pub hidden: usize,
    /// How often a feature must be met to be known.
    pub least: u32,
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

/// Fits the networks of some tasks, as many at once as there are processors; each comes out the same whatever is
/// fitted beside it. Gives their files.
pub(super) fn fit_all(tasks: &[Task]) -> Vec<Vec<u8>> {
    let numbered: Vec<(Known, Vec<(Numbered, Answer)>)> = tasks.iter().map(number).collect();
    let jobs: Vec<(usize, u64)> = tasks
        .iter()
        .enumerate()
        .flat_map(|(task, Task { plan, .. })| (0..plan.networks as u64).map(move |nth| (task, nth)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut fitted = Vec::new();
        while let Some(&(task, nth)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Task { inputs, classes, plan, .. } = tasks[task];
            let (known, examples) = &numbered[task];
            let sizes = Sizes { inputs, hidden: plan.hidden, classes, features: known.n_known() };
            let seed = plan.seed + 1000 * nth;
            fitted.push(((task, nth), fit(examples, sizes, Plan { seed, ..plan })));
        }
        fitted
    };
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut fitted: Vec<((usize, u64), Net)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(work)).collect();
        let joined =
            threads.into_iter().map(|thread| thread.join().expect("invariant: fitting does not panic"));
        joined.flatten().collect()
    });
    fitted.sort_by_key(|(job, _)| *job);
    let file = |(task, (known, _)): (usize, &(Known, _))| {
        let of_task = |((other, _), net): &((usize, u64), Net)| (*other == task).then(|| net.clone());
        let nets: Vec<Net> = fitted.iter().filter_map(of_task).collect();
        let mut bytes = Vec::new();
        Net::mean(&nets).write(known, &mut bytes);
        bytes
    };
    numbered.iter().enumerate().map(file).collect()
}

/// The features that are met often enough, and the examples with these alone.
fn number(task: &Task) -> (Known, Vec<(Numbered, Answer)>) {
    let known = Known::met(task.examples.iter().map(|example| &example.input), task.plan.least);
    let number = |Example { input, answer }: &Example| {
        let features = input.features.iter().filter_map(|&hash| known.row(hash)).collect();
        (Numbered { features, dense: input.dense.clone() }, *answer)
    };
    let examples = task.examples.iter().map(number).collect();
    (known, examples)
}

/// Fits a network.
fn fit(examples: &[(Numbered, Answer)], sizes: Sizes, plan: Plan) -> Net {
    let mut random = Random(plan.seed);
    let Sizes { inputs, classes, .. } = sizes;
    let mut net = Net::zeros(sizes);
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
    for _ in 0..plan.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        for batch in order.chunks(plan.batch) {
            for &number in batch {
                learn(&net, &examples[number], plan, &mut random, &mut gradient, &mut touched);
            }
            let rate = plan.rate * (1.0 - step as f32 / n_steps as f32).max(0.01);
            step += 1;
            touched.sort_unstable();
            touched.dedup();
            let scale = 1.0 / batch.len() as f32;
            update(&mut net, &mut gradient, &mut moments, &touched, scale, rate, plan.decay);
            touched.clear();
        }
    }
    net
}

/// Adds the slope of the loss on one example.
fn learn(
    net: &Net,
    (input, answer): &(Numbered, Answer),
    plan: Plan,
    random: &mut Random,
    gradient: &mut Net,
    touched: &mut Vec<u32>,
) {
    let Sizes { hidden: n_hidden, classes, .. } = net.sizes;
    let mut input = input.clone();
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
    // The slope of the loss by the scores: what is said less what is right.
    match *answer {
        Answer::Class(class) => {
            softmax(&mut scores);
            scores[usize::from(class)] -= 1.0;
        }
        Answer::Labels(labels) => {
            sigmoid(&mut scores);
            let right = |label: usize| f32::from(u8::from(labels >> label & 1 == 1));
            scores.iter_mut().enumerate().for_each(|(label, slope)| *slope -= right(label));
        }
    }
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
    use super::super::bytes::Reader;
    use super::super::trained::{Trained, Work};
    use super::*;

    const PLAN: Plan = Plan {
        networks: 2,
        hidden: 4,
        least: 2,
        epochs: 40,
        rate: 0.02,
        batch: 8,
        drop: [0.0; 3],
        decay: 0.0,
        seed: 5,
    };

    fn task(classes: usize, answers: [Answer; 3]) -> Task {
        let example = |(word, dense, answer): (&str, i8, Answer)| {
            let mut input = Input { features: Vec::new(), dense: vec![dense] };
            input.add(&["word", word]);
            Example { input, answer }
        };
        let rows = [("met", 0), ("it", 60), ("it", 0)];
        let rows = rows.into_iter().zip(answers).map(|((word, dense), answer)| (word, dense, answer));
        let examples = rows.cycle().take(120).map(example).collect();
        Task { name: "test", examples, inputs: 1, classes, plan: PLAN }
    }

    fn fitted(task: &Task) -> Trained {
        let file = fit_all(std::slice::from_ref(task)).remove(0);
        Trained::read(&mut Reader::new(&file)).expect("what is written reads")
    }

    #[test]
    fn a_network_learns_what_it_is_told() {
        let task = task(3, [Answer::Class(1), Answer::Class(2), Answer::Class(0)]);
        let (trained, mut work) = (fitted(&task), Work::default());
        for example in &task.examples[..3] {
            let chances = trained.chances(&example.input, &mut work);
            let Answer::Class(class) = example.answer else { unreachable!("the answers are classes") };
            assert!(chances[usize::from(class)] > 0.9, "{chances:?} for {class}");
        }
    }

    #[test]
    fn labels_are_learned_beside_each_other() {
        let task = task(3, [Answer::Labels(0b011), Answer::Labels(0b100), Answer::Labels(0)]);
        let (trained, mut work) = (fitted(&task), Work::default());
        for example in &task.examples[..3] {
            let chances = trained.label_chances(&example.input, &mut work);
            let found: Vec<bool> = chances.iter().map(|&chance| chance > 0.5).collect();
            let Answer::Labels(labels) = example.answer else { unreachable!("the answers are labels") };
            assert_eq!(found, [0, 1, 2].map(|label| labels >> label & 1 == 1), "{chances:?}");
        }
    }
}
