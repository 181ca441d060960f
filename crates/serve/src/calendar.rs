//! `/calendar.ics`: planned events of a known day that pass the filters, as iCalendar (RFC 5545).
//!
//! In:  the record and the filters of the address; `status` is `planned` here.
//! Out: one VEVENT an event, whole days, tentative, stamped with the day of its latest report, as no clock is read.
//!
//! ```text
//! DTSTART;VALUE=DATE:20220418
//! SUMMARY:Planned: South Korea will hold talks with the United States
//! ```

use crate::answer::Rendered;
use crate::asked::Asked;
use crate::error::PageError;
use crate::feed::{name_of, quoted, updated_on};
use crate::words::{code, cut, headline, reports};
use dateline_link::Status;
use dateline_record::{Filters, Record};
use dateline_resolve::DayRange;
use jiff::ToSpan;
use jiff::civil::Date;

/// Quotations of one event.
const QUOTES: usize = 3;
/// Octets of a line without its end.
const LINE: usize = 75;

/// The calendar.
pub(crate) fn calendar(record: &mut Record, asked: &Asked) -> Result<Rendered, PageError> {
    if asked.query.filters.status.is_some_and(|status| status != Status::Planned) {
        let reason = "the calendar holds what is planned; leave the parameter out".to_owned();
        return Err(PageError::Parameter { name: "status".to_owned(), reason });
    }
    let filters = Filters { status: Some(Status::Planned), ..asked.query.filters.clone() };
    let name = name_of(record)?;
    let mut text = String::new();
    for (property, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//dateline//record//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        line(&mut text, property, value);
    }
    line(&mut text, "X-WR-CALNAME", "Planned events – dateline");
    for event in record.events(&filters)? {
        let Some(DayRange { from, to }) = event.date else { continue };
        let detail = record.event(event.id)?;
        let quotes =
            detail.iter().flat_map(|event| &event.evidence).take(QUOTES).map(|told| quoted(told, 300));
        let told = format!("{}, {}.", code(&event), reports(event.n_reports, event.n_independent));
        let path = format!("{}/event/e{}", asked.root, event.id);
        let description: Vec<String> = [told].into_iter().chain(quotes).chain([path]).collect();
        line(&mut text, "BEGIN", "VEVENT");
        line(&mut text, "UID", &format!("{name}-e{}@dateline.invalid", event.id));
        line(&mut text, "DTSTAMP", &format!("{}T000000Z", basic(updated_on(&event))));
        line(&mut text, "DTSTART;VALUE=DATE", &basic(from));
        line(&mut text, "DTEND;VALUE=DATE", &basic(to.saturating_add(1.day())));
        line(&mut text, "SUMMARY", &escaped(&headline(&event)));
        line(&mut text, "DESCRIPTION", &escaped(&description.join("\n")));
        if let Some(place) = &event.place {
            line(&mut text, "LOCATION", &escaped(&cut(&place.place.name, 100)));
            if let Some((lat, lon)) = place.place.coordinates {
                line(&mut text, "GEO", &format!("{lat:.4};{lon:.4}"));
            }
        }
        for (property, value) in [("STATUS", "TENTATIVE"), ("TRANSP", "TRANSPARENT"), ("END", "VEVENT")] {
            line(&mut text, property, value);
        }
    }
    line(&mut text, "END", "VCALENDAR");
    Ok(Rendered::of("text/calendar; charset=utf-8", text.into_bytes()))
}

/// `20220418`
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// As the value of a text: RFC 5545, 3.3.11.
fn escaped(words: &str) -> String {
    let mut written = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ';' | ',' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            c if c.is_control() => written.push(' '),
            c => written.push(c),
        }
    }
    written
}

/// Writes a line, folded where it is longer than [`LINE`] octets, never inside a character.
fn line(text: &mut String, property: &str, value: &str) {
    let mut n_octets = 0;
    for c in property.chars().chain([':']).chain(value.chars()) {
        if n_octets + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            n_octets = 1;
        }
        text.push(c);
        n_octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        for (words, expected) in [
            ("Lima, Peru; \\ 5", "Lima\\, Peru\\; \\\\ 5"),
            ("one\ntwo\r", "one\\ntwo "),
            ("END:VCALENDAR", "END:VCALENDAR"),
        ] {
            assert_eq!(escaped(words), expected);
        }
    }

    #[test]
    fn lines_are_folded_at_75_octets() {
        for value in ["short".to_owned(), "x".repeat(400), "é".repeat(400), "日本".repeat(100)] {
            let mut text = String::new();
            line(&mut text, "SUMMARY", &value);
            assert!(text.ends_with("\r\n"));
            assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
            assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        }
    }
}
