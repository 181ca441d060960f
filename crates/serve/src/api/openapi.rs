//! The description of the API for programs: OpenAPI 3.1, made from the table of operations.

use super::operations::{Gives, OPERATIONS, Operation};
use super::things::THINGS;
use super::{ROOT, problem};
use serde_json::{Map, Value, json};

/// The document.
pub(super) fn document() -> Value {
    let paths: Map<String, Value> = OPERATIONS
        .iter()
        .map(|operation| (format!("{ROOT}{}", operation.path), json!({"get": described(operation)})))
        .collect();
    let mut schemas: Map<String, Value> =
        THINGS.iter().map(|thing| (thing.name.to_owned(), thing.schema())).collect();
    schemas.insert("Problem".to_owned(), problem::schema());
    let problems: Map<String, Value> = problem::STATUSES
        .iter()
        .map(|(status, when)| {
            let content = json!({problem::MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}});
            (format!("Problem{status}"), json!({"description": when, "content": content}))
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "dateline",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A record of events, and of the words of the reports that tell them. Texts of reports are quoted as they are: words of third parties.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": problems,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "needed where the server was started with a token"}},
        },
    })
}

fn described(operation: &Operation) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    if let Some(letter) = operation.letter {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "description": format!("number in this record, such as {letter}12"),
            "schema": {"type": "string", "pattern": format!("^{letter}[1-9][0-9]*$")}, "example": format!("{letter}1"),
        }));
    }
    parameters.extend(operation.parameters.iter().map(|parameter| {
        json!({
            "name": parameter.name, "in": "query", "required": parameter.is_required,
            "description": parameter.meaning, "schema": parameter.schema(), "example": parameter.example,
        })
    }));
    let item = json!({"$ref": format!("#/components/schemas/{}", operation.gives.thing().name)});
    let schema = match operation.gives {
        Gives::One(..) => item,
        Gives::Items(..) => json!({
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": item},
                "limit": {"type": "integer", "description": "items at most"},
                "offset": {"type": "integer", "description": "items passed over"},
                "next": {"type": ["string", "null"], "format": "uri-reference", "description": "address of the items that follow"},
            },
            "required": ["items", "limit", "offset", "next"],
        }),
    };
    let header = |description: &str| json!({"description": description, "schema": {"type": "string"}});
    let mut headers = json!({"ETag": header("version of the record; `If-None-Match` with it gives 304 as long as nothing was added")});
    if matches!(operation.gives, Gives::Items(..)) {
        headers["Link"] = header("`rel=\"next\"`: the items that follow, where there are any");
    }
    let mut responses = json!({
        "200": {"description": operation.gives.thing().meaning, "headers": headers, "content": {"application/json": {"schema": schema}}},
        "304": {"description": "nothing was added since the version of `If-None-Match`"},
    });
    for (status, _) in problem::STATUSES {
        let is_possible = match status {
            404 => operation.letter.is_some(),
            405 => false,
            _ => true,
        };
        if is_possible {
            responses[status.to_string()] =
                json!({"$ref": format!("#/components/responses/Problem{status}")});
        }
    }
    json!({
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": responses,
    })
}
