//! `/api/v1`: the record for programs.
//!
//! In:  an address of [`OPERATIONS`](operations::OPERATIONS) with the filters of the command line.
//! Out: JSON, `{"items": […], "limit": 50, "offset": 0, "next": "/api/v1/…" or null}` for lists, the thing itself for one
//!      thing; items are what `--format jsonl` writes. What cannot be answered is a problem of RFC 9457.
//!
//! Routes, the OpenAPI document, the page `/api` and `docs/api.md` are all made from one table, so none of them can say
//! something else than the others.
//!
//! ```text
//! GET /api/v1/events?dyad=KOR,PRK&limit=2
//! -> {"items": [{"id": "e7", …}, …], "limit": 2, "offset": 0, "next": "/api/v1/events?dyad=KOR,PRK&limit=2&offset=2"}
//! ```

pub(crate) mod operations;
pub(crate) mod parameters;
pub(crate) mod shapes;
mod things;

mod excerpt;
mod openapi;
mod page;
mod problem;
mod reference;

pub(crate) use problem::problem;
pub use reference::api_reference;

use crate::answer::{Rendered, Work, answer, answer_read, error_response};
use crate::asked::Asked;
use crate::error::PageError;
use crate::query::{NAMES, Query, address, decoded};
use crate::router::{Site, html, number};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::get;
use dateline_record::{Filters, Record};
use operations::{Gives, OPERATIONS, Operation};
use serde_json::{Value, json};
use std::sync::Arc;

/// Where the addresses begin.
pub(crate) const ROOT: &str = "/api/v1";
/// Items of one answer at most.
pub(crate) const MAX_ITEMS: usize = 1000;

/// The operations, their description and the page that lists them.
pub(crate) fn routes() -> Router<Arc<Site>> {
    let mut router = Router::new();
    for operation in &OPERATIONS {
        let work: Arc<Work> =
            Arc::new(move |record: &mut Record, asked: &Asked| rendered(operation, record, asked));
        let handler = move |State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap| async move {
            let id = match operation.letter {
                None => Some(0),
                // `/api/v1/event/e12`: nothing, api, v1, event, e12.
                Some(letter) => uri.path().split('/').nth(4).and_then(|id| number(letter, id)),
            };
            let Some(id) = id else {
                let letter = operation.letter.unwrap_or('e');
                let what = format!("such id here; ids of this kind are like `{letter}12`");
                return error_response(&site, &uri, &PageError::NotFound(what));
            };
            answer_read(site, uri, headers, id, move |query: &str| read(operation, query), work).await
        };
        let path = format!("{ROOT}{}", operation.path);
        router = router.route(&path, get(handler).options(options));
    }
    let described: Arc<Work> = Arc::new(|_: &mut Record, _: &Asked| {
        Ok(Rendered::json(crate::formats::pretty(&openapi::document())))
    });
    let listed = html(page::page);
    router
        .route(
            "/api/v1/openapi.json",
            get(move |State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap| {
                answer(site, uri, headers, 0, &[], Arc::clone(&described))
            })
            .options(options),
        )
        .route(
            "/api",
            get(move |State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap| {
                answer(site, uri, headers, 0, &[], Arc::clone(&listed))
            }),
        )
}

/// What may be done at an address.
async fn options() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    response
}

/// Reads the parameters of an operation; others are an error, as they would have no effect.
pub(crate) fn read(operation: &Operation, query: &str) -> Result<Query, PageError> {
    let wrong = |name: &str, reason: String| Err(PageError::Parameter { name: name.to_owned(), reason });
    let mut given: Vec<String> = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (decoded(name), decoded(value));
        let Some(parameter) = operation.parameters.iter().find(|parameter| parameter.name == name) else {
            let known: Vec<&str> = operation.parameters.iter().map(|parameter| parameter.name).collect();
            return match known.as_slice() {
                [] => wrong(&name, "this address takes no parameters".to_owned()),
                _ => wrong(&name, format!("there is no such parameter here ({})", known.join(", "))),
            };
        };
        if value.trim().is_empty() {
            return wrong(
                &name,
                format!("no value is given; leave it out, or give one such as `{}`", parameter.example),
            );
        }
        if given.contains(&name) && name != "event" {
            return wrong(&name, "it is given twice; give it once".to_owned());
        }
        if name == "limit" && !value.trim().parse().is_ok_and(|limit| (1..=MAX_ITEMS).contains(&limit)) {
            return wrong(&name, format!("`{}` is not a number from 1 to {MAX_ITEMS}", value.trim()));
        }
        given.push(name);
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.is_required) {
        if !given.iter().any(|name| name == parameter.name) {
            return wrong(parameter.name, format!("it has to be given, such as `{}`", parameter.example));
        }
    }
    let names = operation.parameters.iter().map(|parameter| parameter.name);
    let own: Vec<&'static str> =
        names.filter(|name| !NAMES.contains(name) && !matches!(*name, "limit" | "offset")).collect();
    Query::read_up_to(query, &own, MAX_ITEMS)
}

/// The answer as JSON, and the address of what follows.
pub(crate) fn found(
    operation: &Operation,
    record: &mut Record,
    asked: &Asked,
) -> Result<(Value, Option<String>), PageError> {
    let filters = &asked.query.filters;
    match operation.gives {
        Gives::One(_, find) => Ok((find(record, asked)?, None)),
        Gives::Items(_, find) => {
            let limit = filters.limit.unwrap_or(crate::query::ROWS);
            // One more than asked for tells whether something follows.
            let more = Filters { limit: Some(limit + 1), ..filters.clone() };
            let mut items = find(record, asked, &more)?;
            let next = (items.len() > limit).then(|| next_address(operation, asked, filters.offset + limit));
            items.truncate(limit);
            let answer = json!({"items": items, "limit": limit, "offset": filters.offset, "next": next});
            Ok((answer, next))
        }
    }
}

fn rendered(operation: &Operation, record: &mut Record, asked: &Asked) -> Result<Rendered, PageError> {
    let (answer, next) = found(operation, record, asked)?;
    let mut rendered = Rendered::json(crate::formats::pretty(&answer));
    rendered.next = next;
    Ok(rendered)
}

/// The same question from another item on.
fn next_address(operation: &Operation, asked: &Asked, offset: usize) -> String {
    let query = &asked.query;
    let limit = query.filters.limit.unwrap_or(crate::query::ROWS).to_string();
    let offset = offset.to_string();
    let value = |name: &'static str| match name {
        "limit" => Some(limit.as_str()),
        "offset" => Some(offset.as_str()),
        name => query.typed(name).or_else(|| query.own(name)),
    };
    let names = operation.parameters.iter().map(|parameter| parameter.name);
    format!("{}{}", asked.path, address(names.filter_map(|name| value(name).map(|value| (name, value)))))
}
