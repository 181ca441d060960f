//! What people have corrected in a record: as rows, and as cases that the corpus reader and `eval` take.

mod support;

use dateline_eval::corpus::{ExpectedDate, MarkLabel, MarkedText, read_corpus};
use dateline_plover::EventType;
use dateline_record::{Correction, Editor, Filters, Recoding, Record};
use std::path::Path;
use support::{dateline, lines, write};

const REPORTS: &str = concat!(
    r#"{"id":"a","outlet":"Harbour Post","published":"2024-05-03","#,
    r#""text":"Kenya's army bombed a market in Nairobi on Thursday. Uganda condemned Kenya on Friday. Chile praised Peru on Friday."}"#,
    "\n",
    r#"{"id":"b","outlet":"Valley Wire","published":"2024-05-03","#,
    r#""text":"Kenya's army bombed a market in Nairobi on Thursday. Peru helped Chile."}"#,
    "\n",
);

const ADA: Editor = Editor { who: "Ada", made: Some("2026-11-28T01:20:00Z"), why: Some("=read it") };

/// The one event of a type.
fn event_of(record: &mut Record, kind: &str) -> i64 {
    let event = vec![kind.parse().expect("a type")];
    let events = record.events(&Filters { event, ..Filters::default() }).expect("events");
    assert_eq!(events.len(), 1, "{kind}: {events:?}");
    events[0].id
}

#[test]
fn the_journal_is_listed_and_its_cases_are_read_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reports = write(folder.path(), "reports.jsonl", REPORTS);
    let path = folder.path().join("r.sqlite").display().to_string();
    assert_eq!(dateline(&["ingest", &reports, "--record", &path]).status, 0);
    let none = dateline(&["corrections", "--record", &path]);
    assert!(none.status == 0 && none.stderr.contains("nothing in the record fits"), "{}", none.stderr);

    let mut record = Record::open(Path::new(&path)).expect("the record");
    let (assault, accuse) = (event_of(&mut record, "ASSAULT"), event_of(&mut record, "ACCUSE"));
    let praise = event_of(&mut record, "SUPPORT");
    record.correct(&ADA, assault, &Correction::Accept).expect("accepted");
    let recoding = Recoding { event: Some(EventType::Reject), modes: Some(vec![]), ..Recoding::default() };
    record.correct(&ADA, accuse, &Correction::Recode(recoding)).expect("recoded");
    let rejected = record.correct(&ADA, praise, &Correction::Reject).expect("rejected");
    record.close().expect("closed");

    let rows = lines(&dateline(&["corrections", "--record", &path, "--format", "jsonl"]).stdout);
    let kinds: Vec<&str> = rows.iter().map(|row| row["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["reject", "recode", "accept"]);
    assert_eq!(rows[1]["before"]["event"], "ACCUSE");
    assert_eq!(rows[1]["after"]["event"], "REJECT");
    let csv = dateline(&["corrections", "--record", &path, "--format", "csv"]).stdout;
    assert!(
        csv.starts_with("id,kind,event,other,who,made,why,before,after,tellings,undoes,undone_by\n"),
        "{csv}"
    );
    let table = dateline(&["corrections", "--record", &path]).stdout;
    assert!(table.contains(&format!("recode e{accuse}: event ACCUSE -> REJECT")), "{table}");
    let shown = dateline(&["show", "event", &format!("e{accuse}"), "--record", &path]).stdout;
    assert!(shown.contains("REJECT") && shown.contains("Corrected") && shown.contains("Ada"), "{shown}");
    let shown = dateline(&["show", "event", &format!("e{praise}"), "--record", &path]).stdout;
    assert!(shown.contains("Rejected") && shown.contains("Chile praised Peru"), "{shown}");
    let export = dateline(&["export", "--record", &path, "--format", "plover"]).stdout;
    assert!(
        export.contains("REJECT") && !export.contains("SUPPORT") && !export.contains("ACCUSE"),
        "{export}"
    );

    let gold = folder.path().join("judged.sentences").display().to_string();
    let run = dateline(&["corrections", "--record", &path, "--format", "cases", "-o", &gold]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("1 left out: it is written already"), "{}", run.stderr);
    let cases = read_corpus(&[gold.clone().into()]).expect("well formed");
    let case = |begin: &str| -> &MarkedText {
        let found: Vec<&MarkedText> = cases.iter().filter(|case| case.text.starts_with(begin)).collect();
        assert_eq!(found.len(), 1, "{begin}: {cases:?}\n{}", run.stderr);
        found[0]
    };
    let words = |case: &MarkedText, label| -> Vec<String> {
        case.spans(label, 0).map(|span| span.of(&case.text).to_owned()).collect()
    };
    let bombed = case("Kenya's army");
    assert_eq!(bombed.events[0].event, EventType::Assault);
    assert!(words(bombed, MarkLabel::Trigger)[0].starts_with("bombed"), "{bombed:?}");
    assert_eq!(words(bombed, MarkLabel::Place), ["Nairobi"]);
    assert_eq!(words(bombed, MarkLabel::Time).len(), 1);
    assert!(matches!(bombed.events[0].date, Some(ExpectedDate::Days(..))));
    let condemned = case("Uganda condemned");
    assert_eq!(condemned.events[0].event, EventType::Reject);
    assert_eq!(
        (words(condemned, MarkLabel::Actor), words(condemned, MarkLabel::Recipient)),
        (vec!["Uganda".to_owned()], vec!["Kenya".to_owned()])
    );
    assert!(case("Chile praised").events.is_empty());
    assert!(cases.iter().all(|case| !case.text.starts_with("Peru helped")), "nobody has judged that");
    let eval = dateline(&["eval", "coding", "--gold", &gold]);
    assert_eq!(eval.status, 0, "{}", eval.stderr);

    let mut record = Record::open(Path::new(&path)).expect("the record");
    record.undo(&ADA, rejected.id).expect("undone");
    record.close().expect("closed");
    let run = dateline(&["corrections", "--record", &path, "--format", "cases"]);
    assert!(!run.stdout.contains("praised"), "{}", run.stdout);
}

#[test]
fn a_name_is_needed_to_edit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reports = write(folder.path(), "reports.jsonl", REPORTS);
    let path = folder.path().join("r.sqlite").display().to_string();
    assert_eq!(dateline(&["ingest", &reports, "--record", &path]).status, 0);
    let run = dateline(&["serve", "--record", &path, "--port", "0", "--edit", " "]);
    assert_eq!(
        (run.status, run.stderr.contains("a name of 1 to 80 characters")),
        (2, true),
        "{}",
        run.stderr
    );
    let missing = folder.path().join("none.sqlite");
    let run =
        dateline(&["serve", "--record", &missing.display().to_string(), "--port", "0", "--edit", "Ada"]);
    assert!(run.status == 1 && !missing.exists(), "{}", run.stderr);
}
