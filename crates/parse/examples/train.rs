//! Trains the model: `cargo run --release -p dateline-parse --example train -- OUT TREEBANK… --names IOB2…`.

use dateline_parse::{TrainingPlan, TrainingText, train};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (out, inputs) = arguments.split_first().ok_or("usage: train OUT TREEBANK… --names IOB2…")?;
    let cut = inputs.iter().position(|argument| argument == "--names").unwrap_or(inputs.len());
    let read = |paths: &[String]| paths.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>();
    let treebanks = read(&inputs[..cut])?;
    let names = read(inputs.get(cut + 1..).unwrap_or(&[]))?;
    let treebanks: Vec<&str> = treebanks.iter().map(String::as_str).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let text = TrainingText { treebanks: &treebanks, names: &names };
    let start = std::time::Instant::now();
    let mut plan = TrainingPlan::default();
    if let Ok(epochs) = std::env::var("EPOCHS") {
        // For trying things out.
        plan.epochs = epochs.parse()?;
    }
    let bytes = train(&text, plan, &mut |message| {
        eprintln!("[{:6.1} s] {message}", start.elapsed().as_secs_f64());
    })?;
    std::fs::write(out, bytes)?;
    Ok(())
}
