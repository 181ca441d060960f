//! The places of a report.
//!
//! ```text
//! In:  a parsed document, and the country its outlet writes for, where known
//! Out: Arena<Place>, Arena<PlaceMention>; or every toponym with coordinates, adjectives included
//! ```
//! Words that only point to a country (`Syrian`, `Syrians`) name no place and are left to the actors.

use super::Candidate;
use super::choose::choose;
use super::introduced::{add_introduced, candidate_of};
use super::recognise::{Form, PlaceWords, Recognised, recognise};
use crate::countries::CountryWordKind;
use crate::dateline::{is_in_capitals, without_capitals};
use crate::phrase::fold;
use crate::{Countries, CountryCode, Place, PlaceIdx, PlaceKind, PlaceMention};
use dateline_text::{Arena, ByteSpan, Deprel, Document, TokenIdx, TokenSpan};
use rustc_hash::FxHashMap;

/// Words that stand for a place in any way, also as an adjective or inside an organisation's name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Toponym {
    /// The words.
    pub span: ByteSpan,
    /// Degrees north and east, where some table holds the place.
    pub coordinates: Option<(f32, f32)>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
}

/// The places of a document and the words that name them, in text order.
pub fn find_places(document: &Document, home: Option<CountryCode>) -> (Arena<Place>, Arena<PlaceMention>) {
    let mut recognised = recognise(document);
    add_introduced(document, &mut recognised);
    let mut chosen = choose(document, &recognised, home);
    for number in 0..recognised.len() {
        if chosen[number].is_none() {
            chosen[number] = candidate_of(document, &recognised, &chosen, number);
        }
    }
    let (mut places, mut mentions) = (Arena::new(), Arena::new());
    let mut known: FxHashMap<PlaceKey, PlaceIdx> = FxHashMap::default();
    for (mention, candidate) in recognised.iter().zip(&chosen) {
        if !matches!(mention.form, Form::Name | Form::Seat) || is_organisation(mention, candidate) {
            continue;
        }
        let name = document.words(mention.tokens);
        let place = *known.entry(PlaceKey::of(name, candidate)).or_insert_with(|| {
            places.push(Place {
                name: place_name(name, mention),
                kind: candidate.map_or(PlaceKind::Unknown, |candidate| candidate.kind),
                coordinates: candidate.and_then(|candidate| candidate.at),
                country: candidate.and_then(|candidate| candidate.country),
                geonameid: candidate.and_then(|candidate| candidate.geonameid),
            })
        });
        let metonymic = mention.country.is_some() && is_metonymic(document, mention);
        mentions.push(PlaceMention { place, tokens: mention.tokens, metonymic });
    }
    (places, mentions)
}

/// Every toponym of a document, in text order: names, adjectives and people of places, places inside names.
pub fn find_toponyms(document: &Document, home: Option<CountryCode>) -> Vec<Toponym> {
    let recognised = recognise(document);
    let chosen = choose(document, &recognised, home);
    let toponym = |(mention, candidate): (&Recognised, &Option<Candidate>)| Toponym {
        span: document.bytes(mention.tokens),
        coordinates: candidate.and_then(|candidate| candidate.at),
        geonameid: candidate.and_then(|candidate| candidate.geonameid),
    };
    recognised.iter().zip(&chosen).map(toponym).collect()
}

/// What makes two mentions the same place.
#[derive(PartialEq, Eq, Hash)]
enum PlaceKey {
    Id(u32),
    /// Hundredths of a degree, and what kind.
    At(i32, i32, PlaceKind),
    Name(String),
}

impl PlaceKey {
    fn of(name: &str, candidate: &Option<Candidate>) -> PlaceKey {
        match candidate {
            Some(Candidate { geonameid: Some(id), .. }) => PlaceKey::Id(*id),
            Some(Candidate { at: Some((north, east)), kind, .. }) => {
                PlaceKey::At((north * 100.0) as i32, (east * 100.0) as i32, *kind)
            }
            _ => PlaceKey::Name(fold(name)),
        }
    }
}

/// The European Union is a party, and a place only to those who measure.
fn is_organisation(mention: &Recognised, candidate: &Option<Candidate>) -> bool {
    let is_union = |code: CountryCode| code.is_supranational();
    mention.country.is_some_and(|word| is_union(word.code) && candidate.is_none())
}

/// The name without capitals that are only print; the country's own where the text abbreviates it.
fn place_name(name: &str, mention: &Recognised) -> String {
    match mention.country {
        Some(word) if word.kind == CountryWordKind::Abbreviation => Countries::embedded()
            .country(word.code)
            .map_or_else(|| name.to_owned(), |country| country.name.clone()),
        _ if is_in_capitals(name) => without_capitals(name),
        _ => name.to_owned(),
    }
}

/// Whether the words stand for a government or a people: who speaks and acts, and whose ministry it is.
fn is_metonymic(document: &Document, mention: &Recognised) -> bool {
    if mention.form == Form::Seat {
        return !is_located(document, mention.tokens);
    }
    let words = PlaceWords::embedded();
    let head = head_of(document, mention.tokens);
    // Of several joined by "and" the first bears the relation.
    let first = match document.deprel(head) {
        Deprel::Conj => document.head(head).unwrap_or(head),
        _ => head,
    };
    let Some(above) = document.head(first) else { return false };
    match document.deprel(first) {
        Deprel::Nsubj | Deprel::NsubjOuter | Deprel::OblAgent => words.has("speaking", document.lemma(above)),
        Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Nmod => {
            words.has("government", document.lower(above))
        }
        _ => false,
    }
}

/// `in the Kremlin`, `at the White House`.
fn is_located(document: &Document, tokens: TokenSpan) -> bool {
    let words = PlaceWords::embedded();
    let before = |n: usize| (tokens.start as usize).checked_sub(n).map(|i| document.lower(TokenIdx::new(i)));
    let at = if before(1) == Some("the") { before(2) } else { before(1) };
    at.is_some_and(|word| words.has("locative", word) && word != "from" && word != "to")
}

/// The token of a span whose head lies outside it.
fn head_of(document: &Document, tokens: TokenSpan) -> TokenIdx {
    let is_head = |&token: &TokenIdx| document.head(token).is_none_or(|head| !tokens.holds(head));
    tokens.iter().find(is_head).unwrap_or_else(|| tokens.last())
}
