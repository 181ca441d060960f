//! What cannot be answered, as a problem of RFC 9457: which parameter, and what would be right.

use crate::answer::Rendered;
use crate::error::PageError;
use serde_json::{Value, json};

/// The media type.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// An error as a problem.
pub(crate) fn problem(path: &str, error: &PageError) -> Rendered {
    let status = error.status().as_u16();
    let mut problem = json!({
        "type": format!("/api#problem-{status}"),
        "title": error.title(),
        "status": status,
        "detail": error.message(),
        "instance": path,
    });
    if let PageError::Parameter { name, .. } = error {
        problem["parameter"] = name.as_str().into();
    }
    Rendered::of(MEDIA_TYPE, problem.to_string().into_bytes())
}

/// Its JSON Schema.
pub(super) fn schema() -> Value {
    json!({
        "type": "object",
        "description": "Why there is no answer (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "description": "the kind of problem, explained on the page `/api`"},
            "title": {"type": "string", "description": "the kind in words"},
            "status": {"type": "integer", "description": "as the status of the response"},
            "detail": {"type": "string", "description": "what is wrong, and what would be right"},
            "instance": {"type": "string", "format": "uri-reference", "description": "the path that was asked"},
            "parameter": {"type": "string", "description": "the parameter that makes no sense, where it is one"},
        },
        "required": ["type", "title", "status", "detail", "instance"],
    })
}

/// The statuses that an operation may answer with instead, and when.
pub(super) const STATUSES: [(u16, &str); 6] = [
    (400, "a parameter makes no sense; `parameter` names it, `detail` says what would be right"),
    (401, "a token is needed, or this is another one"),
    (404, "the record has no such thing"),
    (405, "these addresses are for reading"),
    (500, "a fault of the server"),
    (503, "too many ask at once, or the answer would take too long; `Retry-After` says when to ask again"),
];
