//! Tells which outlets belong to one house, so that what one newsroom reports twice counts once.
//!
//! In:  a report with its outlet and address.
//! Out: a name that is the same for all outlets of one house: the house of `data/houses.toml`, else the host of its
//!      address without `www.` and the like, else the outlet's name.
//!
//! ```text
//! https://www.bbc.com/news/…     bbc
//! BBC News Africa                bbc
//! https://edition.example.com/…  example.com
//! Harbour Post                   harbour post
//! ```

use crate::words::fold;
use dateline_plover::CodedReport;
use serde::Deserialize;
use std::sync::LazyLock;

/// First labels of hosts that name a section or an edition, and not another outlet.
const EDITIONS: [&str; 12] =
    ["www", "m", "mobile", "amp", "edition", "news", "english", "en", "eng", "africa", "asia", "world"];

/// The house that publishes a report.
pub(crate) fn house_of(report: &CodedReport) -> Option<String> {
    let outlet = report.article.outlet.as_deref().or(report.report.outlet.as_deref());
    let url = report.report.url.as_deref().or(report.article.url.as_deref());
    house(outlet, url)
}

fn house(outlet: Option<&str>, url: Option<&str>) -> Option<String> {
    let host = url.and_then(host_of);
    let name = outlet.map(fold).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let known = HOUSES.iter().find(|house| {
        host.as_deref().is_some_and(|host| house.hosts.iter().any(|known| known == host))
            || name.as_deref().is_some_and(|name| house.names.iter().any(|known| is_named(name, known)))
    });
    known.map(|house| house.name.clone()).or(host).or(name)
}

/// Whether a name is the house's own or begins with it: `bbc news africa`.
fn is_named(name: &str, known: &str) -> bool {
    name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The host of an address without its edition: `edition.example.com` is `example.com`.
fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?.to_ascii_lowercase();
    let mut host = host.as_str();
    while let Some((first, rest)) = host.split_once('.')
        && EDITIONS.contains(&first)
        && rest.contains('.')
    {
        host = rest;
    }
    host.contains('.').then(|| host.to_owned())
}

#[derive(Deserialize)]
struct Table {
    house: Vec<House>,
}

#[derive(Deserialize)]
struct House {
    name: String,
    /// Without case; longer names that begin with one are of the house too.
    names: Vec<String>,
    hosts: Vec<String>,
}

static HOUSES: LazyLock<Vec<House>> = LazyLock::new(|| {
    let table: Table =
        toml::from_str(include_str!("../data/houses.toml")).expect("invariant: the table is valid");
    table.house
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn houses() {
        for (outlet, url, expected) in [
            (Some("BBC News Africa"), None, Some("bbc")),
            (None, Some("https://www.bbc.co.uk/news/world-1"), Some("bbc")),
            (Some("Harbour Post"), None, Some("harbour post")),
            (Some("Harbour Post"), Some("https://www.harbour.example/a?b"), Some("harbour.example")),
            (None, Some("https://edition.example.com/x"), Some("example.com")),
            (None, None, None),
            (Some(" "), Some("nonsense"), None),
        ] {
            assert_eq!(house(outlet, url).as_deref(), expected, "{outlet:?} {url:?}");
        }
    }
}
