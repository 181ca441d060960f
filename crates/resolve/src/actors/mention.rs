//! Finds the words that stand for somebody: names, descriptions, pronouns, metonyms, modifiers.
//!
//! In:  noun phrases and name spans.
//! Out: [`Draft`]s in text order, with the titles and appositions that belong to each.

use super::chunk::is_list_glue;
use super::describe::{Describer, Description};
use super::draft::{Belongs, Determiner, Draft, Pair, Pronoun, RoleDraft, Subject, What};
use super::lexicon::{Gender, WordKind, is_hyphen, starts_upper};
use super::metonym::{Reading, read_capital};
use super::name::{NameSort, NameSpan};
use super::person::PersonName;
use crate::countries::CountryWordKind;
use crate::{CountryCode, MentionForm, Sector, Tenure};
use dateline_text::{Deprel, TokenIdx, TokenSpan, Upos, Xpos};

/// Dependents of a verb among which its subject is looked for.
const MAX_DEPENDENTS: usize = 64;

/// Drafts of every mention, in text order.
pub(crate) fn find_drafts(cx: &Describer<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chunk in 0..cx.chunks.all.len() {
        draft_chunk(cx, chunk, &mut drafts);
    }
    drafts
}

fn draft_chunk(cx: &Describer<'_>, chunk: usize, drafts: &mut Vec<Draft>) {
    let document = cx.document;
    let base = cx.chunks.all[chunk].tokens;
    let last = base.last();
    if document.upos(last) == Upos::Pron && document.xpos(last) != Xpos::PrpPoss {
        if let Some(pronoun) = pronoun(document.lower(last))
            && document.deprel(last) != Deprel::Expl
        {
            push_pronoun(cx, chunk, last, pronoun, MentionForm::Pronoun, drafts);
        }
        return;
    }
    let first = base.first();
    if document.xpos(first) == Xpos::PrpPoss
        && let Some(pronoun) = pronoun(document.lower(first))
    {
        push_pronoun(cx, chunk, first, pronoun, MentionForm::Modifier, drafts);
    }
    // What the phrase is about: a name at its end, or a role word.
    let last_name = cx.name_at(last).copied();
    let mut at = base.start as usize;
    while at < base.end as usize {
        let token = TokenIdx::new(at);
        at += 1;
        let Some(&name) = cx.name_at(token) else { continue };
        at = name.tokens.end as usize;
        if last_name.is_some_and(|last| last.tokens == name.tokens) {
            break;
        }
        if name.tokens.start < base.start {
            continue;
        }
        push_modifier(cx, chunk, &name, drafts);
    }
    match last_name {
        // A name over several phrases ("the Ministry of Peace and Unity") is noted where it begins.
        Some(name) if name.tokens.start < base.start => {}
        Some(name) => push_name(cx, chunk, &name, drafts),
        None => push_description(cx, chunk, drafts),
    }
}

fn pronoun(lower: &str) -> Option<Pronoun> {
    match lower {
        "he" | "him" | "his" | "himself" => Some(Pronoun::Person(Gender::Male)),
        "she" | "her" | "hers" | "herself" => Some(Pronoun::Person(Gender::Female)),
        "they" | "them" | "their" | "theirs" | "themselves" => Some(Pronoun::Many),
        "it" | "its" | "itself" => Some(Pronoun::It),
        _ => None,
    }
}

/// A draft that says nothing yet. A modifier has a head of its own, all else the head of its phrase.
fn empty(cx: &Describer<'_>, chunk: usize, tokens: TokenSpan, form: MentionForm, what: What) -> Draft {
    let of_phrase = if form == MentionForm::Modifier { tokens } else { cx.chunks.all[chunk].tokens };
    let head = syntactic_head(cx, of_phrase);
    Draft {
        tokens,
        head,
        form,
        what,
        sentence: cx.chunks.all[chunk].sentence,
        chunk,
        subject: subject(cx, head),
        is_plural: false,
        determiner: Determiner::None,
        gender: None,
        roles: Vec::new(),
        belongs: Vec::new(),
        sector: None,
        given: None,
        same_as: None,
        label: None,
        members: Vec::new(),
    }
}

/// The word of a span whose own head lies outside it.
fn syntactic_head(cx: &Describer<'_>, tokens: TokenSpan) -> TokenIdx {
    let outside = |&token: &TokenIdx| cx.document.head(token).is_none_or(|head| !tokens.holds(head));
    let is_light = |token: TokenIdx| matches!(cx.document.upos(token), Upos::Det | Upos::Punct | Upos::Adp);
    tokens.iter().rev().filter(outside).find(|&token| !is_light(token)).unwrap_or_else(|| tokens.last())
}

fn subject(cx: &Describer<'_>, head: TokenIdx) -> Subject {
    let document = cx.document;
    if opens_sentence(cx, head) {
        return Subject::Main; // Whatever the tree says: the first phrase of a sentence is what it is about.
    }
    // Inside another's description ("the sister of North Korean leader …") nobody is the subject, even where a
    // wrong tree says so.
    if let Some(chunk) = cx.chunks.at(head)
        && cx.chunks.all[chunk].prep.is_some_and(|(_, above)| above.is_some())
    {
        return Subject::No;
    }
    if !matches!(document.deprel(head), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter) {
        return Subject::No;
    }
    let Some(verb) = document.head(head) else { return Subject::No };
    match document.deprel(verb) {
        Deprel::Root => Subject::Main,
        Deprel::Conj | Deprel::Parataxis
            if document.head(verb).is_some_and(|above| document.head(above).is_none()) =>
        {
            Subject::Main
        }
        _ => Subject::Clause,
    }
}

/// Whether the phrase of a word opens its sentence, without a preposition and owning nothing.
fn opens_sentence(cx: &Describer<'_>, head: TokenIdx) -> bool {
    let Some(chunk) = cx.chunks.at(head) else { return false };
    let phrase = &cx.chunks.all[chunk];
    phrase.prep.is_none()
        && !phrase.is_possessor
        && cx.chunks.start_with_possessors(chunk) == cx.document.sentence(phrase.sentence).tokens.first()
}

fn push_pronoun(
    cx: &Describer<'_>,
    chunk: usize,
    token: TokenIdx,
    pronoun: Pronoun,
    form: MentionForm,
    drafts: &mut Vec<Draft>,
) {
    let mut draft = empty(cx, chunk, TokenSpan::single(token), form, What::Pronoun(pronoun));
    if form == MentionForm::Modifier {
        draft.head = token;
        draft.subject = Subject::No;
    }
    draft.is_plural = pronoun == Pronoun::Many;
    if let Pronoun::Person(gender) = pronoun {
        draft.gender = Some(gender);
    }
    drafts.push(draft);
}

/// A name inside a phrase that has another head: "South Korean" in "South Korean officials".
fn push_modifier(cx: &Describer<'_>, chunk: usize, name: &NameSpan, drafts: &mut Vec<Draft>) {
    let what = match name.sort {
        NameSort::Country(number) => {
            let country = &cx.countries[number];
            if country.word.kind == CountryWordKind::Capital {
                return; // "Kabul airport", "Seoul hotel": the town.
            }
            What::State(country.word.code)
        }
        NameSort::Organization { known, .. } => What::Organization(organization_key(cx, name, known)),
        NameSort::Person => What::Person(person_name(cx, name)),
        NameSort::Place => return,
    };
    let mut draft = empty(cx, chunk, name.tokens, MentionForm::Modifier, what);
    draft.subject = Subject::No;
    fill_name(cx, name, &mut draft);
    drafts.push(draft);
}

/// All names of an organisation of the tables have one key.
fn organization_key(cx: &Describer<'_>, name: &NameSpan, known: Option<usize>) -> String {
    let words = known.map_or_else(|| cx.document.words(name.tokens), |known| cx.organizations[known].name);
    crate::phrase::fold(words)
}

/// All names of a person whom a user's own file names are one.
fn person_name(cx: &Describer<'_>, name: &NameSpan) -> PersonName {
    PersonName::new(
        cx.known_at(name.tokens).map_or_else(|| cx.document.words(name.tokens), |known| known.name),
    )
}

fn fill_name(cx: &Describer<'_>, name: &NameSpan, draft: &mut Draft) {
    let known = cx.known_at(name.tokens);
    draft.given = known.filter(|known| known.is_own).map(|known| known.affiliation);
    match name.sort {
        NameSort::Country(number) => {
            draft.sector = cx.countries[number].word.sector;
            if cx.countries[number].word.kind == CountryWordKind::Demonym {
                draft.is_plural = true;
                draft.sector = Some(Sector::Cvl);
            }
        }
        NameSort::Organization { code, sector, .. } => {
            draft.belongs.extend(code.map(Belongs::Code));
            draft.sector = sector;
            // "the Bank of Ghana", "Ukrainian Railways": the country stands in the name.
            let first = cx.countries.partition_point(|country| country.tokens.end <= name.tokens.start);
            for country in &cx.countries[first..] {
                if country.tokens.start >= name.tokens.end {
                    break;
                }
                draft.belongs.push(Belongs::Code(country.word.code));
            }
        }
        _ => {}
    }
}

/// The words of a phrase before the name that ends it, read as a title.
fn title(cx: &Describer<'_>, chunk: usize, name: &NameSpan) -> (Option<Description>, Option<Gender>, bool) {
    let document = cx.document;
    let base = cx.chunks.all[chunk].tokens;
    let mut at = name.tokens.start as usize;
    let (mut gender, mut honorific) = (None, false);
    while at > base.start as usize {
        let token = TokenIdx::new(at - 1);
        let lower = document.lower(token);
        if cx.lexicon.is_honorific(lower) {
            honorific = true;
            gender = gender.or(cx.lexicon.gender(lower));
            at -= 1;
        } else if is_hyphen(lower) || document.upos(token) == Upos::Punct {
            at -= 1;
        } else {
            let description = cx.describe(chunk, token, true);
            return (description, gender, honorific);
        }
    }
    (None, gender, honorific)
}

fn push_name(cx: &Describer<'_>, chunk: usize, name: &NameSpan, drafts: &mut Vec<Draft>) {
    let document = cx.document;
    let words = document.words(name.tokens);
    match name.sort {
        NameSort::Person => {
            let (title, gender, _) = title(cx, chunk, name);
            let what = What::Person(person_name(cx, name));
            let mut draft = empty(cx, chunk, name.tokens, MentionForm::Name, what);
            fill_name(cx, name, &mut draft);
            draft.gender = gender.or_else(|| given_gender(cx, name));
            find_following_belongs(cx, name, &mut draft);
            if let Some(title) = title.filter(|title| title.kind == WordKind::Person && !title.is_plural) {
                draft.gender = draft.gender.or(cx.lexicon.gender(&title.phrase));
                let mut role = title.to_role();
                extend_by_nomination(cx, chunk, &mut role);
                draft.roles.push(role);
            } else if let Some(role) = title_across_of(cx, chunk, name) {
                draft.gender = draft.gender.or(cx.lexicon.gender(&role.phrase));
                draft.roles.push(role);
            } else {
                // "South Korea's Park", "Somalia's Farah": a possessor without a role still tells the country.
                push_plain_belongs(cx, chunk, name, &mut draft);
            }
            drafts.push(draft);
        }
        NameSort::Organization { known, .. } => {
            let what = What::Organization(organization_key(cx, name, known));
            let mut draft = empty(cx, chunk, name.tokens, MentionForm::Name, what);
            fill_name(cx, name, &mut draft);
            let (title, ..) = title(cx, chunk, name);
            if let Some(title) = title.filter(|title| title.kind != WordKind::Person) {
                draft.sector = draft.sector.or(title.sector);
                draft.roles.push(title.to_role());
            } else {
                push_plain_belongs(cx, chunk, name, &mut draft);
            }
            drafts.push(draft);
        }
        NameSort::Country(number) => {
            let country = cx.countries[number];
            let form = match country.word.kind {
                CountryWordKind::Capital => match read_capital(cx, chunk, name) {
                    Reading::Government => MentionForm::Metonym,
                    Reading::Place => return,
                },
                CountryWordKind::Seat if at_seat(cx, chunk) => return,
                CountryWordKind::Seat => MentionForm::Metonym,
                CountryWordKind::Adjective => MentionForm::Modifier,
                CountryWordKind::Demonym => MentionForm::Description,
                _ => MentionForm::Name,
            };
            let what = if country.word.kind == CountryWordKind::Demonym {
                What::Description { phrase: "people".to_owned(), kind: WordKind::Group }
            } else if country.word.sector.is_some_and(|sector| sector != Sector::Gov)
                || country.word.code.is_supranational()
            {
                // "the Pentagon": a branch of its own.
                What::Organization(crate::phrase::fold(words))
            } else {
                What::State(country.word.code)
            };
            let mut draft = empty(cx, chunk, name.tokens, form, what);
            fill_name(cx, name, &mut draft);
            if matches!(draft.what, What::Organization(_)) {
                draft.belongs.push(Belongs::Code(country.word.code));
            }
            if country.word.kind == CountryWordKind::Demonym {
                draft.belongs.push(Belongs::Code(country.word.code));
                draft.determiner = cx.determiner(chunk, name.tokens.first());
            }
            drafts.push(draft);
        }
        NameSort::Place => {}
    }
}

/// "Minister of Defence Ada Rossi", "Chief of Staff General Ada Rossi": the title began in the phrase before.
fn title_across_of(cx: &Describer<'_>, chunk: usize, name: &NameSpan) -> Option<RoleDraft> {
    let base = cx.chunks.all[chunk].tokens;
    let (prep, above) = cx.chunks.all[chunk].prep?;
    let above = above?;
    if !matches!(cx.document.lower(prep), "of" | "for" | "to" | "on") || name.tokens.start <= base.start {
        return None;
    }
    // Only capitalised words are part of a title: not "the arrest of journalist Ada Rossi".
    let between = TokenSpan::new(base.start as usize, name.tokens.start as usize);
    if between
        .iter()
        .any(|token| !starts_upper(cx.document.form(token)) && !is_hyphen(cx.document.form(token)))
    {
        return None;
    }
    let title = cx.describe(above, cx.chunks.all[above].tokens.last(), true)?;
    if title.kind != WordKind::Person || title.is_plural {
        return None;
    }
    let mut role = title.to_role();
    role.span.end = cx.document.token(TokenIdx::new(name.tokens.start as usize - 1)).span.end;
    if let Some(sector) = cx.lexicon.modifier(cx.document.lower(between.last())).filter(|_| role.is_fallback)
    {
        role.sector = Some(sector);
    }
    Some(role)
}

/// What the first part of a full name says of gender.
fn given_gender(cx: &Describer<'_>, name: &NameSpan) -> Option<Gender> {
    let name = PersonName::new(cx.document.words(name.tokens));
    let first = name.parts.first().filter(|_| name.parts.len() > 1)?;
    cx.lexicon.gender_of_given_name(first)
}

fn push_plain_belongs(cx: &Describer<'_>, chunk: usize, name: &NameSpan, draft: &mut Draft) {
    let by_table = std::mem::take(&mut draft.belongs);
    find_plain_belongs(cx, chunk, name, draft);
    // "Peru's Congress" is not the one that the table means; "Nigeria's UN mission" stays with the UN.
    let is_above_states = matches!(by_table.first(), Some(Belongs::Code(code)) if code.is_supranational());
    let at = if is_above_states { 0 } else { draft.belongs.len() };
    draft.belongs.splice(at..at, by_table);
}

/// "outside the White House", "at the Kremlin": the building.
fn at_seat(cx: &Describer<'_>, chunk: usize) -> bool {
    cx.chunks.all[chunk].prep.is_some_and(|(prep, _)| {
        matches!(
            cx.document.lower(prep),
            "in" | "at" | "near" | "outside" | "inside" | "around" | "into" | "through" | "across" | "within"
        )
    })
}

fn find_plain_belongs(cx: &Describer<'_>, chunk: usize, name: &NameSpan, draft: &mut Draft) {
    let base = cx.chunks.all[chunk].tokens;
    for token in TokenSpan::new(base.start as usize, name.tokens.start.max(base.start) as usize).iter() {
        if let Some(NameSort::Country(number)) = cx.name_at(token).map(|name| name.sort) {
            draft.belongs.push(Belongs::Code(cx.countries[number].word.code));
        }
    }
    if let Some(possessor) = cx.chunks.all[chunk].possessor
        && let Some(NameSort::Country(number)) =
            cx.name_at(cx.chunks.all[possessor].tokens.last()).map(|name| name.sort)
    {
        draft.belongs.push(Belongs::Code(cx.countries[number].word.code));
    }
    find_following_belongs(cx, name, draft);
}

/// The country behind a name: "the Ministry of Defence of Peru", "Ada Rossi of Italy".
fn find_following_belongs(cx: &Describer<'_>, name: &NameSpan, draft: &mut Draft) {
    let after = name.tokens.end as usize;
    if after + 1 < cx.document.tokens().len()
        && matches!(cx.document.lower(TokenIdx::new(after)), "of" | "in")
    {
        let next = (after + 1..(after + 3).min(cx.document.tokens().len()))
            .find_map(|i| cx.name_at(TokenIdx::new(i)).map(|name| name.sort));
        if let Some(NameSort::Country(number)) = next {
            draft.belongs.push(Belongs::Code(cx.countries[number].word.code));
        }
    }
}

/// "Italy's nominee for finance minister Ada Rossi": the office is one to come, and the country is that of
/// whoever nominates.
fn extend_by_nomination(cx: &Describer<'_>, chunk: usize, role: &mut RoleDraft) {
    let Some((prep, Some(above))) = cx.chunks.all[chunk].prep else { return };
    if !matches!(cx.document.lower(prep), "for" | "as") {
        return;
    }
    let head = cx.chunks.all[above].tokens.last();
    if !matches!(
        cx.document.lower(head),
        "nominee" | "pick" | "candidate" | "choice" | "nomination" | "contender"
    ) {
        return;
    }
    role.tenure = Tenure::Future;
    if let Some(office) = cx.describe(above, head, true) {
        role.belongs.extend(office.belongs);
    } else if let Some(possessor) = cx.chunks.all[above].possessor {
        role.belongs.push(Belongs::Token(cx.chunks.all[possessor].tokens.last()));
    }
    role.span.start = cx.document.token(cx.chunks.start_with_possessors(above)).span.start;
}

fn push_description(cx: &Describer<'_>, chunk: usize, drafts: &mut Vec<Draft>) {
    let document = cx.document;
    let base = cx.chunks.all[chunk].tokens;
    let last = base.last();
    if matches!(document.lower(last), "former" | "latter") {
        let pronoun = if document.lower(last) == "former" { Pronoun::Former } else { Pronoun::Latter };
        push_pronoun(cx, chunk, last, pronoun, MentionForm::Pronoun, drafts);
        if let Some(draft) = drafts.last_mut() {
            draft.tokens = base;
        }
        return;
    }
    if let Some((_, Some(above))) = cx.chunks.all[chunk].prep
        && cx.is_tail_of_phrase(above, chunk)
    {
        return; // "staff" in "joint chiefs of staff"
    }
    if let Some(pair) = pair(cx, base) {
        let mut draft = empty(cx, chunk, base, MentionForm::Description, What::Pair(pair));
        draft.is_plural = true;
        draft.determiner = Determiner::Definite;
        // "the two officials" is a description as well, should nobody be found for it.
        if let Some(description) = cx.describe(chunk, last, false) {
            draft.belongs = description.belongs.clone();
            draft.sector = description.sector;
            draft.roles.push(description.to_role());
        }
        drafts.push(draft);
        return;
    }
    if let Some(code) = half_of_a_land(cx, base) {
        drafts.push(empty(cx, chunk, TokenSpan::single(last), MentionForm::Name, What::State(code)));
        return;
    }
    let Some(description) = cx.describe(chunk, last, false) else { return };
    if !is_actor_here(cx, &description, base) {
        return;
    }
    let what = What::Description { phrase: description.phrase.clone(), kind: description.kind };
    let mut draft = empty(cx, chunk, description.tokens, MentionForm::Description, what);
    draft.is_plural = description.is_plural;
    draft.determiner = description.determiner;
    draft.gender = cx.lexicon.gender(&description.phrase);
    draft.sector = description.sector;
    draft.belongs = description.belongs.clone();
    draft.roles.push(description.to_role());
    push_compound_members(cx, chunk, &description, draft, drafts);
}

/// "the North" and "the South" where the text speaks of "North Korea" or "South Sudan".
fn half_of_a_land(cx: &Describer<'_>, base: TokenSpan) -> Option<CountryCode> {
    let document = cx.document;
    let form = document.form(base.last());
    let has_article = document.lower(base.first()) == "the";
    let is_bare = base.n_tokens() == 1
        && cx.chunks.at(base.last()).is_some_and(|chunk| cx.chunks.all[chunk].is_possessor);
    if !matches!(form, "North" | "South" | "East" | "West")
        || !(has_article && base.n_tokens() == 2 || is_bare)
    {
        return None;
    }
    cx.halves.iter().find(|(half, _)| *half == form).map(|&(_, code)| code)
}

/// "US and South Korean officials": one group for each country.
fn push_compound_members(
    cx: &Describer<'_>,
    chunk: usize,
    _description: &Description,
    mut draft: Draft,
    drafts: &mut Vec<Draft>,
) {
    let document = cx.document;
    if chunk > 0 && draft.is_plural {
        let before = &cx.chunks.all[chunk - 1];
        let between = TokenSpan::new(before.tokens.end as usize, cx.chunks.all[chunk].tokens.start as usize);
        let is_and = between.n_tokens() == 1 && document.lower(between.first()) == "and";
        let code = |token| match cx.name_at(token).map(|name| (name.sort, name.tokens)) {
            Some((NameSort::Country(number), _))
                if !matches!(cx.countries[number].word.kind, CountryWordKind::Demonym) =>
            {
                Some(cx.countries[number].word.code)
            }
            _ => None,
        };
        let own_first = cx.chunks.all[chunk].tokens.first();
        if is_and
            && before.sentence == draft.sentence
            && let (Some(left), Some(right)) = (code(before.tokens.last()), code(own_first))
            && left != right
            && before.possessor.is_none()
            // The left one is a bare adjective or name that waits for the noun.
            && cx.name_at(before.tokens.last()).is_some_and(|name| {
                name.tokens.n_tokens() + usize::from(document.upos(before.tokens.first()) == Upos::Det)
                    >= before.tokens.n_tokens()
            })
            && (document.upos(before.tokens.last()) == Upos::Adj
                || document.head(before.tokens.last()).is_some_and(|head| {
                    cx.chunks.all[chunk].tokens.holds(head)
                })
                || before.prep.is_none() && matches!(document.deprel(before.tokens.last()), Deprel::Amod | Deprel::Compound))
        {
            draft.belongs = vec![Belongs::Code(right)];
            let mut other = draft.clone();
            other.belongs = vec![Belongs::Code(left)];
            for role in &mut other.roles {
                role.belongs = vec![Belongs::Code(left)];
            }
            let own_words =
                cx.name_at(own_first).map_or(own_first.index() + 1, |name| name.tokens.end as usize);
            if own_words < draft.tokens.end as usize {
                let noun = document.words(TokenSpan::new(own_words, draft.tokens.end as usize));
                other.label = Some(format!("{} {noun}", document.words(before.tokens)));
            }
            other.tokens = before.tokens;
            other.head = before.tokens.last();
            other.form = MentionForm::Modifier;
            other.subject = draft.subject;
            drafts.push(other);
        }
    }
    drafts.push(draft);
}

/// "the two countries", "both sides", "the allies", "the two officials".
fn pair(cx: &Describer<'_>, base: TokenSpan) -> Option<Pair> {
    let document = cx.document;
    let mut two = false;
    let mut definite = false;
    for token in base.iter() {
        match document.lower(token) {
            "two" | "2" => two = true,
            "both" => (two, definite) = (true, true),
            "the" | "these" | "those" => definite = true,
            _ => {}
        }
    }
    if !definite {
        return None;
    }
    let pair = match document.lower(base.last()) {
        "countries" | "nations" | "states" | "governments" | "neighbours" | "neighbors" | "capitals"
        | "powers" => two.then_some(Pair::States),
        "allies" | "rivals" => Some(Pair::States),
        "sides" | "parties" => two.then_some(Pair::Any),
        "men" | "women" | "leaders" | "ministers" | "officials" | "presidents" | "diplomats" | "envoys"
        | "generals" | "politicians" | "premiers" | "candidates" | "negotiators" => {
            two.then_some(Pair::Persons)
        }
        _ => None,
    };
    // "the two American officials" are described in full: still a pair of persons.
    pair
}

/// Words that are actors only in some of their uses.
fn is_actor_here(cx: &Describer<'_>, description: &Description, base: TokenSpan) -> bool {
    let document = cx.document;
    let head = description.head;
    let is_bare = description.determiner == Determiner::None && description.belongs.is_empty();
    if is_bare
        && !description.is_plural
        && description.is_fallback
        && description.kind == WordKind::Organization
    {
        return false; // "takes office", "with force"
    }
    // "the North's neighbour": another state, and which one the words do not say.
    if matches!(
        description.phrase.as_str(),
        "neighbour" | "neighbor" | "adversary" | "rival" | "foe" | "enemy" | "ally" | "partner"
    ) && !description.is_plural
    {
        return false;
    }
    // "peer-reviewed": half of a compound.
    let after = base.end as usize;
    if after < document.tokens().len()
        && is_hyphen(document.form(TokenIdx::new(after)))
        && document.token(TokenIdx::new(after)).joined
    {
        return false;
    }
    if description.phrase == "source"
        && cx.chunks.at(head).is_some_and(|chunk| {
            cx.chunks.all[chunk].complement.is_some_and(|(prep, _)| document.lower(prep) == "of")
        })
    {
        return false; // "a source of income"
    }
    match description.phrase.as_str() {
        // "in this country", "the state of the economy": a state only with "the" before it.
        "state" => {
            description.determiner == Determiner::Definite
                && base.n_tokens() <= 3
                && document.children_by(head, Deprel::Nmod).next().is_none()
        }
        "country" | "nation" | "kingdom" => {
            description.determiner == Determiner::Definite || description.is_plural
        }
        "justice" | "private" | "major" | "general" | "captain" | "principal" | "head" | "chief"
        | "chair"
            if document.upos(head) == Upos::Adj =>
        {
            false
        }
        // Abstract things, unless named or possessed.
        "justice" | "market" | "intelligence" | "business" | "power" | "lord" | "private" | "front"
        | "bench" | "television" | "radio" | "website" | "summit" | "conference" | "side"
        | "party to the talks" | "fund" | "trust" | "arm" | "wing" | "circle" | "cell" | "rank" | "body"
        | "palace" | "temple" | "school" | "shrine" => {
            description.is_plural
                && matches!(description.phrase.as_str(), "school" | "website" | "power" | "business" | "side")
                || description.sector.is_some_and(|sector| sector != Sector::Unk)
                    && matches!(
                        description.phrase.as_str(),
                        "side" | "wing" | "front" | "arm" | "power" | "cell"
                    )
                || document.deprel(head) == Deprel::Nsubj && starts_upper(document.form(head))
        }
        // "a member", "a source" that belongs to nothing.
        "capital" => false,
        _ => document.upos(head) != Upos::Adj || matches!(document.xpos(head), Xpos::Nn | Xpos::Nns),
    }
}

/// Ties appositions and "is"-clauses to the names that they describe, and pairs to their members.
pub(crate) fn tie(cx: &Describer<'_>, drafts: &mut [Draft]) {
    // The draft of each phrase's head, modifiers left out.
    let mut of_chunk: Vec<Option<usize>> = vec![None; cx.chunks.all.len()];
    for (number, draft) in drafts.iter().enumerate() {
        if draft.form != MentionForm::Modifier {
            of_chunk[draft.chunk] = Some(number);
        }
    }
    // "Yoon's nominee for foreign minister NAME", "Secretary of State NAME": the phrase before is the same person.
    for number in 0..drafts.len() {
        let chunk = drafts[number].chunk;
        let start = document_start(cx, chunk);
        if is_person_name(&drafts[number])
            && drafts[number].form == MentionForm::Name
            && drafts[number].roles.first().is_some_and(|role| role.span.start < start)
            && let Some((_, Some(above))) = cx.chunks.all[chunk].prep
            && let Some(description) = of_chunk[above]
            && describes_one_person(&drafts[description])
        {
            drafts[description].roles.clear();
            drafts[number].same_as = Some(description);
        }
    }
    let is_title: Vec<bool> = {
        let mut is_title = vec![false; drafts.len()];
        drafts.iter().filter_map(|draft| draft.same_as).for_each(|description| is_title[description] = true);
        is_title
    };
    for number in 0..drafts.len() {
        if drafts[number].form == MentionForm::Modifier || is_title[number] {
            continue;
        }
        tie_apposition(cx, drafts, &of_chunk, number);
        tie_copula(cx, drafts, &of_chunk, number);
    }
}

/// The byte at which a phrase begins, possessors included.
fn document_start(cx: &Describer<'_>, chunk: usize) -> u32 {
    cx.document.token(cx.chunks.start_with_possessors(chunk)).span.start
}

fn describes_one_person(draft: &Draft) -> bool {
    matches!(draft.what, What::Description { kind: WordKind::Person, .. }) && !draft.is_plural
}

fn is_person_name(draft: &Draft) -> bool {
    matches!(draft.what, What::Person(_))
}

fn describes_one_body(draft: &Draft) -> bool {
    matches!(draft.what, What::Description { kind: WordKind::Group | WordKind::Organization, .. })
        && !draft.is_plural
}

/// Looks at the phrase behind a draft and a comma: "NAME, ROLE," and "ROLE, NAME,".
fn tie_apposition(cx: &Describer<'_>, drafts: &mut [Draft], of_chunk: &[Option<usize>], number: usize) {
    let document = cx.document;
    let chunk = drafts[number].chunk;
    let sentence = document.sentence(drafts[number].sentence).tokens;
    // The end of the draft with what hangs on it.
    let mut end = cx.chunks.all[chunk].tokens.last();
    let mut end_chunk = chunk;
    for _ in 0..4 {
        match cx.chunks.all[end_chunk].complement {
            Some((_, behind)) if behind > end_chunk => {
                end_chunk = behind;
                end = cx.chunks.all[behind].tokens.last();
            }
            _ => break,
        }
    }
    // "… for Peace and Security Affairs, NAME": the list goes on to a comma.
    if let Some(role) = drafts[number].roles.first()
        && describes_one_person(&drafts[number])
    {
        let reached = document.tokens_in(role.span);
        if reached.n_tokens() > 0 && reached.last() > end {
            end = reached.last();
        }
    }
    let comma = TokenIdx::new(end.index() + 1);
    if comma.index() + 1 >= sentence.end as usize || document.form(comma) != "," {
        return;
    }
    let Some(next_chunk) = cx.chunks.at(TokenIdx::new(comma.index() + 1)) else { return };
    if cx.chunks.all[next_chunk].tokens.start as usize != comma.index() + 1 {
        return;
    }
    let next_chunk = cx.chunks.end_of_possessors(next_chunk);
    let Some(next) = of_chunk[next_chunk] else { return };
    let is_title = drafts.iter().skip(next).take(4).any(|draft| draft.same_as == Some(next));
    if is_title || drafts[next].same_as.is_some() || drafts[next].sentence != drafts[number].sentence {
        return;
    }
    let (left, right) = (&drafts[number], &drafts[next]);
    let closes = closes_apposition(cx, next_chunk, sentence);
    if is_person_name(left) && describes_one_person(right) {
        // "Ada Rossi, the finance minister, and": a role of its own needs an article, a possessor or the tree.
        let is_role = right.determiner == Determiner::Definite
            || document.deprel(right.head) == Deprel::Appos
            || closes;
        if is_role && !(in_list(cx, next_chunk, sentence) && document.deprel(right.head) == Deprel::Conj) {
            drafts[next].same_as = Some(number);
        }
    } else if describes_one_person(left) && is_person_name(right) && right.roles.is_empty() {
        let is_appos = document.deprel(right.head) == Deprel::Appos;
        if is_appos
            || closes && left.determiner != Determiner::Indefinite
            || !in_list(cx, next_chunk, sentence) && left.determiner == Determiner::Definite
        {
            drafts[next].same_as = Some(number);
        }
    } else if matches!(left.what, What::Organization(_)) && describes_one_body(right)
        || describes_one_body(left)
            && matches!(right.what, What::Organization(_))
            && left.determiner == Determiner::Definite
    {
        if closes || document.deprel(right.head) == Deprel::Appos {
            drafts[next].same_as = Some(number);
        }
    } else if matches!(left.what, What::Pair(Pair::Persons))
        || matches!(left.what, What::Description { kind: WordKind::Person, .. })
            && left.is_plural
            && left.determiner == Determiner::Definite
    {
        tie_members(cx, drafts, of_chunk, number, next_chunk);
    }
}

/// "the two officials, A and his deputy B,": the names of the list are the members.
fn tie_members(
    cx: &Describer<'_>,
    drafts: &mut [Draft],
    of_chunk: &[Option<usize>],
    number: usize,
    first_chunk: usize,
) {
    let mut members = Vec::new();
    let mut chunk = first_chunk;
    for _ in 0..12 {
        chunk = cx.chunks.end_of_possessors(chunk);
        let Some(draft) = of_chunk[chunk] else { break };
        if !is_person_name(&drafts[draft]) {
            break;
        }
        members.push(draft);
        let Some(next) = cx.chunks.all.get(chunk + 1) else { break };
        let between = TokenSpan::new(cx.chunks.all[chunk].tokens.end as usize, next.tokens.start as usize);
        if next.sentence != cx.chunks.all[chunk].sentence || !is_list_glue(cx.document, between) {
            break;
        }
        chunk += 1;
    }
    if members.len() >= 2 {
        drafts[number].members = members;
    }
}

/// Whether a phrase with what hangs on it is followed by a comma, a bracket or the end of the sentence.
fn closes_apposition(cx: &Describer<'_>, chunk: usize, sentence: TokenSpan) -> bool {
    let mut at = chunk;
    for _ in 0..6 {
        match cx.chunks.all[at].complement {
            Some((_, behind)) if behind > at => at = behind,
            _ => break,
        }
    }
    let after = cx.chunks.all[at].tokens.end as usize;
    after >= sentence.end as usize
        || matches!(
            cx.document.form(TokenIdx::new(after)),
            "," | "." | ";" | ":" | "-" | "—" | "–" | ")" | "?" | "!"
        )
}

/// Whether "and" or "or" follows: the phrase may be an item of a list.
fn in_list(cx: &Describer<'_>, chunk: usize, sentence: TokenSpan) -> bool {
    let after = cx.chunks.all[chunk].tokens.end as usize;
    (after..(after + 2).min(sentence.end as usize))
        .any(|i| matches!(cx.document.lower(TokenIdx::new(i)), "and" | "or"))
}

/// The verb that puts somebody into an office with "as": "was sworn in as president", "serves as envoy".
fn installing_verb(cx: &Describer<'_>, chunk: usize, head: TokenIdx) -> Option<TokenIdx> {
    let document = cx.document;
    let (prep, _) = cx.chunks.all[chunk].prep?;
    if document.lower(prep) != "as" {
        return None;
    }
    let verb = document.head(head)?;
    matches!(
        document.lemma(verb),
        "swear"
            | "name"
            | "appoint"
            | "reappoint"
            | "elect"
            | "install"
            | "nominate"
            | "serve"
            | "act"
            | "work"
            | "inaugurate"
            | "confirm"
            | "choose"
            | "pick"
            | "select"
            | "return"
    )
    .then_some(verb)
}

/// "NAME is ROLE", "NAME became ROLE", "NAME was named ROLE".
fn tie_copula(cx: &Describer<'_>, drafts: &mut [Draft], of_chunk: &[Option<usize>], number: usize) {
    let document = cx.document;
    if !describes_one_person(&drafts[number]) || drafts[number].same_as.is_some() {
        return;
    }
    let head = drafts[number].head;
    let is_negated = |token: TokenIdx| {
        document.children(token).iter().any(|&child| matches!(document.lower(child), "not" | "n't" | "never"))
    };
    let verb = if document.child_by(head, Deprel::Cop).is_some() {
        head
    } else if let Some(verb) = installing_verb(cx, drafts[number].chunk, head) {
        verb
    } else if matches!(document.deprel(head), Deprel::Xcomp | Deprel::Obj)
        && let Some(verb) = document.head(head)
        && matches!(
            document.lemma(verb),
            "become" | "remain" | "name" | "appoint" | "elect" | "nominate" | "declare" | "crown" | "call"
        )
        && (matches!(document.lemma(verb), "become" | "remain")
            || document.child_by(verb, Deprel::AuxPass).is_some())
    {
        verb
    } else {
        return;
    };
    if is_negated(verb) {
        return;
    }
    let dependents = || document.children(verb).iter().copied().take(MAX_DEPENDENTS);
    // "The king named NAME as premier": with an object, that is who holds the office.
    let object = (verb != head && document.deprel(head) != Deprel::Obj)
        .then(|| dependents().find(|&child| document.deprel(child) == Deprel::Obj))
        .flatten();
    let subject = object.or_else(|| {
        dependents().find(|&child| matches!(document.deprel(child), Deprel::Nsubj | Deprel::NsubjPass))
    });
    let Some(subject) = subject else {
        return;
    };
    let Some(draft) = cx.chunks.at(subject).and_then(|chunk| of_chunk[chunk]) else { return };
    if draft < number
        && (is_person_name(&drafts[draft]) || matches!(drafts[draft].what, What::Pronoun(Pronoun::Person(_))))
    {
        if document.lemma(verb) == "nominate" {
            for role in &mut drafts[number].roles {
                role.tenure = Tenure::Future;
            }
        }
        drafts[number].same_as = Some(draft);
    }
}
