//! Whether a capital's name stands for the government that sits there.
//!
//! ```text
//! Nairobi rejected the offer.      government
//! Police in Nairobi fired tear gas. town
//! talks between Nairobi and Mogadishu   governments
//! ```

use super::describe::Describer;
use super::name::NameSort;
use super::name::NameSpan;
use crate::countries::CountryWordKind;
use dateline_text::{Deprel, TokenIdx, Upos};

/// How a capital's name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Government,
    Place,
}

/// Verbs whose object or goal is a place.
const VERBS_OF_PLACE: &[&str] = &[
    "hit", "strike", "shell", "bomb", "attack", "rock", "leave", "reach", "visit", "enter", "storm", "seize",
    "capture", "besiege", "encircle", "flee", "surround", "batter", "flood", "shake", "pound", "bombard",
    "take", "retake", "control", "approach",
];

/// Nouns that belong to a town when a capital possesses them.
const NOUNS_OF_TOWN: &[&str] = &[
    "airport",
    "street",
    "streets",
    "suburb",
    "suburbs",
    "outskirts",
    "centre",
    "center",
    "district",
    "mayor",
    "port",
    "square",
    "residents",
    "university",
    "hospital",
    "hospitals",
    "hotel",
    "stadium",
    "neighbourhood",
    "neighborhood",
    "downtown",
    "skyline",
    "market",
    "population",
    "old",
    "stock",
    "metro",
    "people",
    "police",
    "city",
    "cathedral",
    "mosque",
    "main",
    "north",
    "south",
    "east",
    "west",
    "southern",
    "northern",
    "eastern",
    "western",
    "fall",
    "bishop",
    "archbishop",
    "governor",
    "mayoral",
    "central",
];

/// Reads a capital's name by the words around it.
pub(crate) fn read_capital(cx: &Describer<'_>, chunk: usize, name: &NameSpan) -> Reading {
    let document = cx.document;
    let phrase = &cx.chunks.all[chunk];
    let sentence = document.sentence(phrase.sentence).tokens;
    let head =
        name.tokens.iter().find(|&token| document.head(token).is_none_or(|above| !name.tokens.holds(above)));
    let head = head.unwrap_or_else(|| name.tokens.last());
    if phrase.tokens.start < name.tokens.start && !matches!(document.upos(phrase.tokens.first()), Upos::Det) {
        // "central Nairobi", "the capital Nairobi".
        return Reading::Place;
    }
    // "Nairobi -" opens a report; other datelines are no phrases.
    let after = name.tokens.end as usize;
    if name.tokens.start == sentence.start
        && after < sentence.end as usize
        && matches!(document.form(TokenIdx::new(after)), "(" | "-" | "—" | "–" | ":")
    {
        return Reading::Place;
    }
    // "Nairobi, Kenya"
    if after + 1 < sentence.end as usize
        && document.form(TokenIdx::new(after)) == ","
        && matches!(cx.name_at(TokenIdx::new(after + 1)).map(|name| name.sort), Some(NameSort::Country(number))
            if matches!(cx.countries[number].word.kind, CountryWordKind::Name)
               && cx.countries[number].word.code == code_of(cx, name))
    {
        return Reading::Place;
    }
    if phrase.is_possessor {
        let Some(next) = cx.chunks.all.get(chunk + 1) else { return Reading::Place };
        let of_town = next.tokens.iter().any(|token| {
            NOUNS_OF_TOWN.contains(&document.lower(token)) || NOUNS_OF_TOWN.contains(&document.lemma(token))
        });
        return if of_town { Reading::Place } else { Reading::Government };
    }
    if let Some((prep, above)) = phrase.prep {
        return read_after_preposition(cx, chunk, prep, above);
    }
    // The second of "Seoul and Washington" reads as the first does.
    if document.deprel(head) == Deprel::Conj
        && let Some(first) = document.head(head)
        && let Some(first_name) = cx.name_at(first).copied()
        && first_name.tokens.start < name.tokens.start
        && let Some(first_chunk) = cx.chunks.at(first)
        && first_chunk < chunk
    {
        return match first_name.sort {
            NameSort::Country(number) if cx.countries[number].word.kind == CountryWordKind::Capital => {
                read_first(cx, first_chunk)
            }
            NameSort::Country(_) => match cx.chunks.all[first_chunk].prep {
                Some((prep, _)) if is_place_preposition(document.lower(prep)) => Reading::Place,
                _ => Reading::Government,
            },
            _ => Reading::Place,
        };
    }
    let verb = document.head(head);
    match document.deprel(head) {
        Deprel::Nsubj | Deprel::NsubjOuter => {
            // "Kabul is a city", "Kabul fell".
            let is_placelike = verb.is_some_and(|verb| {
                matches!(document.lemma(verb), "fall" | "lie" | "city" | "capital" | "town" | "wake" | "burn")
            });
            if is_placelike { Reading::Place } else { Reading::Government }
        }
        Deprel::NsubjPass => match verb {
            Some(verb) if VERBS_OF_PLACE.contains(&document.lemma(verb)) => Reading::Place,
            _ => Reading::Government,
        },
        Deprel::Obj | Deprel::Iobj => match verb {
            Some(verb) if VERBS_OF_PLACE.contains(&document.lemma(verb)) => Reading::Place,
            _ => Reading::Government,
        },
        Deprel::Xcomp | Deprel::Csubj | Deprel::OblAgent | Deprel::NmodPoss => Reading::Government,
        _ => Reading::Place,
    }
}

/// Reads a capital that comes first in a list, without looking at lists again.
fn read_first(cx: &Describer<'_>, chunk: usize) -> Reading {
    let document = cx.document;
    let phrase = &cx.chunks.all[chunk];
    if let Some((prep, above)) = phrase.prep {
        return read_after_preposition(cx, chunk, prep, above);
    }
    match document.deprel(phrase.tokens.last()) {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => Reading::Government,
        Deprel::Obj => match document.head(phrase.tokens.last()) {
            Some(verb) if VERBS_OF_PLACE.contains(&document.lemma(verb)) => Reading::Place,
            _ => Reading::Government,
        },
        _ => Reading::Place,
    }
}

fn code_of(cx: &Describer<'_>, name: &NameSpan) -> crate::CountryCode {
    match name.sort {
        NameSort::Country(number) => cx.countries[number].word.code,
        _ => unreachable!("invariant: only country words are read as capitals"),
    }
}

fn is_place_preposition(prep: &str) -> bool {
    matches!(
        prep,
        "in" | "at"
            | "near"
            | "around"
            | "outside"
            | "inside"
            | "across"
            | "throughout"
            | "into"
            | "within"
            | "through"
            | "over"
            | "above"
    )
}

fn read_after_preposition(cx: &Describer<'_>, chunk: usize, prep: TokenIdx, above: Option<usize>) -> Reading {
    let document = cx.document;
    let lower = document.lower(prep);
    if is_place_preposition(lower) {
        return Reading::Place;
    }
    // What the preposition hangs on: a noun just before it, else the verb of the tree.
    let noun = above.map(|above| document.lower(cx.chunks.all[above].tokens.last()));
    let verb = document.head(cx.chunks.all[chunk].tokens.last()).map(|head| document.lemma(head));
    match lower {
        "between" | "with" | "against" | "by" | "toward" | "towards" | "among" => Reading::Government,
        "on" => match noun {
            Some(
                "attack" | "attacks" | "strike" | "strikes" | "assault" | "march" | "advance" | "raid"
                | "raids",
            ) => Reading::Place,
            _ => Reading::Government,
        },
        "of" => match noun {
            Some(
                "capital" | "city" | "town" | "streets" | "outskirts" | "suburb" | "suburbs" | "centre"
                | "center" | "north" | "south" | "east" | "west" | "mayor" | "university" | "bishop"
                | "archbishop" | "kilometres" | "kilometers" | "miles" | "km" | "district" | "port" | "fall"
                | "siege" | "residents" | "people" | "gates" | "heart" | "battle" | "bombing" | "shelling",
            ) => Reading::Place,
            _ => Reading::Government,
        },
        "from" => match noun {
            Some(
                "threat" | "threats" | "response" | "pressure" | "support" | "aid" | "help" | "concessions"
                | "demand" | "demands" | "statement" | "approval" | "reply" | "guarantees" | "permission"
                | "criticism" | "warning" | "warnings" | "assistance" | "reaction" | "signal" | "signals"
                | "backing" | "orders" | "instructions" | "condemnation" | "money" | "independence"
                | "comment" | "promises" | "assurances" | "message" | "provocations" | "denial" | "protests"
                | "protest",
            ) => Reading::Government,
            _ => Reading::Place,
        },
        "to" => {
            let to_town = matches!(
                noun,
                Some(
                    "visit"
                        | "trip"
                        | "travel"
                        | "flight"
                        | "flights"
                        | "journey"
                        | "tour"
                        | "return"
                        | "road"
                        | "train"
                        | "bus"
                        | "visits"
                        | "trips"
                        | "highway"
                        | "drive"
                        | "route"
                        | "march"
                )
            ) || matches!(
                verb,
                Some(
                    "go" | "travel"
                        | "fly"
                        | "return"
                        | "come"
                        | "arrive"
                        | "head"
                        | "move"
                        | "flee"
                        | "drive"
                        | "march"
                        | "rush"
                        | "transfer"
                        | "evacuate"
                        | "bring"
                        | "take"
                        | "fight"
                        | "airlift"
                        | "transport"
                        | "trip"
                        | "visit"
                )
            );
            if to_town { Reading::Place } else { Reading::Government }
        }
        "for" => match verb {
            Some("leave" | "depart" | "head" | "bind") => Reading::Place,
            _ => Reading::Government,
        },
        _ => Reading::Place,
    }
}
