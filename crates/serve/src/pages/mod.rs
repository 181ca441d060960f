//! One file a page: a function from the record and what is asked for to a [`Page`](crate::layout::Page).

pub(crate) mod event;
pub(crate) mod events;
pub(crate) mod queue;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod situation;
