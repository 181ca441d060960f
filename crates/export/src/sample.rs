//! Events for tests: two whole ones about invented people and towns, and short ones of a few words.

use crate::event::*;
use dateline_attribute::StatementKind;
use dateline_link::Status;
use dateline_plover::{Context, EventType};
use dateline_resolve::{ActorKind, CountryCode, DayRange, PlaceKind, Sector};
use jiff::civil::{Date, date};

/// `ASSAULT/drone/aerial +military`: type, modes, contexts, and nothing else known.
pub(crate) fn event(telling: &str) -> ExportEvent {
    let (coded, contexts) = telling.split_once(" +").unwrap_or((telling, ""));
    let mut parts = coded.split('/');
    ExportEvent {
        id: 1,
        event: parts.next().unwrap_or_default().parse::<EventType>().expect("a type"),
        modes: parts.map(|mode| mode.parse().expect("a mode")).collect(),
        contexts: contexts
            .split('+')
            .filter(|context| !context.is_empty())
            .map(|context| context.parse::<Context>().expect("a context"))
            .collect(),
        status: Status::Reported,
        actors: Vec::new(),
        recipients: Vec::new(),
        date: None,
        place: None,
        sizes: ExportSizes::default(),
        n_reports: 1,
        n_independent: 1,
        first_told: None,
        last_told: None,
        confidence: 0.5,
        evidence: Vec::new(),
    }
}

/// Somebody of a country, with sectors, the main one first.
pub(crate) fn party(country: &str, sectors: &[Sector]) -> ExportParty {
    ExportParty {
        id: 1,
        name: country.to_owned(),
        text: None,
        kind: ActorKind::State,
        country: CountryCode::new(country),
        sector: sectors.first().copied(),
        sectors: sectors.to_vec(),
        roles: Vec::new(),
    }
}

/// Everything known: a drone attack that two reports tell.
pub(crate) fn attack() -> ExportEvent {
    let mut army = party("PRK", &[Sector::Mil, Sector::Gov]);
    army.id = 4;
    army.name = "North Korea's army".to_owned();
    army.text = Some("the army".to_owned());
    army.kind = ActorKind::Organization;
    army.roles = vec!["attacking army".to_owned()];
    let mut second = party("PRK", &[]);
    second.id = 5;
    second.name = "Unit 7".to_owned();
    second.kind = ActorKind::Group;
    let mut crew = party("KOR", &[Sector::Cvl]);
    crew.id = 6;
    crew.name = "crew of the \"Sea Wolf\"".to_owned();
    crew.kind = ActorKind::Group;
    ExportEvent {
        id: 17,
        actors: vec![army, second],
        recipients: vec![crew],
        date: Some(DayRange { from: date(2022, 4, 17), to: date(2022, 4, 17) }),
        place: Some(ExportPlace {
            name: "Marenko".to_owned(),
            kind: PlaceKind::Settlement,
            coordinates: Some((37.5667, 126.9783)),
            country: CountryCode::new("KOR"),
            geonameid: Some(1_835_848),
        }),
        sizes: ExportSizes { dead: Some(2), injured: None, arrested: None },
        n_reports: 2,
        n_independent: 1,
        first_told: Some(date(2022, 4, 18)),
        last_told: Some(date(2022, 4, 19)),
        confidence: 0.83,
        evidence: vec![
            ExportEvidence {
                report: "harbour-1".to_owned(),
                outlet: Some("Harbour Post".to_owned()),
                url: Some("https://harbour.example/1".to_owned()),
                title: Some("Drones hit depot".to_owned()),
                published: "2022-04-18T09:19-04:00".parse().ok(),
                start: 20,
                end: 62,
                text: "Two drones hit the depot at Marenko.".to_owned(),
                prefix: "MARENKO, April 18 — ".to_owned(),
                suffix: " The mayor said so.".to_owned(),
                trigger: Some("hit".to_owned()),
                attributed_to: Some("the mayor".to_owned()),
            },
            ExportEvidence {
                report: "valley 2".to_owned(),
                outlet: Some("Valley Wire".to_owned()),
                url: None,
                title: None,
                published: "2022-04-19".parse().ok(),
                start: 0,
                end: 25,
                text: "The depot was struck,\nthey said.".to_owned(),
                prefix: String::new(),
                suffix: String::new(),
                trigger: Some("struck".to_owned()),
                attributed_to: None,
            },
        ],
        ..event("ASSAULT/drone/explosives +military+human_security")
    }
}

/// A talk of which no report tells day or place.
pub(crate) fn talk() -> ExportEvent {
    let mut envoy = party("USA", &[Sector::Gov]);
    envoy.id = 8;
    envoy.name = "Ada Moro".to_owned();
    envoy.kind = ActorKind::Person;
    envoy.roles = vec!["special envoy".to_owned(), "former judge".to_owned()];
    let mut council = party("UNO", &[]);
    council.id = 9;
    council.name = "UN Security Council".to_owned();
    council.kind = ActorKind::Organization;
    ExportEvent { id: 18, actors: vec![envoy, council], ..event("CONSULT") }
}

/// Events one after the other that between them show every loss.
pub(crate) fn several() -> Vec<ExportEvent> {
    let on = |day: Date| Some(DayRange { from: day, to: day });
    let mut march = event("PROTEST/demo");
    march.id = 19;
    march.date = Some(DayRange { from: date(2022, 4, 16), to: date(2022, 4, 18) });
    march.actors = vec![party("ROU", &[Sector::Lab])];
    let mut denied = event("COERCE/arrest");
    denied.id = 20;
    denied.status = Status::Denied;
    denied.date = on(date(2022, 4, 2));
    vec![attack(), talk(), march, denied]
}

/// A report of the record.
pub(crate) fn report() -> ExportReport {
    ExportReport {
        id: "harbour-1".to_owned(),
        outlet: Some("Harbour Post".to_owned()),
        url: Some("https://harbour.example/1".to_owned()),
        title: Some("Drones hit depot".to_owned()),
        byline: None,
        published: "2022-04-18T09:19-04:00".parse().ok(),
        language: Some("en".to_owned()),
        source_group: "harbour-1".to_owned(),
        agency: None,
        n_chars: 912,
        n_events: 2,
        uncoded: None,
    }
}

/// A statement of the record.
pub(crate) fn statement() -> ExportStatement {
    let event = attack();
    ExportStatement {
        id: 3,
        speaker: Some(party("KOR", &[Sector::Gov])),
        kind: StatementKind::Indirect,
        n_reports: 1,
        n_independent: 1,
        first_told: event.first_told,
        last_told: event.first_told,
        evidence: event.evidence[..1].to_vec(),
    }
}
