//! Codes who did what to whom.
//!
//! In:  a [`Document`] with its actors, places, times and statements.
//! Out: [`EventMention`]s in text order.
//!
//! For each sentence: find the words that evoke events ([`crate::candidate`]), read what their governors make of
//! them ([`crate::reading`]), find who takes part ([`crate::participants`]), leave one event for each happening,
//! then say when, where, how many, about what, whose statement tells it, and whose it is itself.
//!
//! ```text
//! Seoul said Pyongyang fired two missiles into the sea.
//!            ^^^^^^^^^ ^^^^^     ^^^^^^^^
//!            actor     trigger              MOBILIZE/weapons North Korea, told in Seoul's statement
//! ```

mod casualties;
mod drafts;
mod examples;
mod setting;
mod speech_act;
mod telling;

pub(crate) use drafts::mode_of;
pub(crate) use setting::mentions_of;

use crate::candidate::Candidate;
use crate::context::{ContextWords, contexts_of};
use crate::learned::{self, About, Certainty, EventModel};
use crate::lexicon::Lexicon;
use crate::participants::{Cast, Party};
use crate::size::Counter;
use crate::words::Words;
use crate::{EventDate, EventMention, FieldConfidence, LexiconError, confidence, when, whereabouts};
use casualties::{add_to_last, sizes_of};
use dateline_attribute::Statement;
use dateline_resolve::{PlaceIdx, Resolution};
use dateline_text::{Arena, Document, SentenceIdx, TokenIdx, TokenSpan};
use drafts::{Draft, draft, learned_drafts};
use jiff::civil::Date;
use setting::{learned_setting, setting_by_rules};
use std::sync::{Arc, LazyLock};
use telling::Telling;

/// Codes events by the lexicon. Build once, use for every report.
#[derive(Debug)]
pub struct Coder {
    pub(crate) lexicon: Lexicon,
    pub(crate) contexts: ContextWords,
    pub(crate) votes: crate::relate::Votes,
    pub(crate) model: Arc<EventModel>,
}

/// Why there is no coder.
#[derive(Debug, thiserror::Error)]
pub enum CoderError {
    /// A lexicon file is wrong.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The event model is.
    #[error(transparent)]
    Model(#[from] learned::Damaged),
}

impl Coder {
    /// The coder with the embedded lexicon.
    pub fn embedded() -> &'static Coder {
        static CODER: LazyLock<Coder> = LazyLock::new(|| {
            Coder::extended_by(&[]).expect("invariant: the embedded lexicon is read by the tests")
        });
        &CODER
    }

    /// The embedded lexicon with another event model, given as the bytes of its file.
    pub fn with_model(model: &[u8]) -> Result<Coder, CoderError> {
        Ok(Coder { model: Arc::new(EventModel::read(model)?), ..Coder::extended_by(&[])? })
    }

    /// A coder that also knows the lexicon files of a user's own, each a name and a text. Where the same words fit a
    /// trigger of ours and one of theirs, theirs wins.
    pub fn extended_by(own: &[(&str, &str)]) -> Result<Coder, LexiconError> {
        let lexicon = Lexicon::extended_by(own)?;
        let votes = crate::relate::Votes::new(&lexicon);
        Ok(Coder { lexicon, contexts: ContextWords::embedded()?, votes, model: EventModel::embedded() })
    }

    /// The same by lexicon and rules alone.
    #[cfg(test)]
    pub(crate) fn by_rules(self) -> Coder {
        Coder { model: Arc::new(EventModel::blank()), ..self }
    }

    /// How many triggers the lexicon has.
    pub fn n_triggers(&self) -> usize {
        self.lexicon.n_triggers()
    }

    /// Codes the events of a report. `published` is only used to tell what was long ago.
    pub fn code(
        &self,
        document: &Document,
        resolution: &Resolution,
        statements: &Arena<Statement>,
        published: Option<Date>,
    ) -> Arena<EventMention> {
        let words = Words::new(document, &self.lexicon);
        let cast = Cast::new(document.tokens().len(), resolution, statements);
        let telling = Telling::new(document.tokens().len(), statements);
        let bits = self.contexts.of_document(document);
        let mut events: Arena<EventMention> = Arena::new();
        let mut exercising = Party::default();
        let counter = Counter::new(&words, resolution);
        let model = Some(&*self.model).filter(|model| model.reads(document));
        let report = Known { words: &words, cast: &cast, resolution, telling: &telling, model, published };
        for sentence in document.sentence_indices() {
            let drafts = match model {
                Some(model) => learned_drafts(&words, &cast, sentence, &mut exercising, model),
                None => draft(&words, &cast, sentence, &mut exercising),
            };
            let counted = counter.sizes(sentence);
            if drafts.is_empty() {
                add_to_last(document, &mut events, sentence, counted);
                continue;
            }
            let about = bits.around(document, sentence);
            let triggers: Vec<TokenIdx> = drafts.iter().map(|draft| draft.candidate.head).collect();
            for number in 0..drafts.len() {
                let draft = &drafts[number];
                let (setting, sure) = match model {
                    Some(model) => {
                        learned_setting(&words, resolution, &telling, draft, &triggers, model, published)
                    }
                    None => (
                        setting_by_rules(&words, resolution, &telling, &draft.candidate, &draft.reading),
                        [0.0; 2],
                    ),
                };
                let mut event = finish(&report, sentence, draft, setting, about);
                if let (Some(model), Some([told, actor, recipient])) = (model, draft.certainty) {
                    let [date, place] = sure;
                    let raw = Certainty { event: told, actor, recipient, date, place };
                    (event.confidence, event.field_confidence) = model.calibration.apply(raw);
                }
                event.sizes = sizes_of(&counter, &words, &drafts, number, &counted, event.trigger);
                if event.place.is_none() {
                    let is_quoted = |token| telling.is_quoted(statements, token);
                    event.place = whereabouts::written_here(
                        &words,
                        resolution,
                        sentence,
                        event.trigger_head,
                        is_quoted,
                    );
                }
                if event.date == EventDate::default() {
                    event.date = when::counted_back(&words, resolution, event.trigger_head);
                }
                if event.date == EventDate::default() {
                    event.date = framed_date(&words, resolution, &events, &event);
                }
                events.push(event);
            }
        }
        speech_act::tie(&mut events, statements);
        events
    }
}

/// The day of an event that its sentence does not date: that of the same happening told earlier in the paragraph,
/// "The two met on Monday. The meeting ...", and no other.
fn framed_date(
    words: &Words,
    resolution: &Resolution,
    events: &Arena<EventMention>,
    event: &EventMention,
) -> EventDate {
    let document = words.document;
    let sentence = document.sentence(event.sentence);
    let timed = resolution.times.iter().any(|(_, time)| {
        sentence.tokens.holds(time.tokens.first())
            && matches!(time.kind, dateline_resolve::TimexType::Date | dateline_resolve::TimexType::Time)
    });
    let definite = document
        .children_by(event.trigger_head, dateline_text::Deprel::Det)
        .any(|det| matches!(document.lower(det), "the" | "this"));
    if timed || !event.aux.is_factual() || event.aux.historical || !definite {
        return EventDate::default();
    }
    let first = event.sentence.index().saturating_sub(4);
    events
        .iter()
        .map(|(_, earlier)| earlier)
        .rfind(|earlier| {
            earlier.sentence.index() >= first
                && earlier.sentence < event.sentence
                && document.sentence(earlier.sentence).paragraph == sentence.paragraph
                && earlier.event == event.event
                && earlier.aux.is_factual()
                && earlier.date.days.is_some_and(|days| days.from == days.to)
                && event
                    .actors
                    .iter()
                    .all(|actor| earlier.actors.contains(actor) || earlier.recipients.contains(actor))
        })
        .map_or(EventDate::default(), |earlier| earlier.date)
}

/// What is known of a report when its events are finished.
struct Known<'r> {
    words: &'r Words<'r>,
    cast: &'r Cast<'r>,
    resolution: &'r Resolution,
    telling: &'r Telling,
    model: Option<&'r EventModel>,
    published: Option<Date>,
}

fn finish(
    report: &Known,
    sentence: SentenceIdx,
    draft: &Draft,
    (date, place): (EventDate, Option<PlaceIdx>),
    (sentence_bits, paragraph_bits): (u64, u64),
) -> EventMention {
    let &Known { words, cast, resolution, telling, model, published } = report;
    let Draft { candidate, reading, mode, actor, recipient, objects, .. } = draft;
    let operator = reading.operator.map(|(governor, _)| governor);
    let head = match operator {
        Some(governor) => governor,
        None => candidate.head,
    };
    let confidence = confidence::confidence(words, candidate, reading, actor, recipient);
    let (event, trigger) = (reading.event, candidate.head);
    let contexts = match model {
        Some(model) => {
            let about = About { trigger, event, mode: *mode, sentence_bits, paragraph_bits };
            learned::learned_contexts(model, words, cast, about)
        }
        None => contexts_of(words, sentence_bits, paragraph_bits, event, *mode, trigger),
    };
    let mut aux = reading.aux;
    aux.historical |= when::is_history(resolution, date, published) || told_as_history(words, candidate.head);
    EventMention {
        event: reading.event,
        modes: mode.iter().copied().collect(),
        contexts,
        aux,
        actors: actor.actors.clone(),
        recipients: recipient.actors.clone(),
        actor_tokens: actor.tokens.clone(),
        recipient_tokens: recipient.tokens.clone(),
        object_tokens: objects.clone(),
        trigger: trigger_span(words, candidate, operator),
        trigger_head: candidate.head,
        sentence,
        date,
        place,
        statement: telling.statement_of(candidate.head, head),
        states: None,
        sizes: Vec::new(),
        confidence,
        field_confidence: FieldConfidence::even(confidence),
    }
}

/// "years ago", "anniversary of", "during the cold war": told as background.
fn told_as_history(words: &Words, trigger: TokenIdx) -> bool {
    let document = words.document;
    let anniversary = document
        .ancestors(trigger)
        .take(2)
        .any(|word| matches!(document.lemma(word), "anniversary" | "commemoration" | "centenary"));
    let clause = when::clause_of(words, trigger);
    let ago = clause.into_iter().chain([trigger]).any(|word| {
        document.children(word).iter().any(|&child| {
            document.lower(child) == "ago"
                && document
                    .children(child)
                    .iter()
                    .any(|&unit| matches!(document.lemma(unit), "year" | "decade" | "century"))
        })
    });
    anniversary || ago
}

/// From the first to the last word of the trigger, with the governor that made it what it is; where these lie far
/// apart, the head alone.
fn trigger_span(words: &Words, candidate: &Candidate, operator: Option<TokenIdx>) -> TokenSpan {
    let all = [candidate.head].into_iter().chain(candidate.others.iter().copied()).chain(operator);
    let (first, last) = all
        .fold((candidate.head, candidate.head), |(first, last), token| (first.min(token), last.max(token)));
    let _ = words;
    if last.index() - first.index() <= 12 {
        TokenSpan::new(first.index(), last.index() + 1)
    } else {
        TokenSpan::single(candidate.head)
    }
}

impl EventMention {
    /// Whether the report tells when it happened.
    pub fn is_dated(&self) -> bool {
        self.date != EventDate::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{analysed, assert_codes, cast};
    use proptest::prelude::*;

    #[test]
    fn codes_a_passive_with_agent() {
        assert_codes(
            "Moro Moro PROPN NNP 3 nsubj:pass
             was be AUX VBD 3 aux:pass
             arrested arrest VERB VBN 0 root
             by by ADP IN 5 case
             Chad Chad PROPN NNP 3 obl:agent",
            &[],
            &["COERCE/arrest Chad -> Moro"],
        );
    }

    #[test]
    fn codes_a_passive_without_agent() {
        assert_codes(
            "Moro Moro PROPN NNP 3 nsubj:pass
             was be AUX VBD 3 aux:pass
             kidnapped kidnap VERB VBN 0 root",
            &[],
            &["ASSAULT/abduct -> Moro"],
        );
    }

    #[test]
    fn codes_a_noun_with_its_complements() {
        assert_codes(
            "The the DET DT 2 det
             arrest arrest NOUN NN 7 nsubj
             of of ADP IN 4 case
             Moro Moro PROPN NNP 2 nmod
             by by ADP IN 6 case
             Chad Chad PROPN NNP 2 nmod
             surprised surprise VERB VBD 0 root
             many many ADJ JJ 7 obj",
            &[],
            &["COERCE/arrest Chad -> Moro"],
        );
    }

    #[test]
    fn codes_a_light_verb_and_its_noun_once() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             launched launch VERB VBD 0 root
             a a DET DT 5 det
             drone drone NOUN NN 5 compound
             strike strike NOUN NN 2 obj
             on on ADP IN 7 case
             Niger Niger PROPN NNP 5 nmod",
            &[],
            &["ASSAULT/drone Chad -> Niger"],
        );
    }

    #[test]
    fn codes_coordinated_verbs_with_their_shared_subject() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             condemned condemn VERB VBD 0 root
             Niger Niger PROPN NNP 2 obj
             and and CCONJ CC 5 cc
             expelled expel VERB VBD 2 conj
             its its PRON PRP$ 7 nmod:poss
             ambassador ambassador NOUN NN 5 obj",
            &[],
            &["ACCUSE/disapprove Chad -> Niger", "SANCTION/expel Chad"],
        );
    }

    #[test]
    fn codes_a_relative_clause() {
        assert_codes(
            "Moro Moro PROPN NNP 0 root
             , , PUNCT , 5 punct
             who who PRON WP 5 nsubj:pass
             was be AUX VBD 5 aux:pass
             jailed jail VERB VBN 1 acl:relcl
             by by ADP IN 7 case
             Chad Chad PROPN NNP 5 obl:agent",
            &[],
            &["COERCE/arrest Chad -> Moro"],
        );
    }

    #[test]
    fn codes_the_guest_as_actor_of_a_visit() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             hosted host VERB VBD 0 root
             Niger Niger PROPN NNP 2 obj",
            &[],
            &["CONSULT/visit Niger -> Chad"],
        );
    }

    #[test]
    fn codes_a_condition_as_hypothetical() {
        assert_codes(
            "If if SCONJ IN 3 mark
             Chad Chad PROPN NNP 3 nsubj
             attacks attack VERB VBZ 6 advcl
             Niger Niger PROPN NNP 3 obj
             people people NOUN NNS 6 nsubj
             flee flee VERB VBP 0 root",
            &[],
            &["ASSAULT Chad -> Niger hypothetical"],
        );
    }

    #[test]
    fn leaves_a_storm_alone() {
        assert_codes(
            "A a DET DT 2 det
             storm storm NOUN NN 3 nsubj
             hit hit VERB VBD 0 root
             Chad Chad PROPN NNP 3 obj",
            &[],
            &[],
        );
    }

    #[test]
    fn leaves_what_somebody_is_accused_of_alone() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             accused accuse VERB VBD 0 root
             Niger Niger PROPN NNP 2 obj
             of of SCONJ IN 5 mark
             killing kill VERB VBG 2 advcl
             Moro Moro PROPN NNP 5 obj",
            &[],
            &["ACCUSE/allege Chad -> Niger"],
        );
    }

    #[test]
    fn codes_joint_drills_of_a_pair_as_cooperation() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             denounced denounce VERB VBD 0 root
             the the DET DT 6 det
             joint joint ADJ JJ 6 amod
             military military ADJ JJ 6 amod
             drill drill NOUN NN 2 obj
             by by ADP IN 8 case
             Niger Niger PROPN NNP 6 nmod
             and and CCONJ CC 10 cc
             Mali Mali PROPN NNP 8 conj",
            &[],
            &["ACCUSE/disapprove Chad -> Niger", "COOPERATE Niger, Mali"],
        );
    }

    #[test]
    fn leaves_tests_that_are_only_spoken_about_alone() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             spoke speak VERB VBD 0 root
             about about ADP IN 7 case
             Niger Niger PROPN NNP 7 nmod:poss
             's 's PART POS 4 case
             missile missile NOUN NN 7 compound
             tests test NOUN NNS 2 obl",
            &[],
            &[],
        );
    }

    #[test]
    fn codes_a_strike_and_its_victims_once() {
        assert_codes(
            "Chad Chad PROPN NNP 2 nsubj
             shelled shell VERB VBD 0 root
             Niger Niger PROPN NNP 2 obj
             , , PUNCT , 5 punct
             killing kill VERB VBG 2 advcl
             Moro Moro PROPN NNP 5 obj",
            &[],
            &["ASSAULT/heavy-weapons Chad -> Niger, Moro"],
        );
    }

    #[test]
    fn leaves_attackers_who_arrive_no_visitors() {
        assert_codes(
            "Gunmen gunman NOUN NNS 2 nsubj
             arrived arrive VERB VBD 0 root
             in in ADP IN 4 case
             Niger Niger PROPN NNP 2 obl",
            &["Gunmen"],
            &[],
        );
    }

    #[test]
    fn every_list_that_the_code_names_exists() {
        let document = analysed("Chad Chad PROPN NNP 0 root");
        let coder = Coder::embedded();
        let words = Words::new(&document, &coder.lexicon);
        for list in [
            "nonactors",
            "assailants",
            "kin",
            "meetings",
            "captives",
            "people",
            "forces",
            "militia",
            "police",
            "attacks",
            "weapons",
            "exercises",
            "chemical",
            "suicide",
            "drones",
            "crowdcontrol",
            "aircraft",
            "heavy",
            "explosives",
            "firearms",
            "primitive",
        ] {
            assert!(coder.lexicon.has_list(list), "{list}");
            words.is_in(TokenIdx::new(0), list);
        }
    }

    proptest! {
        /// Any tree over any words is coded without a panic, and every index holds.
        #[test]
        fn any_tree_is_coded(
            picks in proptest::collection::vec((0usize..24, 0usize..12, 0usize..64), 1..24),
        ) {
            const FORMS: &[(&str, &str, &str)] = &[
                ("Chad", "PROPN", "NNP"), ("Niger", "PROPN", "NNP"), ("attack", "NOUN", "NN"), ("attacked", "VERB", "VBD"),
                ("agreed", "VERB", "VBD"), ("to", "PART", "TO"), ("meet", "VERB", "VB"), ("with", "ADP", "IN"),
                ("talks", "NOUN", "NNS"), ("refused", "VERB", "VBN"), ("by", "ADP", "IN"), ("will", "AUX", "MD"),
                ("not", "PART", "RB"), ("troops", "NOUN", "NNS"), ("who", "PRON", "WP"), ("and", "CCONJ", "CC"),
                ("held", "VERB", "VBD"), ("12", "NUM", "CD"), ("killed", "VERB", "VBN"), ("of", "ADP", "IN"),
                ("ended", "VERB", "VBD"), ("aid", "NOUN", "NN"), ("if", "SCONJ", "IN"), ("-", "PUNCT", "HYPH"),
            ];
            const RELATIONS: &[&str] = &[
                "nsubj", "obj", "obl", "xcomp", "ccomp", "advcl", "acl", "acl:relcl", "conj", "nmod", "case", "nsubj:pass",
            ];
            let rows: Vec<String> = picks
                .iter()
                .enumerate()
                .map(|(number, &(form, relation, head))| {
                    let (form, upos, xpos) = FORMS[form];
                    // The first word is the root; the others hang under an earlier one, so that it is a tree.
                    match number {
                        0 => format!("{form} {form} {upos} {xpos} 0 root"),
                        _ => format!("{form} {form} {upos} {xpos} {} {}", head % number + 1, RELATIONS[relation]),
                    }
                })
                .collect();
            let document = analysed(&rows.join("\n"));
            let resolution = cast(&document, &["troops"]);
            let events = Coder::embedded().code(&document, &resolution, &Arena::new(), None);
            for (_, event) in events.iter() {
                prop_assert!(!event.actors.is_empty() || !event.recipients.is_empty());
                prop_assert!(event.trigger.holds(event.trigger_head));
                for mode in &event.modes {
                    prop_assert!(event.event.modes().iter().any(|(known, _)| known == mode));
                }
            }
            let whole = dateline_text::ByteSpan::new(0, document.text().len());
            Coder::embedded().relate(&document, &resolution, &[whole], &[]);
        }
    }
}
