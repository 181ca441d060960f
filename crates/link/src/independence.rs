//! Counts reports that do not come from one another or from one origin once.
//!
//! In:  the wording that reports share, and the agencies that they credit.
//! Out: for each report its origin, which report it counts as, and why.
//!
//! Two reports count once when they share at least [`COPIED_SHARE`] of the shorter one's words outside
//! quotations, when one tells the other again in other words, when both credit the same agency, or when a chain of such pairs ties them together. Of those that
//! count once, the earliest published stands for all.

use crate::groups::Groups;
use crate::lineage::SharedWording;
use crate::linked::{Derivation, Origin, ReportIdx, Share};
use crate::origins::AgencyCredit;
use std::collections::BTreeMap;

/// Part of the shorter article's unquoted content words that a copy shares. Independent reports of one event
/// stay below 0.1 in the project's own examples, trimmed and lightly edited copies above 0.5 (November 2026).
const COPIED_SHARE: f32 = 0.3;
/// Content words that a copy shares at least: below this even a large part of a short text may be chance.
const COPIED_WORDS: usize = 12;

/// Whose text a report is, as far as counting goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The earliest of the reports whose wording is tied to it by copying; itself where there is none.
    pub group: usize,
    /// The agency that one of these reports credits.
    pub agency: Option<String>,
    /// Who publishes it, in a form that is the same for all outlets of one house; see [`crate::outlets`].
    pub house: Option<String>,
    /// Whether its text comes from an earlier report.
    pub is_derived: bool,
}

/// Where one report comes from.
#[derive(Clone, Debug)]
pub struct Ancestry {
    /// Whose text it is, for counting.
    pub source: Source,
    /// Whose text it is, where it is not its own.
    pub origin: Option<Origin>,
    /// The earliest report of the same origin.
    pub counted_as: usize,
    /// Why it counts as it does.
    pub reasons: Vec<Derivation>,
}

/// Whether so much is shared that one report was made from the other, or both from a third.
pub fn is_copy(shared: &SharedWording) -> bool {
    shared.is_reworded || shared.shared_unquoted >= COPIED_SHARE && shared.n_unquoted >= COPIED_WORDS
}

/// Where each report comes from. Reports are numbered from the earliest: those of the past, then the new ones with
/// the agencies that they credit.
pub(crate) fn trace_origins(
    shared: &[SharedWording],
    past: &[&Source],
    credits: &[Option<AgencyCredit>],
    houses: &[Option<String>],
) -> Vec<Ancestry> {
    let n = past.len() + credits.len();
    let mut groups = Groups::new(n);
    let mut reasons: Vec<Vec<Derivation>> = vec![Vec::new(); n];
    past.iter().enumerate().for_each(|(number, source)| _ = groups.join(source.group, number));
    for (number, credit) in credits.iter().enumerate() {
        let Some(credit) = credit else { continue };
        let agency = credit.agency.to_owned();
        reasons[past.len() + number].push(Derivation::AgencyCredit { agency, span: credit.span });
    }
    for pair in shared.iter().filter(|pair| is_copy(pair)) {
        groups.join(pair.a, pair.b);
        let share = Share::new(pair.shared_unquoted);
        let with = |other| Derivation::SharedWording { with: ReportIdx::new(other), shared: share };
        reasons[pair.a].push(with(pair.b));
        reasons[pair.b].push(with(pair.a));
    }
    // An agency credited by one of several copies is where all of them come from.
    let mut agency_of: Vec<Option<&str>> = vec![None; n];
    let of_past = past.iter().map(|source| source.agency.as_deref());
    let of_new = credits.iter().map(|credit| credit.as_ref().map(|credit| credit.agency));
    for (number, agency) in of_past.chain(of_new).enumerate() {
        let root = groups.root(number);
        agency_of[root] = agency_of[root].or(agency);
    }
    // Texts of one agency that share no wording count once too, but are no copies of one another: a copy of the
    // one ties nothing to the other.
    let mut first_of: BTreeMap<&str, usize> = BTreeMap::new();
    let ancestry = |(number, reasons): (usize, Vec<Derivation>)| {
        let group = groups.root(number);
        let agency = agency_of[group];
        let counted_as = agency.map_or(group, |agency| *first_of.entry(agency).or_insert(number));
        let origin = match agency {
            Some(agency) => Some(Origin::Agency(agency.to_owned())),
            None => (group != number).then(|| Origin::Report(ReportIdx::new(group))),
        };
        let house = match past.get(number) {
            Some(source) => source.house.clone(),
            None => houses.get(number - past.len()).cloned().flatten(),
        };
        let source = Source { group, agency: agency.map(str::to_owned), house, is_derived: group != number };
        Ancestry { source, origin, counted_as, reasons }
    };
    reasons.into_iter().enumerate().map(ancestry).collect()
}

/// Where something is told: the report, and the agency to which alone the report attributes it.
#[derive(Clone, Copy, Debug)]
pub struct ToldIn<'t> {
    /// The number of the report.
    pub report: usize,
    /// The agency that says so in that report.
    pub agency: Option<&'t str>,
}

/// How many sources tell something that `told` lists in order of report.
///
/// Reports of one origin are one source, and so are those that one house publishes. A report that has it only from an
/// agency adds nothing to that agency.
pub fn count_sources(told: &[ToldIn], sources: &[Source]) -> usize {
    let mut origins: BTreeMap<(Option<&str>, usize), usize> = BTreeMap::new();
    let mut houses: BTreeMap<&str, usize> = BTreeMap::new();
    let n_reports = told.chunk_by(|a, b| a.report == b.report).count();
    let mut counted = Groups::new(n_reports);
    for (number, of_report) in told.chunk_by(|a, b| a.report == b.report).enumerate() {
        let source = &sources[of_report[0].report];
        let first = of_report[0].agency;
        let only_agency = first.filter(|_| of_report.iter().all(|told| told.agency == first));
        let origin = match only_agency.or(source.agency.as_deref()) {
            Some(agency) => (Some(agency), 0),
            None => (None, source.group),
        };
        counted.join(*origins.entry(origin).or_insert(number), number);
        // What a house has from others says nothing of what its own reporters found.
        if let (None, false, Some(house)) = (origin.0, source.is_derived, &source.house) {
            counted.join(*houses.entry(house).or_insert(number), number);
        }
    }
    counted.into_groups().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: usize, b: usize, shared: f32, n_unquoted: usize) -> SharedWording {
        SharedWording {
            a,
            b,
            shared,
            shared_unquoted: shared,
            n_unquoted,
            is_reworded: false,
            passages: Vec::new(),
        }
    }

    #[test]
    fn copies_and_texts_of_one_agency_count_once() {
        let credit = |agency| Some(AgencyCredit { agency, span: None });
        let shared = [pair(0, 2, 0.8, 60), pair(1, 4, 0.1, 20), pair(3, 5, 0.9, 5)];
        let credits = [None, credit("AFP"), None, None, None, None, credit("AFP")];
        let ancestry = trace_origins(&shared, &[], &credits, &[]);
        let counted: Vec<usize> = ancestry.iter().map(|ancestry| ancestry.counted_as).collect();
        assert_eq!(counted, [0, 1, 0, 3, 4, 5, 1]);
        assert_eq!(ancestry[2].origin, Some(Origin::Report(ReportIdx::new(0))));
        assert_eq!(ancestry[1].origin, Some(Origin::Agency("AFP".to_owned())));
        assert!(ancestry[0].origin.is_none() && ancestry[3].origin.is_none());
        assert_eq!(ancestry[2].reasons.len(), 1);
    }

    #[test]
    fn a_new_copy_draws_two_old_texts_together() {
        let alone = |group| Source { group, ..Source::default() };
        let past = [alone(0), alone(1), alone(1)];
        let shared = [pair(0, 3, 0.8, 60), pair(2, 3, 0.6, 40)];
        let ancestry = trace_origins(&shared, &past.iter().collect::<Vec<_>>(), &[None, None], &[]);
        let groups: Vec<usize> = ancestry.iter().map(|ancestry| ancestry.source.group).collect();
        assert_eq!(groups, [0, 0, 0, 0, 4]);
    }

    #[test]
    fn what_an_agency_says_adds_nothing_to_its_own_text() {
        let source = |group, agency: Option<&str>| Source {
            group,
            agency: agency.map(str::to_owned),
            ..Source::default()
        };
        let sources = [source(0, None), source(1, Some("KCNA")), source(2, None), source(0, None)];
        let told = |report, agency| ToldIn { report, agency };
        let all = [told(0, None), told(1, None), told(2, Some("KCNA")), told(3, None)];
        assert_eq!(count_sources(&all, &sources), 2);
        assert_eq!(count_sources(&[told(2, Some("KCNA")), told(2, None)], &sources), 1);
        assert_eq!(count_sources(&[], &sources), 0);
    }

    #[test]
    fn two_reports_of_one_house_are_one_source() {
        let of = |group, house: &str| Source { group, house: Some(house.to_owned()), ..Source::default() };
        let sources = [of(0, "harbour post"), of(1, "valley wire"), of(2, "harbour post")];
        let told: Vec<ToldIn> = (0..3).map(|report| ToldIn { report, agency: None }).collect();
        assert_eq!(count_sources(&told, &sources), 2);
    }
}
