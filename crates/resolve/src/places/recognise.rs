//! Words of a text that may name a place, each with its candidates.
//!
//! Three sources: country words, the supplement and the gazetteer, longest match first; then the parser's
//! names of kind LOC that none of them knows. A settlement's name alone proves little (there is a town called
//! Reading, and one called Best), so it needs a parser's name, a preposition of place, a neighbour that is a
//! place, or size.

use super::Candidate;
use super::gazetteer::Gazetteer;
use super::supplement::{Entry, Supplement, fits_case};
use crate::countries::{CountryWord, CountryWordKind, Doubt};
use crate::dateline::Dateline;
use crate::phrase::{fold, is_all_capitals, is_capitalised};
use crate::{Countries, PlaceKind};
use dateline_text::{Document, NameKind, TokenIdx, TokenSpan, Upos};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// How words name a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `Syria`, `Homs`
    Name,
    /// `Syrian`, `Syrians`
    Adjective,
    /// `the Kremlin`
    Seat,
    /// Inside the name of an organisation: `Bank of England`.
    Embedded,
}

/// Words that name a place, and which places they may mean.
#[derive(Clone, Debug)]
pub(crate) struct Recognised {
    pub tokens: TokenSpan,
    pub form: Form,
    /// The country word, if they are one.
    pub country: Option<CountryWord>,
    pub candidates: Vec<Candidate>,
    /// What sort of place the words beside a name say that it is, where no table knows it.
    pub introduced: Option<PlaceKind>,
}

/// Settlements at least this large need no other sign: 300,000 people.
const WELL_KNOWN: f32 = 72.0;
/// Inside an organisation's name only what is at least this large counts: 60,000 people.
const KNOWN: f32 = 63.0;
/// What the parser names as a place needs no further sign from here on: 10,000 people.
const SMALL: f32 = 53.0;
/// No more namesakes than this are weighed.
const MAX_CANDIDATES: usize = 40;

/// The lists of `data/place_words.toml`.
pub(crate) struct PlaceWords {
    lists: FxHashMap<String, FxHashSet<String>>,
}

impl PlaceWords {
    pub(crate) fn embedded() -> &'static PlaceWords {
        static WORDS: LazyLock<PlaceWords> = LazyLock::new(|| {
            let lists = toml::from_str::<FxHashMap<String, FxHashSet<String>>>(include_str!(
                "../../data/place_words.toml"
            ));
            PlaceWords { lists: lists.expect("invariant: the embedded lists are well-formed") }
        });
        &WORDS
    }

    pub(crate) fn has(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }
}

/// Everything in a document that may name a place, in text order, none overlapping.
pub(crate) fn recognise(document: &Document) -> Vec<Recognised> {
    let mut reader = Reader::new(document);
    for sentence in document.sentences() {
        let end = sentence.tokens.end as usize;
        let mut next = sentence.tokens.start as usize;
        while next < end {
            let token = TokenIdx::new(next);
            next += 1;
            if let Some(tokens) = reader.place_of_dateline().filter(|place| place.first() == token) {
                reader.read_dateline(tokens);
                next = tokens.end as usize;
            } else if let Some(tokens) = reader.read_at(token, end) {
                next = tokens.end as usize;
            }
        }
    }
    reader.add_unknown_names();
    reader.found
}

struct Reader<'d> {
    document: &'d Document,
    gazetteer: &'static Gazetteer,
    supplement: &'static Supplement,
    words: &'static PlaceWords,
    countries: FxHashMap<usize, crate::CountryMention>,
    /// Last words of persons' names of several words, and what else the text writes in small letters.
    surnames: FxHashSet<&'d str>,
    small: FxHashSet<&'d str>,
    /// The dateline, which holds nobody's name.
    dateline: Option<Dateline>,
    found: Vec<Recognised>,
    folded: String,
}

impl<'d> Reader<'d> {
    fn new(document: &'d Document) -> Reader<'d> {
        let countries = Countries::embedded().find(document);
        let persons = document.names().iter().filter(|name| name.kind == NameKind::Per);
        let surnames = persons.filter(|name| name.tokens.n_tokens() > 1);
        let all = (0..document.tokens().len()).map(TokenIdx::new);
        let small = all.filter(|&token| document.form(token).starts_with(char::is_lowercase));
        Reader {
            document,
            gazetteer: Gazetteer::embedded(),
            supplement: Supplement::embedded(),
            words: PlaceWords::embedded(),
            countries: countries
                .into_iter()
                .map(|mention| (mention.tokens.start as usize, mention))
                .collect(),
            surnames: surnames.map(|name| document.lower(name.tokens.last())).collect(),
            small: small.map(|token| document.lower(token)).collect(),
            dateline: Dateline::of(document),
            found: Vec::new(),
            folded: String::new(),
        }
    }

    /// Reads the longest name that begins at `token`; says where it ends, also where it is no place.
    fn read_at(&mut self, token: TokenIdx, end: usize) -> Option<TokenSpan> {
        let document = self.document;
        let form = document.form(token);
        if !form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !form.starts_with("al") {
            return None;
        }
        let after_comma = token.index() > 0 && document.form(TokenIdx::new(token.index() - 1)) == ",";
        let country = self.countries.get(&token.index()).copied();
        let accepts = |words: &str, entry: &Entry| fits_case(words, entry, after_comma);
        let mut entry = self
            .supplement
            .names
            .longest_at(document, token, end, &mut self.folded, accepts)
            .map(|(tokens, _)| tokens);
        if entry.is_none() && after_comma {
            entry = (self.supplement.postal)
                .longest_at(document, token, end, &mut self.folded, accepts)
                .map(|(tokens, _)| tokens);
        }
        let settlement = self.gazetteer.longest_at(document, token, end, &mut self.folded, is_name_like);

        let length = |tokens: Option<TokenSpan>| tokens.map_or(0, TokenSpan::n_tokens);
        let country_span = country.map(|mention| mention.tokens);
        let settlement_span = settlement.map(|(tokens, _)| tokens);
        let longest = length(country_span).max(length(entry)).max(length(settlement_span));
        if longest == 0 {
            return None;
        }
        let tokens = TokenSpan::new(token.index(), token.index() + longest);
        if self.is_person(tokens) {
            return None;
        }
        let country = country.filter(|mention| mention.tokens == tokens);
        let entries = if entry == Some(tokens) { self.entries(tokens, after_comma) } else { Vec::new() };
        let value = settlement.filter(|&(span, _)| span == tokens).map(|(_, value)| value);
        let recognised = self.judge(tokens, country, &entries, value)?;
        self.found.push(recognised);
        Some(tokens)
    }

    fn place_of_dateline(&self) -> Option<TokenSpan> {
        self.dateline?.place
    }

    /// The place of the dateline, which no table may know.
    fn read_dateline(&mut self, tokens: TokenSpan) {
        let country = self.countries.get(&(tokens.start as usize)).copied();
        let country = country.filter(|mention| mention.tokens == tokens);
        let entries = self.entries(tokens, false);
        let value = self.gazetteer.value(&fold(self.document.words(tokens)));
        let known = self.judge(tokens, country, &entries, value).filter(|known| known.form == Form::Name);
        self.found.push(known.unwrap_or(Recognised {
            tokens,
            form: Form::Name,
            country: None,
            candidates: Vec::new(),
            introduced: Some(PlaceKind::Unknown),
        }));
    }

    fn entries(&self, tokens: TokenSpan, after_comma: bool) -> Vec<Entry> {
        let words = self.document.words(tokens);
        let names = self.supplement.names.find(words).iter().chain(self.supplement.postal.find(words));
        names.filter(|entry| fits_case(words, entry, after_comma)).copied().collect()
    }

    fn judge(
        &mut self,
        tokens: TokenSpan,
        country: Option<crate::CountryMention>,
        entries: &[Entry],
        value: Option<u64>,
    ) -> Option<Recognised> {
        let mut candidates = Vec::new();
        let mut form = Form::Name;
        let country = country.filter(|mention| mention.doubt != Some(Doubt::UsState));
        if let Some(mention) = country {
            match mention.word.kind {
                CountryWordKind::Adjective | CountryWordKind::Demonym => form = Form::Adjective,
                CountryWordKind::Seat => form = Form::Seat,
                _ => {}
            }
            // A capital is a settlement; the country follows from it, not the other way round.
            if mention.word.kind != CountryWordKind::Capital && form != Form::Seat {
                candidates.extend(country_candidate(&mention.word));
            }
        }
        let is_country = !candidates.is_empty();
        for entry in entries {
            if form == Form::Name && entry.is_adjective && !is_country {
                form = Form::Adjective;
            }
            if !is_country || is_region_of(entry, &candidates) {
                candidates.push(entry.place);
            }
        }
        if let Some(value) = value
            && !is_country
            && (entries.is_empty() || entries.iter().all(|entry| entry.place.kind != PlaceKind::Natural))
            && form != Form::Adjective
        {
            let before = candidates.len();
            self.gazetteer.candidates(value, &mut candidates);
            candidates.truncate(MAX_CANDIDATES);
            let is_capital = country.is_some_and(|mention| mention.word.kind == CountryWordKind::Capital);
            if before == 0 && !is_capital && form != Form::Seat && !self.is_settlement(tokens, &candidates) {
                return None;
            }
        }
        if form == Form::Seat && candidates.is_empty() {
            candidates.extend(country.and_then(|mention| capital_candidate(&mention.word)));
        }
        if candidates.is_empty() {
            return None;
        }
        if is_region_preferred(&candidates) {
            candidates.remove(0);
        }
        if form == Form::Name && self.is_embedded(tokens) {
            form = Form::Embedded;
        }
        Some(Recognised {
            tokens,
            form,
            country: country.map(|mention| mention.word),
            candidates,
            introduced: None,
        })
    }

    /// Whether a name that only the gazetteer knows is likely meant as a settlement.
    fn is_settlement(&self, tokens: TokenSpan, candidates: &[Candidate]) -> bool {
        let document = self.document;
        if self.place_of_dateline() == Some(tokens) {
            return true;
        }
        let first = tokens.first();
        let size = candidates.first().map_or(0.0, |candidate| candidate.size);
        let name = document.name_at(first).filter(|name| name.tokens.contains(tokens));
        match name.map(|name| name.kind) {
            // The parser's word lowers the bar, where it means just these words.
            Some(NameKind::Loc)
                if size >= SMALL
                    && !self.is_common(tokens)
                    && name.is_some_and(|name| name.tokens == tokens) =>
            {
                return true;
            }
            Some(NameKind::Org) => {
                return size >= KNOWN && (!self.is_common(tokens) || self.follows_locative(first));
            }
            Some(NameKind::Misc) if !self.follows_locative(first) => return size >= WELL_KNOWN,
            _ => {}
        }
        if self.is_common(tokens) && !self.has_place_after_comma(tokens) {
            return false;
        }
        let is_noun = tokens.iter().any(|token| {
            matches!(document.upos(token), Upos::Propn | Upos::X)
                || tokens.n_tokens() > 1 && document.upos(token) == Upos::Noun
        });
        if !is_noun || self.touches_capitalised(tokens) {
            return false;
        }
        if tokens.n_tokens() == 1 && self.small.contains(document.lower(first)) {
            return false;
        }
        self.has_place_after_comma(tokens)
            || self.follows_locative(first) && size >= 40.0
            || size >= WELL_KNOWN
            || tokens.n_tokens() > 1 && size >= KNOWN
    }

    fn is_common(&self, tokens: TokenSpan) -> bool {
        tokens.n_tokens() == 1 && {
            let word = self.document.lower(tokens.first());
            word.chars().count() < 3 || self.words.has("common", word)
        }
    }

    fn follows_locative(&self, token: TokenIdx) -> bool {
        let i = token.index();
        let before = |n: usize| i.checked_sub(n).map(TokenIdx::new);
        before(1).is_some_and(|token| self.words.has("locative", self.document.lower(token)))
            || before(1).is_some_and(|token| self.document.lower(token) == "of")
                && before(2).is_some_and(|token| {
                    matches!(
                        self.document.lower(token),
                        "city"
                            | "town"
                            | "village"
                            | "port"
                            | "capital"
                            | "outside"
                            | "suburb"
                            | "district"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                            | "outskirts"
                            | "streets"
                            | "people"
                    )
                })
    }

    /// `Springfield, Illinois`: a comma and a country or state follow.
    fn has_place_after_comma(&self, tokens: TokenSpan) -> bool {
        let next = tokens.end as usize;
        if next + 1 >= self.document.tokens().len() || self.document.form(TokenIdx::new(next)) != "," {
            return false;
        }
        let after = TokenIdx::new(next + 1);
        if self.countries.contains_key(&after.index()) {
            return true;
        }
        let words = self.document.form(after);
        let end = (next + 4).min(self.document.tokens().len());
        let mut folded = String::new();
        let state =
            self.supplement.names.longest_at(self.document, after, end, &mut folded, |words, entry| {
                entry.place.kind == PlaceKind::Region && fits_case(words, entry, true)
            });
        state.is_some()
            || self.supplement.postal.find(words).iter().any(|entry| fits_case(words, entry, true))
    }

    /// Whether a capitalised word stands right before or after, so that the name is longer than the match.
    fn touches_capitalised(&self, tokens: TokenSpan) -> bool {
        let document = self.document;
        let sentence = document.sentence(document.sentence_of(tokens.first())).tokens;
        let is_name = |i: usize| {
            let token = TokenIdx::new(i);
            document.form(token).starts_with(char::is_uppercase)
                && document.upos(token) == Upos::Propn
                && !self.countries.contains_key(&i)
        };
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        start > sentence.start as usize
            && is_name(start - 1)
            && self.found.last().is_none_or(|last| last.tokens.end as usize != start)
            || end < sentence.end as usize
                && is_name(end)
                && !self.words.has("generic", document.lower(TokenIdx::new(end)))
    }

    /// Part of a person's name, or the surname of one whom the text names in full.
    fn is_person(&self, tokens: TokenSpan) -> bool {
        let document = self.document;
        if self.dateline.is_some_and(|dateline| dateline.tokens.contains(tokens)) {
            return false;
        }
        let name = document.name_at(tokens.first());
        if name.is_some_and(|name| name.kind == NameKind::Per && name.tokens.overlaps(tokens)) {
            return true;
        }
        tokens.n_tokens() == 1
            && name.is_none_or(|name| name.tokens == tokens)
            && self.surnames.contains(document.lower(tokens.first()))
            && !self.follows_locative(tokens.first())
    }

    fn is_embedded(&self, tokens: TokenSpan) -> bool {
        self.place_of_dateline() != Some(tokens)
            && self.document.name_at(tokens.first()).is_some_and(|name| {
                matches!(name.kind, NameKind::Org | NameKind::Misc)
                    && name.tokens.contains(tokens)
                    && name.tokens.n_tokens() > tokens.n_tokens()
            })
    }

    /// The parser's places: where one is longer than what was matched inside it, it is the name.
    fn add_unknown_names(&mut self) {
        for name in self.document.names().iter().filter(|name| name.kind == NameKind::Loc) {
            let mut tokens = name.tokens;
            if tokens.n_tokens() > 1 && self.document.lower(tokens.first()) == "the" {
                tokens = TokenSpan::new(tokens.start as usize + 1, tokens.end as usize);
            }
            let words = self.document.words(tokens);
            if words.contains([',', '\n']) || !words.starts_with(|c: char| c.is_uppercase()) {
                continue;
            }
            let first = self.found.partition_point(|known| known.tokens.end <= tokens.start);
            let inside =
                self.found[first..].iter().take_while(|known| known.tokens.start < tokens.end).count();
            match inside {
                0 if self.is_likely_place(tokens) => {
                    let unknown = Recognised {
                        tokens,
                        form: Form::Name,
                        country: None,
                        candidates: Vec::new(),
                        introduced: None,
                    };
                    self.found.insert(first, unknown);
                }
                1 if self.is_longer_name(tokens, first) => {
                    let known = &mut self.found[first];
                    // The county of a town lies about where the town does.
                    for candidate in &mut known.candidates {
                        candidate.geonameid = None;
                        candidate.kind = PlaceKind::Unknown;
                    }
                    known.tokens = tokens;
                    known.form = Form::Name;
                    known.country = None;
                }
                _ => {}
            }
        }
    }

    /// A name that no table knows is taken for a place where the words around it say so too.
    fn is_likely_place(&self, tokens: TokenSpan) -> bool {
        let before =
            (tokens.start as usize).checked_sub(1).map_or("", |i| self.document.lower(TokenIdx::new(i)));
        let is_in =
            self.words.has("locative", before) && !matches!(before, "to" | "from" | "at" | "off" | "into");
        let is_generic =
            tokens.n_tokens() > 1 && self.words.has("generic", self.document.lower(tokens.last()));
        (is_in || is_generic || self.has_place_after_comma(tokens))
            && !(tokens.n_tokens() == 1 && self.is_common(tokens))
            && !self.is_person(tokens)
    }

    /// `Marathon County`: one match inside, and a word for a kind of place at the end.
    fn is_longer_name(&self, tokens: TokenSpan, number: usize) -> bool {
        tokens.contains(self.found[number].tokens)
            && tokens != self.found[number].tokens
            && self.words.has("generic", self.document.lower(tokens.last()))
    }
}

/// How well a table knows a name as a place's; the size of the largest of its namesakes.
pub(crate) fn size_of_place(words: &str) -> Option<f32> {
    let is_country = |word: &CountryWord| {
        matches!(word.kind, CountryWordKind::Name | CountryWordKind::Official | CountryWordKind::Capital)
    };
    if Countries::embedded().lookup(words).as_ref().is_some_and(is_country) {
        return Some(f32::MAX);
    }
    let entries = Supplement::embedded().names.find(words).iter();
    let entry = entries.filter(|entry| !entry.is_adjective && !entry.is_short).map(|entry| entry.place.size);
    let mut settlements = Vec::new();
    if let Some(value) = Gazetteer::embedded().value(&fold(words)) {
        Gazetteer::embedded().candidates(value, &mut settlements);
    }
    entry.chain(settlements.iter().map(|settlement| settlement.size)).reduce(f32::max)
}

/// Whether a place of this size needs no other sign that it is meant.
pub(crate) fn is_well_known(size: f32) -> bool {
    size >= WELL_KNOWN
}

/// Written as a name; a few capitals are initials (`OAS`), though there may be a town of that name.
fn is_name_like(words: &str) -> bool {
    is_capitalised(words) && !(words.len() <= 4 && is_all_capitals(words))
}

fn country_candidate(word: &CountryWord) -> Option<Candidate> {
    let country = Countries::embedded().country(word.code)?;
    Some(Candidate {
        kind: PlaceKind::Country,
        at: Some(country.coordinates),
        country: Some(country.code),
        state: None,
        geonameid: Gazetteer::embedded().geonameid_of(&country.iso2).filter(|_| !country.is_historic),
        size: 100.0,
    })
}

/// The capital of a country, where a seat of government stands.
fn capital_candidate(word: &CountryWord) -> Option<Candidate> {
    let country = Countries::embedded().country(word.code)?;
    let gazetteer = Gazetteer::embedded();
    let mut candidates = Vec::new();
    gazetteer.candidates(gazetteer.value(&fold(country.capitals.first()?))?, &mut candidates);
    candidates.into_iter().find(|candidate| candidate.country == Some(word.code))
}

/// England, Scotland and the like are words of their state and places of their own.
fn is_region_of(entry: &Entry, candidates: &[Candidate]) -> bool {
    !entry.is_adjective
        && entry.place.kind == PlaceKind::Region
        && candidates.first().is_some_and(|country| country.country == entry.place.country)
}

/// Whether the second candidate is a region of the country that is the first, and means the words better.
fn is_region_preferred(candidates: &[Candidate]) -> bool {
    matches!(candidates, [country, region, ..]
        if country.kind == PlaceKind::Country
            && region.kind == PlaceKind::Region
            && country.country == region.country)
}
