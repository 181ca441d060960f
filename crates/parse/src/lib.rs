#![doc = include_str!("../README.md")]

mod conllu;

pub use conllu::{
    ConlluError, ConlluProblem, NamedDocument, read_conllu, read_conllu_documents, write_conllu,
};
