//! `POST /mcp`: streamable HTTP without streams and without sessions; every message is answered by itself.
//!
//! A browser that some page makes ask is turned away by its `Origin`; the token is needed as for every page.

use super::protocol::{VERSIONS, is_silent, read, respond};
use crate::answer::{Rendered, error_response, response};
use crate::router::Site;
use crate::safety::{Access, is_name_of_this_machine};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::post;
use serde_json::{Value, json};
use std::sync::Arc;

/// The header that names the revision; without it the older one is meant.
const VERSION: HeaderName = HeaderName::from_static("mcp-protocol-version");

/// The one address.
pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/mcp", post(asked).get(no_stream))
}

/// Servers that send nothing by themselves say so.
async fn no_stream() -> Response {
    let mut response =
        said(StatusCode::METHOD_NOT_ALLOWED, "messages are sent by POST; there is no stream here");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

async fn asked(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if let Some(refused) = refusal(&site, &headers) {
        return refused;
    }
    let message = match read(&body) {
        Ok(message) => message,
        Err(answer) => return as_json(StatusCode::BAD_REQUEST, &answer),
    };
    if is_silent(&message) {
        return empty(StatusCode::ACCEPTED);
    }
    let version = match site.records.version() {
        Ok(version) => version,
        Err(error) => return error_response(&site, &uri, &error),
    };
    let worker = Arc::clone(&site);
    let answer = site.records.ask(move |record| {
        let state = worker.records.state(record, version)?;
        Ok(respond(record, &state, &message))
    });
    match answer.await {
        Ok(Some(answer)) => as_json(StatusCode::OK, &answer),
        Ok(None) => empty(StatusCode::ACCEPTED),
        Err(error) => error_response(&site, &uri, &error),
    }
}

/// Why a request is not even read.
fn refusal(site: &Site, headers: &HeaderMap) -> Option<Response> {
    let of = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(origin) = of(header::ORIGIN) {
        let host = origin.split_once("://").map_or("", |(_, host)| host);
        let is_ours = match &site.access {
            Access::ThisMachine => is_name_of_this_machine(host),
            Access::Token(_) => of(header::HOST).is_some_and(|ours| ours.eq_ignore_ascii_case(host)),
        };
        if !is_ours {
            return Some(said(StatusCode::FORBIDDEN, "pages of other origins may not ask"));
        }
    }
    let media_type = of(header::CONTENT_TYPE).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Some(said(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a message is application/json"));
    }
    let accept = of(header::ACCEPT).unwrap_or("*/*");
    if !["application/json", "application/*", "*/*"].iter().any(|known| accept.contains(known)) {
        return Some(said(StatusCode::NOT_ACCEPTABLE, "answers are application/json"));
    }
    let version = of(VERSION).unwrap_or(VERSIONS[1]);
    if !VERSIONS.contains(&version) {
        let message = format!("revisions of the protocol that are spoken here: {}", VERSIONS.join(", "));
        return Some(said(StatusCode::BAD_REQUEST, &message));
    }
    None
}

/// An error without a request that it belongs to.
fn said(status: StatusCode, message: &str) -> Response {
    as_json(status, &json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32600, "message": message}}))
}

fn as_json(status: StatusCode, answer: &Value) -> Response {
    let mut response = response(Rendered::json(answer.to_string().into_bytes()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
