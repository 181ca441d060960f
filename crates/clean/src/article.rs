//! The article in a page.

use crate::Correction;
use dateline_ingest::Published;
use dateline_text::{ByteSpan, labels};
use std::sync::Arc;

/// An article and where its parts stand in the text.
#[derive(Clone, Debug)]
pub struct Article {
    /// For text input the report's text as given; for HTML the text of the page that was made from it.
    pub text: Arc<str>,
    /// Which language it is in, as ISO 639-1, `und` for one that is not known here; `None` where there is too
    /// little text to tell.
    pub language: Option<&'static str>,
    /// The headline.
    pub title: Option<Excerpt>,
    /// Who wrote it, as printed.
    pub byline: Option<Excerpt>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// The kept paragraphs of the article, in text order, without the headline.
    pub paragraphs: Vec<ByteSpan>,
    /// Everything else, in text order.
    pub removed: Vec<Removed>,
    /// Removed lines that tell who wrote, edited or supplied the text ("Reporting by …", "With inputs from …").
    pub credits: Vec<ByteSpan>,
    /// Notes in which the outlet corrects what it said before, kept or not. Nothing is coded from their words.
    pub corrections: Vec<Correction>,
}

impl Article {
    /// The kept paragraphs, joined by blank lines.
    pub fn body(&self) -> String {
        let mut body = String::new();
        for paragraph in &self.paragraphs {
            if !body.is_empty() {
                body.push_str("\n\n");
            }
            body.push_str(paragraph.of(&self.text));
        }
        body
    }

    /// Whether it is in English, the one language that is coded. Too little text to tell counts as English.
    pub fn is_english(&self) -> bool {
        self.language.is_none_or(|language| language == "en")
    }
}

/// Words of a page, or of its metadata (then they have no place in the text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The words.
    pub text: String,
    /// Where they stand in [`Article::text`].
    pub span: Option<ByteSpan>,
}

/// A part of the page that is no part of the article's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Where it stands.
    pub span: ByteSpan,
    /// Why it was left out.
    pub reason: Reason,
}

labels! {
    /// Why a part of a page is not in the article's body.
    pub enum Reason as "reason for removal" {
        /// The headline, kept as [`Article::title`].
        Title = "title",
        /// A line under the headline that sums the article up.
        Standfirst = "standfirst",
        /// Author line.
        Byline = "byline",
        /// Publication or update time.
        Date = "date",
        /// Appeal for donations or subscriptions.
        Appeal = "appeal",
        /// Prompt to sign in, register or subscribe to a letter.
        SignIn = "sign-in",
        /// Comment section and its prompts.
        Comments = "comments",
        /// Share and follow lines.
        Share = "share",
        /// Menus and navigation.
        Menu = "menu",
        /// Picture caption.
        Caption = "caption",
        /// Picture or agency credit.
        Credit = "credit",
        /// Said already.
        Repeated = "repeated",
        /// Other headlines, related stories.
        Headlines = "headlines",
        /// Advertisement.
        Advertisement = "advertisement",
        /// Rights, contact, legal notes at the foot.
        Footer = "footer",
        /// None of the above, but no article text either.
        Other = "other",
        /// A note outside of the article in which the outlet corrects it. Last, as records hold reasons by number.
        Correction = "correction",
    }
}
