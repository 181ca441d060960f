#![doc = include_str!("../README.md")]

mod parser;

mod lookup;
mod names;
mod split;
mod tagger;
mod tokenize;
mod transition;

mod conllu;
mod train;

mod atoms;
mod bytes;
mod classes;
mod linear;
mod model;
mod name_words;
mod scratch;

pub use conllu::{
    ConlluError, ConlluProblem, NamedDocument, read_conllu, read_conllu_documents, write_conllu,
};
pub use model::ModelError;
pub use parser::Parser;
pub use train::{Iob2Error, Iob2Sentence, TrainError, TrainingPlan, TrainingText, read_iob2, train};
