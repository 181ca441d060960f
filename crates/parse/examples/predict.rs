//! Predicts for a file and writes what was predicted:
//! `predict MODEL conllu|raw|iob2 FILE`. `raw` rebuilds the text of a CoNLL-U file, paragraph by paragraph, and
//! analyses it anew; `iob2` keeps the tokens of a name file.

use dateline_parse::{Parser, read_conllu_documents, write_conllu};
use std::fmt::Write;

#[expect(clippy::print_stdout, reason = "an example program")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, kind, path] = arguments.as_slice() else {
        return Err("usage: predict MODEL KIND FILE".into());
    };
    let start = std::time::Instant::now();
    let parser = Parser::from_bytes(&std::fs::read(model)?)?;
    eprintln!("model read in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let input = std::fs::read_to_string(path)?;
    let mut out = String::new();
    let mut seconds = 0.0;
    let mut n_tokens = 0;
    match kind.as_str() {
        "conllu" => {
            let start = std::time::Instant::now();
            let documents = parser.parse_conllu(&input)?;
            seconds += start.elapsed().as_secs_f64();
            for named in documents {
                n_tokens += named.document.tokens().len();
                write_conllu(&named.document, named.id.as_deref().unwrap_or("none"), &mut out);
            }
        }
        "raw" => {
            let given = read_conllu_documents(&input)?;
            for named in given {
                let start = std::time::Instant::now();
                let document = parser.parse(named.document.text().clone(), named.document.paragraphs());
                seconds += start.elapsed().as_secs_f64();
                n_tokens += document.tokens().len();
                write_conllu(&document, named.id.as_deref().unwrap_or("none"), &mut out);
            }
        }
        _ => {
            // The same lines as CoNLL-U of two columns, and back.
            let lines: Vec<&str> = input.lines().collect();
            let mut conllu = String::new();
            for line in &lines {
                match line.split('\t').collect::<Vec<_>>()[..] {
                    [number, form, _] => writeln!(conllu, "{number}\t{}", form.replace(' ', "\u{a0}"))?,
                    _ if line.starts_with('#') => writeln!(conllu, "{line}")?,
                    _ => conllu.push('\n'),
                }
            }
            let start = std::time::Instant::now();
            let documents = parser.parse_conllu(&conllu)?;
            seconds += start.elapsed().as_secs_f64();
            let mut labels = Vec::new();
            for named in documents {
                let document = &named.document;
                n_tokens += document.tokens().len();
                let first = labels.len();
                labels.resize(first + document.tokens().len(), "O".to_owned());
                for name in document.names() {
                    for token in name.tokens.iter() {
                        let position = if token == name.tokens.first() { "B" } else { "I" };
                        labels[first + token.index()] = format!("{position}-{}", name.kind);
                    }
                }
            }
            let mut next = labels.into_iter();
            for line in &lines {
                match line.split('\t').collect::<Vec<_>>()[..] {
                    [number, form, _] => {
                        writeln!(out, "{number}\t{form}\t{}", next.next().ok_or("too few labels")?)?;
                    }
                    _ => writeln!(out, "{line}")?,
                }
            }
        }
    }
    eprintln!("{n_tokens} tokens in {seconds:.3} s: {:.0} tokens/s", n_tokens as f64 / seconds);
    print!("{out}");
    Ok(())
}
