//! Name spans: what the recogniser found, put right with tables, tags and role words.
//!
//! In:  a document, its country words and organisations of the tables.
//! Out: [`NameSpan`]s in text order that do not overlap.

use super::chunk::{Chunks, touches};
use super::lexicon::{Lexicon, WordKind, is_hyphen, starts_upper};
use crate::countries::{CountryMention, CountryWordKind, Doubt};
use crate::organizations::Affiliation;
use crate::{CountryCode, Sector};
use dateline_text::{Document, NameKind, TokenIdx, TokenSpan, Upos, Xpos};
use rustc_hash::FxHashSet;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameSort {
    Person,
    /// An organisation; code and sector where a table or its own words tell them.
    Organization {
        code: Option<CountryCode>,
        sector: Option<Sector>,
        /// Its number among the organisations of the tables.
        known: Option<usize>,
    },
    /// A word for a country, by its number among the country words.
    Country(usize),
    /// A place that is no country.
    Place,
}

/// A name in the text, without titles before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameSpan {
    pub tokens: TokenSpan,
    pub sort: NameSort,
}

/// An organisation that a table knows, or an actor of a user's own file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownOrganization<'a> {
    pub tokens: TokenSpan,
    /// The fullest of its names.
    pub name: &'a str,
    /// Where it belonged at the time of the report.
    pub affiliation: Affiliation,
    /// Whether a user's own file says so.
    pub is_own: bool,
    /// Whether it is a person; only a user's own file has any.
    pub is_person: bool,
}

/// Finds the name spans of a document.
pub(crate) fn find_names(
    document: &Document,
    chunks: &Chunks,
    countries: &[CountryMention],
    organizations: &[KnownOrganization<'_>],
    lexicon: &Lexicon,
) -> Vec<NameSpan> {
    let mut taken = Taken { owner: vec![false; document.tokens().len()], names: Vec::new() };
    let person_at: Vec<TokenSpan> = document
        .names()
        .iter()
        .filter(|name| name.kind == NameKind::Per)
        .filter_map(|name| trim_titles(document, widen(document, name.tokens), lexicon, countries))
        .collect();
    // Tables first: what they know is surer than the recogniser.
    for (number, organization) in organizations.iter().enumerate() {
        let KnownOrganization { tokens, is_person, .. } = *organization;
        let Affiliation { code, sector } = organization.affiliation;
        // A surname alone is not the bearer of a longer name: "Orlov" in "Vera Orlov".
        let is_in_longer = tokens.n_tokens() == 1
            && holder(&person_at, tokens).is_some_and(|span| span.n_tokens() > tokens.n_tokens());
        match is_person {
            true if is_in_longer => {}
            true => taken.add(tokens, NameSort::Person),
            false => {
                taken.add(tokens, NameSort::Organization { code: Some(code), sector, known: Some(number) });
            }
        }
    }
    for (number, country) in countries.iter().enumerate() {
        if country.doubt == Some(Doubt::UsState)
            || country.doubt == Some(Doubt::InName) && is_in_organization(document, country.tokens, lexicon)
        {
            continue;
        }
        let is_in_person = matches!(country.word.kind, CountryWordKind::Name | CountryWordKind::Capital)
            && holder(&person_at, country.tokens)
                .is_some_and(|span| span.n_tokens() > country.tokens.n_tokens());
        if !is_in_person {
            taken.add(country.tokens, NameSort::Country(number));
        }
    }
    add_titled_runs(document, chunks, lexicon, &mut taken);
    for &span in &person_at {
        let span = lengthen(document, chunks, span, lexicon, &taken.owner);
        taken.add(span, NameSort::Person);
    }
    for name in document.names() {
        match name.kind {
            NameKind::Per => {}
            NameKind::Org | NameKind::Misc
                if name.tokens.n_tokens() == 1
                    && matches!(document.form(name.tokens.first()), "North" | "South" | "East" | "West") => {}
            NameKind::Org | NameKind::Misc => {
                let tokens = widen(document, name.tokens);
                if let Some(sort) = organization_sort(document, tokens, lexicon, name.kind) {
                    taken.add(without_article(document, tokens), sort);
                }
            }
            NameKind::Loc => taken.add(name.tokens, NameSort::Place),
        }
    }
    add_runs(document, chunks, lexicon, &mut taken);
    let mut names = taken.names;
    names.sort_by_key(|name| name.tokens);
    names
}

/// Whether the recogniser's longer name is an organisation's by its own words: "Bank of Korea", "Air India".
/// "Korea Grace" is no such name.
fn is_in_organization(document: &Document, country: TokenSpan, lexicon: &Lexicon) -> bool {
    let Some(name) = document.name_at(country.first()) else { return false };
    if name.tokens.start < country.start {
        return true;
    }
    let rest = TokenSpan::new(country.end as usize, name.tokens.end as usize);
    rest.n_tokens() > 0
        && rest.iter().any(|token| {
            lexicon
                .find(document, rest.first(), token)
                .is_some_and(|found| found.word.kind == WordKind::Organization)
        })
}

/// Whether a token can be a part of a person's name: capitalised, a particle, or behind a hyphen.
fn is_name_word(document: &Document, token: TokenIdx) -> bool {
    let form = document.form(token);
    let behind_hyphen = token.index() > 0
        && is_hyphen(document.form(TokenIdx::new(token.index() - 1)))
        && touches(document, token);
    is_hyphen(form)
        || behind_hyphen
        || starts_upper(form)
            && !matches!(
                document.upos(token),
                Upos::Adp | Upos::Det | Upos::Pron | Upos::Cconj | Upos::Aux | Upos::Num
            )
        || form.len() < 8 && matches!(document.upos(token), Upos::Propn | Upos::X)
}

/// A title in small or capital letters, and behind it to the end of the phrase nothing but name words: a
/// person, whatever the recogniser says ("Defence Minister Rakesh Malhotra").
fn add_titled_runs(document: &Document, chunks: &Chunks, lexicon: &Lexicon, taken: &mut Taken) {
    for chunk in &chunks.all {
        let mut start = chunk.tokens.end as usize;
        while start > chunk.tokens.start as usize
            && !taken.owner[start - 1]
            && is_name_word(document, TokenIdx::new(start - 1))
        {
            start -= 1;
        }
        // The last title word in the run, or just before it.
        let mut name_start = None;
        let from = start.saturating_sub(1).max(chunk.tokens.start as usize);
        for i in from..(chunk.tokens.end as usize - 1).min(from + 8) {
            let token = TokenIdx::new(i);
            let is_title = lexicon.is_honorific(document.lower(token))
                || lexicon
                    .find(document, chunk.tokens.first(), token)
                    .is_some_and(|found| lexicon.is_title(&found));
            if is_title && !is_hyphen(document.form(TokenIdx::new(i + 1))) {
                name_start = Some(i + 1);
            }
        }
        if let Some(name_start) = name_start
            && name_start >= start
        {
            let run = TokenSpan::new(name_start, chunk.tokens.end as usize);
            // "the US special envoy" has no name behind it; "General Staff" is a body.
            let is_word = lexicon
                .find(document, run.first(), run.last())
                .is_some_and(|found| !lexicon.is_title(&found));
            if starts_upper(document.form(run.first())) && !is_word {
                taken.add(run, NameSort::Person);
            }
        }
    }
}

/// A person's name with the capitalised words beside it in its phrase that the recogniser left out.
fn lengthen(
    document: &Document,
    chunks: &Chunks,
    span: TokenSpan,
    lexicon: &Lexicon,
    taken: &[bool],
) -> TokenSpan {
    let Some(chunk) = chunks.at(span.first()) else { return span };
    let base = chunks.all[chunk].tokens;
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    let is_free = |i: usize| {
        let token = TokenIdx::new(i);
        !taken[i]
            && is_name_word(document, token)
            && starts_upper(document.form(token))
            && lexicon.word(document.lower(token)).is_none()
            && !lexicon.is_honorific(document.lower(token))
            && lexicon.modifier(document.lower(token)).is_none()
            && document.upos(token) != Upos::Adj
    };
    while start > base.start as usize && is_free(start - 1) {
        start -= 1;
    }
    while end < base.end as usize && is_free(end) {
        end += 1;
    }
    widen(document, TokenSpan::new(start, end))
}

/// Name spans so far, and which tokens they hold.
struct Taken {
    owner: Vec<bool>,
    names: Vec<NameSpan>,
}

impl Taken {
    /// Adds a name unless one of its tokens belongs to another.
    fn add(&mut self, tokens: TokenSpan, sort: NameSort) {
        if tokens.n_tokens() == 0 || self.owner[tokens.range()].iter().any(|&taken| taken) {
            return;
        }
        self.owner[tokens.range()].fill(true);
        self.names.push(NameSpan { tokens, sort });
    }
}

fn holder(spans: &[TokenSpan], inner: TokenSpan) -> Option<TokenSpan> {
    let after = spans.partition_point(|span| span.start <= inner.start);
    spans[..after].last().copied().filter(|span| span.contains(inner))
}

/// A name with what is joined to it by hyphens: the recogniser may stop inside "Yo-jong" or "al-Masri".
fn widen(document: &Document, tokens: TokenSpan) -> TokenSpan {
    let sentence = document.sentence(document.sentence_of(tokens.first())).tokens;
    let (mut start, mut end) = (tokens.start as usize, tokens.end as usize);
    let limit = sentence.end as usize;
    while end + 1 < limit
        && is_hyphen(document.form(TokenIdx::new(end)))
        && touches(document, TokenIdx::new(end))
        && touches(document, TokenIdx::new(end + 1))
    {
        end += 2;
    }
    while start >= sentence.start as usize + 2
        && is_hyphen(document.form(TokenIdx::new(start - 1)))
        && touches(document, TokenIdx::new(start - 1))
        && touches(document, TokenIdx::new(start))
    {
        start -= 2;
    }
    TokenSpan::new(start, end)
}

fn without_article(document: &Document, mut tokens: TokenSpan) -> TokenSpan {
    while tokens.n_tokens() > 1
        && matches!(document.upos(tokens.first()), Upos::Det | Upos::Adp | Upos::Punct)
    {
        tokens.start += 1;
    }
    tokens
}

/// A person's name without the titles, adjectives and honorifics that the recogniser left at its front, or
/// nothing where no name is left ("the President").
fn trim_titles(
    document: &Document,
    tokens: TokenSpan,
    lexicon: &Lexicon,
    countries: &[CountryMention],
) -> Option<TokenSpan> {
    let mut tokens = without_article(document, tokens);
    while tokens.n_tokens() > 0 {
        let first = tokens.first();
        let after = countries.partition_point(|country| country.tokens.end <= tokens.start);
        if let Some(country) = countries.get(after)
            && country.tokens.start == tokens.start
            && country.tokens.end < tokens.end
            && matches!(country.word.kind, CountryWordKind::Adjective | CountryWordKind::Abbreviation)
        {
            tokens.start = country.tokens.end;
            continue;
        }
        if lexicon.is_honorific(document.lower(first)) && tokens.n_tokens() > 1 {
            tokens.start += 1;
            continue;
        }
        // The longest role phrase at the front, as long as a name is left behind it.
        let mut cut = None;
        for stop in (tokens.start as usize..tokens.end as usize).take(5) {
            let head = TokenIdx::new(stop);
            if let Some(found) = lexicon.find(document, first, head)
                && found.start == first
                && lexicon.is_title(&found)
                && is_title(document, stop, tokens, lexicon, &found.phrase)
            {
                cut = Some(stop as u32 + 1);
            }
        }
        match cut {
            Some(start) => tokens.start = start,
            None => break,
        }
    }
    while tokens.n_tokens() > 0
        && matches!(document.upos(tokens.last()), Upos::Punct | Upos::Part | Upos::Adp)
    {
        tokens.end -= 1;
    }
    (tokens.n_tokens() > 0 && tokens.iter().any(|token| starts_upper(document.form(token)))).then_some(tokens)
}

/// Some role words are names too ("Major", "King", "Marshal", "Bishop"): at the front of two words or more
/// they are titles.
fn is_title(document: &Document, stop: usize, tokens: TokenSpan, _lexicon: &Lexicon, phrase: &str) -> bool {
    if stop + 1 < tokens.end as usize {
        return !is_hyphen(document.form(TokenIdx::new(stop + 1)));
    }
    // The whole span is a role phrase: no name at all, but for names that are words.
    !matches!(
        phrase,
        "king"
            | "major"
            | "bishop"
            | "marshal"
            | "pope"
            | "justice"
            | "ranger"
            | "lord"
            | "prince"
            | "cardinal"
            | "abbot"
    )
}

/// What an organisation's own words say of it, or nothing where they are no name ("Police", "the Army").
fn organization_sort(
    document: &Document,
    tokens: TokenSpan,
    lexicon: &Lexicon,
    kind: NameKind,
) -> Option<NameSort> {
    let tokens = without_article(document, tokens);
    if tokens.iter().all(|token| !starts_upper(document.form(token))) {
        return None;
    }
    if let Some(found) = lexicon.find(document, tokens.first(), tokens.last()) {
        if found.start == tokens.first() {
            return None; // "Defence Ministry": a description, however it is written.
        }
        if found.word.kind == WordKind::Person {
            return None; // "Taliban spokesman"
        }
        let sector = (!found.word.generic).then_some(found.word.sector);
        return Some(NameSort::Organization { code: None, sector, known: None });
    }
    // "Ministry of Foreign Affairs": what it is stands at the front.
    let of = tokens.iter().find(|&token| matches!(document.lower(token), "of" | "for" | "on"));
    if let Some(of) = of.filter(|of| of.index() > tokens.start as usize)
        && let Some(found) = lexicon.find(document, tokens.first(), TokenIdx::new(of.index() - 1))
        && found.word.kind != WordKind::Person
    {
        let sector = (!found.word.generic).then_some(found.word.sector);
        return Some(NameSort::Organization { code: None, sector, known: None });
    }
    (kind == NameKind::Org).then_some(NameSort::Organization { code: None, sector: None, known: None })
}

/// Runs of proper nouns that nothing has claimed: persons behind a title, organisations by their last word.
fn add_runs(document: &Document, chunks: &Chunks, lexicon: &Lexicon, taken: &mut Taken) {
    // Words of persons' names, to recognise their short forms.
    let mut known: FxHashSet<String> = FxHashSet::default();
    for name in &taken.names {
        if name.sort == NameSort::Person {
            known.extend(name.tokens.iter().map(|token| document.lower(token).to_owned()));
        }
    }
    for (number, chunk) in chunks.all.iter().enumerate() {
        let mut end = chunk.tokens.end as usize;
        while end > chunk.tokens.start as usize {
            let is_free = |i: usize| {
                let token = TokenIdx::new(i);
                let is_capital = starts_upper(document.form(token))
                    && (document.xpos(token) == Xpos::Nnp
                        || document.upos(token) == Upos::X
                        || known.contains(document.lower(token))
                        || document.upos(token) == Upos::Noun && !opens(document, token));
                !taken.owner[i]
                    && (document.upos(token) == Upos::Propn || is_capital || is_hyphen(document.form(token)))
            };
            if !is_free(end - 1) {
                end -= 1;
                continue;
            }
            let mut start = end;
            while start > chunk.tokens.start as usize && is_free(start - 1) {
                start -= 1;
            }
            while start < end && is_hyphen(document.form(TokenIdx::new(start))) {
                start += 1;
            }
            if start < end {
                let is_after_of =
                    chunk.prep.is_some_and(|(prep, _)| matches!(document.lower(prep), "of" | "for"));
                let run = TokenSpan::new(start, end);
                if run == chunk.tokens && follows_office(document, chunks, number, lexicon) {
                    known.extend(run.iter().map(|token| document.lower(token).to_owned()));
                    taken.add(run, NameSort::Person);
                }
                add_run(document, chunk.tokens, is_after_of, run, lexicon, &mut known, taken);
            }
            end = start.min(end - 1);
        }
    }
}

/// Whether a token opens its sentence, where a capital tells nothing.
fn opens(document: &Document, token: TokenIdx) -> bool {
    document.sentence(document.sentence_of(token)).tokens.first() == token
}

/// Whether a comma stands before a phrase, and before that a phrase, with what hangs on it, that describes one
/// person: "the head of the largest union, NAME".
fn follows_office(document: &Document, chunks: &Chunks, number: usize, lexicon: &Lexicon) -> bool {
    let start = chunks.all[number].tokens.start as usize;
    if number == 0
        || start == 0
        || document.form(TokenIdx::new(start - 1)) != ","
        || chunks.all[number - 1].tokens.end as usize + 1 != start
    {
        return false;
    }
    let mut at = number - 1;
    for _ in 0..4 {
        let phrase = chunks.all[at].tokens;
        if lexicon.find(document, phrase.first(), phrase.last()).is_some_and(|found| lexicon.is_title(&found))
        {
            return true;
        }
        // One phrase up: whom it belongs to, or what it hangs on.
        match (chunks.all[at].possessor, chunks.all[at].prep) {
            (Some(possessor), _) => at = possessor,
            (None, Some((_, Some(above)))) => at = above,
            _ => return false,
        }
    }
    false
}

fn add_run(
    document: &Document,
    chunk: TokenSpan,
    is_after_of: bool,
    run: TokenSpan,
    lexicon: &Lexicon,
    known: &mut FxHashSet<String>,
    taken: &mut Taken,
) {
    // The run may begin with a title: "President Adaeze Bello".
    let mut name_start = run.start as usize;
    let mut titled = false;
    for i in run.start as usize..(run.end as usize).min(run.start as usize + 6) {
        if let Some(found) = lexicon.find(document, run.first(), TokenIdx::new(i)) {
            if lexicon.is_title(&found) {
                name_start = i + 1;
                titled = true;
            } else if found.word.kind != WordKind::Person && i + 1 == run.end as usize {
                // The run ends in a body's word: a description, or a name with words of its own before it.
                if found.start > run.first()
                    && has_own_words(
                        document,
                        TokenSpan::new(run.start as usize, found.start.index()),
                        lexicon,
                    )
                {
                    let sector = (!found.word.generic).then_some(found.word.sector);
                    taken.add(run, NameSort::Organization { code: None, sector, known: None });
                }
                return;
            } else if is_after_of && found.start.index() == name_start && i + 1 < run.end as usize {
                // "Secretary of State Ada Rossi"
                name_start = i + 1;
                titled = true;
            }
        } else if lexicon.is_honorific(document.lower(TokenIdx::new(i)))
            && i + 1 < run.end as usize
            && i == name_start
        {
            name_start = i + 1;
            titled = true;
        }
    }
    if name_start >= run.end as usize {
        return;
    }
    // A title in small letters before the run: "defence minister Ola Brandt".
    if name_start == run.start as usize && run.start > chunk.start {
        let before = TokenIdx::new(run.start as usize - 1);
        titled |= lexicon.is_honorific(document.lower(before))
            || lexicon.find(document, chunk.first(), before).is_some_and(|found| lexicon.is_title(&found));
    }
    let name = widen(document, TokenSpan::new(name_start, run.end as usize));
    if name.end < chunk.end {
        // A modifier of a common noun ("Marenko residents"): only a short form of a known person counts.
        if name.iter().all(|token| known.contains(document.lower(token))) {
            taken.add(name, NameSort::Person);
        }
        return;
    }
    let is_known = name.iter().any(|token| !is_hyphen(document.form(token)))
        && name.iter().all(|token| is_hyphen(document.form(token)) || known.contains(document.lower(token)));
    let words = document.words(name);
    let is_acronym = name.n_tokens() == 1
        && (2..=7).contains(&words.len())
        && words.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    let is_full = name.n_tokens() >= 2
        && lexicon.gender_of_given_name(&crate::phrase::fold(document.form(name.first()))).is_some();
    if titled || is_known || is_full {
        known.extend(name.iter().map(|token| document.lower(token).to_owned()));
        taken.add(name, NameSort::Person);
    } else if is_acronym {
        taken.add(name, NameSort::Organization { code: None, sector: None, known: None });
    }
}

/// Whether a run holds a word that is neither a modifier of the lexicon nor a role word.
fn has_own_words(document: &Document, tokens: TokenSpan, lexicon: &Lexicon) -> bool {
    tokens.iter().any(|token| {
        let lower = document.lower(token);
        starts_upper(document.form(token))
            && lexicon.modifier(lower).is_none()
            && lexicon.word(lower).is_none()
            && !lexicon.is_former(lower)
            && !matches!(
                lower,
                "new"
                    | "state"
                    | "high"
                    | "supreme"
                    | "main"
                    | "general"
                    | "joint"
                    | "special"
                    | "national"
                    | "central"
            )
    })
}
