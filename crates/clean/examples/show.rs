//! Shows what becomes of each block of the given files.
//!
//! ```text
//! show reports/*.txt
//! ```

use dateline_clean::{Shape, clean};
use dateline_ingest::{Format, read_reports};
use std::io::Write;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut out = std::io::stdout().lock();
    for report in read_reports(&paths, Format::Auto) {
        let report = match report {
            Ok(report) => report,
            Err(error) => {
                writeln!(out, "! {error}")?;
                continue;
            }
        };
        let (article, notices) = clean(&report, Shape::Page);
        writeln!(out, "== {}", report.id)?;
        writeln!(out, "title     {:?}", article.title.as_ref().map(|title| &title.text))?;
        writeln!(out, "byline    {:?}", article.byline.as_ref().map(|byline| &byline.text))?;
        writeln!(out, "published {:?}", article.published.map(|published| published.to_string()))?;
        writeln!(
            out,
            "outlet    {:?}  url {:?}  language {:?}",
            article.outlet, article.url, article.language
        )?;
        for notice in notices {
            writeln!(out, "notice    {notice}")?;
        }
        let kept = article.paragraphs.iter().map(|&span| (span, "+"));
        let removed = article.removed.iter().map(|one| (one.span, one.reason.as_str()));
        let mut blocks: Vec<_> = kept.chain(removed).collect();
        blocks.sort();
        for (span, kind) in blocks {
            writeln!(out, "{kind:14}{}", span.of(&article.text))?;
        }
    }
    Ok(())
}
