//! Attribution from plain text, with the parser that ships.

use dateline_attribute::{Statement, attribute};
use dateline_parse::Parser;
use dateline_resolve::{Resolution, Resolver, Setting};
use dateline_text::{Arena, ByteSpan, Document, TokenSpan};
use std::sync::Arc;

/// A text parsed and attributed; its paragraphs are parted by blank lines.
fn read(text: &str) -> (Document, Resolution, Arena<Statement>) {
    let mut start = 0;
    let mut paragraphs = Vec::new();
    for paragraph in text.split("\n\n") {
        paragraphs.push(ByteSpan::new(start, start + paragraph.len()));
        start += paragraph.len() + 2;
    }
    let document = Parser::embedded().expect("the model loads").parse(Arc::from(text), &paragraphs);
    let resolution = Resolver::embedded().resolve(&document, &Setting::default());
    let statements = attribute(&document, &resolution);
    (document, resolution, statements)
}

fn join(pieces: &[TokenSpan], document: &Document) -> String {
    pieces.iter().map(|&piece| document.words(piece)).collect::<Vec<_>>().join(" … ")
}

/// Every statement as `kind | source | cue | content`, pieces joined by ` … `.
fn outline(text: &str) -> Vec<String> {
    let (document, _, statements) = read(text);
    statements
        .as_slice()
        .iter()
        .map(|statement| {
            format!(
                "{} | {} | {} | {}",
                statement.kind,
                join(&statement.source, &document),
                join(&statement.cue, &document),
                join(&statement.content, &document)
            )
        })
        .collect()
}

#[track_caller]
fn assert_attributed(text: &str, kind: &str, source: &str, cue: &str, content: &str) {
    let expected = format!("{kind} | {source} | {cue} | {content}");
    let found = outline(text);
    assert!(found.contains(&expected), "in {text:?}\nexpected {expected}\nfound    {found:#?}");
}

#[test]
fn indirect_speech() {
    for (text, source, cue, content) in [
        (
            "The harbour ministry of Velmora said on Monday that its patrol boats had turned back two trawlers.",
            "The harbour ministry of Velmora",
            "said",
            "that its patrol boats had turned back two trawlers",
        ),
        ("The dam is safe, the engineers' union said.", "the engineers' union", "said", "The dam is safe"),
        (
            "The convoy, the agency said, never reached Karonde.",
            "the agency",
            "said",
            "The convoy … never reached Karonde",
        ),
        (
            "The convoy, aid workers said, never reached Karonde.",
            "aid workers",
            "said",
            "The convoy … never reached Karonde",
        ),
        (
            "Nadia Haddad, a spokeswoman for the relief agency, said the camp had no clean water.",
            "Nadia Haddad, a spokeswoman for the relief agency",
            "said",
            "the camp had no clean water",
        ),
        (
            "While the mayor’s spokesperson said no deal was near, the envoy said he will leave.",
            "the mayor’s spokesperson",
            "said",
            "no deal was near",
        ),
        (
            "While the mayor’s spokesperson said no deal was near, the envoy said he will leave.",
            "the envoy",
            "said",
            "he will leave",
        ),
        (
            "Lima plans to recall its ambassador, Quito says.",
            "Quito",
            "says",
            "Lima plans to recall its ambassador",
        ),
        (
            "The report by the ombudsman found that police had beaten prisoners.",
            "The report by the ombudsman",
            "found",
            "that police had beaten prisoners",
        ),
    ] {
        assert_attributed(text, "indirect", source, cue, content);
    }
}

#[test]
fn direct_speech() {
    for (text, source, cue, content) in [
        (
            "“We will not leave this valley,” said Amara Okonjo, the mayor of Tessaly. “Our children were born here.”",
            "Amara Okonjo, the mayor of Tessaly",
            "said",
            "“We will not leave this valley,” … “Our children were born here.”",
        ),
        (
            "“The road is closed,” she said, “and nobody knows when it will open.”",
            "she",
            "said",
            "“The road is closed,” … “and nobody knows when it will open.”",
        ),
        (
            "Rahul Menon told reporters: “The water is rising. We need boats.”",
            "Rahul Menon",
            "told",
            "“The water is rising. We need boats.”",
        ),
        // Opened curly, closed straight.
        ("“The water is rising,\" the mayor said.", "the mayor", "said", "“The water is rising,\""),
    ] {
        assert_attributed(text, "direct", source, cue, content);
    }
}

#[test]
fn a_quotation_over_paragraphs_is_one_statement() {
    let text = "“We opened the gates at dawn.\n\n“Nobody was hurt,” said the warden, Osei Boateng.";
    let (document, _, statements) = read(text);
    assert_eq!(statements.n_values(), 1, "{:?}", outline(text));
    let content = join(&statements.as_slice()[0].content, &document);
    assert!(content.starts_with("“We opened") && content.ends_with("hurt,”"), "{content}");
}

#[test]
fn a_lone_mark_swallows_nothing() {
    let text = "The mayor said the drill will end on Friday”. Nobody was hurt.\n\nThe rain has stopped.";
    for statement in outline(text) {
        assert!(!statement.contains("Nobody") && !statement.contains("rain"), "{statement}");
    }
}

#[test]
fn wishes_judgements_and_beliefs() {
    for (text, kind, source, cue, content) in [
        (
            "President Tuomas Lehto vowed to rebuild the bridge and warned that the river was rising.",
            "indirect",
            "President Tuomas Lehto",
            "vowed",
            "to rebuild the bridge",
        ),
        (
            "President Tuomas Lehto vowed to rebuild the bridge and warned that the river was rising.",
            "indirect",
            "President Tuomas Lehto",
            "warned",
            "that the river was rising",
        ),
        (
            "Opposition leader Mirela Dascu accused the government of hiding the true number of victims.",
            "indirect",
            "Opposition leader Mirela Dascu",
            "accused",
            "the government of hiding the true number of victims",
        ),
        (
            "She called the vote “a farce” and urged the court to annul it.",
            "mixed",
            "She",
            "called",
            "the vote “a farce”",
        ),
        (
            "She called the vote “a farce” and urged the court to annul it.",
            "indirect",
            "She",
            "urged",
            "the court to annul it",
        ),
        (
            "The Kestrian army denied firing on the village.",
            "indirect",
            "The Kestrian army",
            "denied",
            "firing on the village",
        ),
        (
            "Farmers fear that the frost will kill the crop.",
            "indirect",
            "Farmers",
            "fear",
            "that the frost will kill the crop",
        ),
        (
            "The envoy was critical of the blockade.",
            "indirect",
            "The envoy",
            "was critical of",
            "the blockade",
        ),
    ] {
        assert_attributed(text, kind, source, cue, content);
    }
}

#[test]
fn phrases() {
    for (text, source, cue, content) in [
        (
            "According to the Ilmari Post, the talks in Suvanto ended without a deal.",
            "the Ilmari Post",
            "According to",
            "the talks in Suvanto ended without a deal",
        ),
        (
            "The talks ended without a deal, according to two diplomats in Suvanto.",
            "two diplomats in Suvanto",
            "according to",
            "The talks ended without a deal",
        ),
        ("In the minister's view, the treaty is dead.", "the minister", "In … view", "the treaty is dead"),
        ("Poll: Most islanders oppose the base.", "Poll", ":", "Most islanders oppose the base"),
    ] {
        assert_attributed(text, "indirect", source, cue, content);
    }
}

#[test]
fn a_pronoun_speaks_for_whom_it_stands() {
    let (_, resolution, statements) =
        read("Mayor Amara Okonjo opened the gates on Monday. She said the water was rising.");
    let speakers: Vec<&str> = statements
        .as_slice()
        .iter()
        .filter_map(|statement| statement.speaker)
        .map(|actor| resolution.actors[actor].name.as_str())
        .collect();
    assert_eq!(speakers, ["Amara Okonjo"]);
}

#[test]
fn plain_events_attribute_nothing() {
    for text in [
        "Two trawlers sank off Velmora on Monday.",
        "Troops crossed the river and burned the mill.",
        "The title of the film is “The Long Winter”.",
    ] {
        assert_eq!(outline(text), Vec::<String>::new(), "{text}");
    }
}
