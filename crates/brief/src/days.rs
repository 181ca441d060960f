//! Calendar days as a person writes them.

use dateline_resolve::DayRange;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `18 April 2022`
pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `18 April 2022`, `16–18 April 2022`, `April 2022`, `2022`, `30 April – 2 May 2022`.
pub fn days(range: DayRange) -> String {
    let DayRange { from, to } = range;
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    if from == to {
        day(from)
    } else if from.day() == 1 && to == to.last_of_month() && same_month {
        format!("{} {}", month(from), from.year())
    } else if from == from.first_of_year() && to == from.last_of_year() {
        from.year().to_string()
    } else if same_month {
        format!("{}–{} {} {}", from.day(), to.day(), month(from), from.year())
    } else if from.year() == to.year() {
        format!("{} {} – {}", from.day(), month(from), day(to))
    } else {
        format!("{} – {}", day(from), day(to))
    }
}

/// `April`
pub fn month(date: Date) -> &'static str {
    MONTHS[date.month() as usize - 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ranges_are_as_short_as_they_can_be() {
        for (from, to, expected) in [
            (date(2022, 4, 18), date(2022, 4, 18), "18 April 2022"),
            (date(2022, 4, 16), date(2022, 4, 18), "16–18 April 2022"),
            (date(2022, 4, 1), date(2022, 4, 30), "April 2022"),
            (date(2022, 1, 1), date(2022, 12, 31), "2022"),
            (date(2022, 4, 30), date(2022, 5, 2), "30 April – 2 May 2022"),
            (date(2021, 12, 31), date(2022, 1, 1), "31 December 2021 – 1 January 2022"),
        ] {
            assert_eq!(days(DayRange { from, to }), expected);
        }
    }
}
