//! From a request to its answer: the tag of the record, what is kept, the work, the bytes.
//!
//! In:  the address, and a function from the record to bytes.
//! Out: a response. The same for everybody: nothing depends on cookies or on headers other than `If-None-Match`.
//!
//! The tag is the version of the whole file, so a page is made and sent anew after every change of the record, and
//! never otherwise.

use crate::asked::Asked;
use crate::error::PageError;
use crate::layout;
use crate::packed::Packed;
use crate::query::Query;
use crate::records::Version;
use crate::router::Site;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::response::Response;
use dateline_record::Record;
use std::sync::Arc;

/// Bytes that answer a request.
#[derive(Clone, Debug)]
pub(crate) struct Rendered {
    /// The media type.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Bytes,
    /// Under which name a browser keeps it, where it is not shown.
    pub file_name: Option<&'static str>,
    /// The address of what follows, for the header `Link`.
    pub next: Option<String>,
}

impl Rendered {
    pub fn html(page: String) -> Rendered {
        Rendered::of("text/html; charset=utf-8", page.into_bytes())
    }

    pub fn json(bytes: Vec<u8>) -> Rendered {
        Rendered::of("application/json", bytes)
    }

    pub fn of(media_type: &'static str, bytes: Vec<u8>) -> Rendered {
        Rendered { media_type, bytes: bytes.into(), file_name: None, next: None }
    }
}

/// What some page does with the record.
pub(crate) type Work = dyn Fn(&mut Record, &Asked) -> Result<Rendered, PageError> + Send + Sync;

/// Answers a request for what is made from the record. `id` is the number in the path, `own` the parameters that
/// only this page has.
pub(crate) async fn answer(
    site: Arc<Site>,
    uri: Uri,
    headers: HeaderMap,
    id: i64,
    own: &'static [&'static str],
    work: Arc<Work>,
) -> Response {
    answer_read(site, uri, headers, id, move |query: &str| Query::read(query, own), work).await
}

/// The same where the query is read in another way.
pub(crate) async fn answer_read(
    site: Arc<Site>,
    uri: Uri,
    headers: HeaderMap,
    id: i64,
    read: impl Fn(&str) -> Result<Query, PageError> + Send,
    work: Arc<Work>,
) -> Response {
    let said = give(&site, &uri, &headers, id, read, work).await;
    said.unwrap_or_else(|error| error_response(&site, &uri, &error))
}

async fn give(
    site: &Arc<Site>,
    uri: &Uri,
    headers: &HeaderMap,
    id: i64,
    read: impl Fn(&str) -> Result<Query, PageError> + Send,
    work: Arc<Work>,
) -> Result<Response, PageError> {
    let version = site.records.version()?;
    let tag = site.tag(version);
    if matches(headers, &tag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = axum::http::StatusCode::NOT_MODIFIED;
        tagged(&mut response, &tag);
        return Ok(response);
    }
    let path = uri.path().to_owned();
    let query = read(uri.query().unwrap_or_default())?;
    if query.has_empty {
        return Ok(redirect(&format!("{path}{}", query.address_of_page(query.page))));
    }
    let address = uri.to_string();
    let packed = match site.cache.find(&address, version) {
        Some(packed) => packed,
        None => {
            let worker = Arc::clone(site);
            let made =
                move |record: &mut Record| make(&worker, record, version, &address, path, id, query, &*work);
            site.records.ask(made).await?
        }
    };
    let mut response = packed.response(headers)?;
    tagged(&mut response, &tag);
    Ok(response)
}

#[expect(clippy::too_many_arguments, reason = "all that a page is made from, once")]
fn make(
    site: &Site,
    record: &mut Record,
    version: Version,
    address: &str,
    path: String,
    id: i64,
    query: Query,
    work: &Work,
) -> Result<Packed, PageError> {
    // Whoever waited for a worker may find that the same page was made meanwhile.
    if let Some(packed) = site.cache.find(address, version) {
        return Ok(packed);
    }
    let state = site.records.state(record, version)?;
    let rendered =
        work(record, &Asked { path, id, query, edit: site.forms(), root: Arc::clone(&site.root), state })?;
    let packed = Packed::new(rendered);
    site.cache.keep(address, version, &packed);
    Ok(packed)
}

/// A response of some bytes.
pub(crate) fn response(rendered: Rendered) -> Response {
    let mut response = Response::new(Body::from(rendered.bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(rendered.media_type));
    if let Some(name) = rendered.file_name {
        set(headers, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    }
    if let Some(next) = rendered.next {
        set(headers, header::LINK, &format!("<{next}>; rel=\"next\""));
    }
    response
}

/// Sends somebody on to an address of this site.
pub(crate) fn redirect(address: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = axum::http::StatusCode::SEE_OTHER;
    set(response.headers_mut(), header::LOCATION, address);
    set(response.headers_mut(), header::CACHE_CONTROL, "no-store");
    response
}

/// The page of an error; JSON where the address asks for data.
pub(crate) fn error_response(site: &Site, uri: &Uri, error: &PageError) -> Response {
    if let PageError::Failed(what) = error {
        (site.tell)(&format!("{}: {what}", uri.path()));
    }
    let path = uri.path();
    let for_programs = path.ends_with(".json") || path.ends_with(".csv");
    let mut response = response(if path.starts_with("/api/") || path == "/mcp" {
        crate::api::problem(path, error)
    } else if for_programs {
        let parameter = if let PageError::Parameter { name, .. } = error { Some(name) } else { None };
        let error = serde_json::json!({
            "status": error.status().as_u16(),
            "title": error.title(),
            "parameter": parameter,
            "message": error.message(),
        });
        Rendered::json(serde_json::json!({"error": error}).to_string().into_bytes())
    } else {
        Rendered::html(layout::error(error).into_string())
    });
    *response.status_mut() = error.status();
    let headers = response.headers_mut();
    set(headers, header::CACHE_CONTROL, "no-store");
    match error {
        PageError::Busy | PageError::TooLong | PageError::Writing => set(headers, header::RETRY_AFTER, "5"),
        PageError::Denied => set(headers, header::WWW_AUTHENTICATE, "Bearer"),
        PageError::Method => set(headers, header::ALLOW, "GET, HEAD"),
        _ => {}
    }
    response
}

fn tagged(response: &mut Response, tag: &str) {
    let headers = response.headers_mut();
    set(headers, header::ETAG, tag);
    // Kept by the browser alone, and asked for again each time: a question of microseconds.
    set(headers, header::CACHE_CONTROL, "private, no-cache");
}

/// Whether the browser has this version. The comparison is the weak one, as RFC 9110 has it for `If-None-Match`.
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    given.flat_map(|value| value.split(',')).any(|given| given.trim() == "*" || strong(given) == strong(tag))
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
