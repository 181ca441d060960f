//! Country and sector of each entity, by PLOVER, from what the text says of it.
//!
//! In:  entities with their roles and possessors. Out: [`Actor`]s and [`ActorMention`]s.
//!
//! A country comes from the entity's own words, then from whom it belongs to, then from the phrase that
//! includes it ("South Korean officials, including …"), last from where the sentence or the report plays.

use super::cluster::{Clusters, Entity};
use super::describe::Describer;
use super::draft::{Belongs, Determiner, Draft, Subject, What};
use super::name::NameSort;
use crate::countries::{Countries, CountryWordKind};
use crate::{Actor, ActorIdx, ActorKind, ActorMention, CountryCode, MentionForm, Role, Sector, Tenure};
use dateline_text::{Arena, TokenIdx};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// The coded actors of a document and their mentions.
pub(crate) struct Coded {
    pub actors: Arena<Actor>,
    pub mentions: Vec<ActorMention>,
}

/// How many steps from owner to owner a country is looked for.
const MAX_STEPS: usize = 6;

/// Codes the entities; those without a mention are left out.
pub(crate) fn code(
    cx: &Describer<'_>,
    countries: &Countries,
    drafts: &[Draft],
    mut clusters: Clusters,
) -> Coded {
    note_hosts(cx, drafts, &mut clusters);
    let mut of_token: FxHashMap<TokenIdx, usize> = FxHashMap::default();
    for (number, draft) in drafts.iter().enumerate() {
        if let Some(entity) = clusters.of_draft[number] {
            of_token.entry(draft.head).or_insert(entity);
            of_token.insert(draft.tokens.last(), entity);
        }
    }
    let mut subject_of: FxHashMap<usize, usize> = FxHashMap::default();
    for (draft, entity) in drafts.iter().zip(&clusters.of_draft) {
        if let Some(entity) = entity
            && draft.subject == Subject::Main
        {
            subject_of.entry(draft.sentence.index()).or_insert(*entity);
        }
    }
    let coder = Coder {
        cx,
        countries,
        drafts,
        entities: &clusters.entities,
        of_token,
        subject_of,
        place_of: RefCell::default(),
    };
    let home = coder.main_country();
    // The order of first mention, over entities that have one.
    let mut order: Vec<usize> = Vec::new();
    let mut actor_of: Vec<Option<ActorIdx>> = vec![None; clusters.entities.len()];
    for entity in clusters.of_draft.iter().flatten() {
        if actor_of[*entity].is_none() {
            actor_of[*entity] = Some(ActorIdx::new(order.len()));
            order.push(*entity);
        }
    }
    let actors = order.iter().map(|&entity| coder.actor(entity, home, &actor_of)).collect::<Arena<Actor>>();
    let mentions = drafts
        .iter()
        .zip(&clusters.of_draft)
        .filter_map(|(draft, &entity)| {
            let actor = actor_of[entity?]?;
            Some(ActorMention { actor, tokens: draft.tokens, head: draft.head, form: draft.form })
        })
        .collect();
    Coded { actors, mentions }
}

/// For "X, including Y" notes X on Y.
fn note_hosts(cx: &Describer<'_>, drafts: &[Draft], clusters: &mut Clusters) {
    let mut of_chunk: FxHashMap<usize, usize> = FxHashMap::default();
    for (number, draft) in drafts.iter().enumerate() {
        if draft.form != MentionForm::Modifier
            && let Some(entity) = clusters.of_draft[number]
        {
            of_chunk.insert(draft.chunk, entity);
        }
    }
    for (number, draft) in drafts.iter().enumerate() {
        let host = cx.chunks.all[draft.chunk].host.and_then(|host| of_chunk.get(&host).copied());
        if let (Some(entity), Some(host)) = (clusters.of_draft[number], host)
            && entity != host
            && draft.form != MentionForm::Modifier
            && clusters.entities[entity].host.is_none()
        {
            clusters.entities[entity].host = Some(host);
        }
    }
}

struct Coder<'a> {
    cx: &'a Describer<'a>,
    countries: &'a Countries,
    drafts: &'a [Draft],
    entities: &'a [Entity],
    of_token: FxHashMap<TokenIdx, usize>,
    /// The entity that is the main subject of a sentence.
    subject_of: FxHashMap<usize, usize>,
    /// What `place_of_sentence` found, by sentence: many actors may ask for the same one.
    place_of: RefCell<FxHashMap<usize, Option<CountryCode>>>,
}

impl Coder<'_> {
    fn actor(&self, number: usize, home: Option<CountryCode>, actor_of: &[Option<ActorIdx>]) -> Actor {
        let entity = &self.entities[number];
        let mut roles: Vec<Role> = Vec::new();
        for role in &entity.roles {
            let words = |span: dateline_text::ByteSpan| span.of(self.cx.document.text()).to_lowercase();
            if roles.iter().any(|other| words(other.span) == words(role.span)) {
                continue;
            }
            let country =
                self.country_of(&role.belongs, number, MAX_STEPS).map(|code| self.countries.state_of(code));
            let sector = self.role_sector(role, number, MAX_STEPS);
            roles.push(Role { span: role.span, country, sector, tenure: role.tenure });
        }
        let known = self.country(number, MAX_STEPS).filter(|_| !(home.is_some() && is_any_states(entity)));
        let country =
            known.or_else(|| self.place_of_play(number, home)).map(|code| self.countries.state_of(code));
        let members: Vec<ActorIdx> = entity.members.iter().filter_map(|&member| actor_of[member]).collect();
        let (country, sector) = if members.is_empty() {
            (country, self.sector(number, MAX_STEPS))
        } else {
            (self.shared_country(entity), self.sector(number, MAX_STEPS))
        };
        Actor {
            name: self.name(entity),
            names: if entity.names.is_empty() {
                entity.description.iter().map(|words| words.to_string()).collect()
            } else {
                entity.names.clone()
            },
            kind: entity.kind,
            country,
            sector,
            roles,
            members,
        }
    }

    /// The country of all members, where they share one.
    fn shared_country(&self, entity: &Entity) -> Option<CountryCode> {
        let mut codes = entity.members.iter().map(|&member| self.country(member, MAX_STEPS));
        let first = codes.next()??;
        codes.all(|code| code == Some(first)).then_some(first)
    }

    fn name(&self, entity: &Entity) -> String {
        if let Some(country) = entity.state.and_then(|code| self.countries.country(code)) {
            return country.name.clone();
        }
        let fullest = entity.names.iter().rev().max_by_key(|form| match entity.kind {
            ActorKind::Person => form.split_whitespace().count() * 1000 + form.len(),
            _ => form.len(),
        });
        match (fullest, &entity.description) {
            (Some(name), _) => without_article(name).to_owned(),
            (None, Some(words)) => without_article(words).to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The country of an entity by its own words, its owners and its host.
    fn country(&self, number: usize, steps: usize) -> Option<CountryCode> {
        let entity = &self.entities[number];
        if let Some(given) = entity.given {
            return Some(given.code);
        }
        if entity.state.is_some() {
            return entity.state;
        }
        let by_tenure = |tenures: &'static [Tenure]| {
            entity.roles.iter().filter(move |role| tenures.contains(&role.tenure))
        };
        let current = by_tenure(&[Tenure::Current, Tenure::Future]);
        let former = by_tenure(&[Tenure::Former]);
        // Words that name a country outright come before owners whose country must be found first.
        for role in current.clone().chain(former.clone()) {
            if let Some(Belongs::Code(code)) = role.belongs.first() {
                return Some(*code);
            }
        }
        for role in current.chain(former) {
            if let Some(code) = self.country_of(&role.belongs, number, steps) {
                return Some(code);
            }
        }
        if let Some(code) = self.country_of(&entity.belongs, number, steps) {
            return Some(code);
        }
        if steps == 0 {
            return None;
        }
        entity.host.and_then(|host| self.country(host, steps - 1))
    }

    fn country_of(&self, belongs: &[Belongs], own: usize, steps: usize) -> Option<CountryCode> {
        let mut owner_code = None;
        for source in belongs {
            match source {
                Belongs::Code(code) => return Some(*code),
                Belongs::Token(token) if steps > 0 && owner_code.is_none() => {
                    if let Some(&owner) = self.of_token.get(token)
                        && owner != own
                    {
                        owner_code = self.country(owner, steps - 1);
                    }
                }
                Belongs::Token(_) => {}
            }
            if owner_code.is_some() {
                return owner_code;
            }
        }
        owner_code
    }

    fn role_sector(&self, role: &super::draft::RoleDraft, own: usize, steps: usize) -> Option<Sector> {
        if !role.is_fallback || steps == 0 {
            return role.sector;
        }
        let owner = role.belongs.iter().find_map(|belongs| match belongs {
            Belongs::Token(token) => self.of_token.get(token).copied().filter(|&owner| owner != own),
            Belongs::Code(_) => None,
        });
        let owned = owner.and_then(|owner| self.sector(owner, steps - 1));
        owned.filter(|sector| !matches!(sector, Sector::Cvl | Sector::Unk)).or(role.sector)
    }

    fn sector(&self, number: usize, steps: usize) -> Option<Sector> {
        let entity = &self.entities[number];
        if let Some(sector) = entity.given.and_then(|given| given.sector) {
            return Some(sector);
        }
        if entity.state.is_some() {
            return Some(Sector::Gov);
        }
        if let Some(sector) = entity.sector {
            return Some(sector);
        }
        let is_weak = |sector: Sector| matches!(sector, Sector::Cvl | Sector::Unk);
        let mut weak = None;
        let mut fallback = None;
        let mut former = None;
        for role in &entity.roles {
            let Some(sector) = self.role_sector(role, number, steps) else { continue };
            match role.tenure {
                // PLOVER 2.0: former officials are ELI.
                Tenure::Former if entity.kind == ActorKind::Person || entity.is_plural => {
                    former = former.or(Some(match sector {
                        Sector::Gov
                        | Sector::Mil
                        | Sector::Leg
                        | Sector::Jud
                        | Sector::Cop
                        | Sector::Spy
                        | Sector::Pty => Sector::Eli,
                        other => other,
                    }));
                }
                _ if is_weak(sector) => weak = weak.or(Some(sector)),
                _ if role.is_fallback => fallback = fallback.or(Some(sector)),
                _ => return Some(sector),
            }
        }
        fallback.or(former).or(weak).or_else(|| {
            let mut sectors = entity
                .members
                .iter()
                .filter_map(|&member| (steps > 0).then(|| self.sector(member, steps - 1)).flatten());
            let first = sectors.next()?;
            sectors.all(|sector| sector == first).then_some(first)
        })
    }

    /// The country that the whole report is about, where one is named twice as often as all others together.
    fn main_country(&self) -> Option<CountryCode> {
        let mut counts: Vec<(CountryCode, usize)> = Vec::new();
        let count = |counts: &mut Vec<(CountryCode, usize)>, code: CountryCode| {
            if code.is_supranational() {
                return;
            }
            match counts.iter_mut().find(|(other, _)| *other == code) {
                Some((_, n)) => *n += 1,
                None => counts.push((code, 1)),
            }
        };
        let first = self.cx.document.sentences().get(1).map_or(u32::MAX, |sentence| sentence.tokens.end);
        for country in self.cx.countries.iter().filter(|country| country.doubt.is_none()) {
            // Title, dateline and lead say what a report is about.
            let weight = if country.tokens.start < first { 3 } else { 1 };
            for _ in 0..weight {
                count(&mut counts, country.word.code);
            }
        }
        // Towns tell only where no country is named: a name of the gazetteer may be somebody's.
        if counts.is_empty() {
            self.cx.place_country.iter().flatten().for_each(|&code| count(&mut counts, code));
        }
        let total: usize = counts.iter().map(|(_, n)| n).sum();
        let (code, n) = counts.iter().copied().max_by_key(|&(_, n)| n)?;
        (n >= 2 && 3 * n >= 2 * total).then_some(code)
    }

    /// The country where an entity is at home by the place of its sentence, else the report's main country.
    /// Only for those who belong to a state by their calling or are described, not named.
    fn place_of_play(&self, number: usize, home: Option<CountryCode>) -> Option<CountryCode> {
        let entity = &self.entities[number];
        let draft = self.drafts.get(entity.first_draft)?;
        let is_described = matches!(draft.what, What::Description { .. }) || !entity.roles.is_empty();
        if !is_described || !entity.members.is_empty() {
            return None;
        }
        let sector = self.sector(number, MAX_STEPS);
        if matches!(sector, Some(Sector::Unk)) {
            return None;
        }
        self.place_of_sentence(draft).or_else(|| self.country_of_subject(draft, number)).or(home)
    }

    /// The country of whoever the sentence is about: "Barry said the army had …" is Barry's army.
    fn country_of_subject(&self, draft: &Draft, own: usize) -> Option<CountryCode> {
        let is_of_state = matches!(
            self.sector(own, MAX_STEPS),
            Some(
                Sector::Gov
                    | Sector::Mil
                    | Sector::Cop
                    | Sector::Leg
                    | Sector::Jud
                    | Sector::Spy
                    | Sector::Opp
            )
        );
        if draft.determiner != Determiner::Definite || draft.subject != Subject::Clause || !is_of_state {
            return None;
        }
        let subject = *self.subject_of.get(&draft.sentence.index())?;
        let code = self.country(subject, MAX_STEPS).filter(|code| !code.is_supranational())?;
        let is_foreign_office = self.entities[subject].kind == ActorKind::State;
        (subject != own && !is_foreign_office).then_some(code)
    }

    /// The country of the only places that the draft's sentence names as places.
    fn place_of_sentence(&self, draft: &Draft) -> Option<CountryCode> {
        if let Some(&known) = self.place_of.borrow().get(&draft.sentence.index()) {
            return known;
        }
        let found = self.find_place_of_sentence(draft);
        self.place_of.borrow_mut().insert(draft.sentence.index(), found);
        found
    }

    fn find_place_of_sentence(&self, draft: &Draft) -> Option<CountryCode> {
        let cx = self.cx;
        let mut found = None;
        for token in cx.document.sentence(draft.sentence).tokens.iter() {
            let code = match cx.name_at(token).map(|name| (name.sort, name.tokens)) {
                Some((NameSort::Country(number), tokens)) if tokens.first() == token => {
                    let word = cx.countries[number].word;
                    let prep = cx.chunks.at(token).and_then(|chunk| cx.chunks.all[chunk].prep);
                    let is_place = prep.is_some_and(|(prep, _)| {
                        matches!(
                            cx.document.lower(prep),
                            "in" | "at" | "near" | "across" | "outside" | "around" | "inside"
                        )
                    });
                    (is_place && matches!(word.kind, CountryWordKind::Name | CountryWordKind::Capital))
                        .then_some(word.code)
                }
                Some((NameSort::Country(_) | NameSort::Organization { .. } | NameSort::Person, _)) => None,
                // A town counts where the text names its country too.
                _ => cx.place_country[token.index()].filter(|code| {
                    cx.countries.is_empty()
                        || cx.countries.iter().take(200).any(|country| country.word.code == *code)
                }),
            };
            match (code, found) {
                (Some(code), None) => found = Some(code),
                (Some(code), Some(other)) if code != other => return None,
                _ => {}
            }
        }
        found
    }
}

/// Bodies that many states have under one name; the table means the best known one.
fn is_any_states(entity: &Entity) -> bool {
    entity.given.is_none()
        && entity.belongs.len() == 1
        && entity.names.iter().all(|name| {
            matches!(
                name.as_str(),
                "Congress"
                    | "Senate"
                    | "House"
                    | "House of Representatives"
                    | "Supreme Court"
                    | "Treasury"
                    | "Parliament"
                    | "National Assembly"
                    | "State Duma"
                    | "Home Office"
                    | "National Guard"
                    | "Coast Guard"
                    | "Labour"
            )
        })
        && !entity.names.is_empty()
}

/// A name or description without its article.
fn without_article(words: &str) -> &str {
    ["the ", "The ", "a ", "A ", "an ", "An ", "these ", "those ", "both "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words)
}
