//! From a record to what is exported.
//!
//! In:  an open [`Record`].
//! Out: [`ExportEvent`]s, [`ExportReport`]s and [`ExportStatement`]s, one at a time and in the order of their
//!      rows; all of one state of the record.
//!
//! A row number of the record is the number in the export.

use crate::event::{
    ExportEvent, ExportEvidence, ExportParty, ExportPlace, ExportReport, ExportSizes, ExportStatement,
};
use crate::linked::around;
use dateline_link::EventSize;
use dateline_plover::SizeKind;
use dateline_record::{
    EventDetail, EvidenceRow, Filters, Held, PartyRow, PlaceRow, Quote, Record, RecordError, ReportRow,
    StatementDetail,
};
use dateline_text::{CharSpan, CodePoints};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// A record, ready to be exported.
pub struct RecordedExport<'r> {
    record: &'r mut Record,
    offices: FxHashMap<i64, Vec<String>>,
    reports: FxHashMap<i64, Rc<Known>>,
}

/// A report that statements quote.
struct Known {
    row: ReportRow,
    text: String,
}

/// Reports that are held to quote from.
const MAX_KNOWN: usize = 2000;

impl<'r> RecordedExport<'r> {
    /// The record.
    pub fn new(record: &'r mut Record) -> RecordedExport<'r> {
        RecordedExport { record, offices: FxHashMap::default(), reports: FxHashMap::default() }
    }

    /// Hands on each event that passes the filters.
    pub fn events<E: From<RecordError>>(
        &mut self,
        filters: &Filters,
        mut take: impl FnMut(&ExportEvent) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut ids = self.record.event_ids(filters)?;
        ids.sort_unstable();
        for id in ids {
            if let Some(detail) = self.record.event(id)? {
                let event = self.event(&detail)?;
                take(&event)?;
            }
        }
        Ok(())
    }

    /// Hands on each report.
    pub fn reports<E: From<RecordError>>(
        &mut self,
        filters: &Filters,
        mut take: impl FnMut(&ExportReport) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = self.record.reports(filters)?;
        rows.sort_unstable_by_key(|row| row.id);
        let names: FxHashMap<i64, String> = rows.iter().map(|row| (row.id, row.name.clone())).collect();
        for row in rows {
            let n_chars = self.known(row.id)?.map_or(0, |known| known.text.chars().count() as u64);
            take(&ExportReport {
                source_group: names.get(&row.counted_as).unwrap_or(&row.name).clone(),
                published: row.published.as_deref().and_then(|published| published.parse().ok()),
                id: row.name,
                outlet: row.outlet,
                url: row.url,
                title: row.title,
                byline: row.byline,
                language: row.language,
                agency: row.agency,
                n_chars,
                n_events: row.n_events,
                uncoded: row.uncoded,
            })?;
        }
        Ok(())
    }

    /// Hands on each statement.
    pub fn statements<E: From<RecordError>>(
        &mut self,
        filters: &Filters,
        mut take: impl FnMut(&ExportStatement) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = self.record.statements(filters)?;
        rows.sort_unstable_by_key(|row| row.id);
        for row in rows {
            let Some(StatementDetail { row, evidence, .. }) = self.record.statement(row.id)? else {
                continue;
            };
            let mut quoted = Vec::with_capacity(evidence.len());
            for quote in evidence {
                quoted.extend(self.quoted(quote)?);
            }
            let speaker = row.speaker.as_ref().map(|speaker| self.party(speaker)).transpose()?;
            take(&ExportStatement {
                id: row.id.unsigned_abs(),
                speaker,
                kind: row.kind,
                n_reports: row.n_reports,
                n_independent: row.n_independent,
                first_told: row.first_told,
                last_told: row.last_told,
                evidence: quoted,
            })?;
        }
        Ok(())
    }

    fn event(&mut self, detail: &EventDetail) -> Result<ExportEvent, RecordError> {
        let row = &detail.row;
        let actors = row.actors.iter().map(|party| self.party(party)).collect::<Result<_, _>>()?;
        let recipients = row.recipients.iter().map(|party| self.party(party)).collect::<Result<_, _>>()?;
        Ok(ExportEvent {
            id: row.id.unsigned_abs(),
            event: row.event,
            modes: row.modes.clone(),
            contexts: row.contexts.clone(),
            status: row.status,
            actors,
            recipients,
            date: row.date,
            place: row.place.as_ref().map(place),
            sizes: sizes(&detail.sizes),
            n_reports: row.n_reports,
            n_independent: row.n_independent,
            first_told: row.first_told,
            last_told: row.last_told,
            confidence: row.confidence,
            evidence: detail.evidence.iter().map(evidence).collect(),
        })
    }

    fn party(&mut self, party: &PartyRow) -> Result<ExportParty, RecordError> {
        let roles = match self.offices.get(&party.id) {
            Some(known) => known.clone(),
            None => {
                let offices = self.record.offices(party.id)?;
                self.offices.insert(party.id, offices.clone());
                offices
            }
        };
        Ok(ExportParty {
            id: party.id.unsigned_abs(),
            name: party.name.clone(),
            text: None,
            kind: party.kind,
            country: party.country,
            sector: party.sector,
            sectors: party.sector.into_iter().collect(),
            roles,
        })
    }

    fn known(&mut self, report: i64) -> Result<Option<Rc<Known>>, RecordError> {
        if let Some(known) = self.reports.get(&report) {
            return Ok(Some(Rc::clone(known)));
        }
        if self.reports.len() >= MAX_KNOWN {
            self.reports.clear();
        }
        let known =
            self.record.report(report)?.map(|detail| Rc::new(Known { row: detail.row, text: detail.text }));
        if let Some(known) = &known {
            self.reports.insert(report, Rc::clone(known));
        }
        Ok(known)
    }

    fn quoted(&mut self, quote: Quote) -> Result<Option<ExportEvidence>, RecordError> {
        let Some(known) = self.known(quote.report)? else { return Ok(None) };
        let Known { row, text } = &*known;
        let span = CodePoints::new(text).to_bytes(CharSpan { start: quote.start, end: quote.end });
        let (prefix, suffix) = span.map_or(("", ""), |span| around(text, span));
        Ok(Some(ExportEvidence {
            report: row.name.clone(),
            outlet: row.outlet.clone(),
            url: row.url.clone(),
            title: row.title.clone(),
            published: row.published.as_deref().and_then(|published| published.parse().ok()),
            start: quote.start.into(),
            end: quote.end.into(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            text: quote.text,
            trigger: None,
            attributed_to: None,
        }))
    }
}

fn place(row: &PlaceRow) -> ExportPlace {
    let place = &row.place;
    ExportPlace {
        name: place.name.clone(),
        kind: place.kind,
        coordinates: place.coordinates.map(|(lat, lon)| (lat.into(), lon.into())),
        country: place.country,
        geonameid: place.geonameid,
    }
}

fn evidence(row: &EvidenceRow) -> ExportEvidence {
    ExportEvidence {
        report: row.name.clone(),
        outlet: row.outlet.clone(),
        url: row.url.clone(),
        title: row.title.clone(),
        published: row.published.as_deref().and_then(|published| published.parse().ok()),
        start: row.quote.start.into(),
        end: row.quote.end.into(),
        text: row.quote.text.clone(),
        prefix: row.prefix.clone(),
        suffix: row.suffix.clone(),
        trigger: row.trigger.as_ref().map(|trigger| trigger.text.clone()),
        attributed_to: row.attributed_to.as_ref().map(|speaker| speaker.name.clone()),
    }
}

/// Of each count the one that most words give, the first of equals.
fn sizes(held: &[Held<EventSize>]) -> ExportSizes {
    let most = |kind: SizeKind| {
        let of_kind = held.iter().filter(|held| held.value.kind == kind);
        let best = of_kind.rev().max_by_key(|held| held.evidence.len());
        best.map(|held| held.value.count)
    };
    ExportSizes {
        dead: most(SizeKind::Dead),
        injured: most(SizeKind::Injured),
        arrested: most(SizeKind::Arrested),
    }
}
