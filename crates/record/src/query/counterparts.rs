//! With whom an actor deals: the other side of its events.
//!
//! In:  the row of an actor.
//! Out: whoever stands on the other side, or acts beside it, with counts and the mean score, those of most events first.
//!
//! Only what is told to have happened counts. Of an actor of very many events the [`LOOKED_THROUGH`] latest found are counted.

use super::PartyRow;
use super::parties::party;
use crate::Record;
use crate::codes::{label, modes};
use crate::error::{RecordError, Sql};
use dateline_link::Status;
use dateline_plover::EventType;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Events in each role that are looked through.
const LOOKED_THROUGH: i64 = 2000;

/// Somebody on the other side.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterpart {
    /// Who.
    pub party: PartyRow,
    /// Events with both, of which at least one acts.
    pub n_events: u32,
    /// Of these, those in which the actor asked for acts.
    pub n_acts: u32,
    /// The mean score of these events, -10 to 10.
    pub mean: f64,
}

#[derive(Default)]
struct Sum {
    events: BTreeSet<i64>,
    n_acts: u32,
    scale: f64,
}

impl Record {
    /// With whom an actor most deals.
    pub fn counterparts(&mut self, actor: i64, n: usize) -> Result<Vec<Counterpart>, RecordError> {
        self.ask(|record| {
            let connection = &record.connection;
            let mut sums: BTreeMap<i64, Sum> = BTreeMap::new();
            for role in [0, 1] {
                add_role(connection, actor, role, &mut sums)?;
            }
            let mut sums: Vec<(i64, Sum)> = sums.into_iter().collect();
            sums.sort_by_key(|(other, sum)| (std::cmp::Reverse(sum.events.len()), *other));
            let counted = |(other, sum): (i64, Sum)| {
                Ok(Counterpart {
                    party: party(connection, other)?,
                    n_events: sum.events.len() as u32,
                    n_acts: sum.n_acts,
                    mean: sum.scale / sum.events.len().max(1) as f64,
                })
            };
            sums.into_iter().take(n).map(counted).collect()
        })
    }
}

fn add_role(connection: &Connection, actor: i64, role: i64, sums: &mut BTreeMap<i64, Sum>) -> Sql<()> {
    let mut query = connection.prepare_cached(
        "SELECT mine.event, other.actor, event.event, event.modes \
         FROM (SELECT event FROM event_party WHERE actor = ?1 AND role = ?2 ORDER BY event DESC LIMIT ?3) AS mine \
         CROSS JOIN event ON event.id = mine.event \
         CROSS JOIN event_party AS other ON other.event = mine.event \
         WHERE event.n_reports > 0 AND event.status IN (?4, ?5) AND other.actor <> ?1 \
         AND (?2 = 0 OR other.role = 0)",
    )?;
    let (reported, historical) = (Status::Reported as i64, Status::Historical as i64);
    let mut rows = query.query([actor, role, LOOKED_THROUGH, reported, historical])?;
    while let Some(row) = rows.next()? {
        let event = label(EventType::ALL, row.get(2)?)?;
        let sum = sums.entry(row.get(1)?).or_default();
        // Who acts and is acted on in one event is met once.
        if sum.events.insert(row.get(0)?) {
            sum.n_acts += u32::from(role == 0);
            sum.scale += f64::from(event.scale_with(modes(event, row.get(3)?).first().copied()));
        }
    }
    Ok(())
}
