//! Writes rows in the form that was asked for.

use crate::args::{PageArgs, RowFormat};
use crate::output::{Output, columns};
use anyhow::{Context, Result};
use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use dateline_export::{CellWriter, Kind as CellKind};
use dateline_rows::{Kind, Row};
use std::marker::PhantomData;

/// A line below the headings and no other, so that a screen holds many rows.
const UNDER_ITS_HEADINGS: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Takes rows one by one.
pub struct RowWriter<T> {
    form: Form,
    n_rows: usize,
    rows: PhantomData<T>,
}

enum Form {
    Table(Output, Box<Table>),
    Jsonl(Output),
    Csv(Output),
    Parquet(Box<CellWriter<Output>>),
}

impl<T: Row> RowWriter<T> {
    /// Opens the place that the rows go to.
    pub fn open(page: &PageArgs) -> Result<RowWriter<T>> {
        let mut output = Output::open(page.output.output.as_deref())?;
        let form = match page.format {
            RowFormat::Table => {
                let mut table = Table::new();
                table
                    .load_style(UNDER_ITS_HEADINGS)
                    .set_content_arrangement(ContentArrangement::Dynamic)
                    .set_width(u16::try_from(columns()).unwrap_or(u16::MAX))
                    .set_header(T::HEADINGS.iter().copied());
                Form::Table(output, Box::new(table))
            }
            RowFormat::Jsonl => Form::Jsonl(output),
            RowFormat::Csv => {
                output.text(&csv_line(T::COLUMNS.iter().map(|column| (*column).to_owned()))?)?;
                Form::Csv(output)
            }
            RowFormat::Parquet => {
                output.refuse_terminal("Parquet")?;
                let columns = T::columns().map(|(name, kind)| (name, cell_kind(kind)));
                Form::Parquet(Box::new(CellWriter::new(columns, output)?))
            }
        };
        Ok(RowWriter { form, n_rows: 0, rows: PhantomData })
    }

    /// Writes a row.
    pub fn row(&mut self, row: &T) -> Result<()> {
        self.n_rows += 1;
        match &mut self.form {
            Form::Table(_, table) => {
                table.add_row(row.shown());
                Ok(())
            }
            Form::Jsonl(output) => output.json_line(&row.json()),
            Form::Csv(output) => output.text(&csv_line(row.cells())?),
            Form::Parquet(writer) => Ok(writer.row(&row.cells())?),
        }
    }

    /// Writes what is left; the number of rows.
    pub fn finish(self) -> Result<usize> {
        match self.form {
            Form::Table(mut output, table) => {
                if self.n_rows > 0 {
                    // Trailing blanks would wrap on a terminal that has become narrower.
                    let lines = table.lines().map(|line| line.trim_end().to_owned() + "\n");
                    output.text(&lines.collect::<String>())?;
                }
                output.finish()?;
            }
            Form::Jsonl(output) | Form::Csv(output) => output.finish()?,
            Form::Parquet(writer) => writer.finish()?,
        }
        Ok(self.n_rows)
    }
}

fn cell_kind(kind: Kind) -> CellKind {
    match kind {
        Kind::Text => CellKind::Text,
        Kind::Integer => CellKind::Integer,
        Kind::Number => CellKind::Number,
        Kind::Day => CellKind::Day,
    }
}

fn csv_line(cells: impl IntoIterator<Item = String>) -> Result<String> {
    let mut line = csv::Writer::from_writer(Vec::new());
    line.write_record(cells).context("a row could not be written as CSV")?;
    let line = line.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    String::from_utf8(line).context("a row could not be written as CSV")
}
