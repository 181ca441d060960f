//! The opening words that say where a report was written.
//!
//! ```text
//! RUGAR DANBABA, Nigeria, March 9 (Reuters) - Gunmen …      place: RUGAR DANBABA
//! Seoul (AFP) – The envoys …                                place: Seoul
//! ISLAMABAD: The prime minister …                           place: ISLAMABAD
//! ```
//!
//! In:  a parsed document.
//! Out: its [`Dateline`], where it has one.
//!
//! A dateline names a place, and nobody who acts. A name that no table knows counts where it is written in capitals and is
//! no label (`BREAKING -`). Not done: names in small letters that a dash follows at once (`Kyiv —`), which may be anything.

use crate::phrase::{fold, is_all_capitals, is_capitalised};
use crate::places::{is_well_known, size_of_place};
use crate::{Countries, Organizations};
use dateline_text::{Document, TokenIdx, TokenSpan};

/// Paragraphs at whose beginning a dateline is looked for: title, byline and caption may stand before it.
const PARAGRAPHS: usize = 4;
/// Words of a place's name, at most.
const PLACE_WORDS: usize = 6;
/// Words of a name in capitals that no table knows, at most: more are a headline.
const UNKNOWN_WORDS: usize = 3;
/// Words from the place to the dash, at most.
const MAX_TOKENS: usize = 18;
/// Letters that a name in capitals has at least, where no table knows it: a shorter one is an acronym.
const MIN_LETTERS: usize = 5;
/// Words in capitals that open a report and are no place.
const LABELS: &[&str] = &[
    "aboard",
    "advisory",
    "alert",
    "analysis",
    "audio",
    "blog",
    "breaking",
    "brief",
    "briefing",
    "column",
    "comment",
    "commentary",
    "corrected",
    "correction",
    "editorial",
    "essay",
    "exclusive",
    "explainer",
    "factbox",
    "feature",
    "flash",
    "gallery",
    "graphic",
    "highlights",
    "insight",
    "interview",
    "latest",
    "live",
    "news",
    "note",
    "opinion",
    "photo",
    "photos",
    "podcast",
    "poll",
    "press",
    "profile",
    "quotes",
    "refile",
    "report",
    "review",
    "special",
    "statement",
    "summary",
    "the",
    "timeline",
    "update",
    "updated",
    "urgent",
    "video",
    "watch",
    "wrapup",
];

/// Where a report was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The name of the place; absent where an organisation stands for its seat.
    pub place: Option<TokenSpan>,
    /// All of it, to the dash or colon.
    pub tokens: TokenSpan,
}

impl Dateline {
    /// The dateline of a document.
    pub(crate) fn of(document: &Document) -> Option<Dateline> {
        let mut paragraph = None;
        let begins = |sentence: &&dateline_text::Sentence| {
            paragraph.replace(sentence.paragraph) != Some(sentence.paragraph)
        };
        let openings = document.sentences().iter().filter(begins).take(PARAGRAPHS);
        openings.map(|sentence| Line { document, sentence: sentence.tokens }).find_map(|line| line.read())
    }
}

/// What the words before a dash are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// A place that some table knows.
    Known {
        is_well_known: bool,
    },
    /// Words in capitals that no table knows.
    Unknown,
    /// The seat of an organisation, named after it: `UNITED NATIONS (AP) —`.
    Party,
    Other,
}

/// What stands between a name and the report.
struct Close {
    /// The dash or colon.
    at: usize,
    /// Whether an agency stands in brackets.
    has_agency: bool,
    /// Whether a country or a day follows the name.
    has_comma: bool,
    /// Whether something is joined by "and".
    has_and: bool,
    is_colon: bool,
}

/// The beginning of a paragraph.
struct Line<'d> {
    document: &'d Document,
    sentence: TokenSpan,
}

impl Line<'_> {
    fn read(&self) -> Option<Dateline> {
        let start = self.sentence.start as usize;
        let in_capitals = self.name_end(start, |word| is_all_capitals(word) && word.len() > 1);
        let (end, name) = [in_capitals, self.name_end(start, is_capitalised)]
            .into_iter()
            .flatten()
            .map(|end| (end, self.name(TokenSpan::new(start, end))))
            .find(|(_, name)| *name != Name::Other)?;
        let close = self.close_after(end)?;
        let is_meant = match name {
            // "CLINTON:" is who speaks.
            Name::Known { is_well_known } if in_capitals == Some(end) => is_well_known || !close.is_colon,
            Name::Known { .. } => close.has_agency || close.has_comma && !(close.has_and || close.is_colon),
            Name::Unknown => !close.is_colon,
            Name::Party => close.has_agency,
            Name::Other => false,
        };
        (is_meant && self.is_prose(close.at + 1)).then(|| Dateline {
            place: (name != Name::Party).then(|| TokenSpan::new(start, end)),
            tokens: TokenSpan::new(start, close.at + 1),
        })
    }

    fn form(&self, number: usize) -> &str {
        if number < self.sentence.end as usize { self.document.form(TokenIdx::new(number)) } else { "" }
    }

    /// Where a name ends whose words are all like this; hyphens may join them.
    fn name_end(&self, start: usize, is_part: impl Fn(&str) -> bool) -> Option<usize> {
        let mut end = start;
        while end - start < PLACE_WORDS {
            let joins = end > start
                && self.form(end) == "-"
                && self.touches(end)
                && self.touches(end + 1)
                && is_part(self.form(end + 1));
            let is_word = self.form(end).starts_with(char::is_alphabetic) && is_part(self.form(end));
            end += match (joins, is_word) {
                (true, _) => 2,
                (_, true) => 1,
                _ => break,
            };
        }
        (end > start).then_some(end)
    }

    fn touches(&self, number: usize) -> bool {
        number < self.sentence.end as usize
            && self.document.token(TokenIdx::new(number - 1)).span.end
                == self.document.token(TokenIdx::new(number)).span.start
    }

    fn name(&self, tokens: TokenSpan) -> Name {
        let words = self.document.words(tokens);
        let country = Countries::embedded().lookup(words);
        if country.is_some_and(|word| word.code.is_supranational())
            || Organizations::embedded().lookup(words).is_some()
        {
            return Name::Party;
        }
        if let Some(size) = size_of_place(words) {
            return Name::Known { is_well_known: is_well_known(size) };
        }
        let n_letters = words.chars().filter(|c| c.is_alphabetic()).count();
        let is_name = is_all_capitals(words)
            && n_letters >= MIN_LETTERS
            && words.split_whitespace().count() <= UNKNOWN_WORDS
            && !words.split([' ', '-']).any(is_told_of)
            && !LABELS.contains(&self.document.lower(tokens.first()));
        if is_name { Name::Unknown } else { Name::Other }
    }

    /// The dash or colon behind a name: `, Nigeria, March 9 (Reuters) -`.
    fn close_after(&self, end: usize) -> Option<Close> {
        let last = (self.sentence.start as usize + MAX_TOKENS).min(self.sentence.end as usize);
        let mut close = Close {
            at: end,
            has_agency: false,
            has_comma: self.form(end) == ",",
            has_and: false,
            is_colon: false,
        };
        let mut is_open = false;
        if !matches!(self.form(end), "," | "(" | "[" | ":") && !is_dash(self.form(end)) {
            return None;
        }
        for number in end..last {
            let form = self.form(number);
            match form {
                "(" | "[" => (is_open, close.has_agency) = (true, true),
                ")" | "]" => is_open = false,
                _ if is_open => {}
                _ if is_dash(form) || form == ":" => {
                    return Some(Close { at: number, is_colon: form == ":", ..close });
                }
                "and" => close.has_and = true,
                "," | "." | "/" | "of" | "the" => {}
                _ if close.has_agency => return None,
                _ if form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether the words behind the dash are a sentence, and not more capitals.
    fn is_prose(&self, from: usize) -> bool {
        (from..self.sentence.end as usize).any(|number| self.form(number).starts_with(char::is_lowercase))
    }
}

/// Whether a word in capitals is a country or an organisation, of which a headline in capitals tells.
fn is_told_of(word: &str) -> bool {
    Countries::embedded().lookup(word).is_some() || Organizations::embedded().lookup(word).is_some()
}

fn is_dash(form: &str) -> bool {
    matches!(form, "-" | "–" | "—" | "--" | "---")
}

/// A name as one writes it where it was written in capitals: `RUGAR DANBABA`, `PORT-AU-PRINCE`, `N'DJAMENA`.
pub(crate) fn without_capitals(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for (number, part) in name.split_inclusive([' ', '-']).enumerate() {
        let lower = part.to_lowercase();
        let word = lower.trim_end_matches([' ', '-']);
        if number > 0 && crate::phrase::is_small_word(word) {
            written.push_str(&lower);
            continue;
        }
        let mut is_first = true;
        for (at, c) in lower.char_indices() {
            if is_first {
                written.extend(c.to_uppercase());
            } else {
                written.push(c);
            }
            // One letter before the apostrophe is an article or a prefix; `Xi'an` is one word.
            is_first = matches!(c, '\'' | '’') && lower[..at].chars().count() == 1;
        }
    }
    written
}

/// Whether a name is written in capitals where its letters are more than an acronym's.
pub(crate) fn is_in_capitals(name: &str) -> bool {
    is_all_capitals(name) && fold(name).chars().filter(|c| c.is_alphabetic()).count() > 3
}
