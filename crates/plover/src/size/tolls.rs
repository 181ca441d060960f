//! Numbers of victims that stand apart from any verb: tolls, and who was "among the dead".
//!
//! ```text
//! bringing the death toll to 12             dead 12
//! Five children were among the wounded.     injured 5
//! ```

use super::Counted;
use super::numbers::count;
use crate::words::Words;
use crate::{Size, SizeKind};
use dateline_text::{SentenceIdx, TokenIdx, TokenSpan, Upos};

/// How far behind the word "toll" its number may stand, in tokens.
const REACH: usize = 8;

/// Adds the tolls of a sentence to what was found in it.
pub(super) fn add_tolls(words: &Words, sentence: SentenceIdx, found: &mut Vec<Counted>) {
    let document = words.document;
    let tokens = document.sentence(sentence).tokens;
    for by in tokens.iter() {
        let size = match document.lower(by) {
            "toll" => after_toll(words, tokens, by),
            "dead" | "victims" => among(words, tokens, by, SizeKind::Dead),
            "injured" | "wounded" => among(words, tokens, by, SizeKind::Injured),
            _ => None,
        };
        if let Some(size) = size
            && !found.iter().any(|old| old.size.tokens.holds(size.tokens.first()))
        {
            found.push(Counted { size, by });
        }
    }
}

/// "the death toll rose to 41", "a toll of 12": after "to", "of" or "at".
fn after_toll(words: &Words, tokens: TokenSpan, by: TokenIdx) -> Option<Size> {
    let document = words.document;
    let before = by.index().checked_sub(1).map(TokenIdx::new).filter(|&token| tokens.holds(token));
    let end = (by.index() + 1 + REACH).min(tokens.end as usize);
    let mut after = (by.index() + 1..end).map(TokenIdx::new);
    let of_death = before.is_some_and(|token| document.lower(token) == "death")
        || after.clone().any(|token| matches!(document.lower(token), "dead" | "deaths" | "killed"));
    after.by_ref().find(|&token| matches!(document.lower(token), "to" | "of" | "at")).filter(|_| of_death)?;
    // "from 38 to 41": the new one.
    let numeral = after.find(|&token| document.upos(token) == Upos::Num)?;
    let (count, tokens) = count(words, numeral)?;
    Some(Size { kind: SizeKind::Dead, count, tokens })
}

/// "five children were among the dead"
fn among(words: &Words, tokens: TokenSpan, by: TokenIdx, kind: SizeKind) -> Option<Size> {
    let document = words.document;
    let first = tokens.first().index().max(by.index().saturating_sub(3));
    let among = (first..by.index()).map(TokenIdx::new).find(|&token| document.lower(token) == "among")?;
    let first = tokens.first().index().max(among.index().saturating_sub(8));
    let numeral =
        (first..among.index()).rev().map(TokenIdx::new).find(|&token| document.upos(token) == Upos::Num)?;
    let (count, tokens) = count(words, numeral)?;
    Some(Size { kind, count, tokens })
}
