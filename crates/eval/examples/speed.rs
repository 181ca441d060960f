//! What coding costs beside the language layer, in one run on one core:
//! `cargo run --release -p dateline-eval --example speed -- corpus/measure`.
//!
//! Prints words a second of the language layer alone and of the whole way from text to events, and their ratio; each
//! is the best of several rounds.

#![expect(clippy::print_stdout, reason = "an example prints what it shows")]

use dateline_clean::Shape;
use dateline_eval::corpus::read_corpus;
use dateline_ingest::Report;
use dateline_parse::Parser;
use dateline_plover::Pipeline;
use dateline_text::ByteSpan;
use std::path::PathBuf;
use std::time::Instant;

const ROUNDS: usize = 5;
/// Words in a report, as the corpus' sentences are put together.
const WORDS: usize = 500;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut reports = vec![String::new()];
    let mut n_words = 0;
    for text in read_corpus(&paths)? {
        let last = reports.last_mut().ok_or("there is a report")?;
        last.push_str(&text.text);
        last.push_str("\n\n");
        n_words += text.text.split_whitespace().count();
        if last.split_whitespace().count() >= WORDS {
            reports.push(String::new());
        }
    }
    let (parser, pipeline) = (Parser::embedded()?, Pipeline::embedded()?);
    let best = |work: &dyn Fn(&str)| {
        let round = |_| {
            let start = Instant::now();
            reports.iter().for_each(|report| work(report));
            start.elapsed().as_secs_f64()
        };
        (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
    };
    let language = best(&|report| {
        parser.parse(report.into(), &[ByteSpan::new(0, report.len())]);
    });
    let whole = best(&|report| {
        let _ = pipeline.run(Report::from_text("speed", report), Shape::ArticleOnly);
    });
    let rate = |seconds: f64| n_words as f64 / seconds;
    println!("{} reports, {n_words} words", reports.len());
    println!("language layer  {:8.0} words/s", rate(language));
    println!("text to events  {:8.0} words/s, {:.1} reports/s", rate(whole), reports.len() as f64 / whole);
    println!("ratio           {:8.2}", whole / language);
    Ok(())
}
