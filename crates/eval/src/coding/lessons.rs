//! The marked texts of the corpus as lessons for the event model.

use super::{CodedText, code_corpus};
use crate::EvalError;
use crate::corpus::{MarkLabel, MarkedText};
use dateline_plover::{Coder, EventPlan, Lesson, LessonEvent, train_events};
use std::path::PathBuf;

/// Trains the event model on files or folders of the corpus; `say` is told what happens.
pub fn train(paths: &[PathBuf], say: &mut dyn FnMut(&str)) -> Result<Vec<u8>, EvalError> {
    Ok(train_on(&code_corpus(paths)?, EventPlan::default(), say))
}

/// Trains it on texts that are analysed already.
pub fn train_on(texts: &[CodedText], plan: EventPlan, say: &mut dyn FnMut(&str)) -> Vec<u8> {
    let events: Vec<Vec<LessonEvent>> = texts.iter().map(|text| events_of(&text.marked)).collect();
    let lessons: Vec<Lesson> = texts
        .iter()
        .zip(&events)
        .filter_map(|(text, events)| {
            let coded = text.coded.as_ref()?;
            Some(Lesson {
                document: &coded.document,
                resolution: &coded.resolution,
                statements: &coded.statements,
                events,
            })
        })
        .collect();
    let provenance = format!("{} marked texts of the dateline corpus (CC0)", lessons.len());
    train_events(Coder::embedded(), &lessons, plan, &provenance, say)
}

fn events_of(text: &MarkedText) -> Vec<LessonEvent> {
    let event = |number: usize| {
        let trigger = text.spans(MarkLabel::Trigger, number).next()?;
        Some(LessonEvent {
            event: text.events[number].event,
            trigger,
            actors: text.spans(MarkLabel::Actor, number).collect(),
            recipients: text.spans(MarkLabel::Recipient, number).collect(),
        })
    };
    (0..text.events.len()).filter_map(event).collect()
}
