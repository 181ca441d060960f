//! Indirect speech by word order, where the tree is not to be trusted: `The raid, she said, had failed`;
//! `They had left, said the mayor`; `The mayor said the raid had failed`.
//!
//! News puts its verbs of saying in few places, and the commas around them are more reliable than a parse of the long
//! sentence they stand in.

use crate::reading::{Reading, Source};
use dateline_text::{TokenIdx, TokenSpan, Upos};

/// Words of time and manner that may follow a closing cue: `she said on Monday in a statement`.
const MAX_AFTER: usize = 12;

/// What a cue set apart by a comma attributes: the words before it, and those after it where the sentence goes on.
pub(crate) fn set_apart(reading: &Reading, verb: TokenIdx, source: &Source) -> Option<Vec<TokenSpan>> {
    let document = reading.document;
    if !reading.is_finite(verb) || source.pieces.len() != 1 {
        return None;
    }
    let sentence = reading.sentence(verb);
    let cue = reading.cue_span(verb, verb);
    let piece = source.pieces[0];
    let (start, end) = (piece.start.min(cue.start), piece.end.max(cue.end));
    if start <= sentence.start + 1 {
        return None;
    }
    // Source and cue stand side by side.
    let between = if piece.start < cue.start { (piece.end, cue.start) } else { (cue.end, piece.start) };
    if between.1 > between.0 + 1 {
        return None;
    }
    let before_unit = TokenIdx::new(start as usize - 1);
    if !is_break(document.form(before_unit)) || reading.quote_at(before_unit).is_some() {
        return None;
    }
    let before = TokenSpan { start: sentence.start, end: start - 1 };
    let before_is_clause =
        before.iter().any(|token| reading.is_finite(token) && reading.quote_at(token).is_none());
    let next = (end < sentence.end).then(|| TokenIdx::new(end as usize));
    match next.map(|next| document.form(next)) {
        None | Some("." | "!" | "?" | ";" | ")") => {
            (before_is_clause || before.n_tokens() > 4).then(|| vec![before])
        }
        Some(",") => {
            let after = TokenSpan { start: end + 1, end: sentence.end };
            let first = (after.start < after.end).then(|| after.first())?;
            if reading.quote_at(first).is_some() {
                return None;
            }
            // `The raid, she said, had failed`: the clause goes on. `They left, said Amara, a nurse`: it does not.
            let goes_on = if piece.start < cue.start {
                true
            } else {
                reading.is_finite(first)
                    || matches!(document.upos(first), Upos::Cconj | Upos::Adp | Upos::Sconj | Upos::Aux)
            };
            match (goes_on, before_is_clause) {
                (true, _) => Some(vec![before, after]),
                (false, true) => Some(vec![before]),
                (false, false) => None,
            }
        }
        // `… , she said on Monday.`
        Some(_) if before_is_clause => {
            let rest = TokenSpan { start: end, end: sentence.end };
            let closes = rest.n_tokens() <= MAX_AFTER
                && !rest.iter().any(|token| {
                    reading.is_finite(token)
                        || reading.quote_at(token).is_some()
                        || document.lower(token) == "that"
                });
            let adjunct = next.is_some_and(|next| {
                matches!(document.upos(next), Upos::Adp | Upos::Adv)
                    || matches!(
                        document.lower(next),
                        "monday"
                            | "tuesday"
                            | "wednesday"
                            | "thursday"
                            | "friday"
                            | "saturday"
                            | "sunday"
                            | "last"
                            | "this"
                            | "earlier"
                            | "yesterday"
                            | "today"
                            | "late"
                    )
            });
            (closes && adjunct).then(|| vec![before])
        }
        Some(_) => None,
    }
}

fn is_break(form: &str) -> bool {
    matches!(form, "," | "—" | "–" | "--")
}

/// What follows a cue to the end of its sentence, where a clause begins right after it.
pub(crate) fn rest_of_sentence(reading: &Reading, verb: TokenIdx, last: TokenIdx) -> Option<TokenSpan> {
    let document = reading.document;
    if !reading.is_finite(verb) {
        return None;
    }
    let sentence = reading.sentence(verb);
    let start = last.index() + 1;
    if start + 2 >= sentence.end as usize {
        return None;
    }
    let rest = TokenSpan::new(start, sentence.end as usize);
    let first = rest.first();
    let opens = matches!(
        document.upos(first),
        Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Num | Upos::Adj
    ) || matches!(
        document.lower(first),
        "that" | "there" | "if" | "whether" | "when" | "what" | "why" | "how"
    );
    let finite = rest.iter().take(40).any(|token| reading.is_finite(token));
    (opens && finite).then_some(rest)
}
