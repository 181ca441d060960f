//! The days that a time expression gives an event, where the words around it make more of it than one day.
//!
//! In:  a time expression, the event's trigger and the day of publication.
//! Out: its days.
//!
//! ```text
//! Troops have been massing since Wednesday     from Wednesday to the day of publication
//! was jammed from Friday to Sunday             all three days
//! camped outside for a third day Sunday        Friday to Sunday
//! ```

use super::clause_of;
use crate::words::Words;
use dateline_resolve::{DayRange, Resolution, TimeIdx};
use dateline_text::{TokenIdx, number_word};
use jiff::ToSpan;
use jiff::civil::Date;

/// The days of an expression as those of the event whose trigger this is.
pub(super) fn days_of(
    words: &Words,
    resolution: &Resolution,
    time: TimeIdx,
    trigger: TokenIdx,
    published: Option<Date>,
) -> Option<DayRange> {
    let expression = &resolution.times[time];
    let mut days = expression.days?;
    if let Some(other) = joined(words, resolution, time) {
        return Some(DayRange { from: days.from.min(other.from), to: days.to.max(other.to) });
    }
    let document = words.document;
    let before = (expression.tokens.start as usize).checked_sub(1).map(TokenIdx::new);
    let since = expression.tokens.iter().chain(before).any(|token| document.lower(token) == "since");
    if let Some(published) = published.filter(|&published| since && days.from <= published) {
        days.to = published;
    } else if days.from == days.to
        && let Some(n) = ordinal_day(words, trigger)
        && let Ok(from) = days.from.checked_sub(i64::from(n - 1).days())
    {
        days.from = from;
    }
    Some(days)
}

/// The other end of "from Friday to Sunday", "between 1992 and 1995", or the other day of "on Friday and Saturday".
fn joined(words: &Words, resolution: &Resolution, time: TimeIdx) -> Option<DayRange> {
    let document = words.document;
    let times = resolution.times.as_slice();
    let join = |first: usize, second: usize| -> bool {
        let (Some(first), Some(second)) = (times.get(first), times.get(second)) else { return false };
        let (Some(from), Some(to)) = (first.days, second.days) else { return false };
        if first.tokens.end + 1 != second.tokens.start || from.to > to.to {
            return false;
        }
        let lead = (first.tokens.start as usize).checked_sub(1).map(TokenIdx::new);
        let lead = lead.map_or("", |token| document.lower(token));
        match document.lower(TokenIdx::new(first.tokens.end as usize)) {
            "to" | "through" | "until" | "till" => lead == "from" || lead == "on",
            "and" if lead == "between" => true,
            // Two days in a row are one stretch, two others are two.
            "and" => {
                from.from == from.to && from.to.tomorrow().is_ok_and(|next| next == to.from && next == to.to)
            }
            _ => false,
        }
    };
    let number = time.index();
    if join(number, number + 1) {
        return times[number + 1].days;
    }
    let before = number.checked_sub(1)?;
    if join(before, number) { times[before].days } else { None }
}

/// The number in "for a third day" in the clause of the trigger.
fn ordinal_day(words: &Words, trigger: TokenIdx) -> Option<u32> {
    let document = words.document;
    let sentence = document.sentence(document.sentence_of(trigger)).tokens;
    let clause = clause_of(words, trigger);
    sentence.iter().find_map(|token| {
        let n = ordinal(document.lower(token))?;
        let day = (token.index() + 1..token.index() + 3)
            .map(TokenIdx::new)
            .find(|&next| sentence.holds(next) && matches!(document.lower(next), "day" | "night"))?;
        let article = token.index().checked_sub(1).map(TokenIdx::new)?;
        let before = article.index().checked_sub(1).map(TokenIdx::new)?;
        let counts = document.lower(before) == "for"
            && matches!(document.lower(article), "a" | "an" | "the")
            && clause_of(words, day) == clause;
        counts.then_some(n)
    })
}

fn ordinal(word: &str) -> Option<u32> {
    match word {
        "second" => Some(2),
        "third" => Some(3),
        "fifth" => Some(5),
        "eighth" => Some(8),
        "ninth" => Some(9),
        "twelfth" => Some(12),
        _ => number_word(word.strip_suffix("th")?),
    }
    .filter(|n| (2..=31).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::analysed;
    use dateline_resolve::find_times;
    use jiff::civil::date;

    #[track_caller]
    fn assert_days(rows: &str, trigger: usize, expected: &str) {
        let document = analysed(rows);
        let lexicon = &crate::Coder::embedded().lexicon;
        let words = Words::new(&document, lexicon);
        let published = Some(date(2022, 4, 18));
        let resolution = Resolution { times: find_times(&document, published), ..Resolution::default() };
        let days = days_of(&words, &resolution, TimeIdx::new(0), TokenIdx::new(trigger), published);
        let days = days.map_or_else(|| "-".to_owned(), |days| format!("{}..{}", days.from, days.to));
        assert_eq!(days, expected, "{}", document.text());
    }

    #[test]
    fn words_around_a_day_make_a_stretch() {
        assert_days(
            "Chad Chad PROPN NNP 2 nsubj
             protested protest VERB VBD 0 root
             since since ADP IN 4 case
             Wednesday Wednesday PROPN NNP 2 obl",
            1,
            "2022-04-13..2022-04-18",
        );
        assert_days(
            "Chad Chad PROPN NNP 2 nsubj
             protested protest VERB VBD 0 root
             from from ADP IN 4 case
             Friday Friday PROPN NNP 2 obl
             to to ADP IN 6 case
             Sunday Sunday PROPN NNP 2 obl",
            1,
            "2022-04-15..2022-04-17",
        );
        assert_days(
            "Chad Chad PROPN NNP 2 nsubj
             protested protest VERB VBD 0 root
             for for ADP IN 6 case
             a a DET DT 6 det
             third third ADJ JJ 6 amod
             day day NOUN NN 2 obl
             Sunday Sunday PROPN NNP 2 obl:tmod",
            1,
            "2022-04-15..2022-04-17",
        );
    }

    #[test]
    fn leaves_two_days_apart_alone() {
        assert_days(
            "Chad Chad PROPN NNP 2 nsubj
             protested protest VERB VBD 0 root
             on on ADP IN 4 case
             Wednesday Wednesday PROPN NNP 2 obl
             and and CCONJ CC 6 cc
             Sunday Sunday PROPN NNP 4 conj",
            1,
            "2022-04-13..2022-04-13",
        );
    }
}
