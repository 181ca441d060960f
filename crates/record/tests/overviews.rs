//! Questions about a record as a whole, and about one actor: each against a plain twin that counts rows of the lists.

use dateline_clean::Shape;
use dateline_ingest::{Format, Report, read_reports};
use dateline_link::Status;
use dateline_plover::Pipeline;
use dateline_record::{AboutRow, Entry, EventRow, Filters, PartyFilter, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline<'static>> =
    LazyLock::new(|| Pipeline::embedded().expect("the embedded models are whole"));

/// A record of the examples and of two reports that share their wording and differ in a number.
fn record() -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("r.sqlite");
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "examples"].iter().collect();
    let paths = ["seoul-talks", "skarvholm-harbour"].map(|folder| root.join(folder));
    let mut reports: Vec<Report> =
        read_reports(&paths, Format::Auto).map(|report| report.expect("the examples are read")).collect();
    for (id, published, n) in [("one", "2023-05-02", "three"), ("two", "2023-05-05", "four")] {
        let text = format!(
            "Gunmen killed {n} soldiers near Arequipa in Peru on Monday 1 May, the Peruvian army said. The men came in two \
             trucks from the hills above the town and left before noon, residents told reporters."
        );
        let mut report = Report::from_text(id, &text);
        report.outlet = Some(format!("The {id}"));
        report.published = Some(published.parse().expect("a day"));
        reports.push(report);
    }
    let entry = |report| Entry::coded(&PIPELINE.run(report, Shape::Page).expect("a report in English"));
    let mut record = Record::open(&path).expect("a new record");
    let run = record.begin_run("test 1.0", &[("model", b"bytes")], Some("2023-05-06")).expect("a run");
    record.add(run, reports.into_iter().map(entry).collect::<Vec<_>>()).expect("reports are added");
    record.close().expect("the record is closed");
    let record = Record::read(&path).expect("the record is there");
    (folder, record)
}

#[test]
fn counterparts_are_the_other_sides_of_all_events() {
    let (_folder, mut record) = record();
    let events = record.events(&Filters::default()).expect("events");
    let actors = record.actors(&Filters::default()).expect("actors");
    let mut n_pairs = 0;
    for actor in actors.iter().map(|actor| actor.party.id) {
        let mut expected: BTreeMap<i64, (u32, u32, f64)> = BTreeMap::new();
        let happened = |event: &&EventRow| matches!(event.status, Status::Reported | Status::Historical);
        for event in events.iter().filter(happened) {
            let acts = event.actors.iter().any(|party| party.id == actor);
            let is_acted_on = event.recipients.iter().any(|party| party.id == actor);
            let mut others: BTreeSet<i64> = BTreeSet::new();
            if acts || is_acted_on {
                others.extend(event.actors.iter().map(|party| party.id));
            }
            if acts {
                others.extend(event.recipients.iter().map(|party| party.id));
            }
            for other in others.into_iter().filter(|&other| other != actor) {
                let sum = expected.entry(other).or_default();
                *sum = (sum.0 + 1, sum.1 + u32::from(acts), sum.2 + f64::from(event.scale()));
            }
        }
        let found = record.counterparts(actor, usize::MAX).expect("counterparts");
        assert!(found.is_sorted_by_key(|other| std::cmp::Reverse(other.n_events)));
        n_pairs += found.len();
        let found: BTreeMap<i64, (u32, u32, f64)> = found
            .into_iter()
            .map(|other| {
                (other.party.id, (other.n_events, other.n_acts, other.mean * f64::from(other.n_events)))
            })
            .collect();
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "a{actor}");
        for (other, (n_events, n_acts, sum)) in &expected {
            let (events, acts, total) = found[other];
            assert_eq!((events, acts), (*n_events, *n_acts), "a{actor} a{other}");
            assert!((total - sum).abs() < 1e-3, "a{actor} a{other}: {total} {sum}");
        }
    }
    assert!(n_pairs > 20, "{n_pairs}");
}

#[test]
fn forms_of_names_are_words_of_reports() {
    let (_folder, mut record) = record();
    let (mut n_names, mut n_offices) = (0, 0);
    for actor in record.actors(&Filters::default()).expect("actors") {
        let (names, offices) = record.forms(actor.party.id).expect("forms");
        let words: Vec<&str> = names.iter().map(|form| form.words.as_str()).collect();
        assert_eq!(words, actor.names, "a{}", actor.party.id);
        for form in names.iter().chain(&offices) {
            let Some(first) = &form.first else { continue };
            let report = record.report(first.quote.report).expect("a report").expect("it is there");
            let n_chars = (first.quote.end - first.quote.start) as usize;
            let slice: String = report.text.chars().skip(first.quote.start as usize).take(n_chars).collect();
            assert_eq!(slice, first.quote.text);
            assert_eq!(
                slice.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "),
                form.words.to_lowercase()
            );
            assert_eq!(first.day, report.row.day);
        }
        n_names += names.iter().filter(|form| form.first.is_some()).count();
        n_offices += offices.iter().filter(|form| form.first.is_some()).count();
    }
    assert!(n_names > 20 && n_offices > 5, "{n_names} names, {n_offices} offices");
    assert_eq!(record.forms(99_999).expect("a query"), (Vec::new(), Vec::new()));
}

#[test]
fn coverage_counts_all_reports() {
    let (_folder, mut record) = record();
    let reports = record.reports(&Filters::default()).expect("reports");
    let coverage = record.coverage().expect("coverage");
    assert_eq!(coverage.n_looked_through as usize, reports.len());
    assert_eq!(coverage.n_without_day as usize, reports.iter().filter(|report| report.day.is_none()).count());
    let named: u32 = coverage.outlets.iter().map(|outlet| outlet.n_reports).sum();
    assert_eq!((named + coverage.n_without_outlet) as usize, reports.len());
    for count in &coverage.outlets {
        let of_outlet = || reports.iter().filter(|report| report.outlet.as_ref() == Some(&count.outlet));
        assert_eq!(count.n_reports as usize, of_outlet().count(), "{}", count.outlet);
        assert_eq!(count.n_coded as usize, of_outlet().filter(|report| report.uncoded.is_none()).count());
        assert_eq!(count.last_day, of_outlet().filter_map(|report| report.day).max());
        assert_eq!(count.first_day, of_outlet().filter_map(|report| report.day).min());
    }
    assert_eq!(coverage.languages.iter().map(|(_, n)| *n as usize).sum::<usize>(), reports.len());
    let n_uncoded: u32 = coverage.uncoded.iter().map(|(_, n)| n).sum();
    assert_eq!(n_uncoded as usize, reports.iter().filter(|report| report.uncoded.is_some()).count());
    let mut days: BTreeMap<_, u32> = BTreeMap::new();
    reports.iter().filter_map(|report| report.day).for_each(|day| *days.entry(day).or_default() += 1);
    assert_eq!(record.report_days().expect("days"), days.into_iter().collect::<Vec<_>>());
}

#[test]
fn countries_add_up_their_places() {
    let (_folder, mut record) = record();
    let mut expected: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    for count in record.places(&Filters::default()).expect("places") {
        let sum = expected.entry(count.place.place.country).or_default();
        *sum = (sum.0 + count.n_events, sum.1 + 1);
    }
    let countries = record.countries().expect("countries");
    assert!(countries.is_sorted_by_key(|count| count.n_events));
    let found: BTreeMap<_, (u32, u32)> =
        countries.iter().map(|count| (count.country, (count.n_events, count.n_places))).collect();
    assert_eq!(found, expected);
    assert!(found.len() > 2, "{found:?}");
}

#[test]
fn wording_shared_among_reports_is_that_of_each() {
    let (_folder, mut record) = record();
    let all: Vec<i64> =
        record.reports(&Filters::default()).expect("reports").iter().map(|row| row.id).collect();
    let mut expected = BTreeSet::new();
    for &report in &all {
        for row in record.lineage_of(report).expect("lineage") {
            expected.insert((report.min(row.other), report.max(row.other), row.is_copy));
        }
    }
    let pairs = record.shared_among(&all).expect("pairs");
    assert!(pairs.is_sorted_by(|one, other| one.shared >= other.shared));
    let found: BTreeSet<_> = pairs.iter().map(|pair| (pair.a, pair.b, pair.is_copy)).collect();
    assert_eq!((found.len(), &found), (pairs.len(), &expected));
    assert!(pairs.len() > 3);
    assert!(record.shared_among(&all[..1]).expect("pairs").is_empty());
}

#[test]
fn discrepancies_are_chosen_by_kind_and_by_thing() {
    let (_folder, mut record) = record();
    let all = record.discrepancies(&Filters::default()).expect("discrepancies");
    let peru = Filters {
        country: Some(dateline_record::read_country("PER").expect("a country")),
        ..Filters::default()
    };
    let of_peru = record.discrepancies(&peru).expect("discrepancies");
    let mut kinds = BTreeSet::new();
    for row in &all {
        let about = record.discrepancies_about(&[row.about]).expect("a query");
        assert!(about.contains(row), "{row:?}");
        kinds.insert(row.kind.as_str());
    }
    for &kind in dateline_link::DiscrepancyKind::ALL {
        for (filters, rows) in [(Filters::default(), &all), (peru.clone(), &of_peru)] {
            let found = record.discrepancies_of(Some(kind), &filters).expect("discrepancies");
            let expected: Vec<_> = rows.iter().filter(|row| row.kind == kind).cloned().collect();
            assert_eq!(found, expected, "{kind}");
        }
    }
    assert!(kinds.contains("number"), "{kinds:?}");
    assert!(of_peru.iter().any(|row| matches!(row.about, AboutRow::Event(_))), "{of_peru:?}");
    assert!(record.discrepancies_about(&[AboutRow::Actor(99_999)]).expect("a query").is_empty());
}

#[test]
fn runs_and_format_are_told() {
    let (_folder, mut record) = record();
    let runs = record.runs(5).expect("runs");
    let run = &runs[0];
    assert_eq!(
        (runs.len(), run.software.as_str(), run.started.as_deref()),
        (1, "test 1.0", Some("2023-05-06"))
    );
    assert!(run.models.starts_with("model "), "{}", run.models);
    assert!(record.format().expect("a format") >= 2);
    let nobody: PartyFilter = "a99999".parse().expect("a party");
    assert!(
        record.actors(&Filters { actor: Some(nobody), ..Filters::default() }).expect("a query").is_empty()
    );
}
