//! The words of a document as the lexicon knows them.
//!
//! In:  a [`Document`] and the lexicon.
//! Out: for each token the lexicon's numbers of its lemma, its form and, where it is part of a hyphenated word,
//! of that word, so that every later question is a comparison of numbers.

use crate::lexicon::{Lexicon, Term, WordId};
use dateline_text::{Document, TokenIdx, Upos};

/// A document seen through the lexicon.
pub(crate) struct Words<'d> {
    pub document: &'d Document,
    pub lexicon: &'d Lexicon,
    ids: Vec<[Option<WordId>; 3]>,
}

impl<'d> Words<'d> {
    /// Looks every token up, once.
    pub fn new(document: &'d Document, lexicon: &'d Lexicon) -> Words<'d> {
        let n_tokens = document.tokens().len();
        let mut ids = Vec::with_capacity(n_tokens);
        for number in 0..n_tokens {
            let token = TokenIdx::new(number);
            let lower = document.lower(token);
            let form = lexicon.word(lower);
            let lemma = lexicon.word(&document.lemma(token).to_lowercase());
            ids.push([lemma, form.filter(|_| form != lemma), None]);
        }
        let mut words = Words { document, lexicon, ids };
        words.join_hyphenated();
        words
    }

    /// `cease-fire` may be three tokens; both of its words then also count as `cease-fire`.
    fn join_hyphenated(&mut self) {
        let tokens = self.document.tokens();
        let text = self.document.text();
        for middle in 1..tokens.len().saturating_sub(1) {
            let (before, hyphen, after) = (&tokens[middle - 1], &tokens[middle], &tokens[middle + 1]);
            let together = before.span.end == hyphen.span.start && hyphen.span.end == after.span.start;
            if together && hyphen.span.of(text) == "-" {
                let whole = text[before.span.start as usize..after.span.end as usize].to_lowercase();
                let last = self.document.lemma(TokenIdx::new(middle + 1)).to_lowercase();
                let lemma = format!("{}-{last}", self.document.lower(TokenIdx::new(middle - 1)));
                let id = self.lexicon.word(&lemma).or_else(|| self.lexicon.word(&whole));
                if id.is_some() {
                    self.ids[middle - 1][2] = id;
                    self.ids[middle + 1][2] = id;
                }
            }
        }
    }

    /// The lexicon's words that a token is: lemma, form, hyphenated word.
    pub fn of(&self, token: TokenIdx) -> impl Iterator<Item = WordId> + use<> {
        self.ids[token.index()].into_iter().flatten()
    }

    /// Whether a token is what a term asks for.
    pub fn fits(&self, token: TokenIdx, term: &Term) -> bool {
        self.of(token).any(|word| self.lexicon.fits(term, word))
    }

    /// Whether a token stands in a word list.
    pub fn is_in(&self, token: TokenIdx, list: &str) -> bool {
        self.of(token).any(|word| self.lexicon.is_in(word, list))
    }

    /// Whether a token may head a verb trigger.
    pub fn is_verb(&self, token: TokenIdx) -> bool {
        if self.is_noun_after_to(token) {
            return false;
        }
        match self.document.upos(token) {
            Upos::Verb => true,
            // "is prepared", "was wounded" are often tagged as adjectives.
            Upos::Adj => {
                let form = self.document.lower(token);
                form.ends_with("ed")
                    || matches!(
                        form,
                        "broken" | "stolen" | "taken" | "frozen" | "beaten" | "driven" | "forbidden"
                    )
            }
            Upos::Aux => false,
            _ => false,
        }
    }

    /// Whether a token may head a noun trigger.
    pub fn is_noun(&self, token: TokenIdx) -> bool {
        matches!(self.document.upos(token), Upos::Noun | Upos::Propn) || self.is_noun_after_to(token)
    }

    /// "open to talks", "open to dialogue": no infinitive is inflected, so what stands there is a noun.
    fn is_noun_after_to(&self, token: TokenIdx) -> bool {
        let document = self.document;
        if document.upos(token) != Upos::Verb || token.index() == 0 {
            return false;
        }
        let form = document.lower(token);
        let noun =
            matches!(form, "dialogue" | "dialog") || form.ends_with('s') && form != document.lemma(token);
        noun && document.lower(TokenIdx::new(token.index() - 1)) == "to"
    }
}
