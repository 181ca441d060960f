//! Name files in IOB2: a sentence is a block of lines `number TAB form TAB label`.

use crate::network::{KINDS, OUTSIDE};
use thiserror::Error;

/// A sentence with its name labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iob2Sentence {
    /// The forms.
    pub forms: Vec<String>,
    /// A number for each form: 0 outside, odd where a name begins, even where it goes on.
    pub(crate) labels: Vec<u32>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: expected a number, a form and a label (`O`, `B-PER`, `I-PER`, …), found `{found}`")]
pub struct Iob2Error {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

/// Reads IOB2. Labels of kinds that the recogniser does not tell apart count as outside.
pub fn read_iob2(text: &str) -> Result<Vec<Iob2Sentence>, Iob2Error> {
    let mut sentences = Vec::new();
    let mut open = Iob2Sentence { forms: Vec::new(), labels: Vec::new() };
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            if !open.forms.is_empty() {
                sentences.push(std::mem::replace(
                    &mut open,
                    Iob2Sentence { forms: Vec::new(), labels: Vec::new() },
                ));
            }
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let error = || Iob2Error { line: number + 1, found: line.to_owned() };
        let mut columns = line.split('\t');
        let (Some(_), Some(form), Some(label)) = (columns.next(), columns.next(), columns.next()) else {
            return Err(error());
        };
        let kind = |name: &str| KINDS.iter().position(|kind| kind.as_str() == name).map(|kind| kind as u32);
        let label = match label.split_once('-') {
            None if label == "O" => OUTSIDE,
            Some(("B", name)) => kind(name).map_or(OUTSIDE, |kind| 1 + 2 * kind),
            Some(("I", name)) => kind(name).map_or(OUTSIDE, |kind| 2 + 2 * kind),
            _ => return Err(error()),
        };
        open.forms.push(form.to_owned());
        open.labels.push(label);
    }
    if !open.forms.is_empty() {
        sentences.push(open);
    }
    Ok(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_labels_and_names_bad_lines() {
        let sentences = read_iob2("1\tPort\tB-LOC\n2\tMaro\tI-LOC\n\n1\tYes\tO\n").unwrap();
        assert_eq!(sentences[0].labels, [5, 6]);
        assert_eq!(sentences[1].labels, [0]);
        insta::assert_snapshot!(
            read_iob2("1\tPort LOC\n").unwrap_err(),
            @"line 1: expected a number, a form and a label (`O`, `B-PER`, `I-PER`, …), found `1	Port LOC`"
        );
    }
}
