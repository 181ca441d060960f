//! Country words in a text: the longest match at each token.

use super::table::{Countries, CountryWord, CountryWordKind, fits_case};
use crate::phrase::is_all_capitals;
use dateline_text::{Deprel, Document, NameKind, TokenIdx, TokenSpan, labels};

/// Words of a text that mean a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryMention {
    /// The words, without an article.
    pub tokens: TokenSpan,
    /// What they mean.
    pub word: CountryWord,
    /// Why they may mean something else here.
    pub doubt: Option<Doubt>,
}

labels! {
    /// Why a country word may mean something else.
    pub enum Doubt as "doubt about a country word" {
        /// Part of a longer name: `the Bank of Korea`, `Air India`.
        InName = "in-name",
        /// `Georgia` near words of the United States.
        UsState = "us-state",
    }
}

impl Countries {
    /// The country words of a document, in text order, none overlapping. Words inside a person's name are
    /// left out (`Michael Jordan`).
    pub fn find(&self, document: &Document) -> Vec<CountryMention> {
        let mut mentions = Vec::new();
        let mut folded = String::new();
        for sentence in document.sentences() {
            let end = sentence.tokens.end as usize;
            let mut next = sentence.tokens.start as usize;
            while next < end {
                let token = TokenIdx::new(next);
                next += 1;
                if !may_begin(document.form(token)) {
                    continue;
                }
                let found = self.words.longest_at(document, token, end, &mut folded, fits_case);
                let Some((tokens, word)) = found else { continue };
                next = tokens.end as usize;
                if let Some(word) = *word
                    && !is_shouted_pronoun(document, tokens)
                    && !is_in_person(document, tokens, word.kind)
                {
                    let doubt = doubt(document, tokens);
                    mentions.push(CountryMention { tokens, word, doubt });
                }
            }
        }
        self.doubt_georgia(document, &mut mentions);
        mentions
    }

    /// `Georgia` is the country, unless the text speaks of the American South and not of the Caucasus.
    fn doubt_georgia(&self, document: &Document, mentions: &mut [CountryMention]) {
        let is_georgia = |mention: &CountryMention| {
            mention.word.code.as_str() == "GEO" && mention.word.kind != CountryWordKind::Capital
        };
        if !mentions.iter().any(is_georgia) {
            return;
        }
        let caucasus = ["tbilisi", "abkhazia", "ossetia", "caucasus", "batumi", "gori", "russia", "armenia"];
        let south = [
            "atlanta",
            "savannah",
            "macon",
            "augusta",
            "athens",
            "alabama",
            "florida",
            "tennessee",
            "carolina",
            "county",
            "gov.",
            "republican",
            "democrat",
            "republicans",
            "democrats",
            "bulldogs",
        ];
        let has = |words: &[&str]| {
            document
                .tokens()
                .iter()
                .enumerate()
                .any(|(i, _)| words.contains(&document.lower(TokenIdx::new(i))))
        };
        let is_state = !has(&caucasus) && has(&south);
        for mention in mentions.iter_mut().filter(|mention| is_georgia(mention)) {
            if is_state || follows_comma(document, mention.tokens.first()) && !has(&caucasus) {
                mention.doubt = Some(Doubt::UsState);
            }
        }
    }
}

/// Country words begin with a capital or a digit (`10 Downing Street`), or are `ni-Vanuatu`.
fn may_begin(form: &str) -> bool {
    form.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) || form.starts_with("ni")
}

/// `US` in a line that is all capitals is the pronoun, unless an article stands before it.
fn is_shouted_pronoun(document: &Document, tokens: TokenSpan) -> bool {
    if document.words(tokens) != "US" {
        return false;
    }
    let first = tokens.first();
    if first.index() > 0 && document.lower(TokenIdx::new(first.index() - 1)) == "the" {
        return false;
    }
    let sentence = document.sentence(document.sentence_of(first));
    sentence.tokens.n_tokens() > 3 && is_all_capitals(document.words(sentence.tokens))
}

fn is_in_person(document: &Document, tokens: TokenSpan, kind: CountryWordKind) -> bool {
    let first = tokens.first();
    // `Russian General Pavel Orlov`: the recogniser took the title and its adjective into the name.
    if matches!(kind, CountryWordKind::Adjective | CountryWordKind::Abbreviation)
        && document.name_at(first).is_none_or(|name| name.tokens.start == tokens.start)
    {
        return false;
    }
    if let Some(name) = document.name_at(first)
        && name.kind == NameKind::Per
        && name.tokens.n_tokens() > tokens.n_tokens()
    {
        return true;
    }
    // Country words that are given names or surnames too; the parser's tree tells which.
    let also_person = [
        "jordan", "chad", "israel", "georgia", "kenya", "cuba", "paris", "london", "sofia", "lima", "holland",
    ];
    let is_flat = |token: TokenIdx| document.deprel(token) == Deprel::Flat;
    tokens.n_tokens() == 1
        && also_person.contains(&document.lower(first))
        && document.name_at(first).is_none_or(|name| name.kind == NameKind::Per)
        && (is_flat(first) || document.children(first).iter().any(|&child| is_flat(child)))
}

fn doubt(document: &Document, tokens: TokenSpan) -> Option<Doubt> {
    let name = document.name_at(tokens.first())?;
    let is_longer = name.kind != NameKind::Loc && name.tokens.n_tokens() > tokens.n_tokens();
    (is_longer && name.tokens.contains(tokens)).then_some(Doubt::InName)
}

/// `Atlanta, Georgia`: after a comma that follows a capitalised word.
fn follows_comma(document: &Document, token: TokenIdx) -> bool {
    let i = token.index();
    i >= 2
        && document.form(TokenIdx::new(i - 1)) == ","
        && document.form(TokenIdx::new(i - 2)).starts_with(char::is_uppercase)
        && document.sentence_of(TokenIdx::new(i - 2)) == document.sentence_of(token)
}
