//! What many reports say together: actors, events and statements across them, whose text is whose, and where
//! they differ.
//!
//! Everything points back at reports by number and at their words by span, so that each line of a brief can be
//! walked back to what was read. Nothing here is serialisable: formats live at the edge.

use dateline_attribute::{StatementIdx, StatementKind};
use dateline_plover::{Context, EventMentionIdx, EventType, Mode, SizeKind};
use dateline_resolve::{ActorIdx, ActorKind, CountryCode, DayRange, Place, Sector};
use dateline_text::{Arena, ByteSpan, Idx, labels};

/// The number of a report among those that were linked, in the order given.
pub type ReportIdx = Idx<LinkedReport>;
/// The number of an actor across reports.
pub type LinkedActorIdx = Idx<LinkedActor>;
/// The number of an event across reports.
pub type EventIdx = Idx<Event>;
/// The number of a statement across reports.
pub type LinkedStatementIdx = Idx<LinkedStatement>;

/// Reports, put together.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// One for each report given, in the same order.
    pub reports: Arena<LinkedReport>,
    /// Pairs of reports that share wording.
    pub lineage: Vec<Lineage>,
    /// The actors, in order of first mention, the earliest report first.
    pub actors: Arena<LinkedActor>,
    /// The events, in order of first mention, the earliest report first.
    pub events: Arena<Event>,
    /// The statements, in order of first mention, the earliest report first.
    pub statements: Arena<LinkedStatement>,
    /// Where reports, or parts of one report, do not agree.
    pub discrepancies: Vec<Discrepancy>,
}

/// Where a report comes from, and where its actors, events and statements went.
#[derive(Clone, Debug)]
pub struct LinkedReport {
    /// Whose text it is, where it is not its own.
    pub origin: Option<Origin>,
    /// Whether it counts by itself: the earliest of those that come from one origin does.
    pub independent: bool,
    /// The earliest report of those that come from the same origin as this one; itself where it is independent.
    /// Reports with the same `counted_as` count once.
    pub counted_as: ReportIdx,
    /// Why it counts as it does; empty where nothing ties it to another report or to an agency.
    pub reasons: Vec<Derivation>,
    /// Across reports, the actor of each [`ActorIdx`] of this report.
    pub actors: Vec<LinkedActorIdx>,
    /// Across reports, the event of each [`EventMentionIdx`] of this report.
    pub events: Vec<EventIdx>,
    /// Across reports, the statement of each [`StatementIdx`] of this report.
    pub statements: Vec<LinkedStatementIdx>,
}

/// Whose text a report is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Another of the reports given.
    Report(ReportIdx),
    /// A news agency, by its name.
    Agency(String),
}

/// One reason why a report is not its own origin.
#[derive(Clone, Debug, PartialEq)]
pub enum Derivation {
    /// It shares so much wording outside quotations with `with` that one was made from the other or both from
    /// a third.
    SharedWording {
        /// The other report.
        with: ReportIdx,
        /// How much of the shorter article is shared.
        shared: Share,
    },
    /// It credits an agency for its text.
    AgencyCredit {
        /// The agency.
        agency: String,
        /// The words that credit it, where they stand in the text.
        span: Option<ByteSpan>,
    },
}

/// A part of a whole, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Share(f32);

impl Share {
    /// The part, held to 0 to 1.
    pub fn new(part: f32) -> Share {
        Share(if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) })
    }

    /// The part as a number.
    pub fn value(self) -> f32 {
        self.0
    }
}

/// Wording that two reports share.
#[derive(Clone, Debug)]
pub struct Lineage {
    /// The two, the one given first before the other.
    pub reports: (ReportIdx, ReportIdx),
    /// How much of the shorter article's words stand in the passages.
    pub shared: Share,
    /// The same without what both quote.
    pub shared_unquoted: Share,
    /// The passages, in text order of the first report.
    pub passages: Vec<Passage>,
    /// Where the wording comes from, as far as that could be told.
    pub origin: Option<Origin>,
}

/// Words that stand in both reports of a [`Lineage`], small changes allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// In the first report.
    pub a: ByteSpan,
    /// In the second report.
    pub b: ByteSpan,
    /// Whether both have it inside quotation marks: the same speech quoted is no copying.
    pub quoted: bool,
}

/// Words of a report that show something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Evidence {
    /// The report.
    pub report: ReportIdx,
    /// The words, in its text as given.
    pub span: ByteSpan,
    /// Who says so, where it is not the report itself.
    pub attributed_to: Option<LinkedActorIdx>,
}

/// A value and who gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported<T> {
    /// The value.
    pub value: T,
    /// The words that give it, in order of report and text. Never empty.
    pub evidence: Vec<Evidence>,
}

impl<T> Reported<T> {
    /// The reports that give the value, each once, in order.
    pub fn reports(&self) -> Vec<ReportIdx> {
        let mut reports: Vec<ReportIdx> = self.evidence.iter().map(|evidence| evidence.report).collect();
        reports.sort_unstable();
        reports.dedup();
        reports
    }
}

/// Somebody or something that acts, across reports.
#[derive(Clone, Debug)]
pub struct LinkedActor {
    /// The fullest of the names that most reports give it.
    pub name: String,
    /// Every form seen, the same letters once, in order of first mention.
    pub names: Vec<Reported<String>>,
    /// What sort of actor.
    pub kind: ActorKind,
    /// PLOVER's country.
    pub country: Option<CountryCode>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// What the reports say it is, in order of first mention.
    pub roles: Vec<LinkedRole>,
    /// Whom it stands for in each report; a report may have it more than once.
    pub members: Vec<(ReportIdx, ActorIdx)>,
}

/// An office or description that reports give an actor.
#[derive(Clone, Debug)]
pub struct LinkedRole {
    /// The words, as first given.
    pub text: String,
    /// The state it serves.
    pub country: Option<CountryCode>,
    /// The sector of the role.
    pub sector: Option<Sector>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

labels! {
    /// Whether an event happened, by what the reports say of it.
    pub enum Status as "status of an event" {
        Reported = "reported",
        Planned = "planned",
        Denied = "denied",
        Hypothetical = "hypothetical",
        Historical = "historical",
    }
}

/// One happening, as one or more reports tell it.
#[derive(Clone, Debug)]
pub struct Event {
    /// What.
    pub event: EventType,
    /// How.
    pub modes: Vec<Mode>,
    /// About what.
    pub contexts: Vec<Context>,
    /// Whether it happened; where reports differ, see `fields.status`.
    pub status: Status,
    /// Who, each once.
    pub actors: Vec<LinkedActorIdx>,
    /// To whom, each once.
    pub recipients: Vec<LinkedActorIdx>,
    /// When: the days that most reports give.
    pub date: Option<DayRange>,
    /// Where: the most exact place that most reports give.
    pub place: Option<Place>,
    /// Each telling, in order of report and text. Never empty.
    pub mentions: Vec<(ReportIdx, EventMentionIdx)>,
    /// The reports that tell it, each once, in order.
    pub reports: Vec<ReportIdx>,
    /// How many of them do not come from one another or from one origin.
    pub independent_reports: usize,
    /// The sentences that tell it, in order of report and text.
    pub evidence: Vec<Evidence>,
    /// Each field's values and who gives them: of each outlet its last word.
    pub fields: EventFields,
    /// The same with what outlets have taken back or told anew since.
    pub given: EventFields,
}

/// The values of an event's fields, each with the reports that give it.
#[derive(Clone, Debug, Default)]
pub struct EventFields {
    /// Days.
    pub date: Vec<Reported<DayRange>>,
    /// Places.
    pub place: Vec<Reported<Place>>,
    /// Whether it happened.
    pub status: Vec<Reported<Status>>,
    /// Numbers of dead, injured and so on.
    pub size: Vec<Reported<EventSize>>,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventSize {
    /// What is counted.
    pub kind: SizeKind,
    /// The number.
    pub count: u32,
}

/// Something said, as one or more reports give it.
#[derive(Clone, Debug)]
pub struct LinkedStatement {
    /// Who said it.
    pub speaker: Option<LinkedActorIdx>,
    /// The most literal form in which a report gives it.
    pub kind: StatementKind,
    /// Each telling, in order of report and text. Never empty.
    pub mentions: Vec<(ReportIdx, StatementIdx)>,
    /// The content in each telling, one span from its first to its last piece, in order of report and text.
    pub evidence: Vec<Evidence>,
    /// The reports that give it, each once, in order.
    pub reports: Vec<ReportIdx>,
    /// How many of them do not come from one another or from one origin.
    pub independent_reports: usize,
}

labels! {
    /// In what reports differ.
    pub enum DiscrepancyKind as "kind of discrepancy" {
        Name = "name",
        Number = "number",
        Date = "date",
        Place = "place",
        Status = "status",
        Wording = "wording",
        Attribution = "attribution",
    }
}

/// Two or more values where there should be one.
#[derive(Clone, Debug)]
pub struct Discrepancy {
    /// In what they differ.
    pub kind: DiscrepancyKind,
    /// What they are about.
    pub about: About,
    /// The values, the one with most independent reports first. At least two.
    pub values: Vec<Reported<String>>,
    /// What differs, and what was withdrawn, in one sentence without a full stop.
    pub note: String,
    /// The values that outlets have corrected, in order of `values` before and of reports.
    pub corrected: Vec<Corrected>,
}

/// A value that an outlet has taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The value.
    pub value: String,
    /// The report that gave it.
    pub report: ReportIdx,
    /// The report that corrects it.
    pub by: ReportIdx,
    /// How that is known.
    pub how: Correcting,
    /// What that report gives instead; empty where it gives no value.
    pub to: Vec<String>,
}

labels! {
    /// How a value is known to be withdrawn.
    pub enum Correcting as "way of correcting" {
        Note = "note",
        Version = "version",
    }
}

/// What a discrepancy is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    /// An actor.
    Actor(LinkedActorIdx),
    /// An event.
    Event(EventIdx),
    /// A statement.
    Statement(LinkedStatementIdx),
}
