//! The way in: everything that the words of one report stand for.
//!
//! In:  a parsed [`Document`] and the [`Setting`] of its report.
//! Out: a [`Resolution`]: actors, places and times with their mentions.

use crate::actors::{Known, KnownOrganization, find_actors};
use crate::countries::Countries;
use crate::dateline::Dateline;
use crate::organizations::Organizations;
use crate::{ActorsError, CountryCode, MentionForm, OrganizationKind, Resolution, find_places, find_times};
use dateline_text::{Document, TokenSpan};
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What is known of a report besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// The day of publication, in the outlet's own zone.
    pub published: Option<Date>,
    /// The country that the outlet writes for.
    pub home: Option<CountryCode>,
}

/// Resolves actors, places and times with the embedded tables, or with those and a user's own actors.
#[derive(Debug)]
pub struct Resolver {
    countries: &'static Countries,
    organizations: Cow<'static, Organizations>,
}

impl Resolver {
    /// The resolver with the embedded tables, built on first use.
    pub fn embedded() -> &'static Resolver {
        static RESOLVER: LazyLock<Resolver> = LazyLock::new(|| Resolver {
            countries: Countries::embedded(),
            organizations: Cow::Borrowed(Organizations::embedded()),
        });
        &RESOLVER
    }

    /// A resolver that also knows the actors of these files, each a name and a text; their names win over ours.
    pub fn extended_by(files: &[(&str, &str)]) -> Result<Resolver, ActorsError> {
        let organizations = Cow::Owned(Organizations::embedded().extended_by(files)?);
        Ok(Resolver { countries: Countries::embedded(), organizations })
    }

    /// Finds who, where and when.
    pub fn resolve(&self, document: &Document, setting: &Setting) -> Resolution {
        let mut resolution = Resolution::default();
        (resolution.places, resolution.place_mentions) = find_places(document, setting.home);
        resolution.dateline = Dateline::of(document);
        let country_mentions = self.countries.find(document);
        let organizations: Vec<KnownOrganization> = self
            .organizations
            .find(document)
            .iter()
            .map(|mention| KnownOrganization {
                tokens: mention.tokens,
                name: mention.organization.names.first().map_or("", String::as_str),
                affiliation: mention.organization.affiliation(setting.published),
                is_own: mention.organization.is_own,
                is_person: mention.organization.kind == OrganizationKind::Person,
            })
            .collect();
        let known = Known {
            countries: self.countries,
            country_mentions: &country_mentions,
            organizations: &organizations,
            dateline: resolution.dateline.map(|dateline| dateline.tokens),
        };
        find_actors(document, &known, &mut resolution);
        mark_metonyms(&mut resolution);
        resolution.times = find_times(document, setting.published);
        resolution
    }
}

/// A capital that stands for its government is no place where anything happened.
fn mark_metonyms(resolution: &mut Resolution) {
    let metonyms: Vec<TokenSpan> = resolution
        .actor_mentions
        .iter()
        .filter(|(_, mention)| mention.form == MentionForm::Metonym)
        .map(|(_, mention)| mention.tokens)
        .collect();
    let mut next = 0;
    for idx in resolution.place_mentions.indices() {
        let mention = &mut resolution.place_mentions[idx];
        while metonyms.get(next).is_some_and(|tokens| tokens.end <= mention.tokens.start) {
            next += 1;
        }
        if metonyms.get(next).is_some_and(|tokens| tokens.overlaps(mention.tokens)) {
            mention.metonymic = true;
        }
    }
}
