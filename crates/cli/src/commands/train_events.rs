//! `dateline train-events`: the event model from the marked sentences of the corpus.

use crate::args::TrainEventsArgs;
use anyhow::{Context, Result};
use dateline_eval::coding::train;

/// Trains a model and writes it.
pub fn train_events(args: &TrainEventsArgs) -> Result<()> {
    let bytes = train(&args.corpus, &args.tune, &mut |message| anstream::eprintln!("{message}"))?;
    let path = &args.output;
    std::fs::write(path, bytes).with_context(|| format!("{}: cannot be written", path.display()))
}
