//! Expressions of time as the words give them, before any calendar.

use super::words::{
    DayPart, Unit, day_of_month, day_part, month, number, ordinal, season, unit, weekday, year,
};
use dateline_text::{Document, TokenIdx, Upos};

/// Which of several like it: "last", "this", "next", or nothing said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
    Plain,
}

/// Which part of a period is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    Whole,
    /// "earlier this month": up to the day of publication
    Earlier,
    /// "later this month": from the day of publication on
    Later,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    None,
    Part(DayPart),
    /// Hour and minute.
    At(u8, u8),
}

/// A day as the words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// Year, where it is said, month and day.
    Date(Option<i16>, i8, i8),
    Weekday(i8, Which),
    /// Days from the day of publication.
    Offset(i64),
    /// The weekday of a week, counted in weeks from that of publication: "Wednesday of last week".
    WeekdayOf(i8, i64),
    /// The night before the day of publication: "overnight".
    Overnight,
    /// So many units from the day told last: "the following day", "two weeks later".
    FromTold(Unit, i64),
    /// Said to be some day that only the story knows.
    Unknown,
}

/// Which part of a month is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MonthPart {
    /// Its first ten days.
    Early,
    /// The ten in the middle.
    Middle,
    /// From the 21st on.
    Late,
    FirstWeek,
    /// Its last seven days.
    LastWeek,
}

/// What the words of an expression mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Day(Day, Clock),
    /// Year, where it is said, month, first and last day.
    Days(Option<i16>, i8, i8, i8),
    /// Month, with its year or which one.
    Month(Option<i16>, i8, Which),
    /// Year where it is said, month, and which part of it.
    PartOfMonth(Option<i16>, i8, MonthPart),
    Year(i16),
    Decade(i16),
    /// 19 for the years from 1800 on.
    Century(i16),
    Season(Option<i16>, &'static str, Which),
    /// Year where it is said, and quarter.
    Quarter(Option<i16>, i8),
    Weekend(Which),
    /// So many units from the unit that holds the day of publication.
    Period(Unit, i64, Share),
    /// A number of units, unknown for "several".
    Duration(Unit, Option<u32>),
    /// The days up to that of publication ("the past two weeks"), or from it on.
    Span(Unit, Option<u32>, Which),
    /// Every so many units, or every weekday of a kind.
    Set(Unit, u32),
    EachWeekday(i8),
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`
    Reference(&'static str),
}

/// Reads tokens of one sentence in lower case.
pub(super) struct Words<'d> {
    pub document: &'d Document,
    pub start: usize,
    pub end: usize,
}

impl<'d> Words<'d> {
    /// The word at `i`, empty outside the sentence.
    pub(super) fn at(&self, i: usize) -> &'d str {
        if (self.start..self.end).contains(&i) { self.document.lower(TokenIdx::new(i)) } else { "" }
    }

    fn before(&self, i: usize, n: usize) -> &'d str {
        i.checked_sub(n).map_or("", |i| self.at(i))
    }

    fn is_capitalised(&self, i: usize) -> bool {
        i < self.end && self.document.form(TokenIdx::new(i)).starts_with(char::is_uppercase)
    }

    fn upos(&self, i: usize) -> Option<Upos> {
        (self.start..self.end).contains(&i).then(|| self.document.upos(TokenIdx::new(i)))
    }

    /// The first expression that begins at `i`, and where it ends.
    pub(super) fn read(&self, i: usize) -> Option<(usize, Meaning)> {
        self.modified(i)
            .or_else(|| self.part_of_month(i))
            .or_else(|| self.holiday(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.calendar(i))
            .or_else(|| self.near_day(i))
            .or_else(|| self.which(i))
            .or_else(|| self.set(i))
            .or_else(|| self.reference(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.clock(i).map(|(end, clock)| self.clock_then_day(end, clock)))
            .or_else(|| self.period_name(i))
    }

    /// `early Saturday`, `late April`, `mid-2021`, `earlier this month`.
    fn modified(&self, i: usize) -> Option<(usize, Meaning)> {
        match self.at(i) {
            "early" | "late" | "mid" => {
                let mut next = i + 1;
                while matches!(self.at(next), "-" | "in" | "on") && next < i + 3 {
                    next += 1;
                }
                let (end, meaning) =
                    self.weekday(next).or_else(|| self.calendar(next)).or_else(|| self.which(next))?;
                // "late on Saturday" and "early next week" are one expression.
                let part = match self.at(i) {
                    "early" => MonthPart::Early,
                    "mid" => MonthPart::Middle,
                    _ => MonthPart::Late,
                };
                Some((end, in_part(meaning, part)))
            }
            "earlier" | "later" => {
                let share = if self.at(i) == "earlier" { Share::Earlier } else { Share::Later };
                let skip = usize::from(matches!(self.at(i + 1), "in" | "on"));
                let next = i + 1 + skip;
                let named = self.which(next).or_else(|| self.near_day(next)).or_else(|| self.weekday(next));
                let (end, meaning) = named?;
                let meaning = match meaning {
                    Meaning::Period(unit, 0, _) => Meaning::Period(unit, 0, share),
                    other => other,
                };
                Some((end, meaning))
            }
            word => {
                let rest = word.strip_prefix("mid-")?;
                if let Some(month) = month(rest) {
                    let (end, year) = self.year_after(i + 1);
                    return Some((end, Meaning::PartOfMonth(year, month, MonthPart::Middle)));
                }
                year(rest).map(|year| (i + 1, Meaning::Year(year)))
            }
        }
    }

    /// `Monday`, `Saturday evening`, `Monday, April 18`.
    fn weekday(&self, i: usize) -> Option<(usize, Meaning)> {
        let day = weekday(self.at(i)).filter(|_| self.is_capitalised(i) && self.is_weekday_word(i))?;
        let comma = usize::from(self.at(i + 1) == ",");
        if let Some((end, Meaning::Day(date @ Day::Date(..), clock))) = self.calendar(i + 1 + comma) {
            return Some((end, Meaning::Day(date, clock)));
        }
        let (end, clock) = self.part_after(i + 1);
        let of = usize::from(self.at(end) == "of");
        let weeks = match (self.at(end + of), self.at(end + of + 1)) {
            ("next", "week") => Some(1),
            ("last", "week") => Some(-1),
            ("this", "week") => Some(0),
            _ => None,
        };
        if let Some(weeks) = weeks {
            return Some((end + of + 2, Meaning::Day(Day::WeekdayOf(day, weeks), clock)));
        }
        Some((end, Meaning::Day(Day::Weekday(day, Which::Plain), clock)))
    }

    /// Short forms such as `Sun` and `Sat` count only with a full stop or before a date.
    fn is_weekday_word(&self, i: usize) -> bool {
        self.at(i).ends_with("day")
            || self.at(i).ends_with('.')
            || month(self.at(i + 1)).is_some()
            || month(self.at(i + 2)).is_some() && self.at(i + 1) == ","
    }

    /// Dates and months: `April 18, 2022`, `18 April`, `April 18-20`, `March 2019`, `2022-04-18`, `2019`.
    fn calendar(&self, i: usize) -> Option<(usize, Meaning)> {
        let word = self.at(i);
        if let Some(date) = iso_date(word) {
            return Some((i + 1, Meaning::Day(date, Clock::None)));
        }
        if let Some(month) = month(word).filter(|_| self.is_month_word(i)) {
            return Some(self.after_month(i, month));
        }
        self.day_first(i).or_else(|| self.year_alone(i))
    }

    fn after_month(&self, i: usize, month: i8) -> (usize, Meaning) {
        let mut next = i + 1;
        if self.at(next) == "the" && self.at(next + 1).len() > 2 && day_of_month(self.at(next + 1)).is_some()
        {
            next += 1;
        }
        if let Some((first, last, end)) = self.day_range(next) {
            let (end, year) = self.year_after(end);
            return (end, Meaning::Days(year, month, first, last));
        }
        if let Some(day) = day_of_month(self.at(next)) {
            let (end, year) = self.year_after(next + 1);
            let (end, clock) = self.part_after(end);
            return (end, Meaning::Day(Day::Date(year, month, day), clock));
        }
        let (end, year) = self.year_after(next);
        (end, Meaning::Month(year, month, Which::Plain))
    }

    /// `18 April 2022`, `18th of April`, `18-20 April`, `the 18th of April`.
    fn day_first(&self, i: usize) -> Option<(usize, Meaning)> {
        if let Some((first, last, end)) = self.day_range(i)
            && let Some(month) = month(self.at(end)).filter(|_| self.is_capitalised(end))
        {
            let (end, year) = self.year_after(end + 1);
            return Some((end, Meaning::Days(year, month, first, last)));
        }
        let day = day_of_month(self.at(i))?;
        let next = i + 1 + usize::from(self.at(i + 1) == "of");
        let month = month(self.at(next)).filter(|_| self.is_capitalised(next))?;
        let (end, year) = self.year_after(next + 1);
        let (end, clock) = self.part_after(end);
        Some((end, Meaning::Day(Day::Date(year, month, day), clock)))
    }

    /// `18-20`, `18 - 20`, `18 to 20`, `18 and 19`: two days and where they end.
    fn day_range(&self, i: usize) -> Option<(i8, i8, usize)> {
        let word = self.at(i);
        let (first, last, end) = match word.split_once(['-', '–']) {
            Some((first, last)) => (day_of_month(first)?, day_of_month(last)?, i + 1),
            None => {
                let first = day_of_month(word)?;
                let joins = matches!(self.at(i + 1), "-" | "–" | "to" | "through" | "and");
                (first, day_of_month(self.at(i + 2)).filter(|_| joins)?, i + 3)
            }
        };
        (first < last).then_some((first, last, end))
    }

    /// A year that follows a day or month: `2022`, `, 2022`, `of 2022`, `of last year`.
    fn year_after(&self, i: usize) -> (usize, Option<i16>) {
        let skip = usize::from(matches!(self.at(i), "," | "of"));
        match year(self.at(i + skip)) {
            Some(year) => (i + skip + 1, Some(year)),
            None => (i, None),
        }
    }

    /// `May` and `March` are months where a capital and their neighbours say so.
    fn is_month_word(&self, i: usize) -> bool {
        if !self.is_capitalised(i) {
            return false;
        }
        let word = self.at(i);
        if !matches!(word, "may" | "march" | "mar" | "jan" | "dec" | "sep" | "jun" | "nov" | "oct" | "apr") {
            return true;
        }
        let next = self.at(i + 1);
        let prepositions = [
            "in", "since", "by", "until", "till", "from", "to", "of", "last", "next", "this", "early",
            "late", "mid", "-", "during", "before", "after", "between", "and", "on", "through", "for", ",",
        ];
        day_of_month(next).is_some()
            || year(next).is_some()
            || prepositions.contains(&self.before(i, 1)) && matches!(word, "may" | "march")
            || day_of_month(self.before(i, 1)).is_some()
            || self.upos(i) == Some(Upos::Propn) && word == "march" && i > self.start
    }

    /// A year by itself: after a preposition, or where no noun is counted by it. Decades and centuries too.
    fn year_alone(&self, i: usize) -> Option<(usize, Meaning)> {
        let word = self.at(i);
        if let Some(decade) = word.strip_suffix('s').and_then(year).filter(|year| year % 10 == 0) {
            return Some((i + 1, Meaning::Decade(decade)));
        }
        let century = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        if let Some(century) = century.and_then(|digits| digits.parse().ok()).filter(|c| (5..=22).contains(c))
            && matches!(self.at(i + 1), "century" | "-century")
        {
            return Some((i + 2, Meaning::Century(century)));
        }
        let year = year(word)?;
        let prepositions = [
            "in", "since", "of", "by", "until", "till", "from", "to", "before", "after", "during", "between",
            "and", "early", "late", "mid", "for", "through", "-", "–", "(", "the", "circa", "around", ",",
        ];
        let before = self.before(i, 1);
        let counts =
            matches!(self.upos(i + 1), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Sym))
                && self.at(i + 1) != "-";
        let ranges = matches!(self.at(i + 1), "to" | "and" | "-" | "–")
            && super::words::year(self.at(i + 2)).is_some();
        let strong = matches!(before, "in" | "since" | "until" | "till" | "during") || ranges;
        let is_year = (1900..=2099).contains(&year) && (strong || !counts && before != "$")
            || strong && year >= 1400 && !counts
            || (1900..=2099).contains(&year)
                && prepositions.contains(&before)
                && self.upos(i + 1) == Some(Upos::Noun)
                && !matches!(before, "of" | "to" | "for" | "by" | "from" | "and" | "around");
        is_year.then_some((i + 1, Meaning::Year(year)))
    }

    /// `yesterday`, `today`, `tonight`, `tomorrow morning`, `overnight`, `this morning`.
    fn near_day(&self, i: usize) -> Option<(usize, Meaning)> {
        let day = |offset, clock| Meaning::Day(Day::Offset(offset), clock);
        let (end, meaning) = match self.at(i) {
            "yesterday" | "tomorrow" | "today" => {
                let offset = match self.at(i) {
                    "yesterday" => -1,
                    "tomorrow" => 1,
                    _ => 0,
                };
                let (end, clock) = self.part_after(i + 1);
                (end, day(offset, clock))
            }
            "tonight" => (i + 1, day(0, Clock::Part("TNI"))),
            "overnight" => {
                // "overnight on Friday": the night that Friday ends with.
                let next = i + 1 + usize::from(self.at(i + 1) == "on");
                match self.weekday(next).or_else(|| self.calendar(next)) {
                    Some((end, Meaning::Day(named, Clock::None))) => {
                        (end, Meaning::Day(named, Clock::Part("TNI")))
                    }
                    _ => (i + 1, Meaning::Day(Day::Overnight, Clock::Part("TNI"))),
                }
            }
            "last" if self.at(i + 1) == "night" => (i + 2, day(-1, Clock::Part("TNI"))),
            "last" if self.at(i + 1) == "evening" => (i + 2, day(-1, Clock::Part("TEV"))),
            "this" => (i + 2, day(0, Clock::Part(day_part(self.at(i + 1))?))),
            "the" if self.at(i + 1) == "day" => match (self.at(i + 2), self.at(i + 3)) {
                ("before", "yesterday") => (i + 4, day(-2, Clock::None)),
                ("after", "tomorrow") => (i + 4, day(2, Clock::None)),
                ("before" | "earlier", _) => (i + 3, Meaning::Day(Day::FromTold(Unit::Day, -1), Clock::None)),
                ("after", _) => (i + 3, Meaning::Day(Day::FromTold(Unit::Day, 1), Clock::None)),
                _ => return None,
            },
            "the" | "that"
                if matches!(self.at(i + 1), "same" | "following" | "previous" | "next" | "day") =>
            {
                let next = i + 1 + usize::from(self.at(i + 1) != "day");
                if self.at(i) == "the" && self.at(i + 1) == "day" {
                    return None;
                }
                let told = Day::FromTold(
                    Unit::Day,
                    match self.at(i + 1) {
                        "following" | "next" => 1,
                        "previous" => -1,
                        _ => 0,
                    },
                );
                match self.at(next) {
                    "day" => (next + 1, Meaning::Day(told, Clock::None)),
                    part => (next + 1, Meaning::Day(told, Clock::Part(day_part(part)?))),
                }
            }
            "that" => {
                (i + 2, Meaning::Day(Day::FromTold(Unit::Day, 0), Clock::Part(day_part(self.at(i + 1))?)))
            }
            _ => return None,
        };
        Some((end, meaning))
    }

    /// `last week`, `next Monday`, `this month`, `last April`, `the past two years`, `the weekend`.
    fn which(&self, i: usize) -> Option<(usize, Meaning)> {
        let mut next = i;
        let has_article = self.at(next) == "the";
        if has_article {
            next += 1;
        }
        if self.at(next) == "weekend" && (has_article || matches!(self.before(i, 1), "at" | "over")) {
            return Some((next + 1, Meaning::Weekend(Which::Plain)));
        }
        let which = match self.at(next) {
            "last" | "past" => Which::Last,
            "this" | "current" => Which::This,
            "next" => Which::Next,
            "coming" if has_article => Which::Next,
            _ => return None,
        };
        let is_past = self.at(next) == "past" || self.at(next) == "coming";
        next += 1;
        if which == Which::This && matches!(self.at(next), "past" | "coming") {
            let which = if self.at(next) == "past" { Which::Last } else { Which::Next };
            let day = weekday(self.at(next + 1)).filter(|_| self.is_capitalised(next + 1))?;
            let (end, clock) = self.part_after(next + 2);
            return Some((end, Meaning::Day(Day::Weekday(day, which), clock)));
        }
        let word = self.at(next);
        if let Some(day) = weekday(word).filter(|_| self.is_capitalised(next)) {
            let (end, clock) = self.part_after(next + 1);
            return Some((end, Meaning::Day(Day::Weekday(day, which), clock)));
        }
        if word == "weekend" {
            return Some((next + 1, Meaning::Weekend(which)));
        }
        if let Some(month) = month(word).filter(|_| self.is_capitalised(next)) {
            return Some((next + 1, Meaning::Month(None, month, which)));
        }
        if let Some(season) = season(word) {
            return Some((next + 1, Meaning::Season(None, season, which)));
        }
        if let Some((n, end)) = self.count(next)
            && let Some((unit, _)) = unit(self.at(end))
        {
            return Some((end + 1, Meaning::Span(unit, n, which)));
        }
        let (unit, is_plural) = unit(word).filter(|(unit, _)| *unit >= Unit::Hour)?;
        let offset = match which {
            Which::Last => -1,
            Which::Next => 1,
            Which::This | Which::Plain => 0,
        };
        if is_plural || is_past || has_article && which != Which::This || unit <= Unit::Hour {
            // "the past year", "the coming months": a stretch up to now or from now on.
            return (is_plural || has_article || is_past || unit <= Unit::Hour)
                .then_some((next + 1, Meaning::Span(unit, (!is_plural).then_some(1), which)));
        }
        if unit == Unit::Day {
            return None;
        }
        Some((next + 1, Meaning::Period(unit, offset, Share::Whole)))
    }

    /// `every year`, `daily`, `twice a week`, `every Monday`, `on Mondays`.
    fn set(&self, i: usize) -> Option<(usize, Meaning)> {
        let word = self.at(i);
        match word {
            "daily" => return Some((i + 1, Meaning::Set(Unit::Day, 1))),
            "weekly" => return Some((i + 1, Meaning::Set(Unit::Week, 1))),
            "monthly" => return Some((i + 1, Meaning::Set(Unit::Month, 1))),
            "quarterly" => return Some((i + 1, Meaning::Set(Unit::Quarter, 1))),
            "annual" | "annually" | "yearly" => return Some((i + 1, Meaning::Set(Unit::Year, 1))),
            "hourly" => return Some((i + 1, Meaning::Set(Unit::Hour, 1))),
            "every" | "each" => {
                if let Some(day) = weekday(self.at(i + 1)) {
                    return Some((i + 2, Meaning::EachWeekday(day)));
                }
                if let Some((unit, false)) = unit(self.at(i + 1)) {
                    return Some((i + 2, Meaning::Set(unit, 1)));
                }
                let (n, end) = self.count(i + 1)?;
                let (unit, _) = unit(self.at(end))?;
                return Some((end + 1, Meaning::Set(unit, n?)));
            }
            "once" | "twice" | "times" if matches!(self.at(i + 1), "a" | "every" | "per" | "each") => {
                let (unit, _) = unit(self.at(i + 2))?;
                return Some((i + 3, Meaning::Set(unit, 1)));
            }
            _ => {}
        }
        let day =
            weekday(word.strip_suffix('s')?).filter(|_| self.is_capitalised(i) && word.ends_with("days"))?;
        Some((i + 1, Meaning::EachWeekday(day)))
    }

    /// `now`, `recently`, `in recent years`, `in the coming days`, `soon`.
    fn reference(&self, i: usize) -> Option<(usize, Meaning)> {
        let past = Meaning::Reference("PAST_REF");
        let present = Meaning::Reference("PRESENT_REF");
        let future = Meaning::Reference("FUTURE_REF");
        Some(match self.at(i) {
            "now" | "currently" | "presently" | "nowadays" => (i + 1, present),
            "at" if self.at(i + 1) == "present" => (i + 2, present),
            "at" if matches!(self.at(i + 1), "the" | "this") && matches!(self.at(i + 2), "moment") => {
                (i + 3, present)
            }
            "these" if self.at(i + 1) == "days" => (i + 2, present),
            "recently" | "lately" | "formerly" | "previously" => (i + 1, past),
            "recent" => {
                unit(self.at(i + 1)).filter(|(_, is_plural)| *is_plural)?;
                (i + 2, past)
            }
            "in" if self.at(i + 1) == "the"
                && self.at(i + 2) == "past"
                && unit(self.at(i + 3)).is_none()
                && self.count(i + 3).is_none() =>
            {
                (i + 3, past)
            }
            "soon" => (i + 1, future),
            "coming" | "upcoming" => {
                unit(self.at(i + 1)).filter(|(_, is_plural)| *is_plural)?;
                (i + 2, future)
            }
            "in" if self.at(i + 1) == "the" && matches!(self.at(i + 2), "future") => (i + 3, future),
            "near" if self.at(i + 1) == "future" => (i + 2, future),
            _ => return None,
        })
    }

    /// `two weeks ago`, `five days`, `five-day`, `for decades`, `a year earlier`, `hours later`.
    fn counted(&self, i: usize) -> Option<(usize, Meaning)> {
        let word = self.at(i);
        // `five-day`, one token or three.
        if word.ends_with("-old") {
            return None;
        }
        if let Some((n, rest)) = word.split_once('-')
            && let Some((unit, _)) = unit(rest.strip_suffix("-long").unwrap_or(rest))
            && let Some(n) = number(n)
        {
            return Some((i + 1, Meaning::Duration(unit, Some(n))));
        }
        if let Some((unit, _)) = word.strip_suffix("-long").and_then(unit) {
            return Some((i + 1, Meaning::Duration(unit, Some(1))));
        }
        if let Some(n) = number(word)
            && self.at(i + 1) == "-"
            && let Some((unit, _)) = unit(self.at(i + 2))
        {
            let end = if self.at(i + 3) == "-" && self.at(i + 4) == "old" { return None } else { i + 3 };
            return Some((end, Meaning::Duration(unit, Some(n))));
        }
        if let Some((n, end)) = self.count(i)
            && let Some((unit, is_plural)) = unit(self.at(end))
            && (is_plural || n == Some(1))
        {
            if self.at(end + 1) == "old" || self.at(end + 1) == "-" && self.at(end + 2) == "old" {
                return None;
            }
            // "a second man": what looks like a unit is an ordinal.
            if unit == Unit::Second && !is_plural {
                return None;
            }
            return self.after_count(end + 1, unit, n, matches!(word, "a" | "an"), i);
        }
        let (unit, true) = unit(word)? else { return None };
        if matches!(self.at(i + 1), "ago" | "earlier" | "later" | "after" | "before") {
            return self.after_count(i + 1, unit, None, false, i);
        }
        (matches!(self.before(i, 1), "for" | "after" | "within" | "of" | "over") && unit >= Unit::Minute)
            .then_some((i + 1, Meaning::Duration(unit, None)))
    }

    fn after_count(
        &self,
        next: usize,
        unit: Unit,
        n: Option<u32>,
        has_article: bool,
        start: usize,
    ) -> Option<(usize, Meaning)> {
        match self.at(next) {
            "ago" => match n {
                Some(n) => Some((next + 1, Meaning::Period(unit, -i64::from(n), Share::Whole))),
                None => Some((next + 1, Meaning::Reference("PAST_REF"))),
            },
            word @ ("earlier" | "later" | "afterwards") => {
                let sign = if word == "earlier" { -1 } else { 1 };
                let day = match n {
                    Some(n) => Day::FromTold(unit, sign * i64::from(n)),
                    None if unit <= Unit::Hour => Day::FromTold(unit, 0),
                    None => Day::Unknown,
                };
                Some((next + 1, Meaning::Day(day, Clock::None)))
            }
            "from" if self.at(next + 1) == "now" => {
                Some((next + 2, Meaning::Period(unit, i64::from(n?), Share::Whole)))
            }
            _ if has_article => {
                // "a day": only where it measures.
                let measures = [
                    "for", "in", "within", "over", "after", "nearly", "almost", "than", "about", "least",
                    "half", "lasted",
                ];
                (measures.contains(&self.before(start, 1))).then_some((next, Meaning::Duration(unit, n)))
            }
            _ => Some((next, Meaning::Duration(unit, n))),
        }
    }

    /// A number of units and where it ends: `two`, `a`, `several`, `a few`, `a couple of`.
    fn count(&self, i: usize) -> Option<(Option<u32>, usize)> {
        Some(match self.at(i) {
            "a" if self.at(i + 1) == "few" => (None, i + 2),
            "a" if self.at(i + 1) == "couple" && self.at(i + 2) == "of" => (None, i + 3),
            "a" | "an" => (Some(1), i + 1),
            "several" | "few" | "many" | "some" => (None, i + 1),
            word => (Some(number(word)?), i + 1),
        })
    }

    /// `morning` and the like after a day: `Saturday evening`, `on Saturday in the evening`.
    fn part_after(&self, i: usize) -> (usize, Clock) {
        if let Some(part) = day_part(self.at(i)) {
            return (i + 1, Clock::Part(part));
        }
        match self.clock_after(i) {
            Some((end, clock)) => (end, clock),
            None => (i, Clock::None),
        }
    }

    fn clock_after(&self, i: usize) -> Option<(usize, Clock)> {
        let skip = usize::from(self.at(i) == ",") + usize::from(self.at(i) == "at" || self.at(i + 1) == "at");
        if skip == 0 { None } else { self.clock(i + skip) }
    }

    /// `5 a.m.`, `5:30 pm`, `17:30`, `1730 GMT`, `noon`, `midnight`.
    fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        match self.at(i) {
            "noon" | "midday" => return Some((i + 1, Clock::At(12, 0))),
            "midnight" => return Some((i + 1, Clock::At(0, 0))),
            _ => {}
        }
        let word = self.at(i);
        let (digits, tail) = match ["a.m.", "p.m.", "am", "pm"].iter().find(|end| word.ends_with(**end)) {
            Some(end) => (&word[..word.len() - end.len()], *end),
            None => (word, ""),
        };
        let (hour, minute, has_minutes) = match digits.split_once([':', '.']) {
            Some((hour, minute)) if minute.len() == 2 => (hour.parse().ok()?, minute.parse().ok()?, true),
            Some(_) => return None,
            None => (digits.parse::<u32>().ok()?, 0, false),
        };
        let (mut end, half) = match tail {
            "" => match self.at(i + 1) {
                half @ ("a.m." | "p.m." | "am" | "pm" | "a.m" | "p.m" | "o'clock") => (i + 2, half),
                _ => (i + 1, ""),
            },
            tail => (i + 1, tail),
        };
        let is_zone = |word: &str| {
            matches!(
                word,
                "gmt" | "utc" | "est" | "edt" | "et" | "cet" | "kst" | "bst" | "pst" | "pdt" | "local"
            )
        };
        let (hour, minute) = if half.is_empty() && !has_minutes && digits.len() == 4 && is_zone(self.at(end))
        {
            (hour / 100, hour % 100)
        } else if half.is_empty() && !has_minutes {
            return None;
        } else {
            (hour, minute)
        };
        let hour = match half.as_bytes().first() {
            Some(b'p') if hour < 12 => hour + 12,
            Some(b'a') if hour == 12 => 0,
            _ => hour,
        };
        if hour > 23 || minute > 59 {
            return None;
        }
        if is_zone(self.at(end)) {
            end += 1 + usize::from(self.at(end) == "local" && self.at(end + 1) == "time");
        }
        Some((end, Clock::At(hour as u8, minute as u8)))
    }

    /// `5 a.m. on Saturday`: the day may follow.
    fn clock_then_day(&self, end: usize, clock: Clock) -> (usize, Meaning) {
        let skip = usize::from(self.at(end) == ",") + usize::from(self.at(end) == "on");
        let day = self
            .weekday(end + skip)
            .or_else(|| self.calendar(end + skip))
            .or_else(|| self.near_day(end + skip));
        match day {
            Some((end, Meaning::Day(day, Clock::None))) => (end, Meaning::Day(day, clock)),
            _ => (end, Meaning::Day(Day::Unknown, clock)),
        }
    }

    /// `the first week of May`, `the end of July`, `the last days of August`.
    fn part_of_month(&self, i: usize) -> Option<(usize, Meaning)> {
        let first = i + usize::from(self.at(i) == "the");
        let (part, of) = match (self.at(first), self.at(first + 1)) {
            ("first", "week" | "days") => (MonthPart::FirstWeek, first + 2),
            ("last" | "final", "week" | "days") => (MonthPart::LastWeek, first + 2),
            ("beginning" | "start", _) => (MonthPart::Early, first + 1),
            ("middle", _) => (MonthPart::Middle, first + 1),
            ("end", _) => (MonthPart::Late, first + 1),
            _ => return None,
        };
        if self.at(of) != "of" {
            return None;
        }
        let month = month(self.at(of + 1)).filter(|_| self.is_month_word(of + 1))?;
        let (end, year) = self.year_after(of + 2);
        Some((end, Meaning::PartOfMonth(year, month, part)))
    }

    /// `Christmas Eve`, `New Year's Day 2007`, `since the New Year`: days that have their names from the calendar.
    fn holiday(&self, i: usize) -> Option<(usize, Meaning)> {
        if !self.is_capitalised(i) {
            return None;
        }
        let ends = |skip: usize| match self.at(i + skip) {
            "'s" | "’s" | "'" | "’" => i + skip + 1,
            _ => i + skip,
        };
        let (month, day, end) = match (self.at(i), self.at(i + 1)) {
            ("new", "year" | "years") => match self.at(ends(2)) {
                "day" => (1, 1, ends(2) + 1),
                "eve" => (12, 31, ends(2) + 1),
                _ if self.names_a_day(i, i + 2) => (1, 1, i + 2),
                _ => return None,
            },
            ("christmas", "eve") => (12, 24, i + 2),
            ("christmas", "day") => (12, 25, i + 2),
            ("christmas", _) if self.names_a_day(i, i + 1) => (12, 25, i + 1),
            ("boxing", "day") => (12, 26, i + 2),
            ("may", "day") => (5, 1, i + 2),
            ("all", "souls") if self.at(ends(2)) == "day" => (11, 2, ends(2) + 1),
            ("all", "saints") if self.at(ends(2)) == "day" => (11, 1, ends(2) + 1),
            _ => return None,
        };
        let (end, year) = self.year_after(end);
        Some((end, Meaning::Day(Day::Date(year, month, day), Clock::None)))
    }

    /// Whether the name of a feast stands for its day, and before no noun: "by Christmas", not "a Christmas tree".
    fn names_a_day(&self, start: usize, end: usize) -> bool {
        let before = match self.before(start, 1) {
            "the" => self.before(start, 2),
            word => word,
        };
        matches!(
            before,
            "since" | "by" | "before" | "after" | "until" | "till" | "at" | "over" | "on" | "around" | "from"
        ) && !matches!(self.upos(end), Some(Upos::Noun | Upos::Propn | Upos::Part))
    }

    /// `the first quarter of 2022`, `summer 2021`, `in the spring`, `the end of the year`.
    fn period_name(&self, i: usize) -> Option<(usize, Meaning)> {
        if let Some(quarter) = ordinal(self.at(i))
            && self.at(i + 1) == "quarter"
        {
            let (end, year) = self.year_after(i + 2);
            return Some((end, Meaning::Quarter(year, quarter)));
        }
        if let Some(season) = season(self.at(i)) {
            let (end, year) = self.year_after(i + 1);
            let has_article =
                self.before(i, 1) == "the" && matches!(self.before(i, 2), "in" | "since" | "by" | "until");
            if year.is_some() || has_article && self.at(i) != "fall" {
                return Some((end, Meaning::Season(year, season, Which::Plain)));
            }
        }
        if matches!(self.at(i), "end" | "start" | "beginning")
            && self.at(i + 1) == "of"
            && self.at(i + 2) == "the"
        {
            let (unit, _) = unit(self.at(i + 3)).filter(|&(unit, many)| !many && unit >= Unit::Week)?;
            return (unit <= Unit::Year).then_some((i + 4, Meaning::Period(unit, 0, Share::Whole)));
        }
        None
    }
}

/// "early", "mid" and "late" say which part of a month, and nothing of a day.
fn in_part(meaning: Meaning, part: MonthPart) -> Meaning {
    match meaning {
        Meaning::Month(year, month, Which::Plain) => Meaning::PartOfMonth(year, month, part),
        other => other,
    }
}

/// `2022-04-18`.
fn iso_date(word: &str) -> Option<Day> {
    let mut parts = word.split('-');
    let year = year(parts.next()?)?;
    let month: i8 = parts.next().filter(|part| part.len() == 2)?.parse().ok()?;
    let day: i8 = parts.next().filter(|part| part.len() == 2)?.parse().ok()?;
    (parts.next().is_none() && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day::Date(
        Some(year),
        month,
        day,
    ))
}
