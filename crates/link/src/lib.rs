#![doc = include_str!("../README.md")]

mod link;

mod digest;
mod join;
mod keys;

mod actors;
mod events;
mod matching;
mod portrait;
mod scene;
mod statements;
mod tellings;

mod independence;
mod lineage;
mod origins;
mod outlets;
mod rewording;

mod coreference;
mod corrections;
mod discrepancies;

mod groups;
mod linked;
mod names;
mod synonyms;
mod words;

pub use actors::one_line;
pub use coreference::{MarkedDocument, MentionCluster, find_mentions, link_mentions};
pub use corrections::{Issue, mark_corrections, notes_of, numbers_in};
pub use digest::Digest;
pub use discrepancies::{Wording, actor_discrepancy, event_discrepancies, statement_discrepancies};
pub use events::describe_event;
pub use independence::{Ancestry, Source, ToldIn, count_sources, is_copy};
pub use join::{Joined, Past, PastReport, join};
pub use keys::wording_keys;
pub use lineage::{SharedPassage, SharedWording};
pub use link::{link, order_of_publication};
pub use linked::{
    About, Corrected, Correcting, Derivation, Discrepancy, DiscrepancyKind, Event, EventFields, EventIdx,
    EventSize, Evidence, Lineage, Linked, LinkedActor, LinkedActorIdx, LinkedReport, LinkedRole,
    LinkedStatement, LinkedStatementIdx, Origin, Passage, ReportIdx, Reported, Share, Status,
};
pub use matching::MAX_COMPARED;
pub use origins::AgencyCredit;
pub use portrait::{Portrait, PortraitRole};
pub use statements::{Saying, content_words_in, describe_statement};
pub use tellings::{Party, Telling};
pub use words::{Word, words_of};
