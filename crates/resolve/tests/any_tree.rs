//! Whatever the tags and the tree, resolving ends, and what it says fits the text.

use dateline_parse::read_conllu;
use dateline_resolve::{Resolver, Setting};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "President",
    "Kim",
    "Sol-mi",
    "the",
    "South",
    "North",
    "Korea",
    "Korean",
    "envoy",
    "'s",
    ",",
    "and",
    "his",
    "he",
    "said",
    "of",
    "for",
    "officials",
    "two",
    "countries",
    "former",
    "latter",
    "Seoul",
    "in",
    "ministry",
    "-",
    "elect",
    "(",
    ")",
    "UN",
    "including",
    "such",
    "as",
    "deputy",
    "minister",
    "police",
    "Ana",
    "Quispe",
    "Mr",
    "is",
    "it",
    "they",
    "sister",
    "US",
    "army",
    "Joint",
    "Chiefs",
    "JCS",
    "group",
    "nominee",
    "state",
    "media",
    "Kremlin",
    ".",
    "al-Masri",
];
const TAGS: &[&str] = &[
    "NOUN NN",
    "NOUN NNS",
    "PROPN NNP",
    "ADJ JJ",
    "DET DT",
    "PRON PRP",
    "PRON PRP$",
    "ADP IN",
    "VERB VBD",
    "PUNCT ,",
    "PART POS",
    "NUM CD",
    "X FW",
    "CCONJ CC",
    "ADV RB",
];
const RELATIONS: &[&str] = &[
    "nsubj",
    "obj",
    "appos",
    "nmod:poss",
    "compound",
    "flat",
    "amod",
    "conj",
    "case",
    "cop",
    "nmod",
    "xcomp",
];
const NAMES: &[&str] = &["O", "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "O"];

fn conllu() -> impl Strategy<Value = String> {
    let word = (0..WORDS.len(), 0..TAGS.len(), any::<u8>(), 0..RELATIONS.len(), 0..NAMES.len());
    let sentence = prop::collection::vec(word, 1..24);
    prop::collection::vec(sentence, 1..5).prop_map(|sentences| {
        let mut text = String::new();
        for sentence in sentences {
            for (i, (word, tag, above, relation, name)) in sentence.into_iter().enumerate() {
                let head = if i == 0 { 0 } else { above as usize % i + 1 };
                let relation = if i == 0 { "root" } else { RELATIONS[relation] };
                let (upos, xpos) = TAGS[tag].split_once(' ').unwrap_or(("X", "_"));
                let form = WORDS[word];
                let lemma = form.to_lowercase();
                text += &format!(
                    "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\tNER={}\n",
                    i + 1,
                    NAMES[name]
                );
            }
            text.push('\n');
        }
        text
    })
}

proptest! {
    #[test]
    fn resolving_fits_the_text(text in conllu()) {
        let document = read_conllu(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let resolution = Resolver::embedded().resolve(&document, &Setting::default());
        let n_tokens = document.tokens().len();
        let mut last = 0;
        for (_, mention) in resolution.actor_mentions.iter() {
            prop_assert!(mention.actor.index() < resolution.actors.n_values());
            prop_assert!(mention.tokens.n_tokens() > 0 && mention.tokens.end as usize <= n_tokens);
            prop_assert!(mention.head.index() < n_tokens);
            prop_assert!(mention.tokens.start >= last);
            last = mention.tokens.start;
        }
        for (idx, actor) in resolution.actors.iter() {
            prop_assert!(!actor.name.is_empty());
            prop_assert!(resolution.actor_mentions.iter().any(|(_, mention)| mention.actor == idx));
            for role in &actor.roles {
                prop_assert!(role.span.slice(document.text()).is_some_and(|words| !words.is_empty()));
            }
            for member in &actor.members {
                prop_assert!(member.index() < resolution.actors.n_values() && *member != idx);
            }
        }
    }
}
