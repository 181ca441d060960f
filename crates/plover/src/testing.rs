//! For tests: sentences analysed by hand, and events rendered for people.

use crate::{Coder, EventMention};
use dateline_parse::read_conllu;
use dateline_resolve::{Actor, ActorKind, ActorMention, MentionForm, Resolution};
use dateline_text::{Arena, Document, TokenIdx, TokenSpan, Upos};

/// A document from rows of `form lemma UPOS XPOS head deprel`; a blank line parts sentences.
pub(crate) fn analysed(rows: &str) -> Document {
    let mut conllu = String::new();
    let mut number = 0;
    for row in rows.trim().lines() {
        let row = row.trim();
        if row.is_empty() {
            conllu.push('\n');
            number = 0;
            continue;
        }
        number += 1;
        let cells: Vec<&str> = row.split_whitespace().collect();
        let [form, lemma, upos, xpos, head, deprel] = cells[..] else { panic!("six cells: {row}") };
        conllu += &format!("{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_\n");
    }
    conllu.push('\n');
    read_conllu(&conllu).expect("the rows are CoNLL-U")
}

/// Every proper noun is an actor of that name; so is every noun in `also`.
pub(crate) fn cast(document: &Document, also: &[&str]) -> Resolution {
    let mut resolution = Resolution::default();
    for number in 0..document.tokens().len() {
        let token = TokenIdx::new(number);
        if document.upos(token) != Upos::Propn && !also.contains(&document.form(token)) {
            continue;
        }
        let name = document.form(token).to_owned();
        let known = resolution.actors.iter().find(|(_, actor)| actor.name == name).map(|(actor, _)| actor);
        let actor = known.unwrap_or_else(|| {
            resolution.actors.push(Actor {
                names: vec![name.clone()],
                name,
                kind: ActorKind::State,
                country: None,
                sector: None,
                roles: Vec::new(),
                members: Vec::new(),
            })
        });
        let tokens = TokenSpan::single(token);
        resolution.actor_mentions.push(ActorMention { actor, tokens, head: token, form: MentionForm::Name });
    }
    resolution
}

/// `ASSAULT/drone Chad -> Niger future`.
pub(crate) fn render(event: &EventMention, resolution: &Resolution) -> String {
    let names = |actors: &[dateline_resolve::ActorIdx]| -> String {
        actors.iter().map(|&actor| resolution.actors[actor].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut line = event.event.to_string();
    for mode in &event.modes {
        line += &format!("/{mode}");
    }
    if !event.actors.is_empty() {
        line += &format!(" {}", names(&event.actors));
    }
    if !event.recipients.is_empty() {
        line += &format!(" -> {}", names(&event.recipients));
    }
    for aux in event.aux.iter() {
        line += &format!(" {aux}");
    }
    line
}

/// The events of hand-made rows, one a line.
#[track_caller]
pub(crate) fn assert_codes(rows: &str, also: &[&str], expected: &[&str]) {
    let document = analysed(rows);
    let resolution = cast(&document, also);
    let events = Coder::embedded().code(&document, &resolution, &Arena::new(), None);
    let found: Vec<String> = events.iter().map(|(_, event)| render(event, &resolution)).collect();
    assert_eq!(found, expected, "{}", document.text());
}
