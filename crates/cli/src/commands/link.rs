//! `dateline link`: which event mentions tell the same event.

use crate::args::LinkArgs;
use crate::batch::{in_order, use_threads};
use crate::jsonl::{LineError, Place, read_records};
use crate::messages::Messages;
use crate::output::Output;
use anyhow::Result;
use dateline_link::{MarkedDocument, find_mentions, link_mentions};
use dateline_parse::Parser;
use dateline_text::{ByteSpan, CharSpan, CodePoints, Document};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A report; every key that is not read is written again as it was.
#[derive(Deserialize)]
struct Marked {
    text: String,
    event_mentions: Option<Vec<Map<String, Value>>>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

struct Parsed {
    document: Document,
    spans: Vec<ByteSpan>,
    mentions: Vec<Map<String, Value>>,
    rest: Map<String, Value>,
}

/// Writes each report again, its mentions with their clusters.
pub fn link(args: &LinkArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.threads)?;
    let parser = Parser::embedded()?;
    let mut parsed = Vec::new();
    in_order(
        read_records::<Marked>(&args.paths),
        |read| read.and_then(|(place, marked)| parse(parser, &place, marked)),
        |result, messages| {
            match result {
                Ok(document) => parsed.push(document),
                Err(problem) => messages.fail(problem),
            }
            Ok(())
        },
        messages,
    )?;
    let marked: Vec<MarkedDocument<'_>> = parsed
        .iter()
        .map(|parsed| MarkedDocument { document: &parsed.document, mentions: &parsed.spans })
        .collect();
    let clusters = link_mentions(&marked);
    let mut output = Output::open(args.output.output.as_deref())?;
    for (mut parsed, clusters) in parsed.into_iter().zip(clusters) {
        for (mention, cluster) in parsed.mentions.iter_mut().zip(clusters) {
            mention.insert("cluster".to_owned(), json!(format!("c{}", cluster.index() + 1)));
        }
        let mut record = parsed.rest;
        record.insert("text".to_owned(), json!(&**parsed.document.text()));
        record.insert("event_mentions".to_owned(), json!(parsed.mentions));
        output.json_line(&record)?;
    }
    output.finish()
}

fn parse(parser: &Parser, place: &Place, marked: Marked) -> Result<Parsed, LineError> {
    let text: Arc<str> = marked.text.into();
    let document = parser.parse(Arc::clone(&text), &paragraphs(&text));
    let points = CodePoints::new(&text);
    let Some(mentions) = marked.event_mentions else {
        let spans = find_mentions(&document);
        let mentions = spans.iter().map(|&span| {
            let chars = points.to_chars(span);
            let mut mention = Map::new();
            mention.insert("start".to_owned(), json!(chars.start));
            mention.insert("end".to_owned(), json!(chars.end));
            mention.insert("text".to_owned(), json!(span.of(&text)));
            mention
        });
        let mentions = mentions.collect();
        return Ok(Parsed { document, spans, mentions, rest: marked.rest });
    };
    let mut spans = Vec::new();
    for mention in &mentions {
        let bound =
            |key: &str| mention.get(key).and_then(Value::as_u64).and_then(|at| u32::try_from(at).ok());
        let span = bound("start")
            .zip(bound("end"))
            .and_then(|(start, end)| points.to_bytes(CharSpan { start, end }));
        let wrong = || {
            let found = json!(mention);
            LineError::new(place, format!("event mention {found} has no `start` and `end` inside the text"))
        };
        spans.push(span.ok_or_else(wrong)?);
    }
    Ok(Parsed { document, spans, mentions, rest: marked.rest })
}

/// The lines of a text that hold something.
fn paragraphs(text: &str) -> Vec<ByteSpan> {
    let start_of = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| ByteSpan::new(start_of(line), start_of(line) + line.len())).collect()
}
