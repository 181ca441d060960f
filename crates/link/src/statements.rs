//! Finds the same statement across reports, and within one report told twice.
//!
//! In:  the statements of each report with their speakers.
//! Out: the [`LinkedStatement`]s, and for each report which of them each of its statements is.
//!
//! Two statements are one when they have the same speaker and share a quoted run of
//! [`QUOTED_RUN`] content words, or most content words of the shorter one. With different speakers a long run
//! is needed, and the difference is shown as a discrepancy. Statements are compared with those that share a
//! word that not too many others have.

use crate::digest::of_report;
use crate::independence::{Source, ToldIn, count_sources};
use crate::linked::{Evidence, LinkedActorIdx, LinkedStatement, ReportIdx};
use crate::words::Word;
use dateline_attribute::StatementKind;
use dateline_plover::CodedReport;
use dateline_text::{ByteSpan, Idx, TokenSpan};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Content words in a row inside quotation marks that make two statements of one speaker the same.
const QUOTED_RUN: usize = 3;
/// Content words in a row that make two statements the same although the speakers differ.
const LONG_RUN: usize = 6;
/// Part of the shorter statement's content words that make two statements of one speaker the same.
const SAME_SHARE: f32 = 0.5;
/// The same where a speaker is not known.
const SAME_SHARE_UNKNOWN: f32 = 0.7;
/// Content words that a share is counted from: of two words, one is half by chance.
const MIN_SHARED: usize = 3;
/// Statements that a word is looked up in.
const MAX_POSTINGS: usize = 64;

/// A statement of a report, ready to be compared.
#[derive(Clone, Debug)]
pub struct Saying {
    /// The number of its report.
    pub report: usize,
    /// Its number in the report.
    pub number: usize,
    /// How the content is given.
    pub kind: StatementKind,
    /// Who says it.
    pub speaker: Option<LinkedActorIdx>,
    /// From the first to the last piece of the content.
    pub span: ByteSpan,
    /// Each piece of the content.
    pub pieces: Vec<ByteSpan>,
    /// The words that name who says it.
    pub source: Vec<ByteSpan>,
    /// The words that attribute: `said`, `according to`.
    pub cue: Vec<ByteSpan>,
    /// Its content words, in text order.
    pub words: Arc<[Word]>,
}

/// All statements of a report, in its own order. `text` holds the words of the report.
pub(crate) fn sayings(report: &CodedReport, text: &[Word]) -> Vec<Saying> {
    let mut sayings = Vec::new();
    for (idx, statement) in report.statements.iter() {
        let spans = |pieces: &[TokenSpan]| -> Vec<ByteSpan> {
            pieces.iter().map(|&piece| report.document.bytes(piece)).collect()
        };
        let pieces = spans(&statement.content);
        sayings.push(Saying {
            report: 0,
            number: idx.index(),
            kind: statement.kind,
            speaker: statement.speaker.map(of_report),
            span: pieces.iter().copied().reduce(ByteSpan::cover).unwrap_or_default(),
            words: content_words_in(text, &pieces),
            source: spans(&statement.source),
            cue: spans(&statement.cue),
            pieces,
        });
    }
    sayings
}

/// The content words that lie inside some spans. `text` holds the words of the report.
pub fn content_words_in(text: &[Word], pieces: &[ByteSpan]) -> Arc<[Word]> {
    let words = pieces.iter().flat_map(|&piece| words_in(text, piece));
    words.filter(|word| word.content).copied().collect()
}

/// The words that lie inside a span.
pub(crate) fn words_in(words: &[Word], span: ByteSpan) -> &[Word] {
    let start = words.partition_point(|word| word.span.start < span.start);
    let end = words.partition_point(|word| word.span.end <= span.end);
    &words[start..end.max(start)]
}

/// The number of each saying's statement, the same for sayings of one statement, from 0. The first of the sayings
/// are of statements known before, `known[i]` is the statement of the `i`-th; statements that begin here follow in
/// order of their first saying.
pub(crate) fn join_sayings(sayings: &[&Saying], known: &[usize]) -> Vec<usize> {
    let n_known = known.iter().map(|&statement| statement + 1).max().unwrap_or(0);
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); n_known];
    let mut of = Vec::with_capacity(sayings.len());
    let mut postings: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (number, saying) in sayings.iter().enumerate() {
        let mut numbers: Vec<u32> = saying.words.iter().map(|word| word.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let group = known.get(number).copied().or_else(|| {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for word in &numbers {
                for &group in postings.get(word).into_iter().flatten() {
                    *shared.entry(group).or_default() += 1;
                }
            }
            let mut candidates: Vec<(usize, usize)> = shared.into_iter().filter(|&(_, n)| n >= 2).collect();
            candidates.sort_by_key(|&(group, n)| (std::cmp::Reverse(n), group));
            let mut groups_of = candidates.into_iter().map(|(group, _)| group);
            groups_of.find(|&group| belongs(&groups[group], saying, sayings))
        });
        let group = group.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(number);
        of.push(group);
        for word in numbers {
            let places = postings.entry(word).or_default();
            if places.len() < MAX_POSTINGS && places.last() != Some(&group) {
                places.push(group);
            }
        }
    }
    of
}

/// Whether a statement is the one that a group tells: like one of its members, and against none of them.
fn belongs(group: &[usize], saying: &Saying, sayings: &[&Saying]) -> bool {
    let members = || group.iter().take(MAX_MEMBERS).map(|&number| sayings[number]);
    members().any(|other| is_same(other, saying))
        && members().all(|other| !is_other_speaker(other, saying) || is_long_quotation(other, saying))
}

/// Members of a group that a statement is compared with.
pub(crate) const MAX_MEMBERS: usize = 8;

fn is_other_speaker(a: &Saying, b: &Saying) -> bool {
    matches!((a.speaker, b.speaker), (Some(a), Some(b)) if a != b)
}

fn is_long_quotation(a: &Saying, b: &Saying) -> bool {
    a.report != b.report && longest_quoted_run(&a.words, &b.words).is_some_and(|run| run.n_words >= LONG_RUN)
}

fn is_same(a: &Saying, b: &Saying) -> bool {
    if is_other_speaker(a, b) {
        return is_long_quotation(a, b);
    }
    let n_quoted = longest_quoted_run(&a.words, &b.words).map_or(0, |run| run.n_words);
    let known = a.speaker.is_some() && b.speaker.is_some();
    if n_quoted >= if known { QUOTED_RUN } else { LONG_RUN } {
        return true;
    }
    // Without speakers, one report's statements on one matter look alike.
    if !known && a.report == b.report {
        return false;
    }
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let is_shared = |word: &&Word| long.words.iter().any(|other| other.number == word.number);
    let n_shared = short.words.iter().filter(is_shared).count();
    let least = if known { SAME_SHARE } else { SAME_SHARE_UNKNOWN };
    n_shared >= MIN_SHARED && n_shared as f32 >= least * short.words.len() as f32
}

/// Words that follow one another in two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CommonRun {
    /// Where it begins in the first.
    pub at_a: usize,
    /// Where it begins in the second.
    pub at_b: usize,
    /// How many words it has.
    pub n_words: usize,
}

/// Words of one text that are compared at most: longer statements are compared by their beginnings.
const MAX_RUN_WORDS: usize = 400;

/// The longest run of words that stand inside quotation marks in both texts.
pub(crate) fn longest_quoted_run(a: &[Word], b: &[Word]) -> Option<CommonRun> {
    let (a, b) = (&a[..a.len().min(MAX_RUN_WORDS)], &b[..b.len().min(MAX_RUN_WORDS)]);
    if !a.iter().any(|word| word.quoted) || !b.iter().any(|word| word.quoted) {
        return None;
    }
    let mut best: Option<CommonRun> = None;
    let mut row = vec![0usize; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let before = diagonal;
            diagonal = row[j + 1];
            let same = x.number == y.number && x.quoted && y.quoted;
            let n_words = if same { before + 1 } else { 0 };
            row[j + 1] = n_words;
            if n_words > best.map_or(0, |best| best.n_words) {
                best = Some(CommonRun { at_a: i + 1 - n_words, at_b: j + 1 - n_words, n_words });
            }
        }
    }
    best
}

/// Puts together the tellings of one statement, in order of report and text.
pub fn describe_statement(members: &[&Saying], sources: &[Source]) -> LinkedStatement {
    let mut in_reports: Vec<ReportIdx> = members.iter().map(|saying| ReportIdx::new(saying.report)).collect();
    in_reports.dedup();
    let told: Vec<ToldIn> =
        members.iter().map(|saying| ToldIn { report: saying.report, agency: None }).collect();
    let literal = |kind: StatementKind| match kind {
        StatementKind::Direct => 0,
        StatementKind::Mixed => 1,
        StatementKind::Indirect => 2,
    };
    let kind = members.iter().map(|saying| saying.kind).min_by_key(|&kind| literal(kind));
    LinkedStatement {
        speaker: crate::actors::most_frequent(members.iter().map(|saying| saying.speaker)),
        kind: kind.unwrap_or(StatementKind::Indirect),
        mentions: members
            .iter()
            .map(|saying| (ReportIdx::new(saying.report), Idx::new(saying.number)))
            .collect(),
        evidence: members.iter().map(|saying| evidence(saying)).collect(),
        reports: in_reports,
        independent_reports: count_sources(&told, sources),
    }
}

/// The content of a statement as evidence.
pub(crate) fn evidence(saying: &Saying) -> Evidence {
    Evidence { report: ReportIdx::new(saying.report), span: saying.span, attributed_to: saying.speaker }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words_of;

    #[test]
    fn a_quoted_run_is_found_in_a_longer_one() {
        let content = |text: &str| -> Vec<Word> {
            let words = words_of(text, &[ByteSpan::new(0, text.len())]);
            words.into_iter().filter(|word| word.content).collect()
        };
        let a = content("The harbour master of Port Maro spoke of “a very grave risk to ships”.");
        let b = content("Harbour master warns: “a grave risk to ships” in Port Maro");
        let run = longest_quoted_run(&a, &b).unwrap();
        assert_eq!(run.n_words, 3);
        assert!(longest_quoted_run(&a, &content("A grave risk to ships")).is_none());
    }
}
