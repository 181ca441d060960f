//! Actors and the words that stand for them.

use crate::{CountryCode, Sector};
use dateline_text::{ByteSpan, Idx, TokenIdx, TokenSpan, labels};

/// The number of an actor in its report.
pub type ActorIdx = Idx<Actor>;

/// Somebody or something that acts, as one report speaks of it.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The fullest form of its name in the report, or its description where it has no name.
    pub name: String,
    /// Every name form seen, in order of first mention.
    pub names: Vec<String>,
    /// What sort of actor.
    pub kind: ActorKind,
    /// PLOVER's country: the state it belongs to, or a code above states (UNO, IGO, …).
    pub country: Option<CountryCode>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// What the report says it is, with the words that say so.
    pub roles: Vec<Role>,
    /// The actors that it takes together: USA and KOR for "the two countries". Empty for any other actor.
    pub members: Vec<ActorIdx>,
}

labels! {
    /// What sort of actor.
    pub enum ActorKind as "kind of actor" {
        Person = "person",
        Organization = "organization",
        State = "state",
        Group = "group",
    }
}

/// An office or description that the text gives an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The words, for instance `South Korea's special representative for Korean Peninsula Peace`.
    pub span: ByteSpan,
    /// The state it serves, where the words say so.
    pub country: Option<CountryCode>,
    /// The sector of the role.
    pub sector: Option<Sector>,
    /// Whether the office is held now.
    pub tenure: Tenure,
}

labels! {
    /// Whether an office is held at the time of the report.
    pub enum Tenure as "tenure" {
        Current = "current",
        /// `former president`, `ex-minister`, `the ousted president`
        Former = "former",
        /// `president-elect`, `incoming president`, `nominee for foreign minister`
        Future = "future",
    }
}

/// Words that stand for an actor.
#[derive(Clone, Debug)]
pub struct ActorMention {
    /// Whom they stand for.
    pub actor: ActorIdx,
    /// The words: for a name the name itself without titles, for a description the noun phrase without
    /// what follows it.
    pub tokens: TokenSpan,
    /// The syntactic head of the words.
    pub head: TokenIdx,
    /// How they name it.
    pub form: MentionForm,
}

labels! {
    /// How words name an actor.
    pub enum MentionForm as "form of mention" {
        /// `Noh Kyu-duk`, `South Korea`, `the UN Security Council`
        Name = "name",
        /// `the US envoy`, `two civilians`
        Description = "description",
        /// `she`, `they`, `the former`
        Pronoun = "pronoun",
        /// `Seoul` or `the Kremlin` for a government
        Metonym = "metonym",
        /// `South Korean` in `South Korean officials`, `its` in `its envoy`
        Modifier = "modifier",
    }
}
