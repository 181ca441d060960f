//! What words say of an actor: offices, callings, groups and bodies, with their PLOVER sectors.
//!
//! Reads `data/roles.toml` once. A word is looked up by its longest phrase: in "deputy prime minister" the
//! phrase that ends at the head is the whole of it, not "minister".

use crate::Sector;
use dateline_text::{Document, TokenIdx, Xpos};
use rustc_hash::{FxHashMap, FxHashSet};
use std::str::FromStr;
use std::sync::LazyLock;

/// What sort of thing a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordKind {
    Person,
    Group,
    Organization,
}

/// A word of the lexicon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub kind: WordKind,
    pub sector: Sector,
    /// Whether the sector comes from what stands before or behind it; `sector` is then the fallback.
    pub generic: bool,
}

/// A word found in a text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// First token of the phrase; its last is the head that was asked for.
    pub start: TokenIdx,
    /// The phrase as the lexicon has it.
    pub phrase: String,
    pub word: Word,
    pub plural: bool,
}

/// A person's gender as words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

/// The tables of `roles.toml`.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<String, Word>,
    modifiers: FxHashMap<String, Sector>,
    former: FxHashSet<String>,
    future: FxHashSet<String>,
    female: FxHashSet<String>,
    male: FxHashSet<String>,
    relatives: FxHashSet<String>,
    honorifics: FxHashSet<String>,
    abbreviations: FxHashMap<String, String>,
    alike: FxHashMap<String, u16>,
    given_names: FxHashMap<String, Gender>,
}

/// The longest phrase of the lexicon, in words.
const MAX_PHRASE_WORDS: usize = 5;
/// Longer words are no words of the lexicon.
const MAX_PHRASE_BYTES: usize = 80;

impl Lexicon {
    /// The embedded lexicon.
    pub(crate) fn embedded() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = read(include_str!("../../data/roles.toml"))
                .expect("invariant: the embedded lexicon is well formed");
            lexicon.given_names = read_given_names(include_str!("../../data/given_names.toml"));
            lexicon
        });
        &LEXICON
    }

    /// The word of a phrase in lower case, singular or plural.
    pub(crate) fn word(&self, phrase: &str) -> Option<(Word, String, bool)> {
        if phrase.len() > MAX_PHRASE_BYTES {
            return None;
        }
        // "ex-president", "president-elect" in one written word: the caller reads the tenure off.
        let inner = phrase.strip_prefix("ex ").or_else(|| phrase.strip_suffix(" elect"));
        let inner = inner.or_else(|| phrase.strip_suffix(" designate"));
        [Some(phrase), inner].into_iter().flatten().find_map(|phrase| {
            if let Some(&word) = self.words.get(phrase) {
                return Some((word, phrase.to_owned(), always_plural(phrase)));
            }
            singulars(phrase)
                .into_iter()
                .find_map(|singular| Some((*self.words.get(&singular)?, singular, true)))
        })
    }

    /// The longest phrase of the lexicon that ends at `head` and starts no earlier than `from`.
    pub(crate) fn find(&self, document: &Document, from: TokenIdx, head: TokenIdx) -> Option<Found> {
        let mut phrase = String::new();
        let mut best = None;
        let mut n_words = 0;
        let mut at = head.index();
        loop {
            let token = TokenIdx::new(at);
            let lower = document.lower(token).trim_end_matches('.');
            if phrase.len() + lower.len() > MAX_PHRASE_BYTES {
                return best;
            }
            if !is_hyphen(lower) {
                n_words += 1;
                let lower = match self.abbreviations.get(lower) {
                    // "Rep." before a name, never the ordinary word "rep".
                    Some(full) if starts_upper(document.form(token)) => full.as_str(),
                    _ => lower,
                };
                phrase = match phrase.as_str() {
                    "" => lower.to_owned(),
                    rest if rest.starts_with('\'') || rest.starts_with('’') => format!("{lower}{rest}"),
                    rest => format!("{lower} {rest}"),
                };
                let normal = phrase.replace(['’'], "'").replace(['-', '‐', '‑', '–'], " ");
                if let Some((word, entry, plural)) = self.word(&normal) {
                    let plural = plural || matches!(document.xpos(head), Xpos::Nns | Xpos::Nnps);
                    best = Some(Found { start: token, phrase: entry, word, plural });
                }
            }
            if at == from.index() || n_words == MAX_PHRASE_WORDS {
                return best;
            }
            at -= 1;
        }
    }

    /// What a modifier says of a generic word's sector.
    pub(crate) fn modifier(&self, lower: &str) -> Option<Sector> {
        let lower = lower.replace(['-', '‐', '‑', '–'], " ");
        self.modifiers.get(&lower).copied()
    }

    pub(crate) fn is_former(&self, lower: &str) -> bool {
        self.former.contains(lower)
    }

    pub(crate) fn is_future(&self, lower: &str) -> bool {
        self.future.contains(lower)
    }

    pub(crate) fn is_honorific(&self, lower: &str) -> bool {
        self.honorifics.contains(lower.trim_end_matches('.'))
    }

    pub(crate) fn is_relative(&self, phrase: &str) -> bool {
        self.relatives.contains(phrase)
    }

    /// The gender that a pronoun, title or role word tells.
    pub(crate) fn gender(&self, phrase: &str) -> Option<Gender> {
        let phrase = phrase.trim_end_matches('.');
        let last = phrase.rsplit(' ').next().unwrap_or(phrase);
        if self.female.contains(phrase) || self.female.contains(last) {
            Some(Gender::Female)
        } else if self.male.contains(phrase) || self.male.contains(last) {
            Some(Gender::Male)
        } else {
            None
        }
    }

    /// The gender of whoever bears a given name (folded, in lower case), where the name tells it.
    pub(crate) fn gender_of_given_name(&self, folded: &str) -> Option<Gender> {
        self.given_names.get(folded).copied()
    }

    /// Whether two role phrases can name the same office: "envoy" and "special representative".
    pub(crate) fn is_alike(&self, a: &str, b: &str) -> bool {
        let last = |phrase: &'_ str| phrase.rsplit(' ').next().unwrap_or(phrase).to_owned();
        if a == b || last(a) == last(b) {
            return true;
        }
        let class = |phrase: &str| self.alike.get(phrase).or_else(|| self.alike.get(last(phrase).as_str()));
        matches!((class(a), class(b)), (Some(a), Some(b)) if a == b)
    }

    /// Whether a role phrase can stand as a title before a name: "farmer Ada Rossi", never "national Ada Rossi".
    pub(crate) fn is_title(&self, found: &Found) -> bool {
        found.word.kind == WordKind::Person
            && !found.plural
            && !matches!(
                found.phrase.as_str(),
                "national"
                    | "local"
                    | "native"
                    | "public"
                    | "minority"
                    | "person"
                    | "people"
                    | "child"
                    | "visitor"
                    | "muslim"
                    | "christian"
                    | "hindu"
                    | "jew"
                    | "sikh"
                    | "buddhist"
                    | "kurd"
                    | "foreigner"
                    | "adult"
                    | "democrat"
                    | "republican"
                    | "conservative"
                    | "liberal democrat"
                    | "islamist"
                    | "source"
                    | "private"
            )
    }

    /// How many words and phrases there are.
    #[cfg(test)]
    pub(crate) fn n_words(&self) -> usize {
        self.words.len()
    }
}

/// Whether a token is a hyphen inside a written word.
pub(crate) fn is_hyphen(form: &str) -> bool {
    matches!(form, "-" | "‐" | "‑" | "–")
}

/// Whether a word begins with a capital.
pub(crate) fn starts_upper(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

fn always_plural(phrase: &str) -> bool {
    matches!(
        phrase.rsplit(' ').next(),
        Some("police" | "people" | "personnel" | "troops" | "youths" | "displaced")
    )
}

/// Singular forms that a plural may come from.
fn singulars(phrase: &str) -> Vec<String> {
    let mut forms = Vec::new();
    // "members of parliament": the plural stands in the first word.
    for of in [" of ", " in ", "'s "] {
        if let Some((first, rest)) = phrase.split_once(of) {
            for first in last_word_singulars(first) {
                forms.push(format!("{first}{of}{rest}"));
            }
        }
    }
    if let Some(rest) = phrase.strip_prefix("attorneys ") {
        forms.push(format!("attorney {rest}"));
    }
    forms.extend(last_word_singulars(phrase));
    forms
}

fn last_word_singulars(phrase: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for (plural, singular) in [
        ("women", "woman"),
        ("men", "man"),
        ("children", "child"),
        ("persons", "person"),
        ("ies", "y"),
        ("ves", "f"),
        ("thieves", "thief"),
        ("es", ""),
        ("s", ""),
        ("s'", ""),
    ] {
        if let Some(stem) = phrase.strip_suffix(plural) {
            forms.push(format!("{stem}{singular}"));
        }
    }
    forms
}

fn read_given_names(text: &str) -> FxHashMap<String, Gender> {
    let table: Table = text.parse().unwrap_or_default();
    let mut names = FxHashMap::default();
    for (gender, key) in [(Gender::Female, "female"), (Gender::Male, "male")] {
        let words = table.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        names.extend(words.split_whitespace().map(|name| (name.to_owned(), gender)));
    }
    names
}

type Table = toml::Table;

fn read(text: &str) -> Result<Lexicon, String> {
    let table: Table = text.parse().map_err(|error| format!("{error}"))?;
    let mut lexicon = Lexicon::default();
    let strings = |value: &toml::Value| -> Vec<String> {
        value
            .as_array()
            .map(|values| values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
            .unwrap_or_default()
    };
    let kind_of = |name: &str| match name {
        "person" => Ok(WordKind::Person),
        "group" => Ok(WordKind::Group),
        "organization" => Ok(WordKind::Organization),
        _ => Err(format!("`{name}` is not person, group or organization")),
    };
    for (section, value) in &table {
        let Some(inner) = value.as_table() else { return Err(format!("`{section}` is no section")) };
        match section.as_str() {
            "generic" => {
                for (kind, sectors) in inner {
                    for (sector, words) in sectors.as_table().into_iter().flatten() {
                        let sector = Sector::from_str(sector).map_err(|error| error.to_string())?;
                        for phrase in strings(words) {
                            lexicon
                                .words
                                .insert(phrase, Word { kind: kind_of(kind)?, sector, generic: true });
                        }
                    }
                }
            }
            "modifier" => {
                for (sector, words) in inner {
                    let sector = Sector::from_str(sector).map_err(|error| error.to_string())?;
                    lexicon.modifiers.extend(strings(words).into_iter().map(|word| (word, sector)));
                }
            }
            "tenure" | "gender" | "relative" | "honorific" => {
                for (name, words) in inner {
                    let words = strings(words);
                    match (section.as_str(), name.as_str()) {
                        ("tenure", "former") => lexicon.former.extend(words),
                        ("tenure", "future") => lexicon.future.extend(words),
                        ("gender", "female") => lexicon.female.extend(words),
                        ("gender", "male") => lexicon.male.extend(words),
                        ("relative", _) => {
                            for word in &words {
                                let kin = Word { kind: WordKind::Person, sector: Sector::Unk, generic: true };
                                lexicon.words.entry(word.clone()).or_insert(kin);
                            }
                            lexicon.relatives.extend(words);
                        }
                        ("honorific", _) => lexicon.honorifics.extend(words),
                        _ => return Err(format!("`{section}.{name}` is not known")),
                    }
                }
            }
            "abbreviation" => {
                for (short, full) in inner {
                    let full = full.as_str().ok_or_else(|| format!("`{short}` stands for no word"))?;
                    lexicon.abbreviations.insert(short.clone(), full.to_owned());
                }
            }
            "alike" => {
                for (number, words) in inner.values().enumerate() {
                    lexicon.alike.extend(strings(words).into_iter().map(|word| (word, number as u16)));
                }
            }
            sector => {
                let sector = Sector::from_str(sector).map_err(|error| error.to_string())?;
                for (kind, words) in inner {
                    for phrase in strings(words) {
                        lexicon.words.insert(phrase, Word { kind: kind_of(kind)?, sector, generic: false });
                    }
                }
            }
        }
    }
    Ok(lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicon_is_read_whole() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.n_words() > 1500, "{} words", lexicon.n_words());
        for (phrase, sector) in [
            ("prime minister", Sector::Gov),
            ("gunmen", Sector::Uaf),
            ("lawmakers", Sector::Leg),
            ("members of parliament", Sector::Leg),
            ("troops", Sector::Mil),
            ("security forces", Sector::Mil),
            ("police", Sector::Cop),
            ("rights groups", Sector::Soc),
            ("nurses", Sector::Med),
        ] {
            let (word, _, plural) = lexicon.word(phrase).unwrap_or_else(|| panic!("{phrase} is missing"));
            assert_eq!((word.sector, plural), (sector, phrase != "prime minister"), "{phrase}");
        }
    }

    #[test]
    fn given_names_tell_gender() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.gender_of_given_name("fatima"), Some(Gender::Female));
        assert_eq!(lexicon.gender_of_given_name("viktor"), Some(Gender::Male));
        assert_eq!(lexicon.gender_of_given_name("marenko"), None);
        assert!(lexicon.given_names.len() > 900);
    }

    #[test]
    fn offices_alike() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.is_alike("special representative", "envoy"));
        assert!(lexicon.is_alike("foreign minister", "minister"));
        assert!(!lexicon.is_alike("general", "envoy"));
    }
}
