//! The day and the place of an event.
//!
//! In:  a draft, and the times and places of its sentence.
//! Out: the time and the place that are the event's, by rules or as learned.

use super::drafts::Draft;
use super::telling::Telling;
use crate::candidate::Candidate;
use crate::learned::{self, EventModel, Linked, Mention};
use crate::reading::Reading;
use crate::words::Words;
use crate::{EventDate, when, whereabouts};
use dateline_attribute::Statement;
use dateline_resolve::{PlaceIdx, Resolution, TimeIdx};
use dateline_text::{Arena, TokenIdx, TokenSpan};
use jiff::civil::Date;

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
    let tokens = document.sentence(document.sentence_of(head)).tokens;
    let outer = reading.operator.map_or(head, |(governor, _)| governor);
    let is_cue = |token: TokenIdx| telling.is_cue(token) && token != outer;
    let (date, place) = setting_by_rules(words, resolution, telling, candidate, reading);
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
    // Both lists are in text order: those of the sentence are found by bisection.
    let times = resolution.times.as_slice();
    let first = times.partition_point(|time| time.tokens.start < tokens.start);
    let here = times.iter().enumerate().skip(first).take_while(|(_, time)| time.tokens.start < tokens.end);
    for (number, time) in here {
        let number = TimeIdx::new(number);
        let dated =
            matches!(time.kind, dateline_resolve::TimexType::Date | dateline_resolve::TimexType::Time);
        if dated && time.tokens.n_tokens() > 0 {
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
    // Where a report was written, nothing need have happened; see `whereabouts::written_here`.
    let dateline = resolution.dateline.and_then(|dateline| dateline.place);
    let places = resolution.place_mentions.as_slice();
    let first = places.partition_point(|one| one.tokens.start < tokens.start);
    for one in places[first..].iter().take_while(|one| one.tokens.start < tokens.end) {
        if one.tokens.n_tokens() > 0 && Some(one.tokens) != dateline {
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
pub(super) fn setting_by_rules(
    words: &Words,
    resolution: &Resolution,
    telling: &Telling,
    candidate: &Candidate,
    reading: &Reading,
) -> (EventDate, Option<PlaceIdx>) {
    let sentence = words.document.sentence_of(candidate.head);
    let operator = reading.operator.map(|(governor, _)| governor);
    let head = operator.unwrap_or(candidate.head);
    let is_cue = |token: TokenIdx| telling.is_cue(token) && token != head;
    let date = when::date_of(words, resolution, sentence, candidate.head, operator, &is_cue);
    (date, whereabouts::place_of(words, resolution, sentence, candidate.head, reading.event))
}

/// How likely a time or place must be the event's. Tuned on `corpus/tune`, November 2026.
const LINKED: f32 = 0.5;

/// The day and the place of an event as it was learned to tell them.
pub(super) fn learned_setting(
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
        Some(Target::Time(time)) => when::dated_by(words, resolution, time, draft.candidate.head, published),
        _ => EventDate::default(),
    };
    let place = match best[1].1 {
        Some(Target::Place(place)) => Some(place),
        _ => None,
    };
    let sure = most.map(|chance| if chance >= LINKED { chance } else { 1.0 - chance });
    ((date, place), sure)
}
