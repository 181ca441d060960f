//! A record as a person asks it: tables, JSON lines, CSV; hostile reports and hostile questions.

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::{Run, dateline, lines, objects, repository, slice, write};

/// A record of these paths.
fn record(folder: &tempfile::TempDir, paths: &[&str]) -> String {
    let record = folder.path().join("r.sqlite").display().to_string();
    let run = dateline(&[&["ingest", "--record", &record], paths].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    record
}

fn ask(command: &str, record: &str, more: &[&str]) -> Run {
    dateline(&[&[command, "--record", record], more].concat())
}

#[test]
fn every_list_has_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let examples = ["examples/seoul-talks", "examples/skarvholm-harbour"].map(repository);
    let record = record(&folder, &examples.each_ref().map(String::as_str));
    for command in ["events", "statements", "actors", "places", "reports", "timeline", "tension"] {
        let table = ask(command, &record, &["--limit", "3"]);
        assert_eq!(
            (table.status, table.stdout.lines().count() > 3),
            (0, true),
            "{command}: {}",
            table.stderr
        );
        let json = ask(command, &record, &["--format", "jsonl"]);
        assert_eq!((json.status, json.stderr.as_str()), (0, ""), "{command}");
        let rows = lines(&json.stdout);
        let csv = ask(command, &record, &["--format", "csv"]);
        let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
        let n_columns = reader.headers().expect("headings").len();
        let records: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(records.len(), rows.len(), "{command}");
        assert!(records.iter().all(|row| row.len() == n_columns), "{command}");
        assert!(rows.len() > 3, "{command}: {} rows", rows.len());
        let page = ask(command, &record, &["--format", "jsonl", "--limit", "2", "--offset", "1"]);
        assert_eq!(lines(&page.stdout)[..], rows[1..3], "{command}");
    }
    let diff = ask("diff", &record, &["2022-04-18", "2022-04-19", "--format", "jsonl"]);
    assert!(lines(&diff.stdout).iter().any(|row| row["change"] == "changed"), "{}", diff.stdout);
}

#[cfg(feature = "parquet")]
#[test]
fn lists_are_written_as_parquet_with_types() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let folder = tempfile::tempdir().expect("a temporary folder");
    let record =
        record(&folder, &[&repository("examples/seoul-talks"), &repository("examples/skarvholm-harbour")]);
    let days = ["2022-04-17", "2022-04-19"];
    for command in [
        "events",
        "statements",
        "actors",
        "places",
        "discrepancies",
        "reports",
        "timeline",
        "tension",
        "diff",
    ] {
        let more: &[&str] = if command == "diff" { &days } else { &[] };
        let path = folder.path().join(format!("{command}.parquet"));
        let output = path.display().to_string();
        let run = ask(command, &record, &[&["--format", "parquet", "-o", &output], more].concat());
        assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{command}");
        let csv = ask(command, &record, &[&["--format", "csv"], more].concat());
        let mut csv = csv::Reader::from_reader(csv.stdout.as_bytes());
        let names: Vec<String> = csv.headers().expect("headings").iter().map(str::to_owned).collect();
        let expected: Vec<csv::StringRecord> = csv.records().map(|row| row.expect("a row")).collect();
        let reader = SerializedFileReader::new(std::fs::File::open(&path).expect("a file")).expect("Parquet");
        let rows: Vec<_> = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
        assert!(!rows.is_empty() && rows.len() == expected.len(), "{command}");
        for (row, expected) in rows.iter().zip(&expected) {
            let columns: Vec<(&String, &Field)> = row.get_column_iter().collect();
            assert_eq!(
                columns.iter().map(|column| column.0).collect::<Vec<_>>(),
                names.iter().collect::<Vec<_>>()
            );
            for ((name, field), cell) in columns.into_iter().zip(expected) {
                let fits = match field {
                    Field::Null => cell.is_empty(),
                    Field::Str(text) => text == cell,
                    Field::Long(number) => number.to_string() == cell,
                    Field::Double(number) => (number - cell.parse::<f64>().expect("a number")).abs() < 1e-6,
                    Field::Date(_) => field.to_string().starts_with(cell),
                    _ => false,
                };
                assert!(fits, "{command}: {name}: {field:?}, {cell:?}");
            }
        }
        if command == "events" {
            let kinds: Vec<(&str, bool)> = rows[0]
                .get_column_iter()
                .filter(|(name, _)| matches!(name.as_str(), "scale" | "reports" | "first_told"))
                .map(|(name, field)| {
                    (name.as_str(), matches!(field, Field::Double(_) | Field::Long(_) | Field::Date(_)))
                })
                .collect();
            assert_eq!(kinds, [("scale", true), ("reports", true), ("first_told", true)]);
        }
    }
}

#[test]
fn an_export_of_a_record_is_filtered_as_its_events_are() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let record =
        record(&folder, &[&repository("examples/seoul-talks"), &repository("examples/skarvholm-harbour")]);
    for filters in [
        &["--dyad", "KOR,PRK"][..],
        &["--event", "CONSULT", "--min-independent", "2"],
        &["--from", "2022-04-18", "--to", "2022-04-19"],
        &["--quad", "4", "--text", "harbour"],
        &["--country", "KOR"],
    ] {
        let mut expected: Vec<String> =
            lines(&ask("events", &record, &[&["--format", "jsonl"], filters].concat()).stdout)
                .iter()
                .map(|event| event["id"].as_str().expect("an id").trim_start_matches('e').to_owned())
                .collect();
        let run = ask("export", &record, &[&["--format", "csv"], filters].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let mut csv = csv::Reader::from_reader(run.stdout.as_bytes());
        let mut found: Vec<String> = csv.records().map(|row| row.expect("a row")[0].to_owned()).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{filters:?}");
        assert!(!found.is_empty(), "{filters:?}");
    }
    for (arguments, expected) in [
        (&["--record", &record, "--from", "text"][..], "with `--record` the value of `--from` is a day"),
        (&["x.txt", "--from", "2022-04-18"], "with `--record FILE` it is a day"),
        (&["x.txt", "--actor", "KOR"], "name it with `--record FILE`"),
        (
            &["--record", &record, "--table", "statements", "--event", "AID"],
            "statements are chosen by --actor",
        ),
    ] {
        let run = dateline(&[&["export", "--format", "csv"], arguments].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(expected), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_statement_has_a_history() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = |name: &str, day: &str, dead: &str| {
        format!(
            r#"{{"id":"{name}","url":"https://{name}.example/1","outlet":"{name}","published":"{day}","text":"Kenya's interior minister John Kamau said on Thursday that the attackers had killed {dead} people at the crowded market."}}"#
        )
    };
    let reports = [
        report("Post", "2024-05-02", "12"),
        report("Wire", "2024-05-03", "12"),
        report("Times", "2024-05-04", "nine"),
    ];
    let reports = write(folder.path(), "reports.jsonl", reports.join("\n"));
    let record = record(&folder, &[&reports]);
    let statements = lines(&ask("statements", &record, &["--format", "jsonl"]).stdout);
    let statement = statements.iter().find(|statement| statement["n_reports"] == 3).expect("one statement");
    let history: Vec<String> = statement["history"]
        .as_array()
        .expect("a history")
        .iter()
        .map(|told| format!("{} {} {}", told["day"], told["outlet"], told["numbers"]))
        .collect();
    assert_eq!(history, [r#""2024-05-02" "Post" [12]"#, r#""2024-05-04" "Times" [9]"#]);
    let id = statement["id"].as_str().expect("an id");
    let shown = ask("show", &record, &["statement", id]).stdout;
    assert!(shown.contains("\nHistory\n  2024-05-02  r1 Post  “"), "{shown}");
}

#[test]
fn evidence_in_json_lines_slices_to_its_text() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let record = record(&folder, &[&repository("examples/seoul-talks")]);
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for report in lines(&ask("reports", &record, &["--format", "jsonl"]).stdout) {
        let id = report["id"].as_str().expect("an id").to_owned();
        let shown = ask("show", &record, &["report", &id, "--format", "json"]);
        let shown: Value = serde_json::from_str(&shown.stdout).expect("JSON");
        texts.insert(id, shown["text"].as_str().expect("a text").to_owned());
    }
    let mut n_spans = 0;
    for command in ["events", "statements", "discrepancies"] {
        for row in lines(&ask(command, &record, &["--format", "jsonl"]).stdout) {
            objects(&row, &mut |object| {
                let span = ["report", "start", "end", "text"].map(|key| object.get(key));
                let [Some(report), Some(start), Some(end), Some(text)] = span else { return };
                let (start, end) = (start.as_u64().expect("a start"), end.as_u64().expect("an end"));
                let report = &texts[report.as_str().expect("a report id")];
                assert_eq!(slice(report, start, end), text.as_str().expect("words"), "{command}");
                n_spans += 1;
            });
        }
    }
    assert!(n_spans > 100, "{n_spans} spans");
}

const PERU: &str = "Peru's government condemned the raid on the port of Callao on Monday.\n\n\
                    The foreign minister of Peru met the president of Chile in Lima on Tuesday.\n";

#[test]
fn tables_and_details_read_well() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let line = |id: &str, outlet: &str| {
        let text = Value::from(PERU);
        format!(
            "{{\"id\": \"{id}\", \"outlet\": \"{outlet}\", \"published\": \"2023-05-03\", \"text\": {text}}}\n"
        )
    };
    let path = write(folder.path(), "peru.jsonl", line("a", "Valley Wire"));
    let record = record(&folder, &[&path, "--article"]);
    let reports = ask("reports", &record, &[]);
    insta::assert_snapshot!(reports.stdout, @r"
     id   published    outlet        title   source   events
    ─────────────────────────────────────────────────────────
     r1   2023-05-03   Valley Wire           own      3
    ");
    let events = ask("events", &record, &["--actor", "PER", "--event", "ACCUSE"]);
    insta::assert_snapshot!(events.stdout, @r"
     id   date         event               actor   recipient   place   reports
    ───────────────────────────────────────────────────────────────────────────
     e1   2023-05-01   ACCUSE/disapprove   Peru                        1
    ");
    let tension = ask("tension", &record, &["--dyad", "PER,CHL"]);
    insta::assert_snapshot!(tension.stdout, @r"
     date         events   conflict   cooperation   sum   mean
    ───────────────────────────────────────────────────────────
     2023-05-02   1        0          1             2.5   2.5
    ");
    let id =
        lines(&ask("events", &record, &["--event", "ACCUSE", "--format", "jsonl"]).stdout)[0]["id"].clone();
    let shown = ask("show", &record, &["event", id.as_str().expect("an id")]);
    insta::assert_snapshot!(shown.stdout, @r"
    e1  ACCUSE/disapprove
      actor      a1  Peru (PER/GOV)
      date       2023-05-01
      scale      -2 (verbal conflict)
      reports    1
      confidence 0.81

    Evidence
      r1  Valley Wire, 2023-05-03
          “Peru's government condemned the raid on the port of Callao on Monday.”

    Who says what
      date       2023-05-01: r1
      status     reported: r1
    ");
}

#[test]
fn wrong_questions_are_answered_with_what_would_be_right() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = write(folder.path(), "peru.txt", PERU);
    let record = record(&folder, &[&path, "--article"]);
    for (command, arguments, status, told) in [
        ("events", &["--event", "ATTACK"][..], 2, "`ATTACK` is not an event type (AGREE, CONSULT"),
        ("events", &["--event", "PROTEST/riots"], 2, "`riots` is not a mode of PROTEST (demo, riot"),
        ("events", &["--dyad", "KOR"], 2, "`KOR` does not name two sides with a comma between them"),
        ("events", &["--actor", "KOR/ARMY"], 2, "`ARMY` is not a sector (GOV, MIL"),
        ("events", &["--from", "Monday"], 2, "`Monday` is not a day; write it as 2022-04-18"),
        ("events", &["--text", "-film"], 2, "there is no word to look for"),
        ("places", &["--country", "Atlantis"], 2, "`Atlantis` is not a country"),
        ("diff", &["2023-05-03", "2023-05-03"], 2, "2023-05-03 is not later than 2023-05-03"),
        ("show", &["event", "e999"], 1, "the record has no event `e999`"),
        ("show", &["report", "nobody.txt"], 1, "the record has no report `nobody.txt`"),
    ] {
        let run = ask(command, &record, arguments);
        assert_eq!((run.status, run.stdout.as_str()), (status, ""), "{command} {arguments:?}");
        assert!(run.stderr.contains(told), "{command} {arguments:?}: {}", run.stderr);
    }
    let missing = ask("events", "no-such.sqlite", &[]);
    assert!(missing.status == 1 && missing.stderr.contains("no such record"), "{}", missing.stderr);
    let foreign = ask("events", &path, &[]);
    assert!(foreign.status == 1 && foreign.stderr.contains("not a record"), "{}", foreign.stderr);
}

#[test]
fn hostile_texts_come_out_as_plain_text() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let evil = "\u{1b}[2J\u{202e}<script>alert(1)</script>, \"x\"\t=cmd|' /C calc'!A0";
    let report = serde_json::json!({
        "id": evil, "outlet": evil, "title": evil, "published": "2023-05-03", "url": format!("javascript:{evil}"),
        "text": format!("{PERU}\nPeru's government condemned {evil} on Monday.\n\nThe army of Chile arrested Bobby'); DROP TABLE event;-- in Lima on Tuesday."),
    });
    let path = write(folder.path(), "evil.jsonl", format!("{report}\n"));
    let record = record(&folder, &[&path, "--article"]);
    for command in ["events", "statements", "actors", "places", "discrepancies", "reports", "timeline"] {
        let table = ask(command, &record, &[]);
        assert_eq!(table.status, 0, "{command}: {}", table.stderr);
        let obeyed = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!table.stdout.contains(obeyed), "{command}: {:?}", table.stdout);
        lines(&ask(command, &record, &["--format", "jsonl"]).stdout);
        let csv = ask(command, &record, &["--format", "csv"]);
        let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
        assert!(reader.records().all(|row| row.is_ok()), "{command}");
    }
    let shown = ask("show", &record, &["report", "r1"]);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    assert!(!shown.stdout.contains(['\u{1b}', '\u{202e}']), "{:?}", shown.stdout);
    let json = lines(&ask("reports", &record, &["--format", "jsonl"]).stdout);
    assert_eq!(json[0]["outlet"], evil, "JSON and CSV hold the text exactly");
    let csv = ask("reports", &record, &["--format", "csv"]).stdout;
    let row = csv::Reader::from_reader(csv.as_bytes()).records().next().expect("a row").expect("a row");
    assert_eq!(&row[2], evil);
    for question in
        ["' OR 1=1 --", "\"; DROP TABLE event; --", "%", "NEAR(a, b)", "Bobby'); DROP TABLE event;--"]
    {
        for flag in ["--actor", "--text"] {
            let run = ask("events", &record, &[flag, question]);
            assert!(matches!(run.status, 0 | 2), "{flag} {question}: {}", run.stderr);
        }
    }
    assert!(!lines(&ask("events", &record, &["--format", "jsonl"]).stdout).is_empty(), "nothing was dropped");
}
