//! The API says what its description says, and the description is whole.

use crate::programs::{web, web_reached_at, web_with};
use crate::support::Web;
use axum::http::StatusCode;
use dateline_serve::{Access, Site};
use serde_json::Value;
use std::collections::BTreeSet;

fn description(web: &Web) -> Value {
    web.get("/api/v1/openapi.json").json()
}

/// What a `$ref` leads to.
fn followed<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema.get("$ref").and_then(Value::as_str) {
        None => schema,
        Some(to) => {
            let pointer = to.strip_prefix('#').expect("it stays in the document");
            let found = document.pointer(pointer).unwrap_or_else(|| panic!("{to} leads nowhere"));
            followed(document, found)
        }
    }
}

fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// Whether a value is what a schema says; every field of it has to be described.
fn check(document: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = followed(document, schema);
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let has_all = |one: &&Value| {
            let mut must = followed(document, one)["required"].as_array().into_iter().flatten();
            must.all(|name| value.get(name.as_str().unwrap_or_default()).is_some())
        };
        let fitting = any.iter().filter(|one| one["type"] != "null").find(has_all);
        match fitting.filter(|_| !value.is_null()) {
            Some(one) => check(document, one, value, at),
            None => assert!(value.is_null() && any.iter().any(|one| one["type"] == "null"), "{at}: {value}"),
        }
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let fits = types.iter().any(|name| match *name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{at}: no such type: {other}"),
    });
    assert!(fits, "{at}: {value} is not {types:?}");
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        assert!(words.contains(value), "{at}: {value} is none of {words:?}");
    }
    if let (Some("date"), Some(day)) = (schema["format"].as_str(), value.as_str()) {
        assert!(day.parse::<jiff::civil::Date>().is_ok(), "{at}: {day}");
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        check(document, &schema["items"], item, &format!("{at}[{number}]"));
    }
    let Some(fields) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(fields.contains_key(name), "{at} has no {name}");
    }
    for (name, field) in fields {
        let described = schema["properties"].get(name);
        check(
            document,
            described.unwrap_or_else(|| panic!("{at}.{name} is not described")),
            field,
            &format!("{at}.{name}"),
        );
    }
}

#[test]
fn the_description_is_whole() {
    let web = web();
    let document = description(&web);
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 50, "{found:?}");
    for reference in found {
        followed(&document, &serde_json::json!({"$ref": reference}));
    }
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let operation = &item["get"];
        assert!(names.insert(operation["operationId"].as_str().expect("a name").to_owned()), "{path}");
        let parameters = operation["parameters"].as_array().expect("parameters");
        let in_path: Vec<&Value> = parameters.iter().filter(|parameter| parameter["in"] == "path").collect();
        assert_eq!(in_path.len(), path.matches('{').count(), "{path}");
        assert!(in_path.iter().all(|parameter| parameter["required"] == true), "{path}");
        let distinct: BTreeSet<&str> = parameters.iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(distinct.len(), parameters.len(), "{path}");
        for (status, response) in operation["responses"].as_object().expect("responses") {
            assert!(followed(&document, response)["description"].is_string(), "{path} {status}");
        }
    }
    assert_eq!(names.len(), 16);
    let page = web.get("/api").text();
    for name in names {
        assert!(page.contains(&format!("id=\"{name}\"")), "{name}");
    }
}

#[test]
fn every_operation_answers_as_described() {
    let web = web();
    let document = description(&web);
    for (path, item) in document["paths"].as_object().expect("paths") {
        let operation = &item["get"];
        let parameters = operation["parameters"].as_array().expect("parameters");
        let pair = |parameter: &Value| {
            format!(
                "{}={}",
                parameter["name"].as_str().unwrap(),
                parameter["example"].as_str().unwrap().replace(' ', "+")
            )
        };
        let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let (must, may): (Vec<&Value>, Vec<&Value>) =
            in_query.partition(|parameter| parameter["required"] == true);
        let must = must.into_iter().map(pair).collect::<Vec<_>>().join("&");
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let mut answers = 0;
        for id in ids(&web, path) {
            let base = format!("{}?{must}", path.replace("{id}", &id));
            let questions =
                [base.clone()].into_iter().chain(may.iter().map(|one| format!("{base}&{}", pair(one))));
            for address in questions {
                let answer = web.get(&address);
                assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
                assert_eq!(answer.header("content-type"), "application/json", "{address}");
                let answer = answer.json();
                check(&document, schema, &answer, &address);
                answers += answer.get("items").map_or(1, |items| items.as_array().map_or(0, Vec::len));
            }
        }
        assert!(answers > 0, "{path} answers nothing");
    }
}

/// Some ids that a path can have; one that is none where it has none.
fn ids(web: &Web, path: &str) -> Vec<String> {
    let list = match path.split('/').nth(3) {
        Some("event") => "/api/v1/events?limit=12",
        Some("statement") => "/api/v1/statements?limit=12",
        Some("actor") => "/api/v1/actors?limit=12",
        Some("report") => "/api/v1/reports?limit=12",
        _ => return vec![String::new()],
    };
    web.items(list).iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn lists_lead_on_to_their_end() {
    let web = web();
    for path in
        ["events", "statements", "actors", "places", "reports", "timeline", "tension", "discrepancies"]
    {
        let all = web.items(&format!("/api/v1/{path}?limit=1000"));
        let size = all.len().div_ceil(3).max(1);
        let (mut read, mut address) = (Vec::new(), format!("/api/v1/{path}?limit={size}"));
        for _ in 0..10 {
            let answer = web.get(&address);
            let json = answer.json();
            read.extend(json["items"].as_array().expect("items").clone());
            match json["next"].as_str() {
                Some(next) => {
                    assert_eq!(answer.header("link"), format!("<{next}>; rel=\"next\""), "{path}");
                    address = next.to_owned();
                }
                None => {
                    assert_eq!(answer.header("link"), "", "{path}");
                    break;
                }
            }
        }
        assert!(!all.is_empty(), "{path}");
        assert_eq!(read, all, "{path}");
    }
    let filtered = web.get("/api/v1/events?event=ASSAULT,CONSULT&limit=1").json();
    assert_eq!(filtered["next"], "/api/v1/events?event=ASSAULT,CONSULT&limit=1&offset=1");
}

#[test]
fn what_was_found_can_be_cited() {
    let web = web();
    for found in web.items("/api/v1/search?text=soldiers") {
        let report = web.get(&format!("/api/v1/report/{}", found["id"].as_str().expect("an id"))).json();
        let text: Vec<char> = report["text"].as_str().expect("a text").chars().collect();
        let quote = &found["quote"];
        let at = |name: &str| quote[name].as_u64().expect("a number") as usize;
        let slice: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(quote["text"], slice.as_str());
        assert!(slice.contains("soldiers"), "{slice}");
    }
}

#[test]
fn problems_name_the_parameter_and_what_would_be_right() {
    let web = web();
    for (address, status, parameter, words) in [
        ("/api/v1/events?akter=KOR", 400, "akter", "there is no such parameter here (text, actor, recipient"),
        ("/api/v1/events?page=2", 400, "page", "there is no such parameter"),
        ("/api/v1/events?limit=0", 400, "limit", "`0` is not a number from 1 to 1000"),
        ("/api/v1/events?limit=1001", 400, "limit", "`1001` is not a number from 1 to 1000"),
        ("/api/v1/events?offset=-1", 400, "offset", "`-1` is not a number from 0 to 100000"),
        ("/api/v1/events?from=18+April", 400, "from", "write it as 2022-04-18"),
        ("/api/v1/events?actor=", 400, "actor", "no value is given; leave it out, or give one such as `KOR`"),
        ("/api/v1/events?actor=KOR&actor=PRK", 400, "actor", "it is given twice"),
        (
            "/api/v1/statements?event=ASSAULT",
            400,
            "event",
            "there is no such parameter here (text, actor, country",
        ),
        ("/api/v1/actors?text=x", 400, "text", "(actor, country, limit, offset)"),
        ("/api/v1/search", 400, "text", "it has to be given, such as `minister`"),
        ("/api/v1/diff?before=2022-04-18", 400, "after", "it has to be given"),
        (
            "/api/v1/diff?before=2022-04-18&after=2022-04-18",
            400,
            "after",
            "2022-04-18 is not later than 2022-04-18",
        ),
        ("/api/v1/state?x=1", 400, "x", "this address takes no parameters"),
        ("/api/v1/event/e99999", 404, "", "no event e99999 in this record"),
        ("/api/v1/event/e99999/evidence", 404, "", "no event e99999 in this record"),
        ("/api/v1/event/12", 404, "", "ids of this kind are like `e12`"),
        ("/api/v1/actor/r1", 404, "", "ids of this kind are like `a12`"),
        ("/api/v1/nothing", 404, "", "no page of this address"),
    ] {
        let answer = web.get(address);
        let problem = answer.json();
        assert_eq!(answer.status.as_u16(), status, "{address}: {problem}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert_eq!(problem["status"], status, "{address}");
        assert_eq!(problem["parameter"].as_str().unwrap_or_default(), parameter, "{address}: {problem}");
        assert!(
            problem["detail"].as_str().is_some_and(|detail| detail.contains(words)),
            "{address}: {problem}"
        );
        check(
            &description(&web),
            &serde_json::json!({"$ref": "#/components/schemas/Problem"}),
            &problem,
            address,
        );
    }
    let other = web.ask("POST", "/api/v1/events", &[], "{}");
    assert_eq!((other.status.as_u16(), other.header("content-type")), (405, "application/problem+json"));
}

#[test]
fn answers_are_tagged_packed_and_asked_for_in_every_way() {
    let web = web();
    for address in ["/api/v1/events", "/api/v1/state", "/api/v1/openapi.json", "/api/v1/event/e1"] {
        let whole = web.get(address);
        let tag = whole.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{address}");
        let again = web.ask("GET", address, &[("if-none-match", &tag)], "");
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address}");
        let head = web.ask("HEAD", address, &[], "");
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{address}");
        assert_eq!(head.header("etag"), tag, "{address}");
        let options = web.ask("OPTIONS", address, &[], "");
        assert_eq!(
            (options.status, options.header("allow")),
            (StatusCode::NO_CONTENT, "GET, HEAD, OPTIONS"),
            "{address}"
        );
        let packed = web.ask("GET", address, &[("accept-encoding", "gzip")], "");
        assert_eq!(packed.header("content-encoding"), "gzip", "{address}");
    }
    const TOKEN: &str = "correct-horse-battery";
    let closed = web_with(Access::new([0, 0, 0, 0].into(), Some(TOKEN)).expect("a token"));
    for method in ["GET", "OPTIONS"] {
        let denied = closed.ask(method, "/api/v1/events", &[], "");
        assert_eq!(
            (denied.status.as_u16(), denied.header("content-type")),
            (401, "application/problem+json")
        );
    }
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(closed.ask("GET", "/api/v1/events", &[("authorization", &bearer)], "").status, StatusCode::OK);
}

#[test]
fn only_the_address_of_a_site_is_one() {
    let is_one = |url: &str| {
        let tell = Box::new(|_: &str| {});
        let access = Access::new([127, 0, 0, 1].into(), None).expect("no token is needed");
        let web = web();
        Site::of_record(&web.path, access, tell).expect("a record").reached_at(url).is_ok()
    };
    for (url, expected) in [
        ("https://crises.example", true),
        ("http://10.0.0.7:8080/", true),
        ("https://crises.example/record", false),
        ("https://crises.example?a=b", false),
        ("https://me:secret@crises.example", false),
        ("crises.example", false),
        ("/events", false),
        ("javascript:alert(1)", false),
        ("ftp://crises.example", false),
        ("https://cri\"><script>", false),
        ("", false),
    ] {
        assert_eq!(is_one(url), expected, "{url}");
    }
}

#[test]
fn every_page_says_its_address_title_and_content() {
    let (web, reached) = (web(), web_reached_at("https://crises.example:444/"));
    for (address, canonical) in [
        ("/", "/"),
        ("/events?to=2023-05-30&actor=PER", "/events?actor=PER&amp;to=2023-05-30"),
        ("/events?page=2&limit=3", "/events?limit=3&amp;page=2"),
        ("/event/e1", "/event/e1"),
        ("/report/r1", "/report/r1"),
        ("/search?text=minister", "/search?text=minister"),
        ("/api", "/api"),
    ] {
        let named = reached.get(address).text();
        for part in [
            format!("<link rel=\"canonical\" href=\"https://crises.example:444{canonical}\">"),
            format!("<meta property=\"og:url\" content=\"https://crises.example:444{canonical}\">"),
        ] {
            assert!(named.contains(&part), "{address} has no {part}");
        }
        let page = web.get(address).text();
        assert!(!page.contains("og:url"), "{address}: nobody knows its whole address");
        for part in [
            format!("<link rel=\"canonical\" href=\"{canonical}\">"),
            "<meta property=\"og:title\" content=\"".to_owned(),
            "<meta property=\"og:description\" content=\"".to_owned(),
            "<meta name=\"description\" content=\"".to_owned(),
            "<link rel=\"alternate\" type=\"application/atom+xml\"".to_owned(),
            "<link rel=\"alternate\" type=\"text/calendar\"".to_owned(),
        ] {
            assert!(page.contains(&part), "{address} has no {part}");
            assert!(!page.contains(&format!("{part}\"")), "{address}: {part} says nothing");
        }
    }
}
