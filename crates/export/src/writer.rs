//! Writes events, one after the other, in a format.
//!
//! In:  events, reports or statements, and somewhere to write.
//! Out: the bytes of the format, and what it could not hold ([`Left`]).
//!
//! Nothing is kept between events but the line in hand; Parquet keeps the rows of one batch.
//!
//! ```
//! use dateline_export::{Format, write_events};
//!
//! let mut bytes = Vec::new();
//! let left = write_events(Format::Icews, [], &mut bytes)?;
//! assert_eq!(left.written, 0);
//! assert!(bytes.starts_with(b"Event ID\tEvent Date\tSource Name"));
//! # Ok::<(), dateline_export::ExportError>(())
//! ```

use crate::error::ExportError;
use crate::event::{ExportEvent, ExportReport, ExportStatement};
use crate::format::{Format, Table};
use crate::left::Left;
use crate::table::{TableWriter, events, evidence, reports, statements};
use crate::{annotations, gdelt, geojson, icews, phoenix, plover, polecat};
use std::io::Write;

/// A format of lines: what stands first, what an event gives, what stands last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineFormat {
    pub begin: fn(&mut String),
    /// Appends the lines of an event; none where the format cannot hold it, which is counted.
    pub event: fn(&ExportEvent, &mut Left, &mut String),
    pub end: &'static str,
}

/// Writes events in a format.
#[derive(Debug)]
pub struct EventWriter<W: Write + Send> {
    inner: Inner<W>,
    line: String,
    left: Left,
}

#[derive(Debug)]
enum Inner<W: Write + Send> {
    Lines(LineFormat, W),
    Events(TableWriter<W>),
    Evidence(TableWriter<W>),
}

impl<W: Write + Send> EventWriter<W> {
    /// Begins a file. The table is one of `Events` and `Evidence`, the latter for CSV and Parquet only.
    pub fn new(format: Format, table: Table, out: W) -> Result<EventWriter<W>, ExportError> {
        let lines = match format {
            Format::Plover => plover::LINES,
            Format::Polecat => polecat::LINES,
            Format::Icews => icews::LINES,
            Format::Gdelt => gdelt::events::LINES,
            Format::GdeltMentions => gdelt::mentions::LINES,
            Format::Phoenix => phoenix::LINES,
            Format::Geojson => geojson::LINES,
            Format::Annotations => annotations::LINES,
            Format::Csv | Format::Parquet => {
                let writer = TableWriter::new(format, &table.notes(), out)?;
                let inner = match table {
                    Table::Events => Inner::Events(writer),
                    Table::Evidence => Inner::Evidence(writer),
                    Table::Reports | Table::Statements => return Err(no_such_table(format, table)),
                };
                return Ok(EventWriter { inner, line: String::new(), left: Left::default() });
            }
        };
        if table != Table::Events {
            return Err(no_such_table(format, table));
        }
        let mut out = out;
        let mut line = String::new();
        (lines.begin)(&mut line);
        out.write_all(line.as_bytes())?;
        Ok(EventWriter { inner: Inner::Lines(lines, out), line, left: Left::default() })
    }

    /// Writes an event.
    pub fn write(&mut self, event: &ExportEvent) -> Result<(), ExportError> {
        match &mut self.inner {
            Inner::Lines(lines, out) => {
                self.line.clear();
                (lines.event)(event, &mut self.left, &mut self.line);
                out.write_all(self.line.as_bytes())?;
                Ok(())
            }
            Inner::Events(writer) => {
                self.left.written += 1;
                writer.row(events::COLUMNS.iter().map(|column| (column.value)(event)))
            }
            Inner::Evidence(writer) => evidence::tellings(event).try_for_each(|telling| {
                self.left.written += 1;
                writer.row(evidence::COLUMNS.iter().map(|column| (column.value)(telling)))
            }),
        }
    }

    /// Ends the file and says what was left out.
    pub fn finish(self) -> Result<Left, ExportError> {
        match self.inner {
            Inner::Lines(lines, mut out) => {
                out.write_all(lines.end.as_bytes())?;
                out.flush()?;
            }
            Inner::Events(writer) | Inner::Evidence(writer) => writer.finish()?,
        }
        Ok(self.left)
    }
}

/// Writes all of some events in a format.
pub fn write_events<W: Write + Send>(
    format: Format,
    events: impl IntoIterator<Item = ExportEvent>,
    out: W,
) -> Result<Left, ExportError> {
    let mut writer = EventWriter::new(format, Table::Events, out)?;
    events.into_iter().try_for_each(|event| writer.write(&event))?;
    writer.finish()
}

/// Writes reports as CSV or Parquet.
#[derive(Debug)]
pub struct ReportWriter<W: Write + Send>(TableWriter<W>);

impl<W: Write + Send> ReportWriter<W> {
    /// Begins a file.
    pub fn new(format: Format, out: W) -> Result<ReportWriter<W>, ExportError> {
        TableWriter::new(format, &Table::Reports.notes(), out).map(ReportWriter)
    }

    /// Writes a report.
    pub fn write(&mut self, report: &ExportReport) -> Result<(), ExportError> {
        self.0.row(reports::COLUMNS.iter().map(|column| (column.value)(report)))
    }

    /// Ends the file.
    pub fn finish(self) -> Result<(), ExportError> {
        self.0.finish()
    }
}

/// Writes statements as CSV or Parquet.
#[derive(Debug)]
pub struct StatementWriter<W: Write + Send>(TableWriter<W>);

impl<W: Write + Send> StatementWriter<W> {
    /// Begins a file.
    pub fn new(format: Format, out: W) -> Result<StatementWriter<W>, ExportError> {
        TableWriter::new(format, &Table::Statements.notes(), out).map(StatementWriter)
    }

    /// Writes a statement.
    pub fn write(&mut self, statement: &ExportStatement) -> Result<(), ExportError> {
        self.0.row(statements::COLUMNS.iter().map(|column| (column.value)(statement)))
    }

    /// Ends the file.
    pub fn finish(self) -> Result<(), ExportError> {
        self.0.finish()
    }
}

fn no_such_table(format: Format, table: Table) -> ExportError {
    ExportError::NoSuchTable { format: format.as_str(), table: table.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{report, several, statement};

    fn text_of(format: Format) -> String {
        let mut bytes = Vec::new();
        write_events(format, several(), &mut bytes).expect("written");
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn rows_have_as_many_cells_as_the_format_has_columns() {
        for (format, n_columns, has_header) in [
            (Format::Polecat, 40, true),
            (Format::Icews, 20, true),
            (Format::Gdelt, 61, false),
            (Format::GdeltMentions, 16, false),
            (Format::Phoenix, 26, false),
        ] {
            assert_eq!(format.columns().len(), n_columns, "{format}");
            let text = text_of(format);
            assert!(text.lines().count() > 1, "{format}");
            for line in text.lines() {
                assert_eq!(line.split('\t').count(), n_columns, "{format}: {line}");
            }
            let first: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
            assert_eq!(first == format.columns(), has_header, "{format}");
        }
    }

    #[test]
    fn every_value_is_of_the_kind_that_its_column_says() {
        fn check<'a, F>(
            columns: &[crate::column::Column<F>],
            value: impl Fn(&F) -> crate::column::Value<'a>,
        ) {
            for column in columns {
                let value = value(&column.value);
                assert!(value.fits(column.note.kind), "{}: {value:?}", column.note.name);
            }
        }
        for event in &several() {
            for columns in [
                polecat::COLUMNS,
                icews::COLUMNS,
                gdelt::events::COLUMNS,
                phoenix::COLUMNS,
                plover::EVENT,
                geojson::PROPERTIES,
                events::COLUMNS,
            ] {
                check(columns, |of| of(event));
            }
            for telling in evidence::tellings(event) {
                check(evidence::COLUMNS, |of| of(telling));
                check(gdelt::mentions::COLUMNS, |of| of(telling));
                check(annotations::KEYS, |of| of(telling));
            }
        }
        let (report, statement) = (report(), statement());
        check(reports::COLUMNS, |of| of(&report));
        check(statements::COLUMNS, |of| of(&statement));
    }

    #[test]
    fn losses_are_counted() {
        for (format, expected) in [
            (Format::Plover, "4: 1 event written with an empty date: no report tells the day"),
            (
                Format::Polecat,
                "3: 1 event written with an empty date: no report tells the day\n\
                1 event left out: planned, denied or hypothetical\n\
                1 event written with the first of several days only\n1 further mode left out: there is room for one",
            ),
            (
                Format::Icews,
                "2: 1 event left out: no report tells the day\n\
                1 event left out: planned, denied or hypothetical\n\
                1 event written with the first of several days only\n\
                1 further actor or recipient left out: there is room for one of each",
            ),
            (Format::Geojson, "1: 3 events left out: no coordinates"),
            (Format::Csv, "4: "),
        ] {
            let left = write_events(format, several(), Vec::new()).expect("written");
            assert_eq!(format!("{}: {left}", left.written), expected, "{format}");
        }
    }

    #[test]
    fn a_table_that_is_not_there_is_named() {
        let error = EventWriter::new(Format::Icews, Table::Evidence, Vec::new()).expect_err("no such table");
        insta::assert_snapshot!(error, @"`evidence` goes into csv or parquet, and not into icews");
    }
}
