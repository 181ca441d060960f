//! `dateline eval`: one stage against one benchmark file.

use super::WrongUsage;
use crate::args::EvalArgs;
use anyhow::Result;
use dateline_eval::{Options, Task, run};

/// Prints a table and a line of JSON.
pub fn eval(args: &EvalArgs) -> Result<()> {
    let task: Task = args.task.parse().map_err(|error: dateline_text::UnknownLabel| {
        let known: Vec<&str> = Task::ALL.iter().map(|task| task.as_str()).collect();
        WrongUsage(format!("{error} ({})", known.join(", ")))
    })?;
    let options = Options { raw: args.raw, predicted: args.predicted.clone(), intervals: args.intervals };
    let figures = run(task, &args.gold, &options)?;
    anstream::print!("{figures}");
    Ok(())
}
