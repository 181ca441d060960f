//! The table of countries and the lookup of single words in it.

use crate::phrase::{PhraseTable, is_all_capitals, is_capitalised};
use crate::{CountryCode, Sector};
use dateline_text::labels;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

labels! {
    /// How a word means a country.
    pub enum CountryWordKind as "kind of country word" {
        /// `North Korea`
        Name = "name",
        /// `Democratic People's Republic of Korea`
        Official = "official",
        /// `DPRK`
        Abbreviation = "abbreviation",
        /// `Burma`, and states that are no more
        Old = "old",
        /// `North Korean`
        Adjective = "adjective",
        /// `North Koreans`
        Demonym = "demonym",
        /// `Pyongyang`
        Capital = "capital",
        /// `the Kremlin`: a building or street that stands for a branch of government
        Seat = "seat",
    }
}

/// A word or phrase that means a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryWord {
    /// Which country; for seats of organisations above states their code (`EUR`, `UNO`).
    pub code: CountryCode,
    /// How it means it.
    pub kind: CountryWordKind,
    /// The branch of government that a seat stands for; GOV for a capital, where it stands for one at all.
    pub sector: Option<Sector>,
}

/// One country or territory.
#[derive(Clone, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub code: CountryCode,
    /// ISO 3166-1 alpha-2.
    pub iso2: String,
    /// The name in daily use.
    pub name: String,
    /// The state that a territory belongs to.
    pub of: Option<CountryCode>,
    /// Degrees north and east of its middle.
    pub coordinates: (f32, f32),
    /// Whether the state is no more.
    pub is_historic: bool,
    /// Its capitals, the usual metonym first.
    pub capitals: Vec<String>,
}

/// All countries and the words that mean them.
#[derive(Debug)]
pub struct Countries {
    countries: Vec<Country>,
    by_code: FxHashMap<CountryCode, usize>,
    /// `None` marks phrases that hold a country's word and mean none (`New Mexico`).
    pub(super) words: PhraseTable<Option<CountryWord>>,
}

static EMBEDDED: LazyLock<Countries> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../../data/countries.toml"))
        .expect("invariant: the embedded table of countries is well-formed, which a test checks");
    Countries::from_table(&file).expect("invariant: the embedded table of countries is complete")
});

impl Countries {
    /// The embedded table.
    pub fn embedded() -> &'static Countries {
        &EMBEDDED
    }

    /// What a word or phrase means, the likeliest country first where several share it. Case counts:
    /// abbreviations stand in capitals, all else begins with one.
    pub fn lookup(&self, words: &str) -> Option<CountryWord> {
        self.lookup_all(words).next()
    }

    /// Everything that a word or phrase may mean (`Congolese`: COD, COG), the likeliest first.
    pub fn lookup_all(&self, words: &str) -> impl Iterator<Item = CountryWord> {
        let words = strip_article(words);
        self.words.find(words).iter().filter(move |word| fits_case(words, word)).filter_map(|word| *word)
    }

    /// The country of a code.
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        self.by_code.get(&code).map(|&number| &self.countries[number])
    }

    /// The country of an alpha-2 code (`KP`).
    pub fn country_by_iso2(&self, iso2: &str) -> Option<&Country> {
        self.countries.iter().find(|country| !country.is_historic && country.iso2 == iso2)
    }

    /// Every country, in the order of the table.
    pub fn all(&self) -> &[Country] {
        &self.countries
    }

    /// The state that a code stands for: of a territory the state it belongs to, else itself.
    pub fn state_of(&self, code: CountryCode) -> CountryCode {
        self.country(code).and_then(|country| country.of).unwrap_or(code)
    }

    fn from_table(file: &toml::Table) -> Option<Countries> {
        let mut countries =
            Countries { countries: Vec::new(), by_code: FxHashMap::default(), words: PhraseTable::default() };
        for (code, row) in file.get("country")?.as_table()? {
            countries.add_country(CountryCode::new(code)?, row.as_table()?)?;
        }
        for (seat, value) in file.get("seat")?.as_table()? {
            let (code, sector) = value.as_str()?.split_once(' ')?;
            let word = CountryWord {
                code: CountryCode::new(code)?,
                kind: CountryWordKind::Seat,
                sector: Some(sector.parse().ok()?),
            };
            countries.words.insert(seat, Some(word));
        }
        for place in file.get("other")?.as_table()?.get("places")?.as_array()? {
            countries.words.insert(place.as_str()?, None);
        }
        for values in countries.words.values_mut() {
            values.sort_by_key(|word| word.map(|word| word.kind));
        }
        Some(countries)
    }

    fn add_country(&mut self, code: CountryCode, row: &toml::Table) -> Option<()> {
        let texts = |key: &str| -> Option<Vec<&str>> {
            match row.get(key) {
                Some(value) => value.as_array()?.iter().map(toml::Value::as_str).collect(),
                None => Some(Vec::new()),
            }
        };
        let name = row.get("name")?.as_str()?;
        let is_historic = row.get("historic").is_some_and(|value| value.as_bool() == Some(true));
        let name_kind = if is_historic { CountryWordKind::Old } else { CountryWordKind::Name };
        let adjectives = texts("adj")?;
        let people: Vec<String> = match row.get("people") {
            Some(_) => texts("people")?.into_iter().map(str::to_owned).collect(),
            None => adjectives
                .iter()
                .filter(|word| word.ends_with(['n', 'i', 'o', 'a']))
                .map(|word| format!("{word}s"))
                .collect(),
        };
        let capitals = texts("capital")?;
        let mut add = |words: &str, kind, sector| {
            self.words.insert(strip_article(words), Some(CountryWord { code, kind, sector }));
        };
        add(name, name_kind, None);
        for (key, kind) in [
            ("also", name_kind),
            ("official", CountryWordKind::Official),
            ("old", CountryWordKind::Old),
            ("abbr", CountryWordKind::Abbreviation),
            ("adj", CountryWordKind::Adjective),
        ] {
            texts(key)?.into_iter().for_each(|words| add(words, kind, None));
        }
        people.iter().for_each(|words| add(words, CountryWordKind::Demonym, None));
        capitals.iter().for_each(|words| add(words, CountryWordKind::Capital, Some(Sector::Gov)));
        let at = row.get("at")?.as_array()?;
        let degrees = |i: usize| at.get(i).and_then(toml::Value::as_float);
        self.by_code.insert(code, self.countries.len());
        self.countries.push(Country {
            code,
            iso2: row.get("iso2")?.as_str()?.to_owned(),
            name: name.to_owned(),
            of: match row.get("of") {
                Some(of) => Some(CountryCode::new(of.as_str()?)?),
                None => None,
            },
            coordinates: (degrees(0)? as f32, degrees(1)? as f32),
            is_historic,
            capitals: capitals.into_iter().map(str::to_owned).collect(),
        });
        Some(())
    }
}

/// Whether the words as written may mean this: abbreviations stand in capitals, names begin with one.
pub(super) fn fits_case(words: &str, word: &Option<CountryWord>) -> bool {
    match word {
        Some(CountryWord { kind: CountryWordKind::Abbreviation, .. }) => {
            // `N. Korea` and `BiH` are abbreviations with small letters.
            is_all_capitals(words) || words.len() > 2 && is_capitalised(words)
        }
        Some(_) => is_capitalised(words) || words.starts_with("ni-"),
        None => true,
    }
}

/// The words without a leading article, which the text may capitalise or not.
fn strip_article(words: &str) -> &str {
    words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(words)
}
