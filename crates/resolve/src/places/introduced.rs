//! Names that no table knows, of places that the words beside them introduce.
//!
//! In:  a document and what [`super::recognise`] found in it.
//! Out: the same with the names of squares, bridges, prisons, camps and villages added, each with its kind; and for such
//!      a name the country of the place that the text says it lies in.
//!
//! Where they lie is not known, and is left so. A name that holds a known one (`Lima airport`) is left to that.
//!
//! ```text
//! He was held in Zumrin prison.                   Zumrin prison: site
//! shelled the village of Balihu in East Timor     Balihu: settlement, of East Timor
//! a checkpoint in the Sabbar district of Homs     Sabbar district: region, of Syria
//! ```
//!
//! Not done: places without a name (`the airport`), and names after a noun without "of" (`the border town Zumrin`).

use super::Candidate;
use super::recognise::{Form, PlaceWords, Recognised};
use crate::phrase::is_all_capitals;
use crate::{CountryCode, PlaceKind};
use dateline_text::{Document, TokenIdx, TokenSpan, Upos};

/// Words of one name, at most.
const MAX_WORDS: usize = 5;
/// Words between a name and the place that it lies in, at most.
const MAX_GAP: usize = 4;

/// The kind of place that a noun before "of" or after a name makes of the name.
fn kind_of(words: &PlaceWords, noun: &str) -> Option<PlaceKind> {
    [("site", PlaceKind::Site), ("area", PlaceKind::Region), ("town", PlaceKind::Settlement)]
        .into_iter()
        .find_map(|(list, kind)| words.has(list, noun).then_some(kind))
}

/// Adds the introduced names of a document; those that are there as unknown names get their kind.
pub(super) fn add_introduced(document: &Document, recognised: &mut Vec<Recognised>) {
    let words = PlaceWords::embedded();
    for sentence in document.sentences() {
        for noun in sentence.tokens.iter() {
            let Some(kind) = kind_of(words, document.lower(noun)) else { continue };
            let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            let after = after_of(document, noun, end).filter(|_| kind != PlaceKind::Site);
            for tokens in before_noun(document, words, noun, start).into_iter().chain(after) {
                add(recognised, tokens, kind);
            }
        }
    }
}

/// `the village of Gorna Luka`: the name behind the noun.
fn after_of(document: &Document, noun: TokenIdx, end: usize) -> Option<TokenSpan> {
    let of = noun.index() + 1;
    if of + 1 >= end || document.lower(TokenIdx::new(of)) != "of" {
        return None;
    }
    let first = of + 1;
    let last =
        (first..end.min(first + MAX_WORDS)).take_while(|&i| is_name(document, TokenIdx::new(i))).last()?;
    Some(TokenSpan::new(first, last + 1))
}

/// `Yarmouk refugee camp`, `October Square`: the name before the noun, and the noun.
fn before_noun(document: &Document, words: &PlaceWords, noun: TokenIdx, start: usize) -> Option<TokenSpan> {
    let mut before = noun.index();
    // "refugee", "army", "border" stand between the name and the noun.
    if before > start && words.has("site_modifier", document.lower(TokenIdx::new(before - 1))) {
        before -= 1;
    }
    let earliest = start.max(before.saturating_sub(MAX_WORDS));
    let first = (earliest..before).rev().take_while(|&i| is_name(document, TokenIdx::new(i))).last()?;
    let only = document.lower(TokenIdx::new(first));
    // "Central Market" is some market; "Police Station" none in particular.
    // A square may have any name: "October Square".
    let named = document.form(noun).starts_with(char::is_uppercase)
        && matches!(document.lower(noun), "square" | "bridge" | "avenue" | "street" | "boulevard" | "gate");
    let common = before - first == 1 && (words.has("common", only) && !named || words.has("locative", only));
    let acronym = before - first == 1 && is_all_capitals(document.form(TokenIdx::new(first)));
    (!common && !acronym).then(|| TokenSpan::new(first, noun.index() + 1))
}

fn is_name(document: &Document, token: TokenIdx) -> bool {
    document.form(token).starts_with(char::is_uppercase)
        && document.upos(token) == Upos::Propn
        && !document.form(token).ends_with('.')
}

fn add(recognised: &mut Vec<Recognised>, tokens: TokenSpan, kind: PlaceKind) {
    let first = recognised.partition_point(|known| known.tokens.end <= tokens.start);
    let inside = recognised[first..].iter().take_while(|known| known.tokens.start < tokens.end).count();
    match inside {
        0 => {
            let form = Form::Name;
            let new =
                Recognised { tokens, form, country: None, candidates: Vec::new(), introduced: Some(kind) };
            recognised.insert(first, new);
        }
        1 => {
            let known = &mut recognised[first];
            if known.candidates.is_empty() && known.country.is_none() && tokens.contains(known.tokens) {
                (known.tokens, known.introduced) = (tokens, Some(kind));
            }
        }
        _ => {}
    }
}

/// What is known of an introduced name: its kind, and the country of what it lies in.
pub(super) fn candidate_of(
    document: &Document,
    recognised: &[Recognised],
    chosen: &[Option<Candidate>],
    number: usize,
) -> Option<Candidate> {
    let kind = recognised[number].introduced?;
    let country = country_around(document, recognised, chosen, number);
    Some(Candidate { kind, at: None, country, state: None, geonameid: None, size: 0.0 })
}

/// `X in Syria`, `X, near Homs`, `the Syrian village of X`, `Homs's X Square`.
fn country_around(
    document: &Document,
    recognised: &[Recognised],
    chosen: &[Option<Candidate>],
    number: usize,
) -> Option<CountryCode> {
    let lower = |i: usize| document.lower(TokenIdx::new(i));
    let tokens = recognised[number].tokens;
    let same = |other: &Recognised| {
        document.sentence_of(other.tokens.first()) == document.sentence_of(tokens.first())
    };
    let country = |other: usize| {
        chosen[other]
            .and_then(|candidate| candidate.country)
            .or_else(|| Some(recognised[other].country?.code))
    };
    if let Some(next) = recognised.get(number + 1).filter(|next| same(next) && next.form == Form::Name) {
        let (end, start) = (tokens.end as usize, next.tokens.start as usize);
        let leads = |i: usize| matches!(lower(i), "in" | "of" | "near" | "outside");
        let gap = start.saturating_sub(end);
        if (1..=MAX_GAP).contains(&gap) && (leads(end) || lower(end) == "," && (gap == 1 || leads(end + 1))) {
            return country(number + 1);
        }
    }
    let before = number.checked_sub(1).filter(|&before| same(&recognised[before]))?;
    let (end, start) = (recognised[before].tokens.end as usize, tokens.start as usize);
    let gap = start.saturating_sub(end);
    let stops = |i: usize| matches!(lower(i), "," | "and" | ";" | "from" | "to" | "by");
    let owns = recognised[before].form == Form::Adjective || gap > 0 && matches!(lower(end), "'s" | "’s");
    (gap <= MAX_GAP && owns && !(end..start).any(stops)).then(|| country(before)).flatten()
}
