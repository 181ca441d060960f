#![doc = include_str!("../README.md")]

mod lineage;
mod linked;
mod names;
mod origins;
mod words;

pub use linked::{
    About, Derivation, Discrepancy, DiscrepancyKind, Event, EventFields, EventIdx, EventPlace, EventSize,
    Evidence, Lineage, Linked, LinkedActor, LinkedActorIdx, LinkedReport, LinkedRole, LinkedStatement,
    LinkedStatementIdx, Origin, Passage, ReportIdx, Reported, Share, Status,
};
