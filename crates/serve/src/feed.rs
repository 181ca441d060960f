//! `/feed.xml`: events that pass the filters, the latest added first, as Atom (RFC 4287).
//!
//! In:  the record and the filters of the address.
//! Out: a feed that says the same as long as nothing is added: no clock, an entry is as old as its latest report; where no
//!      report has a day, as the event.
//!
//! Links are relative to the feed where the server does not know under which name it is reached.
//!
//! ```text
//! <id>tag:dateline.invalid,2026:5f3e…/e7</id> <updated>2022-04-18T00:00:00Z</updated>
//! ```

use crate::answer::Rendered;
use crate::asked::Asked;
use crate::error::PageError;
use crate::words::{code, cut, headline, reports};
use dateline_record::{EventRow, EvidenceRow, Record};
use dateline_text::visible;
use jiff::civil::Date;
use std::fmt::Write;
use xxhash_rust::xxh3::xxh3_64;

/// Characters of a quotation.
const QUOTE: usize = 300;
/// Where neither the reports nor the event have a day; an entry has to have one.
const NO_DAY: Date = jiff::civil::date(1970, 1, 1);

/// The feed.
pub(crate) fn feed(record: &mut Record, asked: &Asked) -> Result<Rendered, PageError> {
    let events = record.newest_events(&asked.query.filters)?;
    let name = name_of(record)?;
    let updated = events.iter().map(updated_on).max().or(asked.state.last_day).unwrap_or(NO_DAY);
    let (root, question) = (escaped(&asked.root), asked.query.address());
    let what = if asked.query.has_filters() { "Events that pass the filters" } else { "Events" };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <title>{what} – dateline</title>\n<id>tag:dateline.invalid,2026:{name}/{}</id>\n<updated>{updated}T00:00:00Z</updated>\n\
         <author><name>dateline</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{root}{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{root}{}\"/>\n",
        escaped(&question),
        escaped(&format!("/feed.xml{question}")),
        escaped(&format!("/events{question}")),
    );
    for event in &events {
        let first = record.event(event.id)?.and_then(|event| event.evidence.into_iter().next());
        let told = reports(event.n_reports, event.n_independent);
        let quote = first.map_or(String::new(), |first| format!(" {}", quoted(&first, QUOTE)));
        _ = write!(
            xml,
            "<entry>\n<id>tag:dateline.invalid,2026:{name}/e{id}</id>\n<title>{}</title>\n<updated>{}T00:00:00Z</updated>\n",
            escaped(&headline(event)),
            updated_on(event),
            id = event.id
        );
        if let Some(day) = event.first_told {
            _ = writeln!(xml, "<published>{day}T00:00:00Z</published>");
        }
        _ = write!(
            xml,
            "<link rel=\"alternate\" type=\"text/html\" href=\"{root}/event/e{}\"/>\n<category term=\"{}\"/>\n\
             <summary>{}</summary>\n</entry>\n",
            event.id,
            escaped(event.event.as_str()),
            escaped(&format!("{}, {}, {told}.{quote}", code(event), event.status)),
        );
    }
    xml.push_str("</feed>\n");
    Ok(Rendered::of("application/atom+xml; charset=utf-8", xml.into_bytes()))
}

/// When what is said of an event was last published. Not the last day of the record, which changes without the event.
pub(crate) fn updated_on(event: &EventRow) -> Date {
    event.last_told.or(event.date.map(|date| date.from)).unwrap_or(NO_DAY)
}

/// `Harbour Post, 2022-04-18: “Two drones hit the depot.”`
pub(crate) fn quoted(evidence: &EvidenceRow, n_chars: usize) -> String {
    let outlet = cut(evidence.outlet.as_deref().unwrap_or(&evidence.name), 60);
    let published = evidence.published.as_deref().map_or(String::new(), |day| format!(", {}", cut(day, 30)));
    format!("{outlet}{published}: “{}”", cut(&evidence.quote.text, n_chars))
}

/// What tells this record from others: ids of events are those of one record. Its first report stays the same.
pub(crate) fn name_of(record: &mut Record) -> Result<String, PageError> {
    let first = record.report_row(1)?;
    let words = first.map_or(String::new(), |report| {
        [
            report.name.as_str(),
            report.published.as_deref().unwrap_or(""),
            report.title.as_deref().unwrap_or(""),
        ]
        .join("\n")
    });
    Ok(format!("{:016x}", xxh3_64(words.as_bytes())))
}

/// As text or attribute of XML, without the characters that XML cannot have.
fn escaped(words: &str) -> String {
    let mut written = String::with_capacity(words.len());
    for c in visible(words).chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => written.push('\u{FFFD}'),
            c if c.is_control() => written.push(' '),
            c => written.push(c),
        }
    }
    written
}
