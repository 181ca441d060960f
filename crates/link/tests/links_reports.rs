//! Reports written by hand, and what linking makes of them.

mod support;

use dateline_link::{DiscrepancyKind, Origin, Status, link};
use dateline_plover::{CodedReport, EventType, SizeKind};
use dateline_resolve::{ActorKind, Sector};
use proptest::prelude::*;
use support::{Draft, all_evidence, names, outline};

const MARO: (f32, f32) = (10.0, 20.0);
const TEL: (f32, f32) = (14.0, 20.0);

/// A meeting of Ana Tarn and Ivo Lowe, told with the given words for it.
fn meeting(id: &str, published: &str, text: &str, trigger: &str, day: &str) -> CodedReport {
    Draft::new(id, published, text)
        .actor("Ana Tarn", ActorKind::Person, "PER", Some(Sector::Gov))
        .actor("Ivo Lowe", ActorKind::Person, "CHL", Some(Sector::Gov))
        .event(EventType::Consult, trigger, &["Ana Tarn", "Ivo Lowe"], &[])
        .on(day)
        .done()
}

#[test]
fn one_meeting_told_twice_is_one_event() {
    let linked = link(&[
        meeting(
            "a",
            "2024-05-04",
            "Ana Tarn met Ivo Lowe in Maro on Friday about fishing.",
            "met",
            "2024-05-03",
        ),
        meeting(
            "b",
            "2024-05-05",
            "Fishing talks of Ana Tarn and Ivo Lowe ended in Maro.",
            "talks",
            "2024-05-03",
        ),
    ]);
    assert_eq!(
        outline(&linked),
        "CONSULT reported Ana Tarn+Ivo Lowe ->  2024-05-03 - reports [0, 1] independent 2"
    );
}

#[test]
fn the_next_of_a_series_is_another_event() {
    let linked = link(&[
        meeting("a", "2024-05-04", "Ana Tarn met Ivo Lowe in Maro on Friday.", "met", "2024-05-03"),
        meeting("b", "2024-05-11", "Ana Tarn met Ivo Lowe in Maro on Friday again.", "met", "2024-05-10"),
    ]);
    assert_eq!(linked.events.n_values(), 2, "{}", outline(&linked));
}

#[test]
fn another_place_or_another_person_is_another_event() {
    let attack = |id: &str, place: &str, at| {
        Draft::new(id, "2024-05-04", &format!("Gunmen attacked a convoy near {place} in Peru."))
            .actor("Peru", ActorKind::State, "PER", None)
            .event(EventType::Assault, "attacked", &[], &["Peru"])
            .on("2024-05-03")
            .at(place, "PER", at)
            .done()
    };
    let linked = link(&[attack("a", "Maro", MARO), attack("b", "Tel", TEL)]);
    assert_eq!(linked.events.n_values(), 2, "{}", outline(&linked));

    let visit = |id: &str, guest: &str| {
        Draft::new(id, "2024-05-04", &format!("{guest} met Ivo Lowe on Friday."))
            .actor(guest, ActorKind::Person, "PER", Some(Sector::Gov))
            .actor("Ivo Lowe", ActorKind::Person, "CHL", Some(Sector::Gov))
            .event(EventType::Accuse, "met", &[guest], &["Ivo Lowe"])
            .on("2024-05-03")
            .done()
    };
    let linked = link(&[visit("a", "Ana Tarn"), visit("b", "Eva Roca")]);
    assert_eq!(linked.events.n_values(), 2, "{}", outline(&linked));
}

#[test]
fn a_place_named_beside_a_telling_is_its_place() {
    let placed = Draft::new("a", "2024-03-08", "Gunmen kidnapped pupils in Rugar Danbaba on Thursday.")
        .event(EventType::Assault, "kidnapped", &[], &[])
        .on("2024-03-07")
        .at("Rugar Danbaba", "NGA", MARO)
        .done();
    let named = |town: &str| {
        let text = format!(
            "She waits at the school in {town} for water.\nHer sons were kidnapped by masked riders."
        );
        Draft::new("b", "2024-03-09", &text)
            .event(EventType::Assault, "kidnapped", &[], &[])
            .on("2024-03-07")
            .done()
    };
    for (town, n_events) in [("Rugar Danbaba", 1), ("Dogon Fili", 2)] {
        let linked = link(&[placed.clone(), named(town)]);
        assert_eq!(linked.events.n_values(), n_events, "{town}: {}", outline(&linked));
    }
}

#[test]
fn spellings_of_one_office_holder_are_one_actor_and_a_discrepancy() {
    let report = |id: &str, name: &str| {
        Draft::new(id, "2024-05-04", &format!("Peru's deputy envoy {name} arrived in Maro."))
            .actor(name, ActorKind::Person, "PER", Some(Sector::Gov))
            .role(name, "deputy envoy")
            .done()
    };
    let linked = link(&[report("a", "Jun Parr"), report("b", "Jung Parr")]);
    assert_eq!(linked.actors.n_values(), 1);
    assert_eq!(linked.discrepancies.len(), 1);
    assert_eq!(linked.discrepancies[0].kind, DiscrepancyKind::Name);

    let two =
        Draft::new("c", "2024-05-04", "The deputy envoy Kim Jong-un and the envoy Kim Yo-jong arrived.")
            .actor("Kim Jong-un", ActorKind::Person, "PRK", Some(Sector::Gov))
            .role("Kim Jong-un", "deputy envoy")
            .actor("Kim Yo-jong", ActorKind::Person, "PRK", Some(Sector::Gov))
            .role("Kim Yo-jong", "envoy")
            .done();
    assert_eq!(link(&[two]).actors.n_values(), 2);
}

#[test]
fn a_territory_is_another_actor_than_its_state() {
    let report = |id: &str, name: &str| {
        Draft::new(id, "2024-05-04", &format!("{name} objected to the plan."))
            .actor(name, ActorKind::State, "USA", None)
            .done()
    };
    for (other, n_actors) in [("Washington", 1), ("US", 1), ("Guam", 2)] {
        let linked = link(&[report("a", "United States"), report("b", other)]);
        assert_eq!(linked.actors.n_values(), n_actors, "{other}");
    }
}

#[test]
fn a_surname_is_whoever_alone_bears_it() {
    let full = Draft::new("a", "2024-05-04", "Ana Tarn arrived in Maro.")
        .actor("Ana Tarn", ActorKind::Person, "PER", Some(Sector::Gov))
        .done();
    let short = Draft::new("b", "2024-05-04", "Ms Tarn left Maro.")
        .actor("Tarn", ActorKind::Person, "PER", None)
        .done();
    let other = Draft::new("c", "2024-05-04", "Eva Tarn lives in Tel.")
        .actor("Eva Tarn", ActorKind::Person, "PER", Some(Sector::Cvl))
        .done();
    assert_eq!(link(&[full.clone(), short.clone()]).actors.n_values(), 1);
    assert_eq!(link(&[full, short, other]).actors.n_values(), 3);
}

#[test]
fn a_meeting_planned_here_and_denied_there_is_in_doubt() {
    let report = |id: &str, text: &str, trigger: &str, event, planned: bool| {
        Draft::new(id, "2024-05-04", text)
            .actor("Ana Tarn", ActorKind::Person, "PER", Some(Sector::Gov))
            .actor("Ivo Lowe", ActorKind::Person, "CHL", Some(Sector::Gov))
            .event(event, trigger, &["Ana Tarn"], &["Ivo Lowe"])
            .change(|event| {
                event.aux.future = planned;
                event.aux.negation = !planned;
            })
            .done()
    };
    let linked = link(&[
        report("a", "Ana Tarn will meet Ivo Lowe in Maro.", "meet", EventType::Agree, true),
        report(
            "b",
            "No meeting of Ana Tarn and Ivo Lowe in Maro is set.",
            "meeting",
            EventType::Consult,
            false,
        ),
    ]);
    assert_eq!(linked.events.n_values(), 1, "{}", outline(&linked));
    let (_, event) = linked.events.iter().next().unwrap();
    assert_eq!(event.status, Status::Planned);
    let kinds: Vec<DiscrepancyKind> = linked.discrepancies.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [DiscrepancyKind::Status]);
}

#[test]
fn numbers_that_differ_between_reports_are_shown() {
    let report = |id: &str, dead: u32| {
        Draft::new(id, "2024-05-04", &format!("A bomb in Maro killed {dead} people on Friday in Peru."))
            .actor("Peru", ActorKind::State, "PER", None)
            .event(EventType::Assault, "killed", &[], &["Peru"])
            .on("2024-05-03")
            .at("Maro", "PER", MARO)
            .size(SizeKind::Dead, dead, &dead.to_string())
            .done()
    };
    let linked = link(&[report("a", 11), report("b", 14), report("c", 11)]);
    assert_eq!(linked.events.n_values(), 1, "{}", outline(&linked));
    let found = &linked.discrepancies[0];
    assert_eq!(found.kind, DiscrepancyKind::Number);
    let values: Vec<(&str, usize)> =
        found.values.iter().map(|value| (value.value.as_str(), value.reports().len())).collect();
    assert_eq!(values, [("11", 2), ("14", 1)]);
}

/// What is left of the numbers of dead of one attack, and the note on where they differ.
fn toll(reports: &[CodedReport]) -> (Vec<u32>, String) {
    let linked = link(reports);
    assert_eq!(linked.events.n_values(), 1, "{}", outline(&linked));
    let event = &linked.events.as_slice()[0];
    let counts = event.fields.size.iter().map(|size| size.value.count).collect();
    let notes: Vec<&str> = linked.discrepancies.iter().map(|found| found.note.as_str()).collect();
    (counts, notes.join(" / "))
}

#[test]
fn a_corrected_number_no_longer_counts_as_what_its_outlet_says() {
    let attack = |id: &str, day: &str, outlet: &str, dead: u32, note: &str| {
        let text = format!("Gunmen killed {dead} people near Maro on Friday.{note}");
        Draft::new(id, day, &text)
            .outlet(outlet, &format!("https://news.example/{id}"))
            .actor("Gunmen", ActorKind::Group, "PER", Some(Sector::Reb))
            .event(EventType::Assault, "killed", &["Gunmen"], &[])
            .on("2024-05-03")
            .size(SizeKind::Dead, dead, &dead.to_string())
            .done()
    };
    let note = "\nAn earlier version of this story said 12 people had died.";
    let earlier = attack("a", "2024-05-03", "Post", 12, "");
    let corrected = attack("b", "2024-05-04", "Post", 9, note);
    let given = "the number (dead) is given as “12”, “9”";
    for (reports, counts, expected) in [
        // By a note of the outlet, whatever the order in which they are given.
        (vec![earlier.clone(), corrected.clone()], vec![9], "; “12” was withdrawn by Post on 2024-05-04"),
        (vec![corrected.clone(), earlier.clone()], vec![9], "; “12” was withdrawn by Post on 2024-05-04"),
        // By another version, which need not say so.
        (
            vec![earlier.clone(), attack("a", "2024-05-04", "Post", 9, "")],
            vec![9],
            "; Post gives “9” since 2024-05-04, before “12”",
        ),
        // A toll told anew is no correction, but the outlet's last word.
        (vec![earlier.clone(), attack("b", "2024-05-04", "Post", 9, "")], vec![9], ""),
        // Nobody corrects another outlet.
        (vec![earlier.clone(), attack("b", "2024-05-04", "Wire", 9, note)], vec![12, 9], ""),
    ] {
        assert_eq!(toll(&reports), (counts, format!("{given}{expected}")));
    }
}

#[test]
fn a_quotation_in_two_reports_is_one_statement() {
    let report = |id: &str, text: &str, content: &str| {
        Draft::new(id, "2024-05-04", text)
            .actor("Ana Tarn", ActorKind::Person, "PER", Some(Sector::Gov))
            .statement("Ana Tarn", content)
            .done()
    };
    let linked = link(&[
        report(
            "a",
            "“We keep the closest possible naval guard ships here,” Ana Tarn said.",
            "We keep the closest possible naval guard ships here",
        ),
        report(
            "b",
            "Ana Tarn promised “the closest possible naval watch” over Maro.",
            "“the closest possible naval watch” over Maro",
        ),
    ]);
    assert_eq!(linked.statements.n_values(), 1);
    let kinds: Vec<DiscrepancyKind> = linked.discrepancies.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [DiscrepancyKind::Wording]);
}

#[test]
fn reports_that_have_it_from_one_agency_count_once() {
    let report = |id: &str, text: &str| {
        Draft::new(id, "2024-05-04", text)
            .actor("KCNA", ActorKind::Organization, "PRK", Some(Sector::Jrn))
            .actor("North Korea", ActorKind::State, "PRK", None)
            .event(EventType::Mobilize, "fired", &["North Korea"], &[])
            .on("2024-05-03")
            .statement("KCNA", "North Korea fired")
            .done()
    };
    let linked = link(&[
        report("a", "North Korea fired a rocket at sea, KCNA said."),
        report("b", "KCNA reported that North Korea fired something new on Friday."),
    ]);
    let (_, event) = linked.events.iter().next().unwrap();
    assert_eq!((event.reports.len(), event.independent_reports), (2, 1));
    assert_eq!(names(&linked, &[event.evidence[0].attributed_to.unwrap()]), ["KCNA"]);
}

/// Several rewritten copies of one agency text, independent reports of the same thing, and other events of the
/// same kind in the same country and week.
fn many_reports() -> Vec<CodedReport> {
    let kidnapping = |id: String, published: &str, text: String, day: &str, place: &str, at, taken: u32| {
        Draft::new(&id, published, &text)
            .actor("Peru", ActorKind::State, "PER", None)
            .event(EventType::Assault, "abducted", &[], &["Peru"])
            .on(day)
            .at(place, "PER", at)
            .size(SizeKind::Abducted, taken, &taken.to_string())
            .done()
    };
    let lead = "MARO, May 3 (Reuters) - Gunmen on motorcycles abducted 87 pupils from a boarding school near Maro in \
        northern Peru before dawn on Friday, the governor of the province told reporters.";
    let tail = "Parents gathered at the gate through the morning while soldiers searched the forest on both banks of \
        the river for tracks of the attackers.";
    let end = "It was the third raid on a school in the province since January, and teachers have asked for guards at \
        night.";
    let copies = [
        format!("{lead}\n{tail}\n{end}"),
        format!("{}\n{end}\n{tail}", lead.trim_start_matches("MARO, May 3 (Reuters) - ")),
        lead.replace("before dawn", "early").replace("told reporters", "said"),
        format!("{}\n{tail}", lead.replace("Gunmen on motorcycles", "Armed men riding motorcycles")),
        format!("{}\n{}", lead.replace("MARO, May 3 (Reuters) - ", ""), end.replace("asked for", "demanded")),
    ];
    let mut reports: Vec<CodedReport> = copies
        .into_iter()
        .enumerate()
        .map(|(n, text)| kidnapping(format!("copy-{n}"), "2024-05-03", text, "2024-05-03", "Maro", MARO, 87))
        .collect();
    for (n, (text, taken)) in [
        ("At least 90 children were abducted when raiders came to a school in Maro, Peru, a nun who hid says.", 90),
        ("Peru counts its missing: 87 boys and girls abducted from their beds at Maro school on Friday.", 87),
        ("The mayor of Maro in Peru put the number of pupils abducted in the school raid at 112.", 112),
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("own-{n}");
        reports.push(kidnapping(id, "2024-05-04", text.to_owned(), "2024-05-03", "Maro", MARO, taken));
    }
    for n in 0..6u32 {
        let at = (-10.0 - n as f32, -70.0);
        let taken = 2 + n;
        let text = format!(
            "Unknown men abducted {taken} drivers from a lorry on the road to Town{n}, Peru, police said."
        );
        let place = format!("Town{n}");
        reports.push(kidnapping(format!("other-{n}"), "2024-05-04", text, "2024-05-03", &place, at, taken));
    }
    reports
}

#[test]
fn events_are_counted_and_not_articles() {
    let linked = link(&many_reports());
    assert_eq!(linked.events.n_values(), 7, "{}", outline(&linked));
    let (_, school) = linked.events.iter().max_by_key(|(_, event)| event.reports.len()).unwrap();
    assert_eq!(school.reports.len(), 8);
    assert_eq!(school.independent_reports, 4, "one agency and three of their own");
    for copy in linked.reports.iter().take(5) {
        assert_eq!(copy.1.origin, Some(Origin::Agency("Reuters".to_owned())), "{:?}", copy.0);
    }
    let numbers = linked.discrepancies.iter().find(|found| found.kind == DiscrepancyKind::Number).unwrap();
    let values: Vec<&str> = numbers.values.iter().map(|value| value.value.as_str()).collect();
    assert_eq!(values, ["87", "112", "90"]);
}

#[test]
fn evidence_slices_to_words() {
    let reports = many_reports();
    let linked = link(&reports);
    let evidence = all_evidence(&linked);
    assert!(!evidence.is_empty());
    for evidence in evidence {
        let text = &reports[evidence.report.index()].article.text;
        assert!(evidence.span.slice(text).is_some_and(|words| !words.is_empty()), "{evidence:?}");
    }
    for lineage in &linked.lineage {
        for passage in &lineage.passages {
            let (a, b) = (lineage.reports.0.index(), lineage.reports.1.index());
            assert!(passage.a.slice(&reports[a].article.text).is_some());
            assert!(passage.b.slice(&reports[b].article.text).is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_reports_changes_only_numbers(order in Just((0..14usize).collect::<Vec<_>>()).prop_shuffle()) {
        let reports = many_reports();
        let ids = |reports: &[CodedReport]| {
            let linked = link(reports);
            let mut events: Vec<(Vec<String>, usize)> = linked
                .events
                .iter()
                .map(|(_, event)| {
                    let mut ids: Vec<String> =
                        event.reports.iter().map(|report| reports[report.index()].report.id.clone()).collect();
                    ids.sort();
                    (ids, event.independent_reports)
                })
                .collect();
            events.sort();
            let mut lineage: Vec<(Vec<String>, u32)> = linked
                .lineage
                .iter()
                .map(|lineage| {
                    let (a, b) = lineage.reports;
                    let mut ids = vec![reports[a.index()].report.id.clone(), reports[b.index()].report.id.clone()];
                    ids.sort();
                    (ids, (lineage.shared.value() * 1000.0) as u32)
                })
                .collect();
            lineage.sort();
            (events, lineage, linked.discrepancies.len())
        };
        let shuffled: Vec<CodedReport> = order.iter().map(|&number| reports[number].clone()).collect();
        prop_assert_eq!(ids(&reports), ids(&shuffled));
    }
}
