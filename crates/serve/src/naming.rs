//! Whether some words name a side: a country by any of its words, or somebody by name.
//!
//! ```text
//! “Pyongyang must return to talks”  names PRK
//! “Kim will come”                   names `Kim Jong-un`? no: all words of a name that was typed must be there
//! ```

use crate::error::PageError;
use crate::words::{country_name, cut};
use dateline_record::{PartyFilter, Record};
use dateline_resolve::{Countries, CountryCode, fold_name};

/// Words of the longest name of a country that is looked for: `Democratic People's Republic of Korea`.
const LONGEST: usize = 5;

/// What a side is called.
pub(crate) fn side_name(record: &mut Record, side: &PartyFilter) -> Result<String, PageError> {
    Ok(match side {
        PartyFilter::Country { country, sector: None } => country_name(*country),
        PartyFilter::Country { country, sector: Some(sector) } => {
            format!("{} / {sector}", country_name(*country))
        }
        PartyFilter::Name(name) => cut(name, 80),
        PartyFilter::Actor(id) => match record.actor_row(*id)? {
            Some(actor) => cut(&actor.party.name, 80),
            None => return Err(PageError::NotFound(format!("actor a{id} in this record"))),
        },
    })
}

/// What a side is looked for by.
pub(crate) enum Named {
    Country(CountryCode),
    Words(Vec<String>),
}

impl Named {
    /// Of a side; `name` is what it is called.
    pub fn of(side: &PartyFilter, name: &str) -> Named {
        match side {
            PartyFilter::Country { country, .. } => Named::Country(*country),
            PartyFilter::Name(_) | PartyFilter::Actor(_) => Named::Words(words_of(&fold_name(name))),
        }
    }

    /// Whether a text names it.
    pub fn is_in(&self, text: &str) -> bool {
        match self {
            Named::Country(country) => {
                let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || is_around(c)).collect();
                let countries = Countries::embedded();
                // The longest name at a place is meant: `North Korea` does not name Korea.
                let longest = |from: usize| {
                    (1..=LONGEST.min(words.len() - from)).rev().find_map(|n| {
                        let phrase = words[from..from + n].join(" ");
                        let phrase =
                            phrase.strip_suffix("'s").or(phrase.strip_suffix("’s")).unwrap_or(&phrase);
                        countries.lookup(phrase.trim_end_matches('.')).map(|word| (word.code, n))
                    })
                };
                let mut from = 0;
                while from < words.len() {
                    match longest(from) {
                        Some((code, _)) if code == *country => return true,
                        Some((_, n)) => from += n,
                        None => from += 1,
                    }
                }
                false
            }
            Named::Words(wanted) => {
                let words = words_of(&fold_name(text));
                !wanted.is_empty()
                    && wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
            }
        }
    }
}

fn is_around(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '“' | '”' | '‘')
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_named_by_any_of_their_words() {
        for (side, text, expected) in [
            ("PRK", "We call on North Korea to return to talks", true),
            ("PRK", "“Pyongyang’s missiles”, he said", true),
            ("KOR", "We call on North Korea to return to talks", false),
            ("KOR", "the South Korean navy", true),
            ("noh kyu", "Noh Kyu-duk will come", true),
            ("noh kyu", "Noh will come", false),
            ("PRK", "", false),
        ] {
            let party: PartyFilter = side.parse().expect("a side");
            assert_eq!(Named::of(&party, side).is_in(text), expected, "{side}: {text}");
        }
    }
}
