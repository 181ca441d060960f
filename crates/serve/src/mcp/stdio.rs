//! One message a line, from standard input to standard output.

use super::protocol::{broken, read, respond};
use crate::error::{PageError, ServeError};
use dateline_record::Record;
use std::io::{BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Bytes of a message.
const MAX_BYTES: u64 = 1024 * 1024;
/// How long an answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Answers line by line until the input ends.
pub fn answer_lines(path: &Path, mut input: impl BufRead, mut output: impl Write) -> Result<(), ServeError> {
    let mut record = Record::read(path)?;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(MAX_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.len() as u64 == MAX_BYTES && !line.ends_with(b"\n") {
            // What is left of it is passed over; the part that was read is no JSON, and the answer says so.
            pass_over_line(&mut input)?;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match read(&line) {
            Err(answer) => Some(answer),
            Ok(message) => {
                record.answer_within(ANSWER_WITHIN)?;
                let answered = catch_unwind(AssertUnwindSafe(|| {
                    record.at_one_time(|record| {
                        let state = Arc::new(record.state()?);
                        Ok::<_, PageError>(respond(record, &state, &message))
                    })
                }));
                match answered {
                    Ok(Ok(answer)) => answer,
                    Ok(Err(_)) => Some(broken(&message)),
                    // The connection may be in any state, and is given up with its transaction.
                    Err(_) => {
                        record = Record::read(path)?;
                        Some(broken(&message))
                    }
                }
            }
        };
        if let Some(answer) = answer {
            // JSON has no line break outside its texts, and none inside them either.
            writeln!(output, "{answer}")?;
            output.flush()?;
        }
    }
}

fn pass_over_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let read = input.fill_buf()?;
        let end = read.iter().position(|&byte| byte == b'\n');
        let n_bytes = end.map_or(read.len(), |end| end + 1);
        input.consume(n_bytes);
        if end.is_some() || n_bytes == 0 {
            return Ok(());
        }
    }
}
