//! Reads ISO 8601 times of publication.
//!
//! In:  `2022-04-18`, `20220418`, `2022-04-18T09:19`, `2022-04-18 09:19:30.5-04:00`, `…Z`, `…-0400`.
//! Out: a [`Published`] that is as exact as the words: no time where none is given, no zone where none is given.

use crate::Published;
use jiff::civil::{Date, Time};
use jiff::fmt::rfc2822::DateTimeParser as Rfc2822;
use jiff::tz::Offset;
use std::str::FromStr;

/// Words that are no ISO 8601 date or date-time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not an ISO 8601 date or date-time such as 2022-04-18 or 2022-04-18T09:19-04:00")]
pub struct PublishedError {
    /// The words, cut short where they are long.
    pub found: String,
}

impl FromStr for Published {
    type Err = PublishedError;

    fn from_str(text: &str) -> Result<Published, PublishedError> {
        read(text.trim()).ok_or_else(|| PublishedError { found: text.chars().take(40).collect() })
    }
}

/// Reads the dates of feeds: ISO 8601, or as in mail, `Mon, 18 Apr 2022 09:19:00 -0400`.
pub(crate) fn read_feed_date(text: &str) -> Option<Published> {
    let text = text.trim();
    read(text).or_else(|| {
        // The day of the week says nothing more, and is written in many ways.
        let date = text.split_once(',').map_or(text, |(_, date)| date.trim());
        let zoned = Rfc2822::new().parse_zoned(date).ok()?;
        let local = zoned.datetime();
        let time = local.time().with().subsec_nanosecond(0).build().ok()?;
        Some(Published { date: local.date(), time: Some(time), offset: Some(zoned.offset()) })
    })
}

fn read(text: &str) -> Option<Published> {
    let mut rest = Rest(text);
    let year = rest.digits(4)?;
    let extended = rest.take("-");
    let month = rest.digits(2)?;
    if extended && !rest.take("-") {
        return None;
    }
    let day = rest.digits(2)?;
    let date = Date::new(year as i16, month as i8, day as i8).ok()?;
    if rest.0.is_empty() {
        return Some(Published { date, time: None, offset: None });
    }
    if !(rest.take("T") || rest.take("t") || rest.take(" ")) {
        return None;
    }
    let hour = rest.digits(2)?;
    let colons = rest.take(":");
    let minute = rest.digits(2)?;
    let mut second = 0;
    if (colons && rest.take(":")) || (!colons && rest.0.starts_with(|c: char| c.is_ascii_digit())) {
        second = rest.digits(2)?.min(59); // 60 is a leap second.
        if rest.take(".") || rest.take(",") {
            rest.0 = rest.0.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    rest.0 = rest.0.trim_start();
    let offset = match rest.0.chars().next() {
        None => None,
        Some('Z' | 'z') if rest.0.len() == 1 => Some(Offset::UTC),
        Some(sign @ ('+' | '-' | '−')) => {
            rest.0 = &rest.0[sign.len_utf8()..];
            let hours = rest.digits(2)?;
            rest.take(":");
            let minutes = if rest.0.is_empty() || rest.0.starts_with('[') { 0 } else { rest.digits(2)? };
            // A zone name in brackets, as RFC 9557 adds it, says no more than the offset before it.
            if !(rest.0.is_empty() || (rest.0.starts_with('[') && rest.0.ends_with(']'))) || minutes > 59 {
                return None;
            }
            let seconds = (hours * 3600 + minutes * 60) as i32;
            Some(Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok()?)
        }
        Some(_) => return None,
    };
    Some(Published { date, time: Some(time), offset })
}

/// The words that are still to be read.
struct Rest<'t>(&'t str);

impl Rest<'_> {
    fn take(&mut self, word: &str) -> bool {
        match self.0.strip_prefix(word) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn digits(&mut self, n: usize) -> Option<u32> {
        let digits = self.0.get(..n)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = &self.0[n..];
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn iso_times_keep_their_exactness() {
        for (text, expected) in [
            ("2031-04-18", "2031-04-18"),
            ("20310418", "2031-04-18"),
            ("2031-04-18T09:19", "2031-04-18T09:19"),
            ("2031-04-18 09:19:00", "2031-04-18T09:19"),
            ("2031-04-18T09:19:30.250Z", "2031-04-18T09:19:30Z"),
            ("2031-04-18T09:19-04:00", "2031-04-18T09:19-04:00"),
            ("2031-04-18T09:19:05+0530", "2031-04-18T09:19:05+05:30"),
            ("2031-04-18T09:19+00:00", "2031-04-18T09:19Z"),
            ("20310418T091900Z", "2031-04-18T09:19Z"),
            ("2031-04-18T09:19+09:00[Asia/Seoul]", "2031-04-18T09:19+09:00"),
        ] {
            assert_eq!(text.parse::<Published>().map(|p| p.to_string()).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn dates_of_feeds_keep_their_zone() {
        for (text, expected) in [
            ("Fri, 18 Apr 2031 09:19:00 -0400", Some("2031-04-18T09:19-04:00")),
            ("Friday, 18 Apr 2031 09:19 GMT", Some("2031-04-18T09:19Z")),
            ("18 Apr 2031 09:19:05 EST", Some("2031-04-18T09:19:05-05:00")),
            ("Mon, 18 Apr 2031 09:19:00 +0200", Some("2031-04-18T09:19+02:00")), // it was a Friday
            ("2031-04-18T09:19:00Z", Some("2031-04-18T09:19Z")),
            ("2031-04-18", Some("2031-04-18")),
            ("last Friday", None),
            ("", None),
        ] {
            assert_eq!(read_feed_date(text).map(|p| p.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn other_words_are_refused() {
        for text in
            ["", "yesterday", "2031-13-01", "2031-02-30", "18/04/2031", "2031-04-18T25:00", "2031-04-18Tnoon"]
        {
            assert!(text.parse::<Published>().is_err(), "{text}");
        }
        insta::assert_snapshot!("18 April".parse::<Published>().unwrap_err(),
            @"`18 April` is not an ISO 8601 date or date-time such as 2022-04-18 or 2022-04-18T09:19-04:00");
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(seconds in 0i64..4_000_000_000, quarter in -48i32..56, kind in 0..3) {
            let stamp = jiff::Timestamp::from_second(seconds - seconds % 60).unwrap();
            let offset = Offset::from_seconds(quarter * 900).unwrap();
            let local = offset.to_datetime(stamp);
            let published = Published {
                date: local.date(),
                time: (kind > 0).then(|| local.time()),
                offset: (kind > 1).then_some(offset),
            };
            prop_assert_eq!(published.to_string().parse::<Published>(), Ok(published));
        }

        #[test]
        fn any_words_are_no_panic(text in "\\PC{0,40}") {
            let _ = text.parse::<Published>();
            let _ = read_feed_date(&text);
        }
    }
}
