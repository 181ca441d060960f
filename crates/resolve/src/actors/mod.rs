//! Finds who acts: names, descriptions, pronouns and metonyms, and which of them are one actor.
//!
//! In:  a parsed document, its country words, organisations and places.
//! Out: [`Actor`]s with their [`ActorMention`]s.
//!
//! The path: base noun phrases ([`chunk`]), name spans ([`name`]), mentions with titles and appositions
//! ([`mention`], [`describe`]), who is who ([`cluster`]), country and sector ([`code`]).
//!
//! Not done: first and second persons ("we", "you"); their speaker is found by attribution.

mod chunk;
mod cluster;
mod code;
mod describe;
mod draft;
mod lexicon;
mod mention;
mod metonym;
mod name;
mod person;

use crate::countries::{Countries, CountryMention};
use crate::{ActorMention, CountryCode, Resolution};
use cluster::cluster;
use dateline_text::{Document, TokenSpan};
use describe::Describer;
use lexicon::Lexicon;
pub(crate) use name::KnownOrganization;

/// What the tables and the places say of a document before actors are looked for.
pub(crate) struct Known<'a> {
    pub countries: &'a Countries,
    pub country_mentions: &'a [CountryMention],
    pub organizations: &'a [KnownOrganization<'a>],
    /// The dateline, in which nobody acts.
    pub dateline: Option<TokenSpan>,
}

/// Fills in the actors and their mentions. The places of the resolution must be there already.
pub(crate) fn find_actors(document: &Document, known: &Known<'_>, resolution: &mut Resolution) {
    let lexicon = Lexicon::embedded();
    let countries = known.country_mentions.iter().map(|mention| mention.tokens);
    let organizations = known.organizations.iter().map(|organization| organization.tokens);
    let chunks = chunk::find_chunks(document, lexicon, countries.chain(organizations), known.dateline);
    let names = name::find_names(document, &chunks, known.country_mentions, known.organizations, lexicon);
    let place_country = place_countries(document, resolution);
    let halves = halves(document, known.country_mentions);
    let cx = Describer {
        document,
        chunks: &chunks,
        names: &names,
        countries: known.country_mentions,
        organizations: known.organizations,
        halves: &halves,
        place_country: &place_country,
        lexicon,
    };
    let mut drafts = mention::find_drafts(&cx);
    drafts.sort_by_key(|draft| (draft.tokens.start, std::cmp::Reverse(draft.tokens.end)));
    mention::tie(&cx, &mut drafts);
    let clusters = cluster(document, &drafts, lexicon);
    let coded = code::code(&cx, known.countries, &drafts, clusters);
    resolution.actors = coded.actors;
    let mut mentions: Vec<ActorMention> = coded.mentions;
    mentions.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    resolution.actor_mentions = mentions.into_iter().collect();
}

/// For each token of a place name the country that the place lies in.
fn place_countries(document: &Document, resolution: &Resolution) -> Vec<Option<CountryCode>> {
    let mut countries = vec![None; document.tokens().len()];
    for (_, mention) in resolution.place_mentions.iter() {
        let country = resolution.places[mention.place].country;
        let TokenSpan { start, end } = mention.tokens;
        countries[start as usize..end as usize].fill(country);
    }
    countries
}

/// What "the North", "the South" and so on stand for where a text speaks of "North Korea" or "South Sudan": the
/// first such country of each.
fn halves(document: &Document, countries: &[CountryMention]) -> Vec<(&'static str, CountryCode)> {
    let mut halves: Vec<(&'static str, CountryCode)> = Vec::new();
    for country in countries {
        let words = document.words(country.tokens);
        for half in ["North", "South", "East", "West"] {
            if words.strip_prefix(half).is_some_and(|rest| rest.starts_with(' '))
                && !halves.iter().any(|(known, _)| *known == half)
            {
                halves.push((half, country.word.code));
            }
        }
    }
    halves
}
