//! From a report to its article.
//!
//! In:  a [`Report`] and whether its text is a page or the article itself.
//! Out: the [`Article`], and [`Notice`]s on what is missing: no article, no English.
//!
//! What the report's envelope says (JSONL keys) goes before what the page says.

use crate::flat::{Flat, classify, keep_all};
use crate::{Article, Excerpt, Reason, Removed, find_corrections, language, page};
use dateline_ingest::{Body, Report};
use dateline_text::{ByteSpan, Notice};
use std::sync::Arc;

/// What a report's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A whole page, with the article somewhere in it.
    Page,
    /// The article and nothing else: nothing is removed.
    ArticleOnly,
}

/// Finds the article in a report.
///
/// ```
/// use dateline_clean::{Shape, clean};
/// use dateline_ingest::Report;
///
/// let page = "Ferries return to Marenko\nShare\nThe first ferries in a year have reached Marenko, the mayor \
///             said on Monday.\nThey carried two hundred people and the mail of the last winter.\nMost read\n";
/// let (article, notices) = clean(&Report::from_text("harbour", page), Shape::Page);
/// assert_eq!(article.title.map(|title| title.text).as_deref(), Some("Ferries return to Marenko"));
/// assert_eq!(article.paragraphs.len(), 2);
/// assert!(notices.is_empty());
/// ```
pub fn clean(report: &Report, shape: Shape) -> (Article, Vec<Notice>) {
    let mut article = match &report.body {
        Body::Text(text) => clean_text(Arc::clone(text), shape),
        Body::Html(html) => page::clean_html(html, report.url.as_deref(), shape),
    };
    let of_envelope = |words: &String| Excerpt { text: words.clone(), span: None };
    if let Some(title) = &report.title {
        let span = article.title.take().filter(|found| same_words(&found.text, title));
        article.title = Some(span.unwrap_or_else(|| of_envelope(title)));
    }
    if let Some(byline) = &report.byline {
        article.byline = Some(of_envelope(byline));
    }
    article.outlet = report.outlet.clone().or(article.outlet);
    article.url = report.url.clone().or(article.url);
    article.published = report.published.or(article.published);
    article.language = language::detect(&article.body());
    let mut notices = Vec::new();
    if article.paragraphs.is_empty() {
        notices
            .push(Notice::new("no article found on this page").with_hint("`--article` takes the whole text"));
    } else if !article.is_english() {
        let language = article.language.filter(|&language| language != "und");
        notices.push(Notice::new(match language {
            Some(language) => format!("not in English (language `{language}`)"),
            None => "not in English".to_owned(),
        }));
    }
    (article, notices)
}

fn same_words(a: &str, b: &str) -> bool {
    let words =
        |text: &str| crate::words::split_words(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
    words(a) == words(b)
}

fn clean_text(text: Arc<str>, shape: Shape) -> Article {
    let flat = match shape {
        Shape::Page => classify(&text),
        Shape::ArticleOnly => keep_all(&text),
    };
    from_flat(text, &flat)
}

/// The article of a text whose blocks are sorted.
pub(crate) fn from_flat(text: Arc<str>, flat: &Flat) -> Article {
    let excerpt = |span: ByteSpan| Excerpt { text: span.of(&text).to_owned(), span: Some(span) };
    let title = flat.head.title.map(|at| excerpt(flat.span(at)));
    let byline = flat.head.byline.map(|(_, span)| excerpt(span));
    let corrections = find_corrections(&text);
    let (mut paragraphs, mut removed, mut credits) = (Vec::new(), Vec::new(), Vec::new());
    for (at, &reason) in flat.reasons.iter().enumerate() {
        let span = flat.span(at);
        match reason {
            None => paragraphs.push(span),
            Some(reason) => {
                let is_note =
                    reason != Reason::Title && corrections.iter().any(|note| note.span.contains(span));
                let reason = if is_note { Reason::Correction } else { reason };
                removed.push(Removed { span, reason });
                if reason == Reason::Credit {
                    credits.push(span);
                }
            }
        }
    }
    Article {
        language: None,
        title,
        byline,
        outlet: None,
        url: None,
        published: flat.head.published.map(|date| date.published),
        paragraphs,
        removed,
        credits,
        corrections,
        text,
    }
}
