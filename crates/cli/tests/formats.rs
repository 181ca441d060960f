//! Feeds, web archives and news items, from the command line.

mod support;

use serde_json::Value;
use support::{dateline, dateline_with_input, lines, repository};

/// What `dateline clean` says of one report: id, title, publication, outlet, number of paragraphs.
fn outline(stdout: &str) -> Vec<String> {
    let word = |report: &Value, key: &str| report[key].as_str().unwrap_or("-").to_owned();
    lines(stdout)
        .iter()
        .map(|report| {
            let n_paragraphs = report["paragraphs"].as_array().map_or(0, Vec::len);
            let keys = ["id", "title", "published", "outlet", "url"].map(|key| word(report, key));
            format!("{} | {n_paragraphs}", keys.join(" | "))
        })
        .collect()
}

/// Reads a fixture by name, by content and through a pipe: all give the same reports.
fn read_all_ways(format: &str, fixture: &str) -> Vec<String> {
    let path = repository(&format!("crates/ingest/tests/data/{fixture}"));
    let named = dateline(&["clean", "--from", format, &path]);
    assert_eq!((named.status, named.stderr.as_str()), (0, ""));
    let told = dateline(&["clean", &path]);
    assert_eq!((told.status, &told.stdout), (0, &named.stdout), "{}", told.stderr);
    let bytes = std::fs::read(&path).expect("the fixture is there");
    let piped = dateline_with_input(&["clean", "--from", format, "-"], &bytes);
    assert_eq!((piped.status, &piped.stdout), (0, &named.stdout), "{}", piped.stderr);
    outline(&named.stdout)
}

#[test]
fn feeds() {
    assert_eq!(
        read_all_ways("feed", "harbour.rss"),
        [
            "harbour-7 | Ferries return to Marenko | 2031-05-02T08:00+02:00 | Harbour Post | https://harbour.example/2031/05/02/ferries | 2",
            "https://harbour.example/2031/05/01/talks | Talks begin | 2031-05-01T18:00+02:00 | Harbour Post | https://harbour.example/2031/05/01/talks | 1",
        ]
    );
}

#[test]
fn web_archives() {
    assert_eq!(
        read_all_ways("warc", "crawl.warc"),
        [
            "urn:uuid:5f1d0000-0000-4000-8000-000000000003 | Ferries return to Marenko | 2031-05-02T08:00+02:00 | harbour.example | https://harbour.example/2031/05/02/ferries | 2",
            "urn:uuid:5f1d0000-0000-4000-8000-000000000004 | - | - | - | https://valley.example/talks.txt | 2",
        ]
    );
}

#[test]
fn news_items() {
    assert_eq!(
        read_all_ways("ninjs", "wire.json"),
        [
            "urn:newsml:wire.example:20310502:marenko-1 | Ferries return to Marenko | 2031-05-02T08:00+02:00 | Valley Wire | - | 2"
        ]
    );
    let item =
        std::fs::read_to_string(repository("crates/ingest/tests/data/wire.json")).expect("it is there");
    let as_line = item.replace('\n', " ") + "\n";
    let run = dateline_with_input(&["clean", "--from", "jsonl", "-"], as_line.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(lines(&run.stdout)[0]["extra"]["located"], "Marenko");
}

#[test]
fn a_cut_archive_is_named_and_its_pages_are_kept() {
    let bytes = std::fs::read(repository("crates/ingest/tests/data/crawl.warc")).expect("it is there");
    let marker = b"\r\n0\r\n\r\n"; // The end of the chunks of record 4.
    let cut = bytes.windows(marker.len()).position(|at| at == marker).expect("there is a page in chunks");
    let run = dateline_with_input(&["clean", "--from", "warc", "-"], &bytes[..cut]);
    assert_eq!((run.status, lines(&run.stdout).len()), (1, 1), "{}", run.stderr);
    assert!(run.stderr.starts_with("error: -: record 4 ends after "), "{}", run.stderr);
    assert!(run.stderr.contains("; 3 records were read"), "{}", run.stderr);
}
