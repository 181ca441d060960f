//! `dateline clean`: the article out of each report.

use crate::args::StageArgs;
use crate::batch::{each_report, shape, use_threads};
use crate::json::CleanJson;
use crate::messages::Messages;
use crate::output::Output;
use anyhow::Result;

/// Writes one line a report.
pub fn clean(args: &StageArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.input.threads)?;
    let mut output = Output::open(args.output.output.as_deref())?;
    let shape = shape(&args.input);
    each_report(
        &args.input,
        messages,
        |report| {
            let (article, notices) = dateline_clean::clean(&report, shape);
            (report, article, notices)
        },
        |(report, article, notices), messages| {
            for notice in report.notices.iter().chain(&notices) {
                messages.warn(format!("{}: {notice}", report.input));
            }
            output.json_line(&CleanJson::new(&report, &article))
        },
    )?;
    output.finish()
}
