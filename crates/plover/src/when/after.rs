//! The day of what went before: "a day after", "hours after", "three years after" something that is dated.
//!
//! In:  a trigger that has no day of its own.
//! Out: its [`EventDate`], counted from the day of the clause above.
//!
//! ```text
//! Kyiv said on Friday that ..., three days after Moscow shelved the pact.
//!                      the pact was shelved on Tuesday
//! ```
//!
//! Not done: "two days before", whose clause is what the other waits for.

use super::clause_of;
use crate::EventDate;
use crate::syntax::MAX_STEPS;
use crate::words::Words;
use dateline_resolve::{DayRange, Resolution, TimexType};
use dateline_text::{Deprel, TokenIdx, number_word};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// How long before.
#[derive(Clone, Copy)]
enum Measure {
    Hours,
    Days(i64),
    Weeks(i64),
    Months(i64),
    Years(i64),
}

/// The day of an event that its clause counts back from another.
pub(crate) fn counted_back(words: &Words, resolution: &Resolution, trigger: TokenIdx) -> EventDate {
    let found = clause_after(words, trigger).and_then(|(measure, above)| {
        let days = single_day(words, resolution, above)?;
        back(days, measure)
    });
    EventDate { days: found, time: None }
}

/// The clause of a trigger, or one above it, that "N days after" introduces, and the clause that this one hangs on.
fn clause_after(words: &Words, trigger: TokenIdx) -> Option<(Measure, TokenIdx)> {
    let document = words.document;
    let mut at = clause_of(words, trigger)?;
    for _ in 0..3 {
        let mark = document.children(at).iter().copied().find(|&child| {
            matches!(document.deprel(child), Deprel::Mark | Deprel::Case) && document.lower(child) == "after"
        });
        let above = document.head(at).and_then(|head| clause_of(words, head));
        if let Some(mark) = mark {
            return Some((measure_before(words, mark)?, above.filter(|&above| above != at)?));
        }
        // Down a list of clauses, or through what the clause says: "after he said that ..." is not counted.
        if !matches!(document.deprel(at), Deprel::Conj | Deprel::Xcomp) {
            return None;
        }
        at = above.filter(|&above| above != at)?;
    }
    None
}

/// "three days", "hours", "a week" right before the word "after".
fn measure_before(words: &Words, mark: TokenIdx) -> Option<Measure> {
    let document = words.document;
    let word = |back: usize| mark.index().checked_sub(back).map_or("", |i| document.lower(TokenIdx::new(i)));
    let unit = word(1);
    if matches!(unit, "hours" | "hour" | "minutes" | "shortly" | "moments") {
        return Some(Measure::Hours);
    }
    let n = match word(2) {
        "a" | "an" => 1,
        "few" | "some" | "several" => return None,
        digits => number_word(digits).or_else(|| digits.parse().ok()).filter(|n| (1..1000).contains(n))?,
    };
    let n = i64::from(n);
    Some(match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => Measure::Days(n),
        "week" => Measure::Weeks(n),
        "fortnight" => Measure::Weeks(2 * n),
        "month" => Measure::Months(n),
        "year" => Measure::Years(n),
        _ => return None,
    })
}

/// The one day of a clause, or of the nearest above it that has one.
fn single_day(words: &Words, resolution: &Resolution, clause: TokenIdx) -> Option<Date> {
    let document = words.document;
    let sentence = document.sentence(document.sentence_of(clause)).tokens;
    let times = resolution.times.as_slice();
    let first = times.partition_point(|time| time.tokens.start < sentence.start);
    let here: Vec<_> = times[first..]
        .iter()
        .take_while(|time| time.tokens.start < sentence.end)
        .filter(|time| matches!(time.kind, TimexType::Date | TimexType::Time))
        .filter_map(|time| {
            let days = time.days.filter(|days| days.from == days.to)?;
            Some((clause_of(words, time.tokens.first())?, days.from))
        })
        .collect();
    let mut at = clause;
    for _ in 0..MAX_STEPS {
        if let Some((_, day)) = here.iter().find(|(clause, _)| *clause == at) {
            return Some(*day);
        }
        at = document.head(at).and_then(|head| clause_of(words, head)).filter(|&above| above != at)?;
    }
    None
}

fn back(day: Date, measure: Measure) -> Option<DayRange> {
    let one = |day: Date| DayRange { from: day, to: day };
    match measure {
        Measure::Hours => Some(one(day)),
        Measure::Days(n) => day.checked_sub(n.days()).ok().map(one),
        Measure::Weeks(n) => day.checked_sub(n.weeks()).ok().map(one),
        Measure::Months(n) => {
            let there = day.checked_sub(n.months()).ok()?;
            Some(DayRange { from: there.first_of_month(), to: there.last_of_month() })
        }
        Measure::Years(n) => {
            let year = day.checked_sub(n.years()).ok()?.year();
            (year > 0).then(|| DayRange { from: date(year, 1, 1), to: date(year, 12, 31) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::analysed;
    use dateline_resolve::find_times;

    /// The day of the sixth-last row's verb under `after`, with these words before it.
    #[track_caller]
    fn assert_back(number: &str, unit: &str, conjunction: &str, expected: &str) {
        let rows = format!(
            "Chad Chad PROPN NNP 2 nsubj
             left leave VERB VBD 0 root
             on on ADP IN 4 case
             Friday Friday PROPN NNP 2 obl
             {number} {number} NUM CD 6 nummod
             {unit} {unit} NOUN NNS 9 obl:npmod
             {conjunction} {conjunction} SCONJ IN 9 mark
             Niger Niger PROPN NNP 9 nsubj
             attacked attack VERB VBD 2 advcl
             Moro Moro PROPN NNP 9 obj"
        );
        let document = analysed(&rows);
        let words = Words::new(&document, &crate::Coder::embedded().lexicon);
        let times = find_times(&document, Some(date(2022, 4, 18)));
        let resolution = Resolution { times, ..Resolution::default() };
        let found = counted_back(&words, &resolution, TokenIdx::new(8)).days;
        let found = found.map_or_else(|| "-".to_owned(), |days| format!("{}..{}", days.from, days.to));
        assert_eq!(found, expected, "{}", document.text());
    }

    #[test]
    fn days_are_counted_back_from_the_clause_above() {
        assert_back("three", "days", "after", "2022-04-12..2022-04-12");
        assert_back("two", "weeks", "after", "2022-04-01..2022-04-01");
        assert_back("12", "hours", "after", "2022-04-15..2022-04-15");
        assert_back("six", "years", "after", "2016-01-01..2016-12-31");
    }

    #[test]
    fn leaves_what_is_not_counted_alone() {
        assert_back("several", "days", "after", "-");
        assert_back("three", "men", "after", "-");
        assert_back("three", "days", "because", "-");
    }
}
