//! How many were killed, hurt, held, fired, gathered.
//!
//! In:  a sentence.
//! Out: the [`Size`]s it states with a number, each with the word that carries it.
//!
//! ```text
//! The blast killed at least 12 people and wounded two.    dead 12, injured 2
//! Dozens were hurt.                                        nothing: no number is given
//! ```

use crate::syntax::{self, with_conjuncts};
use crate::words::Words;
use crate::{Size, SizeKind};
use dateline_text::{Deprel, SentenceIdx, TokenIdx, TokenSpan, Upos, number_word};

/// A size and the word of the sentence that makes it one ("killed").
pub(crate) struct Counted {
    pub size: Size,
    pub by: TokenIdx,
}

/// Finds the sizes of a sentence.
pub(crate) fn sizes(words: &Words, sentence: SentenceIdx) -> Vec<Counted> {
    let document = words.document;
    let mut found: Vec<Counted> = Vec::new();
    for by in document.sentence(sentence).tokens.iter() {
        let Some(kind) = kind_of(document.lemma(by)) else { continue };
        let passive = syntax::is_passive(document, by);
        let dies = matches!(document.lemma(by), "die" | "perish");
        let mut phrases: Vec<TokenIdx> = document
            .children(by)
            .iter()
            .copied()
            .filter(|&child| match document.deprel(child) {
                Deprel::Obj | Deprel::NsubjPass => true,
                Deprel::Nsubj => passive || dies || document.upos(by) == Upos::Adj,
                _ => false,
            })
            .collect();
        if document.deprel(by) == Deprel::Amod && document.upos(by) == Upos::Verb {
            phrases.extend(document.head(by));
        }
        if passive && phrases.is_empty() && document.deprel(by) == Deprel::Conj {
            // "two were killed and five wounded": the second number stands alone before its participle.
            phrases.extend(document.children_by(by, Deprel::Nummod));
        }
        if document.upos(by) == Upos::Adj || document.deprel(by) == Deprel::Xcomp {
            // "left 12 dead": the number is the object of the verb above.
            phrases.extend(document.head(by).and_then(|verb| document.child_by(verb, Deprel::Obj)));
        }
        let counted = phrases
            .into_iter()
            .flat_map(|phrase| with_conjuncts(document, phrase))
            // "killed nine and wounded four others" read as one list: the four are counted with "wounded".
            .filter(|&phrase| {
                !document.children(phrase).iter().any(|&child| {
                    child != by && kind_of(document.lemma(child)).is_some_and(|other| other != kind)
                })
            })
            // What is seized may be goods.
            .filter(|&phrase| {
                !matches!(document.lemma(by), "seize" | "snatch")
                    || words.is_in(phrase, "captives")
                    || words.is_in(phrase, "people")
            })
            .filter_map(|phrase| count(words, phrase))
            .fold(None::<(u32, TokenSpan)>, |sum, (count, tokens)| match sum {
                Some((total, first)) => Some((total.saturating_add(count), first)),
                None => Some((count, tokens)),
            });
        if let Some((count, tokens)) = counted
            && !found.iter().any(|old| old.size.tokens == tokens)
        {
            found.push(Counted { size: Size { kind, count, tokens }, by });
        }
    }
    tolls(words, sentence, &mut found);
    for token in document.sentence(sentence).tokens.iter() {
        if words.is_noun(token)
            && words.is_in(token, "weapons")
            && let Some((count, tokens)) = count(words, token)
        {
            found.push(Counted { size: Size { kind: SizeKind::Weapons, count, tokens }, by: token });
        }
    }
    found
}

/// "bringing the death toll to 12", "a toll of 12", "five children were among the dead".
fn tolls(words: &Words, sentence: SentenceIdx, found: &mut Vec<Counted>) {
    let document = words.document;
    let tokens = document.sentence(sentence).tokens;
    for by in tokens.iter() {
        let before = by.index().checked_sub(1).map(TokenIdx::new).filter(|&token| tokens.holds(token));
        let size = match document.lower(by) {
            "toll" if before.is_some_and(|token| document.lower(token) == "death") => {
                // The number follows within a few words, after "to", "of", "at" or "stands at".
                let after = (by.index() + 1..(by.index() + 7).min(tokens.end as usize)).map(TokenIdx::new);
                let leads = after.clone().any(|token| matches!(document.lower(token), "to" | "of" | "at"));
                after.filter(|_| leads).find_map(|token| {
                    let numeral = document.upos(token) == Upos::Num;
                    let count = number(document.lower(token)).filter(|_| numeral)?;
                    Some(Size { kind: SizeKind::Dead, count, tokens: TokenSpan::single(token) })
                })
            }
            "dead" | "injured" | "wounded" | "victims" => {
                let kind = match document.lower(by) {
                    "dead" | "victims" => SizeKind::Dead,
                    _ => SizeKind::Injured,
                };
                let first = tokens.first().index().max(by.index().saturating_sub(3));
                let among =
                    (first..by.index()).map(TokenIdx::new).find(|&token| document.lower(token) == "among");
                among.and_then(|among| {
                    let first = tokens.first().index().max(among.index().saturating_sub(8));
                    (first..among.index()).rev().map(TokenIdx::new).find_map(|token| {
                        let numeral = document.upos(token) == Upos::Num;
                        let count = number(document.lower(token)).filter(|_| numeral)?;
                        Some(Size { kind, count, tokens: TokenSpan::single(token) })
                    })
                })
            }
            _ => None,
        };
        if let Some(size) = size
            && !found.iter().any(|old| old.size.tokens.holds(size.tokens.first()))
        {
            found.push(Counted { size, by });
        }
    }
}

fn kind_of(lemma: &str) -> Option<SizeKind> {
    Some(match lemma {
        "kill" | "dead" | "die" | "slay" | "massacre" | "perish" | "murder" | "behead" | "execute" => {
            SizeKind::Dead
        }
        "injure" | "wound" | "hurt" | "injured" | "wounded" => SizeKind::Injured,
        "arrest" | "detain" | "jail" | "imprison" => SizeKind::Arrested,
        "kidnap" | "abduct" | "seize" | "snatch" => SizeKind::Abducted,
        _ => return None,
    })
}

/// The number that a phrase gives: `12 people`, `at least two`, `40,000 protesters`.
pub(crate) fn count(words: &Words, phrase: TokenIdx) -> Option<(u32, TokenSpan)> {
    let document = words.document;
    let numeral = match document.upos(phrase) {
        Upos::Num => phrase,
        _ => document.child_by(phrase, Deprel::Nummod)?,
    };
    let count = number(document.lower(numeral))?;
    let factor = document
        .children(numeral)
        .iter()
        .copied()
        .chain(document.head(numeral))
        .find_map(|token| match document.lower(token) {
            "hundred" => Some(100),
            "thousand" => Some(1_000),
            "million" => Some(1_000_000),
            _ => None,
        })
        .filter(|_| count < 1_000)
        .unwrap_or(1);
    let (first, last) = (numeral.index().min(phrase.index()), numeral.index().max(phrase.index()));
    // "12 of them" and the like are short; a longer stretch is a bad tree.
    let tokens = if last - first < 6 { TokenSpan::new(first, last + 1) } else { TokenSpan::single(numeral) };
    Some((count.saturating_mul(factor), tokens))
}

/// The value of a number written in digits or as a word.
fn number(text: &str) -> Option<u32> {
    const TENS: &[&str] = &["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(value) = number_word(text) {
        return Some(value);
    }
    if let Some(tens) = TENS.iter().position(|&word| word == text) {
        return Some(30 + 10 * tens as u32);
    }
    let digits: String = text.chars().filter(|&letter| letter != ',').collect();
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: u32 = digits.parse().ok()?;
    // A bare year is no number of people.
    (!(1900..=2100).contains(&value) || text.contains(',')).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_and_digits() {
        for (text, expected) in [
            ("12", Some(12)),
            ("1,200", Some(1200)),
            ("twelve", Some(12)),
            ("ninety", Some(90)),
            ("2019", None),
            ("dozens", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
