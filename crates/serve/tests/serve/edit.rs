//! Corrections from the pages of a small record: who may make them, what they do, and the way back.

use crate::support::{Answer, RAID, Web, news, own_machine, record_of, tell};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use dateline_record::{Filters, Record};
use dateline_serve::{Edit, Site};
use std::sync::LazyLock;
use tower::ServiceExt;

const OURS: [(&str, &str); 2] = [("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")];

static RECORD: LazyLock<Vec<u8>> =
    LazyLock::new(|| record_of(news(&RAID, |id, report| report.outlet = Some(format!("The {id}")))));

fn web(edit: bool) -> Web {
    Web::with(&RECORD, |path| {
        let site = if edit {
            let now = || "2026-11-28T01:30:00Z".to_owned();
            Site::edited(path, own_machine(), Box::new(tell), Edit { who: "Ada <b>".to_owned(), now })
        } else {
            Site::of_record(path, own_machine(), Box::new(tell))
        };
        site.expect("the record is there")
    })
}

impl Answer {
    fn location(&self) -> &str {
        self.header("location")
    }
}

impl Web {
    /// Sends a form as a page of this server would.
    fn post(&self, address: &str, fields: &str) -> Answer {
        self.ask("POST", address, &OURS, &format!("token={}&{fields}", self.token()))
    }

    fn token(&self) -> String {
        let page = self.get("/event/e1").text();
        let token = page.split("name=\"token\" value=\"").nth(1).expect("a form with a token");
        token.split('"').next().expect("a value").to_owned()
    }

    fn record(&self) -> Record {
        Record::read(&self.path).expect("the record is there")
    }

    /// The event that three reports tell.
    fn raid(&self) -> String {
        let events = self.record().events(&Filters::default()).expect("events");
        let raid = events.iter().max_by_key(|event| event.n_reports).expect("an event");
        assert_eq!(raid.n_reports, 3);
        format!("e{}", raid.id)
    }

    fn n_events(&self) -> usize {
        self.record().events(&Filters::default()).expect("events").len()
    }

    fn n_entries(&self) -> usize {
        self.record().corrections(&Filters::default()).expect("the journal").len()
    }
}

#[test]
fn nothing_is_changed_for_others() {
    let web = web(true);
    let (raid, token) = (web.raid(), web.token());
    let accept = format!("/edit/event/{raid}/accept");
    let good = format!("token={token}");
    let cross = [("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")];
    let lying = [("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")];
    for (headers, body, expected) in [
        (&OURS[..], "", 403),
        (&OURS[..], "token=", 403),
        (&OURS[..], "token=0123456789abcdef0123456789abcdef", 403),
        (&cross[..], good.as_str(), 403),
        (&lying[..], good.as_str(), 403),
        (&[][..], good.as_str(), 403),
        (&[("origin", "null")][..], good.as_str(), 403),
    ] {
        let answer = web.ask("POST", &accept, headers, body);
        assert_eq!(answer.status.as_u16(), expected, "{headers:?} {body}");
        assert!(answer.text().contains("Not changed"), "{}", answer.text());
    }
    assert_eq!(web.n_entries(), 0);
    // The token is not one that could be known from another start.
    assert_eq!(token.len(), 32);
    assert_ne!(self::web(true).token(), token);
    let large = web.ask("POST", &accept, &OURS, &format!("{good}&why={}", "x".repeat(100_000)));
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let rebound = Request::builder().method("POST").uri(accept.as_str()).header("host", "evil.example");
    let rebound = rebound.header("origin", "http://evil.example").body(Body::from(good)).expect("a request");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let answer = runtime.block_on(web.app.clone().oneshot(rebound)).expect("an answer");
    assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(web.n_entries(), 0);
}

#[test]
fn without_an_editor_there_is_nothing_to_correct_with() {
    let web = web(false);
    let raid = web.raid();
    for address in [format!("/edit/event/{raid}/accept"), "/edit/undo/c1".to_owned(), "/edit/else".to_owned()]
    {
        assert_eq!(web.ask("POST", &address, &OURS, "token=").status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(web.get(&address).status, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(web.get("/queue").status, StatusCode::NOT_FOUND);
    let page = web.get(&format!("/event/{raid}"));
    assert!(!page.text().contains("method=\"post\"") && !page.text().contains("/queue"), "{}", page.text());
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert!(matches!(
        Site::edited(
            &web.path,
            own_machine(),
            Box::new(|_: &str| {}),
            Edit { who: "  ".to_owned(), now: String::new }
        ),
        Err(dateline_serve::ServeError::Nobody)
    ));
}

#[test]
fn an_event_is_rejected_and_comes_back() {
    let web = web(true);
    let (raid, before) = (web.raid(), web.n_events());
    let page = web.get(&format!("/event/{raid}"));
    assert_eq!(page.headers["referrer-policy"], "same-origin", "else browsers do not say whose form it is");
    let answer = web.post(&format!("/edit/event/{raid}/reject"), "why=a+drill+%26+no+raid&who=");
    assert_eq!((answer.status.as_u16(), answer.location()), (303, format!("/event/{raid}?done=c1").as_str()));
    assert_eq!(web.n_events(), before - 1);
    assert!(!web.get("/events").text().contains(&format!("/event/{raid}\"")));
    let page = web.get(answer.location()).text();
    for words in
        ["Done:", "reject", "Ada &lt;b&gt;", "a drill &amp; no raid", "/edit/undo/c1", "Rejected by people"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let again = web.post(&format!("/edit/event/{raid}/accept"), "");
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("undo that first"), "{}", again.text());
    let undone = web.post("/edit/undo/c1", "");
    assert_eq!((undone.status.as_u16(), undone.location()), (303, format!("/event/{raid}?done=c2").as_str()));
    assert_eq!(web.n_events(), before);
    assert_eq!(web.post("/edit/undo/c1", "").status, StatusCode::CONFLICT);
    let json: serde_json::Value =
        serde_json::from_str(&web.get(&format!("/event/{raid}.json")).text()).expect("JSON");
    assert_eq!(json["corrections"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["corrections"][0]["who"], "Ada <b>");
    assert_eq!(json["corrections"][0]["made"], "2026-11-28T01:30:00Z");
}

#[test]
fn an_event_is_recoded_from_what_is_typed() {
    let web = web(true);
    let raid = web.raid();
    let recode = format!("/edit/event/{raid}/recode");
    // As the form is sent when only the type was changed.
    let page = web.get(&format!("/event/{raid}")).text();
    assert!(page.contains("<option value=\"ASSAULT\" selected>"), "{page}");
    let fields = "event=COERCE&mode=firearms,arrest&context=crime,+human+rights&status=denied&actor=Peru;+a1\
                  &from=2023-04-30&to=&place=Lima&who=Grace";
    let answer = web.post(&recode, fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let event = web.get(&format!("/event/{raid}.json")).text();
    let event: serde_json::Value = serde_json::from_str(&event).expect("JSON");
    assert_eq!(event["event"], "COERCE");
    assert_eq!(event["mode"], serde_json::json!(["arrest"]));
    assert_eq!(event["context"], serde_json::json!(["human_rights", "crime"]));
    assert_eq!(event["status"], "denied");
    assert_eq!(event["date"], serde_json::json!({"from": "2023-04-30", "to": "2023-04-30"}));
    assert_eq!(event["place"]["name"], "Lima");
    assert!(event["actor"].as_array().is_some_and(|actors| actors.iter().any(|actor| actor["id"] == "a1")));
    assert_eq!(event["corrections"][0]["who"], "Grace");
    for (fields, words) in [
        ("event=ATTACK", "is not an event type"),
        ("mode=drone", "is not a mode of COERCE"),
        ("context=weather", "is not a context"),
        ("from=30+April", "is not a day"),
        ("from=2023-05-02&to=2023-05-01", "is later than"),
        ("actor=Nobody+Known", "nobody in this record is called"),
        ("place=Atlantis", "no place in this record is called"),
        ("status=maybe", "is not a status"),
        ("event=COERCE", "has these values already"),
    ] {
        let answer = web.post(&recode, fields);
        assert!(matches!(answer.status.as_u16(), 400 | 409), "{fields}: {}", answer.status);
        let text = answer.text().replace("<code>", "`").replace("</code>", "`");
        assert!(text.contains(words), "{fields}: {text}");
    }
    assert_eq!(web.n_entries(), 1);
    for address in ["/edit/event/e12x/accept", "/edit/event/e1/praise", "/edit/undo/7"] {
        assert_eq!(web.post(address, "").status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[test]
fn tellings_are_split_off_and_merged_again() {
    let web = web(true);
    let (raid, before) = (web.raid(), web.n_events());
    let page = web.get(&format!("/event/{raid}")).text();
    let telling = page.split("name=\"telling\" value=\"").nth(1).expect("a telling to choose");
    let telling = telling.split('"').next().expect("a value").to_owned();
    let split = web.post(&format!("/edit/event/{raid}/split"), &format!("telling={telling}"));
    assert_eq!(split.status, StatusCode::SEE_OTHER, "{}", split.text());
    assert_eq!(web.n_events(), before + 1);
    let entry = web.record().correction(1).expect("an answer").expect("the entry");
    let begun = entry.other.expect("a new event");
    let merge = format!("/edit/event/e{begun}/merge");
    assert_eq!(web.post(&merge, "with=&with_id=12").status, StatusCode::BAD_REQUEST);
    let merged = web.post(&merge, &format!("with_id={raid}"));
    assert_eq!((merged.status.as_u16(), merged.location()), (303, format!("/event/{raid}?done=c2").as_str()));
    assert_eq!(web.n_events(), before);
    for entry in [2, 1] {
        assert_eq!(web.post(&format!("/edit/undo/c{entry}"), "").status, StatusCode::SEE_OTHER);
    }
    assert_eq!((web.n_events(), web.raid()), (before, raid));
}

#[test]
fn the_queue_goes_on_to_what_is_not_judged() {
    let web = web(true);
    let first = web.get("/queue");
    assert_eq!(first.status, StatusCode::OK);
    for key in ["a", "r", "m", "c", "j"] {
        assert!(first.text().contains(&format!("data-key=\"{key}\"")), "{key}: {}", first.text());
    }
    assert!(!first.text().contains("data-key=\"u\"") && !first.text().contains("data-key=\"k\""));
    assert!(first.text().contains("In which order") && first.text().contains("in the queue: accept"));
    let value = |page: &str, before: &str| {
        page.split(before)
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .map(|value| value.replace("&amp;", "&"))
    };
    let action = value(&first.text(), "method=\"post\" action=\"").expect("a form");
    let back = value(&first.text(), "name=\"back\" value=\"").expect("where to go on");
    let judged = web.post(&action, &format!("back={}", back.replace('?', "%3F").replace('=', "%3D")));
    assert_eq!((judged.status.as_u16(), judged.location()), (303, format!("{back}&done=c1").as_str()));
    let next = web.get(judged.location());
    assert!(next.text().contains("data-key=\"u\""), "{}", next.text());
    let event = action.split('/').nth(3).expect("an id").to_owned();
    assert_ne!(value(&next.text(), "method=\"post\" action=\"/edit/event/").as_deref(), Some(event.as_str()));
    assert!(!web.get("/queue").text().contains(&format!("/edit/event/{event}/")), "{event} is judged");
    // From the second on there is a way back.
    let second = web.get(&back).text();
    assert!(!second.contains("Done:"));
    let later = value(&second, "rel=\"next\" href=\"").expect("a later one");
    assert!(web.get(&later).text().contains("data-key=\"k\""));
    // Elsewhere than to the queue nobody is sent.
    let elsewhere = web.post("/edit/undo/c1", "back=https%3A%2F%2Fevil.example%2F");
    assert_eq!(elsewhere.location(), format!("/event/{event}?done=c2"));
    for (address, words) in
        [("/queue?event=CONSULT", "CONSULT"), ("/queue?actor=Nobody", "No events that wait")]
    {
        let answer = web.get(address);
        assert!(
            answer.status == StatusCode::OK && answer.text().contains(words),
            "{address}: {}",
            answer.text()
        );
    }
}

#[test]
fn who_waits_for_another_writer_is_told() {
    let web = web(true);
    let (raid, token) = (web.raid(), web.token());
    let other = rusqlite::Connection::open(&web.path).expect("another writer");
    let fields = format!("token={token}");
    // A long change of another process: the record waits ten seconds for it.
    other.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    let answer = web.ask("POST", &format!("/edit/event/{raid}/accept"), &OURS, &fields);
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("Nothing was changed"), "{}", answer.text());
    other.execute_batch("ROLLBACK").expect("the other writer ends");
    assert_eq!(web.n_entries(), 0);
    assert_eq!(web.post(&format!("/edit/event/{raid}/accept"), "").status, StatusCode::SEE_OTHER);
}
