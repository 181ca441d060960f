//! Finds the agency whose text a report is, by its credits.
//!
//! In:  a report with its article.
//! Out: an [`AgencyCredit`] where the byline, the dateline or the sign-off names an agency.
//!
//! ```text
//! PORT MARO, Oct 3 (Reuters) - The ferry …          dateline
//! By Staff Writer, Associated Press                  byline
//! … the harbour master said. — AFP                   sign-off
//! (Reporting by A. Author; Editing by …)             sign-off of Reuters' form
//! ```
//!
//! A picture's credit is no credit for the text, and neither is "told Reuters". An agency that is named as the
//! source of single statements ("state news agency KCNA said") is their speaker, not the report's origin; see
//! [`agency_named`], by which such statements count once.

use crate::words::fold;
use dateline_clean::{Article, Reason};
use dateline_text::ByteSpan;
use serde::Deserialize;
use std::sync::LazyLock;

/// An agency that a report credits for its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyCredit {
    /// The agency's name.
    pub agency: &'static str,
    /// The words of the credit, where they stand in the text.
    pub span: Option<ByteSpan>,
}

/// Characters at the beginning of the article in which a dateline's agency may stand.
const DATELINE_CHARS: usize = 90;
/// Characters at the end of the article in which a sign-off may stand.
const SIGN_OFF_CHARS: usize = 240;

/// The agency that the report credits for its text, if it credits one.
pub(crate) fn find_agency(article: &Article, byline: Option<&str>) -> Option<AgencyCredit> {
    let text: &str = &article.text;
    if let Some(first) = article.paragraphs.first()
        && let Some(credit) = in_dateline(text, *first)
    {
        return Some(credit);
    }
    let printed = article.byline.as_ref().map(|excerpt| (excerpt.text.as_str(), excerpt.span));
    for (line, span) in printed.into_iter().chain(byline.map(|line| (line, None))) {
        if let Some(agency) = in_byline(line) {
            return Some(AgencyCredit { agency, span });
        }
    }
    let end = article.paragraphs.last().map_or(0, |paragraph| paragraph.end);
    let signed = article.removed.iter().filter(|removed| {
        matches!(removed.reason, Reason::Byline | Reason::Credit | Reason::Footer)
            && removed.span.start >= end
    });
    let last = article.paragraphs.iter().rev().take(2).copied();
    let signed = signed.take(4).map(|removed| removed.span);
    last.chain(article.credits.iter().copied()).chain(signed).find_map(|span| in_sign_off(text, span))
}

/// The agency that a name stands for: `KCNA`, `the Korean Central News Agency`.
pub(crate) fn agency_named(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let name = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name);
    let folded = fold(name);
    let agency = AGENCIES.iter().find(|agency| agency.forms.iter().any(|form| form.is(name, &folded)))?;
    Some(&agency.name)
}

/// `PORT MARO, Oct 3 (Reuters) -`: an agency in brackets near the beginning, with a dash after it.
fn in_dateline(text: &str, paragraph: ByteSpan) -> Option<AgencyCredit> {
    let slice = paragraph.slice(text)?;
    let open = slice.char_indices().take(DATELINE_CHARS).find(|&(_, char)| char == '(')?.0;
    let close = open + slice[open..].find(')')?;
    let agency = agency_in(&slice[open + 1..close])?;
    let after = slice[close + 1..].trim_start();
    after.starts_with(['-', '–', '—', ':']).then(|| AgencyCredit {
        agency,
        span: Some(ByteSpan {
            start: paragraph.start + open as u32,
            end: paragraph.start + close as u32 + 1,
        }),
    })
}

/// An agency as a whole part of the line: `Reuters`, `By A. Author, Associated Press`, `A. Author | AFP`.
fn in_byline(line: &str) -> Option<&'static str> {
    line.split([',', '|', '/', ';', '(', ')', '·', '—', '–', '\n']).find_map(|part| {
        let part = part.trim();
        let part = part.strip_prefix("By ").or(part.strip_prefix("by ")).unwrap_or(part);
        let part = part.strip_suffix(" staff").or(part.strip_suffix(" Staff")).unwrap_or(part);
        agency_named(part)
    })
}

/// `— AFP`, `(AP)`, `Source: Xinhua`, `Reuters`, `(Reporting by …; Editing by …)` at the end of a paragraph.
fn in_sign_off(text: &str, paragraph: ByteSpan) -> Option<AgencyCredit> {
    let slice = paragraph.slice(text)?.trim_end();
    let tail_start = slice.char_indices().rev().take(SIGN_OFF_CHARS).last()?.0;
    let tail = &slice[tail_start..];
    let at = |from: usize, to: usize| {
        let base = paragraph.start as usize + tail_start;
        Some(ByteSpan::new(base + from, base + to))
    };
    // Reuters alone signs its texts in this form; the names in it are its writers.
    if let Some(from) = tail.find("Reporting by ")
        && tail[from..].contains("diting by ")
    {
        let credit = fold(&tail[from..]);
        let named = AGENCIES
            .iter()
            .find(|agency| agency.name != "Reuters" && agency.forms.iter().any(|form| form.is_in(&credit)));
        let agency = named.map_or("Reuters", |agency| &agency.name);
        return Some(AgencyCredit { agency, span: at(from, tail.len()) });
    }
    let from = tail
        .rfind(['(', '—', '–', '-', ':', '.', '”', '"', '\n'])
        .map_or(0, |mark| mark + tail[mark..].chars().next().map_or(1, char::len_utf8));
    // A form that stands alone in its paragraph needs no mark; elsewhere a mark must part it from the text.
    let alone = from == 0 && tail_start == 0;
    let marked = tail[..from].trim_end().ends_with(['(', '—', '–', '-', '\n'])
        || fold(tail[..from].trim_end()).ends_with("source:");
    let name = tail[from..].trim().trim_end_matches([')', '.']);
    let lead = tail[from..].len() - tail[from..].trim_start().len();
    let agency = agency_in(name).filter(|_| alone || marked)?;
    Some(AgencyCredit { agency, span: at(from + lead, from + lead + name.len()) })
}

/// The agency that these words are, alone or with others beside it (`Reuters/AFP`): the first.
fn agency_in(words: &str) -> Option<&'static str> {
    words.split(['/', ',']).find_map(agency_named)
}

struct Agency {
    name: String,
    forms: Vec<Form>,
}

struct Form {
    exact: String,
    folded: String,
}

impl Form {
    /// Whether this form is the name. Up to four letters its case counts: `(AA)`, but not `(aa)`.
    fn is(&self, name: &str, folded: &str) -> bool {
        self.folded == folded && (self.exact.len() > 4 || self.exact == name)
    }

    /// Whether the form is long enough to be looked for inside a line.
    fn is_in(&self, folded_line: &str) -> bool {
        self.exact.len() > 5 && folded_line.contains(self.folded.as_str())
    }
}

#[derive(Deserialize)]
struct Table {
    agency: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    forms: Vec<String>,
}

static AGENCIES: LazyLock<Vec<Agency>> = LazyLock::new(|| {
    let table: Table =
        toml::from_str(include_str!("../data/agencies.toml")).expect("invariant: the table is valid");
    let agency = |row: Row| {
        let forms =
            row.forms.iter().chain([&row.name]).map(|form| Form { exact: form.clone(), folded: fold(form) });
        Agency { forms: forms.collect(), name: row.name }
    };
    table.agency.into_iter().map(agency).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_clean::Excerpt;

    fn article(text: &str, byline: Option<&str>) -> Article {
        Article {
            text: text.into(),
            language: None,
            title: None,
            byline: byline.map(|text| Excerpt { text: text.to_owned(), span: None }),
            outlet: None,
            url: None,
            published: None,
            paragraphs: {
                let starts = text.split_inclusive('\n').scan(0, |at, line| {
                    let start = *at;
                    *at += line.len();
                    Some(ByteSpan::new(start, start + line.trim_end().len()))
                });
                starts.collect()
            },
            removed: Vec::new(),
            credits: Vec::new(),
            corrections: Vec::new(),
        }
    }

    #[track_caller]
    fn check(text: &str, byline: Option<&str>, expected: Option<&str>) {
        let article = article(text, byline);
        let found = find_agency(&article, None);
        assert_eq!(found.as_ref().map(|credit| credit.agency), expected, "{text} {byline:?}");
        if let Some(span) = found.and_then(|credit| credit.span) {
            assert!(span.slice(text).is_some_and(|words| !words.is_empty()));
        }
    }

    #[test]
    fn credits_of_agencies() {
        for (text, byline, expected) in [
            ("PORT MARO, Oct 3 (Reuters) - The ferry sank.", None, Some("Reuters")),
            ("Port Maro (AFP) – The ferry sank.", None, Some("AFP")),
            ("The ferry sank.\nDivers searched the hull. — AP", None, Some("AP")),
            (
                "The ferry sank.\nDivers searched. (Reporting by A Tarn; Editing by B Lowe)",
                None,
                Some("Reuters"),
            ),
            ("The ferry sank.\nXinhua", None, Some("Xinhua")),
            ("The ferry sank.", Some("By Ana Tarn, Associated Press"), Some("AP")),
            ("The ferry sank.", Some("Agence France-Presse"), Some("AFP")),
        ] {
            check(text, byline, expected);
        }
    }

    #[test]
    fn leaves_other_mentions_alone() {
        for (text, byline) in [
            ("“The hull is empty,” a diver told Reuters.", None),
            ("The ferry (Reuters) sank, the owner said in Port Maro.", None),
            ("The ferry sank, state news agency KCNA said.", None),
            ("The ferry sank.", Some("By Ana Tarn, Harbour Post")),
        ] {
            check(text, byline, None);
        }
    }

    #[test]
    fn an_agency_is_known_by_its_long_name() {
        assert_eq!(agency_named("the Korean Central News Agency"), agency_named("KCNA"));
        assert_eq!(agency_named("Harbour Post"), None);
    }
}
