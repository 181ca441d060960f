//! Reports in, results out, in input order, on all cores.
//!
//! Reports are read a batch at a time, so that memory stays bounded, worked on in parallel, and handed on in
//! the order they came: the output is the same whatever the number of threads.

use crate::args::{From, InputArgs, LexiconArgs};
use crate::commands::WrongUsage;
use crate::lexicon::OwnLexicon;
use crate::messages::Messages;
use anyhow::{Context, Result};
use dateline_clean::Shape;
use dateline_ingest::{Format, Report, read_reports};
use dateline_plover::CodedReport;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::panic::{self, AssertUnwindSafe};

/// Reports of a batch for each thread: enough to keep all cores busy between two reads.
const REPORTS_PER_THREAD: usize = 32;

/// Sets how many threads [`each_report`] and [`in_order`] use.
pub fn use_threads(threads: Option<u16>) -> Result<()> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, usize::from))
        .build_global()
        .context("the worker threads could not be started")
}

/// How the reports of these arguments are to be cleaned.
pub fn shape(input: &InputArgs) -> Shape {
    if input.article { Shape::ArticleOnly } else { Shape::Page }
}

/// Does `work` on every report and hands the results to `take`, in input order. A report that cannot be read
/// is named and passed over.
pub fn each_report<T: Send>(
    input: &InputArgs,
    messages: &mut Messages,
    work: impl Fn(Report) -> T + Sync,
    mut take: impl FnMut(T, &mut Messages) -> Result<()>,
) -> Result<()> {
    let format = match input.from {
        From::Auto => Format::Auto,
        From::Text => Format::Text,
        From::Html => Format::Html,
        From::Jsonl => Format::Jsonl,
        From::Conllu => return Err(WrongUsage("only `dateline parse` reads CoNLL-U".into()).into()),
        From::Feed => Format::Feed,
        From::Warc => Format::Warc,
        From::Ninjs => Format::Ninjs,
    };
    in_order(
        read_reports(&input.paths, format),
        |read| match read {
            Ok(report) => guarded(report, &work),
            Err(problem) => Err(problem.to_string()),
        },
        |result, messages| match result {
            Ok(done) => take(done, messages),
            Err(problem) => {
                messages.fail(problem);
                Ok(())
            }
        },
        messages,
    )
}

/// All reports of these arguments, coded and held: for what looks at several together. One that cannot be read or coded
/// is named and passed over.
pub fn coded_reports(
    input: &InputArgs,
    lexicon: &LexiconArgs,
    messages: &mut Messages,
) -> Result<Vec<CodedReport>> {
    let lexicon = OwnLexicon::read(&lexicon.lexicon)?;
    let pipeline = lexicon.pipeline()?;
    let shape = shape(input);
    let mut coded = Vec::new();
    each_report(
        input,
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
    Ok(coded)
}

/// Works on one report. A panic is a fault of the program; it costs this report, never the batch.
pub fn guarded<T>(report: Report, work: impl Fn(Report) -> T) -> Result<T, String> {
    let input = report.input.clone();
    panic::catch_unwind(AssertUnwindSafe(|| work(report))).map_err(|_| {
        format!("{input}: a fault in the program stopped the work on this report; it was left out\nhint: please report it, with the page if you may share it")
    })
}

/// Does `work` on every item in parallel and hands the results to `take`, in input order.
pub fn in_order<I: Send, T: Send>(
    items: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
    mut take: impl FnMut(T, &mut Messages) -> Result<()>,
    messages: &mut Messages,
) -> Result<()> {
    let batch_size = rayon::current_num_threads() * REPORTS_PER_THREAD;
    let mut items = items;
    let bar = Progress::new();
    loop {
        let batch: Vec<I> = items.by_ref().take(batch_size).collect();
        if batch.is_empty() {
            bar.finish();
            return Ok(());
        }
        let n_items = batch.len();
        let done: Vec<T> = batch.into_par_iter().map(&work).collect();
        bar.suspend(|| done.into_iter().try_for_each(|result| take(result, messages)))?;
        bar.done(n_items);
    }
}

/// Counts on standard error; shows only on a terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// Nothing done yet.
    pub fn new() -> Progress {
        let style = ProgressStyle::with_template("{spinner} {human_pos} done, {per_sec}, {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        Progress(ProgressBar::new_spinner().with_style(style))
    }

    /// So many more are done.
    pub fn done(&self, n_items: usize) {
        self.0.inc(n_items as u64);
    }

    /// Does something that may write to the terminal.
    pub fn suspend<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.suspend(work)
    }

    /// Takes the line away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
