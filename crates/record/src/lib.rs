#![doc = include_str!("../README.md")]

mod record;
mod schema;

mod add;
mod entry;
mod past;
mod recode;
mod refresh;
mod write;

mod query;

mod codes;
mod issues;
mod stored;
mod texts;

mod error;

pub use add::{Added, Run};
pub use entry::Entry;
pub use error::RecordError;
pub use query::{
    AboutRow, ActorRow, Change, Changed, CorrectedRow, Diff, DiscrepancyRow, DiscrepancyValue, EventDetail,
    EventFilter, EventRow, EvidenceRow, FilterError, Filters, Held, LineageRow, PartyFilter, PartyRow,
    PassageRow, PlaceCount, PlaceRow, Quote, ReportDetail, ReportRow, StatementDetail, StatementRow, Tension,
    TextQuery, TimelineDay, Told, read_country, read_day, read_quad, read_status,
};
pub use record::{Record, WAIT_FOR_WRITER};
pub use stored::Layout;
