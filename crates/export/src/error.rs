//! What can go wrong while writing.

use std::io;

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output takes no more.
    #[error("the export could not be written")]
    Write(#[from] io::Error),
    /// The Parquet library refused.
    #[cfg(feature = "parquet")]
    #[error("the Parquet file could not be written")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The Arrow library refused.
    #[cfg(feature = "parquet")]
    #[error("the Parquet file could not be written")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// The table does not go into the format.
    #[error("`{table}` goes into csv or parquet, and not into {format}")]
    NoSuchTable {
        /// The format asked for.
        format: &'static str,
        /// The table asked for.
        table: &'static str,
    },
    /// The program was built without it.
    #[error("this program was built without {0}\nhint: build it with the cargo feature of that name")]
    NotBuilt(&'static str),
}
