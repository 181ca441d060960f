//! Codes of countries and sectors in the words of other formats.
//!
//! In:  PLOVER's country (ISO 3166 alpha-3, or a code above states) and sectors.
//! Out: FIPS 10-4, CAMEO's country and agent codes, ICEWS' names.
//!
//! ```text
//! KOR/MIL   FIPS KS   CAMEO KORMIL    ICEWS South Korea, Military,Government
//! UNO       –         CAMEO IGOUNO    ICEWS –
//! ROU       FIPS RO   CAMEO ROM in GDELT, ROU in Phoenix
//! ```

use crate::event::ExportParty;
use dateline_resolve::{Countries, CountryCode, Sector};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A code and what two other lists call it, where they do.
type Codes = BTreeMap<&'static str, (Option<&'static str>, Option<&'static str>)>;

/// ISO alpha-3 to FIPS 10-4 and to GDELT's CAMEO code.
static COUNTRIES: LazyLock<Codes> = LazyLock::new(|| {
    rows(include_str!("../data/countries.tsv"))
        .map(|[iso, fips, cameo]| (iso, (code(fips), code(cameo))))
        .collect()
});

/// Sector to CAMEO agent code and ICEWS labels.
static SECTORS: LazyLock<Codes> = LazyLock::new(|| {
    rows(include_str!("../data/sectors.tsv"))
        .map(|[sector, cameo, icews]| (sector, (code(cameo), code(icews))))
        .collect()
});

/// The rows of a table with so many columns; `#` begins a comment.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().expect(
            "invariant: the embedded tables have as many columns as their heads say, which tests check",
        )
    })
}

fn code(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

/// FIPS 10-4 of a country.
pub(crate) fn fips(country: CountryCode) -> Option<&'static str> {
    COUNTRIES.get(country.as_str()).and_then(|codes| codes.0)
}

/// The name of a country in daily use; nothing for a code above states.
pub(crate) fn country_name(country: CountryCode) -> Option<&'static str> {
    Countries::embedded().country(country).map(|country| country.name.as_str())
}

/// ICEWS' labels of a sector, joined by commas.
pub(crate) fn icews_sector(sector: Sector) -> Option<&'static str> {
    SECTORS.get(sector.as_str()).and_then(|codes| codes.1)
}

/// Whose list of country codes a format follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountryList {
    /// GDELT's lookup, older than some states.
    Gdelt,
    /// ISO 3166 as it is now: Phoenix.
    Iso,
}

/// An actor as CAMEO codes it: a root, perhaps a known group, agent codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CameoActor {
    /// A country, or IGO, NGO, NGM, IMG, MNC.
    pub root: Option<String>,
    /// Whether the root is a country.
    pub is_country: bool,
    /// `UNO`, or `EEC` for the European Union.
    pub group: Option<&'static str>,
    /// Agent codes of its sectors, the main one first.
    pub agents: Vec<&'static str>,
}

impl CameoActor {
    /// The codes of an actor.
    pub fn of(party: &ExportParty, list: CountryList) -> CameoActor {
        let mut actor = CameoActor::default();
        if let Some(country) = party.country {
            let (root, group) = match country.as_str() {
                "UNO" => ("IGO", Some("UNO")),
                "EUR" => ("IGO", Some("EEC")),
                // CAMEO's non-governmental movement is the nearest to PLOVER's social movement.
                "ISM" => ("NGM", None),
                "IGO" | "NGO" | "IMG" | "MNC" => (country.as_str(), None),
                iso => {
                    actor.is_country = true;
                    let known = COUNTRIES.get(iso).and_then(|codes| codes.1);
                    (if list == CountryList::Gdelt { known.unwrap_or(iso) } else { iso }, None)
                }
            };
            actor.root = Some(root.to_owned());
            actor.group = group;
        }
        for sector in party.sector.iter().chain(&party.sectors) {
            if let Some(agent) = SECTORS.get(sector.as_str()).and_then(|codes| codes.0)
                && !actor.agents.contains(&agent)
            {
                actor.agents.push(agent);
            }
        }
        actor
    }

    /// The whole code: `KORMIL`, `IGOUNO`.
    pub fn code(&self) -> String {
        let root = self.root.as_deref().into_iter();
        root.chain(self.group).chain(self.agents.iter().copied()).collect()
    }

    /// Codes of type: for an actor above states what it is, then its agents.
    pub fn types(&self) -> Vec<String> {
        let above = self.root.clone().filter(|_| !self.is_country);
        above.into_iter().chain(self.agents.iter().map(|&agent| agent.to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::party;

    #[test]
    fn every_country_and_sector_has_its_codes() {
        let without: Vec<&str> = Countries::embedded()
            .all()
            .iter()
            .filter(|country| !country.is_historic && fips(country.code).is_none())
            .map(|country| country.code.as_str())
            .collect();
        // FIPS 10-4 has no code of its own for these.
        assert_eq!(without, ["ALA", "BES", "UMI"]);
        for sector in Sector::ALL {
            assert!(SECTORS.contains_key(sector.as_str()), "{sector}");
        }
        assert_eq!(SECTORS.len(), Sector::ALL.len());
    }

    #[test]
    fn codes_that_are_easily_confused() {
        for (iso, expected) in [
            ("KOR", "KS"),
            ("AUS", "AS"),
            ("AUT", "AU"),
            ("DEU", "GM"),
            ("CHN", "CH"),
            ("CHE", "SZ"),
            ("UKR", "UP"),
            ("GBR", "UK"),
            ("RUS", "RS"),
            ("SRB", "RI"),
            ("SSD", "OD"),
            ("PRK", "KN"),
        ] {
            assert_eq!(fips(CountryCode::new(iso).expect("a code")), Some(expected), "{iso}");
        }
    }

    #[test]
    fn actors_as_cameo_codes_them() {
        for (country, sectors, gdelt, iso) in [
            ("KOR", &[Sector::Mil][..], "KORMIL", "KORMIL"),
            ("ROU", &[Sector::Gov], "ROMGOV", "ROUGOV"),
            ("UNO", &[], "IGOUNO", "IGOUNO"),
            ("EUR", &[Sector::Gov], "IGOEECGOV", "IGOEECGOV"),
            ("NGO", &[Sector::Med], "NGOHLH", "NGOHLH"), // health, not media
            ("SSD", &[Sector::Jrn, Sector::Unk], "SSDMED", "SSDMED"), // not in GDELT's lookup
        ] {
            let party = party(country, sectors);
            assert_eq!(CameoActor::of(&party, CountryList::Gdelt).code(), gdelt, "{country}");
            assert_eq!(CameoActor::of(&party, CountryList::Iso).code(), iso, "{country}");
        }
    }
}
