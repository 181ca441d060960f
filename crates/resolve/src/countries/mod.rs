//! Countries, and every word that means one: names, adjectives, demonyms, capitals, seats of government.
//!
//! The table is `data/countries.toml`. It knows words, not what they mean in a sentence: whether `Seoul` is
//! the government or the town is for its caller to say, and `Georgia` is marked as doubtful, not decided.

mod find;
mod table;

pub use find::{CountryMention, Doubt};
pub use table::{Countries, Country, CountryWord, CountryWordKind};
