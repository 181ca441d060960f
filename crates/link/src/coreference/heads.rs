//! The word of a mention that says what happens, and the words that take part in it.

use crate::synonyms::sense_of;
use crate::words::{fold, is_function_word};
use dateline_text::{ByteSpan, Deprel, Document, TokenIdx, Upos};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The word of a mention that says what happens.
pub(super) struct Head {
    pub token: TokenIdx,
    /// Its dictionary form.
    pub lemma: String,
    /// The set of `data/synonyms.txt` that holds it, else its stem.
    pub sense: String,
    /// Whether it says little by itself.
    pub light: bool,
}

/// The head of the words of a span, or nothing where the span holds no whole token or only function words.
pub(super) fn head_of(document: &Document, span: ByteSpan) -> Option<Head> {
    let tokens = document.tokens_in(span);
    let content = |token: &TokenIdx| {
        !matches!(
            document.upos(*token),
            Upos::Punct | Upos::Adp | Upos::Det | Upos::Part | Upos::Pron | Upos::Aux
        ) && !is_function_word(document.lower(*token))
    };
    let is_top = |token: &TokenIdx| document.head(*token).is_none_or(|head| !tokens.holds(head));
    let mut token = (tokens.iter().filter(is_top).find(content))
        .or_else(|| tokens.iter().find(content))
        .or_else(|| tokens.iter().find(is_top))?;
    // `held talks`, `take place`: the noun says what happens.
    if LIGHT_VERBS.contains(document.lemma(token))
        && let Some(object) = document.child_by(token, Deprel::Obj).filter(|&object| tokens.holds(object))
    {
        token = object;
    }
    let lemma = fold(document.lemma(token));
    let sense = sense_of(&lemma);
    let light = LIGHT_VERBS.contains(lemma.as_str()) || SAYING.contains(lemma.as_str());
    Some(Head { token, lemma, sense, light })
}

/// The words that take part in what a word tells.
#[derive(Default)]
pub(super) struct Participants {
    /// Words of whoever acts: subject, or agent of a passive.
    pub agents: Vec<TokenIdx>,
    /// Words of all participants, agents among them.
    pub all: Vec<TokenIdx>,
}

/// Finds who and what takes part: subject, objects, what hangs on a noun; for a verb that shares its subject with
/// the verb above, that subject.
pub(super) fn participants(document: &Document, head: TokenIdx) -> Participants {
    let mut participants = Participants::default();
    for &child in document.children(head) {
        match document.deprel(child) {
            Deprel::Nsubj | Deprel::OblAgent => participants.add_agent(document, child),
            Deprel::NsubjPass
            | Deprel::Obj
            | Deprel::Iobj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::Compound
            | Deprel::Amod => participants.add(document, child),
            _ => {}
        }
    }
    if document.upos(head) == Upos::Verb
        && participants.agents.is_empty()
        && let Some(above) = document.head(head)
    {
        match document.deprel(head) {
            Deprel::Conj | Deprel::Xcomp | Deprel::Advcl => {
                if let Some(subject) = document.child_by(above, Deprel::Nsubj) {
                    participants.add_agent(document, subject);
                } else if let Some(subject) = document.child_by(above, Deprel::NsubjPass) {
                    participants.add(document, subject);
                }
            }
            // `the gunman who fled`, `the man arrested`
            Deprel::AclRelcl => participants.add_agent(document, above),
            Deprel::Acl => participants.add(document, above),
            _ => {}
        }
    }
    participants
}

impl Participants {
    fn add_agent(&mut self, document: &Document, phrase: TokenIdx) {
        let from = self.all.len();
        self.add(document, phrase);
        self.agents.extend_from_slice(&self.all[from..]);
    }

    /// Adds the head of a phrase and the words that name it closer; a pronoun says nothing.
    fn add(&mut self, document: &Document, phrase: TokenIdx) {
        if document.upos(phrase) != Upos::Pron {
            self.all.push(phrase);
        }
        let parts = document.children(phrase).iter().copied();
        self.all.extend(
            parts.filter(|&part| matches!(document.upos(part), Upos::Propn | Upos::Noun | Upos::Num)),
        );
    }
}

/// Verbs that need another word to say what happens.
static LIGHT_VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "be have do make take get go come give put keep let hold bring become seem remain begin start stop continue use \
     want need try see show"
        .split_whitespace()
        .collect()
});

/// Words of saying: what is said differs each time.
static SAYING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "say tell state statement comment remark report claim add note ask".split_whitespace().collect()
});
