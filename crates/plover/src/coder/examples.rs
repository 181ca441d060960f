//! Checks the examples of a user's own lexicon files.
//!
//! In:  a [`Coder`] with the files, a parser and a resolver.
//! Out: nothing, or the first example whose sentence does not give what it claims.

use super::Coder;
use crate::lexicon::Example;
use crate::{EventMention, LexiconError, LexiconErrorKind};
use dateline_attribute::attribute;
use dateline_parse::Parser;
use dateline_resolve::{Resolution, Resolver, Setting};
use dateline_text::ByteSpan;
use std::sync::Arc;

impl Coder {
    /// Codes the sentence of each example of a user's own files, in the order of the files.
    pub fn check_examples(&self, parser: &Parser, resolver: &Resolver) -> Result<(), LexiconError> {
        for example in self.lexicon.examples.iter().filter(|example| example.is_own) {
            self.check(example, parser, resolver)?;
        }
        Ok(())
    }

    fn check(&self, example: &Example, parser: &Parser, resolver: &Resolver) -> Result<(), LexiconError> {
        let whole = ByteSpan::new(0, example.sentence.len());
        let document = parser.parse(Arc::from(example.sentence.as_str()), &[whole]);
        let resolution = resolver.resolve(&document, &Setting::default());
        let statements = attribute(&document, &resolution);
        let events = self.code(&document, &resolution, &statements, None);
        if events.iter().any(|(_, event)| example.claim.fits(event, &document, &resolution)) {
            return Ok(());
        }
        let found: Vec<String> = events.iter().map(|(_, event)| told(event, &resolution)).collect();
        Err(LexiconError {
            file: example.file.clone(),
            line: example.line,
            kind: LexiconErrorKind::WrongExample {
                sentence: example.sentence.clone(),
                expected: example.expected.clone(),
                found: if found.is_empty() {
                    "no event".to_owned()
                } else {
                    format!("`{}`", found.join("`, `"))
                },
            },
        })
    }
}

/// An event as an example would claim it.
fn told(event: &EventMention, resolution: &Resolution) -> String {
    let mut line = event.event.to_string();
    for mode in &event.modes {
        line += &format!("/{mode}");
    }
    let names = |actors: &[dateline_resolve::ActorIdx]| -> String {
        actors.iter().map(|&actor| resolution.actors[actor].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    if !event.actors.is_empty() {
        line += &format!(" {}", names(&event.actors));
    }
    if !event.recipients.is_empty() {
        line += &format!(" -> {}", names(&event.recipients));
    }
    for aux in event.aux.iter() {
        line += &format!(" {aux}");
    }
    line
}
