//! Who may read, and what a browser may do with what it gets.
//!
//! In:  every request, before anything else sees it.
//! Out: the request, or an error; on every response the headers that keep a page from running or fetching anything
//!      but its own style and script.
//!
//! On a loopback address nobody else can connect, but a web page can make a browser ask: so the name of the host has
//! to be one of this machine (DNS rebinding). At another address a token is needed for everything.
//!
//! Not done: TLS. Put a proxy in front that has it.

use crate::answer::{error_response, redirect};
use crate::error::{PageError, ServeError};
use crate::router::Site;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// Bytes of an address.
const MAX_URI_BYTES: usize = 4096;
/// A shorter token can be guessed.
pub(crate) const MIN_TOKEN_CHARS: usize = 16;
/// The cookie that holds the token.
const COOKIE: &str = "dateline_token";

/// Who may read.
pub enum Access {
    /// Whoever is on this machine.
    ThisMachine,
    /// Whoever has the token.
    Token(Token),
}

/// A secret that readers are given.
pub struct Token(String);

impl Access {
    /// The access that an address needs: a token unless it is of this machine alone.
    pub fn new(address: IpAddr, token: Option<&str>) -> Result<Access, ServeError> {
        match token.map(str::trim) {
            None if address.is_loopback() => Ok(Access::ThisMachine),
            None => Err(ServeError::Open(address)),
            Some(token) => {
                let found = token.chars().count();
                // Of visible ASCII, so that a header and a cookie can hold it.
                if found < MIN_TOKEN_CHARS || !token.chars().all(|c| c.is_ascii_graphic() && c != ';') {
                    return Err(ServeError::Token { found });
                }
                Ok(Access::Token(Token(token.to_owned())))
            }
        }
    }
}

impl Token {
    /// Compares in a time that does not tell how much of it is right.
    fn is(&self, given: &str) -> bool {
        let (ours, given) = (self.0.as_bytes(), given.as_bytes());
        let mut differs = ours.len() ^ given.len();
        for (number, &byte) in given.iter().enumerate() {
            differs |= usize::from(byte ^ ours[number % ours.len()]);
        }
        std::hint::black_box(differs) == 0
    }
}

/// Lets a request through, or not, and sets the headers of the response.
pub(crate) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut response = match check(&site, &request) {
        Ok(Pass::Through) => {
            let limit = site.patience() + Duration::from_secs(5);
            match tokio::time::timeout(limit, next.run(request)).await {
                Ok(response) => response,
                Err(_) => error_response(&site, &uri, &PageError::TooLong),
            }
        }
        Ok(Pass::Remember { address, token }) => {
            let mut response = redirect(&address);
            let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000");
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => error_response(&site, &uri, &error),
    };
    let may_be_framed = is_for_frames(&uri) && response.status().is_success();
    let headers = response.headers_mut();
    if may_be_framed {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY_IN_FRAMES));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    if site.editing.is_some() {
        // Without a referrer a browser does not say of which site a form is.
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    }
    for (name, value) in
        HEADERS.into_iter().filter(|(name, _)| !(may_be_framed && *name == "x-frame-options"))
    {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The only page that others may show in a frame of theirs: the bare timeline.
fn is_for_frames(uri: &axum::http::Uri) -> bool {
    uri.path() == "/timeline" && uri.query().unwrap_or_default().split('&').any(|part| part == "embed=1")
}

/// As for every page, but that others may frame it, and that it has neither script nor form.
const POLICY_IN_FRAMES: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// What becomes of a request.
enum Pass {
    /// It is answered.
    Through,
    /// It brings the token in its address: the browser keeps it, and asks again without.
    Remember { address: String, token: String },
}

fn check(site: &Site, request: &Request) -> Result<Pass, PageError> {
    if request.uri().to_string().len() > MAX_URI_BYTES {
        return Err(PageError::TooLarge("address"));
    }
    // Where nobody edits there is no such address, and the answer says so.
    let is_change = *request.method() == Method::POST && request.uri().path().starts_with("/edit/");
    if !is_change && !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(PageError::Method);
    }
    match &site.access {
        Access::ThisMachine if is_this_machine(request.headers()) => Ok(Pass::Through),
        Access::ThisMachine => Err(PageError::Host),
        Access::Token(token) => with_token(token, request),
    }
}

fn with_token(token: &Token, request: &Request) -> Result<Pass, PageError> {
    let headers = request.headers();
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    if bearer.is_some_and(|given| token.is(given.trim())) {
        return Ok(Pass::Through);
    }
    let uri = request.uri();
    let parts = || uri.query().unwrap_or_default().split('&');
    if let Some(given) = parts().find_map(|part| part.strip_prefix("token=")) {
        if !token.is(given) {
            return Err(PageError::Denied);
        }
        let rest: Vec<&str> = parts().filter(|part| !part.starts_with("token=")).collect();
        let question = if rest.is_empty() { "" } else { "?" };
        // Two slashes at the beginning would lead to another host.
        let address = format!("/{}{question}{}", uri.path().trim_start_matches('/'), rest.join("&"));
        return Ok(Pass::Remember { address, token: token.0.clone() });
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|one| one.trim().split_once('='));
    if cookies.any(|(name, given)| name == COOKIE && token.is(given)) {
        return Ok(Pass::Through);
    }
    Err(PageError::Denied)
}

/// Whether the request names this machine, at whatever port.
fn is_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// On every response. A page that may be framed by others sets `content-security-policy` itself.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, expected) in [
            ("localhost", true),
            ("localhost:8080", true),
            ("127.0.0.1:8080", true),
            ("127.9.9.9", true),
            ("[::1]:8080", true),
            ("rebound.example:8080", false),
            ("localhost.rebound.example", false),
            ("127.0.0.1.rebound.example", false),
            ("10.0.0.1", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(is_this_machine(&headers), expected, "{host}");
        }
        assert!(!is_this_machine(&HeaderMap::new()));
    }

    #[test]
    fn tokens_are_compared_whole() {
        let token = Token("0123456789abcdef".to_owned());
        for (given, expected) in [
            ("0123456789abcdef", true),
            ("0123456789abcdeg", false),
            ("0123456789abcde", false),
            ("0123456789abcdef0123456789abcdef", false),
            ("", false),
        ] {
            assert_eq!(token.is(given), expected, "{given}");
        }
    }

    #[test]
    fn other_addresses_need_a_token() {
        let any: IpAddr = [0, 0, 0, 0].into();
        for (address, token, expected) in [
            ([127, 0, 0, 1].into(), None, true),
            (any, None, false),
            (any, Some("short"), false),
            (any, Some("with a space in it, which no cookie holds"), false),
            (any, Some(" 0123456789abcdef\n"), true),
        ] {
            assert_eq!(Access::new(address, token).is_ok(), expected, "{address} {token:?}");
        }
    }
}
