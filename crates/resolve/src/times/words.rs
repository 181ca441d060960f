//! Closed classes of words of time, in lower case.

use dateline_text::calendar;

/// A unit of time, from small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A part of the day, as TIMEX3 writes it.
pub(super) type DayPart = &'static str;

/// 1 for January.
pub(super) fn month(word: &str) -> Option<i8> {
    calendar::month_number(word.strip_suffix('.').unwrap_or(word))
}

/// 1 for Monday. The plural ("on Mondays") is a set, and another matter.
pub(super) fn weekday(word: &str) -> Option<i8> {
    calendar::weekday_number(word.strip_suffix('.').unwrap_or(word))
}

/// A unit, and whether the word is a plural.
pub(super) fn unit(word: &str) -> Option<(Unit, bool)> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let unit = match singular {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" | "centurie" => Unit::Century,
        _ => return None,
    };
    Some((unit, word.ends_with('s')))
}

/// `TMO` for morning.
pub(super) fn day_part(word: &str) -> Option<DayPart> {
    Some(match word {
        "morning" | "dawn" | "daybreak" => "TMO",
        "midday" | "noon" | "lunchtime" => "TMI",
        "afternoon" => "TAF",
        "evening" | "dusk" => "TEV",
        "night" | "midnight" => "TNI",
        _ => return None,
    })
}

/// TIMEX3's letters for a season. `spring` and `fall` are other words too, which the grammar looks after.
pub(super) fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" | "springtime" => "SP",
        "summer" | "summertime" => "SU",
        "autumn" | "fall" => "FA",
        "winter" | "wintertime" => "WI",
        _ => return None,
    })
}

/// A cardinal number in words or digits, small enough to count units with.
pub(super) fn number(word: &str) -> Option<u32> {
    const TENS: &[(&str, u32)] = &[
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let digits: String = word.chars().filter(|&c| c != ',').collect();
        return digits.parse().ok().filter(|&number: &u32| number <= 100_000);
    }
    if let Some(number) = dateline_text::number_word(word) {
        return Some(number);
    }
    let (tens, ones) = word.split_once('-').unwrap_or((word, ""));
    let &(_, tens) = TENS.iter().find(|(other, _)| *other == tens)?;
    match ones {
        "" => Some(tens),
        _ => dateline_text::number_word(ones).filter(|&n| n < 10).map(|n| tens + n),
    }
}

/// The day of a month: `18`, `18th`.
pub(super) fn day_of_month(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// First to fourth.
pub(super) fn ordinal(word: &str) -> Option<i8> {
    Some(match word {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        _ => return None,
    })
}

/// A year in four digits.
pub(super) fn year(word: &str) -> Option<i16> {
    if word.len() != 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    word.parse().ok().filter(|year| (1000..=2199).contains(year))
}
