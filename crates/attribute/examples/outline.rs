//! Prints the statements of a text, a line each: `outline FILE.txt`. Its paragraphs are its lines.

use dateline_attribute::attribute;
use dateline_parse::Parser;
use dateline_resolve::{Resolver, Setting};
use dateline_text::{ByteSpan, Document, TokenSpan};
use std::error::Error;
use std::io::Write;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: outline FILE.txt")?;
    let text: Arc<str> = std::fs::read_to_string(path)?.into();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let kept = line.trim_end();
        if !kept.trim().is_empty() {
            paragraphs.push(ByteSpan::new(start, start + kept.len()));
        }
        start += line.len();
    }
    let document = Parser::embedded()?.parse(Arc::clone(&text), &paragraphs);
    let resolution = Resolver::embedded().resolve(&document, &Setting::default());
    let mut out = std::io::stdout().lock();
    for (_, statement) in attribute(&document, &resolution).iter() {
        let speaker = statement.speaker.map_or("?", |actor| resolution.actors[actor].name.as_str());
        let (source, cue) = (words(&document, &statement.source), words(&document, &statement.cue));
        let content = words(&document, &statement.content);
        writeln!(out, "{} | {speaker} | {source} | {cue} | {content}", statement.kind)?;
    }
    Ok(())
}

fn words(document: &Document, pieces: &[TokenSpan]) -> String {
    pieces.iter().map(|&piece| document.words(piece)).collect::<Vec<_>>().join(" … ")
}
