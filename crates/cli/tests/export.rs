//! `dateline export`: each format from reports, what is said of losses, the dictionaries, and wrong usage.

mod support;

use support::{dateline, lines, write};

const REPORTS: &str = concat!(
    r#"{"id":"a","url":"https://harbour.example/1","outlet":"Harbour Post","published":"2022-04-18","#,
    r#""text":"Two drones struck the depot at Marenko on Sunday.\n\nPeru may sue Chile, the mayor said."}"#,
    "\n",
    r#"{"id":"b","outlet":"=Valley\tWire","text":"Peru's government condemned the attack in Lima."}"#,
    "\n",
);

#[test]
fn every_format_is_written_and_says_what_it_left_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reports = write(folder.path(), "reports.jsonl", REPORTS);
    for (format, n_columns) in
        [("polecat", 40), ("icews", 20), ("gdelt", 61), ("gdelt-mentions", 16), ("phoenix", 26)]
    {
        let run = dateline(&["export", &reports, "--article", "--format", format]);
        assert_eq!(run.status, 0, "{format}: {}", run.stderr);
        assert!(run.stdout.lines().count() >= 1, "{format}");
        for line in run.stdout.lines() {
            assert_eq!(line.split('\t').count(), n_columns, "{format}: {line}");
        }
        assert!(run.stderr.contains("no report tells the day"), "{format}: {}", run.stderr);
    }
    let plover = dateline(&["export", &reports, "--article", "--format", "plover"]);
    assert!(lines(&plover.stdout).iter().any(|event| event["event"][0] == "ASSAULT"), "{}", plover.stdout);
    let csv = dateline(&["export", &reports, "--article", "--format", "csv", "--table", "reports"]);
    assert!(csv.stdout.contains("\nb,\"=Valley\tWire\","), "{}", csv.stdout);
    let geojson = dateline(&["export", &reports, "--article", "--format", "geojson"]);
    assert!(geojson.stdout.starts_with("{\"type\":\"FeatureCollection\""), "{}", geojson.stdout);
}

#[test]
fn parquet_is_the_same_twice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reports = write(folder.path(), "reports.jsonl", REPORTS);
    let export = |name: &str, threads: &str| {
        let path = folder.path().join(name);
        let output = path.display().to_string();
        let run = dateline(&["export", &reports, "--format", "parquet", "-o", &output, "--threads", threads]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        std::fs::read(path).expect("the file")
    };
    let bytes = export("a.parquet", "1");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    assert!(bytes == export("b.parquet", "2"));
}

#[test]
fn a_dictionary_needs_no_reports() {
    let run = dateline(&["export", "--format", "gdelt", "--dictionary"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.starts_with("# `gdelt`: GDELT 2.0 events\n"), "{}", run.stdout);
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("| ") && line.contains("| `")).count(), 61);
}

#[test]
fn wrong_usage_writes_nothing() {
    for (arguments, expected) in [
        (&["export", "x.txt", "--format", "icews", "--table", "evidence"][..], "goes with csv and parquet"),
        (&["export", "x.txt", "--format", "stix"], "possible values: plover, polecat, icews"),
        (&["export", "--format", "icews"], "REPORT"),
    ] {
        let run = dateline(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(expected), "{arguments:?}: {}", run.stderr);
    }
}
