//! The whole layer: from a text to a document.

use crate::atoms::Atoms;
use crate::model::{Model, ModelError};
use crate::scratch::Scratch;
use crate::tokenize::{RawToken, tokenize};
use crate::{ConlluError, NamedDocument, lookup, names, read_conllu_documents, split, tagger, transition};
use dateline_text::{ByteSpan, Deprel, Document, DocumentBuilder, Name, Token, TokenIdx, TokenSpan};
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
        let read = || Parser::from_bytes(include_bytes!("../models/english.model"));
        EMBEDDED.get_or_init(read).as_ref().map_err(Clone::clone)
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
        let mut scratch = Scratch::default();
        let mut builder = DocumentBuilder::new(Arc::clone(&text));
        let mut ends = Vec::new();
        for &paragraph in paragraphs {
            builder.start_paragraph(paragraph);
            let mut raw = std::mem::take(&mut scratch.raw);
            raw.clear();
            ends.clear();
            tokenize(&text, paragraph, &mut raw);
            split::split(&text, &raw, &mut ends);
            let mut start = 0;
            for &end in &ends {
                self.analyse(&text, &raw[start..end], &mut builder, &mut scratch);
                start = end;
            }
            scratch.raw = raw;
        }
        builder.finish()
    }

    /// Analyses CoNLL-U anew: tokens and sentence breaks are kept, all else is predicted.
    pub fn parse_conllu(&self, text: &str) -> Result<Vec<NamedDocument>, ConlluError> {
        let mut documents = read_conllu_documents(text)?;
        let mut scratch = Scratch::default();
        for named in &mut documents {
            named.document = self.parse_tokens(&named.document, &mut scratch);
        }
        Ok(documents)
    }

    fn parse_tokens(&self, given: &Document, scratch: &mut Scratch) -> Document {
        let text = Arc::clone(given.text());
        let mut builder = DocumentBuilder::new(Arc::clone(&text));
        let mut raw = Vec::new();
        let mut paragraph = None;
        for sentence in given.sentences() {
            if paragraph != Some(sentence.paragraph) {
                builder.start_paragraph(given.paragraphs()[sentence.paragraph as usize]);
                paragraph = Some(sentence.paragraph);
            }
            raw.clear();
            let tokens = &given.tokens()[sentence.tokens.range()];
            raw.extend(tokens.iter().map(|token| RawToken { span: token.span, joined: token.joined }));
            self.analyse(&text, &raw, &mut builder, scratch);
        }
        builder.finish()
    }

    /// Tags, parses and names one sentence, and adds it to the document.
    fn analyse(&self, text: &str, raw: &[RawToken], builder: &mut DocumentBuilder, scratch: &mut Scratch) {
        if raw.is_empty() {
            return;
        }
        let model = &self.model;
        let mut atoms = std::mem::take(&mut scratch.atoms);
        atoms.clear();
        for token in raw {
            let form = token.span.of(text);
            lower_into(form, &mut scratch.lower);
            atoms.push(Atoms::of(form, &scratch.lower, &self.model.classes));
        }
        tagger::tag(&model.tagger, &mut atoms, scratch);
        let Scratch { features, scores, state, names: labels, lower, lemma, .. } = scratch;
        transition::parse(&model.parser, &atoms, state, features, scores);
        names::label(&model.names, &atoms, labels, features, scores);
        let base = builder.n_tokens();
        let mut tokens = Vec::with_capacity(raw.len());
        for (place, token) in raw.iter().enumerate() {
            let form = token.span.of(text);
            lower_into(form, lower);
            let tag = atoms[place].tag - 1;
            let (upos, xpos) = model.tags[tag as usize];
            lookup::lemma(&model.lemmas, tag, upos, form, lower, lemma);
            let feats = model
                .feats
                .find(lookup::feats_key(tag, lower))
                .or_else(|| model.feats.find(lookup::feats_key(tag, "")))
                .unwrap_or("_");
            let head = state.heads[place] as usize;
            let is_root = head >= raw.len();
            let deprel = model.deprels[state.labels[place] as usize];
            tokens.push(Token {
                span: token.span,
                lower: builder.intern(lower),
                lemma: builder.intern(lemma),
                upos,
                xpos,
                feats: builder.intern(feats),
                head: (!is_root).then(|| TokenIdx::new(base + head)),
                deprel: match deprel {
                    _ if is_root => Deprel::Root,
                    Deprel::Root => Deprel::Dep,
                    deprel => deprel,
                },
                joined: token.joined && place > 0,
            });
        }
        builder.add_sentence(tokens);
        add_names(labels, base, builder);
        scratch.atoms = atoms;
    }
}

fn add_names(labels: &[u32], base: usize, builder: &mut DocumentBuilder) {
    let mut place = 0;
    while place < labels.len() {
        let label = labels[place];
        let start = place;
        place += 1;
        if label == names::OUTSIDE {
            continue;
        }
        let kind = (label as usize - 1) / 2;
        while place < labels.len() && labels[place] as usize == 2 + 2 * kind {
            place += 1;
        }
        builder
            .add_name(Name { tokens: TokenSpan::new(base + start, base + place), kind: names::KINDS[kind] });
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
