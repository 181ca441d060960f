//! From reports to exports: what is exported stands in the reports, word for word.

use dateline_export::{Format, LinkedExport, Table, write_events};
use dateline_ingest::{Body, Report};
use dateline_link::{Linked, link};
use dateline_plover::{CodedReport, Pipeline};
use serde_json::Value;

const REPORTS: [&str; 2] = [
    "Two drones struck the depot at Marenko on Sunday, killing three civilians, the mayor said.\n\n\
     Peru’s government condemned the attack and met Chile’s envoy in Lima on Monday.",
    "Drones struck the depot at Marenko on Sunday.\n\n“It was a crime,” Peru’s president said.",
];

fn coded() -> Vec<CodedReport> {
    let pipeline = Pipeline::embedded().expect("the embedded models");
    let reports = REPORTS.iter().enumerate().map(|(number, text)| {
        let mut report = Report::new(format!("r{number}"), Body::Text((*text).into()));
        report.published = "2022-04-18".parse().ok();
        report.url = (number == 0).then(|| "https://harbour.example/1".to_owned());
        pipeline.run(report, dateline_clean::Shape::ArticleOnly).expect("coded")
    });
    reports.collect()
}

fn lines(coded: &[CodedReport], linked: &Linked, format: Format) -> Vec<Value> {
    let mut bytes = Vec::new();
    write_events(format, LinkedExport::new(coded, linked).events(), &mut bytes).expect("written");
    let text = String::from_utf8(bytes).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn evidence_slices_to_its_words_in_code_points() {
    let coded = coded();
    let linked = link(&coded);
    let annotations = lines(&coded, &linked, Format::Annotations);
    assert!(annotations.len() >= 3, "{}", annotations.len());
    for annotation in annotations {
        let target = &annotation["target"];
        let [quote, position] = [&target["selector"][0], &target["selector"][1]];
        let number = usize::from(target["source"] == "urn:dateline:report:r1");
        let chars: Vec<char> = REPORTS[number].chars().collect();
        let at = |key: &str| position[key].as_u64().expect("a number") as usize;
        let slice = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        assert_eq!(slice(at("start"), at("end")), quote["exact"]);
        let words = |key: &str| quote[key].as_str().expect("words").to_owned();
        assert!(slice(0, at("start")).ends_with(&words("prefix")));
        assert!(slice(at("end"), chars.len()).starts_with(&words("suffix")));
    }
}

#[test]
fn every_event_is_a_line_of_plover() {
    let coded = coded();
    let linked = link(&coded);
    let events = lines(&coded, &linked, Format::Plover);
    assert_eq!(events.len(), linked.events.n_values());
    let attack = events.iter().find(|event| event["event"][0] == "ASSAULT").expect("the attack");
    assert_eq!(attack["date"], "2022-04-17");
    assert_eq!(attack["n_reports"], 2);
    assert_eq!(attack["first_told"], "2022-04-18");
    assert_eq!(
        attack["text"],
        "Two drones struck the depot at Marenko on Sunday, killing three civilians, the mayor said."
    );
}

#[test]
fn reports_and_statements_are_tables() {
    let coded = coded();
    let linked = link(&coded);
    let export = LinkedExport::new(&coded, &linked);
    let mut reports = Vec::new();
    let mut writer = dateline_export::ReportWriter::new(Format::Csv, &mut reports).expect("begun");
    export.reports().for_each(|report| writer.write(&report).expect("written"));
    writer.finish().expect("ended");
    let reports = String::from_utf8(reports).expect("text");
    assert_eq!(reports.lines().count(), 3, "{reports}");
    assert!(
        reports.lines().nth(1).is_some_and(|row| row.starts_with("r0,") && row.contains(",en,")),
        "{reports}"
    );
    let mut statements = Vec::new();
    let mut writer = dateline_export::StatementWriter::new(Format::Csv, &mut statements).expect("begun");
    export.statements().for_each(|statement| writer.write(&statement).expect("written"));
    writer.finish().expect("ended");
    let statements = String::from_utf8(statements).expect("text");
    assert!(statements.contains("It was a crime"), "{statements}");
    assert_eq!(
        Table::Statements.notes().len(),
        statements.lines().next().unwrap_or_default().split(',').count()
    );
}
