#![doc = include_str!("../README.md")]

mod actors;
mod coreference;
mod digest;
mod discrepancies;
mod events;
mod groups;
mod independence;
mod join;
mod lineage;
mod link;
mod linked;
mod matching;
mod names;
mod origins;
mod portrait;
mod statements;
mod synonyms;
mod tellings;
mod words;

pub use coreference::{MarkedDocument, MentionCluster, find_mentions, link_mentions};
pub use digest::Digest;
pub use join::{Joined, Past, PastReport, actor_number, join};
pub use link::link;
pub use linked::{
    About, Derivation, Discrepancy, DiscrepancyKind, Event, EventFields, EventIdx, EventSize, Evidence,
    Lineage, Linked, LinkedActor, LinkedActorIdx, LinkedReport, LinkedRole, LinkedStatement,
    LinkedStatementIdx, Origin, Passage, ReportIdx, Reported, Share, Status,
};
