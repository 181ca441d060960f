//! Two events of a record that a later report shows to be one.

use dateline_clean::Shape;
use dateline_ingest::Report;
use dateline_plover::{EventType, Pipeline};
use dateline_record::{Entry, Filters, Record};

/// One report has the day, one the place, one both.
const REPORTS: [(&str, &str, &str); 3] = [
    (
        "mothers",
        "2024-03-09",
        "Her three sons are among the pupils whom gunmen kidnapped on 7 March, Laraba Musa said. \
         Nobody has brought the mothers water since then.",
    ),
    (
        "residents",
        "2024-03-09",
        "Gunmen kidnapped dozens of pupils from a school in the town of Rugar Danbaba, residents said. \
         The wall of the school exists on paper only.",
    ),
    (
        "police",
        "2024-03-10",
        "Gunmen kidnapped the pupils in the town of Rugar Danbaba on 7 March, police said. \
         A bishop read out their names.",
    ),
];

#[test]
fn events_that_a_later_report_ties_together_become_one() {
    let pipeline = Pipeline::embedded().expect("the embedded models are whole");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("r.sqlite");
    let mut kidnappings = Vec::new();
    for (id, published, text) in REPORTS {
        let mut report = Report::from_text(id, text);
        report.outlet = Some(format!("The {id}"));
        report.published = Some(published.parse().expect("a day"));
        let mut record = Record::open(&path).expect("a record");
        let run = record.begin_run("test", &[], None).expect("a run");
        let entry = Entry::coded(&pipeline.run(report, Shape::ArticleOnly).expect("a report in English"));
        record.add(run, vec![entry]).expect("the report is added");
        let filters = Filters { event: vec!["ASSAULT".parse().expect("a type")], ..Filters::default() };
        let events = record.events(&filters).expect("an answer");
        kidnappings.push(events.into_iter().map(|event| event.id).collect::<Vec<_>>());
        record.close().expect("the record is closed");
    }
    assert_eq!(kidnappings.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1], "{kidnappings:?}");

    let mut record = Record::read(&path).expect("the record is there");
    let now = kidnappings[2][0];
    // Whoever kept the number of either is led to the one.
    for &id in &kidnappings[1] {
        let event = record.event(id).expect("an answer").expect("the event");
        assert_eq!(event.row.id, now);
        assert_eq!(event.row.event, EventType::Assault);
        assert_eq!((event.row.n_reports, event.row.n_independent), (3, 3));
        let day = event.row.date.map(|days| days.from.to_string());
        assert_eq!(day.as_deref(), Some("2024-03-07"));
        assert_eq!(event.row.place.expect("a place").place.name, "Rugar Danbaba");
        assert_eq!(event.evidence.len(), 3);
    }
}
