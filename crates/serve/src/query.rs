//! What an address asks for: filters, as the command line has them, and the page of a list.
//!
//! In:  a query string.
//! Out: [`Query`]: the words as typed, and [`Filters`] as meant; or which parameter makes no sense, and what would.
//!
//! Written back, the same question always has the same address, in the order of [`NAMES`], so that it can be
//! passed on and kept.
//!
//! ```text
//! ?to=2022-04-30&dyad=KOR,PRK&actor=  ->  ?dyad=KOR,PRK&to=2022-04-30
//! ```

use crate::error::PageError;
use dateline_record::{
    FilterError, Filters, read_context, read_country, read_day, read_dyad, read_quad, read_status,
};
use std::fmt::Write;

/// The filters by their names, in the order in which an address has them.
pub(crate) const NAMES: [&str; 13] = [
    "text",
    "actor",
    "recipient",
    "dyad",
    "event",
    "quad",
    "context",
    "country",
    "place",
    "from",
    "to",
    "min_independent",
    "status",
];
/// Rows of a page where no number is given.
pub(crate) const ROWS: usize = 50;
/// Rows of a page at most.
pub(crate) const MAX_ROWS: usize = 500;
/// Rows that may be passed over: further on, other filters are quicker than turning pages.
pub(crate) const MAX_OFFSET: usize = 100_000;
/// Characters of one value.
const MAX_CHARS: usize = 400;

/// A question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    /// Name and value as typed, in the order of [`NAMES`], none empty.
    typed: Vec<(&'static str, String)>,
    /// Parameters of one page alone, in the order in which it names them.
    own: Vec<(&'static str, String)>,
    /// As meant, with limit and offset.
    pub filters: Filters,
    /// Rows asked for, where a number was given.
    limit: Option<usize>,
    /// Which page of a list, from 1.
    pub page: usize,
    /// Whether values were empty, as forms send them.
    pub has_empty: bool,
}

impl Query {
    /// Reads a query string. `own` are the parameters that only this page has.
    pub fn read(query: &str, own: &[&'static str]) -> Result<Query, PageError> {
        Query::read_up_to(query, own, MAX_ROWS)
    }

    /// The same, with so many rows at most.
    pub fn read_up_to(query: &str, own: &[&'static str], most: usize) -> Result<Query, PageError> {
        let mut read = Query { page: 1, ..Query::default() };
        let mut offset = None;
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let wrong = |reason: String| PageError::Parameter { name: decoded(name), reason };
            let (name, value) = (decoded(name), decoded(value));
            let value = value.trim();
            if value.is_empty() {
                read.has_empty = true;
                continue;
            }
            if value.chars().count() > MAX_CHARS {
                return Err(wrong(format!("{MAX_CHARS} characters are the most that are taken")));
            }
            match name.as_str() {
                "limit" => read.limit = Some(number(value, most).map_err(wrong)?),
                "page" => read.page = number(value, MAX_OFFSET).map_err(wrong)?.max(1),
                "offset" => offset = Some(number(value, MAX_OFFSET).map_err(wrong)?),
                name => {
                    // A parameter of the page wins over a filter of that name: `/lineage?event=e12`.
                    if let Some(&name) = own.iter().find(|&&known| known == name) {
                        read.own.retain(|(known, _)| *known != name);
                        read.own.push((name, value.to_owned()));
                    } else if let Some(&name) = NAMES.iter().find(|&&known| known == name) {
                        read.add(name, value);
                    } else {
                        let known = [&NAMES[..], &["limit", "page"], own].concat().join(", ");
                        return Err(wrong(format!("there is no such parameter here ({known})")));
                    }
                }
            }
        }
        read.typed.sort_by_key(|(name, _)| NAMES.iter().position(|known| known == name));
        read.own.sort_by_key(|(name, _)| own.iter().position(|known| known == name));
        for (name, value) in &read.typed {
            mean(&mut read.filters, name, value).map_err(|error| PageError::filter(name, &error))?;
        }
        let limit = read.limit.unwrap_or(ROWS);
        let offset = offset.unwrap_or((read.page - 1).saturating_mul(limit));
        if offset > MAX_OFFSET {
            let reason =
                format!("the first {MAX_OFFSET} rows can be turned to; for later ones, give fewer days");
            return Err(PageError::Parameter { name: "page".to_owned(), reason });
        }
        read.filters.limit = Some(limit);
        read.filters.offset = offset;
        Ok(read)
    }

    /// Takes a value as typed. Several event types are joined, of anything else the last one counts.
    fn add(&mut self, name: &'static str, value: &str) {
        match self.typed.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) if name == "event" => {
                known.push(',');
                known.push_str(value);
            }
            Some((_, known)) => value.clone_into(known),
            None => self.typed.push((name, value.to_owned())),
        }
    }

    /// A filter as typed.
    pub fn typed(&self, name: &str) -> Option<&str> {
        self.typed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// All filters as typed.
    pub fn all_typed(&self) -> &[(&'static str, String)] {
        &self.typed
    }

    /// A parameter of one page alone.
    pub fn own(&self, name: &str) -> Option<&str> {
        self.own.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// All parameters of the page alone.
    pub fn all_own(&self) -> &[(&'static str, String)] {
        &self.own
    }

    /// The question with other days.
    pub fn with_days(&self, from: Option<&str>, to: Option<&str>) -> String {
        let mut typed: Vec<(&'static str, String)> =
            self.typed.iter().filter(|(known, _)| !matches!(*known, "from" | "to")).cloned().collect();
        typed.extend(from.map(|day| ("from", day.to_owned())));
        typed.extend(to.map(|day| ("to", day.to_owned())));
        typed.sort_by_key(|(name, _)| NAMES.iter().position(|known| known == name));
        self.written(&typed, None)
    }

    /// The question with one parameter of the page alone changed, or taken away.
    pub fn with_own(&self, name: &'static str, value: Option<&str>) -> String {
        let mut changed = self.clone();
        changed.own.retain(|(known, _)| *known != name);
        changed.own.extend(value.map(|value| (name, value.to_owned())));
        changed.address()
    }

    /// The same question without the parameters of one page alone.
    pub fn without_own(&self) -> Query {
        Query { own: Vec::new(), ..self.clone() }
    }

    /// Whether anything is filtered.
    pub fn has_filters(&self) -> bool {
        !self.typed.is_empty()
    }

    /// The same question without its page, in its one form: nothing, or `?` and what follows.
    pub fn address(&self) -> String {
        self.written(&self.typed, None)
    }

    /// The filters alone, for addresses that take no parameters of this page.
    pub fn filters_address(&self) -> String {
        self.filters_address_without("")
    }

    /// The filters but one.
    pub fn filters_address_without(&self, left_out: &str) -> String {
        let pairs = self.typed.iter().filter(|(name, _)| *name != left_out);
        address(pairs.map(|(name, value)| (*name, value.as_str())))
    }

    /// The same question with its page.
    pub fn address_of_page(&self, page: usize) -> String {
        if page > 1 { self.written(&self.typed, Some(page)) } else { self.address() }
    }

    /// The question with one filter changed, or taken away.
    pub fn with(&self, name: &'static str, value: Option<&str>) -> String {
        let mut typed: Vec<(&'static str, String)> =
            self.typed.iter().filter(|(known, _)| *known != name).cloned().collect();
        typed.extend(value.map(|value| (name, value.to_owned())));
        typed.sort_by_key(|(name, _)| NAMES.iter().position(|known| known == name));
        self.written(&typed, None)
    }

    fn written(&self, typed: &[(&'static str, String)], page: Option<usize>) -> String {
        let limit = self.limit.map(|limit| limit.to_string());
        let page = page.map(|page| page.to_string());
        let pairs = typed.iter().chain(&self.own).map(|(name, value)| (*name, value.as_str()));
        let pairs = pairs.chain(limit.as_deref().map(|limit| ("limit", limit)));
        address(pairs.chain(page.as_deref().map(|page| ("page", page))))
    }
}

/// A query string: nothing, or `?` and the pairs.
pub(crate) fn address<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut written = String::new();
    for (name, value) in pairs {
        written.push(if written.is_empty() { '?' } else { '&' });
        written.push_str(name);
        written.push('=');
        for byte in value.bytes() {
            match byte {
                b' ' => written.push('+'),
                // What RFC 3986 lets stand in a query and forms do not give a meaning.
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b'/' | b'*' => {
                    written.push(char::from(byte));
                }
                _ => _ = write!(written, "%{byte:02X}"),
            }
        }
    }
    written
}

/// `+` and `%41` as they are meant; what is no UTF-8 becomes U+FFFD.
pub(crate) fn decoded(words: &str) -> String {
    let mut bytes = Vec::with_capacity(words.len());
    let mut rest = words.bytes();
    while let Some(byte) = rest.next() {
        match (byte, next_hexadecimal(rest.clone())) {
            (b'+', _) => bytes.push(b' '),
            (b'%', Some(value)) => {
                bytes.push(value);
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The value of the two digits that come next.
fn next_hexadecimal(mut rest: std::str::Bytes<'_>) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
    u8::try_from(high * 16 + low).ok()
}

fn number(value: &str, most: usize) -> Result<usize, String> {
    let number = value.parse::<usize>().ok().filter(|&number| number <= most);
    number.ok_or_else(|| format!("`{value}` is not a number from 0 to {most}"))
}

fn mean(filters: &mut Filters, name: &str, value: &str) -> Result<(), FilterError> {
    match name {
        "text" => filters.text = Some(value.parse()?),
        "actor" => filters.actor = Some(value.parse()?),
        "recipient" => filters.recipient = Some(value.parse()?),
        "dyad" => filters.dyad = Some(read_dyad(value)?),
        "event" => filters.event = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
        "quad" => filters.quad = Some(read_quad(value)?),
        "context" => filters.context = Some(read_context(value)?),
        "country" => filters.country = Some(read_country(value)?),
        "place" => filters.place = Some(value.parse()?),
        "from" => filters.from = Some(read_day(value)?),
        "to" => filters.to = Some(read_day(value)?),
        "min_independent" => {
            filters.min_independent = value.parse().map_err(|_| FilterError::Number(value.to_owned()))?;
        }
        _ => filters.status = Some(read_status(value)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_has_one_address() {
        for (typed, expected) in [
            ("", ""),
            ("actor=&to=", ""),
            ("to=2022-04-30&dyad=KOR,PRK&actor=", "?dyad=KOR,PRK&to=2022-04-30"),
            ("event=ASSAULT&event=AID", "?event=ASSAULT,AID"),
            ("text=%22joint+exercise%22+-film", "?text=%22joint+exercise%22+-film"),
            ("text=S%C3%A9oul%3C&limit=20", "?text=S%C3%A9oul%3C&limit=20"),
            ("text=100%25%zz", "?text=100%25%25zz"),
            ("page=3&from=2022-04-01", "?from=2022-04-01"),
        ] {
            let query = Query::read(typed, &[]).unwrap_or_else(|error| panic!("{typed}: {error:?}"));
            assert_eq!(query.address(), expected, "{typed}");
            let again = Query::read(expected.trim_start_matches('?'), &[]).expect("it reads back");
            assert_eq!(again.address(), expected, "{typed}");
        }
    }

    #[test]
    fn pages_are_limit_and_offset() {
        for (typed, expected) in [
            ("", (50, 0)),
            ("page=3", (50, 100)),
            ("page=3&limit=20", (20, 40)),
            ("offset=7", (50, 7)),
            ("page=0", (50, 0)),
        ] {
            let filters = Query::read(typed, &[]).expect("a question").filters;
            assert_eq!((filters.limit, filters.offset), (Some(expected.0), expected.1), "{typed}");
        }
    }

    #[test]
    fn one_filter_can_be_changed() {
        let query = Query::read("actor=KOR&page=4", &[]).expect("a question");
        for (name, value, expected) in [
            ("actor", None, ""),
            ("actor", Some("PRK/MIL"), "?actor=PRK/MIL"),
            ("text", Some("drone"), "?text=drone&actor=KOR"),
        ] {
            assert_eq!(query.with(name, value), expected, "{name} {value:?}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (typed, name, reason) in [
            ("from=18+April", "from", "`18 April` is not a day; write it as 2022-04-18"),
            ("limit=many", "limit", "`many` is not a number from 0 to 500"),
            ("min_independent=-1", "min_independent", "`-1` is not a number of reports"),
            ("page=9999", "page", "the first 100000 rows can be turned to; for later ones, give fewer days"),
            (
                "dyad=KOR",
                "dyad",
                "`KOR` does not name two sides with a comma between them, such as `KOR,PRK`",
            ),
        ] {
            match Query::read(typed, &[]) {
                Err(PageError::Parameter { name: found, reason: told }) => {
                    assert_eq!((found.as_str(), told.as_str()), (name, reason), "{typed}");
                }
                other => panic!("{typed}: {other:?}"),
            }
        }
        assert!(
            matches!(Query::read("akter=KOR", &[]), Err(PageError::Parameter { name, .. }) if name == "akter")
        );
        assert!(Query::read("step=week", &["step"]).is_ok_and(|query| query.own("step") == Some("week")));
        assert!(Query::read("event=e12", &["event"]).is_ok_and(|query| query.own("event") == Some("e12")));
    }
}
