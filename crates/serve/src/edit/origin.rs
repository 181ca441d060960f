//! Whether a change is asked for by a page of this server.
//!
//! In:  the headers of a request.
//! Out: nothing, or why not. Browsers set `Sec-Fetch-Site` and `Origin` themselves, and no script of another site can
//!      change them. Who sends neither is no browser that shows our forms.
//!
//! | `Sec-Fetch-Site` | `Origin` | taken |
//! | --- | --- | --- |
//! | `same-origin` | of this host, `null`, none | yes |
//! | none | of this host | yes |
//! | `cross-site`, `same-site`, `none` | any | no |
//! | any | of another host | no |
//! | none | `null`, none | no |

use crate::error::PageError;
use axum::http::{HeaderMap, header};

const ELSEWHERE: PageError = PageError::Forbidden(
    "A change is taken only from a page of this server, and this one is asked for from elsewhere.",
);

/// Lets a request through that a page of this server makes.
pub(super) fn check(headers: &HeaderMap) -> Result<(), PageError> {
    let of = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let is_ours = |origin: &str| {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        let ours = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.is_some() && host.zip(ours).is_some_and(|(host, ours)| host.eq_ignore_ascii_case(ours))
    };
    let taken = match (of("sec-fetch-site"), of("origin")) {
        (Some("same-origin"), None | Some("null")) => true,
        (Some("same-origin") | None, Some(origin)) => is_ours(origin),
        _ => false,
    };
    if taken { Ok(()) } else { Err(ELSEWHERE) }
}

/// Compares in a time that does not tell how much of it is right.
pub(super) fn is_same(given: &[u8], ours: &[u8]) -> bool {
    let mut differs = ours.len() ^ given.len();
    for (number, &byte) in given.iter().enumerate() {
        differs |= usize::from(byte ^ ours[number % ours.len()]);
    }
    std::hint::black_box(differs) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_pages_of_this_server_change_anything() {
        for (site, origin, expected) in [
            (Some("same-origin"), Some("http://localhost:8080"), true),
            (Some("same-origin"), Some("null"), true),
            (Some("same-origin"), None, true),
            (None, Some("http://localhost:8080"), true),
            (None, Some("https://LOCALHOST:8080"), true),
            (None, Some("http://localhost:8081"), false),
            (None, Some("http://localhost"), false),
            (None, Some("null"), false),
            (None, None, false),
            (None, Some("localhost:8080"), false),
            (Some("cross-site"), Some("http://localhost:8080"), false),
            (Some("same-site"), None, false),
            (Some("none"), None, false),
            (Some("same-origin"), Some("http://evil.example"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("localhost:8080"));
            for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                if let Some(value) = value {
                    headers.insert(name, HeaderValue::from_static(value));
                }
            }
            assert_eq!(check(&headers).is_ok(), expected, "{site:?} {origin:?}");
        }
    }

    #[test]
    fn tokens_are_compared_whole() {
        for (given, expected) in
            [("0123", true), ("0124", false), ("012", false), ("01230123", false), ("", false)]
        {
            assert_eq!(is_same(given.as_bytes(), b"0123"), expected, "{given}");
        }
    }
}
