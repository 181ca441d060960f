//! Questions to a small record made of the examples and of three reports that contradict each other.
//!
//! Each filter has a plain twin here: the rows that it must leave are those of all rows that pass a test in Rust.

use dateline_clean::Shape;
use dateline_ingest::{Format, Report, read_reports};
use dateline_link::Status;
use dateline_plover::{Context, EventType, Pipeline, QuadClass};
use dateline_record::{
    AboutRow, Change, DiscrepancyRow, Entry, EventRow, Filters, PartyFilter, PartyRow, Quote, Record,
    RecordError, TextQuery, read_context, read_country, read_day,
};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline<'static>> =
    LazyLock::new(|| Pipeline::embedded().expect("the embedded models are whole"));

/// Three days of news about one place, with texts that want to be obeyed.
const NEWS: [(&str, &str, &str); 3] = [
    (
        "first",
        "2023-05-02",
        "Gunmen killed three soldiers near Arequipa in Peru on Monday, the Peruvian army said.\n\n\
         Peru's government condemned the raid on Tuesday. \"DROP TABLE report; --\" was painted on a wall.",
    ),
    (
        "second",
        "2023-05-02",
        "Gunmen killed three soldiers near Arequipa in Peru on Monday, Peru's defence ministry said.\n\n\
         Chile offered Peru help against the gunmen. Peru's government condemned the raid on Tuesday.",
    ),
    (
        "third",
        "2023-05-04",
        "Gunmen killed four soldiers near Arequipa in Peru on Monday, an officer told reporters.\n\n\
         Ministers of Chile and Peru met in Lima on Wednesday. The talks are to go on, 100% sure.",
    ),
];

fn examples() -> Vec<Report> {
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "examples"].iter().collect();
    let paths = ["seoul-talks", "skarvholm-harbour"].map(|folder| root.join(folder));
    read_reports(&paths, Format::Auto).map(|report| report.expect("the examples are read")).collect()
}

fn news() -> Vec<Report> {
    let report = |(id, published, text): &(&str, &str, &str)| {
        let mut report = Report::from_text(*id, text);
        report.url = Some(format!("https://news.example/{id}"));
        report.outlet = Some(format!("The {id}"));
        report.published = Some(published.parse().expect("a day"));
        report
    };
    NEWS.iter().map(report).collect()
}

fn entries(reports: Vec<Report>, shape: Shape) -> Vec<Entry> {
    let entry = |report| Entry::coded(&PIPELINE.run(report, shape).expect("a report in English"));
    reports.into_iter().map(entry).collect()
}

fn add(path: &Path, reports: Vec<Report>, shape: Shape) {
    let mut record = Record::open(path).expect("a new record");
    let run = record.begin_run("test", &[], None).expect("a run");
    record.add(run, entries(reports, shape)).expect("reports are added");
    record.close().expect("the record is closed");
}

/// A record of all reports, open for reading.
fn record() -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("r.sqlite");
    add(&path, examples(), Shape::Page);
    add(&path, news(), Shape::ArticleOnly);
    let record = Record::read(&path).expect("the record is there");
    (folder, record)
}

fn party(words: &str) -> PartyFilter {
    words.parse().expect("a party")
}

fn day(words: &str) -> Date {
    read_day(words).expect("a day")
}

fn is_of(party: &PartyRow, country: &str) -> bool {
    party.country.is_some_and(|code| code.as_str() == country)
}

fn any_of(parties: &[PartyRow], country: &str) -> bool {
    parties.iter().any(|party| is_of(party, country))
}

/// Whether two countries take part, not both on the receiving side.
fn both(event: &EventRow, a: &str, b: &str) -> bool {
    let sides = |parties: &[PartyRow], others: &[PartyRow]| {
        let other = |one: &PartyRow| others.iter().any(|other| is_of(other, b) && other.id != one.id);
        parties.iter().any(|one| is_of(one, a) && other(one))
    };
    sides(&event.actors, &event.recipients)
        || sides(&event.recipients, &event.actors)
        || sides(&event.actors, &event.actors)
}

type Test = Box<dyn Fn(&EventRow) -> bool>;

/// Filters and what they mean.
fn twins() -> Vec<(&'static str, Filters, Test)> {
    let none = Filters::default;
    vec![
        (
            "actor KOR",
            Filters { actor: Some(party("KOR")), ..none() },
            Box::new(|event| any_of(&event.actors, "KOR")),
        ),
        (
            "recipient north korea",
            Filters { recipient: Some(party("north korea")), ..none() },
            Box::new(|event| any_of(&event.recipients, "PRK")),
        ),
        (
            "actor NOR/GOV",
            Filters { actor: Some(party("NOR/GOV")), ..none() },
            Box::new(|event| {
                let is_government =
                    |party: &PartyRow| party.sector.is_some_and(|sector| sector.as_str() == "GOV");
                event.actors.iter().any(|party| is_of(party, "NOR") && is_government(party))
            }),
        ),
        (
            "a name",
            Filters { actor: Some(party("NOH kyu-d")), ..none() },
            Box::new(|event| event.actors.iter().any(|party| party.name == "Noh Kyu-duk")),
        ),
        (
            "a description",
            Filters { actor: Some(party("gunmen")), ..none() },
            Box::new(|event| event.actors.iter().any(|party| party.name.to_lowercase() == "gunmen")),
        ),
        (
            "dyad",
            Filters { dyad: Some((party("ISL"), party("NOR"))), ..none() },
            Box::new(|event| both(event, "ISL", "NOR")),
        ),
        (
            "the same dyad",
            Filters { dyad: Some((party("NOR"), party("ISL"))), ..none() },
            Box::new(|event| both(event, "ISL", "NOR")),
        ),
        (
            "types",
            Filters { event: ["CONSULT", "ASSAULT"].map(|event| event.parse().unwrap()).into(), ..none() },
            Box::new(|event| matches!(event.event, EventType::Consult | EventType::Assault)),
        ),
        (
            "a mode",
            Filters { event: vec!["MOBILIZE/weapons".parse().unwrap()], ..none() },
            Box::new(|event| {
                let with_weapons = event.modes.iter().any(|mode| mode.as_str() == "weapons");
                event.event == EventType::Mobilize && with_weapons
            }),
        ),
        (
            "quad",
            Filters { quad: Some(QuadClass::MaterialConflict), ..none() },
            Box::new(|event| event.quad() == QuadClass::MaterialConflict),
        ),
        (
            "country",
            Filters { country: read_country("South Korea").ok(), ..none() },
            Box::new(|event| {
                let country = event.place.as_ref().and_then(|place| place.place.country);
                country.is_some_and(|country| country.as_str() == "KOR")
            }),
        ),
        (
            "days",
            Filters { from: Some(day("2022-04-16")), to: Some(day("2022-04-18")), ..none() },
            Box::new(|event| {
                let (first, last) = (date(2022, 4, 16), date(2022, 4, 18));
                event.date.is_some_and(|range| {
                    let is_short = range.from.until(range.to).is_ok_and(|span| span.get_days() < 31);
                    range.from <= last && (range.from >= first || range.to >= first && is_short)
                })
            }),
        ),
        (
            "context",
            Filters { context: read_context("military").ok(), ..none() },
            Box::new(|event| event.contexts.contains(&Context::Military)),
        ),
        (
            "place",
            Filters { place: "arequipa".parse().ok(), ..none() },
            Box::new(|event| event.place.as_ref().is_some_and(|place| place.place.name == "Arequipa")),
        ),
        ("independent", Filters { min_independent: 2, ..none() }, Box::new(|event| event.n_independent >= 2)),
        (
            "status",
            Filters { status: Some(Status::Planned), ..none() },
            Box::new(|event| event.status == Status::Planned),
        ),
        (
            "several",
            Filters { actor: Some(party("NOR")), quad: Some(QuadClass::VerbalCooperation), ..none() },
            Box::new(|event| any_of(&event.actors, "NOR") && event.quad() == QuadClass::VerbalCooperation),
        ),
    ]
}

#[test]
fn filters_leave_what_a_plain_test_leaves() {
    let (_folder, mut record) = record();
    let all = record.events(&Filters::default()).expect("events");
    assert!(all.len() > 40, "{} events", all.len());
    assert!(all.is_sorted_by_key(|event| std::cmp::Reverse((event.date.map(|date| date.from), event.id))));
    for (name, filters, test) in twins() {
        let expected: Vec<i64> = all.iter().filter(|event| test(event)).map(|event| event.id).collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{name}: {} events", expected.len());
        let found: Vec<i64> = record.events(&filters).expect("events").iter().map(|event| event.id).collect();
        assert_eq!(found, expected, "{name}");
        // Pages put together are the whole, whichever way SQLite takes.
        let mut paged = Vec::new();
        loop {
            let page = Filters { limit: Some(1), offset: paged.len(), ..filters.clone() };
            match record.event_ids(&page).expect("a page")[..] {
                [id] => paged.push(id),
                _ => break,
            }
        }
        assert_eq!(paged, expected, "{name}, page by page");
    }
}

#[test]
fn other_lists_are_of_the_same_events() {
    let (_folder, mut record) = record();
    let words = |typed: &str| Filters { text: typed.parse().ok(), ..Filters::default() };
    let texts =
        ["gunmen", "Chile \"on Monday\"", "\"killed three soldiers\""].map(|typed| (typed, words(typed)));
    let filters = twins().into_iter().map(|(name, filters, _)| (name, filters));
    for (name, filters) in filters.chain(texts) {
        let events = record.events(&filters).expect("events");
        let mut counts: BTreeMap<i64, u32> = BTreeMap::new();
        events
            .iter()
            .flat_map(|event| &event.place)
            .for_each(|place| *counts.entry(place.id).or_default() += 1);
        let places = record.places(&filters).expect("places");
        assert!(places.is_sorted_by_key(|place| std::cmp::Reverse(place.n_events)), "{name}");
        let found: BTreeMap<i64, u32> = places.iter().map(|row| (row.place.id, row.n_events)).collect();
        assert_eq!(found, counts, "{name}: places");

        let ids: BTreeSet<i64> = events.iter().map(|event| event.id).collect();
        let about =
            |row: &DiscrepancyRow| matches!(row.about, AboutRow::Event(event) if ids.contains(&event));
        let all = record.discrepancies(&Filters::default()).expect("discrepancies");
        let expected: Vec<i64> = all.iter().filter(|&row| about(row)).map(|row| row.id).collect();
        let found = record.discrepancies(&filters).expect("discrepancies");
        let found: Vec<i64> =
            found.iter().filter(|row| matches!(row.about, AboutRow::Event(_))).map(|row| row.id).collect();
        assert_eq!(found, expected, "{name}: discrepancies");

        // Days and words are those of the report itself.
        if filters.text.is_none() && filters.from.is_none() && filters.to.is_none() {
            let mut tellers: BTreeSet<i64> = BTreeSet::new();
            for event in &ids {
                let told = record.event(*event).expect("an event").expect("it is there");
                tellers.extend(told.evidence.iter().map(|shown| shown.quote.report));
            }
            let found = record.reports(&filters).expect("reports");
            let found: Vec<i64> = found.iter().map(|report| report.id).collect();
            assert_eq!(found, tellers.into_iter().rev().collect::<Vec<_>>(), "{name}: reports");
        }
    }
}

#[test]
fn texts_are_searched_by_words_and_phrases() {
    let (_folder, mut record) = record();
    for (typed, expected) in [
        ("gunmen", vec!["third", "second", "first"]),
        ("GUNMEN chile", vec!["third", "second"]),
        ("gunmen -Chile", vec!["first"]),
        ("gunm*", vec!["third", "second", "first"]),
        ("\"killed three soldiers\"", vec!["second", "first"]),
        ("\"three killed soldiers\"", vec![]),
        ("soldiers gunmen -\"three soldiers\"", vec!["third"]),
        // Two frequent words, which have an index of their own.
        ("\"on Monday\" soldiers", vec!["third", "second", "first"]),
        ("\"Monday on\"", vec![]),
        ("gunmen -\"on Monday\"", vec![]),
        ("\"DROP TABLE report\"", vec!["first"]),
        ("'; DROP TABLE report; --", vec!["first"]),
        ("100% sure", vec!["third"]),
        ("arequipa OR chile", vec![]),
        ("soldier arequipa", vec!["third", "second", "first"]),
    ] {
        let text: TextQuery = typed.parse().expect("words");
        let filters = Filters { text: Some(text), ..Filters::default() };
        let found = record.reports(&filters).expect("reports");
        let found: Vec<&str> = found.iter().map(|report| report.name.as_str()).collect();
        assert_eq!(found, expected, "{typed}");
        // Events are those that these reports tell.
        for event in record.events(&filters).expect("events") {
            let told = record.event(event.id).expect("an event").expect("it is there");
            assert!(told.evidence.iter().any(|shown| expected.contains(&shown.name.as_str())), "{typed}");
        }
    }
}

#[test]
fn any_text_can_be_looked_for() {
    let (_folder, mut record) = record();
    for typed in [
        "\"",
        "a\"b",
        "NEAR(",
        "^x",
        "{a b}: c",
        "words:x",
        "-",
        "*",
        "a*b*",
        "\0",
        "a\0b",
        "\u{202e}x",
        "%",
        "_",
        "日本 κόσμος",
        "x AND",
        "NOT",
        "\"unclosed",
        "e\u{301}\u{302}",
        "١٢٣",
        "\u{b95}\u{bcd}x",
        "\u{1e900}",
        "\u{1f600}",
        "a\u{300}-\u{301}b",
        "\u{93f}\u{915}\u{93f}",
    ] {
        let Ok(text) = typed.parse::<TextQuery>() else { continue };
        let filters = Filters { text: Some(text), limit: Some(5), ..Filters::default() };
        if let Err(error) = record.events(&filters).and_then(|_| record.reports(&filters)) {
            panic!("{typed:?}: {error}");
        }
        if let Ok(actor) = typed.parse::<PartyFilter>() {
            let found = record.actors(&Filters { actor: Some(actor), ..filters });
            assert!(found.is_ok(), "{typed:?}: {}", found.unwrap_err());
        }
    }
}

#[test]
fn evidence_is_what_its_report_says() {
    let (_folder, mut record) = record();
    let mut texts: BTreeMap<i64, String> = BTreeMap::new();
    for report in record.reports(&Filters::default()).expect("reports") {
        let report = record.report(report.id).expect("a report").expect("it is there");
        texts.insert(report.row.id, report.text);
    }
    let slice = |quote: &Quote| -> String {
        let n_chars = (quote.end - quote.start) as usize;
        texts[&quote.report].chars().skip(quote.start as usize).take(n_chars).collect()
    };
    let mut n_quotes = 0;
    for id in record.event_ids(&Filters::default()).expect("events") {
        let event = record.event(id).expect("an event").expect("it is there");
        assert!(!event.evidence.is_empty(), "e{id}");
        let mut quotes: Vec<&Quote> = Vec::new();
        for shown in &event.evidence {
            quotes.push(&shown.quote);
            quotes.extend(&shown.trigger);
            let around = format!("{}{}{}", shown.prefix, shown.quote.text, shown.suffix);
            assert!(texts[&shown.quote.report].contains(&around), "{around}");
        }
        quotes.extend(event.dates.iter().flat_map(|held| &held.evidence));
        quotes.extend(event.sizes.iter().flat_map(|held| &held.evidence));
        let values = event.discrepancies.iter().flat_map(|row| &row.values);
        quotes.extend(values.flat_map(|value| &value.evidence));
        for quote in quotes {
            assert_eq!(slice(quote), quote.text, "e{id}");
            n_quotes += 1;
        }
    }
    for statement in record.statements(&Filters::default()).expect("statements") {
        let statement = record.statement(statement.id).expect("a statement").expect("it is there");
        for quote in &statement.evidence {
            assert_eq!(slice(quote), quote.text);
            n_quotes += 1;
        }
    }
    assert!(n_quotes > 200, "{n_quotes} quotations");
}

#[test]
fn places_and_days_count_the_same_events() {
    let (_folder, mut record) = record();
    let all = record.events(&Filters::default()).expect("events");
    let placed = all.iter().filter(|event| event.place.is_some()).count();
    let places = record.places(&Filters::default()).expect("places");
    assert_eq!(places.iter().map(|place| place.n_events as usize).sum::<usize>(), placed);
    let dated = all.iter().filter(|event| event.date.is_some()).count();
    let days = record.timeline(&Filters::default()).expect("days");
    assert_eq!(days.iter().map(|day| day.events.len()).sum::<usize>(), dated);
    assert!(days.is_sorted_by_key(|day| day.day));
    let happened = |event: &&EventRow| {
        event.date.is_some() && matches!(event.status, Status::Reported | Status::Historical)
    };
    let tension = record.tension(&Filters::default()).expect("tension");
    let n_events: u32 = tension.iter().map(|day| day.n_events).sum();
    assert_eq!(n_events as usize, all.iter().filter(happened).count());
    let sum: f64 = all.iter().filter(happened).map(|event| f64::from(event.scale())).sum();
    assert!((tension.iter().map(|day| day.sum).sum::<f64>() - sum).abs() < 1e-6);
    assert!(tension.iter().all(|day| (-10.0..=10.0).contains(&day.mean)));
}

#[test]
fn differences_and_their_day_are_found() {
    let (_folder, mut record) = record();
    let assaults = Filters { event: vec!["ASSAULT".parse().unwrap()], ..Filters::default() };
    let found = record.discrepancies(&assaults).expect("discrepancies");
    let notes: Vec<&str> = found.iter().map(|row| row.note.as_str()).collect();
    assert!(found.iter().any(|row| row.values.len() == 2), "{notes:?}");
    let diff = record.diff(day("2023-05-02"), day("2023-05-04")).expect("a diff");
    let changed = diff.events.iter().find(|event| event.row.event == EventType::Assault);
    let changed = changed.expect("the raid is told anew");
    let Change::Fields(fields) = &changed.change else { panic!("the raid was known: {changed:?}") };
    assert!(fields.contains(&"size") && fields.contains(&"reports"), "{fields:?}");
    assert!(diff.events.iter().any(|event| event.change == Change::New), "{diff:?}");
    assert!(diff.discrepancies.iter().any(|row| row.change == Change::New), "{diff:?}");
    let before = record.diff(day("2023-05-01"), day("2023-05-02")).expect("a diff");
    assert!(!before.events.is_empty());
    assert!(before.events.iter().all(|event| event.change == Change::New), "{before:?}");
    let nothing = record.diff(day("2023-05-04"), day("2023-06-04")).expect("a diff");
    assert_eq!(nothing, Default::default());
}

#[test]
fn a_report_shows_its_layout_and_whose_wording_it_shares() {
    let (_folder, mut record) = record();
    let id = record.reports_named("meridian-press").expect("a query")[0];
    let report = record.report(id).expect("a report").expect("it is there");
    let paragraphs = &report.layout.paragraphs;
    assert!(paragraphs.len() > 3 && paragraphs.iter().all(|span| span.slice(&report.text).is_some()));
    let lineage = record.lineage_of(id).expect("lineage");
    assert!(lineage.iter().any(|row| row.is_copy && row.shared > 0.3 && !row.passages.is_empty()));
    for passage in lineage.iter().flat_map(|row| &row.passages) {
        assert_eq!(passage.here.report, id);
        assert!(report.text.contains(&passage.here.text));
    }
    assert!(record.report(9999).expect("a query").is_none());
    assert!(record.event(-1).expect("a query").is_none());
    assert!(record.statement(9999).expect("a query").is_none());
}

#[test]
fn one_question_sees_one_state_while_somebody_adds() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("r.sqlite");
    add(&path, news(), Shape::ArticleOnly);
    let mut reader = Record::read(&path).expect("the record is there");
    let mut writer = Record::open(&path).expect("the record is there");
    let run = writer.begin_run("test", &[], None).expect("a run");
    let (before, during) = reader
        .at_one_time(|reader| {
            let before = reader.event_ids(&Filters::default())?;
            writer.add(run, entries(examples(), Shape::Page))?;
            Ok::<_, RecordError>((before, reader.event_ids(&Filters::default())?))
        })
        .expect("two answers");
    assert_eq!(before, during);
    let after = reader.event_ids(&Filters::default()).expect("events");
    assert!(after.len() > before.len() + 20, "{} events", after.len());
}

#[test]
fn ids_of_the_record_mean_one_actor_and_one_place() {
    let (_folder, mut record) = record();
    let all = record.events(&Filters::default()).expect("all events");
    let event =
        all.iter().find(|event| event.place.is_some() && !event.actors.is_empty()).expect("such an event");
    let (actor, place) = (event.actors[0].id, event.place.as_ref().map_or(0, |place| place.id));
    for (filters, test) in [
        (
            Filters { actor: Some(party(&format!("a{actor}"))), ..Filters::default() },
            &(|event: &EventRow| event.actors.iter().any(|party| party.id == actor))
                as &dyn Fn(&EventRow) -> bool,
        ),
        (Filters { place: format!("p{place}").parse().ok(), ..Filters::default() }, &|event: &EventRow| {
            event.place.as_ref().is_some_and(|known| known.id == place)
        }),
    ] {
        let expected: Vec<i64> = all.iter().filter(|event| test(event)).map(|event| event.id).collect();
        let found: Vec<i64> = record.events(&filters).expect("events").iter().map(|event| event.id).collect();
        assert_eq!(found, expected, "{filters:?}");
        assert!(!found.is_empty(), "{filters:?}");
    }
}

#[test]
fn outlines_say_in_short_what_rows_say() {
    let (_folder, mut record) = record();
    let rows = record.events(&Filters::default()).expect("events");
    let outlines = record.outlines(&Filters::default()).expect("outlines");
    assert_eq!(rows.len(), outlines.len());
    for (row, outline) in rows.iter().zip(&outlines) {
        assert_eq!(
            (row.id, row.event, row.scale(), row.status),
            (outline.id, outline.event, outline.scale, outline.status)
        );
        assert_eq!((row.date.map(|date| date.from), row.n_independent), (outline.day, outline.n_independent));
        assert_eq!(row.place.as_ref().map(|place| place.id), outline.place);
        for (parties, countries) in [(&row.actors, &outline.actors), (&row.recipients, &outline.recipients)] {
            let mut expected: Vec<_> = parties.iter().filter_map(|party| party.country).collect();
            expected.sort();
            expected.dedup();
            assert_eq!(expected, *countries, "e{}", row.id);
        }
        assert_eq!(record.event_row(row.id).expect("a row").as_ref(), Some(row));
    }
    assert_eq!(record.event_row(0).expect("no row"), None);
}

#[test]
fn marks_of_a_report_are_of_its_text() {
    let (_folder, mut record) = record();
    let (mut n_events, mut n_actors, mut n_statements) = (0, 0, 0);
    for row in record.reports(&Filters::default()).expect("reports") {
        let report = record.report(row.id).expect("a report").expect("it is there");
        let marks = record.marks(row.id).expect("marks");
        let slice =
            |span: dateline_text::ByteSpan| span.slice(&report.text).unwrap_or_else(|| panic!("{span:?}"));
        let mut told: Vec<i64> = marks.events.iter().map(|mark| mark.event).collect();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told, report.events, "r{}", row.id);
        for mark in &marks.events {
            assert!(slice(mark.sentence).contains(slice(mark.trigger)), "{mark:?}");
            mark.numbers.iter().for_each(|&span| assert!(!slice(span).is_empty(), "{mark:?}"));
        }
        marks.actors.iter().for_each(|mark| assert!(!slice(mark.span).is_empty(), "{mark:?}"));
        let content = marks.statements.iter().flat_map(|mark| &mark.content);
        content.for_each(|&span| assert!(!slice(span).is_empty(), "{span:?}"));
        n_events += marks.events.len();
        n_actors += marks.actors.len();
        n_statements += marks.statements.iter().filter(|mark| mark.speaker.is_some()).count();
    }
    assert!(n_events > 30 && n_actors > 30 && n_statements > 10, "{n_events} {n_actors} {n_statements}");
    assert_eq!(record.marks(0).expect("no report"), Default::default());
}

#[test]
fn an_answer_ends_in_time_and_the_next_one_may_take_its_own() {
    let (_folder, mut record) = record();
    record.answer_within(std::time::Duration::ZERO).expect("a limit");
    assert!(matches!(record.events(&Filters::default()), Err(RecordError::TooLong { .. })));
    record.answer_within(std::time::Duration::from_secs(60)).expect("a limit");
    assert!(!record.events(&Filters::default()).expect("events").is_empty());
}

#[test]
fn the_version_changes_when_somebody_adds() {
    let (folder, mut record) = record();
    let version = record.data_version().expect("a version");
    let state = record.state().expect("a state");
    assert_eq!(record.data_version().expect("a version"), version);
    let mut report =
        Report::from_text("another", "Chile's army withdrew from Arica on Friday, officials said.");
    report.published = Some("2031-06-02".parse().expect("a day"));
    add(&folder.path().join("r.sqlite"), vec![report], Shape::ArticleOnly);
    assert_ne!(record.data_version().expect("a version"), version);
    let later = record.state().expect("a state");
    assert_eq!(later.n_reports, state.n_reports + 1);
    assert_eq!(later.last_day, Some(date(2031, 6, 2)));
}
