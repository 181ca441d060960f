//! Writes rows in the form that was asked for.
//!
//! Other forms of a list (Parquet) are one more [`Form`], fed with the same rows.

use crate::args::{PageArgs, RowFormat};
use crate::output::{Output, columns};
use anyhow::{Context, Result};
use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use dateline_rows::Row;
use std::marker::PhantomData;

/// A line below the headings and no other, so that a screen holds many rows.
const UNDER_ITS_HEADINGS: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Takes rows one by one.
pub struct RowWriter<T> {
    output: Output,
    form: Form,
    n_rows: usize,
    rows: PhantomData<T>,
}

enum Form {
    Table(Box<Table>),
    Jsonl,
    Csv,
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
                Form::Table(Box::new(table))
            }
            RowFormat::Jsonl => Form::Jsonl,
            RowFormat::Csv => {
                output.text(&csv_line(T::COLUMNS.iter().map(|column| (*column).to_owned()))?)?;
                Form::Csv
            }
        };
        Ok(RowWriter { output, form, n_rows: 0, rows: PhantomData })
    }

    /// Writes a row.
    pub fn row(&mut self, row: &T) -> Result<()> {
        self.n_rows += 1;
        match &mut self.form {
            Form::Table(table) => {
                table.add_row(row.shown());
                Ok(())
            }
            Form::Jsonl => self.output.json_line(&row.json()),
            Form::Csv => self.output.text(&csv_line(row.cells())?),
        }
    }

    /// Writes what is left; the number of rows.
    pub fn finish(mut self) -> Result<usize> {
        if let Form::Table(table) = &self.form
            && self.n_rows > 0
        {
            // Trailing blanks would wrap on a terminal that has become narrower.
            let lines = table.lines().map(|line| line.trim_end().to_owned() + "\n");
            self.output.text(&lines.collect::<String>())?;
        }
        self.output.finish()?;
        Ok(self.n_rows)
    }
}

fn csv_line(cells: impl IntoIterator<Item = String>) -> Result<String> {
    let mut line = csv::Writer::from_writer(Vec::new());
    line.write_record(cells).context("a row could not be written as CSV")?;
    let line = line.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    String::from_utf8(line).context("a row could not be written as CSV")
}
