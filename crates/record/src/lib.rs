#![doc = include_str!("../README.md")]

mod record;
mod schema;

mod add;
mod past;
mod refresh;

mod codes;
mod stored;
mod texts;

mod error;

pub use add::{Added, Entry, Run};
pub use error::RecordError;
pub use record::{Record, WAIT_FOR_WRITER};
pub use stored::Layout;
