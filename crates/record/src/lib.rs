#![doc = include_str!("../README.md")]

mod record;
mod schema;

mod add;
mod correct;
mod entry;
mod journal;
mod lately;
mod layer;
mod merge;
mod past;
mod recode;
mod refresh;
mod write;

mod query;

mod codes;
mod issues;
mod known;
mod packed;
mod pairs;
mod stored;
mod texts;

mod error;

pub use add::{Added, Run};
pub use correct::{Correction, Editor, Recoding, TellingId};
pub use entry::Entry;
pub use error::RecordError;
pub use query::{
    AboutRow, ActorForm, ActorMark, ActorRow, Case, CaseEvent, Cases, Change, Changed, CorrectedRow,
    CorrectionKind, CorrectionRow, Counterpart, CountryCount, Coverage, Diff, DiscrepancyRow,
    DiscrepancyValue, EventDetail, EventFilter, EventMark, EventOutline, EventRow, EvidenceRow, FilterError,
    Filters, FormGiven, Held, LineageRow, OutletCount, PartyFilter, PartyRow, PassageRow, PlaceCount,
    PlaceFilter, PlaceMark, PlaceRow, QueueRow, Quote, RecordState, ReportDetail, ReportMarks, ReportRow,
    RunRow, SharedWording, StatementDetail, StatementMark, StatementRow, Tension, TextQuery, TimeMark,
    TimelineDay, Told, WEIGHED, read_context, read_country, read_day, read_dyad, read_quad, read_status,
};
pub use record::{Record, WAIT_FOR_WRITER};
pub use stored::Layout;
