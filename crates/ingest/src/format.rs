//! The formats that reports come in, and how to tell them apart.

use dateline_text::labels;
use std::path::Path;

labels! {
    /// A format that reports come in.
    pub enum Format as "format of reports (auto, text, html, jsonl, feed, warc)" {
        /// By content and extension.
        Auto = "auto",
        /// Plain text: an article, or a whole page copied as text.
        Text = "text",
        /// One HTML page.
        Html = "html",
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// RSS or Atom. Not supported yet.
        Feed = "feed",
        /// A web archive. Not supported yet.
        Warc = "warc",
    }
}

/// The extensions of the files that are taken from folders, each also with `.gz` after it.
pub const FOLDER_EXTENSIONS: [&str; 7] = ["txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson"];

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

fn sniff_content(head: &[u8]) -> Option<Format> {
    let head = String::from_utf8_lossy(&head[..head.len().min(4096)]);
    let mut head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with("WARC/1.") {
        return Some(Format::Warc);
    }
    if let Some(inner) = head.strip_prefix('{') {
        // A JSON object on its first line; a text may begin with a brace, too.
        let inner = inner.trim_start();
        return (inner.starts_with('"') || inner.starts_with('}')).then_some(Format::Jsonl);
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
