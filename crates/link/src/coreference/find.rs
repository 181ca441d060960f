//! Finds words that tell events, where nobody has marked them: verbs, nouns of happenings, and a few adjectives.
//!
//! In:  a document.
//! Out: the words that tell events, in text order.
//!
//! Which nouns name a happening is told by `data/synonyms.txt` and `data/event-nouns.txt`. In a headline in capitals nouns
//! look like names, so names are looked up too.
//!
//! ```text
//! Four dead in Depot Blast
//!      ^^^^          ^^^^^
//! ```
//!
//! Not done: pronouns, names of happenings (`Watergate`), and quantities that stand for them.

use crate::synonyms::{is_event_noun, is_event_word};
use crate::words::fold;
use dateline_text::{ByteSpan, Document, Sentence, TokenIdx, Upos};

/// The words of a document that tell events, in text order: full verbs, nouns that name a happening, and adjectives
/// that tell its outcome.
pub fn find_mentions(document: &Document) -> Vec<ByteSpan> {
    let mut mentions = Vec::new();
    for sentence in document.sentences() {
        let is_headline = is_in_capitals(document, sentence);
        let tells = |&token: &TokenIdx| tells_event(document, token, is_headline);
        mentions.extend(sentence.tokens.iter().filter(tells).map(|token| document.token(token).span));
    }
    mentions
}

fn tells_event(document: &Document, token: TokenIdx, is_headline: bool) -> bool {
    let lemma = fold(document.lemma(token));
    match document.upos(token) {
        Upos::Verb => !STATES.contains(&&*lemma),
        Upos::Noun => is_event_noun(&lemma),
        Upos::Propn => is_headline && is_event_word(&lemma),
        Upos::Adj => OUTCOMES.contains(&&*lemma),
        _ => false,
    }
}

/// Verbs that tell what is so and not what happens.
const STATES: [&str; 3] = ["be", "have", "include"];

/// Adjectives that tell what came of a happening.
const OUTCOMES: [&str; 6] = ["dead", "injured", "wounded", "missing", "guilty", "bankrupt"];

/// Whether three in five words or more begin with a capital, as in headlines.
fn is_in_capitals(document: &Document, sentence: &Sentence) -> bool {
    let firsts = sentence.tokens.iter().filter_map(|token| document.form(token).chars().next());
    let (mut n_words, mut n_capitals) = (0, 0);
    for first in firsts.filter(|first| first.is_alphabetic()) {
        n_words += 1;
        n_capitals += usize::from(first.is_uppercase());
    }
    n_words > 0 && 5 * n_capitals >= 3 * n_words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(conllu: &str) -> Vec<String> {
        let document = dateline_parse::read_conllu(conllu).expect("reads");
        find_mentions(&document).iter().map(|span| span.of(document.text()).to_owned()).collect()
    }

    /// Tokens as `form/lemma/upos`, all hanging on the first.
    fn sentence(words: &str) -> String {
        let row = |(number, word): (usize, &str)| {
            let fields: Vec<&str> = word.split('/').collect();
            let (head, deprel) = if number == 0 { (0, "root") } else { (1, "dep") };
            format!(
                "{}\t{}\t{}\t{}\t_\t_\t{head}\t{deprel}\t_\t_\n",
                number + 1,
                fields[0],
                fields[1],
                fields[2]
            )
        };
        words.split(' ').enumerate().map(row).collect::<String>() + "\n"
    }

    #[test]
    fn verbs_nouns_and_outcomes_are_found() {
        for (words, expected) in [
            ("Rebels/rebel/NOUN shelled/shell/VERB towns/town/NOUN", &["shelled"][..]),
            (
                "The/the/DET blast/blast/NOUN killed/kill/VERB the/the/DET bomber/bomber/NOUN",
                &["blast", "killed"],
            ),
            ("Four/four/NUM dead/dead/ADJ in/in/ADP Depot/depot/PROPN Blast/blast/PROPN", &["dead", "Blast"]),
            (
                "he/he/PRON met/meet/VERB Mr/mr/PROPN Strike/strike/PROPN in/in/ADP a/a/DET park/park/NOUN",
                &["met"],
            ),
            ("towns/town/NOUN include/include/VERB Kesmar/Kesmar/PROPN", &[]),
        ] {
            assert_eq!(found(&sentence(words)), expected, "{words}");
        }
    }
}
