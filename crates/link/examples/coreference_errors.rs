//! Lists where clusters of given mentions differ from gold clusters:
//! `cargo run --release -p dateline-link --example coreference_errors -- FILE.jsonl`.
//!
//! In:  reports as JSONL, `{"text", "event_mentions": [{"start", "end", "cluster"}]}`.
//! Out: the pairs of words that were joined and are two events, and those that were kept apart and are one, each
//! with how often, the most frequent first.

#![expect(clippy::print_stdout, reason = "an example prints what it shows")]

use dateline_link::{MarkedDocument, link_mentions};
use dateline_parse::Parser;
use dateline_text::{ByteSpan, CharSpan, CodePoints, Document};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many pairs are listed of each kind.
const LISTED: usize = 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = Parser::embedded()?;
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let mut parsed: Vec<(Document, Vec<ByteSpan>)> = Vec::new();
    let mut gold: Vec<Vec<String>> = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().ok_or("a record without a text")?;
        let points = CodePoints::new(text);
        let (mut spans, mut clusters) = (Vec::new(), Vec::new());
        for mention in record["event_mentions"].as_array().into_iter().flatten() {
            let bound = |key: &str| mention[key].as_u64().and_then(|at| u32::try_from(at).ok());
            let chars = bound("start").zip(bound("end")).map(|(start, end)| CharSpan { start, end });
            spans.push(chars.and_then(|chars| points.to_bytes(chars)).ok_or("a mention outside its text")?);
            clusters.push(mention["cluster"].to_string());
        }
        let lines: Vec<ByteSpan> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                let start = line.as_ptr() as usize - text.as_ptr() as usize;
                ByteSpan::new(start, start + line.len())
            })
            .collect();
        parsed.push((parser.parse(text.into(), &lines), spans));
        gold.push(clusters);
    }
    let marked: Vec<MarkedDocument<'_>> =
        parsed.iter().map(|(document, mentions)| MarkedDocument { document, mentions }).collect();
    let found = link_mentions(&marked);
    let mut mentions: Vec<(&str, &str, usize)> = Vec::new();
    for (((document, spans), gold), found) in parsed.iter().zip(&gold).zip(&found) {
        for ((span, gold), found) in spans.iter().zip(gold).zip(found) {
            mentions.push((span.of(document.text()), gold, found.index()));
        }
    }
    let (mut joined, mut apart) = (BTreeMap::new(), BTreeMap::new());
    for (at, a) in mentions.iter().enumerate() {
        for b in &mentions[at + 1..] {
            let pair = if a.0 <= b.0 { (a.0, b.0) } else { (b.0, a.0) };
            match (a.1 == b.1, a.2 == b.2) {
                (false, true) => *joined.entry(pair).or_insert(0) += 1,
                (true, false) => *apart.entry(pair).or_insert(0) += 1,
                _ => {}
            }
        }
    }
    list("joined, and two events", joined);
    list("kept apart, and one event", apart);
    Ok(())
}

fn list(title: &str, pairs: BTreeMap<(&str, &str), usize>) {
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    println!("{title}: {} pairs of words", pairs.len());
    for ((a, b), count) in pairs.into_iter().take(LISTED) {
        println!("{count:6} {a} | {b}");
    }
}
