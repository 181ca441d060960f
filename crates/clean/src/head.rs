//! Reads what stands above an article: headline, standfirst, byline, time of publication.

use crate::Reason;
use crate::dates::{Label, PrintedDate, is_relative_time, read_dates};
use crate::lines::Block;
use crate::place_line::read_place_line;
use crate::region::Place;
use crate::signals::{End, Signals};
use crate::words::Word;
use dateline_text::ByteSpan;
use rustc_hash::FxHashSet;

/// What was found above (for a labelled date also below) the article.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) title: Option<usize>,
    pub(crate) standfirst: Vec<usize>,
    pub(crate) byline: Option<(usize, ByteSpan)>,
    /// Lines with a time of publication or its age.
    pub(crate) dates: Vec<usize>,
    pub(crate) published: Option<PrintedDate>,
}

/// How far above the first paragraph the head may begin, in blocks: pictures and share buttons stand between.
const HEAD_BLOCKS: usize = 25;

/// Reads the head, and takes a standfirst that was taken for the first paragraph out of the body.
pub(crate) fn read_head(text: &str, blocks: &[Block], signals: &[Signals], places: &mut [Place]) -> Head {
    let Some(mut body) = places.iter().position(|&place| place == Place::Body) else {
        return Head::default();
    };
    let lines: Vec<Line> =
        blocks.iter().zip(signals).map(|(block, signals)| Line::new(block.span.of(text), signals)).collect();
    let from = body.saturating_sub(HEAD_BLOCKS);
    let mut head = Head::default();
    // A byline or a date between the first lines of the body: what stands above it is no body.
    let reach = (body + 6).min(blocks.len());
    let marker = (body + 1..reach).rev().find(|&at| {
        places[at] != Place::After
            && lines[at].is_marker()
            && (body..at).filter(|&at| places[at] == Place::Body).count() <= 2
            && (body..at).map(|at| signals[at].n_words).sum::<f32>() <= 80.0
            && (at + 1..blocks.len()).any(|at| places[at] == Place::Body)
    });
    if let Some(marker) = marker {
        for place in &mut places[body..=marker] {
            *place = Place::Before;
        }
        body = places.iter().position(|&place| place == Place::Body).unwrap_or(body);
    }
    let title = find_title(&lines, signals, places, from, body);
    head.title = title;
    let top = title.map_or(body.saturating_sub(8), |title| title + 1);
    // Outlets that put byline and date above the headline keep them within a few lines of it.
    let above = title.unwrap_or(body);
    let rows = (top..body).chain(above.saturating_sub(4)..above.min(top));
    head.dates.extend(rows.filter(|&at| lines[at].is_date_line()));
    head.byline = find_byline(blocks, &lines, signals, &head, title, body);
    if let Some((at, _)) = head.byline {
        // The last line of words between headline and byline sums the article up.
        head.standfirst.extend((top..at).filter(|&at| is_standfirst(&lines[at], &signals[at])));
    }
    head.standfirst.extend((top..body).filter(|&at| {
        head.byline.is_none_or(|(byline, _)| at > byline) && is_standfirst(&lines[at], &signals[at])
    }));
    head.standfirst.retain(|at| !head.dates.contains(at));
    head.published = choose_date(&lines, signals, places, &head, body)
        .or_else(|| blocks.get(body).and_then(|block| read_place_line(block.span.of(text))));
    head
}

/// A block with what the head needs to know about it.
struct Line<'t> {
    text: &'t str,
    dates: Vec<PrintedDate>,
    is_relative: bool,
    byline: Option<(usize, usize)>,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, signals: &Signals) -> Line<'t> {
        let dates = if signals.words.len() <= 40 { read_dates(text) } else { Vec::new() };
        let byline = read_byline(text, &signals.words, &dates);
        Line { text, is_relative: is_relative_time(&signals.words), byline, dates }
    }

    /// A line whose business is to tell a date.
    fn is_date_line(&self) -> bool {
        if self.is_relative {
            return true;
        }
        let Some(first) = self.dates.first() else { return false };
        let taken: usize = self.dates.iter().map(|date| date.end - date.start).sum();
        let rest = self.text.len() - taken.min(self.text.len());
        first.label != Label::Bare && rest <= 80 || rest <= taken.max(40)
    }

    fn is_marker(&self) -> bool {
        self.is_date_line() || self.byline.is_some_and(|(start, _)| start > 0)
    }
}

/// The headline: the line above the article that shares most words with it.
fn find_title(
    lines: &[Line],
    signals: &[Signals],
    places: &[Place],
    from: usize,
    body: usize,
) -> Option<usize> {
    let mut in_body: FxHashSet<&str> = FxHashSet::default();
    let paragraphs = (body..places.len()).filter(|&at| places[at] == Place::Body);
    for at in paragraphs.take(30) {
        in_body.extend(signals[at].words.iter().map(|word| word.text.as_str()));
    }
    let mut best: Option<(usize, f32)> = None;
    for at in from..body {
        let signals = &signals[at];
        let words = &signals.words;
        let (_, cue) = signals.cues.best();
        let n = signals.n_words;
        if !(2.5..=35.0).contains(&n) || lines[at].is_date_line() || cue >= 4.0 && n < 6.0 {
            continue;
        }
        if lines[at].byline.is_some_and(|(start, _)| start > 0) || signals.end == End::Cut {
            continue;
        }
        let content: Vec<&Word> = words.iter().filter(|word| word.text.chars().count() >= 4).collect();
        let n_shared = content.iter().filter(|word| in_body.contains(word.text.as_str())).count();
        let share = n_shared as f32 / content.len().max(3) as f32;
        let mut score = 3.0 * share - cue * 0.5 - signals.n_separators as f32 * 0.5;
        score += if n >= 5.0 { 0.8 } else { 0.0 };
        score -= if signals.end == End::Sentence && signals.n_sentences >= 1 && !lines[at].text.ends_with('?')
        {
            1.0
        } else {
            0.0
        };
        score -= 0.04 * (body - at) as f32;
        // A headline is often said twice, in the page's title and above the article.
        score += if signals.comes_again || signals.is_repeated { 0.3 } else { 0.0 };
        if n > 25.0 {
            score -= 0.7;
        }
        if best.is_none_or(|(_, found)| score > found + 0.25) {
            best = Some((at, score));
        }
    }
    best.filter(|&(_, score)| score >= 1.0).map(|(at, _)| at)
}

fn is_standfirst(line: &Line, signals: &Signals) -> bool {
    let (_, cue) = signals.cues.best();
    signals.n_words >= 7.0
        && cue < 2.5
        && !line.is_date_line()
        && line.byline.is_none()
        && !signals.is_repeated
}

/// Finds the author line between headline and article, or right above the headline.
fn find_byline(
    blocks: &[Block],
    lines: &[Line],
    signals: &[Signals],
    head: &Head,
    title: Option<usize>,
    body: usize,
) -> Option<(usize, ByteSpan)> {
    let top = title.map_or(body.saturating_sub(6), |title| title + 1);
    let above = title.unwrap_or(body);
    let candidates = (top..body).chain((above.saturating_sub(3)..above).rev());
    let mut name_only = None;
    for at in candidates {
        let Some((start, end)) = lines[at].byline else { continue };
        let span =
            ByteSpan::new(blocks[at].span.start as usize + start, blocks[at].span.start as usize + end);
        if start > 0 {
            return Some((at, span)); // "By …"
        }
        // A bare name is an author where a date or the headline is next to it.
        let is_near_date = head.dates.iter().any(|&date| date.abs_diff(at) <= 2);
        let (reason, cue) = signals[at].cues.best();
        let is_picture =
            signals[at].words.iter().any(|word| matches!(word.text.as_str(), "getty" | "images" | "photo"));
        let is_label = is_picture || cue >= 3.0 && reason != Reason::Credit;
        if name_only.is_none()
            && at >= top
            && !is_label
            && (is_near_date || title.is_some_and(|title| at == title + 1))
        {
            name_only = Some((at, span));
        }
    }
    name_only
}

/// The name in an author line, as bytes of it: after `By`, or the whole line where it is nothing but a name.
fn read_byline(text: &str, words: &[Word], dates: &[PrintedDate]) -> Option<(usize, usize)> {
    let first = words.first()?;
    let is_by = matches!(first.text.as_str(), "by" | "von" | "par" | "por")
        || (first.text == "written" && words.get(1).is_some_and(|word| word.text == "by"));
    let n_label = if first.text == "written" { 2 } else { 1 };
    let limit = dates.first().map_or(text.len(), |date| date.start);
    if is_by && words.len() <= 25 {
        let names = &words[n_label..];
        let n = names
            .iter()
            .take_while(|word| word.end <= limit && (word.is_capital || is_particle(&word.text)))
            .count();
        let n = n.min(12);
        if n == 0 || !names[..n].iter().any(|word| word.is_capital) {
            return None;
        }
        // Names end at a bar or a full stop.
        let start = names[0].start;
        let end = names[n - 1].end;
        return Some((start, trim_particles(text, words, start, cut_name(text, start, end))));
    }
    let names: Vec<&Word> = words.iter().filter(|word| word.end <= limit).collect();
    if !(2..=6).contains(&names.len()) || (words.len() > names.len() && dates.is_empty()) {
        return None;
    }
    let is_name = names.iter().all(|word| (word.is_capital || is_particle(&word.text)) && !word.is_number)
        && names.iter().filter(|word| word.is_capital).count() >= 2;
    let (start, end) = (names[0].start, names[names.len() - 1].end);
    let is_plain = !text[start..end].contains(['|', ':', '?', '!', ';', '»', '›', '/', '"', '“', '(', '&']);
    let is_upper = text[start..end].chars().all(|c| !c.is_lowercase()) && names.len() > 3;
    let ends_bare = dates.is_empty() && text.trim_end().len() == end;
    (is_name && is_plain && !is_upper && (ends_bare || !dates.is_empty())).then_some((start, end))
}

/// Where a list of names ends: at a bar, a bullet, a dash between spaces, an address.
fn cut_name(text: &str, start: usize, end: usize) -> usize {
    let names = &text[start..end];
    let cut = [" | ", " - ", " – ", " — ", " • ", " · ", "|", "\n", "\t", "@", " / "]
        .iter()
        .filter_map(|mark| names.find(mark))
        .min()
        .unwrap_or(names.len());
    start + names[..cut].trim_end().len()
}

/// `Ana Belo and` becomes `Ana Belo`.
fn trim_particles(text: &str, words: &[Word], start: usize, end: usize) -> usize {
    let last = words.iter().rev().find(|word| word.start >= start && word.end <= end && word.is_capital);
    let end = last.map_or(end, |word| word.end);
    start + text[start..end].trim_end().len()
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "in"
            | "of"
            | "the"
            | "de"
            | "da"
            | "do"
            | "dos"
            | "del"
            | "della"
            | "di"
            | "van"
            | "von"
            | "der"
            | "den"
            | "la"
            | "le"
            | "el"
            | "al"
            | "bin"
            | "bint"
            | "ibn"
            | "ul"
            | "ur"
            | "y"
            | "e"
            | "und"
            | "et"
            | "ter"
            | "ten"
            | "zu"
            | "af"
            | "for"
    )
}

/// The time of publication: labelled as such before bare before updated, and near the headline before far.
fn choose_date(
    lines: &[Line],
    signals: &[Signals],
    places: &[Place],
    head: &Head,
    body: usize,
) -> Option<PrintedDate> {
    let mut chosen: Option<(Label, usize, PrintedDate)> = None;
    let mut consider = |at: usize, date: PrintedDate| {
        let distance = head.title.unwrap_or(body).abs_diff(at);
        let is_better = chosen.is_none_or(|(label, found, _)| (date.label, distance) < (label, found));
        if is_better {
            chosen = Some((date.label, distance, date));
        }
    };
    for &at in &head.dates {
        for &date in &lines[at].dates {
            consider(at, date);
        }
    }
    if let Some((at, _)) = head.byline {
        for &date in &lines[at].dates {
            consider(at, date);
        }
    }
    // Elsewhere only a short line that says "published", and never a line of the body.
    for (at, line) in lines.iter().enumerate() {
        if places[at] != Place::Body
            && signals[at].n_words <= 15.0
            && line.is_date_line()
            && is_near(at, places, body)
        {
            for &date in line.dates.iter().filter(|date| date.label == Label::Published) {
                consider(at, date);
            }
        }
    }
    chosen.map(|(.., date)| date)
}

/// Within a few blocks of the article; farther away are other articles with dates of their own.
fn is_near(at: usize, places: &[Place], body: usize) -> bool {
    let end = places.iter().rposition(|&place| place == Place::Body).unwrap_or(body);
    at + HEAD_BLOCKS >= body && at <= end + 5
}
