//! Event mentions with what is needed to compare them across reports, and nothing of the text's analysis.

use crate::digest::of_report;
use crate::discrepancies::counts;
use crate::linked::{LinkedActorIdx, Status};
use crate::origins::agency_named;
use crate::scene::{NameNumber, names_around, spot};
use crate::synonyms::sense_of;
use crate::words::{is_function_word, number};
use dateline_attribute::StatementIdx;
use dateline_plover::{AuxiliaryModes, CodedReport, Context, EventType, Mode, QuadClass, SizeKind};
use dateline_resolve::{Actor, ActorIdx, ActorKind, CountryCode, DayRange, Place, PlaceKind};
use dateline_text::{ByteSpan, Deprel, Document, TokenIdx, Upos, Xpos};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One telling of an event, ready to be compared.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The number of its report.
    pub report: usize,
    /// Its number in the report.
    pub number: usize,
    /// What.
    pub event: EventType,
    /// How.
    pub modes: Vec<Mode>,
    /// About what.
    pub contexts: Vec<Context>,
    /// Who.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// When.
    pub days: Option<DayRange>,
    /// When its report was published.
    pub published: Option<Date>,
    /// Where.
    pub place: Option<Arc<Place>>,
    /// Whether it happened.
    pub status: Status,
    /// The dead, the injured and so on, with the words that say so.
    pub sizes: Vec<(SizeKind, u32, ByteSpan)>,
    /// Whatever is counted in its clause: the thing, how many, the word that gives the number.
    pub counts: Vec<(String, u64, ByteSpan)>,
    /// The statement of its report that tells it.
    pub statement: Option<StatementIdx>,
    /// Who makes that statement.
    pub speaker: Option<LinkedActorIdx>,
    /// The agency that the speaker is, if it is one.
    pub agency: Option<String>,
    /// The sentence.
    pub sentence: ByteSpan,
    /// The words that evoke it.
    pub trigger_span: ByteSpan,
    /// How likely type, actor and recipient are right, 0 to 1.
    pub confidence: f32,
    /// The number of the trigger's head in its dictionary form; see [`crate::words::number`].
    pub trigger: u32,
    /// The number of the sense of that word; see [`crate::synonyms`].
    pub sense: u32,
    /// Whether it points back: `the talks`, `this raid`.
    pub points_back: bool,
    /// Whether its word is a plural noun: `tests`, `the raids`.
    pub is_plural: bool,
    /// Numbers of the content words of its sentence, each once, ascending.
    pub words: Vec<u32>,
    /// Names around it, the nearest first, where it is a deed without an exact place; see [`crate::scene`].
    pub names: Vec<NameNumber>,
}

/// An actor or recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// Which actor.
    pub actor: LinkedActorIdx,
    /// The state it belongs to.
    pub country: Option<CountryCode>,
    /// Whether it is a person with a name.
    pub is_person: bool,
}

impl Telling {
    /// Everybody in it.
    pub(crate) fn parties(&self) -> impl Iterator<Item = &Party> {
        self.actors.iter().chain(&self.recipients)
    }
}

/// Whether an event counts as having happened, by the marks of one telling.
pub(crate) fn status_of(aux: AuxiliaryModes) -> Status {
    if aux.negation {
        Status::Denied
    } else if aux.hypothetical {
        Status::Hypothetical
    } else if aux.future {
        Status::Planned
    } else if aux.historical {
        Status::Historical
    } else {
        Status::Reported
    }
}

/// All tellings of a report, in its own order. Actors have the report's numbers.
pub(crate) fn tellings(report: &CodedReport) -> Vec<Telling> {
    let document = &report.document;
    let party = |&actor: &ActorIdx| Party {
        actor: of_report(actor),
        country: report.resolution.actors[actor].country,
        is_person: report.resolution.actors[actor].kind == ActorKind::Person,
    };
    let telling = |(idx, mention): (dateline_plover::EventMentionIdx, &dateline_plover::EventMention)| {
        let speaker = mention.statement.and_then(|statement| report.statements[statement].speaker);
        let lemma = document.lemma(mention.trigger_head);
        let sentence = document.sentence(mention.sentence).tokens;
        Telling {
            report: 0,
            number: idx.index(),
            event: mention.event,
            modes: mention.modes.clone(),
            contexts: mention.contexts.clone(),
            actors: each(report, &mention.actors).iter().map(party).collect(),
            recipients: each(report, &mention.recipients).iter().map(party).collect(),
            days: mention.date.days,
            published: report.article.published.or(report.report.published).map(|when| when.date),
            place: mention.place.map(|place| Arc::new(report.resolution.places[place].clone())),
            status: status_of(mention.aux),
            sizes: mention
                .sizes
                .iter()
                .map(|size| (size.kind, size.count, document.bytes(size.tokens)))
                .collect(),
            counts: counts(document, mention.trigger_head),
            statement: mention.statement,
            speaker: speaker.map(of_report),
            agency: speaker.and_then(|speaker| agency(&report.resolution.actors[speaker])),
            sentence: document.sentence_span(mention.sentence),
            trigger_span: document.bytes(mention.trigger),
            confidence: mention.confidence.value(),
            trigger: number(lemma),
            sense: number(&format!("sense {}", sense_of(lemma))),
            points_back: points_back(document, mention.trigger_head),
            is_plural: document.xpos(mention.trigger_head) == Xpos::Nns,
            words: content_words(document, sentence.iter()),
            names: Vec::new(),
        }
    };
    // Of what is said and agreed, place is seldom what tells one from another.
    let with_names = |telling: Telling, sentence| match (spot(&telling), telling.event.quad()) {
        (None, QuadClass::MaterialConflict) => Telling { names: names_around(document, sentence), ..telling },
        _ => telling,
    };
    report.events.iter().map(|(idx, mention)| with_names(telling((idx, mention)), mention.sentence)).collect()
}

/// The agency that an actor is, if it is one.
fn agency(actor: &Actor) -> Option<String> {
    let mut names = actor.names.iter().chain([&actor.name]);
    names.find_map(|name| agency_named(name)).map(str::to_owned)
}

/// Whether a noun points back to what was told before.
fn points_back(document: &Document, head: TokenIdx) -> bool {
    document.upos(head) == Upos::Noun
        && document
            .children_by(head, Deprel::Det)
            .any(|det| matches!(document.lower(det), "the" | "this" | "these" | "those"))
}

/// The actors, and in place of an actor that takes several together ("the two countries") those several.
fn each(report: &CodedReport, actors: &[ActorIdx]) -> Vec<ActorIdx> {
    let mut all = Vec::new();
    for &actor in actors {
        let members = &report.resolution.actors[actor].members;
        for &actor in if members.is_empty() { std::slice::from_ref(&actor) } else { members } {
            if !all.contains(&actor) {
                all.push(actor);
            }
        }
    }
    all
}

/// The numbers of the content words among some tokens, each once, ascending.
pub(crate) fn content_words(document: &Document, tokens: impl Iterator<Item = TokenIdx>) -> Vec<u32> {
    let mut words: Vec<u32> = tokens
        .filter(|&token| {
            matches!(
                document.upos(token),
                Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Num | Upos::X
            ) && !is_function_word(document.lower(token))
        })
        .map(|token| number(&crate::words::fold(document.lemma(token)).to_lowercase()))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Weights words by how rare they are among the texts, each text to length 1.
pub(crate) fn weigh(texts: &[&[u32]]) -> Vec<Vec<(u32, f32)>> {
    let mut n_texts_with: FxHashMap<u32, usize> = FxHashMap::default();
    // A sentence that three hundred outlets copied is one sentence: its names are no less rare for that.
    let distinct: BTreeSet<&[u32]> = texts.iter().copied().collect();
    for &word in distinct.iter().copied().flatten() {
        *n_texts_with.entry(word).or_default() += 1;
    }
    let weigh_text = |words: &&[u32]| {
        let rarity = |word: &u32| (1.0 + distinct.len() as f32 / n_texts_with[word] as f32).ln();
        let length = words.iter().map(|word| rarity(word).powi(2)).sum::<f32>().sqrt();
        words.iter().map(|word| (*word, rarity(word) / length.max(f32::MIN_POSITIVE))).collect()
    };
    texts.iter().map(weigh_text).collect()
}

/// How much two weighted texts have in common, 0 to 1. Both are in ascending order of words.
pub(crate) fn cosine(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// How two places lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceRelation {
    Same,
    /// One lies in the other.
    Contained,
    Apart,
    /// They have other names, and where one of them lies is not known.
    Other,
    /// Too little is known to tell.
    Unclear,
}

/// Kilometres within which two points are one place: a city and its port, a town and the base beside it.
const SAME_PLACE_KM: f32 = 25.0;

/// How two places lie to each other.
pub(crate) fn relate_places(a: &Place, b: &Place) -> PlaceRelation {
    if a.geonameid.is_some() && a.geonameid == b.geonameid {
        return PlaceRelation::Same;
    }
    let same_country = match (a.country, b.country) {
        (Some(a), Some(b)) if a != b => return PlaceRelation::Apart,
        (Some(_), Some(_)) => true,
        _ => false,
    };
    if crate::words::fold(&a.name) == crate::words::fold(&b.name) {
        return PlaceRelation::Same;
    }
    match (a.kind, b.kind) {
        (PlaceKind::Country, PlaceKind::Country) if same_country => return PlaceRelation::Same,
        (PlaceKind::Country, _) | (_, PlaceKind::Country) if same_country => return PlaceRelation::Contained,
        (PlaceKind::Unknown, PlaceKind::Unknown | PlaceKind::Settlement | PlaceKind::Site)
        | (PlaceKind::Settlement | PlaceKind::Site, PlaceKind::Unknown) => return PlaceRelation::Other,
        // Borders of regions and seas are not known, so nothing in the same country is surely outside.
        (PlaceKind::Region | PlaceKind::Natural | PlaceKind::Unknown, _)
        | (_, PlaceKind::Region | PlaceKind::Natural | PlaceKind::Unknown) => return PlaceRelation::Unclear,
        _ => {}
    }
    match (a.coordinates, b.coordinates) {
        (Some(a), Some(b)) if kilometres(a, b) <= SAME_PLACE_KM => PlaceRelation::Same,
        (Some(_), Some(_)) => PlaceRelation::Apart,
        _ => PlaceRelation::Unclear,
    }
}

/// Great-circle distance.
pub(crate) fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    const EARTH_RADIUS_KM: f32 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |delta: f32| (delta / 2.0).sin().powi(2);
    let h = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half((b.1 - a.1).to_radians());
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}

/// How two ranges of days lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayRelation {
    /// The same single day.
    SameDay,
    /// They share a day.
    Overlap,
    /// One begins on the day after the other ends.
    Adjacent,
    Apart,
}

/// How two ranges of days lie to each other.
pub(crate) fn relate_days(a: DayRange, b: DayRange) -> DayRelation {
    if a == b && a.from == a.to {
        return DayRelation::SameDay;
    }
    if a.from <= b.to && b.from <= a.to {
        return DayRelation::Overlap;
    }
    let (earlier, later) = if a.to < b.from { (a, b) } else { (b, a) };
    match earlier.to.tomorrow() {
        Ok(next) if next == later.from => DayRelation::Adjacent,
        _ => DayRelation::Apart,
    }
}

/// What two lists of parties have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartyRelation {
    /// The same actor, not only the same state.
    SameActor,
    /// Actors of the same state.
    SameCountry,
    /// One list is empty or says too little.
    Unclear,
    /// Other states, or other actors.
    Apart,
}

/// What two lists of parties have in common.
pub(crate) fn relate_parties(a: &[Party], b: &[Party]) -> PartyRelation {
    if a.is_empty() || b.is_empty() {
        return PartyRelation::Unclear;
    }
    if a.iter().any(|x| b.iter().any(|y| x.actor == y.actor)) {
        return PartyRelation::SameActor;
    }
    let names_none = |parties: &[Party]| parties.iter().all(|party| party.country.is_none());
    if names_none(a) || names_none(b) {
        return PartyRelation::Unclear;
    }
    let share = a.iter().any(|x| x.country.is_some() && b.iter().any(|y| x.country == y.country));
    if share { PartyRelation::SameCountry } else { PartyRelation::Apart }
}

/// Whether both lists name the same person.
pub(crate) fn share_person(a: &[Party], b: &[Party]) -> bool {
    a.iter().any(|x| x.is_person && b.iter().any(|y| x.actor == y.actor))
}

/// Whether both lists name persons, and none in common, all together or of one state: `A and B met` and
/// `A and C met` are two where B and C are of one state.
pub(crate) fn other_persons(a: &[Party], b: &[Party]) -> bool {
    fn persons(parties: &[Party]) -> impl Iterator<Item = &Party> {
        parties.iter().filter(|party| party.is_person)
    }
    if persons(a).next().is_none() || persons(b).next().is_none() {
        return false;
    }
    if !share_person(a, b) {
        return true;
    }
    persons(a).any(|x| {
        let of_state = |party: &&Party| x.country.is_some() && party.country == x.country;
        let (of_a, of_b) = (persons(a).filter(of_state), persons(b).filter(of_state));
        let of_b: Vec<LinkedActorIdx> = of_b.map(|party| party.actor).collect();
        !of_b.is_empty() && !of_a.into_iter().any(|party| of_b.contains(&party.actor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days() {
        let range = |from, to| DayRange { from: date(2024, 5, from), to: date(2024, 5, to) };
        for (a, b, expected) in [
            (range(3, 3), range(3, 3), DayRelation::SameDay),
            (range(1, 7), range(3, 3), DayRelation::Overlap),
            (range(3, 3), range(4, 4), DayRelation::Adjacent),
            (range(3, 3), range(5, 5), DayRelation::Apart),
        ] {
            assert_eq!(relate_days(a, b), expected, "{a:?} {b:?}");
            assert_eq!(relate_days(b, a), expected, "{b:?} {a:?}");
        }
    }

    #[test]
    fn places() {
        let place = |name: &str, kind, country, coordinates| Place {
            name: name.to_owned(),
            kind,
            coordinates,
            country: CountryCode::new(country),
            geonameid: None,
        };
        let peru = place("Peru", PlaceKind::Country, "PER", None);
        let lima = place("Lima", PlaceKind::Settlement, "PER", Some((-12.04, -77.03)));
        let callao = place("Callao", PlaceKind::Settlement, "PER", Some((-12.06, -77.12)));
        let cusco = place("Cusco", PlaceKind::Settlement, "PER", Some((-13.53, -71.97)));
        let quito = place("Quito", PlaceKind::Settlement, "ECU", Some((-0.23, -78.52)));
        assert_eq!(relate_places(&peru, &lima), PlaceRelation::Contained);
        assert_eq!(relate_places(&lima, &callao), PlaceRelation::Same);
        assert_eq!(relate_places(&lima, &cusco), PlaceRelation::Apart);
        assert_eq!(relate_places(&peru, &quito), PlaceRelation::Apart);
    }

    #[test]
    fn cosine_of_a_text_with_itself_is_one() {
        let weighed = weigh(&[&[1, 2, 3], &[2, 5], &[7]]);
        assert!((cosine(&weighed[0], &weighed[0]) - 1.0).abs() < 1e-5);
        assert_eq!(cosine(&weighed[0], &weighed[2]), 0.0);
    }
}
