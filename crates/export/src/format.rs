//! The formats by name, and what is to be known of each before using it.
//!
//! In:  a [`Format`].
//! Out: its title, its losses, its tables of columns.
//!
//! Not done: ACLED (its types are decided by people, by rules that ours do not follow), GDELT's knowledge graph (it
//! holds words of articles, not events), STIX.

use crate::column::{Note, notes};
use crate::{annotations, csv, gdelt, geojson, icews, phoenix, plover, polecat, table};
use dateline_text::labels;

labels! {
    /// A format that others read.
    pub enum Format as "format of an export" {
        /// PLOVER JSON, one event a line: loses nothing.
        Plover = "plover",
        /// POLECAT, 40 columns.
        Polecat = "polecat",
        /// ICEWS coded events, 20 columns.
        Icews = "icews",
        /// GDELT 2.0 events, 61 columns.
        Gdelt = "gdelt",
        /// GDELT 2.0 mentions, 16 columns.
        GdeltMentions = "gdelt-mentions",
        /// Phoenix, 26 columns.
        Phoenix = "phoenix",
        /// GeoJSON for maps.
        Geojson = "geojson",
        /// W3C Web Annotations, one sentence a line.
        Annotations = "annotations",
        /// CSV with a header.
        Csv = "csv",
        /// Parquet with typed columns.
        Parquet = "parquet",
    }
}

labels! {
    /// What the rows of a CSV or Parquet file are.
    pub enum Table as "table of an export" {
        /// One event a row.
        Events = "events",
        /// One sentence that tells an event a row.
        Evidence = "evidence",
        /// One report a row.
        Reports = "reports",
        /// One statement a row.
        Statements = "statements",
    }
}

/// What a dictionary says of a format as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    pub title: &'static str,
    /// Shape of the file, in a sentence or two.
    pub shape: &'static str,
    /// How such files are usually named.
    pub extension: &'static str,
    /// What is lost, one sentence each.
    pub losses: &'static [&'static str],
}

/// A table of columns or keys.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where the keys stand; empty for the format itself.
    pub title: &'static str,
    /// The columns, in order.
    pub notes: Vec<&'static Note>,
}

impl Format {
    pub(crate) fn about(self) -> &'static About {
        match self {
            Format::Plover => &plover::ABOUT,
            Format::Polecat => &polecat::ABOUT,
            Format::Icews => &icews::ABOUT,
            Format::Gdelt => &gdelt::events::ABOUT,
            Format::GdeltMentions => &gdelt::mentions::ABOUT,
            Format::Phoenix => &phoenix::ABOUT,
            Format::Geojson => &geojson::ABOUT,
            Format::Annotations => &annotations::ABOUT,
            Format::Csv => &csv::ABOUT,
            Format::Parquet => &table::ABOUT_PARQUET,
        }
    }

    /// How files of this format are usually named.
    pub fn extension(self) -> &'static str {
        self.about().extension
    }

    /// What every export in this format loses, one sentence each.
    pub fn losses(self) -> &'static [&'static str] {
        self.about().losses
    }

    /// The columns or keys, in order; nested objects after what holds them.
    pub fn parts(self) -> Vec<Part> {
        let part = |title, notes| Part { title, notes };
        match self {
            Format::Plover => plover::parts(),
            Format::Polecat => vec![part("", notes(polecat::COLUMNS))],
            Format::Icews => vec![part("", notes(icews::COLUMNS))],
            Format::Gdelt => vec![part("", notes(gdelt::events::COLUMNS))],
            Format::GdeltMentions => vec![part("", notes(gdelt::mentions::COLUMNS))],
            Format::Phoenix => vec![part("", notes(phoenix::COLUMNS))],
            Format::Geojson => vec![part("properties", notes(geojson::PROPERTIES))],
            Format::Annotations => annotations::parts(),
            Format::Csv | Format::Parquet => {
                Table::ALL.iter().map(|&table| part(table.title(), table.notes())).collect()
            }
        }
    }

    /// The names of the columns of a tabular format.
    pub fn columns(self) -> Vec<&'static str> {
        let first = self.parts().into_iter().next();
        first.into_iter().flat_map(|part| part.notes).map(|note| note.name).collect()
    }
}

impl Table {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Table::Events => "table `events`",
            Table::Evidence => "table `evidence`",
            Table::Reports => "table `reports`",
            Table::Statements => "table `statements`",
        }
    }

    /// The columns, in order.
    pub fn notes(self) -> Vec<&'static Note> {
        match self {
            Table::Events => notes(table::events::COLUMNS),
            Table::Evidence => notes(table::evidence::COLUMNS),
            Table::Reports => notes(table::reports::COLUMNS),
            Table::Statements => notes(table::statements::COLUMNS),
        }
    }
}
