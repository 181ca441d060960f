//! Web archives: WARC 1.0 and 1.1 (ISO 28500), plain or packed with gzip, of any length.
//!
//! In:  the bytes of one archive; a record at a time is in memory, and of a record no more than a report may have.
//! Out: the pages in it, in the archive's order, and what could not be read, with the number of the record.
//!
//! Read are `response` records with status 200 and `resource` and `conversion` records, where their media type is
//! HTML, XHTML or plain text. `WARC-Target-URI` becomes the address, `WARC-Record-ID` the id, and the
//! moment of the capture (`WARC-Date`) is kept as `archived`: it is no time of publication, which the page may tell.
//!
//! Passed over: `request` and `warcinfo`, which hold no page; `metadata`, which is about one; `revisit`, whose page
//! stands in another record; `continuation` (of a page in segments, only the first is read); and `robots.txt`,
//! which is written for crawlers (RFC 9309).
//!
//! Not done: pages packed with brotli or zstd are named and left out.
//!
//! ```text
//! WARC/1.1                                        members of gzip, or none
//! WARC-Type: response                           ┐
//! WARC-Target-URI: https://harbour.example/a    ├ header.rs
//! Content-Length: 164                           ┘
//!
//! HTTP/1.1 200 OK                               ┐
//! Content-Type: text/html; charset=utf-8        ├ http.rs
//!                                               │
//! <html>…                                       ┘
//! ```

mod archive;
mod header;
mod http;
mod members;
mod pages;

pub(crate) use members::Members;
pub(crate) use pages::Pages;
