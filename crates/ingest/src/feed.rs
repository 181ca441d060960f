//! RSS, Atom and JSON feeds: every item that holds words is a report.
//!
//! In:  the bytes of one feed, which is held whole.
//! Out: a report for each item, in the feed's order. Its id is that of the item, else its link; the outlet is the
//!      title of the feed; the words are the item's content, else its summary.
//!
//! The formats are read by feed-rs; here a feed that breaks off or is not well-formed is cut after the last whole
//! item before the fault, so that the items before it are kept. Relative links are resolved against `xml:base`,
//! else the address that the feed gives for itself.
//!
//! Not done: an item that only links to its article gives the summary, not the article. A broken JSON feed
//! gives nothing.
//!
//! ```text
//! <item><guid>harbour-7</guid><title>Ferries return</title><pubDate>Fri, 02 May 2031 08:00:00 +0200</pubDate>
//!       <description>The first ferries …</description></item>   ->  Report { id: "harbour-7", … }
//! ```

use crate::charset::{Declaration, decode};
use crate::open::Source;
use crate::published::read_feed_date;
use crate::{Body, IngestError, IngestErrorKind, Input, Place, Published, Report};
use dateline_text::Notice;
use feed_rs::model::{Entry, Feed, Link, Text};
use feed_rs::parser::{Builder, ParseErrorKind, ParseFeedError};
use quick_xml::events::Event;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

/// Reads a feed.
pub(crate) fn read_feed(bytes: Vec<u8>, source: &Source) -> Vec<Result<Report, IngestError>> {
    let whole = |kind| vec![Err(IngestError { input: source.name.clone(), kind })];
    let (text, notice) = match decode(bytes, Declaration::Believed) {
        Ok((text, _)) if text.trim().is_empty() => return whole(IngestErrorKind::Empty),
        Ok(decoded) => decoded,
        Err(kind) => return whole(kind),
    };
    let text = without_declaration(text);
    let (dated, fault) = match parse(&text) {
        Ok(dated) => (Some(dated), None),
        Err(error) => {
            let fault = find_fault(&text, &error);
            (fault.before.as_deref().and_then(|before| parse(before).ok()), Some(fault))
        }
    };
    let (feed, dates) = dated.unwrap_or_default();
    let outlet = feed.as_ref().and_then(|feed| feed.title.as_ref()).and_then(plain_words);
    let entries = feed.map(|feed| feed.entries).unwrap_or_default();
    let n_read = entries.len();
    let mut reports: Vec<_> = entries
        .into_iter()
        .enumerate()
        .map(|(at, entry)| {
            let path = source.name.path.clone();
            let input = Input { path, place: Some(Place::Item(at + 1)) };
            let fallback_id = format!("{}:{}", source.id, at + 1);
            read_entry(entry, &dates, input.clone(), fallback_id)
                .map(|mut report| {
                    report.outlet = outlet.clone();
                    report.notices.extend(notice.clone());
                    report
                })
                .map_err(|kind| IngestError { input, kind })
        })
        .collect();
    match fault {
        Some(Fault { problem, line, .. }) => {
            let input = Input { path: source.name.path.clone(), place: line.map(Place::Line) };
            reports.push(Err(IngestError { input, kind: IngestErrorKind::Feed { problem, n_read } }));
        }
        None if n_read == 0 => {
            return whole(IngestErrorKind::Feed { problem: "no item in this feed".into(), n_read });
        }
        None => {}
    }
    reports
}

fn read_entry(
    entry: Entry,
    dates: &[Result<Published, String>],
    input: Input,
    fallback_id: String,
) -> Result<Report, IngestErrorKind> {
    let content = entry.content.as_ref().and_then(|content| {
        let words = content.body.as_ref().filter(|words| !words.trim().is_empty())?;
        Some((words, content.content_type.subty() == "plain"))
    });
    let summary = entry.summary.as_ref().filter(|summary| !summary.content.trim().is_empty());
    let (words, is_plain) = content
        .or_else(|| summary.map(|summary| (&summary.content, summary.content_type.subty() == "plain")))
        .ok_or(IngestErrorKind::NoItemBody)?;
    // A description may hold markup or not; RSS does not say which.
    let is_plain = is_plain || !(words.contains('<') || has_entity(words));
    let body = if is_plain { Body::Text(words.as_str().into()) } else { Body::Html(words.as_str().into()) };
    let url = article_link(&entry.links);
    let id = Some(entry.id).filter(|id| !id.is_empty()).or_else(|| url.clone()).unwrap_or(fallback_id);
    let mut report = Report { input, ..Report::new(id, body) };
    report.url = url;
    report.title = entry.title.as_ref().and_then(plain_words);
    let authors: Vec<&str> = entry
        .authors
        .iter()
        .filter_map(|author| author.name.as_deref())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    report.byline = (!authors.is_empty()).then(|| authors.join(", "));
    for ticket in [entry.published, entry.updated].into_iter().flatten() {
        match usize::try_from(ticket.timestamp()).ok().and_then(|at| dates.get(at)) {
            Some(Ok(published)) => {
                report.published = Some(*published);
                break;
            }
            Some(Err(found)) => {
                let found: String = found.chars().take(40).collect();
                let remark = format!("its date `{found}` is neither ISO 8601 nor as in mail; it was ignored");
                if report.notices.iter().all(|notice| notice.message != remark) {
                    report.notices.push(Notice::new(remark));
                }
            }
            None => {}
        }
    }
    Ok(report)
}

/// The address of the article: a link without a relation, or called the alternate of the item.
fn article_link(links: &[Link]) -> Option<String> {
    let is_article = |link: &&Link| {
        link.target.is_none()
            && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
            && !link.href.trim().is_empty()
    };
    links.iter().find(is_article).map(|link| link.href.trim().to_owned())
}

/// Whether a character is written as markup writes it: `&nbsp;`, `&#8217;`.
fn has_entity(words: &str) -> bool {
    words.split('&').skip(1).any(|after| {
        after.find(';').is_some_and(|end| {
            (2..9).contains(&end)
                && after[..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        })
    })
}

/// A title without markup.
fn plain_words(text: &Text) -> Option<String> {
    let mut words = text.content.clone();
    if text.content_type.subty() != "plain" {
        while let Some(start) = words.find('<')
            && let Some(length) = words[start..].find('>')
        {
            words.replace_range(start..=start + length, "");
        }
    }
    // Titles of RSS are often escaped twice.
    if let Ok(unescaped) = quick_xml::escape::unescape(&words) {
        words = unescaped.into_owned();
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// A feed, and the dates in it as they were written.
type Dated = (Option<Feed>, Vec<Result<Published, String>>);

/// Reads a whole feed, and once more with its own address where that resolves a relative link.
fn parse(text: &str) -> Result<Dated, ParseFeedError> {
    let (feed, dates) = parse_with(text, None)?;
    let is_relative = |link: &Link| !link.href.contains("://") && !link.href.starts_with("mailto:");
    if feed.entries.iter().flat_map(|entry| &entry.links).any(is_relative) {
        let own = feed.links.iter().find(|link| link.href.starts_with("http"));
        if let Some(own) = own
            && let Ok((feed, dates)) = parse_with(text, Some(&own.href))
        {
            return Ok((Some(feed), dates));
        }
    }
    Ok((Some(feed), dates))
}

fn parse_with(
    text: &str,
    base: Option<&str>,
) -> Result<(Feed, Vec<Result<Published, String>>), ParseFeedError> {
    // feed-rs keeps only the instant of a date, and the day at the outlet hangs on its zone. So each date is kept
    // here, and the instant that is handed back is no time but the place in this list.
    let dates = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&dates);
    let parser = Builder::new()
        .base_uri(base)
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |words| {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push(read_feed_date(words).ok_or_else(|| words.trim().to_owned()));
            Some((UNIX_EPOCH + Duration::from_secs(kept.len() as u64 - 1)).into())
        })
        .build();
    let feed = parser.parse(text.as_bytes())?;
    drop(parser);
    let dates = std::mem::take(&mut *dates.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((feed, dates))
}

/// The text with its XML declaration blanked out: it names the encoding before the text was decoded.
fn without_declaration(mut text: String) -> String {
    let start = text.len() - text.trim_start().len();
    if text[start..].starts_with("<?xml")
        && let Some(length) = text[start..].find("?>")
    {
        let end = start + length + 2;
        let blank: String = text[..end]
            .chars()
            .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) })
            .collect();
        text.replace_range(..end, &blank);
    }
    text
}

/// Where a feed is broken.
struct Fault {
    problem: String,
    line: Option<usize>,
    /// The feed up to the last whole item before the fault, closed.
    before: Option<String>,
}

/// Walks through a broken feed up to its fault.
fn find_fault(text: &str, error: &ParseFeedError) -> Fault {
    let line_of =
        |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count() + 1;
    let stop = match error {
        ParseFeedError::JsonSerde(error) => {
            let problem = error.to_string();
            let problem = problem.split(" at line ").next().unwrap_or_default();
            let problem = format!("not a JSON feed: {problem}");
            return Fault { problem, line: Some(error.line()), before: None };
        }
        ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) => {
            let problem = "neither a channel of RSS nor a feed of Atom or JSON".to_owned();
            return Fault { problem, line: None, before: None };
        }
        ParseFeedError::ParseError(
            ParseErrorKind::UnknownMimeType { position, .. }
            | ParseErrorKind::MissingContent { position, .. }
            | ParseErrorKind::UnknownEnumVariant { position, .. }
            | ParseErrorKind::IllegalState { position, .. },
        ) => usize::try_from(*position).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().trim_markup_names_in_closing_tags = true;
    let mut open: Vec<String> = Vec::new();
    let mut cut = None;
    let fault = loop {
        match reader.read_event() {
            Ok(_) if reader.buffer_position() as usize > stop => break (stop, error.to_string()),
            Ok(Event::Start(tag)) => open.push(tag.name().as_ref().into()),
            Ok(Event::End(tag)) => {
                open.pop();
                if matches!(tag.local_name().as_ref(), "item" | "entry") {
                    cut = Some((reader.buffer_position() as usize, open.clone()));
                }
            }
            Ok(Event::Eof) if open.is_empty() => break (text.len(), error.to_string()),
            Ok(Event::Eof) => {
                break (text.len(), format!("the feed ends where `</{}>` is missing", open.join("></")));
            }
            Ok(_) => {}
            Err(error) => break (reader.error_position() as usize, format!("not well-formed XML: {error}")),
        }
    };
    let before = cut.and_then(|(at, open)| {
        let mut before = text.get(..at)?.to_owned();
        for name in open.iter().rev() {
            before.push_str(&format!("</{name}>"));
        }
        Some(before)
    });
    Fault { problem: fault.1, line: Some(line_of(fault.0)), before }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One line a report or error.
    fn outline(feed: &str) -> String {
        let source = Source { name: Input::whole("news.rss"), id: "news".into(), extension: None };
        let mut lines = String::new();
        for read in read_feed(feed.as_bytes().to_vec(), &source) {
            let line = match read {
                Ok(report) => format!(
                    "{} <- {} | {} | {} | {} | {} | {} | {:?}{}",
                    report.id,
                    report.input,
                    report.url.as_deref().unwrap_or("-"),
                    report.outlet.as_deref().unwrap_or("-"),
                    report.title.as_deref().unwrap_or("-"),
                    report.byline.as_deref().unwrap_or("-"),
                    report.published.map_or("-".to_owned(), |published| published.to_string()),
                    report.body,
                    report.notices.iter().map(|notice| format!(" [{notice}]")).collect::<String>(),
                ),
                Err(error) => format!("! {error}"),
            };
            lines.push_str(&line);
            lines.push('\n');
        }
        lines
    }

    fn rss(items: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<rss version=\"2.0\" \
             xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
             <channel><title>Harbour Post</title><link>https://harbour.example/news/</link>\n{items}"
        )
    }

    #[test]
    fn items_of_rss() {
        let feed = rss(
            "<item><guid>h-7</guid><link>/2031/ferries</link><title>Ferries &amp;amp; boats</title>\
             <pubDate>Fri, 02 May 2031 23:30:00 -0400</pubDate><dc:creator>Ana Belo</dc:creator>\
             <description>Short.</description><content:encoded><![CDATA[<p>Long \u{2014} caf\u{e9}.</p>]]></content:encoded></item>\n\
             <item><link>https://harbour.example/b</link><description>Fish &lt;b&gt;prices&lt;/b&gt; rose.</description>\
             <pubDate>Friday noon</pubDate></item>\n\
             <item><description>No id &#38; no link here.</description></item>\n\
             <item><title>Only a title</title></item></channel></rss>",
        );
        insta::assert_snapshot!(outline(&feed), @r#"
h-7 <- news.rss: item 1 | https://harbour.example/2031/ferries | Harbour Post | Ferries & boats | Ana Belo | 2031-05-02T23:30-04:00 | Html("<p>Long — café.</p>")
https://harbour.example/b <- news.rss: item 2 | https://harbour.example/b | Harbour Post | - | - | - | Html("Fish <b>prices</b> rose.") [its date `Friday noon` is neither ISO 8601 nor as in mail; it was ignored]
news:3 <- news.rss: item 3 | - | Harbour Post | - | - | - | Text("No id & no link here.")
! news.rss: item 4: neither content nor summary in this item; this report was left out
"#);
    }

    #[test]
    fn entries_of_atom_and_items_of_json() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://valley.example/">
            <title type="html">Valley &lt;i&gt;Wire&lt;/i&gt;</title><id>tag:valley</id>
            <entry><id>tag:valley,1</id><title>Talks</title><link rel="enclosure" href="a.mp3"/><link href="talks"/>
            <updated>2031-05-02T08:00:00+02:00</updated><author><name>Ana Belo</name></author>
            <author><name>Ivo Sand</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Talks
            began.</p></div></content></entry>
            <entry><id>tag:valley,2</id><updated>2031-05-03</updated><published>2031-05-02</published>
            <summary>Talks ended.</summary></entry></feed>"#;
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Marenko Daily","items":[
            {"id":"m1","url":"https://marenko.example/1","title":"Port","content_html":"<p>Open.</p>","date_published":"2031-05-02T08:00:00+02:00"},
            {"id":"m2","content_text":"Closed."}]}"#;
        insta::assert_snapshot!(outline(atom) + &outline(json), @r#"
tag:valley,1 <- news.rss: item 1 | https://valley.example/talks | Valley Wire | Talks | Ana Belo, Ivo Sand | 2031-05-02T08:00+02:00 | Html("<p>Talks\n            began.</p>")
tag:valley,2 <- news.rss: item 2 | - | Valley Wire | - | - | 2031-05-02 | Text("Talks ended.")
m1 <- news.rss: item 1 | https://marenko.example/1 | Marenko Daily | Port | - | 2031-05-02T08:00+02:00 | Html("<p>Open.</p>")
m2 <- news.rss: item 2 | - | Marenko Daily | - | - | - | Text("Closed.")
"#);
    }

    #[test]
    fn a_broken_feed_keeps_what_came_before() {
        let item = |id: &str| format!("<item><guid>{id}</guid><description>Words.</description></item>\n");
        let broken = rss(&(item("a")
            + &item("b")
            + "<item><guid>c</guid><description>Words.</title></item>\n"
            + &item("d")));
        let cut = rss(&(item("a") + "<item><guid>b</guid><descrip"));
        let json = "{\"version\":\"https://jsonfeed.org/version/1\",\n\"items\":[}";
        let all: String =
            [&broken, &cut, json, "<opml></opml>", &rss("</channel></rss>"), "  "].map(outline).concat();
        insta::assert_snapshot!(all, @r#"
a <- news.rss: item 1 | - | Harbour Post | - | - | - | Text("Words.")
b <- news.rss: item 2 | - | Harbour Post | - | - | - | Text("Words.")
! news.rss:5: not well-formed XML: ill-formed document: expected `</description>`, but `</title>` was found; 2 items were read
a <- news.rss: item 1 | - | Harbour Post | - | - | - | Text("Words.")
! news.rss:4: not well-formed XML: syntax error: tag not closed: `>` not found before end of input; 1 item was read
! news.rss:2: not a JSON feed: expected value; no item was read
! news.rss: neither a channel of RSS nor a feed of Atom or JSON; no item was read
! news.rss: no item in this feed; no item was read
! news.rss: empty: no text in it
"#);
    }

    proptest! {
        #[test]
        fn any_bytes_are_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let source = Source { name: Input::whole("x"), id: "x".into(), extension: None };
            let _ = read_feed(bytes, &source);
        }

        #[test]
        fn a_feed_cut_or_changed_anywhere_is_no_panic(at in 0usize..600, byte in any::<u8>(), is_cut in any::<bool>()) {
            let feed = rss("<item><guid>a</guid><title>T</title><description>&lt;p&gt;Words.</description>\
                <pubDate>Fri, 02 May 2031 23:30:00 -0400</pubDate></item></channel></rss>");
            let mut bytes = feed.into_bytes();
            let at = at.min(bytes.len() - 1);
            if is_cut { bytes.truncate(at) } else { bytes[at] = byte }
            let source = Source { name: Input::whole("x"), id: "x".into(), extension: None };
            prop_assert!(!read_feed(bytes, &source).is_empty());
        }
    }
}
