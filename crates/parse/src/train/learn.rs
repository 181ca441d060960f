//! One step of learning on a few sentences: how wrong the network is, and the slope of that.

use super::TrainingPlan;
use super::gradient::{Back, BackMemory, Gradient, Turned, add};
use super::random::Random;
use crate::network::{
    Encoder, FEATURES, Heads, LayerTrace, Order, Packed, Part, Scores, Weights, Word, WordVectors, exp,
    multiply, rectify, run_layer,
};

/// A sentence to learn from. What is not known of it is left out.
#[derive(Clone)]
pub(super) struct Example {
    pub words: Vec<Word>,
    pub tags: Option<Vec<u32>>,
    /// Heads (0 the root, `1 + i` token `i`) and relations.
    pub tree: Option<(Vec<u32>, Vec<u32>)>,
    pub names: Option<Vec<u32>>,
}

/// What is left out at random, so that the network does not lean on single values (Srivastava et al. 2014; whole
/// sentences share a mask, Gal and Ghahramani 2016).
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    /// Of the forms of words, so that unknown words are met.
    pub form: f32,
    /// Of the vectors of words.
    pub vector: f32,
    /// Of the numbers of the input.
    pub input: f32,
    /// Of the outputs of each layer.
    pub layer: f32,
    /// Of the layers of arcs, relations and names.
    pub head: f32,
}

/// The network as it stands while learning.
pub(super) struct Learner<'l> {
    pub weights: &'l Weights,
    /// The vectors of features.
    pub rows: &'l [f32],
    pub vectors: &'l WordVectors,
    pub encoder: Encoder<Packed>,
    pub heads: Heads<Packed>,
    pub turned: Turned,
}

impl<'l> Learner<'l> {
    pub fn new(weights: &'l Weights, rows: &'l [f32], vectors: &'l WordVectors) -> Learner<'l> {
        Learner {
            weights,
            rows,
            vectors,
            encoder: Encoder::new(weights),
            heads: Heads::new(weights),
            turned: Turned::new(weights),
        }
    }
}

/// Working memory of a step.
#[derive(Default)]
pub(super) struct StepMemory {
    back: BackMemory,
    traces: [LayerTrace; 2],
    scores: Scores,
}

/// The loss on some sentences, summed over tokens: tags, arcs, relations, names.
pub(super) type Losses = [f64; 4];

/// Adds the slope of the loss, divided by `n_tokens`, to the gradient.
pub(super) fn learn(
    learner: &Learner<'_>,
    examples: &[&Example],
    plan: &TrainingPlan,
    n_tokens: f32,
    random: &mut Random,
    gradient: &mut Gradient,
    memory: &mut StepMemory,
) -> Losses {
    let (dims, rates) = (learner.weights.dims, plan.rates);
    let lengths: Vec<usize> = examples.iter().map(|example| example.words.len()).collect();
    let order = Order::new(&lengths);
    let n_rows = order.n_rows();
    let both = 2 * dims.hidden;
    let size = dims.vector + dims.embedding;
    let ordered: Vec<&Example> = order.sentences.iter().map(|&number| examples[number]).collect();
    let StepMemory { back, traces, scores } = memory;

    // Forwards.
    let mut input = vec![0.0; n_rows * size];
    let mut kept = vec![[true; FEATURES]; n_rows];
    for (place, example) in ordered.iter().enumerate() {
        for (token, word) in example.words.iter().enumerate() {
            let row = order.row(place, token);
            let (vector, embedding) = input[row * size..(row + 1) * size].split_at_mut(dims.vector);
            if random.unit() >= rates.vector {
                learner.vectors.write_row(word.vector, vector);
            }
            kept[row][0] = random.unit() >= rates.form;
            for (&feature, _) in word.features.iter().zip(kept[row]).filter(|(_, kept)| *kept) {
                let at = feature as usize * dims.embedding;
                add(embedding, &learner.rows[at..at + dims.embedding]);
            }
        }
    }
    let mut mask_of = |columns: usize, rate: f32| masks(&order, ordered.len(), columns, rate, random);
    let input_masks = mask_of(size, rates.input);
    multiply_by(&mut input, &input_masks);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    run_layer(&learner.encoder.layers[0], &order, &input, &mut first, &mut traces[0]);
    let first_masks = mask_of(both, rates.layer);
    multiply_by(&mut first, &first_masks);
    run_layer(&learner.encoder.layers[1], &order, &first, &mut second, &mut traces[1]);
    let second_masks = mask_of(both, rates.layer);
    multiply_by(&mut second, &second_masks);

    let heads = &learner.heads;
    let mut loss = [0.0; 4];
    let mut slopes = vec![0.0; n_rows * both];
    let mut back = Back { turned: &learner.turned, gradient, memory: back };

    // Tags.
    heads.tag.run(&second, &mut scores.rounded, &mut scores.tags);
    let tags = by_row(&order, &ordered, |example| example.tags.as_deref());
    loss[0] = soft_slopes(&mut scores.tags, dims.n_tags, &tags, 1.0 / n_tokens);
    back.linear(Part::Tag, Some(Part::TagBias), &second, &scores.tags, &mut slopes);

    // Names.
    heads.name.run(&second, &mut scores.rounded, &mut scores.name_hidden);
    let masks = mask_of(dims.name, rates.head);
    rectify(&mut scores.name_hidden);
    multiply_by(&mut scores.name_hidden, &masks);
    heads.name_out.run(&scores.name_hidden, &mut scores.rounded, &mut scores.names);
    let names = by_row(&order, &ordered, |example| example.names.as_deref());
    loss[3] = soft_slopes(&mut scores.names, dims.n_names, &names, plan.names_weight / n_tokens);
    let mut hidden_slopes = vec![0.0; n_rows * dims.name];
    let hidden = &scores.name_hidden;
    back.linear(Part::NameOut, Some(Part::NameOutBias), hidden, &scores.names, &mut hidden_slopes);
    through(&mut hidden_slopes, &scores.name_hidden, &masks);
    back.linear(Part::Name, Some(Part::NameBias), &second, &hidden_slopes, &mut slopes);

    // Relations, each with its right head.
    heads.relation_dependent.run(&second, &mut scores.rounded, &mut scores.relation_dependents);
    heads.relation_head.run(&second, &mut scores.rounded, &mut scores.relation_heads);
    let gold_heads = by_row(&order, &ordered, |example| example.tree.as_ref().map(|tree| &tree.0[..]));
    let gold_relations = by_row(&order, &ordered, |example| example.tree.as_ref().map(|tree| &tree.1[..]));
    let head_row = head_rows(&order, &ordered, &gold_heads);
    let masks = mask_of(dims.relation, rates.head);
    let mut hidden = scores.relation_dependents.clone();
    for (row, hidden) in hidden.chunks_exact_mut(dims.relation).enumerate() {
        match head_row[row] {
            Some(head) => add(hidden, &scores.relation_heads[head * dims.relation..][..dims.relation]),
            None => add(hidden, &heads.relation_root),
        }
    }
    rectify(&mut hidden);
    multiply_by(&mut hidden, &masks);
    let mut relations = Vec::new();
    heads.relation_out.run(&hidden, &mut scores.rounded, &mut relations);
    loss[2] = soft_slopes(&mut relations, dims.n_relations, &gold_relations, 1.0 / n_tokens);
    let mut dependent_slopes = vec![0.0; n_rows * dims.relation];
    back.linear(Part::RelationOut, Some(Part::RelationOutBias), &hidden, &relations, &mut dependent_slopes);
    through(&mut dependent_slopes, &hidden, &masks);
    let mut head_slopes = vec![0.0; n_rows * dims.relation];
    for (row, slopes) in dependent_slopes.chunks_exact(dims.relation).enumerate() {
        match head_row[row] {
            Some(head) => add(&mut head_slopes[head * dims.relation..][..dims.relation], slopes),
            None => add(back.gradient.weights.part_mut(Part::RelationRoot), slopes),
        }
    }
    back.linear(Part::RelationDependent, Some(Part::RelationBias), &second, &dependent_slopes, &mut slopes);
    back.linear(Part::RelationHead, None, &second, &head_slopes, &mut slopes);

    // Arcs.
    heads.arc_dependent.run(&second, &mut scores.rounded, &mut scores.arc_dependents);
    heads.arc_head.run(&second, &mut scores.rounded, &mut scores.arc_heads);
    let (dependent_masks, head_masks) = (mask_of(dims.arc, rates.head), mask_of(dims.arc, rates.head));
    for (values, masks) in
        [(&mut scores.arc_dependents, &dependent_masks), (&mut scores.arc_heads, &head_masks)]
    {
        rectify(values);
        multiply_by(values, masks);
    }
    heads.arc_product.run(&scores.arc_dependents, &mut scores.rounded, &mut scores.arc_products);
    let (product_slopes, mut head_slopes) =
        arc_slopes(learner, &order, &ordered, scores, n_tokens, &mut back, &mut loss[1]);
    let mut dependent_slopes = vec![0.0; n_rows * dims.arc];
    let dependents = &scores.arc_dependents;
    let bias = Some(Part::ArcProductBias);
    back.linear(Part::ArcProduct, bias, dependents, &product_slopes, &mut dependent_slopes);
    through(&mut dependent_slopes, &scores.arc_dependents, &dependent_masks);
    through(&mut head_slopes, &scores.arc_heads, &head_masks);
    let bias = Some(Part::ArcDependentBias);
    back.linear(Part::ArcDependent, bias, &second, &dependent_slopes, &mut slopes);
    back.linear(Part::ArcHead, Some(Part::ArcHeadBias), &second, &head_slopes, &mut slopes);

    // Back over the layers.
    multiply_by(&mut slopes, &second_masks);
    let mut below = Vec::new();
    back.layer(1, &order, &first, &traces[1], &slopes, &mut below);
    multiply_by(&mut below, &first_masks);
    let mut embedding_slopes = Vec::new();
    back.layer(0, &order, &input, &traces[0], &below, &mut embedding_slopes);
    for (place, example) in ordered.iter().enumerate() {
        for (token, word) in example.words.iter().enumerate() {
            let row = order.row(place, token);
            let slope = &mut embedding_slopes[row * dims.embedding..(row + 1) * dims.embedding];
            multiply_by(slope, &input_masks[row * size + dims.vector..(row + 1) * size]);
            for (&feature, _) in word.features.iter().zip(kept[row]).filter(|(_, kept)| *kept) {
                back.gradient.add_row(feature, slope);
            }
        }
    }
    loss
}

/// The slopes of arc scores, carried to the products of dependents and to the heads; adds to the loss.
fn arc_slopes(
    learner: &Learner<'_>,
    order: &Order,
    ordered: &[&Example],
    scores: &Scores,
    n_tokens: f32,
    back: &mut Back<'_>,
    loss: &mut f64,
) -> (Vec<f32>, Vec<f32>) {
    let size = learner.weights.dims.arc;
    let mut product_slopes = vec![0.0; scores.arc_products.len()];
    let mut head_slopes = vec![0.0; scores.arc_heads.len()];
    let (mut heads, mut products, mut arcs) = (Vec::new(), Vec::new(), Vec::new());
    let mut packed = Packed::default();
    for (place, example) in ordered.iter().enumerate() {
        let Some((gold, _)) = &example.tree else { continue };
        let n = gold.len();
        let of = |token: usize| order.row(place, token) * size..(order.row(place, token) + 1) * size;
        heads.clear();
        heads.extend_from_slice(&learner.heads.arc_root);
        products.clear();
        for token in 0..n {
            heads.extend_from_slice(&scores.arc_heads[of(token)]);
            products.extend_from_slice(&scores.arc_products[of(token)]);
        }
        packed.fill_transposed(&heads, size, n + 1);
        arcs.clear();
        arcs.resize(n * (n + 1), 0.0);
        multiply(&products, &packed, &mut arcs);
        for token in 0..n {
            // No word is its own head.
            arcs[token * (n + 1) + token + 1] = f32::NEG_INFINITY;
        }
        let gold: Vec<Option<u32>> = gold.iter().map(|&head| Some(head)).collect();
        *loss += soft_slopes(&mut arcs, n + 1, &gold, 1.0 / n_tokens);
        packed.fill(&heads, n + 1, size);
        let mut slopes = vec![0.0; n * size];
        multiply(&arcs, &packed, &mut slopes);
        for token in 0..n {
            add(&mut product_slopes[of(token)], &slopes[token * size..(token + 1) * size]);
        }
        let mut slopes = vec![0.0; (n + 1) * size];
        back.memory.outer(&arcs, n + 1, &products, size, &mut slopes);
        add(back.gradient.weights.part_mut(Part::ArcRoot), &slopes[..size]);
        for token in 0..n {
            add(&mut head_slopes[of(token)], &slopes[(token + 1) * size..(token + 2) * size]);
        }
    }
    (product_slopes, head_slopes)
}

/// A value for each row of the batch.
fn by_row<'e>(
    order: &Order,
    ordered: &[&'e Example],
    of: impl Fn(&'e Example) -> Option<&'e [u32]>,
) -> Vec<Option<u32>> {
    let mut values = vec![None; order.n_rows()];
    for (place, example) in ordered.iter().enumerate() {
        for (token, &value) in of(example).into_iter().flatten().enumerate() {
            values[order.row(place, token)] = Some(value);
        }
    }
    values
}

/// The row of each row's head; none for roots, and where the tree is not known.
fn head_rows(order: &Order, ordered: &[&Example], heads: &[Option<u32>]) -> Vec<Option<usize>> {
    let mut rows = vec![None; order.n_rows()];
    for (place, example) in ordered.iter().enumerate() {
        for token in 0..example.words.len() {
            let row = order.row(place, token);
            rows[row] = heads[row].filter(|&head| head > 0).map(|head| order.row(place, head as usize - 1));
        }
    }
    rows
}

/// Turns rows of scores into the slopes of the cross entropy (softmax less the right answer), times a factor.
/// Gives the loss. Rows without an answer get zeros.
fn soft_slopes(scores: &mut [f32], n_classes: usize, gold: &[Option<u32>], factor: f32) -> f64 {
    let mut loss = 0.0;
    for (row, &gold) in scores.chunks_exact_mut(n_classes).zip(gold) {
        let Some(gold) = gold else {
            row.fill(0.0);
            continue;
        };
        let most = row.iter().fold(f32::NEG_INFINITY, |most, &score| most.max(score));
        let mut sum = 0.0;
        for score in row.iter_mut() {
            *score = if *score == f32::NEG_INFINITY { 0.0 } else { exp(*score - most) };
            sum += *score;
        }
        loss -= f64::from((row[gold as usize] / sum).max(1e-30).ln());
        row.iter_mut().for_each(|score| *score *= factor / sum);
        row[gold as usize] -= factor;
    }
    loss
}

/// Slopes go back through a rectified and masked layer whose values are given.
fn through(slopes: &mut [f32], values: &[f32], masks: &[f32]) {
    for ((slope, &value), &mask) in slopes.iter_mut().zip(values).zip(masks) {
        *slope *= if value > 0.0 { mask } else { 0.0 };
    }
}

fn multiply_by(values: &mut [f32], factors: &[f32]) {
    for (value, factor) in values.iter_mut().zip(factors) {
        *value *= factor;
    }
}

/// A mask for each sentence, laid out by rows.
fn masks(order: &Order, n_sentences: usize, columns: usize, rate: f32, random: &mut Random) -> Vec<f32> {
    let mut of_sentence = Vec::with_capacity(n_sentences * columns);
    random.mask(n_sentences * columns, rate, &mut of_sentence);
    let mut out = Vec::with_capacity(order.n_rows() * columns);
    for step in 0..order.n_steps() {
        out.extend_from_slice(&of_sentence[..order.step(step).len() * columns]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Dims, N_LABELS, ROWS};

    const DIMS: Dims = Dims {
        vector: 3,
        embedding: 4,
        hidden: 5,
        arc: 4,
        relation: 6,
        name: 3,
        n_tags: 4,
        n_relations: 3,
        n_names: N_LABELS,
    };

    fn example(random: &mut Random, n: usize, what: usize) -> Example {
        let word = |random: &mut Random| Word {
            vector: None,
            features: std::array::from_fn(|_| random.below(7) as u32),
        };
        let words = (0..n).map(|_| word(random)).collect();
        let labels = |random: &mut Random, limit: usize| (0..n).map(|_| random.below(limit) as u32).collect();
        let heads = (0..n as u32).map(|token| if token == 0 { 0 } else { token }).collect();
        Example {
            words,
            tags: (what != 1).then(|| labels(random, DIMS.n_tags)),
            tree: (what != 2).then(|| (heads, labels(random, DIMS.n_relations))),
            names: (what != 0).then(|| labels(random, DIMS.n_names)),
        }
    }

    fn loss(weights: &Weights, rows: &[f32], examples: &[&Example]) -> (f64, Gradient) {
        let vectors = WordVectors::default();
        let learner = Learner::new(weights, rows, &vectors);
        let rates = Rates { form: 0.0, vector: 0.0, input: 0.2, layer: 0.2, head: 0.2 };
        let plan = TrainingPlan { rates, names_weight: 1.0, ..TrainingPlan::default() };
        let mut gradient = Gradient::zeros(weights.dims);
        let mut memory = StepMemory::default();
        // The same masks each time.
        let losses = learn(&learner, examples, &plan, 1.0, &mut Random::new(3), &mut gradient, &mut memory);
        (losses.iter().sum(), gradient)
    }

    /// Every part of the gradient against the change of the loss itself.
    #[test]
    fn slopes_are_what_the_loss_does() {
        let mut random = Random::new(11);
        let examples = [example(&mut random, 4, 0), example(&mut random, 2, 1), example(&mut random, 4, 2)];
        let examples: Vec<&Example> = examples.iter().collect();
        let mut weights = Weights::zeros(DIMS);
        for matrix in weights.matrices_mut() {
            matrix.iter_mut().for_each(|value| *value = random.unit() - 0.5);
        }
        let mut rows = vec![0.0; ROWS * DIMS.embedding];
        rows[..8 * DIMS.embedding].iter_mut().for_each(|value| *value = random.unit() - 0.5);
        let (_, gradient) = loss(&weights, &rows, &examples);
        let step = 4e-3;
        let close = |found: f32, up: f64, down: f64, what: &str| {
            let expected = (up - down) / (2.0 * f64::from(step));
            let difference = (f64::from(found) - expected).abs();
            assert!(difference < 0.02 + 0.03 * expected.abs(), "{what}: {found} for {expected}");
        };
        for (number, part) in Part::all().into_iter().enumerate() {
            let n = weights.matrices()[number].len();
            for at in [0, n / 3, n / 2, n - 1] {
                let mut of = |change: f32| {
                    weights.matrices_mut()[number][at] += change;
                    let (loss, _) = loss(&weights, &rows, &examples);
                    weights.matrices_mut()[number][at] -= change;
                    loss
                };
                let (up, down) = (of(step), of(-step));
                close(gradient.weights.matrices()[number][at], up, down, &format!("{part:?} {at}"));
            }
        }
        for at in [0, 5, 13, 27] {
            let mut of = |change: f32| {
                rows[at] += change;
                let (loss, _) = loss(&weights, &rows, &examples);
                rows[at] -= change;
                loss
            };
            let (up, down) = (of(step), of(-step));
            close(gradient.rows[at], up, down, &format!("row number {at}"));
        }
    }
}
