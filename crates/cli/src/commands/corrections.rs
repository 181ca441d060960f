//! `dateline corrections`: what people have corrected in a record, as rows or as cases to learn from.

use crate::args::{CorrectionsArgs, CorrectionsFormat};
use crate::batch::guarded;
use crate::commands::ask::write;
use crate::messages::Messages;
use crate::output::Output;
use anyhow::Result;
use dateline_clean::Shape;
use dateline_eval::corpus::{
    ExpectedDate, ExpectedEvent, Mark, MarkLabel, MarkedText, write_marked_sentences,
};
use dateline_link::Status;
use dateline_plover::{AuxiliaryMode, CodedReport, Pipeline};
use dateline_record::{Case, CaseEvent, Filters, Record};
use dateline_resolve::DayRange;
use dateline_text::ByteSpan;

/// Lists the journal, or writes its cases.
pub fn corrections(args: &CorrectionsArgs, messages: &mut Messages) -> Result<()> {
    let mut record = Record::read(&args.record.record)?;
    if args.format == CorrectionsFormat::Cases {
        return cases(args, record, messages);
    }
    let page = args.page();
    let filters = page.of(Filters::default());
    write(&page, &filters, messages, record.corrections(&filters)?)
}

fn cases(args: &CorrectionsArgs, mut record: Record, messages: &mut Messages) -> Result<()> {
    let found = record.cases()?;
    let pipeline = Pipeline::embedded()?;
    let mut texts: Vec<MarkedText> = Vec::new();
    for cases in found.cases.chunk_by(|a, b| a.report == b.report) {
        let report = record.stored_report(cases[0].report)?;
        // The record does not keep the words that give a day, so they are looked for anew.
        let coded = guarded(report, |report| pipeline.run(report, Shape::Page).ok()).ok().flatten();
        texts.extend(cases.iter().map(|case| marked(case, coded.as_ref())));
    }
    // Copies have the same sentence: once is enough, and the corpus takes no sentence twice.
    let mut seen = std::collections::BTreeSet::new();
    let n_before = texts.len();
    texts.retain(|text| seen.insert(text.text.clone()));
    let n_copies = n_before - texts.len();
    let (file, n_unwritable) = write_marked_sentences(&texts);
    let mut output = Output::open(args.output.output.as_deref())?;
    output.text(&file)?;
    output.finish()?;
    messages.tell(format!("{} judged sentences written as cases", texts.len() - n_unwritable));
    let others = [
        ("its marks cross, or the format takes it for something else", n_unwritable),
        ("it is written already", n_copies),
    ];
    for (why, n) in found.left.into_iter().chain(others).filter(|(_, n)| *n > 0) {
        messages.tell(format!("{n} left out: {why}"));
    }
    Ok(())
}

/// A case in the format of the corpus.
fn marked(case: &Case, coded: Option<&CodedReport>) -> MarkedText {
    let at =
        |span: ByteSpan| ByteSpan { start: span.start - case.span.start, end: span.end - case.span.start };
    // One line: a break is a space there.
    let text = case.text.replace(['\n', '\r', '\t'], " ");
    let mut marks = Vec::new();
    let mut events = Vec::new();
    for (number, event) in case.events.iter().enumerate() {
        let mut mark = |label, span| marks.push(Mark { label, event: number, span: at(span) });
        mark(MarkLabel::Trigger, event.trigger);
        event.actors.iter().for_each(|&span| mark(MarkLabel::Actor, span));
        event.recipients.iter().for_each(|&span| mark(MarkLabel::Recipient, span));
        event.place.into_iter().for_each(|span| mark(MarkLabel::Place, span));
        let time = event.days.and_then(|days| words_of_days(case, days, coded?));
        time.into_iter().for_each(|span| mark(MarkLabel::Time, span));
        events.push(expected(event, time.is_some()));
    }
    marks.sort_by_key(|mark| (mark.event, mark.label as u8, mark.span.start, mark.span.end));
    marks.dedup();
    MarkedText { published: Some(case.published), text, marks, events, ..MarkedText::default() }
}

/// The words of the sentence that give these days; another sentence may give them.
fn words_of_days(case: &Case, days: DayRange, coded: &CodedReport) -> Option<ByteSpan> {
    let times = coded.resolution.times.iter().map(|(_, time)| time);
    let mut fitting = times.filter(|time| time.days == Some(days)).map(|time| time.span);
    fitting.find(|span| case.span.start <= span.start && span.end <= case.span.end)
}

fn expected(event: &CaseEvent, tells_day: bool) -> ExpectedEvent {
    let aux = match event.status {
        Status::Reported => None,
        Status::Planned => Some(AuxiliaryMode::Future),
        Status::Denied => Some(AuxiliaryMode::Negation),
        Status::Hypothetical => Some(AuxiliaryMode::Hypothetical),
        Status::Historical => Some(AuxiliaryMode::Historical),
    };
    let date = event.days.filter(|_| tells_day);
    ExpectedEvent {
        event: event.event,
        mode: event.mode,
        aux: aux.into_iter().collect(),
        contexts: event.contexts.clone(),
        date: Some(date.map_or(ExpectedDate::Unknown, |days| ExpectedDate::Days(days.from, days.to))),
        sizes: event.sizes.clone(),
    }
}
