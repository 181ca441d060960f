#![doc = include_str!("../README.md")]

mod actor;
mod actors;
mod codes;
mod countries;
mod dateline;
mod organizations;
mod phrase;
mod place;
mod places;
mod resolver;
mod time;
mod times;

pub use actor::{Actor, ActorIdx, ActorKind, ActorMention, MentionForm, Role, Tenure};
pub use codes::{CountryCode, Sector};
pub use countries::{Countries, Country, CountryMention, CountryWord, CountryWordKind, Doubt};
pub use dateline::Dateline;
pub use organizations::{
    ActorsError, ActorsErrorKind, Affiliation, Organization, OrganizationKind, OrganizationMention,
    Organizations,
};
pub use phrase::fold_name;
pub use place::{Place, PlaceIdx, PlaceKind, PlaceMention};
pub use places::{Gazetteer, GazetteerError, Toponym, find_places, find_toponyms};
pub use resolver::{Resolver, Setting};
pub use time::{DayRange, TimeExpression, TimexType};
pub use times::find_times;

use dateline_text::{Arena, Idx};

/// Everything that the words of one report stand for.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// The actors, in order of first mention.
    pub actors: Arena<Actor>,
    /// Their mentions, in text order. They may nest (`South Korea` in `South Korea's envoy`).
    pub actor_mentions: Arena<ActorMention>,
    /// The places, in order of first mention.
    pub places: Arena<Place>,
    /// Their mentions, in text order.
    pub place_mentions: Arena<PlaceMention>,
    /// Where the report says that it was written.
    pub dateline: Option<Dateline>,
    /// Time expressions, in text order.
    pub times: Arena<TimeExpression>,
}

impl Resolution {
    /// The place of the dateline.
    pub fn place_of_dateline(&self) -> Option<PlaceIdx> {
        let tokens = self.dateline?.place?;
        self.place_mentions
            .iter()
            .find(|(_, mention)| mention.tokens == tokens)
            .map(|(_, mention)| mention.place)
    }
}

/// The number of an actor mention in its [`Resolution`].
pub type ActorMentionIdx = Idx<ActorMention>;
/// The number of a place mention in its [`Resolution`].
pub type PlaceMentionIdx = Idx<PlaceMention>;
/// The number of a time expression in its [`Resolution`].
pub type TimeIdx = Idx<TimeExpression>;
