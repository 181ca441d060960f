//! Names of days and months, in lower case.

/// From Monday on.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// From January on.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// 1 for `monday` and `mon`.
pub fn weekday_number(word: &str) -> Option<i8> {
    number(&WEEKDAYS, word).or(match word {
        "tues" => Some(2),
        "thur" | "thurs" => Some(4),
        _ => None,
    })
}

/// 1 for `january` and `jan`.
pub fn month_number(word: &str) -> Option<i8> {
    number(&MONTHS, word).or((word == "sept").then_some(9))
}

fn number(names: &[&str], word: &str) -> Option<i8> {
    let is_it = |name: &&str| **name == *word || word.len() == 3 && name.starts_with(word);
    names.iter().position(is_it).map(|number| number as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_short_forms_have_numbers() {
        for (word, weekday, month) in [
            ("monday", Some(1), None),
            ("sun", Some(7), None),
            ("tues", Some(2), None),
            ("thur", Some(4), None),
            ("may", None, Some(5)),
            ("sep", None, Some(9)),
            ("sept", None, Some(9)),
            ("december", None, Some(12)),
            ("mo", None, None),
            ("mond", None, None),
            ("", None, None),
            ("maybe", None, None),
        ] {
            assert_eq!((weekday_number(word), month_number(word)), (weekday, month), "{word}");
        }
    }
}
