//! What outlets have corrected: an outlet's last word counts as what it says.
//!
//! In:  values with the reports that give them, and who published each report at which address and when ([`Issue`]).
//! Out: which report took back which value and how ([`Replacement`]).
//!
//! | how | when |
//! | --- | --- |
//! | note | a later report of the outlet has a note on its error that names the value, or names none |
//! | version | another version of the same report gives another value |
//! | later report | another report of the outlet gives another value: news, and no correction |
//!
//! A report is later than another where it says so by its day, or is known to be a later version, or where of two of one
//! day only it has a note. Where nothing tells them apart nothing is replaced.
//!
//! ```text
//! Harbour Post, 3 May: 12 dead.   Harbour Post, 4 May: nine dead. Correction: nine died, not 12.
//!     “12” of 3 May: taken back on 4 May by a note
//! ```

use crate::discrepancies::number_value;
use crate::link::order_of_publication;
use crate::linked::{
    Corrected, Correcting, Discrepancy, DiscrepancyKind, EventFields, ReportIdx, Reported, Status,
};
use crate::tellings::{DayRelation, PlaceRelation, relate_days, relate_places};
use dateline_ingest::Published;
use dateline_plover::CodedReport;
use std::collections::{BTreeMap, BTreeSet};

/// Who published a report, where and when, and what its notes take back.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    /// Who published it.
    pub outlet: Option<String>,
    /// The same for all versions of one report, where it has an address.
    pub address: Option<String>,
    /// Which version of it, where that is known.
    pub version: Option<u32>,
    /// When.
    pub published: Option<Published>,
    /// The words that its notes withdraw, one list a note.
    pub notes: Vec<Vec<String>>,
}

impl Issue {
    /// The issue of a report.
    pub fn of(report: &CodedReport) -> Issue {
        let article = &report.article;
        Issue {
            outlet: article.outlet.clone(),
            address: article.url.clone(),
            version: None,
            published: article.published.or(report.report.published),
            notes: notes_of(&article.text, &article.corrections),
        }
    }

    fn is_version_of(&self, other: &Issue) -> bool {
        self.address.is_some() && self.address == other.address
    }

    /// Whether it is by the same outlet and later.
    fn follows(&self, other: &Issue) -> bool {
        let is_version = self.is_version_of(other);
        if !is_version && (self.outlet.is_none() || self.outlet != other.outlet) {
            return false;
        }
        if let (true, Some(version), Some(before)) = (is_version, self.version, other.version) {
            return version > before;
        }
        let (Some(published), Some(before)) = (self.published, other.published) else { return false };
        let by_time =
            || published.time.zip(before.time).map_or(std::cmp::Ordering::Equal, |(a, b)| a.cmp(&b));
        match published.date.cmp(&before.date).then_with(by_time) {
            std::cmp::Ordering::Equal => !self.notes.is_empty() && other.notes.is_empty(),
            order => order.is_gt(),
        }
    }
}

/// The words that notes withdraw.
pub fn notes_of(text: &str, corrections: &[dateline_clean::Correction]) -> Vec<Vec<String>> {
    let words = |note: &dateline_clean::Correction| -> Vec<String> {
        note.withdrawn.iter().filter_map(|span| span.slice(text)).map(str::to_lowercase).collect()
    };
    corrections.iter().map(words).collect()
}

/// For each report that has any the later ones of its outlet, the earliest first.
struct Succession<'i> {
    issues: &'i [Issue],
    followers: BTreeMap<usize, Vec<usize>>,
}

/// A value taken back: of which report, by which, how.
type Replacement = (ReportIdx, ReportIdx, Option<Correcting>);

impl Succession<'_> {
    /// Among the reports that tell one thing: of all that there are the most have nothing to do with it.
    fn among<'i>(issues: &'i [Issue], reports: &[ReportIdx]) -> Succession<'i> {
        let mut related: BTreeMap<(bool, &str), BTreeSet<usize>> = BTreeMap::new();
        for report in reports {
            let issue = &issues[report.index()];
            let keys = [(false, &issue.outlet), (true, &issue.address)];
            for (is_address, key) in keys.into_iter().filter_map(|(of, key)| Some((of, key.as_deref()?))) {
                related.entry((is_address, key)).or_default().insert(report.index());
            }
        }
        let mut followers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for group in related.values().filter(|group| group.len() > 1) {
            for &earlier in group {
                let later = group.iter().copied().filter(|&later| issues[later].follows(&issues[earlier]));
                followers.entry(earlier).or_default().extend(later);
            }
        }
        for followers in followers.values_mut() {
            followers.sort_by_key(|&number| {
                let Issue { published, version, notes, .. } = &issues[number];
                (order_of_publication(*published), *version, !notes.is_empty(), number)
            });
            followers.dedup();
        }
        followers.retain(|_, followers| !followers.is_empty());
        Succession { issues, followers }
    }

    fn is_empty(&self) -> bool {
        self.followers.is_empty()
    }

    /// What was taken back of each value. `differ` says whether a later value leaves no room for an earlier one.
    fn replaced<T>(
        &self,
        values: &[Reported<T>],
        differ: impl Fn(&T, &T) -> bool,
        names: impl Fn(&str, &T) -> bool,
    ) -> Vec<Vec<Replacement>> {
        let givers: Vec<BTreeSet<usize>> = values.iter().map(reports_of).collect();
        let of_value = |(at, value): (usize, &Reported<T>)| {
            let mut replaced = Vec::new();
            for &report in &givers[at] {
                let Some(followers) = self.followers.get(&report) else { continue };
                // What the outlet says again later it has not taken back.
                let said_last = followers.iter().rposition(|later| givers[at].contains(later));
                let later = &followers[said_last.map_or(0, |at| at + 1)..];
                let by = later.iter().find_map(|&later| {
                    let notes = &self.issues[later].notes;
                    let is_named = notes.iter().flatten().any(|words| names(words, &value.value));
                    let gives_other =
                        values.iter().zip(&givers).enumerate().any(|(other, (found, givers))| {
                            other != at && givers.contains(&later) && differ(&value.value, &found.value)
                        });
                    let how = if is_named || gives_other && notes.iter().any(Vec::is_empty) {
                        Some(Correcting::Note)
                    } else if self.issues[later].is_version_of(&self.issues[report]) {
                        Some(Correcting::Version)
                    } else {
                        None
                    };
                    (is_named || gives_other).then_some((later, how))
                });
                if let Some((by, how)) = by {
                    replaced.push((ReportIdx::new(report), ReportIdx::new(by), how));
                }
            }
            replaced
        };
        values.iter().enumerate().map(of_value).collect()
    }
}

fn reports_of<T>(value: &Reported<T>) -> BTreeSet<usize> {
    value.evidence.iter().map(|evidence| evidence.report.index()).collect()
}

/// What counts of the values that the reports of an event give: of each outlet its last.
pub(crate) fn last_values(given: &EventFields, issues: &[Issue], reports: &[ReportIdx]) -> EventFields {
    let succession = Succession::among(issues, reports);
    if succession.is_empty() {
        return given.clone();
    }
    let date = succession.replaced(
        &given.date,
        |&a, &b| matches!(relate_days(a, b), DayRelation::Adjacent | DayRelation::Apart),
        |_, _| false,
    );
    let place = succession.replaced(
        &given.place,
        |a, b| relate_places(a, b) == PlaceRelation::Apart,
        |words, place| have_words(words, &place.name),
    );
    // What is told as background later, or only wondered about, is not taken back.
    let status = succession.replaced(
        &given.status,
        |_, later| matches!(later, Status::Reported | Status::Denied),
        |_, _| false,
    );
    let size = succession.replaced(
        &given.size,
        |a, b| a.kind == b.kind && a.count != b.count,
        |words, size| numbers_in(words).any(|number| number == u64::from(size.count)),
    );
    EventFields {
        date: without(&given.date, &date),
        place: without(&given.place, &place),
        status: without(&given.status, &status),
        size: without(&given.size, &size),
    }
}

/// The values without the reports that took them back; a value that nobody gives any more is gone.
fn without<T: Clone>(given: &[Reported<T>], replaced: &[Vec<Replacement>]) -> Vec<Reported<T>> {
    let kept = given.iter().zip(replaced).map(|(value, replaced)| {
        let stands = |report: ReportIdx| !replaced.iter().any(|&(of, ..)| of == report);
        let evidence = value.evidence.iter().copied().filter(|evidence| stands(evidence.report));
        Reported { value: value.value.clone(), evidence: evidence.collect() }
    });
    kept.filter(|value: &Reported<T>| !value.evidence.is_empty()).collect()
}

/// Marks the values of a discrepancy that were corrected by one of the reports that tell what it is about, and says so in
/// its note. Values that all who gave them have taken back come last.
pub fn mark_corrections(discrepancy: &mut Discrepancy, issues: &[Issue], reports: &[ReportIdx]) {
    let succession = Succession::among(issues, reports);
    if succession.is_empty() {
        return;
    }
    let is_number = discrepancy.kind == DiscrepancyKind::Number;
    let names = |words: &str, value: &String| {
        if is_number {
            numbers_in(words).any(|number| Some(number) == number_value(value))
        } else {
            have_words(words, value)
        }
    };
    let replaced = succession.replaced(&discrepancy.values, |_, _| true, names);
    let mut said = Vec::new();
    for (value, replaced) in discrepancy.values.iter().zip(replaced) {
        for (report, by, how) in replaced {
            let Some(how) = how else { continue };
            let issue = &issues[by.index()];
            let outlet = issue.outlet.as_deref().unwrap_or("its outlet");
            let day = |word| {
                issue.published.map_or(String::new(), |published| format!(" {word} {}", published.date))
            };
            let to = discrepancy.values.iter().filter(|other| reports_of(other).contains(&by.index()));
            let to: Vec<String> = to.map(|other| other.value.clone()).collect();
            let sentence = match how {
                Correcting::Note => format!("“{}” was withdrawn by {outlet}{}", value.value, day("on")),
                Correcting::Version => {
                    let now: Vec<String> = to.iter().map(|value| format!("“{value}”")).collect();
                    format!("{outlet} gives {}{}, before “{}”", now.join(", "), day("since"), value.value)
                }
            };
            if !said.contains(&sentence) {
                said.push(sentence);
            }
            discrepancy.corrected.push(Corrected { value: value.value.clone(), report, by, how, to });
        }
    }
    for sentence in said {
        discrepancy.note.push_str("; ");
        discrepancy.note.push_str(&sentence);
    }
    let Discrepancy { values, corrected, .. } = discrepancy;
    values.sort_by_key(|value| {
        let is_withdrawn = |&report: &ReportIdx| {
            corrected.iter().any(|corrected| corrected.value == value.value && corrected.report == report)
        };
        value.reports().iter().all(is_withdrawn)
    });
}

/// Whether words in lower case have a value in them, as words of its own: not `Iran` in `Iranian`.
fn have_words(words: &str, value: &str) -> bool {
    let value = value.to_lowercase();
    let is_inside = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
    !value.is_empty()
        && words.match_indices(&value).any(|(at, found)| {
            !is_inside(words[..at].chars().next_back())
                && !is_inside(words[at + found.len()..].chars().next())
        })
}

/// The numbers in some words: `12`, `twelve`, `1,200`.
pub fn numbers_in(words: &str) -> impl Iterator<Item = u64> {
    let is_part = |c: char| c.is_alphanumeric() || c == ',';
    let words = words.split(move |c| !is_part(c)).map(|word| word.trim_matches(','));
    words.filter(|word| !word.is_empty()).filter_map(|word| number_value(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linked::{About, Evidence};
    use dateline_text::{ByteSpan, Idx};

    /// An issue of `outlet address day`, a dash for what is not known, and what its notes withdraw.
    fn issue(line: &str, notes: &[&[&str]]) -> Issue {
        let known = |word: &str| (word != "-").then(|| word.to_owned());
        let [outlet, address, day] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        Issue {
            outlet: known(outlet),
            address: known(address),
            version: None,
            published: known(day).map(|day| day.parse().unwrap()),
            notes: notes.iter().map(|note| note.iter().map(|&words| words.to_owned()).collect()).collect(),
        }
    }

    /// The note of a discrepancy in which each value is given by the reports with these numbers.
    #[track_caller]
    fn check(issues: &[Issue], values: &[(&str, &[usize])], expected: &str) {
        let evidence = |&report: &usize| Evidence {
            report: ReportIdx::new(report),
            span: ByteSpan::default(),
            attributed_to: None,
        };
        let values = values.iter().map(|(value, reports)| Reported {
            value: (*value).to_owned(),
            evidence: reports.iter().map(evidence).collect(),
        });
        let mut discrepancy = Discrepancy {
            kind: DiscrepancyKind::Number,
            about: About::Event(Idx::new(0)),
            values: values.collect(),
            note: "differ".to_owned(),
            corrected: Vec::new(),
        };
        let reports: Vec<ReportIdx> = (0..issues.len()).map(ReportIdx::new).collect();
        mark_corrections(&mut discrepancy, issues, &reports);
        assert_eq!(discrepancy.note, expected);
    }

    #[test]
    fn recognises_what_an_outlet_takes_back() {
        let gives = [("12", &[0][..]), ("9", &[1][..])];
        for (issues, expected) in [
            (
                [issue("Post a 2024-05-03", &[]), issue("Post a 2024-05-04", &[])],
                "differ; Post gives “9” since 2024-05-04, before “12”",
            ),
            (
                [issue("Post a 2024-05-03", &[]), issue("Post b 2024-05-04", &[&["12 people had died"]])],
                "differ; “12” was withdrawn by Post on 2024-05-04",
            ),
            (
                [issue("Post a 2024-05-03", &[]), issue("Post b 2024-05-04", &[&[]])],
                "differ; “12” was withdrawn by Post on 2024-05-04",
            ),
            (
                [issue("Post a 2024-05-03", &[]), issue("Post a 2024-05-03", &[&["twelve"]])],
                "differ; “12” was withdrawn by Post on 2024-05-03",
            ),
            (
                [issue("- a 2024-05-03", &[]), issue("- a 2024-05-04", &[])],
                "differ; its outlet gives “9” since 2024-05-04, before “12”",
            ),
        ] {
            check(&issues, &gives, expected);
        }
        // The value may be named where the report gives none of its own.
        let issues =
            [issue("Post a 2024-05-03", &[]), issue("Post b 2024-05-04", &[&["12"]]), Issue::default()];
        check(&issues, &[("12", &[0]), ("9", &[2])], "differ; “12” was withdrawn by Post on 2024-05-04");
    }

    #[test]
    fn leaves_news_and_others_alone() {
        let gives = [("12", &[0][..]), ("9", &[1][..])];
        for issues in [
            // A toll that is told anew is no correction.
            [issue("Post a 2024-05-03", &[]), issue("Post b 2024-05-04", &[])],
            [issue("Post a 2024-05-03", &[]), issue("Wire b 2024-05-04", &[&["12"]])],
            // The note is about something else.
            [issue("Post a 2024-05-03", &[]), issue("Post b 2024-05-04", &[&["kamua"]])],
            [issue("Post a 2024-05-03", &[]), issue("Post a 2024-05-03", &[])],
            [issue("Post a -", &[]), issue("Post a 2024-05-03", &[])],
            [issue("- - 2024-05-03", &[]), issue("- - 2024-05-04", &[])],
        ] {
            check(&issues, &gives, "differ");
        }
        // Said again later.
        let days = ["2024-05-03", "2024-05-04", "2024-05-05"];
        let issues = days.map(|day| issue(&format!("Post a {day}"), &[]));
        check(
            &issues,
            &[("12", &[0, 2]), ("9", &[1])],
            "differ; Post gives “12” since 2024-05-05, before “9”",
        );
    }

    #[test]
    fn values_are_whole_words() {
        for (words, value, expected) in [
            ("the name of ana tarn", "Ana Tarn", true),
            ("in maro", "Maro", true),
            ("the iranian navy", "Iran", false),
            ("12 people", "2", false),
            ("nobody", "", false),
        ] {
            assert_eq!(have_words(words, value), expected, "{words}: {value}");
        }
    }

    #[test]
    fn numbers_stand_in_words_and_figures() {
        assert_eq!(numbers_in("that Twelve of 1,200, not 7").collect::<Vec<_>>(), [12, 1200, 7]);
    }
}
