//! `dateline ingest`: adds reports to a record.
//!
//! One thread reads and codes batches of reports on all cores, another adds each batch to the record; so neither
//! waits for the other. A batch is in the record wholly or not at all, whatever stops the program.

use crate::args::IngestArgs;
use crate::batch::{Progress, each_report_shown_by, shape, use_threads_behind_another};
use crate::lexicon::OwnLexicon;
use crate::messages::Messages;
use anyhow::{Context, Result};
use dateline_plover::{Pipeline, Uncoded};
use dateline_record::{Added, Entry, Record, Run};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Reports that are added, or replaced, in one transaction.
pub const REPORTS_AT_ONCE: usize = 256;
/// Batches that may wait to be added: enough that coding never waits, few enough to hold in memory.
const BATCHES_WAITING: usize = 2;

/// Whether somebody has asked to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// What the coding thread hands on.
enum Step {
    Entry(Box<Entry>),
    /// A report that is in the record already was not even coded.
    Known,
}

/// Adds the reports to the record.
pub fn ingest(args: &IngestArgs, messages: &mut Messages) -> Result<()> {
    use_threads_behind_another(args.input.threads)?;
    let lexicon = OwnLexicon::read(&args.lexicon.lexicon)?;
    let mut record = Record::open(&args.record.record)?;
    let known = Record::read(&args.record.record)?;
    let run = begin_run(&mut record)?;
    // A second request ends the program at once; the record is whole all the same.
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })
    .context("the keyboard interrupt cannot be watched")?;

    let mut added = Added::default();
    let progress = Progress::new();
    let done = thread::scope(|threads| {
        let (sender, receiver) = sync_channel::<Vec<Step>>(BATCHES_WAITING);
        let (input, lexicon, progress) = (&args.input, &lexicon, &progress);
        let coding = threads.spawn(move || code_reports(input, lexicon, progress, known, &sender));
        let adding = receiver.iter().try_for_each(|batch| -> Result<()> {
            let n_reports = batch.len();
            let mut entries = Vec::with_capacity(n_reports);
            for step in batch {
                match step {
                    Step::Entry(entry) => entries.push(*entry),
                    Step::Known => added.known += 1,
                }
            }
            added += record.add(run, entries)?;
            progress.done(n_reports);
            Ok(())
        });
        drop(receiver);
        progress.finish();
        let coded = coding
            .join()
            .unwrap_or_else(|_| anyhow::bail!("the coding thread stopped by a fault in the program"));
        messages.take_over(coded?);
        adding
    });
    let closed = record.close();
    if STOP.load(Ordering::Relaxed) {
        messages.warn("stopped; what was added is kept, and the same command goes on from here");
    }
    done?;
    closed?;
    tell(&added, messages);
    Ok(())
}

/// Notes in the record that this version is going to add to it.
pub fn begin_run(record: &mut Record) -> Result<Run> {
    let started = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let software = concat!("dateline ", env!("CARGO_PKG_VERSION"));
    Ok(record.begin_run(software, &Pipeline::models(), Some(&started))?)
}

/// Reads and codes all reports and sends them on in batches, in input order. The answer remembers what failed.
fn code_reports(
    input: &crate::args::InputArgs,
    lexicon: &OwnLexicon,
    progress: &Progress,
    known: Record,
    sender: &SyncSender<Vec<Step>>,
) -> Result<Messages> {
    let pipeline = lexicon.pipeline()?;
    let shape = shape(input);
    let known = std::sync::Mutex::new(known);
    let mut batch = Vec::new();
    let mut problems = Messages::default();
    let send = |batch: &mut Vec<Step>| {
        // A closed channel: adding failed, and says why itself.
        sender.send(std::mem::take(batch)).is_ok()
    };
    let stopped = || STOP.load(Ordering::Relaxed);
    each_report_shown_by(
        progress,
        input,
        &mut problems,
        |report| {
            if stopped() {
                return Step::Known;
            }
            let is_known = known.lock().is_ok_and(|known| known.knows(&report).unwrap_or(false));
            if is_known {
                return Step::Known;
            }
            let given = report.clone();
            Step::Entry(Box::new(match pipeline.run(report, shape) {
                Ok(coded) => Entry::coded(&coded),
                Err(uncoded) => {
                    let (article, _) = dateline_clean::clean(&given, shape);
                    Entry::uncoded(&given, Some(&article), reason(&uncoded))
                }
            }))
        },
        |step| {
            batch.push(step);
            if batch.len() >= REPORTS_AT_ONCE && !send(&mut batch) || stopped() {
                anyhow::bail!(Stopped);
            }
            Ok(())
        },
    )
    .or_else(|error| if error.is::<Stopped>() { Ok(()) } else { Err(error) })?;
    if !stopped() {
        send(&mut batch);
    }
    Ok(problems)
}

/// Why nothing was coded, in a few words for the record.
pub fn reason(uncoded: &Uncoded) -> &'static str {
    match uncoded {
        Uncoded::NoArticle { .. } => "no article",
        Uncoded::Language { .. } => "other language",
    }
}

/// Reading was stopped from outside: no error.
#[derive(Debug)]
struct Stopped;

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

/// One line on what was done.
fn tell(added: &Added, messages: &mut Messages) {
    let plural = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    let mut parts = vec![format!("{} added", plural(added.reports, "report"))];
    if added.versions > 0 {
        parts.push(format!("{} of them new versions", added.versions));
    }
    if added.uncoded > 0 {
        parts.push(format!("{} kept without coding", added.uncoded));
    }
    if added.known > 0 {
        parts.push(format!("{} there already", added.known));
    }
    parts.push(format!("{} in {}", plural(added.events, "new event"), plural(added.mentions, "telling")));
    messages.tell(parts.join(", "));
}
