//! Lists what went wrong in coding the corpus: `cargo run --release -p dateline-eval --example errors -- corpus/tune`.

#![expect(clippy::print_stdout, reason = "an example prints what it shows")]

use dateline_eval::coding::{code_corpus, errors_of};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for text in code_corpus(&paths)? {
        for (kind, words) in errors_of(&text) {
            kinds.entry(kind.to_string()).or_default().push(format!("{words} | {}", text.marked.text));
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, examples)| std::cmp::Reverse(examples.len()));
    for (kind, examples) in kinds {
        println!("{:5} {kind}", examples.len());
        for example in examples {
            println!("      {kind}: {example}");
        }
    }
    Ok(())
}
