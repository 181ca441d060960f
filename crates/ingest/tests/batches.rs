//! Whole batches: order, ids, and bad inputs among good ones.

use dateline_ingest::{Format, Reports, read_reports, read_reports_from};
use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

/// One line a report or error, with the folder's own path taken away.
fn outline(reports: Reports, folder: &Path) -> String {
    let mut lines = String::new();
    for report in reports {
        let line = match report {
            Ok(report) => {
                let notices: Vec<String> =
                    report.notices.iter().map(|notice| format!(" [{notice}]")).collect();
                format!("{} <- {}{}", report.id, report.input, notices.concat())
            }
            Err(error) => format!("! {error}"),
        };
        lines.push_str(
            &line.replace(&format!("{}/", folder.display()), "").replace(&folder.display().to_string(), "."),
        );
        lines.push('\n');
    }
    lines
}

#[test]
fn folders_are_read_in_order_and_errors_stay_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = &folder.path().join("in");
    fs::create_dir_all(path.join("b/deep")).unwrap();
    fs::create_dir_all(path.join("none")).unwrap();
    fs::write(path.join("z.txt"), "Last.").unwrap();
    fs::write(path.join("a.txt"), "First.").unwrap();
    fs::write(path.join("b/deep/a.txt"), "Second.").unwrap();
    fs::write(path.join("b/page.html"), "<p>Third.").unwrap();
    fs::write(path.join(".hidden.txt"), "Not read.").unwrap();
    fs::write(path.join("notes.docx"), "Not read either.").unwrap();
    fs::write(path.join("empty.txt"), " \n").unwrap();
    fs::write(path.join("latin.txt"), b"Caf\xE9 ferm\xE9 \xE0 Bellac").unwrap();
    fs::write(path.join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    fs::write(
        path.join("many.jsonl"),
        "{\"id\":\"a.txt\",\"text\":\"Clash.\"}\n\n{\"id\":\"x\" \"text\":\"Broken.\"}\r\n{\"text\":\"No id.\"}\n{\"id\":\"x\",\"html\":\"<p>End\"}",
    )
    .unwrap();
    let paths = [path.to_path_buf(), path.join("missing.txt"), path.join("none"), path.join("z.txt")];
    insta::assert_snapshot!(outline(read_reports(&paths, Format::Auto), path), @r"
in/a.txt <- a.txt
deep/a.txt <- b/deep/a.txt
page <- b/page.html
! empty.txt: empty: no text in it
latin <- latin.txt [not valid UTF-8; read as windows-1252]
a.txt <- many.jsonl:1
! many.jsonl:3: expected `,` or `}` at column 11; this report was left out
many:4 <- many.jsonl:4
x <- many.jsonl:5
! picture.txt: a PNG picture, not text
z <- z.txt
! missing.txt: no such file or folder
! none: no reports in this folder
  hint: files ending in .txt, .text, .html, .htm, .xhtml, .jsonl, .ndjson, .rss, .atom, .warc are read, packed with gzip or not, and feeds and news items ending in .xml, .json; hidden files are not
z~2 <- z.txt
");
}

#[test]
fn stated_formats_and_packed_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let pack = |name: &str, bytes: &[u8]| {
        let file = fs::File::create(path.join(name)).unwrap();
        let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap();
    };
    pack("one.txt.gz", b"Packed.");
    pack("two.jsonl.gz", b"{\"id\":\"t\",\"text\":\"Packed line.\"}\n");
    pack("bomb.txt.gz", &vec![b' '; 40 << 20]);
    fs::write(path.join("cut.txt.gz"), &fs::read(path.join("one.txt.gz")).unwrap()[..15]).unwrap();
    fs::write(path.join("feed.xml"), "<rss version=\"2.0\"></rss>").unwrap();
    insta::assert_snapshot!(outline(read_reports(&[path.to_path_buf(), path.join("feed.xml")], Format::Auto), path), @r"
! bomb.txt.gz: longer than 33554432 bytes; this report was left out
! cut.txt.gz: damaged gzip data: incomplete deflate stream
! feed.xml: neither a channel of RSS nor a feed of Atom or JSON; no item was read
one <- one.txt.gz
t <- two.jsonl.gz:1
! feed.xml: neither a channel of RSS nor a feed of Atom or JSON; no item was read
");
    let as_warc = outline(read_reports(&[path.join("one.txt.gz")], Format::Warc), path);
    insta::assert_snapshot!(as_warc, @"! one.txt.gz: record 1: expected `WARC/1.0` or `WARC/1.1` where it begins, found `Packed.`; no record was read");
}

#[test]
fn fixtures_are_told_by_their_content() {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "data"].iter().collect();
    insta::assert_snapshot!(outline(read_reports(std::slice::from_ref(&folder), Format::Auto), &folder), @r"
urn:uuid:5f1d0000-0000-4000-8000-000000000003 <- crawl.warc: record 3
urn:uuid:5f1d0000-0000-4000-8000-000000000004 <- crawl.warc: record 4
harbour-7 <- harbour.rss: item 1
https://harbour.example/2031/05/01/talks <- harbour.rss: item 2
urn:newsml:wire.example:20310502:marenko-1 <- wire.json:1
");
}

#[test]
fn a_line_of_fifty_megabytes_costs_only_itself() {
    let long =
        Cursor::new(b"{\"id\":\"long\",\"text\":\"".to_vec()).chain(std::io::repeat(b'x').take(50_000_000));
    let input = Cursor::new(b"{\"id\":\"a\",\"text\":\"One.\"}\n".to_vec())
        .chain(long)
        .chain(Cursor::new(b"\"}\n{\"id\":\"b\",\"text\":\"Two.\"}\n".to_vec()));
    let reports = read_reports_from(input, "big.jsonl", Format::Jsonl);
    insta::assert_snapshot!(outline(reports, Path::new("/nowhere")), @r"
a <- big.jsonl:1
! big.jsonl:2: longer than 33554432 bytes; this report was left out
b <- big.jsonl:3
");
}

#[test]
fn order_of_paths_does_not_change_ids() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("day.txt"), name).unwrap();
    }
    let ids = |paths: &[PathBuf]| -> Vec<String> {
        let mut ids: Vec<_> = read_reports(paths, Format::Auto).map(|report| report.unwrap().id).collect();
        ids.sort();
        ids
    };
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    assert_eq!(ids(&[a.clone(), b.clone()]), ids(&[b, a]));
}

proptest! {
    #[test]
    fn any_input_in_any_format_is_no_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        json in "[\\[{]?(\"(uri|body_text|bodies|value)\"|[\\[\\]{}:,\"\\\\ \n7]|null|é){0,40}",
        is_json in any::<bool>(),
    ) {
        let input = if is_json { json.into_bytes() } else { bytes };
        for &format in Format::ALL {
            // Every input is told of: it gives a report or an error.
            prop_assert!(read_reports_from(Cursor::new(input.clone()), "x", format).next().is_some(), "{format}");
        }
    }
}
