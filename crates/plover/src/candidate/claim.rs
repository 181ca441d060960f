//! What a user's own words leave of ours.
//!
//! In:  a head word with the words beside it.
//! Out: a [`Claim`]: which triggers may still evoke something there.
//!
//! The trigger with the most words evokes the event. Of triggers with as many words the user's own wins, and what the
//! user ignores wins over both.

use super::{Candidate, company_of, fit, stand_by};
use crate::lexicon::{Frame, Ignored};
use crate::words::Words;
use dateline_text::TokenIdx;

/// How many words beside a head the user's own file speaks of; nothing where it does not know the head.
#[derive(Clone, Copy, Default)]
pub(super) struct Claim {
    own: Option<usize>,
    ignored: Option<usize>,
}

/// A word that the user ignores beside others: by itself, or with as few words, it evokes nothing either.
pub(super) struct Silenced {
    pub word: TokenIdx,
    n_others: usize,
}

impl Silenced {
    pub fn silences(&self, candidate: &Candidate) -> bool {
        candidate.head == self.word && candidate.others.len() <= self.n_others
    }
}

impl Claim {
    /// Looks a head up, as a verb, as a noun or as both; words beside it that are ignored with it are added to
    /// `silenced`.
    pub fn of(
        words: &Words,
        head: TokenIdx,
        (as_verb, as_noun): (bool, bool),
        silenced: &mut Vec<Silenced>,
    ) -> Claim {
        let mut claim = Claim::default();
        if words.lexicon.is_extended() {
            for verbal in [true, false] {
                if (verbal && as_verb) || (!verbal && as_noun) {
                    claim.add(words, head, verbal, silenced);
                }
            }
        }
        claim
    }

    fn add(&mut self, words: &Words, head: TokenIdx, verbal: bool, silenced: &mut Vec<Silenced>) {
        let lexicon = words.lexicon;
        let company = company_of(words, head, verbal);
        for word in words.of(head) {
            let (triggers, ignored) = match verbal {
                true => (lexicon.verbs(word), lexicon.ignored_verbs(word)),
                false => (lexicon.nouns(word), lexicon.ignored_nouns(word)),
            };
            for trigger in triggers.iter().filter(|trigger| lexicon.frames[trigger.frame].is_own) {
                if let Some((others, _)) = fit(words, head, trigger, &company) {
                    self.own = self.own.max(Some(others.len()));
                }
            }
            for Ignored { others, n_before } in ignored {
                if let Some((others, _)) = stand_by(words, head, others, *n_before, &company) {
                    let n_others = others.len();
                    self.ignored = self.ignored.max(Some(n_others));
                    silenced.extend(others.into_iter().map(|word| Silenced { word, n_others }));
                }
            }
        }
    }

    /// Whether the head, with the words beside it, is to evoke nothing.
    pub fn is_ignored(&self) -> bool {
        self.ignored.is_some()
    }

    /// Whether a trigger of this frame with so many words beside the head may evoke it.
    pub fn allows(&self, frame: &Frame, n_others: usize) -> bool {
        let is_more = |claimed: usize| n_others > claimed;
        self.ignored.is_none_or(is_more) && (frame.is_own || self.own.is_none_or(is_more))
    }
}

#[cfg(test)]
mod tests {
    use crate::Coder;
    use dateline_parse::Parser;
    use dateline_resolve::{Resolver, Setting};
    use dateline_text::ByteSpan;

    /// `CONSULT/visit` for each event of a sentence, coded with a lexicon file of the user's own.
    fn codes(own: &str, sentence: &str) -> Vec<String> {
        let coder =
            Coder::extended_by(&[("mine.toml", own)]).unwrap_or_else(|error| panic!("{error}")).by_rules();
        let whole = ByteSpan::new(0, sentence.len());
        let document = Parser::embedded().unwrap().parse(sentence.into(), &[whole]);
        let resolution = Resolver::embedded().resolve(&document, &Setting::default());
        let statements = dateline_attribute::attribute(&document, &resolution);
        let events = coder.code(&document, &resolution, &statements, None);
        let code = |(_, event): (_, &crate::EventMention)| {
            let modes: Vec<&str> = event.modes.iter().map(|mode| mode.as_str()).collect();
            [&[event.event.as_str()], &modes[..]].concat().join("/")
        };
        events.iter().map(code).collect()
    }

    #[test]
    fn own_triggers_win_over_ours() {
        let none = "[ignore]\n";
        let sanction = "event = 'SANCTION'\n[[frame]]\nverbs = 'greylist, condemn, hold @meetings > with'";
        let nouns = "event = 'AID'\n[[frame]]\nnouns = 'boatlift, talk'\nactor = 'by'\nrecipient = 'for'";
        let lists = "event = 'ASSAULT'\n[[frame]]\nmode = 'drone'\nverbs = 'strike @craft, swarm @craft'\n[lists]\ncraft = 'gullwing'";
        for (own, sentence, expected) in [
            // A new word, and one of ours with another meaning.
            (none, "Peru greylisted Chile on Monday.", &[][..]),
            (sanction, "Peru greylisted Chile on Monday.", &["SANCTION"]),
            (none, "Peru condemned Chile on Monday.", &["ACCUSE/disapprove"]),
            (sanction, "Peru condemned Chile on Monday.", &["SANCTION"]),
            // The same head and company.
            (none, "Peru held talks with Chile.", &["CONSULT"]),
            (sanction, "Peru held talks with Chile.", &["SANCTION"]),
            // More words of ours say more than fewer of the user's.
            (nouns, "Peru held talks with Chile.", &["CONSULT"]),
            (nouns, "The boatlift by Peru for Chile began.", &["AID"]),
            (lists, "Peru swarmed Chile with gullwings.", &["ASSAULT/drone"]),
        ] {
            assert_eq!(codes(own, sentence), expected, "{sentence} with {own}");
        }
    }

    #[test]
    fn ignored_words_evoke_nothing() {
        let verbs = "[ignore]\nverbs = 'condemn, hold @meetings, pledge'";
        let nouns = "[ignore]\nnouns = 'talk'";
        for (own, sentence, expected) in [
            (verbs, "Peru condemned Chile on Monday.", &[][..]),
            (verbs, "Peru attacked Chile on Monday.", &["ASSAULT"]),
            // Neither the verb nor the noun that belongs to it.
            (verbs, "Peru held talks with Chile.", &[]),
            (nouns, "Peru held talks with Chile.", &["CONSULT"]),
            (nouns, "The talks between Peru and Chile ended.", &[]),
        ] {
            assert_eq!(codes(own, sentence), expected, "{sentence} with {own}");
        }
    }
}
