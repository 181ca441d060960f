//! Housekeeping of the repository, in Rust.
//!
//! ```text
//! cargo xtask tidy              what reviewers should not have to look for
//! cargo xtask docs              writes the pages of docs/ that are made from the program
//! cargo xtask accuracy FOLDER   writes docs/accuracy.md from the benchmark files of a folder
//! cargo xtask load N FILE       writes N synthetic reports, to measure a record with
//! cargo xtask world PATH        writes the outlines of countries that maps are drawn from
//! ```

mod accuracy;
mod docs;
mod load;
mod tidy;
mod world;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask tidy | cargo xtask docs | cargo xtask accuracy FOLDER | \
                     cargo xtask load N FILE | cargo xtask world PATH";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["tidy"] => report(tidy::check(&root())),
        ["docs"] => report(docs::write(&root())),
        ["load", n, path] if n.parse::<usize>().is_ok() => {
            report(load::write(&root(), n.parse().unwrap_or(0), Path::new(path)))
        }
        ["world", path] => report(world::write(&root(), Path::new(path))),
        ["accuracy", folder] => report(accuracy::write(&root(), Path::new(folder))),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

fn report(outcome: Result<String, Vec<String>>) -> ExitCode {
    match outcome {
        Ok(message) => {
            eprintln!("{message}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            eprintln!("{} problems", problems.len());
            ExitCode::FAILURE
        }
    }
}
