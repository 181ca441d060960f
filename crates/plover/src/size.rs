//! How many were killed, hurt, held, fired, gathered.
//!
//! In:  a sentence, or an event with its parties.
//! Out: the [`Size`]s it states, each with the word that carries it.
//!
//! Numbers are added up over "and"; one person alone counts as one. What is negated is not counted. [`numbers`] reads
//! numbers, [`harm`] and [`tolls`] know which words count whom.
//!
//! ```text
//! The blast killed at least 12 people and wounded two.    dead 12, injured 2
//! Gunmen killed a general and three of his aides.         dead 4
//! Dozens were hurt.                                        nothing: no number is given
//! ```

mod harm;
mod numbers;
mod tolls;

pub(crate) use numbers::count;

use crate::syntax::{self, with_conjuncts};
use crate::whereabouts::phrase_head;
use crate::words::Words;
use crate::{EventType, Mode, Size, SizeKind};
use dateline_resolve::{ActorKind, Resolution};
use dateline_text::{SentenceIdx, TokenIdx, TokenSpan, Xpos};

/// A size and the word of the sentence that makes it one ("killed").
pub(crate) struct Counted {
    pub size: Size,
    pub by: TokenIdx,
}

/// Counts people in the sentences of a report.
pub(crate) struct Counter<'w> {
    words: &'w Words<'w>,
    /// For each token that heads the words for an actor, what sort of actor that is.
    told_as: Vec<Option<ActorKind>>,
}

impl<'w> Counter<'w> {
    /// A counter for one report.
    pub fn new(words: &'w Words<'w>, resolution: &Resolution) -> Counter<'w> {
        let mut told_as = vec![None; words.document.tokens().len()];
        for (_, mention) in resolution.actor_mentions.iter() {
            if let Some(slot) = told_as.get_mut(mention.head.index()) {
                *slot = Some(resolution.actors[mention.actor].kind);
            }
        }
        Counter { words, told_as }
    }

    /// Finds the sizes of a sentence.
    pub fn sizes(&self, sentence: SentenceIdx) -> Vec<Counted> {
        let (words, document) = (self.words, self.words.document);
        let mut found: Vec<Counted> = Vec::new();
        for by in document.sentence(sentence).tokens.iter() {
            let Some(kind) = harm::kind_of(document, by) else { continue };
            if syntax::is_negated(document, by) {
                continue;
            }
            let mut phrases: Vec<TokenIdx> = Vec::new();
            for phrase in
                harm::counted_by(words, by).into_iter().flat_map(|phrase| with_conjuncts(document, phrase))
            {
                // "killed nine and wounded four others" read as one list: the four are counted with "wounded".
                let of_another = document.children(phrase).iter().any(|&child| {
                    child != by && harm::kind_of(document, child).is_some_and(|other| other != kind)
                });
                // "killing 22, among them the head of mission": he is one of the 22.
                let part = syntax::preposition(document, phrase)
                    .is_some_and(|case| matches!(document.lower(case), "among" | "including"));
                let itself =
                    phrase != by && harm::kind_of(document, phrase).is_some_and(|other| other != kind);
                // What is seized may be goods.
                let goods = matches!(document.lemma(by), "seize" | "snatch")
                    && !words.is_in(phrase, "captives")
                    && !words.is_in(phrase, "people");
                if !of_another && !part && !itself && !goods && !phrases.contains(&phrase) {
                    phrases.push(phrase);
                }
            }
            if let Some((count, tokens)) = self.total(&phrases)
                && !found.iter().any(|old| old.size.tokens == tokens)
            {
                found.push(Counted { size: Size { kind, count, tokens }, by });
            }
        }
        tolls::add_tolls(words, sentence, &mut found);
        for token in document.sentence(sentence).tokens.iter() {
            if words.is_noun(token)
                && words.is_in(token, "weapons")
                && let Some((count, tokens)) = count(words, token)
            {
                found.push(Counted { size: Size { kind: SizeKind::Weapons, count, tokens }, by: token });
            }
        }
        found
    }

    /// What an event says of its recipients by being what it is: those whom an arrest holds, an
    /// abduction takes and an assassination kills.
    pub fn of_recipients(
        &self,
        event: EventType,
        mode: Option<Mode>,
        trigger: TokenSpan,
        recipients: &[TokenSpan],
    ) -> Option<Size> {
        let (words, document) = (self.words, self.words.document);
        let told = trigger.iter().find_map(|token| harm::kind_of(document, token));
        let kind = match (event, mode, told) {
            (EventType::Coerce, Some(Mode::Arrest), _) => SizeKind::Arrested,
            (EventType::Assault, _, Some(kind @ (SizeKind::Dead | SizeKind::Injured))) => kind,
            (EventType::Assault, Some(Mode::Targeted), _) => SizeKind::Dead,
            (EventType::Assault, Some(Mode::Abduct), _) => SizeKind::Abducted,
            // Who was beaten need not be hurt: only a number of the hurt says so.
            _ => return None,
        };
        let mut phrases: Vec<TokenIdx> = Vec::new();
        let heads =
            recipients.iter().filter(|span| span.n_tokens() > 0).map(|&span| phrase_head(words, span));
        for phrase in heads.flat_map(|head| with_conjuncts(document, head)) {
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        let (count, tokens) = self.total(&phrases)?;
        Some(Size { kind, count, tokens })
    }

    /// The people of some phrases together. Where none has a number, each must be one person.
    fn total(&self, phrases: &[TokenIdx]) -> Option<(u32, TokenSpan)> {
        let (mut sum, mut first, mut numbered, mut uncounted) = (0u32, None, false, false);
        let mut numbers: Vec<u32> = Vec::new();
        for &phrase in phrases {
            if let Some((count, tokens)) = count(self.words, phrase) {
                // A tree may give one number to two heads.
                if numbers.contains(&tokens.start) {
                    continue;
                }
                numbers.push(tokens.start);
                (sum, numbered) = (sum.saturating_add(count), true);
                first = first.or(Some(tokens));
            } else if self.is_one(phrase) {
                sum = sum.saturating_add(1);
                first = first.or(Some(TokenSpan::single(phrase)));
            } else {
                uncounted = true;
            }
        }
        first.filter(|_| numbered || !uncounted).map(|tokens| (sum, tokens))
    }

    /// Whether a phrase is one person: somebody known as one, or "a" what no list of bodies has.
    fn is_one(&self, phrase: TokenIdx) -> bool {
        let document = self.words.document;
        let as_told = self.told_as.get(phrase.index()).copied().flatten();
        match document.xpos(phrase) {
            Xpos::Nns | Xpos::Nnps => false,
            Xpos::Prp => matches!(document.lower(phrase), "him" | "her" | "he" | "she"),
            Xpos::Nn if as_told.is_none() => {
                let indefinite = |child: &TokenIdx| matches!(document.lower(*child), "a" | "an" | "another");
                document.children(phrase).iter().any(indefinite)
                    && !["forces", "police", "nonactors"].iter().any(|list| self.words.is_in(phrase, list))
            }
            _ => as_told == Some(ActorKind::Person),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::analysed;

    /// The sizes of hand-made rows: `dead 4, injured 2`.
    #[track_caller]
    fn assert_sizes(rows: &str, expected: &str) {
        let document = analysed(rows);
        let words = Words::new(&document, &crate::Coder::embedded().lexicon);
        let counter = Counter::new(&words, &Resolution::default());
        let counted = document.sentence_indices().flat_map(|sentence| counter.sizes(sentence));
        let found: Vec<String> = counted.map(|one| format!("{} {}", one.size.kind, one.size.count)).collect();
        assert_eq!(found.join(", "), expected, "{}", document.text());
    }

    #[test]
    fn counts_the_objects_of_a_participle() {
        assert_sizes(
            "Shells shell NOUN NNS 2 nsubj
             fell fall VERB VBD 0 root
             , , PUNCT , 2 punct
             killing kill VERB VBG 2 advcl
             three three NUM CD 4 obj
             and and CCONJ CC 7 cc
             wounding wound VERB VBG 4 conj
             a a DET DT 9 det
             dozen dozen NOUN NN 7 obj",
            "dead 3, injured 12",
        );
    }

    #[test]
    fn adds_one_person_to_a_number() {
        assert_sizes(
            "A a DET DT 2 det
             woman woman NOUN NN 8 nsubj:pass
             and and CCONJ CC 6 cc
             her her PRON PRP$ 6 nmod:poss
             two two NUM CD 6 nummod
             sons son NOUN NNS 2 conj
             were be AUX VBD 8 aux:pass
             killed kill VERB VBN 0 root",
            "dead 3",
        );
    }

    #[test]
    fn counts_around_an_adjective() {
        assert_sizes(
            "Raids raid NOUN NNS 2 nsubj
             left leave VERB VBD 0 root
             at at ADP IN 4 case
             least least ADJ JJS 5 nmod
             14 14 NUM CD 2 obj
             dead dead ADJ JJ 2 xcomp",
            "dead 14",
        );
        assert_sizes(
            "Gunmen gunman NOUN NNS 2 nsubj
             shot shoot VERB VBD 0 root
             dead dead ADJ JJ 2 xcomp
             four four NUM CD 5 nummod
             soldiers soldier NOUN NNS 2 obj",
            "dead 4",
        );
    }

    #[test]
    fn counts_what_a_noun_governs() {
        assert_sizes(
            "the the DET DT 2 det
             killing killing NOUN NN 0 root
             of of ADP IN 5 case
             148 148 NUM CD 5 nummod
             villagers villager NOUN NNS 2 nmod",
            "dead 148",
        );
    }

    #[test]
    fn reads_a_toll_that_rose() {
        assert_sizes(
            "The the DET DT 3 det
             death death NOUN NN 3 compound
             toll toll NOUN NN 4 nsubj
             rose rise VERB VBD 0 root
             to to ADP IN 6 case
             41 41 NUM CD 4 obl",
            "dead 41",
        );
    }

    #[test]
    fn leaves_what_has_no_number_alone() {
        for (first, upos, xpos) in
            [("Dozens", "NOUN", "NNS"), ("Villagers", "NOUN", "NNS"), ("None", "PRON", "NN")]
        {
            let rows = format!(
                "{first} {first} {upos} {xpos} 3 nsubj:pass
                 were be AUX VBD 3 aux:pass
                 hurt hurt VERB VBN 0 root"
            );
            assert_sizes(&rows, "");
        }
    }

    #[test]
    fn leaves_a_denied_number_alone() {
        assert_sizes(
            "Two two NUM CD 4 nsubj:pass
             were be AUX VBD 4 aux:pass
             not not PART RB 4 advmod
             killed kill VERB VBN 0 root",
            "",
        );
    }
}
