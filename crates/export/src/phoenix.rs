//! Phoenix: 26 tab-separated columns without a header.
//!
//! In:  an event that has a CAMEO code and a day.
//! Out: its row; columns in the order in which `phoenix_pipeline` writes them (`postprocess.py`).
//!
//! ```text
//! 17_v0.1.0  20220417  2022  04  17  PRKMILGOV  PRK  MIL  GOV  KORCVL  KOR  CVL    195  19  4  -10.0 …
//! ```

use crate::codes::{CameoActor, CountryList};
use crate::column::{Column, Kind, OfEvent, Value, column};
use crate::event::ExportParty;
use crate::format::About;
use crate::polecat::{latitude, longitude, place_country, place_if};
use crate::text::{TsvStyle, tsv_row};
use crate::writer::LineFormat;
use dateline_resolve::PlaceKind;
use std::collections::BTreeSet;

pub(crate) const ABOUT: About = About {
    title: "Phoenix",
    shape: "Tab-separated, UTF-8, without a header; 26 columns, one event a row. Nothing is quoted: in text a straight \
            double quotation mark is written as a single one, a tab or line end as a space.",
    extension: "txt",
    losses: &[
        "One source and one target: the first actor and the first recipient (of a meeting without one, the second \
         actor); further ones are lost. Their names have no column, only their codes.",
        "Events without a day are left out, and those of which only more than a week is told.",
        "Planned events are left out but for planned cooperation, which CAMEO codes as an intent (03); so are denied \
         and hypothetical ones.",
        "Type, modes and contexts become one CAMEO code; a request is always a demand (10).",
        "Confidence, sizes, independence and the words have no column.",
    ],
};

const STYLE: TsvStyle = TsvStyle { separator: ";", day: "%Y%m%d" };

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

/// The agents that Phoenix puts apart from the others.
const PRIMARY_AGENTS: &[&str] =
    &["GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL"];

const NEVER: &str = "always known";
const EMPTY: &str = "empty";
const LEFT_OUT: &str = "the event is left out";

pub(crate) static COLUMNS: &[Column<OfEvent>] = &[
    column(
        "EventID",
        Kind::Text,
        "NUMBER_VERSION",
        "number of the event in its record, then the version of the program",
        NEVER,
        |event| Value::text(format!("{}_v{}", event.id, env!("CARGO_PKG_VERSION"))),
    ),
    column(
        "Date",
        Kind::Day,
        "YYYYMMDD",
        "day on which it happened, the first of several",
        LEFT_OUT,
        |event| Value::day(event.day()),
    ),
    column("Year", Kind::Text, "YYYY", "its year", LEFT_OUT, |event| {
        Value::code(event.day().map(|day| format!("{:04}", day.year())))
    }),
    column("Month", Kind::Text, "MM", "its month", LEFT_OUT, |event| {
        Value::code(event.day().map(|day| format!("{:02}", day.month())))
    }),
    column("Day", Kind::Text, "DD", "its day", LEFT_OUT, |event| {
        Value::code(event.day().map(|day| format!("{:02}", day.day())))
    }),
    column("Source", Kind::Text, "CAMEO", "root, then agents of the first actor", EMPTY, |event| {
        code(event.dyad().source)
    }),
    column(
        "SourceRoot",
        Kind::Text,
        "ISO 3166 alpha-3, IGO, NGO, IMG, MNC",
        "the state it belongs to, or what it is above states",
        EMPTY,
        |event| root(event.dyad().source),
    ),
    column(
        "SourceAgent",
        Kind::Text,
        "CAMEO",
        "its main agent code, where it is one of the thirteen that Phoenix puts apart",
        EMPTY,
        |event| agent(event.dyad().source),
    ),
    column("SourceOthers", Kind::Texts, "CAMEO", "its other codes", EMPTY, |event| {
        others(event.dyad().source)
    }),
    column("Target", Kind::Text, "CAMEO", "root, then agents of the first recipient", EMPTY, |event| {
        code(event.dyad().target)
    }),
    column(
        "TargetRoot",
        Kind::Text,
        "ISO 3166 alpha-3, IGO, NGO, IMG, MNC",
        "the state it belongs to, or what it is above states",
        EMPTY,
        |event| root(event.dyad().target),
    ),
    column("TargetAgent", Kind::Text, "CAMEO", "its main agent code", EMPTY, |event| {
        agent(event.dyad().target)
    }),
    column("TargetOthers", Kind::Texts, "CAMEO", "its other codes", EMPTY, |event| {
        others(event.dyad().target)
    }),
    column("CAMEO", Kind::Text, "CAMEO", "what happened", LEFT_OUT, |event| {
        event.cameo().map_or(Value::Missing, |code| Value::text(code.code))
    }),
    column("RootCode", Kind::Text, "CAMEO", "its first two digits", LEFT_OUT, |event| {
        event.cameo().map_or(Value::Missing, |code| Value::text(code.root()))
    }),
    column(
        "QuadClass",
        Kind::Integer,
        "0 to 4",
        "by Phoenix' own table: 1 roots 03 to 05, 2 06 to 08, 3 09 to 13 and 16, 4 14, 15 and 17 to 20",
        LEFT_OUT,
        |event| event.cameo().map_or(Value::Missing, |code| Value::Integer(quad_class(code.root()))),
    ),
    column(
        "Goldstein",
        Kind::Number,
        "-10 (conflict) to 10",
        "score of the CAMEO code, by GDELT's table",
        LEFT_OUT,
        |event| event.cameo().map_or(Value::Missing, |code| Value::Number(code.goldstein, 1)),
    ),
    column(
        "Issues",
        Kind::Texts,
        "PLOVER contexts",
        "what it is about, each with the count 1 as Phoenix writes its issues; the names are PLOVER's",
        EMPTY,
        |event| Value::texts(event.contexts.iter().map(|context| format!("{context},1"))),
    ),
    column("Lat", Kind::Number, "degrees north, WGS 84", "of the middle of the place", EMPTY, latitude),
    column("Lon", Kind::Number, "degrees east, WGS 84", "of the middle of the place", EMPTY, longitude),
    column("LocationName", Kind::Text, "", "where it happened", EMPTY, |event| place_if(event, |_| true)),
    column("StateName", Kind::Text, "", "the same, where it is a region", EMPTY, |event| {
        place_if(event, |place| place.kind == PlaceKind::Region)
    }),
    column("CountryName", Kind::Text, "", "name of the country it lies in", EMPTY, place_country),
    column(
        "SentenceIDs",
        Kind::Texts,
        "REPORT_START",
        "the sentences that tell it: the report's id and the first code point",
        EMPTY,
        |event| Value::texts(event.evidence.iter().map(|shown| format!("{}_{}", shown.report, shown.start))),
    ),
    column("URLs", Kind::Texts, "URL", "addresses of the reports that have one", EMPTY, |event| {
        Value::texts(event.evidence.iter().filter_map(|shown| shown.url.as_deref()).collect::<BTreeSet<_>>())
    }),
    column("NewsSources", Kind::Texts, "", "outlets of the reports that name theirs", EMPTY, |event| {
        Value::texts(
            event.evidence.iter().filter_map(|shown| shown.outlet.as_deref()).collect::<BTreeSet<_>>(),
        )
    }),
];

fn actor(party: Option<&ExportParty>) -> CameoActor {
    party.map(|party| CameoActor::of(party, CountryList::Iso)).unwrap_or_default()
}

fn code<'a>(party: Option<&ExportParty>) -> Value<'a> {
    Value::text(actor(party).code())
}

fn root<'a>(party: Option<&ExportParty>) -> Value<'a> {
    // A movement above states has a code, but is no root of Phoenix'.
    Value::code(actor(party).root.filter(|root| root != "NGM"))
}

fn agent<'a>(party: Option<&ExportParty>) -> Value<'a> {
    Value::code(actor(party).agents.first().filter(|agent| PRIMARY_AGENTS.contains(agent)))
}

fn others<'a>(party: Option<&ExportParty>) -> Value<'a> {
    let actor = actor(party);
    let main = actor.agents.first().filter(|agent| PRIMARY_AGENTS.contains(agent));
    let agents = actor.agents.iter().filter(|agent| Some(*agent) != main).copied();
    Value::texts(actor.group.into_iter().chain(agents))
}

fn quad_class(root: &str) -> i64 {
    match root {
        "01" | "02" => 0,
        "03" | "04" | "05" => 1,
        "06" | "07" | "08" => 2,
        "09" | "10" | "11" | "12" | "13" | "16" => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::sample::several;
    use crate::writer::write_events;

    /// The order in `postprocess.py`.
    const HEADER: &str = "EventID Date Year Month Day Source SourceRoot SourceAgent SourceOthers Target TargetRoot \
        TargetAgent TargetOthers CAMEO RootCode QuadClass Goldstein Issues Lat Lon LocationName StateName \
        CountryName SentenceIDs URLs NewsSources";

    #[test]
    fn columns_are_those_of_the_pipeline() {
        assert_eq!(Format::Phoenix.columns(), HEADER.split(' ').collect::<Vec<_>>());
    }

    #[test]
    fn rows() {
        let mut bytes = Vec::new();
        write_events(Format::Phoenix, several(), &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("text").replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(text.trim_end_matches('\n').replace('\t', "|"), @r"
        17_vVERSION|20220417|2022|04|17|PRKMILGOV|PRK|MIL|GOV|KORCVL|KOR|CVL||195|19|4|-10|military,1;human_security,1|37.5667|126.9783|Marenko||South Korea|harbour-1_20;valley 2_0|https://harbour.example/1|Harbour Post;Valley Wire
        19_vVERSION|20220416|2022|04|16|ROULAB|ROU||LAB|||||141|14|4|-6.5|||||||||
        ");
    }

    #[test]
    fn quadrants_by_root() {
        for (root, expected) in
            [("03", 1), ("08", 2), ("13", 3), ("14", 4), ("15", 4), ("16", 3), ("17", 4), ("20", 4)]
        {
            assert_eq!(quad_class(root), expected, "{root}");
        }
    }
}
