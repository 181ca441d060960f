//! Which marked and found events of a text are the same.

use crate::corpus::{COUNTED, ExpectedDate, MarkLabel, MarkedText};
use crate::matching::best_pairs;
use dateline_plover::{CodedReport, EventMention};
use dateline_text::{ByteSpan, TokenSpan};

/// What of a text was found.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Events of one type and sentence, paired one to one.
    pub pairs: Vec<Pair>,
    /// How many events were found.
    pub n_found: usize,
    /// How many marked triggers share a word with a found one's.
    pub n_triggers: usize,
}

/// A marked and a found event of the same type.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The number of the marked one.
    pub gold: usize,
    /// The number of the found one.
    pub found: usize,
    /// Whether the parties are the same too.
    pub whole: bool,
    /// Whether the actors are.
    pub actor: bool,
    /// Whether the recipients are.
    pub recipient: bool,
    /// Whether the days are.
    pub date: bool,
    /// Whether the place is.
    pub place: bool,
    /// Whether the mode is.
    pub mode: bool,
    /// Whether all auxiliary modes are.
    pub aux: bool,
    /// Contexts in both, found, marked.
    pub contexts: [usize; 3],
    /// Numbers in both, found, marked.
    pub sizes: [usize; 3],
}

/// Compares the events of a text.
pub(super) fn compare(marked: &MarkedText, coded: Option<&CodedReport>) -> Comparison {
    let Some(coded) = coded else { return Comparison::default() };
    let found: Vec<&EventMention> = coded.events.as_slice().iter().collect();
    let mut gains = vec![vec![0.0; found.len()]; marked.events.len()];
    let mut touching = vec![vec![0.0; found.len()]; marked.events.len()];
    for (number, gains) in gains.iter_mut().enumerate() {
        let trigger = marked.spans(MarkLabel::Trigger, number).next();
        for (other, event) in found.iter().enumerate() {
            let sentence = coded.document.sentence_span(event.sentence);
            let Some(trigger) = trigger.filter(|trigger| trigger.overlaps(sentence)) else { continue };
            let same_trigger = trigger.overlaps(coded.document.bytes(event.trigger));
            touching[number][other] = f64::from(u8::from(same_trigger));
            if event.event == marked.events[number].event {
                let whole = same_parties(marked, number, coded, event);
                gains[other] =
                    1.0 + 0.5 * f64::from(u8::from(whole)) + 0.1 * f64::from(u8::from(same_trigger));
            }
        }
    }
    let pairs = best_pairs(&gains).into_iter().map(|(gold, number)| {
        let event = found[number];
        let expected = &marked.events[gold];
        let mode = event.modes.first().copied();
        let counted: Vec<_> = event
            .sizes
            .iter()
            .filter(|size| COUNTED.iter().any(|(_, kind)| *kind == size.kind))
            .map(|size| (size.kind, size.count))
            .collect();
        Pair {
            gold,
            found: number,
            whole: same_parties(marked, gold, coded, event),
            actor: same_party(marked, gold, coded, event, MarkLabel::Actor),
            recipient: same_party(marked, gold, coded, event, MarkLabel::Recipient),
            date: match (expected.date, event.date.days) {
                (None, _) => true,
                (Some(ExpectedDate::Unknown), None) => true,
                (Some(ExpectedDate::Days(from, to)), Some(days)) => (from, to) == (days.from, days.to),
                _ => false,
            },
            place: same_place(marked, gold, coded, event),
            mode: mode == expected.mode,
            aux: event.aux.iter().count() == expected.aux.len()
                && event.aux.iter().all(|aux| expected.aux.contains(&aux)),
            contexts: common(&event.contexts, &expected.contexts),
            sizes: common(&counted, &expected.sizes),
        }
    });
    let pairs = pairs.collect();
    Comparison { pairs, n_found: found.len(), n_triggers: best_pairs(&touching).len() }
}

/// How many are in both, and how many in each.
fn common<T: PartialEq>(found: &[T], gold: &[T]) -> [usize; 3] {
    [found.iter().filter(|one| gold.contains(one)).count(), found.len(), gold.len()]
}

/// Whether actors and recipients are the marked ones.
fn same_parties(marked: &MarkedText, number: usize, coded: &CodedReport, event: &EventMention) -> bool {
    [MarkLabel::Actor, MarkLabel::Recipient]
        .into_iter()
        .all(|label| same_party(marked, number, coded, event, label))
}

fn same_party(
    marked: &MarkedText,
    number: usize,
    coded: &CodedReport,
    event: &EventMention,
    label: MarkLabel,
) -> bool {
    let tokens = if label == MarkLabel::Actor { &event.actor_tokens } else { &event.recipient_tokens };
    let gold: Vec<ByteSpan> = marked.spans(label, number).collect();
    let mut found = bytes(coded, tokens);
    // A thing that is acted on may be named beside the parties.
    let objects: Vec<ByteSpan> = marked.spans(MarkLabel::Object, number).collect();
    found.retain(|one| {
        gold.iter().any(|gold| gold.overlaps(*one)) || !objects.iter().any(|thing| thing.overlaps(*one))
    });
    same_words(&gold, &found)
}

/// The bytes of some tokens.
pub(super) fn bytes(coded: &CodedReport, tokens: &[TokenSpan]) -> Vec<ByteSpan> {
    tokens.iter().map(|&span| coded.document.bytes(span)).collect()
}

/// Whether each span of either list shares a word with one of the other.
pub(super) fn same_words(gold: &[ByteSpan], found: &[ByteSpan]) -> bool {
    let met = |one: &ByteSpan, others: &[ByteSpan]| others.iter().any(|other| one.overlaps(*other));
    gold.iter().all(|one| met(one, found)) && found.iter().all(|one| met(one, gold))
}

/// Whether the event's place is named in the marked words, or both are unknown.
fn same_place(marked: &MarkedText, number: usize, coded: &CodedReport, event: &EventMention) -> bool {
    let gold: Vec<ByteSpan> = marked.spans(MarkLabel::Place, number).collect();
    let Some(place) = event.place else { return gold.is_empty() };
    coded
        .resolution
        .place_mentions
        .as_slice()
        .iter()
        .filter(|mention| mention.place == place)
        .any(|mention| gold.iter().any(|words| words.overlaps(coded.document.bytes(mention.tokens))))
}
