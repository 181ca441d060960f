//! A session of an assistant with `dateline mcp`, over standard input and output.

mod support;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use support::{dateline, repository};

#[test]
fn an_assistant_asks_line_by_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let record = folder.path().join("r.sqlite").display().to_string();
    let run = dateline(&["ingest", "--record", &record, &repository("examples/seoul-talks")]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["mcp", "--record", &record])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut input = child.stdin.take().expect("an input");
    let mut output = BufReader::new(child.stdout.take().expect("an output"));
    // Each answer is waited for before the next question: nothing may be held back.
    let mut ask = |method: &str, params: Value| -> Value {
        writeln!(input, "{}", json!({"jsonrpc": "2.0", "id": method, "method": method, "params": params}))
            .expect("it listens");
        let mut line = String::new();
        output.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("one JSON a line");
        assert_eq!(answer["id"], method, "{answer}");
        answer["result"].clone()
    };
    let hello = ask("initialize", json!({"protocolVersion": "2025-06-18", "capabilities": {}}));
    assert_eq!(hello["protocolVersion"], "2025-06-18");
    assert_eq!(ask("tools/list", json!({}))["tools"].as_array().map(Vec::len), Some(7));
    let found = ask("tools/call", json!({"name": "events", "arguments": {"dyad": "KOR,PRK", "limit": 2}}));
    let text = found["content"][0]["text"].as_str().expect("a text");
    assert!(text.contains("/event/e") && text.contains("/report/r"), "{text}");
    let id = &found["structuredContent"]["items"][0]["id"];
    let event = ask("tools/call", json!({"name": "event", "arguments": {"id": id}}));
    assert_eq!(event["structuredContent"]["id"], *id);
    drop(input);
    assert!(child.wait().expect("it ends with its input").success());
}

#[test]
fn no_record_is_said() {
    let run = dateline(&["mcp", "--record", "no-such-folder/r.sqlite"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("no-such-folder/r.sqlite"), "{}", run.stderr);
}
