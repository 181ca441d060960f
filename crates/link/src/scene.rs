//! The names that stand around a telling, by which its place is known where the telling itself has none.
//!
//! ```text
//! Laraba Musa came to the school in Rugar Danbaba. Her sons are among the 227 whom gunmen kidnapped there.
//!                                   ^^^^^^^^^^^^^ named around the second sentence
//! ```
//!
//! Another report that places the kidnapping at Rugar Danbaba then tells of the same place. One of the two must
//! know that it is a place; in the other the words may be taken for anything.

use crate::tellings::Telling;
use crate::words::{fold, number};
use dateline_resolve::PlaceKind;
use dateline_text::{Document, SentenceIdx, TokenIdx, Upos, calendar};

/// Sentences before that of a telling whose names count too.
const SENTENCES_BEFORE: usize = 2;
/// Names that are kept of a telling, the nearest ones.
const NAMES_KEPT: usize = 10;

/// A name in two bytes: of ten names and another one, two are taken for one once in six thousand times.
pub type NameNumber = u16;

/// The number of a name.
pub(crate) fn name_number(name: &str) -> NameNumber {
    number(&fold(name)) as NameNumber
}

/// The names in a sentence, then those in the sentences before it.
pub(crate) fn names_around(document: &Document, sentence: SentenceIdx) -> Vec<NameNumber> {
    let mut names = Vec::new();
    for at in (0..=sentence.index()).rev().take(SENTENCES_BEFORE + 1) {
        for name in names_in(document, SentenceIdx::new(at)) {
            if names.len() < NAMES_KEPT && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Proper nouns in a row, as one name.
fn names_in(document: &Document, sentence: SentenceIdx) -> Vec<NameNumber> {
    let tokens: Vec<TokenIdx> = document.sentence(sentence).tokens.iter().collect();
    let runs = tokens.chunk_by(|&a, &b| is_name(document, a) == is_name(document, b));
    let runs = runs.filter(|run| is_name(document, run[0]) && !is_of_dateline(document, run));
    runs.map(|run| {
        let words: Vec<&str> = run.iter().map(|&token| document.form(token)).collect();
        name_number(&words.join(" "))
    })
    .collect()
}

fn is_name(document: &Document, token: TokenIdx) -> bool {
    document.upos(token) == Upos::Propn && !is_day_or_month(document.lower(token))
}

/// Whether a name is printed as the place of a dateline is, in capitals: there the report was written.
fn is_of_dateline(document: &Document, run: &[TokenIdx]) -> bool {
    const SHORTEST: usize = 4;
    run.iter().all(|&token| {
        let form = document.form(token);
        form.len() >= SHORTEST && !form.contains(char::is_lowercase)
    })
}

fn is_day_or_month(word: &str) -> bool {
    calendar::WEEKDAYS.contains(&word) || calendar::MONTHS.contains(&word)
}

/// The number of a telling's place, where that is a place one can stand in and not a whole province.
pub(crate) fn spot(telling: &Telling) -> Option<NameNumber> {
    let place = telling.place.as_ref()?;
    matches!(place.kind, PlaceKind::Site | PlaceKind::Settlement | PlaceKind::Unknown)
        .then(|| name_number(&place.name))
}
