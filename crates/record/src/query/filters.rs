//! What is asked for, as meant: types instead of words.
//!
//! ```text
//! --dyad "KOR/MIL,North Korea" --event MOBILIZE/weapons --from 2022-04-01
//! ```

use super::TextQuery;
use dateline_link::Status;
use dateline_plover::{Context, EventType, Mode, QuadClass};
use dateline_resolve::{Countries, CountryCode, CountryWordKind, Sector};
use jiff::civil::Date;
use std::str::FromStr;

/// What an event, a statement or a report must be like to be shown. Empty filters take everything.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// Who acts, or speaks.
    pub actor: Option<PartyFilter>,
    /// To whom.
    pub recipient: Option<PartyFilter>,
    /// Two sides, whoever of them acts; both may act together.
    pub dyad: Option<(PartyFilter, PartyFilter)>,
    /// What; any of these.
    pub event: Vec<EventFilter>,
    /// The quadrant.
    pub quad: Option<QuadClass>,
    /// About what.
    pub context: Option<Context>,
    /// Where: the country of the place. Of actors and speakers, their country.
    pub country: Option<CountryCode>,
    /// Where exactly.
    pub place: Option<PlaceFilter>,
    /// From this day on. An event of up to 31 days lies in each of them, a longer one on its first.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
    /// What a report that tells it must have.
    pub text: Option<TextQuery>,
    /// Reports that are independent of each other, at least.
    pub min_independent: u32,
    /// Whether it happened.
    pub status: Option<Status>,
    /// Rows at most.
    pub limit: Option<usize>,
    /// Rows passed over.
    pub offset: usize,
}

impl Filters {
    /// Whether everything passes.
    pub fn take_all(&self) -> bool {
        let Filters {
            actor,
            recipient,
            dyad,
            event,
            quad,
            context,
            country,
            place,
            from,
            to,
            text,
            min_independent,
            status,
            limit: _,
            offset: _,
        } = self;
        (actor, recipient, dyad, quad, country) == (&None, &None, &None, &None, &None)
            && (context, place) == (&None, &None)
            && (from, to, text, status) == (&None, &None, &None, &None)
            && event.is_empty()
            && *min_independent < 2
    }
}

/// Days of an event that lies in each of them. A longer span (`in 2021`) says when no more than roughly.
pub(super) const LONGEST_DAYS: i32 = 31;

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyFilter {
    /// Whoever belongs to a country, or to one sector of it.
    Country {
        /// The country.
        country: CountryCode,
        /// The sector; any where none is given.
        sector: Option<Sector>,
    },
    /// Whoever has these words in a name; each may be cut short.
    Name(String),
    /// One actor, by row.
    Actor(i64),
}

/// A place of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceFilter {
    /// Every place of this name.
    Name(String),
    /// One place, by row.
    Place(i64),
}

/// A type, or a mode of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventFilter {
    /// The type.
    pub event: EventType,
    /// The mode; any where none is given.
    pub mode: Option<Mode>,
}

/// Why words are no filter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// Nothing is named.
    #[error("nobody is named; give a country (`KOR`), a sector of it (`KOR/MIL`) or a name")]
    Nobody,
    /// No such sector.
    #[error("`{0}` is not a sector ({sectors})", sectors = names(Sector::ALL.iter().map(|sector| sector.as_str())))]
    Sector(String),
    /// No such event type.
    #[error("`{0}` is not an event type ({types})", types = names(EventType::ALL.iter().map(|event| event.as_str())))]
    Event(String),
    /// No such mode of this type.
    #[error("`{found}` is not a mode of {event} ({modes})", modes = modes_of(*.event))]
    Mode {
        /// The type.
        event: EventType,
        /// The word as found.
        found: String,
    },
    /// No such quadrant.
    #[error("`{0}` is not a quad class (1 to 4, or {quads})", quads = names(QuadClass::ALL.iter().map(|quad| quad.as_str())))]
    Quad(String),
    /// No such context.
    #[error("`{0}` is not a context ({contexts})", contexts = names(Context::ALL.iter().map(|context| context.as_str())))]
    Context(String),
    /// No place is named.
    #[error("no place is named; give its name, or its id in the record (`p12`)")]
    Nowhere,
    /// No such status.
    #[error("`{0}` is not a status ({all})", all = names(Status::ALL.iter().map(|status| status.as_str())))]
    Status(String),
    /// No such country.
    #[error("`{0}` is not a country; give its name or its code (ISO 3166 alpha-3, such as `KOR`)")]
    Country(String),
    /// No such day.
    #[error("`{0}` is not a day; write it as 2022-04-18")]
    Day(String),
    /// No number.
    #[error("`{0}` is not a number of reports")]
    Number(String),
    /// Not two sides.
    #[error("`{0}` does not name two sides with a comma between them, such as `KOR,PRK`")]
    Sides(String),
    /// Nothing to look for.
    #[error("there is no word to look for; `-word` only leaves out what other words have found")]
    NoWords,
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn modes_of(event: EventType) -> String {
    match event.modes() {
        [] => "it has none".to_owned(),
        modes => names(modes.iter().map(|(mode, _)| mode.as_str())),
    }
}

impl FromStr for PartyFilter {
    type Err = FilterError;

    /// `KOR`, `South Korea`, `KOR/MIL`, an id of the record (`a12`), or a name.
    fn from_str(words: &str) -> Result<PartyFilter, FilterError> {
        let words = words.trim();
        if !words.chars().any(char::is_alphanumeric) {
            return Err(FilterError::Nobody);
        }
        if let Some(actor) = row_number('a', words) {
            return Ok(PartyFilter::Actor(actor));
        }
        if let Some(country) = country_of(words) {
            return Ok(PartyFilter::Country { country, sector: None });
        }
        if let Some((before, after)) = words.rsplit_once('/')
            && let Some(country) = country_of(before.trim())
        {
            let sector = after.trim().to_ascii_uppercase();
            let sector = sector.parse().map_err(|_| FilterError::Sector(after.trim().to_owned()))?;
            return Ok(PartyFilter::Country { country, sector: Some(sector) });
        }
        Ok(PartyFilter::Name(words.to_owned()))
    }
}

impl FromStr for PlaceFilter {
    type Err = FilterError;

    /// `Seoul`, or an id of the record (`p12`).
    fn from_str(words: &str) -> Result<PlaceFilter, FilterError> {
        let words = words.trim();
        match row_number('p', words) {
            _ if !words.chars().any(char::is_alphanumeric) => Err(FilterError::Nowhere),
            Some(place) => Ok(PlaceFilter::Place(place)),
            None => Ok(PlaceFilter::Name(words.to_owned())),
        }
    }
}

/// The number in an id of the record, such as `a12`. Numbers begin with no zero, so each has one form.
fn row_number(letter: char, words: &str) -> Option<i64> {
    let digits = words.strip_prefix(letter)?;
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() && c != '0');
    if is_number && digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

impl FromStr for EventFilter {
    type Err = FilterError;

    /// `ASSAULT` or `ASSAULT/drone`.
    fn from_str(words: &str) -> Result<EventFilter, FilterError> {
        let (event, mode) = match words.trim().split_once('/') {
            Some((event, mode)) => (event.trim(), Some(mode.trim())),
            None => (words.trim(), None),
        };
        let event: EventType =
            event.to_ascii_uppercase().parse().map_err(|_| FilterError::Event(event.to_owned()))?;
        let mode = mode.map(|found| {
            let known = found.to_ascii_lowercase().parse::<Mode>().ok();
            known
                .filter(|mode| event.modes().iter().any(|(of_type, _)| of_type == mode))
                .ok_or_else(|| FilterError::Mode { event, found: found.to_owned() })
        });
        Ok(EventFilter { event, mode: mode.transpose()? })
    }
}

/// Two sides, as `KOR,PRK`.
pub fn read_dyad(words: &str) -> Result<(PartyFilter, PartyFilter), FilterError> {
    match words.split(',').collect::<Vec<_>>()[..] {
        [one, other] => Ok((one.parse()?, other.parse()?)),
        _ => Err(FilterError::Sides(words.to_owned())),
    }
}

/// A country by code or name.
pub fn read_country(words: &str) -> Result<CountryCode, FilterError> {
    country_of(words.trim()).ok_or_else(|| FilterError::Country(words.trim().to_owned()))
}

/// A quadrant by name or PLOVER's number.
pub fn read_quad(words: &str) -> Result<QuadClass, FilterError> {
    let name = words.trim().to_lowercase().replace(['-', '_'], " ");
    let known = QuadClass::ALL.iter().find(|quad| quad.as_str() == name || quad.code().to_string() == name);
    known.copied().ok_or_else(|| FilterError::Quad(words.trim().to_owned()))
}

/// A context; `human rights` and `human-rights` stand for `human_rights`.
pub fn read_context(words: &str) -> Result<Context, FilterError> {
    let name = words.trim().to_lowercase().replace([' ', '-'], "_");
    name.parse().map_err(|_| FilterError::Context(words.trim().to_owned()))
}

/// Whether an event happened.
pub fn read_status(words: &str) -> Result<Status, FilterError> {
    words.trim().to_lowercase().parse().map_err(|_| FilterError::Status(words.trim().to_owned()))
}

/// A day.
pub fn read_day(words: &str) -> Result<Date, FilterError> {
    words.trim().parse().map_err(|_| FilterError::Day(words.trim().to_owned()))
}

/// The country that a code or a name means. `Seoul` and `Korean` mean none: they may be a place or anybody.
fn country_of(words: &str) -> Option<CountryCode> {
    let countries = Countries::embedded();
    if let Some(code) = CountryCode::new(words)
        && (countries.country(code).is_some() || code.is_supranational())
    {
        return Some(code);
    }
    let capitalised = |words: &str| {
        let words = words.split(' ').map(|word| {
            let mut chars = word.chars();
            chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let by_name = |words: &str| {
        use CountryWordKind::*;
        let mut meant = countries.lookup_all(words);
        meant.find(|word| matches!(word.kind, Name | Official | Abbreviation | Old)).map(|word| word.code)
    };
    by_name(words).or_else(|| by_name(&capitalised(words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str, sector: Option<Sector>) -> PartyFilter {
        PartyFilter::Country { country: CountryCode::new(code).expect("a code"), sector }
    }

    #[test]
    fn parties_are_countries_sectors_or_names() {
        for (words, expected) in [
            ("KOR", country("KOR", None)),
            ("South Korea", country("KOR", None)),
            ("south korea", country("KOR", None)),
            ("KOR/MIL", country("KOR", Some(Sector::Mil))),
            ("South Korea / mil", country("KOR", Some(Sector::Mil))),
            ("UNO", country("UNO", None)),
            ("Noh Kyu-duk", PartyFilter::Name("Noh Kyu-duk".to_owned())),
            ("Seoul", PartyFilter::Name("Seoul".to_owned())),
            ("a12", PartyFilter::Actor(12)),
            ("a012", PartyFilter::Name("a012".to_owned())),
            ("A12", PartyFilter::Name("A12".to_owned())),
            ("IAEA/OSCE", PartyFilter::Name("IAEA/OSCE".to_owned())),
            ("' OR 1=1 --", PartyFilter::Name("' OR 1=1 --".to_owned())),
        ] {
            assert_eq!(words.parse(), Ok(expected), "{words}");
        }
    }

    #[test]
    fn events_are_types_or_modes() {
        for (words, expected) in [
            ("ASSAULT", EventFilter { event: EventType::Assault, mode: None }),
            ("assault/Drone", EventFilter { event: EventType::Assault, mode: Some(Mode::Drone) }),
            ("COERCE/martial-law", EventFilter { event: EventType::Coerce, mode: Some(Mode::MartialLaw) }),
        ] {
            assert_eq!(words.parse(), Ok(expected), "{words}");
        }
    }

    #[test]
    fn places_are_names_or_ids() {
        for (words, expected) in [
            (" Seoul ", Ok(PlaceFilter::Name("Seoul".to_owned()))),
            ("p7", Ok(PlaceFilter::Place(7))),
            ("p7a", Ok(PlaceFilter::Name("p7a".to_owned()))),
            ("p99999999999999999999", Ok(PlaceFilter::Name("p99999999999999999999".to_owned()))),
            (" - ", Err(FilterError::Nowhere)),
        ] {
            assert_eq!(words.parse(), expected, "{words}");
        }
    }

    #[test]
    fn contexts_have_names() {
        for (words, expected) in [
            ("human rights", Ok(Context::HumanRights)),
            ("CBRN", Ok(Context::Cbrn)),
            ("weather", Err(FilterError::Context("weather".to_owned()))),
        ] {
            assert_eq!(read_context(words), expected, "{words}");
        }
    }

    #[test]
    fn quadrants_have_names_and_numbers() {
        for (words, expected) in [
            ("4", QuadClass::MaterialConflict),
            ("verbal-cooperation", QuadClass::VerbalCooperation),
            ("Material conflict", QuadClass::MaterialConflict),
        ] {
            assert_eq!(read_quad(words), Ok(expected), "{words}");
        }
    }

    #[test]
    fn errors_say_what_would_be_right() {
        let told = |error: FilterError| error.to_string();
        insta::assert_snapshot!(told("ATTACK".parse::<EventFilter>().unwrap_err()), @"`ATTACK` is not an event type (AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT)");
        insta::assert_snapshot!(told("PROTEST/riots".parse::<EventFilter>().unwrap_err()), @"`riots` is not a mode of PROTEST (demo, riot, strike, hunger, boycott, obstruct, vandalize)");
        insta::assert_snapshot!(told("AID/arms".parse::<EventFilter>().unwrap_err()), @"`arms` is not a mode of AID (it has none)");
        insta::assert_snapshot!(told("KOR/ARMY".parse::<PartyFilter>().unwrap_err()), @"`ARMY` is not a sector (GOV, MIL, LEG, JUD, COP, SPY, OPP, PTY, REB, PRM, UAF, UNK, AGR, BUS, CRM, CVL, EDU, ELI, JRN, LAB, MED, REF, REL, SOC)");
        insta::assert_snapshot!(told(read_country("Atlantis").unwrap_err()), @"`Atlantis` is not a country; give its name or its code (ISO 3166 alpha-3, such as `KOR`)");
        insta::assert_snapshot!(told(read_day("18 April").unwrap_err()), @"`18 April` is not a day; write it as 2022-04-18");
    }
}
