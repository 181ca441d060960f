//! The statement that an event itself is: a threat, a promise, an accusation is made in words.
//!
//! In:  the events and the statements of a report.
//! Out: [`EventMention::states`], for at most one event a statement and one statement an event.
//!
//! An event is made by a statement where its trigger is the statement's cue and the speaker is among its actors. Only
//! types that words alone can make are looked at; a meeting, which PLOVER also calls verbal, takes two. This is another
//! tie than [`EventMention::statement`], the statement that tells of an event. What was only said has no event, and
//! a demand told without its words has no statement.
//!
//! ```text
//! The minister threatened to expel the envoy, a spokesman said.
//! ^^^^^^^^^^^^ ^^^^^^^^^^    THREATEN/expel: states the statement with the cue "threatened",
//! source       cue          and is told by the spokesman's
//! ```

use crate::{EventMention, EventType, QuadClass};
use dateline_attribute::{Statement, StatementIdx};
use dateline_text::{Arena, TokenIdx};

/// Ties each event that is made in words to the statement that makes it.
pub(super) fn tie(events: &mut Arena<EventMention>, statements: &Arena<Statement>) {
    // Statements stand in text order by their contents, not by their cues.
    let mut cues: Vec<(TokenIdx, StatementIdx)> =
        statements.iter().filter_map(|(number, statement)| Some((statement.cue_head?, number))).collect();
    cues.sort_unstable();
    let mut taken = vec![false; statements.n_values()];
    // Two verbs may have one cue between them; the event of the cue's own head word goes first.
    for is_made_by in [is_headed_by, is_within] {
        for number in events.indices() {
            let event = &events[number];
            if event.states.is_some() || !is_verbal(event.event) {
                continue;
            }
            // The head of a cue lies in its words, and these are few.
            let first = cues.partition_point(|(head, _)| head.index() + REACH < event.trigger.start as usize);
            let near = cues[first..]
                .iter()
                .take_while(|(head, _)| head.index() < event.trigger.end as usize + REACH)
                .map(|&(_, statement)| statement);
            let made_by = near.filter(|statement| !taken[statement.index()]).find(|&statement| {
                let statement = &statements[statement];
                is_made_by(event, statement) && is_spoken_by_actor(event, statement)
            });
            if let Some(statement) = made_by {
                taken[statement.index()] = true;
                events[number].states = Some(statement);
            }
        }
    }
}

/// Tokens between the head of a cue and its other words, at most.
const REACH: usize = 12;

/// Whether words alone make an event of this type.
fn is_verbal(event: EventType) -> bool {
    matches!(event.quad(), QuadClass::VerbalCooperation | QuadClass::VerbalConflict)
        && event != EventType::Consult
}

/// Whether the head of the cue is the head of the trigger or one of its ends; what lies between may be another's.
fn is_headed_by(event: &EventMention, statement: &Statement) -> bool {
    statement
        .cue_head
        .is_some_and(|cue| [event.trigger_head, event.trigger.first(), event.trigger.last()].contains(&cue))
}

/// Whether the trigger's head is one of the words of the cue: `issued a threat`.
fn is_within(event: &EventMention, statement: &Statement) -> bool {
    statement.cue.iter().any(|cue| cue.holds(event.trigger_head))
}

/// Whether who speaks acts: the same actor, or the same words where nobody is known by them.
fn is_spoken_by_actor(event: &EventMention, statement: &Statement) -> bool {
    statement.speaker.is_some_and(|speaker| event.actors.contains(&speaker))
        || statement.source.iter().any(|source| {
            event.actor_tokens.iter().any(|actor| source.start < actor.end && actor.start < source.end)
        })
}

#[cfg(test)]
mod tests {
    use crate::Coder;
    use crate::testing::{analysed, cast, render};
    use dateline_attribute::attribute;

    /// The events of hand-made rows, each with the cue of the statement that makes it.
    #[track_caller]
    fn assert_states(rows: &str, expected: &[&str]) {
        let document = analysed(rows);
        let resolution = cast(&document, &["minister"]);
        let statements = attribute(&document, &resolution);
        let events = Coder::embedded().code(&document, &resolution, &statements, None);
        let found: Vec<String> = events
            .iter()
            .map(|(_, event)| {
                let cue = event.states.map(|statement| {
                    let cue = &statements[statement].cue;
                    cue.iter().map(|&piece| document.words(piece)).collect::<Vec<_>>().join(" … ")
                });
                format!("{} | {}", render(event, &resolution), cue.unwrap_or_else(|| "-".to_owned()))
            })
            .collect();
        assert_eq!(found, expected, "{}", document.text());
    }

    /// `Chad VERB to COMPLEMENT Niger .`
    fn controlled(cue: &str, verb: &str) -> String {
        let (form, lemma) = cue.split_once('/').unwrap_or((cue, cue));
        let (inner, inner_lemma) = verb.split_once('/').unwrap_or((verb, verb));
        format!(
            "Chad Chad PROPN NNP 2 nsubj
             {form} {lemma} VERB VBD 0 root
             to to PART TO 4 mark
             {inner} {inner_lemma} VERB VB 2 xcomp
             Niger Niger PROPN NNP 4 obj
             . . PUNCT . 2 punct"
        )
    }

    #[test]
    fn threats_promises_and_rejections_are_statements() {
        for (cue, verb, expected) in [
            ("threatened/threaten", "attack", "THREATEN/violence Chad -> Niger | threatened"),
            ("promised/promise", "meet", "AGREE Chad -> Niger | promised"),
            ("vowed/vow", "punish", "THREATEN Chad -> Niger | vowed"),
            ("refused/refuse", "meet", "REJECT/meet Chad -> Niger | refused"),
        ] {
            assert_states(&controlled(cue, verb), &[expected]);
        }
    }

    #[test]
    fn an_accusation_is_a_statement() {
        assert_states(
            "Chad Chad PROPN NNP 2 nsubj
             accused accuse VERB VBD 0 root
             Niger Niger PROPN NNP 2 obj
             of of SCONJ IN 5 mark
             arming arm VERB VBG 2 advcl
             rebels rebel NOUN NNS 5 obj
             . . PUNCT . 2 punct",
            &["ACCUSE/allege Chad -> Niger | accused"],
        );
    }

    #[test]
    fn a_demand_is_a_statement() {
        assert_states(
            "Chad Chad PROPN NNP 2 nsubj
             demanded demand VERB VBD 0 root
             that that SCONJ IN 5 mark
             Niger Niger PROPN NNP 5 nsubj
             withdraw withdraw VERB VB 2 ccomp
             its its PRON PRP$ 7 nmod:poss
             troops troops NOUN NNS 5 obj
             . . PUNCT . 2 punct",
            &["REQUEST/change Chad | demanded"],
        );
    }

    #[test]
    fn what_was_only_said_has_no_event() {
        // The accusation is told in the statement; it is Niger's, and no words of Niger's are given.
        assert_states(
            "Moro Moro PROPN NNP 2 nsubj
             said say VERB VBD 0 root
             Niger Niger PROPN NNP 4 nsubj
             condemned condemn VERB VBD 2 ccomp
             Chad Chad PROPN NNP 4 obj
             . . PUNCT . 2 punct",
            &["ACCUSE/disapprove Niger -> Chad | -"],
        );
    }

    #[test]
    fn a_deed_under_a_cue_is_left_alone() {
        assert_states(
            "Moro Moro PROPN NNP 2 nsubj
             said say VERB VBD 0 root
             Niger Niger PROPN NNP 4 nsubj
             attacked attack VERB VBD 2 ccomp
             Chad Chad PROPN NNP 4 obj
             . . PUNCT . 2 punct",
            &["ASSAULT Niger -> Chad | -"],
        );
    }
}
