//! GDELT 2.0 events: 61 tab-separated columns without a header.
//!
//! In:  an event that has a CAMEO code and a day.
//! Out: its row; columns as in `YYYYMMDDhhmmss.export.CSV`.
//!
//! Countries have two sorts of code here: CAMEO's three letters in the fields of actors, FIPS 10-4 in the fields of
//! places. What GDELT computes from its own reading of the web (tone, root events, where an actor is) is not made up.
//!
//! ```text
//! GLOBALEVENTID SQLDATE  … Actor1Code Actor1Name … EventCode … ActionGeo_FullName   ActionGeo_CountryCode
//! 17            20220417   PRKMILGOV  THE ARMY     195         Marenko, South Korea KS
//! ```

use super::{STYLE, moment};
use crate::codes::{CameoActor, CountryList, country_name, fips};
use crate::column::{Column, Kind, OfEvent, Value, column};
use crate::event::{ExportEvent, ExportParty};
use crate::format::About;
use crate::polecat::{latitude, longitude};
use crate::text::tsv_row;
use crate::writer::LineFormat;
use dateline_resolve::PlaceKind;
use std::collections::BTreeSet;

pub(crate) const ABOUT: About = About {
    title: "GDELT 2.0 events",
    shape: "Tab-separated, UTF-8, without a header; 61 columns, one event a row. Nothing is quoted: in text a straight \
            double quotation mark is written as a single one, a tab or line end as a space.",
    extension: "export.CSV",
    losses: &[
        "One source and one target: the first actor and the first recipient (of a meeting without one, the second \
         actor); further ones are lost.",
        "Events without a day are left out, and those of which only more than a week is told.",
        "Planned events are left out but for planned cooperation, which CAMEO codes as an intent (03); so are denied \
         and hypothetical ones.",
        "Type, modes and contexts become one CAMEO code; a request is always a demand (10).",
        "Tone, root events, religions, ethnic groups and the places of actors are not known to this program.",
        "Confidence, sizes and independence have no column; the words have none either (see `gdelt-mentions`).",
        "Event numbers are those of your record, not GDELT's.",
    ],
};

pub(crate) const LINES: LineFormat = LineFormat {
    begin: |_| {},
    event: |event, left, line| {
        if event.fits_one_day(left) {
            left.written += 1;
            tsv_row(COLUMNS.iter().map(|column| (column.value)(event)), STYLE, line);
        }
    },
    end: "",
};

const NEVER: &str = "always known";
const EMPTY: &str = "empty";
const LEFT_OUT: &str = "the event is left out";
const NOT_HELD: &str = "always empty: not held by this program";
const NO_PLACE: &str = "always 0, no match: this program does not place actors";

pub(crate) static COLUMNS: &[Column<OfEvent>] = &[
    column("GLOBALEVENTID", Kind::Integer, "", "number of the event in its record", NEVER, |event| {
        Value::id(event.id)
    }),
    column(
        "SQLDATE",
        Kind::Day,
        "YYYYMMDD",
        "day on which it happened, the first of several",
        LEFT_OUT,
        |event| Value::day(event.day()),
    ),
    column("MonthYear", Kind::Integer, "YYYYMM", "month of that day", LEFT_OUT, |event| {
        event.day().map_or(Value::Missing, |day| {
            Value::Integer(i64::from(day.year()) * 100 + i64::from(day.month()))
        })
    }),
    column("Year", Kind::Integer, "YYYY", "year of that day", LEFT_OUT, |event| {
        event.day().map_or(Value::Missing, |day| Value::Integer(day.year().into()))
    }),
    column(
        "FractionDate",
        Kind::Number,
        "years",
        "the day as a part of the year, months counted as 30 days of 365, as GDELT does",
        LEFT_OUT,
        |event| {
            event.day().map_or(Value::Missing, |day| {
                let days = f64::from(day.month() - 1) * 30.0 + f64::from(day.day());
                Value::Number(f64::from(day.year()) + days / 365.0, 4)
            })
        },
    ),
    column(
        "Actor1Code",
        Kind::Text,
        "CAMEO",
        "country or international root, then agent codes of the first actor",
        EMPTY,
        |event| actor_code(event.dyad().source),
    ),
    column("Actor1Name", Kind::Text, "capital letters", "its name in the record", EMPTY, |event| {
        actor_name(event.dyad().source)
    }),
    column(
        "Actor1CountryCode",
        Kind::Text,
        "CAMEO",
        "the state it belongs to (ROM, TMP, IMY, MTN differ from ISO 3166)",
        EMPTY,
        |event| actor_country(event.dyad().source),
    ),
    column(
        "Actor1KnownGroupCode",
        Kind::Text,
        "CAMEO",
        "UNO, or EEC for the European Union",
        EMPTY,
        |event| actor_group(event.dyad().source),
    ),
    column("Actor1EthnicCode", Kind::Text, "CAMEO", "ethnic group", NOT_HELD, |_| Value::Missing),
    column("Actor1Religion1Code", Kind::Text, "CAMEO", "religion", NOT_HELD, |_| Value::Missing),
    column("Actor1Religion2Code", Kind::Text, "CAMEO", "religion", NOT_HELD, |_| Value::Missing),
    column(
        "Actor1Type1Code",
        Kind::Text,
        "CAMEO",
        "what it is (MED is media, HLH health, other than in PLOVER)",
        EMPTY,
        |event| actor_type(event.dyad().source, 0),
    ),
    column("Actor1Type2Code", Kind::Text, "CAMEO", "what it also is", EMPTY, |event| {
        actor_type(event.dyad().source, 1)
    }),
    column("Actor1Type3Code", Kind::Text, "CAMEO", "what it also is", EMPTY, |event| {
        actor_type(event.dyad().source, 2)
    }),
    column(
        "Actor2Code",
        Kind::Text,
        "CAMEO",
        "country or international root, then agent codes of the first recipient",
        EMPTY,
        |event| actor_code(event.dyad().target),
    ),
    column("Actor2Name", Kind::Text, "capital letters", "its name in the record", EMPTY, |event| {
        actor_name(event.dyad().target)
    }),
    column("Actor2CountryCode", Kind::Text, "CAMEO", "the state it belongs to", EMPTY, |event| {
        actor_country(event.dyad().target)
    }),
    column(
        "Actor2KnownGroupCode",
        Kind::Text,
        "CAMEO",
        "UNO, or EEC for the European Union",
        EMPTY,
        |event| actor_group(event.dyad().target),
    ),
    column("Actor2EthnicCode", Kind::Text, "CAMEO", "ethnic group", NOT_HELD, |_| Value::Missing),
    column("Actor2Religion1Code", Kind::Text, "CAMEO", "religion", NOT_HELD, |_| Value::Missing),
    column("Actor2Religion2Code", Kind::Text, "CAMEO", "religion", NOT_HELD, |_| Value::Missing),
    column("Actor2Type1Code", Kind::Text, "CAMEO", "what it is", EMPTY, |event| {
        actor_type(event.dyad().target, 0)
    }),
    column("Actor2Type2Code", Kind::Text, "CAMEO", "what it also is", EMPTY, |event| {
        actor_type(event.dyad().target, 1)
    }),
    column("Actor2Type3Code", Kind::Text, "CAMEO", "what it also is", EMPTY, |event| {
        actor_type(event.dyad().target, 2)
    }),
    column(
        "IsRootEvent",
        Kind::Integer,
        "0, 1",
        "whether it stands in the first paragraph",
        NOT_HELD,
        |_| Value::Missing,
    ),
    column("EventCode", Kind::Text, "CAMEO", "what happened", LEFT_OUT, |event| {
        event.cameo().map_or(Value::Missing, |code| Value::text(code.code))
    }),
    column("EventBaseCode", Kind::Text, "CAMEO", "its first three digits", LEFT_OUT, |event| {
        event.cameo().map_or(Value::Missing, |code| Value::text(code.base()))
    }),
    column("EventRootCode", Kind::Text, "CAMEO", "its first two digits", LEFT_OUT, |event| {
        event.cameo().map_or(Value::Missing, |code| Value::text(code.root()))
    }),
    column(
        "QuadClass",
        Kind::Integer,
        "1 to 4",
        "verbal cooperation (roots 01 to 05), material cooperation (06 to 08), verbal conflict (09 to 13), material conflict (14 to 20); not PLOVER's quadrant",
        LEFT_OUT,
        |event| event.cameo().map_or(Value::Missing, |code| Value::Integer(quad_class(code.root()))),
    ),
    column(
        "GoldsteinScale",
        Kind::Number,
        "-10 (conflict) to 10",
        "score of the CAMEO code",
        LEFT_OUT,
        |event| event.cameo().map_or(Value::Missing, |code| Value::Number(code.goldstein, 1)),
    ),
    column("NumMentions", Kind::Integer, "sentences", "how many sentences tell it", NEVER, |event| {
        Value::Integer(event.evidence.len() as i64)
    }),
    column(
        "NumSources",
        Kind::Integer,
        "outlets",
        "how many outlets tell it, as far as reports name theirs",
        NEVER,
        |event| {
            let outlets: BTreeSet<&str> =
                event.evidence.iter().filter_map(|shown| shown.outlet.as_deref()).collect();
            Value::Integer(outlets.len() as i64)
        },
    ),
    column("NumArticles", Kind::Integer, "reports", "how many reports tell it", NEVER, |event| {
        Value::Integer(event.n_reports.into())
    }),
    column("AvgTone", Kind::Number, "-100 to 100", "tone of the reports", NOT_HELD, |_| Value::Missing),
    column("Actor1Geo_Type", Kind::Integer, "0 to 5", "where the first actor is", NO_PLACE, |_| {
        Value::Integer(0)
    }),
    column("Actor1Geo_FullName", Kind::Text, "", "its name", NOT_HELD, |_| Value::Missing),
    column("Actor1Geo_CountryCode", Kind::Text, "FIPS 10-4", "its country", NOT_HELD, |_| Value::Missing),
    column("Actor1Geo_ADM1Code", Kind::Text, "FIPS 10-4", "its first division", NOT_HELD, |_| Value::Missing),
    column("Actor1Geo_ADM2Code", Kind::Text, "GAUL", "its second division", NOT_HELD, |_| Value::Missing),
    column("Actor1Geo_Lat", Kind::Number, "degrees north", "its latitude", NOT_HELD, |_| Value::Missing),
    column("Actor1Geo_Long", Kind::Number, "degrees east", "its longitude", NOT_HELD, |_| Value::Missing),
    column("Actor1Geo_FeatureID", Kind::Text, "GNS or GNIS", "its number", NOT_HELD, |_| Value::Missing),
    column("Actor2Geo_Type", Kind::Integer, "0 to 5", "where the first recipient is", NO_PLACE, |_| {
        Value::Integer(0)
    }),
    column("Actor2Geo_FullName", Kind::Text, "", "its name", NOT_HELD, |_| Value::Missing),
    column("Actor2Geo_CountryCode", Kind::Text, "FIPS 10-4", "its country", NOT_HELD, |_| Value::Missing),
    column("Actor2Geo_ADM1Code", Kind::Text, "FIPS 10-4", "its first division", NOT_HELD, |_| Value::Missing),
    column("Actor2Geo_ADM2Code", Kind::Text, "GAUL", "its second division", NOT_HELD, |_| Value::Missing),
    column("Actor2Geo_Lat", Kind::Number, "degrees north", "its latitude", NOT_HELD, |_| Value::Missing),
    column("Actor2Geo_Long", Kind::Number, "degrees east", "its longitude", NOT_HELD, |_| Value::Missing),
    column("Actor2Geo_FeatureID", Kind::Text, "GNS or GNIS", "its number", NOT_HELD, |_| Value::Missing),
    column(
        "ActionGeo_Type",
        Kind::Integer,
        "0 none, 1 country, 2 US state, 3 US city, 4 world city, 5 world state",
        "what sort of place; sites and natural features count as cities, as GDELT's landmarks do",
        "0",
        |event| Value::Integer(geo_type(event)),
    ),
    column(
        "ActionGeo_FullName",
        Kind::Text,
        "",
        "where it happened: the place, then its country",
        EMPTY,
        full_name,
    ),
    column(
        "ActionGeo_CountryCode",
        Kind::Text,
        "FIPS 10-4",
        "the country it lies in: `KS` is South Korea, `AS` Australia",
        EMPTY,
        geo_country,
    ),
    column(
        "ActionGeo_ADM1Code",
        Kind::Text,
        "FIPS 10-4",
        "the country's code, where the place is a country",
        "empty, also for any other place",
        geo_of_country,
    ),
    column("ActionGeo_ADM2Code", Kind::Text, "GAUL", "its second division", NOT_HELD, |_| Value::Missing),
    column(
        "ActionGeo_Lat",
        Kind::Number,
        "degrees north, WGS 84",
        "of the middle of the place",
        EMPTY,
        latitude,
    ),
    column(
        "ActionGeo_Long",
        Kind::Number,
        "degrees east, WGS 84",
        "of the middle of the place",
        EMPTY,
        longitude,
    ),
    column(
        "ActionGeo_FeatureID",
        Kind::Text,
        "GNS or GNIS",
        "the country's code, where the place is a country; GeoNames numbers are others and are not written here",
        "empty, also for any other place",
        geo_of_country,
    ),
    column(
        "DATEADDED",
        Kind::Integer,
        "YYYYMMDDhhmmss, UTC",
        "when the first report that tells it was published; midnight where only the day is known",
        EMPTY,
        |event| {
            let first = event.evidence.iter().filter_map(|shown| shown.published).map(moment).min();
            first.map_or(Value::Missing, Value::Integer)
        },
    ),
    column("SOURCEURL", Kind::Text, "URL", "address of the first report that has one", EMPTY, |event| {
        let url = event.evidence.iter().find_map(|shown| shown.url.as_deref());
        url.map_or(Value::Missing, Value::text)
    }),
];

fn actor(party: Option<&ExportParty>) -> CameoActor {
    party.map(|party| CameoActor::of(party, CountryList::Gdelt)).unwrap_or_default()
}

fn actor_code<'a>(party: Option<&ExportParty>) -> Value<'a> {
    Value::text(actor(party).code())
}

fn actor_name<'a>(party: Option<&ExportParty>) -> Value<'a> {
    party.map_or(Value::Missing, |party| Value::text(party.name.to_uppercase()))
}

fn actor_country<'a>(party: Option<&ExportParty>) -> Value<'a> {
    let actor = actor(party);
    Value::code(actor.root.filter(|_| actor.is_country))
}

fn actor_group<'a>(party: Option<&ExportParty>) -> Value<'a> {
    Value::code(actor(party).group)
}

fn actor_type<'a>(party: Option<&ExportParty>, number: usize) -> Value<'a> {
    Value::code(actor(party).types().get(number))
}

fn quad_class(root: &str) -> i64 {
    match root {
        "01" | "02" | "03" | "04" | "05" => 1,
        "06" | "07" | "08" => 2,
        "09" | "10" | "11" | "12" | "13" => 3,
        _ => 4,
    }
}

fn geo_type(event: &ExportEvent) -> i64 {
    let Some(place) = event.place.as_ref().filter(|place| place.coordinates.is_some()) else { return 0 };
    let is_american = place.country.is_some_and(|country| country.as_str() == "USA");
    match (place.kind, is_american) {
        (PlaceKind::Country, _) => 1,
        (PlaceKind::Region, true) => 2,
        (PlaceKind::Region, false) => 5,
        (PlaceKind::Settlement | PlaceKind::Site | PlaceKind::Natural, true) => 3,
        (PlaceKind::Settlement | PlaceKind::Site | PlaceKind::Natural, false) => 4,
        (PlaceKind::Unknown, _) => 0,
    }
}

fn full_name(event: &ExportEvent) -> Value<'_> {
    let Some(place) = &event.place else { return Value::Missing };
    match place.country.and_then(country_name).filter(|_| place.kind != PlaceKind::Country) {
        Some(country) => Value::text(format!("{}, {country}", place.name)),
        None => Value::text(place.name.as_str()),
    }
}

fn geo_country(event: &ExportEvent) -> Value<'_> {
    let country = event.place.as_ref().and_then(|place| place.country);
    country.and_then(fips).map_or(Value::Missing, Value::text)
}

fn geo_of_country(event: &ExportEvent) -> Value<'_> {
    let is_country = event.place.as_ref().is_some_and(|place| place.kind == PlaceKind::Country);
    if is_country { geo_country(event) } else { Value::Missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::sample::several;
    use crate::writer::write_events;

    /// Columns of the GDELT 2.0 codebook.
    fn columns() -> Vec<String> {
        let actor = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code";
        let geo = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID";
        let words = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let under = |prefix: &str, names: &str| {
            names.split(' ').map(|name| format!("{prefix}{name}")).collect::<Vec<_>>()
        };
        [
            words("GLOBALEVENTID SQLDATE MonthYear Year FractionDate"),
            under("Actor1", actor),
            under("Actor2", actor),
            words("IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"),
            under("Actor1Geo_", geo),
            under("Actor2Geo_", geo),
            under("ActionGeo_", geo),
            words("DATEADDED SOURCEURL"),
        ]
        .concat()
    }

    #[test]
    fn columns_are_those_of_the_codebook() {
        assert_eq!(columns().len(), 61);
        assert_eq!(Format::Gdelt.columns(), columns());
    }

    #[test]
    fn rows() {
        let mut bytes = Vec::new();
        write_events(Format::Gdelt, several(), &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("text");
        insta::assert_snapshot!(text.trim_end_matches('\n').replace('\t', "|"), @r"
        17|20220417|202204|2022|2022.2932|PRKMILGOV|NORTH KOREA'S ARMY|PRK|||||MIL|GOV||KORCVL|CREW OF THE 'SEA WOLF'|KOR|||||CVL||||195|195|19|4|-10|2|2|2||0||||||||0||||||||4|Marenko, South Korea|KS|||37.5667|126.9783||20220418131900|https://harbour.example/1
        19|20220416|202204|2022|2022.2904|ROMLAB|ROU|ROM|||||LAB||||||||||||||141|141|14|4|-6.5|0|0|1||0||||||||0||||||||0|||||||||
        ");
    }

    #[test]
    fn quadrants_by_root() {
        for (root, expected) in
            [("03", 1), ("05", 1), ("06", 2), ("08", 2), ("09", 3), ("13", 3), ("14", 4), ("20", 4)]
        {
            assert_eq!(quad_class(root), expected, "{root}");
        }
    }
}
