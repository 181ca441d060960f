//! `dateline brief`: the situation brief of some reports.

use crate::args::{BriefArgs, BriefFormat};
use crate::batch::{each_report, shape, use_threads};
use crate::lexicon::OwnLexicon;
use crate::messages::Messages;
use crate::output::{Output, columns};
use anyhow::{Result, bail};
use dateline_brief::Brief;
use dateline_link::link;

/// Codes the reports, links them and writes the brief.
pub fn brief(args: &BriefArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.input.threads)?;
    let lexicon = OwnLexicon::read(&args.lexicon.lexicon)?;
    let pipeline = lexicon.pipeline()?;
    let shape = shape(&args.input);
    let mut coded = Vec::new();
    each_report(
        &args.input,
        messages,
        |report| pipeline.run(report, shape),
        |result, messages| {
            match result {
                Ok(report) => coded.push(report),
                Err(uncoded) => messages.fail(uncoded),
            }
            Ok(())
        },
    )?;
    if coded.is_empty() {
        bail!("none of the reports could be read, so there is nothing to brief");
    }
    let linked = link(&coded);
    let brief = Brief::new(&coded, &linked);
    let mut output = Output::open(args.output.output.as_deref())?;
    let by_reader = if output.is_terminal() { BriefFormat::Terminal } else { BriefFormat::Markdown };
    let text = match args.format.unwrap_or(by_reader) {
        BriefFormat::Terminal => brief.to_terminal(columns()),
        BriefFormat::Markdown => brief.to_markdown(),
        BriefFormat::Html => brief.to_html(),
        BriefFormat::Json => brief.to_json() + "\n",
    };
    if output.is_terminal() {
        anstream::print!("{text}");
    } else {
        output.text(&text)?;
    }
    output.finish()
}
