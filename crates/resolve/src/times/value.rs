//! TIMEX3 values and calendar days of what an expression means.

use super::grammar::{Clock, Day, Meaning, MonthPart, Share, Which};
use super::tense::Tense;
use super::words::Unit;
use crate::{DayRange, TimexType};
use jiff::Span;
use jiff::civil::{Date, date};

/// What is known where an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The day of publication.
    pub published: Option<Date>,
    /// The day that the paragraph told last.
    pub told: Option<Date>,
    pub tense: Tense,
}

/// The type, value and days of an expression.
pub(super) type Valued = (TimexType, String, Option<DayRange>);

/// Works out what an expression means against its anchor.
pub(super) fn value_of(meaning: Meaning, anchor: Anchor) -> Valued {
    match meaning {
        Meaning::Day(day, clock) => value_of_day(day, clock, anchor),
        Meaning::Days(year, month, first, last) => {
            let year = year.or_else(|| year_of_month(month, Some(first), Which::Plain, anchor));
            let days =
                year.and_then(|year| Some((to_date(year, month, first)?, to_date(year, month, last)?)));
            let value = match days {
                Some((from, to)) => format!("{from}/{to}"),
                None => format!("XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}"),
            };
            (TimexType::Date, value, days.map(|(from, to)| DayRange { from, to }))
        }
        Meaning::Month(year, month, which) => {
            match year.or_else(|| year_of_month(month, None, which, anchor)) {
                Some(year) => (TimexType::Date, format!("{year:04}-{month:02}"), month_days(year, month)),
                None => (TimexType::Date, format!("XXXX-{month:02}"), None),
            }
        }
        Meaning::PartOfMonth(year, month, part) => {
            match year.or_else(|| year_of_month(month, None, Which::Plain, anchor)) {
                Some(year) => {
                    (TimexType::Date, format!("{year:04}-{month:02}"), part_of_month(year, month, part))
                }
                None => (TimexType::Date, format!("XXXX-{month:02}"), None),
            }
        }
        Meaning::Year(year) => (TimexType::Date, format!("{year:04}"), years(year, 1)),
        Meaning::Decade(year) => (TimexType::Date, format!("{:03}", year / 10), years(year, 10)),
        Meaning::Century(number) => {
            (TimexType::Date, format!("{:02}", number - 1), years((number - 1) * 100, 100))
        }
        Meaning::Season(year, season, which) => {
            let year = year.or_else(|| Some(season_year(season, which, anchor.published?, anchor.tense)));
            match year {
                Some(year) => (TimexType::Date, format!("{year:04}-{season}"), season_days(year, season)),
                None => (TimexType::Date, format!("XXXX-{season}"), None),
            }
        }
        Meaning::Quarter(year, quarter) => match year.or(anchor.published.map(Date::year)) {
            Some(year) => {
                let from = to_date(year, quarter * 3 - 2, 1);
                let to = month_days(year, quarter * 3).map(|days| days.to);
                (TimexType::Date, format!("{year:04}-Q{quarter}"), range(from, to))
            }
            None => (TimexType::Date, format!("XXXX-Q{quarter}"), None),
        },
        Meaning::Weekend(which) => value_of_weekend(which, anchor),
        Meaning::Period(unit, offset, share) => {
            // What is told of this week goes no further than its report.
            let share = match share {
                Share::Whole if offset == 0 && unit >= Unit::Week && anchor.tense != Tense::Future => {
                    Share::Earlier
                }
                share => share,
            };
            value_of_period(unit, offset, share, anchor.published)
        }
        Meaning::Duration(unit, n) => (TimexType::Duration, duration(unit, n), None),
        Meaning::Span(unit, n, which) => {
            let days = anchor.published.zip(n).and_then(|(published, n)| {
                let there = shift(published, unit, if which == Which::Next { 1 } else { -1 } * i64::from(n))?;
                match which {
                    Which::Last => range(Some(there), Some(published)),
                    Which::Next => range(Some(published), Some(there)),
                    Which::This | Which::Plain => None,
                }
            });
            (TimexType::Duration, duration(unit, n), days)
        }
        Meaning::Set(unit, n) => (TimexType::Set, duration(unit, Some(n)), None),
        Meaning::EachWeekday(day) => (TimexType::Set, format!("XXXX-WXX-{day}"), None),
        Meaning::Reference(value) => (TimexType::Date, value.to_owned(), None),
    }
}

fn value_of_day(day: Day, clock: Clock, anchor: Anchor) -> Valued {
    let found = match day {
        Day::Date(year, month, number) => {
            let year = year.or_else(|| year_of_month(month, Some(number), Which::Plain, anchor));
            year.and_then(|year| to_date(year, month, number))
        }
        Day::Weekday(weekday, which) => {
            anchor.published.and_then(|published| date_of_weekday(published, weekday, which, anchor.tense))
        }
        Day::Offset(offset) => anchor.published.and_then(|published| shift(published, Unit::Day, offset)),
        Day::WeekdayOf(weekday, weeks) => anchor
            .published
            .and_then(|published| shift(monday(published)?, Unit::Day, 7 * weeks + i64::from(weekday) - 1)),
        Day::Overnight => anchor.published,
        Day::FromTold(unit, n) => {
            anchor.told.filter(|_| unit <= Unit::Week).and_then(|told| shift(told, unit, n))
        }
        Day::Unknown => None,
    };
    if let (Day::FromTold(unit @ (Unit::Month | Unit::Year), n), Some(told)) = (day, anchor.told) {
        return value_of_period(unit, n, Share::Whole, Some(told));
    }
    let written = match (found, day) {
        (Some(date), _) => date.to_string(),
        (None, Day::Date(Some(year), month, number)) => format!("{year:04}-{month:02}-{number:02}"),
        (None, Day::Date(None, month, number)) => format!("XXXX-{month:02}-{number:02}"),
        (None, Day::Weekday(weekday, _) | Day::WeekdayOf(weekday, _)) => format!("XXXX-WXX-{weekday}"),
        (None, Day::Offset(_) | Day::Overnight | Day::FromTold(..) | Day::Unknown) => "XXXX-XX-XX".to_owned(),
    };
    let days = found.and_then(|date| match day {
        // A night has two days.
        Day::Overnight if anchor.tense == Tense::Future => range(Some(date), shift(date, Unit::Day, 1)),
        Day::Overnight => range(shift(date, Unit::Day, -1), Some(date)),
        _ => Some(DayRange { from: date, to: date }),
    });
    match clock {
        Clock::None => (TimexType::Date, written, days),
        Clock::Part(part) => (TimexType::Time, format!("{written}{part}"), days),
        Clock::At(hour, minute) => (TimexType::Time, format!("{written}T{hour:02}:{minute:02}"), days),
    }
}

/// "Monday" is the last one in a clause that looks back, the next in one that looks ahead; the day of
/// publication counts as both.
fn date_of_weekday(published: Date, weekday: i8, which: Which, tense: Tense) -> Option<Date> {
    let today = published.weekday().to_monday_one_offset();
    let back = i64::from((today - weekday).rem_euclid(7));
    let ahead = i64::from((weekday - today).rem_euclid(7));
    let offset = match which {
        Which::Last => -if back == 0 { 7 } else { back },
        Which::Next => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Which::This if tense != Tense::Past => ahead,
        Which::Plain if tense == Tense::Future => ahead,
        Which::This | Which::Plain => -back,
    };
    shift(published, Unit::Day, offset)
}

/// The year of a month or day that is named without one.
fn year_of_month(month: i8, day: Option<i8>, which: Which, anchor: Anchor) -> Option<i16> {
    let published = anchor.published?;
    let this = (published.month(), published.day());
    let that = (month, day.unwrap_or(if anchor.tense == Tense::Future { 31 } else { 1 }));
    let offset = match which {
        Which::Last if month < published.month() => 0,
        Which::Last => -1,
        Which::Next if month > published.month() => 0,
        Which::Next => 1,
        Which::This => 0,
        Which::Plain if anchor.tense == Tense::Future && that < this => 1,
        // A story may look a few weeks ahead without saying so.
        Which::Plain if anchor.tense != Tense::Future && that > this => {
            let months_ahead = month - published.month();
            if anchor.tense == Tense::Open && months_ahead <= 3 { 0 } else { -1 }
        }
        Which::Plain => 0,
    };
    Some(published.year() + offset)
}

fn value_of_weekend(which: Which, anchor: Anchor) -> Valued {
    let Some(published) = anchor.published else { return (TimexType::Date, "XXXX-WXX-WE".to_owned(), None) };
    let is_weekend = published.weekday().to_monday_one_offset() >= 6;
    let this = monday(published);
    let offset = match which {
        Which::Last => -1,
        Which::Next => 1,
        Which::This => 0,
        Which::Plain if anchor.tense == Tense::Future || is_weekend => 0,
        Which::Plain => -1,
    };
    let monday = this.and_then(|this| shift(this, Unit::Day, 7 * offset));
    let from = monday.and_then(|monday| shift(monday, Unit::Day, 5));
    let to = monday.and_then(|monday| shift(monday, Unit::Day, 6));
    let value = monday.map_or_else(|| "XXXX-WXX-WE".to_owned(), |monday| format!("{}-WE", week(monday)));
    (TimexType::Date, value, range(from, to))
}

fn value_of_period(unit: Unit, offset: i64, share: Share, published: Option<Date>) -> Valued {
    let Some(published) = published else {
        let value = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX",
            Unit::Day => "XXXX-XX-XX",
            Unit::Week => "XXXX-WXX",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Year => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
        };
        let kind = if unit <= Unit::Hour { TimexType::Time } else { TimexType::Date };
        return (kind, value.to_owned(), None);
    };
    let there = shift(published, unit, offset);
    let Some(there) = there else { return (TimexType::Date, "XXXX-XX-XX".to_owned(), None) };
    let year = there.year();
    let (value, days) = match unit {
        // Hours ago: the hour is not known, the day nearly is.
        Unit::Second | Unit::Minute | Unit::Hour => {
            return (TimexType::Time, format!("{there}TXX"), range(Some(there), Some(published)));
        }
        Unit::Day => (there.to_string(), range(Some(there), Some(there))),
        Unit::Week => {
            let monday = monday(there);
            let sunday = monday.and_then(|monday| shift(monday, Unit::Day, 6));
            (week(there), range(monday, sunday))
        }
        Unit::Month => (format!("{year:04}-{:02}", there.month()), month_days(year, there.month())),
        Unit::Quarter => {
            let quarter = (there.month() + 2) / 3;
            let days =
                range(to_date(year, quarter * 3 - 2, 1), month_days(year, quarter * 3).map(|days| days.to));
            (format!("{year:04}-Q{quarter}"), days)
        }
        Unit::Year => (format!("{year:04}"), years(year, 1)),
        Unit::Decade => (format!("{:03}", year / 10), years(year / 10 * 10, 10)),
        Unit::Century => (format!("{:02}", year / 100), years(year / 100 * 100, 100)),
    };
    let days = days.map(|days| match share {
        Share::Whole => days,
        Share::Earlier => DayRange { from: days.from, to: days.to.min(published).max(days.from) },
        Share::Later => DayRange { from: days.from.max(published).min(days.to), to: days.to },
    });
    (TimexType::Date, value, days)
}

/// `P5D`, `PT24H`, `PXY`.
fn duration(unit: Unit, n: Option<u32>) -> String {
    let n = n.map_or_else(|| "X".to_owned(), |n| n.to_string());
    let (prefix, letters) = match unit {
        Unit::Second => ("PT", "S"),
        Unit::Minute => ("PT", "M"),
        Unit::Hour => ("PT", "H"),
        Unit::Day => ("P", "D"),
        Unit::Week => ("P", "W"),
        Unit::Month => ("P", "M"),
        Unit::Quarter => ("P", "Q"),
        Unit::Year => ("P", "Y"),
        Unit::Decade => ("P", "DE"),
        Unit::Century => ("P", "CE"),
    };
    format!("{prefix}{n}{letters}")
}

fn season_year(season: &str, which: Which, published: Date, tense: Tense) -> i16 {
    let first = season_months(season).0;
    let has_begun = published.month() >= first;
    let year = published.year();
    match which {
        Which::This => year,
        Which::Next => {
            if has_begun {
                year + 1
            } else {
                year
            }
        }
        Which::Last => {
            if has_begun && published.month() > first + 2 {
                year
            } else {
                year - 1
            }
        }
        Which::Plain if tense == Tense::Future => {
            if has_begun {
                year + 1
            } else {
                year
            }
        }
        Which::Plain => {
            if has_begun {
                year
            } else {
                year - 1
            }
        }
    }
}

/// First month and number of months, as news of the northern half counts them.
fn season_months(season: &str) -> (i8, i8) {
    match season {
        "SP" => (3, 3),
        "SU" => (6, 3),
        "FA" => (9, 3),
        _ => (12, 3),
    }
}

fn season_days(year: i16, season: &str) -> Option<DayRange> {
    let (first, _) = season_months(season);
    let from = to_date(year, first, 1);
    let to = match first {
        12 => month_days(year.checked_add(1)?, 2),
        first => month_days(year, first + 2),
    };
    range(from, to.map(|days| days.to))
}

fn to_date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn month_days(year: i16, month: i8) -> Option<DayRange> {
    let from = to_date(year, month, 1)?;
    range(Some(from), Some(from.last_of_month()))
}

fn part_of_month(year: i16, month: i8, part: MonthPart) -> Option<DayRange> {
    let last = month_days(year, month)?.to.day();
    let (from, to) = match part {
        MonthPart::Early => (1, 10),
        MonthPart::Middle => (11, 20),
        MonthPart::Late => (21, last),
        MonthPart::FirstWeek => (1, 7),
        MonthPart::LastWeek => (last - 6, last),
    };
    range(to_date(year, month, from), to_date(year, month, to))
}

fn years(first: i16, n: i16) -> Option<DayRange> {
    let last = first.checked_add(n - 1)?;
    range(to_date(first, 1, 1), to_date(last, 12, 31))
}

fn range(from: Option<Date>, to: Option<Date>) -> Option<DayRange> {
    Some(DayRange { from: from?, to: to? }).filter(|days| days.from <= days.to)
}

/// The Monday of a day's week.
fn monday(day: Date) -> Option<Date> {
    shift(day, Unit::Day, i64::from(1 - day.weekday().to_monday_one_offset()))
}

/// `2022-W15`.
fn week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// A day so many units away, where the calendar reaches that far.
fn shift(day: Date, unit: Unit, n: i64) -> Option<Date> {
    let span = Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute => return Some(day),
        Unit::Hour => span.try_days(n / 24),
        Unit::Day => span.try_days(n),
        Unit::Week => span.try_weeks(n),
        Unit::Month => span.try_months(n),
        Unit::Quarter => span.try_months(n.checked_mul(3)?),
        Unit::Year => span.try_years(n),
        Unit::Decade => span.try_years(n.checked_mul(10)?),
        Unit::Century => span.try_years(n.checked_mul(100)?),
    };
    let there = day.checked_add(span.ok()?).ok()?;
    // TIMEX3 writes years in four digits.
    (there >= date(1, 1, 1)).then_some(there)
}
