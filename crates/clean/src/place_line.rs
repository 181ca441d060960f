//! Reads the place line that agencies put before the first sentence, where it tells day and year.
//!
//! In:  a first paragraph, `MARENKO, April 18, 2031 (Harbour Press) - The ferries …`.
//! Out: the date, 2031-04-18.
//!
//! A day without a year (`MARENKO, April 18 —`) is no date by itself and is left alone.

use crate::dates::{PrintedDate, read_dates};

/// A place line is short: place, country, day, agency.
const MAX_BYTES: usize = 100;

/// The date in the place line of a paragraph. The place is in capitals, and a dash ends the line.
pub(crate) fn read_place_line(paragraph: &str) -> Option<PrintedDate> {
    let end = [" - ", " – ", " — ", " -- ", "— ", "– "]
        .iter()
        .filter_map(|dash| paragraph.find(dash))
        .min()
        .filter(|&end| end <= MAX_BYTES)?;
    let line = &paragraph[..end];
    let place = line.split([',', '(']).next()?;
    let is_place = place.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && place.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | '/'));
    match read_dates(line).as_slice() {
        [date] if is_place => Some(*date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_lines_with_a_year() {
        for (paragraph, expected) in [
            ("MARENKO, April 18, 2031 (Harbour Press) - The ferries are back.", "2031-04-18"),
            ("PORT ORSK, Kandavia, 18 April 2031 — The ferries are back.", "2031-04-18"),
            ("MARENKO, April 18 (Harbour Press) - The ferries are back.", ""),
            ("MARENKO (Harbour Press) - The ferries are back since April 18, 2031.", ""),
            ("On April 18, 2031 - a Friday - the ferries came back.", ""),
            ("The ferries are back.", ""),
        ] {
            let found = read_place_line(paragraph).map(|date| date.published.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{paragraph}");
        }
    }
}
