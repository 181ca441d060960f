//! The unpacked bytes of an archive, gzip member by member.
//!
//! In:  bytes, packed or plain.
//! Out: a buffer to be filled and consumed, which never runs over the start of a member unseen.
//!
//! Most archives pack each record as a member of its own (ISO 28500, annex D), so the start of a member is where
//! reading can go on after damage. A member may also hold many records or a part of one; all of these are read.

use crate::peek::Peekable;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

const OUT_BYTES: usize = 64 << 10;
const GZIP_MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// See the module.
pub(crate) struct Members {
    raw: Raw,
    /// Unpacked bytes; unused for plain input.
    out: Box<[u8]>,
    start: usize,
    end: usize,
    /// Where in `out` members begin, from `start` on.
    members_at: Vec<usize>,
    /// Where in the packed bytes the member being read, or the last one, began.
    member_from: u64,
}

enum Raw {
    Plain(Peekable),
    /// Inside a member.
    Member(Box<GzDecoder<Peekable>>),
    /// Before a member, or after damage.
    Between(Peekable),
    /// Only for the moment in which the reader changes hands.
    Moved,
}

impl Members {
    pub fn new(input: Peekable, is_packed: bool) -> Members {
        let raw = if is_packed { Raw::Between(input) } else { Raw::Plain(input) };
        let out = vec![0; if is_packed { OUT_BYTES } else { 0 }].into_boxed_slice();
        Members { raw, out, start: 0, end: 0, members_at: Vec::new(), member_from: 0 }
    }

    pub fn is_packed(&self) -> bool {
        !matches!(self.raw, Raw::Plain(_))
    }

    /// Holds at least one more byte, unless the input has ended.
    pub fn fill(&mut self) -> io::Result<&[u8]> {
        self.fill_to(1)?;
        Ok(self.buffer())
    }

    /// Whether the next bytes are these.
    pub fn starts_with(&mut self, word: &[u8]) -> io::Result<bool> {
        self.fill_to(word.len())?;
        Ok(match &self.raw {
            Raw::Plain(input) => input.buffer().starts_with(word),
            _ => self.out[self.start..self.end].starts_with(word),
        })
    }

    /// What is held, up to the start of the next member.
    pub fn buffer(&self) -> &[u8] {
        match &self.raw {
            Raw::Plain(input) => input.buffer(),
            _ => {
                let next = self.members_at.iter().find(|&&at| at > self.start);
                &self.out[self.start..next.map_or(self.end, |&at| at)]
            }
        }
    }

    pub fn consume(&mut self, n_bytes: usize) {
        match &mut self.raw {
            Raw::Plain(input) => input.consume(n_bytes),
            _ => {
                self.start = (self.start + n_bytes).min(self.end);
                self.members_at.retain(|&at| at >= self.start);
            }
        }
    }

    /// Whether the next byte is the first of a member.
    pub fn is_at_member(&self) -> bool {
        self.is_packed() && self.members_at.first() == Some(&self.start)
    }

    /// After damage: goes to where the next member seems to begin. False where there is none.
    pub fn find_member(&mut self) -> io::Result<bool> {
        (self.start, self.end) = (0, 0);
        self.members_at.clear();
        let mut input = match std::mem::replace(&mut self.raw, Raw::Moved) {
            Raw::Member(decoder) => decoder.into_inner(),
            Raw::Plain(input) | Raw::Between(input) => input,
            Raw::Moved => return Ok(false),
        };
        if input.n_consumed() == self.member_from {
            input.consume(1); // That is where it failed.
        }
        let found = loop {
            match input.peek(GZIP_MAGIC.len()) {
                Ok(held) if held.len() < GZIP_MAGIC.len() => break Ok(false),
                Ok(held) => match memchr::memmem::find(held, &GZIP_MAGIC) {
                    Some(at) => {
                        input.consume(at);
                        break Ok(true);
                    }
                    None => {
                        let n_passed = held.len() - (GZIP_MAGIC.len() - 1);
                        input.consume(n_passed);
                    }
                },
                Err(error) => break Err(error),
            }
        };
        self.raw = Raw::Between(input);
        found
    }

    /// Holds at least `n_bytes`, unless the input ends before.
    fn fill_to(&mut self, n_bytes: usize) -> io::Result<()> {
        if let Raw::Plain(input) = &mut self.raw {
            return if n_bytes == 1 { fill_plain(input) } else { input.peek(n_bytes).map(|_| ()) };
        }
        while self.end - self.start < n_bytes {
            if self.start > 0 {
                self.out.copy_within(self.start..self.end, 0);
                self.members_at.iter_mut().for_each(|at| *at -= self.start);
                (self.start, self.end) = (0, self.end - self.start);
            }
            if self.unpack()? == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Reads to the end of the member where only line breaks are left of it, so that its checksum is known.
    pub fn finish_member(&mut self) -> io::Result<()> {
        while matches!(self.raw, Raw::Member(_))
            && self.end < self.out.len()
            && self.out[self.start..self.end].iter().all(|byte| b"\r\n".contains(byte))
        {
            self.step()?;
        }
        Ok(())
    }

    /// Unpacks some more bytes; none at the end of the input.
    fn unpack(&mut self) -> io::Result<usize> {
        loop {
            match self.step()? {
                Step::Unpacked(n_bytes) => return Ok(n_bytes),
                Step::Boundary => {}
                Step::End => return Ok(0),
            }
        }
    }

    fn step(&mut self) -> io::Result<Step> {
        match std::mem::replace(&mut self.raw, Raw::Moved) {
            Raw::Between(mut input) => {
                self.member_from = input.n_consumed();
                let magic = input.peek(2).map(|held| (held.is_empty(), held.starts_with(&GZIP_MAGIC[..2])));
                match magic {
                    Ok((false, true)) => {
                        self.members_at.push(self.end);
                        self.raw = Raw::Member(Box::new(GzDecoder::new(input)));
                        Ok(Step::Boundary)
                    }
                    Ok((is_end, _)) => {
                        self.raw = Raw::Between(input);
                        if is_end {
                            return Ok(Step::End);
                        }
                        let problem = "no gzip member where one should begin";
                        Err(io::Error::new(io::ErrorKind::InvalidData, problem))
                    }
                    Err(error) => {
                        self.raw = Raw::Between(input);
                        Err(error)
                    }
                }
            }
            Raw::Member(mut decoder) => match decoder.read(&mut self.out[self.end..]) {
                Ok(0) => {
                    self.raw = Raw::Between(decoder.into_inner());
                    Ok(Step::Boundary)
                }
                Ok(n_read) => {
                    self.end += n_read;
                    self.raw = Raw::Member(decoder);
                    Ok(Step::Unpacked(n_read))
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    self.raw = Raw::Member(decoder);
                    Ok(Step::Boundary)
                }
                Err(error) => {
                    self.raw = Raw::Between(decoder.into_inner());
                    Err(error)
                }
            },
            other => {
                self.raw = other;
                Ok(Step::End)
            }
        }
    }
}

/// What one step of unpacking gave.
enum Step {
    Unpacked(usize),
    /// Nothing yet: a member begins or ends.
    Boundary,
    End,
}

fn fill_plain(input: &mut Peekable) -> io::Result<()> {
    loop {
        match input.fill_buf() {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    /// The runs of bytes, each up to the start of the next member; `!` for damage.
    fn runs(packed: Vec<u8>) -> Vec<String> {
        let mut members = Members::new(Peekable::new(Box::new(Cursor::new(packed))), true);
        let mut runs = Vec::new();
        loop {
            match members.fill() {
                Ok([]) => return runs,
                Ok(part) => {
                    let part = String::from_utf8(part.to_vec()).unwrap();
                    members.consume(part.len());
                    runs.push(part);
                }
                Err(_) => {
                    runs.push("!".into());
                    if !members.find_member().unwrap() {
                        return runs;
                    }
                }
            }
        }
    }

    #[test]
    fn damage_costs_its_member() {
        let (one, two, three) = (pack(b"one"), pack(b"two"), pack(b"three"));
        for (packed, expected) in [
            ([&one[..], &two, &three].concat(), &["one", "two", "three"][..]),
            ([&one[..], &b"between"[..], &three].concat(), &["one", "!", "three"]),
            ([&one[..], &[0x1F, 0x8B, 8, 0, 0xFF], &three].concat(), &["one", "!"]),
            (
                [&one[..], &two[..two.len() - 1], &[two[two.len() - 1] ^ 1], &three].concat(),
                &["one", "two", "!", "three"],
            ),
            (one[..one.len() - 4].to_vec(), &["one", "!"]),
        ] {
            assert_eq!(runs(packed.clone()), expected, "{packed:?}");
        }
    }

    #[test]
    fn the_start_of_a_member_is_seen_in_a_look_ahead() {
        let packed = [pack(b"one"), pack(b"two")].concat();
        let mut members = Members::new(Peekable::new(Box::new(Cursor::new(packed))), true);
        assert!(members.starts_with(b"onetwo").unwrap());
        assert!(members.is_at_member());
        assert_eq!(members.buffer(), b"one");
        members.consume(1);
        assert!(!members.is_at_member());
        members.consume(2);
        assert_eq!(members.buffer(), b"two");
    }
}
