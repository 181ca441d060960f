//! Reads text on standard input, one paragraph a line, and prints who acts in it.
//!
//! ```text
//! cargo run --release -p dateline-resolve --example actors < report.txt
//! ```
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use dateline_parse::Parser;
use dateline_resolve::{Resolver, Setting};
use dateline_text::ByteSpan;
use std::io::Read;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_end();
        if !trimmed.is_empty() {
            paragraphs.push(ByteSpan::new(start, start + trimmed.len()));
        }
        start += line.len();
    }
    let document = Parser::embedded()?.parse(Arc::from(text), &paragraphs);
    let resolution = Resolver::embedded().resolve(&document, &Setting::default());
    for (idx, actor) in resolution.actors.iter() {
        let code = |code: Option<_>| code.map_or_else(|| "-".to_owned(), |code| format!("{code}"));
        let sector = actor.sector.map_or("-", |sector| sector.as_str());
        println!(
            "{idx:?} {} [{} {}/{sector}] {:?}",
            actor.name,
            actor.kind,
            code(actor.country),
            actor.names
        );
        for role in &actor.roles {
            let sector = role.sector.map_or("-", |sector| sector.as_str());
            println!(
                "      {} {}/{sector}: {}",
                role.tenure,
                code(role.country),
                role.span.of(document.text())
            );
        }
        if !actor.members.is_empty() {
            println!("      = {:?}", actor.members);
        }
        let mentions: Vec<String> = resolution
            .actor_mentions
            .iter()
            .filter(|(_, mention)| mention.actor == idx)
            .map(|(_, mention)| {
                let sentence = document.sentence_of(mention.head).index();
                format!("{sentence}:{} ({})", document.words(mention.tokens), mention.form)
            })
            .collect();
        println!("      {}", mentions.join(" | "));
    }
    Ok(())
}
