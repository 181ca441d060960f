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

/// The words that take part in what a word tells: subject, object, and what hangs on a noun.
pub(super) fn arguments(document: &Document, head: TokenIdx) -> Vec<TokenIdx> {
    let of_head = document.children(head).iter().copied().filter(|&child| {
        matches!(
            document.deprel(child),
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::Obj
                | Deprel::Iobj
                | Deprel::Obl
                | Deprel::OblAgent
                | Deprel::Nmod
                | Deprel::NmodPoss
                | Deprel::Compound
                | Deprel::Amod
        )
    });
    let mut arguments = Vec::new();
    for argument in of_head {
        arguments.push(argument);
        let parts = document.children(argument).iter().copied();
        arguments.extend(
            parts.filter(|&part| matches!(document.upos(part), Upos::Propn | Upos::Noun | Upos::Num)),
        );
    }
    arguments
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
