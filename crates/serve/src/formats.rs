//! Rows as JSON and as CSV, for programs.

use crate::answer::Rendered;
use crate::asked::Asked;
use crate::error::PageError;
use dateline_rows::Row;
use serde_json::{Value, json};

/// A page of rows: `{"rows": […], "limit": 50, "offset": 0, "next": "/events.json?page=2"}`; `next` is null on the
/// last page.
pub(crate) fn json_rows<T: Row>(asked: &Asked, rows: &[T]) -> Rendered {
    let filters = &asked.query.filters;
    let next = is_full(asked, rows.len())
        .then(|| format!("{}{}", asked.path, asked.query.address_of_page(asked.query.page + 1)));
    let rows: Vec<Value> = rows.iter().map(Row::json).collect();
    Rendered::json(pretty(&json!({
        "rows": rows,
        "limit": filters.limit,
        "offset": filters.offset,
        "next": next,
    })))
}

/// Whether there may be more rows after these.
pub(crate) fn is_full(asked: &Asked, n_rows: usize) -> bool {
    n_rows > 0 && Some(n_rows) == asked.query.filters.limit
}

/// The rows, a line each, after the names of the columns.
pub(crate) fn csv_rows<T: Row>(rows: &[T]) -> Result<Rendered, PageError> {
    let failed = |error: csv::Error| PageError::Failed(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(T::COLUMNS).map_err(failed)?;
    for row in rows {
        writer.write_record(row.cells()).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| PageError::Failed(error.to_string()))?;
    Ok(Rendered { file_name: Some("dateline.csv"), ..Rendered::of("text/csv; charset=utf-8", bytes) })
}

/// JSON with line breaks, for eyes and for programs.
pub(crate) fn pretty(value: &Value) -> Vec<u8> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}
