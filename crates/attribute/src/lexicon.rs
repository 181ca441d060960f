//! The words that attribute, read once from `data/cues.toml`.
//!
//! A cue is found by the dictionary form of its first word; the other parts of `point out` or `call for` are
//! matched in the text by [`crate::cue`].

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a cue takes as its content: a set of [`Takes`] constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Takes(u16);

impl Takes {
    pub(crate) const QUOTE: Takes = Takes(1);
    pub(crate) const CLAUSE: Takes = Takes(1 << 1);
    pub(crate) const TO: Takes = Takes(1 << 2);
    pub(crate) const OTHER_TO: Takes = Takes(1 << 3);
    pub(crate) const NOUN: Takes = Takes(1 << 4);
    pub(crate) const AS: Takes = Takes(1 << 5);
    pub(crate) const GERUND: Takes = Takes(1 << 6);
    pub(crate) const HEARER: Takes = Takes(1 << 7);
    pub(crate) const RAISED: Takes = Takes(1 << 8);
    pub(crate) const SEEM: Takes = Takes(1 << 9);
    pub(crate) const DOCUMENTS: Takes = Takes(1 << 10);
    pub(crate) const UNOWNED: Takes = Takes(1 << 11);
    pub(crate) const IMPERSONAL: Takes = Takes(1 << 12);

    /// Whether it holds any of the others.
    pub(crate) fn any(self, others: Takes) -> bool {
        self.0 & others.0 != 0
    }

    pub(crate) const fn and(self, other: Takes) -> Takes {
        Takes(self.0 | other.0)
    }

    fn from_word(word: &str) -> Takes {
        match word {
            "quote" => Takes::QUOTE,
            "clause" => Takes::CLAUSE,
            "to" => Takes::TO,
            "other-to" => Takes::OTHER_TO,
            "noun" => Takes::NOUN,
            "as" => Takes::AS,
            "gerund" => Takes::GERUND,
            "hearer" => Takes::HEARER,
            "raised" => Takes::RAISED,
            "seem" => Takes::SEEM,
            "documents" => Takes::DOCUMENTS,
            "unowned" => Takes::UNOWNED,
            "impersonal" => Takes::IMPERSONAL,
            other => panic!("invariant: `{other}` in cues.toml is no kind of content"),
        }
    }
}

/// The parts of a cue after its first word, and what the cue then takes.
#[derive(Clone, Debug)]
pub(crate) struct Continuation {
    /// Dictionary forms, in order: `take issue with` has `issue` and `with`.
    pub(crate) parts: Vec<String>,
    /// What it takes beside what follows a final preposition.
    pub(crate) takes: Takes,
}

/// A verb that attributes.
#[derive(Clone, Debug, Default)]
pub(crate) struct VerbCue {
    /// What it takes by itself.
    pub(crate) takes: Takes,
    /// What it takes with further parts, longest first.
    pub(crate) continuations: Vec<Continuation>,
}

/// A noun or adjective that attributes.
#[derive(Clone, Debug, Default)]
pub(crate) struct NominalCue {
    /// What it takes by itself.
    pub(crate) takes: Takes,
    /// Prepositions whose phrase is the content.
    pub(crate) prepositions: Vec<String>,
    /// Those of them that make an attribution without a source too.
    pub(crate) unowned: Vec<String>,
}

/// All cues.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    verbs: FxHashMap<String, VerbCue>,
    /// The regular forms of the verbs, with their dictionary form.
    verb_forms: FxHashMap<String, String>,
    nouns: FxHashMap<String, NominalCue>,
    adjectives: FxHashMap<String, NominalCue>,
    /// `according to`, split: the source follows.
    pub(crate) before_source: Vec<Vec<String>>,
    /// Preposition and noun around a possessive source.
    pub(crate) around_source: Vec<(String, String)>,
    /// Preposition and noun of a source that tells the whole clause: `in` and `poll`.
    pub(crate) within_source: Vec<(String, String)>,
    without_source: Vec<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../data/cues.toml")));

impl Lexicon {
    /// The lexicon that ships with the crate.
    pub(crate) fn embedded() -> &'static Lexicon {
        &LEXICON
    }

    /// The verb of a lemma. A lemmatizer that guesses at a rare verb is often a letter off (`blaste`, `jok`), so the
    /// form in the text, in lower case, speaks too.
    pub(crate) fn verb(&self, lemma: &str, lower: &str) -> Option<&VerbCue> {
        self.verbs.get(lemma).or_else(|| {
            let known = self.verb_forms.get(lower)?;
            let (short, long) = if known.len() < lemma.len() { (&**known, lemma) } else { (lemma, &**known) };
            let a_letter_off = long.len() == short.len() + 1 && long.starts_with(short);
            (a_letter_off || lemma == lower || known == lower).then(|| &self.verbs[known])
        })
    }

    pub(crate) fn noun(&self, lemma: &str) -> Option<&NominalCue> {
        self.nouns.get(lemma)
    }

    pub(crate) fn adjective(&self, lemma: &str) -> Option<&NominalCue> {
        self.adjectives.get(lemma)
    }

    /// Whether an adverb attributes without a source: `reportedly`.
    pub(crate) fn is_sourceless(&self, lower: &str) -> bool {
        self.without_source.iter().any(|word| word == lower)
    }

    fn read(text: &str) -> Lexicon {
        let table: toml::Table = text.parse().expect("invariant: cues.toml is valid TOML");
        let mut lexicon = Lexicon::default();
        for group in groups(&table, "verb") {
            let takes = takes_of(group);
            for word in words(group, "words") {
                let mut parts = word.split('_').map(str::to_owned);
                let first = parts.next().unwrap_or_default();
                let parts: Vec<String> = parts.collect();
                let cue = lexicon.verbs.entry(first).or_default();
                if parts.is_empty() {
                    cue.takes = cue.takes.and(takes);
                } else if let Some(known) = cue.continuations.iter_mut().find(|known| known.parts == parts) {
                    known.takes = known.takes.and(takes);
                } else {
                    cue.continuations.push(Continuation { parts, takes });
                }
            }
        }
        for cue in lexicon.verbs.values_mut() {
            cue.continuations.sort_by_key(|continuation| std::cmp::Reverse(continuation.parts.len()));
        }
        let mut verbs: Vec<&String> = lexicon.verbs.keys().collect();
        verbs.sort_unstable();
        for verb in verbs {
            for form in regular_forms(verb) {
                lexicon.verb_forms.insert(form, verb.clone());
            }
        }
        for (key, nominals) in [("noun", &mut lexicon.nouns), ("adjective", &mut lexicon.adjectives)] {
            for group in groups(&table, key) {
                let takes = takes_of(group);
                let prepositions: Vec<String> = strings(group, "prepositions").map(str::to_owned).collect();
                for word in words(group, "words") {
                    let cue = nominals.entry(word.to_owned()).or_default();
                    cue.takes = cue.takes.and(takes);
                    if takes.any(Takes::UNOWNED) {
                        cue.unowned.extend(prepositions.iter().cloned());
                    }
                    cue.prepositions.extend(prepositions.iter().cloned());
                }
            }
        }
        for group in groups(&table, "phrase") {
            for phrase in words(group, "before_source") {
                lexicon.before_source.push(phrase.split('_').map(str::to_owned).collect());
            }
            lexicon.around_source.extend(pairs(group, "around_source"));
            lexicon.within_source.extend(pairs(group, "within_source"));
            lexicon.without_source.extend(words(group, "without_source").map(str::to_owned));
        }
        lexicon
    }
}

/// `blast`, `blasts`, `blasted`, `blasting`; of `deny` `denied` too, and of `plan` `planned`.
fn regular_forms(verb: &str) -> Vec<String> {
    let mut forms = vec![verb.to_owned(), format!("{verb}s"), format!("{verb}es")];
    if let Some(stem) = verb.strip_suffix('e') {
        forms.extend([format!("{verb}d"), format!("{stem}ing")]);
        return forms;
    }
    forms.extend([format!("{verb}ed"), format!("{verb}ing")]);
    if let Some(stem) = verb.strip_suffix('y') {
        forms.extend([format!("{stem}ies"), format!("{stem}ied")]);
    } else if let Some(last) = verb.chars().next_back() {
        forms.extend([format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
    }
    forms
}

fn groups<'t>(table: &'t toml::Table, key: &str) -> impl Iterator<Item = &'t toml::Value> {
    table.get(key).and_then(|value| value.as_array()).into_iter().flatten()
}

fn words<'t>(group: &'t toml::Value, key: &str) -> impl Iterator<Item = &'t str> {
    group.get(key).and_then(|text| text.as_str()).unwrap_or("").split_whitespace()
}

/// The lines of two words.
fn pairs<'t>(group: &'t toml::Value, key: &str) -> impl Iterator<Item = (String, String)> + 't {
    let lines = group.get(key).and_then(|text| text.as_str()).unwrap_or("").lines();
    lines.filter_map(|line| {
        let (first, last) = line.trim().split_once(' ')?;
        Some((first.to_owned(), last.to_owned()))
    })
}

fn strings<'t>(group: &'t toml::Value, key: &str) -> impl Iterator<Item = &'t str> {
    group.get(key).and_then(|list| list.as_array()).into_iter().flatten().filter_map(|item| item.as_str())
}

fn takes_of(group: &toml::Value) -> Takes {
    strings(group, "takes").map(Takes::from_word).fold(Takes::default(), Takes::and)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_what_their_groups_say() {
        let lexicon = Lexicon::embedded();
        for (verb, takes, expected) in [
            ("say", Takes::CLAUSE, true),
            ("say", Takes::NOUN, false),
            ("announce", Takes::NOUN, true),
            ("tell", Takes::HEARER, true),
            ("vow", Takes::TO, true),
            ("urge", Takes::OTHER_TO, true),
            ("condemn", Takes::QUOTE, false),
        ] {
            let cue = lexicon.verb(verb, verb).unwrap_or_else(|| panic!("{verb} is missing"));
            assert_eq!(cue.takes.any(takes), expected, "{verb}");
        }
        assert!(lexicon.verb("walk", "walk").is_none_or(|walk| walk.takes == Takes::default()));
    }

    #[test]
    fn a_lemma_may_be_a_letter_off() {
        let lexicon = Lexicon::embedded();
        for (lemma, lower, expected) in [
            ("blaste", "blasted", true),
            ("jok", "joked", true),
            ("case", "cast", true),
            ("grow", "growing", false), // not `growl`
            ("waste", "wasted", false),
        ] {
            assert_eq!(lexicon.verb(lemma, lower).is_some(), expected, "{lower}");
        }
    }

    #[test]
    fn longer_continuations_come_first() {
        let take = Lexicon::embedded().verb("take", "take").expect("take has continuations");
        let lengths: Vec<usize> = take.continuations.iter().map(|parts| parts.parts.len()).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
    }
}
