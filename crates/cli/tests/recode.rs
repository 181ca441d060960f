//! `dateline recode`: what another version coded is coded anew, and what was found before is kept as history.

mod support;

use rusqlite::Connection;
use support::{dateline, lines, write};

const REPORTS: &str = concat!(
    r#"{"id":"a","url":"https://harbour.example/a","outlet":"Harbour Post","published":"2024-05-03","#,
    r#""text":"Gunmen opened fire on a market in Nairobi on Thursday, killing nine people, the police said. The foreign minister of Kenya condemned the attack."}"#,
    "\n",
    r#"{"id":"b","url":"https://wire.example/b","outlet":"Valley Wire","published":"2024-05-03","#,
    r#""text":"Peru and Chile signed a trade agreement in Lima on Friday, the foreign ministry of Peru announced."}"#,
    "\n",
    r#"{"id":"c","url":"https://hafen.example/c","outlet":"Hafenbote","published":"2024-05-03","#,
    r#""text":"Die Fähren fahren wieder nach Marenko, sagte der Bürgermeister am Montag. Sie brachten zweihundert Menschen und die Post des letzten Winters in die Stadt."}"#,
    "\n",
);

fn number(record: &str, query: &str) -> i64 {
    let connection = Connection::open(record).expect("the record opens");
    // The index of actors, posting by posting.
    let spoken = "CREATE VIRTUAL TABLE temp.spoken USING fts5vocab(main, spoken_of, instance)";
    connection.execute_batch(spoken).expect("a view of the index");
    connection.query_row(query, [], |row| row.get(0)).expect("a number")
}

/// The events as they are told, without their numbers, which new codings may change.
fn events(record: &str) -> Vec<String> {
    let run = dateline(&["events", "--record", record, "--format", "jsonl"]);
    let told = |event: serde_json::Value| {
        let actors: Vec<&serde_json::Value> =
            event["actor"].as_array().expect("actors").iter().map(|actor| &actor["name"]).collect();
        format!("{} {} {actors:?} {} {}", event["event"], event["mode"], event["date"], event["n_reports"])
    };
    let mut events: Vec<String> = lines(&run.stdout).into_iter().map(told).collect();
    events.sort();
    events
}

fn make_older(record: &str) {
    let connection = Connection::open(record).expect("the record opens");
    connection.execute("UPDATE run SET software = 'dateline 0.0.0'", []).expect("changed");
}

const TELLINGS: &str = "SELECT count(*) FROM mention WHERE until IS NULL";
const OLD_TELLINGS: &str = "SELECT count(*) FROM mention WHERE until IS NOT NULL";
const NAMES: &str = "SELECT sum(n_reports) FROM actor_name";
const ACTORS: &str = "SELECT count(*) FROM spoken";

#[test]
fn the_same_is_found_again_and_what_was_there_is_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reports = write(folder.path(), "reports.jsonl", REPORTS);
    let record = folder.path().join("r.sqlite").display().to_string();
    assert_eq!(dateline(&["ingest", &reports, "--record", &record]).status, 0);
    let nothing = dateline(&["recode", "--record", &record]);
    assert!(nothing.stderr.contains("0 reports coded anew"), "{}", nothing.stderr);

    let before = events(&record);
    assert!(before.len() >= 3, "{before:?}");
    let counts = [TELLINGS, NAMES, ACTORS].map(|query| number(&record, query));
    make_older(&record);
    let run = dateline(&["recode", "--record", &record]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("3 reports coded anew"), "{}", run.stderr);
    assert_eq!(events(&record), before);
    assert_eq!([TELLINGS, NAMES, ACTORS].map(|query| number(&record, query)), counts);
    assert_eq!(number(&record, OLD_TELLINGS), counts[0]);
    assert_eq!(number(&record, "SELECT count(*) FROM run"), 3);
}

#[test]
fn a_report_in_which_nothing_is_found_any_more_names_nobody() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reports = write(folder.path(), "reports.jsonl", REPORTS);
    let record = folder.path().join("r.sqlite").display().to_string();
    assert_eq!(dateline(&["ingest", &reports, "--record", &record]).status, 0);
    let named = "SELECT length(actors) > 1 FROM report WHERE name = 'a'";
    assert_eq!(number(&record, named), 1);
    make_older(&record);
    // The text of a report in another language, packed as it is.
    let connection = Connection::open(&record).expect("the record opens");
    let change = "UPDATE report SET text = (SELECT text FROM report WHERE name = 'c') WHERE name = 'a'";
    connection.execute(change, []).expect("changed");
    drop(connection);

    let run = dateline(&["recode", "--record", &record]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(number(&record, named), 0);
    let of_a = "SELECT count(*) FROM spoken JOIN report ON report.id = spoken.doc WHERE report.name = 'a'";
    assert_eq!(number(&record, of_a), 0);
    let told = events(&record);
    assert!(!told.is_empty() && told.iter().all(|event| !event.contains("ASSAULT")), "{told:?}");
}
