//! Who is who: each mention gets an actor, in one pass through the text.
//!
//! In:  [`Draft`]s in text order.
//! Out: [`Entity`]s and for each draft the number of its entity.
//!
//! Short forms, descriptions and pronouns look back over a bounded window of mentions, so the cost grows with
//! the text and no faster.

use super::draft::{Belongs, Determiner, Draft, Pair, Pronoun, RoleDraft, Subject, What};
use super::lexicon::{Gender, Lexicon, WordKind};
use super::person::PersonName;
use crate::{ActorKind, Affiliation, CountryCode, MentionForm, Sector, Tenure};
use dateline_text::{Document, TokenIdx};
use rustc_hash::FxHashMap;

/// How many mentions back an antecedent is looked for.
const MAX_MENTIONS_BACK: usize = 60;
/// Roles, and name forms, kept of one entity.
const MAX_ROLES: usize = 32;
/// How many bearers of one name part are weighed against each other.
const MAX_NAMESAKES: usize = 12;

/// An actor in the making.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub kind: ActorKind,
    pub person: Option<PersonName>,
    pub organization: Option<String>,
    pub state: Option<CountryCode>,
    /// Name forms as written, in order.
    pub names: Vec<String>,
    /// The words of the first description.
    pub description: Option<String>,
    pub roles: Vec<RoleDraft>,
    pub belongs: Vec<Belongs>,
    pub sector: Option<Sector>,
    /// What a user's own file says of it, whatever the report does.
    pub given: Option<Affiliation>,
    pub gender: Option<Gender>,
    pub is_plural: bool,
    /// The phrase X of "X, including Y".
    pub host: Option<usize>,
    pub members: Vec<usize>,
    /// Sentence and subject rank of its last mention.
    last: (usize, Subject),
    pub first_draft: usize,
}

impl Entity {
    fn is_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// The country that its words name outright.
    fn code(&self) -> Option<CountryCode> {
        self.given.map(|given| given.code).or(self.state).or_else(|| {
            let roles = self.roles.iter().flat_map(|role| &role.belongs);
            roles.chain(&self.belongs).find_map(|belongs| match belongs {
                Belongs::Code(code) => Some(*code),
                Belongs::Token(_) => None,
            })
        })
    }
}

/// The entities of a document.
pub(crate) struct Clusters {
    pub entities: Vec<Entity>,
    /// For each draft its entity; nothing for a pronoun that nobody fits.
    pub of_draft: Vec<Option<usize>>,
}

/// Gives each draft an entity.
pub(crate) fn cluster(document: &Document, drafts: &[Draft], lexicon: &Lexicon) -> Clusters {
    let mut clusterer = Clusterer {
        document,
        drafts,
        lexicon,
        entities: Vec::new(),
        of_draft: vec![None; drafts.len()],
        history: Vec::new(),
        by_key: FxHashMap::default(),
        by_part: FxHashMap::default(),
        by_organization: FxHashMap::default(),
        by_state: FxHashMap::default(),
        draft_at: FxHashMap::default(),
    };
    for number in 0..drafts.len() {
        clusterer.place(number);
    }
    clusterer.fill_members();
    Clusters { entities: clusterer.entities, of_draft: clusterer.of_draft }
}

struct Clusterer<'a> {
    document: &'a Document,
    drafts: &'a [Draft],
    lexicon: &'a Lexicon,
    entities: Vec<Entity>,
    of_draft: Vec<Option<usize>>,
    /// Entities in the order in which they were mentioned.
    history: Vec<(usize, usize)>,
    by_key: FxHashMap<String, usize>,
    by_part: FxHashMap<String, Vec<usize>>,
    by_organization: FxHashMap<String, usize>,
    by_state: FxHashMap<CountryCode, usize>,
    /// The draft whose words hold a token.
    draft_at: FxHashMap<TokenIdx, usize>,
}

impl Clusterer<'_> {
    fn place(&mut self, number: usize) {
        let draft = &self.drafts[number];
        let entity = match &draft.what {
            What::State(code) => Some(self.state(number, *code)),
            What::Person(name) => Some(self.person(number, name)),
            What::Organization(key) => Some(self.organization(number, key)),
            What::Description { phrase, kind } => self.description(number, phrase, *kind),
            What::Pronoun(pronoun) => self.pronoun(number, *pronoun),
            What::Pair(pair) => self.pair(number, *pair),
        };
        let Some(entity) = entity else { return };
        self.note(number, entity);
    }

    /// Records that a draft stands for an entity, and what it says of it.
    fn note(&mut self, number: usize, entity: usize) {
        let draft = &self.drafts[number];
        self.of_draft[number] = Some(entity);
        self.draft_at.insert(draft.tokens.last(), number);
        self.draft_at.entry(draft.head).or_insert(number);
        self.history.push((number, entity));
        let words = self.document.words(draft.tokens);
        let target = &mut self.entities[entity];
        for role in &draft.roles {
            let is_new = !target.roles.iter().any(|known| {
                known.phrase == role.phrase && known.tenure == role.tenure && known.belongs == role.belongs
            });
            if is_new && target.roles.len() < MAX_ROLES {
                target.roles.push(role.clone());
            }
        }
        for belongs in &draft.belongs {
            let in_role =
                !draft.roles.is_empty() && matches!(draft.what, What::Description { .. } | What::Pair(_));
            if !in_role && !target.belongs.contains(belongs) && target.belongs.len() < MAX_ROLES {
                target.belongs.push(*belongs);
            }
        }
        if draft.roles.is_empty() || !matches!(draft.what, What::Description { .. } | What::Pair(_)) {
            target.sector = target.sector.or(draft.sector);
        }
        target.given = target.given.or(draft.given);
        target.gender = target.gender.or(draft.gender);
        // A modifier is too weak to move the focus, but it counts as a mention.
        let rank = if draft.form == MentionForm::Modifier { Subject::No } else { draft.subject };
        let sentence = draft.sentence.index();
        let is_apposition = draft.same_as.is_some_and(|other| self.of_draft[other] == Some(entity));
        if !(is_apposition && target.last.0 == sentence && target.last.1 > rank) {
            let rank = if target.last.0 == sentence { rank.max(target.last.1) } else { rank };
            target.last = (sentence, rank);
        }
        if matches!(draft.form, MentionForm::Name | MentionForm::Metonym)
            || draft.form == MentionForm::Modifier
                && matches!(draft.what, What::Person(_) | What::Organization(_))
        {
            let form = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if !target.names.contains(&form) && target.names.len() < MAX_ROLES {
                target.names.push(form);
            }
        } else if target.description.is_none()
            && matches!(draft.what, What::Description { .. } | What::Pair(_))
        {
            let words = draft.label.as_deref().unwrap_or(words);
            target.description = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    fn add(&mut self, number: usize, kind: ActorKind) -> usize {
        let draft = &self.drafts[number];
        let host = None;
        self.entities.push(Entity {
            kind,
            person: None,
            organization: None,
            state: None,
            names: Vec::new(),
            description: None,
            roles: Vec::new(),
            belongs: Vec::new(),
            sector: None,
            given: None,
            gender: draft.gender,
            is_plural: draft.is_plural,
            host,
            members: Vec::new(),
            last: (draft.sentence.index(), Subject::No),
            first_draft: number,
        });
        self.entities.len() - 1
    }

    fn state(&mut self, number: usize, code: CountryCode) -> usize {
        if let Some(&entity) = self.by_state.get(&code) {
            return entity;
        }
        let entity = self.add(number, ActorKind::State);
        self.entities[entity].state = Some(code);
        self.by_state.insert(code, entity);
        entity
    }

    // ---- persons

    fn person(&mut self, number: usize, name: &PersonName) -> usize {
        let draft = &self.drafts[number];
        let described = draft.same_as.and_then(|other| self.of_draft[other]);
        let known = self.known_person(number, name);
        let entity = match (known, described) {
            (Some(known), Some(described)) if known != described => {
                // "the minister, NAME": the name decides whom the words before it meant.
                self.move_draft(draft.same_as, known);
                known
            }
            (Some(known), _) => known,
            (None, Some(described)) => {
                let fits = self.entities[described].person.as_ref().is_none_or(|other| other.shortens(name));
                if fits {
                    described
                } else {
                    let fresh = self.add(number, ActorKind::Person);
                    self.move_draft(draft.same_as, fresh);
                    fresh
                }
            }
            (None, None) => match self.described_before(number) {
                Some(entity) => entity,
                None => self.add(number, ActorKind::Person),
            },
        };
        self.learn_name(entity, name);
        entity
    }

    /// Gives a description that was placed already to another entity, with its role.
    fn move_draft(&mut self, draft: Option<usize>, to: usize) {
        let Some(draft) = draft else { return };
        let Some(from) = self.of_draft[draft].replace(to) else { return };
        let roles = self.drafts[draft].roles.clone();
        self.entities[from].roles.retain(|role| !roles.iter().any(|moved| moved.span == role.span));
        self.entities[to].roles.extend(roles);
        let subject = self.drafts[draft].subject;
        self.entities[to].last = (self.drafts[draft].sentence.index(), subject);
        for entry in self.history.iter_mut().rev().take(MAX_MENTIONS_BACK) {
            if entry.0 == draft {
                entry.1 = to;
            }
        }
    }

    fn learn_name(&mut self, entity: usize, name: &PersonName) {
        let target = &mut self.entities[entity];
        target.kind = ActorKind::Person;
        let is_fuller = target.person.as_ref().is_none_or(|old| old.shortens(name));
        if is_fuller {
            target.person = Some(name.clone());
        }
        self.by_key.entry(name.key()).or_insert(entity);
        let mut index = |part: &str| {
            let bearers = self.by_part.entry(part.to_owned()).or_default();
            if !bearers.contains(&entity) && bearers.len() < MAX_NAMESAKES {
                bearers.push(entity);
            }
        };
        for part in &name.parts {
            index(part);
            for article in ["al", "el"] {
                if let Some(bare) = part.strip_prefix(article).filter(|bare| bare.len() >= 4) {
                    index(bare);
                }
            }
        }
        for pair in name.parts.windows(2) {
            index(&pair.concat());
        }
    }

    fn known_person(&self, number: usize, name: &PersonName) -> Option<usize> {
        if name.parts.len() > 1
            && let Some(&entity) = self.by_key.get(&name.key())
        {
            return Some(entity);
        }
        let mut candidates: Vec<usize> = Vec::new();
        for part in &name.parts {
            for &entity in self.by_part.get(part).into_iter().flatten() {
                if !candidates.contains(&entity) {
                    candidates.push(entity);
                }
            }
        }
        let best = candidates
            .iter()
            .filter_map(|&entity| Some((self.name_fit(number, name, entity)?, entity)))
            .max_by_key(|&(fit, entity)| (fit, entity));
        best.map(|(_, entity)| entity)
    }

    /// How well a name fits a person of the text; nothing where it cannot be theirs.
    fn name_fit(&self, number: usize, name: &PersonName, entity: usize) -> Option<i32> {
        let draft = &self.drafts[number];
        let candidate = &self.entities[entity];
        let full = candidate.person.as_ref()?;
        let mut fit = 0;
        if name == full {
            fit += 5;
        } else if name.shortens(full) {
            let ends = [full.parts.first(), full.parts.last()];
            if name.parts.len() == 1 && !ends.contains(&name.parts.first()) {
                fit -= 10;
            }
        } else if full.shortens(name) {
            // A fuller form of one who was known by a short one only.
            fit -= 5;
        } else if name.is_variant_of(full) && self.may_be_one_office(draft, candidate) {
            fit -= 5;
        } else {
            return None;
        }
        if let (Some(a), Some(b)) = (draft.gender, candidate.gender)
            && a != b
        {
            return None;
        }
        let code = draft_code(draft);
        if let (Some(a), Some(b)) = (code, candidate.code()) {
            if a != b && name != full {
                return None;
            }
            fit += 20;
        }
        for role in &draft.roles {
            if candidate.roles.iter().any(|other| self.lexicon.is_alike(&role.phrase, &other.phrase)) {
                fit += 30;
                break;
            } else if name.parts.len() == 1
                && candidate.roles.iter().any(|other| other.sector.is_some())
                && !candidate.roles.iter().any(|other| other.sector == role.sector)
            {
                fit -= 25;
            }
        }
        Some(fit + self.focus(entity, draft.sentence.index()))
    }

    /// Whether two spellings may be one person: no two different offices in two different states.
    fn may_be_one_office(&self, draft: &Draft, candidate: &Entity) -> bool {
        match (draft_code(draft), candidate.code()) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// How much an entity is in focus at a sentence: recent ones and subjects more.
    fn focus(&self, entity: usize, sentence: usize) -> i32 {
        let (last, subject) = self.entities[entity].last;
        let distance = sentence.saturating_sub(last).min(12) as i32;
        let rank = match subject {
            Subject::Main => 18,
            Subject::Clause => 9,
            Subject::No => 0,
        };
        rank - 8 * distance
    }

    /// A person without a name so far whose office and country are those of this name's title: "The US envoy …"
    /// some paragraphs before "US envoy Ada Rossi".
    fn described_before(&self, number: usize) -> Option<usize> {
        let draft = &self.drafts[number];
        let role = draft.roles.first()?;
        let code = draft_code(draft)?;
        self.recent().find(|&entity| {
            let candidate = &self.entities[entity];
            candidate.kind == ActorKind::Person
                && !candidate.is_named()
                && !candidate.is_plural
                && candidate.code() == Some(code)
                && self.drafts[candidate.first_draft].determiner != Determiner::Indefinite
                && candidate.gender.is_none_or(|gender| draft.gender.is_none_or(|own| own == gender))
                && candidate.roles.iter().any(|other| {
                    self.lexicon.is_alike(&role.phrase, &other.phrase) && role.tenure == other.tenure
                })
        })
    }

    /// The entities mentioned lately, the last first, each as often as it was mentioned.
    fn recent(&self) -> impl Iterator<Item = usize> + '_ {
        self.history.iter().rev().take(MAX_MENTIONS_BACK).map(|&(_, entity)| entity)
    }

    // ---- organisations

    fn organization(&mut self, number: usize, key: &str) -> usize {
        let draft = &self.drafts[number];
        if let Some(&entity) = self.by_organization.get(key) {
            return entity;
        }
        let described =
            draft.same_as.and_then(|other| self.of_draft[other]).or_else(|| self.defined_acronym(number));
        let entity = described
            .or_else(|| self.shorter_or_longer(key))
            .unwrap_or_else(|| self.add(number, ActorKind::Organization));
        let target = &mut self.entities[entity];
        if target.organization.as_ref().is_none_or(|old| old.len() < key.len()) {
            target.organization = Some(key.to_owned());
        }
        if target.kind == ActorKind::Group {
            target.kind = ActorKind::Organization;
        }
        self.by_organization.insert(key.to_owned(), entity);
        entity
    }

    /// "the Joint Task Force (JTF)": an abbreviation in brackets behind a name.
    fn defined_acronym(&self, number: usize) -> Option<usize> {
        let draft = &self.drafts[number];
        let start = draft.tokens.start as usize;
        let form = self.document.words(draft.tokens);
        let capitals: String = form.chars().filter(|c| c.is_uppercase()).collect();
        if start < 2 || capitals.len() < 2 || self.document.form(TokenIdx::new(start - 1)) != "(" {
            return None;
        }
        let &(before, entity) = self.history.iter().rev().take(4).find(|&&(before, _)| {
            (self.drafts[before].tokens.end as usize) < start
                && self.drafts[before].sentence == draft.sentence
                && self.drafts[before].form != MentionForm::Modifier
        })?;
        let span = self.drafts[before].tokens;
        if start - 1 - span.end as usize > 8 {
            return None;
        }
        let words = dateline_text::TokenSpan::new(span.start as usize, start - 1);
        let initials: String = words
            .iter()
            .filter_map(|token| self.document.form(token).chars().next())
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_uppercase)
            .collect();
        let mut rest = initials.chars();
        capitals.chars().all(|capital| rest.any(|initial| initial == capital)).then_some(entity)
    }

    /// A name that another one shortens: "Harbour Workers Union" and "Workers Union"; or its initials.
    fn shorter_or_longer(&self, key: &str) -> Option<usize> {
        let words: Vec<&str> = key.split(' ').collect();
        self.recent().find(|&entity| {
            let Some(other) = self.entities[entity].organization.as_deref() else { return false };
            let others: Vec<&str> = other.split(' ').collect();
            let (short, long) =
                if words.len() < others.len() { (&words, &others) } else { (&others, &words) };
            let is_tail = short.len() >= 2 && long.ends_with(short);
            let initials: String = long
                .iter()
                .filter(|word| !matches!(**word, "of" | "the" | "and" | "for" | "in" | "s"))
                .filter_map(|word| word.chars().next())
                .collect();
            let is_acronym =
                short.len() == 1 && long.len() >= 3 && short[0].len() >= 3 && short[0] == initials;
            is_tail || is_acronym
        })
    }

    // ---- descriptions

    fn description(&mut self, number: usize, phrase: &str, kind: WordKind) -> Option<usize> {
        let draft = &self.drafts[number];
        if let Some(entity) = draft.same_as.and_then(|other| self.of_draft[other]) {
            return Some(entity);
        }
        let last = phrase.rsplit(' ').next().unwrap_or(phrase);
        if matches!(last, "country" | "nation" | "kingdom") || phrase == "state" {
            if draft.is_plural {
                return None;
            }
            return self.state_in_focus(number);
        }
        let code = draft_code(draft);
        if matches!(phrase, "government" | "regime")
            && let Some(code) = code
            && !code.is_supranational()
            && draft.belongs.first() == Some(&Belongs::Code(code))
            && draft.roles.first().is_none_or(|role| role.tenure == Tenure::Current)
            && !self.is_partial_government(number)
        {
            return Some(self.state(number, code));
        }
        let is_one_person = kind == WordKind::Person && !draft.is_plural;
        let found = match draft.determiner {
            Determiner::Indefinite | Determiner::Number => None,
            Determiner::Definite | Determiner::None if is_one_person => self.person_described(number, phrase),
            Determiner::Definite | Determiner::None => self.body_described(number, phrase, kind),
        };
        let kind = match kind {
            WordKind::Person if draft.is_plural => ActorKind::Group,
            WordKind::Person => ActorKind::Person,
            WordKind::Group => ActorKind::Group,
            WordKind::Organization => ActorKind::Organization,
        };
        Some(found.unwrap_or_else(|| self.add(number, kind)))
    }

    /// "regional government", "the government's office": not the state itself.
    fn is_partial_government(&self, number: usize) -> bool {
        let draft = &self.drafts[number];
        draft.tokens.iter().any(|token| {
            matches!(
                self.document.lower(token),
                "regional"
                    | "local"
                    | "provincial"
                    | "interim"
                    | "transitional"
                    | "city"
                    | "municipal"
                    | "rival"
                    | "parallel"
                    | "exile"
                    | "former"
                    | "coalition"
                    | "unity"
                    | "shadow"
                    | "separatist"
                    | "breakaway"
            )
        })
    }

    fn person_described(&self, number: usize, phrase: &str) -> Option<usize> {
        let draft = &self.drafts[number];
        let code = draft_code(draft);
        let tenure = draft.roles.first().map(|role| role.tenure);
        let owner = self.owner(&draft.belongs);
        let is_owned = draft.belongs.iter().any(|belongs| matches!(belongs, Belongs::Token(_)));
        let fits = |entity: usize| {
            let candidate = &self.entities[entity];
            if candidate.kind != ActorKind::Person || candidate.is_plural {
                return false;
            }
            if let (Some(a), Some(b)) = (draft.gender, candidate.gender)
                && a != b
            {
                return false;
            }
            match (code, candidate.code()) {
                // The UN's envoy may be "the Norwegian diplomat".
                (Some(a), Some(b)) if a != b && !b.is_supranational() => return false,
                // "NAME would meet the Belarusian leader": two persons, or the words would say it of NAME.
                (Some(_), None) if candidate.last.0 == draft.sentence.index() => return false,
                _ => {}
            }
            true
        };
        let mut best: Option<(i32, usize)> = None;
        for entity in self.recent() {
            if !fits(entity) || is_owned && Some(entity) == owner {
                continue;
            }
            let candidate = &self.entities[entity];
            let alike = candidate.roles.iter().find(|role| {
                self.lexicon.is_alike(phrase, &role.phrase)
                    && (tenure.is_none_or(|tenure| tenure == role.tenure) || code.is_none())
            });
            let Some(role) = alike else { continue };
            // "the UN secretary-general" is not the colonel who heads some army of no named country.
            if code.is_some() && candidate.code().is_none() && role.phrase != phrase {
                continue;
            }
            if is_owned && self.owner(&role.belongs) != owner {
                continue;
            }
            let mut fit = self.focus(entity, draft.sentence.index());
            if role.phrase == phrase {
                fit += 10;
            }
            if code.is_some() && candidate.code() == code {
                fit += 10;
            }
            if best.is_none_or(|(other, _)| fit > other) {
                best = Some((fit, entity));
            }
        }
        if let Some((_, entity)) = best {
            return Some(entity);
        }
        // Wider words for whoever is spoken of: "the official", "the politician", "the man".
        let sectors: &[Sector] = match phrase {
            "official" | "leader" | "senior official" | "statesman" | "diplomat" => &[Sector::Gov],
            "politician" => &[Sector::Gov, Sector::Pty, Sector::Opp, Sector::Leg],
            "officer" | "commander" => &[Sector::Mil, Sector::Cop],
            "man" | "woman" => &[Sector::Cvl, Sector::Crm, Sector::Uaf],
            _ => return None,
        };
        if is_owned || draft.determiner != Determiner::Definite {
            return None;
        }
        let sentence = draft.sentence.index();
        self.recent().find(|&entity| {
            let candidate = &self.entities[entity];
            fits(entity)
                && (code.is_none() || candidate.code().is_some())
                && candidate.last.0 + 2 >= sentence
                && candidate
                    .roles
                    .iter()
                    .any(|role| role.sector.is_some_and(|sector| sectors.contains(&sector)))
        })
    }

    /// The entity that a possessor stands for.
    fn owner(&self, belongs: &[Belongs]) -> Option<usize> {
        belongs.iter().find_map(|belongs| match belongs {
            Belongs::Token(token) => self.of_draft[*self.draft_at.get(token)?],
            Belongs::Code(_) => None,
        })
    }

    fn body_described(&self, number: usize, phrase: &str, kind: WordKind) -> Option<usize> {
        let draft = &self.drafts[number];
        let code = draft_code(draft);
        let is_bare = draft.belongs.is_empty();
        let sentence = draft.sentence.index();
        let last_word = phrase.rsplit(' ').next().unwrap_or(phrase);
        self.recent().find(|&entity| {
            let candidate = &self.entities[entity];
            let is_pair = matches!(self.drafts[candidate.first_draft].what, What::Pair(_));
            if candidate.kind == ActorKind::State
                || is_pair
                || candidate.kind == ActorKind::Person
                || !candidate.members.is_empty()
                || candidate.is_plural != draft.is_plural && kind == WordKind::Person
            {
                return false;
            }
            match (code, candidate.code()) {
                (Some(a), Some(b)) if a != b => return false,
                // "the South's officials" are not "the US officials".
                (Some(_), None) if candidate.roles.iter().any(|role| !role.belongs.is_empty()) => {
                    return false;
                }
                (None, Some(_)) if !is_bare => return false,
                _ => {}
            }
            let first = &self.drafts[candidate.first_draft];
            if matches!(first.determiner, Determiner::Number | Determiner::Indefinite)
                && draft.determiner != Determiner::Definite
            {
                return false;
            }
            let same_phrase = candidate.roles.iter().any(|role| {
                role.phrase == phrase
                    || is_bare
                        && draft.determiner == Determiner::Definite
                        && role.phrase.rsplit(' ').next() == Some(last_word)
            });
            let in_name = draft.determiner == Determiner::Definite
                && candidate
                    .organization
                    .as_ref()
                    .is_some_and(|key| key.split(' ').any(|word| word == last_word));
            let is_wide = draft.determiner == Determiner::Definite
                && is_bare
                && candidate.last.0 + 3 >= sentence
                && candidate.organization.is_some()
                && match last_word {
                    "group" | "organization" | "organisation" | "movement" | "militants" | "militia"
                    | "body" => true,
                    "agency" | "outlet" | "newspaper" => candidate.sector == Some(Sector::Jrn),
                    "party" => candidate.sector == Some(Sector::Pty),
                    "alliance" | "bloc" => candidate.code().is_some_and(|code| code.is_supranational()),
                    _ => false,
                };
            same_phrase || in_name || is_wide
        })
    }

    /// The state that "the country" means: the last subject among recent states, else the last state.
    fn state_in_focus(&self, number: usize) -> Option<usize> {
        let sentence = self.drafts[number].sentence.index();
        let recent = || {
            self.history.iter().rev().take(MAX_MENTIONS_BACK).filter(|&&(draft, entity)| {
                self.entities[entity].kind == ActorKind::State
                    && self.drafts[draft].sentence.index() + 3 >= sentence
            })
        };
        let subject = recent().find(|&&(draft, _)| {
            self.drafts[draft].subject > Subject::No && self.drafts[draft].sentence.index() + 1 >= sentence
        });
        subject.or_else(|| recent().next()).map(|&(_, entity)| entity)
    }

    // ---- pronouns and pairs

    fn pronoun(&mut self, number: usize, pronoun: Pronoun) -> Option<usize> {
        let draft = &self.drafts[number];
        let sentence = draft.sentence.index();
        let mut best: Option<(i32, usize)> = None;
        for (steps, &(antecedent, entity)) in self.history.iter().rev().take(MAX_MENTIONS_BACK).enumerate() {
            let candidate = &self.entities[entity];
            let other = &self.drafts[antecedent];
            let distance = sentence - other.sentence.index().min(sentence);
            if distance > 3 {
                break;
            }
            let fits = match pronoun {
                Pronoun::Person(gender) => {
                    candidate.kind == ActorKind::Person
                        && !candidate.is_plural
                        && candidate.gender.is_none_or(|other| other == gender)
                }
                Pronoun::Many => {
                    candidate.kind == ActorKind::Group
                        || candidate.is_plural
                        || !candidate.members.is_empty()
                        || candidate.kind == ActorKind::Organization
                }
                Pronoun::It => {
                    matches!(candidate.kind, ActorKind::State | ActorKind::Organization)
                        && other.form != MentionForm::Modifier
                        && (other.subject > Subject::No
                            || draft.form == MentionForm::Modifier && distance == 0)
                        && distance <= 1
                }
                Pronoun::Former | Pronoun::Latter => break,
            };
            if !fits {
                continue;
            }
            let mut fit = 20 - 10 * distance as i32 - steps as i32;
            fit += match other.subject {
                Subject::Main => 16,
                Subject::Clause => 8,
                Subject::No => 0,
            };
            if other.form == MentionForm::Modifier {
                fit -= 8;
            }
            if matches!(pronoun, Pronoun::Person(_)) && candidate.is_named() {
                fit += 6;
            }
            if candidate.gender.is_some() && matches!(pronoun, Pronoun::Person(_)) {
                fit += 10;
            }
            if pronoun == Pronoun::Many && candidate.kind == ActorKind::Organization {
                fit -= 12;
            }
            // "its" and "his" are held by the subject of their own sentence.
            if draft.form == MentionForm::Modifier && distance == 0 && other.subject == Subject::Main {
                fit += 10;
            }
            if best.is_none_or(|(other, _)| fit > other) {
                best = Some((fit, entity));
            }
        }
        if matches!(pronoun, Pronoun::Former | Pronoun::Latter) {
            return self.former_or_latter(number, pronoun);
        }
        let (_, entity) = best?;
        // A pronoun's gender is learnt with it in `note`.
        Some(entity)
    }

    /// "the former" is the first party of its sentence (or of the one before), "the latter" the other one.
    fn former_or_latter(&self, number: usize, pronoun: Pronoun) -> Option<usize> {
        let sentence = self.drafts[number].sentence.index();
        for back in 0..=1 {
            let mut parties: Vec<usize> = Vec::new();
            for &(draft, entity) in self.history.iter().rev().take(MAX_MENTIONS_BACK) {
                let other = &self.drafts[draft];
                if other.sentence.index() + back != sentence || other.form == MentionForm::Modifier {
                    continue;
                }
                parties.retain(|&party| party != entity);
                parties.push(entity);
            }
            parties.reverse();
            // Members of a party that is there as a whole are no parties of their own.
            let inner: Vec<usize> = parties.iter().flat_map(|&party| self.draft_members(party)).collect();
            parties.retain(|party| !inner.contains(party));
            if parties.len() >= 2 {
                return if pronoun == Pronoun::Former { parties.first() } else { parties.get(1) }.copied();
            }
        }
        None
    }

    fn draft_members(&self, entity: usize) -> Vec<usize> {
        let first = self.entities[entity].first_draft;
        self.drafts[first].members.iter().filter_map(|&member| self.of_draft[member]).collect()
    }

    fn pair(&mut self, number: usize, pair: Pair) -> Option<usize> {
        let draft = &self.drafts[number];
        if !draft.members.is_empty() {
            let entity = self.add(number, ActorKind::Group);
            return Some(entity);
        }
        let mut members: Vec<usize> = Vec::new();
        let sentence = draft.sentence.index();
        let code = draft_code(draft);
        if pair != Pair::Persons
            && let Some(found) = self.joined_states(number)
            && (pair == Pair::States || self.is_of_one_of_them(number, &found))
        {
            match found {
                Joined::Entity(entity) => return Some(entity),
                Joined::Members(joined) => members = joined,
            }
        }
        for &(other, entity) in self.history.iter().rev().take(MAX_MENTIONS_BACK) {
            if self.drafts[other].sentence.index() + 4 < sentence || members.len() == 2 {
                break;
            }
            let candidate = &self.entities[entity];
            let fits = match pair {
                Pair::States => candidate.kind == ActorKind::State,
                Pair::Persons => {
                    candidate.kind == ActorKind::Person
                        && !candidate.is_plural
                        && code.is_none_or(|code| candidate.code() == Some(code))
                }
                Pair::Any => {
                    self.drafts[other].sentence.index() < sentence
                        && !candidate.is_plural
                        && candidate.members.is_empty()
                        && candidate.kind != ActorKind::Person
                        && (candidate.kind == ActorKind::State || candidate.is_named())
                }
            };
            if fits && !members.contains(&entity) {
                members.push(entity);
            }
            // The same pair as before.
            if !candidate.members.is_empty()
                && pair_fits(pair, candidate, &self.entities)
                && members.len() < 2
            {
                return Some(entity);
            }
            if members.len() == 2 {
                break;
            }
        }
        if members.len() < 2 {
            // Nobody to stand for: a plain description.
            return (!draft.roles.is_empty()).then(|| self.add(number, ActorKind::Group));
        }
        members.sort_by_key(|&member| self.entities[member].first_draft);
        let entity = self.add(number, ActorKind::Group);
        self.entities[entity].members = members;
        Some(entity)
    }

    /// The pair of states meant lately: "the US and South Korea" in one breath, or the pair of an earlier "the
    /// two countries", whichever came last.
    fn joined_states(&self, number: usize) -> Option<Joined> {
        let sentence = self.drafts[number].sentence.index();
        let mut later: Option<(usize, usize)> = None;
        for &(other, entity) in self.history.iter().rev().take(2 * MAX_MENTIONS_BACK) {
            let candidate = &self.entities[entity];
            let other_draft = &self.drafts[other];
            if other_draft.sentence.index() + 12 < sentence {
                return None;
            }
            if !candidate.members.is_empty() && pair_fits(Pair::States, candidate, &self.entities) {
                return Some(Joined::Entity(entity));
            }
            let is_state = candidate.kind == ActorKind::State;
            if let Some((after, second)) = later
                && is_state
                && second != entity
                && self.drafts[after].sentence == other_draft.sentence
                && other_draft.tokens.end < self.drafts[after].tokens.start
            {
                let between = dateline_text::TokenSpan::new(
                    other_draft.tokens.end as usize,
                    self.drafts[after].tokens.start as usize,
                );
                let is_joined = between.n_tokens() <= 2
                    && between
                        .iter()
                        .all(|token| matches!(self.document.lower(token), "and" | "the" | "with"));
                // "towards Seoul and Tokyo" names two places in passing.
                let before = (other_draft.tokens.start as usize).checked_sub(1).map(TokenIdx::new);
                let opens = before.is_some_and(|before| {
                    matches!(self.document.lower(before), "between" | "both" | "of" | "by" | "the")
                });
                if is_joined
                    && (opens
                        || other_draft.subject > Subject::No
                        || self.drafts[after].subject > Subject::No)
                {
                    return Some(Joined::Members(vec![entity, second]));
                }
            }
            later = is_state.then_some((other, entity));
        }
        None
    }

    /// Whether somebody named before in the sentence is of one of these states: "Noh said the two sides had agreed".
    fn is_of_one_of_them(&self, number: usize, joined: &Joined) -> bool {
        let members = match joined {
            Joined::Entity(entity) => &self.entities[*entity].members,
            Joined::Members(members) => members,
        };
        let sentence = self.drafts[number].sentence;
        let named =
            self.history.iter().rev().take_while(|(other, _)| self.drafts[*other].sentence == sentence);
        named
            .map(|&(_, entity)| self.entities[entity].code())
            .any(|code| code.is_some() && members.iter().any(|&member| self.entities[member].code() == code))
    }

    /// Members that were named after the words that take them together.
    fn fill_members(&mut self) {
        for number in 0..self.drafts.len() {
            let Some(entity) = self.of_draft[number] else { continue };
            let mut members: Vec<usize> = Vec::new();
            for &member in &self.drafts[number].members {
                if let Some(member) = self.of_draft[member]
                    && member != entity
                    && !members.contains(&member)
                {
                    members.push(member);
                }
            }
            if members.len() >= 2 && self.entities[entity].members.is_empty() {
                self.entities[entity].members = members;
            }
        }
    }
}

/// What "the two countries" may mean.
enum Joined {
    Entity(usize),
    Members(Vec<usize>),
}

fn pair_fits(pair: Pair, candidate: &Entity, entities: &[Entity]) -> bool {
    candidate.members.iter().all(|&member| match pair {
        Pair::States => entities[member].kind == ActorKind::State,
        Pair::Persons => entities[member].kind == ActorKind::Person,
        Pair::Any => entities[member].kind != ActorKind::Person,
    })
}

/// The country that a draft's own words name.
fn draft_code(draft: &Draft) -> Option<CountryCode> {
    let roles = draft.roles.iter().flat_map(|role| &role.belongs);
    roles.chain(&draft.belongs).find_map(|belongs| match belongs {
        Belongs::Code(code) => Some(*code),
        Belongs::Token(_) => None,
    })
}
