//! The table `events`: one event a row, lists for who takes part.

use crate::column::{Column, Kind, OfEvent, Value, column};
use crate::event::{ExportEvent, ExportEvidence, ExportParty};
use std::borrow::Cow;

const NEVER: &str = "always known";
const MISSING: &str = "missing";
const EMPTY: &str = "empty list";
const PART: &str = "missing in its place";

pub(crate) static COLUMNS: &[Column<OfEvent>] = &[
    column("id", Kind::Integer, "", "number of the event in its record", NEVER, |event| Value::id(event.id)),
    column("event", Kind::Text, "PLOVER 2.0", "what happened", NEVER, |event| {
        Value::text(event.event.as_str())
    }),
    column("mode", Kind::Texts, "PLOVER 2.0", "how", EMPTY, |event| {
        Value::texts(event.modes.iter().map(|mode| mode.as_str()))
    }),
    column("context", Kind::Texts, "PLOVER 2.0", "about what", EMPTY, |event| {
        Value::texts(event.contexts.iter().map(|context| context.as_str()))
    }),
    column(
        "quad",
        Kind::Text,
        "",
        "verbal cooperation, material cooperation, verbal conflict, material conflict",
        NEVER,
        |event| Value::text(event.quad().as_str()),
    ),
    column("quad_code", Kind::Integer, "1 to 4", "the same as a number", NEVER, |event| {
        Value::Integer(event.quad().code().into())
    }),
    column(
        "scale",
        Kind::Number,
        "-10 (conflict) to 10",
        "PLOVER's score of the type with its first mode",
        NEVER,
        |event| Value::Number(event.scale().into(), 1),
    ),
    column(
        "status",
        Kind::Text,
        "reported, planned, denied, hypothetical, historical",
        "whether it happened: planned, denied and hypothetical events did not",
        NEVER,
        |event| Value::text(event.status.as_str()),
    ),
    column("actor_id", Kind::Integers, "", "numbers of the actors in the record", EMPTY, |event| {
        ids(&event.actors)
    }),
    column("actor", Kind::Texts, "", "their names", EMPTY, |event| {
        parts(&event.actors, |party| Some(Cow::Borrowed(&party.name)))
    }),
    column(
        "actor_kind",
        Kind::Texts,
        "person, organization, state, group",
        "what sort of actors",
        EMPTY,
        |event| parts(&event.actors, |party| Some(Cow::Borrowed(party.kind.as_str()))),
    ),
    column(
        "actor_country",
        Kind::Texts,
        "ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC",
        "the states they belong to",
        PART,
        |event| parts(&event.actors, country),
    ),
    column("actor_sector", Kind::Texts, "PLOVER 2.0", "the sectors they act in", PART, |event| {
        parts(&event.actors, sector)
    }),
    column("recipient_id", Kind::Integers, "", "numbers of the recipients in the record", EMPTY, |event| {
        ids(&event.recipients)
    }),
    column("recipient", Kind::Texts, "", "their names", EMPTY, |event| {
        parts(&event.recipients, |party| Some(Cow::Borrowed(&party.name)))
    }),
    column(
        "recipient_kind",
        Kind::Texts,
        "person, organization, state, group",
        "what sort of recipients",
        EMPTY,
        |event| parts(&event.recipients, |party| Some(Cow::Borrowed(party.kind.as_str()))),
    ),
    column(
        "recipient_country",
        Kind::Texts,
        "ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC",
        "the states they belong to",
        PART,
        |event| parts(&event.recipients, country),
    ),
    column("recipient_sector", Kind::Texts, "PLOVER 2.0", "the sectors they act in", PART, |event| {
        parts(&event.recipients, sector)
    }),
    column(
        "date_from",
        Kind::Day,
        "YYYY-MM-DD",
        "first day on which it happened, as most reports say; never the day of publication",
        MISSING,
        |event| Value::day(event.date.map(|days| days.from)),
    ),
    column("date_to", Kind::Day, "YYYY-MM-DD", "last day; the same for one day", MISSING, |event| {
        Value::day(event.date.map(|days| days.to))
    }),
    column("place", Kind::Text, "", "where, as the reports name it", MISSING, |event| {
        event.place.as_ref().map_or(Value::Missing, |place| Value::text(place.name.as_str()))
    }),
    column(
        "place_kind",
        Kind::Text,
        "country, region, settlement, site, natural, unknown",
        "what sort of place: how exact the coordinates are",
        MISSING,
        |event| event.place.as_ref().map_or(Value::Missing, |place| Value::text(place.kind.as_str())),
    ),
    column(
        "lat",
        Kind::Number,
        "degrees north, WGS 84",
        "of the middle of the place",
        MISSING,
        crate::polecat::latitude,
    ),
    column(
        "lon",
        Kind::Number,
        "degrees east, WGS 84",
        "of the middle of the place",
        MISSING,
        crate::polecat::longitude,
    ),
    column("place_country", Kind::Text, "ISO 3166 alpha-3", "the country it lies in", MISSING, |event| {
        Value::code(event.place.as_ref().and_then(|place| place.country))
    }),
    column("geonameid", Kind::Integer, "GeoNames", "its number there", MISSING, |event| {
        Value::integer(event.place.as_ref().and_then(|place| place.geonameid))
    }),
    column("dead", Kind::Integer, "people", "killed, as most reports say", MISSING, |event| {
        Value::integer(event.sizes.dead)
    }),
    column("injured", Kind::Integer, "people", "injured, as most reports say", MISSING, |event| {
        Value::integer(event.sizes.injured)
    }),
    column("arrested", Kind::Integer, "people", "arrested, as most reports say", MISSING, |event| {
        Value::integer(event.sizes.arrested)
    }),
    column("n_reports", Kind::Integer, "reports", "how many reports tell it", NEVER, |event| {
        Value::Integer(event.n_reports.into())
    }),
    column(
        "n_independent",
        Kind::Integer,
        "reports",
        "how many of them do not come from one another or from one origin",
        NEVER,
        |event| Value::Integer(event.n_independent.into()),
    ),
    column(
        "first_told",
        Kind::Day,
        "YYYY-MM-DD",
        "publication of the first report that tells it",
        MISSING,
        |event| Value::day(event.first_told),
    ),
    column("last_told", Kind::Day, "YYYY-MM-DD", "publication of the last", MISSING, |event| {
        Value::day(event.last_told)
    }),
    column(
        "confidence",
        Kind::Number,
        "0 to 1",
        "probability that type, actor and recipient are right, of the surest telling",
        NEVER,
        |event| Value::Number(event.confidence.into(), 3),
    ),
    column(
        "reports",
        Kind::Texts,
        "",
        "ids of the reports that tell it, as given, one for each sentence",
        EMPTY,
        |event| shown(event, |shown| Some(&shown.report)),
    ),
    column("outlets", Kind::Texts, "", "who published them", PART, |event| {
        shown(event, |shown| shown.outlet.as_deref())
    }),
    column("urls", Kind::Texts, "URL", "their addresses", PART, |event| {
        shown(event, |shown| shown.url.as_deref())
    }),
    column("trigger", Kind::Texts, "", "the words that evoke it, one for each sentence", PART, |event| {
        shown(event, |shown| shown.trigger.as_deref())
    }),
    column(
        "attributed_to",
        Kind::Texts,
        "",
        "who says so in each sentence",
        "missing in its place: the report itself",
        |event| shown(event, |shown| shown.attributed_to.as_deref()),
    ),
    column(
        "text",
        Kind::Text,
        "",
        "the first sentence that tells it; all are in the table `evidence`",
        MISSING,
        |event| event.evidence.first().map_or(Value::Missing, |shown| Value::text(shown.text.as_str())),
    ),
];

fn ids(parties: &[ExportParty]) -> Value<'_> {
    Value::Integers(parties.iter().map(|party| i64::try_from(party.id).unwrap_or(i64::MAX)).collect())
}

fn parts<'a>(parties: &'a [ExportParty], part: fn(&'a ExportParty) -> Option<Cow<'a, str>>) -> Value<'a> {
    Value::Texts(parties.iter().map(part).collect())
}

fn country(party: &ExportParty) -> Option<Cow<'_, str>> {
    party.country.as_ref().map(|country| Cow::Borrowed(country.as_str()))
}

fn sector(party: &ExportParty) -> Option<Cow<'_, str>> {
    party.sector.map(|sector| Cow::Borrowed(sector.as_str()))
}

fn shown<'a>(event: &'a ExportEvent, part: fn(&'a ExportEvidence) -> Option<&'a str>) -> Value<'a> {
    Value::Texts(event.evidence.iter().map(|evidence| part(evidence).map(Cow::Borrowed)).collect())
}
