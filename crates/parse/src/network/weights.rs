//! What the network has learned: matrices and the vectors of features.

use super::kernels::add_steps;
use crate::bytes::{Reader, Writer};
use crate::model::ModelError;

/// The sizes of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dims {
    /// Of the fixed vector of a word type.
    pub vector: usize,
    /// Of the learned vector of a word's features.
    pub embedding: usize,
    /// Of one direction of an LSTM layer.
    pub hidden: usize,
    /// Of the space in which heads and dependents meet.
    pub arc: usize,
    /// Of the layer that scores relations.
    pub relation: usize,
    /// Of the layer that scores names.
    pub name: usize,
    /// How many joint part-of-speech labels there are.
    pub n_tags: usize,
    /// How many relations there are.
    pub n_relations: usize,
    /// How many name labels there are.
    pub n_names: usize,
}

/// Layers of the encoder.
pub(crate) const N_LAYERS: usize = 2;

/// A matrix of the network. Biases and the vectors of the root are matrices of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Input weights of an LSTM, by layer and direction (0 forwards, 1 backwards).
    Input(usize, usize),
    /// Recurrent weights.
    Recurrent(usize, usize),
    /// Bias.
    Bias(usize, usize),
    ArcDependent,
    ArcDependentBias,
    ArcHead,
    ArcHeadBias,
    ArcRoot,
    ArcProduct,
    ArcProductBias,
    RelationDependent,
    RelationBias,
    RelationHead,
    RelationRoot,
    RelationOut,
    RelationOutBias,
    Tag,
    TagBias,
    Name,
    NameBias,
    NameOut,
    NameOutBias,
}

impl Part {
    const AFTER_LAYERS: [Part; 19] = [
        Part::ArcDependent,
        Part::ArcDependentBias,
        Part::ArcHead,
        Part::ArcHeadBias,
        Part::ArcRoot,
        Part::ArcProduct,
        Part::ArcProductBias,
        Part::RelationDependent,
        Part::RelationBias,
        Part::RelationHead,
        Part::RelationRoot,
        Part::RelationOut,
        Part::RelationOutBias,
        Part::Tag,
        Part::TagBias,
        Part::Name,
        Part::NameBias,
        Part::NameOut,
        Part::NameOutBias,
    ];

    /// All parts, in the order of the model file.
    pub fn all() -> Vec<Part> {
        let mut parts = Vec::new();
        for layer in 0..N_LAYERS {
            for direction in 0..2 {
                parts.push(Part::Input(layer, direction));
                parts.push(Part::Recurrent(layer, direction));
                parts.push(Part::Bias(layer, direction));
            }
        }
        parts.extend(Part::AFTER_LAYERS);
        parts
    }

    fn index(self) -> usize {
        match self {
            Part::Input(layer, direction) => 6 * layer + 3 * direction,
            Part::Recurrent(layer, direction) => 6 * layer + 3 * direction + 1,
            Part::Bias(layer, direction) => 6 * layer + 3 * direction + 2,
            part => {
                let after = Part::AFTER_LAYERS.iter().position(|&other| other == part);
                6 * N_LAYERS + after.expect("invariant: every other part is listed")
            }
        }
    }

    /// Rows and columns.
    pub fn size(self, dims: &Dims) -> (usize, usize) {
        let both = 2 * dims.hidden;
        match self {
            Part::Input(0, _) => (dims.vector + dims.embedding, 4 * dims.hidden),
            Part::Input(..) => (both, 4 * dims.hidden),
            Part::Recurrent(..) => (dims.hidden, 4 * dims.hidden),
            Part::Bias(..) => (1, 4 * dims.hidden),
            Part::ArcDependent | Part::ArcHead => (both, dims.arc),
            Part::ArcDependentBias | Part::ArcHeadBias | Part::ArcRoot | Part::ArcProductBias => {
                (1, dims.arc)
            }
            Part::ArcProduct => (dims.arc, dims.arc),
            Part::RelationDependent | Part::RelationHead => (both, dims.relation),
            Part::RelationBias | Part::RelationRoot => (1, dims.relation),
            Part::RelationOut => (dims.relation, dims.n_relations),
            Part::RelationOutBias => (1, dims.n_relations),
            Part::Tag => (both, dims.n_tags),
            Part::TagBias => (1, dims.n_tags),
            Part::Name => (both, dims.name),
            Part::NameBias => (1, dims.name),
            Part::NameOut => (dims.name, dims.n_names),
            Part::NameOutBias => (1, dims.n_names),
        }
    }

    /// Whether the part is added, not multiplied by.
    pub fn is_bias(self, dims: &Dims) -> bool {
        self.size(dims).0 == 1
    }
}

/// The matrices, row-major.
#[derive(Clone)]
pub(crate) struct Weights {
    pub dims: Dims,
    matrices: Vec<Vec<f32>>,
}

impl Weights {
    pub fn zeros(dims: Dims) -> Weights {
        let size = |part: Part| {
            let (rows, columns) = part.size(&dims);
            vec![0.0; rows * columns]
        };
        Weights { dims, matrices: Part::all().into_iter().map(size).collect() }
    }

    pub fn part(&self, part: Part) -> &[f32] {
        &self.matrices[part.index()]
    }

    pub fn part_mut(&mut self, part: Part) -> &mut [f32] {
        &mut self.matrices[part.index()]
    }

    pub fn matrices_mut(&mut self) -> &mut [Vec<f32>] {
        &mut self.matrices
    }

    pub fn matrices(&self) -> &[Vec<f32>] {
        &self.matrices
    }

    /// Writes sizes and matrices; each number in 16 bits, in steps of its matrix.
    pub fn write(&self, writer: &mut Writer) {
        let d = &self.dims;
        for size in
            [d.vector, d.embedding, d.hidden, d.arc, d.relation, d.name, d.n_tags, d.n_relations, d.n_names]
        {
            writer.u32(size as u32);
        }
        for matrix in &self.matrices {
            let step = matrix.iter().fold(0.0f32, |most, value| most.max(value.abs())) / 32767.0;
            let step = if step > 0.0 { step } else { 1.0 };
            writer.f32(step);
            for &value in matrix {
                writer.bytes.extend_from_slice(&((value / step).round() as i16).to_le_bytes());
            }
        }
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Weights, ModelError> {
        let mut sizes = [0; 9];
        for size in &mut sizes {
            *size = reader.u32()? as usize;
            if *size == 0 || *size > 1 << 12 {
                return Err(ModelError::Damaged("a size is out of range"));
            }
        }
        let [vector, embedding, hidden, arc, relation, name, n_tags, n_relations, n_names] = sizes;
        let mut weights = Weights::zeros(Dims {
            vector,
            embedding,
            hidden,
            arc,
            relation,
            name,
            n_tags,
            n_relations,
            n_names,
        });
        for matrix in &mut weights.matrices {
            let step = reader.f32()?;
            let bytes = reader.bytes(2 * matrix.len())?;
            for (value, pair) in matrix.iter_mut().zip(bytes.chunks_exact(2)) {
                *value = f32::from(i16::from_le_bytes([pair[0], pair[1]])) * step;
            }
        }
        Ok(weights)
    }
}

/// Learned vectors of features, in rows; the same row serves all features whose hash falls on it.
#[derive(Clone)]
pub(crate) struct Embeddings {
    /// Numbers in a row.
    pub size: usize,
    /// One step for each row.
    steps: Vec<f32>,
    rows: Vec<i8>,
}

impl Embeddings {
    /// Rounds rows of numbers to 8 bits, each row in steps of its own.
    pub fn new(size: usize, rows: &[f32]) -> Embeddings {
        let mut embeddings = Embeddings { size, steps: Vec::new(), rows: Vec::with_capacity(rows.len()) };
        for row in rows.chunks_exact(size) {
            let step = row.iter().fold(0.0f32, |most, value| most.max(value.abs())) / 127.0;
            embeddings.steps.push(step);
            let unit = if step > 0.0 { step } else { 1.0 };
            embeddings.rows.extend(row.iter().map(|value| (value / unit).round() as i8));
        }
        embeddings
    }

    /// Adds a row to `out`.
    #[inline]
    pub fn add(&self, row: usize, out: &mut [f32]) {
        add_steps(&self.rows[row * self.size..(row + 1) * self.size], self.steps[row], out);
    }

    pub fn n_rows(&self) -> usize {
        self.steps.len()
    }

    pub fn write(&self, writer: &mut Writer) {
        writer.u32(self.size as u32);
        writer.u32(self.steps.len() as u32);
        self.steps.iter().for_each(|&step| writer.f32(step));
        writer.bytes.extend(self.rows.iter().map(|&value| value as u8));
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Embeddings, ModelError> {
        let size = reader.u32()? as usize;
        let n_rows = reader.u32()? as usize;
        let steps = reader.bytes(n_rows.saturating_mul(4))?;
        let steps = steps.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        let rows = reader.bytes(n_rows.saturating_mul(size))?.iter().map(|&value| value as i8).collect();
        Ok(Embeddings { size, steps, rows })
    }
}
