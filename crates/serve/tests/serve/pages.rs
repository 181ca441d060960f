//! Requests to the pages beside situation, events, reports and search: each is whole, says what it should, escapes what
//! reports say, and names what cannot be asked.

use crate::support::{News, Web, examples, news, own_machine, record_of};
use axum::http::StatusCode;
use std::sync::LazyLock;

/// Two reports of one source, one that contradicts them, and one that wants to be obeyed by a browser.
const NEWS: [News; 4] = [
    (
        "first",
        "2023-05-02",
        "Gunmen killed three soldiers near Arequipa in Peru on Monday, the Peruvian army said. The men came in two trucks from \
         the hills above the town and left before noon.\n\nChile will not accept threats from Peru, Chile's foreign minister said.",
    ),
    (
        "second",
        "2023-05-03",
        "Gunmen killed three soldiers near Arequipa in Peru on Monday, the Peruvian army said. The men came in two trucks from \
         the hills above the town and left before noon.\n\nChile offered Peru help against the gunmen.",
    ),
    (
        "third",
        "2023-05-08",
        "Gunmen killed four soldiers near Arequipa in Peru on Monday 1 May, an officer told reporters.\n\n\
         Chile condemned Peru on Friday. Ministers of Chile and Peru met in Lima on Saturday.",
    ),
    (
        "hostile",
        "2023-05-08",
        "Police arrested Ana <script>alert(1)</script> \"onload=alert(2) in Lima on Sunday.\n\n\
         The minister \u{202E}desrever\u{202C} said: \"<img src=x onerror=alert(3)> will be arrested\u{7}\u{1b}[31m.\"",
    ),
];

static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let news = news(&NEWS, |id, report| {
        report.outlet = Some(format!("The <b>{id}</b>"));
        report.title = (id == "hostile").then(|| "</title><script>alert(5)</script>".to_owned());
    });
    record_of(examples().into_iter().chain(news).collect())
});

fn web() -> Web {
    Web::of(&RECORD, own_machine())
}

impl Web {
    /// Addresses that begin so, to which some page leads, each once.
    fn links(&self, address: &str, begin: &str) -> Vec<String> {
        let text = self.page(address);
        let mut links: Vec<String> = text
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|link| link.starts_with(begin))
            .map(|link| link.split('#').next().unwrap_or_default().replace("&amp;", "&"))
            .collect();
        links.sort();
        links.dedup();
        links
    }
}

impl Web {
    /// Somebody with a name, who takes part with others in events of several days.
    fn actor_who_deals(&self) -> String {
        let all = self.links("/actors?limit=500", "/actor/a");
        let deals = |address: &&String| {
            let text = self.page(address);
            text.contains("Whom it deals with") && text.contains("Over time") && text.contains("id=\"names\"")
        };
        all.iter().find(deals).cloned().unwrap_or_else(|| panic!("none of {all:?} does"))
    }
}

#[test]
fn every_page_is_whole_and_harmless() {
    let web = web();
    let mut addresses: Vec<String> = [
        "/actors",
        "/actors?actor=PER",
        "/dyad",
        "/dyad?a=PER&b=CHL",
        "/dyad?a=KOR&b=PRK",
        "/tension",
        "/statements",
        "/statements?actor=CHL",
        "/discrepancies",
        "/discrepancies?kind=number",
        "/lineage",
        "/lineage?from=2023-05-02&to=2023-05-08",
        "/timeline",
        "/timeline?zoom=week",
        "/timeline?zoom=month",
        "/coverage",
        "/method",
        "/brief",
        "/brief?country=PER",
    ]
    .map(str::to_owned)
    .into();
    let actors = web.links("/actors?limit=500", "/actor/a");
    addresses.extend(actors.iter().cloned());
    addresses.extend(actors.iter().map(|actor| format!("{actor}?side=received")));
    addresses.extend(web.links("/statements?limit=500", "/statement/s"));
    addresses.extend(web.links("/lineage", "/lineage?report="));
    addresses.extend(
        web.links("/discrepancies", "/event/e")
            .iter()
            .map(|event| event.replace("/event/", "/lineage?event=")),
    );
    assert!(addresses.len() > 60, "{addresses:?}");
    addresses.iter().for_each(|address| web.assert_harmless(address));
}

#[test]
fn links_between_pages_lead_somewhere() {
    let web = web();
    let mut links: Vec<String> = Vec::new();
    for address in [
        "/actors",
        "/statements",
        "/tension",
        "/discrepancies",
        "/lineage",
        "/timeline",
        "/coverage",
        "/method",
        "/brief",
    ] {
        links.extend(web.links(address, "/"));
    }
    links.sort();
    links.dedup();
    assert!(links.len() > 60, "{}", links.len());
    for link in links.iter().filter(|link| !link.starts_with("/assets/")) {
        assert_eq!(web.get(link).status, StatusCode::OK, "{link}");
    }
}

#[test]
fn pages_say_what_they_are_for() {
    let web = web();
    let actor = web.actor_who_deals();
    let statement =
        web.links("/statements?actor=CHL", "/statement/s").first().cloned().expect("Chile says something");
    for (address, words) in [
        ("/actors?actor=CHL", &["Chile", "CHL"][..]),
        (&actor, &["What it did", "Whom it deals with", "Over time", "/dyad?a=a"]),
        (
            "/dyad?a=CHL&b=PER",
            &[
                "Chile – Peru",
                "The events under it",
                "Chile on Peru",
                "accept threats from Peru",
                "Tension of each day as a table",
            ],
        ),
        ("/dyad", &["Name two"]),
        ("/tension", &["Chile – Peru", "/dyad?a=CHL&amp;b=PER"]),
        (
            &statement,
            &["accept threats from Peru", "As each outlet words it", "The &lt;b&gt;first&lt;/b&gt;"],
        ),
        ("/statements?actor=CHL&about=PER", &["accept threats from Peru", "Whom it names", "1,000 latest"]),
        ("/statements?actor=CHL&about=NZL", &["No statements here.", "Take all filters away"]),
        ("/discrepancies?kind=number", &["The &lt;b&gt;third&lt;/b&gt;", "Given by", "/event/e"]),
        (
            "/lineage?from=2023-05-02&to=2023-05-08",
            &["The &lt;b&gt;second&lt;/b&gt;", "Reports of one source", "% shared", "one source"],
        ),
        ("/timeline?zoom=month", &["May 2023", "embed=1"]),
        ("/timeline?zoom=week", &["Week of 1 May 2023"]),
        (
            "/coverage",
            &[
                "Days without a report",
                "8 May 2023: 2 reports",
                "Countries with fewest events",
                "The &lt;b&gt;third&lt;/b&gt;",
            ],
        ),
        (
            "/method",
            &[
                "How often it is wrong",
                "<th scope=\"col\">figures</th>",
                "test 1.0",
                "id=\"tension\"",
                "2023-05-09T08:00",
            ],
        ),
        (
            "/brief?country=PER",
            &["Established", "[<a href=\"#source-1\">1</a>", "id=\"source-1\"", "Disputed"],
        ),
        ("/actors?actor=Nobody+of+that+name", &["No actors here."]),
        ("/statements?text=zzzz", &["No statements here."]),
        ("/discrepancies?country=NZL", &["No discrepancies here."]),
        ("/timeline?country=NZL", &["No events of a known day here."]),
        ("/brief?country=NZL", &["No events here."]),
        ("/lineage?text=zzzz", &["No reports here."]),
        ("/tension?country=NZL", &["No pairs of countries"]),
        ("/dyad?a=NZL&b=PER", &["No events of these two here."]),
    ] {
        let text = web.page(address);
        for words in words {
            assert!(text.contains(words), "{address}: {words}\n{text}");
        }
    }
}

#[test]
fn passages_behind_an_edge_are_shown() {
    let web = web();
    let report = web
        .links("/lineage?from=2023-05-02&to=2023-05-08", "/lineage?report=")
        .first()
        .cloned()
        .expect("a pair");
    let text = web.page(&report);
    assert!(text.contains("The passages") && text.contains("came in two trucks"), "{text}");
}

#[test]
fn what_cannot_be_asked_says_what_would_be_right() {
    let web = web();
    for (address, status, words) in [
        ("/actors?event=ASSAULT", 400, "event: this page does not have that filter (actor, country)"),
        ("/actor/a99999", 404, "no actor a99999"),
        ("/actor/a1?side=left", 400, "side: `left` is not a side (did, received)"),
        ("/actor/a1?actor=KOR", 400, "actor: this page does not have that filter"),
        ("/dyad?a=KOR/ABC&b=PRK", 400, "a: `ABC` is not a sector"),
        ("/dyad?a=a99999&b=PRK", 404, "no actor a99999"),
        ("/dyad.json?a=KOR", 400, "two sides are needed"),
        ("/statements?event=ASSAULT", 400, "event: this page does not have that filter"),
        ("/statements?about=a99999", 404, "no actor a99999"),
        ("/statement/s99999", 404, "no statement s99999"),
        ("/discrepancies?kind=colour", 400, "kind: `colour` is not a kind of discrepancy (name, number"),
        ("/lineage?event=ASSAULT", 400, "event: `ASSAULT` is no id here; such ids are like `e12`"),
        ("/lineage?event=e99999", 404, "no event e99999"),
        ("/lineage?report=r99999", 404, "no report r99999"),
        ("/timeline?zoom=year", 400, "zoom: `year` is no stretch of time here (day, week, month)"),
        ("/timeline?embed=yes", 400, "embed: `yes` says nothing here"),
        ("/coverage?from=2022-04-01", 400, "from: this page does not have that filter (it has none)"),
        ("/method?actor=KOR", 400, "actor: this page does not have that filter"),
        ("/tension?kind=number", 400, "kind: there is no such parameter here"),
        ("/brief?to=soon", 400, "to: `soon` is not a day"),
    ] {
        web.assert_refused(address, status, words);
    }
}

#[test]
fn only_the_bare_timeline_may_be_framed() {
    let web = web();
    let bare = web.get("/timeline?zoom=week&embed=1");
    assert_eq!(bare.status, StatusCode::OK);
    assert!(bare.header("content-security-policy").ends_with("frame-ancestors *"), "{:?}", bare.headers);
    assert!(bare.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(bare.header("x-frame-options"), "");
    assert!(
        !bare.text().contains("<nav aria-label=\"Pages\"")
            && !bare.text().contains("<script")
            && !bare.text().contains("<form")
    );
    assert!(bare.text().contains("<base target=\"_blank\">") && bare.text().contains("Week of"));
    for address in [
        "/timeline",
        "/timeline?embed=2",
        "/timeline?embed=1&zoom=year",
        "/",
        "/events?embed=1",
        "/brief",
        "/timeline.json?embed=1",
    ] {
        let answer = web.get(address);
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{address}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{address}");
    }
}

#[test]
fn lists_are_data_too() {
    let web = web();
    let json = |address: &str| -> serde_json::Value {
        serde_json::from_str(&web.page(address)).unwrap_or_else(|error| panic!("{address}: {error}"))
    };
    for path in ["/actors", "/statements", "/discrepancies", "/lineage", "/timeline", "/tension"] {
        let rows = json(&format!("{path}.json"));
        let n = rows["rows"].as_array().map_or(0, Vec::len);
        assert!(n > 0, "{path}: {rows}");
        let csv = web.page(&format!("{path}.csv"));
        assert!(csv.lines().count() > n.min(1), "{path}: {csv}");
    }
    let dyad = json("/dyad.json?a=CHL&b=PER");
    assert!(dyad["rows"][0]["mean"].is_number(), "{dyad}");
    let actor = web.actor_who_deals();
    let actor = json(&format!("{actor}.json"));
    assert!(actor["deals_with"].is_array() && actor["forms"][0]["evidence"]["text"].is_string(), "{actor}");
    let statement = web.links("/statements", "/statement/s").first().cloned().expect("a statement");
    assert!(json(&format!("{statement}.json"))["history"].is_array());
    let coverage = json("/coverage.json");
    assert!(coverage["n_looked_through"].as_u64() > Some(4), "{coverage}");
    assert_eq!(json("/lineage.json?from=2023-05-02&to=2023-05-08")["rows"][0]["is_copy"], true);
}

#[test]
fn a_record_of_nothing_is_said_to_be_empty() {
    let web = Web::of(&record_of(Vec::new()), own_machine());
    for address in [
        "/actors",
        "/statements",
        "/tension",
        "/discrepancies",
        "/lineage",
        "/timeline",
        "/coverage",
        "/brief",
    ] {
        assert!(web.page(address).contains("The record holds none yet"), "{address}");
    }
    assert!(web.page("/method").contains("How often it is wrong"));
}
