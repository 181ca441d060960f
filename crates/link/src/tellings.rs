//! Event mentions with what is needed to compare them across reports.

use crate::actors::LinkedActors;
use crate::linked::{LinkedActorIdx, Status};
use crate::synonyms::sense_of;
use crate::words::{Vocabulary, is_function_word};
use dateline_plover::{AuxiliaryModes, CodedReport, EventMention, EventMentionIdx};
use dateline_resolve::{ActorIdx, ActorKind, CountryCode, DayRange, Place, PlaceKind};
use dateline_text::{Deprel, Document, TokenIdx, Upos, Xpos};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

/// One telling of an event, ready to be compared.
pub(crate) struct Telling<'r> {
    /// The number of its report.
    pub report: usize,
    /// Its number in the report.
    pub idx: EventMentionIdx,
    /// The mention itself.
    pub mention: &'r EventMention,
    /// Who.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// When.
    pub days: Option<DayRange>,
    /// When its report was published.
    pub published: Option<Date>,
    /// Where.
    pub place: Option<&'r Place>,
    /// Whether it happened.
    pub status: Status,
    /// The dictionary form of the trigger's head, as a number of the vocabulary.
    pub trigger: u32,
    /// The sense of that word; see [`crate::synonyms`].
    pub sense: u32,
    /// Whether it points back: `the talks`, `this raid`.
    pub points_back: bool,
    /// Whether its word is a plural noun: `tests`, `the raids`.
    pub is_plural: bool,
    /// Numbers of the content words of its sentence with their weights; the squares of the weights sum to 1.
    pub content: Vec<(u32, f32)>,
}

/// An actor or recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// Which actor.
    pub actor: LinkedActorIdx,
    /// The state it belongs to.
    pub country: Option<CountryCode>,
    /// Whether it is a person with a name.
    pub is_person: bool,
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

/// All tellings of all reports, report by report, in text order.
pub(crate) fn tellings<'r>(
    reports: &[&'r CodedReport],
    linked: &LinkedActors,
    vocabulary: &mut Vocabulary,
) -> Vec<Telling<'r>> {
    let mut tellings = Vec::new();
    let mut raw: Vec<Vec<u32>> = Vec::new();
    for (number, report) in reports.iter().enumerate() {
        for (idx, mention) in report.events.iter() {
            let party = |&actor: &ActorIdx| {
                let linked_actor = linked.of[number][actor.index()];
                let actor = &linked.actors[linked_actor];
                Party {
                    actor: linked_actor,
                    country: actor.country,
                    is_person: actor.kind == ActorKind::Person,
                }
            };
            let document = &report.document;
            let sentence = document.sentence(mention.sentence).tokens;
            raw.push(content_words(document, sentence.iter(), vocabulary));
            tellings.push(Telling {
                report: number,
                idx,
                mention,
                actors: each(report, &mention.actors).iter().map(party).collect(),
                recipients: each(report, &mention.recipients).iter().map(party).collect(),
                days: mention.date.days,
                published: report.article.published.or(report.report.published).map(|when| when.date),
                place: mention.place.map(|place| &report.resolution.places[place]),
                status: status_of(mention.aux),
                trigger: vocabulary.number(document.lemma(mention.trigger_head)),
                sense: vocabulary
                    .number(&format!("sense {}", sense_of(document.lemma(mention.trigger_head)))),
                points_back: points_back(document, mention.trigger_head),
                is_plural: document.xpos(mention.trigger_head) == Xpos::Nns,
                content: Vec::new(),
            });
        }
    }
    for (telling, content) in tellings.iter_mut().zip(weigh(&raw)) {
        telling.content = content;
    }
    tellings
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
pub(crate) fn content_words(
    document: &Document,
    tokens: impl Iterator<Item = TokenIdx>,
    vocabulary: &mut Vocabulary,
) -> Vec<u32> {
    let mut words: Vec<u32> = tokens
        .filter(|&token| {
            matches!(
                document.upos(token),
                Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Num | Upos::X
            ) && !is_function_word(document.lower(token))
        })
        .map(|token| vocabulary.number(&crate::words::fold(document.lemma(token)).to_lowercase()))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Weights words by how rare they are among the texts, each text to length 1.
pub(crate) fn weigh(texts: &[Vec<u32>]) -> Vec<Vec<(u32, f32)>> {
    let mut n_texts_with: FxHashMap<u32, usize> = FxHashMap::default();
    for &word in texts.iter().flatten() {
        *n_texts_with.entry(word).or_default() += 1;
    }
    let weigh_text = |words: &Vec<u32>| {
        let rarity = |word: &u32| (1.0 + texts.len() as f32 / n_texts_with[word] as f32).ln();
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
    let countries = |parties: &[Party]| parties.iter().filter_map(|p| p.country).collect::<FxHashSet<_>>();
    let (of_a, of_b) = (countries(a), countries(b));
    if of_a.is_empty() || of_b.is_empty() {
        return PartyRelation::Unclear;
    }
    if of_a.is_disjoint(&of_b) { PartyRelation::Apart } else { PartyRelation::SameCountry }
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
        let weighed = weigh(&[vec![1, 2, 3], vec![2, 5], vec![7]]);
        assert!((cosine(&weighed[0], &weighed[0]) - 1.0).abs() < 1e-5);
        assert_eq!(cosine(&weighed[0], &weighed[2]), 0.0);
    }
}
