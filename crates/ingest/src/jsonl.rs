//! One JSON object a line: `{"id","text" or "html","url"?,"outlet"?,"title"?,"byline"?,"published"?}`.
//!
//! A record that has neither `text` nor `html` and the keys of a news item is read as ninjs.
//! Keys that mean nothing here are kept in [`Report::extra`]. A value of the wrong type costs the value where
//! it is an extra to the report, and the report where it is its text.

use crate::{Body, IngestErrorKind, Input, Published, Report, ninjs};
use dateline_text::Notice;
use serde_json::{Map, Value};

/// Reads one line. Without an `id` the report gets `fallback_id`.
pub(crate) fn read_record(
    line: &str,
    input: Input,
    fallback_id: String,
    max_bytes: usize,
) -> Result<Report, IngestErrorKind> {
    let mut record = match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(record)) => record,
        Ok(other) => return Err(IngestErrorKind::NotAnObject(kind_of(&other))),
        Err(error) => {
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            return Err(IngestErrorKind::Json { message, line: error.line(), column: error.column() });
        }
    };
    let text = take_text(&mut record, "text")?;
    let body = match text {
        Some(text) => Body::Text(text.into()),
        None => match take_text(&mut record, "html")? {
            Some(html) => Body::Html(html.into()),
            None if ninjs::is_item(&record) => {
                return check_body(ninjs::read_item(record, input, fallback_id)?, max_bytes);
            }
            None => return Err(IngestErrorKind::NoBody),
        },
    };
    let mut notices = Vec::new();
    let id = match record.shift_remove("id") {
        Some(Value::String(id)) if !id.is_empty() => id,
        Some(Value::Number(id)) => id.to_string(),
        None | Some(Value::Null | Value::String(_)) => fallback_id,
        Some(other) => {
            notices.push(Notice::new(format!("`id` is {}; `{fallback_id}` is used", kind_of(&other))));
            fallback_id
        }
    };
    let mut take = |key: &str| match record.shift_remove(key) {
        Some(Value::String(words)) => Some(words).filter(|words| !words.trim().is_empty()),
        None | Some(Value::Null) => None,
        Some(other) => {
            notices.push(Notice::new(format!(
                "`{key}` is {}, expected a string; it was ignored",
                kind_of(&other)
            )));
            None
        }
    };
    let (url, outlet, title, byline) = (take("url"), take("outlet"), take("title"), take("byline"));
    let published = take("published").and_then(|words| match words.parse::<Published>() {
        Ok(published) => Some(published),
        Err(error) => {
            notices.push(Notice::new(format!("`published`: {error}; it was ignored")));
            None
        }
    });
    let report = Report { id, body, url, outlet, title, byline, published, extra: record, input, notices };
    check_body(report, max_bytes)
}

/// Refuses a report without words or with too many.
fn check_body(report: Report, max_bytes: usize) -> Result<Report, IngestErrorKind> {
    let (Body::Text(words) | Body::Html(words)) = &report.body;
    if words.trim().is_empty() {
        return Err(IngestErrorKind::Empty);
    }
    if words.len() > max_bytes {
        return Err(IngestErrorKind::TooLong { max_bytes });
    }
    Ok(report)
}

fn take_text(record: &mut Map<String, Value>, key: &'static str) -> Result<Option<String>, IngestErrorKind> {
    match record.shift_remove(key) {
        Some(Value::String(text)) => Ok(Some(text)),
        None | Some(Value::Null) => Ok(None),
        Some(other) => Err(IngestErrorKind::WrongType { key, found: kind_of(&other) }),
    }
}

pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    fn read(line: &str) -> Result<Report, IngestErrorKind> {
        read_record(
            line,
            Input { path: "reports.jsonl".into(), place: Some(Place::Line(1)) },
            "reports:1".into(),
            1000,
        )
    }

    #[test]
    fn keys_become_fields_and_the_rest_is_extra() {
        let report = read(
            r#"{"id":7,"text":"Talks began.","outlet":"Valley Wire","published":"2031-05-02T08:00+02:00","beat":[1,{"x":null}],"rank":2}"#,
        )
        .unwrap();
        assert_eq!(report.id, "7");
        assert_eq!(report.outlet.as_deref(), Some("Valley Wire"));
        assert_eq!(report.published.unwrap().to_string(), "2031-05-02T08:00+02:00");
        assert_eq!(serde_json::to_string(&report.extra).unwrap(), r#"{"beat":[1,{"x":null}],"rank":2}"#);
        assert!(report.notices.is_empty());
    }

    #[test]
    fn a_wrong_envelope_costs_only_itself() {
        for (line, expected) in [
            (
                r#"{"text":"x","published":"last week"}"#,
                "`published`: `last week` is not an ISO 8601 date or date-time such as 2022-04-18 or 2022-04-18T09:19-04:00; it was ignored",
            ),
            (
                r#"{"text":"x","published":20220418}"#,
                "`published` is a number, expected a string; it was ignored",
            ),
            (r#"{"text":"x","title":["a"]}"#, "`title` is a list, expected a string; it was ignored"),
            (r#"{"text":"x","id":{}}"#, "`id` is an object; `reports:1` is used"),
        ] {
            let report = read(line).unwrap();
            assert_eq!(
                report.notices.iter().map(Notice::to_string).collect::<Vec<_>>(),
                [expected],
                "{line}"
            );
            assert_eq!(report.id, "reports:1", "{line}");
        }
    }

    #[test]
    fn what_is_no_report_is_named() {
        for (line, expected) in [
            (r#"{"id":"a" "text":"b"}"#, "expected `,` or `}` at column 11; this report was left out"),
            (r#"{"id":"a","text":"b""#, "EOF while parsing an object at column 20; this report was left out"),
            ("[1]", "expected an object with `text` or `html`, found a list; this report was left out"),
            ("17", "expected an object with `text` or `html`, found a number; this report was left out"),
            (r#"{"id":"a"}"#, "neither `text` nor `html` in this record; this report was left out"),
            (
                r#"{"text":null,"html":null}"#,
                "neither `text` nor `html` in this record; this report was left out",
            ),
            (r#"{"text":17}"#, "`text` is a number, expected a string; this report was left out"),
            (r#"{"text":"  "}"#, "empty: no text in it"),
        ] {
            assert_eq!(read(line).unwrap_err().to_string(), expected, "{line}");
        }
        let long = format!(r#"{{"text":"{}"}}"#, "x".repeat(1001));
        assert_eq!(read(&long).unwrap_err().to_string(), "longer than 1000 bytes; this report was left out");
        let deep = format!(r#"{{"text":"x","a":{}}}"#, "[".repeat(100_000));
        assert!(matches!(read(&deep), Err(IngestErrorKind::Json { .. })));
    }
}
