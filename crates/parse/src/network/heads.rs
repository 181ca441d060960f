//! What is read off the encoder: tags, arcs, relations, names.

use super::kernels::{Matrix, Packed};
use super::weights::{Part, Weights};

/// A linear layer, ready to run.
pub(crate) struct Linear<M> {
    weights: M,
    bias: Vec<f32>,
}

impl<M: Matrix> Linear<M> {
    fn new(weights: &Weights, part: Part, bias: Option<Part>) -> Linear<M> {
        let (rows, columns) = part.size(&weights.dims);
        Linear {
            // What the encoder gives is within ±1.
            weights: M::new(weights.part(part), rows, columns, 1.0),
            bias: bias.map_or_else(|| vec![0.0; columns], |bias| weights.part(bias).to_vec()),
        }
    }

    /// The layer's values for rows of input.
    pub fn run(&self, input: &[f32], rounded: &mut Vec<i16>, out: &mut Vec<f32>) {
        self.weights.round(input, rounded);
        self.run_rounded(input, rounded, out);
    }

    /// The same for rows that are rounded already.
    fn run_rounded(&self, input: &[f32], rounded: &[i16], out: &mut Vec<f32>) {
        out.resize(input.len() / self.weights.rows() * self.bias.len(), 0.0);
        self.weights.multiply(input, rounded, Some(&self.bias), out);
    }
}

/// The heads, ready to run.
pub(crate) struct Heads<M> {
    pub tag: Linear<M>,
    pub arc_dependent: Linear<M>,
    pub arc_head: Linear<M>,
    pub arc_root: Vec<f32>,
    pub arc_product: Linear<Packed>,
    pub relation_dependent: Linear<M>,
    pub relation_head: Linear<M>,
    pub relation_root: Vec<f32>,
    pub relation_out: Linear<Packed>,
    pub name: Linear<M>,
    pub name_out: Linear<Packed>,
}

/// Scores of the tokens of a batch, a row each, and what arcs and relations are scored from.
#[derive(Default)]
pub(crate) struct Scores {
    pub tags: Vec<f32>,
    pub arc_dependents: Vec<f32>,
    pub arc_heads: Vec<f32>,
    /// Dependents brought to where heads are: an arc's score is the product of the two rows.
    pub arc_products: Vec<f32>,
    pub relation_dependents: Vec<f32>,
    pub relation_heads: Vec<f32>,
    pub name_hidden: Vec<f32>,
    pub names: Vec<f32>,
    pub rounded: Vec<i16>,
}

impl<M: Matrix> Heads<M> {
    pub fn new(weights: &Weights) -> Heads<M> {
        let linear = |part, bias| Linear::new(weights, part, bias);
        // What goes into these has no bounds, so they are not rounded; they are small.
        let exact = |part, bias| Linear::new(weights, part, Some(bias));
        Heads {
            tag: linear(Part::Tag, Some(Part::TagBias)),
            arc_dependent: linear(Part::ArcDependent, Some(Part::ArcDependentBias)),
            arc_head: linear(Part::ArcHead, Some(Part::ArcHeadBias)),
            arc_root: weights.part(Part::ArcRoot).to_vec(),
            arc_product: exact(Part::ArcProduct, Part::ArcProductBias),
            relation_dependent: linear(Part::RelationDependent, Some(Part::RelationBias)),
            relation_head: linear(Part::RelationHead, None),
            relation_root: weights.part(Part::RelationRoot).to_vec(),
            relation_out: exact(Part::RelationOut, Part::RelationOutBias),
            name: linear(Part::Name, Some(Part::NameBias)),
            name_out: exact(Part::NameOut, Part::NameOutBias),
        }
    }

    /// Everything that is scored token by token.
    pub fn run(&self, encoded: &[f32], scores: &mut Scores) {
        let rounded = &mut scores.rounded;
        self.tag.run(encoded, rounded, &mut scores.tags);
        for (linear, out) in [
            (&self.arc_dependent, &mut scores.arc_dependents),
            (&self.arc_head, &mut scores.arc_heads),
            (&self.relation_dependent, &mut scores.relation_dependents),
            (&self.relation_head, &mut scores.relation_heads),
            (&self.name, &mut scores.name_hidden),
        ] {
            linear.run_rounded(encoded, rounded, out);
        }
        rectify(&mut scores.arc_dependents);
        rectify(&mut scores.arc_heads);
        rectify(&mut scores.name_hidden);
        self.arc_product.run(&scores.arc_dependents, rounded, &mut scores.arc_products);
        self.name_out.run(&scores.name_hidden, rounded, &mut scores.names);
    }
}

/// Sets what is below zero to zero.
pub(crate) fn rectify(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
}
