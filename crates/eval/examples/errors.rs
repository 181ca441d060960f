//! Lists what went wrong in coding the corpus: `cargo run --release -p dateline-eval --example errors -- corpus/tune`.

#![expect(clippy::print_stdout, reason = "an example prints what it shows")]

use dateline_eval::coding::{code_corpus, errors_of, measure};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let texts = code_corpus(&paths)?;
    let figures = measure(&texts);
    for name in ["whole_f1", "type_f1", "trigger_f1", "date", "place", "mode", "aux", "context_f1", "size_f1"]
    {
        println!("{name} {:.3}", figures.real(name).unwrap_or(0.0));
    }
    for text in &texts {
        for (kind, words) in errors_of(text) {
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
