//! Mentions before anyone has said whom they stand for.

use super::lexicon::{Gender, WordKind};
use super::person::PersonName;
use crate::{Affiliation, CountryCode, MentionForm, Sector, Tenure};
use dateline_text::{ByteSpan, SentenceIdx, TokenIdx, TokenSpan};

/// Words that stand for somebody, with all that they say by themselves.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The words that a mention keeps.
    pub tokens: TokenSpan,
    /// The syntactic head of the whole phrase; may stand in the title before a name.
    pub head: TokenIdx,
    pub form: MentionForm,
    pub what: What,
    pub sentence: SentenceIdx,
    pub chunk: usize,
    /// Whether it is the subject of a clause, and of the sentence's main one.
    pub subject: Subject,
    pub is_plural: bool,
    pub determiner: Determiner,
    pub gender: Option<Gender>,
    pub roles: Vec<RoleDraft>,
    /// Where its country may come from, the surest first.
    pub belongs: Vec<Belongs>,
    pub sector: Option<Sector>,
    /// What a user's own file says of it.
    pub given: Option<Affiliation>,
    /// The draft whose actor this one shares: an apposition, or the subject of "is".
    pub same_as: Option<usize>,
    /// What it is called where its own words do not say it: "Indian troops" for the first word of "Indian and
    /// Pakistani troops".
    pub label: Option<String>,
    /// The drafts that it takes together: "the two officials, A and B".
    pub members: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    State(CountryCode),
    Person(PersonName),
    /// An organisation's name, folded.
    Organization(String),
    /// A phrase of the lexicon.
    Description {
        phrase: String,
        kind: WordKind,
    },
    Pronoun(Pronoun),
    /// "the two countries", "both sides", "the allies".
    Pair(Pair),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// he, she
    Person(Gender),
    /// they
    Many,
    /// it
    It,
    /// the former
    Former,
    /// the latter
    Latter,
}

/// What a pair is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pair {
    States,
    Persons,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    No,
    Clause,
    Main,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// the, this, a possessor
    Definite,
    /// a, some, other
    Indefinite,
    /// two, dozens
    Number,
    None,
}

/// Where a country may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Belongs {
    Code(CountryCode),
    /// The country of the actor whom this token stands for.
    Token(TokenIdx),
}

/// An office or description, before the country is known.
#[derive(Clone, Debug)]
pub(crate) struct RoleDraft {
    pub span: ByteSpan,
    pub phrase: String,
    pub belongs: Vec<Belongs>,
    pub sector: Option<Sector>,
    /// Whether the sector is only a fallback: the owner's own sector says more.
    pub is_fallback: bool,
    pub tenure: Tenure,
}
