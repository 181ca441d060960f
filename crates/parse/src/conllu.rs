//! CoNLL-U, read and written.
//!
//! In:  text in CoNLL-U, or a shorter hand-written form of it.
//! Out: a [`Document`] whose text is rebuilt from the forms, and back again.
//!
//! A block of lines is a sentence; `# newdoc` and `# newpar` open a paragraph. Words are parted by one space
//! unless MISC says `SpaceAfter=No` or a multi-word line (`1-2  don't`) joins them. MISC `NER=B-PER` and
//! `I-PER` mark names. Columns are parted by tabs, or by spaces where a line has no tab. Fewer columns are
//! welcome in what people write by hand:
//!
//! ```text
//! 1 Peru PROPN 3 nmod:poss                    id form upos head deprel
//! 1 talks talk NOUN 3 nsubj                   id form lemma upos head deprel
//! 1 talks talk NOUN NNS 3 nsubj NER=B-LOC     id form lemma upos xpos head deprel [misc]
//! ```
//!
//! Not done: empty nodes (`8.1`) and the enhanced graph are passed over.

mod read;
mod write;

pub use read::{ConlluError, ConlluProblem, NamedDocument, read_conllu, read_conllu_documents};
pub use write::write_conllu;

#[cfg(test)]
mod tests;
