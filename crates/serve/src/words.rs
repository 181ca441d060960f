//! Things of a record in words and signs, the same on every page.
//!
//! Whatever comes from a report goes through [`show`]: one line, with nothing in it that a browser would obey.

pub(crate) use dateline_brief::day as day_in_words;
use dateline_brief::{month, phrase};
use dateline_link::Status;
use dateline_plover::{EventType, QuadClass};
use dateline_record::{EventRow, PartyRow};
use dateline_resolve::{Countries, CountryCode, DayRange};
use dateline_rows::plain;
use dateline_text::visible;
use jiff::civil::Date;
use maud::{Markup, html};
use std::net::Ipv6Addr;

/// Characters of a name or a line.
const LINE: usize = 160;
/// Parties that are named before the others are only counted.
const PARTIES: usize = 3;

/// Words of a report on one line, cut where they are long.
pub(crate) fn show(words: &str) -> String {
    cut(words, LINE)
}

/// Words of a report on one line, cut after so many characters.
pub(crate) fn cut(words: &str, n_chars: usize) -> String {
    // A word of a megabyte is not gone through to its end.
    let end = words.char_indices().nth(n_chars * 4).map_or(words.len(), |(at, _)| at);
    let line = plain(&words[..end]);
    match line.char_indices().nth(n_chars) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None if end < words.len() => format!("{line}…"),
        None => line,
    }
}

/// Whether an address of a report may be a link: of the web, of a host that it names openly, with nothing in it that is not seen.
pub(crate) fn is_web_address(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else {
        return false;
    };
    if address.contains(char::is_whitespace) || visible(address) != address {
        return false;
    }
    // `https://bank.example@evil.example` leads to the second: a name before the host has no letters that a host has.
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, port)) if host.parse::<Ipv6Addr>().is_ok() => {
            (host, port.strip_prefix(':').or(port.is_empty().then_some("")))
        }
        Some(_) => return false,
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, Some("")),
        },
    };
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    host.contains(char::is_alphanumeric)
        && host.chars().all(is_host)
        && port.is_some_and(|port| port.is_empty() || port.parse::<u16>().is_ok())
}

/// A message of ours, in which backticks enclose what was typed or could be.
pub(crate) fn message(words: &str) -> Markup {
    html! {
        @for (number, part) in words.split('`').enumerate() {
            @if number % 2 == 1 { code { (visible(part)) } } @else { (visible(part)) }
        }
    }
}

/// `12,345`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// `1 report`, `12,345 reports`.
pub(crate) fn n_of(number: u64, one: &str, more: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { more })
}

/// `18 Apr`.
pub(crate) fn short_day(day: Date) -> String {
    format!("{} {}", day.day(), &month(day)[..3])
}

/// When something was published, as exactly as given: `18 April 2022, 14:30 UTC`. What is no ISO 8601 stands as it is.
pub(crate) fn moment(published: &str) -> String {
    let Some((day, rest)) = published.get(..10).zip(published.get(10..)) else { return show(published) };
    let Ok(day) = day.parse::<Date>() else { return show(published) };
    match rest.strip_prefix(['T', ' ']) {
        None if rest.is_empty() => day_in_words(day),
        None => show(published),
        Some(time) => {
            let (time, zone) = match time.find(['Z', '+', '-']) {
                Some(at) => (&time[..at], if &time[at..] == "Z" { "UTC" } else { &time[at..] }),
                None => (time, ""),
            };
            show(format!("{}, {time} {zone}", day_in_words(day)).trim_end())
        }
    }
}

/// A day, for eyes and for programs.
pub(crate) fn time(day: Date) -> Markup {
    html! { time datetime=(day) { (day_in_words(day)) } }
}

/// The days of an event, or that no report gives one.
pub(crate) fn days(date: Option<DayRange>) -> Markup {
    html! {
        @match date {
            None => span.faint { "day not stated" },
            Some(DayRange { from, to }) if from == to => (time(from)),
            Some(DayRange { from, to }) => { (time(from)) " – " (time(to)) }
        }
    }
}

/// The sign of a quadrant: round for cooperation and square for conflict, hollow for words and full for deeds. It
/// always stands beside a word.
pub(crate) fn quad_sign(quad: QuadClass) -> Markup {
    html! {
        svg.sign.(quad_class(quad)) viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false" {
            @match quad {
                QuadClass::VerbalCooperation => circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="2" {},
                QuadClass::MaterialCooperation => circle cx="6" cy="6" r="5.25" fill="currentColor" {},
                QuadClass::VerbalConflict => rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" stroke-width="2" {},
                QuadClass::MaterialConflict => rect x="1" y="1" width="10" height="10" fill="currentColor" {},
            }
        }
    }
}

/// The class that gives a quadrant its colour.
pub(crate) fn quad_class(quad: QuadClass) -> &'static str {
    match quad {
        QuadClass::VerbalCooperation => "q1",
        QuadClass::MaterialCooperation => "q2",
        QuadClass::VerbalConflict => "q3",
        QuadClass::MaterialConflict => "q4",
    }
}

/// `ASSAULT/drone`.
pub(crate) fn code(event: &EventRow) -> String {
    let modes = event.modes.iter().map(|mode| mode.as_str());
    std::iter::once(event.event.as_str()).chain(modes).collect::<Vec<_>>().join("/")
}

/// The sign, the code and the quadrant.
pub(crate) fn tag(event: &EventRow) -> Markup {
    html! {
        span.tag title=(event.quad().as_str()) { (quad_sign(event.quad())) " " (code(event)) }
        @if event.status != Status::Reported { " " (status(event.status)) }
    }
}

/// What became of an event that did not simply happen.
pub(crate) fn status(status: Status) -> Markup {
    html! { span.status.(status.as_str()) { (status.as_str()) } }
}

/// `South Korea and the United States held talks with Noh Kyu-duk`.
pub(crate) fn headline(event: &EventRow) -> String {
    let words = phrase(event.event, &event.modes);
    let who = if event.actors.is_empty() { "Somebody not named".to_owned() } else { names(&event.actors) };
    let before = match event.status {
        Status::Planned => "planned: ",
        Status::Denied => "denied: ",
        Status::Hypothetical => "only supposed: ",
        Status::Historical => "looking back: ",
        Status::Reported => "",
    };
    let whom = if event.recipients.is_empty() {
        String::new()
    } else {
        format!(" {} {}", words.to, names(&event.recipients))
    };
    let line = format!("{before}{who} {}{whom}", words.phrase);
    let mut chars = line.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn names(parties: &[PartyRow]) -> String {
    // "Children" of two sectors are two actors and one word.
    let mut all: Vec<String> = Vec::new();
    for name in parties.iter().map(|party| cut(&party.name, 60)) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    if all.len() > PARTIES {
        let n_more = all.len() - PARTIES;
        all.truncate(PARTIES);
        all.push(format!("{n_more} more"));
    }
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}

/// An event as a link in words.
pub(crate) fn event_link(event: &EventRow) -> Markup {
    html! { a href=(format!("/event/e{}", event.id)) { (headline(event)) } }
}

/// The address of the page of an actor.
pub(crate) fn actor_address(party: &PartyRow) -> String {
    format!("/actor/a{}", party.id)
}

/// Somebody with code, as a link to their page.
pub(crate) fn party_link(party: &PartyRow) -> Markup {
    let code = dateline_rows::code_of(party);
    html! {
        a href=(actor_address(party)) { (cut(&party.name, 80)) }
        @if !code.is_empty() { " " span.code { (code) } }
    }
}

/// `4 reports, 3 independent`.
pub(crate) fn reports(n_reports: u32, n_independent: u32) -> String {
    match (n_reports, n_independent) {
        (1, _) => "1 report".to_owned(),
        (n, independent) if n == independent => format!("{} independent reports", thousands(n.into())),
        (n, independent) => {
            format!("{} reports, {} independent", thousands(n.into()), thousands(independent.into()))
        }
    }
}

/// The name of a country in daily use, else its code.
pub(crate) fn country_name(code: CountryCode) -> String {
    let above = match code.as_str() {
        "UNO" => "United Nations",
        "EUR" => "European Union",
        "IGO" => "International organisations",
        "NGO" => "Non-governmental organisations",
        "ISM" => "International movements",
        "IMG" => "Militarised groups across borders",
        "MNC" => "Multinational companies",
        _ => "",
    };
    match Countries::embedded().country(code) {
        _ if !above.is_empty() => above.to_owned(),
        Some(country) => country.name.clone(),
        None => code.to_string(),
    }
}

/// What an event type is called in a list: `ASSAULT – attacked`.
pub(crate) fn type_in_words(event: EventType) -> String {
    format!("{} – {}", event.as_str(), phrase(event, &[]).phrase)
}

/// `−9.5`, `+2.5`, `0`.
pub(crate) fn signed(number: f32) -> String {
    if number < 0.0 {
        format!("−{}", -number)
    } else if number > 0.0 {
        format!("+{number}")
    } else {
        "0".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_written_for_people() {
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), expected);
        }
        assert_eq!(day_in_words(jiff::civil::date(2022, 4, 18)), "18 April 2022");
        assert_eq!(short_day(jiff::civil::date(2022, 12, 1)), "1 Dec");
        for (published, expected) in [
            ("2022-04-18", "18 April 2022"),
            ("2022-04-18T14:30Z", "18 April 2022, 14:30 UTC"),
            ("2022-04-18T14:30:05+09:00", "18 April 2022, 14:30:05 +09:00"),
            ("2022-04-18T14:30", "18 April 2022, 14:30"),
            ("last Monday", "last Monday"),
            ("ünbekannt–kein Tag", "ünbekannt–kein Tag"),
        ] {
            assert_eq!(moment(published), expected);
        }
        assert_eq!([signed(-9.5), signed(2.5), signed(0.0)], ["−9.5", "+2.5", "0"]);
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (address, expected) in [
            ("https://news.example/2023/raid?id=1#top", true),
            ("http://news.example:8080", true),
            ("https://zürich.example/überfall", true),
            ("https://[2001:db8::1]:443/x", true),
            ("javascript:alert(1)", false),
            ("JaVaScRiPt://news.example/%0aalert(1)", false),
            ("data:text/html,x", false),
            ("//news.example", false),
            ("https://", false),
            ("https:///x", false),
            ("http://[::1", false),
            ("http://[x]/", false),
            ("http://[::1]x/", false),
            ("https://news.example:99999/", false),
            ("https://bank.example@evil.example/", false),
            ("https://bank.example:1@evil.example/", false),
            ("https://news.example/\u{202E}gpj.exe", false),
            ("https://news\n.example/", false),
            ("https://news.example/\" onmouseover=\"x()", false),
            ("https://%6eews.example/", false),
        ] {
            assert_eq!(is_web_address(address), expected, "{address:?}");
        }
    }

    #[test]
    fn words_of_reports_are_cut_and_harmless() {
        for (words, n_chars, expected) in [
            ("two\n drones", 20, "two drones"),
            ("two drones", 4, "two…"),
            ("abc\u{202E}fed", 20, "abc\u{FFFD}fed"),
        ] {
            assert_eq!(cut(words, n_chars), expected, "{words}");
        }
        assert_eq!(cut(&"x".repeat(1_000_000), 10), "xxxxxxxxxx…");
    }
}
