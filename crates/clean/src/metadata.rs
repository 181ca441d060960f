//! What an HTML page says about itself: headline, author, outlet, address, time of publication.
//!
//! The date comes from, in this order: `datePublished` of JSON-LD, `article:published_time` and its likes, a
//! labelled `<time datetime>`, the address. Never from times of change. The outlet is `og:site_name`, the
//! publisher of JSON-LD, `application-name`, or the host; the address the canonical link or `og:url`.

use crate::dates::read_dates;
use crate::markup::{Piece, Pieces, attribute, decode_references};
use dateline_ingest::Published;
use serde_json::Value;

/// What a page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<Published>,
}

/// Values found on the way, before they are weighed.
#[derive(Default)]
struct Found {
    ld_published: Option<Published>,
    meta_published: Option<Published>,
    time_published: Option<Published>,
    ld_headline: Option<String>,
    og_title: Option<String>,
    page_title: Option<String>,
    heading: Option<String>,
    n_headings: usize,
    ld_author: Option<String>,
    meta_author: Option<String>,
    og_site: Option<String>,
    ld_publisher: Option<String>,
    application: Option<String>,
    canonical: Option<String>,
    og_url: Option<String>,
}

/// Reads the metadata of a page; `url` is its address where it is known.
pub(crate) fn read_metadata(html: &str, url: Option<&str>) -> Metadata {
    let mut found = Found::default();
    let mut collecting: Option<(&str, String)> = None;
    for piece in Pieces::of(html) {
        match piece {
            Piece::Text(words) => {
                if let Some((_, text)) = &mut collecting
                    && text.len() < 1000
                {
                    text.push_str(words);
                }
            }
            Piece::Tag { name, is_end: false, attributes } => match name.to_ascii_lowercase().as_str() {
                "meta" => read_meta(attributes, &mut found),
                "link"
                    if attribute(attributes, "rel")
                        .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    found.canonical = found.canonical.take().or(attribute(attributes, "href"));
                }
                "time" if found.time_published.is_none() => read_time(attributes, &mut found),
                "title" if found.page_title.is_none() => collecting = Some(("title", String::new())),
                "h1" => {
                    found.n_headings += 1;
                    collecting = Some(("h1", String::new()));
                }
                _ => {}
            },
            Piece::Tag { name, is_end: true, .. } => {
                if collecting.as_ref().is_some_and(|(open, _)| name.eq_ignore_ascii_case(open))
                    && let Some((open, text)) = collecting.take()
                {
                    let text = tidy(&text);
                    match open {
                        "title" => found.page_title = text,
                        _ => found.heading = found.heading.take().or(text),
                    }
                }
            }
        }
    }
    for script in json_ld(html) {
        read_json_ld(&script, &mut found);
    }
    let url = [url.map(str::to_owned), found.canonical.take(), found.og_url.take()]
        .into_iter()
        .flatten()
        .find(|url| url.starts_with("http://") || url.starts_with("https://"));
    let host = url.as_deref().and_then(host_of);
    let outlet = [found.og_site.take(), found.ld_publisher.take(), found.application.take()]
        .into_iter()
        .flatten()
        .find(|name| name.chars().count() <= 80)
        .or(host);
    // One h1 is the headline as readers see it; several are anything.
    let heading = found.heading.take().filter(|heading| found.n_headings == 1 && heading.contains(' '));
    let title = heading
        .or(found.og_title.take())
        .or(found.ld_headline.take())
        .or(found.page_title.take())
        .map(|title| without_outlet(&title, outlet.as_deref()));
    let published = found
        .ld_published
        .or(found.meta_published)
        .or(found.time_published)
        .or_else(|| url.as_deref().and_then(date_of_url));
    Metadata { title, byline: found.ld_author.or(found.meta_author), outlet, url, published }
}

fn read_meta(attributes: &str, found: &mut Found) {
    let key = ["property", "name", "itemprop"].iter().find_map(|key| attribute(attributes, key));
    let (Some(key), Some(content)) = (key, attribute(attributes, "content")) else { return };
    let Some(content) = tidy(&content) else { return };
    let slot = match key.to_ascii_lowercase().as_str() {
        "og:title" | "twitter:title" => &mut found.og_title,
        "og:site_name" => &mut found.og_site,
        "application-name" => &mut found.application,
        "og:url" => &mut found.og_url,
        "author" | "article:author" | "byl" | "parsely-author" | "sailthru.author" | "dc.creator" => {
            if content.starts_with("http") || content.contains('@') {
                return;
            }
            &mut found.meta_author
        }
        "article:published_time"
        | "article:published"
        | "og:published_time"
        | "datepublished"
        | "date"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "dc.date"
        | "dc.date.issued"
        | "dcterms.created"
        | "dcterms.issued"
        | "parsely-pub-date"
        | "sailthru.date"
        | "article.published"
        | "cxenseparse:recs:publishtime"
        | "publication_date" => {
            found.meta_published = found.meta_published.or_else(|| read_date(&content));
            return;
        }
        _ => return,
    };
    if slot.is_none() {
        *slot = Some(without_by(content));
    }
}

/// A `<time>` that is marked as time of publication.
fn read_time(attributes: &str, found: &mut Found) {
    let marks = ["itemprop", "class", "pubdate"].iter().filter_map(|key| attribute(attributes, key));
    let marks = marks.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    let is_pubdate = attributes.to_ascii_lowercase().contains(" pubdate");
    if (is_pubdate || marks.contains("publish") || marks.contains("entry-date") || marks.contains("created"))
        && !marks.contains("modif")
        && !marks.contains("updat")
    {
        found.time_published = attribute(attributes, "datetime").and_then(|value| read_date(&value));
    }
}

/// A machine's date or a printed one.
fn read_date(text: &str) -> Option<Published> {
    let stated: Option<Published> = text.parse().ok();
    // Pages fill in year 1 or 1970 where they know none.
    let stated = stated.filter(|published| (1990..2100).contains(&published.date.year()));
    stated.or_else(|| read_dates(text).first().map(|date| date.published))
}

/// The contents of JSON-LD scripts.
fn json_ld(html: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut at = 0;
    let bytes = html.as_bytes();
    while let Some(found) = html[at..].find("ld+json") {
        let start = at + found;
        at = start + 7;
        let Some(open) = html[at..].find('>').filter(|&open| open < 200) else { continue };
        let from = at + open + 1;
        let Some(length) = html[from..].find("</") else { break };
        at = from + length;
        // Strings may hold end tags of other elements; the script's own is what counts.
        let mut end = at;
        while !bytes[end..].get(..8).is_some_and(|tag| tag.eq_ignore_ascii_case(b"</script")) {
            match html[end + 2..].find("</") {
                Some(next) => end += 2 + next,
                None => {
                    end = html.len();
                    break;
                }
            }
        }
        at = end;
        let script = html[from..end].trim();
        let script = script.trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        if script.len() <= 1 << 20
            && let Ok(value) = serde_json::from_str(script)
        {
            values.push(value);
        }
        if values.len() >= 50 {
            break;
        }
    }
    values
}

/// Looks for articles in a JSON-LD value. The JSON reader bounds how deep it nests.
fn read_json_ld(value: &Value, found: &mut Found) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| read_json_ld(value, found)),
        Value::Object(object) => {
            if let Some(graph) = object.get("@graph") {
                read_json_ld(graph, found);
            }
            let kind = match object.get("@type") {
                Some(Value::String(kind)) => kind.clone(),
                Some(Value::Array(kinds)) => {
                    kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
                }
                _ => return,
            };
            if !(kind.contains("Article") || kind.contains("Posting") || kind.contains("Report")) {
                return;
            }
            let text = |key: &str| object.get(key).and_then(Value::as_str).and_then(tidy);
            found.ld_published =
                found.ld_published.or_else(|| text("datePublished").as_deref().and_then(read_date));
            found.ld_headline = found.ld_headline.take().or_else(|| text("headline"));
            found.ld_author = found.ld_author.take().or_else(|| object.get("author").and_then(names_of));
            found.ld_publisher =
                found.ld_publisher.take().or_else(|| object.get("publisher").and_then(names_of));
        }
        _ => {}
    }
}

/// The names of a person or organization, or of several.
fn names_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) if !name.starts_with("http") => tidy(name).map(without_by),
        Value::Object(object) => object.get("name").and_then(|name| match name {
            Value::String(name) => tidy(name).map(without_by),
            Value::Array(_) => names_of(name),
            _ => None,
        }),
        Value::Array(values) => {
            let mut names: Vec<String> =
                values.iter().filter(|value| !value.is_array()).filter_map(names_of).take(12).collect();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

fn without_by(name: String) -> String {
    match name.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => name[3..].trim_start().to_owned(),
        _ => name,
    }
}

/// One line without character references; nothing if nothing is left.
fn tidy(text: &str) -> Option<String> {
    let text = decode_references(text);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// `Ferries return - Harbour Post` without its outlet.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    for separator in [" | ", " - ", " – ", " — ", " :: ", " · ", " » "] {
        if let Some((rest, last)) = title.rsplit_once(separator)
            && last.trim().eq_ignore_ascii_case(outlet)
            && rest.contains(' ')
        {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then(|| host.to_ascii_lowercase())
}

/// `/2031/05/02/` or `/2031-05-02-` in an address.
fn date_of_url(url: &str) -> Option<Published> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    parts.windows(3).take(64).find_map(|window| {
        let [year, month, day] = window else { return None };
        if year.len() != 4 || !(1..=2).contains(&month.len()) || !(1..=2).contains(&day.len()) {
            return None;
        }
        let year = year.parse().ok().filter(|year| (1990..2100).contains(year))?;
        let date = jiff::civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
        Some(Published { date, time: None, offset: None })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(html: &str, url: Option<&str>) -> Option<String> {
        read_metadata(html, url).published.map(|published| published.to_string())
    }

    #[test]
    fn dates_come_in_order_of_trust() {
        let ld = r#"<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"datePublished":"2031-05-02"}]}</script>"#;
        let meta = r#"<meta property="article:published_time" content="2031-05-03T10:00:00Z">"#;
        let time = r#"<time class="entry-date published" datetime="2031-05-04">"#;
        let modified = r#"<meta property="article:modified_time" content="2031-06-01"><time class="updated" datetime="2031-06-01">"#;
        let url = Some("https://www.harbour.example/news/2031/05/01/ferries");
        for (html, url, expected) in [
            (format!("{meta}{time}{ld}"), url, Some("2031-05-02")),
            (format!("{time}{meta}"), url, Some("2031-05-03T10:00Z")),
            (time.to_owned(), url, Some("2031-05-04")),
            (modified.to_owned(), url, Some("2031-05-01")),
            (modified.to_owned(), None, None),
            (r#"<meta name="date" content="0001-01-01T00:00:00Z">"#.to_owned(), None, None),
            (String::new(), Some("https://harbour.example/12345678/ferries"), None),
        ] {
            assert_eq!(published(&html, url).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn titles_lose_their_outlet() {
        let page = "<title>Ferries return | Harbour Post</title><meta property=og:site_name content=\"Harbour Post\">";
        let metadata = read_metadata(page, None);
        assert_eq!(metadata.title.as_deref(), Some("Ferries return"));
        assert_eq!(metadata.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(
            read_metadata("", Some("https://www.valley.example/a")).outlet.as_deref(),
            Some("valley.example")
        );
    }

    #[test]
    fn authors_come_in_many_shapes() {
        for (author, expected) in [
            (r#""By Ana Belo""#, Some("Ana Belo")),
            (r#"{"name":"Ana Belo"}"#, Some("Ana Belo")),
            (r#"[{"name":"Ana Belo"},{"name":"Tom Ruiz"}]"#, Some("Ana Belo, Tom Ruiz")),
            ("17", None),
        ] {
            let page = format!(
                r#"<script type='application/ld+json'>{{"@type":"Article","author":{author}}}</script>"#
            );
            assert_eq!(read_metadata(&page, None).byline.as_deref(), expected, "{author}");
        }
    }
}
