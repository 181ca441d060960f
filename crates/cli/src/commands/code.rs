//! `dateline code`: actors, places, times, statements and events of each report.

use crate::args::CodeArgs;
use crate::batch::{each_report, shape, use_threads};
use crate::json::CodeJson;
use crate::lexicon::OwnLexicon;
use crate::messages::Messages;
use crate::output::Output;
use anyhow::Result;

/// Writes one line a report.
pub fn code(args: &CodeArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.input.threads)?;
    let lexicon = OwnLexicon::read(&args.lexicon.lexicon)?;
    let pipeline = lexicon.pipeline()?;
    let mut output = Output::open(args.output.output.as_deref())?;
    let shape = shape(&args.input);
    each_report(
        &args.input,
        messages,
        |report| pipeline.run(report, shape),
        |coded, messages| match coded {
            Ok(coded) => {
                for notice in &coded.notices {
                    messages.warn(format!("{}: {notice}", coded.report.input));
                }
                output.json_line(&CodeJson::new(&coded))
            }
            Err(uncoded) => {
                messages.fail(uncoded);
                Ok(())
            }
        },
    )?;
    output.finish()
}
