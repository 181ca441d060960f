//! The header of a record: its version and named fields.

/// How long a header may be; those of crawlers have some hundred bytes.
pub(super) const MAX_HEADER_BYTES: usize = 64 << 10;

/// What begins every record.
pub(super) const VERSION: &[u8] = b"WARC/1.";

/// The fields that are read here. An absent field is an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RecordHeader {
    /// `response`, `resource`, `revisit`, …
    pub kind: String,
    /// Without the angle brackets around it.
    pub id: String,
    pub target: String,
    pub date: String,
    /// Media type of the block, for a response that of HTTP.
    pub content_type: String,
    /// Why the crawler did not keep all of it.
    pub truncated: String,
    /// The number of a segment, where a page was cut into several records.
    pub segment: String,
    /// Bytes of the block.
    pub n_bytes: u64,
}

/// Reads the lines of a header, the version line first.
pub(super) fn read_header(header: &[u8]) -> Result<RecordHeader, String> {
    let text = String::from_utf8_lossy(header);
    let mut lines = text.lines();
    let version = lines.next().unwrap_or_default().trim_end();
    if !matches!(version, "WARC/1.0" | "WARC/1.1") {
        let found: String = version.chars().take(40).collect();
        return Err(format!("expected `WARC/1.0` or `WARC/1.1` where it begins, found `{found}`"));
    }
    let mut record = RecordHeader::default();
    let mut length = None;
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        // A line that begins with white space goes on with the one before.
        match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _, Some((name, value))) => {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            _ => {}
        }
    }
    for (name, value) in fields {
        match name.as_str() {
            "warc-type" => record.kind = value.to_ascii_lowercase(),
            "warc-record-id" => record.id = without_brackets(&value),
            "warc-target-uri" => record.target = without_brackets(&value),
            "warc-date" => record.date = value,
            "content-type" => record.content_type = value,
            "warc-truncated" => record.truncated = value,
            "warc-segment-number" => record.segment = value,
            "content-length" => {
                let n_bytes =
                    value.parse().map_err(|_| format!("its `Content-Length` `{value}` is no number"))?;
                length = Some(n_bytes);
            }
            _ => {}
        }
    }
    record.n_bytes = length.ok_or("its header has no `Content-Length`")?;
    Ok(record)
}

/// WARC 1.0 wrote URIs in angle brackets.
fn without_brackets(value: &str) -> String {
    value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_any_case_and_over_lines() {
        let header = read_header(
            b"WARC/1.0\r\nwarc-type: Response\r\nWARC-Target-URI: <https://harbour.example/a>\r\n\
              WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2031-05-02T06:00:00Z\r\nContent-Type: application/http;\r\n \
              msgtype=response\r\nCONTENT-LENGTH: 17\r\nX-Other: kept out\r\n",
        );
        let expected = RecordHeader {
            kind: "response".into(),
            id: "urn:uuid:1".into(),
            target: "https://harbour.example/a".into(),
            date: "2031-05-02T06:00:00Z".into(),
            content_type: "application/http; msgtype=response".into(),
            n_bytes: 17,
            ..RecordHeader::default()
        };
        assert_eq!(header, Ok(expected));
    }

    #[test]
    fn what_is_no_header_is_said_to_be_so() {
        for (header, expected) in [
            (&b"WARC/1.1\r\nWARC-Type: response\r\n"[..], "its header has no `Content-Length`"),
            (b"WARC/1.1\nContent-Length: many\n", "its `Content-Length` `many` is no number"),
            (b"WARC/1.1\nContent-Length: -1\n", "its `Content-Length` `-1` is no number"),
            (b"WARC/0.9 x\n", "expected `WARC/1.0` or `WARC/1.1` where it begins, found `WARC/0.9 x`"),
            (b"\xFF\xFE", "expected `WARC/1.0` or `WARC/1.1` where it begins, found `\u{fffd}\u{fffd}`"),
        ] {
            assert_eq!(read_header(header), Err(expected.to_owned()), "{header:?}");
        }
    }
}
