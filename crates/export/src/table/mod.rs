//! Flat tables with typed columns, for CSV and Parquet: events, evidence, reports, statements.
//!
//! In:  a table's columns, and rows of it.
//! Out: a file in one of the two formats.

pub(crate) mod events;
pub(crate) mod evidence;
pub(crate) mod reports;
pub(crate) mod statements;

use crate::column::{Note, Value};
use crate::csv::CsvWriter;
use crate::error::ExportError;
use crate::format::{About, Format};
use std::io::Write;

pub(crate) const ABOUT_PARQUET: About = About {
    title: "Parquet",
    shape: "Apache Parquet, compressed with zstd; one of four tables a file (`--table`). Integers are 64 bits, numbers \
            doubles, days `date32`, lists `list<string>` or `list<int64>`; of lists that belong together (`actor`, \
            `actor_country`) the parts stand in the same order, an unknown one null. Each column carries its meaning \
            in its metadata (`description`).",
    extension: "parquet",
    losses: &["Which roles belong to which actor; see `plover`."],
};

/// Writes rows of a table in CSV or Parquet.
#[derive(Debug)]
pub(crate) enum TableWriter<W: Write + Send> {
    Csv(CsvWriter<W>),
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::parquet::ParquetWriter<W>>),
}

impl<W: Write + Send> TableWriter<W> {
    /// Begins a file with these columns.
    pub fn new(format: Format, columns: &[&Note], out: W) -> Result<TableWriter<W>, ExportError> {
        match format {
            Format::Csv => Ok(TableWriter::Csv(CsvWriter::new(columns, out)?)),
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                Ok(TableWriter::Parquet(Box::new(crate::parquet::ParquetWriter::new(columns, out)?)))
            }
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => Err(ExportError::NotBuilt("parquet")),
            other => Err(ExportError::NoSuchTable { format: other.as_str(), table: "this table" }),
        }
    }

    /// Writes a row, as many values as there are columns.
    pub fn row<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) -> Result<(), ExportError> {
        match self {
            TableWriter::Csv(writer) => Ok(writer.row(values)?),
            #[cfg(feature = "parquet")]
            TableWriter::Parquet(writer) => writer.row(values),
        }
    }

    /// Ends the file.
    pub fn finish(self) -> Result<(), ExportError> {
        match self {
            TableWriter::Csv(writer) => Ok(writer.finish()?),
            #[cfg(feature = "parquet")]
            TableWriter::Parquet(writer) => writer.finish(),
        }
    }
}
