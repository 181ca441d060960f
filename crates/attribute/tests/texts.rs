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
        // Nobody says a dateline.
        (
            "VELMORA, Oct. 3 (Reuters) - The dam is safe, the engineers' union said.",
            "the engineers' union",
            "said",
            "The dam is safe",
        ),
        ("VELMORA — The union said the dam is safe.", "The union", "said", "the dam is safe"),
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
        (
            "Last month, reporters asked the mayor of Velmora if she would sign the treaty.",
            "reporters",
            "asked",
            "if she would sign the treaty",
        ),
        // The tree takes `they` for what is denied.
        ("The mayor denied they met.", "The mayor", "denied", "they met"),
        ("Snow closed the pass that guides said would stay open.", "guides", "said", "would stay open"),
        (
            "The lighthouse had no oil left, the harbour office said Friday.",
            "the harbour office",
            "said",
            "The lighthouse had no oil left",
        ),
        ("The ferry was safe, the warden told Harbour Radio.", "the warden", "told", "The ferry was safe"),
        (
            "The poll shows Amara Okonjo leading by nine points.",
            "The poll",
            "shows",
            "Amara Okonjo leading by nine points",
        ),
    ] {
        assert_attributed(text, "indirect", source, cue, content);
    }
}

#[test]
fn a_content_ends_where_its_source_or_the_reporter_goes_on() {
    for (text, source, cue, content) in [
        (
            "The miners said the shaft had flooded and urged the council to close it.",
            "The miners",
            "said",
            "the shaft had flooded",
        ),
        (
            "The miners said the shaft had flooded and urged the council to close it.",
            "The miners",
            "urged",
            "the council to close it",
        ),
        (
            "The miners said the company will close the shaft, which opened in 1908.",
            "The miners",
            "said",
            "the company will close the shaft",
        ),
        (
            "Half of the voters said they trust her and a third said they do not.",
            "Half of the voters",
            "said",
            "they trust her",
        ),
        // Near miss: a hope is told with the rest.
        (
            "The miner said she was cold and hoped to find a coat.",
            "The miner",
            "said",
            "she was cold and hoped to find a coat",
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
        // Closed with an opening mark.
        ("“Nobody saw the boat,“ she said.", "she", "said", "“Nobody saw the boat,“"),
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
            "Tuomas Lehto called the plan to sell the harbour “pure folly.”",
            "mixed",
            "Tuomas Lehto",
            "called",
            "the plan to sell the harbour “pure folly.”",
        ),
        ("Tuomas Lehto called him a coward.", "indirect", "Tuomas Lehto", "called", "him a coward"),
        // The lemmatizer knows neither verb.
        (
            "The envoy blasted the truce and applauded the rescuers.",
            "indirect",
            "The envoy",
            "blasted",
            "the truce",
        ),
        (
            "The envoy blasted the truce and applauded the rescuers.",
            "indirect",
            "The envoy",
            "applauded",
            "the rescuers",
        ),
        ("Farmers voted for Amara Okonjo.", "indirect", "Farmers", "voted for", "Amara Okonjo"),
        (
            "The envoy pointed to the harbour as the cause of the delay.",
            "indirect",
            "The envoy",
            "pointed to",
            "the harbour as the cause of the delay",
        ),
        ("The truce was announced on Monday.", "indirect", "", "was announced", "The truce"),
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
        (
            "The camp is full, as the mayor of Velmora said on Monday.",
            "the mayor of Velmora",
            "said",
            "The camp is full",
        ),
        (
            "As reported by Harbour Radio, the ferry sank off Karonde.",
            "Harbour Radio",
            "reported",
            "the ferry sank off Karonde",
        ),
        (
            "In the latest poll, Amara Okonjo leads the race by nine points.",
            "the latest poll",
            "In",
            "Amara Okonjo leads the race by nine points",
        ),
        (
            "It is unclear whether the ferry will sail again.",
            "",
            "is unclear",
            "whether the ferry will sail again",
        ),
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
        // An order to the reader.
        "Want a warm coat? Come to Karonde.",
        "Losses fell by a third, compared with the spring.",
        "The ferry was supposed to sail at noon.",
    ] {
        assert_eq!(outline(text), Vec::<String>::new(), "{text}");
    }
}
