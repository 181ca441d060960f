//! Reads times of publication as outlets print them.
//!
//! In:  a line such as `Monday 18 April 2022 09:19 EDT` or `Published: Jan 5, 2023, 10:02 AM IST`.
//! Out: a [`PrintedDate`]: as exact as the words, with the label before it and the words it takes up.
//!
//! `05/01/2023` is read only where one of the numbers cannot be a month, or a weekday decides. Zone
//! abbreviations that stand for several zones (`IST`, `CST`) give a time without an offset. Relative times
//! ("2 hours ago") are recognised as such, and are no date.

use dateline_ingest::Published;
use dateline_text::calendar::{month_number, weekday_number};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;

/// A date in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrintedDate {
    pub(crate) published: Published,
    pub(crate) label: Label,
    /// First byte of its words, label excluded.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
}

/// What the words before a date say about it; in the order in which dates are preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Label {
    /// `Published:`, `Posted on`.
    Published,
    /// None.
    Bare,
    /// `Updated`, `Last modified`.
    Updated,
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'t> {
    Number { value: u32, n_digits: usize, is_ordinal: bool },
    Word(&'t str),
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
struct At<'t> {
    piece: Piece<'t>,
    start: usize,
    end: usize,
}

/// All dates of a line, in order. Long lines are running text, whose dates are not of publication.
pub(crate) fn read_dates(line: &str) -> Vec<PrintedDate> {
    if line.len() > 400 {
        return Vec::new();
    }
    let pieces = split_pieces(line);
    let mut dates: Vec<PrintedDate> = Vec::new();
    let mut at = 0;
    let mut label_from = 0;
    while at < pieces.len() {
        let Some((date, mut next)) = read_day(&pieces, at) else {
            at += 1;
            continue;
        };
        let label = read_label(&pieces[label_from..at]);
        let mut start = at;
        // A weekday or a time may stand before the day.
        let mut time = None;
        if let Some((found, first)) = read_time_before(&pieces, label_from, at, date) {
            time = Some(found);
            start = first;
        }
        if time.is_none()
            && let Some((found, after)) = read_time_after(&pieces, next, date)
        {
            time = Some(found);
            next = after;
        }
        let (time, offset) = time.map_or((None, None), |(time, offset)| (Some(time), offset));
        dates.push(PrintedDate {
            published: Published { date, time, offset },
            label,
            start: pieces[start].start,
            end: pieces[next - 1].end,
        });
        at = next;
        label_from = next;
    }
    dates
}

/// Whether a line tells its age rather than its date: `2 hours ago`, `Yesterday`.
pub(crate) fn is_relative_time(words: &[crate::words::Word]) -> bool {
    let n = words.len();
    if n == 0 || n > 8 {
        return false;
    }
    let is_unit = |word: &str| {
        matches!(
            word.trim_end_matches('s'),
            "second"
                | "sec"
                | "minute"
                | "min"
                | "hour"
                | "hr"
                | "day"
                | "week"
                | "month"
                | "year"
                | "h"
                | "m"
                | "d"
        )
    };
    (words[n - 1].text == "ago" && words.iter().any(|word| is_unit(&word.text)))
        || (n == 1 && matches!(words[0].text.as_str(), "yesterday" | "today"))
}

fn split_pieces(line: &str) -> Vec<At<'_>> {
    let mut pieces = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let mut take = |is: fn(char) -> bool, end: &mut usize| {
            while let Some(&(at, next)) = chars.peek() {
                if !is(next) {
                    break;
                }
                *end = at + next.len_utf8();
                chars.next();
            }
        };
        if c.is_ascii_digit() {
            take(|c| c.is_ascii_digit(), &mut end);
            let digits = &line[start..end];
            let Ok(value) = digits.parse() else { continue };
            let n_digits = digits.len();
            let suffix = line[end..].get(..2).map(str::to_ascii_lowercase);
            let is_ordinal = n_digits <= 2
                && suffix.is_some_and(|suffix| matches!(suffix.as_str(), "st" | "nd" | "rd" | "th"))
                && !line[end + 2..].starts_with(char::is_alphanumeric);
            if is_ordinal {
                end += 2;
                chars.next();
                chars.next();
            }
            pieces.push(At { piece: Piece::Number { value, n_digits, is_ordinal }, start, end });
        } else if c.is_alphabetic() {
            take(|c| c.is_alphabetic(), &mut end);
            pieces.push(At { piece: Piece::Word(&line[start..end]), start, end });
        } else if !crate::lines::is_blank(c) {
            pieces.push(At { piece: Piece::Mark(c), start, end });
        }
    }
    pieces
}

fn word<'t>(pieces: &[At<'t>], at: usize) -> Option<&'t str> {
    match pieces.get(at)?.piece {
        Piece::Word(word) => Some(word),
        _ => None,
    }
}

fn number(pieces: &[At], at: usize) -> Option<(u32, usize)> {
    match pieces.get(at)?.piece {
        Piece::Number { value, n_digits, .. } => Some((value, n_digits)),
        _ => None,
    }
}

fn mark(pieces: &[At], at: usize) -> Option<char> {
    match pieces.get(at)?.piece {
        Piece::Mark(mark) => Some(mark),
        _ => None,
    }
}

/// Passes over commas and full stops.
fn skip(pieces: &[At], mut at: usize, marks: &str) -> usize {
    while mark(pieces, at).is_some_and(|c| marks.contains(c)) {
        at += 1;
    }
    at
}

fn is_year(value: u32, n_digits: usize) -> bool {
    n_digits == 4 && (1900..2100).contains(&value)
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A calendar day that begins here, and the piece after it.
fn read_day(pieces: &[At], at: usize) -> Option<(Date, usize)> {
    if let Some(month) = word(pieces, at).and_then(month_of) {
        // April 18, 2022
        let day_at = skip(pieces, at + 1, ".-/");
        let (day, _) = number(pieces, day_at).filter(|&(_, n)| n <= 2)?;
        let year_at = skip(pieces, day_at + 1, ",.-/");
        let (year, n) = number(pieces, year_at)?;
        return is_year(year, n)
            .then_some(())
            .and_then(|()| day_of(year, month, day))
            .map(|date| (date, year_at + 1));
    }
    let (first, n_first) = number(pieces, at)?;
    if is_year(first, n_first) {
        // 2022-04-18, 2022/04/18, 2022.04.18, 2022年4月18日, 2022 April 18
        let next = skip(pieces, at + 1, ".-/,");
        if let Some(month) = word(pieces, next).and_then(month_of) {
            let (day, n) = number(pieces, skip(pieces, next + 1, ".-/,"))?;
            let after = skip(pieces, next + 1, ".-/,") + 1;
            return (n <= 2).then(|| day_of(first, month, day)).flatten().map(|date| (date, after));
        }
        let is_ideographic = word(pieces, next) == Some("年");
        if next == at + 1 && !is_ideographic {
            return None;
        }
        let month_at = if is_ideographic { next + 1 } else { next };
        let (month, _) = number(pieces, month_at).filter(|&(_, n)| n <= 2)?;
        let day_at = if is_ideographic { month_at + 2 } else { skip(pieces, month_at + 1, ".-/") };
        let (day, _) = number(pieces, day_at).filter(|&(_, n)| n <= 2)?;
        let after = if is_ideographic { day_at + 2 } else { day_at + 1 };
        return day_of(first, month, day).map(|date| (date, after.min(pieces.len())));
    }
    if n_first > 2 {
        return None;
    }
    let mut next = skip(pieces, at + 1, ".-/");
    if word(pieces, next)
        .is_some_and(|word| word.eq_ignore_ascii_case("of") || word.eq_ignore_ascii_case("de"))
    {
        next += 1;
    }
    if let Some(month) = word(pieces, next).and_then(month_of) {
        // 18 April 2022, 18th of April, 2022, 18-Apr-22
        let mut year_at = skip(pieces, next + 1, ",.-/'’");
        if word(pieces, year_at) == Some("de") {
            year_at += 1;
        }
        let (year, n) = number(pieces, year_at)?;
        return is_year(year, n)
            .then(|| day_of(year, month, first))
            .flatten()
            .map(|date| (date, year_at + 1));
    }
    // 18/04/2022, 18.04.2022
    let separator = mark(pieces, at + 1).filter(|c| "./-".contains(*c))?;
    let (second, n_second) = number(pieces, at + 2)?;
    if mark(pieces, at + 3) != Some(separator) || n_second > 2 {
        return None;
    }
    let (year, n_year) = number(pieces, at + 4)?;
    if !is_year(year, n_year) {
        return None;
    }
    let day_first = day_of(year, second, first);
    let month_first = day_of(year, first, second);
    let weekday = weekday_near(pieces, at, at + 5);
    let agrees = |date: &Date| weekday.is_some_and(|weekday| date.weekday() == weekday);
    let date = match (day_first, month_first) {
        (Some(date), None) | (None, Some(date)) => date,
        (Some(a), Some(b)) if a == b => a,
        // Dots between numbers are used where the day comes first.
        (Some(date), Some(_)) if separator == '.' => date,
        (Some(a), Some(b)) if agrees(&a) && !agrees(&b) => a,
        (Some(a), Some(b)) if agrees(&b) && !agrees(&a) => b,
        _ => return None,
    };
    Some((date, at + 5))
}

fn month_of(word: &str) -> Option<u32> {
    month_number(&word.to_lowercase()).map(|month| u32::from(month.unsigned_abs()))
}

fn weekday_of(word: &str) -> Option<Weekday> {
    weekday_number(&word.to_lowercase()).and_then(|day| Weekday::from_monday_one_offset(day).ok())
}

fn weekday_near(pieces: &[At], from: usize, to: usize) -> Option<Weekday> {
    (from.saturating_sub(2)..from).chain(to..to + 2).find_map(|at| word(pieces, at).and_then(weekday_of))
}

type TimeOfDay = (Time, Option<Offset>);

/// A time after the day: `2022 09:19 EDT`, `2022 at 9.19am`, `2022 | 10:02 IST`.
fn read_time_after(pieces: &[At], from: usize, date: Date) -> Option<(TimeOfDay, usize)> {
    // At most a few words stand between: `at`, a weekday, a bar.
    (from..(from + 4).min(pieces.len()))
        .take_while(|&at| {
            at == from
                || match pieces[at - 1].piece {
                    Piece::Mark(c) => ",|-–—/·•(@:T".contains(c),
                    Piece::Word(word) => {
                        word.eq_ignore_ascii_case("at") || word == "T" || weekday_of(word).is_some()
                    }
                    Piece::Number { .. } => false,
                }
        })
        .find_map(|at| read_time(pieces, at, date))
}

/// A time before the day: `10:48, Tue, Nov 19, 2019`, `09:19 GMT 18 April 2022`.
fn read_time_before(pieces: &[At], from: usize, day: usize, date: Date) -> Option<(TimeOfDay, usize)> {
    (from.max(day.saturating_sub(12))..day).find_map(|at| {
        let (time, after) = read_time(pieces, at, date)?;
        let is_near = after <= day
            && pieces[after..day].iter().all(|at| match at.piece {
                Piece::Mark(c) => ",|-–—/·•)".contains(c),
                Piece::Word(word) => word.eq_ignore_ascii_case("on") || weekday_of(word).is_some(),
                Piece::Number { .. } => false,
            });
        is_near.then_some((time, at))
    })
}

fn read_time(pieces: &[At], at: usize, date: Date) -> Option<(TimeOfDay, usize)> {
    let (first, n_digits) = number(pieces, at)?;
    let mut next = at + 1;
    let (mut hour, minute, mut second);
    let mut is_sure;
    if n_digits == 4 && !is_year(first, 4) {
        // 0919 GMT
        (hour, minute, second) = (first / 100, first % 100, 0);
        is_sure = false;
    } else if n_digits <= 2
        && let Some(separator) = mark(pieces, next).filter(|c| ":.h".contains(*c))
        && let Some((value, 2)) = number(pieces, next + 1)
    {
        (hour, minute, second) = (first, value, 0);
        next += 2;
        if separator == ':'
            && mark(pieces, next) == Some(':')
            && let Some((value, 2)) = number(pieces, next + 1)
        {
            second = value.min(59);
            next += 2;
            // Fractions of a second.
            if mark(pieces, next) == Some('.') && number(pieces, next + 1).is_some() {
                next += 2;
            }
        }
        is_sure = separator == ':';
    } else if n_digits <= 2 {
        (hour, minute, second) = (first, 0, 0);
        is_sure = false;
    } else {
        return None;
    }
    if let Some((is_afternoon, after)) = read_half_of_day(pieces, next) {
        if hour == 0 || hour > 12 {
            // 14:30 PM says it twice.
            if hour > 23 {
                return None;
            }
        } else {
            hour = hour % 12 + if is_afternoon { 12 } else { 0 };
        }
        next = after;
        is_sure = true;
    }
    if hour == 24 && minute == 0 {
        return None;
    }
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, second as i8, 0).ok()?;
    let (offset, after, has_zone) = read_zone(pieces, next, date);
    (is_sure || has_zone).then_some(((time, offset), after))
}

fn read_half_of_day(pieces: &[At], at: usize) -> Option<(bool, usize)> {
    let first = word(pieces, at)?.to_ascii_lowercase();
    match first.as_str() {
        "am" => Some((false, at + 1)),
        "pm" => Some((true, at + 1)),
        "a" | "p" if mark(pieces, at + 1) == Some('.') => {
            let m = word(pieces, at + 2).filter(|word| word.eq_ignore_ascii_case("m"))?;
            debug_assert_eq!(m.len(), 1);
            Some((first == "p", skip(pieces, at + 3, ".")))
        }
        _ => None,
    }
}

/// A zone after a time: its offset if there is only one, the piece after it, and whether there was a zone.
fn read_zone(pieces: &[At], from: usize, date: Date) -> (Option<Offset>, usize, bool) {
    let nothing = (None, from, false);
    let is_open = mark(pieces, from) == Some('(');
    let at = if is_open { from + 1 } else { from };
    let close = |at: usize| if is_open && mark(pieces, at) == Some(')') { at + 1 } else { at };
    if let Some((offset, after)) = read_numeric_offset(pieces, at) {
        return (Some(offset), close(after), true);
    }
    let Some(name) = word(pieces, at) else { return nothing };
    match zone_of(name, date) {
        Some(Zone::Universal) => match read_numeric_offset(pieces, at + 1) {
            Some((offset, after)) => (Some(offset), close(after), true),
            None => (Some(Offset::UTC), close(at + 1), true),
        },
        Some(Zone::Fixed(minutes)) => (Offset::from_seconds(minutes * 60).ok(), close(at + 1), true),
        Some(Zone::Ambiguous) => (None, close(at + 1), true),
        None => nothing,
    }
}

/// `+05:30`, `-0400`, `+9`.
fn read_numeric_offset(pieces: &[At], at: usize) -> Option<(Offset, usize)> {
    let sign = match mark(pieces, at)? {
        '+' => 1,
        '-' | '−' | '–' => -1,
        _ => return None,
    };
    let (first, n) = number(pieces, at + 1)?;
    let (hours, minutes, after) = match n {
        4 => (first / 100, first % 100, at + 2),
        1 | 2 => match (mark(pieces, at + 2), number(pieces, at + 3)) {
            (Some(':'), Some((minutes, 2))) => (first, minutes, at + 4),
            _ => (first, 0, at + 2),
        },
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60) as i32).ok().map(|offset| (offset, after))
}

enum Zone {
    Universal,
    /// Minutes east of Greenwich.
    Fixed(i32),
    /// Several zones share the abbreviation.
    Ambiguous,
}

/// Abbreviations as the IANA time zone database records them; those in use for more than one offset are
/// ambiguous, with the exception of BST, which news means as British Summer Time.
fn zone_of(name: &str, date: Date) -> Option<Zone> {
    let hours = |hours: i32| Some(Zone::Fixed(hours * 60));
    match name {
        "GMT" | "UTC" | "Z" | "WET" => Some(Zone::Universal),
        "BST" | "CET" | "WEST" | "WAT" => hours(1),
        "CEST" | "EET" | "CAT" | "SAST" => hours(2),
        "EEST" | "MSK" | "EAT" | "TRT" => hours(3),
        "GST" => hours(4),
        "PKT" => hours(5),
        "NPT" => Some(Zone::Fixed(345)),
        "ICT" | "WIB" => hours(7),
        "HKT" | "SGT" | "PHT" | "MYT" | "AWST" => hours(8),
        "JST" | "KST" => hours(9),
        "ACST" => Some(Zone::Fixed(570)),
        "AEST" => hours(10),
        "ACDT" => Some(Zone::Fixed(630)),
        "AEDT" => hours(11),
        "NZST" => hours(12),
        "NZDT" => hours(13),
        "EDT" => hours(-4),
        "EST" | "CDT" => hours(-5),
        "MDT" => hours(-6),
        "MST" | "PDT" => hours(-7),
        "PST" | "AKDT" => hours(-8),
        "AKST" => hours(-9),
        "HST" => hours(-10),
        "BRT" | "ART" => hours(-3),
        "ET" => hours(if is_us_summer(date) { -4 } else { -5 }),
        "CT" => hours(if is_us_summer(date) { -5 } else { -6 }),
        "PT" => hours(if is_us_summer(date) { -7 } else { -8 }),
        "IST" | "CST" | "AST" | "ADT" | "SST" | "MT" | "IDT" | "IRST" | "local" => Some(Zone::Ambiguous),
        _ => None,
    }
}

/// Second Sunday of March to first Sunday of November (Energy Policy Act of 2005).
fn is_us_summer(date: Date) -> bool {
    let sunday_on_or_after = |month: i8, day: i8| {
        let from = Date::constant(date.year(), month, day);
        day + (7 - from.weekday().to_sunday_zero_offset()) % 7
    };
    match date.month() {
        4..=10 => true,
        3 => date.day() >= sunday_on_or_after(3, 8),
        11 => date.day() < sunday_on_or_after(11, 1),
        _ => false,
    }
}

/// The label in the pieces before a date: the last word that is one.
fn read_label(pieces: &[At]) -> Label {
    for at in pieces.iter().rev() {
        let Piece::Word(word) = at.piece else { continue };
        match word.to_lowercase().as_str() {
            "published" | "posted" | "publish" | "issued" | "released" => return Label::Published,
            "updated" | "modified" | "update" | "revised" | "edited" => return Label::Updated,
            _ => {}
        }
    }
    Label::Bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn outline(line: &str) -> String {
        read_dates(line)
            .into_iter()
            .map(|date| {
                let label = match date.label {
                    Label::Published => "published ",
                    Label::Bare => "",
                    Label::Updated => "updated ",
                };
                format!("{label}{}", date.published)
            })
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn dates_as_outlets_print_them() {
        for (line, expected) in [
            ("Thursday 1 May 2031 09:19 EDT", "2031-05-01T09:19-04:00"),
            ("Published: Jan 5, 2031, 10:02 AM IST", "published 2031-01-05T10:02"),
            ("2031-01-05T10:02:00Z", "2031-01-05T10:02Z"),
            ("2031-01-05 10:02:30 +0530", "2031-01-05T10:02:30+05:30"),
            ("May 1, 2031 at 5:05 p.m. ET", "2031-05-01T17:05-04:00"),
            ("January 5, 2031 12:01 AM PT", "2031-01-05T00:01-08:00"),
            (
                "PUBLISHED: 10:48, Thu, May 1, 2031 | UPDATED: 11:05, Thu, May 1, 2031",
                "published 2031-05-01T10:48, updated 2031-05-01T11:05",
            ),
            ("1st of May, 2031", "2031-05-01"),
            ("By Ana Belo, Thursday, 1 May 2031 08:05 GMT", "2031-05-01T08:05Z"),
            ("18.04.2031", "2031-04-18"),
            ("18/04/2031 14:30", "2031-04-18T14:30"),
            ("04/18/2031", "2031-04-18"),
            ("05/01/2031", ""),
            ("Sunday 05/01/2031", "2031-01-05"),
            ("2031年4月18日", "2031-04-18"),
            ("April 18 2031, 3:45pm (GMT+9)", "2031-04-18T15:45+09:00"),
            ("First published on Fri 18 Apr 2031 06.30 BST", "published 2031-04-18T06:30+01:00"),
            ("Last updated 18-Apr-2031", "updated 2031-04-18"),
            ("18 April 2031 - 0919 GMT", "2031-04-18T09:19Z"),
            ("09:19 GMT 18 April 2031", "2031-04-18T09:19Z"),
            ("Updated 3 hours ago", ""),
            ("31 February 2031", ""),
            ("The year 2031", ""),
            ("In May 2031", ""),
            ("1.5.2031 3 Comments", "2031-05-01"),
        ] {
            assert_eq!(outline(line), expected, "{line}");
        }
    }

    #[test]
    fn relative_times_are_told_apart() {
        for (line, expected) in [
            ("2 hours ago", true),
            ("Updated 5 mins ago", true),
            ("Yesterday", true),
            ("Years ago he left", false),
        ] {
            assert_eq!(is_relative_time(&crate::words::split_words(line)), expected, "{line}");
        }
    }

    #[test]
    fn summer_time_by_the_rule() {
        for (day, expected) in [
            ("2022-03-12", false),
            ("2022-03-13", true),
            ("2022-11-05", true),
            ("2022-11-06", false),
            ("2022-07-01", true),
        ] {
            assert_eq!(is_us_summer(day.parse().unwrap()), expected, "{day}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_no_panic(line in "(\\PC|[0-9/.:-]|Jan|pm|GMT){0,60}") {
            for date in read_dates(&line) {
                prop_assert!(line.get(date.start..date.end).is_some());
            }
        }
    }
}
