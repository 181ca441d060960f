//! What programs ask of a record: the API and its description, feeds, the calendar, the protocol of assistants.

mod api;
mod feeds;
mod mcp;
mod support;
