//! Answers in few bytes, as they are kept and mostly sent.
//!
//! In:  an answer.
//! Out: it packed with gzip, once, however often it is sent; unpacked again for whoever does not take gzip (RFC 9110, 12.5.3).

use crate::answer::{Rendered, response};
use crate::error::PageError;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{Read, Write};

/// An answer, its bytes packed.
#[derive(Clone, Debug)]
pub(crate) struct Packed(Rendered);

impl Packed {
    pub fn new(answer: Rendered) -> Packed {
        let mut encoder = GzEncoder::new(Vec::with_capacity(answer.bytes.len() / 4), Compression::fast());
        let written = encoder.write_all(&answer.bytes).and_then(|()| encoder.finish());
        Packed(Rendered { bytes: written.expect("invariant: memory takes what is written").into(), ..answer })
    }

    /// Bytes held.
    pub fn n_bytes(&self) -> usize {
        self.0.bytes.len()
    }

    /// The response to somebody who sent these headers.
    pub fn response(self, asked: &HeaderMap) -> Result<Response, PageError> {
        let takes_gzip = takes_gzip(asked);
        let mut response = response(if takes_gzip { self.0 } else { self.unpacked()? });
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if takes_gzip {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        Ok(response)
    }

    fn unpacked(self) -> Result<Rendered, PageError> {
        let mut bytes = Vec::new();
        let read = GzDecoder::new(self.0.bytes.as_ref()).read_to_end(&mut bytes);
        read.map_err(|error| PageError::Failed(error.to_string()))?;
        Ok(Rendered { bytes: Bytes::from(bytes), ..self.0 })
    }
}

/// Whether gzip is taken: named, or meant by `*`, and not with a weight of 0.
fn takes_gzip(asked: &HeaderMap) -> bool {
    let given = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let weight = |coding: &str| {
        let mut parameters = coding.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        let weight = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
        weight.map_or(1.0, |(_, weight)| weight.trim().parse::<f32>().unwrap_or(0.0))
    };
    let (mut named, mut meant) = (None, None);
    for coding in given.flat_map(|value| value.split(',')) {
        match coding.split(';').next().map(str::trim) {
            Some(name) if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => {
                named = Some(weight(coding));
            }
            Some("*") => meant = Some(weight(coding)),
            _ => {}
        }
    }
    named.or(meant).is_some_and(|weight| weight > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: Option<&str>) -> HeaderMap {
        let accept = accept.map(|accept| (header::ACCEPT_ENCODING, HeaderValue::from_str(accept).unwrap()));
        accept.into_iter().collect()
    }

    #[test]
    fn gzip_is_sent_to_those_who_take_it() {
        for (accept, expected) in [
            (None, false),
            (Some(""), false),
            (Some("gzip"), true),
            (Some("deflate, GZIP;q=0.5"), true),
            (Some("br;q=1, gzip; q=0"), false),
            (Some("*"), true),
            (Some("*;q=0"), false),
            (Some("gzip;q=0, *"), false),
            (Some("identity"), false),
            (Some("gzipped"), false),
        ] {
            assert_eq!(takes_gzip(&asked(accept)), expected, "{accept:?}");
        }
    }

    #[test]
    fn answers_come_out_as_they_went_in() {
        for text in ["", "one", &"many words ".repeat(10_000)] {
            let packed = Packed::new(Rendered::html(text.to_owned()));
            assert_eq!(packed.unpacked().map(|answer| answer.bytes).ok().as_deref(), Some(text.as_bytes()));
        }
    }
}
