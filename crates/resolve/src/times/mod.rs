//! Times: expressions of time in a text, and the days they mean.
//!
//! ```text
//! words     closed classes: months, weekdays, units, number words
//! grammar   tokens -> Meaning, without a calendar ("the last Monday", "two weeks ago", "April 18")
//! tense     whether the clause around it looks back or ahead
//! value     Meaning + the day of publication -> TIMEX3 value and calendar days
//! find      the expressions of a document
//! ```
//! Without a day of publication a relative expression stays relative: `XXXX-WXX-1` for "Monday", no days. The
//! day of publication itself is never the answer for want of a better one. What counts from an event ("two
//! days later", "the following day") is counted from the day that the paragraph told last; where it told none it
//! keeps `XXXX-XX-XX`.

mod find;
mod grammar;
mod tense;
mod value;
mod words;

pub use find::find_times;
