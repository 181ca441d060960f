//! Events are counted, and not articles: one mass kidnapping told 327 times, and 60 others around it.
//!
//! `corpus/kidnapping` holds five texts of an agency over four days, ten versions of them in other words, twelve reports of
//! others' own and sixty reports of other abductions in the same country and week. The texts of the agency are
//! copied 290 times here: trimmed, in another order, with other words, with and without the credit.

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn corpus(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/kidnapping").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn reports(file: &str) -> Vec<Value> {
    corpus(file).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Numbers that look thrown and are the same each time (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// A copy as desks make them: up to two paragraphs less, the later ones in another order, other words here and
/// there, mostly without the credit.
fn copy(text: &str, synonyms: &[(String, String)], dice: &mut Dice) -> String {
    let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
    let lead = paragraphs.remove(0);
    for _ in 0..dice.below(3) {
        if paragraphs.len() > 3 {
            paragraphs.remove(dice.below(paragraphs.len()));
        }
    }
    if dice.below(5) < 2 {
        let at = dice.below(paragraphs.len());
        paragraphs.rotate_left(at);
    }
    paragraphs.insert(0, lead);
    let mut text = paragraphs.join("\n\n");
    if dice.below(5) < 3 {
        text = text.replace("(Reuters) ", "");
    }
    for _ in 0..dice.below(12) {
        let (word, other) = &synonyms[dice.below(synonyms.len())];
        text = text.replace(word, other);
    }
    text
}

/// All reports, written to a file.
fn write_reports(folder: &Path) -> PathBuf {
    let synonyms: Vec<(String, String)> = corpus("synonyms.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, other)| (word.to_owned(), other.to_owned()))
        .collect();
    let mut dice = Dice(2024);
    let mut lines: Vec<Value> = Vec::new();
    for (number, agency) in reports("agency.jsonl").iter().enumerate() {
        for at in 0..58 {
            let day = &agency["published"].as_str().expect("a day")[..10];
            let outlet = (number * 58 + at) % 97;
            lines.push(json!({
                "id": format!("copy-{number}-{at}"),
                "url": format!("https://copy{outlet}.example/{number}/{at}"),
                "outlet": format!("Copy {outlet}"),
                "published": format!("{day}T{:02}:{at:02}:00Z", 12 + at % 12),
                "text": copy(agency["text"].as_str().expect("a text"), &synonyms, &mut dice),
            }));
        }
    }
    for file in ["agency.jsonl", "translated.jsonl", "independent.jsonl", "others.jsonl"] {
        lines.extend(reports(file));
    }
    let path = folder.join("reports.jsonl");
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(&path, text).expect("written");
    path
}

#[test]
fn one_kidnapping_is_one_event_however_often_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = write_reports(folder.path());
    let record = folder.path().join("record.sqlite");
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["ingest", "--record"])
        .args([&record, &input])
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let connection =
        Connection::open_with_flags(&record, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a record");
    let names = |query: &str| -> BTreeSet<String> {
        let mut query = connection.prepare(query).expect("a query");
        let rows = query.query_map([], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("a name")).collect()
    };

    // Copies have one source: whoever credits the agency and whoever does not.
    let sources = names(
        "SELECT DISTINCT coalesce(agency, 'group ' || source_group) FROM report \
         WHERE name LIKE 'copy-%' OR name LIKE 'kd-agency-%'",
    );
    assert_eq!(sources.into_iter().collect::<Vec<_>>(), ["Reuters"]);
    // So have those in other words.
    let unrecognised =
        names("SELECT name FROM report WHERE name LIKE 'kd-trans-%' AND agency IS NOT 'Reuters'");
    assert!(unrecognised.is_empty(), "{unrecognised:?}");

    let kidnapping = "SELECT id FROM events WHERE event = 'ASSAULT' AND mode LIKE '%abduct%' \
        ORDER BY n_reports DESC LIMIT 1";
    let (id, n_independent): (i64, i64) = connection
        .query_row(&format!("SELECT id, n_independent FROM event WHERE id = ({kidnapping})"), [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("the kidnapping");
    let told_by = |pattern: &str| {
        names(&format!(
            "SELECT DISTINCT report.name FROM mention JOIN report ON report.id = mention.report \
             WHERE event = {id} AND report.name LIKE '{pattern}'"
        ))
    };
    let (copies, independent, others) = (told_by("copy-%"), told_by("kd-ind-%"), told_by("kd-other-%"));
    eprintln!(
        "copies {}, agency {}, other words {}, independent {independent:?}, others {others:?}, sources {n_independent}",
        copies.len(),
        told_by("kd-agency-%").len(),
        told_by("kd-trans-%").len(),
    );
    assert_eq!(copies.len(), 290);
    assert_eq!(told_by("kd-agency-%").len(), 5);
    assert_eq!(told_by("kd-trans-%").len(), 10);
    // Among them one that names the place in its dateline alone.
    assert_eq!(independent.len(), 12, "{independent:?}");
    assert!(others.is_empty(), "{others:?}");
    // The agency, and the twelve.
    assert_eq!(n_independent, 13);
    // What differs is said: who gives which number.
    let numbers = names(&format!(
        "SELECT DISTINCT value FROM discrepancy JOIN discrepancy_value ON discrepancy = discrepancy.id \
         WHERE about_kind = 1 AND about = {id} AND note LIKE 'the number (abducted)%'"
    ));
    for number in ["180", "227", "280", "287", "300"] {
        assert!(numbers.contains(number), "{number}: {numbers:?}");
    }
    // The others are told apart: no event has more than two of them.
    let most = "SELECT max(n) FROM (SELECT count(DISTINCT report) AS n FROM mention \
        JOIN report ON report.id = mention.report JOIN event ON event.id = mention.event \
        JOIN events ON events.id = event.id WHERE report.name LIKE 'kd-other-%' AND events.mode LIKE '%abduct%' \
        GROUP BY mention.event)";
    let most: i64 = connection.query_row(most, [], |row| row.get(0)).expect("a number");
    assert!(most <= 2, "{most} different abductions are one event");
}
