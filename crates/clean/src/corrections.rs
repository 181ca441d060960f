//! Notes in which an outlet corrects what it said before.
//!
//! In:  the text of a page or article.
//! Out: the [`Correction`]s in it: the words of each note, and those among them that say what was wrong.
//!
//! A note stands wherever the outlet put it, in the article or around it, so the whole text is looked at and nothing is
//! removed. What it says of the wrong version did not happen, so nothing is coded from its words; the corrected text
//! says what did.
//!
//! Not done: notes in other languages than English. A note that speaks of the error in several sentences is followed for
//! two of them.
//!
//! ```text
//! An earlier version of this story said 12 people had died.
//!                                       ^^^^^^^^^^^^^^^^^^ withdrawn
//! Nine people were killed, not 12.
//!                              ^^ withdrawn
//! ```

mod phrases;
mod withdrawn;

use crate::lines::split_blocks;
use crate::words::{Word, split_words};
use dateline_text::ByteSpan;
use phrases::{Heading, heading, is_bracketed_note, is_note, may_correct};
use withdrawn::withdrawn;

/// A note in which an outlet corrects what it said before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The note.
    pub span: ByteSpan,
    /// The words in it that give what was wrong; empty where it does not say.
    pub withdrawn: Vec<ByteSpan>,
}

/// Sentences after a note that still belong to it, where they speak of the error.
const MAX_GOING_ON: usize = 2;
/// Words of a block that a heading (`Correction:`) makes a note as a whole.
const MAX_HEADED_WORDS: usize = 150;

/// Finds the notes in a text, in text order.
///
/// ```
/// use dateline_clean::find_corrections;
///
/// let text = "Nine people died. An earlier version of this story said 12 people had died.";
/// let found = find_corrections(text);
/// assert_eq!(found[0].span.of(text), "An earlier version of this story said 12 people had died.");
/// assert_eq!(found[0].withdrawn[0].of(text), "12 people had died");
/// ```
pub fn find_corrections(text: &str) -> Vec<Correction> {
    let mut found = Vec::new();
    if !may_correct(text) {
        return found;
    }
    let mut is_headed = false;
    for block in split_blocks(text) {
        let words = block.span.of(text);
        let base = block.span.start as usize;
        let at = |from: usize, to: usize| ByteSpan::new(base + from, base + to);
        let read = Block::new(words);
        let headed = std::mem::take(&mut is_headed);
        let notes = match heading(words, &read.words) {
            Some(Heading::Alone) => {
                is_headed = true;
                found.push(Correction { span: at(0, words.len()), withdrawn: Vec::new() });
                continue;
            }
            Some(Heading::Prefix(end)) => {
                found.push(Correction { span: at(0, end), withdrawn: Vec::new() });
                read.notes()
            }
            Some(Heading::OfNote) if read.words.len() <= MAX_HEADED_WORDS => {
                std::iter::once(0..read.sentences.len()).collect()
            }
            Some(Heading::OfNote) => read.notes(),
            None if headed && read.words.len() <= MAX_HEADED_WORDS => {
                std::iter::once(0..read.sentences.len()).collect()
            }
            None => read.notes(),
        };
        for sentences in notes.into_iter().filter(|sentences| !sentences.is_empty()) {
            let (first, last) = (&read.sentences[sentences.start], &read.sentences[sentences.end - 1]);
            let withdrawn = read.sentences[sentences.clone()]
                .iter()
                .flat_map(|sentence| withdrawn(words, sentence.words(&read)))
                .map(|(from, to)| at(from, to));
            let withdrawn = withdrawn.collect();
            found.push(Correction { span: at(first.start, last.end), withdrawn });
        }
    }
    found
}

/// A block, its words and sentences.
struct Block<'t> {
    text: &'t str,
    words: Vec<Word>,
    sentences: Vec<Sentence>,
}

/// Where a sentence stands in its block, in bytes and in words.
struct Sentence {
    start: usize,
    end: usize,
    words: std::ops::Range<usize>,
}

impl Sentence {
    fn words<'w>(&self, block: &'w Block<'_>) -> &'w [Word] {
        &block.words[self.words.clone()]
    }
}

impl Block<'_> {
    fn new(text: &str) -> Block<'_> {
        let words = split_words(text);
        let mut sentences = Vec::new();
        for (start, end) in sentences_of(text) {
            let first = words.partition_point(|word| word.start < start);
            let past = words.partition_point(|word| word.start < end);
            if first < past {
                sentences.push(Sentence { start, end, words: first..past });
            }
        }
        Block { text, words, sentences }
    }

    /// The runs of sentences that are notes.
    fn notes(&self) -> Vec<std::ops::Range<usize>> {
        let mut notes = Vec::new();
        let mut at = 0;
        while at < self.sentences.len() {
            let sentence = &self.sentences[at];
            let words = sentence.words(self);
            let is_bracketed = is_bracketed_note(&self.text[sentence.start..sentence.end], words);
            if !is_bracketed && !is_note(words, at == 0) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while !is_bracketed
                && end < self.sentences.len()
                && end - at <= MAX_GOING_ON
                && phrases::goes_on(self.sentences[end].words(self))
            {
                end += 1;
            }
            notes.push(at..end);
            at = end;
        }
        notes
    }
}

/// Where the sentences of a block begin and end. What stands in brackets at the beginning of one is a sentence of its
/// own: `(Corrects spelling) Gunmen opened fire.`
fn sentences_of(block: &str) -> Vec<(usize, usize)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    // 1 after a mark that may end a sentence, 2 after the white space behind it.
    let mut state = 0;
    let mut closes: Option<char> = None;
    for (at, c) in block.char_indices() {
        if at == start || block[start..at].trim().is_empty() {
            closes = match c {
                '(' => Some(')'),
                '[' => Some(']'),
                _ => closes.filter(|_| at != start),
            };
        }
        if state == 2 && !c.is_whitespace() {
            if c.is_uppercase() || c.is_numeric() || matches!(c, '(' | '[' | '“' | '"' | '‘' | '\'') {
                sentences.push((start, block[..at].trim_end().len()));
                start = at;
                closes = match c {
                    '(' => Some(')'),
                    '[' => Some(']'),
                    _ => None,
                };
            }
            state = 0;
        }
        match c {
            '.' | '!' | '?' if closes.is_none() => state = 1,
            c if closes == Some(c) => {
                closes = None;
                state = 1;
            }
            '”' | '"' | '’' | '\'' | ')' | ']' if state == 1 => {}
            c if c.is_whitespace() && state >= 1 => state = 2,
            _ => state = 0,
        }
    }
    let end = block.trim_end().len();
    if start < end {
        sentences.push((start, end));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The notes of a text, each with what it withdraws behind a bar.
    fn notes(text: &str) -> Vec<String> {
        let shown = |note: Correction| {
            let withdrawn: Vec<&str> = note.withdrawn.iter().map(|span| span.of(text)).collect();
            match withdrawn.join("; ") {
                none if none.is_empty() => note.span.of(text).to_owned(),
                some => format!("{} | {some}", note.span.of(text)),
            }
        };
        find_corrections(text).into_iter().map(shown).collect()
    }

    #[test]
    fn recognises_notes_and_what_they_withdraw() {
        for (note, withdrawn) in [
            ("An earlier version of this article said 12 people had died.", "12 people had died"),
            ("An earlier version of this story misstated the number of dead.", "the number of dead"),
            ("An earlier version of this report gave the toll as 12.", "12"),
            ("A previous version of this story incorrectly put the toll at 12.", "the toll at 12"),
            ("Correction: Nine people died in the attack, not 12.", "12"),
            ("CORRECTION (May 4, 2024): The attack was in Tel, not in Maro.", "in Maro"),
            ("Corrections and clarifications: The minister is Ana Tarn.", ""),
            ("Clarification: The talks are to be held in May.", ""),
            ("This story has been corrected to say that nine people died, not 12.", "12"),
            ("This article was amended on 3 May 2024 to give the right date.", ""),
            ("This article was updated on Friday to correct the number of dead.", ""),
            ("(Corrects number of dead in paragraph 2)", ""),
            ("(Corrects number of dead to nine from 12 in paragraph 2)", "12"),
            ("(Adds quotes, corrects spelling of name in second paragraph)", ""),
            ("Corrects headline to nine dead instead of 12", "12"),
            ("(This 3 May story corrects the name in paragraph 4 to Kamau, not Kamua)", "Kamua"),
            ("The name of the governor was incorrectly given as Kamua in an earlier version.", "Kamua"),
            (
                "Because of an editing error, this article misstated the day of the attack.",
                "the day of the attack",
            ),
            ("This story originally said that 12 people were killed.", "that 12 people were killed"),
            (
                "In a story on May 3 about the attack, the agency erroneously reported that 12 died.",
                "that 12 died",
            ),
            ("A headline on Friday misstated the toll as 12.", "12"),
            ("Our earlier report wrongly said that the ship had sunk.", "that the ship had sunk"),
            ("Editor's note: An earlier version of this piece misidentified the ship.", ""),
            ("The story has been corrected.", ""),
            ("We regret the error.", ""),
        ] {
            let expected =
                if withdrawn.is_empty() { note.to_owned() } else { format!("{note} | {withdrawn}") };
            assert_eq!(notes(note), [expected], "{note}");
        }
    }

    #[test]
    fn leaves_other_words_alone() {
        for text in [
            "The navy corrected course and left the strait.",
            "An earlier version of the bill said 12 judges would be named.",
            "The earlier version of events was wrong, the police said.",
            "The central bank corrected its forecast on Friday.",
            "Correction officers were held hostage in Lima.",
            "The ministry issued a correction on Friday: nine soldiers died, not 12.",
            "“An earlier version of this story was a lie,” the mayor said.",
            "Markets expect a correction, not a crash.",
            "The article was amended in 2011 to allow a third term.",
            "The minister corrected himself: nine had died.",
            "A report by the United Nations wrongly said that the ship had sunk.",
            "The court clarified that the order stands.",
            "The previous version of the missile flew 300 kilometres.",
            "This report comes after a week of protests.",
            "(The minister later corrected his words.)",
            "The army said it regrets the error.",
            "This story was updated at 10:15.",
            "Prosecutors said the first version of the suspect was false.",
        ] {
            assert_eq!(notes(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_no_panic(
            text in "((Correction|CORRECTED|this story|[Aa]n earlier version|said|was|corrected|not|[(),.:\n –é12-]) ?){0,40}",
        ) {
            for note in find_corrections(&text) {
                for span in note.withdrawn {
                    assert!(note.span.contains(span) && span.slice(&text).is_some(), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_note_ends_where_the_article_goes_on() {
        for (text, expected) in [
            (
                "Nine died. An earlier version of this story said 12. It is nine, not 12. The mayor wept.",
                vec!["An earlier version of this story said 12. It is nine, not 12. | 12; 12"],
            ),
            ("(Corrects toll in paragraph 1) Gunmen killed nine.", vec!["(Corrects toll in paragraph 1)"]),
            ("CORRECTED-Gunmen kill nine in Maro", vec!["CORRECTED-"]),
            ("UPDATE 2-CORRECTED-Gunmen kill nine in Maro", vec!["UPDATE 2-CORRECTED-"]),
            (
                "Correction\nNine died in the attack.\nThe mayor wept.",
                vec!["Correction", "Nine died in the attack."],
            ),
        ] {
            assert_eq!(notes(text), expected, "{text}");
        }
    }
}
