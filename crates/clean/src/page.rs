//! Finds the article in an HTML page.
//!
//! In:  the page as text.
//! Out: an [`Article`] whose text is made from the page: the headline, then the paragraphs, with blank lines
//! between. What the library took for article text goes through the phrases of the flattened-text classifier
//! once more, which finds prompts and captions that a page hides among its paragraphs.
//!
//! The library sits behind [`Extractor`]. Pages that it cannot be trusted with (nested beyond measure, or so
//! large that they cannot be articles) and pages where it finds nothing are flattened and classified as text.

use crate::clean::from_flat;
use crate::flat::{Flat, classify, keep_all, recheck};
use crate::markup::{Markup, flatten};
use crate::metadata::{Metadata, read_metadata};
use crate::{Article, Excerpt, Reason, Removed, Shape};
use dateline_text::ByteSpan;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A library that finds the article in HTML.
trait Extractor {
    /// The paragraphs of the article, or nothing where it finds none.
    fn extract(&self, html: &str) -> Option<Vec<String>>;
}

struct Trafilatura;

impl Extractor for Trafilatura {
    fn extract(&self, html: &str) -> Option<Vec<String>> {
        let options = trafilatura::Options::default()
            .with_fallback(true)
            .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
        // A page must not take the batch with it, whatever it does to the library.
        let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options))).ok()?.ok()?;
        // Its text is one line; the paragraphs are in its HTML.
        let text = flatten(&found.content_html);
        let lines: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        (!lines.is_empty()).then_some(lines)
    }
}

/// Elements inside elements, beyond which a page is not handed to a library that recurses.
const MAX_DEPTH: usize = 400;
/// Tags beyond which a page is no article.
const MAX_TAGS: usize = 60_000;
/// Bytes beyond which a page is no article.
const MAX_BYTES: usize = 6 << 20;

/// Finds the article in a page; `url` is what the envelope says.
pub(crate) fn clean_html(html: &str, url: Option<&str>, shape: Shape) -> Article {
    let markup = Markup::measure(html);
    let is_fit = markup.depth <= MAX_DEPTH && markup.n_tags <= MAX_TAGS && html.len() <= MAX_BYTES;
    let metadata = read_metadata(html, url);
    let extracted = match shape {
        Shape::Page if is_fit => Trafilatura.extract(html),
        Shape::Page | Shape::ArticleOnly => None,
    };
    let mut article = match extracted {
        Some(paragraphs) => from_paragraphs(&paragraphs, metadata.title.as_deref()),
        None => {
            let text: Arc<str> = flatten(html).into();
            let flat = match shape {
                Shape::Page => classify(&text),
                Shape::ArticleOnly => keep_all(&text),
            };
            from_flat(text, &flat)
        }
    };
    let Metadata { title, byline, outlet, url, published } = metadata;
    let absent = |text: String| Excerpt { text, span: None };
    article.title = article.title.or_else(|| title.map(absent));
    article.byline = byline.map(absent).or(article.byline);
    article.outlet = outlet;
    article.url = url;
    article.published = published.or(article.published);
    article
}

/// The text of an article: its headline and its paragraphs.
fn from_paragraphs(paragraphs: &[String], title: Option<&str>) -> Article {
    let mut text = String::new();
    let title_span = title.map(|title| {
        text.push_str(title);
        ByteSpan::new(0, text.len())
    });
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(paragraph);
    }
    let text: Arc<str> = text.into();
    let mut flat: Flat = recheck(&text, title_span.is_some());
    // The headline is ours; a library that repeats it as a paragraph gets it marked as said already.
    if let (Some(span), Some(first)) = (title_span, flat.blocks.first_mut()) {
        first.span = span;
    }
    let mut article = from_flat(Arc::clone(&text), &flat);
    if let Some(span) = title_span {
        article.title = Some(Excerpt { text: span.of(&text).to_owned(), span: Some(span) });
        if !article.removed.iter().any(|removed| removed.reason == Reason::Title) {
            article.removed.insert(0, Removed { span, reason: Reason::Title });
        }
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Ferries return to Marenko - Harbour Post</title>
        <meta property="og:site_name" content="Harbour Post">
        <meta property="og:title" content="Ferries return to Marenko">
        <link rel="canonical" href="https://harbour.example/2031/05/02/ferries">
        <script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-05-02T08:00:00+02:00",
          "author":{"@type":"Person","name":"Ana Belo"}}</script></head>
        <body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
        <article><h1>Ferries return to Marenko</h1><p class="byline">By Ana Belo</p>
        <p>The first ferries in a year have reached the harbour of Marenko, the mayor of the town said on Monday
        afternoon, after a winter of storms that had closed it.</p>
        <p>They carried two hundred people and the mail of the last winter, and they will leave again on Tuesday
        if the weather allows it, the company that runs them said in a statement.</p>
        <p>Sign up for our newsletter</p>
        <p>“We have waited long enough,” said a fisherman, who had come to the pier with his family to see the
        boats arrive in the rain.</p></article>
        <footer><p>© 2031 Harbour Post. All rights reserved.</p></footer></body></html>"#;

    #[test]
    fn a_page_gives_article_and_metadata() {
        let article = clean_html(PAGE, None, Shape::Page);
        assert_eq!(
            article.title.as_ref().map(|title| title.text.as_str()),
            Some("Ferries return to Marenko")
        );
        assert_eq!(article.byline.as_ref().map(|byline| byline.text.as_str()), Some("Ana Belo"));
        assert_eq!(article.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(article.url.as_deref(), Some("https://harbour.example/2031/05/02/ferries"));
        assert_eq!(article.published.map(|p| p.to_string()).as_deref(), Some("2031-05-02T08:00+02:00"));
        assert_eq!(article.paragraphs.len(), 3, "{}", article.body());
        assert!(!article.body().contains("newsletter"));
    }

    #[test]
    fn deep_and_broken_pages_are_flattened() {
        let deep = format!(
            "{}<p>{}</p>",
            "<div>".repeat(100_000),
            "The harbour of Marenko is open again. ".repeat(9)
        );
        let article = clean_html(&deep, None, Shape::Page);
        assert_eq!(article.paragraphs.len(), 1);
        let open = format!("<html><body>{}", "<b><i>".repeat(50_000));
        assert!(clean_html(&open, None, Shape::Page).paragraphs.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_markup_is_no_panic(html in "(<p>|</p>|<div|>|<script>|</script>|<!--|-->|&#|&amp;|\\PC){0,60}") {
            let article = clean_html(&html, None, Shape::Page);
            for span in article.paragraphs.iter().chain(article.removed.iter().map(|one| &one.span)) {
                prop_assert!(span.slice(&article.text).is_some());
            }
        }
    }
}
