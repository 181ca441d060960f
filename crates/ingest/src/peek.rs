//! A buffered reader whose next bytes can be looked at before anybody reads them.
//!
//! Formats are told by their first bytes, and the search for the next good record looks ahead. A pipe may give
//! fewer bytes than asked for, so what is seen never depends on how the bytes arrive.

use std::io::{self, BufRead, Read};

/// Bytes held: a few pages of a pipe, and more than any look ahead.
const BUFFER_BYTES: usize = 64 << 10;

/// Anything that can be read, with a look ahead.
pub(crate) struct Peekable {
    inner: Box<dyn Read + Send>,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    /// Bytes read by others so far.
    n_consumed: u64,
}

impl Peekable {
    pub fn new(inner: Box<dyn Read + Send>) -> Peekable {
        let buffer = vec![0; BUFFER_BYTES].into_boxed_slice();
        Peekable { inner, buffer, start: 0, end: 0, n_consumed: 0 }
    }

    /// The next `n_bytes` or more, fewer only at the end. `n_bytes` is at most the buffer's size.
    pub fn peek(&mut self, n_bytes: usize) -> io::Result<&[u8]> {
        while self.end - self.start < n_bytes.min(BUFFER_BYTES) {
            if self.buffer.len() - self.start < n_bytes {
                self.buffer.copy_within(self.start..self.end, 0);
                self.end -= self.start;
                self.start = 0;
            }
            match self.inner.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(n_read) => self.end += n_read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.buffer())
    }

    /// What is held already.
    pub fn buffer(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// How far others have read.
    pub fn n_consumed(&self) -> u64 {
        self.n_consumed
    }
}

impl BufRead for Peekable {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            self.end = self.inner.read(&mut self.buffer)?;
        }
        Ok(self.buffer())
    }

    fn consume(&mut self, n_bytes: usize) {
        let n_bytes = n_bytes.min(self.end - self.start);
        self.start += n_bytes;
        self.n_consumed += n_bytes as u64;
    }
}

impl Read for Peekable {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_read = self.fill_buf()?.read(into)?;
        self.consume(n_read);
        Ok(n_read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// Gives one byte at a time, as a slow pipe does.
    struct Trickle(Cursor<Vec<u8>>);

    impl Read for Trickle {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n_bytes = into.len().min(1);
            self.0.read(&mut into[..n_bytes])
        }
    }

    #[test]
    fn what_is_seen_is_read_afterwards() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let mut input = Peekable::new(Box::new(Trickle(Cursor::new(bytes.clone()))));
        assert_eq!(input.peek(5).unwrap(), &bytes[..5]);
        let mut skipped = vec![0; 65_000];
        input.read_exact(&mut skipped).unwrap();
        assert_eq!(&input.peek(3000).unwrap()[..3000], &bytes[65_000..68_000]);
        let mut rest = Vec::new();
        input.read_to_end(&mut rest).unwrap();
        assert_eq!([skipped, rest].concat(), bytes);
        assert_eq!(input.peek(1).unwrap(), b"");
        assert_eq!(input.n_consumed(), 200_000);
    }
}
