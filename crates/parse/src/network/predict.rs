//! Running the network over sentences.

use super::batch::Order;
use super::encoder::{Encoder, LayerTrace, run_layer, run_layer_over};
use super::features::{FEATURES, Features, features};
use super::heads::{Heads, Scores, rectify};
use super::kernels::{MAX_ROWS, Packed, Rounded, multiply};
use super::names::best_labels;
use super::trees::best_tree;
use super::vectors::WordVectors;
use super::weights::{Dims, Embeddings, Weights};
use crate::bytes::{Reader, Writer};
use crate::model::ModelError;

/// Longest stretch that is analysed as one sentence, in tokens: arcs cost the square of it.
const MAX_TOKENS: usize = 240;
/// About how many tokens are analysed together.
const BATCH_TOKENS: usize = 1024;

/// Says that a word has no row yet.
const NO_ROW: u32 = u32::MAX;

/// Texts of more tokens are analysed without keeping what the network saw in them: that takes hundreds of bytes a token.
const MAX_KEPT: usize = 200_000;

/// What the network reads of one word.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    pub vector: Option<u32>,
    pub features: Features,
}

/// What the network says of the tokens of some sentences, in the order given.
#[derive(Default)]
pub(crate) struct Analysis {
    /// Joint part-of-speech labels.
    pub tags: Vec<u32>,
    /// Heads: 0 is the root, `1 + i` the sentence's token `i`.
    pub heads: Vec<u32>,
    pub relations: Vec<u32>,
    pub names: Vec<u32>,
    /// What the network saw in each token: the encoder's last outputs in steps of 1/127, then the vector of the word.
    pub contexts: Vec<i8>,
}

/// Working memory, used again from batch to batch.
#[derive(Default)]
pub(crate) struct Memory {
    /// The row of each word in `input`, where it has one.
    rows: Vec<u32>,
    /// The words that have one.
    met: Vec<u32>,
    /// The row of each token.
    which: Vec<u32>,
    input: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    trace: LayerTrace,
    scores: Scores,
    heads_packed: Packed,
    sentence: Vec<f32>,
    arcs: Vec<f32>,
    hidden: Vec<f32>,
    relations: Vec<f32>,
    tree: Vec<u32>,
}

/// A trained network, ready to run.
pub(crate) struct Network {
    pub dims: Dims,
    encoder: Encoder<Rounded>,
    heads: Heads<Rounded>,
    embeddings: Embeddings,
    vectors: WordVectors,
}

impl Network {
    pub fn new(weights: &Weights, embeddings: Embeddings, vectors: WordVectors) -> Network {
        Network {
            dims: weights.dims,
            encoder: Encoder::new(weights),
            heads: Heads::new(weights),
            embeddings,
            vectors,
        }
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Network, ModelError> {
        let weights = Weights::read(reader)?;
        let embeddings = Embeddings::read(reader)?;
        let vectors = WordVectors::read(reader)?;
        let dims = weights.dims;
        if dims.vector + dims.embedding > MAX_ROWS || 2 * dims.hidden > MAX_ROWS {
            return Err(ModelError::Damaged("a size is out of range"));
        }
        if embeddings.size != dims.embedding
            || embeddings.n_rows() != super::ROWS
            || vectors.size != dims.vector
            || dims.n_names != super::names::N_LABELS
        {
            return Err(ModelError::Damaged("the parts do not fit together"));
        }
        Ok(Network::new(&weights, embeddings, vectors))
    }

    pub fn write(weights: &Weights, embeddings: &Embeddings, vectors: &WordVectors, writer: &mut Writer) {
        weights.write(writer);
        embeddings.write(writer);
        vectors.write(writer);
    }

    /// Numbers that are kept of a token.
    pub fn context_width(&self) -> usize {
        2 * self.dims.hidden + self.vectors.size
    }

    /// What the network reads of a form.
    pub fn word(&self, form: &str, lower: &str) -> Word {
        Word { vector: self.vectors.find(lower), features: features(form, lower) }
    }

    /// Analyses sentences of the given lengths. `tokens` are theirs, one after the other, each a place in `words`.
    pub fn analyse(
        &self,
        words: &[Word],
        tokens: &[u32],
        lengths: &[usize],
        memory: &mut Memory,
        out: &mut Analysis,
    ) {
        for list in [&mut out.tags, &mut out.heads, &mut out.relations, &mut out.names] {
            list.clear();
            list.resize(tokens.len(), 0);
        }
        out.contexts.clear();
        if tokens.len() <= MAX_KEPT {
            out.contexts.resize(tokens.len() * self.context_width(), 0);
        }
        memory.rows.clear();
        memory.rows.resize(words.len(), NO_ROW);
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        let (mut start, mut pending) = (0, 0);
        for (number, &length) in lengths.iter().enumerate() {
            let mut at = start;
            while at < start + length {
                let end = (start + length).min(at + MAX_TOKENS);
                pieces.push((at, end - at));
                pending += end - at;
                at = end;
            }
            start += length;
            if pending >= BATCH_TOKENS || number + 1 == lengths.len() {
                self.run(words, tokens, &pieces, memory, out);
                pieces.clear();
                pending = 0;
            }
        }
        let mut start = 0;
        for &length in lengths {
            if length > MAX_TOKENS {
                join_pieces(&mut out.heads[start..start + length]);
            }
            start += length;
        }
    }

    /// Runs one batch of pieces: where each starts in `tokens`, and how long it is.
    fn run(
        &self,
        words: &[Word],
        tokens: &[u32],
        pieces: &[(usize, usize)],
        memory: &mut Memory,
        out: &mut Analysis,
    ) {
        let lengths: Vec<usize> = pieces.iter().map(|piece| piece.1).collect();
        let order = Order::new(&lengths);
        let dims = &self.dims;
        let Memory { rows, met, which, input, first, second, trace, scores, .. } = memory;
        let size = dims.vector + dims.embedding;
        // A word that comes again is put in once.
        input.clear();
        met.clear();
        which.clear();
        which.resize(order.n_rows(), 0);
        for (place, &piece) in order.sentences.iter().enumerate() {
            let (start, length) = pieces[piece];
            for (token, &word) in tokens[start..start + length].iter().enumerate() {
                let row = &mut rows[word as usize];
                if *row == NO_ROW {
                    *row = met.len() as u32;
                    met.push(word);
                    let at = input.len();
                    input.resize(at + size, 0.0);
                    self.write_input(&words[word as usize], &mut input[at..]);
                }
                which[order.row(place, token)] = *row;
            }
        }
        met.iter().for_each(|&word| rows[word as usize] = NO_ROW);
        run_layer_over(&self.encoder.layers[0], &order, input, which, first, trace);
        run_layer(&self.encoder.layers[1], &order, first, second, trace);
        self.heads.run(second, scores);
        if !out.contexts.is_empty() {
            let (width, both) = (self.context_width(), 2 * dims.hidden);
            for (place, &piece) in order.sentences.iter().enumerate() {
                let (start, length) = pieces[piece];
                for (token, context) in
                    out.contexts[start * width..].chunks_exact_mut(width).take(length).enumerate()
                {
                    let row = order.row(place, token);
                    let (states, vector) = context.split_at_mut(both);
                    for (state, &value) in states.iter_mut().zip(&second[row * both..(row + 1) * both]) {
                        *state = (value * 127.0) as i8;
                    }
                    self.vectors.copy_row(words[tokens[start + token] as usize].vector, vector);
                }
            }
        }
        for (place, &piece) in order.sentences.iter().enumerate() {
            self.decode(&order, place, pieces[piece], memory, out);
        }
    }

    fn write_input(&self, word: &Word, out: &mut [f32]) {
        let (vector, embedding) = out.split_at_mut(self.dims.vector);
        self.vectors.write_row(word.vector, vector);
        for feature in 0..FEATURES {
            self.embeddings.add(word.features[feature] as usize, embedding);
        }
    }

    /// Reads the best labels and the best tree of one piece off the scores.
    fn decode(
        &self,
        order: &Order,
        place: usize,
        (start, n): (usize, usize),
        memory: &mut Memory,
        out: &mut Analysis,
    ) {
        let Memory { scores, heads_packed, sentence, arcs, hidden, relations, tree, .. } = memory;
        let dims = &self.dims;
        let row = |token: usize| order.row(place, token);
        sentence.clear();
        for token in 0..n {
            let row = row(token);
            out.tags[start + token] = best(&scores.tags[row * dims.n_tags..(row + 1) * dims.n_tags]) as u32;
            sentence.extend_from_slice(&scores.names[row * dims.n_names..(row + 1) * dims.n_names]);
        }
        best_labels(sentence, &mut out.names[start..start + n]);

        // Arcs: the rows of dependents times those of the root and of all heads.
        sentence.clear();
        sentence.extend_from_slice(&self.heads.arc_root);
        for token in 0..n {
            sentence.extend_from_slice(&scores.arc_heads[row(token) * dims.arc..(row(token) + 1) * dims.arc]);
        }
        heads_packed.fill_transposed(sentence, dims.arc, n + 1);
        sentence.clear();
        for token in 0..n {
            let product = &scores.arc_products[row(token) * dims.arc..(row(token) + 1) * dims.arc];
            sentence.extend_from_slice(product);
        }
        arcs.clear();
        arcs.resize(n * (n + 1), 0.0);
        multiply(sentence, heads_packed, arcs);
        best_tree(arcs, n, tree);
        out.heads[start..start + n].copy_from_slice(tree);

        hidden.clear();
        for (token, &head) in tree.iter().enumerate() {
            let dependent = &scores.relation_dependents[row(token) * dims.relation..][..dims.relation];
            let head = match head {
                0 => &self.heads.relation_root[..],
                head => &scores.relation_heads[row(head as usize - 1) * dims.relation..][..dims.relation],
            };
            hidden.extend(dependent.iter().zip(head).map(|(a, b)| a + b));
        }
        rectify(hidden);
        self.heads.relation_out.run(hidden, &mut scores.rounded, relations);
        for (token, scores) in relations.chunks_exact(dims.n_relations).enumerate() {
            out.relations[start + token] = best(scores) as u32;
        }
    }
}

/// Makes one tree of the pieces of a sentence that was too long: the roots of the later ones depend on the first.
fn join_pieces(heads: &mut [u32]) {
    let mut root = None;
    for (number, piece) in heads.chunks_mut(MAX_TOKENS).enumerate() {
        let start = (number * MAX_TOKENS) as u32;
        for (token, head) in piece.iter_mut().enumerate() {
            match (*head, root) {
                (0, Some(root)) => *head = root,
                (0, None) => root = Some(start + token as u32 + 1),
                _ => *head += start,
            }
        }
    }
}

/// The first of the highest scores.
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_long_sentence_make_one_tree() {
        let n = 2 * MAX_TOKENS + 3;
        // In each piece the second token is the root and the rest depend on it.
        let mut heads: Vec<u32> = (0..n).map(|token| if token % MAX_TOKENS == 1 { 0 } else { 2 }).collect();
        join_pieces(&mut heads);
        assert_eq!(heads.iter().filter(|&&head| head == 0).count(), 1);
        assert_eq!(heads[MAX_TOKENS + 1], 2, "a later root depends on the first");
        assert_eq!(heads[MAX_TOKENS], MAX_TOKENS as u32 + 2);
        assert_eq!(heads[n - 1], 2 * MAX_TOKENS as u32 + 2);
    }
}
