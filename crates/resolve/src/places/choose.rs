//! Which of its namesakes a name means.
//!
//! One name has one meaning in a report. Each candidate is weighed by its size, by the countries that the
//! report names, by what the text says it lies in (`Paris, Texas`; `the Syrian city of Homs`) and, in a
//! second round, by how near it is to the other places.

use super::recognise::{Form, Recognised};
use super::{Candidate, distance_km};
use crate::phrase::fold;
use crate::{CountryCode, PlaceKind};
use dateline_text::{Document, TokenIdx};
use rustc_hash::FxHashMap;

/// What a candidate gains, in units of its size (four for each doubling of the population).
const LIES_IN_COMMA: f32 = 80.0;
const LIES_IN_PHRASE: f32 = 45.0;
const COUNTRY_NAMED: f32 = 26.0;
const STATE_NAMED: f32 = 14.0;
const HOME: f32 = 8.0;
const NEAR: f32 = 16.0;
/// Places count as near within this distance.
const NEAR_KM: f32 = 250.0;
/// No more of the other places are compared.
const MAX_NEIGHBOURS: usize = 60;

/// For each recognised name the candidate it means; nothing where it has none.
pub(crate) fn choose(
    document: &Document,
    recognised: &[Recognised],
    home: Option<CountryCode>,
) -> Vec<Option<Candidate>> {
    let groups = group(document, recognised);
    let named = Named::count(recognised);
    let contained: Vec<Vec<f32>> = (0..recognised.len())
        .map(|i| {
            let container = container(document, recognised, i);
            let candidates = recognised[i].candidates.iter();
            candidates.map(|candidate| container.as_ref().map_or(0.0, |c| c.gain(candidate))).collect()
        })
        .collect();

    let mut chosen: Vec<Option<usize>> = vec![None; groups.len()];
    for round in 0..2 {
        let points = points(&groups, recognised, &chosen);
        let choose_one = |(number, group): (usize, &Vec<usize>)| {
            let candidates = &recognised[group[0]].candidates;
            let score = |i: usize| {
                let candidate = &candidates[i];
                let contained = group.iter().map(|&m| contained[m].get(i).copied().unwrap_or(0.0));
                let mut score = candidate.size + named.gain(candidate) + contained.fold(0.0, f32::max);
                if home.is_some() && candidate.country == home {
                    score += HOME;
                }
                if round > 0 && candidate.kind == PlaceKind::Settlement {
                    score += nearness(candidate, number, &points);
                }
                score
            };
            (0..candidates.len()).map(|i| (i, score(i))).reduce(|a, b| if b.1 > a.1 { b } else { a })
        };
        chosen = groups.iter().enumerate().map(|pair| choose_one(pair).map(|best| best.0)).collect();
    }

    let mut result = vec![None; recognised.len()];
    for (group, chosen) in groups.iter().zip(&chosen) {
        for &mention in group {
            result[mention] = chosen.and_then(|i| recognised[mention].candidates.get(i).copied());
        }
    }
    result
}

/// Mentions of one name, which share their candidates.
fn group(document: &Document, recognised: &[Recognised]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_name: FxHashMap<(String, usize), usize> = FxHashMap::default();
    for (i, mention) in recognised.iter().enumerate() {
        let key = (fold(document.words(mention.tokens)), mention.candidates.len());
        let number = *by_name.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[number].push(i);
    }
    groups
}

/// How often a report names each country and state.
struct Named {
    countries: FxHashMap<CountryCode, f32>,
    states: FxHashMap<[u8; 2], f32>,
    most: f32,
}

impl Named {
    fn count(recognised: &[Recognised]) -> Named {
        let mut named = Named { countries: FxHashMap::default(), states: FxHashMap::default(), most: 0.0 };
        for mention in recognised {
            if let Some(word) = mention.country {
                *named.countries.entry(word.code).or_default() += 1.0;
            } else if let [only] = mention.candidates[..] {
                if let Some(country) = only.country {
                    *named.countries.entry(country).or_default() += 0.5;
                }
                if let Some(state) = only.state.filter(|_| only.kind == PlaceKind::Region) {
                    *named.states.entry(state).or_default() += 1.0;
                }
            }
        }
        named.most = named.countries.values().copied().fold(0.0, f32::max);
        named
    }

    /// Grows with the share of the report's country words that name the candidate's country.
    fn gain(&self, candidate: &Candidate) -> f32 {
        let Some(count) = candidate.country.and_then(|country| self.countries.get(&country)) else {
            return 0.0;
        };
        let share = count / self.most;
        let in_state = candidate.state.is_some_and(|state| self.states.contains_key(&state));
        COUNTRY_NAMED * (0.5 + 0.5 * share) + if in_state { STATE_NAMED } else { 0.0 }
    }
}

/// What the text says that a place lies in.
struct Container {
    country: Option<CountryCode>,
    state: Option<[u8; 2]>,
    gain: f32,
}

impl Container {
    fn gain(&self, candidate: &Candidate) -> f32 {
        let fits = match self.state {
            Some(state) => candidate.state == Some(state) && candidate.country == self.country,
            None => candidate.country == self.country,
        };
        if fits && candidate.kind != PlaceKind::Country { self.gain } else { 0.0 }
    }

    fn of(mention: &Recognised, gain: f32) -> Option<Container> {
        if let Some(word) = mention.country {
            // `Atlanta, Georgia`: after a comma the state is as good as the country.
            if let Some(state) = mention.candidates.iter().find(|candidate| candidate.state.is_some()) {
                return Some(Container { country: state.country, state: state.state, gain });
            }
            return Some(Container { country: Some(word.code), state: None, gain });
        }
        let region = mention.candidates.iter().find(|candidate| candidate.kind != PlaceKind::Settlement)?;
        Some(Container { country: Some(region.country?), state: region.state, gain })
    }
}

fn container(document: &Document, recognised: &[Recognised], number: usize) -> Option<Container> {
    let tokens = recognised[number].tokens;
    let lower = |i: usize| document.tokens().get(i).map(|_| document.lower(TokenIdx::new(i)));
    let end = tokens.end as usize;
    if let Some(next) = recognised.get(number + 1) {
        let gap = next.tokens.start as usize - end;
        let same = document.sentence_of(tokens.first()) == document.sentence_of(next.tokens.first());
        if same && gap == 1 && lower(end) == Some(",") && next.form != Form::Adjective {
            return Container::of(next, LIES_IN_COMMA);
        }
        if same
            && (1..=4).contains(&gap)
            && next.form == Form::Name
            && matches!(lower(end), Some("in" | "of"))
            && (end..next.tokens.start as usize).all(|i| is_between(lower(i)))
        {
            return Container::of(next, LIES_IN_PHRASE);
        }
    }
    let before = number.checked_sub(1).map(|i| &recognised[i])?;
    let start = tokens.start as usize;
    let gap = start - before.tokens.end as usize;
    let is_phrase = (1..=6).contains(&gap)
        && document.sentence_of(before.tokens.first()) == document.sentence_of(tokens.first())
        && (before.tokens.end as usize..start).all(|i| lower(i) != Some(",") && lower(i) != Some("and"))
        && (before.form == Form::Adjective || lower(before.tokens.end as usize) == Some("'s"));
    // `the Syrian city of Homs`, `Syria's third city, Homs`.
    if is_phrase { Container::of(before, LIES_IN_PHRASE) } else { None }
}

fn is_between(word: Option<&str>) -> bool {
    matches!(
        word,
        Some(
            "in" | "of"
                | "the"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "central"
                | "north"
                | "south"
                | "east"
                | "west"
                | "northeastern"
                | "northwestern"
                | "southeastern"
                | "southwestern"
                | "-"
                | "neighboring"
                | "neighbouring"
                | "nearby"
                | "war-torn"
                | "occupied"
        )
    )
}

/// Where the places chosen so far lie, with the number of their name.
fn points(
    groups: &[Vec<usize>],
    recognised: &[Recognised],
    chosen: &[Option<usize>],
) -> Vec<(usize, (f32, f32))> {
    let place = |(number, group): (usize, &Vec<usize>)| {
        let candidate = recognised[group[0]].candidates.get(chosen[number]?)?;
        let is_point = matches!(candidate.kind, PlaceKind::Settlement | PlaceKind::Site | PlaceKind::Region);
        Some((number, candidate.at.filter(|_| is_point)?))
    };
    groups.iter().enumerate().filter_map(place).take(MAX_NEIGHBOURS).collect()
}

/// What a candidate gains from the two nearest of the other places.
fn nearness(candidate: &Candidate, number: usize, points: &[(usize, (f32, f32))]) -> f32 {
    let Some(at) = candidate.at else { return 0.0 };
    let (mut first, mut second) = (f32::MAX, f32::MAX);
    for &(other, point) in points {
        if other == number {
            continue;
        }
        let km = distance_km(at, point);
        if km < first {
            (first, second) = (km, first);
        } else if km < second {
            second = km;
        }
    }
    let gain = |km: f32| NEAR * (1.0 - km / NEAR_KM).max(0.0);
    gain(first) + gain(second) / 2.0
}
