#![doc = include_str!("../README.md")]

mod record;
mod schema;

mod add;
mod entry;
mod past;
mod recode;
mod refresh;
mod write;

mod codes;
mod stored;
mod texts;

mod error;

pub use add::{Added, Run};
pub use entry::Entry;
pub use error::RecordError;
pub use record::{Record, WAIT_FOR_WRITER};
pub use stored::Layout;
