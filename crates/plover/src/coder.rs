//! Codes who did what to whom.
//!
//! In:  a [`Document`] with its actors, places, times and statements.
//! Out: [`EventMention`]s in text order.
//!
//! For each sentence: find the words that evoke events ([`crate::candidate`]), read what their governors make of
//! them ([`crate::reading`]), find who takes part ([`crate::participants`]), leave one event for each happening,
//! then say when, where, how many, about what, and whose statement tells it.
//!
//! ```text
//! Seoul said Pyongyang fired two missiles into the sea.
//!            ^^^^^^^^^ ^^^^^     ^^^^^^^^
//!            actor     trigger              MOBILIZE/weapons North Korea, told in Seoul's statement
//! ```

use crate::candidate::{self, Candidate, Tags};
use crate::context::{ContextWords, contexts_of};
use crate::learned::{self, Certainty, Chances, EventModel, Linked, Mention, Told};
use crate::lexicon::Lexicon;
use crate::participants::{self, Cast, Party};
use crate::reading::{self, Purpose, Reading};
use crate::words::Words;
use crate::{
    EventDate, EventMention, EventType, FieldConfidence, LexiconError, Mode, confidence, rules, size, syntax,
    when, whereabouts,
};
use dateline_attribute::{Statement, StatementIdx};
use dateline_resolve::{PlaceIdx, Resolution, TimeIdx};
use dateline_text::{Arena, Document, SentenceIdx, TokenIdx, TokenSpan};
use jiff::civil::Date;
use std::sync::{Arc, LazyLock};

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

/// An event before it is linked to time, place and statement.
struct Draft<'l> {
    candidate: Candidate<'l>,
    reading: Reading,
    mode: Option<Mode>,
    actor: Party,
    recipient: Party,
    /// Phrases for what is acted on and is no party.
    objects: Vec<TokenSpan>,
    /// What the event model says; none where the rules alone speak.
    certainty: Option<[f32; 3]>,
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
        let sentence_bits: Vec<u64> = document
            .sentence_indices()
            .map(|sentence| self.contexts.of_sentence(document, sentence))
            .collect();
        let mut paragraph_bits = vec![0u64; document.paragraphs().len()];
        for (sentence, bits) in document.sentences().iter().zip(&sentence_bits) {
            if let Some(all) = paragraph_bits.get_mut(sentence.paragraph as usize) {
                *all |= bits;
            }
        }
        let mut events: Arena<EventMention> = Arena::new();
        let mut exercising = Party::default();
        let model = Some(&*self.model).filter(|model| model.reads(document));
        for sentence in document.sentence_indices() {
            let drafts = match model {
                Some(model) => learned_drafts(&words, &cast, sentence, &mut exercising, model),
                None => draft(&words, &cast, sentence, &mut exercising),
            };
            let counted = size::sizes(&words, sentence);
            if drafts.is_empty() {
                add_to_last(document, &mut events, sentence, counted);
                continue;
            }
            let single_paragraph = document.sentence(sentence).paragraph as usize;
            let about =
                (sentence_bits[sentence.index()], paragraph_bits.get(single_paragraph).copied().unwrap_or(0));
            let triggers: Vec<TokenIdx> = drafts.iter().map(|draft| draft.candidate.head).collect();
            for number in 0..drafts.len() {
                let draft = &drafts[number];
                let (setting, sure) = match model {
                    Some(model) => {
                        learned_setting(&words, resolution, &telling, draft, &triggers, model, published)
                    }
                    None => (setting_by_rules(&words, resolution, &telling, sentence, draft), [0.0; 2]),
                };
                let mut event =
                    finish(&words, resolution, &telling, sentence, draft, setting, published, about);
                if let (Some(model), Some([told, actor, recipient])) = (model, draft.certainty) {
                    let [date, place] = sure;
                    let raw = Certainty { event: told, actor, recipient, date, place };
                    (event.confidence, event.field_confidence) = model.calibration.apply(raw);
                }
                event.sizes = sizes_of(&words, &drafts, number, &counted);
                if event.date == EventDate::default() {
                    event.date = framed_date(&words, resolution, &events, &event);
                }
                events.push(event);
            }
        }
        events
    }
}

/// Finds the events of a sentence, each happening once, in text order.
fn draft<'l>(
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
const TOLD: f32 = 0.3;
const TOLD_ALONE: f32 = 0.5;
/// How likely a phrase must be a party. Tuned likewise.
const PARTY: f32 = 0.4;

/// Finds the events of a sentence as it was learned to tell them.
fn learned_drafts<'l>(
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
        let pick = |of: &dyn Fn(&learned::RoleChances) -> f32| -> Party {
            let picked: Vec<TokenIdx> =
                roles.iter().filter(|chances| of(chances) >= PARTY).map(|chances| chances.phrase).collect();
            cast.party_of(words, &picked)
        };
        let mut actor = pick(&|chances| chances.actor);
        let mut recipient = pick(&|chances| chances.recipient);
        if event == EventType::Cooperate && is_exercise(words, &candidate) {
            complete_exercise(cast, candidate.head, exercising, &mut actor, &mut recipient);
        }
        recipient.actors.retain(|one| !actor.actors.contains(one));
        let mode = mode_of(words, &candidate, &reading);
        let objects = pick(&|chances| chances.object).tokens;
        // As sure as the least sure of the choices among the phrases.
        let sure = |of: &dyn Fn(&learned::RoleChances) -> f32| {
            let choice = |chance: f32| if chance >= PARTY { chance } else { 1.0 - chance };
            roles.iter().map(|chances| choice(of(chances))).fold(1.0, f32::min)
        };
        let chance = if own.is_some() { 1.0 } else { chance };
        let certainty = [chance, sure(&|chances| chances.actor), sure(&|chances| chances.recipient)];
        let certainty = Some(certainty);
        drafts.push(Draft { candidate, reading, mode, actor, recipient, objects, certainty });
    }
    let names_some = |draft: &Draft| {
        let Draft { actor, recipient, objects, .. } = draft;
        !actor.tokens.is_empty() || !recipient.tokens.is_empty() || !objects.is_empty()
    };
    drafts.retain(names_some);
    merge(words, drafts)
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

fn is_exercise(words: &Words, candidate: &Candidate) -> bool {
    [candidate.head].iter().chain(&candidate.others).any(|&word| words.is_in(word, "exercises"))
}

/// A count of victims in a sentence that tells no event belongs to the attack told right before it: "Five children
/// were among the dead."
fn add_to_last(
    document: &Document,
    events: &mut Arena<EventMention>,
    sentence: SentenceIdx,
    counted: Vec<size::Counted>,
) {
    use crate::SizeKind::{Dead, Injured};
    let Some((last, event)) = events.iter().next_back() else { return };
    let follows = event.sentence.index() + 1 == sentence.index()
        && event.event == EventType::Assault
        && event.aux.is_factual()
        && document.sentence(sentence).paragraph.abs_diff(document.sentence(event.sentence).paragraph) <= 1;
    if !follows {
        return;
    }
    let known: Vec<crate::SizeKind> = event.sizes.iter().map(|size| size.kind).collect();
    let new = counted
        .into_iter()
        .map(|one| one.size)
        .filter(|size| matches!(size.kind, Dead | Injured) && !known.contains(&size.kind));
    events[last].sizes.extend(new);
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
fn are_joined(words: &Words, one: TokenIdx, other: TokenIdx) -> bool {
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

/// The times and places of the sentence of a trigger, as the event model looks at them. `triggers` are the heads of all
/// events of the sentence.
pub(crate) fn mentions_of(
    words: &Words,
    resolution: &Resolution,
    statements: &Arena<Statement>,
    candidate: &Candidate,
    reading: &Reading,
    triggers: &[TokenIdx],
) -> Vec<Mention> {
    let telling = Telling::new(words.document.tokens().len(), statements);
    mentions_beside(words, resolution, &telling, candidate, reading, triggers)
        .into_iter()
        .map(|(mention, _)| mention)
        .collect()
}

/// A time or a place by its number.
#[derive(Clone, Copy)]
enum Target {
    Time(TimeIdx),
    Place(PlaceIdx),
}

fn mentions_beside(
    words: &Words,
    resolution: &Resolution,
    telling: &Telling,
    candidate: &Candidate,
    reading: &Reading,
    triggers: &[TokenIdx],
) -> Vec<(Mention, Target)> {
    let document = words.document;
    let head = candidate.head;
    let sentence = document.sentence_of(head);
    let tokens = document.sentence(sentence).tokens;
    let operator = reading.operator.map(|(governor, _)| governor);
    let outer = operator.unwrap_or(head);
    let is_cue = |token: TokenIdx| telling.is_cue(token) && token != outer;
    let date = when::date_of(words, resolution, sentence, head, operator, &is_cue);
    let place = whereabouts::place_of(words, resolution, sentence, head, reading.event);
    let mut found: Vec<(Mention, Target)> = Vec::new();
    let mention = |linked: Linked, span: TokenSpan, sort: &'static str, by_rules: bool| {
        let near = |trigger: TokenIdx| {
            let (start, end) = (span.start as usize, span.end as usize);
            if trigger.index() < start {
                start - trigger.index()
            } else {
                (trigger.index() + 1).saturating_sub(end)
            }
        };
        let nearest = triggers.iter().all(|&other| near(other) >= near(head));
        let clause = when::clause_of(words, span.first());
        let with_cue = clause.is_some_and(|verb| is_cue(verb) && verb != head);
        Mention { linked, tokens: span, sort, by_rules, n_rivals: 0, nearest, with_cue }
    };
    for (number, time) in resolution.times.iter() {
        let dated =
            matches!(time.kind, dateline_resolve::TimexType::Date | dateline_resolve::TimexType::Time);
        if dated && time.tokens.n_tokens() > 0 && tokens.holds(time.tokens.first()) {
            let sort = match time.days {
                None => "vague",
                Some(days) if days.from == days.to => "day",
                Some(_) => "days",
            };
            found.push((
                mention(Linked::Time, time.tokens, sort, date.time == Some(number)),
                Target::Time(number),
            ));
        }
    }
    for (_, one) in resolution.place_mentions.iter() {
        if one.tokens.n_tokens() > 0 && tokens.holds(one.tokens.first()) {
            let sort = match one.metonymic {
                true => "metonym",
                false => resolution.places[one.place].kind.as_str(),
            };
            let by_rules = place == Some(one.place);
            found.push((mention(Linked::Place, one.tokens, sort, by_rules), Target::Place(one.place)));
        }
    }
    let count = |linked: Linked| found.iter().filter(|(mention, _)| mention.linked == linked).count();
    let (n_times, n_places) = (count(Linked::Time), count(Linked::Place));
    for (mention, _) in &mut found {
        mention.n_rivals = if mention.linked == Linked::Time { n_times } else { n_places } - 1;
    }
    found
}

/// The day and the place of an event by the rules.
fn setting_by_rules(
    words: &Words,
    resolution: &Resolution,
    telling: &Telling,
    sentence: SentenceIdx,
    draft: &Draft,
) -> (EventDate, Option<PlaceIdx>) {
    let Draft { candidate, reading, .. } = draft;
    let operator = reading.operator.map(|(governor, _)| governor);
    let head = operator.unwrap_or(candidate.head);
    let is_cue = |token: TokenIdx| telling.is_cue(token) && token != head;
    let date = when::date_of(words, resolution, sentence, candidate.head, operator, &is_cue);
    (date, whereabouts::place_of(words, resolution, sentence, candidate.head, reading.event))
}

/// How likely a time or place must be the event's. Tuned on `corpus/tune`, November 2026.
const LINKED: f32 = 0.5;

/// The day and the place of an event as it was learned to tell them.
fn learned_setting(
    words: &Words,
    resolution: &Resolution,
    telling: &Telling,
    draft: &Draft,
    triggers: &[TokenIdx],
    model: &EventModel,
    published: Option<Date>,
) -> ((EventDate, Option<PlaceIdx>), [f32; 2]) {
    let mut best: [(f32, Option<Target>); 2] = [(LINKED, None); 2];
    let mut most = [0.0f32; 2];
    let beside = mentions_beside(words, resolution, telling, &draft.candidate, &draft.reading, triggers);
    for (mention, target) in beside {
        let chance = learned::link_chance(model, words, &draft.candidate, &draft.reading, &mention);
        let field = usize::from(mention.linked == Linked::Place);
        most[field] = most[field].max(chance);
        let slot = &mut best[field];
        if chance >= slot.0 {
            *slot = (chance, Some(target));
        }
    }
    let date = match best[0].1 {
        Some(Target::Time(time)) => when::dated_by(words, resolution, time, published),
        _ => EventDate::default(),
    };
    let place = match best[1].1 {
        Some(Target::Place(place)) => Some(place),
        _ => None,
    };
    let sure = most.map(|chance| if chance >= LINKED { chance } else { 1.0 - chance });
    ((date, place), sure)
}

fn finish(
    words: &Words,
    resolution: &Resolution,
    telling: &Telling,
    sentence: SentenceIdx,
    draft: &Draft,
    (date, place): (EventDate, Option<PlaceIdx>),
    published: Option<Date>,
    (sentence_bits, paragraph_bits): (u64, u64),
) -> EventMention {
    let Draft { candidate, reading, mode, actor, recipient, objects, .. } = draft;
    let operator = reading.operator.map(|(governor, _)| governor);
    let head = match operator {
        Some(governor) => governor,
        None => candidate.head,
    };
    let confidence = confidence::confidence(words, candidate, reading, actor, recipient);
    let mut aux = reading.aux;
    aux.historical |= when::is_history(resolution, date, published) || told_as_history(words, candidate.head);
    EventMention {
        event: reading.event,
        modes: mode.iter().copied().collect(),
        contexts: contexts_of(words, sentence_bits, paragraph_bits, reading.event, *mode, candidate.head),
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

/// Gives an event the sizes that belong to it: those its own words carry, and the sentence's where no other event
/// of the sentence can carry them.
fn sizes_of(words: &Words, drafts: &[Draft], number: usize, counted: &[size::Counted]) -> Vec<crate::Size> {
    use crate::SizeKind::*;
    let carries = |draft: &Draft, kind: crate::SizeKind| match draft.reading.event {
        EventType::Assault => matches!(kind, Dead | Injured | Weapons | Abducted),
        EventType::Coerce => matches!(kind, Arrested | Dead | Injured),
        EventType::Mobilize | EventType::Aid => kind == Weapons,
        EventType::Protest => matches!(kind, Dead | Injured | Arrested | Crowd),
        EventType::Retreat | EventType::Concede => false,
        _ => false,
    };
    let mut sizes = Vec::new();
    for one in counted {
        if !carries(&drafts[number], one.size.kind) {
            continue;
        }
        let rivals: Vec<usize> =
            (0..drafts.len()).filter(|&other| carries(&drafts[other], one.size.kind)).collect();
        let nearest = rivals.iter().copied().min_by_key(|&other| {
            let head = drafts[other].candidate.head;
            let joined = head == one.by || are_joined(words, head, one.by);
            (!joined, head.index().abs_diff(one.by.index()))
        });
        if nearest == Some(number) {
            sizes.push(one.size.clone());
        }
    }
    let crowd = drafts[number]
        .actor
        .unresolved
        .or_else(|| syntax::subject(words, drafts[number].candidate.head).map(|subject| subject.token))
        .filter(|_| drafts[number].reading.event == EventType::Protest)
        .and_then(|subject| size::count(words, subject));
    if let Some((count, tokens)) = crowd {
        sizes.push(crate::Size { kind: Crowd, count, tokens });
    }
    sizes
}

/// Which statement tells each word.
struct Telling {
    /// For each token the innermost statement whose content holds it.
    statement: Vec<Option<StatementIdx>>,
    cue: Vec<bool>,
    cue_heads: Vec<Option<TokenIdx>>,
}

impl Telling {
    fn new(n_tokens: usize, statements: &Arena<Statement>) -> Telling {
        let mut statement: Vec<Option<StatementIdx>> = vec![None; n_tokens];
        let mut cue = vec![false; n_tokens];
        // Longer contents first, so that inner ones overwrite them.
        let mut order: Vec<StatementIdx> = statements.indices().collect();
        let length = |one: &StatementIdx| -> usize {
            statements[*one].content.iter().map(|span| span.n_tokens()).sum()
        };
        order.sort_by_key(|one| std::cmp::Reverse(length(one)));
        for one in order {
            for span in &statements[one].content {
                for token in span.iter().filter(|token| token.index() < n_tokens) {
                    statement[token.index()] = Some(one);
                }
            }
            if let Some(slot) = statements[one].cue_head.and_then(|head| cue.get_mut(head.index())) {
                *slot = true;
            }
        }
        let cue_heads = statements.iter().map(|(_, one)| one.cue_head).collect();
        Telling { statement, cue, cue_heads }
    }

    fn is_cue(&self, token: TokenIdx) -> bool {
        self.cue.get(token.index()).copied().unwrap_or(false)
    }

    /// The statement that tells an event; the one that the event's own verb introduces is not.
    fn statement_of(&self, trigger: TokenIdx, head: TokenIdx) -> Option<StatementIdx> {
        let statement = self.statement.get(head.index()).copied().flatten();
        statement.filter(|one| {
            let cue = self.cue_heads.get(one.index()).copied().flatten();
            cue != Some(head) && cue != Some(trigger)
        })
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
