//! Which pages there are, and what is wrong with one.
//!
//! A pattern of addresses is a path with its numbers taken out and the names of its parameters: `/event/e#`,
//! `/events?actor&from`. Filters can be combined without end, so patterns of more than two parameters are left out.

use crate::driver::Browser;
use crate::site::Site;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Where a walk begins: what no link leads to.
pub const ENTRANCES: &[&str] = &[
    "/",
    "/?map=world",
    "/search?text=minister",
    "/search?text=zzzz",
    "/?country=NZL",
    "/events?dyad=KOR,PRK",
];

/// What cannot be asked, and the status of its page.
pub const MISTAKES: &[(&str, u16)] =
    &[("/nothing", 404), ("/event/e99999", 404), ("/events?from=18+April", 400)];

const MAX_PARAMETERS: usize = 2;

/// Addresses of a site.
pub struct Addresses {
    /// Pages.
    pub pages: Vec<String>,
    /// The media type of everything else: JSON, CSV, feeds.
    pub data: BTreeMap<String, String>,
    /// Links that lead nowhere.
    pub broken: Vec<String>,
}

/// Follows links from the entrances; of each pattern so many addresses.
pub async fn addresses(browser: &Browser, site: &Site, entrances: &[String], n_each: usize) -> Addresses {
    let mut waiting: VecDeque<String> = entrances.iter().map(|path| site.at(path)).collect();
    let mut n_of_pattern: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut found = Addresses { pages: Vec::new(), data: BTreeMap::new(), broken: Vec::new() };
    while let Some(address) = waiting.pop_front() {
        browser.open_page(&address).await;
        found.pages.push(address);
        let mut wanted = Vec::new();
        for link in texts(&browser.value(LINKS).await) {
            if !link.starts_with(&site.address) || !seen.insert(link.clone()) {
                continue;
            }
            let Some(pattern) = pattern_of(&link[site.address.len() - 1..]) else { continue };
            let n = n_of_pattern.entry(pattern).or_default();
            *n += 1;
            if *n <= n_each {
                wanted.push(link);
            }
        }
        let types = browser.value(&ASK.replace("LINKS", &Value::from(wanted.clone()).to_string())).await;
        for (link, answer) in wanted.into_iter().zip(texts(&types)) {
            match answer.strip_prefix("200 ") {
                Some(media_type) if media_type.starts_with("text/html") => waiting.push_back(link),
                Some(media_type) => _ = found.data.insert(link, media_type.to_owned()),
                None => found.broken.push(format!("{:?} leads to {link}: {answer}", found.pages.last())),
            }
        }
    }
    found
}

/// `/event/e#` of `/event/e12`.
fn pattern_of(path: &str) -> Option<String> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut names: Vec<&str> =
        query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    names.sort_unstable();
    let mut pattern = String::new();
    for c in path.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if !(c == '#' && pattern.ends_with('#')) {
            pattern.push(c);
        }
    }
    (names.len() <= MAX_PARAMETERS).then(|| format!("{pattern}?{}", names.join("&")))
}

/// Everything that a page leads to, without the places in it.
const LINKS: &str = "[...document.querySelectorAll('a, link[rel~=alternate], area')]
    .map(link => link.getAttribute('href') ?? link.getAttribute('xlink:href')).filter(href => href)
    .map(href => URL.parse(href, location)?.href.split('#')[0] ?? '')";

/// Status and media type of addresses.
const ASK: &str = "Promise.all(LINKS.map(link => fetch(link)
    .then(answer => answer.status + ' ' + answer.headers.get('content-type'), error => String(error))))";

fn texts(value: &Value) -> Vec<String> {
    let values = value.as_array().expect("a list");
    values.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
}

/// What is wrong, and where.
#[derive(Default)]
pub struct Faults(BTreeMap<String, Vec<String>>);

impl Faults {
    /// Notes faults of one page, in one size and theme.
    pub fn add(&mut self, place: &str, faults: impl IntoIterator<Item = String>) {
        for fault in faults {
            self.0.entry(fault).or_default().push(place.to_owned());
        }
    }

    /// Fails with all of them, each with the first place where it is.
    pub fn assert_none(&self) {
        let lines =
            self.0.iter().map(|(fault, places)| format!("{} ({} times): {fault}", places[0], places.len()));
        assert!(self.0.is_empty(), "{}", lines.collect::<Vec<_>>().join("\n"));
    }
}

/// What is wrong with the page that is open, whatever its size and theme.
pub async fn faults(browser: &Browser) -> Vec<String> {
    texts(&browser.value(FAULTS).await)
}

/// Whether anything reaches beyond the right edge of the window, and what.
pub async fn overflow(browser: &Browser) -> Vec<String> {
    texts(&browser.value(OVERFLOW).await)
}

/// What the console said and which requests went elsewhere since the last question. `status` is that of the page.
pub async fn breaches(browser: &Browser, site: &Site, status: u16) -> Vec<String> {
    let mut breaches = browser.errors().await;
    // Chrome takes the page of an error for an error.
    breaches.retain(|message| status == 200 || !message.contains(&format!("status of {status}")));
    let requests = browser.requests().await;
    let elsewhere =
        requests.iter().filter(|url| !url.starts_with(&site.address) && !url.starts_with("data:"));
    breaches.extend(elsewhere.map(|url| format!("asks for {url}")));
    breaches
}

const FAULTS: &str = "(() => {
    const faults = [];
    const is = (right, words) => { if (!right) faults.push(words); };
    const all = css => [...document.querySelectorAll(css)];
    is(document.title.trim(), 'no title');
    is(document.documentElement.lang, 'no language');
    is(document.querySelector('meta[name=viewport]'), 'no viewport');
    is(all('h1').length === 1 && all('h1')[0].textContent.trim(), `${all('h1').length} h1`);
    is(all('main').length === 1, `${all('main').length} main`);
    const ids = all('[id]').map(element => element.id);
    is(new Set(ids).size === ids.length, 'an id stands twice');
    for (const link of all('a[href^=\"#\"]'))
        is(document.getElementById(decodeURIComponent(link.hash.slice(1))), `no place for ${link.hash}`);
    for (const link of all('a[href]')) {
        const to = URL.parse(link.getAttribute('href'), location);
        is(to && /^https?:$/.test(to.protocol), `link to ${link.getAttribute('href').slice(0, 40)}`);
        is(!to || to.origin === location.origin || link.relList.contains('noreferrer'), `${to?.origin} is told where from`);
    }
    for (const element of all('*'))
        for (const { name } of element.attributes)
            is(!/^on|^style$|^srcdoc$|^formaction$/.test(name), `${element.tagName} has ${name}`);
    is(all('iframe, object, embed, base[href], meta[http-equiv], style, script:not([src])').length === 0, 'a tag of others');
    is(window.__hit === undefined, `ran: ${window.__hit}`);
    return [...new Set(faults)];
})()";

const OVERFLOW: &str = "(() => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide <= 0) return [];
    const clips = element => { for (let up = element.parentElement; up; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== 'visible') return true; return false; };
    const guilty = [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5 && !clips(element))
        .slice(-3).map(element => `${element.tagName}.${element.className.baseVal ?? element.className} ${element.textContent.slice(0, 40)}`);
    return [`${wide} px too wide: ${guilty.join(', ')}`];
})()";

#[test]
fn addresses_have_patterns() {
    for (path, expected) in [
        ("/event/e12", Some("/event/e#?")),
        ("/events?to=2022-04-18&from=2022-04-18", Some("/events?from&to")),
        ("/events?a=1&b=2&c=3", None),
    ] {
        assert_eq!(pattern_of(path).as_deref(), expected, "{path}");
    }
}
