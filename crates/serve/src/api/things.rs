//! What the API answers with, field by field: the table that its schemas and the page that explains it are made from.
//!
//! The rows themselves are written by `dateline-rows`; a test asks every operation and compares each row with this table.
//! One table in one file, so that it can be read from top to bottom.

use super::shapes::{Field, Shape, Thing};
use dateline_attribute::StatementKind;
use dateline_clean::Reason;
use dateline_link::{Correcting, DiscrepancyKind, Status};
use dateline_plover::{Context, EventType, QuadClass, SizeKind};
use dateline_record::CorrectionKind;
use dateline_resolve::{ActorKind, PlaceKind, Sector};

impl Field {
    const fn or_null(self) -> Field {
        Field { can_be_null: true, ..self }
    }
}

const fn field(name: &'static str, shape: Shape, meaning: &'static str) -> Field {
    Field { name, shape, can_be_null: false, meaning }
}

const fn text(name: &'static str, meaning: &'static str) -> Field {
    field(name, Shape::Text, meaning)
}

const fn day(name: &'static str, meaning: &'static str) -> Field {
    field(name, Shape::Day, meaning).or_null()
}

const fn number_of(name: &'static str, meaning: &'static str) -> Field {
    field(name, Shape::Integer, meaning)
}

const fn list(name: &'static str, of: &'static Shape, meaning: &'static str) -> Field {
    field(name, Shape::List(of), meaning)
}

/// Every thing that an answer can hold, those within others first.
pub(crate) static THINGS: [&Thing; 33] = [
    &PARTY,
    &DAYS,
    &NAMED_PLACE,
    &PLACE,
    &PLACE_COUNT,
    &SPAN,
    &REMOVED,
    &QUOTE,
    &EVIDENCE,
    &SIZE,
    &HELD_DATE,
    &HELD_PLACE,
    &HELD_STATUS,
    &HELD_SIZE,
    &FIELDS,
    &CORRECTED,
    &CORRECTION,
    &DISCREPANCY_VALUE,
    &DISCREPANCY,
    &EVENT,
    &EVENT_DETAIL,
    &TOLD,
    &STATEMENT,
    &STATEMENT_DETAIL,
    &ACTOR,
    &REPORT,
    &FOUND,
    &PASSAGE,
    &LINEAGE,
    &REPORT_DETAIL,
    &TENSION,
    &CHANGE,
    &STATE,
];

const IDS: Shape = Shape::Text;

macro_rules! words {
    ($kind:ty) => {
        Shape::Word(|| <$kind>::ALL.iter().map(|word| word.as_str()).collect())
    };
}

pub(crate) static PARTY: Thing = Thing {
    name: "Party",
    meaning: "Somebody in a role.",
    more_than: None,
    fields: &[
        text("id", "number in this record, such as a12"),
        text("name", "its name, or its description where it has none"),
        field("kind", words!(ActorKind), "what sort of actor"),
        text("country", "ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC").or_null(),
        field("sector", words!(Sector), "PLOVER's sector").or_null(),
    ],
};

static DAYS: Thing = Thing {
    name: "Days",
    meaning: "One day, or all days from one to another.",
    more_than: None,
    fields: &[
        field("from", Shape::Day, "the first day"),
        field("to", Shape::Day, "the last day; the same where it is one day"),
    ],
};

static NAMED_PLACE: Thing = Thing {
    name: "NamedPlace",
    meaning: "A place as reports give it.",
    more_than: None,
    fields: &[
        text("name", "its name"),
        field("kind", words!(PlaceKind), "what sort of place"),
        field("lat", Shape::Number, "degrees north, WGS 84").or_null(),
        field("lon", Shape::Number, "degrees east, WGS 84").or_null(),
        text("country", "ISO 3166 alpha-3").or_null(),
        field("geonameid", Shape::Integer, "number in GeoNames").or_null(),
    ],
};

static PLACE: Thing = Thing {
    name: "Place",
    meaning: "A place of this record.",
    more_than: Some(&NAMED_PLACE),
    fields: &[text("id", "number in this record, such as p12")],
};

pub(crate) static PLACE_COUNT: Thing = Thing {
    name: "PlaceCount",
    meaning: "A place, and how many events happened there.",
    more_than: Some(&PLACE),
    fields: &[number_of("events", "events there that pass the filters")],
};

static SPAN: Thing = Thing {
    name: "Span",
    meaning: "A part of the text of a report, half-open, in Unicode code points.",
    more_than: None,
    fields: &[number_of("start", "the first code point"), number_of("end", "one past the last code point")],
};

static REMOVED: Thing = Thing {
    name: "Removed",
    meaning: "A part of the text that is no part of the article.",
    more_than: Some(&SPAN),
    fields: &[field("reason", words!(Reason), "why it was left out")],
};

static QUOTE: Thing = Thing {
    name: "Quote",
    meaning: "Words of a report: its text from start to end is exactly text.",
    more_than: Some(&SPAN),
    fields: &[text("report", "the report, such as r3"), text("text", "the words of the report, quoted")],
};

pub(crate) static EVIDENCE: Thing = Thing {
    name: "Evidence",
    meaning: "A sentence of a report that tells an event, with who published it.",
    more_than: Some(&QUOTE),
    fields: &[
        number_of("number", "number of the telling in its report"),
        field("attributed_to", Shape::Thing(&PARTY), "who says so, where it is not the report itself")
            .or_null(),
        field("trigger", Shape::Thing(&QUOTE), "the words that evoke the event").or_null(),
        field("event", words!(EventType), "what this telling says it was"),
        field("status", words!(Status), "whether this telling says that it happened"),
        field("confidence", Shape::Number, "how likely type, actor and recipient are right, 0 to 1"),
        text("report_name", "id of the report as given"),
        text("outlet", "who published it").or_null(),
        text("title", "its headline").or_null(),
        text("url", "where").or_null(),
        text("published", "when, as exactly as given (ISO 8601)").or_null(),
        text("prefix", "up to 32 code points before the words"),
        text("suffix", "up to 32 code points after them"),
    ],
};

static SIZE: Thing = Thing {
    name: "Size",
    meaning: "How many.",
    more_than: None,
    fields: &[field("kind", words!(SizeKind), "of what"), number_of("count", "how many")],
};

macro_rules! held {
    ($static:ident, $name:literal, $meaning:literal, $shape:expr) => {
        static $static: Thing = Thing {
            name: $name,
            meaning: $meaning,
            more_than: None,
            fields: &[
                field("value", $shape, "the value"),
                list("reports", &IDS, "the reports that give it"),
                list("evidence", &Shape::Thing(&QUOTE), "their words"),
            ],
        };
    };
}

held!(HELD_DATE, "HeldDate", "A day of an event, and who gives it.", Shape::Thing(&DAYS));
held!(HELD_PLACE, "HeldPlace", "A place of an event, and who gives it.", Shape::Thing(&NAMED_PLACE));
held!(HELD_STATUS, "HeldStatus", "Whether an event happened, and who says so.", words!(Status));
held!(HELD_SIZE, "HeldSize", "A number of an event, and who gives it.", Shape::Thing(&SIZE));

static FIELDS: Thing = Thing {
    name: "Fields",
    meaning: "The values that reports give, each with who gives it.",
    more_than: None,
    fields: &[
        list("date", &Shape::Thing(&HELD_DATE), "days"),
        list("place", &Shape::Thing(&HELD_PLACE), "places"),
        list("status", &Shape::Thing(&HELD_STATUS), "whether it happened"),
        list("size", &Shape::Thing(&HELD_SIZE), "numbers of dead, injured and so on"),
    ],
};

static CORRECTED: Thing = Thing {
    name: "Corrected",
    meaning: "That an outlet has taken back a value.",
    more_than: None,
    fields: &[
        text("report", "the report that gave it"),
        text("by", "the report that corrects it"),
        text("outlet", "who published both").or_null(),
        day("day", "when it was corrected"),
        field("how", words!(Correcting), "by a note, or by another version of the report"),
    ],
};

static DISCREPANCY_VALUE: Thing = Thing {
    name: "DiscrepancyValue",
    meaning: "One of the values that reports give.",
    more_than: None,
    fields: &[
        text("value", "the value"),
        number_of("n_reports", "reports that give it"),
        day("since", "when a report first gave it"),
        list("evidence", &Shape::Thing(&QUOTE), "the words of the first of them"),
        list("corrected", &Shape::Thing(&CORRECTED), "which of them were corrected"),
        field("withdrawn", Shape::Flag, "whether all who gave it have taken it back"),
    ],
};

pub(crate) static DISCREPANCY: Thing = Thing {
    name: "Discrepancy",
    meaning: "Two or more values where there should be one.",
    more_than: None,
    fields: &[
        text("id", "number in this record, such as d12; one that is worked out anew gets another"),
        field("kind", words!(DiscrepancyKind), "in what they differ"),
        text("about", "the event, statement or actor that it is about"),
        list(
            "values",
            &Shape::Thing(&DISCREPANCY_VALUE),
            "the values, the one with most independent reports first",
        ),
        text("note", "what differs, in one sentence"),
    ],
};

static CORRECTION: Thing = Thing {
    name: "Correction",
    meaning: "What somebody has corrected of an event.",
    more_than: None,
    fields: &[
        text("id", "number in this record, such as c12"),
        field("kind", words!(CorrectionKind), "what was done"),
        text("event", "the event; of a merge the one that stays"),
        text("other", "of a merge the event that became it, of a split the one that began").or_null(),
        field("before", Shape::Any, "the fields as they were"),
        field("after", Shape::Any, "the fields as they are"),
        text("who", "who did it"),
        text("made", "when (ISO 8601)").or_null(),
        text("why", "the reason given").or_null(),
        number_of("tellings", "tellings that it is about"),
        text("undoes", "the correction that it undoes").or_null(),
        text("undone_by", "the correction that undoes it").or_null(),
    ],
};

pub(crate) static EVENT: Thing = Thing {
    name: "Event",
    meaning: "Something that reports say was done, is planned, or did not happen.",
    more_than: None,
    fields: &[
        text("id", "number in this record, such as e12"),
        field("event", words!(EventType), "PLOVER 2.0 type"),
        list("mode", &Shape::Text, "how, in the codebook's order"),
        list("context", &words!(Context), "what it is about"),
        field("quad", words!(QuadClass), "the quadrant"),
        field("scale", Shape::Number, "PLOVER's score, -10 (conflict) to 10"),
        field("status", words!(Status), "whether it happened, by most reports"),
        list("actor", &Shape::Thing(&PARTY), "who"),
        list("recipient", &Shape::Thing(&PARTY), "to whom"),
        field("date", Shape::Thing(&DAYS), "when, by most reports; never the day of publication").or_null(),
        field("place", Shape::Thing(&PLACE), "where").or_null(),
        number_of("n_reports", "reports that tell it"),
        number_of(
            "independent_reports",
            "of these, those that do not come from one another or from one origin",
        ),
        day("first_told", "when the first of them was published"),
        day("last_told", "when the last of them was"),
        field("confidence", Shape::Number, "of the surest telling, 0 to 1"),
    ],
};

pub(crate) static EVENT_DETAIL: Thing = Thing {
    name: "EventDetail",
    meaning: "An event with all that its reports say.",
    more_than: Some(&EVENT),
    fields: &[
        list("reports", &IDS, "the reports that tell it"),
        list("evidence", &Shape::Thing(&EVIDENCE), "each telling, in order of report and text"),
        field("fields", Shape::Thing(&FIELDS), "competing values"),
        list("discrepancies", &Shape::Thing(&DISCREPANCY), "where the reports differ"),
        list("rejected", &Shape::Thing(&EVIDENCE), "tellings that somebody has rejected"),
        list("corrections", &Shape::Thing(&CORRECTION), "what people have corrected, in order"),
    ],
};

pub(crate) static STATEMENT: Thing = Thing {
    name: "Statement",
    meaning: "Something that somebody said.",
    more_than: None,
    fields: &[
        text("id", "number in this record, such as s12"),
        field("speaker", Shape::Thing(&PARTY), "who said it").or_null(),
        field("kind", words!(StatementKind), "whether it stands in quotation marks"),
        text("summary", "the words on one line").or_null(),
        field("first", Shape::Thing(&QUOTE), "the words as the first report has them").or_null(),
        number_of("n_reports", "reports that give it"),
        number_of("independent_reports", "of these, those that are independent of each other"),
        day("first_told", "when the first of them was published"),
        day("last_told", "when the last of them was"),
    ],
};

static TOLD: Thing = Thing {
    name: "Told",
    meaning: "A statement as one report gives it.",
    more_than: None,
    fields: &[
        day("day", "when the report was published"),
        text("report", "the report"),
        text("outlet", "who published it").or_null(),
        text("text", "the words"),
        list("numbers", &Shape::Integer, "the numbers in them, without years"),
    ],
};

pub(crate) static STATEMENT_DETAIL: Thing = Thing {
    name: "StatementDetail",
    meaning: "A statement with the words of each report.",
    more_than: Some(&STATEMENT),
    fields: &[
        list("reports", &IDS, "the reports that give it"),
        list("evidence", &Shape::Thing(&QUOTE), "their words"),
        list("history", &Shape::Thing(&TOLD), "how it was told, the earliest first"),
        list("discrepancies", &Shape::Thing(&DISCREPANCY), "where the reports differ"),
    ],
};

pub(crate) static ACTOR: Thing = Thing {
    name: "Actor",
    meaning: "Somebody who takes part in events or says something.",
    more_than: Some(&PARTY),
    fields: &[
        list("names", &Shape::Text, "every form of its name, the most frequent first"),
        list("roles", &Shape::Text, "what reports say it is"),
        number_of("n_reports", "reports that speak of it"),
        number_of("n_events", "events in which it takes part"),
    ],
};

pub(crate) static REPORT: Thing = Thing {
    name: "Report",
    meaning: "A report as it was published.",
    more_than: None,
    fields: &[
        text("id", "number in this record, such as r12"),
        text("name", "its id as given"),
        text("outlet", "who published it").or_null(),
        text("title", "its headline").or_null(),
        text("byline", "who wrote it").or_null(),
        text("published", "when, as exactly as given (ISO 8601)").or_null(),
        text("url", "where").or_null(),
        text("language", "ISO 639-1").or_null(),
        number_of("version", "which version of it, from 1"),
        text("replaces", "the version that it replaces").or_null(),
        text("origin", "the agency credited for it").or_null(),
        field("independent", Shape::Flag, "whether it is the first of its source"),
        text("counted_as", "the earliest report that has the same source"),
        text("uncoded", "why nothing was coded from it").or_null(),
        number_of("n_events", "events that it tells"),
        number_of("n_statements", "statements that it gives"),
        text("input", "path and line that it was read from"),
    ],
};

pub(crate) static FOUND: Thing = Thing {
    name: "Found",
    meaning: "A report that has the words looked for.",
    more_than: Some(&REPORT),
    fields: &[
        field("quote", Shape::Thing(&QUOTE), "the first place of its text that has one of them").or_null()
    ],
};

static PASSAGE: Thing = Thing {
    name: "Passage",
    meaning: "Words that two reports share.",
    more_than: None,
    fields: &[
        field("a", Shape::Thing(&QUOTE), "in this report"),
        field("b", Shape::Thing(&QUOTE), "in the other"),
        field("quoted", Shape::Flag, "whether both have them inside quotation marks"),
    ],
};

static LINEAGE: Thing = Thing {
    name: "Lineage",
    meaning: "Wording that two reports share.",
    more_than: None,
    fields: &[
        list("reports", &IDS, "this report and the other"),
        field("shared", Shape::Number, "part of the shorter article that is shared, 0 to 1"),
        field("shared_unquoted", Shape::Number, "the same without what both quote"),
        field("is_copy", Shape::Flag, "whether they count as one source"),
        list("passages", &Shape::Thing(&PASSAGE), "what is shared"),
    ],
};

pub(crate) static REPORT_DETAIL: Thing = Thing {
    name: "ReportDetail",
    meaning: "A report with its text and what was found in it.",
    more_than: Some(&REPORT),
    fields: &[
        text("text", "the text that all spans count in"),
        list("paragraphs", &Shape::Thing(&SPAN), "the article"),
        list("removed", &Shape::Thing(&REMOVED), "what is no part of it"),
        list("corrections", &Shape::Thing(&SPAN), "notes in which the outlet corrects itself"),
        list("events", &IDS, "events that it tells"),
        list("statements", &IDS, "statements that it gives"),
        field("extra", Shape::Any, "keys of its input that were not understood, else null"),
        list("lineage", &Shape::Thing(&LINEAGE), "reports that share wording with it"),
    ],
};

pub(crate) static TENSION: Thing = Thing {
    name: "Tension",
    meaning: "What the events of a day score together; docs/record.md has the formulas.",
    more_than: None,
    fields: &[
        field("date", Shape::Day, "the day; days without an event are left out"),
        number_of("events", "events that happened on it"),
        number_of("conflict", "of these, those of a score below 0"),
        number_of("cooperation", "of these, those of a score above 0"),
        field("sum", Shape::Number, "the sum of their scores"),
        field("mean", Shape::Number, "their mean, -10 to 10"),
    ],
};

pub(crate) static CHANGE: Thing = Thing {
    name: "Change",
    meaning: "Something that is new or told otherwise.",
    more_than: None,
    fields: &[
        field("kind", Shape::Word(|| vec!["event", "statement", "discrepancy"]), "what it is"),
        field("change", Shape::Word(|| vec!["new", "changed"]), "what became of it"),
        list("fields", &Shape::Text, "what is told otherwise"),
        text("id", "its number"),
        field("now", Shape::Either(&[&EVENT, &STATEMENT, &DISCREPANCY]), "as it is now"),
    ],
};

pub(crate) static STATE: Thing = Thing {
    name: "State",
    meaning: "What the record holds.",
    more_than: None,
    fields: &[
        number_of("reports", "reports in it"),
        number_of("events", "rows of events"),
        number_of("statements", "rows of statements"),
        day("first_day", "when the first report was published"),
        day("last_day", "when the last one was"),
        text("last_run", "when something was last added, by the clock of whoever did").or_null(),
        text("software", "name and version of what added it").or_null(),
        text("models", "the trained models that it used").or_null(),
    ],
};
