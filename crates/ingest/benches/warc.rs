//! How fast web archives are read, packed a member a record as crawlers write them, and plain.
//!
//! November 2026, one of two shared cores, unpacked bytes at the median: packed 129 MB/s, plain 1.17 GB/s.

use dateline_ingest::{Format, read_reports_from};
use divan::Bencher;
use divan::counter::BytesCount;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Cursor, Write};
use std::sync::Arc;

fn main() {
    divan::main();
}

const N_RECORDS: usize = 400;

/// A page of some 60 kB, which packs about as well as pages do, beside the request that asked for it.
fn records() -> Vec<Vec<u8>> {
    let mut seed = 7_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let words: Vec<String> = (0..3000).map(|_| format!("w{:x}", random())).collect();
    let mut records = Vec::new();
    for n in 0..N_RECORDS {
        let mut page = format!("<html><head><title>Page {n}</title></head><body>");
        for _ in 0..300 {
            page.push_str("<p class=\"story-text\">");
            for _ in 0..20 {
                page.push_str(&words[random() % words.len()]);
                page.push(' ');
            }
            page.push_str("</p>\n");
        }
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        records.push(record("response", n, http.as_bytes()));
        records.push(record("request", n, b"GET / HTTP/1.1\r\nHost: harbour.example\r\n\r\n"));
    }
    records
}

fn record(kind: &str, n: usize, block: &[u8]) -> Vec<u8> {
    let header = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{n}>\r\n\
         WARC-Target-URI: https://harbour.example/{n}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [header.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// Reads an archive that is held in memory; the figure counts its unpacked bytes.
fn read(bencher: Bencher<'_, '_>, archive: Vec<u8>, n_unpacked: usize) {
    let archive: Arc<[u8]> = archive.into();
    bencher.counter(BytesCount::new(n_unpacked)).bench(|| {
        let reports = read_reports_from(Cursor::new(Arc::clone(&archive)), "bench", Format::Warc);
        let n_reports = reports.filter(Result::is_ok).count();
        assert_eq!(n_reports, N_RECORDS);
    });
}

#[divan::bench(sample_count = 20)]
fn plain(bencher: Bencher<'_, '_>) {
    let archive = records().concat();
    let n_unpacked = archive.len();
    read(bencher, archive, n_unpacked);
}

#[divan::bench(sample_count = 20)]
fn packed(bencher: Bencher<'_, '_>) {
    let records = records();
    let n_unpacked = records.iter().map(Vec::len).sum();
    let members = records.iter().map(|record| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(record).and_then(|()| packer.finish()).expect("invariant: memory can be written")
    });
    read(bencher, members.collect::<Vec<_>>().concat(), n_unpacked);
}
