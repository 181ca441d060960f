//! Attributes the texts of a benchmark file: `predict FILE.jsonl > predictions.jsonl`.
//!
//! In:  JSONL `{"id","text",…}`; each text is an article whose paragraphs are its lines.
//! Out: JSONL `{"id","attributions":[{"source","cue","content"}]}`, spans `[start, end)` in code points.

use dateline_attribute::{Statement, attribute};
use dateline_parse::Parser;
use dateline_resolve::{Resolver, Setting};
use dateline_text::{ByteSpan, CodePoints, Document, TokenSpan};
use serde_json::{Value, json};
use std::error::Error;
use std::io::Write;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: predict FILE.jsonl")?;
    let input = std::fs::read_to_string(path)?;
    let records: Vec<Value> = input.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let half = records.len().div_ceil(2).max(1);
    let parser = Parser::embedded()?;
    let parts: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = records
            .chunks(half)
            .map(|part| {
                scope.spawn(move || part.iter().map(|record| predict(parser, record)).collect::<String>())
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("invariant: no panic on any text")).collect()
    });
    let mut out = std::io::stdout().lock();
    for part in parts {
        out.write_all(part.as_bytes())?;
    }
    Ok(())
}

fn predict(parser: &Parser, record: &Value) -> String {
    let text: Arc<str> = record["text"].as_str().unwrap_or("").into();
    let document = parser.parse(Arc::clone(&text), &paragraphs(&text));
    let resolution = Resolver::embedded().resolve(&document, &Setting::default());
    let points = CodePoints::new(&text);
    let attributions: Vec<Value> = attribute(&document, &resolution)
        .as_slice()
        .iter()
        .map(|statement| to_json(statement, &document, &points))
        .collect();
    format!("{}\n", json!({ "id": record["id"], "attributions": attributions }))
}

fn to_json(statement: &Statement, document: &Document, points: &CodePoints) -> Value {
    let spans = |pieces: &[TokenSpan]| -> Vec<[u32; 2]> {
        let chars = pieces.iter().map(|&piece| points.to_chars(document.bytes(piece)));
        chars.map(|span| [span.start, span.end]).collect()
    };
    json!({
        "source": spans(&statement.source),
        "cue": spans(&statement.cue),
        "content": spans(&statement.content),
    })
}

/// The lines that hold more than white space.
fn paragraphs(text: &str) -> Vec<ByteSpan> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let kept = line.trim();
        if !kept.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            paragraphs.push(ByteSpan::new(from, from + kept.len()));
        }
        start += line.len();
    }
    paragraphs
}
