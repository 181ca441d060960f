//! The tasks, and the one function that measures each of them.

use crate::intervals::intervals;
use crate::records::{Record, read_jsonl, read_predictions};
use crate::{
    EvalError, Figures, attribution, cleaning, coding, coreference, entities, event, language, places, times,
};
use dateline_text::labels;
use std::path::{Path, PathBuf};

labels! {
    /// What is measured.
    pub enum Task as "task of eval" {
        /// Sentences, tokens, tags, lemmas and trees, from CoNLL-U.
        Language = "language",
        /// Names of persons, organizations and locations, from IOB2.
        Entities = "entities",
        /// Events from text to parties, on our own corpus.
        Coding = "coding",
        /// The event between a given actor and recipient.
        Event = "event",
        /// Source, cue and content of statements.
        Attribution = "attribution",
        /// The article in a page.
        Cleaning = "cleaning",
        /// Names of places and where they are.
        Places = "places",
        /// Which mentions tell the same event, across reports.
        Coreference = "coreference",
        /// Time expressions and their values.
        Times = "times",
    }
}

/// Every task, in the order in which a report passes the stages.
pub const TASKS: &[Task] = Task::ALL;

/// How a task is measured.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Predictions to measure, in the form of the gold file; without them the stages predict.
    pub predicted: Option<PathBuf>,
    /// From less than the gold data give: language and entities from the text without tokens and sentences,
    /// cleaning from the HTML page instead of its flattened text, coreference without the mentions.
    pub raw: bool,
    /// Whether each figure gets the middle 95 % of 1,000 draws of the items: documents, records, stories.
    pub intervals: bool,
}

/// Measures one task on a gold file.
pub fn run(task: Task, gold: &Path, options: &Options) -> Result<Figures, EvalError> {
    match task {
        Task::Language => language::run(gold, options),
        Task::Entities => entities::run(gold, options),
        Task::Coding => coding::run(gold, options),
        Task::Event => event::run(gold, options),
        Task::Attribution => attribution::run(gold, options),
        Task::Cleaning => cleaning::run(gold, options),
        Task::Places => places::run(gold, options),
        Task::Coreference => coreference::run(gold, options),
        Task::Times => times::run(gold, options),
    }
}

/// Reads the gold records, takes or makes their predictions, and scores them.
pub(crate) fn measure<G, P>(
    path: &Path,
    options: &Options,
    predict: impl FnOnce(&[G]) -> Result<Vec<P>, EvalError>,
    score: impl Fn(&[G], &[P]) -> Figures + Sync,
) -> Result<Figures, EvalError>
where
    G: Record + Clone + Sync,
    P: Record + Default + Clone + Sync,
{
    let gold: Vec<G> = read_jsonl(path)?;
    let (predicted, note) = predictions(&gold, options, || predict(&gold))?;
    let mut figures = score(&gold, &predicted);
    if options.intervals {
        let of_items = |items: &[usize]| {
            let gold: Vec<G> = items.iter().map(|&item| gold[item].clone()).collect();
            let predicted: Vec<P> = items.iter().map(|&item| predicted[item].clone()).collect();
            score(&gold, &predicted).reals()
        };
        figures.add("interval", intervals(gold.len(), of_items));
    }
    note.into_iter().for_each(|note| figures.note(note));
    Ok(figures)
}

/// Predictions in the order of the gold records: those of the file that the options name, or new ones.
/// Also says how many gold records have none.
pub(crate) fn predictions<G, P>(
    gold: &[G],
    options: &Options,
    predict: impl FnOnce() -> Result<Vec<P>, EvalError>,
) -> Result<(Vec<P>, Option<String>), EvalError>
where
    G: Record,
    P: Record + Default,
{
    if let Some(path) = &options.predicted {
        let (predicted, missing) = read_predictions(gold, path)?;
        let note = (missing > 0).then(|| format!("{missing} of {} records have no prediction", gold.len()));
        return Ok((predicted, note));
    }
    Ok((predict()?, None))
}
