//! Tellings, sayings and layouts as bytes of a row.
//!
//! Postcard of the structures below: small numbers take one byte, so a telling takes about a hundred. A change of
//! one of them is a new format of the record.

use crate::codes::{day, day_number, label, mode_bits, modes};
use crate::error::{Failure, Sql};
use dateline_attribute::{StatementIdx, StatementKind};
use dateline_clean::{Reason, Removed};
use dateline_link::{LinkedActorIdx, Party, Saying, Status, Telling};
use dateline_plover::{Context, EventType, SizeKind};
use dateline_resolve::{DayRange, Place};
use dateline_text::ByteSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::sync::Arc;

/// Bytes to a structure and back.
pub(crate) fn to_bytes<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("invariant: plain structures are written to memory")
}

/// The structure in some bytes.
pub(crate) fn from_bytes<T: DeserializeOwned>(bytes: &[u8], what: &str) -> Sql<T> {
    postcard::from_bytes(bytes).map_err(|error| Failure::damaged(format!("{what}: {error}")))
}

/// Who numbers what how: row ids of the record to numbers of what is being linked, and back.
pub(crate) trait Numbers {
    /// The number of the actor with this row id.
    fn actor(&mut self, id: i64) -> LinkedActorIdx;
    /// The actor with this row id as a party.
    fn party(&mut self, id: i64) -> Sql<Party>;
    /// The place with this row id.
    fn place(&mut self, id: i64) -> Sql<Arc<Place>>;
}

#[derive(Serialize, Deserialize)]
struct StoredTelling {
    number: u16,
    event: u8,
    modes: u16,
    contexts: Vec<u8>,
    status: u8,
    /// First day counted from publication, else from 1970; then how many more.
    days: Option<(i32, u32)>,
    place: Option<i64>,
    sizes: Vec<(u8, u32, StoredSpan)>,
    counts: Vec<(String, u64, StoredSpan)>,
    statement: Option<u16>,
    speaker: Option<u64>,
    agency: Option<String>,
    actors: Vec<u64>,
    recipients: Vec<u64>,
    trigger: StoredSpan,
    /// In thousandths.
    confidence: u16,
    lemma: u16,
    sense: u16,
    /// Bit 0: points back; bit 1: plural.
    flags: u8,
    /// Two bytes a word: of fourteen words and fourteen others two are taken for one once in three hundred times.
    words: Vec<u8>,
}

/// What follows a [`StoredTelling`]; tellings that were written by a version without it end before.
#[derive(Default, Serialize, Deserialize)]
struct StoredScene {
    /// Names around it.
    names: Vec<u16>,
}

/// Beginning counted from the beginning of the sentence; then how many bytes. A size may stand before it.
type StoredSpan = (i32, u32);

fn store_span(span: ByteSpan, base: ByteSpan) -> StoredSpan {
    (span.start.cast_signed().wrapping_sub(base.start.cast_signed()), span.end - span.start)
}

fn read_span((start, n_bytes): StoredSpan, base: ByteSpan) -> ByteSpan {
    let start = base.start.wrapping_add_signed(start);
    ByteSpan { start, end: start.saturating_add(n_bytes) }
}

/// A telling as bytes. `place` is the row of its place; `actor` gives the row of an actor.
pub(crate) fn store_telling(
    telling: &Telling,
    place: Option<i64>,
    actor: &dyn Fn(LinkedActorIdx) -> i64,
) -> Vec<u8> {
    let party = |party: &Party| actor(party.actor).cast_unsigned();
    let base = telling.published.map_or(0, day_number);
    let days = telling.days.map(|days| {
        let from = day_number(days.from);
        (from - base, (day_number(days.to) - from).unsigned_abs())
    });
    let span = |span| store_span(span, telling.sentence);
    let mut bytes = to_bytes(&StoredTelling {
        number: telling.number.min(usize::from(u16::MAX)) as u16,
        event: telling.event as u8,
        modes: mode_bits(telling.event, &telling.modes) as u16,
        contexts: telling.contexts.iter().map(|&context| context as u8).collect(),
        status: telling.status as u8,
        days,
        place,
        sizes: telling.sizes.iter().map(|&(kind, count, at)| (kind as u8, count, span(at))).collect(),
        counts: telling.counts.iter().map(|(thing, count, at)| (thing.clone(), *count, span(*at))).collect(),
        statement: telling.statement.and_then(|statement| u16::try_from(statement.index()).ok()),
        speaker: telling.speaker.map(|speaker| actor(speaker).cast_unsigned()),
        agency: telling.agency.clone(),
        actors: telling.actors.iter().map(party).collect(),
        recipients: telling.recipients.iter().map(party).collect(),
        trigger: span(telling.trigger_span),
        confidence: (telling.confidence * 1000.0).round() as u16,
        lemma: telling.trigger as u16,
        sense: telling.sense as u16,
        flags: u8::from(telling.points_back) | u8::from(telling.is_plural) << 1,
        words: telling.words.iter().flat_map(|&word| (word as u16).to_le_bytes()).collect(),
    });
    if !telling.names.is_empty() {
        bytes.extend(to_bytes(&StoredScene { names: telling.names.clone() }));
    }
    bytes
}

/// A telling of a report, from its bytes.
pub(crate) fn read_telling(
    bytes: &[u8],
    report: usize,
    sentence: ByteSpan,
    published: Option<Date>,
    numbers: &mut dyn Numbers,
) -> Sql<Telling> {
    let damaged = |error| Failure::damaged(format!("an event mention: {error}"));
    let (stored, rest) = postcard::take_from_bytes::<StoredTelling>(bytes).map_err(damaged)?;
    let scene = match rest {
        [] => StoredScene::default(),
        rest => from_bytes(rest, "the names around an event mention")?,
    };
    let event = label(EventType::ALL, i64::from(stored.event))?;
    // The words of a new telling are cut to as many bytes before they are compared; see `as_stored`.
    let actors =
        stored.actors.into_iter().map(|actor| numbers.party(actor.cast_signed())).collect::<Sql<_>>()?;
    let recipients =
        stored.recipients.into_iter().map(|actor| numbers.party(actor.cast_signed())).collect::<Sql<_>>()?;
    let base = i64::from(published.map_or(0, day_number));
    let days = stored.days.and_then(|(from, more)| {
        let from = base + i64::from(from);
        Some(DayRange { from: day(from)?, to: day(from + i64::from(more))? })
    });
    let span = |span| read_span(span, sentence);
    let sizes = stored
        .sizes
        .into_iter()
        .map(|(kind, count, at)| Ok((label(SizeKind::ALL, i64::from(kind))?, count, span(at))));
    Ok(Telling {
        report,
        number: usize::from(stored.number),
        event,
        modes: modes(event, i64::from(stored.modes)),
        contexts: stored
            .contexts
            .into_iter()
            .map(|context| label(Context::ALL, i64::from(context)))
            .collect::<Sql<_>>()?,
        actors,
        recipients,
        days,
        published,
        place: stored.place.map(|place| numbers.place(place)).transpose()?,
        status: label(Status::ALL, i64::from(stored.status))?,
        sizes: sizes.collect::<Sql<_>>()?,
        counts: stored.counts.into_iter().map(|(thing, count, at)| (thing, count, span(at))).collect(),
        statement: stored.statement.map(|statement| StatementIdx::new(usize::from(statement))),
        speaker: stored.speaker.map(|speaker| numbers.actor(speaker.cast_signed())),
        agency: stored.agency,
        sentence,
        trigger_span: span(stored.trigger),
        confidence: f32::from(stored.confidence) / 1000.0,
        trigger: u32::from(stored.lemma),
        sense: u32::from(stored.sense),
        points_back: stored.flags & 1 == 1,
        is_plural: stored.flags & 2 == 2,
        words: stored
            .words
            .chunks_exact(2)
            .map(|word| u32::from(u16::from_le_bytes([word[0], word[1]])))
            .collect(),
        names: scene.names,
    })
}

/// Words of a sentence that are kept, those with the least numbers: of two sentences mostly the same ones.
const WORDS_KEPT: usize = 10;

/// Cuts the words of a telling to what is stored of them, so that it can be compared with stored ones.
pub(crate) fn as_stored(telling: &mut Telling) {
    let cut = |word: u32| u32::from(word as u16);
    (telling.trigger, telling.sense) = (cut(telling.trigger), cut(telling.sense));
    telling.words.iter_mut().for_each(|word| *word = cut(*word));
    telling.words.sort_unstable();
    telling.words.dedup();
    telling.words.truncate(WORDS_KEPT);
}

#[derive(Serialize, Deserialize)]
struct StoredSaying {
    number: u16,
    kind: u8,
    speaker: Option<u64>,
    pieces: Vec<StoredSpan>,
}

/// What follows a [`StoredSaying`] from format 4 on.
#[derive(Default, Serialize, Deserialize)]
struct StoredAttribution {
    source: Vec<StoredSpan>,
    cue: Vec<StoredSpan>,
}

/// A saying as bytes; its words can be made from the text again.
pub(crate) fn store_saying(saying: &Saying, actor: &dyn Fn(LinkedActorIdx) -> i64) -> Vec<u8> {
    let spans = |spans: &[ByteSpan]| spans.iter().map(|&span| store_span(span, saying.span)).collect();
    let mut bytes = to_bytes(&StoredSaying {
        number: saying.number.min(usize::from(u16::MAX)) as u16,
        kind: saying.kind as u8,
        speaker: saying.speaker.map(|speaker| actor(speaker).cast_unsigned()),
        pieces: spans(&saying.pieces),
    });
    if !(saying.source.is_empty() && saying.cue.is_empty()) {
        bytes.extend(to_bytes(&StoredAttribution { source: spans(&saying.source), cue: spans(&saying.cue) }));
    }
    bytes
}

/// A saying of a report, from its bytes. Its words are left out: they stand in the text of the report.
pub(crate) fn read_saying(
    bytes: &[u8],
    report: usize,
    span: ByteSpan,
    actor: &mut dyn FnMut(i64) -> LinkedActorIdx,
) -> Sql<Saying> {
    let damaged = |error| Failure::damaged(format!("a statement: {error}"));
    let (stored, rest) = postcard::take_from_bytes::<StoredSaying>(bytes).map_err(damaged)?;
    let attribution = match rest {
        [] => StoredAttribution::default(),
        rest => from_bytes(rest, "who gives a statement")?,
    };
    let spans = |spans: Vec<StoredSpan>| spans.into_iter().map(|stored| read_span(stored, span)).collect();
    Ok(Saying {
        report,
        number: usize::from(stored.number),
        kind: label(StatementKind::ALL, i64::from(stored.kind))?,
        speaker: stored.speaker.map(|speaker| actor(speaker.cast_signed())),
        span,
        words: Arc::default(),
        pieces: spans(stored.pieces),
        source: spans(attribution.source),
        cue: spans(attribution.cue),
    })
}

/// Where an actor is named or described in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    pub actor: i64,
    pub span: ByteSpan,
}

/// Each actor once, and for each naming the number of its actor here, how much later than the one before it begins, and its bytes.
#[derive(Serialize, Deserialize)]
struct StoredNamings {
    actors: Vec<u64>,
    spans: Vec<(u32, u32, u32)>,
}

/// Stands before [`StoredNamings`]. In records up to format 3 there is a plain list, which begins with its length, and an empty
/// one is this byte alone.
const EACH_ACTOR_ONCE: u8 = 0;

/// Namings as bytes, in text order, each once.
pub(crate) fn store_naming(namings: &mut [Naming]) -> Vec<u8> {
    namings.sort_unstable_by_key(|naming| (naming.span.start, naming.span.end, naming.actor));
    let mut bytes = vec![EACH_ACTOR_ONCE];
    if namings.is_empty() {
        return bytes;
    }
    let mut stored = StoredNamings { actors: Vec::new(), spans: Vec::with_capacity(namings.len()) };
    let mut before = 0;
    let mut numbers: FxHashMap<i64, u32> = FxHashMap::default();
    for (nth, &Naming { actor, span }) in namings.iter().enumerate() {
        if nth > 0 && namings[nth - 1] == namings[nth] {
            continue;
        }
        let number = *numbers.entry(actor).or_insert_with(|| {
            stored.actors.push(actor.cast_unsigned());
            stored.actors.len() as u32 - 1
        });
        stored.spans.push((number, span.start - before, span.end - span.start));
        before = span.start;
    }
    bytes.extend(to_bytes(&stored));
    bytes
}

pub(crate) fn read_naming(bytes: &[u8]) -> Sql<Vec<Naming>> {
    let what = "the actors of a report";
    match bytes {
        [EACH_ACTOR_ONCE] => Ok(Vec::new()),
        [EACH_ACTOR_ONCE, bytes @ ..] => {
            let stored: StoredNamings = from_bytes(bytes, what)?;
            let mut start: u32 = 0;
            let naming = |(number, later, n_bytes): (u32, u32, u32)| {
                start = start.saturating_add(later);
                let span = ByteSpan { start, end: start.saturating_add(n_bytes) };
                let actor = stored.actors.get(number as usize);
                let actor = actor.ok_or_else(|| Failure::damaged(format!("{what}: one has no number")))?;
                Ok(Naming { actor: actor.cast_signed(), span })
            };
            stored.spans.into_iter().map(naming).collect()
        }
        bytes => {
            let stored: Vec<(u64, u32, u32)> = from_bytes(bytes, what)?;
            let naming = |(actor, start, n_bytes): (u64, u32, u32)| Naming {
                actor: actor.cast_signed(),
                span: ByteSpan { start, end: start.saturating_add(n_bytes) },
            };
            Ok(stored.into_iter().map(naming).collect())
        }
    }
}

/// Where a report names a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NamedPlace {
    pub place: i64,
    pub span: ByteSpan,
}

/// Where a report gives a time, and the days that are meant where they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GivenTime {
    pub span: ByteSpan,
    pub days: Option<DayRange>,
}

/// Places and times of a report in text order; of each is told how much later than the one before it begins, and its bytes.
#[derive(Default, Serialize, Deserialize)]
struct StoredNamed {
    places: Vec<(u64, u32, u32)>,
    /// Numbers, for each time two to four: how much later; its bytes times four, and which numbers follow ([`ONE_DAY`],
    /// [`SEVERAL_DAYS`] or none); the first day counted from publication, else from 1970, doubled, and one less where it is
    /// before ([`folded`]); how many more days.
    times: Vec<u64>,
}

/// A day follows.
const ONE_DAY: u64 = 1;
/// A day follows, and how many more.
const SEVERAL_DAYS: u64 = 2;

/// A number that is small where the other is near to nothing, on either side.
fn folded(number: i32) -> u64 {
    u64::from(number.cast_unsigned() << 1 ^ (number >> 31).cast_unsigned())
}

fn unfolded(number: u64) -> i64 {
    let half = (number >> 1).cast_signed();
    if number & 1 == 1 { -1 - half } else { half }
}

pub(crate) fn store_named(
    places: &mut [NamedPlace],
    times: &mut [GivenTime],
    published: Option<Date>,
) -> Vec<u8> {
    let base = published.map_or(0, day_number);
    places.sort_by_key(|named| (named.span.start, named.span.end));
    times.sort_by_key(|given| (given.span.start, given.span.end));
    let mut before = 0;
    let mut later = |span: ByteSpan| span.start - std::mem::replace(&mut before, span.start);
    let place = |named: &NamedPlace| {
        (named.place.cast_unsigned(), later(named.span), named.span.end - named.span.start)
    };
    let mut stored = StoredNamed { places: places.iter().map(place).collect(), times: Vec::new() };
    let mut before = 0;
    for GivenTime { span, days } in times {
        let later = span.start - std::mem::replace(&mut before, span.start);
        let n_bytes = u64::from(span.end - span.start) * 4;
        let days = days.map(|days| (day_number(days.from), day_number(days.to)));
        stored.times.push(later.into());
        match days {
            None => stored.times.push(n_bytes),
            Some((from, to)) if from == to => stored.times.extend([n_bytes + ONE_DAY, folded(from - base)]),
            Some((from, to)) => {
                stored.times.extend([
                    n_bytes + SEVERAL_DAYS,
                    folded(from - base),
                    (to - from).unsigned_abs().into(),
                ]);
            }
        }
    }
    to_bytes(&stored)
}

pub(crate) fn read_named(bytes: &[u8], published: Option<Date>) -> Sql<(Vec<NamedPlace>, Vec<GivenTime>)> {
    let stored: StoredNamed = from_bytes(bytes, "places and times of a report")?;
    let mut start: u32 = 0;
    let place = |(place, later, n_bytes): (u64, u32, u32)| {
        start = start.saturating_add(later);
        let span = ByteSpan { start, end: start.saturating_add(n_bytes) };
        NamedPlace { place: place.cast_signed(), span }
    };
    let places = stored.places.into_iter().map(place).collect();
    let senseless = || Failure::damaged("the times of a report make no sense");
    let (mut start, mut times, mut numbers) = (0, Vec::new(), stored.times.into_iter());
    let base = i64::from(published.map_or(0, day_number));
    while let Some(later) = numbers.next() {
        let mut next = || numbers.next().ok_or_else(senseless);
        let n_bytes = next()?;
        let (from, more) = match n_bytes % 4 {
            ONE_DAY => (Some(next()?), 0),
            SEVERAL_DAYS => (Some(next()?), next()?),
            _ => (None, 0),
        };
        start = u64::saturating_add(start, later);
        let at = |number: u64| u32::try_from(number).map_err(|_| senseless());
        let span = ByteSpan { start: at(start)?, end: at(start.saturating_add(n_bytes / 4))? };
        let days = from.and_then(|from| {
            let from = base.saturating_add(unfolded(from));
            Some(DayRange { from: day(from)?, to: day(from.saturating_add_unsigned(more))? })
        });
        times.push(GivenTime { span, days });
    }
    Ok((places, times))
}

/// Which parts of a text are the article, and why the others are not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The kept paragraphs.
    pub paragraphs: Vec<ByteSpan>,
    /// Everything else.
    pub removed: Vec<Removed>,
}

pub(crate) fn store_layout(layout: &Layout) -> Vec<u8> {
    let mut at = ByteSpan::default();
    let mut next = |span: ByteSpan| {
        let stored = store_span(span, ByteSpan { start: at.end, end: at.end });
        at = span;
        stored
    };
    let paragraphs: Vec<StoredSpan> = layout.paragraphs.iter().map(|&span| next(span)).collect();
    let removed: Vec<(StoredSpan, u8)> =
        layout.removed.iter().map(|removed| (next(removed.span), removed.reason as u8)).collect();
    to_bytes(&(paragraphs, removed))
}

pub(crate) fn read_layout(bytes: &[u8]) -> Sql<Layout> {
    let (paragraphs, removed): (Vec<StoredSpan>, Vec<(StoredSpan, u8)>) =
        from_bytes(bytes, "the layout of a report")?;
    let mut at = 0;
    let mut next = |stored| {
        let span = read_span(stored, ByteSpan { start: at, end: at });
        at = span.end;
        span
    };
    let paragraphs = paragraphs.into_iter().map(&mut next).collect();
    let removed = removed.into_iter().map(|(span, reason)| {
        Ok(Removed { span: next(span), reason: label(Reason::ALL, i64::from(reason))? })
    });
    Ok(Layout { paragraphs, removed: removed.collect::<Sql<_>>()? })
}

/// Spans with what they belong to, for evidence of discrepancies and passages of lineage.
pub(crate) fn store_numbers(numbers: &[i64]) -> Vec<u8> {
    to_bytes(&numbers)
}

/// The evidence of a value and, behind it, who has withdrawn it: a list that readers of the first do not see.
pub(crate) fn store_evidence(evidence: &[i64], corrected: &[i64]) -> Vec<u8> {
    let mut bytes = to_bytes(&evidence);
    if !corrected.is_empty() {
        bytes.extend(to_bytes(&corrected));
    }
    bytes
}

/// The evidence of a value, and who has withdrawn it.
pub(crate) fn read_evidence(bytes: &[u8]) -> Sql<(Vec<i64>, Vec<i64>)> {
    let damaged = |error: postcard::Error| Failure::damaged(format!("evidence: {error}"));
    let (evidence, rest) = postcard::take_from_bytes(bytes).map_err(damaged)?;
    let corrected = if rest.is_empty() { Vec::new() } else { postcard::from_bytes(rest).map_err(damaged)? };
    Ok((evidence, corrected))
}

/// Numbers from bytes.
pub(crate) fn read_numbers(bytes: &[u8]) -> Sql<Vec<i64>> {
    from_bytes(bytes, "evidence")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_times_read_back() {
        let span = |start, end| ByteSpan { start, end };
        let may = |day| jiff::civil::date(2024, 5, day);
        let mut places =
            [NamedPlace { place: 1, span: span(4, 5) }, NamedPlace { place: 70_000, span: span(9, 2000) }];
        let days = Some(DayRange { from: may(3), to: may(9) });
        let mut times = [
            GivenTime { span: span(0, 4), days },
            GivenTime { span: span(0, 6), days: Some(DayRange { from: may(4), to: may(4) }) },
            GivenTime { span: span(30, 3100), days: None },
        ];
        for published in [None, Some(may(4)), Some(may(30))] {
            let read = read_named(&store_named(&mut places, &mut times, published), published).ok();
            assert_eq!(read, Some((places.to_vec(), times.to_vec())), "{published:?}");
        }
        let senseless = to_bytes(&StoredNamed { places: Vec::new(), times: vec![3] });
        assert!(read_named(&senseless, None).is_err());
    }

    #[test]
    fn namings_read_back() {
        let naming = |actor, start, end| Naming { actor, span: ByteSpan { start, end } };
        let (one, other, last) =
            (naming(3, 20, 31), naming(70_000, 200, 210), naming(3, u32::MAX - 1, u32::MAX));
        for (mut namings, expected) in [
            (vec![], vec![]),
            (vec![naming(7, 0, 0)], vec![naming(7, 0, 0)]),
            (vec![last, other, one, other, one], vec![one, other, last]),
        ] {
            assert_eq!(read_naming(&store_naming(&mut namings)).ok(), Some(expected));
        }
        let as_in_format_1 = to_bytes(&vec![(70_000_u64, 5_u32, 4_u32), (3, 20, 1)]);
        let read = read_naming(&as_in_format_1).ok();
        assert_eq!(read, Some(vec![naming(70_000, 5, 9), naming(3, 20, 21)]));
        assert!(read_naming(&[EACH_ACTOR_ONCE, 0, 1, 5, 0, 0]).is_err(), "an actor that is not listed");
    }
}
