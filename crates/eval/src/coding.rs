//! Events end to end, on the marked sentences and reports of our own corpus.
//!
//! A text goes the whole way from words to events. A gold and a found event of one sentence may go together when their
//! types are the same and, for `whole`, when they also have the same parties: every marked actor shares a word with a
//! found one and the other way round, and so for recipients; no mark wants no words found. Pairs are one to one, as
//! many as can be. `date` and `place` are the shares of the whole events whose days and whose place are right, an
//! unknown one being right where the text tells none; modes, auxiliary modes and contexts are measured on the events
//! of the right type. Intervals are the middle 95 % of 1,000 samples of the texts, drawn with a fixed seed.

mod compare;
mod errors;
mod lessons;

pub use compare::{Comparison, Pair};
pub use errors::{ErrorKind, errors_of};
pub use lessons::{calibrate, train, train_on};

use crate::corpus::{MarkedText, read_corpus};
use crate::intervals::intervals;
use crate::measures::{Matching, ratio};
use crate::stages::pipeline;
use crate::{EvalError, Figure, Figures, Options, Task};
use compare::compare;
use dateline_clean::Shape;
use dateline_ingest::Report;
use dateline_plover::{CodedReport, Coder, EventType, Pipeline};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// A text of the corpus beside what was found in it.
pub struct CodedText {
    /// The text as marked.
    pub marked: MarkedText,
    /// What the stages make of it; none where they take it for no English article.
    pub coded: Option<CodedReport>,
    /// Which events of the two are the same.
    pub comparison: Comparison,
}

pub(crate) fn run(path: &Path, options: &Options) -> Result<Figures, EvalError> {
    if options.predicted.is_some() {
        return Err(EvalError::OnlyFromFile("events of the corpus are found, and not read from a file"));
    }
    Ok(score(&code_corpus(&[path.to_owned()])?))
}

/// Codes the texts of some files or folders of the corpus.
pub fn code_corpus(paths: &[std::path::PathBuf]) -> Result<Vec<CodedText>, EvalError> {
    let pipeline = pipeline()?;
    let texts = read_corpus(paths)?;
    Ok(texts.into_par_iter().map(|marked| code(&pipeline, marked)).collect())
}

/// Codes texts anew that are analysed already.
pub fn recode(texts: &mut [CodedText], coder: &Coder) {
    texts.par_iter_mut().for_each(|text| {
        let published = text.marked.published;
        if let Some(coded) = &mut text.coded {
            coded.events = coder.code(&coded.document, &coded.resolution, &coded.statements, published);
        }
        text.comparison = compare(&text.marked, text.coded.as_ref());
    });
}

/// The figures of coded texts.
pub fn measure(texts: &[CodedText]) -> Figures {
    score(texts)
}

fn code(pipeline: &Pipeline, marked: MarkedText) -> CodedText {
    let mut report = Report::from_text("corpus", &marked.text);
    report.published = marked.published.and_then(|day| day.to_string().parse().ok());
    report.outlet.clone_from(&marked.outlet);
    let coded = pipeline.run(report, Shape::ArticleOnly).ok();
    let comparison = compare(&marked, coded.as_ref());
    CodedText { marked, coded, comparison }
}

/// The counts behind the figures, for one text or many.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    whole: Matching,
    typed: Matching,
    triggers: Matching,
    /// Right ones, and all.
    dates: [usize; 2],
    places: [usize; 2],
    modes: [usize; 2],
    aux: [usize; 2],
    contexts: Matching,
    sizes: Matching,
}

impl Counts {
    fn of(text: &CodedText) -> Counts {
        let mut counts = Counts::default();
        let comparison = &text.comparison;
        let (gold, found) = (text.marked.events.len(), comparison.n_found);
        counts.whole = Matching::new(comparison.pairs.iter().filter(|pair| pair.whole).count(), found, gold);
        counts.typed = Matching::new(comparison.pairs.len(), found, gold);
        counts.triggers = Matching::new(comparison.n_triggers, found, gold);
        for pair in &comparison.pairs {
            let count = |counts: &mut [usize; 2], right: bool| {
                counts[0] += usize::from(right);
                counts[1] += 1;
            };
            if pair.whole {
                count(&mut counts.dates, pair.date);
                count(&mut counts.places, pair.place);
            }
            count(&mut counts.modes, pair.mode);
            count(&mut counts.aux, pair.aux);
            let [matched, found, gold] = pair.contexts;
            counts.contexts.add(matched, found, gold);
            let [matched, found, gold] = pair.sizes;
            counts.sizes.add(matched, found, gold);
        }
        counts
    }

    fn add(&mut self, other: &Counts) {
        for (sum, one) in [
            (&mut self.whole, other.whole),
            (&mut self.typed, other.typed),
            (&mut self.triggers, other.triggers),
            (&mut self.contexts, other.contexts),
            (&mut self.sizes, other.sizes),
        ] {
            sum.add(one.matched, one.predicted, one.gold);
        }
        for (sum, one) in [
            (&mut self.dates, other.dates),
            (&mut self.places, other.places),
            (&mut self.modes, other.modes),
            (&mut self.aux, other.aux),
        ] {
            sum[0] += one[0];
            sum[1] += one[1];
        }
    }

    fn figures(&self) -> Vec<(&'static str, f64)> {
        let share = |[right, all]: [usize; 2]| ratio(right as f64, all as f64);
        vec![
            ("whole_f1", self.whole.f1()),
            ("type_f1", self.typed.f1()),
            ("trigger_f1", self.triggers.f1()),
            ("date", share(self.dates)),
            ("place", share(self.places)),
            ("mode", share(self.modes)),
            ("aux", share(self.aux)),
            ("context_f1", self.contexts.f1()),
            ("size_f1", self.sizes.f1()),
        ]
    }
}

fn score(texts: &[CodedText]) -> Figures {
    let each: Vec<Counts> = texts.iter().map(Counts::of).collect();
    let mut total = Counts::default();
    each.iter().for_each(|one| total.add(one));
    let mut figures = Figures::new(Task::Coding);
    let refused = texts.iter().filter(|text| text.coded.is_none()).count();
    if refused > 0 {
        figures.note(format!("{refused} of {} texts were taken for no English article", texts.len()));
    }
    for (name, value) in total.figures() {
        figures.add(name, Figure::Real(value));
    }
    total.whole.add_to(&mut figures, "whole_events");
    figures.add("texts", Figure::Count(texts.len())).add("events", Figure::Count(total.whole.gold));
    let of_texts = |items: &[usize]| {
        let mut sum = Counts::default();
        items.iter().for_each(|&item| sum.add(&each[item]));
        sum.figures().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    figures.add("interval", intervals(each.len(), of_texts));
    figures.add("per_type_whole_f1", Figure::Group(per_type(texts, true)));
    figures.add("per_type_f1", Figure::Group(per_type(texts, false)));
    figures.add("per_mode_recall", Figure::Group(per_mode(texts)));
    figures.add("reliability", Figure::Group(reliability(texts)));
    figures
}

fn per_type(texts: &[CodedText], whole: bool) -> Vec<(String, Figure)> {
    let of = |event: EventType| {
        let mut matching = Matching::default();
        for text in texts {
            let found = text.coded.iter().flat_map(|coded| coded.events.as_slice());
            matching.predicted += found.filter(|found| found.event == event).count();
            matching.gold += text.marked.events.iter().filter(|gold| gold.event == event).count();
            let pairs = text.comparison.pairs.iter().filter(|pair| pair.whole || !whole);
            matching.matched += pairs.filter(|pair| text.marked.events[pair.gold].event == event).count();
        }
        Figure::Real(matching.f1())
    };
    EventType::ALL.iter().map(|&event| (event.to_string(), of(event))).collect()
}

/// For each mode the share of the marked events that are found with type and mode.
fn per_mode(texts: &[CodedText]) -> Vec<(String, Figure)> {
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for text in texts {
        for (number, gold) in text.marked.events.iter().enumerate() {
            let Some(mode) = gold.mode else { continue };
            let counts = counts.entry(format!("{}/{mode}", gold.event)).or_default();
            let right = text.comparison.pairs.iter().any(|pair| pair.gold == number && pair.mode);
            counts[0] += usize::from(right);
            counts[1] += 1;
        }
    }
    counts
        .into_iter()
        .map(|(name, [right, all])| (name, Figure::Real(ratio(right as f64, all as f64))))
        .collect()
}

/// How often events of a confidence are whole: the mean confidence, the share, and the number, by tenths.
fn reliability(texts: &[CodedText]) -> Vec<(String, Figure)> {
    let mut bins = [(0.0f64, 0usize, 0usize); 10];
    for text in texts {
        for (number, found) in text.coded.iter().flat_map(|coded| coded.events.as_slice()).enumerate() {
            let confidence = f64::from(found.confidence.value());
            let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
            bin.0 += confidence;
            bin.1 += usize::from(text.comparison.pairs.iter().any(|pair| pair.found == number && pair.whole));
            bin.2 += 1;
        }
    }
    let mut rows = Vec::new();
    for (number, (sum, right, all)) in bins.into_iter().enumerate().filter(|(_, bin)| bin.2 > 0) {
        let name = format!("0.{number}");
        rows.push((format!("{name}_confidence"), Figure::Real(sum / all as f64)));
        rows.push((format!("{name}_right"), Figure::Real(ratio(right as f64, all as f64))));
        rows.push((format!("{name}_events"), Figure::Count(all)));
    }
    rows
}
