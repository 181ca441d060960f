//! Finds the words of a sentence that evoke an event.
//!
//! In:  a sentence seen through the lexicon.
//! Out: [`Candidate`]s in text order, for each head word and type the trigger with the most words that fit;
//! [`choose`] leaves one a head word.
//!
//! ```text
//! Troops fired rocket artillery at the port.
//!        ^^^^^        ^^^^^^^^^
//!        head         other word: ASSAULT/heavy-weapons, not merely "fire"
//! ```

mod claim;

use crate::EventType;
use crate::lexicon::{Frame, Light, Role, Term, Trigger};
use crate::syntax;
use crate::words::Words;
use claim::{Claim, Silenced};
use dateline_text::{Deprel, SentenceIdx, TokenIdx, Upos};

/// Words that evoke an event.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'l> {
    pub head: TokenIdx,
    /// The trigger's other words, in the order the lexicon gives them.
    pub others: Vec<TokenIdx>,
    pub frame: &'l Frame,
    /// Where the recipient stands.
    pub recipient: &'l [Role],
    /// Whether the head was read as a verb.
    pub verbal: bool,
    /// Whether both actor and recipient must be found.
    pub weak: bool,
    /// How well the words fit: 2 for the head and each further word, 1 for one out of a list.
    pub weight: u32,
    /// Whether no trigger of the lexicon fits, and it was learned that the word tells of the event. Its type stands,
    /// whatever its governors are.
    pub plain: bool,
}

/// Whether heads are taken only where the tagger agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tags {
    /// Verbs for verb triggers, nouns for noun triggers.
    Trusted,
    /// Any content word for either, as headlines and bad parses need.
    Ignored,
}

/// Finds all candidates of a sentence.
pub(crate) fn find<'l>(words: &Words<'l>, sentence: SentenceIdx, tags: Tags) -> Vec<Candidate<'l>> {
    let mut found: Vec<Candidate<'l>> = Vec::new();
    let mut silenced: Vec<Silenced> = Vec::new();
    for head in words.document.sentence(sentence).tokens.iter() {
        let content = matches!(
            words.document.upos(head),
            Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Adv
        );
        let ignored = tags == Tags::Ignored && content;
        let verbal = words.is_verb(head);
        let (as_verb, as_noun) = (verbal || ignored, words.is_noun(head) || ignored);
        let claim = Claim::of(words, head, (as_verb, as_noun), &mut silenced);
        let first = found.len();
        if as_verb {
            take_best(words, head, true, &claim, first, &mut found);
        }
        if as_noun {
            take_best(words, head, false, &claim, first, &mut found);
        }
    }
    found.retain(|candidate| !silenced.iter().any(|silenced| silenced.silences(candidate)));
    found
}

/// The words of a sentence that the user's own files make evoke nothing.
pub(crate) fn ignored(words: &Words, sentence: SentenceIdx) -> Vec<TokenIdx> {
    let mut silenced: Vec<Silenced> = Vec::new();
    let heads = words.document.sentence(sentence).tokens.iter();
    let mut ignored: Vec<TokenIdx> = heads
        .filter(|&head| {
            Claim::of(words, head, (words.is_verb(head), words.is_noun(head)), &mut silenced).is_ignored()
        })
        .collect();
    ignored.extend(silenced.iter().map(|silenced| silenced.word));
    ignored
}

impl<'l> Candidate<'l> {
    /// A word that is no trigger of the lexicon: its parties stand where those of such events do as a rule.
    pub fn plain(words: &Words<'l>, head: TokenIdx, event: EventType) -> Candidate<'l> {
        let verbal = matches!(words.document.upos(head), Upos::Verb | Upos::Adj);
        let frame = words.lexicon.plain_frame(event, verbal);
        let recipient = &frame.recipient;
        Candidate { head, others: Vec::new(), frame, recipient, verbal, weak: false, weight: 0, plain: true }
    }
}

/// Leaves one candidate a head word: the one with the most words that fit.
pub(crate) fn choose(found: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut chosen: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        match chosen.last_mut().filter(|last| last.head == candidate.head) {
            Some(last) if candidate.weight > last.weight => *last = candidate,
            Some(_) => {}
            None => chosen.push(candidate),
        }
    }
    chosen
}

/// Adds the best candidate of each type; those of the same head stand from `first` on.
fn take_best<'l>(
    words: &Words<'l>,
    head: TokenIdx,
    verbal: bool,
    claim: &Claim,
    first: usize,
    found: &mut Vec<Candidate<'l>>,
) {
    let mut company: Option<Vec<TokenIdx>> = None;
    for word in words.of(head) {
        let triggers = if verbal { words.lexicon.verbs(word) } else { words.lexicon.nouns(word) };
        for trigger in triggers {
            let company = company.get_or_insert_with(|| company_of(words, head, verbal));
            let Some((others, weight)) = fit(words, head, trigger, company) else { continue };
            let frame = &words.lexicon.frames[trigger.frame];
            if !claim.allows(frame, others.len()) {
                continue;
            }
            let same = found[first..].iter_mut().find(|old| old.frame.event == frame.event);
            if same.as_ref().is_some_and(|old| weight <= old.weight) {
                continue;
            }
            let recipient = trigger.recipient.as_deref().unwrap_or(&frame.recipient);
            let weak = trigger.weak;
            let new = Candidate { head, others, frame, recipient, verbal, weak, weight, plain: false };
            match same {
                Some(old) => *old = new,
                None => found.push(new),
            }
        }
    }
}

/// For a noun, the words right before it count too: the tree may hang `six-party` elsewhere.
fn company_of(words: &Words, head: TokenIdx, verbal: bool) -> Vec<TokenIdx> {
    let mut company = syntax::company(words, head);
    if !verbal {
        let document = words.document;
        let first = document.sentence(document.sentence_of(head)).tokens.first().index();
        for number in (first.max(head.index().saturating_sub(3))..head.index()).rev() {
            let token = TokenIdx::new(number);
            if matches!(document.upos(token), Upos::Punct | Upos::Verb | Upos::Adp | Upos::Cconj)
                && document.lower(token) != "-"
                && !matches!(document.deprel(token), Deprel::Amod | Deprel::Compound)
            {
                break;
            }
            if !company.contains(&token) {
                company.push(token);
            }
        }
    }
    company
}

/// Whether a trigger's other words, needs and exclusions fit the company of its head.
fn fit(
    words: &Words,
    head: TokenIdx,
    trigger: &Trigger,
    company: &[TokenIdx],
) -> Option<(Vec<TokenIdx>, u32)> {
    let frame = &words.lexicon.frames[trigger.frame];
    let (others, mut weight) = stand_by(words, head, &trigger.others, trigger.n_before, company)?;
    let stands =
        |terms: &[Term]| terms.iter().any(|term| company.iter().any(|&token| words.fits(token, term)));
    if stands(&frame.unless) {
        return None;
    }
    if !frame.needs.is_empty() {
        // What is needed may also be the subject ("workers struck") or the head itself.
        let subject = syntax::subject(words, head).map(|subject| subject.token);
        let by_subject = subject.is_some_and(|subject| {
            syntax::with_conjuncts(words.document, subject)
                .into_iter()
                .flat_map(|one| [one].into_iter().chain(words.document.children(one).iter().copied().take(6)))
                .any(|token| frame.needs.iter().any(|term| words.fits(token, term)))
        });
        let by_head = !trigger.others.is_empty() && frame.needs.iter().any(|term| words.fits(head, term));
        if !by_subject && !by_head && !stands(&frame.needs) {
            return None;
        }
        weight += 1;
    }
    Some((others, weight))
}

/// The words of the company that a trigger asks for beside its head, and how well they fit with it.
fn stand_by(
    words: &Words,
    head: TokenIdx,
    terms: &[Term],
    n_before: usize,
    company: &[TokenIdx],
) -> Option<(Vec<TokenIdx>, u32)> {
    let mut others = Vec::with_capacity(terms.len());
    let mut weight = 2;
    for (number, term) in terms.iter().enumerate() {
        // "missile test" is not "test of a missile", and "strike action" not "action such as a strike".
        let before = number < n_before;
        let other = company.iter().copied().find(|&token| {
            // "what to write": the mark of the infinitive is no preposition after it.
            let marks = n_before == 0 && token < head && words.document.lower(token) == "to";
            !others.contains(&token) && words.fits(token, term) && (!before || token < head) && !marks
        })?;
        others.push(other);
        weight += if matches!(term, Term::List(_)) { 3 } else { 4 };
    }
    Some((others, weight))
}

/// Leaves one candidate for each happening: a noun that belongs to a verb's trigger is not an event beside it.
///
/// "launched a drone strike": the verb's trigger takes "strike", but the noun says more, so the noun's stays. A verb's
/// trigger of the user's own with as many words says as much.
pub(crate) fn one_per_happening<'l>(words: &Words<'l>, found: Vec<Candidate<'l>>) -> Vec<Candidate<'l>> {
    let mut dropped = vec![false; found.len()];
    for (number, verb) in found.iter().enumerate() {
        for &other in &verb.others {
            let Some(inner) = found.iter().position(|noun| noun.head == other) else { continue };
            if inner == number || dropped[inner] {
                continue;
            }
            let noun = &found[inner];
            let carries = words.of(verb.head).any(|word| words.lexicon.light(word) == Some(Light::Does));
            let noun_says_more = verb.verbal
                && carries
                && !noun.others.is_empty()
                && !(verb.frame.is_own && !noun.frame.is_own && verb.others.len() >= noun.others.len())
                && (noun.frame.event == verb.frame.event || noun.weight >= verb.weight)
                && noun.others.iter().any(|word| !verb.others.contains(word));
            if noun_says_more {
                dropped[number] = true;
            } else {
                dropped[inner] = true;
            }
        }
    }
    let mut kept = dropped.into_iter();
    found.into_iter().filter(|_| !kept.next().unwrap_or(false)).collect()
}
