//! A report ready to be added: made apart from the record, so that many can be made side by side.

use crate::packed::pack;
use crate::pairs::{pairs_of, parts};
use crate::stored::{GivenTime, Layout, as_stored, store_layout};
use dateline_clean::Article;
use dateline_ingest::{Body, Published, Report};
use dateline_link::{Digest, Word, one_line};
use dateline_plover::CodedReport;
use dateline_resolve::Place;
use dateline_text::ByteSpan;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// A report ready to be added, made apart from the record so that many can be made side by side.
pub struct Entry {
    pub(crate) report: Report,
    pub(crate) text: Arc<str>,
    pub(crate) html: Option<Vec<u8>>,
    pub(crate) layout: Vec<u8>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<Published>,
    pub(crate) language: Option<String>,
    pub(crate) body: String,
    pub(crate) pairs: String,
    pub(crate) words: Arc<[Word]>,
    pub(crate) digest: Option<Digest>,
    /// Where places are named, those apart where a name stands for a government.
    pub(crate) places: Vec<(Place, ByteSpan)>,
    pub(crate) times: Vec<GivenTime>,
    pub(crate) uncoded: Option<String>,
}

impl Entry {
    /// A report with everything that was found in it.
    pub fn coded(coded: &CodedReport) -> Entry {
        let mut entry = Entry::of(&coded.report, Some(&coded.article));
        let mut digest = Digest::of(coded);
        digest.tellings.iter_mut().for_each(as_stored);
        entry.words = Arc::clone(&digest.words);
        entry.digest = Some(digest);
        let resolution = &coded.resolution;
        let named = resolution.place_mentions.iter().filter(|(_, mention)| !mention.metonymic);
        let named = named.map(|(_, mention)| {
            (resolution.places[mention.place].clone(), coded.document.bytes(mention.tokens))
        });
        entry.places = named.collect();
        let given = resolution.times.iter();
        entry.times = given.map(|(_, time)| GivenTime { span: time.span, days: time.days }).collect();
        entry
    }

    /// A report from which nothing could be coded: it is kept all the same, with the reason.
    pub fn uncoded(report: &Report, article: Option<&Article>, reason: &str) -> Entry {
        let mut entry = Entry::of(report, article);
        entry.uncoded = Some(reason.to_owned());
        entry
    }

    /// Whether nothing was coded from it.
    pub fn is_uncoded(&self) -> bool {
        self.uncoded.is_some()
    }

    fn of(report: &Report, article: Option<&Article>) -> Entry {
        let (given, is_html) = match &report.body {
            Body::Text(text) => (text, false),
            Body::Html(html) => (html, true),
        };
        let text = article.map_or(given, |article| &article.text);
        let layout = article.map_or_else(Layout::default, |article| Layout {
            paragraphs: article.paragraphs.clone(),
            removed: article.removed.clone(),
        });
        let excerpt = |excerpt: &Option<dateline_clean::Excerpt>| {
            excerpt.as_ref().map(|excerpt| one_line(&excerpt.text))
        };
        let title = report.title.clone().or_else(|| article.and_then(|article| excerpt(&article.title)));
        Entry {
            pairs: pairs_of(parts(title.as_deref(), text, &layout.paragraphs)),
            html: is_html.then(|| pack(given)),
            layout: store_layout(&layout),
            outlet: article.and_then(|article| article.outlet.clone()).or_else(|| report.outlet.clone()),
            url: report.url.clone().or_else(|| article.and_then(|article| article.url.clone())),
            title,
            byline: report.byline.clone().or_else(|| article.and_then(|article| excerpt(&article.byline))),
            published: article.and_then(|article| article.published).or(report.published),
            language: article.and_then(|article| article.language).map(str::to_owned),
            body: article.map_or_else(|| given.to_string(), Article::body),
            words: Arc::default(),
            digest: None,
            places: Vec::new(),
            times: Vec::new(),
            uncoded: None,
            text: Arc::clone(text),
            report: report.clone(),
        }
    }

    /// The same for all versions of one report.
    pub(crate) fn identity(&self) -> i64 {
        let identity = match &self.url {
            Some(url) => format!("url {url}"),
            None => format!("name {} {}", self.report.id, self.report.input.path),
        };
        xxh3_64(identity.as_bytes()).cast_signed()
    }

    /// The same for the same bytes of a report.
    pub(crate) fn content(&self) -> i64 {
        content_of(&self.report)
    }
}

pub(crate) fn content_of(report: &Report) -> i64 {
    let (Body::Text(body) | Body::Html(body)) = &report.body;
    let title = report.title.as_deref().unwrap_or("");
    xxh3_64(format!("{title}\n{body}").as_bytes()).cast_signed()
}
