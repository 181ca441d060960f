//! How fast statements are found in a parsed text.

use dateline_attribute::attribute;
use dateline_parse::Parser;
use dateline_resolve::Resolution;
use dateline_text::{ByteSpan, Document};
use std::sync::Arc;

const REPORT: &str = "The harbour ministry of Velmora said on Monday that its patrol boats had turned back two trawlers. \
“We will not leave this valley,” said Amara Okonjo, the mayor of Tessaly. “Our children were born here.” The convoy, \
aid workers said, never reached Karonde. Opposition leaders accused the government of hiding the number of victims \
and vowed to appeal. The talks ended without a deal, according to two diplomats in Suvanto.";

fn document(n_paragraphs: usize) -> Document {
    let text: Arc<str> = vec![REPORT; n_paragraphs].join("\n\n").into();
    let step = REPORT.len() + 2;
    let paragraphs: Vec<ByteSpan> =
        (0..n_paragraphs).map(|number| ByteSpan::new(number * step, number * step + REPORT.len())).collect();
    Parser::embedded().expect("the model loads").parse(text, &paragraphs)
}

/// Twice the text should cost twice the time.
#[divan::bench(args = [8, 16, 64])]
fn statements(bencher: divan::Bencher, n_paragraphs: usize) {
    let document = document(n_paragraphs);
    let resolution = Resolution::default();
    bencher
        .counter(divan::counter::ItemsCount::new(document.tokens().len()))
        .bench_local(|| attribute(&document, &resolution));
}

fn main() {
    divan::main();
}
