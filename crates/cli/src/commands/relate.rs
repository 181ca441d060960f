//! `dateline relate`: how a given actor acts towards a given recipient.

use crate::args::RelateArgs;
use crate::batch::{in_order, use_threads};
use crate::jsonl::{LineError, Place, read_records};
use crate::lexicon::OwnLexicon;
use crate::messages::Messages;
use crate::output::Output;
use anyhow::Result;
use dateline_parse::Parser;
use dateline_plover::Coder;
use dateline_resolve::{Resolver, Setting};
use dateline_text::{ByteSpan, CharSpan, CodePoints};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize)]
struct Question {
    id: String,
    text: String,
    #[serde(default)]
    actor: Vec<Span>,
    #[serde(default)]
    recipient: Vec<Span>,
}

#[derive(Clone, Copy, Deserialize)]
struct Span {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Answer {
    id: String,
    event: &'static str,
    mode: Vec<&'static str>,
    quad: &'static str,
    scale: f32,
    confidence: f32,
}

/// Writes one line a question.
pub fn relate(args: &RelateArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.threads)?;
    let parser = Parser::embedded()?;
    let lexicon = OwnLexicon::read(&args.lexicon.lexicon)?;
    let (coder, resolver) = (lexicon.coder(), lexicon.resolver());
    let mut output = Output::open(args.output.output.as_deref())?;
    in_order(
        read_records::<Question>(&args.paths),
        |read| read.and_then(|(place, question)| answer(parser, resolver, coder, &place, question)),
        |answer, messages| match answer {
            Ok(answer) => output.json_line(&answer),
            Err(problem) => {
                messages.fail(problem);
                Ok(())
            }
        },
        messages,
    )?;
    output.finish()
}

fn answer(
    parser: &Parser,
    resolver: &Resolver,
    coder: &Coder,
    place: &Place,
    question: Question,
) -> Result<Answer, LineError> {
    let text: Arc<str> = question.text.into();
    let actor = spans(&text, &question.actor, place)?;
    let recipient = spans(&text, &question.recipient, place)?;
    let document = parser.parse(Arc::clone(&text), &[ByteSpan::new(0, text.len())]);
    let resolution = resolver.resolve(&document, &Setting::default());
    let relation = coder.relate(&document, &resolution, &actor, &recipient);
    Ok(Answer {
        id: question.id,
        event: relation.event.as_str(),
        mode: relation.mode.iter().map(|mode| mode.as_str()).collect(),
        quad: relation.event.quad().as_str(),
        scale: relation.event.scale_with(relation.mode),
        confidence: relation.confidence.value(),
    })
}

fn spans(text: &str, given: &[Span], place: &Place) -> Result<Vec<ByteSpan>, LineError> {
    let points = CodePoints::new(text);
    let spans = given.iter().map(|&Span { start, end }| {
        points
            .to_bytes(CharSpan { start, end })
            .ok_or_else(|| LineError::new(place, format!("span {start} to {end} does not lie in the text")))
    });
    spans.collect()
}
