//! A user's own words and actors: what they change in each command, and what is said of bad ones.

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use support::{Run, dateline, lines, repository, write};

const REPORT: &str = "The Nantara Liberation Front attacked the port of Callao on Monday.\n\n\
                      Peru's government greylisted Chile on Tuesday. It condemned the front.\n";

const WORDS: &str = "event = \"SANCTION\"\n[[frame]]\nverbs = \"greylist\"\n[ignore]\nverbs = \"condemn\"\n";

const ACTORS: &str = "[[actor]]\nnames = [\"Nantara Liberation Front\"]\ncode = \"GHA\"\nsector = \"REB\"\n";

/// A folder with a report, and one below it with both files.
fn own_lexicon() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = write(folder.path(), "report.txt", REPORT);
    let own = folder.path().join("own");
    fs::create_dir(&own).expect("a folder");
    write(&own, "actors.toml", ACTORS);
    write(&own, "words.toml", WORDS);
    write(&own, "notes.txt", "no part of it");
    (folder, report, own.display().to_string())
}

/// `SANCTION  PER/GOV Peru -> CHL/GOV Chile` for each event of a coded report.
fn events(run: &Run) -> String {
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let report = &lines(&run.stdout)[0];
    let named = |ids: &Value| -> String {
        let named = ids.as_array().expect("actors").iter().map(|id| {
            let all = report["actors"].as_array().expect("actors");
            let actor = all.iter().find(|actor| actor["id"] == *id).expect("the actor");
            let part = |key: &str| actor[key].as_str().unwrap_or("-");
            format!("{}/{} {}", part("country"), part("sector"), part("name"))
        });
        let named: Vec<String> = named.collect();
        if named.is_empty() { "-".to_owned() } else { named.join(", ") }
    };
    let told = report["events"].as_array().expect("events").iter().map(|event| {
        let modes: Vec<&str> =
            event["mode"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let code = [&[event["event"].as_str().expect("a type")], &modes[..]].concat().join("/");
        format!("{code}  {} -> {}", named(&event["actor"]), named(&event["recipient"]))
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn code_knows_own_words_and_actors() {
    let (_folder, report, own) = own_lexicon();
    let plain = events(&dateline(&["code", &report]));
    assert!(
        plain.contains("PER/REB Nantara Liberation Front") && plain.contains("ACCUSE/disapprove"),
        "{plain}"
    );
    assert!(!plain.contains("SANCTION"), "{plain}");
    insta::assert_snapshot!(events(&dateline(&["code", &report, "--lexicon", &own])), @r"
ASSAULT  GHA/REB Nantara Liberation Front -> PER/GOV Peru
SANCTION  PER/GOV Peru -> CHL/GOV Chile
");
}

#[test]
fn brief_knows_own_words_and_actors() {
    let (_folder, report, own) = own_lexicon();
    let happened = |arguments: &[&str]| {
        let run = dateline(arguments);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        let told = run.stdout.lines().skip_while(|line| !line.starts_with("## What happened"));
        let told: Vec<&str> = told.take_while(|line| !line.starts_with("## Who said what")).collect();
        told.join("\n")
    };
    let with = happened(&["brief", &report, "--lexicon", &own]);
    // It was on Monday: the day of publication is not given, so no calendar day can be.
    insta::assert_snapshot!(with, @r"
## What happened

- **Day not stated, Callao** · Nantara Liberation Front — attacked Peru (ASSAULT): “The Nantara Liberation Front attacked the port of Callao on Monday”. 1 report. \[1 ¶1\]
- **Day not stated** · Peru — imposed sanctions or cut relations with Chile (SANCTION): “Peru's government greylisted Chile on Tuesday”. 1 report. \[1 ¶2\]
");
    let files = ["actors.toml", "words.toml"].map(|name| Path::new(&own).join(name).display().to_string());
    let by_file = ["brief", &report, "--lexicon", &files[0], "--lexicon", &files[1]];
    assert_eq!(happened(&by_file), with, "file by file");
}

#[test]
fn relate_knows_own_words() {
    let (folder, _, own) = own_lexicon();
    let question = r#"{"id": "1", "text": "Peru greylisted Chile.", "actor": [{"start": 0, "end": 4}], "recipient": [{"start": 16, "end": 21}]}"#;
    let path = write(folder.path(), "questions.jsonl", question);
    let answer = |arguments: &[&str]| {
        let run = dateline(arguments);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        lines(&run.stdout)[0]["event"].clone()
    };
    assert_eq!(answer(&["relate", &path, "--lexicon", &own]), "SANCTION");
    assert_ne!(answer(&["relate", &path]), "SANCTION");
    // Words that are ignored say nothing of a pair either.
    let question = question.replace("greylisted", "condemned ").replace("16, \"end\": 21", "17, \"end\": 22");
    let path = write(folder.path(), "ignored.jsonl", question);
    assert_eq!(answer(&["relate", &path]), "ACCUSE");
    assert_ne!(answer(&["relate", &path, "--lexicon", &own]), "ACCUSE");
}

#[test]
fn examples_must_give_what_they_claim() {
    let (folder, report, own) = own_lexicon();
    let words = |example: &str| {
        format!("event = \"SANCTION\"\n[[frame]]\nverbs = \"greylist\"\nexamples = [\n  {example},\n]\n")
    };
    let run = |example: &str| {
        let path = write(folder.path(), "examples.toml", words(example));
        dateline(&["code", &report, "--lexicon", &own, "--lexicon", &path])
    };
    for right in [
        r#"["Peru greylisted Chile.", "SANCTION Peru -> Chile"]"#,
        r#"["The Nantara Liberation Front greylisted Chile.", "SANCTION Nantara Liberation Front -> Chile"]"#,
        r#"["Peru greylisted Chile.", "SANCTION"]"#,
    ] {
        let run = run(right);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{right}");
    }
    for (wrong, told) in [
        (
            r#"["Peru greylisted Chile.", "SANCTION Chile -> Peru"]"#,
            "the example \"Peru greylisted Chile.\" should give `SANCTION Chile -> Peru` and gives `SANCTION Peru -> Chile`\nhint: ",
        ),
        (
            r#"["Peru greylisted Chile.", "AID Peru -> Chile"]"#,
            "the example \"Peru greylisted Chile.\" should give `AID Peru -> Chile` and gives `SANCTION Peru -> Chile`\nhint: ",
        ),
        (
            r#"["Peru painted Chile.", "SANCTION Peru -> Chile"]"#,
            "the example \"Peru painted Chile.\" should give `SANCTION Peru -> Chile` and gives ",
        ),
        (r#"["Peru greylisted Chile.", "SANCT Peru -> Chile"]"#, "`SANCT` is not a PLOVER event type"),
    ] {
        let run = run(wrong);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{wrong}");
        let expected = format!("examples.toml:5: {told}");
        assert!(run.stderr.contains(&expected), "{wrong}\nexpected {expected}\nfound    {}", run.stderr);
    }
}

#[test]
fn bad_files_are_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = write(folder.path(), "report.txt", REPORT);
    let output = folder.path().join("out").display().to_string();
    for (name, content) in [
        ("type.toml", "event = \"RIOT\"\n"),
        ("mode.toml", "event = \"PROTEST\"\n\n[[frame]]\nmode = \"riots\"\nverbs = \"riot\"\n"),
        ("sector.toml", "[[actor]]\nnames = [\"NLF\"]\ncode = \"GHA\"\nsector = \"RBL\"\n"),
        ("code.toml", "[[actor]]\nnames = [\"NLF\"]\ncode = \"Ghana\"\n"),
        ("names.toml", "[[actor]]\nnames = []\ncode = \"GHA\"\n"),
        ("key.toml", "event = \"AID\"\n[[frame]]\nverb = \"feed\"\n"),
        ("both.toml", "[[frame]]\nverbs = \"feed\"\n[[actor]]\nnames = [\"NLF\"]\ncode = \"GHA\"\n"),
        ("other.toml", "[[actors]]\nnames = [\"NLF\"]\n"),
        ("empty.toml", ""),
        ("broken.toml", "event = \"AID\n"),
    ] {
        write(folder.path(), name, content);
    }
    write(folder.path(), "latin.toml", b"event = \"\xe9\"\n");
    fs::create_dir(folder.path().join("bare")).expect("a folder");
    let mut told = String::new();
    for name in [
        "type.toml",
        "mode.toml",
        "sector.toml",
        "code.toml",
        "names.toml",
        "key.toml",
        "both.toml",
        "other.toml",
        "empty.toml",
        "broken.toml",
        "latin.toml",
        "report.txt",
        "bare",
        "missing.toml",
    ] {
        let path = folder.path().join(name).display().to_string();
        for command in ["code", "brief", "relate"] {
            let run = dateline(&[command, &report, "--lexicon", &path, "-o", &output]);
            assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{command} {name}: {}", run.stderr);
            assert!(!Path::new(&output).exists(), "{command} {name} writes");
            if command == "code" {
                told += &run.stderr.replace(&format!("{}/", folder.path().display()), "");
            }
        }
    }
    insta::assert_snapshot!(told, @r#"
error: type.toml:1: `RIOT` is not a PLOVER event type (AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT)
error: mode.toml:4: `riots` is not a mode of PROTEST (demo, riot, strike, hunger, boycott, obstruct, vandalize)
error: sector.toml:4: `RBL` is not a sector (GOV, MIL, LEG, JUD, COP, SPY, OPP, PTY, REB, PRM, UAF, UNK, AGR, BUS, CRM, CVL, EDU, ELI, JRN, LAB, MED, REF, REL, SOC)
error: code.toml:3: `Ghana` is no country code (ISO 3166 alpha-3, as UKR; above states IGO, UNO, EUR, NGO, ISM, IMG, MNC)
error: names.toml:2: an actor without a name; `names` takes at least one, as ["Nantara Liberation Front", "NLF"]
error: key.toml:3: unknown key `verb`, expected one of `mode`, `verbs`, `nouns`, `actor`, `recipient`, `reciprocal`, `needs`, `unless`, `examples`
error: both.toml: words and actors (`[[actor]]`) belong in files of their own
error: other.toml: neither words (`event` and `[[frame]]`, `[lists]`, `[ignore]`) nor actors (`[[actor]]`) are in it
error: empty.toml: neither words (`event` and `[[frame]]`, `[lists]`, `[ignore]`) nor actors (`[[actor]]`) are in it
error: broken.toml:1: invalid basic string, expected `"`
error: latin.toml: not text in UTF-8
error: report.txt: not a `.toml` file; `--lexicon` takes such files and folders of them
error: bare: the folder has no `.toml` file
error: missing.toml: no such file or folder
"#);
}

#[test]
fn the_manual_s_examples_are_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = write(folder.path(), "report.txt", REPORT);
    let manual = fs::read_to_string(repository("docs/lexicon.md")).expect("the manual");
    let blocks: Vec<&str> =
        manual.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 2);
    let mut arguments = vec!["code".to_owned(), report];
    for (number, block) in blocks.iter().enumerate() {
        arguments.push("--lexicon".to_owned());
        arguments.push(write(folder.path(), &format!("{number}.toml"), block));
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    insta::assert_snapshot!(events(&dateline(&arguments)), @r"
ASSAULT  GHA/GOV Nantara Liberation Front -> PER/GOV Peru
SANCTION  PER/GOV Peru -> CHL/GOV Chile
ACCUSE/disapprove  PER/GOV Peru -> -
");
}
