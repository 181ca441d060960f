//! Prints the statements of CoNLL-U documents: `outline FILE.conllu`.

use dateline_attribute::attribute;
use dateline_parse::read_conllu_documents;
use dateline_resolve::Resolution;
use dateline_text::{Document, TokenSpan};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: outline FILE.conllu")?;
    let mut out = std::io::stdout().lock();
    for named in read_conllu_documents(&std::fs::read_to_string(path)?)? {
        let document = named.document;
        for (_, statement) in attribute(&document, &Resolution::default()).iter() {
            let (source, cue) = (words(&document, &statement.source), words(&document, &statement.cue));
            writeln!(
                out,
                "{} | {source} | {cue} | {}",
                statement.kind,
                words(&document, &statement.content)
            )?;
        }
    }
    Ok(())
}

fn words(document: &Document, pieces: &[TokenSpan]) -> String {
    pieces.iter().map(|&piece| document.words(piece)).collect::<Vec<_>>().join(" … ")
}
