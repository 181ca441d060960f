//! The network behind tags, trees and names.
//!
//! In:  the forms of some sentences.
//! Out: scores of tags, heads, relations and names for each token.
//!
//! A word's input is a fixed vector of the word type ([`vectors`]) beside the sum of learned vectors of its form, ends
//! and shape ([`features`]). Two bidirectional LSTM layers ([`encoder`]) read the sentence; small linear heads over
//! them ([`heads`]) score tags, arcs (biaffine, after Dozat and Manning 2017), relations and names, and
//! [`trees`] takes the best tree.

mod batch;
mod encoder;
mod features;
mod heads;
mod kernels;
mod names;
mod predict;
mod trees;
mod vectors;
mod weights;

pub(crate) use batch::Order;
pub(crate) use encoder::{DirectionTrace, Encoder, LayerTrace, run_layer};
pub(crate) use features::{FEATURES, ROWS, features};
pub(crate) use heads::{Heads, Scores, rectify};
pub(crate) use kernels::{Packed, exp, multiply, tanh};
pub(crate) use names::{KINDS, N_LABELS, OUTSIDE, spans};
pub(crate) use predict::{Analysis, Memory, Network, Word};
pub(crate) use vectors::WordVectors;
pub use vectors::word_key;
pub(crate) use weights::{Dims, Embeddings, N_LAYERS, Part, Weights};
