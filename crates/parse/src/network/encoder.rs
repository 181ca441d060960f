//! The encoder: two bidirectional LSTM layers (Hochreiter and Schmidhuber 1997; Graves and Schmidhuber 2005).

use super::batch::Order;
use super::kernels::{Matrix, cell};
use super::weights::{N_LAYERS, Part, Weights};
use std::ops::Range;

/// One direction of one layer, ready to run.
pub(crate) struct Direction<M> {
    input: M,
    recurrent: M,
    bias: Vec<f32>,
}

/// The layers, ready to run.
pub(crate) struct Encoder<M> {
    pub layers: Vec<[Direction<M>; 2]>,
}

/// Bounds of what goes into the first layer. What comes out of a layer is within ±1.
const INPUT_LIMIT: f32 = 8.0;

impl<M: Matrix> Encoder<M> {
    pub fn new(weights: &Weights) -> Encoder<M> {
        let pack = |part: Part| {
            let (rows, columns) = part.size(&weights.dims);
            let limit = if matches!(part, Part::Input(0, _)) { INPUT_LIMIT } else { 1.0 };
            M::new(weights.part(part), rows, columns, limit)
        };
        let direction = |layer, direction| Direction {
            input: pack(Part::Input(layer, direction)),
            recurrent: pack(Part::Recurrent(layer, direction)),
            bias: weights.part(Part::Bias(layer, direction)).to_vec(),
        };
        Encoder { layers: (0..N_LAYERS).map(|layer| [direction(layer, 0), direction(layer, 1)]).collect() }
    }
}

/// What a layer leaves behind; the trainer goes back over it.
#[derive(Default)]
pub(crate) struct LayerTrace {
    pub directions: [DirectionTrace; 2],
    rounded: Vec<i16>,
}

/// What one direction leaves behind, a row for each row of the batch.
#[derive(Default)]
pub(crate) struct DirectionTrace {
    /// Activations of the four gates.
    pub gates: Vec<f32>,
    pub cells: Vec<f32>,
    pub outputs: Vec<f32>,
    /// What the gates get from each of a few inputs.
    projected: Vec<f32>,
}

/// Runs a layer over a batch. `input` has a row for each token in the batch's order; `output` is left with the two
/// directions' outputs side by side.
pub(crate) fn run_layer<M: Matrix>(
    layer: &[Direction<M>; 2],
    order: &Order,
    input: &[f32],
    output: &mut Vec<f32>,
    trace: &mut LayerTrace,
) {
    let LayerTrace { directions, rounded } = trace;
    layer[0].input.round(input, rounded);
    for (direction, trace) in layer.iter().zip(directions.iter_mut()) {
        direction.project(input, rounded, &mut trace.gates);
    }
    for (number, (direction, trace)) in layer.iter().zip(directions).enumerate() {
        direction.scan(number, order, trace, rounded, output);
    }
}

/// Runs a layer over a batch in which many tokens have the same input, as the first layer's do: `inputs` has a row for
/// each input, and `which` names the one of each row of the batch.
pub(crate) fn run_layer_over<M: Matrix>(
    layer: &[Direction<M>; 2],
    order: &Order,
    inputs: &[f32],
    which: &[u32],
    output: &mut Vec<f32>,
    trace: &mut LayerTrace,
) {
    let LayerTrace { directions, rounded } = trace;
    layer[0].input.round(inputs, rounded);
    for (direction, trace) in layer.iter().zip(directions.iter_mut()) {
        direction.project(inputs, rounded, &mut trace.projected);
        let size = direction.bias.len();
        trace.gates.clear();
        for &input in which {
            let at = input as usize * size;
            trace.gates.extend_from_slice(&trace.projected[at..at + size]);
        }
    }
    for (number, (direction, trace)) in layer.iter().zip(directions).enumerate() {
        direction.scan(number, order, trace, rounded, output);
    }
}

impl<M: Matrix> Direction<M> {
    /// What the gates get from the input, which is given rounded too.
    fn project(&self, input: &[f32], rounded: &[i16], gates: &mut Vec<f32>) {
        gates.resize(input.len() / self.input.rows() * self.bias.len(), 0.0);
        self.input.multiply(input, rounded, Some(&self.bias), gates);
    }

    /// Goes through the steps of time; the trace's gates hold what they get from the input. The outputs go to this
    /// direction's half of `output`.
    fn scan(
        &self,
        number: usize,
        order: &Order,
        trace: &mut DirectionTrace,
        rounded: &mut Vec<i16>,
        output: &mut Vec<f32>,
    ) {
        let hidden = self.recurrent.rows();
        output.resize(order.n_rows() * 2 * hidden, 0.0);
        for values in [&mut trace.cells, &mut trace.outputs] {
            values.resize(order.n_rows() * hidden, 0.0);
        }
        for step in order.steps_of(number) {
            let (rows, before) = (order.step(step), order.before(step, number));
            let gates = &mut trace.gates[rows.start * 4 * hidden..rows.end * 4 * hidden];
            let (old_cells, cells) = parts(&mut trace.cells, &before, &rows, hidden);
            let (old_outputs, outputs) = parts(&mut trace.outputs, &before, &rows, hidden);
            let (going_on, new) = gates.split_at_mut(before.len() * 4 * hidden);
            self.recurrent.round(old_outputs, rounded);
            self.recurrent.multiply(old_outputs, rounded, None, going_on);
            let cut = before.len() * hidden;
            cell(going_on, Some(old_cells), &mut cells[..cut], &mut outputs[..cut], hidden);
            cell(new, None, &mut cells[cut..], &mut outputs[cut..], hidden);
            for (row, outputs) in rows.zip(outputs.chunks_exact(hidden)) {
                let at = row * 2 * hidden + number * hidden;
                output[at..at + hidden].copy_from_slice(outputs);
            }
        }
    }
}

/// The values of some rows, and those of others to write to.
fn parts<'v>(
    values: &'v mut [f32],
    old: &Range<usize>,
    new: &Range<usize>,
    size: usize,
) -> (&'v [f32], &'v mut [f32]) {
    if old.is_empty() || old.start < new.start {
        let (low, high) = values.split_at_mut(new.start * size);
        (&low[old.start * size..old.end * size], &mut high[..new.len() * size])
    } else {
        let (low, high) = values.split_at_mut(old.start * size);
        (&high[..old.len() * size], &mut low[new.start * size..new.end * size])
    }
}
