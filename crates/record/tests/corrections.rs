//! What people correct holds through later reports and new codings, and can be undone.
//!
//! The reports tell of one kidnapping; the first two give no more in common than what, so they begin as two events.

use dateline_clean::Shape;
use dateline_ingest::Report;
use dateline_link::Status;
use dateline_plover::{Context, EventType, Mode, Pipeline};
use dateline_record::{
    Correction, CorrectionKind, CorrectionRow, Editor, Entry, EventRow, Filters, Recoding, Record,
    RecordError, TellingId,
};
use dateline_resolve::DayRange;
use jiff::civil::date;
use std::path::PathBuf;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline<'static>> =
    LazyLock::new(|| Pipeline::embedded().expect("the embedded models are whole"));

type Item = (&'static str, &'static str, &'static str);

const MOTHERS: Item = (
    "mothers",
    "2024-03-09",
    "Her three sons are among the pupils whom gunmen kidnapped on 7 March, Laraba Musa said. \
     Nobody has brought the mothers water since then.",
);
const RESIDENTS: Item = (
    "residents",
    "2024-03-09",
    "Gunmen kidnapped dozens of pupils from a school in the town of Rugar Danbaba, residents said. \
     The wall of the school exists on paper only.",
);
const POLICE: Item = (
    "police",
    "2024-03-10",
    "Gunmen kidnapped the pupils in the town of Rugar Danbaba on 7 March, police said. \
     A bishop read out their names.",
);
/// The same as what residents said, by somebody who copies.
const COPY: Item = ("copy", "2024-03-10", RESIDENTS.2);
const LATER: Item = (
    "later",
    "2024-03-11",
    "Gunmen kidnapped the pupils from the school in the town of Rugar Danbaba on 7 March, a teacher said.",
);

/// A record that is opened anew for every step, as by one process after another.
struct Kept {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn kept(items: &[Item]) -> Kept {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = Kept { path: folder.path().join("r.sqlite"), _folder: folder };
    items.iter().for_each(|item| kept.add(*item));
    kept
}

const ADA: Editor = Editor { who: "Ada", made: Some("2026-11-28T01:20:00Z"), why: Some("read it") };

impl Kept {
    fn open(&self) -> Record {
        Record::open(&self.path).expect("a record")
    }

    fn add(&self, (id, published, text): Item) {
        let mut report = Report::from_text(id, text);
        report.outlet = Some(format!("The {id}"));
        report.published = Some(published.parse().expect("a day"));
        let mut record = self.open();
        let run = record.begin_run("test 1", &[], None).expect("a run");
        let entry = Entry::coded(&PIPELINE.run(report, Shape::ArticleOnly).expect("a report in English"));
        record.add(run, vec![entry]).expect("the report is added");
        record.close().expect("the record is closed");
    }

    /// Codes all reports anew, all at once or one after the other.
    fn recode(&self, software: &str, at_once: usize) {
        let mut record = self.open();
        let run = record.begin_run(software, &[], None).expect("a run");
        let outdated = record.outdated(run, 0, 100).expect("reports");
        assert!(!outdated.is_empty());
        for ids in outdated.chunks(at_once) {
            let entries = ids.iter().map(|&id| {
                let report = record.stored_report(id).expect("a report");
                (id, Entry::coded(&PIPELINE.run(report, Shape::ArticleOnly).expect("a report in English")))
            });
            let entries = entries.collect();
            record.recode(run, entries).expect("coded anew");
        }
        record.close().expect("the record is closed");
    }

    fn correct(&self, event: i64, correction: &Correction) -> CorrectionRow {
        self.open().correct(&ADA, event, correction).expect("it can be corrected so")
    }

    fn undo(&self, correction: &CorrectionRow) -> CorrectionRow {
        self.open().undo(&ADA, correction.id).expect("it can be undone")
    }

    fn refusal(&self, event: i64, correction: &Correction) -> String {
        match self.open().correct(&ADA, event, correction) {
            Err(RecordError::Refused { why }) => why,
            other => panic!("{correction:?}: {other:?}"),
        }
    }

    /// The events of a type with their reports.
    fn told(&self, kind: &str) -> Vec<(i64, u32)> {
        self.events(kind).into_iter().map(|event| (event.id, event.n_reports)).collect()
    }

    fn events(&self, kind: &str) -> Vec<EventRow> {
        let event = vec![kind.parse().expect("a type")];
        let mut events = self.open().events(&Filters { event, ..Filters::default() }).expect("an answer");
        events.sort_by_key(|event| event.id);
        events
    }
}

#[test]
fn what_is_accepted_needs_no_further_eye() {
    let kept = kept(&[MOTHERS, RESIDENTS, POLICE]);
    let [(event, 3)] = kept.told("ASSAULT")[..] else { panic!("{:?}", kept.told("ASSAULT")) };
    let in_queue = |kept: &Kept| {
        let queue = kept.open().queue(&Filters::default()).expect("a queue");
        assert!(queue.is_sorted_by(|a, b| a.need >= b.need));
        queue.iter().any(|queued| queued.row.id == event)
    };
    assert!(in_queue(&kept));
    let accepted = kept.correct(event, &Correction::Accept);
    assert_eq!((accepted.kind, accepted.event, accepted.n_tellings), (CorrectionKind::Accept, event, 3));
    assert_eq!((accepted.who.as_str(), accepted.why.as_deref()), ("Ada", Some("read it")));
    assert_eq!(accepted.before, accepted.after);
    assert_eq!(accepted.after["event"], "ASSAULT");
    assert!(!in_queue(&kept));
    assert_eq!(kept.refusal(event, &Correction::Accept), format!("e{event} is accepted already"));
    let undone = kept.undo(&accepted);
    assert_eq!((undone.kind, undone.undoes), (CorrectionKind::Undo, Some(accepted.id)));
    assert!(in_queue(&kept));
    let journal = kept.open().corrections(&Filters::default()).expect("the journal");
    assert_eq!(
        journal.iter().map(|entry| entry.kind).collect::<Vec<_>>(),
        [CorrectionKind::Undo, CorrectionKind::Accept]
    );
    assert_eq!(journal[1].undone_by, Some(undone.id));
}

#[test]
fn what_is_rejected_stays_so_until_it_is_undone() {
    let kept = kept(&[RESIDENTS]);
    let [(event, 1)] = kept.told("ASSAULT")[..] else { panic!("{:?}", kept.told("ASSAULT")) };
    let rejected = kept.correct(event, &Correction::Reject);
    let none: [(i64, u32); 0] = [];
    assert_eq!(kept.told("ASSAULT"), none);
    let mut record = kept.open();
    let diff = record.diff(date(2024, 3, 1), date(2024, 3, 12)).expect("what is new");
    assert!(diff.events.iter().all(|changed| changed.row.id != event));
    let report = record.report(1).expect("an answer").expect("the report");
    assert_eq!(report.events.len(), report.row.n_events as usize, "a report tells no rejected event");
    assert!(!report.events.contains(&event));
    assert!(record.marks(1).expect("marks").events.iter().all(|mark| mark.event != event));
    // Whoever has its number still finds what was read, and who rejected it.
    let detail = kept.open().event(event).expect("an answer").expect("the event");
    assert_eq!((detail.evidence.len(), detail.rejected.len(), detail.row.n_reports), (0, 1, 0));
    assert_eq!(detail.corrections, std::slice::from_ref(&rejected));
    assert_eq!(
        kept.refusal(event, &Correction::Accept),
        format!("e{event} is rejected already; undo that first")
    );
    kept.recode("test 2", 1);
    assert_eq!(kept.told("ASSAULT"), none, "coded anew");
    kept.add(COPY);
    assert_eq!(kept.told("ASSAULT"), none, "a copy says the same");
    kept.add(POLICE);
    let told = kept.events("ASSAULT");
    assert_eq!(told.iter().map(|event| event.n_reports).collect::<Vec<_>>(), [1], "other words count");
    kept.undo(&rejected);
    assert_eq!(kept.told("ASSAULT"), [(event, 3)]);
    let detail = kept.open().event(event).expect("an answer").expect("the event");
    assert!(detail.rejected.is_empty());
    assert_eq!(detail.corrections.len(), 2);
}

#[test]
fn what_is_merged_stays_so_until_it_is_undone() {
    let kept = kept(&[MOTHERS, RESIDENTS]);
    let [(a, 1), (b, 1)] = kept.told("ASSAULT")[..] else { panic!("{:?}", kept.told("ASSAULT")) };
    let merged = kept.correct(b, &Correction::Merge { with: a });
    assert_eq!((merged.event, merged.other, merged.n_tellings), (a, Some(b), 2));
    assert_eq!(kept.told("ASSAULT"), [(a, 2)]);
    let detail = kept.open().event(b).expect("an answer").expect("its number leads on");
    assert_eq!((detail.row.id, detail.evidence.len()), (a, 2));
    for (software, at_once) in [("test 2", 1), ("test 3", 2)] {
        kept.recode(software, at_once);
        assert_eq!(kept.told("ASSAULT"), [(a, 2)], "{software}");
    }
    assert_eq!(kept.refusal(a, &Correction::Merge { with: b }), format!("e{a} is that event already"));
    kept.undo(&merged);
    assert_eq!(kept.told("ASSAULT"), [(a, 1), (b, 1)]);
    assert_eq!(kept.open().event(b).expect("an answer").expect("the event").row.id, b);
    // A later report that fits both still makes one of them, as before.
    kept.add(POLICE);
    assert_eq!(kept.told("ASSAULT"), [(a, 3)]);
}

#[test]
fn what_is_split_never_joins_again_until_it_is_undone() {
    let kept = kept(&[MOTHERS, RESIDENTS, POLICE]);
    let [(event, 3)] = kept.told("ASSAULT")[..] else { panic!("{:?}", kept.told("ASSAULT")) };
    let detail = kept.open().event(event).expect("an answer").expect("the event");
    let ids: Vec<TellingId> = detail
        .evidence
        .iter()
        .map(|shown| TellingId { report: shown.quote.report, number: shown.number })
        .collect();
    for (chosen, expected) in [
        (vec![], "no telling is chosen; choose those that tell of another event".to_owned()),
        (ids.clone(), "all tellings are chosen; leave those that tell of this event".to_owned()),
        (
            vec![TellingId { report: 99, number: 0 }],
            format!("not all of these tellings are of e{event}; it may have changed meanwhile"),
        ),
    ] {
        assert_eq!(kept.refusal(event, &Correction::Split { tellings: chosen }), expected);
    }
    let split = kept.correct(event, &Correction::Split { tellings: vec![ids[0]] });
    let begun = split.other.expect("the new event");
    assert_eq!(kept.told("ASSAULT"), [(event, 2), (begun, 1)]);
    let other = kept.open().event(begun).expect("an answer").expect("the event");
    assert_eq!(other.evidence[0].name, "mothers");
    for (software, at_once) in [("test 2", 1), ("test 3", 3)] {
        kept.recode(software, at_once);
        assert_eq!(kept.told("ASSAULT"), [(event, 2), (begun, 1)], "{software}");
    }
    kept.add(LATER);
    let told = kept.told("ASSAULT");
    assert_eq!(told.iter().map(|&(event, _)| event).collect::<Vec<_>>(), [event, begun], "{told:?}");
    kept.undo(&split);
    assert_eq!(kept.told("ASSAULT"), [(event, 4)]);
    let detail = kept.open().event(begun).expect("an answer").expect("its number leads back");
    assert_eq!(detail.row.id, event);
}

#[test]
fn every_field_can_be_coded_by_hand() {
    let kept = kept(&[RESIDENTS, POLICE]);
    let [(event, 2)] = kept.told("ASSAULT")[..] else { panic!("{:?}", kept.told("ASSAULT")) };
    let before = kept.events("ASSAULT").remove(0);
    let place = before.place.clone().expect("a place").id;
    let somebody = before.actors.first().expect("an actor").id;
    let none = Recoding::default;
    let day = DayRange { from: date(2024, 3, 6), to: date(2024, 3, 7) };
    type Test = fn(&EventRow) -> bool;
    let steps: Vec<(Recoding, Test)> = vec![
        (Recoding { modes: Some(vec![Mode::Beat]), ..none() }, |event| event.modes == [Mode::Beat]),
        (Recoding { event: Some(EventType::Coerce), modes: Some(vec![Mode::Arrest]), ..none() }, |event| {
            event.event == EventType::Coerce && event.modes == [Mode::Arrest]
        }),
        (Recoding { contexts: Some(vec![Context::Crime]), ..none() }, |event| {
            event.contexts == [Context::Crime]
        }),
        (Recoding { status: Some(Status::Denied), ..none() }, |event| event.status == Status::Denied),
        (Recoding { date: Some(Some(day)), ..none() }, |event| {
            event.date.is_some_and(|days| (days.from, days.to) == (date(2024, 3, 6), date(2024, 3, 7)))
        }),
        (Recoding { place: Some(None), ..none() }, |event| event.place.is_none()),
        (Recoding { actors: Some(vec![]), ..none() }, |event| event.actors.is_empty()),
    ];
    let mut made = Vec::new();
    for (recoding, test) in &steps {
        made.push(kept.correct(event, &Correction::Recode(recoding.clone())));
        let row = kept.open().event_row(event).expect("an answer").expect("the event");
        assert!(test(&row), "{recoding:?}: {row:?}");
    }
    made.push(
        kept.correct(event, &Correction::Recode(Recoding { recipients: Some(vec![somebody]), ..none() })),
    );
    kept.recode("test 2", 1);
    kept.add(LATER);
    let row = kept.open().event_row(event).expect("an answer").expect("the event");
    // The first step was about a mode of the type that it had then.
    assert!(steps[1..].iter().all(|(_, test)| test(&row)), "{row:?}");
    assert_eq!(row.recipients.iter().map(|party| party.id).collect::<Vec<_>>(), [somebody]);
    assert_eq!(row.n_reports, 3);
    assert_eq!(kept.told("COERCE/arrest"), [(event, 3)], "filters take what people say");
    assert_eq!(made[1].before["event"], "ASSAULT");
    assert_eq!(made[1].after["mode"], serde_json::json!(["arrest"]));

    let earlier = kept.open().undo(&ADA, made[0].id).expect_err("others were made later");
    assert!(earlier.to_string().contains("undo that first"), "{earlier}");
    for entry in made.iter().rev() {
        kept.undo(entry);
    }
    let after = kept.open().event_row(event).expect("an answer").expect("the event");
    assert_eq!((after.event, &after.modes, after.status), (before.event, &before.modes, before.status));
    assert_eq!((after.place.map(|place| place.id), after.actors), (Some(place), before.actors));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let kept = kept(&[RESIDENTS]);
    let [(event, 1)] = kept.told("ASSAULT")[..] else { panic!("{:?}", kept.told("ASSAULT")) };
    let recode = |recoding: Recoding| Correction::Recode(recoding);
    let none = Recoding::default;
    for (id, correction, expected) in [
        (99, Correction::Accept, "there is no event e99".to_owned()),
        (event, Correction::Merge { with: 99 }, "there is no event e99".to_owned()),
        (event, recode(none()), format!("e{event} has these values already")),
        (
            event,
            recode(Recoding { event: Some(EventType::Assault), ..none() }),
            format!("e{event} has these values already"),
        ),
        (
            event,
            recode(Recoding { modes: Some(vec![Mode::Strike]), ..none() }),
            "`strike` is not a mode of ASSAULT".to_owned(),
        ),
        (
            event,
            recode(Recoding { actors: Some(vec![99]), ..none() }),
            "there is no a99 in this record".to_owned(),
        ),
        (
            event,
            recode(Recoding { place: Some(Some(99)), ..none() }),
            "there is no p99 in this record".to_owned(),
        ),
    ] {
        assert_eq!(kept.refusal(id, &correction), expected, "{correction:?}");
    }
    let unknown = kept.open().undo(&ADA, 7).expect_err("there is none");
    assert_eq!(unknown.to_string(), "there is no correction c7");
    assert!(kept.open().corrections(&Filters::default()).expect("the journal").is_empty());
}
