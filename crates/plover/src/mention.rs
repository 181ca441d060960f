//! One telling of an event in one report.

use crate::{AuxiliaryMode, Context, EventType, Mode};
use dateline_attribute::StatementIdx;
use dateline_resolve::{ActorIdx, DayRange, PlaceIdx, TimeIdx};
use dateline_text::{Idx, SentenceIdx, TokenIdx, TokenSpan};

/// The number of an event mention in its report.
pub type EventMentionIdx = Idx<EventMention>;

/// One telling of an event: who did what to whom, when and where, and the words that say so.
#[derive(Clone, Debug)]
pub struct EventMention {
    /// What.
    pub event: EventType,
    /// How; always modes of `event`.
    pub modes: Vec<Mode>,
    /// About what, in the codebook's order.
    pub contexts: Vec<Context>,
    /// Whether and when it happened.
    pub aux: AuxiliaryModes,
    /// Who, each once.
    pub actors: Vec<ActorIdx>,
    /// To whom, each once.
    pub recipients: Vec<ActorIdx>,
    /// The words that name the actors.
    pub actor_tokens: Vec<TokenSpan>,
    /// The words that name the recipients.
    pub recipient_tokens: Vec<TokenSpan>,
    /// The words for what is acted on and is no party: a bridge, an accord, a decision.
    pub object_tokens: Vec<TokenSpan>,
    /// The words that evoke it (`held talks`).
    pub trigger: TokenSpan,
    /// The head word of the trigger (`talks`).
    pub trigger_head: TokenIdx,
    /// The sentence that tells it.
    pub sentence: SentenceIdx,
    /// When it happened.
    pub date: EventDate,
    /// Where it happened.
    pub place: Option<PlaceIdx>,
    /// The statement that tells it, where somebody else than the report does.
    pub statement: Option<StatementIdx>,
    /// The statement that makes it, where it is itself done in words: the threat that a speaker utters.
    pub states: Option<StatementIdx>,
    /// The dead, the injured, the arrested.
    pub sizes: Vec<Size>,
    /// How likely type, actor and recipient are right.
    pub confidence: Confidence,
    /// How likely each field is right by itself.
    pub field_confidence: FieldConfidence,
}

/// How likely the fields of an event are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldConfidence {
    /// Its type.
    pub event: Confidence,
    /// All of its actors.
    pub actor: Confidence,
    /// All of its recipients.
    pub recipient: Confidence,
    /// Its days, or that none are told.
    pub date: Confidence,
    /// Its place, or that none is told.
    pub place: Confidence,
}

impl FieldConfidence {
    /// The same for every field.
    pub fn even(confidence: Confidence) -> FieldConfidence {
        FieldConfidence {
            event: confidence,
            actor: confidence,
            recipient: confidence,
            date: confidence,
            place: confidence,
        }
    }
}

/// The marks of PLOVER that say whether an event happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuxiliaryModes {
    /// Long past, told as background.
    pub historical: bool,
    /// Still to come.
    pub future: bool,
    /// Under a condition, or only possible.
    pub hypothetical: bool,
    /// Said not to have happened.
    pub negation: bool,
}

impl AuxiliaryModes {
    /// Whether the event counts as having happened.
    pub fn is_factual(self) -> bool {
        !(self.future || self.hypothetical || self.negation)
    }

    /// The marks that are set, in the codebook's order.
    pub fn iter(self) -> impl Iterator<Item = AuxiliaryMode> {
        [
            (self.historical, AuxiliaryMode::Historical),
            (self.future, AuxiliaryMode::Future),
            (self.hypothetical, AuxiliaryMode::Hypothetical),
            (self.negation, AuxiliaryMode::Negation),
        ]
        .into_iter()
        .filter_map(|(set, mode)| set.then_some(mode))
    }
}

/// When an event happened, as far as the report tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventDate {
    /// The calendar days, where they are known.
    pub days: Option<DayRange>,
    /// The expression that tells them.
    pub time: Option<TimeIdx>,
}

/// How many were hurt or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// What is counted.
    pub kind: SizeKind,
    /// The number, at least where the words say "at least".
    pub count: u32,
    /// The words that say so.
    pub tokens: TokenSpan,
}

dateline_text::labels! {
    /// What a size counts.
    pub enum SizeKind as "kind of size" {
        Dead = "dead",
        Injured = "injured",
        Arrested = "arrested",
        /// Taken against their will.
        Abducted = "abducted",
        /// Missiles, drones, shells.
        Weapons = "weapons",
        /// People in a crowd.
        Crowd = "crowd",
    }
}

/// A probability, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence(f32);

impl Confidence {
    /// The probability, held to 0 to 1.
    pub fn new(probability: f32) -> Confidence {
        Confidence(if probability.is_nan() { 0.0 } else { probability.clamp(0.0, 1.0) })
    }

    /// The probability.
    pub fn value(self) -> f32 {
        self.0
    }
}
