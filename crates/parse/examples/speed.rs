//! Words a second of the whole layer, from raw text, on one core: `speed FILE.conllu [ROUNDS]`. The text of the file's
//! documents is rebuilt and analysed again and again; every round is told, so that the spread is seen.

use dateline_parse::{Parser, read_conllu_documents};
use std::time::Instant;

#[expect(clippy::print_stdout, reason = "an example program")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: speed FILE.conllu [ROUNDS]")?;
    let rounds = arguments.next().map_or(Ok(5), |rounds| rounds.parse())?;
    let start = Instant::now();
    let parser = Parser::embedded()?;
    println!("model ready in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let documents = read_conllu_documents(&std::fs::read_to_string(path)?)?;
    for _ in 0..rounds {
        let start = Instant::now();
        let mut n_tokens = 0;
        for named in &documents {
            let document = parser.parse(named.document.text().clone(), named.document.paragraphs());
            n_tokens += document.tokens().len();
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("{n_tokens} words in {seconds:.3} s: {:.0} words/s", n_tokens as f64 / seconds);
    }
    Ok(())
}
