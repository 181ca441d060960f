//! Who stands at a trigger's roles.
//!
//! In:  [`Argument`]s and the report's actors.
//! Out: actors and recipients with the words that name them.
//!
//! A phrase whose head names nobody stands for the actor inside it: "Ukraine's power grid" for Ukraine, "a village
//! in Chad" for Chad. "We" inside a statement is its speaker.

use crate::EventType;
use crate::arguments::{self, Argument};
use crate::candidate::Candidate;
use crate::lexicon::{Effect, Role};
use crate::reading::Reading;
use crate::syntax::{agent, own_subject, preposition, with_conjuncts};
use crate::words::Words;
use dateline_attribute::Statement;
use dateline_resolve::{ActorIdx, ActorKind, MentionForm, Resolution};
use dateline_text::{Arena, Deprel, TokenIdx, TokenSpan, Upos};

/// Actors with the words that name them, in text order of the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Party {
    pub actors: Vec<ActorIdx>,
    pub tokens: Vec<TokenSpan>,
    /// A phrase that stands at the role and names no known actor.
    pub unresolved: Option<TokenIdx>,
    /// Steps from where the phrase would stand in a plain clause.
    pub steps: usize,
}

impl Party {
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    fn add(&mut self, actor: ActorIdx, tokens: TokenSpan) {
        if !self.actors.contains(&actor) {
            self.actors.push(actor);
        }
        if !self.tokens.contains(&tokens) {
            self.tokens.push(tokens);
        }
    }

    /// Joins another party to this one.
    pub fn join(&mut self, other: &Party) {
        for &actor in &other.actors {
            if !self.actors.contains(&actor) {
                self.actors.push(actor);
            }
        }
        for &tokens in &other.tokens {
            if !self.tokens.contains(&tokens) {
                self.tokens.push(tokens);
            }
        }
    }
}

/// Prepositions whose phrase tells whose something is, or where it is.
const BELONGING: [&str; 9] = ["of", "in", "from", "by", "at", "for", "near", "on", "among"];

/// The actors of a report, found by the words that name them.
pub(crate) struct Cast<'r> {
    resolution: &'r Resolution,
    /// For each token the mentions that it heads: `mentions[starts[i]..starts[i + 1]]` by number.
    by_head: Vec<Vec<u32>>,
    /// For each token the narrowest mention that holds it.
    holding: Vec<Option<u32>>,
    /// For each token the country of the place that it names.
    place_country: Vec<Option<ActorIdx>>,
    /// For each token the speaker of the innermost statement that holds it.
    speaker: Vec<Option<ActorIdx>>,
}

impl<'r> Cast<'r> {
    /// Reads the mentions once.
    pub fn new(n_tokens: usize, resolution: &'r Resolution, statements: &Arena<Statement>) -> Cast<'r> {
        let mut by_head = vec![Vec::new(); n_tokens];
        let mut holding: Vec<Option<u32>> = vec![None; n_tokens];
        let mentions = resolution.actor_mentions.as_slice();
        for (number, mention) in mentions.iter().enumerate() {
            if let Some(list) = by_head.get_mut(mention.head.index()) {
                list.push(number as u32);
            }
            for token in mention.tokens.iter().take(40).filter(|token| token.index() < n_tokens) {
                let slot = &mut holding[token.index()];
                let narrower = slot
                    .is_none_or(|old| mention.tokens.n_tokens() < mentions[old as usize].tokens.n_tokens());
                if narrower {
                    *slot = Some(number as u32);
                }
            }
        }
        let mut place_country = vec![None; n_tokens];
        for (_, mention) in resolution.place_mentions.iter() {
            let Some(code) = resolution.places[mention.place].country else { continue };
            let state = resolution
                .actors
                .iter()
                .find(|(_, actor)| actor.kind == ActorKind::State && actor.country == Some(code))
                .map(|(actor, _)| actor);
            for token in mention.tokens.iter().filter(|token| token.index() < n_tokens) {
                place_country[token.index()] = state;
            }
        }
        let mut speaker = vec![None; n_tokens];
        // Longer contents first, so that inner ones overwrite them.
        let mut told: Vec<&Statement> = statements.iter().map(|(_, statement)| statement).collect();
        told.sort_by_key(|one| {
            std::cmp::Reverse(one.content.iter().map(|span| span.n_tokens()).sum::<usize>())
        });
        for statement in told {
            if statement.speaker.is_some() {
                for span in &statement.content {
                    for token in span.iter().filter(|token| token.index() < n_tokens) {
                        speaker[token.index()] = statement.speaker;
                    }
                }
            }
        }
        Cast { resolution, by_head, holding, place_country, speaker }
    }

    /// The actor whom a word names: by itself, or as part of a name.
    fn named(&self, token: TokenIdx) -> Option<(ActorIdx, TokenSpan)> {
        let mentions = self.resolution.actor_mentions.as_slice();
        let widest = self.by_head[token.index()].iter().max_by_key(|&&number| {
            let mention = &mentions[number as usize];
            (mention.form != MentionForm::Modifier, mention.tokens.n_tokens())
        });
        let number = widest.copied().or(self.holding[token.index()].filter(|&number| {
            matches!(mentions[number as usize].form, MentionForm::Name | MentionForm::Metonym)
        }))?;
        let mention = &mentions[number as usize];
        Some((mention.actor, mention.tokens))
    }

    /// Whether a word heads the name or description of an actor.
    pub fn is_named(&self, token: TokenIdx) -> bool {
        !self.by_head[token.index()].is_empty()
    }

    /// What sort of party a word names, as far as it tells: an actor's sector or kind, else a sort of thing.
    pub fn sort(&self, words: &Words, token: TokenIdx) -> &'static str {
        if let Some((actor, _)) = self.named(token) {
            let actor = &self.resolution.actors[actor];
            return actor.sector.map_or(actor.kind.as_str(), |sector| sector.as_str());
        }
        if self.place_country[token.index()].is_some() {
            return "place";
        }
        match words.document.upos(token) {
            Upos::Pron => return "pronoun",
            Upos::Num => return "number",
            Upos::Propn => return "name",
            _ => {}
        }
        const SORTS: [&str; 9] = [
            "people",
            "forces",
            "police",
            "militia",
            "weapons",
            "property",
            "infrastructure",
            "agreements",
            "nonactors",
        ];
        SORTS.into_iter().find(|list| words.is_in(token, list)).unwrap_or("thing")
    }

    /// The party of some phrases. A phrase that stands for no known actor is a party by its words alone.
    pub fn party_of(&self, words: &Words, phrases: &[TokenIdx]) -> Party {
        let mut party = Party::default();
        for &phrase in phrases {
            match self.stands_for(words, phrase) {
                Some((actor, tokens)) => match self.group_within(words, phrase, actor, tokens) {
                    Some((group, tokens)) => self.add(&mut party, group, tokens),
                    None => self.add(&mut party, actor, tokens),
                },
                None => {
                    party.unresolved = party.unresolved.or(Some(phrase));
                    party.tokens.push(base_phrase(words, phrase));
                }
            }
        }
        party
    }

    /// The actor for whom a phrase stands.
    fn stands_for(&self, words: &Words, phrase: TokenIdx) -> Option<(ActorIdx, TokenSpan)> {
        if let Some(found) = self.named(phrase) {
            return Some(found);
        }
        let document = words.document;
        if matches!(document.lower(phrase), "we" | "i" | "us")
            && let Some(speaker) = self.speaker[phrase.index()]
        {
            return Some((speaker, TokenSpan::single(phrase)));
        }
        // Inside the phrase, the nearest name: possessors and modifiers before what follows.
        let mut waiting = std::collections::VecDeque::from([(phrase, 0)]);
        while let Some((token, depth)) = waiting.pop_front() {
            if depth > 0
                && let Some(found) = self.named(token)
            {
                return Some(found);
            }
            if depth == 3 {
                continue;
            }
            // "Chad's neighbour" is not Chad.
            let kin = words.is_in(token, "kin");
            for &child in document.children(token) {
                if kin && matches!(document.deprel(child), Deprel::NmodPoss | Deprel::Nmod) {
                    continue;
                }
                // "a rocket fired by Chad"
                if document.deprel(child) == Deprel::Acl
                    && let Some(agent) = agent(document, child)
                    && words.is_in(token, "weapons")
                {
                    waiting.push_back((agent, depth + 1));
                }
                let inside = match document.deprel(child) {
                    Deprel::NmodPoss
                    | Deprel::Amod
                    | Deprel::Compound
                    | Deprel::Appos
                    | Deprel::Flat
                    | Deprel::NmodDesc
                    | Deprel::NmodUnmarked => true,
                    Deprel::Nmod => preposition(document, child).is_none_or(|case| {
                        let lower = document.lower(case);
                        BELONGING.contains(&lower) || lower == "against"
                    }),
                    _ => false,
                };
                if inside {
                    waiting.push_back((child, depth + 1));
                }
            }
        }
        // "the launches towards Seoul" are not Seoul's.
        let inside = |child: TokenIdx| match document.deprel(child) {
            Deprel::Compound | Deprel::Appos => true,
            Deprel::Nmod => {
                preposition(document, child).is_none_or(|case| BELONGING.contains(&document.lower(case)))
            }
            _ => false,
        };
        let country = self.place_country[phrase.index()].or_else(|| {
            let mut within = document.children(phrase).iter().filter(|&&child| inside(child));
            within.find_map(|&child| self.place_country[child.index()])
        });
        country.map(|actor| (actor, TokenSpan::single(phrase)))
    }

    /// Adds an actor; one that takes others together ("the two countries") as these.
    fn add(&self, party: &mut Party, actor: ActorIdx, tokens: TokenSpan) {
        let members = &self.resolution.actors[actor].members;
        if members.is_empty() {
            party.add(actor, tokens);
        }
        for &member in members {
            party.add(member, tokens);
        }
    }

    /// A group whose members are known inside a phrase that names somebody with no members of its own.
    fn group_within(
        &self,
        words: &Words,
        phrase: TokenIdx,
        actor: ActorIdx,
        tokens: TokenSpan,
    ) -> Option<(ActorIdx, TokenSpan)> {
        let actors = &self.resolution.actors;
        if !actors[actor].members.is_empty() {
            return None;
        }
        let document = words.document;
        let of = document
            .children_by(phrase, Deprel::Nmod)
            .filter(|&child| preposition(document, child).is_some_and(|case| document.lower(case) == "of"));
        let possessors = document.children_by(phrase, Deprel::NmodPoss);
        of.chain(possessors).chain(tokens.iter().take(12)).find_map(|token| {
            self.by_head.get(token.index())?.iter().find_map(|&number| {
                let mention = &self.resolution.actor_mentions.as_slice()[number as usize];
                (actors[mention.actor].members.len() > 1).then_some((mention.actor, mention.tokens))
            })
        })
    }

    /// The members of the group named last before a word: the parties of "the joint drills".
    pub fn group_before(&self, trigger: TokenIdx) -> Party {
        let mentions = &self.resolution.actor_mentions;
        let last = mentions
            .iter()
            .map(|(_, mention)| mention)
            .filter(|mention| {
                mention.head < trigger && self.resolution.actors[mention.actor].members.len() > 1
            })
            .max_by_key(|mention| mention.head);
        let mut party = Party { steps: 3, ..Party::default() };
        if let Some(mention) = last {
            self.add(&mut party, mention.actor, mention.tokens);
        }
        party
    }

    /// Whether a role always takes a pair: "between" and "among".
    fn is_pair(&self, words: &Words, role: Role) -> bool {
        prepositions(words, &["between", "among"]).contains(&role)
    }

    /// The name joined right after another by "and": "between Washington and South Korea".
    fn joined_after(&self, words: &Words, tokens: TokenSpan) -> Option<(ActorIdx, TokenSpan)> {
        let document = words.document;
        let n_tokens = document.tokens().len();
        let mut at = tokens.end as usize;
        if at >= n_tokens || document.lower(TokenIdx::new(at)) != "and" {
            return None;
        }
        at += 1;
        while at < n_tokens && matches!(document.lower(TokenIdx::new(at)), "the" | "its" | "a" | "an") {
            at += 1;
        }
        let number = (*self.holding.get(at)?)?;
        let mention = &self.resolution.actor_mentions.as_slice()[number as usize];
        (mention.tokens.start as usize == at).then_some((mention.actor, mention.tokens))
    }

    /// Names joined to a name by "and" inside the same phrase, before it: "the US and South Korea's exercises",
    /// "US and Korean officials". Trees often get these wrong, so the words decide.
    fn joined_before(
        &self,
        words: &Words,
        phrase: TokenIdx,
        tokens: TokenSpan,
    ) -> Vec<(ActorIdx, TokenSpan)> {
        let document = words.document;
        let mut joined = Vec::new();
        let mut start = tokens.start as usize;
        while joined.len() < 8 {
            let mut at = start;
            let mut conjunction = false;
            while at > 0 {
                let before = TokenIdx::new(at - 1);
                match document.lower(before) {
                    "and" | "," | "&" => conjunction = true,
                    "the" if !conjunction => {}
                    _ => break,
                }
                at -= 1;
            }
            if !conjunction || at == 0 {
                break;
            }
            let last = TokenIdx::new(at - 1);
            let Some(number) = self.holding[last.index()] else { break };
            let mention = &self.resolution.actor_mentions.as_slice()[number as usize];
            let above = if document.is_within(mention.head, phrase) { Some(()) } else { None };
            if above.is_none() || mention.tokens.end as usize != at {
                break;
            }
            joined.push((mention.actor, mention.tokens));
            start = mention.tokens.start as usize;
        }
        joined.reverse();
        joined
    }

    /// The last actor named before a verb, with no other verb between: for a tree that lost the subject.
    fn named_before(&self, words: &Words, verb: TokenIdx) -> Party {
        let document = words.document;
        let first = document.sentence(document.sentence_of(verb)).tokens.first().index();
        for number in (first.max(verb.index().saturating_sub(8))..verb.index()).rev() {
            let token = TokenIdx::new(number);
            if words.is_verb(token) && document.deprel(token) != Deprel::Amod {
                break;
            }
            if let Some(&mention) = self.by_head[number].first() {
                let mention = &self.resolution.actor_mentions.as_slice()[mention as usize];
                let mut party = Party { steps: 3, ..Party::default() };
                party.add(mention.actor, mention.tokens);
                return party;
            }
        }
        Party::default()
    }

    /// Both sides of "a meeting … between A and B", for a tree that lost them.
    fn named_between(&self, words: &Words, noun: TokenIdx) -> Party {
        let document = words.document;
        let end = document.sentence(document.sentence_of(noun)).tokens.end as usize;
        let after = |at: usize, n_tokens: usize| (at + 1..end.min(at + 1 + n_tokens)).map(TokenIdx::new);
        let Some(between) = after(noun.index(), 4).find(|&token| document.lower(token) == "between") else {
            return Party::default();
        };
        let mut party = Party { steps: 3, ..Party::default() };
        let mut is_pair = false;
        for token in after(between.index(), 12).take_while(|&token| document.form(token) != ",") {
            is_pair |= document.lower(token) == "and";
            if let Some(&mention) = self.by_head[token.index()].first() {
                let mention = &self.resolution.actor_mentions.as_slice()[mention as usize];
                party.add(mention.actor, mention.tokens);
            }
        }
        if is_pair && party.actors.len() > 1 { party } else { Party::default() }
    }

    /// The party that stands at the first of these roles where somebody stands.
    pub fn pick(&self, words: &Words, roles: &[Role], arguments: &[Argument], except: &[TokenIdx]) -> Party {
        let mut unresolved = None;
        for &role in roles {
            let mut at_role: Vec<&Argument> = arguments
                .iter()
                .filter(|argument| argument.role == role && !except.contains(&argument.token))
                .collect();
            at_role.sort_by_key(|argument| argument.steps);
            for argument in at_role {
                let mut party = Party { steps: argument.steps, ..Party::default() };
                let mut phrases = with_conjuncts(words.document, argument.token);
                // "Chad's envoy and Niger's minister met" read with two subjects.
                phrases.extend(
                    arguments
                        .iter()
                        .filter(|other| {
                            other.role == role
                                && role == Role::Subject
                                && other.steps == argument.steps
                                && other.token > argument.token
                                && !follows_comma(words.document, other.token)
                                && words
                                    .document
                                    .children_by(other.token, Deprel::Cc)
                                    .any(|cc| words.document.lower(cc) == "and")
                        })
                        .map(|other| other.token),
                );
                for phrase in phrases {
                    let found = match role {
                        Role::Modifier => self.named(phrase),
                        _ => self.stands_for(words, phrase),
                    };
                    if let Some((actor, tokens)) = found {
                        for (actor, tokens) in self.joined_before(words, argument.token, tokens) {
                            self.add(&mut party, actor, tokens);
                        }
                        match self.group_within(words, phrase, actor, tokens) {
                            // "the troops of both countries" are those of each.
                            Some((group, tokens)) => self.add(&mut party, group, tokens),
                            None => self.add(&mut party, actor, tokens),
                        }
                        if self.is_pair(words, role)
                            && let Some((actor, tokens)) = self.joined_after(words, tokens)
                        {
                            self.add(&mut party, actor, tokens);
                        }
                    }
                }
                if !party.is_empty() {
                    return party;
                }
                if role != Role::Modifier {
                    unresolved = unresolved.or(Some(argument.token));
                }
            }
        }
        Party { unresolved, ..Party::default() }
    }
}

/// A noun with what stands right before it: "a survey ship", without what follows.
fn base_phrase(words: &Words, phrase: TokenIdx) -> TokenSpan {
    let document = words.document;
    let inside = |child: &&TokenIdx| {
        matches!(
            document.deprel(**child),
            Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Compound | Deprel::NmodPoss | Deprel::Flat
        )
    };
    let children = document.children(phrase).iter().filter(inside);
    let (first, last) =
        children.fold((phrase, phrase), |(first, last), &child| (first.min(child), last.max(child)));
    TokenSpan::new(first.index(), last.index() + 1)
}

/// Actor and recipient of a reading.
pub(crate) fn find(words: &Words, cast: &Cast, candidate: &Candidate, reading: &Reading) -> (Party, Party) {
    let own = match candidate.verbal {
        true => arguments::of_verb(words, candidate.head, &candidate.others),
        false => arguments::of_noun(words, candidate.head, &candidate.others),
    };
    let mut within = vec![candidate.head];
    within.extend(&candidate.others);
    let frame = candidate.frame;
    let mut own_actor = cast.pick(words, &frame.actor, &own, &within);
    if let Some(subject) = subject_of_report(words, candidate) {
        let argument = Argument { role: Role::Subject, token: subject, steps: 1 };
        own_actor = cast.pick(words, &[Role::Subject], &[argument], &within);
    }
    let (mut actor, mut recipient) = match reading
        .operator
        .filter(|(governor, _)| *governor != candidate.head)
    {
        None => {
            let mut except = within.clone();
            except.extend(own_actor.tokens.iter().filter(|_| !frame.reciprocal).flat_map(|span| span.iter()));
            let recipient = cast.pick(words, candidate.recipient, &own, &except);
            (own_actor, recipient)
        }
        Some((governor, effect)) => {
            let outer = match words.is_noun(governor) {
                true => arguments::of_noun(words, governor, &[]),
                false => arguments::of_verb(words, governor, &[]),
            };
            let outer_actor =
                cast.pick(words, &outer_actor_roles(words, words.is_noun(governor)), &outer, &within);
            let mut actor = if outer_actor.is_empty() && outer_actor.unresolved.is_none() {
                own_actor.clone()
            } else {
                outer_actor
            };
            let mut except = within.clone();
            except.extend(actor.tokens.iter().flat_map(|span| span.iter()));
            let own_recipient = cast.pick(words, candidate.recipient, &own, &except);
            let outer_recipient = cast.pick(words, &outer_recipient_roles(words, effect), &outer, &except);
            let recipient = match effect {
                Effect::Request => {
                    let doer = if own_actor.actors == actor.actors { Party::default() } else { own_actor };
                    first_of([outer_recipient, doer, own_recipient])
                }
                Effect::Reject => {
                    let offered_by = cast.pick(words, &[Role::Possessor, Role::Modifier], &own, &except);
                    first_of([own_recipient, outer_recipient, offered_by])
                }
                _ => first_of([own_recipient, outer_recipient]),
            };
            // "no meeting was confirmed between the two"
            if actor.is_empty() && frame.reciprocal {
                let both = prepositions(words, &["between", "among"]);
                actor = first_of([
                    cast.pick(words, &both, &own, &within),
                    cast.pick(words, &both, &outer, &within),
                ]);
            }
            (actor, recipient)
        }
    };
    let lost = candidate.verbal
        && actor.is_empty()
        && actor.unresolved.is_none()
        && words.document.deprel(candidate.head) == Deprel::Root
        && !crate::syntax::is_passive(words.document, candidate.head);
    if lost {
        actor = cast.named_before(words, candidate.head);
    }
    if actor.is_empty() && frame.reciprocal {
        actor = cast.named_between(words, candidate.head);
    }
    if actor.is_empty() && candidate.others.iter().any(|&other| words.is_in(other, "meetings")) {
        // "no meeting between the two is planned"
        actor = cast.pick(words, &prepositions(words, &["between", "among"]), &own, &within);
    }
    // "The door to talks is open, he said": who says so offers them.
    if actor.is_empty()
        && actor.unresolved.is_none_or(|word| !words.is_in(word, "people"))
        && reading.event == EventType::Agree
        && !reading.aux.future
        && !reading.aux.negation
        && let Some((_, Effect::Agree)) = reading.operator
        && let Some(speaker) = cast.speaker[candidate.head.index()]
    {
        actor.actors.push(speaker);
        recipient.actors.retain(|&one| one != speaker);
    }
    let spoken_of = !recipient.is_empty() && recipient.actors.iter().all(|one| actor.actors.contains(one));
    if spoken_of
        && actor.tokens.len() == 1
        && let Some(pronoun) = actor.tokens[0].iter().next()
        && words.document.upos(pronoun) == dateline_text::Upos::Pron
        && let Some(speaker) = cast.speaker[pronoun.index()]
        && !recipient.actors.contains(&speaker)
    {
        // "Moro said he plans to meet Chad": whom he meets is not he.
        actor.actors = vec![speaker];
    }
    let reciprocal = frame.reciprocal && reading.operator.is_none();
    if reciprocal && reading.aux.negation && actor.actors.len() + recipient.actors.len() == 1 {
        // "Chad denied that talks with Niger took place": the two are Chad and Niger.
        let denier = reading.consumed.iter().copied().find(|&verb| words.document.lemma(verb) == "deny");
        if let Some(subject) = denier.and_then(|verb| own_subject(words.document, verb)) {
            let argument = Argument { role: Role::Subject, token: subject, steps: 1 };
            let first = cast.pick(words, &[Role::Subject], &[argument], &within);
            let second = std::mem::replace(&mut actor, first);
            actor.join(&second);
        }
    }
    if reciprocal {
        actor.join(&recipient);
        recipient = Party::default();
    }
    recipient.actors.retain(|one| !actor.actors.contains(one));
    (actor, recipient)
}

/// Whether "and" before a phrase follows a comma: a new clause more often than a list of two.
fn follows_comma(document: &dateline_text::Document, phrase: TokenIdx) -> bool {
    document
        .children_by(phrase, Deprel::Cc)
        .filter(|cc| cc.index() > 0)
        .any(|cc| document.lower(TokenIdx::new(cc.index() - 1)) == ",")
}

/// "The teacher said the gunmen came and opened fire": a harmful act joined to the verb of saying by the tree is
/// that of the clause told.
fn subject_of_report(words: &Words, candidate: &Candidate) -> Option<TokenIdx> {
    let document = words.document;
    let head = candidate.head;
    if candidate.frame.event != EventType::Assault
        || !candidate.verbal
        || document.deprel(head) != Deprel::Conj
    {
        return None;
    }
    let saying = document.head(head).filter(|&verb| {
        matches!(document.lemma(verb), "say" | "tell" | "report" | "add" | "recall" | "state")
    })?;
    let told = document.children_by(saying, Deprel::Ccomp).find(|&told| saying < told && told < head)?;
    own_subject(document, told)
}

fn first_of<const N: usize>(parties: [Party; N]) -> Party {
    let unresolved = parties.iter().find_map(|party| party.unresolved);
    parties.into_iter().find(|party| !party.is_empty()).unwrap_or(Party { unresolved, ..Party::default() })
}

fn prepositions(words: &Words, list: &[&str]) -> Vec<Role> {
    list.iter().filter_map(|word| words.lexicon.word(word)).map(Role::Preposition).collect()
}

fn outer_actor_roles(words: &Words, nominal: bool) -> Vec<Role> {
    let mut roles = vec![Role::Subject];
    if nominal {
        roles.splice(0..0, [Role::Possessor]);
        roles.extend(prepositions(words, &["by", "from"]));
        roles.push(Role::Modifier);
        roles.extend(prepositions(words, &["of"]));
    }
    roles
}

fn outer_recipient_roles(words: &Words, effect: Effect) -> Vec<Role> {
    let mut roles = vec![Role::Indirect, Role::Object];
    roles.extend(prepositions(
        words,
        match effect {
            Effect::Request => &["on", "upon", "to", "from", "of"],
            Effect::Reject => &["from", "by", "of", "to", "with"],
            Effect::Threaten | Effect::Vow => &["against", "to", "on"],
            Effect::End | Effect::Ease => &["with", "to", "on", "against", "from"],
            _ => &["with", "to", "for"],
        },
    ));
    roles
}
