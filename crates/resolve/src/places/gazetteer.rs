//! Settlements of the world: GeoNames, as `examples/build_gazetteer.rs` packs it.
//!
//! ```text
//! file    = "DLGZ" version:u32 checksum:u64 n_body_bytes:u32 zstd(body)      little-endian; XXH3 of the body
//! body    = countries admins codes geonameids ids norths easts country admin size shared names
//! each    = n_bytes:u32 bytes
//! countries, admins, codes   lines: alpha-2 codes; `US.TX`; countries and US states with a geonameid
//! geonameids, shared         u32 each
//! ids, norths, easts, admin  24 bits each, in three planes, low bytes first; degrees are thousandths, raised
//!                            by 90 (north) and 180 (east); admin is the number of a line of admins
//! country, size              one byte each: the number of a line of countries; 4 · log2(population + 1)
//! names                      an fst::Map from folded names: below 2^31 the number of a settlement, else
//!                            2^31 + where its numbers start in `shared`, by size; the last has its top bit set
//! ```

use super::Candidate;
use crate::phrase::{ends_in_word, fold_into};
use crate::{Countries, CountryCode, PlaceKind};
use dateline_text::{Document, TokenIdx, TokenSpan};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Why the gazetteer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GazetteerError {
    /// Not this kind of file.
    #[error("not a gazetteer: the file does not begin with `DLGZ`")]
    Magic,
    /// Another version of the layout.
    #[error("gazetteer of version {0}, this program reads version {VERSION}")]
    Version(u32),
    /// The file is cut off or changed.
    #[error("the gazetteer is damaged: {0}")]
    Damaged(&'static str),
}

const VERSION: u32 = 1;
const HEADER_BYTES: usize = 20;
const SHARED: u64 = 1 << 31;
/// No name of a settlement has more words.
const MAX_NAME_TOKENS: usize = 8;
/// A body larger than this is no gazetteer of ours.
const MAX_BODY_BYTES: usize = 64 << 20;

/// The settlements and their names.
pub struct Gazetteer {
    names: fst::raw::Fst<Vec<u8>>,
    body: Vec<u8>,
    n_settlements: usize,
    ids: Range<usize>,
    norths: Range<usize>,
    easts: Range<usize>,
    country: Range<usize>,
    admin: Range<usize>,
    size: Range<usize>,
    shared: Range<usize>,
    countries: Vec<Option<CountryCode>>,
    /// For each admin division of the USA its postal code.
    states: Vec<Option<[u8; 2]>>,
    codes: FxHashMap<Box<str>, u32>,
}

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| {
    Gazetteer::read(include_bytes!("../../assets/gazetteer.bin"))
        .expect("invariant: the embedded gazetteer is whole, which a test checks")
});

impl Gazetteer {
    /// The embedded gazetteer, unpacked on first use.
    pub fn embedded() -> &'static Gazetteer {
        &EMBEDDED
    }

    /// Reads a packed gazetteer.
    pub fn read(file: &[u8]) -> Result<Gazetteer, GazetteerError> {
        if file.get(..4) != Some(b"DLGZ") {
            return Err(GazetteerError::Magic);
        }
        let header = file.get(..HEADER_BYTES).ok_or(GazetteerError::Damaged("it ends in its header"))?;
        let version = u32_at(header, 4);
        if version != VERSION {
            return Err(GazetteerError::Version(version));
        }
        let checksum = u64::from(u32_at(header, 8)) | u64::from(u32_at(header, 12)) << 32;
        let n_bytes = u32_at(header, 16) as usize;
        if n_bytes > MAX_BODY_BYTES {
            return Err(GazetteerError::Damaged("it claims to be too large"));
        }
        let body = zstd::bulk::decompress(&file[HEADER_BYTES..], n_bytes)
            .map_err(|_| GazetteerError::Damaged("it cannot be unpacked"))?;
        if xxhash_rust::xxh3::xxh3_64(&body) != checksum {
            return Err(GazetteerError::Damaged("its checksum does not fit"));
        }
        Gazetteer::from_body(body)
    }

    fn from_body(body: Vec<u8>) -> Result<Gazetteer, GazetteerError> {
        let cut = GazetteerError::Damaged("a part is missing");
        let mut parts = Vec::with_capacity(12);
        let mut at = 0;
        for _ in 0..12 {
            let n_bytes = u32_at(body.get(at..at + 4).ok_or(cut.clone())?, 0) as usize;
            parts.push(at + 4..at + 4 + n_bytes);
            at += 4 + n_bytes;
            body.get(..at).ok_or(cut.clone())?;
        }
        let lines = |range: &Range<usize>| {
            std::str::from_utf8(&body[range.clone()])
                .map_err(|_| GazetteerError::Damaged("a list is no text"))
        };
        let table = Countries::embedded();
        let countries = lines(&parts[0])?.split('\n').map(|iso2| Some(table.country_by_iso2(iso2)?.code));
        let countries = countries.collect();
        let states =
            lines(&parts[1])?.split('\n').map(|admin| admin.strip_prefix("US.")?.as_bytes().try_into().ok());
        let states = states.collect();
        let codes = lines(&parts[2])?.split('\n').map(Box::from);
        let codes = codes.zip(body[parts[3].clone()].chunks_exact(4).map(|id| u32_at(id, 0))).collect();
        let names = fst::raw::Fst::new(body[parts[11].clone()].to_vec())
            .map_err(|_| GazetteerError::Damaged("its names cannot be read"))?;
        Ok(Gazetteer {
            names,
            n_settlements: parts[7].len(),
            ids: parts[4].clone(),
            norths: parts[5].clone(),
            easts: parts[6].clone(),
            country: parts[7].clone(),
            admin: parts[8].clone(),
            size: parts[9].clone(),
            shared: parts[10].clone(),
            countries,
            states,
            codes,
            body,
        })
    }

    /// How many settlements it holds.
    pub fn n_settlements(&self) -> usize {
        self.n_settlements
    }

    /// GeoNames id of a country (`KP`) or a state of the USA (`US.TX`).
    pub(crate) fn geonameid_of(&self, code: &str) -> Option<u32> {
        self.codes.get(code).copied()
    }

    /// Appends the settlements of a name's value, the largest first.
    pub(crate) fn candidates(&self, value: u64, candidates: &mut Vec<Candidate>) {
        if value < SHARED {
            candidates.extend(self.settlement(value as usize));
            return;
        }
        let start = (value - SHARED) as usize * 4;
        let shared = &self.body[self.shared.clone()];
        for bytes in shared.get(start..).unwrap_or_default().chunks_exact(4) {
            let number = u32_at(bytes, 0);
            candidates.extend(self.settlement((number & !(1 << 31)) as usize));
            if number & 1 << 31 != 0 {
                break;
            }
        }
    }

    /// The value of a folded name.
    pub(crate) fn value(&self, folded: &str) -> Option<u64> {
        self.names.get(folded.as_bytes()).map(fst::raw::Output::value)
    }

    /// The longest name that begins at `token` and ends before `end`, written with capitals.
    pub(crate) fn longest_at(
        &self,
        document: &Document,
        token: TokenIdx,
        end: usize,
        folded: &mut String,
        mut accepts: impl FnMut(&str) -> bool,
    ) -> Option<(TokenSpan, u64)> {
        let mut node = self.names.root();
        let mut output = fst::raw::Output::zero();
        let mut longest = None;
        let mut n_walked = 0;
        for stop in token.index() + 1..=(token.index() + MAX_NAME_TOKENS).min(end) {
            let tokens = TokenSpan::new(token.index(), stop);
            let words = document.words(tokens);
            folded.clear();
            fold_into(words, folded);
            for &byte in folded.as_bytes().get(n_walked..).unwrap_or_default() {
                let Some(i) = node.find_input(byte) else { return longest };
                let transition = node.transition(i);
                output = output.cat(transition.out);
                node = self.names.node(transition.addr);
            }
            n_walked = folded.len();
            if node.is_final() && ends_in_word(document, tokens) && accepts(words) {
                longest = Some((tokens, output.cat(node.final_output()).value()));
            }
        }
        longest
    }

    fn settlement(&self, number: usize) -> Option<Candidate> {
        if number >= self.n_settlements {
            return None;
        }
        let plane = |range: &Range<usize>| {
            let bytes = &self.body[range.clone()];
            (0..3).map(|i| u32::from(bytes[i * self.n_settlements + number]) << (8 * i)).sum::<u32>()
        };
        Some(Candidate {
            kind: PlaceKind::Settlement,
            at: Some((
                plane(&self.norths) as f32 / 1000.0 - 90.0,
                plane(&self.easts) as f32 / 1000.0 - 180.0,
            )),
            country: self.countries.get(self.body[self.country.start + number] as usize).copied().flatten(),
            state: self.states.get(plane(&self.admin) as usize).copied().flatten(),
            geonameid: Some(plane(&self.ids)),
            size: f32::from(self.body[self.size.start + number]),
        })
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer of {} settlements", self.n_settlements)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_gazetteer_is_whole() {
        let gazetteer = Gazetteer::embedded();
        assert!(gazetteer.n_settlements() > 100_000);
        let mut found = Vec::new();
        gazetteer.candidates(gazetteer.value("hamhung").unwrap(), &mut found);
        let (north, east) = found[0].at.unwrap();
        assert!((north - 39.92).abs() < 0.05 && (east - 127.54).abs() < 0.05, "{north} {east}");
        assert_eq!(found[0].country.unwrap().as_str(), "PRK");
        found.clear();
        gazetteer.candidates(gazetteer.value("paris").unwrap(), &mut found);
        assert_eq!(found[0].country.unwrap().as_str(), "FRA");
        assert!(found.iter().any(|place| place.state == Some(*b"TX")));
        assert_eq!(gazetteer.geonameid_of("KP"), Some(1_873_107));
    }

    #[test]
    fn damage_is_noticed() {
        let whole = include_bytes!("../../assets/gazetteer.bin");
        let error = |file: &[u8]| Gazetteer::read(file).unwrap_err().to_string();
        assert_eq!(error(b"GZIP"), "not a gazetteer: the file does not begin with `DLGZ`");
        assert_eq!(error(&whole[..10]), "the gazetteer is damaged: it ends in its header");
        assert_eq!(error(&whole[..1000]), "the gazetteer is damaged: it cannot be unpacked");
        let mut other = whole.to_vec();
        other[4] = 9;
        assert_eq!(error(&other), "gazetteer of version 9, this program reads version 1");
        let mut other = whole.to_vec();
        other[9] ^= 1;
        assert_eq!(error(&other), "the gazetteer is damaged: its checksum does not fit");
    }
}
