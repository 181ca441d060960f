//! Decides whether a telling belongs to an event: what must fit, and how much speaks for it.
//!
//! In:  a [`Telling`] and the tellings of an event so far ([`Draft`]).
//! Out: nothing where they cannot be one event, else a score of what speaks for it.
//!
//! Kept apart, whatever else agrees: types that are no neighbours, known days more than one day apart, known
//! places apart, states or named persons apart, and one report's telling of what happened and of what is still
//! to come. What remains is scored by [`score`]; each part of the score is one line there.

use crate::linked::Status;
use crate::scene::{NameNumber, spot};
use crate::tellings::{
    DayRelation, Party, PartyRelation, PlaceRelation, Telling, cosine, other_persons, relate_days,
    relate_parties, relate_places, share_person, weigh,
};
use dateline_plover::{Context, EventType, Mode, QuadClass};

/// What must speak for one event at least. Chosen on the project's own examples (November 2026).
pub(crate) const THRESHOLD: f32 = 2.6;

/// What is taken off where only type and parties agree.
const NOTHING_PARTICULAR: f32 = 0.6;

/// What is taken off where one deed on a day meets deeds in the plural.
const SEVERAL_TO_ONE: f32 = 1.5;

/// What must speak for two events being one, where their reports tell of another event in common and neither
/// report has a second one that would do as well.
pub(crate) const THRESHOLD_IN_COMPANY: f32 = THRESHOLD - NOTHING_PARTICULAR;

/// Tellings of an event that fit for each one that does not.
const FITTING_TO_UNFIT: usize = 2;

/// What is taken off where nobody in particular does something to somebody on a day: where gunmen abduct people, they do
/// so in many places on one day.
const ANYBODY: f32 = 1.2;

/// What is taken off where two places have other names, and one of them is on no map.
const OTHER_NAME: f32 = 0.5;

/// What is taken off where one telling counts many times as many dead, or taken, as the other.
const OTHER_NUMBERS: f32 = 0.8;

/// What speaks for it that one telling has no place of its own, and the place of the other is named beside it.
const NAMES_ITS_PLACE: f32 = 0.5;

/// What speaks for it that two deeds were done on one day in one town or village.
const SAME_SPOT: f32 = 0.4;

/// Days within which one thing may have happened that is told without its day: `in May`.
const DAYS_OF_A_DEED: i32 = 40;

/// How many times as many.
const MANY_TIMES: u32 = 4;

/// What the sentences of two tellings have in common where they speak of one thing.
const ALIKE: f32 = 0.16;

/// Tellings that a new one is compared with.
pub const MAX_COMPARED: usize = 24;

/// An event being put together.
pub(crate) struct Draft {
    /// Numbers of its tellings, the first one first.
    pub tellings: Vec<usize>,
    /// Those that show what it is: the first ones that say it in their own words.
    shown: Vec<usize>,
    /// Its number among the events that were there before.
    pub known: Option<usize>,
}

impl Draft {
    /// An event without tellings yet.
    pub fn new(known: Option<usize>) -> Draft {
        Draft { tellings: Vec::new(), shown: Vec::new(), known }
    }

    /// Adds a telling.
    pub fn add(&mut self, telling: usize, all: &Weighed) {
        self.tellings.push(telling);
        let says_the_same = |&shown: &usize| all.say_the_same(shown, telling);
        if self.shown.len() < MAX_COMPARED && !self.shown.iter().any(says_the_same) {
            self.shown.push(telling);
        }
    }

    /// Takes over all tellings of another event.
    pub fn take_over(&mut self, other: Draft, all: &Weighed) {
        other.tellings.into_iter().for_each(|telling| self.add(telling, all));
    }
}

/// Tellings with the words of their sentences weighed against one another.
pub(crate) struct Weighed<'t> {
    pub tellings: Vec<&'t Telling>,
    /// For each telling its words with their weights; the squares of the weights sum to 1.
    content: Vec<Vec<(u32, f32)>>,
    /// For each telling the name of its place, where that is a place to stand in.
    spots: Vec<Option<NameNumber>>,
    /// For each telling its actors, then its recipients.
    parties: Vec<Vec<Party>>,
}

impl<'t> Weighed<'t> {
    pub fn new(tellings: Vec<&'t Telling>) -> Weighed<'t> {
        let words: Vec<&[u32]> = tellings.iter().map(|telling| telling.words.as_slice()).collect();
        let spots = tellings.iter().map(|telling| spot(telling)).collect();
        let parties = tellings.iter().map(|telling| all_parties(telling)).collect();
        Weighed { content: weigh(&words), spots, parties, tellings }
    }
}

impl Weighed<'_> {
    /// Whether two tellings say the same in the same words, as copies do.
    fn say_the_same(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.tellings[a], self.tellings[b]);
        x.words == y.words && x.trigger == y.trigger && x.days == y.days && self.spots[a] == self.spots[b]
    }

    /// Whether a telling has no place of its own, and the place of another is named beside it.
    fn names_place(&self, telling: usize, other: usize) -> bool {
        self.spots[telling].is_none()
            && self.spots[other].is_some_and(|spot| self.tellings[telling].names.contains(&spot))
    }
}

/// How much speaks for a telling being of this event, or nothing where it cannot be.
pub(crate) fn score(draft: &Draft, telling: usize, all: &Weighed) -> Option<f32> {
    let mut best = f32::MIN;
    let (mut n_fitting, mut n_unfit) = (0, 0);
    let report = all.tellings[telling].report;
    // What the same report tells of the event says most of all.
    let is_own = |&&number: &&usize| all.tellings[number].report == report && !draft.shown.contains(&number);
    let own = draft.tellings.iter().filter(is_own);
    for &number in draft.shown.iter().chain(own) {
        if are_apart(all.tellings[number], all.tellings[telling]) {
            n_unfit += 1;
            continue;
        }
        match score_pair(all, number, telling) {
            Some(score) => {
                best = best.max(score);
                n_fitting += 1;
            }
            None => n_unfit += 1,
        }
    }
    // One telling in many may be read wrongly, and must not keep all others of a large event away.
    (n_fitting > 0 && n_unfit * FITTING_TO_UNFIT <= n_fitting).then_some(best)
}

/// Whether two events that one telling fits are one: most of what shows the one fits the other too, and enough speaks
/// for it.
pub(crate) fn are_one(a: &Draft, b: &Draft, all: &Weighed) -> bool {
    let fits = |draft: &Draft, other: &Draft| {
        let scores: Vec<Option<f32>> =
            other.shown.iter().map(|&telling| score(draft, telling, all)).collect();
        let n_for = scores.iter().flatten().filter(|&&score| score >= THRESHOLD).count();
        let n_unfit = scores.iter().filter(|score| score.is_none()).count();
        n_for * 2 >= scores.len() && n_unfit * FITTING_TO_UNFIT <= n_for
    };
    fits(a, b) && fits(b, a)
}

/// How much speaks for two tellings being of one event, or nothing where they cannot be.
fn score_pair(all: &Weighed, a: usize, b: usize) -> Option<f32> {
    let (number_a, number_b) = (a, b);
    let (a, b) = (all.tellings[a], all.tellings[b]);
    // What costs least to look at, and keeps most pairs apart, comes first.
    let types = relate_types(a, b)?;
    let days = match (a.days, b.days) {
        (Some(a), Some(b)) => Some(relate_days(a, b)),
        _ => None,
    };
    let status = relate_status(a, b, days)?;
    let (all_a, all_b) = (all.parties[number_a].as_slice(), all.parties[number_b].as_slice());
    let (who, whom) = relate_all_parties(a, b, all_a, all_b);
    if who == PartyRelation::Apart || whom == PartyRelation::Apart {
        return None;
    }
    let names_place = all.names_place(number_a, number_b) || all.names_place(number_b, number_a);
    let same_spot = all.spots[number_a].is_some() && all.spots[number_a] == all.spots[number_b];
    // What the words of their sentences have in common.
    let content = cosine(&all.content[number_a], &all.content[number_b]);
    let same_trigger = a.trigger == b.trigger;
    let mut score = 1.5 * content;
    score += types;
    let same_sense = same_trigger || a.sense == b.sense;
    score += match (same_trigger, same_sense) {
        (true, _) => 0.8,
        (false, true) => 0.5,
        _ => 0.0,
    };
    // `the talks` are those that the report told of before.
    if a.report == b.report && (a.number < b.number && b.points_back || b.number < a.number && a.points_back)
    {
        score += 1.2;
    }

    let mutual = is_mutual(a.event) || is_mutual(b.event);
    let same_persons = match mutual {
        true => !other_persons(all_a, all_b),
        false => !other_persons(&a.actors, &b.actors),
    };
    // In what is said and in who met, the person makes the event; an army or its leader may be named for a deed.
    let verbal = matches!(a.event.quad(), QuadClass::VerbalConflict | QuadClass::VerbalCooperation);
    if verbal && !same_persons && !is_dispute(a, b) {
        return None;
    }
    let is_deed = a.event.quad() == QuadClass::MaterialConflict;
    let nobody_in_particular = who != PartyRelation::SameActor && whom != PartyRelation::SameActor;
    let by_anybody = is_deed && a.report != b.report && nobody_in_particular;
    score += match who {
        PartyRelation::SameActor => 1.0,
        PartyRelation::SameCountry if !by_anybody => 0.6,
        _ => 0.0,
    };
    score += match whom {
        PartyRelation::SameActor => 0.7,
        PartyRelation::SameCountry if !by_anybody => 0.4,
        _ => 0.0,
    };

    let same_size = a.sizes.iter().any(|&(kind, count, _)| {
        count > 1 && b.sizes.iter().any(|&(other, n, _)| (other, n) == (kind, count))
    });
    score += if same_size { 0.4 } else { 0.0 };
    let same_person = share_person(all_a, all_b);
    let places = match (&a.place, &b.place) {
        (Some(a), Some(b)) => Some(relate_places(a, b)),
        _ => None,
    };
    let same_place = places == Some(PlaceRelation::Same);
    score += match days {
        Some(DayRelation::SameDay) => 1.0,
        // What went on for months is no deed of one day in them.
        Some(DayRelation::Overlap) if is_campaign(a, b) || is_campaign(b, a) => return None,
        Some(DayRelation::Overlap) => 0.4,
        // A clock in another zone, or a mistake worth showing; but then something particular must agree.
        Some(DayRelation::Adjacent) if !is_series(a, b) && (same_place || same_person || same_size) => -0.8,
        Some(DayRelation::Adjacent | DayRelation::Apart) => return None,
        None => 0.0,
    };
    score += match places {
        Some(PlaceRelation::Same) => 0.7,
        Some(PlaceRelation::Contained) => 0.2,
        // Nobody is at two places on one day: a mistake worth showing.
        Some(PlaceRelation::Apart)
            if a.report != b.report && same_person && days == Some(DayRelation::SameDay) =>
        {
            -0.6
        }
        // Where something was said is told loosely: of the same words, one report names the capital, another
        // the country spoken of.
        Some(PlaceRelation::Apart) if verbal && same_sense => -0.4,
        Some(PlaceRelation::Apart) => return None,
        Some(PlaceRelation::Other) if a.report != b.report => -OTHER_NAME,
        _ => 0.0,
    };
    score += if names_place { NAMES_ITS_PLACE } else { 0.0 };
    // As conflict data count: one place, one day, the same sides are one event, whatever was done there.
    score += if is_deed && same_spot && days == Some(DayRelation::SameDay) { SAME_SPOT } else { 0.0 };
    score -= if far_apart_in_numbers(a, b) { OTHER_NUMBERS } else { 0.0 };
    score += status;
    score -=
        if is_long(a) != is_long(b) && (a.days.is_none() || b.days.is_none()) { SEVERAL_TO_ONE } else { 0.0 };
    // "The tests of recent years" are not the test of last Saturday.
    if is_series_of(a, b) || is_series_of(b, a) {
        score -= SEVERAL_TO_ONE;
    }
    if by_anybody && !same_place && !names_place && !same_size && content < ALIKE {
        score -= ANYBODY;
    }
    // The same states do the same kind of thing again and again: type and parties alone are not enough.
    // And the same person says many things: there the words must agree.
    let same_sayer = same_person && !verbal;
    let particular = days.is_some()
        || same_place
        || names_place
        || same_sayer
        || same_size
        || same_sense
        || content > 0.15;
    score -= if particular { 0.0 } else { NOTHING_PARTICULAR };
    Some(score)
}

/// Whether two tellings cannot be of one event, as far as it can be told at once: most pairs are of other days.
fn are_apart(a: &Telling, b: &Telling) -> bool {
    let other_days =
        || matches!((a.days, b.days), (Some(a), Some(b)) if relate_days(a, b) == DayRelation::Apart);
    other_days() || a.event != b.event && !fits(a, b) && !fits(b, a)
}

/// Whether one telling is of more than [`DAYS_OF_A_DEED`], and the other of a week at most.
fn is_campaign(long: &Telling, short: &Telling) -> bool {
    is_long(long) && n_days(short).is_some_and(|days| days <= 7)
}

fn is_long(telling: &Telling) -> bool {
    n_days(telling) > Some(DAYS_OF_A_DEED)
}

fn n_days(telling: &Telling) -> Option<i32> {
    telling.days.and_then(|days| Some(days.from.until(days.to).ok()?.get_days()))
}

/// Whether each number of one telling is many times that of the same thing in the other. Numbers grow while news comes in,
/// but seldom as much.
fn far_apart_in_numbers(a: &Telling, b: &Telling) -> bool {
    let mut pairs = a.sizes.iter().flat_map(|&(kind, count, _)| {
        b.sizes.iter().filter(move |&&(other, ..)| other == kind).map(move |&(_, other, _)| (count, other))
    });
    let is_far = |(x, y): (u32, u32)| x.max(y) >= x.min(y).saturating_mul(MANY_TIMES);
    match pairs.next() {
        Some(first) => is_far(first) && pairs.all(is_far),
        None => false,
    }
}

/// Whether one telling is of a deed on one day, and the other of deeds in the plural on no day.
fn is_series_of(one: &Telling, several: &Telling) -> bool {
    let on_one_day = one.days.is_some_and(|days| days.from == days.to);
    let is_deed = matches!(one.event, EventType::Mobilize | EventType::Assault | EventType::Coerce);
    on_one_day
        && is_deed
        && !one.is_plural
        && several.is_plural
        && several.days.is_none()
        && !several.points_back
}

/// Whether two days that follow one another are two happenings: told by one report, or each told as many days
/// later as the other, as the news of each day is.
fn is_series(a: &Telling, b: &Telling) -> bool {
    let delay = |telling: &Telling| {
        let span = telling.days?.from.until(telling.published?).ok()?;
        Some(span.get_days())
    };
    a.report == b.report || matches!((delay(a), delay(b)), (Some(a), Some(b)) if a == b)
}

/// What actors have in common, and what recipients have. Where the sides are equal, all parties count as actors.
fn relate_all_parties(
    a: &Telling,
    b: &Telling,
    all_a: &[Party],
    all_b: &[Party],
) -> (PartyRelation, PartyRelation) {
    if is_mutual(a.event) || is_mutual(b.event) {
        let any = relate_parties(all_a, all_b);
        // A meeting of A and B is not a meeting of A and C.
        let has_another_side = |xs: &[Party], ys: &[Party]| {
            let is_of = |x: &Party, y: &Party| x.actor == y.actor || x.country == y.country;
            xs.iter().any(|x| x.country.is_some() && !ys.iter().any(|y| is_of(x, y)))
        };
        let (other_a, other_b) = (has_another_side(all_a, all_b), has_another_side(all_b, all_a));
        if other_a && other_b {
            return (PartyRelation::Apart, PartyRelation::Apart);
        }
        let both = !other_a && !other_b && any != PartyRelation::Unclear;
        let other = if both && any != PartyRelation::Apart { any } else { PartyRelation::Unclear };
        return (any, other);
    }
    (relate_parties(&a.actors, &b.actors), relate_parties(&a.recipients, &b.recipients))
}

fn all_parties(telling: &Telling) -> Vec<Party> {
    let mut parties = telling.actors.clone();
    parties.extend(telling.recipients.iter().copied());
    parties
}

/// Types whose sides are equal, so that either may be told as the actor.
pub(crate) fn is_mutual(event: EventType) -> bool {
    matches!(event, EventType::Consult | EventType::Cooperate | EventType::Agree)
}

/// Whether the types fit, and how well.
fn relate_types(a: &Telling, b: &Telling) -> Option<f32> {
    let (x, y) = (a.event, b.event);
    let modes = match (a.modes.first(), b.modes.first()) {
        (Some(_), Some(_)) if a.modes.iter().any(|mode| b.modes.contains(mode)) => 0.4,
        (Some(_), Some(_)) if x == y => -0.4,
        _ => 0.0,
    };
    if x == y {
        return Some(1.0 + modes);
    }
    (fits(a, b) || fits(b, a)).then_some(0.4)
}

/// Neighbours in the codebook, which one report may tell as the one and another as the other.
fn fits(a: &Telling, b: &Telling) -> bool {
    use EventType::*;
    let military = |telling: &Telling| telling.contexts.contains(&Context::Military);
    let mode = |telling: &Telling, mode| telling.modes.contains(&mode);
    match (a.event, b.event) {
        // A future meeting, help or cooperation is an AGREE; the same denied or held is not.
        (Agree, Consult | Cooperate | Aid | Support) => {
            !matches!(a.status, Status::Reported) || !matches!(b.status, Status::Reported)
        }
        // A meeting refused is the meeting that the other report says will not be held.
        (Reject, Consult) => mode(a, Mode::Meet) && b.status != Status::Reported,
        // A release or withdrawal announced, and carried out.
        (Concede, Retreat) => true,
        // An exercise told from one of its sides.
        (Cooperate, Mobilize) => military(a) && military(b),
        (Assault, Coerce) => mode(a, Mode::Abduct) && (mode(b, Mode::Arrest) || mode(b, Mode::Seize)),
        (Sanction, Coerce) => {
            mode(a, Mode::Convict) && mode(b, Mode::Arrest) || mode(a, Mode::Expel) && mode(b, Mode::Deport)
        }
        _ => false,
    }
}

/// Whether one telling plans what the other denies: in one report, in the same word, with a person in common.
fn is_dispute(a: &Telling, b: &Telling) -> bool {
    (a.status.min(b.status), a.status.max(b.status)) == (Status::Planned, Status::Denied)
        && a.report == b.report
        && a.sense == b.sense
        && share_person(&all_parties(a), &all_parties(b))
}

/// Whether a denial names a person whom the other telling does not.
fn names_more(denial: &Telling, other: &Telling) -> bool {
    let parties = all_parties(other);
    denial.status == Status::Denied
        && all_parties(denial)
            .iter()
            .any(|party| party.is_person && !parties.iter().any(|known| known.actor == party.actor))
}

/// Whether what is said of its happening fits, and how well.
fn relate_status(a: &Telling, b: &Telling, days: Option<DayRelation>) -> Option<f32> {
    use Status::*;
    let same_day = days == Some(DayRelation::SameDay);
    match (a.status.min(b.status), a.status.max(b.status)) {
        (x, y) if x == y => Some(0.0),
        // What happened and what is to come are two, unless two reports tell of the same day.
        (Reported, Planned | Hypothetical) if same_day && a.report != b.report => Some(0.0),
        (Reported, Planned | Hypothetical) => None,
        // In one report only somebody's denial is about the same; else the negation is of something else.
        (Reported, Denied) if a.report == b.report && a.statement == b.statement => None,
        // Who denies a meeting with somebody else denies another meeting.
        (Reported, Denied) if a.report == b.report && (names_more(a, b) || names_more(b, a)) => None,
        (Reported, Denied) => Some(-0.3),
        // What one source plans and another denies, in one report and in the same word, is one thing.
        (Planned, Denied) if is_dispute(a, b) => Some(0.8),
        // Told as background, the day must say that it is the same.
        (Reported, Historical) if same_day => Some(0.0),
        (_, Historical) => None,
        _ => Some(-0.1),
    }
}
