#![doc = include_str!("../README.md")]

mod event;
mod format;
mod linked;
mod recorded;
mod writer;

mod dictionary;
mod left;

mod plover;
mod polecat;

mod gdelt;
mod icews;
mod phoenix;

mod annotations;
mod cells;
mod csv;
mod geojson;
#[cfg(feature = "parquet")]
mod parquet;
mod table;

mod cameo;
mod codes;
mod column;
mod dyad;
mod error;
mod text;

#[cfg(test)]
mod sample;

pub use cells::CellWriter;
pub use column::{Kind, Note};
pub use dictionary::{all_dictionaries, dictionary};
pub use error::ExportError;
pub use event::{
    ExportEvent, ExportEvidence, ExportParty, ExportPlace, ExportReport, ExportSizes, ExportStatement,
};
pub use format::{Format, Part, Table};
pub use left::Left;
pub use linked::{LinkedExport, around};
pub use recorded::RecordedExport;
pub use writer::{EventWriter, ReportWriter, StatementWriter, write_events};
