//! Finds the article in an HTML page.

use crate::{Article, Shape};
use std::sync::Arc;
use trafilatura::Options;

/// Finds the article in a page.
pub(crate) fn clean_html(html: &str, _url: Option<&str>, _shape: Shape) -> Article {
    let text: Arc<str> = match trafilatura::extract(html, &Options::default().with_fallback(true)) {
        Ok(found) => found.content_text.into(),
        Err(_) => "".into(),
    };
    let flat = crate::flat::keep_all(&text);
    crate::clean::from_flat(text, &flat)
}
