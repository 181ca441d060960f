//! GDELT 2.0 mentions: 16 tab-separated columns without a header, one sentence that tells an event a row.
//!
//! In:  the sentences of an event that has a CAMEO code and a day.
//! Out: their rows; columns as in `YYYYMMDDhhmmss.mentions.CSV`.
//!
//! ```text
//! GLOBALEVENTID EventTimeDate  MentionTimeDate MentionType MentionSourceName … ActionCharOffset InRawText Confidence
//! 17            20220418131900 20220418131900  1           Harbour Post        20               1         83
//! ```

use super::{STYLE, moment};
use crate::column::{Column, Kind, OfTelling, Value, column};
use crate::format::About;
use crate::table::evidence::tellings;
use crate::text::tsv_row;
use crate::writer::LineFormat;

pub(crate) const ABOUT: About = About {
    title: "GDELT 2.0 mentions",
    shape: "Tab-separated, UTF-8, without a header; 16 columns, one sentence that tells an event a row. Text as in \
            `gdelt`.",
    extension: "mentions.CSV",
    losses: &[
        "The same events are left out as in `gdelt`.",
        "The words, and to whom they are attributed, have no column; only where they begin.",
        "Tone, length and translation of the document, and the number of the sentence, are not held.",
    ],
};

pub(crate) const LINES: LineFormat = LineFormat {
    begin: |_| {},
    event: |event, left, line| {
        if event.fits_one_day(left) {
            for telling in tellings(event) {
                left.written += 1;
                tsv_row(COLUMNS.iter().map(|column| (column.value)(telling)), STYLE, line);
            }
        }
    },
    end: "",
};

const NEVER: &str = "always known";
const EMPTY: &str = "empty";
const NOT_HELD: &str = "always empty: not held by this program";
const NO_OFFSET: &str = "always -1, GDELT's sign for it: not held by this program";

pub(crate) static COLUMNS: &[Column<OfTelling>] = &[
    column("GLOBALEVENTID", Kind::Integer, "", "number of the event in its record", NEVER, |telling| {
        Value::id(telling.event.id)
    }),
    column(
        "EventTimeDate",
        Kind::Integer,
        "YYYYMMDDhhmmss, UTC",
        "when the first report that tells the event was published, as `DATEADDED` in `gdelt`",
        EMPTY,
        |telling| {
            let first = telling.event.evidence.iter().filter_map(|shown| shown.published).map(moment).min();
            first.map_or(Value::Missing, Value::Integer)
        },
    ),
    column(
        "MentionTimeDate",
        Kind::Integer,
        "YYYYMMDDhhmmss, UTC",
        "when this report was published; midnight where only the day is known",
        EMPTY,
        |telling| {
            telling.evidence.published.map_or(Value::Missing, |published| Value::Integer(moment(published)))
        },
    ),
    column(
        "MentionType",
        Kind::Integer,
        "1 web, 2 citation only",
        "whether `MentionIdentifier` is an address or the report's id",
        NEVER,
        |telling| Value::Integer(if telling.evidence.url.is_some() { 1 } else { 2 }),
    ),
    column("MentionSourceName", Kind::Text, "", "outlet of the report", EMPTY, |telling| {
        Value::some(&telling.evidence.outlet)
    }),
    column(
        "MentionIdentifier",
        Kind::Text,
        "URL or id",
        "address of the report, else its id as given",
        NEVER,
        |telling| Value::text(telling.evidence.url.as_deref().unwrap_or(&telling.evidence.report)),
    ),
    column("SentenceID", Kind::Integer, "", "number of the sentence in the report", NOT_HELD, |_| {
        Value::Missing
    }),
    column(
        "Actor1CharOffset",
        Kind::Integer,
        "characters",
        "where the first actor stands",
        NO_OFFSET,
        |_| Value::Integer(-1),
    ),
    column(
        "Actor2CharOffset",
        Kind::Integer,
        "characters",
        "where the first recipient stands",
        NO_OFFSET,
        |_| Value::Integer(-1),
    ),
    column(
        "ActionCharOffset",
        Kind::Integer,
        "code points",
        "where the sentence begins in the report's text",
        NEVER,
        |telling| Value::id(telling.evidence.start),
    ),
    column("InRawText", Kind::Integer, "0, 1", "1: found in the text as it stands", NEVER, |_| {
        Value::Integer(1)
    }),
    column(
        "Confidence",
        Kind::Integer,
        "percent",
        "probability that type, actor and recipient are right, of the surest telling of the event",
        NEVER,
        |telling| Value::Integer((f64::from(telling.event.confidence) * 100.0).round() as i64),
    ),
    column("MentionDocLen", Kind::Integer, "characters", "length of the report", NOT_HELD, |_| {
        Value::Missing
    }),
    column("MentionDocTone", Kind::Number, "-100 to 100", "tone of the report", NOT_HELD, |_| Value::Missing),
    column(
        "MentionDocTranslationInfo",
        Kind::Text,
        "",
        "empty: the reports are in English as given",
        "empty",
        |_| Value::Missing,
    ),
    column("Extras", Kind::Text, "", "not used by GDELT", "empty", |_| Value::Missing),
];

#[cfg(test)]
mod tests {
    use crate::format::Format;
    use crate::sample::attack;
    use crate::writer::write_events;

    /// Columns of the GDELT 2.0 codebook.
    const HEADER: &str = "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName \
        MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence \
        MentionDocLen MentionDocTone MentionDocTranslationInfo Extras";

    #[test]
    fn columns_are_those_of_the_codebook() {
        assert_eq!(Format::GdeltMentions.columns(), HEADER.split(' ').collect::<Vec<_>>());
    }

    #[test]
    fn rows() {
        let mut bytes = Vec::new();
        write_events(Format::GdeltMentions, [attack()], &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("text");
        insta::assert_snapshot!(text.trim_end_matches('\n').replace('\t', "|"), @r"
        17|20220418131900|20220418131900|1|Harbour Post|https://harbour.example/1||-1|-1|20|1|83||||
        17|20220418131900|20220419000000|2|Valley Wire|valley 2||-1|-1|0|1|83||||
        ");
    }
}
