//! Rows whose cells are texts, as Parquet with typed columns: lists of a record beside the tables of an export.
//!
//! In:  names and kinds of the columns, and rows of texts; an empty cell is a missing value.
//! Out: one file, as [`crate::table`] writes it.
//!
//! ```text
//! id      date_from    scale          id: string   date_from: date32   scale: double
//! e7      2022-04-18   -9.5     ->    e7           19100               -9.5
//! e8                   2.5            e8           null                2.5
//! ```

use crate::column::{Kind, Note, Value};
use crate::error::ExportError;
use crate::format::Format;
use crate::table::TableWriter;
use std::io::Write;

/// Writes rows of texts as Parquet.
#[derive(Debug)]
pub struct CellWriter<W: Write + Send> {
    inner: TableWriter<W>,
    kinds: Vec<Kind>,
}

impl<W: Write + Send> CellWriter<W> {
    /// Begins a file.
    pub fn new(
        columns: impl IntoIterator<Item = (&'static str, Kind)>,
        out: W,
    ) -> Result<CellWriter<W>, ExportError> {
        let note = |(name, kind)| Note { name, kind, unit: "", meaning: "", unknown: "" };
        let notes: Vec<Note> = columns.into_iter().map(note).collect();
        let inner = TableWriter::new(Format::Parquet, &notes.iter().collect::<Vec<_>>(), out)?;
        Ok(CellWriter { inner, kinds: notes.iter().map(|note| note.kind).collect() })
    }

    /// Writes a row, one text a column.
    pub fn row(&mut self, cells: &[String]) -> Result<(), ExportError> {
        self.inner.row(cells.iter().zip(&self.kinds).map(|(cell, &kind)| value(cell, kind)))
    }

    /// Ends the file.
    pub fn finish(self) -> Result<(), ExportError> {
        self.inner.finish()
    }
}

/// The value that a text spells; what spells none of its kind is missing.
fn value(cell: &str, kind: Kind) -> Value<'_> {
    /// Decimal places that the cells of lists have at most.
    const PLACES: u8 = 6;
    if cell.is_empty() {
        return Value::Missing;
    }
    match kind {
        Kind::Integer => cell.parse().map_or(Value::Missing, Value::Integer),
        Kind::Number => cell.parse().map_or(Value::Missing, |number| Value::Number(number, PLACES)),
        Kind::Day => Value::day(cell.parse().ok()),
        Kind::Text | Kind::Texts | Kind::Integers | Kind::Object => Value::text(cell),
    }
}

#[cfg(all(test, feature = "parquet"))]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Date32Type, Float64Type, Int64Type};
    use arrow_array::{Array, RecordBatch};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    #[test]
    fn cells_read_back_with_their_types() {
        let columns =
            [("id", Kind::Text), ("day", Kind::Day), ("scale", Kind::Number), ("reports", Kind::Integer)];
        let mut bytes = Vec::new();
        let mut writer = CellWriter::new(columns, &mut bytes).expect("begun");
        for row in [["e7", "2022-04-18", "-9.5", "3"], ["e8", "", "", ""]] {
            writer.row(&row.map(str::to_owned)).expect("written");
        }
        writer.finish().expect("ended");
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).expect("Parquet");
        let batches: Vec<RecordBatch> =
            reader.build().expect("a reader").map(|batch| batch.expect("a batch")).collect();
        let column = |name: &str| batches[0].column_by_name(name).expect("a column");
        assert_eq!(column("id").as_string::<i32>().value(1), "e8");
        assert_eq!(column("day").as_primitive::<Date32Type>().value(0), 19100);
        assert_eq!(column("scale").as_primitive::<Float64Type>().value(0), -9.5);
        assert_eq!(column("reports").as_primitive::<Int64Type>().value(0), 3);
        for name in ["day", "scale", "reports"] {
            assert!(column(name).is_null(1), "{name}");
        }
    }
}
