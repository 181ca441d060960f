//! Where a record is thin: reports by day, by outlet and by language, what was left out, countries with few events.
//!
//! Not done: outlets, languages and reasons have no index, so they are counted among the latest [`LOOKED_THROUGH`] reports added
//! alone; [`Coverage::n_looked_through`] says how many that were.

use crate::Record;
use crate::codes::day;
use crate::error::RecordError;
use dateline_resolve::CountryCode;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Reports whose rows are read: some 30 ms.
const LOOKED_THROUGH: i64 = 10_000;

/// What the latest reports are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Reports that were looked through.
    pub n_looked_through: u32,
    /// Those that name an outlet, by outlet, the one of most reports first.
    pub outlets: Vec<OutletCount>,
    /// Reports that name no outlet.
    pub n_without_outlet: u32,
    /// Reports of no known day.
    pub n_without_day: u32,
    /// By language (ISO 639-1, or that it is not known), the one of most reports first.
    pub languages: Vec<(Option<String>, u32)>,
    /// Why nothing was coded from some, the most frequent reason first.
    pub uncoded: Vec<(String, u32)>,
}

/// One outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletCount {
    /// Its name.
    pub outlet: String,
    /// Reports of it.
    pub n_reports: u32,
    /// Of these, those from which something was coded.
    pub n_coded: u32,
    /// The day of its first one.
    pub first_day: Option<Date>,
    /// The day of its last one.
    pub last_day: Option<Date>,
}

/// The events of one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCount {
    /// Which; unknown for places that no table knows.
    pub country: Option<CountryCode>,
    /// Events that lie there.
    pub n_events: u32,
    /// Places there with an event.
    pub n_places: u32,
}

impl Record {
    /// Reports of each day that has any, from the first on.
    pub fn report_days(&mut self) -> Result<Vec<(Date, u32)>, RecordError> {
        self.ask(|record| {
            let mut query = record.connection.prepare_cached(
                "SELECT day, count(*) FROM report WHERE day IS NOT NULL GROUP BY day ORDER BY day",
            )?;
            let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
            let rows: Vec<(i64, u32)> = rows.collect::<Result<_, _>>()?;
            Ok(rows.into_iter().filter_map(|(number, n)| Some((day(number)?, n))).collect())
        })
    }

    /// The latest reports added, by outlet and language, and why some were not coded.
    pub fn coverage(&mut self) -> Result<Coverage, RecordError> {
        self.ask(|record| {
            let mut query = record.connection.prepare_cached(
                "SELECT outlet.name, report.day, report.language, report.uncoded \
                 FROM (SELECT id, outlet, day, language, uncoded FROM report ORDER BY id DESC LIMIT ?1) AS report \
                 LEFT JOIN outlet ON outlet.id = report.outlet",
            )?;
            let mut rows = query.query([LOOKED_THROUGH])?;
            let mut coverage = Coverage::default();
            let mut outlets: BTreeMap<String, OutletCount> = BTreeMap::new();
            let mut languages: BTreeMap<Option<String>, u32> = BTreeMap::new();
            let mut uncoded: BTreeMap<String, u32> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let published = row.get::<_, Option<i64>>(1)?.and_then(day);
                let why: Option<String> = row.get(3)?;
                coverage.n_looked_through += 1;
                coverage.n_without_day += u32::from(published.is_none());
                match row.get::<_, Option<String>>(0)? {
                    Some(outlet) => {
                        let count = outlets.entry(outlet.clone()).or_insert_with(|| OutletCount {
                            outlet,
                            n_reports: 0,
                            n_coded: 0,
                            first_day: None,
                            last_day: None,
                        });
                        count.n_reports += 1;
                        count.n_coded += u32::from(why.is_none());
                        count.first_day = count.first_day.into_iter().chain(published).min();
                        count.last_day = count.last_day.max(published);
                    }
                    None => coverage.n_without_outlet += 1,
                }
                *languages.entry(row.get(2)?).or_default() += 1;
                if let Some(why) = why {
                    *uncoded.entry(why).or_default() += 1;
                }
            }
            coverage.outlets = outlets.into_values().collect();
            coverage.outlets.sort_by(|a, b| (Reverse(a.n_reports), &a.outlet).cmp(&(Reverse(b.n_reports), &b.outlet)));
            coverage.languages = most_first(languages);
            coverage.uncoded = most_first(uncoded);
            Ok(coverage)
        })
    }

    /// The countries in which events lie, those of fewest events first.
    pub fn countries(&mut self) -> Result<Vec<CountryCount>, RecordError> {
        self.ask(|record| {
            // The index of places alone, then the row of each place.
            let mut query = record.connection.prepare_cached(
                "SELECT place.country, sum(counted.n), count(*) \
                 FROM (SELECT place, count(*) AS n FROM event WHERE place IS NOT NULL GROUP BY place) AS counted \
                 CROSS JOIN place ON place.id = counted.place GROUP BY place.country ORDER BY 2, 1",
            )?;
            let rows = query.query_map([], |row| {
                let country: Option<String> = row.get(0)?;
                let country = country.and_then(|code| CountryCode::new(&code));
                Ok(CountryCount { country, n_events: row.get(1)?, n_places: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn most_first<T: Ord>(counts: BTreeMap<T, u32>) -> Vec<(T, u32)> {
    let mut counts: Vec<(T, u32)> = counts.into_iter().collect();
    counts.sort_by(|(one, n), (other, m)| (Reverse(n), one).cmp(&(Reverse(m), other)));
    counts
}
