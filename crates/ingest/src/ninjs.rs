//! News items as agencies send them: IPTC ninjs, the 1.x and 2.x generations.
//!
//! In:  one item as a JSON object.
//! Out: a [`Report`]. `uri` is its id, `headline` its title, `versioncreated` (else `firstcreated`) its time of
//!      publication, `byline` (in 2.x `by`) its author, the first of `infosources` (else `source`) its outlet.
//!
//! The body is `body_text`, else `body_xhtml`, `body_html` or another `body_…`; in 2.x the main one of `bodies`. Where
//! plain and marked-up text both stand there and the plain one is a single line, its paragraphs were lost on the way,
//! and the other is taken. The bodies that are not taken say the same again and are dropped. Everything else stays
//! in [`Report::extra`] as it was: `version`, `pubstatus`, `located` (the place of the dateline), `language`, ….
//!
//! Not done: the items inside a package (`associations`) are not read.
//!
//! ```text
//! {"uri":"urn:wire:7","versioncreated":"2031-05-02T08:00:00Z","headline":"Ferries return","located":"Marenko",
//!  "pubstatus":"usable","version":"2","body_text":"The first ferries …"}
//! ```

use crate::jsonl::kind_of;
use crate::{Body, IngestErrorKind, Input, Published, Report};
use dateline_text::Notice;
use serde_json::{Map, Value};

/// Keys that, beside `uri`, only items have.
const ITEM_KEYS: [&str; 7] =
    ["versioncreated", "firstcreated", "headline", "headlines", "bodies", "pubstatus", "infosources"];

/// Whether an object has the keys of an item.
pub(crate) fn is_item(object: &Map<String, Value>) -> bool {
    object.contains_key("uri")
        && object.keys().any(|key| ITEM_KEYS.contains(&key.as_str()) || key.starts_with("body_"))
}

/// Whether the beginning of a file has the keys of an item.
pub(crate) fn looks_like_items(head: &str) -> bool {
    let has = |key: &str| head.contains(&format!("\"{key}\""));
    let n_keys = ITEM_KEYS.iter().filter(|key| has(key)).count();
    n_keys + usize::from(has("uri")) + usize::from(head.contains("\"body_")) >= 2
}

/// Reads one item. Without a `uri` of words the report gets `fallback_id`.
pub(crate) fn read_item(
    mut item: Map<String, Value>,
    input: Input,
    fallback_id: String,
) -> Result<Report, IngestErrorKind> {
    let Some(body) = take_body(&mut item) else {
        let kind = item.get("type").and_then(Value::as_str).filter(|kind| *kind != "text");
        return Err(IngestErrorKind::NoNinjsBody(
            kind.map(|kind| format!(" (its type is `{kind}`)")).unwrap_or_default(),
        ));
    };
    let mut notices = Vec::new();
    let id = take_words(&mut item, "uri", &mut notices).unwrap_or(fallback_id);
    let mut report = Report { input, ..Report::new(id, body) };
    report.title = take_words(&mut item, "headline", &mut notices)
        .or_else(|| take_words(&mut item, "headline_main", &mut notices))
        .or_else(|| main_entries(&item, "headlines").into_iter().next().map(|(words, _)| words));
    report.byline =
        take_words(&mut item, "byline", &mut notices).or_else(|| take_words(&mut item, "by", &mut notices));
    report.outlet = outlet(&item).or_else(|| take_words(&mut item, "source", &mut notices));
    for key in ["versioncreated", "firstcreated"] {
        if report.published.is_some() {
            break;
        }
        let Some(words) = take_words(&mut item, key, &mut notices) else { continue };
        match words.parse::<Published>() {
            Ok(published) => report.published = Some(published),
            Err(error) => notices.push(Notice::new(format!("`{key}`: {error}; it was ignored"))),
        }
    }
    if let Some(status @ ("canceled" | "withheld")) = item.get("pubstatus").and_then(Value::as_str) {
        notices.push(Notice::new(format!("its publisher has {status} this item (`pubstatus`)")));
    }
    report.notices = notices;
    report.extra = item;
    Ok(report)
}

/// The words of the article; all other forms of them are dropped.
fn take_body(item: &mut Map<String, Value>) -> Option<Body> {
    let (mut plain, mut marked) = (None, None);
    for (words, is_plain) in main_entries(item, "bodies") {
        let place = if is_plain { &mut plain } else { &mut marked };
        place.get_or_insert(words);
    }
    let keys: Vec<String> = item.keys().filter(|key| key.starts_with("body_")).cloned().collect();
    // The names of the standard first, then those of an agency.
    for key in ["body_text", "body_xhtml", "body_html"].into_iter().chain(keys.iter().map(String::as_str)) {
        let Some(Value::String(words)) = item.get(key) else { continue };
        if words.trim().is_empty() {
            continue;
        }
        let is_marked = match key {
            "body_text" => false,
            "body_xhtml" | "body_html" => true,
            _ => words.trim_start().starts_with('<'),
        };
        let place = if is_marked { &mut marked } else { &mut plain };
        place.get_or_insert_with(|| words.clone());
    }
    let has_lost_paragraphs =
        plain.as_ref().is_some_and(|words| !words.trim().contains('\n')) && marked.is_some();
    let body = match (plain, marked) {
        (Some(words), _) if !has_lost_paragraphs => Body::Text(words.into()),
        (_, Some(words)) => Body::Html(words.into()),
        (Some(words), None) => Body::Text(words.into()),
        (None, None) => return None,
    };
    item.shift_remove("bodies");
    for key in keys {
        item.shift_remove(&key);
    }
    Some(body)
}

fn is_plain_type(body: &Map<String, Value>) -> bool {
    body.get("contenttype")
        .and_then(Value::as_str)
        .is_none_or(|media_type| media_type.starts_with("text/plain"))
}

/// The words of the main entries of a list of 2.x, else of all, and whether they are plain text.
fn main_entries(item: &Map<String, Value>, key: &str) -> Vec<(String, bool)> {
    let entries = item.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let read = |only_main: bool| -> Vec<(String, bool)> {
        let entries = entries.iter().filter_map(Value::as_object);
        entries
            .filter(|entry| !only_main || entry.get("role").and_then(Value::as_str) == Some("main"))
            .filter_map(|entry| Some((entry.get("value")?.as_str()?.to_owned(), is_plain_type(entry))))
            .filter(|(words, _)| !words.trim().is_empty())
            .collect()
    };
    let main = read(true);
    if main.is_empty() { read(false) } else { main }
}

/// The first of the sources of information that has a name. The list stays: it may say more.
fn outlet(item: &Map<String, Value>) -> Option<String> {
    ["infosources", "infosource"].iter().find_map(|key| {
        item.get(*key)?.as_array()?.iter().find_map(|source| {
            let name = source.get("name")?.as_str()?;
            (!name.trim().is_empty()).then(|| name.to_owned())
        })
    })
}

fn take_words(item: &mut Map<String, Value>, key: &str, notices: &mut Vec<Notice>) -> Option<String> {
    match item.shift_remove(key) {
        Some(Value::String(words)) => Some(words).filter(|words| !words.trim().is_empty()),
        None | Some(Value::Null) => None,
        Some(other) => {
            let found = kind_of(&other);
            notices.push(Notice::new(format!("`{key}` is {found}, expected a string; it was ignored")));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(item: &str) -> Result<Report, IngestErrorKind> {
        let Ok(Value::Object(item)) = serde_json::from_str(item) else { panic!("{item}") };
        assert!(is_item(&item), "{item:?}");
        read_item(item, Input::whole("wire.json"), "wire:1".into())
    }

    fn body(report: &Report) -> String {
        match &report.body {
            Body::Text(words) => format!("text {words}"),
            Body::Html(words) => format!("html {words}"),
        }
    }

    #[test]
    fn both_generations_become_reports() {
        let first = read(
            r#"{"uri":"urn:wire:7","type":"text","versioncreated":"2031-05-02T08:00:00+02:00","firstcreated":"2031-05-02",
                "headline":"Ferries return","byline":"Ana Belo","located":"Marenko","pubstatus":"canceled","version":"3",
                "language":"en","source":"Valley Wire","body_text":"One.\nTwo.","body_xhtml":"<p>One.</p>","urgency":4}"#,
        )
        .unwrap();
        let second = read(
            r#"{"uri":"urn:wire:8","firstcreated":"2031-05-02T08:00:00Z","by":"Ana Belo",
                "headlines":[{"role":"short","value":"Ferries"},{"role":"main","value":"Ferries return"}],
                "bodies":[{"role":"main","contenttype":"text/html","value":"<p>One.</p>"},{"role":"caption","value":"Two."}],
                "infosources":[{"uri":"x"},{"name":"Valley Wire"}]}"#,
        )
        .unwrap();
        let outline = |report: &Report| {
            format!(
                "{} | {:?} | {:?} | {:?} | {}\n{}\n{}\n{:?}\n",
                report.id,
                report.title.as_deref(),
                report.byline.as_deref(),
                report.outlet.as_deref(),
                report.published.unwrap(),
                body(report),
                serde_json::to_string(&report.extra).unwrap(),
                report.notices.iter().map(Notice::to_string).collect::<Vec<_>>(),
            )
        };
        insta::assert_snapshot!(outline(&first) + &outline(&second), @r#"
urn:wire:7 | Some("Ferries return") | Some("Ana Belo") | Some("Valley Wire") | 2031-05-02T08:00+02:00
text One.
Two.
{"type":"text","firstcreated":"2031-05-02","located":"Marenko","pubstatus":"canceled","version":"3","language":"en","urgency":4}
["its publisher has canceled this item (`pubstatus`)"]
urn:wire:8 | Some("Ferries return") | Some("Ana Belo") | Some("Valley Wire") | 2031-05-02T08:00Z
html <p>One.</p>
{"headlines":[{"role":"short","value":"Ferries"},{"role":"main","value":"Ferries return"}],"infosources":[{"uri":"x"},{"name":"Valley Wire"}]}
[]
"#);
    }

    #[test]
    fn the_body_with_paragraphs_is_taken() {
        for (bodies, expected) in [
            (r#""body_text":"One.\nTwo.","body_xhtml":"<p>One.</p>""#, "text One.\nTwo."),
            (r#""body_text":"One. Two.","body_xhtml":"<p>One.</p>""#, "html <p>One.</p>"),
            (r#""body_text":"One. Two.","body_xhtml":"  ""#, "text One. Two."),
            (r#""body_html":"<p>One.</p>""#, "html <p>One.</p>"),
            (r#""body_richtext":"<p>One.</p>","body_short":"One.\n\nTwo.""#, "text One.\n\nTwo."),
            (r#""bodies":[{"value":"One."}]"#, "text One."),
            (
                r#""bodies":[{"value":"<p>","contenttype":"text/html"},{"value":"One.\nTwo.","contenttype":"text/plain"}]"#,
                "text One.\nTwo.",
            ),
        ] {
            let report = read(&format!(r#"{{"uri":"u",{bodies}}}"#)).unwrap();
            assert_eq!(body(&report), expected, "{bodies}");
            assert!(report.extra.is_empty(), "{bodies}: {:?}", report.extra);
        }
    }

    #[test]
    fn what_is_no_article_is_named() {
        for (item, expected) in [
            (
                r#"{"uri":"u","type":"picture","headline":"x"}"#,
                "no `body_text`, `body_xhtml` or `bodies` in this ninjs item (its type is `picture`); this report was left out",
            ),
            (
                r#"{"uri":"u","bodies":[],"body_text":7}"#,
                "no `body_text`, `body_xhtml` or `bodies` in this ninjs item; this report was left out",
            ),
        ] {
            assert_eq!(read(item).unwrap_err().to_string(), expected, "{item}");
        }
    }

    proptest! {
        #[test]
        fn any_item_is_no_panic(
            keys in proptest::collection::vec(0..ITEM_KEYS.len() + 5, 0..6),
            values in proptest::collection::vec("\\PC{0,6}|\\[\\{\"role\":\"main\",\"value\":\"x\"\\}\\]|[0-9]", 6),
        ) {
            let names = [&ITEM_KEYS[..], &["body_text", "body_xhtml", "source", "by", "uri"]].concat();
            let mut item = Map::new();
            for (&key, value) in keys.iter().zip(values) {
                let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
                item.insert(names[key].to_owned(), value);
            }
            let _ = is_item(&item);
            let _ = read_item(item, Input::whole("x"), "x".into());
        }
    }
}
