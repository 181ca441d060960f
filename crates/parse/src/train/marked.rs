//! News sentences with their names marked: `[LOC:Seoul] said`.

use super::Iob2Sentence;
use crate::network::{KINDS, OUTSIDE};
use crate::tokenize::tokenize;
use dateline_text::ByteSpan;

/// The sentences of a text with marks, one a line. Lines with `#` are comments.
pub(super) fn read_marked(text: &str) -> Vec<Iob2Sentence> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(read_line).collect()
}

fn read_line(line: &str) -> Iob2Sentence {
    let mut plain = String::new();
    let mut names: Vec<(ByteSpan, u32)> = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let mark = after.split_once(']').and_then(|(inside, rest)| {
            let (kind, name) = inside.split_once(':')?;
            let kind = KINDS.iter().position(|known| known.as_str() == kind)?;
            Some((kind as u32, name, rest))
        });
        let Some((kind, name, behind)) = mark else {
            plain.push('[');
            rest = after;
            continue;
        };
        let start = plain.len();
        plain.push_str(name);
        names.push((ByteSpan::new(start, plain.len()), kind));
        rest = behind;
    }
    plain.push_str(rest);
    let mut tokens = Vec::new();
    tokenize(&plain, ByteSpan::new(0, plain.len()), &mut tokens);
    let labels = tokens.iter().map(|token| {
        let Some((span, kind)) = names.iter().find(|(span, _)| span.contains(token.span)) else {
            return OUTSIDE;
        };
        if token.span.start == span.start { 1 + 2 * kind } else { 2 + 2 * kind }
    });
    Iob2Sentence {
        labels: labels.collect(),
        forms: tokens.iter().map(|token| token.span.of(&plain).to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_labels() {
        let sentences = read_marked("# a comment\n[PER:Ana Ruiz] left [LOC:Lima]'s port [sic].\n");
        assert_eq!(sentences[0].forms, ["Ana", "Ruiz", "left", "Lima", "'s", "port", "[", "sic", "]", "."]);
        assert_eq!(sentences[0].labels, [1, 2, 0, 5, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn every_mark_of_the_shipped_sentences_is_read() {
        for sentence in read_marked(crate::MARKED_NAMES) {
            assert!(
                !sentence
                    .forms
                    .windows(2)
                    .any(|two| two[0] == "[" && matches!(&two[1][..], "PER" | "ORG" | "LOC")),
                "{:?}",
                sentence.forms
            );
        }
    }
}
