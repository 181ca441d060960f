//! Records of an archive, one after the other.
//!
//! In:  the unpacked bytes.
//! Out: the header of each record, then as much of its block as is asked for; the rest is passed over.
//!
//! After damage the reader goes to the next member of gzip, or the next line that begins with `WARC/1.`, and
//! says once what was lost.

use super::header::{MAX_HEADER_BYTES, RecordHeader, VERSION, read_header};
use super::members::Members;
use crate::IngestErrorKind;
use std::io;

/// See the module.
pub(super) struct Archive {
    members: Members,
    /// Records begun so far; the number of the present one.
    number: usize,
    /// Records read to their end.
    n_read: usize,
    /// Bytes of the present block, and how many of them are still to come.
    n_block: u64,
    n_left: u64,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first record.
    Start,
    /// In a record or after one.
    Within,
    /// After damage; the next record has to be looked for.
    Lost,
    /// After damage of the packing.
    Damaged,
    Ended,
}

impl Archive {
    pub fn new(members: Members) -> Archive {
        Archive { members, number: 0, n_read: 0, n_block: 0, n_left: 0, state: State::Start }
    }

    /// The number of the present record, from 1.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Bytes of the present block that have not been read.
    pub fn n_left(&self) -> u64 {
        self.n_left
    }

    /// The next record. After damage, an error once and then the next record that can be found.
    pub fn next_record(&mut self) -> Option<Result<RecordHeader, IngestErrorKind>> {
        let found = match self.state {
            State::Ended => return None,
            State::Lost | State::Damaged => self.find_record(),
            State::Start => self.pass_blank_lines(),
            State::Within => self.pass_block().and_then(|()| {
                self.n_read += 1;
                self.pass_blank_lines()
            }),
        };
        match found {
            Ok(true) => {}
            Ok(false) => {
                self.state = State::Ended;
                return None;
            }
            Err(kind) => return Some(Err(kind)),
        }
        self.number += 1;
        self.state = State::Within;
        (self.n_block, self.n_left) = (0, 0);
        Some(self.read_header())
    }

    /// Adds up to `n_bytes` of the block to `into`; fewer at its end.
    pub fn read_block(&mut self, into: &mut Vec<u8>, n_bytes: u64) -> Result<(), IngestErrorKind> {
        let mut n_wanted = n_bytes.min(self.n_left);
        while n_wanted > 0 {
            let n_part = self.block_part()?.min(n_wanted) as usize;
            into.extend_from_slice(&self.members.buffer()[..n_part]);
            self.consume(n_part);
            n_wanted -= n_part as u64;
        }
        Ok(())
    }

    /// After a whole block: whether the packing of its record is sound, as far as that can be known yet.
    pub fn check_packing(&mut self) -> Result<(), IngestErrorKind> {
        self.members.finish_member().map_err(|error| self.fail(error))
    }

    fn pass_block(&mut self) -> Result<(), IngestErrorKind> {
        while self.n_left > 0 {
            let n_part = self.block_part()? as usize;
            self.consume(n_part);
        }
        Ok(())
    }

    fn consume(&mut self, n_bytes: usize) {
        self.members.consume(n_bytes);
        self.n_left -= n_bytes as u64;
    }

    /// How many bytes of the block are held now, at least one.
    fn block_part(&mut self) -> Result<u64, IngestErrorKind> {
        let is_next = self.is_at_next_record().map_err(|error| self.fail(error))?;
        let n_held = self.members.buffer().len() as u64;
        if n_held == 0 || is_next {
            self.state = if n_held == 0 { State::Ended } else { State::Lost };
            return Err(IngestErrorKind::CutRecord {
                record: self.number,
                n_found: self.n_block - self.n_left,
                n_expected: self.n_block,
                n_read: self.n_read,
            });
        }
        Ok(n_held.min(self.n_left))
    }

    /// Holds more bytes, and tells whether a member begins there with a new record: then the present one is over,
    /// whatever its length says.
    fn is_at_next_record(&mut self) -> io::Result<bool> {
        self.members.fill()?;
        Ok(self.members.is_at_member() && self.members.starts_with(VERSION)?)
    }

    fn read_header(&mut self) -> Result<RecordHeader, IngestErrorKind> {
        let mut header = Vec::new();
        loop {
            let n_before = header.len();
            self.read_line(&mut header)?;
            let line = &header[n_before..];
            if line.trim_ascii().is_empty() && line.ends_with(b"\n") {
                break;
            }
            if n_before == 0 && !line.starts_with(VERSION) {
                break; // The version line says what is wrong.
            }
            if !line.ends_with(b"\n") || header.len() > MAX_HEADER_BYTES {
                let is_cut = header.len() <= MAX_HEADER_BYTES;
                self.state = State::Lost;
                return Err(self.damage(if is_cut {
                    "it ends within its header"
                } else {
                    "its header does not end"
                }));
            }
        }
        match read_header(&header) {
            Ok(header) => {
                (self.n_block, self.n_left) = (header.n_bytes, header.n_bytes);
                Ok(header)
            }
            Err(problem) => {
                self.state = State::Lost;
                Err(self.damage(&problem))
            }
        }
    }

    /// Adds a line with its newline; without one at the end of the input, where the next record begins, and where
    /// the header grows too long.
    fn read_line(&mut self, into: &mut Vec<u8>) -> Result<(), IngestErrorKind> {
        loop {
            let is_next = match self.is_at_next_record() {
                Ok(is_next) => is_next && !into.is_empty(),
                Err(error) => return Err(self.fail(error)),
            };
            if is_next {
                return Ok(());
            }
            let held = self.members.buffer();
            let newline = memchr::memchr(b'\n', held);
            let n_part = newline.map_or(held.len(), |at| at + 1);
            into.extend_from_slice(&held[..n_part]);
            self.members.consume(n_part);
            if n_part == 0 || newline.is_some() || into.len() > MAX_HEADER_BYTES {
                return Ok(());
            }
        }
    }

    /// Goes to the first byte that is no line break. False at the end of the input.
    fn pass_blank_lines(&mut self) -> Result<bool, IngestErrorKind> {
        loop {
            let held = match self.members.fill() {
                Ok(held) => held,
                Err(error) => return Err(self.fail(error)),
            };
            if held.is_empty() {
                return Ok(false);
            }
            match held.iter().position(|byte| !b"\r\n".contains(byte)) {
                Some(at) => {
                    self.members.consume(at);
                    return Ok(true);
                }
                None => {
                    let n_blank = held.len();
                    self.members.consume(n_blank);
                }
            }
        }
    }

    /// Goes to the next line that begins a record. What is damaged on the way belongs to the same loss.
    fn find_record(&mut self) -> Result<bool, IngestErrorKind> {
        let mut is_at_line = true;
        if self.state == State::Damaged && !self.members.find_member().unwrap_or(false) {
            return Ok(false);
        }
        loop {
            match self.pass_line(is_at_line) {
                Ok(Passed::Found) => return Ok(true),
                Ok(Passed::Line) => is_at_line = true,
                Ok(Passed::Part) => is_at_line = false,
                Ok(Passed::End) => return Ok(false),
                Err(error) if is_damage(&error) && self.members.is_packed() => {
                    if !self.members.find_member().unwrap_or(false) {
                        return Ok(false);
                    }
                    is_at_line = true;
                }
                Err(error) => return Err(self.fail(error)),
            }
        }
    }

    fn pass_line(&mut self, is_at_line: bool) -> io::Result<Passed> {
        if (is_at_line || self.members.is_at_member()) && self.members.starts_with(VERSION)? {
            return Ok(Passed::Found);
        }
        let held = self.members.fill()?;
        if held.is_empty() {
            return Ok(Passed::End);
        }
        let newline = memchr::memchr(b'\n', held);
        let n_part = newline.map_or(held.len(), |at| at + 1);
        self.members.consume(n_part);
        Ok(if newline.is_some() { Passed::Line } else { Passed::Part })
    }

    /// Damage of the packing costs what is read at the moment; other failures end the reading.
    fn fail(&mut self, error: io::Error) -> IngestErrorKind {
        if !(self.members.is_packed() && is_damage(&error)) {
            self.state = State::Ended;
            return IngestErrorKind::Unreadable(error);
        }
        self.state = State::Damaged;
        let n_found = self.n_block - self.n_left;
        let problem = if self.n_left > 0 {
            format!("damaged gzip data after {n_found} of {} bytes ({error})", self.n_block)
        } else {
            format!("damaged gzip data in it or after it ({error})")
        };
        self.damage(&problem)
    }

    fn damage(&self, problem: &str) -> IngestErrorKind {
        IngestErrorKind::DamagedRecord {
            record: self.number,
            problem: problem.to_owned(),
            n_read: self.n_read,
        }
    }
}

enum Passed {
    Found,
    Line,
    Part,
    End,
}

/// Whether the bytes are wrong, and not their reading.
fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
    )
}
