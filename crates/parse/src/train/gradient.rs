//! Going back over the network: from the slopes of its outputs to those of its weights.

use crate::network::{
    Dims, DirectionTrace, LayerTrace, N_LAYERS, Order, Packed, Part, ROWS, Weights, multiply, tanh,
};

/// The slope of the loss by everything that is learned.
pub(super) struct Gradient {
    pub weights: Weights,
    /// By the vectors of features; only rows in `touched` are other than zero.
    pub rows: Vec<f32>,
    pub touched: Vec<u32>,
    is_touched: Vec<bool>,
}

impl Gradient {
    pub fn zeros(dims: Dims) -> Gradient {
        Gradient {
            weights: Weights::zeros(dims),
            rows: vec![0.0; ROWS * dims.embedding],
            touched: Vec::new(),
            is_touched: vec![false; ROWS],
        }
    }

    /// Sets everything back to zero.
    pub fn clear(&mut self) {
        self.weights.matrices_mut().iter_mut().for_each(|matrix| matrix.fill(0.0));
        let size = self.weights.dims.embedding;
        for &row in &self.touched {
            self.rows[row as usize * size..(row as usize + 1) * size].fill(0.0);
            self.is_touched[row as usize] = false;
        }
        self.touched.clear();
    }

    /// Adds to the slope by the vector of a feature.
    pub fn add_row(&mut self, row: u32, slope: &[f32]) {
        let at = row as usize;
        if !self.is_touched[at] {
            self.is_touched[at] = true;
            self.touched.push(row);
        }
        add(&mut self.rows[at * slope.len()..(at + 1) * slope.len()], slope);
    }

    /// Adds another gradient to this one.
    pub fn add(&mut self, other: &Gradient) {
        for (to, from) in self.weights.matrices_mut().iter_mut().zip(other.weights.matrices()) {
            add(to, from);
        }
        let size = self.weights.dims.embedding;
        for &row in &other.touched {
            self.add_row(row, &other.rows[row as usize * size..(row as usize + 1) * size]);
        }
    }

    /// The square of its length.
    pub fn square(&self) -> f64 {
        let squares = |values: &[f32]| values.iter().map(|&value| f64::from(value * value)).sum::<f64>();
        let size = self.weights.dims.embedding;
        let rows = self.touched.iter().map(|&row| squares(&self.rows[row as usize * size..][..size]));
        self.weights.matrices().iter().map(|matrix| squares(matrix)).sum::<f64>() + rows.sum::<f64>()
    }

    /// Multiplies everything.
    pub fn scale(&mut self, factor: f32) {
        let size = self.weights.dims.embedding;
        for matrix in self.weights.matrices_mut() {
            matrix.iter_mut().for_each(|value| *value *= factor);
        }
        for &row in &self.touched {
            self.rows[row as usize * size..][..size].iter_mut().for_each(|value| *value *= factor);
        }
    }
}

/// Adds numbers to numbers.
pub(super) fn add(to: &mut [f32], from: &[f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// The matrices the other way round, to take slopes back through them.
pub(super) struct Turned {
    parts: Vec<(Part, Packed)>,
}

impl Turned {
    pub fn new(weights: &Weights) -> Turned {
        let dims = &weights.dims;
        let turn = |part: Part| {
            let (rows, columns) = part.size(dims);
            // Of the first layer's input only the learned vectors need a slope.
            let skipped = if matches!(part, Part::Input(0, _)) { dims.vector } else { 0 };
            let mut packed = Packed::default();
            packed.fill_transposed(&weights.part(part)[skipped * columns..], columns, rows - skipped);
            (part, packed)
        };
        Turned { parts: Part::all().into_iter().filter(|part| !part.is_bias(dims)).map(turn).collect() }
    }

    fn part(&self, part: Part) -> &Packed {
        let found = self.parts.iter().find(|(known, _)| *known == part);
        &found.expect("invariant: every matrix is turned").1
    }
}

/// Working memory of the way back.
#[derive(Default)]
pub(super) struct BackMemory {
    turned_left: Vec<f32>,
    packed: Packed,
    outputs: Vec<f32>,
    gates: Vec<f32>,
    before: Vec<f32>,
    cells: Vec<f32>,
    passed: Vec<f32>,
    going_on: Vec<f32>,
}

impl BackMemory {
    /// Adds `left`ᵀ × `right` to `out`; both have a row for each token, of `inner` and `columns` numbers.
    pub fn outer(&mut self, left: &[f32], inner: usize, right: &[f32], columns: usize, out: &mut [f32]) {
        let n = left.len() / inner;
        self.turned_left.clear();
        self.turned_left.resize(left.len(), 0.0);
        for (row, values) in left.chunks_exact(inner).enumerate() {
            for (column, &value) in values.iter().enumerate() {
                self.turned_left[column * n + row] = value;
            }
        }
        self.packed.fill(right, n, columns);
        if n > 0 {
            multiply(&self.turned_left, &self.packed, out);
        }
    }
}

/// What the way back needs of the network and adds to.
pub(super) struct Back<'n> {
    pub turned: &'n Turned,
    pub gradient: &'n mut Gradient,
    pub memory: &'n mut BackMemory,
}

impl Back<'_> {
    /// Back over a linear layer: `slopes` are those of its values for the rows of `input`. The slopes of the input are
    /// added to `input_slopes`.
    pub fn linear(
        &mut self,
        part: Part,
        bias: Option<Part>,
        input: &[f32],
        slopes: &[f32],
        input_slopes: &mut [f32],
    ) {
        let (rows, columns) = part.size(&self.gradient.weights.dims);
        self.memory.outer(input, rows, slopes, columns, self.gradient.weights.part_mut(part));
        if let Some(bias) = bias {
            let bias = self.gradient.weights.part_mut(bias);
            slopes.chunks_exact(columns).for_each(|slopes| add(bias, slopes));
        }
        multiply(slopes, self.turned.part(part), input_slopes);
    }

    /// Back over an LSTM layer. `input` has the rows that went in, `slopes` those of the outputs. `input_slopes` is
    /// left with the slopes of the input; for the first layer, of its learned vectors only.
    pub fn layer(
        &mut self,
        layer: usize,
        order: &Order,
        input: &[f32],
        trace: &LayerTrace,
        slopes: &[f32],
        input_slopes: &mut Vec<f32>,
    ) {
        assert!(layer < N_LAYERS, "invariant: the layer exists");
        let hidden = self.gradient.weights.dims.hidden;
        let size = self.turned.part(Part::Input(layer, 0)).columns;
        input_slopes.clear();
        input_slopes.resize(order.n_rows() * size, 0.0);
        for (direction, trace) in trace.directions.iter().enumerate() {
            let mut outputs = std::mem::take(&mut self.memory.outputs);
            outputs.clear();
            for slopes in slopes.chunks_exact(2 * hidden) {
                outputs.extend_from_slice(&slopes[direction * hidden..(direction + 1) * hidden]);
            }
            self.direction((layer, direction), order, trace, &mut outputs);
            self.memory.outputs = outputs;

            let gates = std::mem::take(&mut self.memory.gates);
            let (input_part, bias) = (Part::Input(layer, direction), Part::Bias(layer, direction));
            self.linear(input_part, Some(bias), input, &gates, input_slopes);
            self.memory.gates = gates;
        }
    }

    /// Back over one direction, from its last step to its first. `outputs` holds the slopes of the outputs; the
    /// memory's `gates` are left with those of the gates before their functions.
    fn direction(
        &mut self,
        (layer, direction): (usize, usize),
        order: &Order,
        trace: &DirectionTrace,
        outputs: &mut [f32],
    ) {
        let hidden = self.gradient.weights.dims.hidden;
        let recurrent = self.turned.part(Part::Recurrent(layer, direction));
        let BackMemory { gates, before: old_outputs, cells, passed, going_on, .. } = &mut *self.memory;
        gates.clear();
        gates.resize(order.n_rows() * 4 * hidden, 0.0);
        // The outputs that steps went on from, beside the slopes of the gates that they went into.
        old_outputs.clear();
        going_on.clear();
        // Slopes of the cells, by row.
        cells.clear();
        cells.resize(order.n_rows() * hidden, 0.0);
        for step in order.steps_of(direction).rev() {
            let (rows, before) = (order.step(step), order.before(step, direction));
            for (place, row) in rows.clone().enumerate() {
                let previous = (place < before.len()).then(|| (before.start + place) * hidden);
                let gate = &trace.gates[row * 4 * hidden..(row + 1) * 4 * hidden];
                let slope = &mut gates[row * 4 * hidden..(row + 1) * 4 * hidden];
                for i in 0..hidden {
                    let (input, forget) = (gate[i], gate[hidden + i]);
                    let (candidate, output) = (gate[2 * hidden + i], gate[3 * hidden + i]);
                    let squashed = tanh(trace.cells[row * hidden + i]);
                    let out = outputs[row * hidden + i];
                    let cell = cells[row * hidden + i] + out * output * (1.0 - squashed * squashed);
                    let old = previous.map_or(0.0, |at| trace.cells[at + i]);
                    slope[i] = cell * candidate * input * (1.0 - input);
                    slope[hidden + i] = cell * old * forget * (1.0 - forget);
                    slope[2 * hidden + i] = cell * input * (1.0 - candidate * candidate);
                    slope[3 * hidden + i] = out * squashed * output * (1.0 - output);
                    if let Some(at) = previous {
                        cells[at + i] = cell * forget;
                    }
                }
            }
            let slopes = &gates[rows.start * 4 * hidden..(rows.start + before.len()) * 4 * hidden];
            passed.clear();
            passed.resize(before.len() * hidden, 0.0);
            multiply(slopes, recurrent, passed);
            let at = before.start * hidden..before.end * hidden;
            add(&mut outputs[at.clone()], passed);
            going_on.extend_from_slice(slopes);
            old_outputs.extend_from_slice(&trace.outputs[at]);
        }
        let (old_outputs, going_on) = (std::mem::take(old_outputs), std::mem::take(going_on));
        let weights = self.gradient.weights.part_mut(Part::Recurrent(layer, direction));
        self.memory.outer(&old_outputs, hidden, &going_on, 4 * hidden, weights);
        (self.memory.before, self.memory.going_on) = (old_outputs, going_on);
    }
}
