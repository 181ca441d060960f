#![doc = include_str!("../README.md")]

mod actors;
mod coreference;
mod discrepancies;
mod events;
mod groups;
mod independence;
mod lineage;
mod link;
mod linked;
mod matching;
mod names;
mod origins;
mod statements;
mod synonyms;
mod tellings;
mod words;

pub use coreference::{MarkedDocument, MentionCluster, find_mentions, link_mentions};
pub use link::link;
pub use linked::{
    About, Derivation, Discrepancy, DiscrepancyKind, Event, EventFields, EventIdx, EventPlace, EventSize,
    Evidence, Lineage, Linked, LinkedActor, LinkedActorIdx, LinkedReport, LinkedRole, LinkedStatement,
    LinkedStatementIdx, Origin, Passage, ReportIdx, Reported, Share, Status,
};
