//! Asks the record.
//!
//! In:  [`Filters`] as meant, or the number of a row.
//! Out: rows that own what they hold, in the words of the other crates; spans in code points, with the words.
//!
//! Every question is answered from one state of the record, whoever adds to it meanwhile; see
//! [`Record::at_one_time`](crate::Record::at_one_time) for several questions to one state.
//!
//! Not done: phrases have no index. Their words have, and the texts that have them all are read.

mod filters;
mod text;

mod choose;
mod parties;

mod actors;
mod cases;
mod copies;
mod corrections;
mod counterparts;
mod coverage;
mod days;
mod diff;
mod discrepancies;
mod events;
mod evidence;
mod forms;
mod marks;
mod one;
mod outlines;
mod places;
mod queue;
mod reports;
mod runs;
mod state;
mod statements;

pub use actors::ActorRow;
pub use cases::{Case, CaseEvent, Cases};
pub use copies::SharedWording;
pub use corrections::{CorrectionKind, CorrectionRow};
pub use counterparts::Counterpart;
pub use coverage::{CountryCount, Coverage, OutletCount};
pub use days::{Tension, TimelineDay};
pub use diff::{Change, Changed, Diff};
pub use discrepancies::{AboutRow, CorrectedRow, DiscrepancyRow, DiscrepancyValue};
pub use events::{EventDetail, EventRow, Held};
pub use evidence::{EvidenceRow, Quote};
pub use filters::{
    EventFilter, FilterError, Filters, PartyFilter, PlaceFilter, read_context, read_country, read_day,
    read_dyad, read_quad, read_status,
};
pub use forms::{ActorForm, FormGiven};
pub use marks::{ActorMark, EventMark, PlaceMark, ReportMarks, StatementMark, TimeMark};
pub use outlines::EventOutline;
pub use parties::PartyRow;
pub use places::{PlaceCount, PlaceRow};
pub use queue::{QueueRow, WEIGHED};
pub use reports::{LineageRow, PassageRow, ReportDetail, ReportRow};
pub use runs::RunRow;
pub use state::RecordState;
pub use statements::{StatementDetail, StatementRow, Told};
pub use text::TextQuery;

pub(crate) use corrections::correction_row;
pub(crate) use events::event_row;
pub(crate) use text::{Folded, words_in};

use crate::Record;
use crate::error::{RecordError, Sql};

impl Record {
    /// Asks several questions of one state of the record.
    pub fn at_one_time<T, E: From<RecordError>>(
        &mut self,
        work: impl FnOnce(&mut Record) -> Result<T, E>,
    ) -> Result<T, E> {
        let begins = self.connection.is_autocommit();
        if begins {
            self.connection.execute_batch("BEGIN").map_err(|error| RecordError::of(&self.path, error))?;
            self.forget_what_changed().map_err(|failure| failure.at(&self.path))?;
        }
        let answer = self.check_time().map_err(E::from).and_then(|()| work(self));
        if begins {
            // Nothing was written, so ending it either way is the same.
            _ = self.connection.execute_batch("ROLLBACK");
        }
        answer
    }

    /// Answers one question.
    pub(crate) fn ask<T>(&mut self, work: impl FnOnce(&mut Record) -> Sql<T>) -> Result<T, RecordError> {
        self.at_one_time(|record| record.at_path(work))
    }
}
