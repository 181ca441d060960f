//! Places: which words name one, and which of its namesakes they mean.
//!
//! ```text
//! recognise   words of a text that may name a place, each with its candidates
//! introduced  names that no table knows, of places that the words beside them introduce
//! choose      one candidate for each name, by containment, countries, size and distance
//! find        the places of a report and their mentions; toponyms with coordinates for measuring
//! ```
//! Candidates come from the table of countries, from `gazetteer` (settlements) and from `supplement`
//! (regions, seas, sites).

mod choose;
mod find;
mod gazetteer;
mod introduced;
mod recognise;
mod supplement;

pub use find::{Toponym, find_places, find_toponyms};
pub use gazetteer::{Gazetteer, GazetteerError};
pub(crate) use recognise::{is_well_known, size_of_place};

use crate::{CountryCode, PlaceKind};

/// One place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub kind: PlaceKind,
    /// Degrees north and east; absent for a place that no table holds.
    pub at: Option<(f32, f32)>,
    pub country: Option<CountryCode>,
    /// Postal code of a state of the USA, of the state itself and of the settlements in it.
    pub state: Option<[u8; 2]>,
    pub geonameid: Option<u32>,
    /// How large or well known: four for each doubling of the population, 80 for a million people.
    pub size: f32,
}

/// Great-circle distance in kilometres between two points in degrees north and east.
pub(crate) fn distance_km(a: (f32, f32), b: (f32, f32)) -> f32 {
    let (north_a, north_b) = (a.0.to_radians(), b.0.to_radians());
    let half_north = ((north_b - north_a) / 2.0).sin();
    let half_east = ((b.1 - a.1).to_radians() / 2.0).sin();
    let chord = half_north * half_north + north_a.cos() * north_b.cos() * half_east * half_east;
    2.0 * 6371.0 * chord.clamp(0.0, 1.0).sqrt().asin()
}
