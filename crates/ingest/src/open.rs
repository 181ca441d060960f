//! Opens one input: packed or not, which format, and the reader for it.
//!
//! In:  bytes, and what the user and the file's name say of them.
//! Out: one report, or an iterator of many that holds one in memory at a time (of a feed, all).
//!
//! Files packed with gzip are unpacked on the way; what they unpack to is bounded by the length of a report,
//! so a small file cannot fill the memory. Where the user names the format, nothing is read ahead: a line that
//! comes through a pipe is a report before the next one is sent.

use crate::charset::{Declaration, decode};
use crate::format::{is_one_value_a_line, sniff};
use crate::lines::Lines;
use crate::peek::Peekable;
use crate::values::Values;
use crate::warc::{Members, Pages};
use crate::{Body, Format, IngestError, IngestErrorKind, Input, Report, feed};
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// The most bytes that a report, or a line of JSONL, may have: a hundred times the longest of articles.
///
/// Spans are 32 bits wide, so this could not be more than 4 GiB.
pub const MAX_REPORT_BYTES: usize = 32 << 20;

/// How many bytes tell the format.
const HEAD_BYTES: usize = 8192;

/// What is known of an input before it is opened.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub name: Input,
    /// The id of the report that it may be, or the beginning of the ids of its reports.
    pub id: String,
    /// Of the file, without `.gz`.
    pub extension: Option<String>,
}

/// The reports of one input, in its order.
pub(crate) type Items = Box<dyn Iterator<Item = Result<Report, IngestError>> + Send>;

/// What an input holds.
pub(crate) enum Opened {
    One(Box<Report>),
    Many(Items),
}

/// Opens an input.
pub(crate) fn open(
    input: Box<dyn Read + Send>,
    format: Format,
    source: Source,
) -> Result<Opened, IngestErrorKind> {
    let mut input = Peekable::new(input);
    // The two bytes tell gzip; only where the format is to be told from the content are more waited for.
    let n_head = if matches!(format, Format::Auto | Format::Ninjs) { HEAD_BYTES } else { 2 };
    let head = input.peek(n_head).map_err(IngestErrorKind::Unreadable)?;
    let is_packed = is_gzip(head);
    let unpacked = unpack_head(head);
    let format = match format {
        Format::Auto => sniff(&unpacked, source.extension.as_deref()),
        Format::Ninjs if is_one_value_a_line(&unpacked) => Format::Jsonl,
        format => format,
    };
    if format == Format::Jsonl && (unpacked.starts_with(&[0xFF, 0xFE]) || unpacked.starts_with(&[0xFE, 0xFF]))
    {
        return Err(IngestErrorKind::Utf16Lines);
    }
    Ok(match format {
        Format::Warc => Opened::Many(Box::new(Pages::new(Members::new(input, is_packed), source))),
        Format::Jsonl => Opened::Many(Box::new(Lines::new(unpack(input, is_packed), is_packed, source))),
        Format::Ninjs => Opened::Many(Box::new(Values::new(unpack(input, is_packed), is_packed, source))),
        Format::Feed => {
            let Some(bytes) = read_whole(input, is_packed)? else {
                return Err(IngestErrorKind::LongFeed { max_bytes: MAX_REPORT_BYTES });
            };
            Opened::Many(Box::new(feed::read_feed(bytes, &source).into_iter()))
        }
        Format::Auto | Format::Text | Format::Html => {
            Opened::One(Box::new(read_one(input, is_packed, format == Format::Html, source)?))
        }
    })
}

/// The format that the first bytes of a file show.
pub(crate) fn sniff_file(file: impl Read, extension: Option<&str>) -> io::Result<Format> {
    let mut head = Vec::new();
    file.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(sniff(&unpack_head(&head), extension))
}

/// What went wrong while reading.
pub(crate) fn read_error(error: io::Error, is_packed: bool) -> IngestErrorKind {
    let is_damage = matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
    );
    if is_packed && is_damage {
        IngestErrorKind::DamagedGzip(error)
    } else {
        IngestErrorKind::Unreadable(error)
    }
}

fn read_one(
    input: Peekable,
    is_packed: bool,
    is_html: bool,
    source: Source,
) -> Result<Report, IngestErrorKind> {
    let Some(bytes) = read_whole(input, is_packed)? else {
        return Err(IngestErrorKind::TooLong { max_bytes: MAX_REPORT_BYTES });
    };
    let (text, notice) = decode(bytes, if is_html { Declaration::Believed } else { Declaration::Ignored })?;
    if text.trim().is_empty() {
        return Err(IngestErrorKind::Empty);
    }
    let body = if is_html { Body::Html(text.into()) } else { Body::Text(text.into()) };
    let notices = notice.into_iter().collect();
    Ok(Report { input: source.name, notices, ..Report::new(source.id, body) })
}

/// All bytes of the input. None where they are more than a report may have.
fn read_whole(input: Peekable, is_packed: bool) -> Result<Option<Vec<u8>>, IngestErrorKind> {
    let mut bytes = Vec::new();
    let n_read = unpack(input, is_packed)
        .take(MAX_REPORT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| read_error(error, is_packed))?;
    Ok((n_read <= MAX_REPORT_BYTES).then_some(bytes))
}

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1F, 0x8B])
}

/// The first unpacked bytes. Damage shows where the whole is read.
fn unpack_head(head: &[u8]) -> Vec<u8> {
    if !is_gzip(head) {
        return head.to_vec();
    }
    let mut unpacked = Vec::new();
    let _ = MultiGzDecoder::new(head).take(HEAD_BYTES as u64).read_to_end(&mut unpacked);
    unpacked
}

fn unpack(input: Peekable, is_packed: bool) -> Box<dyn BufRead + Send> {
    if is_packed {
        Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(input)))
    } else {
        Box::new(input)
    }
}
