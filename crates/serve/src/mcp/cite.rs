//! What was found, as lines that cite: who published the words, when, the words, and the page that shows them.
//!
//! ```text
//! e7 CONSULT/visit: Sung Kim -> Noh Kyu-duk, 2022-04-18, Seoul; reported; 4 reports, 3 independent; /event/e7
//!   r3 Harbour Post, 2022-04-18: “The envoys met in Seoul on Monday.” /report/r3#c120
//! ```

use crate::words::cut;
use serde_json::Value;

/// Quotations of one thing in a list; one thing alone has all, up to [`MANY`].
const FEW: usize = 3;
const MANY: usize = 40;
/// Characters of a quotation.
const QUOTE: usize = 400;

/// The lines of an answer of the API; `thing` is what it holds.
pub(super) fn text(thing: &str, answer: &Value) -> String {
    let lines = match answer.get("items").and_then(Value::as_array) {
        None => item(thing, answer, MANY),
        Some(items) if items.is_empty() => return "Nothing in the record fits.".to_owned(),
        Some(items) => {
            let mut lines: Vec<String> = items.iter().flat_map(|one| item(thing, one, FEW)).collect();
            if !answer["next"].is_null() {
                let next = answer["offset"].as_u64().unwrap_or(0) + items.len() as u64;
                lines.push(format!("There is more: offset {next}."));
            }
            lines
        }
    };
    lines.join("\n")
}

fn item(thing: &str, json: &Value, n_quotes: usize) -> Vec<String> {
    match thing {
        "Evidence" => vec![quote(json)],
        "Found" => found(json),
        "StatementDetail" => statement(json, n_quotes),
        "Tension" => vec![format!(
            "{}: {} events, {} of conflict, {} of cooperation, sum {}, mean {}",
            words(&json["date"]),
            json["events"],
            json["conflict"],
            json["cooperation"],
            json["sum"],
            json["mean"]
        )],
        _ => event(json, n_quotes),
    }
}

/// An event with some of its evidence and where its reports differ.
fn event(json: &Value, n_quotes: usize) -> Vec<String> {
    let mut lines = vec![head(json)];
    let evidence = list(&json["evidence"]);
    lines.extend(evidence.iter().take(n_quotes).map(|told| format!("  {}", quote(told))));
    if evidence.len() > n_quotes {
        lines.push(format!("  and {} more tellings", evidence.len() - n_quotes));
    }
    lines.extend(
        list(&json["discrepancies"]).iter().map(|one| format!("  Reports differ: {}", words(&one["note"]))),
    );
    lines
}

/// The event in one line.
pub(super) fn head(json: &Value) -> String {
    let modes = list(&json["mode"]).iter().map(words);
    let what: Vec<String> = [words(&json["event"])].into_iter().chain(modes).collect();
    let names = |side: &Value| {
        list(side).iter().map(|party| cut(&words(&party["name"]), 60)).collect::<Vec<_>>().join(", ")
    };
    let (actors, recipients) = (names(&json["actor"]), names(&json["recipient"]));
    let actors = if actors.is_empty() { "somebody not named".to_owned() } else { actors };
    let to = if recipients.is_empty() { String::new() } else { format!(" -> {recipients}") };
    let (from, until) = (words(&json["date"]["from"]), words(&json["date"]["to"]));
    let day = match (from.as_str(), until == from) {
        ("", _) => "day not stated".to_owned(),
        (_, true) => from,
        _ => format!("{from} to {until}"),
    };
    let place = words(&json["place"]["name"]);
    let place = if place.is_empty() { place } else { format!(", {place}") };
    let id = words(&json["id"]);
    format!(
        "{id} {}: {actors}{to}, {day}{place}; {}; {} reports, {} independent; /event/{id}",
        what.join("/"),
        words(&json["status"]),
        json["n_reports"],
        json["independent_reports"]
    )
}

/// A telling with its source.
pub(super) fn quote(json: &Value) -> String {
    let outlet = words(&json["outlet"]);
    let outlet = if outlet.is_empty() { words(&json["report_name"]) } else { outlet };
    let published = words(&json["published"]);
    let published = if published.is_empty() { "day not stated".to_owned() } else { published };
    let speaker = words(&json["attributed_to"]["name"]);
    let speaker = if speaker.is_empty() { speaker } else { format!(", citing {speaker}") };
    format!(
        "{} {outlet}, {published}{speaker}: “{}” {}",
        words(&json["report"]),
        long(&json["text"]),
        place(json)
    )
}

fn found(json: &Value) -> Vec<String> {
    let id = words(&json["id"]);
    let mut lines = vec![format!(
        "{id} {}, {}: {} /report/{id}",
        words(&json["outlet"]),
        words(&json["published"]),
        words(&json["title"])
    )];
    if json["quote"].is_object() {
        lines.push(format!("  “{}” {}", long(&json["quote"]["text"]), place(&json["quote"])));
    }
    lines
}

fn statement(json: &Value, n_quotes: usize) -> Vec<String> {
    let speaker = words(&json["speaker"]["name"]);
    let speaker = if speaker.is_empty() { "somebody not named".to_owned() } else { speaker };
    let mut lines = vec![format!(
        "{} {speaker} ({}); {} reports, {} independent",
        words(&json["id"]),
        words(&json["kind"]),
        json["n_reports"],
        json["independent_reports"]
    )];
    let outlet = |report: &Value| {
        let told = list(&json["history"]).iter().find(|told| told["report"] == *report);
        told.map_or(String::new(), |told| format!(" {}, {}", words(&told["outlet"]), words(&told["day"])))
    };
    lines.extend(list(&json["evidence"]).iter().take(n_quotes).map(|quote| {
        let report = &quote["report"];
        format!("  {}{}: “{}” {}", words(report), outlet(report), long(&quote["text"]), place(quote))
    }));
    lines
}

/// The page that shows the words.
fn place(json: &Value) -> String {
    format!("/report/{}#c{}", words(&json["report"]), json["start"])
}

/// A text of the answer on one line; nothing where it is null.
fn words(json: &Value) -> String {
    json.as_str().map_or(String::new(), |words| cut(words, 160))
}

fn long(json: &Value) -> String {
    json.as_str().map_or(String::new(), |words| cut(words, QUOTE))
}

fn list(json: &Value) -> &[Value] {
    json.as_array().map_or(&[], Vec::as_slice)
}
