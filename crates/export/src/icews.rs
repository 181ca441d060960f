//! ICEWS coded events: 20 tab-separated columns with a header.
//!
//! In:  an event that has a CAMEO code and a day.
//! Out: its row; columns as in the files `events.YYYY.….tab` of the data set.
//!
//! ```text
//! Event ID  Event Date  Source Name  Source Sectors       …  Event Text             CAMEO Code  Intensity
//! 17        2022-04-17  the army     Military,Government     Employ aerial weapons  195         -10
//! ```

use crate::codes::country_name;
use crate::column::{Column, Kind, OfEvent, Value, column};
use crate::dyad::icews_sectors;
use crate::event::ExportParty;
use crate::format::About;
use crate::polecat::{latitude, longitude, place_country, place_if};
use crate::text::{TsvStyle, tsv_row};
use crate::writer::LineFormat;
use dateline_resolve::PlaceKind;

pub(crate) const ABOUT: About = About {
    title: "ICEWS coded events",
    shape: "Tab-separated, UTF-8, with a header; 20 columns, one event a row. Nothing is quoted: in text a straight \
            double quotation mark is written as a single one, a tab or line end as a space.",
    extension: "tab",
    losses: &[
        "One source and one target: the first actor and the first recipient (of a meeting without one, the second \
         actor); further ones are lost.",
        "Events without a day are left out, and those of which only more than a week is told.",
        "Planned events are left out but for planned cooperation, which CAMEO codes as an intent (03); so are denied \
         and hypothetical ones.",
        "Type, modes and contexts become one CAMEO code; a request is always a demand (10).",
        "How many reports tell an event, how many of them are independent, the confidence, sizes, and the words have \
         no column; of the reports only the first is named.",
    ],
};

const STYLE: TsvStyle = TsvStyle { separator: ",", day: "%Y-%m-%d" };

pub(crate) const LINES: LineFormat = LineFormat {
    begin: |line| tsv_row(COLUMNS.iter().map(|column| Value::text(column.note.name)), STYLE, line),
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

pub(crate) static COLUMNS: &[Column<OfEvent>] = &[
    column("Event ID", Kind::Integer, "", "number of the event in its record", NEVER, |event| {
        Value::id(event.id)
    }),
    column(
        "Event Date",
        Kind::Day,
        "YYYY-MM-DD",
        "day on which it happened, the first of several",
        "the event is left out",
        |event| Value::day(event.day()),
    ),
    column("Source Name", Kind::Text, "", "the first actor", EMPTY, |event| name(event.dyad().source)),
    column(
        "Source Sectors",
        Kind::Text,
        "ICEWS, joined by `,`",
        "its sectors, those for which ICEWS' label is known",
        EMPTY,
        |event| icews_sectors(event.dyad().source),
    ),
    column("Source Country", Kind::Text, "", "name of the state it belongs to", EMPTY, |event| {
        country(event.dyad().source)
    }),
    column("Event Text", Kind::Text, "", "name of the CAMEO code", "the event is left out", |event| {
        event.cameo().map_or(Value::Missing, |code| Value::text(code.name))
    }),
    column(
        "CAMEO Code",
        Kind::Text,
        "CAMEO",
        "what happened; text, for its leading zero",
        "the event is left out",
        |event| event.cameo().map_or(Value::Missing, |code| Value::text(code.code)),
    ),
    column(
        "Intensity",
        Kind::Number,
        "-10 (conflict) to 10",
        "Goldstein score of the CAMEO code",
        "the event is left out",
        |event| event.cameo().map_or(Value::Missing, |code| Value::Number(code.goldstein, 1)),
    ),
    column("Target Name", Kind::Text, "", "the first recipient", EMPTY, |event| name(event.dyad().target)),
    column("Target Sectors", Kind::Text, "ICEWS, joined by `,`", "its sectors", EMPTY, |event| {
        icews_sectors(event.dyad().target)
    }),
    column("Target Country", Kind::Text, "", "name of the state it belongs to", EMPTY, |event| {
        country(event.dyad().target)
    }),
    column(
        "Story ID",
        Kind::Text,
        "",
        "id of the first report that tells it, as given; ICEWS has a number there",
        EMPTY,
        |event| event.evidence.first().map_or(Value::Missing, |shown| Value::text(shown.report.as_str())),
    ),
    column(
        "Sentence Number",
        Kind::Integer,
        "",
        "which sentence of the report",
        "always empty: not held by this program",
        |_| Value::Missing,
    ),
    column("Publisher", Kind::Text, "", "outlet of that report", EMPTY, |event| {
        event.evidence.first().map_or(Value::Missing, |shown| Value::some(&shown.outlet))
    }),
    column("City", Kind::Text, "", "the place, where it is a settlement", EMPTY, |event| {
        place_if(event, |place| place.kind == PlaceKind::Settlement)
    }),
    column(
        "District",
        Kind::Text,
        "",
        "the district it lies in",
        "always empty: not held by this program",
        |_| Value::Missing,
    ),
    column("Province", Kind::Text, "", "the place, where it is a region", EMPTY, |event| {
        place_if(event, |place| place.kind == PlaceKind::Region)
    }),
    column("Country", Kind::Text, "", "name of the country that the place lies in", EMPTY, place_country),
    column("Latitude", Kind::Number, "degrees north, WGS 84", "of the middle of the place", EMPTY, latitude),
    column("Longitude", Kind::Number, "degrees east, WGS 84", "of the middle of the place", EMPTY, longitude),
];

fn name(party: Option<&ExportParty>) -> Value<'_> {
    party.map_or(Value::Missing, |party| Value::text(party.name.as_str()))
}

fn country(party: Option<&ExportParty>) -> Value<'_> {
    party.and_then(|party| party.country).and_then(country_name).map_or(Value::Missing, Value::text)
}

#[cfg(test)]
mod tests {
    use crate::format::Format;
    use crate::sample::several;
    use crate::writer::write_events;

    /// The header of `events.1995.20150313082510.tab`.
    const HEADER: &str = "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|\
        Intensity|Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|\
        Province|Country|Latitude|Longitude";

    #[test]
    fn columns_are_those_of_the_data_set() {
        assert_eq!(Format::Icews.columns(), HEADER.split('|').collect::<Vec<_>>());
    }

    #[test]
    fn rows() {
        let mut bytes = Vec::new();
        write_events(Format::Icews, several(), &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("text");
        let rows: Vec<&str> = text.lines().skip(1).collect();
        insta::assert_snapshot!(rows.join("\n").replace('\t', "|"), @r"
        17|2022-04-17|North Korea's army|Military,Government|North Korea|Employ aerial weapons|195|-10|crew of the 'Sea Wolf'|General Population / Civilian / Social,Social|South Korea|harbour-1||Harbour Post|Marenko|||South Korea|37.5667|126.9783
        19|2022-04-16|ROU||Romania|Demonstrate or rally|141|-6.5||||||||||||
        ");
    }
}
