//! `dateline brief`: the situation brief of some reports.

use crate::args::{BriefArgs, BriefFormat};
use crate::batch::{coded_reports, use_threads};
use crate::messages::Messages;
use crate::output::{Output, columns};
use anyhow::{Result, bail};
use dateline_brief::Brief;
use dateline_link::link;

/// Codes the reports, links them and writes the brief.
pub fn brief(args: &BriefArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.input.threads)?;
    let coded = coded_reports(&args.input, &args.lexicon, messages)?;
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
