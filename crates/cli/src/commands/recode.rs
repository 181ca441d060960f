//! `dateline recode`: codes the reports of a record anew that another version coded.

use crate::args::RecodeArgs;
use crate::batch::{Progress, guarded, use_threads_behind_another};
use crate::commands::ingest::{REPORTS_AT_ONCE, begin_run, reason};
use crate::lexicon::OwnLexicon;
use crate::messages::Messages;
use anyhow::Result;
use dateline_clean::Shape;
use dateline_ingest::Report;
use dateline_record::{Added, Entry, Record};
use rayon::prelude::*;

/// Codes what is outdated anew; what was found before is kept as history.
pub fn recode(args: &RecodeArgs, messages: &mut Messages) -> Result<()> {
    use_threads_behind_another(args.threads)?;
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
        let code = |report: Report| {
            let given = report.clone();
            match pipeline.run(report, shape) {
                Ok(coded) => Entry::coded(&coded),
                Err(uncoded) => Entry::uncoded(&given, None, reason(&uncoded)),
            }
        };
        let coded: Vec<(i64, Result<Entry, String>)> =
            reports.into_par_iter().map(|(id, report)| (id, guarded(report, code))).collect();
        let mut entries = Vec::with_capacity(coded.len());
        for (id, entry) in coded {
            match entry {
                Ok(entry) => entries.push((id, entry)),
                Err(problem) => progress.suspend(|| messages.fail(problem)),
            }
        }
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
