//! One file a page: a function from the record and what is asked for to a [`Page`](crate::layout::Page).

pub(crate) mod actor;
pub(crate) mod actors;
pub(crate) mod brief;
pub(crate) mod coverage;
pub(crate) mod discrepancies;
pub(crate) mod dyad;
pub(crate) mod event;
pub(crate) mod events;
pub(crate) mod lineage;
pub(crate) mod method;
pub(crate) mod queue;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod situation;
pub(crate) mod statement;
pub(crate) mod statements;
pub(crate) mod tension;
pub(crate) mod timeline;
