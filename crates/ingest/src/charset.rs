//! Bytes become text.
//!
//! A byte order mark is believed first. Then UTF-8, if the bytes are UTF-8: no text in another encoding is so by
//! chance. Then what the envelope states (HTTP's `Content-Type`), what the page declares (`<meta charset>`, an XML
//! declaration), then chardetng's guess. A text
//! that is UTF-8 but for a few bytes stays UTF-8, with replacement characters. Everything but clean UTF-8 comes
//! with a notice.

use crate::IngestErrorKind;
use chardetng::EncodingDetector;
use dateline_text::Notice;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page a declaration is looked for, in bytes. The HTML standard says 1024; pages exceed it.
const DECLARATION_WITHIN: usize = 4096;

/// Whether declarations inside the text are believed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declaration {
    /// A page of markup.
    Believed,
    /// Plain text, which may talk of markup.
    Ignored,
    /// The envelope says it, and goes before the page.
    Stated(&'static Encoding),
}

/// Decodes a file or a line. Fails on what is no text.
pub(crate) fn decode(
    bytes: Vec<u8>,
    declaration: Declaration,
) -> Result<(String, Option<Notice>), IngestErrorKind> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let notice = damaged.then(|| damaged_notice(encoding));
        return Ok((text.into_owned(), notice));
    }
    if let Some(kind) = binary_kind(&bytes) {
        return Err(IngestErrorKind::Binary(kind));
    }
    let declared = match declaration {
        Declaration::Believed => declared_encoding(&bytes),
        Declaration::Ignored => None,
        Declaration::Stated(encoding) => Some(encoding),
    };
    // The one encoding whose bytes are ASCII and still say something else.
    if declared == Some(ISO_2022_JP) {
        return Ok((ISO_2022_JP.decode_without_bom_handling(&bytes).0.into_owned(), None));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, None)),
        Err(error) => error.into_bytes(),
    };
    let encoding = if is_mostly_utf8(&bytes) {
        UTF_8
    } else {
        declared.filter(|&encoding| encoding != UTF_8).unwrap_or_else(|| {
            let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(&bytes, true);
            detector.guess(None, chardetng::Utf8Detection::Deny)
        })
    };
    let (text, damaged) = encoding.decode_without_bom_handling(&bytes);
    let notice = if damaged {
        damaged_notice(encoding)
    } else if declared == Some(encoding) {
        return Ok((text.into_owned(), None)); // It said so itself.
    } else {
        Notice::new(format!("not valid UTF-8; read as {}", encoding.name()))
    };
    Ok((text.into_owned(), Some(notice)))
}

fn damaged_notice(encoding: &'static Encoding) -> Notice {
    Notice::new(format!("not valid {}; what could not be read became \u{fffd}", encoding.name()))
}

/// Whether more characters beyond ASCII are right than wrong.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong
}

/// The encoding that a page names near its start.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_WITHIN)].to_ascii_lowercase();
    for name in [&b"charset"[..], b"encoding"] {
        for at in memchr::memmem::find_iter(&head, name) {
            let rest = head[at + name.len()..].trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_.:".contains(byte)))
                .unwrap_or(rest.len());
            if let Some(encoding) = Encoding::for_label(&rest[..end]) {
                // A page whose `<meta>` can be read byte by byte is not in UTF-16.
                let utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
                return Some(if utf16 { UTF_8 } else { encoding });
            }
        }
    }
    None
}

/// First bytes of common files that are no text.
const SIGNATURES: [(&[u8], &str); 17] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or picture file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x7FELF", "a program"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"Rar!\x1A", "a rar archive"),
    (b"\xFD7zXZ", "xz-packed data"),
    (b"BZh9", "bzip2-packed data"),
    (b"\x28\xB5\x2F\xFD", "zstd-packed data"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
];

fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    for (signature, kind) in SIGNATURES {
        if bytes.starts_with(signature) && has_control_bytes(bytes) {
            return Some(kind);
        }
    }
    has_control_bytes(bytes).then_some("binary data")
}

/// A NUL anywhere, or more than a tenth of other control bytes at the start.
fn has_control_bytes(bytes: &[u8]) -> bool {
    if memchr::memchr(0, bytes).is_some() || bytes.starts_with(b"%PDF-1") {
        return true;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let controls = head.iter().filter(|&&byte| byte < 0x20 && !b"\t\n\r\x0B\x0C\x1B".contains(&byte)).count();
    controls * 10 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8], declaration: Declaration) -> String {
        match decode(bytes.to_vec(), declaration) {
            Ok((text, None)) => text,
            Ok((text, Some(notice))) => format!("{text} [{notice}]"),
            Err(kind) => format!("error: {kind}"),
        }
    }

    #[test]
    fn encodings() {
        use Declaration::{Believed, Ignored, Stated};
        use encoding_rs::ISO_8859_2;
        let utf16: Vec<u8> = "\u{feff}Café".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, declaration, expected) in [
            (&b"Plain"[..], Ignored, "Plain"),
            ("Café".as_bytes(), Ignored, "Café"),
            ("\u{feff}Café".as_bytes(), Ignored, "Café"),
            (&utf16, Ignored, "Café"),
            (
                b"Le caf\xE9 est ferm\xE9",
                Ignored,
                "Le café est fermé [not valid UTF-8; read as windows-1252]",
            ),
            (b"<meta charset=iso-8859-2>\xB1", Believed, "<meta charset=iso-8859-2>ą"),
            (b"<meta charset=utf-8>caf\xC3\xA9", Believed, "<meta charset=utf-8>café"),
            // The page is wrong about itself.
            (b"<meta charset=latin1>caf\xC3\xA9", Believed, "<meta charset=latin1>café"),
            (
                b"caf\xC3\xA9 na\xC3\xAFve \xFF",
                Ignored,
                "café naïve \u{fffd} [not valid UTF-8; what could not be read became \u{fffd}]",
            ),
            (b"<meta charset=iso-8859-1>\xB1", Stated(ISO_8859_2), "<meta charset=iso-8859-1>ą"),
            (b"%PDF-1.7 \x00", Ignored, "error: a PDF file, not text"),
            (b"\x89PNG\r\n\x1a\n\x00", Ignored, "error: a PNG picture, not text"),
            (b"some\0thing", Ignored, "error: binary data, not text"),
            (b"GIF8 is how this text begins", Ignored, "GIF8 is how this text begins"),
        ] {
            assert_eq!(read(bytes, declaration), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(bytes.clone(), Declaration::Believed);
            let _ = decode(bytes, Declaration::Ignored);
        }
    }
}
