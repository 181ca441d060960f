//! The feed and the calendar read back.

use crate::programs::web;

#[test]
fn the_feed_reads_back() {
    let web = web();
    let answer = web.get("/feed.xml");
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = feed_rs::parser::parse(answer.body.as_slice())
        .unwrap_or_else(|error| panic!("{error}: {}", answer.text()));
    assert!(feed.id.starts_with("tag:dateline.invalid,2026:"), "{}", feed.id);
    assert!(feed.entries.len() > 10, "{}", feed.entries.len());
    let number = |id: &str| id.rsplit("/e").next().and_then(|id| id.parse::<u64>().ok()).expect("an event");
    let numbers: Vec<u64> = feed.entries.iter().map(|entry| number(&entry.id)).collect();
    assert!(numbers.is_sorted_by(|one, other| one > other), "the latest added first: {numbers:?}");
    for entry in &feed.entries {
        assert!(entry.title.as_ref().is_some_and(|title| !title.content.is_empty()), "{}", entry.id);
        let json = web.get(&format!("/api/v1/event/e{}", number(&entry.id))).json();
        let updated = entry.updated.expect("a time").to_rfc3339();
        let told = json["last_told"].as_str().or(json["date"]["from"].as_str()).unwrap_or("1970-01-01");
        assert_eq!(updated[..10], *told, "{}", entry.id);
        assert!(entry.links[0].href.ends_with(&format!("/event/e{}", number(&entry.id))));
    }
    let times = feed.entries.iter().filter_map(|entry| entry.updated);
    assert_eq!(feed.updated, times.max());
    assert_eq!(web.get("/feed.xml").body, answer.body, "it has no clock");
    let text = answer.text();
    assert!(
        !text.contains("<script")
            && !text.contains("<b>")
            && !text.contains('\u{7}')
            && !text.contains('\u{202E}')
    );
}

#[test]
fn the_feed_takes_the_filters_of_its_address() {
    let web = web();
    let answer = web.get("/feed.xml?event=ASSAULT&actor=%22Gunmen%22&limit=5");
    let feed = feed_rs::parser::parse(answer.body.as_slice()).expect("a feed");
    let expected = web.items("/api/v1/events?event=ASSAULT&actor=Gunmen");
    assert_eq!(feed.entries.len(), expected.len().min(5));
    assert_eq!(web.get("/feed.xml?akter=x").status.as_u16(), 400);
    let none = web.get("/feed.xml?country=NZL");
    assert!(feed_rs::parser::parse(none.body.as_slice()).is_ok_and(|feed| feed.entries.is_empty()));
}

/// Properties of each VEVENT, unfolded.
fn events_of(text: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = text.replace("\r\n ", "");
    let mut events: Vec<Vec<(String, String)>> = Vec::new();
    let mut inside = false;
    for line in unfolded.split("\r\n").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no property: {line}"));
        match (name, value) {
            ("BEGIN", "VEVENT") => {
                assert!(!inside);
                inside = true;
                events.push(Vec::new());
            }
            ("END", "VEVENT") => inside = false,
            _ if inside => events.last_mut().expect("inside").push((name.to_owned(), value.to_owned())),
            _ => {}
        }
    }
    events
}

#[test]
fn the_calendar_reads_back() {
    let web = web();
    let answer = web.get("/calendar.ics");
    let text = answer.text();
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"),
        "{text}"
    );
    assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\u{7}', '\u{202E}']), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let events = events_of(&text);
    let planned = web.items("/api/v1/events?status=planned&limit=1000");
    let dated: Vec<_> = planned.iter().filter(|event| !event["date"].is_null()).collect();
    assert!(!dated.is_empty(), "the reports plan something");
    assert_eq!(events.len(), dated.len());
    for (event, json) in events.iter().zip(dated) {
        let all = |name: &str| {
            event
                .iter()
                .filter(|(known, _)| known == name)
                .map(|(_, value)| value.as_str())
                .collect::<Vec<_>>()
        };
        for name in
            ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "DESCRIPTION", "STATUS"]
        {
            assert_eq!(all(name).len(), 1, "{name}: {event:?}");
        }
        assert_eq!(all("STATUS"), ["TENTATIVE"]);
        assert_eq!(
            all("DTSTART;VALUE=DATE")[0],
            json["date"]["from"].as_str().expect("a day").replace('-', "")
        );
        assert!(all("DTEND;VALUE=DATE")[0] > all("DTSTART;VALUE=DATE")[0]);
        assert!(all("UID")[0].contains(&format!("-{}@", json["id"].as_str().expect("an id"))));
        let without = all("DESCRIPTION")[0]
            .replace("\\\\", "")
            .replace("\\,", "")
            .replace("\\;", "")
            .replace("\\n", "");
        assert!(!without.contains(['\\', ',', ';']), "{without}");
    }
    assert_eq!(web.get("/calendar.ics?status=denied").status.as_u16(), 400);
    assert!(events_of(&web.get("/calendar.ics?country=NZL").text()).is_empty());
}
