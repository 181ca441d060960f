//! Requests to the pages of a small record, without a socket.
//!
//! The record holds the examples of the repository, three reports of one raid that contradict each other, and one that wants to
//! be obeyed by a browser.

use crate::support::{News, RAID, Web, add, examples, own_machine, record_of};
use axum::http::{Request, StatusCode};
use dateline_record::Entry;
use dateline_serve::Access;
use std::sync::LazyLock;
use tower::ServiceExt;

static RECORD: LazyLock<Vec<u8>> =
    LazyLock::new(|| record_of(examples().into_iter().chain(news()).collect()));

fn news() -> Vec<Entry> {
    crate::support::news(&RAID, |id, report| {
        let url = format!("https://news.example/{id}");
        report.url = Some(if id == "hostile" { "javascript:alert(4)".to_owned() } else { url });
        report.outlet = Some(format!("The <b>{id}</b>"));
        report.title = (id == "hostile").then(|| "</title><script>alert(5)</script>".to_owned());
    })
}

fn web() -> Web {
    web_with(own_machine())
}

fn web_with(access: Access) -> Web {
    Web::of(&RECORD, access)
}

impl Web {
    /// Ids of one letter that some page leads to.
    fn ids(&self, address: &str, prefix: &str) -> Vec<String> {
        let text = self.get(address).text();
        let links = text.split(prefix).skip(1);
        let mut ids: Vec<String> =
            links.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect()).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// Every address of a page that follows from the lists.
fn addresses(web: &Web) -> Vec<String> {
    let mut addresses: Vec<String> =
        ["/", "/?map=world", "/events", "/search", "/search?text=minister", "/events?dyad=KOR,PRK"]
            .map(str::to_owned)
            .into();
    addresses.extend(web.ids("/events?limit=500", "/event/e").iter().map(|id| format!("/event/e{id}")));
    addresses.extend(web.ids("/search?text=the", "/report/r").iter().map(|id| format!("/report/r{id}")));
    addresses.extend(web.ids("/search?text=arrested", "/report/r").iter().map(|id| format!("/report/r{id}")));
    addresses
}

#[test]
fn every_page_is_whole_and_harmless() {
    let web = web();
    let addresses = addresses(&web);
    assert!(addresses.len() > 30, "{addresses:?}");
    addresses.iter().for_each(|address| web.assert_harmless(address));
}

#[test]
fn links_to_quotations_find_their_place() {
    let web = web();
    let mut n_links = 0;
    for event in web.ids("/events?limit=500", "/event/e") {
        let page = web.get(&format!("/event/e{event}")).text();
        for rest in page.split("href=\"/report/r").skip(1) {
            let link = rest.split('"').next().expect("a value");
            let (report, anchor) = link.split_once('#').expect("an anchor");
            let text = web.get(&format!("/report/r{report}")).text();
            assert!(text.contains(&format!("id=\"{anchor}\"")), "e{event}: r{link}");
            n_links += 1;
        }
    }
    assert!(n_links > 50, "{n_links}");
}

#[test]
fn an_event_shows_what_its_reports_disagree_on() {
    let web = web();
    let raid = web.ids("/events?event=ASSAULT&from=2023-05-01&to=2023-05-01", "/event/e");
    let pages: Vec<String> = raid.iter().map(|id| web.get(&format!("/event/e{id}")).text()).collect();
    let page = pages.iter().find(|page| page.contains("Where the reports differ"));
    let page = page.unwrap_or_else(|| panic!("{raid:?} have no difference"));
    for words in ["Arequipa", "The &lt;b&gt;first&lt;/b&gt;", "<mark>", "How it became known", "Source 1"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn what_cannot_be_asked_says_what_would_be_right() {
    let web = web();
    for (address, status, words) in [
        ("/nothing", 404, "no page of this address"),
        ("/event/e99999", 404, "no event e99999 in this record"),
        ("/event/x1", 404, "ids of this kind are like `e12`"),
        ("/event/e1.xml", 404, "ids of this kind are like `e12`"),
        ("/report/r99999", 404, "no report r99999"),
        ("/events?from=18+April", 400, "from: `18 April` is not a day; write it as 2022-04-18"),
        ("/events?event=ATTACK", 400, "event: `ATTACK` is not an event type (AGREE, CONSULT"),
        ("/events?akter=KOR", 400, "akter: there is no such parameter here (text, actor"),
        ("/search?text=-film", 400, "text: there is no word to look for"),
        ("/events?limit=100000", 400, "limit: `100000` is not a number from 0 to 500"),
        ("/events?context=weather", 400, "context: `weather` is not a context"),
    ] {
        web.assert_refused(address, status, words);
    }
    let answer = web.get("/events.json?from=18+April");
    let json: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!((answer.status.as_u16(), json["error"]["parameter"].as_str()), (400, Some("from")));
    let long = web.get(&format!("/search?text={}", "x".repeat(5000)));
    assert_eq!(long.status, StatusCode::URI_TOO_LONG);
}

#[test]
fn only_reading_is_answered() {
    let web = web();
    for method in ["POST", "PUT", "DELETE", "TRACE", "PATCH"] {
        let request = Request::builder().method(method).uri("/events").header("host", "localhost");
        let request = request.body(axum::body::Body::from("x")).expect("a request");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let answer = runtime.block_on(web.app.clone().oneshot(request)).expect("an answer");
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[test]
fn the_tag_changes_with_the_record_and_only_then() {
    let web = web();
    let first = web.get("/events");
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    for given in [tag.as_str(), "*", &format!("\"other\", {tag}"), tag.trim_start_matches("W/")] {
        let again = web.get_with("/events", &[("if-none-match", given)]);
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{given}");
        assert_eq!(again.header("etag"), tag);
    }
    assert_eq!(web.get_with("/events", &[("if-none-match", "\"other\"")]).status, StatusCode::OK);
    let later: News =
        ("later", "2023-05-06", "Bolivia's army shelled a village in Paraguay on Friday, witnesses said.");
    add(&web.path, crate::support::news(&[later], |_, _| {}));
    let changed = web.get_with("/events", &[("if-none-match", tag.as_str())]);
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), tag);
    assert_ne!(changed.body, first.body, "the page shows what was added");
}

#[test]
fn pages_are_packed_for_who_takes_it() {
    let web = web();
    let packed = web.get_with("/events", &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(packed.body[..2], [0x1f, 0x8b]);
    assert!(packed.body.len() * 2 < web.get("/events").body.len());
}

#[test]
fn other_hosts_are_not_answered() {
    let web = web();
    for (host, expected) in
        [("127.0.0.1:8080", 200), ("[::1]:8080", 200), ("rebound.example", 421), ("localhost.example", 421)]
    {
        assert_eq!(web.get_with("/", &[("host", host)]).status.as_u16(), expected, "{host}");
    }
}

#[test]
fn a_token_opens_every_page_and_nothing_else_does() {
    const TOKEN: &str = "correct-horse-battery";
    let web = web_with(Access::new([0, 0, 0, 0].into(), Some(TOKEN)).expect("a token"));
    for address in ["/", "/events.json", "/assets/style.css", "/nothing"] {
        let denied = web.get(address);
        assert_eq!(denied.status, StatusCode::UNAUTHORIZED, "{address}");
        assert_eq!(denied.header("www-authenticate"), "Bearer");
        for header in ["Bearer wrong-horse-battery", "Basic correct-horse-battery", "Bearer "] {
            assert_eq!(
                web.get_with(address, &[("authorization", header)]).status,
                StatusCode::UNAUTHORIZED,
                "{header}"
            );
        }
    }
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(
        web.get_with("/", &[("authorization", &bearer), ("host", "news.example")]).status,
        StatusCode::OK
    );
    let once = web.get(&format!("//evil.example/..?actor=KOR&token={TOKEN}&to=2022-04-30"));
    assert_eq!(once.status, StatusCode::SEE_OTHER);
    assert_eq!(once.header("location"), "/evil.example/..?actor=KOR&to=2022-04-30");
    let cookie = once.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = format!("other=1; {}", cookie.split(';').next().expect("a pair"));
    assert_eq!(web.get_with("/events", &[("cookie", &cookie)]).status, StatusCode::OK);
    assert_eq!(web.get("/?token=wrong").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn lists_are_data_too() {
    let web = web();
    let json: serde_json::Value =
        serde_json::from_slice(&web.get("/events.json?limit=3").body).expect("JSON");
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(3));
    assert_eq!(json["next"], "/events.json?limit=3&page=2");
    let next: serde_json::Value =
        serde_json::from_slice(&web.get("/events.json?limit=3&page=2").body).expect("JSON");
    assert_ne!(json["rows"], next["rows"]);
    let csv = web.get("/events.csv");
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"dateline.csv\"");
    assert!(csv.text().starts_with("id,event,mode,"), "{}", csv.text());
    let event: serde_json::Value = serde_json::from_slice(&web.get("/event/e1.json").body).expect("JSON");
    assert_eq!(event["id"], "e1");
}

#[test]
fn a_page_leads_on_with_what_the_next_one_knows() {
    let web = web();
    let page = web.get("/?map=world&country=KOR").text();
    let links = page.split("href=\"").filter_map(|rest| rest.split('"').next());
    let lists: Vec<&str> = links.filter(|link| link.starts_with("/events")).collect();
    assert!(lists.iter().all(|link| !link.contains("map=")), "a list has no map: {lists:?}");
    for address in ["/events?country=KOR", "/events.json?country=KOR", "/events.csv?country=KOR"] {
        assert!(page.contains(&format!("href=\"{address}\"")), "{address}");
    }
}

#[test]
fn empty_fields_of_a_form_lead_on_to_the_question() {
    let web = web();
    let answer = web.get("/events?actor=KOR&recipient=&event=&to=");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/events?actor=KOR"));
    assert_eq!(web.get("/events?actor=KOR").status, StatusCode::OK);
}

#[test]
fn nothing_found_is_said() {
    let web = web();
    for (address, words) in [
        ("/events?actor=Nobody+of+that+name", "No events here."),
        ("/search?text=zzzz", "No report has these words."),
        ("/?country=NZL", "No events here."),
    ] {
        let answer = web.get(address);
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(answer.text().contains(words), "{address}");
    }
}
