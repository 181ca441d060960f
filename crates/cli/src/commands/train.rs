//! `dateline train`: the language model from its sources.

use crate::args::TrainArgs;
use anyhow::{Context, Result};
use dateline_parse::{MARKED_NAMES, TrainingPlan, TrainingText, train as train_model};
use std::path::{Path, PathBuf};

/// Trains a model and writes it.
pub fn train(args: &TrainArgs) -> Result<()> {
    let treebanks = read_all(&args.treebanks)?;
    let names = read_all(&args.names)?;
    let path = &args.vectors;
    let vectors = std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let text = TrainingText {
        treebanks: &borrowed(&treebanks),
        names: &borrowed(&names),
        marked: MARKED_NAMES,
        vectors: &vectors,
    };
    let bytes = train_model(&text, TrainingPlan::default(), &mut |message| anstream::eprintln!("{message}"))?;
    let path = &args.output;
    std::fs::write(path, bytes).with_context(|| format!("{}: cannot be written", path.display()))
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn read_all(paths: &[PathBuf]) -> Result<Vec<String>> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))
    };
    paths.iter().map(|path| read(path)).collect()
}
