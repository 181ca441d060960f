//! What linking needs of one coded report, without its text analysis.
//!
//! In:  a [`CodedReport`].
//! Out: its [`Digest`]: who is in it ([`Portrait`]s), what it tells ([`Telling`]s), who says what in it
//!      ([`Saying`]s), its words. Small enough to be kept, so that reports of today can be linked with those of
//!      last year.
//!
//! Actors are numbered as the report numbers them, until [`crate::join`] finds out who they are across reports.

use crate::linked::LinkedActorIdx;
use crate::origins::{AgencyCredit, find_agency};
use crate::outlets::house_of;
use crate::portrait::{Portrait, portraits};
use crate::statements::{Saying, sayings};
use crate::tellings::{Party, Telling, tellings};
use crate::words::{Word, words_of};
use dateline_plover::CodedReport;
use dateline_resolve::CountryCode;
use dateline_text::Idx;
use std::sync::Arc;

/// What linking needs of one report.
#[derive(Clone, Debug)]
pub struct Digest {
    /// The text as given; all spans lie in it.
    pub text: Arc<str>,
    /// The agency that it credits for its text.
    pub credit: Option<AgencyCredit>,
    /// Who publishes it; see [`crate::outlets`].
    pub house: Option<String>,
    /// The words of the article, in text order.
    pub words: Arc<[Word]>,
    /// The actors, in the report's own order.
    pub actors: Vec<Portrait>,
    /// The event mentions, in the report's own order.
    pub tellings: Vec<Telling>,
    /// The statements, in the report's own order.
    pub sayings: Vec<Saying>,
}

impl Digest {
    /// What linking needs of a report.
    pub fn of(report: &CodedReport) -> Digest {
        let text = Arc::clone(&report.article.text);
        let words = words_of(&text, &report.article.paragraphs);
        Digest {
            credit: find_agency(&report.article, report.report.byline.as_deref()),
            house: house_of(report),
            actors: portraits(report),
            tellings: tellings(report),
            sayings: sayings(report, &words),
            text,
            words: words.into(),
        }
    }

    /// Exchanges the report's own numbers of actors for those that they have across reports, with what is `known` of
    /// each, and the number of the report for the one that it has among those that are linked.
    pub(crate) fn renumber(
        &mut self,
        report: usize,
        actors: &[LinkedActorIdx],
        known: &[(Option<CountryCode>, bool)],
    ) {
        for telling in &mut self.tellings {
            telling.report = report;
            for party in telling.actors.iter_mut().chain(&mut telling.recipients) {
                let actor = actors[party.actor.index()];
                let (country, is_person) = known[actor.index()];
                *party = Party { actor, country, is_person };
            }
            telling.speaker = telling.speaker.map(|speaker| actors[speaker.index()]);
        }
        for saying in &mut self.sayings {
            saying.report = report;
            saying.speaker = saying.speaker.map(|speaker| actors[speaker.index()]);
        }
    }
}

/// The number of an actor of a report, until it is known who that is across reports.
pub(crate) fn of_report(actor: dateline_resolve::ActorIdx) -> LinkedActorIdx {
    Idx::new(actor.index())
}
