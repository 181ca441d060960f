//! One file a command.

mod ask;
mod brief;
mod clean;
mod code;
mod corrections;
mod eval;
mod export;
mod ingest;
mod link;
mod mcp;
mod parse;
mod recode;
mod relate;
mod serve;
mod show;
mod train;
mod train_events;

pub use ask::{actors, diff, discrepancies, events, places, reports, statements, tension, timeline};
pub use brief::brief;
pub use clean::clean;
pub use code::code;
pub use corrections::corrections;
pub use eval::eval;
pub use export::export;
pub use ingest::ingest;
pub use link::link;
pub use mcp::mcp;
pub use parse::parse;
pub use recode::recode;
pub use relate::relate;
pub use serve::serve;
pub use show::show;
pub use train::train;
pub use train_events::train_events;

/// The command line asks for something that makes no sense: exit status 2.
#[derive(Debug)]
pub struct WrongUsage(pub String);

impl std::fmt::Display for WrongUsage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUsage {}
