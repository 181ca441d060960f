//! POLECAT: 40 tab-separated columns with a header, one event a row.
//!
//! In:  an event that has happened.
//! Out: its row; columns as in the files of POLECAT's data set (`ngecEventsDV-….txt`).
//!
//! Several actors share a cell, joined by `;`, and their countries and sectors stand in the same order, as there.
//! Where one of several is not known, `None` keeps its place, as there; a cell of which nothing is known is empty.
//!
//! ```text
//! Event ID  Event Date  Event Type  Event Mode  Intensity  Quad Code  …  Actor Name      Actor Country
//! 17        2022-04-17  ASSAULT     drone       -9.5       4             the army;Unit 7  PRK;PRK
//! ```

use crate::column::{Column, Kind, OfEvent, Value, column};
use crate::event::{ExportEvent, ExportParty};
use crate::format::About;
use crate::plover::CODER;
use crate::text::{TsvStyle, tsv_row};
use crate::writer::LineFormat;
use dateline_resolve::PlaceKind;
use std::borrow::Cow;

pub(crate) const ABOUT: About = About {
    title: "POLECAT",
    shape: "Tab-separated, UTF-8, with a header; 40 columns, one event a row. Nothing is quoted: in text a straight \
            double quotation mark is written as a single one, a tab or line end as a space.",
    extension: "txt",
    losses: &[
        "Planned, denied and hypothetical events are left out: the format has no column for it.",
        "Of several modes the first is written; of several days the first.",
        "How many reports tell an event, how many of them are independent, and the confidence have no column; of the \
         reports only the first is named.",
        "Sizes, the exact words and where they stand have no column.",
    ],
};

const STYLE: TsvStyle = TsvStyle { separator: ";", day: "%Y-%m-%d" };

pub(crate) const LINES: LineFormat = LineFormat {
    begin: |line| tsv_row(COLUMNS.iter().map(|column| Value::text(column.note.name)), STYLE, line),
    event: |event, left, line| {
        if !event.has_happened() {
            left.events_not_happened += 1;
            return;
        }
        left.written += 1;
        left.dayless_are_written = true;
        left.events_without_day += u64::from(event.day().is_none());
        left.days_after_the_first +=
            u64::from(event.day().is_some() && event.date.is_some_and(|days| days.from != days.to));
        left.further_modes += event.modes.len().saturating_sub(1) as u64;
        tsv_row(COLUMNS.iter().map(|column| (column.value)(event)), STYLE, line);
    },
    end: "",
};

const NEVER: &str = "always known";
const EMPTY: &str = "empty";
const LIST: &str = "empty; `None` for one of several";
const NOT_HELD: &str = "always empty: not held by this program";

pub(crate) static COLUMNS: &[Column<OfEvent>] = &[
    column("Event ID", Kind::Integer, "", "number of the event in its record", NEVER, |event| {
        Value::id(event.id)
    }),
    column(
        "Event Date",
        Kind::Day,
        "YYYY-MM-DD",
        "first day on which it happened",
        "empty, also where only more than a week is told; never the day of publication",
        |event| Value::day(event.day()),
    ),
    column("Event Type", Kind::Text, "PLOVER 2.0", "what happened", NEVER, |event| {
        Value::text(event.event.as_str())
    }),
    column(
        "Event Mode",
        Kind::Text,
        "PLOVER 2.0",
        "how it happened: the first of its modes",
        EMPTY,
        |event| Value::code(event.modes.first()),
    ),
    column(
        "Intensity",
        Kind::Number,
        "-10 (conflict) to 10",
        "PLOVER's score of type and mode",
        NEVER,
        |event| Value::Number(event.scale().into(), 1),
    ),
    column(
        "Quad Code",
        Kind::Integer,
        "1 to 4",
        "verbal cooperation, material cooperation, verbal conflict, material conflict",
        NEVER,
        |event| Value::Integer(event.quad().code().into()),
    ),
    column("Contexts", Kind::Texts, "PLOVER 2.0", "what it is about", EMPTY, |event| {
        Value::texts(event.contexts.iter().map(|context| context.as_str()))
    }),
    column("Actor Name", Kind::Texts, "", "names of the actors in the record", EMPTY, |event| {
        list(&event.actors, name)
    }),
    column(
        "Actor Country",
        Kind::Texts,
        "ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC",
        "the states they belong to",
        LIST,
        |event| list(&event.actors, country),
    ),
    column("Actor COW", Kind::Text, "Correlates of War", "numbers of those states", NOT_HELD, |_| {
        Value::Missing
    }),
    column(
        "Primary Actor Sector",
        Kind::Texts,
        "PLOVER 2.0",
        "the sector that each acts in",
        LIST,
        |event| list(&event.actors, sector),
    ),
    column("Actor Sectors", Kind::Texts, "PLOVER 2.0, joined by `,`", "all sectors of each", LIST, |event| {
        list(&event.actors, sectors)
    }),
    column(
        "Actor Title",
        Kind::Texts,
        "joined by `,`",
        "offices and descriptions of each, as printed",
        LIST,
        |event| list(&event.actors, titles),
    ),
    column(
        "Actor Name Raw",
        Kind::Texts,
        "",
        "as printed, where that is known apart from the name",
        LIST,
        |event| list(&event.actors, raw),
    ),
    column("Wikipedia Actor ID", Kind::Text, "", "their pages", NOT_HELD, |_| Value::Missing),
    column("Recipient Name", Kind::Texts, "", "names of the recipients in the record", EMPTY, |event| {
        list(&event.recipients, name)
    }),
    column(
        "Recipient Country",
        Kind::Texts,
        "ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC",
        "the states they belong to",
        LIST,
        |event| list(&event.recipients, country),
    ),
    column("Recipient COW", Kind::Text, "Correlates of War", "numbers of those states", NOT_HELD, |_| {
        Value::Missing
    }),
    column(
        "Primary Recipient Sector",
        Kind::Texts,
        "PLOVER 2.0",
        "the sector that each acts in",
        LIST,
        |event| list(&event.recipients, sector),
    ),
    column(
        "Recipient Sectors",
        Kind::Texts,
        "PLOVER 2.0, joined by `,`",
        "all sectors of each",
        LIST,
        |event| list(&event.recipients, sectors),
    ),
    column(
        "Recipient Title",
        Kind::Texts,
        "joined by `,`",
        "offices and descriptions of each, as printed",
        LIST,
        |event| list(&event.recipients, titles),
    ),
    column(
        "Recipient Name Raw",
        Kind::Texts,
        "",
        "as printed, where that is known apart from the name",
        LIST,
        |event| list(&event.recipients, raw),
    ),
    column("Wikipedia Recipient ID", Kind::Text, "", "their pages", NOT_HELD, |_| Value::Missing),
    column("Placename", Kind::Text, "", "the place, where it is on the map", EMPTY, |event| {
        place_if(event, |place| place.coordinates.is_some())
    }),
    column("City", Kind::Text, "", "its name, where it is a settlement", EMPTY, |event| {
        place_if(event, |place| place.kind == PlaceKind::Settlement)
    }),
    column("District", Kind::Text, "", "the district it lies in", NOT_HELD, |_| Value::Missing),
    column("Province", Kind::Text, "", "its name, where it is a region", EMPTY, |event| {
        place_if(event, |place| place.kind == PlaceKind::Region)
    }),
    column("Country", Kind::Text, "", "name of the country it lies in", EMPTY, place_country),
    column("Latitude", Kind::Number, "degrees north, WGS 84", "of the middle of the place", EMPTY, latitude),
    column("Longitude", Kind::Number, "degrees east, WGS 84", "of the middle of the place", EMPTY, longitude),
    column("GeoNames ID", Kind::Integer, "GeoNames", "number of the place there", EMPTY, |event| {
        Value::integer(event.place.as_ref().and_then(|place| place.geonameid))
    }),
    column("Raw Placename", Kind::Text, "", "the place as the reports name it", EMPTY, |event| {
        place_if(event, |_| true)
    }),
    column(
        "Feature Type",
        Kind::Text,
        "GeoNames feature code",
        "PCLI for a country, PPL for a settlement",
        "empty, also for other sorts of place",
        |event| match event.place.as_ref().map(|place| place.kind) {
            Some(PlaceKind::Country) => Value::text("PCLI"),
            Some(PlaceKind::Settlement) => Value::text("PPL"),
            _ => Value::Missing,
        },
    ),
    column("Source", Kind::Text, "", "outlet of the first report that tells it", EMPTY, |event| {
        event.evidence.first().map_or(Value::Missing, |shown| Value::some(&shown.outlet))
    }),
    column("Publication Date", Kind::Day, "YYYY-MM-DD", "when that report was published", EMPTY, |event| {
        Value::day(event.evidence.first().and_then(|shown| shown.published).map(|published| published.date))
    }),
    column("Story People", Kind::Text, "", "people that the report names", NOT_HELD, |_| Value::Missing),
    column("Story Organizations", Kind::Text, "", "organizations that the report names", NOT_HELD, |_| {
        Value::Missing
    }),
    column("Story Locations", Kind::Text, "", "places that the report names", NOT_HELD, |_| Value::Missing),
    column(
        "Language",
        Kind::Text,
        "",
        "language of the report; this program reads English only",
        NEVER,
        |_| Value::text("English"),
    ),
    column("Version", Kind::Text, "", "name and version of the program", NEVER, |_| Value::text(CODER)),
];

/// One cell for all parties; nothing where nothing is known of any.
fn list<'a>(parties: &'a [ExportParty], part: fn(&'a ExportParty) -> Option<Cow<'a, str>>) -> Value<'a> {
    let mut parts: Vec<Option<Cow<'a, str>>> = parties.iter().map(part).collect();
    if parts.iter().all(Option::is_none) {
        return Value::Missing;
    }
    for part in &mut parts {
        part.get_or_insert(Cow::Borrowed("None"));
    }
    Value::Texts(parts)
}

fn name(party: &ExportParty) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(&party.name))
}

fn raw(party: &ExportParty) -> Option<Cow<'_, str>> {
    party.text.as_deref().map(Cow::Borrowed)
}

fn country(party: &ExportParty) -> Option<Cow<'_, str>> {
    party.country.as_ref().map(|country| Cow::Borrowed(country.as_str()))
}

fn sector(party: &ExportParty) -> Option<Cow<'_, str>> {
    party.sector.map(|sector| Cow::Borrowed(sector.as_str()))
}

fn sectors(party: &ExportParty) -> Option<Cow<'_, str>> {
    let sectors: Vec<&str> = party.sectors.iter().map(|sector| sector.as_str()).collect();
    (!sectors.is_empty()).then(|| Cow::Owned(sectors.join(",")))
}

fn titles(party: &ExportParty) -> Option<Cow<'_, str>> {
    (!party.roles.is_empty()).then(|| Cow::Owned(party.roles.join(",")))
}

/// The name of the place of an event, where the place is such.
pub(crate) fn place_if<'a>(
    event: &'a ExportEvent,
    is_such: fn(&crate::event::ExportPlace) -> bool,
) -> Value<'a> {
    event
        .place
        .as_ref()
        .filter(|place| is_such(place))
        .map_or(Value::Missing, |place| Value::text(place.name.as_str()))
}

/// The name of the country that the place of an event lies in.
pub(crate) fn place_country(event: &ExportEvent) -> Value<'_> {
    let country = event.place.as_ref().and_then(|place| place.country);
    country.and_then(crate::codes::country_name).map_or(Value::Missing, Value::text)
}

/// Degrees north of the place of an event.
pub(crate) fn latitude(event: &ExportEvent) -> Value<'_> {
    coordinates(event).map_or(Value::Missing, |(lat, _)| Value::Number(lat, 5))
}

/// Degrees east of the place of an event.
pub(crate) fn longitude(event: &ExportEvent) -> Value<'_> {
    coordinates(event).map_or(Value::Missing, |(_, lon)| Value::Number(lon, 5))
}

fn coordinates(event: &ExportEvent) -> Option<(f64, f64)> {
    event.place.as_ref().and_then(|place| place.coordinates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::sample::several;
    use crate::writer::write_events;

    /// The header of `ngecEventsDV-2022-Jan.txt`.
    const HEADER: &str = "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|\
        Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|\
        Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|\
        Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|\
        GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|\
        Story Locations|Language|Version";

    #[test]
    fn columns_are_those_of_the_data_set() {
        assert_eq!(Format::Polecat.columns(), HEADER.split('|').collect::<Vec<_>>());
    }

    #[test]
    fn rows() {
        let mut bytes = Vec::new();
        write_events(Format::Polecat, several(), &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("text").replace(CODER, "dateline VERSION");
        let rows: Vec<&str> = text.lines().skip(1).collect();
        insta::assert_snapshot!(rows.join("\n").replace('\t', "|"), @r"
        17|2022-04-17|ASSAULT|drone|-9.5|4|military;human_security|North Korea's army;Unit 7|PRK;PRK||MIL;None|MIL,GOV;None|attacking army;None|the army;None||crew of the 'Sea Wolf'|KOR||CVL|CVL||||Marenko|Marenko|||South Korea|37.5667|126.9783|1835848|Marenko|PPL|Harbour Post|2022-04-18||||English|dateline VERSION
        18||CONSULT||2.5|1||Ada Moro;UN Security Council|USA;UNO||GOV;None|GOV;None|special envoy,former judge;None||||||||||||||||||||||||||English|dateline VERSION
        19|2022-04-16|PROTEST|demo|-5|4||ROU|ROU||LAB|LAB|||||||||||||||||||||||||||English|dateline VERSION
        ");
    }
}
