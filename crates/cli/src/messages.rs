//! What is said on standard error, and what the exit status remembers of it.

use dateline_text::visible;
use std::fmt::Display;
use std::process::ExitCode;

/// Names each failure where it happens and remembers that there was one.
#[derive(Debug, Default)]
pub struct Messages {
    n_failed: usize,
}

impl Messages {
    /// One input could not be used; the rest goes on.
    pub fn fail(&mut self, problem: impl Display) {
        self.n_failed += 1;
        say("error", &problem.to_string());
    }

    /// Something that the reader should know; nothing was lost.
    pub fn warn(&mut self, remark: impl Display) {
        say("warning", &remark.to_string());
    }

    /// Remembers the failures that were named elsewhere.
    pub fn take_over(&mut self, other: Messages) {
        self.n_failed += other.n_failed;
    }

    /// What was done, for somebody who wants to know.
    pub fn tell(&mut self, remark: impl Display) {
        anstream::eprintln!("{}", visible(&remark.to_string()));
    }

    /// 0 where everything was done, 1 where some inputs failed.
    pub fn exit_code(&self) -> ExitCode {
        if self.n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
    }
}

fn say(kind: &str, text: &str) {
    anstream::eprintln!("{kind}: {}", visible(text));
}

/// What went wrong, and why. A cause that is told already, as some errors do, is not told twice.
pub fn in_words(error: &anyhow::Error) -> String {
    let mut words = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if words.is_empty() {
            words = cause;
        } else if !words.contains(&cause) {
            words = format!("{words}: {cause}");
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn each_cause_is_told_once() {
        let cause = || anyhow!("address in use");
        assert_eq!(in_words(&cause().context("no server")), "no server: address in use");
        assert_eq!(
            in_words(&cause().context("port 80: address in use\nhint: another")),
            "port 80: address in use\nhint: another"
        );
        assert_eq!(in_words(&cause()), "address in use");
    }
}
