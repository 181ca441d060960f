#![doc = include_str!("../README.md")]

pub mod calendar;
mod contexts;
mod document;
mod idx;
mod interner;
mod labels;
mod notice;
mod numbers;
mod offsets;
mod span;
mod token;
mod visible;

pub use contexts::Contexts;
pub use document::{Document, DocumentBuilder, Name, Sentence, SentenceIdx};
pub use idx::{Arena, Idx};
pub use interner::{Interner, Symbol};
pub use labels::UnknownLabel;
pub use notice::Notice;
pub use numbers::number_word;
pub use offsets::{CharSpan, CodePoints};
pub use span::ByteSpan;
pub use token::{Deprel, NameKind, Token, TokenIdx, TokenSpan, Upos, Xpos};
pub use visible::visible;
