//! Who takes part: filters to the actors that they mean, and actors as rows show them.

use super::filters::PartyFilter;
use super::text::{quoted, words_in};
use crate::codes::label;
use crate::error::{Failure, Sql};
use crate::write::country_word;
use dateline_resolve::{ActorKind, CountryCode, Sector, fold_name};
use rusqlite::{Connection, OptionalExtension, params};

/// Somebody in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRow {
    /// Its row.
    pub id: i64,
    /// Its name, or its description where it has none.
    pub name: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// PLOVER's country.
    pub country: Option<CountryCode>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
}

/// An actor as a party.
pub(super) fn party(connection: &Connection, id: i64) -> Sql<PartyRow> {
    let mut query =
        connection.prepare_cached("SELECT name, kind, country, sector FROM actor WHERE id = ?1")?;
    let row = query.query_row([id], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, Option<String>>(2)?,
            row.get::<_, Option<String>>(3)?,
        ))
    });
    let (name, kind, country, sector) =
        row.optional()?.ok_or_else(|| Failure::damaged(format!("there is no actor {id}")))?;
    Ok(PartyRow {
        id,
        name,
        kind: label(ActorKind::ALL, kind)?,
        country: country.and_then(|code| CountryCode::new(&code)),
        sector: sector.and_then(|sector| sector.parse().ok()),
    })
}

impl PartyFilter {
    /// The actors that are meant, in order of their rows.
    pub(super) fn actors(&self, connection: &Connection) -> Sql<Vec<i64>> {
        let mut ids: Vec<i64> = match self {
            PartyFilter::Country { country, sector } => {
                let sql = match sector {
                    // The country of an actor never changes once it is known, so the index alone will do.
                    None => "SELECT rowid FROM names WHERE names MATCH ?1 AND ?2 IS NULL",
                    Some(_) => {
                        "SELECT actor.id FROM names CROSS JOIN actor ON actor.id = names.rowid \
                         WHERE names MATCH ?1 AND actor.sector = ?2"
                    }
                };
                let mut query = connection.prepare_cached(sql)?;
                let word = quoted(&country_word(*country), false);
                let rows = query.query_map(params![word, sector.map(Sector::as_str)], |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            }
            PartyFilter::Name(name) => actors_named(connection, name)?,
            PartyFilter::Actor(actor) => vec![*actor],
        };
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}

/// The actors that have all these words, or words that begin so, in one of their names.
fn actors_named(connection: &Connection, name: &str) -> Sql<Vec<i64>> {
    let folded = fold_name(name);
    let wanted: Vec<&str> = words_in(&folded).collect();
    let expression: Vec<String> = wanted.iter().map(|word| quoted(word, true)).collect();
    // Somebody who is only described has no form of a name, and the description stands in its place.
    let mut query = connection.prepare_cached(
        "SELECT actor.id, actor_name.name FROM names CROSS JOIN actor ON actor.id = names.rowid \
         JOIN actor_name ON actor_name.actor = actor.id WHERE names MATCH ?1 \
         UNION ALL SELECT actor.id, actor.name FROM names CROSS JOIN actor ON actor.id = names.rowid \
         WHERE names MATCH ?1",
    )?;
    let mut rows = query.query([expression.join(" AND ")])?;
    let mut actors = Vec::new();
    while let Some(row) = rows.next()? {
        let name = fold_name(row.get_ref(1)?.as_str().unwrap_or_default());
        let has = |wanted: &&str| words_in(&name).any(|word| word.starts_with(wanted));
        if wanted.iter().all(has) {
            actors.push(row.get(0)?);
        }
    }
    Ok(actors)
}
