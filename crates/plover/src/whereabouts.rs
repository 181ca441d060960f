//! Where an event happened: a place in the trigger's own clause, else the sentence's only place; "here" is where the
//! dateline says that the report was written.
//!
//! In:  a trigger and the report's place mentions.
//! Out: a place, or none.
//!
//! A name that stands for a government is no place, and without "here" neither is the dateline. "in", "at", "near" and
//! the like must introduce the place; "to" does for a visit.

use crate::EventType;
use crate::syntax::preposition;
use crate::when::clause_of;
use crate::words::Words;
use dateline_resolve::{PlaceIdx, PlaceKind, Resolution};
use dateline_text::{Deprel, SentenceIdx, TokenIdx, TokenSpan};

/// Finds the place of the event whose trigger this is.
pub(crate) fn place_of(
    words: &Words,
    resolution: &Resolution,
    sentence: SentenceIdx,
    trigger: TokenIdx,
    event: EventType,
) -> Option<PlaceIdx> {
    let document = words.document;
    let tokens = document.sentence(sentence).tokens;
    let mentions = resolution.place_mentions.as_slice();
    let first = mentions.partition_point(|mention| mention.tokens.start < tokens.start);
    let here = mentions[first..].iter().take_while(|mention| mention.tokens.start < tokens.end);
    let mine = clause_of(words, trigger);
    let mut best: Option<(usize, PlaceIdx)> = None;
    let mut located = Vec::new();
    for mention in here.filter(|mention| !mention.metonymic && mention.tokens.n_tokens() > 0) {
        let head = phrase_head(words, mention.tokens);
        let has_area =
            !matches!(resolution.places[mention.place].kind, PlaceKind::Country | PlaceKind::Settlement);
        let locative = introduced(words, head, event, has_area).or_else(|| {
            // "in the coastal town of Hamhung": the place hangs under the noun that the preposition introduces.
            let above = document.head(head)?;
            introduced(words, above, event, true)
        });
        let Some(distance) = locative else { continue };
        if !located.contains(&mention.place) {
            located.push(mention.place);
        }
        let same_clause = document.is_within(head, trigger) || clause_of(words, head) == mine;
        if same_clause {
            let rank = distance + if document.is_within(head, trigger) { 0 } else { 2 };
            if best.is_none_or(|(old, _)| rank < old) {
                best = Some((rank, mention.place));
            }
        }
    }
    match (best, located.as_slice()) {
        (Some((_, place)), _) => Some(place),
        (None, [only]) => Some(*only),
        _ => None,
    }
}

/// The place of the dateline for an event in whose clause the reporter says "here". Who is quoted may be elsewhere; `is_quoted`
/// tells which words are not the reporter's.
pub(crate) fn written_here(
    words: &Words,
    resolution: &Resolution,
    sentence: SentenceIdx,
    trigger: TokenIdx,
    is_quoted: impl Fn(TokenIdx) -> bool,
) -> Option<PlaceIdx> {
    let document = words.document;
    let dateline = resolution.place_of_dateline()?;
    let mine = clause_of(words, trigger);
    let mut heres =
        document.sentence(sentence).tokens.iter().filter(|&token| document.lower(token) == "here");
    heres
        .any(|here| {
            !is_quoted(here)
                && clause_of(words, here) == mine
                && document.child_by(here, Deprel::Cop).is_none()
        })
        .then_some(dateline)
}

/// The word of a phrase on which the others depend.
pub(crate) fn phrase_head(words: &Words, tokens: TokenSpan) -> TokenIdx {
    let document = words.document;
    tokens
        .iter()
        .find(|&token| !document.head(token).is_some_and(|head| tokens.holds(head)))
        .unwrap_or_else(|| tokens.first())
}

/// Whether a phrase is introduced as a place, and how closely. One is *on* an island or a border; what is "on
/// Peru" is about it, and an envoy "for Peru" need not be there.
fn introduced(words: &Words, phrase: TokenIdx, event: EventType, has_area: bool) -> Option<usize> {
    let document = words.document;
    let case = preposition(document, phrase)?;
    match document.lower(case) {
        "in" | "at" | "near" | "off" | "outside" | "inside" | "around" | "across" | "throughout" => Some(0),
        "on" | "over" if has_area => Some(1),
        "along" | "through" | "into" | "within" => Some(1),
        "to" | "for" if event == EventType::Consult && document.deprel(phrase).universal() == "obl" => {
            Some(1)
        }
        "to" if event == EventType::Consult => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coder;
    use dateline_parse::Parser;
    use dateline_resolve::{Resolver, Setting};
    use dateline_text::ByteSpan;
    use std::sync::Arc;

    #[test]
    fn here_is_where_the_report_was_written() {
        let parser = Parser::embedded().unwrap_or_else(|error| panic!("the embedded model: {error}"));
        for (text, trigger, expected) in [
            ("ABUJA - Gunmen kidnapped ten students here on Thursday.", "kidnapped", Some("Abuja")),
            ("ABUJA - Leaders ended a summit here on Sunday.", "summit", Some("Abuja")),
            // Nothing says where it was.
            ("ABUJA - Gunmen kidnapped ten students on Thursday.", "kidnapped", None),
            // The court is here; the students were elsewhere.
            ("ABUJA - Ten students were abducted in 1977, a prosecutor told a court here.", "abducted", None),
            ("ABUJA - \"They beat us here,\" said Musa Bello in Kano.", "beat", None),
            ("Gunmen kidnapped ten students here on Thursday.", "kidnapped", None),
        ] {
            let text: Arc<str> = Arc::from(text);
            let whole = ByteSpan::new(0, text.len());
            let document = parser.parse(Arc::clone(&text), &[whole]);
            let resolution = Resolver::embedded().resolve(&document, &Setting::default());
            let words = Words::new(&document, &Coder::embedded().lexicon);
            let mut tokens = (0..document.tokens().len()).map(TokenIdx::new);
            let trigger = tokens.find(|&token| document.form(token) == trigger).expect("the trigger");
            let quote = text.find('"').zip(text.rfind('"'));
            let is_quoted = |token: TokenIdx| {
                let start = document.token(token).span.start as usize;
                quote.is_some_and(|(from, to)| (from..to).contains(&start))
            };
            let sentence = document.sentence_of(trigger);
            let found = written_here(&words, &resolution, sentence, trigger, is_quoted);
            let found = found.map(|place| resolution.places[place].name.as_str());
            assert_eq!(found, expected, "{text}");
        }
    }
}
