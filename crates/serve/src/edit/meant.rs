//! What a form says is to be done about an event.
//!
//! In:  the fields of a form as typed.
//! Out: a [`Correction`], or which field makes no sense and what would.
//!
//! Actors are ids (`a12`) or names that the record knows, several parted by `;`; a place is an id (`p3`) or a name.
//! Modes that the event has by its former type, and that its new type does not know, are left out without a word.

use super::fields::Fields;
use super::number;
use crate::error::PageError;
use dateline_plover::{Context, EventType, Mode};
use dateline_record::{
    Correction, EventFilter, Filters, PartyFilter, Recoding, Record, TellingId, read_context, read_day,
    read_status,
};
use dateline_resolve::{DayRange, fold_name};

/// What is to be done about an event.
pub(super) fn correction(
    record: &mut Record,
    event: i64,
    what: &str,
    fields: &Fields,
) -> Result<Correction, PageError> {
    match what {
        "accept" => Ok(Correction::Accept),
        "reject" => Ok(Correction::Reject),
        "merge" => {
            let with =
                fields.all("with").chain(fields.all("with_id")).map(str::trim).find(|with| !with.is_empty());
            let with = with.unwrap_or_default();
            let wrong = || wrong("with", format!("`{with}` is not the id of an event, such as `e12`"));
            Ok(Correction::Merge { with: number('e', with).ok_or_else(wrong)? })
        }
        "split" => {
            let tellings = fields.all("telling").map(|telling| {
                telling_id(telling).ok_or_else(|| wrong("telling", format!("`{telling}` is no telling")))
            });
            Ok(Correction::Split { tellings: tellings.collect::<Result<_, _>>()? })
        }
        "recode" => Ok(Correction::Recode(recoding(record, event, fields)?)),
        _ => Err(PageError::NotFound(format!("correction called `{what}`"))),
    }
}

fn wrong(name: &str, reason: impl ToString) -> PageError {
    PageError::Parameter { name: name.to_owned(), reason: reason.to_string() }
}

/// `r3-5`: telling 5 of report 3.
fn telling_id(words: &str) -> Option<TellingId> {
    let (report, telling) = words.split_once('-')?;
    Some(TellingId {
        report: number('r', report)?,
        number: telling.parse().ok().filter(|&number| number >= 0)?,
    })
}

fn recoding(record: &mut Record, event: i64, fields: &Fields) -> Result<Recoding, PageError> {
    let row = record.event(event)?.map(|event| event.row);
    let kind = match fields.sent("event") {
        Some(words) => Some(words.parse::<EventFilter>().map_err(|error| wrong("event", error))?.event),
        None => None,
    };
    let formerly = row.as_ref().map(|row| row.event);
    let now = kind.or(formerly);
    let modes = match (fields.sent("mode"), now) {
        (Some(words), Some(now)) => Some(modes(words, now, formerly)?),
        _ => None,
    };
    let contexts: Option<Vec<Context>> = fields
        .sent("context")
        .map(|words| list(words).map(read_context).collect::<Result<_, _>>())
        .transpose()
        .map_err(|error| wrong("context", error))?;
    let status =
        fields.sent("status").map(read_status).transpose().map_err(|error| wrong("status", error))?;
    let mut parties = |name: &'static str| -> Result<Option<Vec<i64>>, PageError> {
        let Some(words) = fields.sent(name) else { return Ok(None) };
        let all = words.split(';').map(str::trim).filter(|words| !words.is_empty());
        all.map(|words| actor(record, name, words)).collect::<Result<_, _>>().map(Some)
    };
    let (actors, recipients) = (parties("actor")?, parties("recipient")?);
    let day = |name: &'static str| {
        let words = fields.sent(name).filter(|words| !words.is_empty());
        words.map(read_day).transpose().map_err(|error| wrong(name, error))
    };
    let date = match (fields.sent("from").or(fields.sent("to")), day("from")?, day("to")?) {
        (None, ..) => None,
        (Some(_), None, None) => Some(None),
        (Some(_), Some(from), to) => Some(Some(DayRange { from, to: to.unwrap_or(from) })),
        (Some(_), None, Some(to)) => Some(Some(DayRange { from: to, to })),
    };
    let place = match fields.sent("place") {
        None => None,
        Some("") => Some(None),
        Some(words) => Some(Some(place(record, words)?)),
    };
    Ok(Recoding { event: kind, modes, contexts, status, actors, recipients, date, place })
}

/// Words parted by commas.
fn list(words: &str) -> impl Iterator<Item = &str> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn modes(words: &str, now: EventType, formerly: Option<EventType>) -> Result<Vec<Mode>, PageError> {
    let knows = |event: EventType, mode: Mode| event.modes().iter().any(|(known, _)| *known == mode);
    let mut modes = Vec::new();
    for word in list(words) {
        let mode = word.to_ascii_lowercase().parse::<Mode>().ok();
        match mode {
            Some(mode) if knows(now, mode) => modes.push(mode),
            Some(mode) if formerly.is_some_and(|formerly| formerly != now && knows(formerly, mode)) => {}
            _ => {
                let error = format!("{now}/{word}").parse::<EventFilter>().err();
                return Err(wrong("mode", error.map_or_else(String::new, |error| error.to_string())));
            }
        }
    }
    Ok(modes)
}

/// The actor of an id, or the only one of exactly that name, else the one that most reports speak of.
fn actor(record: &mut Record, field: &str, words: &str) -> Result<i64, PageError> {
    let party: PartyFilter = words.parse().map_err(|error| wrong(field, error))?;
    let name = match party {
        PartyFilter::Actor(actor) => return Ok(actor),
        // A country or sector means many; as an actor it goes by its name.
        _ => words.to_owned(),
    };
    let filters = Filters { actor: Some(PartyFilter::Name(name.clone())), ..Filters::default() };
    let named = record.actors(&filters)?;
    let folded = fold_name(&name);
    let found = named.iter().find(|actor| fold_name(&actor.party.name) == folded).or(named.first());
    found.map(|actor| actor.party.id).ok_or_else(|| {
        wrong(
            field,
            format!(
                "nobody in this record is called `{words}`; give a name as reports do, or an id such as `a12`"
            ),
        )
    })
}

fn place(record: &mut Record, words: &str) -> Result<i64, PageError> {
    if let Some(place) = number('p', words) {
        return Ok(place);
    }
    let known = record.places_named(words)?;
    known.first().map(|place| place.id).ok_or_else(|| {
        wrong(
            "place",
            format!("no place in this record is called `{words}`; give its name, or its id such as `p3`"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tellings_have_ids() {
        for (words, expected) in
            [("r3-5", Some((3, 5))), ("r3", None), ("3-5", None), ("r3--5", None), ("r3-x", None), ("", None)]
        {
            let found = telling_id(words).map(|id| (id.report, id.number));
            assert_eq!(found, expected, "{words}");
        }
    }

    #[test]
    fn modes_are_of_the_type() {
        let (assault, coerce) = (EventType::Assault, EventType::Coerce);
        for (words, now, formerly, expected) in [
            ("drone, Aerial", assault, assault, Ok(vec![Mode::Drone, Mode::Aerial])),
            ("", assault, assault, Ok(vec![])),
            ("drone", coerce, assault, Ok(vec![])),
            ("drone,arrest", coerce, assault, Ok(vec![Mode::Arrest])),
            ("arrest", assault, assault, Err("`arrest` is not a mode of ASSAULT")),
            ("nonsense", coerce, assault, Err("`nonsense` is not a mode of COERCE")),
        ] {
            match (modes(words, now, Some(formerly)), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{words}"),
                (Err(error), Err(expected)) => {
                    assert!(error.message().contains(expected), "{words}: {error:?}")
                }
                (found, expected) => panic!("{words}: {found:?}, and not {expected:?}"),
            }
        }
    }
}
