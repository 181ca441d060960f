//! Which of a sentence's numbers belong to which event.
//!
//! In:  the events of a sentence, and the [`Counted`] of it.
//! Out: the [`Size`]s of each event.
//!
//! A number goes to the event that can carry it and stands nearest in the tree; where none is given, the event's own
//! recipients may say it. An event that did not happen has none.
//!
//! ```text
//! Police opened fire on the marchers, killing 19.    ASSAULT/firearms: dead 19; PROTEST/demo: none
//! ```

use super::drafts::{Draft, are_joined};
use crate::size::{self, Counted, Counter};
use crate::words::Words;
use crate::{EventMention, EventType, Mode, Size, SizeKind, syntax};
use dateline_text::{Arena, Document, SentenceIdx, TokenSpan};

/// How readily an event takes a number; nothing where it cannot. Weapons that killed speak before the crowd that was hit.
fn claim(draft: &Draft, kind: SizeKind) -> Option<u8> {
    use SizeKind::*;
    match (draft.reading.event, kind) {
        (EventType::Assault, Dead | Injured | Abducted) if !draft.reading.aux.is_factual() => None,
        (EventType::Assault, Dead | Injured | Weapons | Abducted) => Some(0),
        (EventType::Coerce, Arrested)
            if draft.mode == Some(Mode::Arrest) && draft.reading.aux.is_factual() =>
        {
            Some(0)
        }
        (EventType::Mobilize | EventType::Aid, Weapons) => Some(0),
        (EventType::Protest, Dead | Injured) => Some(1),
        _ => None,
    }
}

/// Gives an event the sizes that belong to it.
pub(super) fn sizes_of(
    counter: &Counter,
    words: &Words,
    drafts: &[Draft],
    number: usize,
    counted: &[Counted],
    trigger: TokenSpan,
) -> Vec<Size> {
    let draft = &drafts[number];
    let mut sizes: Vec<Size> = Vec::new();
    for one in counted {
        let nearest = (0..drafts.len())
            .filter_map(|other| {
                let claim = claim(&drafts[other], one.size.kind)?;
                let head = drafts[other].candidate.head;
                let joined = head == one.by || are_joined(words, head, one.by);
                Some((claim, !joined, head.index().abs_diff(one.by.index()), other))
            })
            .min();
        if nearest.is_some_and(|(.., nearest)| nearest == number) {
            sizes.push(one.size.clone());
        }
    }
    if draft.reading.aux.is_factual()
        && let Some(size) =
            counter.of_recipients(draft.reading.event, draft.mode, trigger, &draft.recipient.tokens)
    {
        let known = sizes.iter().any(|old| old.kind == size.kind || old.tokens.holds(size.tokens.first()));
        if !known {
            sizes.push(size);
        }
    }
    let crowd = draft
        .actor
        .unresolved
        .or_else(|| syntax::subject(words, draft.candidate.head).map(|subject| subject.token))
        .filter(|_| draft.reading.event == EventType::Protest)
        .and_then(|subject| size::count(words, subject));
    if let Some((count, tokens)) = crowd {
        sizes.push(Size { kind: SizeKind::Crowd, count, tokens });
    }
    sizes
}

/// A count of victims in a sentence that tells no event belongs to the attack told right before it: "Five children
/// were among the dead."
pub(super) fn add_to_last(
    document: &Document,
    events: &mut Arena<EventMention>,
    sentence: SentenceIdx,
    counted: Vec<Counted>,
) {
    use SizeKind::{Dead, Injured};
    let Some((last, event)) = events.iter().next_back() else { return };
    let follows = event.sentence.index() + 1 == sentence.index()
        && event.event == EventType::Assault
        && event.aux.is_factual()
        && document.sentence(sentence).paragraph.abs_diff(document.sentence(event.sentence).paragraph) <= 1;
    if !follows {
        return;
    }
    let known: Vec<SizeKind> = event.sizes.iter().map(|size| size.kind).collect();
    let new = counted
        .into_iter()
        .map(|one| one.size)
        .filter(|size| matches!(size.kind, Dead | Injured) && !known.contains(&size.kind));
    events[last].sizes.extend(new);
}
