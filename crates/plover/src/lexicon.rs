//! The lexicon: which words evoke which event, and where their actor and recipient stand.
//!
//! In:  the TOML files of `lexicon/`, embedded and read once.
//! Out: a [`Lexicon`] that answers by head word in one hash look-up.
//!
//! A *frame* gives a type and mode, and says where actor and recipient stand; its *triggers* are the words that
//! evoke it. A trigger is its head word with the words that must stand by it: `open fire`, `hold @meetings`,
//! `joint exercise`. `@name` is any word of a list of `lists.toml`; `a|b` is either word. The head of a verb
//! trigger is its first word; the head of a noun trigger is the last word before a preposition.
//! `?` before a trigger says that its words are so common that both actor and recipient must be found.
//! ` > on|against` after a trigger names where its recipient stands, in place of the frame's own.
//!
//! A user's own files extend and override ours. Beside frames they may hold `[lists]` and, under `[ignore]`, words
//! that evoke nothing; `docs/lexicon.md` tells how they are written.

mod error;
mod example;

use crate::{EventType, Mode};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

pub use error::{LexiconError, LexiconErrorKind};
use example::Claim;
pub(crate) use example::Example;

/// The number of a word that the lexicon knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct WordId(u32);

/// The number of a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ListId(u32);

/// A word, or any word of a list, or any of a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    Word(WordId),
    List(ListId),
    Any(Vec<Term>),
}

/// Where an argument stands, seen from the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Who does it: subject of an active verb, agent of a passive one.
    Subject,
    /// To whom it is done: object, or subject of a passive verb.
    Object,
    /// The other object of `gave X aid`.
    Indirect,
    /// `X's` before a noun.
    Possessor,
    /// A word that modifies a noun: `Turkish` in `Turkish strikes`.
    Modifier,
    /// What stands after this preposition.
    Preposition(WordId),
}

/// What a group of triggers means.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub event: EventType,
    pub mode: Option<Mode>,
    /// Where the actor stands, best place first.
    pub actor: Vec<Role>,
    /// Where the recipient stands, best place first.
    pub recipient: Vec<Role>,
    /// Whether both sides do it to each other: all are actors.
    pub reciprocal: bool,
    /// One of these must stand by the trigger.
    pub needs: Vec<Term>,
    /// None of these may stand by the trigger.
    pub unless: Vec<Term>,
    /// Whether it is a user's own: of triggers with as many words it wins.
    pub is_own: bool,
}

/// Words that evoke a frame.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    /// Index into [`Lexicon::frames`].
    pub frame: usize,
    /// Words that must stand by the head, apart from it.
    pub others: Vec<Term>,
    /// How many of them must stand before the head (noun triggers only).
    pub n_before: usize,
    /// Where the recipient stands, if not where the frame says.
    pub recipient: Option<Vec<Role>>,
    /// Whether the words are so common that both actor and recipient must be found.
    pub weak: bool,
}

/// Words beside a head that evoke nothing, because a user's own file says so.
#[derive(Clone, Debug)]
pub(crate) struct Ignored {
    /// As in [`Trigger`].
    pub others: Vec<Term>,
    /// As in [`Trigger`].
    pub n_before: usize,
}

/// What a word does to the event that depends on it: `refused` in `refused to meet`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Effect {
    /// Commits itself to it: `agreed to`, `offered to`, `is ready to`.
    Agree,
    /// It is to come: `plans to`, `is expected to`, `scheduled`.
    Plan,
    /// Says it will do harm: `threatened to`.
    Threaten,
    /// Says that it will do: `vowed to`, `warned that it will`; harm becomes a threat, help an agreement.
    Vow,
    /// Wants somebody else to do it: `urged X to`, `demanded`.
    Request,
    /// Will not do it or have it: `refused to`, `rejected`, `cancelled`.
    Reject,
    /// Says somebody did it, which the speaker condemns: `accused X of`.
    Accuse,
    /// Speaks well of it: `welcomed`, `praised`.
    Support,
    /// Brings it to an end: `ended`, `halted`, `suspended`.
    End,
    /// Brings a restriction or a measure to an end: `lifted`, `eased`.
    Ease,
    /// Lets it happen: `allowed X to`.
    Allow,
    /// Says it did not happen: `denied`, or kept it from happening: `prevented`, `failed to`.
    Negate,
    /// May happen: `could`, `considers`, `fears of`.
    Possible,
    /// Says nothing about the event: `began to`, `continued`, `said`.
    Transparent,
}

impl Effect {
    /// Its name in `operators.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Agree => "agree",
            Effect::Plan => "plan",
            Effect::Threaten => "threaten",
            Effect::Vow => "vow",
            Effect::Request => "request",
            Effect::Reject => "reject",
            Effect::Accuse => "accuse",
            Effect::Support => "support",
            Effect::End => "end",
            Effect::Ease => "ease",
            Effect::Allow => "allow",
            Effect::Negate => "negate",
            Effect::Possible => "possible",
            Effect::Transparent => "transparent",
        }
    }
}

/// A verb that only carries its noun: `held` in `held talks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Light {
    /// Its subject acts: `launched an attack`.
    Does,
    /// Its subject undergoes: `came under attack`, `drew criticism`.
    Undergoes,
}

impl Light {
    /// Its name in `operators.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Light::Does => "does",
            Light::Undergoes => "undergoes",
        }
    }
}

/// The whole lexicon.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<Box<str>, WordId>,
    spellings: Vec<Box<str>>,
    lists: Vec<FxHashSet<WordId>>,
    list_names: FxHashMap<String, ListId>,
    pub frames: Vec<Frame>,
    verbs: FxHashMap<WordId, Vec<Trigger>>,
    nouns: FxHashMap<WordId, Vec<Trigger>>,
    operator_verbs: FxHashMap<WordId, Effect>,
    operator_nouns: FxHashMap<WordId, Effect>,
    light: FxHashMap<WordId, Light>,
    plain_frames: FxHashMap<(EventType, bool), usize>,
    ignored_verbs: FxHashMap<WordId, Vec<Ignored>>,
    ignored_nouns: FxHashMap<WordId, Vec<Ignored>>,
    /// Whether files of a user's own are in it.
    is_extended: bool,
    pub examples: Vec<Example>,
}

/// A file to be read: its mistakes are told with its name and line.
#[derive(Clone, Copy)]
pub(crate) struct LexiconFile<'t> {
    pub name: &'t str,
    pub text: &'t str,
}

impl LexiconFile<'_> {
    pub fn read<T: serde::de::DeserializeOwned>(self) -> Result<T, LexiconError> {
        toml::from_str(self.text).map_err(|error| {
            // What Rust calls a field is a key in TOML.
            let message = error.message().replacen(" field `", " key `", 1);
            self.wrong(error.span(), LexiconErrorKind::Toml(message))
        })
    }

    /// A mistake in the value at these bytes; in one of many lines, on the line of the words that are wrong.
    pub fn wrong(self, at: Option<Range<usize>>, kind: LexiconErrorKind) -> LexiconError {
        let line = at.map(|at| {
            let inside = kind.words().and_then(|words| self.text.get(at.clone())?.find(&words)).unwrap_or(0);
            self.line_at(at.start + inside)
        });
        LexiconError { file: self.name.to_owned(), line, kind }
    }

    /// The line of a byte, counted from 1.
    fn line_at(self, byte: usize) -> usize {
        self.text.bytes().take(byte).filter(|&byte| byte == b'\n').count() + 1
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListsFile {
    lists: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorsFile {
    operator: Vec<OperatorEntry>,
    light: LightEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorEntry {
    effect: Effect,
    #[serde(default)]
    verbs: String,
    #[serde(default)]
    nouns: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LightEntry {
    does: String,
    undergoes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FramesFile {
    event: Option<Spanned<String>>,
    #[serde(default)]
    frame: Vec<Spanned<FrameEntry>>,
    #[serde(default)]
    lists: BTreeMap<String, Spanned<String>>,
    ignore: Option<IgnoreEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameEntry {
    mode: Option<Spanned<String>>,
    verbs: Option<Spanned<String>>,
    nouns: Option<Spanned<String>>,
    actor: Option<Spanned<String>>,
    recipient: Option<Spanned<String>>,
    #[serde(default)]
    reciprocal: bool,
    needs: Option<Spanned<String>>,
    unless: Option<Spanned<String>>,
    #[serde(default)]
    examples: Vec<Spanned<(String, String)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IgnoreEntry {
    verbs: Option<Spanned<String>>,
    nouns: Option<Spanned<String>>,
}

/// The prepositions that end the head part of a noun trigger, and those that roles may name.
const PREPOSITIONS: &[&str] = &[
    "of", "for", "on", "to", "with", "from", "in", "into", "at", "by", "against", "between", "among", "over",
    "about", "under", "near", "toward", "towards", "upon", "across", "inside", "off", "after", "as", "out",
    "around", "behind", "before", "through", "within", "during", "amid", "without", "than", "onto",
];

/// Further prepositions that roles may name; before them a noun trigger does not end.
const PREPOSITIONS_OF_ROLES: &[&str] = &[
    "along",
    "alongside",
    "outside",
    "involving",
    "belonging",
    "above",
    "below",
    "beyond",
    "beside",
    "via",
    "regarding",
];

/// Where the actors and recipients of a frame stand that does not say so.
const ROLES_OF_VERBS: (&str, &str) = ("subj", "obj");
const ROLES_OF_NOUNS: (&str, &str) = ("by, poss, subj, mod, from", "on, against, of, to, obj");

impl Lexicon {
    /// Reads the embedded files.
    #[cfg(test)]
    pub fn embedded() -> Result<Lexicon, LexiconError> {
        Lexicon::extended_by(&[])
    }

    /// Reads the embedded files and a user's own, each a name and a text. Their lists take the place of ours of the
    /// same name, so all lists are read before any frame.
    pub fn extended_by(own: &[(&str, &str)]) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon { is_extended: !own.is_empty(), ..Lexicon::default() };
        for preposition in PREPOSITIONS {
            lexicon.intern(preposition);
        }
        let file = LexiconFile { name: "lists.toml", text: include_str!("../lexicon/lists.toml") };
        let ListsFile { lists } = file.read()?;
        lexicon.read_lists(file, &lists)?;
        let mut own_files = Vec::new();
        for &(name, text) in own {
            let file = LexiconFile { name, text };
            let frames: FramesFile = file.read()?;
            lexicon.read_lists(file, &frames.lists)?;
            own_files.push((file, frames));
        }
        let text = include_str!("../lexicon/operators.toml");
        lexicon.read_operators(LexiconFile { name: "operators.toml", text })?;
        for &(name, text) in FRAME_FILES {
            let file = LexiconFile { name, text };
            lexicon.read_frames(file, file.read()?, false)?;
        }
        for (file, frames) in own_files {
            lexicon.read_frames(file, frames, true)?;
        }
        lexicon.add_plain_frames();
        Ok(lexicon)
    }

    /// Whether files of a user's own are in it.
    pub fn is_extended(&self) -> bool {
        self.is_extended
    }

    /// The words beside this head of a verb that evoke nothing.
    pub fn ignored_verbs(&self, head: WordId) -> &[Ignored] {
        self.ignored_verbs.get(&head).map_or(&[], Vec::as_slice)
    }

    /// The words beside this head of a noun that evoke nothing.
    pub fn ignored_nouns(&self, head: WordId) -> &[Ignored] {
        self.ignored_nouns.get(&head).map_or(&[], Vec::as_slice)
    }

    /// Whether a word evokes nothing, whatever stands by it.
    pub fn is_ignored(&self, head: WordId) -> bool {
        let ignored = self.ignored_verbs(head).iter().chain(self.ignored_nouns(head));
        ignored.into_iter().any(|ignored| ignored.others.is_empty())
    }

    /// The number of a word, if the lexicon knows it.
    pub fn word(&self, word: &str) -> Option<WordId> {
        self.words.get(word).copied()
    }

    /// A word as it is spelt.
    pub fn spelling(&self, word: WordId) -> &str {
        &self.spellings[word.0 as usize]
    }

    /// The verb triggers with this head.
    pub fn verbs(&self, head: WordId) -> &[Trigger] {
        self.verbs.get(&head).map_or(&[], Vec::as_slice)
    }

    /// The noun triggers with this head.
    pub fn nouns(&self, head: WordId) -> &[Trigger] {
        self.nouns.get(&head).map_or(&[], Vec::as_slice)
    }

    /// What a verb or predicate does to the event under it.
    pub fn verb_effect(&self, word: WordId) -> Option<Effect> {
        self.operator_verbs.get(&word).copied()
    }

    /// What a noun does to the event under it.
    pub fn noun_effect(&self, word: WordId) -> Option<Effect> {
        self.operator_nouns.get(&word).copied()
    }

    /// Whether a verb only carries its noun.
    pub fn light(&self, word: WordId) -> Option<Light> {
        self.light.get(&word).copied()
    }

    /// Whether a word stands in a list. Panics where no list has that name.
    pub fn is_in(&self, word: WordId, list: &str) -> bool {
        self.lists[self.list_names[list].0 as usize].contains(&word)
    }

    /// Whether a word list has this name.
    #[cfg(test)]
    pub fn has_list(&self, name: &str) -> bool {
        self.list_names.contains_key(name)
    }

    /// Whether a word is what a term asks for.
    pub fn fits(&self, term: &Term, word: WordId) -> bool {
        match term {
            Term::Word(wanted) => *wanted == word,
            Term::List(list) => self.lists[list.0 as usize].contains(&word),
            Term::Any(terms) => terms.iter().any(|term| self.fits(term, word)),
        }
    }

    /// The frame of a type for words that are no trigger of the lexicon.
    pub fn plain_frame(&self, event: EventType, verbal: bool) -> &Frame {
        &self.frames[self.plain_frames[&(event, verbal)]]
    }

    /// How many triggers there are, verbs and nouns together.
    pub fn n_triggers(&self) -> usize {
        self.verbs.values().chain(self.nouns.values()).map(Vec::len).sum()
    }

    /// Every trigger with its head word and whether it is a verb, for word votes and tests.
    pub fn triggers(&self) -> impl Iterator<Item = (WordId, &Trigger, bool)> {
        let verbs = self.verbs.iter().flat_map(|(head, list)| list.iter().map(|one| (*head, one, true)));
        let nouns = self.nouns.iter().flat_map(|(head, list)| list.iter().map(|one| (*head, one, false)));
        verbs.chain(nouns)
    }

    /// Words are known in small letters, however a file writes them.
    fn intern(&mut self, word: &str) -> WordId {
        let word = word.to_lowercase();
        if let Some(&known) = self.words.get(word.as_str()) {
            return known;
        }
        let id = WordId(self.words.len() as u32);
        self.spellings.push(word.as_str().into());
        self.words.insert(word.into_boxed_str(), id);
        id
    }

    /// Reads lists. One with the name of a list that is there already takes its place, and means that list where it
    /// names itself: `troops = "@troops, cossack"`.
    fn read_lists(
        &mut self,
        file: LexiconFile,
        lists: &BTreeMap<String, Spanned<String>>,
    ) -> Result<(), LexiconError> {
        for name in lists.keys() {
            if !self.list_names.contains_key(name) {
                self.list_names.insert(name.clone(), ListId(self.lists.len() as u32));
                self.lists.push(FxHashSet::default());
            }
        }
        // A list may name others, to any depth; each is followed once.
        for name in lists.keys() {
            let mut waiting = vec![name.as_str()];
            let mut seen = FxHashSet::default();
            let mut members = FxHashSet::default();
            while let Some(next) = waiting.pop() {
                if !seen.insert(next) {
                    continue;
                }
                let Some(entries) = lists.get(next) else {
                    let ListId(number) = self.list_names[next];
                    members.extend(self.lists[number as usize].iter().copied());
                    continue;
                };
                for entry in entries_of(entries.get_ref()) {
                    let Some(other) = entry.strip_prefix('@') else {
                        members.insert(self.intern(entry));
                        continue;
                    };
                    let ListId(number) =
                        self.list(other).map_err(|kind| file.wrong(Some(entries.span()), kind))?;
                    if other == next {
                        members.extend(self.lists[number as usize].iter().copied());
                    } else {
                        waiting.push(other);
                    }
                }
            }
            let ListId(number) = self.list_names[name];
            self.lists[number as usize] = members;
        }
        Ok(())
    }

    fn read_operators(&mut self, file: LexiconFile) -> Result<(), LexiconError> {
        let OperatorsFile { operator, light } = file.read()?;
        for entry in operator {
            for verb in entries_of(&entry.verbs) {
                let verb = self.intern(verb);
                self.operator_verbs.insert(verb, entry.effect);
            }
            for noun in entries_of(&entry.nouns) {
                let noun = self.intern(noun);
                self.operator_nouns.insert(noun, entry.effect);
            }
        }
        for (words, kind) in [(&light.does, Light::Does), (&light.undergoes, Light::Undergoes)] {
            for verb in entries_of(words) {
                let verb = self.intern(verb);
                self.light.insert(verb, kind);
            }
        }
        Ok(())
    }

    fn read_frames(&mut self, file: LexiconFile, read: FramesFile, is_own: bool) -> Result<(), LexiconError> {
        let FramesFile { event, frame, ignore, .. } = read;
        let event: Option<EventType> = match &event {
            Some(event) => Some(
                event
                    .get_ref()
                    .parse()
                    .map_err(|error| file.wrong(Some(event.span()), LexiconErrorKind::UnknownType(error)))?,
            ),
            None => None,
        };
        for entry in frame {
            let span = Some(entry.span());
            let event = event.ok_or_else(|| file.wrong(span.clone(), LexiconErrorKind::NoType))?;
            self.read_frame(file, event, span, entry.into_inner(), is_own)?;
        }
        if let Some(ignore) = ignore {
            for (verbal, words) in [(true, &ignore.verbs), (false, &ignore.nouns)] {
                if let Some(words) = words {
                    let wrong = |kind| file.wrong(Some(words.span()), kind);
                    for words in entries_of(words.get_ref()) {
                        self.add_ignored(verbal, words).map_err(wrong)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Frames without triggers, for words that are none of the lexicon's: the parties stand where they do as a rule.
    fn add_plain_frames(&mut self) {
        for &event in EventType::ALL {
            let reciprocal = matches!(event, EventType::Consult | EventType::Cooperate);
            for verbal in [true, false] {
                let (actor, recipient) = match verbal {
                    true => ("subj", "obj, iobj, with, to, on, against, for, from, at, into, over, of, in"),
                    false => (
                        "by, poss, subj, from, mod, of",
                        "obj, on, against, with, to, for, at, from, over, of, in",
                    ),
                };
                let known = "invariant: these are roles";
                let actor = self.roles(actor).expect(known);
                let recipient = self.roles(recipient).expect(known);
                self.plain_frames.insert((event, verbal), self.frames.len());
                self.frames.push(Frame {
                    event,
                    mode: None,
                    actor,
                    recipient,
                    reciprocal,
                    needs: Vec::new(),
                    unless: Vec::new(),
                    is_own: false,
                });
            }
        }
    }

    fn read_frame(
        &mut self,
        file: LexiconFile,
        event: EventType,
        span: Option<Range<usize>>,
        entry: FrameEntry,
        is_own: bool,
    ) -> Result<(), LexiconError> {
        let mode = match &entry.mode {
            Some(mode) => {
                Some(mode_of(event, mode.get_ref()).map_err(|kind| file.wrong(Some(mode.span()), kind))?)
            }
            None => None,
        };
        let mut is_evoked = false;
        for (verbal, words) in [(true, &entry.verbs), (false, &entry.nouns)] {
            let Some(words) = words.as_ref().filter(|words| entries_of(words.get_ref()).next().is_some())
            else {
                continue;
            };
            is_evoked = true;
            let (actor, recipient) = if verbal { ROLES_OF_VERBS } else { ROLES_OF_NOUNS };
            let actor = self.in_value(file, &entry.actor, actor, Lexicon::roles)?;
            let recipient = self.in_value(file, &entry.recipient, recipient, Lexicon::roles)?;
            let needs = self.in_value(file, &entry.needs, "", Lexicon::terms)?;
            let unless = self.in_value(file, &entry.unless, "", Lexicon::terms)?;
            let frame = self.frames.len();
            let reciprocal = entry.reciprocal;
            self.frames.push(Frame { event, mode, actor, recipient, reciprocal, needs, unless, is_own });
            for trigger in entries_of(words.get_ref()) {
                self.add_trigger(frame, verbal, trigger)
                    .map_err(|kind| file.wrong(Some(words.span()), kind))?;
            }
        }
        if !is_evoked {
            return Err(file.wrong(span, LexiconErrorKind::NoWords));
        }
        for example in entry.examples {
            let span = example.span();
            let (sentence, expected) = example.into_inner();
            let claim = Claim::read(&expected).map_err(|kind| file.wrong(Some(span.clone()), kind))?;
            let line = Some(file.line_at(span.start));
            let file = file.name.to_owned();
            self.examples.push(Example { file, line, sentence, expected, claim, is_own });
        }
        Ok(())
    }

    /// Reads a value of a file, or what stands for it where there is none.
    fn in_value<T>(
        &mut self,
        file: LexiconFile,
        value: &Option<Spanned<String>>,
        otherwise: &str,
        read: impl Fn(&mut Lexicon, &str) -> Result<T, LexiconErrorKind>,
    ) -> Result<T, LexiconError> {
        let text = value.as_ref().map_or(otherwise, |value| value.get_ref().as_str());
        read(self, text).map_err(|kind| file.wrong(value.as_ref().map(Spanned::span), kind))
    }

    fn add_trigger(&mut self, frame: usize, verbal: bool, text: &str) -> Result<(), LexiconErrorKind> {
        let (weak, rest) = match text.strip_prefix('?') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (words, recipient) = match rest.split_once('>') {
            Some((words, roles)) => (words, Some(self.roles(&roles.replace('|', ","))?)),
            None => (rest, None),
        };
        if words.trim().is_empty() {
            return Err(LexiconErrorKind::EmptyTrigger(text.to_owned()));
        }
        let Wording { heads, others, n_before } = self.wording(verbal, words)?;
        for head in heads {
            let table = if verbal { &mut self.verbs } else { &mut self.nouns };
            table.entry(head).or_default().push(Trigger {
                frame,
                others: others.clone(),
                n_before,
                recipient: recipient.clone(),
                weak,
            });
        }
        Ok(())
    }

    fn add_ignored(&mut self, verbal: bool, words: &str) -> Result<(), LexiconErrorKind> {
        if words.contains(['?', '>']) {
            return Err(LexiconErrorKind::IgnoredTrigger(words.to_owned()));
        }
        let Wording { heads, others, n_before } = self.wording(verbal, words)?;
        let table = if verbal { &mut self.ignored_verbs } else { &mut self.ignored_nouns };
        for head in heads {
            table.entry(head).or_default().push(Ignored { others: others.clone(), n_before });
        }
        Ok(())
    }

    fn wording(&mut self, verbal: bool, words: &str) -> Result<Wording, LexiconErrorKind> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let head = if verbal {
            0
        } else {
            let end = words.iter().position(|word| PREPOSITIONS.contains(word)).unwrap_or(words.len());
            end.saturating_sub(1)
        };
        let mut others = Vec::new();
        for (number, word) in words.iter().enumerate() {
            if number != head {
                others.push(self.term(word)?);
            }
        }
        let mut heads = Vec::new();
        for word in words.get(head).copied().unwrap_or_default().split('|') {
            match word.strip_prefix('@') {
                Some(list) => {
                    let ListId(number) = self.list(list)?;
                    let mut members: Vec<WordId> = self.lists[number as usize].iter().copied().collect();
                    members.sort();
                    heads.extend(members);
                }
                None => heads.push(self.intern(word)),
            }
        }
        Ok(Wording { heads, others, n_before: if verbal { 0 } else { head } })
    }

    fn roles(&mut self, text: &str) -> Result<Vec<Role>, LexiconErrorKind> {
        entries_of(text)
            .map(|role| match role {
                "subj" => Ok(Role::Subject),
                "obj" => Ok(Role::Object),
                "iobj" => Ok(Role::Indirect),
                "poss" => Ok(Role::Possessor),
                "mod" => Ok(Role::Modifier),
                word if PREPOSITIONS.contains(&word) || PREPOSITIONS_OF_ROLES.contains(&word) => {
                    Ok(Role::Preposition(self.intern(word)))
                }
                other => Err(LexiconErrorKind::UnknownRole(other.to_owned())),
            })
            .collect()
    }

    fn list(&self, name: &str) -> Result<ListId, LexiconErrorKind> {
        self.list_names.get(name).copied().ok_or_else(|| {
            let mut known: Vec<String> = self.list_names.keys().map(|name| format!("@{name}")).collect();
            known.sort();
            LexiconErrorKind::UnknownList { list: name.to_owned(), known: known.join(", ") }
        })
    }

    fn term(&mut self, text: &str) -> Result<Term, LexiconErrorKind> {
        if text.contains('|') {
            let terms = text.split('|').map(|one| self.term(one)).collect::<Result<_, _>>()?;
            return Ok(Term::Any(terms));
        }
        match text.strip_prefix('@') {
            Some(list) => self.list(list).map(Term::List),
            None => Ok(Term::Word(self.intern(text))),
        }
    }

    fn terms(&mut self, text: &str) -> Result<Vec<Term>, LexiconErrorKind> {
        entries_of(text).map(|entry| self.term(entry)).collect()
    }
}

/// The words of a trigger, taken apart.
struct Wording {
    heads: Vec<WordId>,
    others: Vec<Term>,
    n_before: usize,
}

/// The lexicon files of the event types, in the codebook's order.
const FRAME_FILES: &[(&str, &str)] = &[
    ("agree.toml", include_str!("../lexicon/agree.toml")),
    ("consult.toml", include_str!("../lexicon/consult.toml")),
    ("support.toml", include_str!("../lexicon/support.toml")),
    ("concede.toml", include_str!("../lexicon/concede.toml")),
    ("cooperate.toml", include_str!("../lexicon/cooperate.toml")),
    ("aid.toml", include_str!("../lexicon/aid.toml")),
    ("retreat.toml", include_str!("../lexicon/retreat.toml")),
    ("request.toml", include_str!("../lexicon/request.toml")),
    ("accuse.toml", include_str!("../lexicon/accuse.toml")),
    ("reject.toml", include_str!("../lexicon/reject.toml")),
    ("threaten.toml", include_str!("../lexicon/threaten.toml")),
    ("protest.toml", include_str!("../lexicon/protest.toml")),
    ("sanction.toml", include_str!("../lexicon/sanction.toml")),
    ("mobilize.toml", include_str!("../lexicon/mobilize.toml")),
    ("coerce.toml", include_str!("../lexicon/coerce.toml")),
    ("assault.toml", include_str!("../lexicon/assault.toml")),
];

fn entries_of(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '\n']).map(str::trim).filter(|entry| !entry.is_empty())
}

fn mode_of(event: EventType, text: &str) -> Result<Mode, LexiconErrorKind> {
    let mode = event.modes().iter().find(|(mode, _)| mode.as_str() == text).map(|(mode, _)| *mode);
    mode.ok_or_else(|| LexiconErrorKind::WrongMode { event, mode: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_embedded_files_are_read() {
        let lexicon = Lexicon::embedded().unwrap();
        assert!(lexicon.n_triggers() >= 1_500, "{} triggers", lexicon.n_triggers());
        assert!(lexicon.examples.len() >= 67);
    }

    #[test]
    fn every_type_and_mode_has_a_trigger() {
        let lexicon = Lexicon::embedded().unwrap();
        let covered: BTreeSet<(EventType, Option<Mode>)> = lexicon
            .triggers()
            .map(|(_, trigger, _)| &lexicon.frames[trigger.frame])
            .map(|frame| (frame.event, frame.mode))
            .collect();
        for &event in EventType::ALL {
            assert!(covered.iter().any(|(known, _)| *known == event), "{event}");
            for (mode, _) in event.modes() {
                assert!(covered.contains(&(event, Some(*mode))), "{event}/{mode}");
            }
        }
    }

    #[test]
    fn mistakes_in_a_file_are_named() {
        let told: Vec<String> = [
            "event = 'RIOT'\n[[frame]]\nverbs = 'riot'",
            "event = 'PROTEST'\n[[frame]]\nmode = 'riots'\nverbs = 'riot'",
            "event = 'AID'\n[[frame]]\nmode = 'food'\nverbs = 'feed'",
            "event = 'AID'\n[[frame]]\nverbs = '''\nfeed,\ngive @alms'''",
            "[lists]\nhelpers = 'cook, @nurses'",
            "event = 'AID'\n[[frame]]\nverbs = 'feed > object'",
            "event = 'AID'\n[[frame]]\nverbs = 'feed'\nactor = 'cook'",
            "event = 'AID'\n[[frame]]\nverbs = 'feed, ? > on'",
            "event = 'AID'\n[[frame]]\nrecipient = 'to'",
            "[[frame]]\nverbs = 'feed'",
            "[ignore]\nverbs = 'strike deal, ?strike'",
            "event = 'AID'\n[[frame]]\nverb = 'feed'",
            "event = 'AID'\n[[frame]]\nverbs = 'feed'\nexamples = [\n['Peru fed Chile.', 'AIDS Peru -> Chile'],\n]",
            "event = 'AID'\n[[frame]\n",
            "event = 7\n",
        ]
        .iter()
        .map(|text| Lexicon::extended_by(&[("mine.toml", text)]).unwrap_err().to_string())
        // The hint names the lists that there are, which change with the lexicon.
        .map(|told| told.lines().next().unwrap_or_default().to_owned())
        .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
mine.toml:1: `RIOT` is not a PLOVER event type (AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT)
mine.toml:3: `riots` is not a mode of PROTEST (demo, riot, strike, hunger, boycott, obstruct, vandalize)
mine.toml:3: `food` is not a mode of AID (it has none)
mine.toml:5: the word list `@alms` is not defined
mine.toml:2: the word list `@nurses` is not defined
mine.toml:3: `object` is no place of an actor or recipient (subj, obj, iobj, poss, mod or a preposition)
mine.toml:4: `cook` is no place of an actor or recipient (subj, obj, iobj, poss, mod or a preposition)
mine.toml:3: the trigger `? > on` has no word
mine.toml:2: a frame without words; `verbs`, `nouns` or both say what evokes it
mine.toml:1: the frames have no type; `event = "PROTEST"`, or another type, belongs above the first `[[frame]]`
mine.toml:2: `?strike` has a sign of a trigger; words to ignore take neither `?` nor `>`
mine.toml:3: unknown key `verb`, expected one of `mode`, `verbs`, `nouns`, `actor`, `recipient`, `reciprocal`, `needs`, `unless`, `examples`
mine.toml:5: `AIDS` is not a PLOVER event type (AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT)
mine.toml:2: unclosed array table, expected `]`
mine.toml:1: invalid type: integer `7`, expected a string
"#);
    }

    #[test]
    fn a_list_takes_the_place_of_ours() {
        let own =
            "[lists]\npolice = \"@police, Harbourguard\"\nkin = \"grandaunt\"\nwatch = \"@kin, @police\"";
        let lexicon = Lexicon::extended_by(&[("mine.toml", own)]).unwrap();
        for (word, list, expected) in [
            ("harbourguard", "police", true),
            ("police", "police", true),
            ("grandaunt", "kin", true),
            ("mother", "kin", false),
            ("grandaunt", "watch", true),
            ("harbourguard", "watch", true),
            ("mother", "watch", false),
        ] {
            let found = lexicon.word(word).is_some_and(|word| lexicon.is_in(word, list));
            assert_eq!(found, expected, "{word} in @{list}");
        }
    }

    #[test]
    fn the_head_of_a_noun_trigger_stands_before_its_preposition() {
        let lexicon = Lexicon::embedded().unwrap();
        let heads = |word: &str| lexicon.nouns(lexicon.word(word).unwrap()).len();
        assert!(heads("arrest") > 0);
        // "arrest of" is headed by "arrest", not by "of".
        assert_eq!(heads("of"), 0);
    }

    /// The type and mode that the coder finds in a sentence, with its participants, as the examples write them.
    fn found_in(sentence: &str) -> Vec<String> {
        use dateline_parse::Parser;
        use dateline_resolve::{Resolver, Setting};
        let whole = dateline_text::ByteSpan::new(0, sentence.len());
        let document = Parser::embedded().unwrap().parse(sentence.into(), &[whole]);
        let resolution = Resolver::embedded().resolve(&document, &Setting::default());
        let statements = dateline_attribute::attribute(&document, &resolution);
        static BY_RULES: std::sync::LazyLock<crate::Coder> =
            std::sync::LazyLock::new(|| crate::Coder::extended_by(&[]).expect("embedded").by_rules());
        let events = BY_RULES.code(&document, &resolution, &statements, None);
        events.iter().map(|(_, event)| crate::testing::render(event, &resolution)).collect()
    }

    /// `COERCE/arrest` of `COERCE/arrest Egypt -> students`.
    fn what(rendered: &str) -> &str {
        rendered.split(' ').next().unwrap_or_default()
    }

    /// Today's misses: the tree is wrong, or the resolver knows no actor in the sentence, so no event is told.
    /// Each should give its type and mode; take it off the list when it does.
    const MISSED: &[&str] = &[
        "Colombia extradited the suspect to Spain.",
        "The opposition called for talks with the government.",
        "The opposition boycotted the election.",
        "Eritrea massed troops along the border with Ethiopia.",
        "The warlord mobilised militiamen near the town.",
        "Police raided the offices of the newspaper.",
        "The general imposed martial law on Nantara.",
        "Soldiers raped women in the village of Osh Tepa.",
        "Militants bombed a police station in Quetta.",
        "The army shelled rebel positions near Tarvo.",
        "The ministry withheld the documents from parliament.",
        "The channel spread disinformation about Estonia.",
    ];

    #[test]
    fn every_example_gives_its_type_and_mode() {
        let lexicon = Lexicon::embedded().unwrap();
        let mut wrong = Vec::new();
        for example in &lexicon.examples {
            if MISSED.contains(&example.sentence.as_str()) {
                continue;
            }
            let found = found_in(&example.sentence);
            if !found.iter().any(|event| what(event) == what(&example.expected)) {
                wrong.push(format!(
                    "{}: {} | {} | {found:?}",
                    example.file, example.sentence, example.expected
                ));
            }
        }
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lexicon.examples.len(), wrong.join("\n"));
    }
}
