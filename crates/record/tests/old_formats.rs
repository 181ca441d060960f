//! Records of every format that was ever written open for ever.
//!
//! `data/v1.sqlite.zst` holds two reports of `examples/skarvholm-harbour`, added by version 0.1.0.

use dateline_record::{Correction, Editor, Filters, Record};

#[test]
fn a_record_of_format_1_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("v1.sqlite");
    let packed: &[u8] = include_bytes!("data/v1.sqlite.zst");
    std::fs::write(&path, zstd::decode_all(packed).expect("zstd")).expect("written");
    let look = |record: &mut Record| {
        let reports = record.reports(&Filters::default()).expect("reports");
        let names: Vec<String> = reports.into_iter().map(|report| report.name).collect();
        assert_eq!(names, ["fjord-observer", "nordline"]);
        let text = record.report(1).expect("a question").expect("a report").text;
        assert!(text.contains("Skarvholm"), "{text}");
        let events = record.events(&Filters::default()).expect("events");
        assert!(events.len() >= 10, "{}", events.len());
        for (phrase, expected) in [
            ("\"foreign minister\"", &[1][..]),
            ("\"six members of the crew\"", &[1]),
            ("\"minister foreign\"", &[]),
        ] {
            let filters = Filters { text: Some(phrase.parse().expect("words")), ..Filters::default() };
            let found = record.reports(&filters).expect("reports");
            assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{phrase}");
        }
        let spoken_of = events[0].actors.iter().chain(&events[0].recipients).next().expect("somebody").id;
        let (names, _) = record.forms(spoken_of).expect("forms");
        assert!(names.iter().any(|form| form.first.is_some()), "{names:?}");
        let marks = record.marks(1).expect("marks");
        assert!(!marks.statements.is_empty() && marks.places.is_empty() && marks.times.is_empty());
        let detail = record.event(events[0].id).expect("a question").expect("an event");
        assert!(
            detail
                .evidence
                .iter()
                .all(|evidence| text.contains(&evidence.quote.text) || evidence.quote.report != 1)
        );
    };
    let mut record = Record::read(&path).expect("it opens for reading");
    look(&mut record);
    assert!(record.corrections(&Filters::default()).expect("a journal").is_empty());
    assert!(!record.queue(&Filters::default()).expect("a queue").is_empty());
    drop(record);
    let mut record = Record::open(&path).expect("it opens for writing");
    look(&mut record);
    // It is of the newest format now, and can be corrected.
    let event = record.events(&Filters::default()).expect("events")[0].id;
    let editor = Editor { who: "Ada", made: None, why: None };
    let rejected = record.correct(&editor, event, &Correction::Reject).expect("a correction");
    assert!(record.event_row(event).expect("a question").is_none());
    record.undo(&editor, rejected.id).expect("it is undone");
    look(&mut record);
    record.close().expect("it closes");
}
