//! Places and the words that name them.

use crate::CountryCode;
use dateline_text::{Idx, TokenSpan, labels};

/// The number of a place in its report.
pub type PlaceIdx = Idx<Place>;

/// A place on the map. Coordinates are absent where the gazetteer does not hold it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name as the report has it, but for the capitals of a dateline.
    pub name: String,
    /// What sort of place.
    pub kind: PlaceKind,
    /// Degrees north and east (WGS 84).
    pub coordinates: Option<(f32, f32)>,
    /// The country it lies in; its own code for a country.
    pub country: Option<CountryCode>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
}

labels! {
    /// What sort of place.
    pub enum PlaceKind as "kind of place" {
        Country = "country",
        /// Province, state, county.
        Region = "region",
        /// City, town, village.
        Settlement = "settlement",
        /// Base, crossing, test site, camp, plant, building.
        Site = "site",
        /// Sea, strait, river, mountain, desert, peninsula, continent.
        Natural = "natural",
        /// The gazetteer does not hold it.
        Unknown = "unknown",
    }
}

/// Words that name a place as a place.
#[derive(Clone, Debug)]
pub struct PlaceMention {
    /// Which place.
    pub place: PlaceIdx,
    /// The name.
    pub tokens: TokenSpan,
    /// Whether the words stand for a government or its people here (`Seoul said`), not for the place.
    pub metonymic: bool,
}
