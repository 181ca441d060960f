//! What is exported: an event with everything that a format may ask for, a report, a statement.
//!
//! In:  nothing; whoever has events fills these in, from a record or from linked reports.
//! Out: plain data that owns itself, one event at a time.
//!
//! What is not known is absent. Nothing here is derived from anything else here but by a method: quadrant and
//! scale come from type and mode.

use dateline_attribute::StatementKind;
use dateline_ingest::Published;
use dateline_link::Status;
use dateline_plover::{AuxiliaryMode, Context, EventType, Mode, QuadClass};
use dateline_resolve::{ActorKind, CountryCode, DayRange, PlaceKind, Sector};
use jiff::civil::Date;

/// One happening, as one or more reports tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportEvent {
    /// Its number in the record.
    pub id: u64,
    /// What.
    pub event: EventType,
    /// How; always modes of `event`.
    pub modes: Vec<Mode>,
    /// About what.
    pub contexts: Vec<Context>,
    /// Whether it happened.
    pub status: Status,
    /// Who, in the order of the record.
    pub actors: Vec<ExportParty>,
    /// To whom.
    pub recipients: Vec<ExportParty>,
    /// The days that most reports give; never the day of publication.
    pub date: Option<DayRange>,
    /// Where.
    pub place: Option<ExportPlace>,
    /// The dead, the injured, the arrested.
    pub sizes: ExportSizes,
    /// How many reports tell it.
    pub n_reports: u32,
    /// How many of them do not come from one another or from one origin.
    pub n_independent: u32,
    /// Day of the first report that tells it.
    pub first_told: Option<Date>,
    /// Day of the last report that tells it.
    pub last_told: Option<Date>,
    /// How likely type, actor and recipient are right, 0 to 1; of the surest telling.
    pub confidence: f32,
    /// The sentences that tell it, in order of report and text. Never empty in a record.
    pub evidence: Vec<ExportEvidence>,
}

impl ExportEvent {
    /// The quadrant of its type.
    pub fn quad(&self) -> QuadClass {
        self.event.quad()
    }

    /// PLOVER's score of the type with its first mode, -10 to 10.
    pub fn scale(&self) -> f32 {
        self.event.scale_with(self.modes.first().copied())
    }

    /// PLOVER's mark for its status; none for what is simply reported.
    pub fn aux(&self) -> Option<AuxiliaryMode> {
        match self.status {
            Status::Reported => None,
            Status::Planned => Some(AuxiliaryMode::Future),
            Status::Denied => Some(AuxiliaryMode::Negation),
            Status::Hypothetical => Some(AuxiliaryMode::Hypothetical),
            Status::Historical => Some(AuxiliaryMode::Historical),
        }
    }

    /// Whether it counts as having happened.
    pub fn has_happened(&self) -> bool {
        matches!(self.status, Status::Reported | Status::Historical)
    }
}

/// An actor or a recipient of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportParty {
    /// Its number in the record.
    pub id: u64,
    /// The name that the record gives it.
    pub name: String,
    /// As the reports print it here, where that is known apart.
    pub text: Option<String>,
    /// What sort of actor.
    pub kind: ActorKind,
    /// The state it belongs to, or a code above states (UNO, IGO, …).
    pub country: Option<CountryCode>,
    /// The sector it acts in.
    pub sector: Option<Sector>,
    /// All sectors that its roles give it, `sector` first where there is one; each once.
    pub sectors: Vec<Sector>,
    /// Its offices and descriptions as printed.
    pub roles: Vec<String>,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportPlace {
    /// Its name as the reports have it.
    pub name: String,
    /// What sort of place: how exact the coordinates are.
    pub kind: PlaceKind,
    /// Degrees north and east (WGS 84).
    pub coordinates: Option<(f64, f64)>,
    /// The country it lies in.
    pub country: Option<CountryCode>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
}

/// How many, as most reports say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportSizes {
    /// Killed.
    pub dead: Option<u32>,
    /// Injured.
    pub injured: Option<u32>,
    /// Arrested.
    pub arrested: Option<u32>,
}

/// A sentence of a report that tells an event or carries a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportEvidence {
    /// The report's id as given.
    pub report: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// First code point of the words in the report's text.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// The words, exactly.
    pub text: String,
    /// Up to 32 characters before them.
    pub prefix: String,
    /// Up to 32 characters after them.
    pub suffix: String,
    /// The words that evoke the event.
    pub trigger: Option<String>,
    /// Who says so, where it is not the report itself.
    pub attributed_to: Option<String>,
}

/// A report of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportReport {
    /// Its id as given.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The first report that it shares its origin with; its own id where it is the first.
    pub source_group: String,
    /// The agency that it or a report of the same origin credits.
    pub agency: Option<String>,
    /// Code points of its text.
    pub n_chars: u64,
    /// Events that it tells.
    pub n_events: u32,
    /// Why nothing was coded from it.
    pub uncoded: Option<String>,
}

/// Something said, as one or more reports give it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportStatement {
    /// Its number in the record.
    pub id: u64,
    /// Who said it.
    pub speaker: Option<ExportParty>,
    /// The most literal form in which a report gives it.
    pub kind: StatementKind,
    /// How many reports give it.
    pub n_reports: u32,
    /// How many of them do not come from one another or from one origin.
    pub n_independent: u32,
    /// Day of the first report that gives it.
    pub first_told: Option<Date>,
    /// Day of the last report that gives it.
    pub last_told: Option<Date>,
    /// The content in each telling.
    pub evidence: Vec<ExportEvidence>,
}
