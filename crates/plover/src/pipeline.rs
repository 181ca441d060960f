//! From report to coded report: the steps, in order.
//!
//! In:  a [`Report`] as it came in.
//! Out: a [`CodedReport`], or why there is none.

use crate::learned::EventModel;
use crate::{CodedReport, Coder, EventMention};
use dateline_attribute::{Statement, attribute};
use dateline_clean::{Shape, clean};
use dateline_ingest::{Input, Report};
use dateline_parse::{ModelError, Parser};
use dateline_resolve::{Gazetteer, Resolver, Setting};
use dateline_text::{Arena, TokenIdx};
use std::sync::Arc;

/// Everything that coding needs, loaded once and shared by all threads.
#[derive(Clone, Copy)]
pub struct Pipeline<'t> {
    parser: &'static Parser,
    resolver: &'t Resolver,
    coder: &'t Coder,
}

/// Why a report was not coded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Uncoded {
    /// Nothing in it reads as an article.
    #[error(
        "{input}: no article was found on the page; this report was left out\nhint: `dateline clean` shows what was taken for what; `--article` keeps everything"
    )]
    NoArticle {
        /// Where the report came from.
        input: Input,
    },
    /// It is in a language that this version does not code.
    #[error(
        "{input}: the article is in another language (`{language}`), and this version codes English only; this report was left out"
    )]
    Language {
        /// Where the report came from.
        input: Input,
        /// ISO 639-1.
        language: String,
    },
}

impl Pipeline<'static> {
    /// The pipeline with the embedded models and tables, which are unpacked side by side.
    pub fn embedded() -> Result<Pipeline<'static>, ModelError> {
        std::thread::scope(|threads| {
            let parser = threads.spawn(Parser::embedded);
            let coder = threads.spawn(Coder::embedded);
            threads.spawn(Gazetteer::embedded);
            let resolver = Resolver::embedded();
            let join = "invariant: damage is an error and no panic";
            Ok(Pipeline { parser: parser.join().expect(join)?, resolver, coder: coder.join().expect(join) })
        })
    }
}

impl Pipeline<'_> {
    /// The names and bytes of the embedded models, which tell one version of them from another.
    pub fn models() -> [(&'static str, &'static [u8]); 2] {
        [("language", Parser::embedded_bytes()), ("events", EventModel::embedded_bytes())]
    }
}

impl<'t> Pipeline<'t> {
    /// The pipeline with the embedded models and a user's own tables.
    pub fn new(resolver: &'t Resolver, coder: &'t Coder) -> Result<Pipeline<'t>, ModelError> {
        std::thread::scope(|threads| {
            threads.spawn(Gazetteer::embedded);
            Ok(Pipeline { parser: Parser::embedded()?, resolver, coder })
        })
    }

    /// Reads one report through all steps.
    pub fn run(&self, mut report: Report, shape: Shape) -> Result<CodedReport, Uncoded> {
        let mut notices = std::mem::take(&mut report.notices);
        let (article, cleaning) = clean(&report, shape);
        notices.extend(cleaning);
        if article.paragraphs.is_empty() {
            return Err(Uncoded::NoArticle { input: report.input });
        }
        if !article.is_english() {
            let language = article.language.unwrap_or("und").to_owned();
            return Err(Uncoded::Language { input: report.input, language });
        }
        let document = self.parser.parse(Arc::clone(&article.text), &article.paragraphs);
        let published = article.published.map(|published| published.date);
        let resolution = self.resolver.resolve(&document, &Setting { published, home: None });
        // What a correction says of the wrong version was neither said nor done; see `find_corrections`.
        let in_note = |token: TokenIdx| {
            let span = document.token(token).span;
            article.corrections.iter().any(|note| note.span.contains(span))
        };
        let statements = attribute(&document, &resolution);
        let statements = statements.as_slice().iter().filter(|statement| {
            let pieces = statement.cue.iter().chain(&statement.content);
            !pieces.into_iter().any(|piece| in_note(piece.first()))
        });
        let statements: Arena<Statement> = statements.cloned().collect();
        let events = self.coder.code(&document, &resolution, &statements, published);
        let events = events.as_slice().iter().filter(|event| !in_note(event.trigger_head));
        let events: Arena<EventMention> = events.cloned().collect();
        Ok(CodedReport { report, article, document, resolution, statements, events, notices })
    }
}
