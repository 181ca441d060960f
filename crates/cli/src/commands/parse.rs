//! `dateline parse`: sentences, tokens, tags, trees and names.

use crate::args::{From, ParseArgs};
use crate::batch::{each_report, in_order, shape, use_threads};
use crate::messages::Messages;
use crate::output::Output;
use anyhow::Result;
use dateline_clean::clean;
use dateline_parse::{Parser, write_conllu};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Writes CoNLL-U.
pub fn parse(args: &ParseArgs, messages: &mut Messages) -> Result<()> {
    use_threads(args.input.threads)?;
    let parser = Parser::embedded()?;
    let mut output = Output::open(args.output.output.as_deref())?;
    if args.input.from == From::Conllu {
        parse_given_tokens(args, parser, &mut output, messages)?;
        return output.finish();
    }
    let shape = shape(&args.input);
    each_report(
        &args.input,
        messages,
        |report| {
            let (article, notices) = clean(&report, shape);
            let document = parser.parse(Arc::clone(&article.text), &article.paragraphs);
            let mut text = String::new();
            write_conllu(&document, &report.id, &mut text);
            (report, notices, text)
        },
        |(report, notices, text), messages| {
            for notice in report.notices.iter().chain(&notices) {
                messages.warn(format!("{}: {notice}", report.input));
            }
            output.text(&text)
        },
    )?;
    output.finish()
}

/// Keeps the tokens and sentence breaks of CoNLL-U files and predicts the rest.
fn parse_given_tokens(
    args: &ParseArgs,
    parser: &Parser,
    output: &mut Output,
    messages: &mut Messages,
) -> Result<()> {
    in_order(
        args.input.paths.iter(),
        |path| {
            let name = path.display();
            let text = read_text(path).map_err(|error| format!("{name}: cannot be read: {error}"))?;
            let documents = parser.parse_conllu(&text).map_err(|error| format!("{name}:{error}"))?;
            let mut written = String::new();
            for document in &documents {
                write_conllu(&document.document, document.id.as_deref().unwrap_or("-"), &mut written);
            }
            Ok::<String, String>(written)
        },
        |written, messages| match written {
            Ok(written) => output.text(&written),
            Err(problem) => {
                messages.fail(problem);
                Ok(())
            }
        },
        messages,
    )
}

fn read_text(path: &Path) -> io::Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path)
}
