//! A session of an assistant, over HTTP and line by line.

use crate::programs::{web, web_with};
use crate::support::{Answer, Web};
use dateline_serve::{Access, answer_lines};
use serde_json::{Value, json};

const HEADERS: [(&str, &str); 3] = [
    ("content-type", "application/json"),
    ("accept", "application/json, text/event-stream"),
    ("mcp-protocol-version", "2025-06-18"),
];

fn post(web: &Web, message: &Value) -> Answer {
    web.ask("POST", "/mcp", &HEADERS, &message.to_string())
}

fn request(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
}

fn call(web: &Web, tool: &str, arguments: Value) -> Value {
    let answer = post(web, &request("tools/call", json!({"name": tool, "arguments": arguments})));
    assert_eq!(answer.status.as_u16(), 200, "{tool}: {}", answer.text());
    let json = answer.json();
    assert_eq!((&json["jsonrpc"], &json["id"]), (&json!("2.0"), &json!(7)), "{json}");
    json
}

/// What a tool gave, with its text.
fn result(web: &Web, tool: &str, arguments: Value) -> (Value, String) {
    let json = call(web, tool, arguments);
    let result = &json["result"];
    assert_eq!(result["isError"], false, "{tool}: {json}");
    assert_eq!(result["content"][0]["type"], "text", "{tool}");
    let text = result["content"][0]["text"].as_str().expect("a text").to_owned();
    (result["structuredContent"].clone(), text)
}

#[test]
fn a_session_finds_and_cites() {
    let web = web();
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
    let hello = post(&web, &request("initialize", hello)).json();
    assert_eq!(hello["result"]["protocolVersion"], "2025-06-18", "{hello}");
    assert!(hello["result"]["capabilities"]["tools"].is_object());
    let done = post(&web, &json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    assert_eq!((done.status.as_u16(), done.body.len()), (202, 0));
    assert_eq!(post(&web, &request("ping", json!({}))).json()["result"], json!({}));

    let events = result(&web, "events", json!({"actor": "Gunmen", "event": "ASSAULT", "limit": 5}));
    let event = &events.0["items"][0];
    let id = event["id"].as_str().expect("an event");
    assert!(
        events.1.contains(&format!("/event/{id}")) && events.1.contains("“Gunmen killed"),
        "{}",
        events.1
    );
    let (one, text) = result(&web, "event", json!({"id": id}));
    assert_eq!(one, web.get(&format!("/api/v1/event/{id}")).json());
    let quote = &one["evidence"][0];
    for words in
        [format!("/report/{}#c{}", quote["report"].as_str().unwrap(), quote["start"]), "of; Lima".to_owned()]
    {
        assert!(text.contains(&words), "{words}: {text}");
    }
    let (evidence, text) = result(&web, "evidence", json!({"id": id}));
    assert_eq!(evidence["items"], one["evidence"]);
    assert_eq!(text.lines().count(), one["evidence"].as_array().map_or(0, Vec::len), "{text}");
    let (found, text) = result(&web, "search", json!({"text": "soldiers"}));
    assert_eq!(found["items"].as_array().map(Vec::len), Some(3));
    assert!(text.contains("soldiers near Arequipa"), "{text}");
    let (said, text) = result(&web, "statements", json!({"limit": 3}));
    assert_eq!(said["items"].as_array().map(Vec::len), Some(3));
    assert!(text.contains("/report/r") && text.contains("There is more: offset 3."), "{text}");
    let (days, text) = result(&web, "tension", json!({"country": "PER"}));
    assert!(days["items"].as_array().is_some_and(|days| !days.is_empty()) && text.contains("mean"), "{text}");
}

#[test]
fn a_brief_cites_every_line() {
    let web = web();
    let (brief, text) = result(&web, "brief", json!({"country": "PER", "limit": 4}));
    let lines = brief["lines"].as_array().expect("lines");
    assert!(!lines.is_empty() && lines.len() <= 4, "{brief}");
    for line in lines {
        let quote = &line["evidence"];
        assert!(quote["text"].as_str().is_some_and(|words| !words.is_empty()), "{line}");
        assert!(quote["outlet"].is_string() && quote["report"].is_string(), "{line}");
        assert!(text.contains(line["path"].as_str().expect("a path")), "{text}");
        assert!(
            text.contains(&format!("/report/{}#c{}", quote["report"].as_str().unwrap(), quote["start"])),
            "{text}"
        );
    }
    assert!(text.contains("Where reports differ:"), "three or four soldiers: {text}");
    let (none, text) = result(&web, "brief", json!({"country": "NZL"}));
    assert_eq!(
        (none["lines"].as_array().map(Vec::len), text.as_str()),
        (Some(0), "Nothing in the record fits.")
    );
}

#[test]
fn tools_say_what_they_take_and_that_texts_are_data() {
    let web = web();
    let tools = post(&web, &request("tools/list", json!({}))).json();
    let tools = tools["result"]["tools"].as_array().expect("tools").clone();
    let names: Vec<&str> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["search", "events", "event", "evidence", "statements", "brief", "tension"]);
    for tool in &tools {
        assert!(tool["description"].as_str().is_some_and(|words| words.contains("third-party")), "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        let schema = &tool["inputSchema"];
        assert_eq!(
            (&schema["type"], &schema["additionalProperties"]),
            (&json!("object"), &json!(false)),
            "{tool}"
        );
        let must = schema["required"].as_array().expect("a list");
        let properties = schema["properties"].as_object().expect("properties");
        assert!(must.iter().all(|name| properties.contains_key(name.as_str().unwrap())), "{tool}");
        // Every argument is taken, as its example has it.
        for (name, property) in properties {
            let mut arguments = json!({});
            for name in must.iter().filter_map(Value::as_str).chain([name.as_str()]) {
                arguments[name] =
                    if name == "id" { json!("e1") } else { properties[name]["examples"][0].clone() };
            }
            let json = call(&web, tool["name"].as_str().unwrap(), arguments);
            assert_eq!(json["result"]["isError"], false, "{property}: {json}");
        }
    }
}

#[test]
fn what_makes_no_sense_is_said() {
    let web = web();
    for (tool, arguments, words) in [
        ("events", json!({"from": "18 April"}), "from: `18 April` is not a day"),
        ("events", json!({"akter": "KOR"}), "there is no such parameter here"),
        ("events", json!({"limit": 51}), "limit: 50 items are the most"),
        ("events", json!({"actor": ["KOR"]}), "actor: it is a text or a number"),
        ("events", json!({"actor": "KOR&to=2022-04-01%"}), "Nothing in the record fits."),
        ("search", json!({}), "text: it has to be given"),
        ("event", json!({"id": "e99999"}), "no event e99999"),
        ("event", json!({"id": "12"}), "`12` is no id; it is like `e12`"),
        ("evidence", json!({}), "it is like `e12`"),
    ] {
        let json = call(&web, tool, arguments.clone());
        let text = json["result"]["content"][0]["text"]
            .as_str()
            .unwrap_or_else(|| panic!("{tool} {arguments}: {json}"));
        assert!(text.contains(words), "{tool} {arguments}: {text}");
        assert_eq!(json["result"]["isError"], !words.starts_with("Nothing"), "{tool} {arguments}");
    }
    for (message, code) in [
        (request("tools/call", json!({"name": "delete"})), -32602),
        (request("tools/call", json!({})), -32602),
        (request("tools/call", json!({"name": "events", "arguments": 3})), -32602),
        (request("resources/list", json!({})), -32601),
        (json!({"id": 1, "method": "ping"}), -32600),
        (json!({"jsonrpc": "2.0", "id": null, "method": "ping"}), -32600),
        (json!({"jsonrpc": "2.0", "id": 1}), -32600),
        (json!([]), -32600),
        (json!("ping"), -32600),
    ] {
        let answer = post(&web, &message).json();
        assert_eq!(answer["error"]["code"], code, "{message}: {answer}");
    }
    let batch = post(&web, &json!([request("ping", json!({})), request("nothing", json!({}))])).json();
    assert_eq!((&batch[0]["result"], &batch[1]["error"]["code"]), (&json!({}), &json!(-32601)));
}

#[test]
fn only_who_may_ask_is_answered() {
    let web = web();
    let ping = request("ping", json!({})).to_string();
    let with = |name: &'static str, value: &'static str| {
        let mut headers: Vec<(&str, &str)> =
            HEADERS.into_iter().filter(|(known, _)| *known != name).collect();
        headers.push((name, value));
        web.ask("POST", "/mcp", &headers, &ping).status.as_u16()
    };
    for (name, value, status) in [
        ("origin", "http://localhost:3000", 200),
        ("origin", "http://127.0.0.1:8080", 200),
        ("origin", "https://news.example", 403),
        ("origin", "http://localhost.news.example", 403),
        ("origin", "null", 403),
        ("host", "rebound.example", 421),
        ("content-type", "text/plain", 415),
        ("content-type", "application/json; charset=utf-8", 200),
        ("accept", "text/html", 406),
        ("mcp-protocol-version", "2025-03-26", 200),
        ("mcp-protocol-version", "1999-01-01", 400),
    ] {
        assert_eq!(with(name, value), status, "{name}: {value}");
    }
    let broken = web.ask("POST", "/mcp", &HEADERS, "{");
    assert_eq!((broken.status.as_u16(), &broken.json()["error"]["code"]), (400, &json!(-32700)));
    assert_eq!(web.ask("POST", "/mcp", &HEADERS, &"x".repeat(70_000)).status.as_u16(), 413);
    let stream = web.ask("GET", "/mcp", &[("accept", "text/event-stream")], "");
    assert_eq!((stream.status.as_u16(), stream.header("allow")), (405, "POST"));
    const TOKEN: &str = "correct-horse-battery";
    let closed = web_with(Access::new([0, 0, 0, 0].into(), Some(TOKEN)).expect("a token"));
    assert_eq!(closed.ask("POST", "/mcp", &HEADERS, &ping).status.as_u16(), 401);
    let bearer = format!("Bearer {TOKEN}");
    let ours = [
        ("authorization", bearer.as_str()),
        ("host", "record.example"),
        ("origin", "https://record.example"),
    ];
    let headers: Vec<(&str, &str)> = HEADERS.into_iter().chain(ours).collect();
    assert_eq!(closed.ask("POST", "/mcp", &headers, &ping).status.as_u16(), 200);
    let headers: Vec<(&str, &str)> =
        HEADERS.into_iter().chain([ours[0], ours[1], ("origin", "https://other.example")]).collect();
    assert_eq!(closed.ask("POST", "/mcp", &headers, &ping).status.as_u16(), 403);
}

#[test]
fn lines_are_answered_as_requests_are() {
    let web = web();
    let question = request("tools/call", json!({"name": "events", "arguments": {"limit": 2}}));
    let long = format!("\"{}\"", "x".repeat(3 << 20));
    let input = [
        request("initialize", json!({"protocolVersion": "2025-03-26"})).to_string(),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string(),
        String::new(),
        "no JSON".to_owned(),
        long,
        question.to_string(),
    ]
    .join("\n");
    let mut output = Vec::new();
    answer_lines(&web.path, input.as_bytes(), &mut output).expect("the record is read");
    let output = String::from_utf8(output).expect("UTF-8");
    let answers: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), 4, "{output}");
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-03-26");
    assert_eq!(
        (&answers[1]["error"]["code"], &answers[2]["error"]["code"]),
        (&json!(-32700), &json!(-32700))
    );
    assert_eq!(answers[3], post(&web, &question).json());
}
