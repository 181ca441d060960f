//! The whole layer: from a text to a document.

use crate::model::{Model, ModelError};
use crate::network::{Analysis, KINDS, Memory, spans};
use crate::tokenize::{RawToken, tokenize};
use crate::{ConlluError, NamedDocument, lookup, read_conllu_documents, split};
use dateline_text::{
    ByteSpan, Contexts, Deprel, Document, DocumentBuilder, Name, Symbol, Token, TokenIdx, TokenSpan,
};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Tokenizer, tagger, lemmatizer, dependency parser and name recogniser over one model.
pub struct Parser {
    model: Model,
}

impl Parser {
    /// The parser of the model that the program carries; it is read once.
    ///
    /// ```
    /// use dateline_text::ByteSpan;
    /// let parser = dateline_parse::Parser::embedded()?;
    /// let text = "The envoy left.";
    /// let document = parser.parse(text.into(), &[ByteSpan::new(0, text.len())]);
    /// assert_eq!(document.tokens().len(), 4);
    /// # Ok::<(), dateline_parse::ModelError>(())
    /// ```
    pub fn embedded() -> Result<&'static Parser, ModelError> {
        static EMBEDDED: OnceLock<Result<Parser, ModelError>> = OnceLock::new();
        let read = || Parser::from_bytes(Parser::embedded_bytes());
        EMBEDDED.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// The bytes of the embedded model, which tell one version of it from another.
    pub fn embedded_bytes() -> &'static [u8] {
        include_bytes!("../models/english.model")
    }

    /// The parser of a model file, given as bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Parser, ModelError> {
        Ok(Parser { model: Model::read(bytes)? })
    }

    /// What the model was trained on, and under which licences.
    pub fn provenance(&self) -> &str {
        &self.model.provenance
    }

    /// Analyses the paragraphs of a text. Paragraphs are in text order and do not overlap; what lies outside
    /// them is left alone.
    pub fn parse(&self, text: Arc<str>, paragraphs: &[ByteSpan]) -> Document {
        let mut sentences = Sentences::default();
        let mut raw = Vec::new();
        let mut ends = Vec::new();
        for (number, &paragraph) in paragraphs.iter().enumerate() {
            raw.clear();
            ends.clear();
            tokenize(&text, paragraph, &mut raw);
            split::split(&text, &raw, &mut ends);
            let mut start = 0;
            for &end in &ends {
                sentences.add(number, &raw[start..end]);
                start = end;
            }
        }
        self.analyse(text, paragraphs, &sentences)
    }

    /// Analyses CoNLL-U anew: tokens and sentence breaks are kept, all else is predicted.
    pub fn parse_conllu(&self, text: &str) -> Result<Vec<NamedDocument>, ConlluError> {
        let mut documents = read_conllu_documents(text)?;
        for named in &mut documents {
            let given = &named.document;
            let mut sentences = Sentences::default();
            let mut raw = Vec::new();
            for sentence in given.sentences() {
                raw.clear();
                let tokens = &given.tokens()[sentence.tokens.range()];
                raw.extend(tokens.iter().map(|token| RawToken { span: token.span, joined: token.joined }));
                sentences.add(sentence.paragraph as usize, &raw);
            }
            named.document = self.analyse(Arc::clone(given.text()), given.paragraphs(), &sentences);
        }
        Ok(documents)
    }

    /// Tags, parses and names sentences, and makes a document of them.
    fn analyse(&self, text: Arc<str>, paragraphs: &[ByteSpan], sentences: &Sentences) -> Document {
        let model = &self.model;
        let mut builder = DocumentBuilder::new(Arc::clone(&text));
        let mut lower = String::new();
        let mut lemma = String::new();
        // Half of the tokens of a report are words that were there before.
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut words = Vec::new();
        let mut places = Vec::with_capacity(sentences.tokens.len());
        for token in &sentences.tokens {
            let form = token.span.of(&text);
            let place = *known.entry(form).or_insert_with(|| {
                lower_into(form, &mut lower);
                words.push(model.network.word(form, &lower));
                words.len() as u32 - 1
            });
            places.push(place);
        }
        let lengths: Vec<usize> = sentences.spans.iter().map(|(_, span)| span.len()).collect();
        let mut analysis = Analysis::default();
        MEMORY.with_borrow_mut(|memory| {
            model.network.analyse(&words, &places, &lengths, memory, &mut analysis);
        });
        let mut entries: FxHashMap<(u32, u32), Entry> = FxHashMap::default();
        let mut next_paragraph = 0;
        for (paragraph, span) in &sentences.spans {
            while next_paragraph <= *paragraph {
                builder.start_paragraph(paragraphs[next_paragraph]);
                next_paragraph += 1;
            }
            let base = builder.n_tokens();
            let mut tokens = Vec::with_capacity(span.len());
            for (place, at) in span.clone().enumerate() {
                let token = sentences.tokens[at];
                let tag = analysis.tags[at];
                let (upos, xpos) = model.tags[tag as usize];
                let entry = *entries.entry((places[at], tag)).or_insert_with(|| {
                    let form = token.span.of(&text);
                    lower_into(form, &mut lower);
                    lookup::lemma(&model.lemmas, tag, upos, form, &lower, &mut lemma);
                    let feats = model
                        .feats
                        .find(lookup::feats_key(tag, &lower))
                        .or_else(|| model.feats.find(lookup::feats_key(tag, "")))
                        .unwrap_or("_");
                    Entry {
                        lower: builder.intern(&lower),
                        lemma: builder.intern(&lemma),
                        feats: builder.intern(feats),
                    }
                });
                let head = analysis.heads[at] as usize;
                let deprel = match model.deprels[analysis.relations[at] as usize] {
                    _ if head == 0 => Deprel::Root,
                    Deprel::Root => Deprel::Dep,
                    deprel => deprel,
                };
                tokens.push(Token {
                    span: token.span,
                    lower: entry.lower,
                    lemma: entry.lemma,
                    upos,
                    xpos,
                    feats: entry.feats,
                    head: (head > 0).then(|| TokenIdx::new(base + head - 1)),
                    deprel,
                    joined: token.joined && place > 0,
                });
            }
            builder.add_sentence(tokens);
            for (start, end, kind) in spans(&analysis.names[span.clone()]) {
                let tokens = TokenSpan::new(base + start, base + end);
                builder.add_name(Name { tokens, kind: KINDS[kind as usize] });
            }
        }
        for &paragraph in &paragraphs[next_paragraph..] {
            builder.start_paragraph(paragraph);
        }
        // Sentences are added in their order, so the tokens of the document are those that were analysed.
        builder.set_contexts(Contexts::new(model.network.context_width(), analysis.contexts));
        builder.finish()
    }
}

thread_local! {
    /// Used again from report to report.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// What follows from a form and its tag alone.
#[derive(Clone, Copy)]
struct Entry {
    lower: Symbol,
    lemma: Symbol,
    feats: Symbol,
}

/// Tokens in sentences, before they are analysed.
#[derive(Default)]
struct Sentences {
    tokens: Vec<RawToken>,
    /// For each sentence the number of its paragraph, and its place in `tokens`.
    spans: Vec<(usize, Range<usize>)>,
}

impl Sentences {
    fn add(&mut self, paragraph: usize, tokens: &[RawToken]) {
        if tokens.is_empty() {
            return;
        }
        let start = self.tokens.len();
        self.tokens.extend_from_slice(tokens);
        self.spans.push((paragraph, start..self.tokens.len()));
    }
}

/// Writes the lower case of a form over what `out` holds.
pub(crate) fn lower_into(form: &str, out: &mut String) {
    out.clear();
    if form.is_ascii() {
        out.push_str(form);
        out.make_ascii_lowercase();
    } else {
        out.extend(form.chars().flat_map(char::to_lowercase));
        // One spelling for the apostrophe, so that `’s` is known wherever `'s` is.
        if out.contains('’') {
            *out = out.replace('’', "'");
        }
    }
}
