//! Fitting the network: batches, rounds, and how it does on sentences held out.

use super::TrainingPlan;
use super::adam::Adam;
use super::gradient::Gradient;
use super::learn::{Example, Learner, Losses, StepMemory, learn};
use super::random::Random;
use crate::network::{Analysis, Dims, Embeddings, Memory, Network, Part, ROWS, Weights, WordVectors, spans};

/// Parts into which each batch is dealt, whatever the number of processors, so that sums run in one order.
const SHARDS: usize = 4;
/// Batches whose sentences are sorted by length together.
const POOL: usize = 40;
/// Longest gradient that is taken as it is.
const MAX_SLOPE: f64 = 1.0;
/// Share of the steps in which the rate rises.
const WARM_UP: f32 = 0.05;

/// Fits the network. The last rounds come to rest, so the weights at the end are those to ship.
pub(super) fn fit(
    examples: &[Example],
    held_out: &[Example],
    dims: Dims,
    vectors: &WordVectors,
    plan: &TrainingPlan,
    say: &mut dyn FnMut(&str),
) -> (Weights, Embeddings) {
    let mut random = Random::new(plan.seed);
    let (mut weights, mut rows) = start(dims, &mut random);
    let mut adam = Adam::new(&weights, &rows);
    let mut gradients: Vec<Gradient> = (0..SHARDS).map(|_| Gradient::zeros(dims)).collect();
    let mut memories: Vec<StepMemory> = (0..SHARDS).map(|_| StepMemory::default()).collect();
    let n_tokens: usize = examples.iter().map(|example| example.words.len()).sum();
    let n_steps = (plan.epochs * n_tokens.div_ceil(plan.batch_tokens)).max(1);
    let mut step = 0;
    for epoch in 1..=plan.epochs {
        let mut losses = Losses::default();
        for batch in batches(examples, plan.batch_tokens, &mut random) {
            let n: usize = batch.iter().map(|&number| examples[number].words.len()).sum();
            let learner = Learner::new(&weights, &rows, vectors);
            let mut shards: Vec<Vec<&Example>> = vec![Vec::new(); SHARDS];
            for (place, &number) in batch.iter().enumerate() {
                shards[place % SHARDS].push(&examples[number]);
            }
            let seeds: Vec<u64> = (0..SHARDS).map(|_| random.seed()).collect();
            std::thread::scope(|scope| {
                let learner = &learner;
                let work = shards.iter().zip(&mut gradients).zip(&mut memories).zip(seeds);
                let threads: Vec<_> = work
                    .map(|(((shard, gradient), memory), seed)| {
                        scope.spawn(move || {
                            gradient.clear();
                            let mut random = Random::new(seed);
                            learn(learner, shard, plan, n as f32, &mut random, gradient, memory)
                        })
                    })
                    .collect();
                for thread in threads {
                    let found = thread.join().expect("invariant: no step of learning panics");
                    losses.iter_mut().zip(found).for_each(|(sum, loss)| *sum += loss);
                }
            });
            drop(learner);
            let (total, others) = gradients.split_first_mut().expect("invariant: there is a shard");
            others.iter().for_each(|other| total.add(other));
            let length = total.square().sqrt();
            if length > MAX_SLOPE {
                total.scale((MAX_SLOPE / length) as f32);
            }
            adam.step(total, rate(plan.rate, step, n_steps), &mut weights, &mut rows);
            step += 1;
        }
        let [tags, arcs, relations, names] = losses.map(|loss| loss / n_tokens as f64);
        let mut line = format!(
            "epoch {epoch}: loss tags {tags:.3}, arcs {arcs:.3}, relations {relations:.3}, names {names:.3}"
        );
        if !held_out.is_empty() {
            let network = Network::new(&weights, Embeddings::new(dims.embedding, &rows), vectors.clone());
            line.push_str(&format!("; held out: {}", measure(&network, held_out)));
        }
        say(&line);
    }
    (weights, Embeddings::new(dims.embedding, &rows))
}

/// The rate of a step: up from zero, then down to zero.
fn rate(most: f32, step: usize, n_steps: usize) -> f32 {
    let done = step as f32 / n_steps as f32;
    let up = (done / WARM_UP).min(1.0);
    most * up * (1.0 - done).max(0.01)
}

/// Weights at the start: even within bounds by the size of each matrix (Glorot and Bengio 2010), forget gates open.
fn start(dims: Dims, random: &mut Random) -> (Weights, Vec<f32>) {
    let mut weights = Weights::zeros(dims);
    for part in Part::all() {
        let (rows, columns) = part.size(&dims);
        if part.is_bias(&dims) {
            if let Part::Bias(..) = part {
                weights.part_mut(part)[dims.hidden..2 * dims.hidden].fill(1.0);
            }
            continue;
        }
        let width = if matches!(part, Part::Input(..) | Part::Recurrent(..)) { columns / 4 } else { columns };
        let bound = (6.0 / (rows + width) as f32).sqrt();
        weights.part_mut(part).iter_mut().for_each(|value| *value = bound * (2.0 * random.unit() - 1.0));
    }
    let rows = (0..ROWS * dims.embedding).map(|_| 0.1 * (2.0 * random.unit() - 1.0)).collect();
    (weights, rows)
}

/// Cuts a shuffled list into batches of sentences of about one length.
fn batches(examples: &[Example], tokens: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut numbers: Vec<usize> = (0..examples.len()).collect();
    random.shuffle(&mut numbers);
    let length = |number: usize| examples[number].words.len();
    let mut batches = Vec::new();
    let mut rest = &numbers[..];
    while !rest.is_empty() {
        let mut sum = 0;
        let end = rest.iter().position(|&number| {
            sum += length(number);
            sum > POOL * tokens
        });
        let (pool, behind) = rest.split_at(end.unwrap_or(rest.len()).max(1));
        rest = behind;
        let mut pool = pool.to_vec();
        pool.sort_by_key(|&number| length(number));
        let mut batch = Vec::new();
        let mut sum = 0;
        for number in pool {
            sum += length(number);
            batch.push(number);
            if sum >= tokens {
                batches.push(std::mem::take(&mut batch));
                sum = 0;
            }
        }
        if !batch.is_empty() {
            batches.push(batch);
        }
    }
    random.shuffle(&mut batches);
    batches
}

/// How the network does on sentences that it did not learn from.
fn measure(network: &Network, examples: &[Example]) -> String {
    let words: Vec<_> = examples.iter().flat_map(|example| example.words.iter().copied()).collect();
    let lengths: Vec<usize> = examples.iter().map(|example| example.words.len()).collect();
    let mut found = Analysis::default();
    let tokens: Vec<u32> = (0..words.len() as u32).collect();
    network.analyse(&words, &tokens, &lengths, &mut Memory::default(), &mut found);
    let (mut tags, mut heads, mut labelled) = ([0; 2], [0; 2], [0; 2]);
    let mut names = [0; 3];
    let mut start = 0;
    for example in examples {
        let at = start..start + example.words.len();
        start = at.end;
        let count = |counts: &mut [usize; 2], right: bool| {
            counts[0] += usize::from(right);
            counts[1] += 1;
        };
        if let Some(gold) = &example.tags {
            gold.iter().zip(&found.tags[at.clone()]).for_each(|(a, b)| count(&mut tags, a == b));
        }
        if let Some((gold, relations)) = &example.tree {
            for (place, at) in at.clone().enumerate() {
                let right = found.heads[at] == gold[place];
                count(&mut heads, right);
                count(&mut labelled, right && found.relations[at] == relations[place]);
            }
        }
        if let Some(gold) = &example.names {
            let (gold, found) = (spans(gold), spans(&found.names[at]));
            names[0] += gold.iter().filter(|span| found.contains(span)).count();
            names[1] += gold.len();
            names[2] += found.len();
        }
    }
    let share = |[part, whole]: [usize; 2]| 100.0 * part as f64 / whole.max(1) as f64;
    let f1 = 200.0 * names[0] as f64 / (names[1] + names[2]).max(1) as f64;
    format!(
        "joint tags {:.2} %, UAS {:.2} %, LAS {:.2} % (whole labels), names F1 {f1:.1} %",
        share(tags),
        share(heads),
        share(labelled)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_and_falls() {
        let rates: Vec<f32> = (0..100).map(|step| rate(1.0, step, 100)).collect();
        assert!(rates[0] < rates[4] && rates[5] > rates[50] && rates[50] > rates[99] && rates[99] > 0.0);
    }
}
