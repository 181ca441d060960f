//! The formats that reports come in, and how to tell them apart.

use crate::ninjs::looks_like_items;
use dateline_text::labels;
use serde::de::IgnoredAny;
use std::path::Path;

labels! {
    /// A format that reports come in.
    pub enum Format as "format of reports (auto, text, html, jsonl, feed, warc, ninjs)" {
        /// By content and extension.
        Auto = "auto",
        /// Plain text: an article, or a whole page copied as text.
        Text = "text",
        /// One HTML page.
        Html = "html",
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// RSS, Atom or JSON feed.
        Feed = "feed",
        /// A web archive.
        Warc = "warc",
        /// News items in JSON, one or many, over any number of lines.
        Ninjs = "ninjs",
    }
}

/// The extensions of the files that are taken from folders, each also with `.gz` after it.
pub const FOLDER_EXTENSIONS: [&str; 10] =
    ["txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson", "rss", "atom", "warc"];

/// Extensions of many other things, too: such files are taken from folders where they hold a feed or news items.
pub const SHARED_EXTENSIONS: [&str; 2] = ["xml", "json"];

/// The file's extension in lower case, without `.gz`.
pub(crate) fn extension(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_owned())
}

/// Tells the format from the first bytes and the extension.
///
/// An extension that names a format is believed, except that a page saved as `.txt` is still a page.
pub(crate) fn sniff(head: &[u8], extension: Option<&str>) -> Format {
    let content = sniff_content(head);
    match (extension, content) {
        (_, Some(Format::Warc)) => Format::Warc,
        (Some("jsonl" | "ndjson"), _) => Format::Jsonl,
        (_, Some(Format::Feed)) => Format::Feed,
        (Some("html" | "htm" | "xhtml"), _) => Format::Html,
        (Some("rss" | "atom"), _) => Format::Feed,
        (_, Some(format)) => format,
        _ => Format::Text,
    }
}

/// Whether markup is plain to see at the beginning.
pub(crate) fn looks_like_html(head: &[u8]) -> bool {
    sniff_content(head) == Some(Format::Html)
}

/// Whether the first line is a whole JSON object.
pub(crate) fn is_one_value_a_line(head: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    let line = head[..end].strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head[..end]);
    line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

fn sniff_content(bytes: &[u8]) -> Option<Format> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]);
    let mut head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with("WARC/1.") {
        return Some(Format::Warc);
    }
    if let Some(inner) = head.strip_prefix('{') {
        // A JSON object on its first line; a text may begin with a brace, too.
        let inner = inner.trim_start();
        if !(inner.starts_with('"') || inner.starts_with('}')) {
            return None;
        }
        return Some(if is_json_feed(head) {
            Format::Feed
        } else if looks_like_items(head) && !is_one_value_a_line(bytes) {
            Format::Ninjs
        } else {
            Format::Jsonl
        });
    }
    if let Some(inner) = head.strip_prefix('[') {
        return (inner.trim_start().starts_with('{') && looks_like_items(inner)).then_some(Format::Ninjs);
    }
    // Declarations and comments may stand before the first element.
    while let Some(rest) = head.strip_prefix('<') {
        let end = if rest.starts_with("!--") { "-->" } else { ">" };
        if !rest.starts_with("!--") && !rest.starts_with('?') {
            break;
        }
        head = match rest.find(end) {
            Some(at) => rest[at + end.len()..].trim_start(),
            None => return None,
        };
    }
    // RSS 0.91 names its document type.
    let head = match head.get(..13) {
        Some(start) if start.eq_ignore_ascii_case("<!doctype rss") => "<rss>",
        _ => head,
    };
    let tag: String = head.chars().take(24).collect::<String>().to_ascii_lowercase();
    let starts = |names: &[&str]| {
        names.iter().any(|name| {
            tag.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
    };
    if starts(&["<rss", "<feed", "<rdf:rdf"]) {
        return Some(Format::Feed);
    }
    if starts(&["<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<article"]) {
        return Some(Format::Html);
    }
    None
}

/// A JSON feed names its version (jsonfeed.org, version 1.1, "Top-level").
fn is_json_feed(head: &str) -> bool {
    let version = "\"https://jsonfeed.org/version/";
    head.match_indices(version).any(|(at, _)| head[..at].trim_end().ends_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_content_and_extension() {
        for (head, extension, expected) in [
            ("Talks began in Marenko.", Some("txt"), Format::Text),
            ("Talks began in Marenko.", None, Format::Text),
            ("<!DOCTYPE html><html>", Some("txt"), Format::Html),
            ("\u{feff}  <!-- saved --> <html lang=en>", None, Format::Html),
            ("<p>One paragraph.", Some("html"), Format::Html),
            ("<p>One paragraph.", None, Format::Text), // markup alone could be a quotation
            ("{\"id\":\"a\"}", None, Format::Jsonl),
            ("{brackets} open this text", None, Format::Text),
            ("no json", Some("jsonl"), Format::Jsonl),
            ("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", None, Format::Feed),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"\">", None, Format::Html),
            ("<!DOCTYPE rss PUBLIC \"-//Netscape\"><rss version=\"0.91\">", None, Format::Feed),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", None, Format::Feed),
            ("{\"text\":\"the \\\"https://jsonfeed.org/version/1\\\" line\"}\n", None, Format::Jsonl),
            ("{\n \"uri\": \"u\",\n \"headline\": \"h\"", Some("json"), Format::Ninjs),
            ("[{\"uri\":\"u\",\"bodies\":[]}]", None, Format::Ninjs),
            ("{\"uri\":\"u\",\"body_text\":\"t\"}\n{", None, Format::Jsonl), // read as items all the same
            ("[Marenko, 2 May] Talks began.", None, Format::Text),
            ("WARC/1.0\r\n", None, Format::Warc),
            ("", None, Format::Text),
        ] {
            assert_eq!(sniff(head.as_bytes(), extension), expected, "{head:?} {extension:?}");
        }
    }

    #[test]
    fn extensions_without_packing() {
        for (path, expected) in [
            ("a/b.TXT", Some("txt")),
            ("b.html.gz", Some("html")),
            (".hidden", None),
            ("plain", None),
            ("x.gz", None),
        ] {
            assert_eq!(extension(Path::new(path)).as_deref(), expected, "{path}");
        }
    }
}
