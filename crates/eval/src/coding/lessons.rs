//! The marked texts of the corpus as lessons for the event model.

use super::{CodedText, code_corpus, recode};
use crate::EvalError;
use crate::corpus::{MarkLabel, MarkedText};
use dateline_plover::{Calibration, Coder, EventPlan, Lesson, LessonEvent, recalibrated, train_events};
use std::path::PathBuf;

/// Trains the event model on files or folders of the corpus, and calibrates it on others; `say` is told what happens.
pub fn train(learn: &[PathBuf], tune: &[PathBuf], say: &mut dyn FnMut(&str)) -> Result<Vec<u8>, EvalError> {
    let mut tune = code_corpus(tune)?;
    let model = train_on(&code_corpus(learn)?, &tune, EventPlan::default(), say);
    calibrate(&model, &mut tune)
}

/// Fits the confidences of a model to how often it is right on some texts.
pub fn calibrate(model: &[u8], texts: &mut [CodedText]) -> Result<Vec<u8>, EvalError> {
    let failed = |error: &dyn std::fmt::Display| EvalError::Stage(error.to_string());
    let plain = recalibrated(model, Calibration::default()).map_err(|error| failed(&error))?;
    recode(texts, &Coder::with_model(&plain).map_err(|error| failed(&error))?);
    let mut fields: [Vec<(f32, bool)>; 6] = Default::default();
    for text in texts.iter() {
        for (number, event) in text.coded.iter().flat_map(|coded| coded.events.as_slice()).enumerate() {
            let pair = text.comparison.pairs.iter().find(|pair| pair.found == number);
            fields[0].push((event.confidence.value(), pair.is_some_and(|pair| pair.whole)));
            fields[1].push((event.field_confidence.event.value(), pair.is_some()));
            // Of an event that is none, no field can be right.
            let Some(pair) = pair else { continue };
            let sure = event.field_confidence;
            fields[2].push((sure.actor.value(), pair.actor));
            fields[3].push((sure.recipient.value(), pair.recipient));
            fields[4].push((sure.date.value(), pair.date));
            fields[5].push((sure.place.value(), pair.place));
        }
    }
    recalibrated(model, Calibration::fit(&fields)).map_err(|error| failed(&error))
}

/// Trains it on texts that are analysed already.
pub fn train_on(
    learn: &[CodedText],
    tune: &[CodedText],
    plan: EventPlan,
    say: &mut dyn FnMut(&str),
) -> Vec<u8> {
    let (events, tune_events) = (all_events(learn), all_events(tune));
    let lessons = lessons_of(learn, &events);
    let provenance = format!("{} marked texts of the dateline corpus (CC0)", lessons.len());
    train_events(Coder::embedded(), &lessons, &lessons_of(tune, &tune_events), plan, &provenance, say)
}

fn all_events(texts: &[CodedText]) -> Vec<Vec<LessonEvent>> {
    texts.iter().map(|text| events_of(&text.marked)).collect()
}

fn lessons_of<'t>(texts: &'t [CodedText], events: &'t [Vec<LessonEvent>]) -> Vec<Lesson<'t>> {
    texts
        .iter()
        .zip(events)
        .filter_map(|(text, events)| {
            let coded = text.coded.as_ref()?;
            Some(Lesson {
                document: &coded.document,
                resolution: &coded.resolution,
                statements: &coded.statements,
                events,
            })
        })
        .collect()
}

fn events_of(text: &MarkedText) -> Vec<LessonEvent> {
    let event = |number: usize| {
        let trigger = text.spans(MarkLabel::Trigger, number).next()?;
        Some(LessonEvent {
            event: text.events[number].event,
            mode: text.events[number].mode,
            contexts: text.events[number].contexts.clone(),
            trigger,
            actors: text.spans(MarkLabel::Actor, number).collect(),
            recipients: text.spans(MarkLabel::Recipient, number).collect(),
            objects: text.spans(MarkLabel::Object, number).collect(),
            times: text.spans(MarkLabel::Time, number).collect(),
            places: text.spans(MarkLabel::Place, number).collect(),
        })
    };
    (0..text.events.len()).filter_map(event).collect()
}
