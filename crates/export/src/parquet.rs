//! Parquet with typed columns, for R, Python, DuckDB and clusters.
//!
//! In:  rows of one of the tables in [`crate::table`].
//! Out: one file, compressed with zstd; a row group is 65,536 rows. The same rows give the same bytes.
//!
//! ```text
//! id: int64   event: string   actor: list<string>   date_from: date32   confidence: double
//! ```

use crate::column::{Kind, Note, Value, rounded};
use crate::error::ExportError;
use arrow_array::builder::{
    ArrayBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

/// Rows that are held before they go to the library: enough that columns pack well, few enough to hold.
const ROWS_AT_ONCE: usize = 4096;
/// Rows of a row group: what a reader must take in at once.
const ROWS_OF_GROUP: usize = 65_536;

/// Writes rows of Parquet.
pub(crate) struct ParquetWriter<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: Arc<Schema>,
    columns: Vec<ColumnBuilder>,
    n_rows: usize,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    pub fn new(columns: &[&Note], out: W) -> Result<ParquetWriter<W>, ExportError> {
        let fields: Vec<Field> = columns.iter().map(|note| field(note)).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROWS_OF_GROUP))
            .set_created_by(crate::plover::CODER.to_owned())
            .build();
        Ok(ParquetWriter {
            writer: ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?,
            schema,
            columns: columns.iter().map(|note| ColumnBuilder::new(note.kind)).collect(),
            n_rows: 0,
        })
    }

    /// Writes a row.
    pub fn row<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) -> Result<(), ExportError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
        self.n_rows += 1;
        if self.n_rows == ROWS_AT_ONCE { self.send() } else { Ok(()) }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<(), ExportError> {
        self.send()?;
        self.writer.close()?;
        Ok(())
    }

    fn send(&mut self) -> Result<(), ExportError> {
        if self.n_rows == 0 {
            return Ok(());
        }
        let arrays: Vec<ArrayRef> = self.columns.iter_mut().map(ColumnBuilder::finish).collect();
        self.n_rows = 0;
        self.writer.write(&RecordBatch::try_new(Arc::clone(&self.schema), arrays)?)?;
        Ok(())
    }
}

impl<W: Write + Send> std::fmt::Debug for ParquetWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetWriter").field("n_rows", &self.n_rows).finish_non_exhaustive()
    }
}

/// The type of a column. Everything may be missing, so that files of all versions read alike.
fn field(note: &Note) -> Field {
    let list = |item| DataType::List(Arc::new(Field::new_list_field(item, true)));
    let kind = match note.kind {
        Kind::Text | Kind::Object => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Day => DataType::Date32,
        Kind::Texts => list(DataType::Utf8),
        Kind::Integers => list(DataType::Int64),
    };
    let field = Field::new(note.name, kind, true);
    if note.meaning.is_empty() {
        return field;
    }
    // One key only: a map of several would be written in an order that changes from run to run.
    field.with_metadata(HashMap::from([("description".to_owned(), note.meaning.to_owned())]))
}

/// A column in the making.
enum ColumnBuilder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Texts(ListBuilder<StringBuilder>),
    Integers(ListBuilder<Int64Builder>),
}

impl ColumnBuilder {
    fn new(kind: Kind) -> ColumnBuilder {
        match kind {
            Kind::Text | Kind::Object => ColumnBuilder::Text(StringBuilder::new()),
            Kind::Integer => ColumnBuilder::Integer(Int64Builder::new()),
            Kind::Number => ColumnBuilder::Number(Float64Builder::new()),
            Kind::Day => ColumnBuilder::Day(Date32Builder::new()),
            Kind::Texts => ColumnBuilder::Texts(ListBuilder::new(StringBuilder::new())),
            Kind::Integers => ColumnBuilder::Integers(ListBuilder::new(Int64Builder::new())),
        }
    }

    /// Adds a value; one of another kind than the column's counts as missing, which a test rules out.
    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (ColumnBuilder::Text(builder), Value::Text(text)) => builder.append_value(text),
            (ColumnBuilder::Text(builder), Value::Object(object)) => builder.append_value(object.to_string()),
            (ColumnBuilder::Text(builder), _) => builder.append_null(),
            (ColumnBuilder::Integer(builder), Value::Integer(number)) => builder.append_value(number),
            (ColumnBuilder::Integer(builder), _) => builder.append_null(),
            (ColumnBuilder::Number(builder), Value::Number(number, places)) => {
                builder.append_value(rounded(number, places));
            }
            (ColumnBuilder::Number(builder), _) => builder.append_null(),
            (ColumnBuilder::Day(builder), Value::Day(day)) => builder.append_value(days_since_1970(day)),
            (ColumnBuilder::Day(builder), _) => builder.append_null(),
            (ColumnBuilder::Texts(builder), Value::Texts(texts)) => builder.append_value(texts),
            (ColumnBuilder::Texts(builder), _) => builder.append_null(),
            (ColumnBuilder::Integers(builder), Value::Integers(numbers)) => {
                builder.append_value(numbers.into_iter().map(Some));
            }
            (ColumnBuilder::Integers(builder), _) => builder.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            ColumnBuilder::Text(builder) => ArrayBuilder::finish(builder),
            ColumnBuilder::Integer(builder) => ArrayBuilder::finish(builder),
            ColumnBuilder::Number(builder) => ArrayBuilder::finish(builder),
            ColumnBuilder::Day(builder) => ArrayBuilder::finish(builder),
            ColumnBuilder::Texts(builder) => ArrayBuilder::finish(builder),
            ColumnBuilder::Integers(builder) => ArrayBuilder::finish(builder),
        }
    }
}

fn days_since_1970(day: jiff::civil::Date) -> i32 {
    jiff::civil::date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use crate::format::{Format, Table};
    use crate::sample::{attack, report, several, statement};
    use crate::writer::{EventWriter, ReportWriter, StatementWriter, write_events};
    use arrow_array::{
        Array, ListArray, RecordBatch,
        cast::AsArray,
        types::{Date32Type, Float64Type, Int64Type},
    };
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    fn read(bytes: Vec<u8>) -> Vec<RecordBatch> {
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).expect("Parquet");
        reader.build().expect("a reader").map(|batch| batch.expect("a batch")).collect()
    }

    #[test]
    fn events_read_back_with_their_types() {
        let mut bytes = Vec::new();
        let left = write_events(Format::Parquet, several(), &mut bytes).expect("written");
        assert_eq!(left.written, 4);
        let batches = read(bytes);
        let batch = &batches[0];
        assert_eq!(batch.num_rows(), 4);
        let names: Vec<&str> = Table::Events.notes().iter().map(|note| note.name).collect();
        let schema = batch.schema();
        assert_eq!(schema.fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>(), names);
        assert_eq!(schema.field(1).metadata()["description"], "what happened");
        let column = |name: &str| batch.column_by_name(name).expect("a column");
        assert_eq!(column("id").as_primitive::<Int64Type>().value(0), 17);
        assert_eq!(column("event").as_string::<i32>().value(0), "ASSAULT");
        assert_eq!(column("date_from").as_primitive::<Date32Type>().value(0), 19099);
        assert!(column("date_from").is_null(1));
        assert_eq!(column("confidence").as_primitive::<Float64Type>().value(0), 0.83);
        let sectors: &ListArray = column("actor_sector").as_list();
        let sectors = sectors.value(0);
        assert_eq!(sectors.as_string::<i32>().value(0), "MIL");
        assert!(sectors.is_null(1));
        assert_eq!(column("text").as_string::<i32>().value(0), "Two drones hit the depot at Marenko.");
    }

    #[test]
    fn every_table_is_written_the_same_twice() {
        for &table in Table::ALL {
            let write = || {
                let mut bytes = Vec::new();
                match table {
                    Table::Events | Table::Evidence => {
                        let mut writer = EventWriter::new(Format::Parquet, table, &mut bytes).expect("begun");
                        (0..5000).for_each(|_| writer.write(&attack()).expect("written"));
                        writer.finish().expect("ended");
                    }
                    Table::Reports => {
                        let mut writer = ReportWriter::new(Format::Parquet, &mut bytes).expect("begun");
                        writer.write(&report()).expect("written");
                        writer.finish().expect("ended");
                    }
                    Table::Statements => {
                        let mut writer = StatementWriter::new(Format::Parquet, &mut bytes).expect("begun");
                        writer.write(&statement()).expect("written");
                        writer.finish().expect("ended");
                    }
                }
                bytes
            };
            let bytes = write();
            assert!(bytes == write(), "{table}");
            let n_rows: usize = read(bytes).iter().map(RecordBatch::num_rows).sum();
            let expected = match table {
                Table::Events => 5000,
                Table::Evidence => 10_000,
                Table::Reports | Table::Statements => 1,
            };
            assert_eq!(n_rows, expected, "{table}");
        }
    }
}
