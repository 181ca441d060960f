//! Prints the events of analysed documents: `cargo run --release -p dateline-plover --example code -- FILE.conllu`.

use dateline_attribute::attribute;
use dateline_parse::read_conllu_documents;
use dateline_plover::Coder;
use dateline_resolve::{Resolver, Setting};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("a CoNLL-U file is wanted")?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for named in read_conllu_documents(&std::fs::read_to_string(path)?)? {
        let document = named.document;
        let resolution = Resolver::embedded().resolve(&document, &Setting::default());
        let statements = attribute(&document, &resolution);
        let events = Coder::embedded().code(&document, &resolution, &statements, None);
        let mut last = None;
        for (_, event) in events.iter() {
            if last != Some(event.sentence) {
                writeln!(out, "\n{}", document.sentence_span(event.sentence).of(document.text()))?;
                last = Some(event.sentence);
            }
            let names = |actors: &[dateline_resolve::ActorIdx]| {
                actors.iter().map(|&one| resolution.actors[one].name.as_str()).collect::<Vec<_>>().join(" + ")
            };
            let modes: String = event.modes.iter().map(|mode| format!("/{mode}")).collect();
            let aux: String = event.aux.iter().map(|mode| format!(" {mode}")).collect();
            writeln!(
                out,
                "    {}{modes}  {} -> {}  [{}]{aux}{}  {:.2}",
                event.event,
                names(&event.actors),
                names(&event.recipients),
                document.words(event.trigger),
                if event.statement.is_some() { " (told)" } else { "" },
                event.confidence.value(),
            )?;
        }
    }
    Ok(())
}
