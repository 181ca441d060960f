//! Time expressions and the days they mean.

use dateline_text::{ByteSpan, TokenSpan, labels};
use jiff::civil::Date;

/// An expression of time.
#[derive(Clone, Debug)]
pub struct TimeExpression {
    /// The words.
    pub tokens: TokenSpan,
    /// The bytes of the words.
    pub span: ByteSpan,
    /// What it is.
    pub kind: TimexType,
    /// TIMEX3 value: `2022-04-18`, `2022-04`, `P9D`, `2022-04-16TEV`, `PAST_REF`; with no day to count
    /// from, a relative expression keeps what it says (`XXXX-WXX-1` for "Monday").
    pub value: String,
    /// The calendar days it covers, where they are known.
    pub days: Option<DayRange>,
}

labels! {
    /// The type of a TIMEX3 expression.
    pub enum TimexType as "TIMEX3 type" {
        Date = "DATE",
        Time = "TIME",
        Duration = "DURATION",
        Set = "SET",
    }
}

/// Calendar days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DayRange {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}
