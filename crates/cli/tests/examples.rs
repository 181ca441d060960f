//! The example reports through every command: valid output, exact evidence, the same for any number of threads.

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::{dateline, lines, objects, repository, slice};

const EXAMPLES: [&str; 2] = ["examples/seoul-talks", "examples/skarvholm-harbour"];

#[test]
fn every_line_of_a_brief_is_what_its_report_says() {
    for example in EXAMPLES {
        let run = dateline(&["brief", &repository(example), "--format", "json"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{example}");
        let brief: Value = serde_json::from_str(&run.stdout).expect("the brief is JSON");
        let texts: BTreeMap<&str, &str> = brief["reports"]
            .as_array()
            .expect("reports")
            .iter()
            .map(|report| (report["id"].as_str().expect("an id"), report["text"].as_str().expect("a text")))
            .collect();
        let mut n_evidence = 0;
        objects(&brief, &mut |object| {
            let (Some(report), Some(start), Some(end), Some(words)) =
                (object.get("report"), object.get("start"), object.get("end"), object.get("text"))
            else {
                return;
            };
            let text = texts[report.as_str().expect("a report id")];
            let (start, end) = (start.as_u64().expect("a start"), end.as_u64().expect("an end"));
            assert_eq!(slice(text, start, end), words.as_str().expect("words"), "{example}: {object:?}");
            n_evidence += 1;
        });
        assert!(n_evidence > 20, "{example}: {n_evidence} pieces of evidence");
        for event in brief["events"].as_array().expect("events") {
            assert!(!event["evidence"].as_array().expect("evidence").is_empty(), "{event}");
        }
    }
}

#[test]
fn copies_are_told_from_reports_of_their_own() {
    for (example, copies) in [(EXAMPLES[0], ["lakeside-gazette"]), (EXAMPLES[1], ["straits-monitor"])] {
        let run = dateline(&["brief", &repository(example), "--format", "json"]);
        let brief: Value = serde_json::from_str(&run.stdout).expect("the brief is JSON");
        let reports = brief["reports"].as_array().expect("reports").iter();
        let derived = reports.filter(|report| report["independent"] == false);
        let derived: Vec<&str> = derived.map(|report| report["id"].as_str().expect("an id")).collect();
        assert_eq!(derived, copies, "{example}");
    }
}

#[test]
fn spans_of_coded_reports_slice_to_their_words() {
    for example in EXAMPLES {
        let run = dateline(&["code", &repository(example)]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        for report in lines(&run.stdout) {
            let text = report["text"].as_str().expect("a text");
            let mut n_spans = 0;
            objects(&report, &mut |object| {
                let (Some(start), Some(end)) = (object.get("start"), object.get("end")) else { return };
                let found = slice(text, start.as_u64().expect("a start"), end.as_u64().expect("an end"));
                if let Some(words) = object.get("text") {
                    assert_eq!(found, words.as_str().expect("words"));
                    n_spans += 1;
                }
            });
            assert!(n_spans > 0, "{}", report["id"]);
        }
    }
}

#[test]
fn an_event_made_in_words_and_its_statement_name_each_other() {
    let mut n_tied = 0;
    for example in EXAMPLES {
        let run = dateline(&["code", &repository(example)]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        for report in lines(&run.stdout) {
            let of = |list: &str, key: &str| -> BTreeMap<String, Value> {
                let entries = report[list].as_array().expect("a list").iter();
                entries.map(|one| (one["id"].as_str().expect("an id").to_owned(), one[key].clone())).collect()
            };
            let (states, events) = (of("events", "states"), of("statements", "event"));
            let tied = |ids: &BTreeMap<String, Value>, others: &BTreeMap<String, Value>| {
                let pairs = ids.iter().filter(|(_, other)| !other.is_null());
                pairs
                    .inspect(|(id, other)| {
                        let other = &others[other.as_str().expect("an id")];
                        assert_eq!(other.as_str(), Some(id.as_str()), "{}", report["id"]);
                    })
                    .count()
            };
            let n_states = tied(&states, &events);
            assert_eq!(n_states, tied(&events, &states), "{}", report["id"]);
            n_tied += n_states;
        }
        let brief = dateline(&["brief", &repository(example), "--format", "json"]);
        let brief: Value = serde_json::from_str(&brief.stdout).expect("the brief is JSON");
        let pairs = |list: &str, key: &str, turn: bool| -> Vec<(String, String)> {
            let mut pairs = Vec::new();
            for one in brief[list].as_array().expect("a list") {
                for other in one[key].as_array().expect("ids") {
                    let (id, other) = (one["id"].as_str().expect("an id"), other.as_str().expect("an id"));
                    let (event, statement) = if turn { (other, id) } else { (id, other) };
                    pairs.push((event.to_owned(), statement.to_owned()));
                }
            }
            pairs.sort();
            pairs
        };
        assert_eq!(pairs("events", "states", false), pairs("statements", "events", true), "{example}");
    }
    assert!(n_tied > 0, "no event of the examples is made in words");
}

#[test]
fn the_body_is_the_kept_paragraphs() {
    for example in EXAMPLES {
        let run = dateline(&["clean", &repository(example)]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        for report in lines(&run.stdout) {
            let text = report["text"].as_str().expect("a text");
            let paragraphs: Vec<String> = report["paragraphs"]
                .as_array()
                .expect("paragraphs")
                .iter()
                .map(|span| {
                    slice(
                        text,
                        span["start"].as_u64().expect("a start"),
                        span["end"].as_u64().expect("an end"),
                    )
                })
                .collect();
            assert_eq!(report["body"].as_str().expect("a body"), paragraphs.join("\n\n"), "{}", report["id"]);
        }
    }
}

#[test]
fn clutter_is_left_out_of_the_body() {
    let run =
        dateline(&["clean", &repository("examples/seoul-talks"), &repository("examples/skarvholm-harbour")]);
    let bodies: String = lines(&run.stdout).iter().map(|report| report["body"].to_string()).collect();
    for clutter in [
        "If you value our work",
        "You must be signed in to comment",
        "Ten gardens to see this spring",
        "The Morning Letter",
        "Tribune quiz",
        "Salmon prices fall",
        "We use cookies",
        "Popular now",
        "All rights reserved",
    ] {
        assert!(!bodies.contains(clutter), "`{clutter}` is in a body");
    }
    for article in
        ["began a five-day visit to Seoul", "There has to be a price", "a precaution", "three fishermen"]
    {
        let article = article.replace("There", "there");
        assert!(bodies.contains(&article), "`{article}` is in no body");
    }
}

#[test]
fn threads_change_nothing() {
    for example in EXAMPLES {
        let path = repository(example);
        for command in
            [&["brief", "--format", "json"][..], &["brief", "--format", "html"], &["code"], &["parse"]]
        {
            let with = |threads: &str| {
                let mut arguments = command.to_vec();
                arguments.extend([path.as_str(), "--threads", threads]);
                dateline(&arguments).stdout
            };
            let one = with("1");
            assert!(!one.is_empty(), "{command:?}");
            assert!(one == with("2"), "{command:?} on {example} depends on the number of threads");
        }
    }
}

#[test]
fn parses_are_trees_with_one_root() {
    let run = dateline(&["parse", &repository("examples/seoul-talks/meridian-press.txt")]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let mut n_sentences = 0;
    for sentence in run.stdout.split("\n\n").filter(|sentence| !sentence.trim().is_empty()) {
        let rows: Vec<Vec<&str>> = sentence
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        let words: Vec<&Vec<&str>> = rows.iter().filter(|row| !row[0].contains('-')).collect();
        assert!(rows.iter().all(|row| row.len() == 10), "{sentence}");
        assert_eq!(words.iter().filter(|row| row[6] == "0").count(), 1, "{sentence}");
        n_sentences += 1;
    }
    assert!(n_sentences > 10, "{n_sentences} sentences");
}

#[test]
fn given_tokens_are_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows: String = ["Talks", "in", "Mar-enko", "ended", "."]
        .iter()
        .zip(1..)
        .map(|(form, number)| format!("{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n"))
        .collect();
    let path = support::write(folder.path(), "given.conllu", format!("# newdoc id = d\n{rows}\n"));
    let run = dateline(&["parse", "--from", "conllu", &path]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let forms: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    assert_eq!(forms, ["Talks", "in", "Mar-enko", "ended", "."]);
}

#[test]
fn relate_always_answers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let questions = concat!(
        r#"{"id": "1", "text": "Peru condemned Chile.", "actor": [{"start": 0, "end": 4}], "recipient": [{"start": 15, "end": 20}]}"#,
        "\n",
        r#"{"id": "2", "text": "Blue ?", "actor": [], "recipient": []}"#,
        "\n",
    );
    let path = support::write(folder.path(), "questions.jsonl", questions);
    let run = dateline(&["relate", &path]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let answers = lines(&run.stdout);
    assert_eq!(answers[0]["event"], "ACCUSE");
    for answer in &answers {
        for key in ["id", "event", "mode", "quad", "scale", "confidence"] {
            assert!(!answer[key].is_null(), "{answer} has no `{key}`");
        }
    }
}
