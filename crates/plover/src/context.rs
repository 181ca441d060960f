//! About what an event happened: PLOVER's contexts, by the words around it.
//!
//! In:  the sentence of an event, and its paragraph.
//! Out: [`Context`]s in the codebook's order.
//!
//! The words are in `lexicon/contexts.toml`. The sentence decides; where it says nothing, its paragraph does.
//! COERCE/cyber and COERCE/misinformation bring their contexts along, a joint exercise brings `military`.
//!
//! Where the language model read the text, this is only part of what [`crate::learned`] reads.

use crate::lexicon::LexiconFile;
use crate::words::Words;
use crate::{Context, EventType, LexiconError, LexiconErrorKind, Mode};
use dateline_text::{Document, SentenceIdx, TokenIdx};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The words of each context.
#[derive(Debug, Default)]
pub(crate) struct ContextWords {
    single: FxHashMap<Box<str>, u64>,
    /// Pairs of neighbours, joined by a space.
    double: FxHashMap<Box<str>, u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextsFile {
    contexts: FxHashMap<String, String>,
}

impl ContextWords {
    /// Reads the embedded file.
    pub fn embedded() -> Result<ContextWords, LexiconError> {
        let file = LexiconFile { name: "contexts.toml", text: include_str!("../lexicon/contexts.toml") };
        let ContextsFile { contexts } = file.read()?;
        let mut words = ContextWords::default();
        for (name, entries) in contexts {
            let context: Context =
                name.parse().map_err(|error| file.wrong(None, LexiconErrorKind::UnknownContext(error)))?;
            let bit = 1u64 << context as u8;
            for entry in entries.split([',', '\n']).map(str::trim).filter(|entry| !entry.is_empty()) {
                let table = if entry.contains(' ') { &mut words.double } else { &mut words.single };
                *table.entry(entry.into()).or_default() |= bit;
            }
        }
        Ok(words)
    }

    /// The contexts of the sentences of a document.
    pub fn of_document(&self, document: &Document) -> ContextBits {
        let sentences: Vec<u64> =
            document.sentence_indices().map(|sentence| self.of_sentence(document, sentence)).collect();
        let mut paragraphs = vec![0u64; document.paragraphs().len()];
        for (sentence, bits) in document.sentences().iter().zip(&sentences) {
            if let Some(all) = paragraphs.get_mut(sentence.paragraph as usize) {
                *all |= bits;
            }
        }
        ContextBits { sentences, paragraphs }
    }

    /// One bit for each context of a sentence.
    fn of_sentence(&self, document: &Document, sentence: SentenceIdx) -> u64 {
        let mut bits = 0;
        let mut before: Option<TokenIdx> = None;
        for token in document.sentence(sentence).tokens.iter() {
            let lemma = document.lemma(token).to_lowercase();
            let lower = document.lower(token);
            bits |= self.single.get(lemma.as_str()).copied().unwrap_or(0);
            bits |= self.single.get(lower).copied().unwrap_or(0);
            if let Some(before) = before {
                let first = document.lower(before);
                for pair in [format!("{first} {lower}"), format!("{first} {lemma}")] {
                    bits |= self.double.get(pair.as_str()).copied().unwrap_or(0);
                }
                if document.lower(before) == "-" && before.index() > 0 {
                    let whole = format!("{}-{lemma}", document.lower(TokenIdx::new(before.index() - 1)));
                    bits |= self.single.get(whole.as_str()).copied().unwrap_or(0);
                }
            }
            before = Some(token);
        }
        bits
    }
}

/// A bit for each context whose words stand in a sentence, or in a paragraph.
pub(crate) struct ContextBits {
    sentences: Vec<u64>,
    paragraphs: Vec<u64>,
}

impl ContextBits {
    /// Those of a sentence, and those of its paragraph.
    pub fn around(&self, document: &Document, sentence: SentenceIdx) -> (u64, u64) {
        let paragraph = document.sentence(sentence).paragraph as usize;
        (self.sentences[sentence.index()], self.paragraphs.get(paragraph).copied().unwrap_or(0))
    }
}

/// The contexts of an event by the words alone, given those of its sentence and paragraph.
pub(crate) fn contexts_of(
    words: &Words,
    sentence_bits: u64,
    paragraph_bits: u64,
    event: EventType,
    mode: Option<Mode>,
    trigger: TokenIdx,
) -> Vec<Context> {
    let mut bits = if sentence_bits != 0 { sentence_bits } else { paragraph_bits };
    match mode {
        Some(Mode::Cyber) => bits |= 1 << Context::Cyber as u8,
        Some(Mode::Misinformation) => bits |= 1 << Context::Misinformation as u8,
        _ => {}
    }
    if event == EventType::Cooperate && words.is_in(trigger, "exercises") {
        bits |= 1 << Context::Military as u8;
    }
    Context::ALL.iter().copied().filter(|&context| bits & (1 << context as u8) != 0).collect()
}
