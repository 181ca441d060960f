//! Tokens, tags, trees and names of a short report, again and again.

use dateline_parse::Parser;
use dateline_text::ByteSpan;
use divan::Bencher;
use divan::counter::ItemsCount;
use std::sync::Arc;

fn main() {
    divan::main();
}

const REPORT: &str = "Marenko's foreign minister, Ana Ruiz, said on Monday that talks with the Valley Front had been \
suspended after two drones struck a fuel depot near Port Maro. \"We will not negotiate under fire,\" she told \
reporters in the capital, adding that 1,200 people had left the border district since last week. The Front denied \
that it was behind the attack. Officials from three neighbouring countries, who have been trying to mediate since \
March, called on both sides to keep to the cease-fire that they signed in the coastal town last year.";

#[divan::bench]
fn whole_layer(bencher: Bencher<'_, '_>) {
    let parser = Parser::embedded().expect("invariant: the embedded model reads");
    let text: Arc<str> = REPORT.into();
    let paragraphs = [ByteSpan::new(0, text.len())];
    let n_tokens = parser.parse(Arc::clone(&text), &paragraphs).tokens().len();
    bencher.counter(ItemsCount::new(n_tokens)).bench(|| parser.parse(Arc::clone(&text), &paragraphs));
}

/// A line without a full stop: the cost of a word must not depend on how long it is.
#[divan::bench(args = [20_000, 80_000], sample_count = 5)]
fn line_without_end(bencher: Bencher<'_, '_>, n_words: usize) {
    let parser = Parser::embedded().expect("invariant: the embedded model reads");
    let text: Arc<str> = "envoy talks port sanctions ".repeat(n_words / 4).into();
    let paragraphs = [ByteSpan::new(0, text.len())];
    bencher.counter(ItemsCount::new(n_words)).bench(|| parser.parse(Arc::clone(&text), &paragraphs));
}

#[divan::bench]
fn read_model(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        Parser::from_bytes(include_bytes!("../models/english.model")).map(|parser| parser.provenance().len())
    });
}
