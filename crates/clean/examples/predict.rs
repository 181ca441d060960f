//! Reads a benchmark file and prints the article of each record, for measuring.
//!
//! ```text
//! predict dev.jsonl [flat|html|blocks|html-blocks] > predictions.jsonl
//! ```

use dateline_clean::{Shape, clean};
use dateline_ingest::{Body, Report};
use std::error::Error;
use std::io::{Read, Write};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let kind = arguments.next().unwrap_or_else(|| "flat".into());
    let folder = Path::new(&path).parent().ok_or("no folder")?;
    let mut out = std::io::stdout().lock();
    for line in std::fs::read_to_string(&path)?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let id = record["id"].as_str().ok_or("no id")?;
        let body = if kind.starts_with("html") {
            let file = std::fs::File::open(folder.join(record["html_file"].as_str().ok_or("no html_file")?))?;
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
            Body::Html(String::from_utf8_lossy(&bytes).into())
        } else {
            Body::Text(record["flat_text"].as_str().ok_or("no flat_text")?.into())
        };
        let (article, _) = clean(&Report::new(id, body), Shape::Page);
        if kind.ends_with("blocks") {
            // Every block with what became of it, in text order.
            let kept = article.paragraphs.iter().map(|&span| (span, "+"));
            let removed = article.removed.iter().map(|one| (one.span, one.reason.as_str()));
            let mut blocks: Vec<_> = kept.chain(removed).collect();
            blocks.sort();
            writeln!(out, "##### {id} {}", record["url"])?;
            writeln!(
                out,
                "title={:?} byline={:?} published={:?}",
                article.title.map(|t| t.text),
                article.byline.map(|t| t.text),
                article.published.map(|p| p.to_string())
            )?;
            for (span, kind) in blocks {
                writeln!(out, "{kind}\t{}", span.of(&article.text))?;
            }
        } else {
            writeln!(out, "{}", serde_json::json!({"id": id, "text": article.body()}))?;
        }
    }
    Ok(())
}
