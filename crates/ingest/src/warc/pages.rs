//! From the records of an archive to the reports in it.

use super::archive::Archive;
use super::header::RecordHeader;
use super::http::{MAX_HEAD_BYTES, ResponseHead, body_start, read_body, read_head, split_content_type};
use super::members::Members;
use crate::charset::{Declaration, decode};
use crate::format::looks_like_html;
use crate::open::Source;
use crate::{Body, IngestError, IngestErrorKind, Input, MAX_REPORT_BYTES, Place, Report};
use dateline_text::Notice;
use encoding_rs::Encoding;

/// The pages of an archive as reports, in its order.
pub(crate) struct Pages {
    archive: Archive,
    source: Source,
    max_bytes: usize,
    /// Whether there has been a page, or a failure that says why not.
    has_spoken: bool,
    has_ended: bool,
}

impl Pages {
    pub fn new(members: Members, source: Source) -> Pages {
        Pages {
            archive: Archive::new(members),
            source,
            max_bytes: MAX_REPORT_BYTES,
            has_spoken: false,
            has_ended: false,
        }
    }

    /// The report in this record, if it holds a page.
    fn read_record(&mut self, header: &RecordHeader) -> Result<Option<Report>, IngestErrorKind> {
        let is_response = header.kind == "response";
        if !(is_response || header.kind == "resource" || header.kind == "conversion")
            || is_robots_file(&header.target)
        {
            return Ok(None);
        }
        let mut block = Vec::new();
        let head = if is_response {
            match self.read_response_head(&mut block)? {
                Some(head) => head,
                None => return Ok(None),
            }
        } else {
            ResponseHead { status: 200, content_type: header.content_type.clone(), ..ResponseHead::default() }
        };
        let (media_type, charset) = split_content_type(&head.content_type);
        if head.status != 200
            || !matches!(media_type.as_str(), "text/html" | "application/xhtml+xml" | "text/plain" | "")
        {
            return Ok(None);
        }
        if self.archive.n_left() + block.len() as u64 > self.max_bytes as u64 {
            return Err(IngestErrorKind::TooLong { max_bytes: self.max_bytes });
        }
        self.archive.read_block(&mut block, u64::MAX)?;
        self.archive.check_packing()?;
        let body = read_body(&head, &block, self.max_bytes)?;
        let is_html = match media_type.as_str() {
            "text/plain" => false,
            // A server that does not say what it sends is believed only where markup is plain to see.
            "" if !looks_like_html(&body) => return Ok(None),
            _ => true,
        };
        let declaration = match charset.and_then(|label| Encoding::for_label(label.as_bytes())) {
            Some(encoding) => Declaration::Stated(encoding),
            None if is_html => Declaration::Believed,
            None => Declaration::Ignored,
        };
        let (text, notice) = decode(body, declaration)?;
        if text.trim().is_empty() {
            return Err(IngestErrorKind::Empty);
        }
        let body = if is_html { Body::Html(text.into()) } else { Body::Text(text.into()) };
        let id = match header.id.as_str() {
            "" => format!("{}:{}", self.source.id, self.archive.number()),
            id => id.to_owned(),
        };
        let mut report = Report { input: self.record_input(), ..Report::new(id, body) };
        report.url = Some(header.target.clone()).filter(|target| !target.is_empty());
        if !header.date.is_empty() {
            report.extra.insert("archived".into(), header.date.clone().into());
        }
        report.notices.extend(notice);
        if !header.truncated.is_empty() {
            let reason = &header.truncated;
            report
                .notices
                .push(Notice::new(format!("the archive holds only a part of this page (`{reason}`)")));
        } else if !header.segment.is_empty() {
            report.notices.push(Notice::new("only the first segment of this page is read"));
        }
        Ok(Some(report))
    }

    /// Reads the header of a response and leaves the beginning of its body in `block`. None where it is not
    /// one of HTTP.
    fn read_response_head(&mut self, block: &mut Vec<u8>) -> Result<Option<ResponseHead>, IngestErrorKind> {
        loop {
            if let Some(at) = body_start(block) {
                let head = read_head(&block[..at]);
                block.drain(..at);
                return Ok(head);
            }
            if self.archive.n_left() == 0 || block.len() > MAX_HEAD_BYTES {
                return Ok(None);
            }
            self.archive.read_block(block, 4096)?;
        }
    }

    fn record_input(&self) -> Input {
        Input { path: self.source.name.path.clone(), place: Some(Place::Record(self.archive.number())) }
    }

    /// What the whole archive has to be told, once at its end.
    fn end(&mut self) -> Option<Result<Report, IngestError>> {
        if self.has_spoken || self.has_ended {
            return None;
        }
        self.has_ended = true;
        let kind = match self.archive.number() {
            0 => IngestErrorKind::Empty,
            n_records => IngestErrorKind::NoPages { n_records },
        };
        Some(Err(IngestError { input: self.source.name.clone(), kind }))
    }
}

impl Iterator for Pages {
    type Item = Result<Report, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(header) = self.archive.next_record() else { return self.end() };
            let read = header.and_then(|header| self.read_record(&header));
            let Some(report) = read.transpose() else { continue };
            self.has_spoken = true;
            return Some(report.map_err(|kind| {
                // Damage of the archive names its record itself.
                let input = match kind {
                    IngestErrorKind::CutRecord { .. }
                    | IngestErrorKind::DamagedRecord { .. }
                    | IngestErrorKind::Unreadable(_) => self.source.name.clone(),
                    _ => self.record_input(),
                };
                IngestError { input, kind }
            }));
        }
    }
}

fn is_robots_file(target: &str) -> bool {
    let path = target.split_once("://").map_or(target, |(_, rest)| rest);
    path.split_once('/').is_some_and(|(_, path)| path == "robots.txt")
}
