//! What can be wrong with a lexicon file, in words for whoever wrote it.

use crate::EventType;

/// What is wrong with a lexicon file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {kind}", .line.map_or(String::new(), |line| format!(":{line}")))]
pub struct LexiconError {
    /// Which file.
    pub file: String,
    /// Counted from 1; nothing where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: LexiconErrorKind,
}

/// What is wrong with a lexicon file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexiconErrorKind {
    /// Not TOML, or not the keys of a lexicon file.
    #[error("{0}")]
    Toml(String),
    /// A list that no file defines.
    #[error(
        "the word list `@{list}` is not defined\nhint: define it under `[lists]`, or take one of {known}"
    )]
    UnknownList {
        /// The list's name.
        list: String,
        /// The lists that there are.
        known: String,
    },
    /// A mode that the type does not have.
    #[error("`{mode}` is not a mode of {event} ({modes})", modes = modes_of(*.event))]
    WrongMode {
        /// The type.
        event: EventType,
        /// The mode as found.
        mode: String,
    },
    /// A type that PLOVER does not have.
    #[error("{0} ({types})", types = EventType::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", "))]
    UnknownType(dateline_text::UnknownLabel),
    /// A context that PLOVER does not have.
    #[error("{0}")]
    UnknownContext(dateline_text::UnknownLabel),
    /// Frames without a type.
    #[error(
        "the frames have no type; `event = \"PROTEST\"`, or another type, belongs above the first `[[frame]]`"
    )]
    NoType,
    /// A frame that nothing evokes.
    #[error("a frame without words; `verbs`, `nouns` or both say what evokes it")]
    NoWords,
    /// A trigger that is all signs.
    #[error("the trigger `{0}` has no word")]
    EmptyTrigger(String),
    /// A place where no actor or recipient can stand.
    #[error("`{0}` is no place of an actor or recipient (subj, obj, iobj, poss, mod or a preposition)")]
    UnknownRole(String),
    /// Words to ignore, with signs that only a trigger has.
    #[error("`{0}` has a sign of a trigger; words to ignore take neither `?` nor `>`")]
    IgnoredTrigger(String),
    /// An example whose sentence gives another event than it claims, or none.
    #[error(
        "the example \"{sentence}\" should give `{expected}` and gives {found}\nhint: mend the words of the frame, or the example"
    )]
    WrongExample {
        /// The sentence.
        sentence: String,
        /// What it claims.
        expected: String,
        /// What it gives.
        found: String,
    },
}

impl LexiconErrorKind {
    /// The words that are wrong, as the file writes them.
    pub(super) fn words(&self) -> Option<String> {
        match self {
            LexiconErrorKind::UnknownList { list, .. } => Some(format!("@{list}")),
            LexiconErrorKind::UnknownRole(words)
            | LexiconErrorKind::EmptyTrigger(words)
            | LexiconErrorKind::IgnoredTrigger(words) => Some(words.clone()),
            _ => None,
        }
    }
}

fn modes_of(event: EventType) -> String {
    match event.modes() {
        [] => "it has none".to_owned(),
        modes => modes.iter().map(|(mode, _)| mode.as_str()).collect::<Vec<_>>().join(", "),
    }
}
