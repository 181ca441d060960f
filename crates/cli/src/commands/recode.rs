//! `dateline recode`: codes the reports of a record anew that another version coded.

use crate::args::RecodeArgs;
use crate::batch::{Progress, use_threads};
use crate::commands::ingest::{begin_run, reason};
use crate::lexicon::OwnLexicon;
use crate::messages::Messages;
use anyhow::Result;
use dateline_clean::Shape;
use dateline_ingest::Report;
use dateline_record::{Added, Entry, Record};
use rayon::prelude::*;

/// Reports that are replaced in one transaction.
const REPORTS_AT_ONCE: usize = 128;

/// Codes what is outdated anew; what was found before is kept as history.
pub fn recode(args: &RecodeArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.threads)?;
    let lexicon = OwnLexicon::read(&args.lexicon.lexicon)?;
    let pipeline = lexicon.pipeline()?;
    // Nothing is to be made here: a record that is not there is an error.
    drop(Record::read(&args.record.record)?);
    let mut record = Record::open(&args.record.record)?;
    let run = begin_run(&mut record)?;
    let shape = if args.article { Shape::ArticleOnly } else { Shape::Page };
    let progress = Progress::new();
    let mut recoded = Added::default();
    let mut last = 0;
    loop {
        let outdated = record.outdated(run, last, REPORTS_AT_ONCE)?;
        let Some(&latest) = outdated.last() else { break };
        last = latest;
        let reports: Vec<(i64, Report)> = outdated
            .into_iter()
            .map(|id| Ok((id, record.stored_report(id)?)))
            .collect::<Result<_, dateline_record::RecordError>>()?;
        let n_reports = reports.len();
        let code = |(id, report): (i64, Report)| {
            let given = report.clone();
            let entry = match pipeline.run(report, shape) {
                Ok(coded) => Entry::coded(&coded),
                Err(uncoded) => Entry::uncoded(&given, None, reason(&uncoded)),
            };
            (id, entry)
        };
        let entries: Vec<(i64, Entry)> = reports.into_par_iter().map(code).collect();
        recoded += record.recode(run, entries)?;
        progress.done(n_reports);
    }
    progress.finish();
    record.close()?;
    messages.tell(format!(
        "{} reports coded anew, {} new events, {} tellings",
        recoded.reports, recoded.events, recoded.mentions
    ));
    Ok(())
}
