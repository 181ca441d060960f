//! Counts reports that do not come from one another or from one origin once.
//!
//! In:  the wording that reports share, and the agencies that they credit.
//! Out: for each report its origin, which report it counts as, and why.
//!
//! Two reports count once when they share at least [`COPIED_SHARE`] of the shorter one's words outside
//! quotations, when both credit the same agency, or when a chain of such pairs ties them together. Of those that
//! count once, the earliest published stands for all.

use crate::groups::Groups;
use crate::lineage::SharedWording;
use crate::linked::{Derivation, LinkedActor, LinkedActorIdx, Origin, ReportIdx, Share};
use crate::origins::{AgencyCredit, agency_named};
use dateline_text::Arena;
use std::collections::BTreeSet;

/// Part of the shorter article's unquoted content words that a copy shares. Independent reports of one event
/// stay below 0.1 in the project's own examples, trimmed and lightly edited copies above 0.5 (November 2026).
const COPIED_SHARE: f32 = 0.3;
/// Content words that a copy shares at least: below this even a large part of a short text may be chance.
const COPIED_WORDS: usize = 12;

/// Where one report comes from.
#[derive(Clone, Debug)]
pub(crate) struct Ancestry {
    pub origin: Option<Origin>,
    pub counted_as: usize,
    pub reasons: Vec<Derivation>,
}

/// Whether so much is shared that one report was made from the other, or both from a third.
pub(crate) fn is_copy(shared: &SharedWording) -> bool {
    shared.shared_unquoted >= COPIED_SHARE && shared.n_unquoted >= COPIED_WORDS
}

/// Where each report comes from. Reports are numbered from the earliest.
pub(crate) fn trace_origins(shared: &[SharedWording], credits: &[Option<AgencyCredit>]) -> Vec<Ancestry> {
    let n = credits.len();
    let mut groups = Groups::new(n);
    let mut reasons: Vec<Vec<Derivation>> = vec![Vec::new(); n];
    for (number, credit) in credits.iter().enumerate() {
        let Some(credit) = credit else { continue };
        let agency = credit.agency.to_owned();
        reasons[number].push(Derivation::AgencyCredit { agency, span: credit.span });
        let first = credits
            .iter()
            .position(|other| other.as_ref().is_some_and(|other| other.agency == credit.agency));
        groups.join(first.unwrap_or(number), number);
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
    for (number, credit) in credits.iter().enumerate() {
        let root = groups.root(number);
        agency_of[root] = agency_of[root].or(credit.as_ref().map(|credit| credit.agency));
    }
    let ancestry = |(number, reasons): (usize, Vec<Derivation>)| {
        let root = groups.root(number);
        let origin = match agency_of[root] {
            Some(agency) => Some(Origin::Agency(agency.to_owned())),
            None => (root != number).then(|| Origin::Report(ReportIdx::new(root))),
        };
        Ancestry { origin, counted_as: root, reasons }
    };
    reasons.into_iter().enumerate().map(ancestry).collect()
}

/// Counts the sources that tell something.
pub(crate) struct Sources<'s> {
    ancestry: &'s [Ancestry],
    /// The agency that each linked actor is, if it is one.
    agencies: Vec<Option<&'static str>>,
}

impl<'s> Sources<'s> {
    /// Ready to count, with where the reports come from and who speaks in them.
    pub fn new(ancestry: &'s [Ancestry], actors: &Arena<LinkedActor>) -> Sources<'s> {
        let agency_of = |actor: &LinkedActor| {
            let mut names = actor.names.iter().map(|name| name.value.as_str()).chain([actor.name.as_str()]);
            names.find_map(agency_named)
        };
        Sources { ancestry, agencies: actors.iter().map(|(_, actor)| agency_of(actor)).collect() }
    }

    /// How many sources tell something that `told` lists by report, in order, and by whom the report
    /// attributes it to.
    ///
    /// Reports of one origin are one source. A report that has it only from an agency adds nothing to that
    /// agency.
    pub fn count(&self, told: &[(usize, Option<LinkedActorIdx>)]) -> usize {
        let mut sources: BTreeSet<(Option<&str>, usize)> = BTreeSet::new();
        for of_report in told.chunk_by(|(a, _), (b, _)| a == b) {
            let report = &self.ancestry[of_report[0].0];
            let agency_of = |speaker: Option<LinkedActorIdx>| self.agencies[speaker?.index()];
            let first = agency_of(of_report[0].1);
            let only_agency =
                first.filter(|_| of_report.iter().all(|&(_, speaker)| agency_of(speaker) == first));
            let origin = match &report.origin {
                Some(Origin::Agency(agency)) => Some(agency.as_str()),
                _ => None,
            };
            sources.insert(match only_agency.or(origin) {
                Some(agency) => (Some(agency), 0),
                None => (None, report.counted_as),
            });
        }
        sources.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: usize, b: usize, shared: f32, n_unquoted: usize) -> SharedWording {
        SharedWording { a, b, shared, shared_unquoted: shared, n_unquoted, passages: Vec::new() }
    }

    #[test]
    fn copies_and_texts_of_one_agency_count_once() {
        let credit = |agency| Some(AgencyCredit { agency, span: None });
        let shared = [pair(0, 2, 0.8, 60), pair(1, 4, 0.1, 20), pair(3, 5, 0.9, 5)];
        let credits = [None, credit("AFP"), None, None, None, None, credit("AFP")];
        let ancestry = trace_origins(&shared, &credits);
        let counted: Vec<usize> = ancestry.iter().map(|ancestry| ancestry.counted_as).collect();
        assert_eq!(counted, [0, 1, 0, 3, 4, 5, 1]);
        assert_eq!(ancestry[2].origin, Some(Origin::Report(ReportIdx::new(0))));
        assert_eq!(ancestry[1].origin, Some(Origin::Agency("AFP".to_owned())));
        assert!(ancestry[0].origin.is_none() && ancestry[3].origin.is_none());
        assert_eq!(ancestry[2].reasons.len(), 1);
    }
}
