//! What one report says of an actor, and the words by which the same actor is found in other reports.
//!
//! ```text
//! Noh Kyu-duk, South Korea's envoy   person  KOR GOV   names: noh kyu duk   offices: envoy
//! ```

use crate::actors::one_line;
use crate::names::NameParts;
use crate::words::{fold, is_function_word, number, stem};
use dateline_plover::CodedReport;
use dateline_resolve::{ActorKind, ActorMention, Countries, CountryCode, MentionForm, Sector};
use dateline_text::ByteSpan;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// What one report, or several together, say of an actor.
#[derive(Clone, Debug)]
pub struct Portrait {
    /// Its full names, the main one first; a description where it has no name.
    pub names: Vec<String>,
    /// What sort of actor.
    pub kind: ActorKind,
    /// PLOVER's country.
    pub country: Option<CountryCode>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// Whether a name stands for it anywhere, and not only a description.
    pub is_named: bool,
    /// The dictionary form of the word that describes it first: `official`.
    pub head: String,
    /// Each form of its name as printed, with where it stands; the first description where it has no name.
    pub forms: Vec<(String, ByteSpan)>,
    /// What the report says it is.
    pub roles: Vec<PortraitRole>,
    /// What is made of all this when it is first asked for.
    pub read: PortraitReading,
}

/// What a portrait is compared by, worked out once.
#[derive(Clone, Debug, Default)]
pub struct PortraitReading(OnceLock<Arc<Reading>>);

/// What a portrait is compared by.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What makes an actor the same without further comparison: its state, its full name, its description.
    /// Nothing for a person by surname only, and for a group of no country.
    pub identities: Vec<String>,
    /// Its names in parts, where there may be other spellings of them.
    pub names: Vec<NameParts>,
    /// What actors with like names have in common: how the parts of their names sound, and their initials.
    pub sounds: BTreeSet<String>,
    /// The words of its offices, without endings.
    pub office_words: Vec<String>,
}

/// An office or description that a report gives an actor.
#[derive(Clone, Debug)]
pub struct PortraitRole {
    /// The words, on one line.
    pub text: String,
    /// The state it serves.
    pub country: Option<CountryCode>,
    /// The sector of the role.
    pub sector: Option<Sector>,
    /// Where the words stand.
    pub span: ByteSpan,
}

/// The portraits of a report's actors, in the report's order.
pub(crate) fn portraits(report: &CodedReport) -> Vec<Portrait> {
    let actors = &report.resolution.actors;
    let mut mentions: Vec<Vec<&ActorMention>> = vec![Vec::new(); actors.n_values()];
    for (_, mention) in report.resolution.actor_mentions.iter() {
        mentions[mention.actor.index()].push(mention);
    }
    let text: &str = &report.article.text;
    let document = &report.document;
    let portrait = |(mentions, (_, actor)): (Vec<&ActorMention>, (_, &dateline_resolve::Actor))| {
        let mut forms: Vec<(String, ByteSpan)> = Vec::new();
        for mention in mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
            let span = document.bytes(mention.tokens);
            let Some(form) = span.slice(text).map(one_line) else { continue };
            if !forms.iter().any(|(known, _)| *known == form) {
                forms.push((form, span));
            }
        }
        let is_named = !forms.is_empty();
        if let Some(first) = mentions.first().filter(|_| !is_named) {
            forms.push((actor.name.clone(), document.bytes(first.tokens)));
        }
        let role = |role: &dateline_resolve::Role| {
            let text = role.span.slice(text).map(one_line)?;
            Some(PortraitRole { text, country: role.country, sector: role.sector, span: role.span })
        };
        Portrait {
            names: vec![actor.name.clone()],
            kind: actor.kind,
            country: actor.country,
            sector: actor.sector,
            is_named,
            head: mentions
                .first()
                .map_or_else(String::new, |mention| document.lemma(mention.head).to_owned()),
            forms,
            roles: actor.roles.iter().filter_map(role).collect(),
            read: PortraitReading::default(),
        }
    };
    mentions.into_iter().zip(actors.iter()).map(portrait).collect()
}

impl Portrait {
    /// What it is compared by.
    pub(crate) fn reading(&self) -> &Reading {
        self.read.0.get_or_init(|| {
            let names: Vec<NameParts> = match self.can_be_alike() {
                true => self.names.iter().map(|name| NameParts::new(name)).collect(),
                false => Vec::new(),
            };
            let mut sounds = BTreeSet::new();
            for name in &names {
                let parts = name.parts.iter().zip(&name.sounds);
                sounds.extend(
                    parts.filter(|(part, _)| !is_function_word(part)).map(|(_, sounds)| sounds.clone()),
                );
                sounds.extend(name.acronym_keys());
            }
            let identities = self.identities(&names);
            Arc::new(Reading { identities, names, sounds, office_words: self.office_words().collect() })
        })
    }

    fn identities(&self, names: &[NameParts]) -> Vec<String> {
        match self.kind {
            ActorKind::State => vec![match self.country {
                Some(country) => {
                    format!("state {} {}", self.territory_or(country), sector_of_state(self.sector))
                }
                None => format!("state {}", NameParts::new(&self.names[0]).key),
            }],
            ActorKind::Person | ActorKind::Organization if self.is_named => {
                let key = |name: &NameParts| match self.kind {
                    _ if name.parts.len() > 1 => Some(format!("name {}", name.key)),
                    ActorKind::Organization => Some(format!("organization {}", name.key)),
                    _ => None,
                };
                names.iter().filter_map(key).collect()
            }
            _ if self.head.is_empty() || !self.is_of_state() => Vec::new(),
            _ => {
                let sector = self.sector.map_or("", Sector::as_str);
                let key = |country| format!("{} {country} {sector} {}", self.kind, self.head);
                self.country.map(key).into_iter().collect()
            }
        }
    }

    /// The territory that it is, which is coded with its state and is another actor: Hong Kong is not Beijing. Else the
    /// state.
    fn territory_or(&self, state: CountryCode) -> CountryCode {
        let countries = Countries::embedded();
        let named = countries.lookup(&self.names[0]).map(|word| word.code);
        named.filter(|&code| countries.state_of(code) == state).unwrap_or(state)
    }

    /// Whether it serves a state: there is one army of a country and one police, but any number of gunmen.
    fn is_of_state(&self) -> bool {
        use Sector::{Cop, Gov, Jud, Leg, Mil, Spy};
        matches!(self.sector, Some(Gov | Mil | Leg | Jud | Cop | Spy))
    }

    /// Whether nothing tells it from others who are described alike: `gunmen`, `two civilians`. In another report
    /// the same words are somebody else.
    pub fn is_anybody(&self) -> bool {
        !self.is_named && self.reading().identities.is_empty()
    }

    /// Whether it has a name of which there may be other spellings.
    pub(crate) fn can_be_alike(&self) -> bool {
        matches!(self.kind, ActorKind::Person | ActorKind::Organization)
    }

    /// The numbers under which a record keeps an actor, so that those which may be the same are found.
    pub fn keys(&self) -> Vec<u32> {
        let mut keys = self.identity_keys();
        keys.extend(self.reading().sounds.iter().map(|key| number(&format!("sound {key}"))));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Those of the keys under which only the actor itself is found, and its namesakes.
    pub fn identity_keys(&self) -> Vec<u32> {
        self.reading().identities.iter().map(|key| number(key)).collect()
    }

    fn office_words(&self) -> impl Iterator<Item = String> {
        self.roles.iter().flat_map(|role| {
            let text = fold(&role.text);
            let words = text.split(|char: char| !char.is_alphanumeric());
            let words = words.filter(|word| word.len() > 2 && !is_function_word(word));
            words.map(|word| stem(word).to_owned()).collect::<Vec<_>>()
        })
    }
}

/// A state acts through its government unless another of its branches is named.
fn sector_of_state(sector: Option<Sector>) -> &'static str {
    match sector {
        None | Some(Sector::Gov) => "GOV",
        Some(other) => other.as_str(),
    }
}
