//! Input that is no report, or a hostile one: named, passed over, never obeyed.

mod support;

use serde_json::Value;
use support::{Run, dateline, dateline_with_input, lines, repository, write};

const GOOD: &str = "Peru's government condemned the raid on the port of Callao on Monday.\n\n\
                    The foreign minister said that the talks with Chile would go on all the same.\n";

/// One good report among bad ones.
fn code(folder: &tempfile::TempDir, bad: &[(&str, &[u8])]) -> Run {
    let good = write(folder.path(), "good.txt", GOOD);
    let mut arguments = vec!["code".to_owned(), good];
    arguments.extend(bad.iter().map(|(name, content)| write(folder.path(), name, content)));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    dateline(&arguments)
}

#[test]
fn bad_files_are_named_and_good_ones_are_done() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = code(
        &folder,
        &[
            ("empty.txt", b""),
            ("blank.txt", b" \n\n\t\n"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
        ],
    );
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(lines(&run.stdout).len(), 1);
    for name in ["empty.txt", "blank.txt", "picture.txt"] {
        assert!(run.stderr.contains(name), "{name} is not named in: {}", run.stderr);
    }
}

#[test]
fn a_missing_path_costs_only_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let good = write(folder.path(), "good.txt", GOOD);
    let run = dateline(&["code", "no/such/file.txt", &good]);
    assert_eq!(run.status, 1);
    assert_eq!(lines(&run.stdout).len(), 1);
    assert!(run.stderr.contains("no/such/file.txt"), "{}", run.stderr);
}

#[test]
fn broken_lines_are_named_by_number() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let record = |id: &str| format!("{{\"id\": \"{id}\", \"text\": {}}}\n", Value::from(GOOD));
    let file =
        [record("a"), "{\"id\": \"b\", \"text\": \n".to_owned(), "[1]\n".to_owned(), record("d")].concat();
    let path = write(folder.path(), "many.jsonl", file);
    let run = dateline(&["code", &path]);
    assert_eq!(run.status, 1);
    let ids: Vec<Value> = lines(&run.stdout).into_iter().map(|report| report["id"].clone()).collect();
    assert_eq!(ids, ["a", "d"]);
    for place in ["many.jsonl:2", "many.jsonl:3"] {
        assert!(run.stderr.contains(place), "{place} is not named in: {}", run.stderr);
    }
}

#[test]
fn invalid_utf8_costs_a_character_not_the_report() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.splice(20..20, [0xff, 0xfe, 0xc3]);
    let run = code(&folder, &[("mixed.txt", &bytes)]);
    assert_eq!(lines(&run.stdout).len(), 2, "{}", run.stderr);
}

#[test]
fn other_languages_are_said_to_be_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let german = "Die Regierung in Lima hat den Angriff auf den Hafen am Montag scharf verurteilt.\n\n\
                  Die Gespräche mit dem Nachbarland sollen trotzdem wie geplant weitergehen, sagte der Minister.\n";
    let path = write(folder.path(), "deutsch.txt", german);
    let run = dateline(&["brief", &path]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("deutsch.txt") && run.stderr.contains("`de`"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn a_page_without_an_article_is_said_to_be_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = write(folder.path(), "menu.txt", "Home\nWorld\nSport\nSign in\nSubscribe\nPrivacy policy\n");
    let run = dateline(&["brief", &path]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("menu.txt") && run.stderr.contains("article"), "{}", run.stderr);
}

#[test]
fn wrong_usage_is_status_two_and_writes_nothing() {
    for arguments in [
        &["fly"][..],
        &["brief"],
        &["brief", "x.txt", "--format", "pdf"],
        &["code", "x.txt", "--threads", "0"],
        &["eval", "taste", "--gold", "x.jsonl"],
    ] {
        let run = dateline(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.is_empty(), "{arguments:?}");
    }
}

const HOSTILE: &str = "Peru's government <script>alert(1)</script> condemned the raid on Callao on Monday.\n\n\
    \u{1b}[31mRed\u{1b}[0m \u{202e}words and **stars**, said the foreign minister of Chile, '; DROP TABLE reports; --.\n\n\
    \"<img src=x onerror=alert(2)> & <b>we</b> will [strike](javascript:alert(3)) the port,\" the general said.\n";

#[test]
fn hostile_text_is_plain_text_in_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = write(folder.path(), "hostile.txt", HOSTILE);
    for format in ["terminal", "markdown", "html", "json"] {
        let run = dateline(&["brief", &path, "--article", "--format", format]);
        assert_eq!(run.status, 0, "{format}: {}", run.stderr);
        // The terminal's own colours are escape codes, too; those of the text are not among them.
        assert!(!run.stdout.contains("\u{1b}[31m"), "{format}: an escape code comes through");
        match format {
            "html" => {
                for markup in ["<script>alert", "<img src=x", "href=\"javascript:"] {
                    assert!(!run.stdout.contains(markup), "html: `{markup}` comes through");
                }
            }
            "markdown" => {
                for markup in ["<script>", "<img", "](javascript:", "\u{202e}"] {
                    assert!(
                        !run.stdout.contains(markup),
                        "markdown: `{markup}` comes through:\n{}",
                        run.stdout
                    );
                }
            }
            "json" => assert!(serde_json::from_str::<Value>(&run.stdout).is_ok(), "json"),
            _ => assert!(!run.stdout.contains('\u{202e}'), "{format}: a turning mark comes through"),
        }
    }
}

#[test]
fn odd_texts_do_no_harm() {
    let odd: Vec<(&str, String)> = vec![
        ("one-letter.txt", "a".to_owned()),
        ("quotes.txt", "\"".repeat(3000)),
        ("brackets.txt", "(".repeat(20_000)),
        ("one-word.txt", "x".repeat(300_000)),
        ("no-space.txt", "He said,".repeat(20_000)),
        ("one-sentence.txt", "and the army attacked the town ".repeat(3_000)),
        ("marks.txt", "\u{301}".repeat(5_000)),
        (
            "nulls.jsonl",
            format!("{{\"id\": \"n\", \"text\": {}}}", Value::from("A\u{0}B said \u{0} no.".repeat(50))),
        ),
        ("deep.html", format!("<html><body>{}text", "<div>".repeat(20_000))),
        ("lines.txt", "no\n".repeat(30_000)),
    ];
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in odd {
        let path = write(folder.path(), name, content);
        let run = dateline(&["code", &path]);
        assert!(matches!(run.status, 0 | 1), "{name}: status {}: {}", run.status, run.stderr);
        assert_eq!(
            run.status == 1,
            !run.stderr.is_empty() && run.stdout.is_empty(),
            "{name}: {}",
            run.stderr
        );
        lines(&run.stdout);
    }
}

#[test]
fn standard_input_is_read() {
    let run = dateline_with_input(&["code", "-"], GOOD.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(lines(&run.stdout).len(), 1);
}

#[test]
fn unknown_keys_are_carried_through() {
    let record = format!("{{\"id\": \"a\", \"text\": {}, \"desk\": \"south\"}}\n", Value::from(GOOD));
    let run = dateline_with_input(&["code", "-", "--from", "jsonl"], record.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(lines(&run.stdout)[0]["extra"]["desk"], "south");
}

#[test]
fn output_goes_to_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("brief.md").display().to_string();
    let run = dateline(&["brief", &repository("examples/seoul-talks/meridian-press.txt"), "-o", &path]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(std::fs::read_to_string(path).expect("written").contains("Sung Kim"));
}
