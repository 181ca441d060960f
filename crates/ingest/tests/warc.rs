//! Web archives: what is read, what is passed over, and what damage costs.

use dateline_ingest::{Body, Format, read_reports, read_reports_from};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::PathBuf;

fn record(fields: &str, block: &[u8]) -> Vec<u8> {
    let header = format!("WARC/1.1\r\n{fields}\r\nContent-Length: {}\r\n\r\n", block.len());
    [header.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response with a page of these words.
fn page(id: &str, words: &str) -> Vec<u8> {
    let fields = format!(
        "WARC-Type: response\r\nWARC-Record-ID: <urn:{id}>\r\nWARC-Target-URI: https://harbour.example/{id}"
    );
    record(&fields, format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{words}").as_bytes())
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// One line a report or error.
fn outline(archive: Vec<u8>, format: Format) -> String {
    let mut lines = String::new();
    for read in read_reports_from(Cursor::new(archive), "crawl.warc.gz", format) {
        let _ = match read {
            Ok(report) => {
                let (Body::Text(words) | Body::Html(words)) = &report.body;
                let words: String = words.chars().take(30).collect();
                let notices: String = report.notices.iter().map(|notice| format!(" [{notice}]")).collect();
                writeln!(lines, "{} <- {} {words:?}{notices}", report.id, report.input)
            }
            Err(error) => writeln!(lines, "! {error}"),
        };
    }
    lines
}

#[test]
fn a_crawl_gives_its_pages() {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "data", "crawl.warc"].iter().collect();
    let mut lines = String::new();
    for report in read_reports(&[path], Format::Auto) {
        let report = report.unwrap();
        let kind = match report.body {
            Body::Text(_) => "text",
            Body::Html(_) => "html",
        };
        let extra = serde_json::to_string(&report.extra).unwrap();
        let url = report.url.unwrap_or_default();
        writeln!(lines, "{} {kind} {url} {extra} {:?}", report.id, report.notices).unwrap();
    }
    insta::assert_snapshot!(lines, @r#"
urn:uuid:5f1d0000-0000-4000-8000-000000000003 html https://harbour.example/2031/05/02/ferries {"archived":"2031-05-02T06:00:01Z"} []
urn:uuid:5f1d0000-0000-4000-8000-000000000004 text https://valley.example/talks.txt {"archived":"2031-05-02T06:00:02Z"} []
"#);
}

#[test]
fn kinds_of_records_and_media_types() {
    let response = |http: &[u8]| record("WARC-Type: response\r\nWARC-Target-URI: https://h.example/x", http);
    let archive = [
        record("WARC-Type: warcinfo", b"software: x"),
        record("WARC-Type: request\r\nWARC-Target-URI: https://h.example/x", b"GET /x HTTP/1.1\r\n\r\n"),
        response(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-2\r\n\r\n<html>Za\xBF\xF3\xB3\xE6",
        ),
        response(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>None"),
        response(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\0"),
        response(b"HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><html>Said nowhere"),
        response(b"HTTP/1.1 200 OK\r\n\r\nSaid nowhere, either"),
        response(b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: br\n\n\xFF\x80\x8B"),
        response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n  "),
        response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html"),
        response(b"20310502 dns answer"),
        record(
            "WARC-Type: response\r\nWARC-Target-URI: https://h.example/robots.txt",
            b"HTTP/1.1 200\r\nContent-Type: text/plain\r\n\r\nDisallow: /",
        ),
        record(
            "WARC-Type: conversion\r\nContent-Type: text/plain\r\nWARC-Truncated: length",
            b"Words of a page",
        ),
        record("WARC-Type: resource\r\nContent-Type: text/html\r\nWARC-Segment-Number: 1", b"<p>A file"),
        record("WARC-Type: revisit", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
        record("WARC-Type: metadata\r\nContent-Type: text/plain", b"via: x"),
    ]
    .concat();
    insta::assert_snapshot!(outline(archive, Format::Auto), @r#"
crawl.warc.gz:3 <- crawl.warc.gz: record 3 "<html>Zażółć"
crawl.warc.gz:6 <- crawl.warc.gz: record 6 "<!DOCTYPE html><html>Said nowh"
! crawl.warc.gz: record 8: packed with `br`, which is not read; this report was left out
! crawl.warc.gz: record 9: empty: no text in it
crawl.warc.gz:13 <- crawl.warc.gz: record 13 "Words of a page" [the archive holds only a part of this page (`length`)]
crawl.warc.gz:14 <- crawl.warc.gz: record 14 "<p>A file" [only the first segment of this page is read]
"#);
}

#[test]
fn damage_costs_one_record() {
    let (a, b, c) = (page("a", "First words."), page("b", "Second words."), page("c", "Third words."));
    let cut_at = b.len() - 20;
    let mut no_length = String::from_utf8(b.clone()).unwrap();
    no_length = no_length.replace("Content-Length", "Content-Size");
    let mut broken = pack(&b);
    // In the words of the page: only the checksum tells.
    let middle = broken.len() - 15;
    broken[middle] ^= 1;
    let mut told = String::new();
    for (what, archive) in [
        ("plain, cut at the end", [&a[..], &b[..cut_at]].concat()),
        ("plain, cut in a header", [&a[..], &b[..40]].concat()),
        ("plain, no length", [&a[..], no_length.as_bytes(), &c].concat()),
        ("plain, other bytes between", [&a[..], b"no record\r\nat all\r\n\r\n", &c].concat()),
        ("plain, old version", [&a[..], b"WARC/0.9\r\nContent-Length: 0\r\n\r\n", &c].concat()),
        ("member cut by its writer", [pack(&a), pack(&b[..cut_at]), pack(&c)].concat()),
        ("member cut in its header", [pack(&a), pack(&b[..40]), pack(&c)].concat()),
        ("member damaged", [pack(&a), broken, pack(&c)].concat()),
        ("member broken off at the end", [pack(&a), pack(&b)[..60].to_vec()].concat()),
        ("one member for all", pack(&[&a[..], &b, &c].concat())),
        (
            "members across records",
            [pack(&[&a[..], &b[..50]].concat()), pack(&[&b[50..], &c].concat())].concat(),
        ),
        ("no record", Vec::new()),
        ("no page", record("WARC-Type: warcinfo", b"x")),
    ] {
        told.push_str(&format!("-- {what}\n{}", outline(archive, Format::Warc)));
    }
    insta::assert_snapshot!(told, @r#"
-- plain, cut at the end
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2 ends after 42 of 58 bytes; 1 record was read
-- plain, cut in a header
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: it ends within its header; 1 record was read
-- plain, no length
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: its header has no `Content-Length`; 1 record was read
urn:c <- crawl.warc.gz: record 3 "Third words."
-- plain, other bytes between
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: expected `WARC/1.0` or `WARC/1.1` where it begins, found `no record`; 1 record was read
urn:c <- crawl.warc.gz: record 3 "Third words."
-- plain, old version
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: expected `WARC/1.0` or `WARC/1.1` where it begins, found `WARC/0.9`; 1 record was read
urn:c <- crawl.warc.gz: record 3 "Third words."
-- member cut by its writer
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2 ends after 42 of 58 bytes; 1 record was read
urn:c <- crawl.warc.gz: record 3 "Third words."
-- member cut in its header
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: it ends within its header; 1 record was read
urn:c <- crawl.warc.gz: record 3 "Third words."
-- member damaged
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: damaged gzip data in it or after it (corrupt gzip stream does not have a matching checksum); 1 record was read
urn:c <- crawl.warc.gz: record 3 "Third words."
-- member broken off at the end
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: damaged gzip data in it or after it (incomplete deflate stream); 1 record was read
-- one member for all
urn:a <- crawl.warc.gz: record 1 "First words."
urn:b <- crawl.warc.gz: record 2 "Second words."
urn:c <- crawl.warc.gz: record 3 "Third words."
-- members across records
urn:a <- crawl.warc.gz: record 1 "First words."
urn:b <- crawl.warc.gz: record 2 "Second words."
urn:c <- crawl.warc.gz: record 3 "Third words."
-- no record
! crawl.warc.gz: empty: no text in it
-- no page
! crawl.warc.gz: no page in this archive; 1 record was read
  hint: pages are responses with status 200, resources and conversions in HTML or plain text
"#);
}

#[test]
fn a_page_beyond_the_limit_costs_only_itself() {
    let long = page("long", &"x".repeat(33 << 20));
    let archive = [page("a", "First words."), long, page("c", "Third words.")].concat();
    insta::assert_snapshot!(outline(archive, Format::Warc), @r#"
urn:a <- crawl.warc.gz: record 1 "First words."
! crawl.warc.gz: record 2: longer than 33554432 bytes; this report was left out
urn:c <- crawl.warc.gz: record 3 "Third words."
"#);
}

proptest! {
    #[test]
    fn any_bytes_are_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), is_packed in any::<bool>()) {
        let bytes = if is_packed { pack(&bytes) } else { bytes };
        outline(bytes, Format::Warc);
    }

    #[test]
    fn a_changed_archive_is_no_panic_and_ends(
        at in 0usize..2000, bytes in proptest::collection::vec(any::<u8>(), 1..9), is_packed in any::<bool>(), is_cut in any::<bool>(),
    ) {
        let records = [page("a", "First words."), page("b", "Second words."), page("c", "Third words.")];
        let mut archive =
            if is_packed { records.map(|record| pack(&record)).concat() } else { records.concat() };
        let at = at % archive.len();
        let end = (at + bytes.len()).min(archive.len());
        archive[at..end].copy_from_slice(&bytes[..end - at]);
        if is_cut {
            archive.truncate(end);
        }
        let outline = outline(archive, Format::Warc);
        prop_assert!(outline.lines().count() <= 8, "{}", outline);
    }

    #[test]
    fn what_is_written_reads_back(
        words in proptest::collection::vec("[a-z]{1,9}( [a-zé\\r\\n:]{0,9}){0,40}x", 1..12),
        packing in 0..3,
    ) {
        let records: Vec<Vec<u8>> =
            words.iter().enumerate().map(|(n, words)| page(&n.to_string(), words)).collect();
        let archive = match packing {
            0 => records.concat(),
            1 => records.iter().flat_map(|record| pack(record)).collect(),
            // Members that know nothing of records.
            _ => records.concat().chunks(97).flat_map(pack).collect(),
        };
        let read: Vec<String> = read_reports_from(Cursor::new(archive), "x", Format::Warc)
            .map(|report| match report.unwrap().body {
                Body::Text(words) | Body::Html(words) => words.to_string(),
            })
            .collect();
        prop_assert_eq!(read, words);
    }
}
