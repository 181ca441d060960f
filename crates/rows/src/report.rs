//! Reports: `r3, 2022-04-18, Harbour Post, "Envoys meet", 5 events`.

use super::{Kind, Row, cut, or_empty, plain, quote_json, ten_thousandths};
use dateline_record::{LineageRow, ReportDetail, ReportRow};
use dateline_text::{ByteSpan, CodePoints};
use serde_json::{Value, json};

impl Row for ReportRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "outlet",
        "title",
        "byline",
        "published",
        "url",
        "language",
        "version",
        "replaces",
        "counted_as",
        "independent",
        "agency",
        "uncoded",
        "events",
        "statements",
        "input",
    ];
    const HEADINGS: &'static [&'static str] = &["id", "published", "outlet", "title", "source", "events"];
    const TYPED: &'static [(&'static str, Kind)] =
        &[("version", Kind::Integer), ("events", Kind::Integer), ("statements", Kind::Integer)];

    fn cells(&self) -> Vec<String> {
        vec![
            format!("r{}", self.id),
            self.name.clone(),
            or_empty(self.outlet.as_ref()),
            or_empty(self.title.as_ref()),
            or_empty(self.byline.as_ref()),
            or_empty(self.published.as_ref()),
            or_empty(self.url.as_ref()),
            or_empty(self.language.as_ref()),
            self.version.to_string(),
            or_empty(self.replaces.map(|report| format!("r{report}"))),
            format!("r{}", self.counted_as),
            (self.counted_as == self.id).to_string(),
            or_empty(self.agency.as_ref()),
            or_empty(self.uncoded.as_ref()),
            self.n_events.to_string(),
            self.n_statements.to_string(),
            self.input.clone(),
        ]
    }

    fn shown(&self) -> Vec<String> {
        let source = match (&self.agency, self.counted_as == self.id) {
            (Some(agency), _) => cut(agency, 40),
            (None, true) => "own".to_owned(),
            (None, false) => format!("as r{}", self.counted_as),
        };
        vec![
            format!("r{}", self.id),
            self.published.as_deref().map_or(String::new(), |published| cut(published, 30)),
            self.outlet.as_deref().map_or_else(|| cut(&self.name, 40), |outlet| cut(outlet, 40)),
            self.title.as_deref().map_or(String::new(), |title| cut(title, 120)),
            source,
            self.uncoded.as_deref().map_or_else(|| self.n_events.to_string(), plain),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "id": format!("r{}", self.id),
            "name": self.name,
            "outlet": self.outlet,
            "title": self.title,
            "byline": self.byline,
            "published": self.published,
            "url": self.url,
            "language": self.language,
            "version": self.version,
            "replaces": self.replaces.map(|report| format!("r{report}")),
            "origin": self.agency,
            "independent": self.counted_as == self.id,
            "counted_as": format!("r{}", self.counted_as),
            "uncoded": self.uncoded,
            "n_events": self.n_events,
            "n_statements": self.n_statements,
            "input": self.input,
        })
    }
}

/// One report as JSON, with its text.
pub fn json(report: &ReportDetail, lineage: &[LineageRow]) -> Value {
    let points = CodePoints::new(&report.text);
    let span = |span: ByteSpan| {
        span.slice(&report.text).map(|_| {
            let chars = points.to_chars(span);
            json!({"start": chars.start, "end": chars.end})
        })
    };
    let mut json = report.row.json();
    json["text"] = report.text.as_str().into();
    json["paragraphs"] = report.layout.paragraphs.iter().filter_map(|&paragraph| span(paragraph)).collect();
    let removed = report.layout.removed.iter().filter_map(|removed| {
        let mut json = span(removed.span)?;
        json["reason"] = removed.reason.as_str().into();
        Some(json)
    });
    json["removed"] = removed.collect();
    json["corrections"] = report.corrections.iter().filter_map(|&note| span(note)).collect();
    json["events"] = report.events.iter().map(|event| format!("e{event}")).collect();
    json["statements"] = report.statements.iter().map(|statement| format!("s{statement}")).collect();
    let extra = report.extra.as_deref().and_then(|extra| serde_json::from_str(extra).ok());
    json["extra"] = extra.unwrap_or(Value::Null);
    json["lineage"] = lineage.iter().map(lineage_json).collect();
    json
}

fn lineage_json(row: &LineageRow) -> Value {
    let passages = row.passages.iter().map(|passage| {
        json!({"a": quote_json(&passage.here), "b": quote_json(&passage.there), "quoted": passage.quoted})
    });
    json!({
        "reports": [format!("r{}", row.report), format!("r{}", row.other)],
        "shared": ten_thousandths(row.shared),
        "shared_unquoted": ten_thousandths(row.shared_unquoted),
        "is_copy": row.is_copy,
        "passages": passages.collect::<Vec<_>>(),
    })
}

/// One report for reading: head, article, what was found in it.
pub fn detail(report: &ReportDetail, lineage: &[LineageRow]) -> String {
    let row = &report.row;
    let mut lines = vec![format!("r{}  {}", row.id, plain(row.title.as_deref().unwrap_or(&row.name)))];
    let mut head = |heading: &str, value: Option<&str>| {
        if let Some(value) = value {
            lines.push(format!("  {heading:<10} {}", plain(value)));
        }
    };
    head("outlet", row.outlet.as_deref());
    head("byline", row.byline.as_deref());
    head("published", row.published.as_deref());
    head("url", row.url.as_deref());
    head("agency", row.agency.as_deref());
    head("uncoded", row.uncoded.as_deref());
    head("input", Some(&row.input));
    if row.counted_as != row.id {
        head("counted as", Some(&format!("r{}", row.counted_as)));
    }
    for shared in lineage {
        let share = (f64::from(shared.shared) * 100.0).round();
        let copy = if shared.is_copy { ", one source" } else { "" };
        lines.push(format!("  {:<10} {share} % of the shorter text with r{}{copy}", "shares", shared.other));
    }
    let listed = |ids: &[i64], letter: char| {
        ids.iter().map(|id| format!("{letter}{id}")).collect::<Vec<_>>().join(", ")
    };
    lines.push(format!("  {:<10} {}", "events", listed(&report.events, 'e')));
    lines.push(format!("  {:<10} {}", "statements", listed(&report.statements, 's')));
    for note in report.corrections.iter().filter_map(|span| span.slice(&report.text)) {
        lines.push(format!("  {:<10} “{}”", "correction", plain(note)));
    }
    for paragraph in report.layout.paragraphs.iter().filter_map(|span| span.slice(&report.text)) {
        lines.push(format!("\n{}", plain(paragraph)));
    }
    lines.join("\n") + "\n"
}
