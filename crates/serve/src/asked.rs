//! What a page is made from, besides the record.

use crate::edit::Forms;
use crate::query::Query;
use dateline_record::RecordState;
use std::sync::Arc;

/// One request, as meant.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The path, such as `/events`.
    pub path: String,
    /// The number in the path, such as 12 in `/event/e12`; 0 where it has none.
    pub id: i64,
    /// The filters.
    pub query: Query,
    /// What forms need, where somebody edits.
    pub edit: Option<Forms>,
    /// Under which name readers reach the site, such as `https://crises.example`; empty where that is not known.
    pub root: Arc<str>,
    /// What the record holds.
    pub state: Arc<RecordState>,
}
