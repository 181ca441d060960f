//! What a record keeps whatever happens: `dateline ingest` run again, killed, out of space, beside another writer.

use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn ingest(input: &Path, record: &Path) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["ingest", "--threads", "2", "--record"])
        .args([record, input])
        .output()
        .expect("the binary runs")
}

fn told(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

fn open(record: &Path) -> Connection {
    Connection::open_with_flags(record, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the record opens")
}

fn number(connection: &Connection, query: &str) -> i64 {
    connection.query_row(query, [], |row| row.get(0)).expect("a number")
}

/// So many short reports as JSONL, each of another happening.
fn reports(n: usize) -> String {
    const TOWNS: [&str; 6] = ["Seoul", "Nairobi", "Lima", "Ankara", "Dhaka", "Oslo"];
    const DEEDS: [&str; 5] = [
        "Police arrested {n} protesters outside parliament in {town} on Monday.",
        "The foreign ministers of Kenya and Peru met in {town} on Monday for talks on trade in {n} goods.",
        "Gunmen opened fire on a market in {town}, killing {n} people, the mayor said.",
        "Turkey condemned the raid on {town} and recalled its ambassador after {n} days.",
        "Workers of {n} factories in {town} went on strike on Monday.",
    ];
    let mut lines = String::new();
    for number in 0..n {
        let town = TOWNS[number % TOWNS.len()];
        let deed = |at: usize| {
            DEEDS[(number + at) % DEEDS.len()]
                .replace("{n}", &(number + 2).to_string())
                .replace("{town}", town)
        };
        let day = 1 + number % 28;
        writeln!(
            lines,
            r#"{{"id":"r{number}","url":"https://news.example/{number}","outlet":"Post {}","published":"2024-02-{day:02}","text":"{} {} Nobody else spoke of number {number}."}}"#,
            number % 7,
            deed(0),
            deed(1),
        )
        .expect("strings can be written to");
    }
    lines
}

#[test]
fn the_same_again_adds_nothing_and_another_text_is_a_version() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, record) = (folder.path().join("in.jsonl"), folder.path().join("r.sqlite"));
    std::fs::write(&input, reports(12)).expect("written");
    let first = ingest(&input, &record);
    assert!(first.status.success(), "{}", told(&first));
    assert!(told(&first).starts_with("12 reports added, "), "{}", told(&first));
    let mentions = number(&open(&record), "SELECT count(*) FROM mention");
    assert!(mentions >= 12, "{mentions}");
    let again = ingest(&input, &record);
    assert!(told(&again).starts_with("0 reports added, 12 there already"), "{}", told(&again));
    assert_eq!(number(&open(&record), "SELECT count(*) FROM mention"), mentions);

    let changed = reports(12).replace("Nobody else spoke of number 3.", "Everybody spoke of it.");
    std::fs::write(&input, changed).expect("written");
    let third = ingest(&input, &record);
    assert!(
        told(&third).starts_with("1 report added, 1 of them new versions, 11 there already"),
        "{}",
        told(&third)
    );
    let connection = open(&record);
    let versions = "SELECT group_concat(version) FROM report WHERE url = 'https://news.example/3'";
    let versions: String = connection.query_row(versions, [], |row| row.get(0)).expect("versions");
    assert_eq!(versions, "1,2");
    // Both versions are one source.
    let independent = "SELECT max(n_independent) FROM event JOIN mention ON mention.event = event.id \
        JOIN report ON report.id = mention.report WHERE report.url = 'https://news.example/3'";
    assert_eq!(number(&connection, independent), 1);
}

#[test]
fn versions_that_come_together_are_versions_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, record) = (folder.path().join("in.jsonl"), folder.path().join("r.sqlite"));
    let report = |text: &str| {
        format!(r#"{{"id":"a","url":"https://news.example/a","published":"2024-05-03","text":"{text}"}}"#)
    };
    let lines = [
        "Gunmen opened fire on a market in Nairobi on 2 May, killing nine people, the police said.",
        "The mayor of Nairobi condemned an attack in which ten people died at a market.",
        "Eleven victims of the shooting at the market were buried in Nairobi on Friday.",
    ];
    std::fs::write(&input, lines.map(report).join("\n")).expect("written");
    let added = ingest(&input, &record);
    assert!(told(&added).starts_with("3 reports added, 2 of them new versions"), "{}", told(&added));
    // The origin of the first is that of all, however much was rewritten.
    assert_eq!(number(&open(&record), "SELECT count(DISTINCT source_group) FROM report"), 1);
    assert_eq!(number(&open(&record), "SELECT count(DISTINCT replaces) FROM report"), 2);
}

#[test]
fn a_corrected_version_withdraws_what_the_one_before_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, record) = (folder.path().join("in.jsonl"), folder.path().join("r.sqlite"));
    let report = |day: &str, dead: &str, note: &str| {
        format!(
            r#"{{"id":"a","url":"https://news.example/a","outlet":"Harbour Post","published":"{day}","text":"Gunmen opened fire on a market in Nairobi on 2 May, killing {dead} people, the police said. The mayor condemned the attack.{note}"}}"#
        )
    };
    let ask = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(arguments)
            .args(["--format", "jsonl", "--record"])
            .arg(&record)
            .output()
            .expect("the binary runs");
        let lines = String::from_utf8(output.stdout).expect("UTF-8");
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    std::fs::write(&input, report("2024-05-03", "12", "")).expect("written");
    assert!(ingest(&input, &record).status.success());
    let note = "\\n\\nAn earlier version of this story said 12 people had been killed in the attack.";
    std::fs::write(&input, report("2024-05-04", "nine", note)).expect("written");
    let second = ingest(&input, &record);
    assert!(told(&second).contains("1 of them new versions"), "{}", told(&second));

    let attacks = ask(&["events", "--event", "ASSAULT"]);
    assert_eq!(attacks.len(), 1, "what the note says was wrong is no event: {attacks:?}");
    let counts: Vec<i64> = attacks[0]["fields"]["size"]
        .as_array()
        .expect("sizes")
        .iter()
        .filter_map(|size| size["value"]["count"].as_i64())
        .collect();
    assert_eq!(counts, [9]);
    let differ = ask(&["discrepancies"]);
    let number = differ.iter().find(|found| found["kind"] == "number").expect("a difference in numbers");
    assert!(
        number["note"]
            .as_str()
            .is_some_and(|note| note.ends_with("; “12” was withdrawn by Harbour Post on 2024-05-04")),
        "{number}"
    );
    let values = number["values"].as_array().expect("values");
    assert_eq!((&values[0]["value"], &values[0]["withdrawn"]), (&"9".into(), &false.into()));
    assert_eq!((&values[1]["value"], &values[1]["withdrawn"]), (&"12".into(), &true.into()));
    assert_eq!(
        values[1]["corrected"],
        serde_json::json!([
            {"report": "r1", "by": "r2", "outlet": "Harbour Post", "day": "2024-05-04", "how": "note"}
        ])
    );
    let changed = ask(&["diff", "2024-05-03", "2024-05-04"]);
    let discrepancy = changed.iter().find(|row| row["now"]["kind"] == "number").expect("it is new");
    assert_eq!(discrepancy["change"], "new");
    let event = changed.iter().find(|row| row["now"]["event"] == "ASSAULT").expect("it is changed");
    assert!(event["fields"].as_array().is_some_and(|fields| fields.contains(&"size".into())), "{event}");
}

#[test]
fn what_is_no_record_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in.jsonl");
    std::fs::write(&input, reports(1)).expect("written");
    let text = folder.path().join("text.sqlite");
    std::fs::write(&text, "this is no database, but a text that is long enough to be looked at ".repeat(20))
        .expect("written");
    let other = folder.path().join("other.sqlite");
    Connection::open(&other).and_then(|other| other.execute_batch("CREATE TABLE mine (x)")).expect("made");
    for path in [&text, &other] {
        let before = std::fs::read(path).expect("read");
        let output = ingest(&input, path);
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).ends_with("not a record of dateline"), "{}", told(&output));
        assert_eq!(std::fs::read(path).expect("read"), before, "{}", path.display());
    }
    let newer = folder.path().join("newer.sqlite");
    ingest(&input, &newer);
    Connection::open(&newer)
        .and_then(|newer| newer.pragma_update(None, "user_version", 99))
        .expect("changed");
    let output = ingest(&input, &newer);
    assert!(
        told(&output).contains("record format 99, and this version reads formats 1 to "),
        "{}",
        told(&output)
    );
}

/// How many tellings and statements each report has: what a report is that is there wholly.
fn wholly(connection: &Connection) -> BTreeMap<String, (i64, i64, i64)> {
    let mut query = connection
        .prepare(
            "SELECT name, (SELECT count(*) FROM mention WHERE report = report.id), \
             (SELECT count(*) FROM saying WHERE report = report.id), length(actors) > 1 FROM report",
        )
        .expect("the record has its tables");
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))));
    rows.expect("reports").map(|row| row.expect("a report")).collect()
}

#[test]
fn a_hundred_kills_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in.jsonl");
    std::fs::write(&input, reports(900)).expect("written");
    let reference = folder.path().join("reference.sqlite");
    assert!(ingest(&input, &reference).status.success());
    let expected = wholly(&open(&reference));
    assert_eq!(expected.len(), 900);

    let record = folder.path().join("killed.sqlite");
    // Moments that look thrown and are the same each time, from before the file exists to late in the batch.
    let mut moment: u64 = 7;
    let mut n_killed = 0;
    for _ in 0..100 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["ingest", "--record"])
            .args([&record, &input])
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(40 + (moment >> 33) % 360));
        n_killed += usize::from(child.try_wait().expect("a child").is_none());
        child.kill().expect("killed");
        child.wait().expect("gone");
        if !record.exists() {
            continue;
        }
        // Opened as a writer would, so that what the kill left half done is seen to first.
        let connection = Connection::open(&record).expect("the record opens");
        let health: String =
            connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a check");
        assert_eq!(health, "ok");
        if number(&connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'report'") == 0 {
            continue;
        }
        for (name, whole) in wholly(&connection) {
            assert_eq!(Some(&whole), expected.get(&name), "{name}");
        }
    }
    assert!(n_killed > 20, "only {n_killed} were killed at work");
    let last = ingest(&input, &record);
    assert!(last.status.success(), "{}", told(&last));
    assert_eq!(wholly(&open(&record)), expected);
}

#[cfg(unix)]
#[test]
fn without_space_it_says_so_and_keeps_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, record) = (folder.path().join("in.jsonl"), folder.path().join("r.sqlite"));
    std::fs::write(&input, reports(40)).expect("written");
    assert!(ingest(&input, &record).status.success());
    let before = wholly(&open(&record));
    std::fs::write(&input, reports(2000)).expect("written");
    // A limit on the length of files stands for a full disk: writing fails in the same way.
    let blocks = std::fs::metadata(&record).expect("a file").len() / 512 + 64;
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" ingest --record \"$1\" \"$2\"");
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_dateline")])
        .args([&record, &input])
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(
        told(&output).contains("no space left for the record; what was added before is kept"),
        "{}",
        told(&output)
    );
    let connection = Connection::open(&record).expect("the record opens");
    let kept = wholly(&connection);
    for (name, whole) in &before {
        assert_eq!(kept.get(name), Some(whole), "{name}");
    }
    drop(connection);
    // With space again the same command goes on.
    assert!(ingest(&input, &record).status.success());
    assert_eq!(wholly(&open(&record)).len(), 2000);
}

#[test]
fn a_second_writer_waits_and_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, record) = (folder.path().join("in.jsonl"), folder.path().join("r.sqlite"));
    std::fs::write(&input, reports(3)).expect("written");
    assert!(ingest(&input, &record).status.success());
    std::fs::write(&input, reports(6)).expect("written");
    let other = Connection::open(&record).expect("the record opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    // Readers are not kept out.
    assert_eq!(number(&open(&record), "SELECT count(*) FROM report"), 3);
    let output = ingest(&input, &record);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("another process is writing to this record"), "{}", told(&output));
    other.execute_batch("COMMIT").expect("done");
    assert!(ingest(&input, &record).status.success());
    assert_eq!(number(&open(&record), "SELECT count(*) FROM report"), 6);
}

/// Runs as somebody who may not write, also where the tests run as root.
#[cfg(unix)]
#[test]
fn a_record_that_may_not_be_written_is_left_as_it_is_and_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (input, record) = (folder.path().join("reports.jsonl"), folder.path().join("record.sqlite"));
    let binary = folder.path().join("dateline");
    std::fs::write(&input, reports(12)).expect("written");
    assert!(ingest(&input, &record).status.success());
    std::fs::write(&input, reports(20)).expect("written");
    std::fs::copy(env!("CARGO_BIN_EXE_dateline"), &binary).expect("copied");
    let before = std::fs::read(&record).expect("read");
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("permitted");
    };
    allow(&input, 0o444);
    allow(&record, 0o444);
    allow(&binary, 0o555);
    allow(folder.path(), 0o555);
    let is_root =
        std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let run = |words: &[&str]| {
        let mut command = Command::new(&binary);
        command.args(words).arg("--record").arg(&record).env_clear();
        if is_root {
            const NOBODY: u32 = 65534;
            command.gid(NOBODY).uid(NOBODY);
        }
        command.output().expect("the binary runs")
    };
    let refused = run(&["ingest", input.to_str().expect("a path")]);
    let asked = run(&["events", "--format", "jsonl"]);
    allow(folder.path(), 0o755);
    assert_eq!(refused.status.code(), Some(1));
    let words = told(&refused).replace(record.to_str().expect("a path"), "record.sqlite");
    insta::assert_snapshot!(words, @"error: record.sqlite: this record cannot be written to (read-only file or folder)");
    assert_eq!(std::fs::read(&record).expect("read"), before);
    assert!(asked.status.success(), "{}", told(&asked));
    assert!(!asked.stdout.is_empty());
}
