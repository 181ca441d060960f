//! The events of a sentence before they are linked to time, place and statement.
//!
//! In:  a sentence, the report's actors, and what was learned where the language model read the document.
//! Out: [`Draft`]s in text order, each happening once.
//!
//! By rules: the lexicon's candidates, read by their governors, with the parties at their roles. As learned: the words
//! that likely tell of an event, with the phrases that are likely its parties; the rules' findings are among what the
//! networks read.

use crate::candidate::{self, Candidate, Tags};
use crate::learned::{self, Chances, EventModel, RoleChances, Told};
use crate::participants::{self, Cast, Party};
use crate::reading::{self, Purpose, Reading};
use crate::words::Words;
use crate::{EventType, Mode, rules, syntax, when};
use dateline_text::{SentenceIdx, TokenIdx, TokenSpan};

/// An event before it is linked to time, place and statement.
pub(super) struct Draft<'l> {
    pub candidate: Candidate<'l>,
    pub reading: Reading,
    pub mode: Option<Mode>,
    pub actor: Party,
    pub recipient: Party,
    /// Phrases for what is acted on and is no party.
    pub objects: Vec<TokenSpan>,
    /// What the event model says; none where the rules alone speak.
    pub certainty: Option<[f32; 3]>,
}

/// Finds the events of a sentence, each happening once, in text order.
pub(super) fn draft<'l>(
    words: &Words<'l>,
    cast: &Cast,
    sentence: SentenceIdx,
    exercising: &mut Party,
) -> Vec<Draft<'l>> {
    let found = candidate::find(words, sentence, Tags::Trusted);
    let found = candidate::choose(found);
    let found = candidate::one_per_happening(words, found);
    let mut drafts: Vec<Draft> = Vec::new();
    for candidate in found {
        let reading = reading::read(words, &candidate, Purpose::Code);
        let (mut actor, mut recipient) = participants::find(words, cast, &candidate, &reading);
        if candidate.frame.event == EventType::Cooperate && is_exercise(words, &candidate) {
            complete_exercise(cast, candidate.head, exercising, &mut actor, &mut recipient);
        }
        let mode = mode_of(words, &candidate, &reading);
        drafts.push(Draft {
            candidate,
            reading,
            mode,
            actor,
            recipient,
            objects: Vec::new(),
            certainty: None,
        });
    }
    // "warned that it will destroy" is one trigger of several words: what hangs under it adds nothing.
    let told_by_governor: Vec<bool> = drafts
        .iter()
        .map(|draft| {
            drafts.iter().any(|above| {
                draft.reading.consumed.contains(&above.candidate.head)
                    && above.candidate.head != draft.candidate.head
                    && above.candidate.others.len() >= 2
                    && above.candidate.weight > draft.candidate.weight
                    && above.reading.event == draft.reading.event
            })
        })
        .collect();
    let mut told_by_governor = told_by_governor.into_iter();
    drafts.retain(|_| !told_by_governor.next().unwrap_or(false));
    // The governors that made one event what it is are no events beside it.
    let consumed: Vec<TokenIdx> = drafts
        .iter()
        .filter(|draft| is_told(words, draft))
        .flat_map(|draft| draft.reading.consumed.iter().copied().filter(|&word| word != draft.candidate.head))
        .collect();
    drafts.retain(|draft| !consumed.contains(&draft.candidate.head) && is_told(words, draft));
    merge(words, drafts)
}

/// "condemned the joint drills": whose drills they are was told before, else it is the group named last.
fn complete_exercise(
    cast: &Cast,
    trigger: TokenIdx,
    exercising: &mut Party,
    actor: &mut Party,
    recipient: &mut Party,
) {
    if actor.actors.len() + recipient.actors.len() < 2 {
        let known = if exercising.actors.len() > 1 { exercising.clone() } else { cast.group_before(trigger) };
        if known.actors.len() > 1 && actor.actors.iter().all(|one| known.actors.contains(one)) {
            *actor = known;
            *recipient = Party::default();
        }
    } else if actor.actors.len() > 1 {
        *exercising = actor.clone();
    }
}

/// How likely a word must be to tell of an event: where the lexicon says so too, and where it does not. Tuned on
/// `corpus/tune`, whole F1, November 2026.
const TOLD: f32 = 0.35;
const TOLD_ALONE: f32 = 0.45;
/// How likely a phrase must be a party, and how likely the likeliest one must be where none is so likely: few events have
/// nobody who acts or is acted on. Tuned likewise.
const PARTY: f32 = 0.5;
const LONE_ACTOR: f32 = 0.1;
const LONE_RECIPIENT: f32 = 0.15;

/// Finds the events of a sentence as it was learned to tell them.
pub(super) fn learned_drafts<'l>(
    words: &Words<'l>,
    cast: &Cast,
    sentence: SentenceIdx,
    exercising: &mut Party,
    model: &EventModel,
) -> Vec<Draft<'l>> {
    let noted = learned::note(words, candidate::find(words, sentence, Tags::Trusted));
    let chances: Vec<Chances> = learned::chances_of(model, words, cast, sentence, &noted);
    let phrases = learned::phrases(words, cast, sentence);
    let ignored = if words.lexicon.is_extended() { candidate::ignored(words, sentence) } else { Vec::new() };
    let mut drafts: Vec<Draft> = Vec::new();
    for (token, chances) in words.document.sentence(sentence).tokens.iter().zip(&chances) {
        // What the user's own files say of a word holds, whatever was learned.
        let own = noted.iter().find(|noted| noted.candidate.head == token && noted.candidate.frame.is_own);
        let known = noted.iter().any(|noted| {
            (noted.candidate.head == token || noted.reading.consumed.contains(&token))
                && noted.reading.event == chances.best()
        });
        let least = if known { TOLD } else { TOLD_ALONE };
        let chance = chances.of(chances.best());
        if own.is_none() && (chance < least || ignored.contains(&token)) {
            continue;
        }
        let event = own.map_or(chances.best(), |own| own.reading.event);
        let candidate = match own {
            Some(own) => own.candidate.clone(),
            None => learned::candidate_for(words, &noted, token, event),
        };
        let mut reading = reading::read(words, &candidate, Purpose::Code);
        if reading.event != event {
            (reading.event, reading.mode) = (event, None);
        }
        let (actor, recipient) = participants::find(words, cast, &candidate, &reading);
        let told = Told { candidate: &candidate, reading: &reading, actor: &actor, recipient: &recipient };
        let roles = learned::role_chances(model, words, cast, &told, &phrases);
        let acting = decide(&roles, &|chances| chances.actor, LONE_ACTOR, &[]);
        let acted_on = decide(&roles, &|chances| chances.recipient, LONE_RECIPIENT, &acting.phrases);
        let things = decide(&roles, &|chances| chances.object, PARTY, &[]);
        let mut actor = cast.party_of(words, &acting.phrases);
        let mut recipient = cast.party_of(words, &acted_on.phrases);
        let objects = cast.party_of(words, &things.phrases).tokens;
        if event == EventType::Cooperate && is_exercise(words, &candidate) {
            complete_exercise(cast, candidate.head, exercising, &mut actor, &mut recipient);
        }
        recipient.actors.retain(|one| !actor.actors.contains(one));
        let by_rules = mode_of(words, &candidate, &reading);
        let mode = match own {
            Some(_) => by_rules,
            None => learned::mode_at(model, words, cast, &noted, token, event, by_rules),
        };
        let chance = if own.is_some() { 1.0 } else { chance };
        let certainty = Some([chance, acting.sure, acted_on.sure]);
        drafts.push(Draft { candidate, reading, mode, actor, recipient, objects, certainty });
    }
    let names_some = |draft: &Draft| {
        let Draft { actor, recipient, objects, .. } = draft;
        !actor.tokens.is_empty() || !recipient.tokens.is_empty() || !objects.is_empty()
    };
    drafts.retain(names_some);
    merge(words, drafts)
}

/// The phrases that are decided to be a party.
struct Decided {
    phrases: Vec<TokenIdx>,
    /// As sure as the least sure of the choices.
    sure: f32,
}

/// Decides which phrases are a party, all together: those that are likely, or the likeliest. `taken` are those of the
/// other party, which do not stand on both sides unless that is likely.
fn decide(roles: &[RoleChances], of: &dyn Fn(&RoleChances) -> f32, lone: f32, taken: &[TokenIdx]) -> Decided {
    let mut phrases: Vec<TokenIdx> =
        roles.iter().filter(|chances| of(chances) >= PARTY).map(|chances| chances.phrase).collect();
    if phrases.is_empty() {
        let free = roles.iter().filter(|chances| !taken.contains(&chances.phrase));
        let best = free.max_by(|one, other| of(one).total_cmp(&of(other)));
        phrases.extend(best.filter(|best| of(best) >= lone).map(|best| best.phrase));
    }
    let choice = |chances: &RoleChances| {
        if phrases.contains(&chances.phrase) { of(chances) } else { 1.0 - of(chances) }
    };
    let sure = roles.iter().map(choice).fold(1.0, f32::min);
    Decided { phrases, sure }
}

fn is_exercise(words: &Words, candidate: &Candidate) -> bool {
    [candidate.head].iter().chain(&candidate.others).any(|&word| words.is_in(word, "exercises"))
}

/// The mode after all rules; one that the instrument tells where the frame names none.
pub(crate) fn mode_of(words: &Words, candidate: &Candidate, reading: &Reading) -> Option<Mode> {
    match (reading.event, reading.mode) {
        (EventType::Assault, None) => rules::refine_by_instrument(words, candidate),
        (EventType::Mobilize, mode) if candidate.frame.event == EventType::Mobilize => {
            rules::mobilized(words, candidate, mode)
        }
        (_, mode) => mode,
    }
}

/// Whether the words tell enough for an event.
fn is_told(words: &Words, draft: &Draft) -> bool {
    let Draft { candidate, reading, actor, recipient, .. } = draft;
    if reading.alleged || (actor.is_empty() && recipient.is_empty()) {
        return false;
    }
    if candidate.weak && (actor.is_empty() || recipient.is_empty()) {
        return false;
    }
    let governor = words.document.head(candidate.head);
    // "share your concerns" criticises nobody.
    if reading.event == EventType::Accuse
        && !candidate.verbal
        && governor.is_some_and(|verb| words.document.lemma(verb) == "share")
    {
        return false;
    }
    // Attackers and rescuers who arrive pay no visit.
    let comers = actor.tokens.iter().flat_map(|span| span.iter()).chain(actor.unresolved);
    if draft.mode == Some(Mode::Visit) && comers.take(16).any(|word| words.is_in(word, "assailants")) {
        return false;
    }
    // "told parliament that ...": only who is told *to do* something is asked.
    if reading.event == EventType::Request
        && reading.operator.is_none()
        && words.document.lemma(candidate.head) == "tell"
        && words.document.child_by(candidate.head, dateline_text::Deprel::Xcomp).is_none()
    {
        return false;
    }
    if is_background(words, draft) {
        return false;
    }
    // "no conditions for talks with Chad": talks with one known party and no other at all.
    if reading.event == EventType::Consult
        && !candidate.verbal
        && reading.operator.is_none()
        && actor.actors.len() == 1
        && actor.unresolved.is_none()
        && recipient.is_empty()
        && is_generic(words, candidate.head)
    {
        return false;
    }
    // Words need a speaker; a charge in the passive ("was charged") is told without one.
    let verbal_act = matches!(
        reading.event,
        EventType::Agree
            | EventType::Consult
            | EventType::Support
            | EventType::Request
            | EventType::Reject
            | EventType::Threaten
    );
    if verbal_act && actor.is_empty() {
        return false;
    }
    // PLOVER: COOPERATE, AID and SANCTION need a recipient.
    let two_sided = actor.actors.len() > 1;
    if reading.event.requires_recipient()
        && recipient.is_empty()
        && recipient.unresolved.is_none()
        && !two_sided
    {
        return false;
    }
    // A storm attacks nobody.
    if let Some(subject) = actor.unresolved.filter(|_| actor.is_empty()) {
        if words.is_in(subject, "nonactors") {
            return false;
        }
        // "The decision hit exports": an abstract subject of a harmful verb, unless it is an instrument of harm.
        let harmful = matches!(reading.event, EventType::Assault | EventType::Coerce);
        let person = words.is_in(subject, "people")
            || words.is_in(subject, "forces")
            || words.is_in(subject, "militia")
            || words.is_in(subject, "police")
            || words.is_in(subject, "attacks")
            || words.is_in(subject, "weapons")
            || matches!(words.document.upos(subject), dateline_text::Upos::Pron | dateline_text::Upos::Num);
        if harmful && candidate.verbal && !person {
            return false;
        }
    }
    true
}

/// Whether a noun stands in the plural, or bare, after a preposition: "concern about Chad's missile tests".
fn is_generic(words: &Words, noun: TokenIdx) -> bool {
    let document = words.document;
    syntax::preposition(document, noun).is_some()
        && document.xpos(noun) == dateline_text::Xpos::Nns
        && document.child_by(noun, dateline_text::Deprel::Nummod).is_none()
}

/// Tests that are only what a statement or a measure is about, "a deterrent on Chad's weapons tests", are no event
/// beside it.
fn is_background(words: &Words, draft: &Draft) -> bool {
    let document = words.document;
    let head = draft.candidate.head;
    let about = syntax::preposition(document, head).is_some_and(|case| {
        matches!(
            document.lower(case),
            "on" | "over"
                | "about"
                | "of"
                | "to"
                | "at"
                | "for"
                | "against"
                | "despite"
                | "by"
                | "with"
                | "from"
        )
    });
    draft.reading.event == EventType::Mobilize
        && !draft.candidate.verbal
        && is_generic(words, head)
        && about
        && when::clause_of(words, head).is_none_or(|verb| {
            !words.of(verb).any(|word| words.lexicon.light(word) == Some(crate::lexicon::Light::Does))
                || document.lemma(verb) != "conduct"
        })
}

/// PLOVER: one event for one happening in a sentence; a build-up within an attack is not coded apart.
fn merge<'l>(words: &Words, drafts: Vec<Draft<'l>>) -> Vec<Draft<'l>> {
    let mut kept: Vec<Draft> = Vec::new();
    'next: for draft in drafts {
        for old in &mut kept {
            if is_same(words, old, &draft) {
                absorb(old, draft);
                continue 'next;
            }
        }
        kept.push(draft);
    }
    let attackers: Vec<Party> = kept
        .iter()
        .filter(|draft| draft.reading.event == EventType::Assault && draft.reading.aux.is_factual())
        .map(|draft| draft.actor.clone())
        .collect();
    kept.retain(|draft| {
        draft.reading.event != EventType::Mobilize
            || !attackers.iter().any(|attacker| {
                !attacker.is_empty() && attacker.actors.iter().all(|one| draft.actor.actors.contains(one))
            })
    });
    kept
}

fn is_same(words: &Words, one: &Draft, other: &Draft) -> bool {
    if one.reading.event != other.reading.event || one.reading.aux.negation != other.reading.aux.negation {
        return false;
    }
    // A visit and the meeting during it are two happenings.
    if one.reading.event == EventType::Consult && one.mode != other.mode {
        return false;
    }
    // "hit a house, killing seven": one attack.
    let result = one.reading.event == EventType::Assault
        && one.candidate.verbal
        && other.candidate.verbal
        && words.document.xpos(other.candidate.head) == dateline_text::Xpos::Vbg
        && matches!(
            words.document.lemma(other.candidate.head),
            "kill" | "wound" | "injure" | "destroy" | "damage" | "leave"
        )
        && are_joined(words, one.candidate.head, other.candidate.head);
    if result && (one.actor.actors == other.actor.actors || other.actor.is_empty()) {
        return true;
    }
    let near = are_joined(words, one.candidate.head, other.candidate.head)
        || one.reading.operator.map(|(word, _)| word) == other.reading.operator.map(|(word, _)| word)
            && one.reading.operator.is_some();
    let same_actor = one.actor.actors == other.actor.actors || one.actor.is_empty() || other.actor.is_empty();
    let same_recipient = one.recipient.actors == other.recipient.actors
        || one.recipient.is_empty()
        || other.recipient.is_empty();
    let identical = one.actor.actors == other.actor.actors && one.recipient.actors == other.recipient.actors;
    identical || near && same_actor && same_recipient
}

/// Whether one word governs the other within two steps: "the strike killed", "the shelling of ... wounded".
pub(super) fn are_joined(words: &Words, one: TokenIdx, other: TokenIdx) -> bool {
    let near =
        |below: TokenIdx, above: TokenIdx| words.document.ancestors(below).take(2).any(|word| word == above);
    near(one, other) || near(other, one)
}

/// Adds what another telling of the same happening says.
fn absorb<'l>(old: &mut Draft<'l>, new: Draft<'l>) {
    let better = (new.mode.is_some(), new.candidate.weight) > (old.mode.is_some(), old.candidate.weight);
    if old.actor.is_empty() {
        old.actor = new.actor.clone();
    }
    if old.reading.event == EventType::Assault {
        old.recipient.join(&new.recipient);
        old.recipient.actors.retain(|one| !old.actor.actors.contains(one));
    }
    if old.recipient.is_empty() {
        old.recipient = new.recipient.clone();
        old.recipient.actors.retain(|one| !old.actor.actors.contains(one));
    }
    if old.mode.is_none() {
        old.mode = new.mode;
    }
    if better && old.reading.operator.is_none() && new.reading.operator.is_none() && new.mode == old.mode {
        let (actor, recipient) = (std::mem::take(&mut old.actor), std::mem::take(&mut old.recipient));
        let mode = old.mode;
        *old = Draft { actor, recipient, mode, ..new };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_decided_together() {
        // Chances of actor and recipient for each phrase; who is taken for either.
        for (chances, actors, recipients) in [
            (&[[0.9, 0.0], [0.7, 0.2], [0.1, 0.6]][..], &[0, 1][..], &[2][..]),
            // Nobody is likely: the likeliest one acts.
            (&[[0.2, 0.0], [0.3, 0.1]], &[1], &[]),
            // The actor is no lone recipient; the next one is.
            (&[[0.8, 0.3], [0.0, 0.2]], &[0], &[1]),
            // One that is likely on both sides stands on both.
            (&[[0.5, 0.5]], &[0], &[0]),
            (&[[0.05, 0.1]], &[], &[]),
            (&[], &[], &[]),
        ] {
            let of = |(number, &[actor, recipient]): (usize, &[f32; 2])| RoleChances {
                phrase: TokenIdx::new(number),
                actor,
                recipient,
                object: 0.0,
            };
            let roles: Vec<RoleChances> = chances.iter().enumerate().map(of).collect();
            let numbers = |decided: &Decided| -> Vec<usize> {
                decided.phrases.iter().map(|phrase| phrase.index()).collect()
            };
            let acting = decide(&roles, &|one| one.actor, LONE_ACTOR, &[]);
            let acted_on = decide(&roles, &|one| one.recipient, LONE_RECIPIENT, &acting.phrases);
            assert_eq!(
                (numbers(&acting), numbers(&acted_on)),
                (actors.to_vec(), recipients.to_vec()),
                "{chances:?}"
            );
            assert!((0.0..=1.0).contains(&acting.sure), "{chances:?}");
        }
    }
}
