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
use dateline_ingest::{BytesRead, Format, IngestError, Report, Reports, read_reports};
use dateline_plover::CodedReport;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::panic::{self, AssertUnwindSafe};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Reports of a batch for each thread: enough to keep all cores busy between two reads.
const REPORTS_PER_THREAD: usize = 32;

/// Sets how many threads [`each_report`] and [`in_order`] use.
pub fn use_threads(threads: Option<u16>) -> Result<()> {
    start_threads(pool_of(threads))
}

/// The same where one more thread works on what these hand on, and all wait when it does not keep up: it goes first where
/// there are more threads than cores.
pub fn use_threads_behind_another(threads: Option<u16>) -> Result<()> {
    start_threads(pool_of(threads).start_handler(|_| go_second()))
}

fn pool_of(threads: Option<u16>) -> rayon::ThreadPoolBuilder {
    rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from))
}

fn start_threads(pool: rayon::ThreadPoolBuilder) -> Result<()> {
    pool.build_global().context("the worker threads could not be started")
}

/// Lets other threads of the program go first.
fn go_second() {
    // Elsewhere the call is about the whole program. Where it is forbidden, all share alike as they did.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(NICENESS);
}

/// How far a thread stands back: at 5 it gets a quarter of the time of one at 0.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 5;

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
    in_order(
        reports(input)?,
        |read| worked(read, &work),
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

/// The same where somebody else shows how far it is, by what `progress` is told of the reports that are done.
pub fn each_report_shown_by<T: Send>(
    progress: &Progress,
    input: &InputArgs,
    messages: &mut Messages,
    work: impl Fn(Report) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let reports = reports(input)?;
    progress.watch(reports.bytes_read());
    in_batches(
        reports,
        |read| worked(read, &work),
        |batch| {
            batch.into_iter().try_for_each(|result| match result {
                Ok(done) => take(done),
                Err(problem) => {
                    progress.suspend(|| messages.fail(problem));
                    Ok(())
                }
            })
        },
    )
}

fn reports(input: &InputArgs) -> Result<Reports> {
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
    Ok(read_reports(&input.paths, format))
}

fn worked<T>(read: Result<Report, IngestError>, work: impl Fn(Report) -> T) -> Result<T, String> {
    match read {
        Ok(report) => guarded(report, work),
        Err(problem) => Err(problem.to_string()),
    }
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
    let bar = Progress::new();
    in_batches(items, work, |done| {
        let n_items = done.len();
        bar.suspend(|| done.into_iter().try_for_each(|result| take(result, messages)))?;
        bar.done(n_items);
        Ok(())
    })?;
    bar.finish();
    Ok(())
}

/// Does `work` on a batch of items at a time, in parallel.
fn in_batches<I: Send, T: Send>(
    mut items: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
    mut take: impl FnMut(Vec<T>) -> Result<()>,
) -> Result<()> {
    let batch_size = rayon::current_num_threads() * REPORTS_PER_THREAD;
    loop {
        let batch: Vec<I> = items.by_ref().take(batch_size).collect();
        if batch.is_empty() {
            return Ok(());
        }
        take(batch.into_par_iter().map(&work).collect())?;
    }
}

/// Counts on standard error; shows only on a terminal. Where it is known how much there is to read, it shows the part
/// that is done and the time that is left.
pub struct Progress {
    bar: ProgressBar,
    n_done: AtomicUsize,
    read: OnceLock<BytesRead>,
}

impl Progress {
    /// Nothing done yet.
    pub fn new() -> Progress {
        let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::new_spinner().with_style(style).with_message("0 done");
        Progress { bar, n_done: AtomicUsize::new(0), read: OnceLock::new() }
    }

    /// Follows how much has been read.
    pub fn watch(&self, read: BytesRead) {
        if let Some(total) = read.total().filter(|&total| total > 0) {
            let style = ProgressStyle::with_template("{bar:24} {percent:>3} %, {msg}, {eta} left");
            self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.bar.set_length(total);
        }
        _ = self.read.set(read);
    }

    /// So many more are done.
    pub fn done(&self, n_items: usize) {
        let n_done = self.n_done.fetch_add(n_items, Ordering::Relaxed) + n_items;
        let rate = n_done as f64 / self.bar.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(format!("{} done, {rate:.0} a second", HumanCount(n_done as u64)));
        match self.read.get() {
            Some(read) => self.bar.set_position(read.so_far()),
            None => self.bar.tick(),
        }
    }

    /// Does something that may write to the terminal.
    pub fn suspend<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    /// Takes the line away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
