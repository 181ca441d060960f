//! `dateline clean`: the article and what was left out.

use super::SpanJson;
use dateline_clean::Article;
use dateline_ingest::Report;
use dateline_text::CodePoints;
use serde::Serialize;
use serde_json::{Map, Value};

/// One line of `dateline clean`.
#[derive(Debug, Serialize)]
pub struct CleanJson<'a> {
    id: &'a str,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    published: Option<String>,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    text: &'a str,
    paragraphs: Vec<SpanJson>,
    body: String,
    removed: Vec<RemovedJson>,
    corrections: Vec<SpanJson>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    extra: &'a Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct RemovedJson {
    start: u32,
    end: u32,
    reason: &'static str,
}

impl<'a> CleanJson<'a> {
    /// The line of this report.
    pub fn new(report: &'a Report, article: &'a Article) -> CleanJson<'a> {
        let points = CodePoints::new(&article.text);
        let words: Vec<&str> = article.paragraphs.iter().map(|span| span.of(&article.text)).collect();
        CleanJson {
            id: &report.id,
            title: article.title.as_ref().map(|title| title.text.as_str()),
            byline: article.byline.as_ref().map(|byline| byline.text.as_str()),
            published: article.published.map(|published| published.to_string()),
            outlet: article.outlet.as_deref(),
            url: article.url.as_deref(),
            language: article.language,
            text: &article.text,
            paragraphs: article.paragraphs.iter().map(|&span| SpanJson::new(&points, span)).collect(),
            body: words.join("\n\n"),
            removed: article
                .removed
                .iter()
                .map(|removed| {
                    let SpanJson { start, end } = SpanJson::new(&points, removed.span);
                    RemovedJson { start, end, reason: removed.reason.as_str() }
                })
                .collect(),
            corrections: article.corrections.iter().map(|note| SpanJson::new(&points, note.span)).collect(),
            extra: &report.extra,
        }
    }
}
