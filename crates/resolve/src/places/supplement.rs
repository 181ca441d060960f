//! Regions, seas, sites and the adjectives of regions: `data/places.toml`.

use super::Candidate;
use super::gazetteer::Gazetteer;
use crate::phrase::{PhraseTable, is_all_capitals, is_capitalised};
use crate::{CountryCode, PlaceKind};
use std::sync::LazyLock;

/// An entry of the supplement under one of its names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub place: Candidate,
    /// `European` for Europe.
    pub is_adjective: bool,
    /// Two capitals or `La.`: counts only after a comma.
    pub is_short: bool,
    /// The table writes some of its words small: `Rafah crossing`.
    pub is_mixed: bool,
}

/// The supplement by name.
pub(crate) struct Supplement {
    pub names: PhraseTable<Entry>,
    /// Postal codes of the states of the USA, which count only after a comma.
    pub postal: PhraseTable<Entry>,
}

/// How large an entry counts beside settlements, where 80 is a town of a million people.
fn size_of(table: &str) -> Option<(PlaceKind, f32)> {
    Some(match table {
        "continent" => (PlaceKind::Natural, 100.0),
        "region" => (PlaceKind::Region, 82.0),
        "state" => (PlaceKind::Region, 90.0),
        "natural" => (PlaceKind::Natural, 84.0),
        "site" => (PlaceKind::Site, 70.0),
        "settlement" => (PlaceKind::Settlement, 94.0),
        _ => return None,
    })
}

static EMBEDDED: LazyLock<Supplement> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../../data/places.toml"))
        .expect("invariant: the embedded supplement is well-formed, which a test checks");
    Supplement::from_table(&file).expect("invariant: the embedded supplement is complete")
});

impl Supplement {
    pub(crate) fn embedded() -> &'static Supplement {
        &EMBEDDED
    }

    fn from_table(file: &toml::Table) -> Option<Supplement> {
        let mut supplement = Supplement { names: PhraseTable::default(), postal: PhraseTable::default() };
        for (table, rows) in file {
            let Some((kind, size)) = size_of(table) else { continue };
            for (names, value) in rows.as_table()? {
                let place = read_place(value.as_str()?, kind, size)?;
                for name in names.split(';') {
                    let is_short = name.ends_with('.') && !name.contains(' ') && name.len() <= 5;
                    supplement.names.insert(
                        name,
                        Entry { place, is_adjective: false, is_short, is_mixed: !is_capitalised(name) },
                    );
                }
                if let Some(code) = place.state {
                    let code = String::from_utf8_lossy(&code).into_owned();
                    supplement
                        .postal
                        .insert(&code, Entry { place, is_adjective: false, is_short: true, is_mixed: false });
                }
            }
        }
        for (words, name) in file.get("adjective")?.as_table()? {
            let place = supplement.place(name.as_str()?)?;
            for word in words.split(';') {
                supplement
                    .names
                    .insert(word, Entry { place, is_adjective: true, is_short: false, is_mixed: false });
            }
        }
        Some(supplement)
    }

    /// The place of a name of the table, or the largest settlement of that name.
    fn place(&self, name: &str) -> Option<Candidate> {
        if let Some(entry) = self.names.find(name).first() {
            return Some(entry.place);
        }
        let gazetteer = Gazetteer::embedded();
        let mut candidates = Vec::new();
        gazetteer.candidates(gazetteer.value(&crate::phrase::fold(name))?, &mut candidates);
        candidates.first().copied()
    }
}

fn read_place(value: &str, kind: PlaceKind, size: f32) -> Option<Candidate> {
    let mut cells = value.split(' ');
    let at = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let country = match cells.next() {
        Some(code) => Some(CountryCode::new(code)?),
        None => None,
    };
    let state: Option<[u8; 2]> = match cells.next() {
        Some(code) => Some(code.as_bytes().try_into().ok()?),
        None => None,
    };
    let geonameid = state.and_then(|code| {
        Gazetteer::embedded().geonameid_of(&format!("US.{}", String::from_utf8_lossy(&code)))
    });
    Some(Candidate { kind, at: Some(at), country, state, geonameid, size })
}

/// Whether the words as written may name the entry.
pub(crate) fn fits_case(words: &str, entry: &Entry, after_comma: bool) -> bool {
    if entry.is_short {
        return after_comma && words.starts_with(char::is_uppercase) && words.ends_with('.')
            || after_comma && is_all_capitals(words);
    }
    let n_letters = words.chars().filter(|c| c.is_alphabetic()).count();
    if n_letters <= 3 && !words.contains(|c: char| c.is_lowercase()) {
        return is_all_capitals(words);
    }
    is_capitalised(words) || entry.is_mixed && words.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_supplement_is_whole() {
        let supplement = Supplement::embedded();
        for (name, north, east) in
            [("Punggye-ri", 41.3, 129.1), ("Strait of Hormuz", 26.6, 56.3), ("Darfur", 13.5, 24.0)]
        {
            let (n, e) = supplement.names.find(name)[0].place.at.unwrap();
            assert!((n - north).abs() < 0.2 && (e - east).abs() < 0.2, "{name}");
        }
        assert!(supplement.names.find("Kurdish")[0].is_adjective);
        assert_eq!(supplement.postal.find("TX")[0].place.state, Some(*b"TX"));
    }
}
