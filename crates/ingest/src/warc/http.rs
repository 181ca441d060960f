//! An HTTP response as it was sent: status, media type, and the body without its transfer and content codings.
//!
//! Crawlers often keep the header as sent beside a body that they have unpacked already, so a coding that the body
//! does not show is not there.

use crate::IngestErrorKind;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::Read;

/// How long the header of a response may be; servers stop at less.
pub(super) const MAX_HEAD_BYTES: usize = 64 << 10;

/// What the header says of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ResponseHead {
    pub status: u16,
    pub content_type: String,
    /// In the order in which they were applied, in lower case.
    pub content_codings: Vec<String>,
    pub is_chunked: bool,
}

/// A media type and the charset beside it: `text/html; charset=utf-8`.
pub(super) fn split_content_type(content_type: &str) -> (String, Option<&str>) {
    let mut parts = content_type.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    });
    (media_type, charset)
}

/// Where the body begins, if the header is complete.
pub(super) fn body_start(response: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'\n', &response[from..])?;
        let line = &response[from..at];
        from = at + 1;
        if line.is_empty() || line == b"\r" {
            return Some(from);
        }
    }
}

/// Reads the header. None where this is no response of HTTP.
pub(super) fn read_head(head: &[u8]) -> Option<ResponseHead> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines();
    let mut words = lines.next()?.strip_prefix("HTTP/")?.split_ascii_whitespace();
    let mut response = ResponseHead { status: words.nth(1)?.parse().ok()?, ..ResponseHead::default() };
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        let codings = || value.split(',').map(|coding| coding.trim().to_ascii_lowercase());
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => response.content_type = value.to_owned(),
            "content-encoding" => response.content_codings.extend(codings()),
            "transfer-encoding" => {
                for coding in codings() {
                    match coding.as_str() {
                        "chunked" => response.is_chunked = true,
                        _ => response.content_codings.push(coding),
                    }
                }
            }
            _ => {}
        }
    }
    Some(response)
}

/// The body as it was meant, at most `max_bytes` of it.
pub(super) fn read_body(
    head: &ResponseHead,
    body: &[u8],
    max_bytes: usize,
) -> Result<Vec<u8>, IngestErrorKind> {
    let mut body = Cow::Borrowed(body);
    if head.is_chunked
        && let Some(joined) = join_chunks(&body)
    {
        body = Cow::Owned(joined);
    }
    for coding in head.content_codings.iter().rev() {
        body = match coding.as_str() {
            "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
                Cow::Owned(unpack(MultiGzDecoder::new(&body[..]), max_bytes)?)
            }
            "deflate" => match unpack_deflate(&body, max_bytes)? {
                Some(unpacked) => Cow::Owned(unpacked),
                None => body,
            },
            "" | "identity" | "gzip" | "x-gzip" => body,
            // What reads as text has been unpacked already: packed data are never UTF-8 to their end.
            _ if std::str::from_utf8(&body).is_ok() => body,
            _ => return Err(IngestErrorKind::Coding(coding.clone())),
        };
    }
    Ok(body.into_owned())
}

/// Joins the chunks (RFC 9112, section 7.1). What was cut off ends early; None where there are no chunks.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut n_chunks = 0;
    while !rest.is_empty() {
        let Some(newline) = memchr::memchr(b'\n', rest) else { break };
        let size = rest[..newline].split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
        let n_bytes = std::str::from_utf8(size)
            .ok()
            .filter(|size| size.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(n_bytes) = n_bytes else {
            // Not the first: what follows the last whole chunk is no chunk.
            return (n_chunks > 0).then_some(joined);
        };
        n_chunks += 1;
        rest = &rest[newline + 1..];
        if n_bytes == 0 {
            break;
        }
        let chunk = &rest[..n_bytes.min(rest.len())];
        joined.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    (n_chunks > 0).then_some(joined)
}

/// Zlib as the standard says, or bare as some servers send it. None where it is neither.
fn unpack_deflate(body: &[u8], max_bytes: usize) -> Result<Option<Vec<u8>>, IngestErrorKind> {
    for unpacked in [unpack(ZlibDecoder::new(body), max_bytes), unpack(DeflateDecoder::new(body), max_bytes)]
    {
        match unpacked {
            Ok(unpacked) => return Ok(Some(unpacked)),
            Err(kind @ IngestErrorKind::TooLong { .. }) => return Err(kind),
            Err(_) => {}
        }
    }
    Ok(None)
}

/// Unpacks no more than a report may have, so that a small page cannot fill the memory.
fn unpack(packed: impl Read, max_bytes: usize) -> Result<Vec<u8>, IngestErrorKind> {
    let mut unpacked = Vec::new();
    packed.take(max_bytes as u64 + 1).read_to_end(&mut unpacked).map_err(IngestErrorKind::DamagedGzip)?;
    if unpacked.len() > max_bytes {
        return Err(IngestErrorKind::TooLong { max_bytes });
    }
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    fn body(head: &str, body: &[u8]) -> String {
        let head = read_head(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes()).unwrap();
        match read_body(&head, body, 100) {
            Ok(body) => String::from_utf8_lossy(&body).into_owned(),
            Err(kind) => format!("! {kind}"),
        }
    }

    #[test]
    fn bodies_lose_their_codings() {
        let gzip = |bytes: &[u8]| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::default());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        };
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"Talks began.").unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(b"Talks began.").unwrap();
        let packed = gzip(b"Talks began.");
        let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
        for (head, bytes, expected) in [
            ("Server: x", &b"Talks began."[..], "Talks began."),
            ("Transfer-Encoding: chunked", b"6\r\nTalks \r\n6;x=y\r\nbegan.\r\n0\r\n\r\n", "Talks began."),
            ("Transfer-Encoding: chunked", b"6\r\nTalks \r\n6\r\nbeg", "Talks beg"), // cut off
            ("Transfer-Encoding: chunked", b"Talks began.\nToday.", "Talks began.\nToday."), // joined already
            ("transfer-encoding: Chunked", b"ffffffffffffffff\r\nTalks", "Talks"),
            ("Content-Encoding: gzip", &packed, "Talks began."),
            ("Content-Encoding: gzip", b"Talks began.", "Talks began."), // unpacked already
            ("Content-Encoding: GZIP\r\nTransfer-Encoding: chunked", &chunked, "Talks began."),
            ("Content-Encoding: deflate", &zlib.finish().unwrap(), "Talks began."),
            ("Content-Encoding: deflate", &bare.finish().unwrap(), "Talks began."),
            ("Content-Encoding: br", b"Talks began.", "Talks began."), // unpacked already
            (
                "Content-Encoding: br",
                b"\x8B\xFF\x80",
                "! packed with `br`, which is not read; this report was left out",
            ),
            ("Content-Encoding: gzip", &packed[..15], "! damaged gzip data: incomplete deflate stream"),
            (
                "Content-Encoding: gzip",
                &gzip(&[b' '; 101]),
                "! longer than 100 bytes; this report was left out",
            ),
        ] {
            assert_eq!(body(head, bytes), expected, "{head}");
        }
    }

    #[test]
    fn heads_are_read() {
        for (head, expected) in [
            (
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\n\r\n",
                Some((200, "text/html; charset=x")),
            ),
            ("HTTP/2 301\r\n\r\n", Some((301, ""))),
            ("HTTP/1.0 abc\r\n\r\n", None),
            ("220 an FTP server\r\n", None),
            ("", None),
        ] {
            let found = read_head(head.as_bytes());
            let found = found.as_ref().map(|head| (head.status, head.content_type.as_str()));
            assert_eq!(found, expected, "{head:?}");
        }
        assert_eq!(body_start(b"HTTP/1.1 200\nA: b\n\nbody"), Some(19));
        assert_eq!(body_start(b"HTTP/1.1 200\r\nA: b\r\n"), None);
        assert_eq!(
            split_content_type("Text/HTML; a=b; Charset=\"utf-8\""),
            ("text/html".into(), Some("utf-8"))
        );
    }
}
