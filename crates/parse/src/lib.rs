#![doc = include_str!("../README.md")]

mod parser;

mod lookup;
mod network;
mod split;
mod tokenize;

mod conllu;
mod train;

mod bytes;
mod hash;
mod model;
mod name_words;

pub use conllu::{
    ConlluError, ConlluProblem, NamedDocument, read_conllu, read_conllu_documents, write_conllu,
};
pub use model::ModelError;
pub use network::word_key;
pub use parser::Parser;
pub use train::{
    Iob2Error, Iob2Sentence, MARKED_NAMES, TrainError, TrainingPlan, TrainingText, read_iob2, train,
};
